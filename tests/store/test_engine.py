"""The encrypted database: the right key opens it, damage is told from a wrong key, and it is copied while in use."""

import logging
import pickle
import stat
import threading
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from pdtdesk.store import engine as engine_module
from pdtdesk.store.engine import (
    DamagedDatabase,
    DatabaseBusy,
    DatabaseMissing,
    WrongKey,
    cipher_integrity,
    make_engine,
    online_copy,
    open_engine,
    reading,
    rekey,
)
from pdtdesk.store.keys.slots import Candidate

MARKER = "MARKERWORDOFAPATIENT"
KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
PAGE = 4096


def an_engine(path: Path, lines: int = 2000) -> Engine:
    made = make_engine(path, KEY, create=True)
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE line (id INTEGER PRIMARY KEY, words TEXT NOT NULL)"))
        connection.execute(text("CREATE TABLE note (id INTEGER PRIMARY KEY, line INTEGER REFERENCES line (id))"))
        connection.execute(
            text("INSERT INTO line (words) VALUES (:words)"), [{"words": f"{MARKER} {n} " * 5} for n in range(lines)]
        )
    return made


def count(made: Engine) -> int:
    with reading(made).begin() as connection:
        return int(connection.execute(text("SELECT count(words) FROM line")).scalar_one())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def closed(path: Path) -> Path:
    """A desk's database, closed, with nothing in its log."""
    an_engine(path).dispose()
    assert not path.with_name("desk.db-wal").exists()
    return path


def changed(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def test_a_database_is_set_as_the_desk_needs_it(path: Path) -> None:
    made = an_engine(path)
    with made.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "cache_size", "temp_store", "busy_timeout")
        }
        assert connection.exec_driver_sql("PRAGMA cipher_memory_security").scalar() == "0"
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "cache_size": -65536,
        "temp_store": 2,
        "busy_timeout": 5000,
    }
    with pytest.raises(IntegrityError), made.begin() as connection:
        connection.execute(text("INSERT INTO note (line) VALUES (999999)"))
    for beside in path.parent.iterdir():
        assert stat.S_IMODE(beside.stat().st_mode) == 0o600, beside


def test_neither_key_nor_patient_is_found_in_any_file(path: Path) -> None:
    made = an_engine(path)
    for beside in path.parent.iterdir():
        content = beside.read_bytes()
        assert MARKER.encode() not in content
        assert KEY not in content
        assert KEY.hex().encode() not in content
    made.dispose()


