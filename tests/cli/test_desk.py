"""`pdtdesk desk`: set up, proved, folded again, backed up and restored, each with a sentence and the right code."""

import shutil
import stat
from pathlib import Path

import pytest

from pdtdesk.domain.staff import Establishment
from pdtdesk.services.acting import LEASE
from pdtdesk.services.ports import FirstMember, Founding
from pdtdesk.store.founding import found
from pdtdesk.store.keys import keyring_secrets
from pdtdesk.store.keys.desk_file import read_desk
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.secret import DeskSecret
from tests.cli.conftest import Ended, Run, a_list
from tests.factories import CHEAP, PASSWORD, SetClock, TestDesk, chance

SPARROW = "A4127CK,SPARROW,Daniel Lee,1982-03-14,male,2010-06-01T19:05,Crown Court,remand,,,"
TYPED = "a long day\n"
INIT = (
    *("--establishment", "ash", "--establishment-name", "HMP Ashmoor"),
    *("--desk-name", "Reception 1", "--user", "tbrandt", "--name", "T. Brandt", "--password-stdin"),
)


class KeyringOfTests:
    """The operating system's keyring, kept in memory: one for all that ask in one test."""

    held: dict[str, DeskSecret]

    def read(self, desk_id: str) -> DeskSecret:
        return self.held[desk_id]

    def write(self, desk_id: str, secret: DeskSecret) -> None:
        self.held[desk_id] = secret

    def note_head(self, desk_id: str, head: object) -> None:
        pass

    def hurried(self) -> "KeyringOfTests":
        return self

    def delete(self, desk_id: str) -> None:
        self.held.pop(desk_id, None)


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KeyringOfTests, "held", {}, raising=False)
    monkeypatch.setattr(keyring_secrets, "KeyringSecrets", KeyringOfTests)


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.mark.usefixtures("keyring")
def test_a_desk_is_set_up_and_its_recovery_sheet_is_for_its_owner_alone(run: Run, tmp_path: Path) -> None:
    folder, sheet = tmp_path / "desk", tmp_path / "sheet.pdf"
    ended = run("desk", "init", "--at", folder, "--recovery", sheet, *INIT, piped=TYPED)
    assert (ended.code, ended.err) == (0, "")
    assert read_desk(DeskFolder(folder)).desk.establishment == "ASH"
    assert not read_desk(DeskFolder(folder)).desk.demonstration
    assert sheet.read_bytes().startswith(b"%PDF")
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    proved = run("desk", "verify", "--at", folder, "--user", "tbrandt", "--password-stdin", piped=TYPED)
    assert proved.code == 0, proved.err


@pytest.mark.usefixtures("keyring")
def test_a_recovery_sheet_that_cannot_be_written_is_shown_instead_of_lost(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> bytes:
        raise OSError("no room")

    monkeypatch.setattr("pdtdesk.documents.Sheets.recovery", no_room)
    ended = run("desk", "init", "--at", tmp_path / "desk", "--recovery", tmp_path / "s.pdf", *INIT, piped=TYPED)
    assert ended.code == 1
    assert "recovery code of this desk, shown this once: " in ended.out
    assert "Write down the recovery code" in ended.err


@pytest.mark.usefixtures("keyring")
def test_a_password_that_is_guessed_first_sets_no_desk_up(run: Run, tmp_path: Path) -> None:
    """The window would have refused it: the desk is as weak as its weakest way in."""
    for weak in ("kettle", "tbrandt"):
        folder = tmp_path / weak
        ended = run("desk", "init", "--at", folder, "--recovery", tmp_path / "s.pdf", *INIT, piped=f"{weak}\n")
        assert ended.code == 2
        assert "at least 8 letters" in ended.err
        assert not folder.exists()
        assert not (tmp_path / "s.pdf").exists()
    assert KeyringOfTests.held == {}


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_no_desk_is_set_up(run: Run, tmp_path: Path) -> None:
    ended = run("desk", "init", "--at", tmp_path / "desk", "--recovery", tmp_path / "s.pdf", *INIT, piped=TYPED)
    assert ended.code == 1
    assert "No keyring of the operating system answers" in ended.err
    assert "Nothing was set up" in ended.err
    assert "recovery code" not in ended.err
    assert not (tmp_path / "desk").exists()


@pytest.mark.usefixtures("no_keyring")
def test_with_the_keyring_gone_a_real_desk_says_which_way_is_left(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KeyringOfTests, "held", {}, raising=False)
    at = DeskFolder(tmp_path / "desk")
    founding = Founding(
        Establishment("ASH", "HMP Ashmoor"), "R1", [FirstMember("admin", "T. Brandt", "admin", "a long day")], LEASE
    )
    found(at, founding, KeyringOfTests(), clock=SetClock(), random_bytes=chance(), cost=CHEAP)
    ended = run("desk", "verify", "--at", at.path, "--user", "admin", "--password-stdin", piped=TYPED)
    assert ended.code == 1
    assert "No keyring of the operating system answers" in ended.err
    assert "The recovery code printed when this desk was set up opens it meanwhile" in ended.err


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("--establishment", "Ashmoor"), "three letters"),
        (("--establishment-name", "\x07"), "control character"),
        (("--name", " "), "--name is empty"),
        (("--user", "Dr No!"), "user name"),
    ],
)
@pytest.mark.usefixtures("keyring")
def test_what_cannot_be_a_name_sets_up_nothing(run: Run, tmp_path: Path, change: tuple[str, str], says: str) -> None:
    sheet = tmp_path / "s.pdf"
    ended = run("desk", "init", "--at", tmp_path / "desk", "--recovery", sheet, *INIT, *change, piped=TYPED)
    assert ended.code == 2
    assert says in ended.err
    assert ended.err.count("\n") == 1
    assert not (tmp_path / "desk").exists()


