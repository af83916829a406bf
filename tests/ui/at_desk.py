"""A page at a real desk: encrypted, with the worker's own thread, and shown in a window."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from factories import PASSWORD, SetClock, TestDesk, chance, national
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from windows import let_go

from pdtdesk.domain.roles import Role
from pdtdesk.services.desk import session as sessions
from pdtdesk.services.desk.session import Session
from pdtdesk.services.paper import RecoverySheet
from pdtdesk.services.ports import AuditRow, Door, Entered
from pdtdesk.store.door import DeskDoor
from pdtdesk.ui.shell import Page, Shell
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Work

A_PAGE = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>> endobj
4 0 obj <</Length 30>> stream
0 0 0 rg 100 100 300 500 re f
endstream endobj
trailer <</Root 1 0 R>>
"""


class OneSheet:
    """Paper that keeps what it was asked to print."""

    def __init__(self) -> None:
        self.recovery_sheets: list[RecoverySheet] = []

    def recovery(self, sheet: RecoverySheet) -> bytes:
        self.recovery_sheets.append(sheet)
        return A_PAGE


class AtDesk:
    """A station over a desk, and what happened at it."""

    def __init__(self, qtbot: QtBot, door: Door, clock: SetClock, *, demonstration: bool = False) -> None:
        self.qtbot, self.clock, self.door = qtbot, clock, door
        self.wrong: list[Exception] = []
        self.shown: list[tuple[bytes, str]] = []
        self.begun: list[str] = []
        self.paper = OneSheet()
        self.work: Work[Door] = Work(lambda: door, lambda _door: None, self.wrong.append)
        self.station = Station(
            work=self.work,
            clock=clock,
            paper=self.paper,
            lists=lambda *_given: None,
            load_policy=national,
            desk_name="Reception 1",
            demonstration=demonstration,
            begin_session=self.begin,
            show_paper=lambda data, title: self.shown.append((data, title)),
        )
        self.station.signals.begun.connect(lambda: self.begun.append(self.station.account))
        self.shell = Shell()
        self.shell.resize(1440, 900)

    def begin(self, entered: Entered) -> Session:
        return sessions.begin(
            entered.store, entered.member_id, clock=self.clock, policy=national(), random_bytes=chance(9)
        )

    def settle(self) -> None:
        """Until everything that was asked has been answered, and what it moved has been laid out."""
        self.qtbot.waitUntil(self.work.is_idle, timeout=10_000)
        QApplication.processEvents()

    def ask(self, query: Callable[[Door], object]) -> object:
        """Something of the desk, read in the worker."""
        got: list[object] = []
        self.work.ask(self.shell, query, got.append)
        self.settle()
        return got[0]

    def sign_in(self, role: Role = Role.NURSE) -> None:
        """Somebody sits down."""
        self.station.session = self.ask(lambda door: self.begin(door.enter(role.value, PASSWORD)))
        self.station.account = role.value

    def show(self, page: Page) -> Page:
        """The page in its window, in sight."""
        if self.shell.page(type(page).__name__) is not page:
            self.shell.add_page(type(page).__name__, page)
        self.shell.show_page(type(page).__name__)
        self.shell.show()
        self.shell.activateWindow()
        self.qtbot.waitUntil(self.shell.isActiveWindow)
        self.settle()
        return page

    def type(self, words: str) -> None:
        """Type where the keyboard is."""
        self.qtbot.keyClicks(self.focus(), words)

    def press(self, key: int) -> None:
        """A key where the keyboard is."""
        self.qtbot.keyClick(self.focus(), key)

    def focus(self) -> QWidget:
        """Where the keyboard is."""
        here = self.shell.focusWidget()
        assert here is not None, "the keyboard is nowhere"
        return here

    def audited(self) -> list[AuditRow]:
        """The audit, newest first."""

        def read(_door: Door) -> list[AuditRow]:
            store = self.station.session.acting.store if self.station.session else self._store()
            with store.reading() as work:
                return list(work.audit_page(None, 200, None))

        return self.ask(read)

    def _store(self):
        assert isinstance(self.door, DeskDoor)
        return self.door._open


@contextmanager
def sitting_at(qtbot: QtBot, desk: TestDesk, *, demonstration: bool = False) -> Iterator[AtDesk]:
    """A window at a desk that is founded."""
    at = AtDesk(qtbot, desk.door, desk.clock, demonstration=demonstration)
    try:
        yield at
    finally:
        at.work.close()
        let_go(at.shell)
