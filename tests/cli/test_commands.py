"""The command line as a whole: what it offers, how it refuses, and that it never shows its inside."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pdtdesk.__main__ import shows_a_window
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]


def pdtdesk(*arguments: str, piped: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pdtdesk", *arguments],
        cwd=ROOT,
        input=piped,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )


def test_help_names_every_command_there_is_and_none_to_come() -> None:
    ended = pdtdesk("--help")
    assert ended.returncode == 0
    assert all(name in ended.stdout for name in ("assess", "demo", "doses", "tour", "policy", "receptions", "desk"))
    assert not any(f"    {name} " in ended.stdout for name in ("sync", "hub"))


@pytest.mark.parametrize(
    "arguments",
    [("sync",), ("desk",), ("desk", "polish"), ("receptions",), ("policy",), ("desk", "verify", "--loud")],
    ids=" ".join,
)
def test_wrong_use_is_one_sentence_and_ends_2(arguments: tuple[str, ...]) -> None:
    ended = pdtdesk(*arguments)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert "--help" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["demo"], True),
        (["tour", "out"], True),
        (["--at", "desk"], True),
        (["--help"], False),
        (["--version"], False),
        (["desk", "verify"], False),
        (["receptions", "demo"], False),
    ],
)
def test_what_shows_a_window_goes_to_the_window(arguments: list[str], window: bool) -> None:
    assert shows_a_window(arguments) is window


def test_something_unexpected_is_a_sentence_without_what_stood_in_a_record(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("SPARROW, Daniel Lee")

    monkeypatch.setattr("pdtdesk.policy.check.run_check", breaks)
    ended = run("policy", "check")
    assert ended.code == 1
    assert "RuntimeError" in ended.err
    assert "SPARROW" not in ended.err
    assert ended.err.count("\n") == 1


def test_stopping_by_hand_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pdtdesk.policy.check.run_check", stopped)
    ended = run("policy", "check")
    assert (ended.code, ended.err[:8]) == (1, "Stopped.")


def test_the_national_policy_holds(run: Run) -> None:
    ended = run("policy", "check")
    assert (ended.code, ended.err) == (0, "")
    assert "parameters" in ended.out


def test_a_policy_folder_that_is_missing_or_holds_something_else_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "odd.toml").write_text("colour = 'blue'\n")
    missing, odd = run("policy", "check", tmp_path / "none"), run("policy", "check", tmp_path / "policy")
    assert (missing.code, odd.code) == (2, 2)
    assert "there is no such folder" in missing.err
    assert "odd.toml" in odd.err


def test_an_example_that_does_not_hold_is_printed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_text(
        'on = 2010-06-01\n[custody]\nstatus = "remand"\n[expect]\nfindings = ["RC-PREGNANT"]\n'
    )
    ended = run("policy", "check", tmp_path)
    assert ended.code == 2
    assert "wrong.toml" in ended.err
    assert "1 fail" in ended.err
