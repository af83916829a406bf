"""The plug is pulled while nurses write: what was said to be saved is there, and nothing lies about in the clear."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import CHEAP, PASSWORD, SetClock, TestDesk, a_desk, an_arrival

from pdtdesk.services.reception.take_in import take_in
from pdtdesk.store import journal
from pdtdesk.store.door import DeskDoor
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.secret import FolderSecrets
from pdtdesk.store.verify import verify
from tests.store.writer import IN_WORDS, MARKER

pytestmark = pytest.mark.hazard("H-004")
ROUNDS = 10 if os.environ.get("PDTDESK_LONG") else 1
KILLS = 20
ROOT = Path(__file__).parents[2]


@pytest.fixture
def ward(tmp_path: Path) -> TestDesk:
    """A desk with three arrivals, shut."""
    desk = a_desk(tmp_path / "desk")
    named = [(n, an_arrival(surname=f"{MARKER}{n}", prison_number=f"B{n:04d}CK")) for n in range(3)]
    take_in(desk.acting(), named)
    desk.door.close()
    return desk


@pytest.fixture
def writer(ward: TestDesk) -> Iterator[subprocess.Popen[bytes]]:
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer", str(ward.folder.path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    yield started
    assert started.stdin is not None
    started.stdin.close()
    started.wait(30)


def write_and_kill(writer: subprocess.Popen[bytes], first: int, chance: random.Random) -> list[int]:
    """Let a process write until some saves were acknowledged, and kill it at any point of the next one."""
    assert writer.stdin is not None
    assert writer.stdout is not None
    writer.stdin.write(f"{first}\n".encode())
    writer.stdin.flush()
    pid = int(writer.stdout.readline().split()[1])
    wanted, acknowledged = chance.randint(0, 6), []
    while len(acknowledged) < wanted:
        acknowledged.append(int(writer.stdout.readline().split()[1]))
    for _ in range(chance.randint(0, 400_000)):  # some way into the next save: a save takes about as long
        pass
    os.kill(pid, signal.SIGKILL)
    while (line := writer.stdout.readline()) != b"dead\n":
        acknowledged.append(int(line.split()[1]))
    return acknowledged


def in_the_clear(folder: DeskFolder) -> list[str]:
    words = [MARKER.encode(), MARKER.lower().encode(), MARKER.encode("utf-16-le")]
    files = [path for path in folder.path.rglob("*") if path.is_file()]
    return [path.name for path in files if any(word in path.read_bytes() for word in words)]


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_what_was_acknowledged_is_there_after_every_kill(
    ward: TestDesk, writer: subprocess.Popen[bytes], round_: int
) -> None:
    """Otherwise the nurse was told that it is saved, and in the morning it is not."""
    chance = random.Random(round_)
    acknowledged: set[int] = set()
    for kill in range(KILLS):
        acknowledged |= set(write_and_kill(writer, 1000 * (kill + 1), chance))
        assert in_the_clear(ward.folder) == []
        folder = ward.folder
        door = DeskDoor(folder, FolderSecrets(folder), clock=SetClock(), random_bytes=os.urandom, cost=CHEAP)
        store = door.enter("nurse", PASSWORD).store
        try:
            with store.reading() as work:
                held = {
                    int(entry.body["answers"][IN_WORDS]["value"].split()[1])
                    for entry in journal.of_desk(work.connection, store.desk.id)
                    if entry.kind == "triage" and entry.body
                }
            assert acknowledged <= held, f"lost at kill {kill}: {sorted(acknowledged - held)}"
            acknowledged |= held
            assert verify(folder, door.key(), door.noted_head()).faults == ()
        finally:
            door.close()
        assert in_the_clear(ward.folder) == []
    assert len(acknowledged) > KILLS  # it did write
