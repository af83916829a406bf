"""A full disk, a damaged file, two hands at once, a clock set back: a sentence each time, and nothing lost."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from factories import CHEAP, PASSWORD, TestDesk, a_draft, an_arrival

from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.roles import Role
from pdtdesk.services.acting import LEASE
from pdtdesk.services.reception import triage
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.store import journal
from pdtdesk.store.door import DeskDoor
from pdtdesk.store.engine import PAGE_BYTES, DatabaseTrouble
from pdtdesk.store.keys.secret import FolderSecrets
from pdtdesk.store.verify import verify

pytestmark = pytest.mark.hazard("H-004")
ROOT = Path(__file__).parents[2]


def arrivals(desk: TestDesk, count: int, first: int = 0) -> None:
    named = [(n, an_arrival(surname=f"Wren{n}", prison_number=f"B{n:04d}CK")) for n in range(first, first + count)]
    assert take_in(desk.acting(), named).taken == count


def what_is_said(done: Callable[[], object]) -> str:
    """The sentence in which the database refuses; nothing where it does not."""
    try:
        done()
    except DatabaseTrouble as trouble:
        return str(trouble)
    return ""


def entries_of(desk: TestDesk) -> int:
    with desk.store.reading() as work:
        return journal.count(work.connection)


def test_a_full_disk_is_said_and_the_draft_and_all_before_it_stand(desk: TestDesk) -> None:
    """Otherwise a triage is half saved, or an evening gone, because a disk was full."""
    arrivals(desk, 1)
    with desk.store.reading() as work:
        (row,) = work.arrivals(desk.clock.now())
    draft = a_draft(row.stay, row.patient_id, {"risk.pregnant": "no"})
    triage.keep_draft(desk.acting(), draft)
    before = entries_of(desk)
    with desk.store.engine.begin() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    said = ""
    while not said:
        said = what_is_said(lambda: triage.save(desk.acting(), draft, 1))
        before = before if said else entries_of(desk)
        said = said or what_is_said(lambda: triage.keep_draft(desk.acting(), draft))
    assert "disk of this computer is full" in said
    assert entries_of(desk) == before
    with desk.store.reading() as work:
        kept = work.draft(row.stay)
    assert kept is not None
    assert kept.answers == draft.answers
    with desk.store.engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages * 10}")
    triage.save(desk.acting(), draft, 1)  # space was freed, and it is saved
    assert entries_of(desk) > before
    assert verify(desk.folder, desk.door.key(), None).faults == ()


_FILLED = """
import os, resource, sys
from pathlib import Path
from pdtdesk.store.door import DeskDoor
from pdtdesk.store.engine import DatabaseTrouble
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.secret import FolderSecrets
from pdtdesk.domain.record.entry import NewEntry
from tests.factories import CHEAP, PASSWORD, SetClock, an_author
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = DeskFolder(Path(sys.argv[1]))
door = DeskDoor(folder, FolderSecrets(folder), clock=SetClock(), random_bytes=os.urandom, cost=CHEAP)
store = door.enter("nurse", PASSWORD).store
room = folder.database.stat().st_size + 40_000
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
try:
    for number in range(1000):
        with store.work() as work:
            work.append([NewEntry("reception", "triage", {"words": "w" * 4000, "n": str(number)}, an_author(), "p")])
        print(number, flush=True)
except DatabaseTrouble as trouble:
    print("said:", trouble, flush=True)
