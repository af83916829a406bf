"""Windows that a test has opened, let go at its end."""

import gc

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


def let_go(*windows: QWidget) -> None:
    """Close windows and destroy them, here and now.

    Closing alone keeps them: what their signals are tied to holds them, out of the collector's sight. Each that is
    left is dressed again with every test that follows.
    """
    for window in windows:
        if isValid(window):
            window.close()
            window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()  # never while the next test dresses what is left
