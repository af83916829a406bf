"""One figure in the clinical lead's hand: its source, what holds here, and the fields with which it is signed."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pdtdesk.domain.calendar import show_day
from pdtdesk.policy.typed import NotSignable, how_to_type, plain_form, read_typed
from pdtdesk.services.oversight.parameter_rows import ParameterRow, State
from pdtdesk.services.oversight.signing import Signing, Withdrawal
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, button, button_row
from pdtdesk.ui.widgets.field import Choice, Field, FieldSpec, Kind, build_field
from pdtdesk.ui.widgets.typed_days import Lean
from pdtdesk.ui.widgets.words import Chip, words

ANOTHER = "another"
NO_REASON = (
    "Sign what this establishment's own document says. A figure of any other prison, or of a demonstration, is no "
    "reason to sign it here."
)
TONES = {
    State.NOT_SIGNED: Tone.RED,
    State.AWAITING: Tone.AMBER,
    State.NOT_IN_FORCE: Tone.AMBER,
    State.QUOTED: Tone.GREY,
    State.SIGNED: Tone.GREEN,
    State.INVENTED: Tone.AMBER,
}
_NUMBERS = {
    **dict.fromkeys(("days", "weeks", "months", "per cent", "times a day", "score", "people"), Kind.INTEGER),
    **dict.fromkeys(("hours", "units a day", "mg"), Kind.DECIMAL),
    "text": Kind.LONG_TEXT,
}


class FigurePanel(Card):
    """A figure and what can be done with it. `looked_for(Signing | Withdrawal)`: show what it would change;
    `edited`: something else is typed now than what was shown."""

    looked_for = Signal(object)
    edited = Signal()

    def __init__(
        self, row: ParameterRow, source: str, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(row.description, f"{row.fact} · {row.stage}", parent)
        self.row = row
        self._now = now
        self.fields: dict[str, Field] = {}
        self.put_chip(Chip(str(row.state), TONES[row.state], mark=True, parent=self))
        self._tell(source)
        self._ask()
        self.look = button("Show what would change", "primary", self)
        self.look.clicked.connect(self._on_sign_asked)
        self.add(button_row(self.look, parent=self))
        self.withdraw: QWidget | None = None
        self.last_stop: QWidget = self.look
        if row.standing:
            self._ask_to_withdraw()
        self._offer_value()

    def first_field(self) -> QWidget:
        """Where signing begins."""
        return next(field for field in self.fields.values() if field.isVisibleTo(self)).input.target()

    def set_busy(self, busy: bool) -> None:
        """Nothing is typed while people are looked at."""
        for field in self.fields.values():
            field.set_read_only(busy)
        self.look.setEnabled(not busy)
        if self.withdraw is not None:
            self.withdraw.setEnabled(not busy)

    def _tell(self, source: str) -> None:
        row = self.row
        none = "no value, as the sources differ" if row.readings else "no value, as no source gives one"
        here = row.here or "nothing: it is decided by hand and written down"
        given = f" ({row.given_by})" if row.given_by else ""
        lines = [
            ("The product gives", row.national or none),
            ("Source", source),
            ("Holds here today", f"{here}{given}"),
            ("To know", row.note),
        ]
        for name, said in lines:
            if said:
                self.add(words(f"{name}: {said}", wrap=True, parent=self))
        for remark in row.remarks:
            self.add(words(remark, "strong", wrap=True, parent=self))

    def _ask(self) -> None:
        row = self.row
        self.add(words("Sign it for this establishment", "heading", parent=self))
        self.add(words(NO_REASON, "muted", wrap=True, parent=self))
        for number, reading in enumerate(row.readings, start=1):
            named = "As it stands" if _as_it_stands(row) else f"Reading {number}: {reading.words}"
            self.add(words(f"{named}: {reading.shown} ({reading.reference})", wrap=True, parent=self))
        if row.readings:
            self._field("choice", "Which value", Kind.CHOICE, choices=_choices(row))
        if row.unit != "rule":
            kind = _NUMBERS.get(row.unit, Kind.TEXT)
            unit = row.unit if kind in (Kind.INTEGER, Kind.DECIMAL) else ""
            self._field("value", "Value", kind, unit=unit, help=how_to_type(row.unit))
            if not unit:
                self.fields["value"].set_value(row.typed or None)
        days = "It holds from today or a day to come: what held before stays as it was."
        self._field("from", "Holds from", Kind.DAY, help=days, lean=Lean.FUTURE)
        self._field("until", "Up to and including", Kind.DAY, required=False, help=_OPEN_END, lean=Lean.FUTURE)
        self._field("document", "Document", Kind.TEXT, help="The establishment's own: its name and year.")
        self._field("section", "Section", Kind.TEXT, help="Where in it this stands.")

    def _ask_to_withdraw(self) -> None:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, current_theme().space("m"), 0, 0)
        column.addWidget(words("Or withdraw what is signed", "heading", parent=box))
        days = tuple(dict.fromkeys(each.first_day for each in self.row.standing))
        if len(days) > 1:
            choices = tuple(Choice(day.isoformat(), f"From {show_day(day)}") for day in days)
            self._field("which", "Which", Kind.CHOICE, choices=choices, into=column, parent=box)
        self._field("why", "Why it shall hold no longer", Kind.TEXT, into=column, parent=box)
        asked = button("Show what withdrawing would change", parent=box)
        asked.clicked.connect(self._on_withdraw_asked)
        self.last_stop = asked
        column.addWidget(button_row(asked, parent=box))
        self.withdraw = box
        self._days = days
        self.add(box)

    def _field(
        self,
        key: str,
        label: str,
        kind: Kind,
        *,
        choices: tuple[Choice, ...] = (),
        unit: str = "",
        help: str = "",  # noqa: A002 - as the spec calls it
        required: bool = True,
        lean: Lean = Lean.PAST,
        into: QVBoxLayout | None = None,
        parent: QWidget | None = None,
    ) -> None:
        spec = FieldSpec(
            f"figure.{key}", label, kind, choices, unit, help, required=required, lean=lean, can_be_not_asked=False
        )
        field = build_field(spec, self._now, parent or self)
        field.answered.connect(self._on_edited)
        field.typed.connect(self._on_edited)
        self.fields[key] = field
        (into or self.body).addWidget(field)

    def _on_edited(self) -> None:
        self._offer_value()
        self.edited.emit()

    def _offer_value(self) -> None:
        """A value is typed where none of the product's own is chosen."""
        choice = self.fields.get("choice")
        if "value" in self.fields:
            self.fields["value"].setVisible(choice is None or choice.value() == ANOTHER)

    def _complete(self, keys: tuple[str, ...]) -> bool:
        """Whether these can be taken as they stand; the keyboard goes to the first that cannot."""
        shown = {key: field for key, field in self.fields.items() if not field.isHidden()}
        wrong = {key: field.problem(saving=True) for key, field in shown.items() if key in keys}
        for key, sentence in wrong.items():
            self.fields[key].set_error(sentence)
        first = next((key for key, sentence in wrong.items() if sentence), None)
        if first is not None:
            self.fields[first].take_focus()
        return first is None

    def _on_sign_asked(self) -> None:
        if not self._complete(("choice", "value", "from", "until", "document", "section")):
            return
        value, as_it_stands = self._value()
        if value is None:
            self.fields["value"].take_focus()
            return
        until = self.fields["until"].value()
        self.looked_for.emit(
            Signing(
                self.row.id,
                value,
                date.fromisoformat(self._said("from")),
                self._said("document"),
                self._said("section"),
                date.fromisoformat(until) if until else None,
                as_it_stands,
            )
        )

    def _on_withdraw_asked(self) -> None:
        if self._complete(("which", "why")):
            day = date.fromisoformat(self._said("which")) if "which" in self.fields else self._days[0]
            self.looked_for.emit(Withdrawal(self.row.id, day, self._said("why")))

    def _value(self) -> tuple[object | None, bool]:
        """What would be signed, and whether it is the product's own; None with a sentence under the field."""
        chosen = self.fields["choice"].value() if "choice" in self.fields else ANOTHER
        if chosen is not None and chosen != ANOTHER:
            return self.row.readings[int(chosen)].plain, True
        typed = self._said("value")
        try:
            return plain_form(self.row.unit, read_typed(self.row.unit, typed), typed), False
        except NotSignable as refused:
            self.fields["value"].set_error(refused.sentence)
            return None, False

    def _said(self, key: str) -> str:
        return self.fields[key].value() or ""


_OPEN_END = "Leave it empty where no end is set."


def _as_it_stands(row: ParameterRow) -> bool:
    return bool(row.national)


def _choices(row: ParameterRow) -> tuple[Choice, ...]:
    given = tuple(
        Choice(str(number), "As it stands" if _as_it_stands(row) else f"Reading {number + 1}")
        for number, _ in enumerate(row.readings)
    )
    return given if row.unit == "rule" else (*given, Choice(ANOTHER, "Another value"))
