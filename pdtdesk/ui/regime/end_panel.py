"""A regime is ended: after which day, and why; every order of an opioid substitute ends with it."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pdtdesk.domain.calendar import show_day
from pdtdesk.services.regime.choosing import end_regime, seen_of
from pdtdesk.services.regime.standing import RegimeNow
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shortcuts import Shortcut, bind
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Done
from pdtdesk.ui.widgets.card import Card, button, button_row
from pdtdesk.ui.widgets.field import FieldSpec, Kind, build_field
from pdtdesk.ui.widgets.typed_days import Lean
from pdtdesk.ui.widgets.words import words

_LOSS = (
    "An opioid substitute that ends takes tolerance with it: a dose that was safe before can kill. Say so to the "
    "person, and think of naloxone and of who goes on with it outside."
)


class EndPanel(Card):
    """`ended(RegimeNow)`: it is written; `closed`: nothing was."""

    ended = Signal(object)
    closed = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__("End the regime", "", parent)
        self._station = station
        self._now: RegimeNow | None = None
        self.add(words(_LOSS, "strong", wrap=True, parent=self))
        self.last = build_field(
            FieldSpec("end.last", "Last day", Kind.DAY, required=True, lean=Lean.FUTURE, can_be_not_asked=False),
            station.now,
            self,
        )
        self.why = build_field(FieldSpec("end.why", "Why", required=True, can_be_not_asked=False), station.now, self)
        self.add(self.last)
        self.add(self.why)
        end = button("End the regime", "danger", self)
        end.clicked.connect(self.save)
        back = button("Back", parent=self)
        back.clicked.connect(self.closed)
        self.add(button_row(end, back, parent=self))
        self.body.addStretch(1)
        bind(Shortcut.SAVE, self, self.save)
        bind(Shortcut.BACK, self, self.closed.emit)

    def begin(self, now: RegimeNow) -> None:
        """Ask after which day it ends."""
        self._now = now
        self.set_note(now.person.identity.display)
        for field in (self.last, self.why):
            field.set_value(None)
            field.set_error("")
        self.last.take_focus()

    def save(self) -> None:
        """End it."""
        now = self._now
        if now is None:
            return
        for field in (self.last, self.why):
            if wrong := field.problem(saving=True):
                field.set_error(wrong)
                field.take_focus()
                return
        acting, patient, seen = self._station.acting, now.person.patient_id, seen_of(now)
        last, why = date.fromisoformat(self.last.value() or ""), self.why.value() or ""

        def command(_: object) -> Done[RegimeNow]:
            return Done(ChangeSet.of([patient], ["regime"]), end_regime(acting, patient, last, why, seen))

        self._station.work.do(self, command, self.ended.emit, self._on_wrong)

    def words_for(self) -> str:
        """What was done, for the notice above the page."""
        last = self.last.value()
        return f"Ended after {show_day(date.fromisoformat(last))}." if last else "Ended."

    def _on_wrong(self, error: Exception) -> None:
        self.why.set_error(sentence_for(error))
