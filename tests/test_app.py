"""Starting the window: what stands in its way is one sentence, and nothing is touched."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import PASSWORD, TestDesk
from pytestqt.qtbot import QtBot

from pdtdesk import app
from pdtdesk.domain.roles import Role
from pdtdesk.store.keys.lock import WindowHold, hold_window
from pdtdesk.ui.window import DeskWindow


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`pdtdesk` as a process of its own; it must end by itself."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    kept.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [sys.executable, "-m", "pdtdesk", *arguments],
        env={**kept, **environment},
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def is_one_sentence(ended: subprocess.CompletedProcess[str]) -> str:
    assert ended.returncode == 2, ended.stderr
    assert "Traceback" not in ended.stderr
    lines = [line for line in ended.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, ended.stderr
    return lines[0]


@pytest.fixture
def second(desk: TestDesk) -> Iterator[tuple[DeskWindow, WindowHold]]:
    """A window on a desk that another window holds."""
    hold = hold_window(desk.folder)
    app._application()
    window = app._window(desk.folder, desk.clock, demonstration=True)
    window.show_way_in(founded=True)
    window.shell.show()
    yield window, hold
    window.idle.stop()
    window.station.work.close()
    window.shell.close()
    hold.release()


def test_a_second_window_on_a_desk_says_so_and_stops(
    second: tuple[DeskWindow, WindowHold], desk: TestDesk, qtbot: QtBot
) -> None:
    """Two windows on one desk would each think that it alone keeps the drafts.

    It is said in the window, before anybody types: started from an icon there is no terminal to read it on. Nobody
    comes in by it until the first is closed; then it serves as well as any.
    """
    window, hold = second
    form = window.sign_in.form
    qtbot.waitUntil(lambda: form.notice.notice is not None, timeout=20_000)
    assert "another window" in form.notice.notice.sentence
    desk.door.close()
    for _ in range(2):
        form.say("")
        form.fields["account"].set_value(Role.NURSE.value)
        form.fields["password"].set_value(PASSWORD)
        form.submit()
        qtbot.waitUntil(lambda: not form.is_busy(), timeout=20_000)
        if window.station.session is None:
            assert "another window" in form.notice.notice.sentence
            hold.release()
    assert window.station.session is not None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux may be without a display")
def test_without_a_display_it_says_what_works_without_one(tmp_path: Path) -> None:
    """Qt would end the process with a page of its own words."""
    said = is_one_sentence(start("--at", str(tmp_path / "desk")))
    assert "no display" in said
    assert "tour" in said
    assert not (tmp_path / "desk").exists()


def test_a_demonstration_is_never_laid_over_a_real_desk(tmp_path: Path) -> None:
    """Invented ceilings and intervals on a real patient: the one thing a demonstration must never do."""
    real = tmp_path / "desk"
    real.mkdir()
    (real / "desk.json").write_text("{}")
    for command in ("demo", "tour"):
        arguments = [command, *([str(tmp_path / "out")] if command == "tour" else []), "--at", str(real)]
        said = is_one_sentence(start(*arguments, QT_QPA_PLATFORM="offscreen"))
        assert str(real) in said
    assert not (tmp_path / "out").exists()


def test_a_day_that_does_not_exist_is_refused_in_words(tmp_path: Path) -> None:
    ended = start("tour", str(tmp_path / "out"), "--today", "2010-02-30", QT_QPA_PLATFORM="offscreen")
    assert ended.returncode == 2
    assert "2010-02-30" in ended.stderr
