"""A window without a screen, dressed as on the ward."""

import os
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

from field_bench import Make
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from windows import let_go

from pdtdesk.ui.theme import Theme, load_fonts
from pdtdesk.ui.tokens import Scheme, Tokens, load_tokens
from pdtdesk.ui.widgets.field import Field, FieldSpec, build_field

THEME_FOLDER = Path(__file__).parents[2] / "resources" / "theme"


@pytest.fixture(scope="session")
def theme_folder() -> Path:
    """Where the tokens, the face and the drawings lie."""
    return THEME_FOLDER


@pytest.fixture(scope="session")
def tokens() -> Tokens:
    """The tokens that are shipped."""
    return load_tokens(THEME_FOLDER)


@pytest.fixture
def dress(qapp: QApplication, tokens: Tokens) -> Callable[..., Theme]:
    """Dress the application: `dress(Scheme.DARK, 2.0)`."""
    load_fonts(THEME_FOLDER)

    def put_on(scheme: Scheme = Scheme.LIGHT, text_scale: float = 1.0) -> Theme:
        theme = Theme(tokens, scheme, text_scale)
        theme.apply(qapp)
        return theme

    return put_on


@pytest.fixture(autouse=True)
def theme(dress: Callable[..., Theme], qapp: QApplication) -> Iterator[Theme]:
    """By day, at 100 %; afterwards no window is left over."""
    yield dress()
    let_go(*qapp.topLevelWidgets())


@pytest.fixture
def now() -> Callable[[], datetime]:
    """Tuesday 1 June 2010, 21:40."""
    return lambda: datetime(2010, 6, 1, 21, 40)  # noqa: DTZ001 - local, as a nurse reads it off the wall


@pytest.fixture
def make(qtbot: QtBot, now: Callable[[], datetime]) -> Make:
    """Fields under each other in a window that has the keyboard."""

    windows: list[QWidget] = []

    def build(*specs: FieldSpec) -> list[Field]:
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        fields = [build_field(spec, now, window) for spec in specs]
        for field in fields:
            column.addWidget(field)
        window.resize(700, 500)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        fields[0].take_focus()
        return fields

    return build
