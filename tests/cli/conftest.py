"""A desk to give commands at, and a way of giving them as a terminal without a keyboard would."""

import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pdtdesk.cli import main
from tests.factories import PASSWORD, SetClock, TestDesk, a_desk

HEADER = (
    "prison_number,surname,forenames,born,sex,arrived_at,arrived_from,legal_status,"
    "sentence_length,sentenced_on,release_on"
)


@dataclass(frozen=True)
class Ended:
    """How a command ended: its code, and all that it said on either side."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a command, with what is piped into it."""

    def given(*arguments: object, piped: str = "") -> Ended:
        monkeypatch.setattr("sys.stdin", io.StringIO(piped))
        code = main([str(each) for each in arguments], SetClock(), os.urandom)
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Ended(code, said.out, said.err)

    return given


@pytest.fixture
def at_desk(desk: TestDesk, run: Run) -> Run:
    """Give a command at a demonstration desk that is open in a window besides, as the nurse or somebody else."""

    def given(*arguments: object, user: str = "nurse", password: str = PASSWORD, piped: str | None = None) -> Ended:
        typed = f"{password}\n" if piped is None else piped
        return run(*arguments, "--at", desk.folder.path, "--user", user, "--password-stdin", piped=typed)

    return given


@pytest.fixture
def shut_desk(tmp_path: Path) -> TestDesk:
    """A desk that nobody has open."""
    made = a_desk(tmp_path / "shut")
    made.door.close()
    return made


def a_list(file: Path, *rows: str) -> Path:
    """A reception list in a file."""
    file.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return file
