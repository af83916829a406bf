"""A whole window at a real encrypted desk, worked by keyboard: a nurse's hands for the journeys."""

from pathlib import Path

from factories import PASSWORD, TestDesk, chance, national
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pdtdesk.documents import Sheets
from pdtdesk.domain.roles import Role
from pdtdesk.exchange.reception_list import read
from pdtdesk.services.desk import session as sessions
from pdtdesk.services.ports import ArrivalRow
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Work
from pdtdesk.ui.window import DeskWindow

RESOURCES = Path(__file__).parents[1] / "resources"


class Ward:
    """A nurse's hands at the window: keys go where the keyboard is, and everything asked is waited for."""

    def __init__(self, qtbot: QtBot, desk: TestDesk) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.wrong: list[Exception] = []
        self.ticks = 0.0
        policy = national().over("demonstration")
        self.station = Station(
            work=Work(lambda: desk.door, lambda _door: None, self.wrong.append),
            clock=desk.clock,
            paper=Sheets(),
            lists=read,
            load_policy=lambda: policy,
            desk_name="Reception 1",
            demonstration=True,
            begin_session=lambda entered: sessions.begin(
                entered.store, entered.member_id, clock=desk.clock, policy=policy, random_bytes=chance(9)
            ),
        )
        self.window = DeskWindow(self.station, lambda: self.ticks, "HMP Ashmoor · Reception 1")
        self.window.show_way_in(founded=True)
        self.window.shell.show()
        qtbot.waitExposed(self.window.shell)
        self.window.shell.activateWindow()
        self.settle()

    def settle(self) -> None:
        """Until the desk has answered and nothing is about to be asked."""
        self.qtbot.waitUntil(self._is_settled, timeout=20_000)
        QApplication.processEvents()
        self.qtbot.waitUntil(self._is_settled, timeout=20_000)

    def _is_settled(self) -> None:
        """Fails with what is still awaited, which the timeout then says."""
        assert self.station.work.is_idle(), "the desk has not answered yet"
        assert self.window.is_settled(), "a page is about to ask for something"

    def focus(self) -> QWidget:
        here = self.window.shell.focusWidget()
        assert here is not None, "the keyboard is nowhere"
        return here

    def type(self, words: str) -> None:
        self.qtbot.keyClicks(self.focus(), words)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.focus(), key, modifier)

    def control(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def sign_in(self, role: Role = Role.NURSE) -> None:
        """By the sign-in page, with keys."""
        account = next(line for line in self.window.sign_in.findChildren(QLineEdit) if line.isVisible())
        account.setFocus()
        account.selectAll()  # after a lock, who locked stands there
        self.type(role.value)
        self.press(Qt.Key.Key_Return)
        self.type(PASSWORD)
        self.press(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.station.session is not None, timeout=20_000)
        self.settle()

    def take_in(self, path: Path) -> None:
        """Tonight's list, from the panel."""
        self.reception.take_in(str(path))
        self.reception.take_in_panel.begin()
        self.settle()
        self.reception.take_in_panel.closed.emit()
        self.settle()

    def evening(self, path: Path, role: Role = Role.NURSE, *, at: int = 0) -> ArrivalRow:
        """Signed in, tonight's list taken in, and one of its arrivals in hand."""
        self.sign_in(role)
        self.take_in(path)
        return self.in_hand(at)

    def in_hand(self, at: int = 0) -> ArrivalRow:
        """An arrival of the list, opened."""
        row = self.reception.rows()[at]
        self.reception.open_stay(row.stay)
        self.settle()
        return row

    def answer(self, key: str, pressed: str) -> None:
        """Answer a question of the triage in hand by keys."""
        self.reception.triage.form.fields[key].take_focus()
        self.type(pressed)

    def page(self) -> str:
        return self.window.shell.current_page()

    @property
    def reception(self):
        return self.window.with_pages().reception

    def sentence(self) -> str:
        """What stands in the notice above the page."""
        return self.window.shell.notice.sentence()
