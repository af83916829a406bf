"""A backup is one file that the recovery code opens; the desk restored from it is a desk of its own."""

import errno
import os
import threading
import zipfile
from pathlib import Path

import pytest
from factories import CHEAP, PASSWORD, TestDesk, an_arrival
from sqlalchemy import text

from pdtdesk.domain.roles import Role
from pdtdesk.services.reception.people import search
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.store import backup as backup_module
from pdtdesk.store.backup import Backup, BackupTrouble, backup
from pdtdesk.store.door import DeskDoor
from pdtdesk.store.keys.desk_file import read_desk
from pdtdesk.store.keys.errors import DeskExists, NoSuchMember, RecoveryCodeMistyped, RecoveryCodeWrong
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.secret import FolderSecrets
from pdtdesk.store.rebuild import Stopped
from pdtdesk.store.restore import restore
from pdtdesk.store.schema import NewerDesk
from pdtdesk.store.verify import verify

pytestmark = pytest.mark.hazard("H-004")
MARKER = "Markerwordofapatient"
ANOTHER_CODE = "00000-00000-00000-00000-00000-00000-00000"


def arrivals(desk: TestDesk, count: int, first: int = 0) -> None:
    named = [
        (n, an_arrival(surname=f"{MARKER}{n}", prison_number=f"B{n:04d}CK")) for n in range(first, first + count)
    ]
    assert take_in(desk.acting(), named).taken == count


def back_up(desk: TestDesk, file: Path, **given: object) -> Backup:
    return backup(desk.folder, desk.door.key(), file, now=desk.clock.now(), **given)


def restored(desk: TestDesk, file: Path, to: Path, *, code: str | None = None, account: str = "admin") -> TestDesk:
    folder = DeskFolder(to)
    restore(file, folder, code or desk.recovery_code, account, None, clock=desk.clock, random_bytes=os.urandom)
    door = DeskDoor(folder, FolderSecrets(folder), clock=desk.clock, random_bytes=os.urandom, cost=CHEAP)
    return TestDesk(folder, desk.clock, door, door.enter("nurse", PASSWORD).store, desk.recovery_code, desk.members)


def nothing_left(folder: Path, *but: str) -> bool:
    return sorted(path.name for path in folder.iterdir()) == sorted(but)


def test_a_restored_desk_has_everybody_and_is_a_desk_of_its_own(desk: TestDesk, tmp_path: Path) -> None:
    """Otherwise a burnt computer is a lost record; or two desks write as one, and neither is believed."""
    arrivals(desk, 3)
    made = back_up(desk, tmp_path / "monday.pdtbackup")
    assert made.size == made.file.stat().st_size
    new = restored(desk, made.file, tmp_path / "new")
    try:
        assert len(search(new.acting(), MARKER[:5])) == 3
        assert new.store.desk.id != desk.store.desk.id
        assert new.store.desk.sign(b"x") != desk.store.desk.sign(b"x")
        arrivals(new, 1, first=50)
        assert verify(new.folder, new.door.key(), None).faults == ()
        with new.store.reading() as work:
            rows = work.connection.execute(text("SELECT desk_id, own FROM desk ORDER BY own")).all()
            first = text("SELECT min(desk_seq) FROM entry WHERE desk_id = :id")
            began = work.connection.execute(first, {"id": new.store.desk.id}).scalar()
            (last, *_) = work.audit_page(None, 20, None)
            told = [row.line for row in work.audit_page(None, 20, None)]
        assert [tuple(row) for row in rows] == [(desk.store.desk.id, 0), (new.store.desk.id, 1)]
        assert began == 1
        assert last.seq > 0
        assert any(line.what == "restored this desk from a backup" for line in told)
        assert any(line.who is not None and line.who.role == Role.ADMIN.value for line in told)
    finally:
        new.door.close()
    assert verify(desk.folder, desk.door.key(), None).sound  # the desk it was made of is untouched


