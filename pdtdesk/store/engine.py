"""The one way into the desk's encrypted database.

SQLAlchemy over SQLCipher with a raw 256-bit key that stands in no URL, log or exception. One connection, which the
worker thread owns; whoever asks for a second while it is out waits. Nothing here decides which key: that is `keys`.

`cipher_memory_security` stays off. It locks and wipes every allocation: measured on this build, 200,000 rows of 200
letters took 4.2 s to write with it and 0.34 s without (reading 0.2 s, and a commit 0.2 ms, either way); once on, it
stays on for the whole process. It protects only against one who reads this process's memory or its swap, where the
records on the screen lie anyway. SQLCipher wipes its key material in either case.
"""

import hashlib
import hmac
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from pdtdesk.store.keys.files import private_files
from pdtdesk.store.keys.slots import Candidate

CACHE_KIB = 65536
BUSY_MILLISECONDS = 5000
WAIT_FOR_CONNECTION_SECONDS = 30
PAGE_BYTES = 4096
_KEY_BYTES = 32
_READ_ONLY = "pdtdesk_read"


class DatabaseTrouble(Exception):
    """The desk's database cannot be used; the text says why and what to do, and holds no key."""

    @property
    def sentence(self) -> str:
        """The same as words for the screen."""
        return str(self)


class WrongKey(DatabaseTrouble):
    """The key does not open this database: neither its first page nor its second."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The key does not open the database {path}. If another copy of it was put back, put back the key slots "
            "that belong to it, or restore the last backup (pdtdesk desk restore)."
        )


class DamagedDatabase(DatabaseTrouble):
    """The file is not the whole, untouched database that was written."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            f"The database {path} {what}. Do not write in it: copy the folder aside, then restore the last backup "
            "(pdtdesk desk restore). What other desks and the hub hold of it is not lost."
        )


class DatabaseMissing(DatabaseTrouble):
    """There is no database where the desk's should be."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no database at {path}. Put the desk's folder back as it was, or restore the last backup "
            "(pdtdesk desk restore)."
        )


class DatabaseBusy(DatabaseTrouble):
    """Another window or command is in the database."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The database {path} is in use by another window or command. Wait until that has ended and try again."
        )


def make_engine(db_path: Path, key: bytes, *, create: bool = False) -> Engine:
    """An engine on the desk's database, opened and proved to answer to this key.

    `engine.begin()` is a write (BEGIN IMMEDIATE, so that it waits its turn at the start and never fails half-way);
    `reading(engine)` gives an engine whose transactions only read. With `create` an empty database is made (0600).
    Raises `DatabaseMissing`, `WrongKey`, `DamagedDatabase`, `DatabaseBusy`.
    """
    if create:
        _make_file(db_path)

    def connect() -> Any:
        return _connect(db_path, key, create=create)

    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=connect,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=WAIT_FOR_CONNECTION_SECONDS,
        hide_parameters=True,  # an exception's text must not carry a patient's record
    )
    event.listen(engine, "begin", _begin)
    try:
        engine.connect().close()  # opened once, proved, and kept in the pool
    except BaseException:
        engine.dispose()
        raise
    return engine


def open_engine(db_path: Path, candidates: Sequence[Candidate]) -> tuple[Engine, Candidate]:
    """The engine, and the key that is in force: each candidate is tried in turn (newest first, as `keys` gives them).

    Call `keys.rotation.settle` with the candidate afterwards. Raises as `make_engine`.
    """
    trouble: WrongKey | DamagedDatabase | None = None
    for candidate in candidates:
        try:
            return make_engine(db_path, candidate.key), candidate
        except (WrongKey, DamagedDatabase) as error:
            trouble = trouble or error
    raise trouble or WrongKey(db_path)


def reading(engine: Engine) -> Engine:
    """The same engine for reading: its transactions see one moment of the database and keep nobody from writing."""
    return engine.execution_options(**{_READ_ONLY: True})


def rekey(db_path: Path, old: bytes, new: bytes) -> None:
    """Give the database a new key, durably, with nobody else in it.

    A kill leaves it under one key or the other, whole. Raises `DatabaseBusy` (nothing was done), `WrongKey`,
    `DamagedDatabase`; after any other error try both keys.
    """
    connection = _connect(db_path, old, exclusive=True)
    try:
        with _told_clearly(db_path):
            connection.execute(f"PRAGMA rekey = {_raw(new)}")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    _connect(db_path, new).close()


