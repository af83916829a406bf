"""The lock that falls by itself when nobody is at the desk: it ends the person's session, not the desk's key."""

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

FIVE_MINUTES = 300
"""Seconds without a key or the mouse after which the window locks, unless the desk says otherwise."""

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
    }
)


class IdleLock(QObject):
    """Counts from the last key or mouse event in the window. `ticked("Locks in 4:52")`, `run_out` once.

    `seconds` is a steady clock that goes on while the computer sleeps and that nobody can set back; it is not the
    ward's clock, which a demonstration holds still. Watching begins with `start` and ends with `stop` or `run_out`.
    """

    ticked = Signal(str)
    run_out = Signal()

    def __init__(
        self, seconds: Callable[[], float], after: int = FIVE_MINUTES, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._seconds, self._after = seconds, after
        self._last = seconds()
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Somebody signed in: count from now."""
        self._last = self._seconds()
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Nobody is signed in: nothing is counted."""
        self._timer.stop()
        for window in QGuiApplication.topLevelWindows():
            window.removeEventFilter(self)
        self.ticked.emit("")

    def is_watching(self) -> bool:
        """Whether it counts."""
        return self._timer.isActive()

    def left(self) -> int:
        """Whole seconds until the lock falls."""
        gone = max(0.0, self._seconds() - self._last)
        return max(0, ceil(self._after - gone))

    def look(self) -> None:
        """See how long nobody has been there; called each second."""
        if not self._timer.isActive():
            return
        left = self.left()
        if left == 0:
            self.stop()
            self.run_out.emit()
            return
        # On the windows, through which every key and click passes once; not on the application, where each event of
        # each widget would pass. Again each second, as lists and panels open windows of their own.
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)
        self.ticked.emit(f"Locks in {left // 60}:{left % 60:02}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # What another program sends in, or the window sends itself, is nobody at the desk.
        if event.type() in _SIGNS_OF_LIFE and event.spontaneous():
            self.look()  # a key after the time has run out comes too late: it must not keep the window open
            self._last = self._seconds()
        return super().eventFilter(watched, event)