def test_the_chain_from_before_is_still_proved_after_a_restore(desk: TestDesk, tmp_path: Path) -> None:
    """Otherwise what was written before the fire could be changed after it."""
    arrivals(desk, 2)
    new = restored(desk, back_up(desk, tmp_path / "b").file, tmp_path / "new")
    try:
        with new.store.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM outbox WHERE position = 9")
            connection.exec_driver_sql("DELETE FROM entry WHERE position = 9")
        assert any("entry 9 is missing" in fault for fault in verify(new.folder, new.door.key(), None).faults)
    finally:
        new.door.close()


def test_a_restored_desk_can_be_backed_up_and_restored_again(desk: TestDesk, tmp_path: Path) -> None:
    """Otherwise the second fire is the last."""
    arrivals(desk, 1)
    once = restored(desk, back_up(desk, tmp_path / "one").file, tmp_path / "once")
    arrivals(once, 1, first=20)
    file = back_up(once, tmp_path / "two").file
    once.door.close()
    twice = restored(desk, file, tmp_path / "twice")
    try:
        assert len(search(twice.acting(), MARKER)) == 2
        assert verify(twice.folder, twice.door.key(), None).faults == ()
    finally:
        twice.door.close()


def test_a_backup_made_while_the_desk_is_written_in_is_of_one_moment(desk: TestDesk, tmp_path: Path) -> None:
    """Otherwise a backup is only whole when nobody works, which is never."""
    arrivals(desk, 5)
    begun, enough, trouble = threading.Event(), threading.Event(), []

    def work() -> None:
        number = 100
        try:
            while not enough.is_set():
                arrivals(desk, 1, first=number)
                number += 1
                begun.set()
        except Exception as error:  # told below, in the thread of the test
            trouble.append(error)
            begun.set()

    key = desk.door.key()
    writer = threading.Thread(target=work)
    writer.start()
    try:
        assert begun.wait(20)
        files = [backup(desk.folder, key, tmp_path / f"b{n}", now=desk.clock.at).file for n in range(3)]
    finally:
        enough.set()
        writer.join(30)
    assert trouble == []
    new = restored(desk, files[-1], tmp_path / "new")
    try:
        found = verify(new.folder, new.door.key(), None)
        assert found.faults == ()
        assert found.people > 5
    finally:
        new.door.close()


def test_nothing_of_a_patient_is_in_the_clear_in_a_backup(desk: TestDesk, tmp_path: Path) -> None:
    """Otherwise a lost memory stick is a lost ward."""
    arrivals(desk, 3)
    file = back_up(desk, tmp_path / "b").file
    content = file.read_bytes()
    for word in (MARKER, MARKER.lower(), "B0001CK", "Adeyemi", PASSWORD, desk.recovery_code):
        assert word.encode() not in content
    assert desk.door.key() not in content
    assert file.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(file) as packed:
        kept = packed.read("slots/1/recovery.json")
    assert kept != desk.folder.recovery(1).read_bytes()  # without the desk's own secret


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9, 0.999])
def test_a_backup_cut_short_is_refused_and_leaves_nothing(desk: TestDesk, tmp_path: Path, share: float) -> None:
    """Otherwise half a record is restored, and looks whole."""
    arrivals(desk, 2)
    file = back_up(desk, tmp_path / "b").file
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * share)])
    with pytest.raises(BackupTrouble, match="not a whole backup"):
        restored(desk, file, tmp_path / "new")
    assert nothing_left(tmp_path, "b", "desk")


