"""`run` opens the desk where there is a display and draws the tour where there is none; `test` tells the truth."""

import os
import sys
from pathlib import Path

import dev
import pytest

from tests.packaging.fakes import MadeUpMachine, a_checkout

EVERYTHING = {*dev.FOR_PICTURES, *dev.FOR_A_WINDOW, *dev.FOR_TESTS, *dev.FOR_A_DESK}


@pytest.fixture
def made_up() -> MadeUpMachine:
    return MadeUpMachine(installed=set(EVERYTHING))


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dev.Checkout:
    monkeypatch.chdir(tmp_path)
    return a_checkout(tmp_path)


def test_without_a_display_the_tour_is_written_and_said_so(
    checkout: dev.Checkout, made_up: MadeUpMachine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["run"], checkout, made_up.machine()) == 0
    assert made_up.calls[-1][1:] == ["-m", "pdtdesk", "tour", str(checkout.root / "tour")]
    assert made_up.environs[-1]["QT_QPA_PLATFORM"] == "offscreen"
    said = capsys.readouterr().out
    assert "no display" in said
    assert str(checkout.root / "tour" / "index.md") in said


@pytest.mark.parametrize("display", [{"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}])
def test_with_a_display_the_demonstration_opens(
    checkout: dev.Checkout, made_up: MadeUpMachine, display: dict[str, str]
) -> None:
    assert dev.main(["run"], checkout, made_up.machine(environ=display)) == 0
    assert made_up.calls[-1][1:] == ["-m", "pdtdesk", "demo"]
    assert "QT_QPA_PLATFORM" not in made_up.environs[-1]


def test_a_tour_that_fails_is_not_called_written(
    checkout: dev.Checkout, made_up: MadeUpMachine, capsys: pytest.CaptureFixture[str]
) -> None:
    made_up.fails = "tour"
    assert dev.main(["run"], checkout, made_up.machine()) == 1
    assert "The tour is written" not in capsys.readouterr().out


def test_what_stops_the_set_up_is_one_sentence_and_a_code(
    checkout: dev.Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["run"], checkout, MadeUpMachine().machine(root=False)) == 2
    told = capsys.readouterr()
    assert "sudo apt-get install" in told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize("argv", [[], ["serve"]])
def test_a_wrong_command_shows_the_right_ones(
    checkout: dev.Checkout, argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(argv, checkout, MadeUpMachine().machine()) == 2
    assert "packaging/dev.py test" in capsys.readouterr().out


def test_long_tests_are_asked_for_by_name(checkout: dev.Checkout, made_up: MadeUpMachine) -> None:
    dev.main(["test"], checkout, made_up.machine())
    runs = [argv for argv in made_up.calls if "pytest" in argv]
    assert all(argv[(at := argv.index("not long")) - 1 : at + 1] == ["-m", "not long"] for argv in runs)
    assert all("PDTDESK_LONG" not in environ for environ in made_up.environs)
    made_up.calls.clear()
    dev.main(["test", "--long"], checkout, made_up.machine())
    assert all("not long" not in argv for argv in made_up.calls)
    assert made_up.environs[-1]["PDTDESK_LONG"] == "1"


def test_remaking_the_lock_needs_uv_and_says_so(
    checkout: dev.Checkout, made_up: MadeUpMachine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["lock"], checkout, made_up.machine()) == 2
    assert "uv" in capsys.readouterr().err
    made_up.programs.add("uv")
    assert dev.main(["lock"], checkout, made_up.machine()) == 0
    assert {"--universal", "--generate-hashes"} <= set(made_up.calls[-1])
    assert dev.main(["lock"], checkout, made_up.machine()) == 0
    assert checkout.lock.read_text("utf-8").count("never edited by hand") == 1


def test_continuous_integration_runs_the_whole_of_test_and_nothing_weaker() -> None:
    script = Path(dev.__file__).resolve().parents[1] / ".ci" / "run"
    lines = [line for line in script.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert lines[0] == "set -euo pipefail"
    assert lines[-1] == "exec python3 packaging/dev.py test"
    assert len(lines) == 3, "only the change of folder stands between"
    assert sys.platform == "win32" or os.access(script, os.X_OK)
