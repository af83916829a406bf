"""A few questions on a card and one button that sends them: signing in, a new password, a new member of staff."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, button
from pdtdesk.ui.widgets.field import Field, build_field
from pdtdesk.ui.widgets.flow import FlowLayout
from pdtdesk.ui.widgets.notice import Notice, NoticeBar
from pdtdesk.ui.widgets.spec import FieldSpec
from pdtdesk.ui.widgets.words import words


class Questions(Card):
    """Fields under each other on a card, each with its sentence when it cannot be taken."""

    def __init__(
        self,
        title: str,
        intro: str,
        specs: Sequence[FieldSpec],
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, "", parent)
        self.intro = words("", "muted", wrap=True, parent=self)
        self.add(self.intro)
        self.set_intro(intro)
        self.notice = NoticeBar(self)
        self.add(self.notice)
        self.fields: dict[str, Field] = {}
        for spec in specs:
            field = build_field(spec, now, self)
            self.fields[spec.key] = field
            self.add(field)

    def set_intro(self, intro: str) -> None:
        """Other words under the heading; empty for none."""
        self.intro.setText(intro)
        self.intro.setVisible(bool(intro))

    def value(self, key: str) -> str:
        """What stands in a field; empty when nothing does."""
        return self.fields[key].value() or ""

    def clear(self, *keys: str) -> None:
        """Empty these fields (all where none is named)."""
        for key in keys or tuple(self.fields):
            self.fields[key].set_value(None)

    def problems(self) -> dict[str, str]:
        """What cannot be sent as it stands, by field."""
        wrong = {key: field.problem(saving=True) for key, field in self.fields.items()}
        return {key: sentence for key, sentence in wrong.items() if sentence}

    def complain(self, wrong: Mapping[str, str]) -> bool:
        """Sentences under the fields they are about, those of the others taken away; the keyboard goes to the first.

        Whether there was anything to say.
        """
        first: Field | None = None
        for key, field in self.fields.items():
            field.set_error(wrong.get(key, ""))
            if first is None and wrong.get(key):
                first = field
        if first is not None:
            first.take_focus()
        return first is not None

    def say(self, sentence: str, tone: Tone = Tone.BLUE) -> None:
        """A sentence above the fields until the next is said; an empty one takes it away."""
        self.notice.show_notice(Notice(sentence, tone, stays=True) if sentence else None)


class Form(Questions):
    """Questions with the button that sends them. `sent`: pressed, or Enter in the last field, and all is well."""

    sent = Signal()

    def __init__(
        self,
        title: str,
        intro: str,
        specs: Sequence[FieldSpec],
        send: str,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
        *,
        kind: str = "primary",
    ) -> None:
        super().__init__(title, intro, specs, now, parent)
        self.send = button(send, kind, self)
        self.send.clicked.connect(self.submit)
        self.busy = words("", "muted", wrap=True, parent=self)
        self.busy.hide()
        foot = QWidget(self)
        space = current_theme().space("m")
        self.foot = FlowLayout(foot, space, space)
        self.foot.addWidget(self.send)
        self._is_busy = False
        self.add(foot)
        self.add(self.busy)
        if self.fields:
            tuple(self.fields.values())[-1].input.leave.connect(self._on_enter)

    def set_busy(self, sentence: str) -> None:
        """Say what is being done, and take nothing in meanwhile; empty: go on."""
        self._is_busy = bool(sentence)
        self.busy.setText(sentence)
        self.busy.setVisible(bool(sentence))
        for field in self.fields.values():
            field.set_read_only(bool(sentence))
        self.send.setEnabled(not sentence)

    def is_busy(self) -> bool:
        """Whether something that was sent has not come back yet."""
        return self._is_busy

    def submit(self) -> None:
        """Send what stands here, unless a field cannot be taken as it stands."""
        if self._is_busy or not self.send.isEnabled():
            return
        if not self.complain(self.problems()):
            self.say("")
            self.sent.emit()

    def _on_enter(self, step: int) -> None:
        if step > 0:
            self.submit()
