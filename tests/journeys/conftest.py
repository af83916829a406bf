"""A whole window at a real encrypted desk."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from factories import TestDesk
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ward import RESOURCES, Ward

from pdtdesk.ui.theme import Theme, load_fonts
from pdtdesk.ui.tokens import load_tokens


@pytest.fixture
def ward(qtbot: QtBot, qapp: QApplication, desk: TestDesk) -> Iterator[Ward]:
    """The window of a desk, dressed as by day."""
    load_fonts(RESOURCES / "theme")
    Theme(load_tokens(RESOURCES / "theme")).apply(qapp)
    at = Ward(qtbot, desk)
    yield at
    at.station.work.close()
    at.window.shell.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()  # here and now: never while the next test dresses what is left
    assert at.wrong == []


@pytest.fixture
def the_list() -> Callable[[], Path]:
    """Tonight's list, as the prison's system prints it."""
    return lambda: RESOURCES / "demo" / "receptions.csv"
