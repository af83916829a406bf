"""Long commands say how far they have come, at a terminal and nowhere else."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories import PASSWORD, TestDesk

SIGN_IN = ("--user", "nurse", "--password-stdin")


def at_a_terminal(*arguments: object, piped: str) -> str:
    """What the command writes to a real terminal on standard error."""
    ours, theirs = os.openpty()
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "pdtdesk", *map(str, arguments)],
            cwd=Path(__file__).parents[2],
            input=piped.encode(),
            stdout=subprocess.PIPE,
            stderr=theirs,
            timeout=120,
            check=False,
        )
        os.close(theirs)
        written = b""
        while part := _read(ours):
            written += part
    finally:
        os.close(ours)
    assert ended.returncode == 0, written
    return written.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when nobody writes any more
        return b""


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no such terminals")
@pytest.mark.parametrize(
    ("command", "what"), [("verify", "Proving the desk"), ("rebuild", "Folding the lists"), ("backup", "Backing up")]
)
def test_a_long_command_says_how_far_it_is_and_leaves_a_clean_line(
    shut_desk: TestDesk, tmp_path: Path, command: str, what: str
) -> None:
    """A lead who sees nothing for five minutes pulls the plug of a desk that is being proved."""
    file = [tmp_path / "copy.pdtbackup"] if command == "backup" else []
    said = at_a_terminal("desk", command, *file, "--at", shut_desk.folder.path, *SIGN_IN, piped=f"{PASSWORD}\n")
    assert re.search(rf"\r{what}: \d+ %", said)
    assert said.rstrip(" ").endswith("\r"), "what came of it would stand behind the last of the progress"
