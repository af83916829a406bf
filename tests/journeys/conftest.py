"""A whole window at a real encrypted desk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from a_known_man import known, of
from factories import TestDesk
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ward import RESOURCES, Ward
from windows import let_go

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
    let_go(at.window.shell)
    assert at.wrong == []


@pytest.fixture
def the_list() -> Callable[[], Path]:
    """Tonight's list, as the prison's system prints it."""
    return lambda: RESOURCES / "demo" / "receptions.csv"


@pytest.fixture
def at_hand(ward: Ward, the_list: Callable[[], Path]) -> str:
    known(ward)
    ward.evening(the_list())
    return of(ward, "A6620WE")