os._exit(0)
"""


def test_a_disk_that_refuses_to_write_is_said_and_what_was_acknowledged_stands(desk: TestDesk) -> None:
    """Otherwise the save that failed takes the ones before it along."""
    desk.door.close()
    ran = subprocess.run(
        [sys.executable, "-c", _FILLED, str(desk.folder.path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    *acknowledged, said = ran.stdout.strip().splitlines()
    assert said.startswith("said: ")
    assert "not saved" in said
    desk.store = desk.door.enter("nurse", PASSWORD).store
    with desk.store.reading() as work:
        held = {
            entry.body["n"]
            for entry in journal.of_desk(work.connection, desk.store.desk.id)
            if entry.kind == "triage" and entry.body
        }
    assert set(acknowledged) == held
    assert acknowledged
    assert verify(desk.folder, desk.door.key(), desk.door.noted_head()).faults == ()


@pytest.mark.parametrize("cut", [0, 17, PAGE_BYTES, -PAGE_BYTES, -1])
def test_a_database_cut_short_is_said_at_the_door(desk: TestDesk, cut: int) -> None:
    """Otherwise the night begins with half a record, or with words that nobody understands."""
    arrivals(desk, 20)
    key = desk.door.key()
    desk.door.close()
    size = desk.folder.database.stat().st_size
    os.truncate(desk.folder.database, cut if cut >= 0 else size + cut)
    if said := what_is_said(lambda: desk.door.enter("nurse", PASSWORD)):
        assert "restore the last backup" in said
        return
    desk.door.close()
    faults = verify(desk.folder, key, None).faults  # what the door cannot see, the proof does
    assert faults


def test_one_bit_flipped_is_said_when_it_is_read(desk: TestDesk) -> None:
    """Otherwise a failing disk ends in a stack of words, or in a wrong dose."""
    arrivals(desk, 40)
    desk.door.close()
    whole = desk.folder.database.read_bytes()
    heard = set()
    for page in range(0, len(whole) // PAGE_BYTES, 6):
        spoilt = bytearray(whole)
        spoilt[page * PAGE_BYTES + 2000] ^= 1
        desk.folder.database.write_bytes(spoilt)
        heard.add(what_is_said(lambda: _read_everybody(desk)))
        desk.folder.database.write_bytes(whole)
    heard.discard("")
    assert len(heard) > 1
    assert all("damaged" in said or "does not open" in said or "could not be used" in said for said in heard)


def _read_everybody(desk: TestDesk) -> None:
    door = DeskDoor(desk.folder, FolderSecrets(desk.folder), clock=desk.clock, random_bytes=os.urandom, cost=CHEAP)
    store = door.enter("nurse", PASSWORD).store
    try:
        with store.reading() as work:
            for row in work.arrivals(desk.clock.now()):
                work.person(row.patient_id)
    finally:
        store.engine.dispose()


_BESIDE = """
import os, sys
from pathlib import Path
from pdtdesk.store.door import DeskDoor
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.secret import FolderSecrets
from pdtdesk.domain.record.entry import NewEntry
from tests.factories import CHEAP, PASSWORD, SetClock, an_author
folder = DeskFolder(Path(sys.argv[1]))
door = DeskDoor(folder, FolderSecrets(folder), clock=SetClock(), random_bytes=os.urandom, cost=CHEAP)
store = door.enter("nurse", PASSWORD).store
print("open", flush=True)
for number in range(60):
    with store.work() as work:
        work.append([NewEntry("reception", "triage", {"n": f"beside {number}"}, an_author(), "p")])
door.close()
print("done", flush=True)
"""


def test_a_command_beside_the_window_writes_in_the_same_chain(desk: TestDesk) -> None:
    """Otherwise what the command wrote breaks the chain of what the window wrote, or takes its place."""
    with subprocess.Popen(
        [sys.executable, "-c", _BESIDE, str(desk.folder.path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as beside:
        assert beside.stdout is not None
        assert beside.stdout.readline() == "open\n"
        for number in range(60):
            with desk.store.work() as work:
                new = NewEntry("reception", "triage", {"n": f"window {number}"}, desk.acting().who, "p")
                work.append([new])
        assert beside.stdout.readline() == "done\n"
    assert beside.returncode == 0
    with desk.store.reading() as work:
        written = [
            (entry.body or {})["n"].split()[0]
            for entry in journal.of_desk(work.connection, desk.store.desk.id)
            if entry.kind == "triage"
        ]
    assert (written.count("window"), written.count("beside")) == (60, 60)
    found = verify(desk.folder, desk.door.key(), None)
    assert found.faults == ()


def test_a_clock_set_back_breaks_no_chain_and_gives_nobody_more_time(desk: TestDesk) -> None:
    """Otherwise setting the clock back keeps a leaver's lease alive, or stops the desk."""
    arrivals(desk, 1)
    then = desk.clock.now()
    with desk.store.work() as work:
        (row,) = work.present()
        until = next(member.lease_until for member in work.members() if member.role == Role.NURSE.value)
    assert until == then + LEASE
    desk.clock.advance(days=20)
    arrivals(desk, 1, first=10)
    late = desk.clock.now()
    desk.clock.advance(days=-30)
    arrivals(desk, 1, first=20)
    with desk.store.reading() as work:
        assert work.latest() == late  # by this the lease clock goes, whatever the computer's own says
        assert work.latest() > until
        assert len(work.present()) == 3
        assert work.person(row.patient_id) is not None
    assert verify(desk.folder, desk.door.key(), None).faults == ()


def test_a_second_door_on_a_desk_reads_what_the_first_has_written(desk: TestDesk) -> None:
    """Otherwise the command line proves an older desk than the one in the window."""
    arrivals(desk, 2)
    other = DeskDoor(desk.folder, FolderSecrets(desk.folder), clock=desk.clock, random_bytes=os.urandom, cost=CHEAP)
    try:
        with other.enter("lead", PASSWORD).store.reading() as work:
            assert len(work.present()) == 2
    finally:
        other.close()
