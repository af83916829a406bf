"""The proof of the desk: whatever was changed, lost or put back from an older day is told in a sentence."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from factories import TestDesk, an_arrival
from sqlalchemy import text

from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.store.engine import PAGE_BYTES, make_engine
from pdtdesk.store.keys.secret import ChainHead
from pdtdesk.store.tables import SEARCH
from pdtdesk.store.verify import Verification, verify
from tests.store.histories import write_history

pytestmark = pytest.mark.hazard("H-004")


def proved(desk: TestDesk, noted: ChainHead | None = None) -> Verification:
    return verify(desk.folder, desk.door.key(), noted or desk.door.noted_head())


def shut(desk: TestDesk) -> bytes:
    """Close the desk with everything in its one file; answers with the key."""
    key = desk.door.key()
    desk.door.close()
    return key


def arrivals(desk: TestDesk, count: int, first: int = 0) -> None:
    named = [
        (n, an_arrival(surname=f"Wren{n}", forenames="words " * 30, prison_number=f"B{n:04d}CK"))
        for n in range(first, first + count)
    ]
    assert take_in(desk.acting(), named).taken == count


def test_a_desk_as_it_was_written_is_sound(desk: TestDesk) -> None:
    """Otherwise the proof cries at every desk, and nobody heeds it."""
    write_history(desk, 7, steps=25)
    desk.door.note_head()
    found = proved(desk)
    assert found.faults == ()
    assert found.sound
    with desk.store.reading() as work:
        assert found.entries == work.connection.execute(text("SELECT count(*) FROM entry")).scalar()
        assert found.audit_lines == work.connection.execute(text("SELECT count(*) FROM audit")).scalar()
        assert found.people == work.connection.execute(text("SELECT count(*) FROM person")).scalar()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("DELETE FROM entry WHERE desk_seq = 9", "entry 9 is missing"),
        (
            "UPDATE entry SET body = CAST('{\"a\":1}' AS BLOB) WHERE desk_seq = 16",
            "text is not the one that was signed",
        ),
        (
            "UPDATE entry SET header = CAST(replace(CAST(header AS TEXT), 'ASH', 'BEL') AS BLOB) WHERE desk_seq = 16",
            "does not fit",
        ),
        ("UPDATE entry SET header = CAST('{}' AS BLOB) WHERE desk_seq = 15", "not the header of an entry"),
        ("UPDATE entry SET salt = NULL WHERE desk_seq = 16", "one is missing"),
        ("UPDATE entry SET patient_id = 'other' WHERE desk_seq = 16", "filed as another"),
        ("UPDATE entry SET happened_at = '2009-01-01T00:00:00.000000Z' WHERE desk_seq = 16", "filed as another"),
        ("DELETE FROM outbox WHERE position = 16", "no line in the outbox"),
        ("DELETE FROM audit WHERE seq = 2", "Audit: line 2 is missing"),
        ("UPDATE audit SET patient_id = 'other' WHERE seq = 2", "filed as another"),
        ("UPDATE audit SET signature = zeroblob(64) WHERE seq = 2", "signature of line 2"),
        ("UPDATE person SET surname = 'Other'", "list of person"),
        ("DELETE FROM arrival", "list of arrival"),
        ("UPDATE member SET role = 'admin'", "list of member"),
        (f"DELETE FROM {SEARCH} WHERE rowid = 1", SEARCH),
        (f"INSERT INTO {SEARCH} (rowid, words) VALUES (999, 'nobody')", "nobody bears"),
        ("UPDATE desk SET own = 0", "names 0 desks as its own"),
    ],
)
def test_whatever_was_changed_by_one_who_holds_the_key_is_told(desk: TestDesk, change: str, told: str) -> None:
    """Otherwise the record can be changed afterwards, and nobody ever knows."""
    arrivals(desk, 3)
    with desk.store.engine.begin() as connection:
        if change.startswith("DELETE FROM entry"):
            connection.exec_driver_sql("DELETE FROM outbox WHERE position = 9")
        connection.exec_driver_sql(change)
    assert any(told in fault for fault in proved(desk).faults)


def test_many_faults_are_counted_and_not_all_listed(desk: TestDesk) -> None:
    """Otherwise the one that matters is lost in a thousand lines."""
    arrivals(desk, 30)
    with desk.store.engine.begin() as connection:
        connection.execute(text("UPDATE person SET surname = 'Other'"))
    faults = proved(desk).faults
    assert len(faults) < 60
    assert any(fault.startswith("And 10 more") for fault in faults)


def test_one_bit_flipped_is_told_wherever_it_is(desk: TestDesk) -> None:
    """Otherwise a failing disk changes a dose, and nobody knows."""
    arrivals(desk, 30)
    key = shut(desk)
    whole = desk.folder.database.read_bytes()
    pages = len(whole) // PAGE_BYTES
    for page in range(0, pages, max(1, pages // 12)):
        spoilt = bytearray(whole)
        spoilt[page * PAGE_BYTES + 1234] ^= 0x10
        desk.folder.database.write_bytes(spoilt)
        faults = verify(desk.folder, key, None).faults
        assert faults, f"page {page + 1}"
        assert all(fault.endswith(".") for fault in faults)
    desk.folder.database.write_bytes(whole)
    assert verify(desk.folder, key, None).sound


@pytest.mark.parametrize("left", [0, 100, PAGE_BYTES, 3 * PAGE_BYTES, -PAGE_BYTES, -1])
def test_a_database_cut_short_is_told(desk: TestDesk, left: int) -> None:
    """Otherwise half a record passes for the whole."""
    arrivals(desk, 30)
    key = shut(desk)
    with desk.folder.database.open("r+b") as file:
        file.truncate(left if left >= 0 else desk.folder.database.stat().st_size + left)
    faults = verify(desk.folder, key, None).faults
    assert faults
    assert all(fault.endswith(".") for fault in faults)


def test_an_older_file_put_back_is_told(desk: TestDesk, tmp_path: Path) -> None:
    """Otherwise an evening disappears by copying last week's file over the desk."""
    arrivals(desk, 2)
    key = shut(desk)
    older = shutil.copy(desk.folder.database, tmp_path / "older.db")
    desk.store = desk.door.enter("nurse", "a long night in June").store
    arrivals(desk, 3, first=10)
    shut(desk)
    desk.store = desk.door.enter("nurse", "a long night in June").store
    noted = desk.door.noted_head()
    shut(desk)
    assert verify(desk.folder, key, noted).sound
    shutil.copy(older, desk.folder.database)
    (fault,) = verify(desk.folder, key, noted).faults
    assert "an older database was put back" in fault


