"""The one builder of inputs: label, buddy, accessible name, help, error text, history and "not asked, why".

Pages describe a question (`FieldSpec`) and get a `Field`; they never make an input by themselves.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from pdtdesk.domain.reception.not_asked import why_not
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.inputs.base import Input, restyle
from pdtdesk.ui.widgets.inputs.line import AmountInput, DayInput, LineInput, MomentInput
from pdtdesk.ui.widgets.spec import (
    NOT_ASKED,
    SEGMENT_LETTERS_AT_MOST,
    SEGMENTS_AT_MOST,
    YES_NO,
    YES_NO_UNKNOWN,
    Asking,
    Choice,
    FieldSpec,
    Kind,
    Look,
    Past,
)
from pdtdesk.ui.widgets.stops import bring_into_sight, move_on

if TYPE_CHECKING:  # the way in has lines to type in and nothing else, and is painted before the rest is loaded
    from pdtdesk.ui.widgets.reasons import ReasonPanel


class Field(QWidget):
    """One question with its answer.

    Signals, each with the field's key: `answered(key, value | None)` when an answer was given or taken back by
    hand; `typed(key, value | None)` the same with every letter; `not_asked(key, reason)`; `confirmed(key)` when
    history was confirmed with Enter; `focused(key)`.
    Values are text: yes, no, unknown; an ISO day; an ISO minute, local; a plain decimal; the word of a choice.
    """

    answered = Signal(str, object)
    typed = Signal(str, object)
    not_asked = Signal(str, str)
    confirmed = Signal(str)
    focused = Signal(str)

    def __init__(self, spec: FieldSpec, answer: Input, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.input = answer
        self.past: Past | None = None
        self._reason: str | None = None
        self._prefilled = False
        self._offered: str | None = None
        self._stood_reason: str | None = None
        self._error = ""
        self._hint = ""
        self._ghost = ""
        self._read_only = False
        self._panel: ReasonPanel | None = None
        self.label = QLabel(_label_text(spec), self)
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.note.hide()
        self._lay_out()
        self._name()
        answer.edited.connect(self._on_edited)
        answer.leave.connect(self._on_leave)
        answer.refused.connect(self.set_error)
        answer.typed.connect(self._on_typed)
        answer.hinted.connect(self._on_hint)
        answer.entered.connect(self._on_entered)
        for widget in answer.targets():
            widget.installEventFilter(self)

    # what pages ask of it

    @property
    def key(self) -> str:
        """Which question this is."""
        return self.spec.key

    def value(self) -> str | None:
        """The answer that stands now, settled or still being typed; None when there is none that can be read."""
        return self.input.value()

    def set_value(self, value: str | None) -> None:
        """Show an answer that is recorded already (a draft, a saved triage); nothing is announced."""
        self._prefilled = False
        self._reason = self._stood_reason = None
        self.input.set_value(value)
        self._ghost_again()
        self._refresh(error="")

    def show_unread(self, typed: str) -> None:
        """Show what was typed before and cannot be read as an answer, and why."""
        self._prefilled = False
        self.input.show_typed(typed)
        self._refresh(error=self.input.problem())

    def reason(self) -> str | None:
        """Why this was not asked, or None."""
        return self._reason

    def set_not_asked(self, reason: str | None) -> None:
        """Show that it was not asked; None takes that back. Nothing is announced."""
        self._reason = self._stood_reason = reason
        self._prefilled = False
        if reason is not None:
            self.input.set_value(None)
        self._ghost_again()
        self._refresh(error="")

    def show_history(self, past: Past | None) -> None:
        """Show what was answered before, as the question wants it: to be confirmed, or beside an empty field."""
        self.past = past
        self._prefilled, self._offered = False, None
        if past is not None and self.spec.history is Asking.PREFILL and self.value() is None and not self._reason:
            self.input.set_value(past.value)
            self._prefilled, self._offered = True, past.value
        self._ghost_again()
        self._refresh(error="")

    def waits_for_confirmation(self) -> bool:
        """Whether history stands here that nobody has confirmed yet."""
        return self._prefilled

    def is_open(self) -> bool:
        """Whether this is still to be asked: without an answer and a reason, or tinted and not yet confirmed."""
        return self._prefilled or (self._reason is None and self.value() is None)

    def problem(self, *, saving: bool = False) -> str:
        """Why this cannot be recorded as it stands, as a sentence; with `saving`, also a missing needed answer."""
        wrong = self.input.problem()
        if not wrong and saving and self.spec.required and self.value() is None and self._reason is None:
            return f"{self.spec.name or self.spec.label}: this is needed before it can be saved."
        return wrong

    def set_error(self, sentence: str) -> None:
        """Show a sentence under the field, or take it away with an empty one."""
        self._refresh(error=sentence)

    def error(self) -> str:
        """The sentence that is shown under the field."""
        return self._error

    def set_read_only(self, read_only: bool) -> None:
        """Show only: somebody else's draft, a saved page."""
        if read_only != self._read_only:
            self._read_only = read_only
            self.input.set_read_only(read_only)

    def set_label(self, words: str) -> None:
        """Ask in other words."""
        self.label.setText(words)

    def set_look(self, look: Look) -> None:
        """Put the label above, before, or out of sight (a table that turns into rows where it is too narrow)."""
        self.look = look
        theme = current_theme()
        inline = look is Look.INLINE
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if inline else QBoxLayout.Direction.TopToBottom)
        self._row.setSpacing(theme.space("s") if inline else theme.space("xs") // 2)
        restyle(self.label, "kind", "field" if inline else "small")
        self.label.setWordWrap(look is Look.STACKED)
        self.label.setVisible(look is not Look.BARE)
        self._show_note()

    def take_focus(self) -> None:
        """Bring the keyboard here."""
        self.input.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_why_not(self) -> None:
        """Open the reasons for not having asked (F4)."""
        if self._read_only or not self.spec.can_be_not_asked:
            return
        if self._panel is None:
            from pdtdesk.ui.widgets.reasons import ReasonPanel

            self._panel = ReasonPanel(self, self.spec.name or self.spec.label, NOT_ASKED)
            self._panel.chosen.connect(self._on_reason)
            self._panel.closed.connect(self.take_focus)
        self._panel.open_for(self._reason)

    # how it is made

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(current_theme().space("xs") // 2)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._row.addWidget(self.label)
        self._row.addWidget(self.input)
        outer.addLayout(self._row)
        outer.addWidget(self.note)
        outer.addStretch(1)
        self.set_look(self.spec.look)

    def _name(self) -> None:
        spec = self.spec
        said = [spec.asked, spec.help, f"In {spec.unit}." if spec.unit else "", "Needed." if spec.required else ""]
        if spec.can_be_not_asked:
            said.append("F4: not asked, why.")
        self.input.set_names(spec.name or spec.label, " ".join(words for words in said if words))
        self.label.setBuddy(self.input.target())
        tip = "\n".join(words for words in (spec.asked, spec.help) if words)
        if tip and spec.kind is not Kind.SCORE:
            self.setToolTip(tip)

    # what happens in it

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_F4
            and not event.modifiers()
        ):
            self.ask_why_not()
            return True
        return super().eventFilter(watched, event)

    def _on_entered(self) -> None:
        bring_into_sight(self)
        self.focused.emit(self.key)

    def _on_edited(self) -> None:
        wrong = self.input.problem()
        if wrong:
            self._refresh(error=wrong)
            return
        self._prefilled, self._offered = False, None
        self._reason = self._stood_reason = None
        self._hint = ""
        self._ghost_again()
        self._refresh(error="")
        self.label.setBuddy(self.input.target())
        self.answered.emit(self.key, self.value())

    def _on_typed(self) -> None:
        was_reason = self._reason
        self._reason = None if self.input.typed_words() else self._stood_reason
        self._prefilled = self._offered is not None and self.value() == self._offered
        if was_reason != self._reason:
            self._ghost_again()
        self._refresh(error=self._error)
        self.typed.emit(self.key, self.value())

    def _on_leave(self, step: int) -> None:
        as_offered = self._prefilled
        self.input.settle()
        wrong = self.input.problem()
        if wrong and step > 0:
            self._refresh(error=wrong)
            return
        if as_offered and self._prefilled and step > 0:
            self._prefilled, self._offered = False, None
            self._refresh(error="")
            self.confirmed.emit(self.key)
        move_on(self.input.target(), self, step)

    def _on_hint(self, words: str) -> None:
        self._hint = words
        if self._error and not self.input.problem():
            self._error = ""
        self._refresh(error=self._error if self.input.problem() else "")

    def _on_reason(self, reason: str) -> None:
        if reason:
            self.set_not_asked(reason)
            self.not_asked.emit(self.key, reason)
            move_on(self.input.target(), self, 1)
        else:
            self.set_not_asked(None)
            self.answered.emit(self.key, None)
            self.take_focus()

    def _ghost_again(self) -> None:
        """Put what was said before, or why it was not asked, where the answer would stand."""
        words = ""
        if self._reason is not None:
            words = f"not asked: {why_not(self._reason)}"
        elif self.past is not None and self.spec.history is Asking.ANEW:
            words = f"was {self.past.shown}"
        self._ghost = "" if self.input.set_ghost(words) else words

    def _refresh(self, *, error: str) -> None:
        self._error = error
        state = "error" if error else "notasked" if self._reason else "prefill" if self._prefilled else ""
        self.input.set_state(state)
        self._show_note()

    def _show_note(self) -> None:
        words, kind = self._note()
        self.note.setText(words)
        restyle(self.note, "kind", kind)
        self.note.setVisible(bool(words))

    def _note(self) -> tuple[str, str]:
        """One line under the field: what is wrong, else what is understood, else what was before, else help."""
        if self._error:
            return f"✕ {self._error}", "error"
        roomy = self.look is Look.STACKED
        if self._hint and roomy:
            return self._hint, "ghost"
        if self._ghost and self.value() is None:
            when = f" ({self.past.when})" if self.past and self._reason is None else ""
            return f"{self._ghost}{when}", "ghost"
        if self._reason is not None or not roomy:
            return "", "ghost"
        if self._prefilled and self.past:
            return f"{self.past.who}, {self.past.when} · Enter confirms", "ghost"
        if self.past and self.spec.history is Asking.ANEW:
            return f"was {self.past.shown}: {self.past.who}, {self.past.when}", "ghost"
        return self.spec.help, "ghost"


def build_field(spec: FieldSpec, now: Callable[[], datetime], parent: QWidget | None = None) -> Field:
    """The field for a question. `now` tells the local time whenever a day is typed (a page may stay open past
    midnight)."""
    return Field(spec, _input_for(spec, now), parent)


def _input_for(spec: FieldSpec, now: Callable[[], datetime]) -> Input:
    match spec.kind:
        case Kind.TEXT | Kind.SECRET:
            return LineInput(spec)
        case Kind.INTEGER | Kind.DECIMAL:
            return AmountInput(spec)
        case Kind.DAY:
            return DayInput(spec, now)
        case Kind.MOMENT:
            return MomentInput(spec, now)
        case Kind.LONG_TEXT:
            from pdtdesk.ui.widgets.inputs.long_text import LongTextInput

            return LongTextInput(spec)
        case Kind.SCORE:
            from pdtdesk.ui.widgets.inputs.score import ScoreInput

            return ScoreInput(spec)
        case Kind.YES_NO | Kind.YES_NO_UNKNOWN | Kind.MULTI_CHOICE | Kind.CHOICE:
            return _chosen(spec)


def _chosen(spec: FieldSpec) -> Input:
    from pdtdesk.ui.widgets.inputs.chosen import ChipsInput, ListInput, SegmentedInput

    match spec.kind:
        case Kind.YES_NO:
            return SegmentedInput(spec.choices or YES_NO)
        case Kind.YES_NO_UNKNOWN:
            return SegmentedInput(spec.choices or YES_NO_UNKNOWN)
        case Kind.MULTI_CHOICE:
            return ChipsInput(spec.choices)
    if _fits_in_a_row(spec):
        return SegmentedInput(spec.choices)
    return ListInput(spec.choices, fills=spec.look is Look.BARE)


def _fits_in_a_row(spec: FieldSpec) -> bool:
    letters = sum(len(choice.label) for choice in spec.choices)
    few = len(spec.choices) <= SEGMENTS_AT_MOST and letters <= SEGMENT_LETTERS_AT_MOST
    return (few or spec.in_a_row) and spec.look is not Look.BARE


def _label_text(spec: FieldSpec) -> str:
    words = spec.label.replace("&", "&&")
    if spec.mnemonic and spec.mnemonic.lower() in words.lower():
        at = words.lower().index(spec.mnemonic.lower())
        words = f"{words[:at]}&{words[at:]}"
    return f"{words} (needed)" if spec.required else words


__all__ = ["Asking", "Choice", "Field", "FieldSpec", "Kind", "Look", "Past", "build_field"]