def cipher_integrity(db_path: Path, key: bytes) -> tuple[str, ...]:
    """Every page of the file that was not written with this key as it stands; empty when all are well.

    An older page or an older file put back passes: that is for the chain. Raises `DatabaseMissing`, `DamagedDatabase`
    (cut short), `DatabaseBusy`; a first page that fails is in the answer.
    """
    _try_checkpoint(db_path, key)
    connection = _connect(db_path, key, prove=False)
    try:
        with _told_clearly(db_path):
            return tuple(str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check").fetchall())
    finally:
        connection.close()


def online_copy(
    db_path: Path,
    target: Path,
    key: bytes,
    *,
    progress: Callable[[int, int], None] | None = None,
    pages_at_once: int = 512,
) -> None:
    """An encrypted copy, under the same key, of one moment of a database that stays in use.

    It reads on a connection of its own, so the worker's is not held up; `progress(pages left, pages in all)` may
    raise to stop. The copy appears under its name only when it is whole. Raises as `make_engine`.
    """
    beside = target.with_name(f".{target.name}.new")
    _remove_database(beside)
    source = _connect(db_path, key)
    try:
        _refuse_damage(source, db_path)
        _make_file(beside)
        copy = _connect(beside, key, create=True, write_ahead=False)
        try:
            with _told_clearly(db_path):
                # One read transaction for the whole copy: without it a write in between begins the copy again.
                source.execute("BEGIN")
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                source.backup(copy, pages=pages_at_once, progress=_progress(progress), sleep=0)
                source.execute("COMMIT")
                copy.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it
        finally:
            copy.close()
        _flush(beside)
        beside.replace(target)
        _flush(target.parent)
    finally:
        source.close()
        _remove_database(beside)


def _refuse_damage(source: Any, db_path: Path) -> None:
    """The copying itself would write a page that fails its check as an empty one, and say nothing."""
    with _told_clearly(db_path):
        damaged = source.execute("PRAGMA cipher_integrity_check").fetchall()
    if damaged:
        raise DamagedDatabase(db_path, f"has {len(damaged)} damaged pages, so no copy of it was made")


def _progress(told: Callable[[int, int], None] | None) -> Callable[[int, int, int], None] | None:
    return None if told is None else lambda _status, left, total: told(left, total)


def _begin(connection: Connection) -> None:
    read_only = connection.get_execution_options().get(_READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _raw(key: bytes) -> str:
    if len(key) != _KEY_BYTES:
        raise ValueError("a database key has 32 bytes")
    return f"\"x'{key.hex()}'\""


def _connect(
    db_path: Path,
    key: bytes,
    *,
    create: bool = False,
    exclusive: bool = False,
    prove: bool = True,
    write_ahead: bool = True,
) -> Any:
    if not create:
        _look(db_path)
    with private_files(), _told_clearly(db_path):
        # No transactions of the driver's own (isolation_level), and no tie to one thread: sign-in opens it, then the
        # worker has it; the pool of one sees to it that two never use it at once.
        connection = sqlcipher.connect(str(db_path), isolation_level=None, check_same_thread=False)
    try:
        with _told_clearly(db_path):
            # Else it writes to standard error beside our sentence.
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = {_raw(key)}")
            if connection.execute("PRAGMA cipher_version").fetchone() is None:
                raise DatabaseTrouble("This build of SQLite cannot encrypt; PDT Desk does not write without it.")
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
            if exclusive:
                connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            if prove:
                _prove(connection, write_ahead)
    except WrongKey:
        connection.close()
        if _fits_second_page(db_path, key):
            raise DamagedDatabase(db_path, "has a damaged first page") from None
        raise
    except BaseException:
        connection.close()
        raise
    return connection


def _prove(connection: Any, write_ahead: bool) -> None:
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if write_ahead:
        connection.execute("PRAGMA journal_mode = WAL")
    for setting in (
        "synchronous = FULL",
        f"cache_size = -{CACHE_KIB}",
        "temp_store = MEMORY",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {setting}")


def _fits_second_page(db_path: Path, key: bytes) -> bool:
    """Whether this key wrote the second page: then it is the right one, and the first page is damaged.

    SQLCipher 4: each page ends in an HMAC-SHA512 of page and number; its key is stretched from the raw key and the
    salt that begins the file, every byte of it changed by 0x3a. With a log beside it the file alone tells nothing.
    """
    log = db_path.with_name(db_path.name + "-wal")
    if log.exists() and log.stat().st_size:
        return False
    with db_path.open("rb") as file:
        first, second = file.read(PAGE_BYTES), file.read(PAGE_BYTES)
    if len(second) < PAGE_BYTES:
        return False
    salt = bytes(byte ^ 0x3A for byte in first[:16])
    page_key = hashlib.pbkdf2_hmac("sha512", key, salt, 2, _KEY_BYTES)
    expected = hmac.digest(page_key, second[:-64] + (2).to_bytes(4, "little"), "sha512")
    return hmac.compare_digest(expected, second[-64:])


def _look(db_path: Path) -> None:
    try:
        size = db_path.stat().st_size
    except FileNotFoundError:
        raise DatabaseMissing(db_path) from None
    if size == 0 and not db_path.with_name(db_path.name + "-wal").exists():
        raise DamagedDatabase(db_path, "is empty")
    if size % PAGE_BYTES:
        raise DamagedDatabase(db_path, "was cut short")
    with db_path.open("rb") as file:
        if file.read(16) == b"SQLite format 3\0":
            raise DamagedDatabase(db_path, "is not encrypted, so it is not this desk's")


@contextmanager
def _told_clearly(db_path: Path) -> Iterator[None]:
    """What SQLCipher says, as a sentence; `from None`, as its own text may quote the statement."""
    try:
        yield
    except sqlcipher.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        if name.startswith("SQLITE_NOTADB"):
            raise WrongKey(db_path) from None
        if name.startswith("SQLITE_CORRUPT"):
            raise DamagedDatabase(db_path, "is damaged or was cut short") from None
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise DatabaseBusy(db_path) from None
        if name.startswith("SQLITE_FULL"):
            raise DatabaseTrouble(f"The disk that holds {db_path} is full. Free some space and try again.") from None
        raise DatabaseTrouble(
            f"The database {db_path} could not be used ({name or 'SQLite error'}). Check that its folder can be "
            "written and that the disk has space, then try again."
        ) from None


def _try_checkpoint(db_path: Path, key: bytes) -> None:
    """Put what waits in the write-ahead log into the file, as only the file's pages are looked at."""
    try:
        connection = _connect(db_path, key)
    except (WrongKey, DamagedDatabase):
        return  # the check itself names the pages
    try:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    except sqlcipher.DatabaseError:
        return
    finally:
        connection.close()


def _make_file(path: Path) -> None:
    """An empty file that its owner alone may read; SQLite gives its log and index the same mode."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


def _remove_database(path: Path) -> None:
    for tail in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + tail).unlink(missing_ok=True)


def _flush(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
