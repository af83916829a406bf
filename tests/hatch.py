"""A nurse at the hatch: letters, Enter, and a scanner on its cord, with the pauses that hands and scanners make."""

from a_round import TODAY, Patient
from factories import TestDesk
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from ward import Ward

from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.fold import treatment_of
from pdtdesk.domain.regime.treatment import Dose, Treatment
from pdtdesk.domain.roles import Role

ENTER = Qt.Key.Key_Return


class Hatch:
    """The nurse's hands on the round's page: letters, Enter, and the scanner on its cord."""

    def __init__(self, ward: Ward, role: Role = Role.NURSE) -> None:
        self.ward = ward
        self.keys = 0
        self.at = 1000
        ward.sign_in(role)
        self.turn_to()

    def turn_to(self) -> None:
        self.ward.window.with_pages().show("round")
        self.ward.settle()

    @property
    def page(self):
        return self.ward.window.with_pages().round

    @property
    def dose(self):
        return self.page.dose

    def press(self, *pressed: str | Qt.Key) -> None:
        """Keys one after the other, as fingers press them: a second between two."""
        for key in pressed:
            self.keys += 1
            if isinstance(key, str):
                for letter in key:
                    self._key(Qt.Key(ord(letter.upper())), letter, after=1000)
            elif key == ENTER:
                self._key(key, "\r", after=1000)
            else:
                self.ward.press(key)
                self.ward.settle()

    def scan(self, number: str) -> None:
        """The scanner types a number and Enter, a few thousandths of a second between two."""
        self.at += 2000
        for letter in number:
            self._key(Qt.Key(ord(letter)), letter, after=4)
        self._key(ENTER, "\r", after=4)

    def _key(self, key: Qt.Key, text: str, *, after: int) -> None:
        self.at += after
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(self.at)
            QApplication.sendEvent(self.ward.focus(), event)
        if after > 100 or key == ENTER:
            self.ward.settle()

    def witness(self, name: str) -> None:
        self.page.list.witness.take_focus()
        self.ward.type(name)
        self.ward.press(ENTER)
        self.ward.settle()

    def in_hand(self) -> str:
        """Whose dose stands on the page; empty where none does."""
        here = self.page.panels
        return self.page._now.row.surname if self.page._now is not None and not here.is_empty() else ""


def treatment(desk: TestDesk, patient: Patient) -> Treatment:
    with desk.store.reading() as work:
        return treatment_of(work.person(patient.patient_id))


def written(desk: TestDesk, patient: Patient) -> list[tuple[Outcome, str]]:
    return [(dose.outcome, dose.reason) for dose in treatment(desk, patient).doses if dose.day == TODAY]


def last(desk: TestDesk, patient: Patient) -> Dose:
    return treatment(desk, patient).doses[-1]
