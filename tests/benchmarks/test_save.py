"""Saving a triage: one durable step, as fast as the disk and the signature allow."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from factories import TestDesk

from pdtdesk.services.reception import triage
from pdtdesk.store.engine import make_engine
from tests.benchmarks.big_desk import a_whole_triage, an_arrival_for
from tests.benchmarks.figures import Goal, Stopwatch

ROOT = Path(__file__).parents[2]
ROUNDS = 40
_FRAME_HEADER = 24
_FRAME = _FRAME_HEADER + 4096
_LOG_HEADER = 32


@pytest.fixture
def one_row(tmp_path: Path) -> Iterator[object]:
    """A database of the same encrypted build and settings that makes one row durable at a time."""
    engine = make_engine(tmp_path / "floor.db", bytes(range(32)), create=True)
    driver = engine.raw_connection()
    driver.execute("CREATE TABLE row (words TEXT)")
    yield lambda: driver.execute("INSERT INTO row VALUES ('x')")
    driver.close()
    engine.dispose()


def commits_in_log(desk: TestDesk) -> int:
    """How many transactions the write-ahead log holds: each ends in a frame that says how large the database is.

    Frames of a log begun anew have its salt; those of the one before have not.
    """
    log = desk.folder.database.with_name(desk.folder.database.name + "-wal").read_bytes()
    salt, found = log[16:24], 0
    for at in range(_LOG_HEADER, len(log) - _FRAME + 1, _FRAME):
        if log[at + 8 : at + 16] != salt:
            break
        found += log[at + 4 : at + 8] != bytes(4)
    return found


def checkpoint(desk: TestDesk) -> None:
    """Put the log into the database, so that it begins anew."""
    driver = desk.store.engine.raw_connection()
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    driver.close()


def test_a_save_is_fast_enough_to_be_part_of_the_keystroke(a_copy: TestDesk, stopwatch: Stopwatch, one_row) -> None:
    """Answers, scale, plan, tasks, signatures, what the lists show, audit and outbox: all of it in this time."""
    desk, numbers = a_copy, count()
    drafts = [a_whole_triage(desk, an_arrival_for(desk, next(numbers))) for _ in range(ROUNDS + 3)]
    acting, waiting = desk.acting(), iter(drafts)
    stopwatch.measure(
        "save a triage",
        lambda: triage.save(acting, next(waiting), 2),
        floor=one_row,
        # Time goes by between two patients. Written at one instant their entries would lie among each other, and a
        # save would touch twice the pages that it touches in an evening.
        before=lambda: desk.clock.advance(minutes=5),
        goal=Goal(plus_s=0.005, over_floor=True),
        rounds=ROUNDS,
        warm_up=3,
    )


@pytest.mark.hazard("H-004")
def test_a_save_is_one_transaction_that_is_durable(desk: TestDesk) -> None:
    """Two would leave half a triage behind when the plug is pulled between them."""
    draft = a_whole_triage(desk, an_arrival_for(desk, 1))
    checkpoint(desk)
    triage.save(desk.acting(), draft, 2)
    assert commits_in_log(desk) == 1
    with desk.store.reading() as work:
        driver = work.connection.connection.driver_connection
        full = driver.execute("PRAGMA synchronous").fetchone()[0]
        logged = driver.execute("PRAGMA journal_mode").fetchone()[0]
    assert (full, logged) == (2, "wal"), "in this mode each transaction is flushed to the disk once before it is told"


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not on this machine")
def test_a_save_asks_the_disk_once(tmp_path: Path) -> None:
    """More than once, and the nurse waits for the disk again and again; never, and a pulled plug loses the save."""
    told = tmp_path / "calls.txt"
    done = subprocess.run(
        ["strace", "-f", "-o", str(told), "-e", "trace=fsync,fdatasync,rmdir", sys.executable, "-m",
         "tests.benchmarks.saver", str(tmp_path / "desk")],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "ptrace" in done.stderr or "PTRACE" in done.stderr:
        pytest.skip("strace may not look at programs on this machine")
    assert done.returncode == 0, done.stderr
    saves = told.read_text().split('rmdir("a save begins")')[1:]
    asked = [save.split('rmdir("a save ends")')[0].count("sync(") for save in saves]
    assert asked == [1, 1, 1]