def test_a_desk_is_never_set_up_over_another(run: Run, desk: TestDesk, tmp_path: Path) -> None:
    ended = run("desk", "init", "--at", desk.folder.path, "--recovery", tmp_path / "s.pdf", *INIT, piped=TYPED)
    assert ended.code == 2
    assert "There is already a desk" in ended.err


def test_a_sound_desk_is_proved_beside_the_window(at_desk: Run, tmp_path: Path) -> None:
    at_desk("receptions", a_list(tmp_path / "l.csv", SPARROW))
    ended = at_desk("desk", "verify", user="admin")
    assert (ended.code, ended.err) == (0, "")
    assert "is sound" in ended.out


def test_a_changed_entry_is_told_and_the_command_fails(at_desk: Run, desk: TestDesk, tmp_path: Path) -> None:
    at_desk("receptions", a_list(tmp_path / "l.csv", SPARROW))
    with desk.store.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), 'SPARROW', 'SWALLOW') AS BLOB) "
            "WHERE kind = 'person'"
        )
    ended = at_desk("desk", "verify", user="admin")
    assert ended.code == 1
    assert "its text is not the one that was signed" in ended.err
    assert "is not sound" in ended.err


def test_lists_that_went_wrong_are_folded_again_from_the_journal(
    at_desk: Run, desk: TestDesk, tmp_path: Path
) -> None:
    at_desk("receptions", a_list(tmp_path / "l.csv", SPARROW))
    with desk.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE person SET surname = 'GONE'")
    ended = at_desk("desk", "rebuild", user="admin")
    assert ended.code == 0, ended.err
    with desk.store.reading() as work:
        assert [row.surname for row in work.present()] == ["SPARROW"]


def backed_up(at_desk: Run, tmp_path: Path) -> Path:
    at_desk("receptions", a_list(tmp_path / "l.csv", SPARROW))
    file = tmp_path / "monday.backup"
    ended = at_desk("desk", "backup", file, user="admin")
    assert ended.code == 0, ended.err
    return file


def restored(run: Run, file: Path, at: Path, code: str, user: str = "nurse") -> Ended:
    return run("desk", "restore", file, "--at", at, "--user", user, "--password-stdin", piped=f"{code}\n")


def test_a_backup_becomes_a_desk_with_everybody_in_it(at_desk: Run, run: Run, desk: TestDesk, tmp_path: Path) -> None:
    file = backed_up(at_desk, tmp_path)
    ended = restored(run, file, tmp_path / "second", desk.recovery_code)
    assert ended.code == 0, ended.err
    again = a_list(tmp_path / "l.csv", SPARROW)
    second = run(
        *("receptions", again, "--at", tmp_path / "second", "--user", "nurse", "--password-stdin"),
        piped=f"{PASSWORD}\n",
    )
    assert "0 taken in, 1 already here" in second.out, second.err
    assert read_desk(DeskFolder(tmp_path / "second")).desk.desk_id != desk.store.desk.id


@pytest.mark.parametrize("code", ["not a code", "", "00000-00000-00000-00000-00000-00000-00000"])
def test_a_wrong_recovery_code_restores_nothing(at_desk: Run, run: Run, tmp_path: Path, code: str) -> None:
    file = backed_up(at_desk, tmp_path)
    ended = restored(run, file, tmp_path / "second", code)
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert "ecovery code" in ended.err
    assert not (tmp_path / "second").exists()


def test_a_cut_or_foreign_file_is_no_backup(at_desk: Run, run: Run, desk: TestDesk, tmp_path: Path) -> None:
    file = backed_up(at_desk, tmp_path)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    ended = restored(run, file, tmp_path / "second", desk.recovery_code)
    missing = restored(run, tmp_path / "none", tmp_path / "second", desk.recovery_code)
    assert (ended.code, missing.code) == (2, 2)
    assert "not a whole backup" in ended.err
    assert "there is no such file" in missing.err


def test_a_backup_needs_a_folder_that_is_there(at_desk: Run, tmp_path: Path) -> None:
    ended = at_desk("desk", "backup", tmp_path / "no" / "b", user="admin")
    assert ended.code == 2
    assert "in a folder that is there" in ended.err


def test_a_database_cut_short_is_said_in_a_sentence(run: Run, shut_desk: TestDesk) -> None:
    database = shut_desk.folder.database
    with database.open("r+b") as file:
        file.truncate(database.stat().st_size // 2)
    ended = run(
        *("desk", "verify", "--at", shut_desk.folder.path, "--user", "nurse", "--password-stdin"),
        piped=f"{PASSWORD}\n",
    )
    assert ended.code == 1
    assert str(database) in ended.err or "database" in ended.err
    assert "unexpected" not in ended.err


def test_a_database_that_is_gone_is_said_in_a_sentence(run: Run, shut_desk: TestDesk) -> None:
    shutil.move(shut_desk.folder.database, shut_desk.folder.path.parent / "elsewhere")
    ended = run(
        *("desk", "verify", "--at", shut_desk.folder.path, "--user", "nurse", "--password-stdin"),
        piped=f"{PASSWORD}\n",
    )
    assert (ended.code, "There is no database at" in ended.err) == (1, True)
