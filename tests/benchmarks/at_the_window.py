"""A nurse at the window with a stopwatch: what counts is when she sees it."""

from collections.abc import Callable

from factories import PASSWORD
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from ward import Ward

_WAIT = QEventLoop.ProcessEventsFlag.WaitForMoreEvents


class Seen(QObject):
    """Whether a widget has been painted since a condition held."""

    def __init__(self, widget: QWidget, when: Callable[[], bool]) -> None:
        super().__init__()
        self.painted = False
        self._when = when
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() == QEvent.Type.Paint and not self.painted:
            self.painted = self._when()
        return False


def wait_for(condition: Callable[[], bool]) -> None:
    """Let the window work until something is so; between its events it rests, and the worker has its turn."""
    while not condition():
        QApplication.processEvents(_WAIT)


def ready(ward: Ward) -> None:
    """Until the pages have been made, which the window does while nobody waits: while a password is typed."""
    pages = ward.window.with_pages()
    pages.make_ready()
    wait_for(lambda: not pages._idle.isActive())
    ward.settle()


def type_password(ward: Ward, account: str) -> None:
    """All but the last key."""
    line = next(line for line in ward.window.sign_in.findChildren(QLineEdit) if line.isVisible())
    line.setFocus()
    line.selectAll()
    ward.type(account)
    ward.press(Qt.Key.Key_Return)
    ward.type(PASSWORD)


def enter_until_the_worklist_is_seen(ward: Ward) -> None:
    """From Enter on the password until tonight's arrivals stand on the screen."""
    arrivals = ward.reception.arrivals
    seen = Seen(
        arrivals.viewport(), lambda: ward.window.shell.current_page() == "reception" and bool(arrivals.rows())
    )
    ward.press(Qt.Key.Key_Return)
    wait_for(lambda: seen.painted)
