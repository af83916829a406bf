"""What a figure would change, and for whom, before it takes effect: with progress, and it can be stopped."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from pdtdesk.domain.calendar import show_day
from pdtdesk.services.oversight.signing import Changes, Effect
from pdtdesk.ui.widgets.card import Card, button, button_row
from pdtdesk.ui.widgets.table import Table
from pdtdesk.ui.widgets.words import words

_MOST_ROWS = 5


class EffectCard(Card):
    """The people for whom something would change. `stop_asked` while they are looked at; `sign_asked` once shown."""

    stop_asked = Signal()
    sign_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What would change", "", parent)
        self.effect: Effect | None = None
        self._said = words("", "strong", wrap=True, parent=self)
        self._bar = QProgressBar(self)
        self._bar.setAccessibleName("How many people have been looked at")
        self.people = Table(
            "People for whom something would change",
            ("Person", "No longer said (–), said from then on (+)"),
            parent=self,
        )
        self.people.fit_rows(_MOST_ROWS)
        self.stop = button("Stop", parent=self)
        self.stop.clicked.connect(self.stop_asked)
        self.sign = button("Sign", "primary", self)
        self.sign.clicked.connect(self.sign_asked)
        for thing in (self._said, self._bar, self.people, button_row(self.stop, self.sign, parent=self)):
            self.add(thing)
        self.clear()

    def clear(self) -> None:
        """Nothing has been shown of what is typed now."""
        self.effect = None
        self.people.show_rows((), ())
        self.hide()

    def show_looking(self) -> None:
        """People are being looked at."""
        self.clear()
        self._bar.setValue(0)
        self._say("Looking at everybody who is here…", looking=True)
        self.show()

    def show_progress(self, done: int, total: int) -> None:
        """So many of so many."""
        self._bar.setMaximum(max(total, 1))
        self._bar.setValue(done)

    def show_stopped(self) -> None:
        """It was stopped: what was not shown to the end is not signed."""
        self._say(
            "Stopped. Nothing was shown to the end, so nothing can be signed. Show it again when you are ready."
        )

    def show_effect(self, effect: Effect, sign: str) -> None:
        """Who is touched, and the button that signs, or withdraws, exactly this."""
        if not effect.whole:
            self.show_stopped()
            return
        self.effect = effect
        self._say(_summary(effect))
        self.people.setVisible(bool(effect.changes))  # its columns are fitted to the room that it has in sight
        self.people.show_rows([each.patient_id for each in effect.changes], [_cells(each) for each in effect.changes])
        self.sign.setText(sign)
        self.sign.setAccessibleName(sign)
        self.sign.setVisible(not effect.unanswered)

    def _say(self, sentence: str, *, looking: bool = False) -> None:
        self._said.setText(sentence)
        self._bar.setVisible(looking)
        self.stop.setVisible(looking)
        self.people.setVisible(False)
        self.sign.setVisible(False)


def _summary(effect: Effect) -> str:
    looked = "Nobody is here" if not effect.looked_at else f"{_people(effect.looked_at)} looked at"
    if effect.unanswered:
        return (
            f"{looked}. By this value the rules give no answer for {', '.join(effect.unanswered)}: it cannot be "
            "signed. Choose another value."
        )
    day = show_day(effect.on)
    if not effect.changes:
        return f"{looked}: nothing that is said of anybody would change from {day}."
    count = len(effect.changes)
    return f"{looked}: from {day} something else would be said of {_people(count)}."


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def _cells(changes: Changes) -> tuple[str, ...]:
    lines = [f"– {kind}: {sentence}" for kind, sentence in changes.gone]
    lines += [f"+ {kind}: {sentence}" for kind, sentence in changes.come]
    where = f" · {changes.location}" if changes.location else ""
    return (f"{changes.name}\n{changes.prison_number or 'no number'}{where}", "\n".join(lines))
