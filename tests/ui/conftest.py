"""A window without a screen, dressed as on the ward."""

import os
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

from PySide6.QtWidgets import QApplication

from pdtdesk.ui.theme import Theme, load_fonts
from pdtdesk.ui.tokens import Scheme, Tokens, load_tokens

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
    for window in qapp.topLevelWidgets():
        window.close()


@pytest.fixture
def now() -> Callable[[], datetime]:
    """Tuesday 1 June 2010, 21:40."""
    return lambda: datetime(2010, 6, 1, 21, 40)  # noqa: DTZ001 - local, as a nurse reads it off the wall