def test_an_older_file_put_back_and_written_on_is_told(desk: TestDesk, tmp_path: Path) -> None:
    """Otherwise the missing evening is covered by a new one of the same length."""
    arrivals(desk, 2)
    key = shut(desk)
    older = shutil.copy(desk.folder.database, tmp_path / "older.db")
    desk.store = desk.door.enter("nurse", "a long night in June").store
    arrivals(desk, 3, first=10)
    desk.door.note_head()
    noted = desk.door.noted_head()
    shut(desk)
    shutil.copy(older, desk.folder.database)
    desk.store = desk.door.enter("nurse", "a long night in June").store
    arrivals(desk, 9, first=40)
    faults = verify(desk.folder, key, noted).faults
    assert any("not the one that was noted" in fault for fault in faults)


def test_an_older_page_put_back_is_told(desk: TestDesk) -> None:
    """Otherwise one page of the past, rightly encrypted, passes for today."""
    arrivals(desk, 20)
    key = shut(desk)
    before = desk.folder.database.read_bytes()
    desk.store = desk.door.enter("nurse", "a long night in June").store
    arrivals(desk, 20, first=100)
    desk.door.note_head()
    noted = desk.door.noted_head()
    shut(desk)
    after = desk.folder.database.read_bytes()
    places = range(0, len(before), PAGE_BYTES)
    changed = [at for at in places if before[at : at + PAGE_BYTES] != after[at : at + PAGE_BYTES]]
    assert len(changed) > 5
    for at in changed[:: max(1, len(changed) // 12)]:
        spoilt = after[:at] + before[at : at + PAGE_BYTES] + after[at + PAGE_BYTES :]
        desk.folder.database.write_bytes(spoilt)
        assert verify(desk.folder, key, noted).faults, f"page {at // PAGE_BYTES + 1}"


def test_a_purged_text_is_no_fault(desk: TestDesk) -> None:
    """Otherwise a record purged as the law asks is told as damaged for ever."""
    arrivals(desk, 1)
    with desk.store.engine.begin() as connection:
        last = text("UPDATE entry SET body = NULL, salt = NULL WHERE kind = 'lease' AND desk_seq = 4")
        assert connection.execute(last).rowcount == 1
    faults = proved(desk).faults
    assert not any("signed" in fault or "missing" in fault for fault in faults)


def test_an_entry_of_a_desk_that_is_not_known_is_told(desk: TestDesk) -> None:
    """Otherwise anybody's words can be put among the record's."""
    arrivals(desk, 1)
    with desk.store.engine.begin() as connection:
        connection.execute(
            text("UPDATE entry SET desk_id = 'stranger' WHERE desk_seq = (SELECT max(desk_seq) FROM entry)")
        )
    assert any("not known here" in fault for fault in proved(desk).faults)


def test_a_proof_can_be_followed_and_stopped(desk: TestDesk) -> None:
    """Otherwise a long proof looks like a program that has hung."""
    for start in range(3):
        with desk.store.work() as work:
            work.append(
                [NewEntry("reception", "triage", {"n": f"{start} {n}"}, desk.acting().who, "p") for n in range(200)]
            )

    class Told:
        def __init__(self, stop: Callable[[], bool]) -> None:
            self.told: list[tuple[int, int]] = []
            self._stop = stop

        def report(self, done: int, total: int) -> None:
            self.told.append((done, total))

        @property
        def stopped(self) -> bool:
            return self._stop()

    told = Told(lambda: False)
    assert verify(desk.folder, desk.door.key(), None, told).sound
    assert told.told == sorted(told.told)
    assert all(done <= total for done, total in told.told)
    stopped = verify(desk.folder, desk.door.key(), None, Told(lambda: True))
    assert stopped.stopped
    assert not stopped.sound


def test_a_proof_does_not_keep_the_desk_from_writing(desk: TestDesk) -> None:
    """Otherwise nobody proves the desk while there is work to do."""
    arrivals(desk, 1)
    other = make_engine(desk.folder.database, desk.door.key())

    class Meanwhile:
        wrote = False
        stopped = False

        def report(self, _done: int, _total: int) -> None:
            if not self.wrote:
                self.wrote = True
                arrivals(desk, 1, first=50)

    meanwhile = Meanwhile()
    try:
        assert verify(desk.folder, desk.door.key(), None, meanwhile).sound
    finally:
        other.dispose()
    assert meanwhile.wrote
    assert proved(desk).people == 2