def test_the_key_is_not_shown_by_engine_log_or_exception(
    path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy").setLevel(logging.DEBUG)
    made = an_engine(path)
    shown = [repr(made), str(made.url), repr(made.url), repr(made.pool), made.url.render_as_string(False)]
    with pytest.raises(OperationalError) as failed, made.connect() as connection:
        connection.execute(text("SELECT * FROM nowhere WHERE words = :words"), {"words": MARKER})
    shown += [str(failed.value), repr(failed.value)]
    with pytest.raises(WrongKey) as wrong:
        make_engine(path, OTHER_KEY)
    shown += [str(wrong.value), repr(wrong.value), repr(wrong.value.__cause__)]
    shown += [record.getMessage() for record in caplog.records]
    shown += list(capfd.readouterr())
    logging.getLogger("sqlalchemy").setLevel(logging.NOTSET)
    for word in shown:
        for key in (KEY, OTHER_KEY):
            assert key.hex() not in word.lower()
            assert repr(key) not in word
    assert MARKER not in str(failed.value), "an exception's text carries no patient's record"
    with pytest.raises(Exception, match="pickle"):
        pickle.dumps(made)
    made.dispose()


def test_a_write_takes_its_turn_at_the_start_and_a_read_keeps_nobody_waiting(path: Path) -> None:
    made = an_engine(path)
    beside = make_engine(path, KEY)
    with reading(beside).begin() as reader:
        assert reader.execute(text("SELECT count(*) FROM line")).scalar_one() == 2000
        with made.begin() as writer:
            writer.execute(text("INSERT INTO line (words) VALUES ('new')"))
        assert reader.execute(text("SELECT count(*) FROM line")).scalar_one() == 2000, "one moment of the database"
    assert count(beside) == 2001
    with beside.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 20")
    with made.begin(), pytest.raises(OperationalError, match="locked"), beside.begin():
        pytest.fail("a second writer began")
    made.dispose()
    beside.dispose()


def test_a_write_that_fails_leaves_nothing_behind(path: Path) -> None:
    made = an_engine(path)
    with pytest.raises(IntegrityError), made.begin() as connection:  # noqa: PT012 - the last of three fails
        connection.execute(text("CREATE TABLE half (id INTEGER)"))
        connection.execute(text("INSERT INTO line (words) VALUES ('half')"))
        connection.execute(text("INSERT INTO line (words) VALUES (NULL)"))
    assert count(made) == 2000
    with pytest.raises(OperationalError, match="half"), made.connect() as connection:
        connection.execute(text("SELECT * FROM half"))
    made.dispose()


def test_there_is_one_connection_and_a_second_asker_waits(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "WAIT_FOR_CONNECTION_SECONDS", 0.05)
    made = an_engine(path)
    with made.connect(), pytest.raises(PoolTimeout):
        made.connect()
    seen: list[int] = []
    worker = threading.Thread(target=lambda: seen.append(count(made)))
    worker.start()
    worker.join()
    assert seen == [2000], "the worker thread uses what the sign-in opened"
    made.dispose()


@pytest.mark.hazard("H-005")
def test_each_key_is_tried_and_the_one_in_force_is_told(closed: Path) -> None:
    candidates = (Candidate(2, OTHER_KEY), Candidate(1, KEY))
    made, in_force = open_engine(closed, candidates)
    assert in_force == candidates[1]
    assert count(made) == 2000
    made.dispose()
    with pytest.raises(WrongKey):
        open_engine(closed, candidates[:1])
    with pytest.raises(WrongKey):
        open_engine(closed, ())


def test_a_wrong_key_is_told_from_a_damaged_first_page(closed: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(WrongKey, match="does not open"):
        make_engine(closed, OTHER_KEY)
    assert capfd.readouterr().err == "", "the sentence is the only word"
    changed(closed, 2000)
    with pytest.raises(DamagedDatabase, match="first page"):
        make_engine(closed, KEY)
    with pytest.raises(WrongKey):
        make_engine(closed, OTHER_KEY)


@pytest.mark.parametrize(
    ("left", "says"), [(0, "empty"), (1000, "cut short"), (3 * PAGE, "cut short"), (20 * PAGE + 17, "cut short")]
)
def test_a_database_cut_short_is_a_sentence(closed: Path, left: int, says: str) -> None:
    closed.write_bytes(closed.read_bytes()[:left])
    with pytest.raises(DamagedDatabase, match=says):
        make_engine(closed, KEY)


def test_a_missing_an_open_and_a_foreign_file_are_sentences(path: Path) -> None:
    with pytest.raises(DatabaseMissing, match="no database"):
        make_engine(path, KEY)
    assert not path.exists(), "a desk whose database is gone does not begin an empty one"
    with sqlcipher.connect(str(path)) as plain:
        plain.execute("CREATE TABLE line (words TEXT)")
    with pytest.raises(DamagedDatabase, match="not encrypted"):
        make_engine(path, KEY)
    path.write_bytes(b"a shopping list " * 1024)
    with pytest.raises(WrongKey):
        make_engine(path, KEY)


def test_every_page_with_a_changed_bit_is_named(closed: Path) -> None:
    assert cipher_integrity(closed, KEY) == ()
    changed(closed, 5 * PAGE + 99)
    changed(closed, 9 * PAGE + 4000)
    assert [page.split()[-1] for page in cipher_integrity(closed, KEY)] == ["6", "10"]
    changed(closed, 99)
    assert [page.split()[-1] for page in cipher_integrity(closed, KEY)] == ["1", "6", "10"]


def test_pages_are_checked_while_the_desk_is_in_use(path: Path) -> None:
    made = an_engine(path)
    assert cipher_integrity(path, KEY) == ()
    assert count(made) == 2000
    made.dispose()


def test_a_new_key_opens_and_the_old_one_does_not(closed: Path) -> None:
    rekey(closed, KEY, OTHER_KEY)
    made = make_engine(closed, OTHER_KEY)
    assert count(made) == 2000
    made.dispose()
    assert cipher_integrity(closed, OTHER_KEY) == ()
    with pytest.raises(WrongKey):
        make_engine(closed, KEY)
    with pytest.raises(WrongKey):
        rekey(closed, KEY, OTHER_KEY)
    with pytest.raises(ValueError, match="32 bytes"):
        rekey(closed, OTHER_KEY, b"short")
    make_engine(closed, OTHER_KEY).dispose()


def test_no_new_key_while_somebody_reads(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "BUSY_MILLISECONDS", 20)
    made = an_engine(path)
    with pytest.raises(DatabaseBusy, match="in use"):
        rekey(path, KEY, OTHER_KEY)
    assert count(made) == 2000
    made.dispose()


def test_a_copy_is_one_moment_of_a_desk_in_use_and_is_encrypted(path: Path, tmp_path: Path) -> None:
    made = an_engine(path)
    steps: list[tuple[int, int]] = []

    def saved_meanwhile(left: int, pages: int) -> None:
        steps.append((left, pages))
        assert len(steps) < 100, "each save makes the copy begin again"
        with made.begin() as connection:
            connection.execute(text("INSERT INTO line (words) VALUES ('meanwhile')"))

    copy = tmp_path / "backup" / "copy.db"
    copy.parent.mkdir()
    online_copy(path, copy, KEY, progress=saved_meanwhile, pages_at_once=8)
    assert len(steps) > 5
    assert steps[-1][0] == 0
    assert count(made) == 2000 + len(steps)
    made.dispose()
    assert [p.name for p in copy.parent.iterdir()] == ["copy.db"], "one file, whole in itself"
    assert MARKER.encode() not in copy.read_bytes()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert cipher_integrity(copy, KEY) == ()
    copied = make_engine(copy, KEY)
    assert count(copied) == 2000
    copied.dispose()


def test_a_copy_that_is_stopped_leaves_the_older_copy_and_no_rest(closed: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(b"the older copy")

    def stopped(_left: int, _pages: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        online_copy(closed, copy, KEY, progress=stopped, pages_at_once=16)
    assert copy.read_bytes() == b"the older copy"
    assert {p.name for p in tmp_path.iterdir()} <= {"desk.db", "desk.db-wal", "desk.db-shm", "copy.db"}
    make_engine(closed, KEY).dispose()


def test_a_copy_of_a_damaged_page_is_refused(closed: Path, tmp_path: Path) -> None:
    changed(closed, 5 * PAGE + 99)
    with pytest.raises(DamagedDatabase, match="1 damaged page"):
        online_copy(closed, tmp_path / "copy.db", KEY)
    assert not (tmp_path / "copy.db").exists()