def test_a_backup_with_one_bit_flipped_is_refused(desk: TestDesk, tmp_path: Path) -> None:
    """Otherwise a worn memory stick changes a record."""
    arrivals(desk, 2)
    whole = back_up(desk, tmp_path / "b").file.read_bytes()
    for at in range(200, len(whole) - 2000, len(whole) // 7):
        (tmp_path / "b").write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        with pytest.raises(BackupTrouble, match="not a whole backup"):
            restored(desk, tmp_path / "b", tmp_path / "new")
        assert nothing_left(tmp_path, "b", "desk")


def test_what_is_no_backup_is_refused(desk: TestDesk, tmp_path: Path) -> None:
    """Otherwise the wrong file ends in a stack of words that nobody understands."""
    (tmp_path / "letter").write_text("Dear colleague")
    with zipfile.ZipFile(tmp_path / "zip", "w") as packed:
        packed.writestr("contents.json", '{"format": 1, "parts": {"../../evil": "00"}}')
        packed.writestr("../../evil", "x")
    with zipfile.ZipFile(tmp_path / "newer", "w") as packed:
        packed.writestr("contents.json", '{"format": 2, "parts": {}}')
    for name, words in (
        ("letter", "not a whole"),
        ("zip", "not a whole"),
        ("newer", "newer"),
        ("none", "not be read"),
    ):
        with pytest.raises(BackupTrouble, match=words):
            restored(desk, tmp_path / name, tmp_path / "new")
    assert nothing_left(tmp_path, "letter", "zip", "newer", "desk")
    assert not (tmp_path.parent / "evil").exists()


def test_a_wrong_code_an_unknown_account_and_a_desk_in_the_way_are_refused(desk: TestDesk, tmp_path: Path) -> None:
    """Otherwise anybody with the file has the record, or a desk in use is written over."""
    file = back_up(desk, tmp_path / "b").file
    with pytest.raises((RecoveryCodeWrong, RecoveryCodeMistyped)):
        restored(desk, file, tmp_path / "new", code=ANOTHER_CODE)
    other = desk.door.renew_recovery()
    with pytest.raises(RecoveryCodeWrong):
        restored(desk, file, tmp_path / "new", code=other)  # the code that was in force then opens it
    with pytest.raises(NoSuchMember):
        restored(desk, file, tmp_path / "new", account="nobody")
    with pytest.raises(DeskExists):
        restored(desk, file, desk.folder.path)
    assert nothing_left(tmp_path, "b", "desk")
    restored(desk, file, tmp_path / "new").door.close()


def test_a_backup_of_a_newer_version_is_refused(desk: TestDesk, tmp_path: Path) -> None:
    """Otherwise an old program spoils what a new one wrote."""
    with desk.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    file = back_up(desk, tmp_path / "b").file
    with pytest.raises(NewerDesk, match="newer PDT Desk"):
        restored(desk, file, tmp_path / "new")
    assert nothing_left(tmp_path, "b", "desk")


def test_a_backup_is_followed_and_stopped(desk: TestDesk, tmp_path: Path) -> None:
    """Otherwise a long backup looks like a program that has hung, and a stopped one leaves half a file."""

    class Told:
        stopped = False
        told: list[tuple[int, int]] = []  # noqa: RUF012 - one for this test

        def report(self, done: int, total: int) -> None:
            self.told.append((done, total))

    back_up(desk, tmp_path / "b", progress=Told())
    assert Told.told[-1][0] == Told.told[-1][1]
    before = (tmp_path / "b").read_bytes()
    Told.stopped = True
    with pytest.raises(Stopped):
        back_up(desk, tmp_path / "b", progress=Told())
    assert (tmp_path / "b").read_bytes() == before
    assert nothing_left(tmp_path, "b", "desk")


def test_a_full_disk_is_said_and_leaves_the_backup_before_it(
    desk: TestDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the only good backup is replaced by half of one."""
    arrivals(desk, 2)
    before = back_up(desk, tmp_path / "b").file.read_bytes()

    def full(*_: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backup_module, "_copied", full)
    with pytest.raises(BackupTrouble, match="has no room"):
        back_up(desk, tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == before
    assert nothing_left(tmp_path, "b", "desk")
    with pytest.raises(BackupTrouble, match="no folder"):
        back_up(desk, tmp_path / "gone" / "b")


def test_a_desk_restored_where_its_keyring_fails_is_no_desk(desk: TestDesk, tmp_path: Path) -> None:
    """Otherwise a folder stays behind that nobody can open, and the next try is refused."""

    class Broken(FolderSecrets):
        def write(self, _desk_id: str, _secret: object) -> None:
            raise OSError(errno.EIO, "keyring")

    file = back_up(desk, tmp_path / "b").file
    folder = DeskFolder(tmp_path / "new")
    with pytest.raises(OSError, match="keyring"):
        restore(
            file,
            folder,
            desk.recovery_code,
            "admin",
            Broken(folder, read_desk(desk.folder).desk),
            clock=desk.clock,
            random_bytes=os.urandom,
        )
    assert nothing_left(tmp_path, "b", "desk")
