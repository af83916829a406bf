"""The window is there when the nurse has taken off her coat: nothing is loaded that the sign-in does not need."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from factories import TestDesk, a_desk

from tests.benchmarks.figures import Goal, Stopwatch

ROOT = Path(__file__).parents[2]
BARE = Path(__file__).with_name("bare.py")
PAINTED = Path(__file__).with_name("painted.py")
LATER = (
    *("sqlalchemy", "alembic", "sqlcipher3", "keyring", "reportlab", "filelock", "_hashlib"),
    *("PySide6.QtNetwork", "PySide6.QtPdf", "PySide6.QtPdfWidgets"),
    *("socket", "ssl", "http.client", "urllib.request", "asyncio", "requests", "httpx"),
)
"""What the database, the paper, the keyring, the locks and the network need, and a sign-in does not."""


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    """As on the ward: no screen is needed here, and the compiled files of an installed product lie ready."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPYCACHEPREFIX": str(tmp_path / "compiled"),
        "PYTHONPATH": str(ROOT),
    }


def as_on_the_ward(desk: TestDesk) -> None:
    """A desk that does not call itself a demonstration; no more than that is read of it before the paint."""
    told = desk.folder.desk.read_bytes()
    desk.folder.desk.write_bytes(told.replace(b'"demonstration":true', b'"demonstration":false'))


def run(environment: Mapping[str, str], *arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, *map(str, arguments)], env=dict(environment), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_sign_in_is_shown_soon_after_the_start(
    desk: TestDesk, environment: Mapping[str, str], stopwatch: Stopwatch
) -> None:
    as_on_the_ward(desk)
    stopwatch.measure(
        "start to sign-in shown",
        lambda: run(environment, PAINTED, "--at", desk.folder.path),
        floor=lambda: run(environment, BARE),
        goal=Goal(times=2.0),
        rounds=9,
        warm_up=2,
    )


@pytest.mark.parametrize("later", LATER)
def test_nothing_is_loaded_before_the_sign_in_that_it_does_not_need(loaded: frozenset[str], later: str) -> None:
    """Each of these holds up every start, of every nurse, on every night."""
    assert later not in loaded


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The modules that are loaded when the sign-in has been painted."""
    made = a_desk(tmp_path_factory.mktemp("start") / "desk")
    made.door.close()
    as_on_the_ward(made)
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    names = run(environment, PAINTED, "--at", made.folder.path).split()
    assert "pdtdesk.ui.desk.sign_in" in names
    return frozenset(names)
