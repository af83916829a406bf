"""The note of the chain's head is evidence: it is moved on, and never back."""

import shutil
from pathlib import Path

import pytest
from factories import PASSWORD, TestDesk, an_arrival

from pdtdesk.services.reception import people
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.store.verify import verify


@pytest.mark.hazard("H-004")
def test_an_older_file_put_back_is_still_told_after_the_desk_was_opened_and_closed(
    desk: TestDesk, tmp_path: Path
) -> None:
    """Somebody puts last week's file back; the first sign-in must not wipe the trace of it."""
    database = desk.folder.database
    desk.door.close()
    older = tmp_path / "older.db"
    shutil.copy(database, older)
    store = desk.door.enter("nurse", PASSWORD).store
    desk.store = store
    take_in(desk.acting(), [(2, an_arrival())])
    desk.door.close()
    for tail in ("-wal", "-shm"):
        database.with_name(database.name + tail).unlink(missing_ok=True)
    shutil.copy(older, database)
    for _ in range(2):
        desk.door.enter("nurse", PASSWORD)
        found = verify(desk.folder, desk.door.key(), desk.door.noted_head())
        assert not found.sound
        desk.door.close()


def test_a_desk_whose_database_was_damaged_while_open_still_lets_go_of_its_key(desk: TestDesk) -> None:
    with desk.folder.database.open("r+b") as file:
        file.seek(4096)
        file.write(b"\0" * 8192)
    desk.door.close()
    with pytest.raises(RuntimeError, match="shut"):
        desk.door.key()


@pytest.mark.hazard("H-004")
def test_a_reading_wiped_by_putting_the_file_back_is_told(desk: TestDesk, tmp_path: Path) -> None:
    """He looks up a record, and puts the file of five minutes ago back: nothing was written, and who read is gone."""
    take_in(desk.acting(), [(2, an_arrival())])
    patient = people.search(desk.acting(), "sparrow")[0].patient_id
    desk.door.close()
    copy = tmp_path / "before.db"
    shutil.copy(desk.folder.database, copy)
    desk.store = desk.door.enter("nurse", PASSWORD).store
    people.open_record(desk.acting(), patient)
    desk.door.close()
    for tail in ("-wal", "-shm"):
        desk.folder.database.with_name(desk.folder.database.name + tail).unlink(missing_ok=True)
    shutil.copy(copy, desk.folder.database)
    desk.door.enter("nurse", PASSWORD)
    found = verify(desk.folder, desk.door.key(), desk.door.noted_head())
    assert any("audit" in fault.lower() for fault in found.faults)
