"""A long record is read at once: a nurse who waits for a timeline stops opening it."""

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from pdtdesk.services.reception import people
from pdtdesk.store.tables import ENTRY
from tests.benchmarks.big_desk import TIMELINE, BigDesk
from tests.benchmarks.figures import Goal, Stopwatch

_QUERY = (
    "SELECT header, signature, salt, body FROM entry WHERE patient_id = ? "
    "ORDER BY patient_id DESC, happened_at DESC, id DESC LIMIT ?"
)


def unencrypted(big: BigDesk, path: str) -> sqlite.Connection:
    """The same journal, in the same build of SQLite, without a key."""
    columns = ", ".join(column.name for column in ENTRY.columns)
    with big.desk.store.reading() as work:
        driver = work.connection.connection.driver_connection
        plain = sqlite.connect(path, isolation_level=None)
        for setting in ("journal_mode = WAL", "cache_size = -65536", "synchronous = OFF"):
            plain.execute(f"PRAGMA {setting}")
        plain.execute(str(CreateTable(ENTRY).compile(dialect=dialect())))
        plain.execute("BEGIN")
        marks = ", ".join("?" for _ in ENTRY.columns)
        plain.executemany(
            f"INSERT INTO entry ({columns}) VALUES ({marks})", driver.execute(f"SELECT {columns} FROM entry")
        )
        for index in ENTRY.indexes:
            plain.execute(str(CreateIndex(index).compile(dialect=dialect())))
        plain.execute("COMMIT")
    return plain


def test_a_timeline_of_300_entries_is_there_at_once(big: BigDesk, stopwatch: Stopwatch, tmp_path) -> None:
    plain = unencrypted(big, str(tmp_path / "plain.db"))
    asked = (big.patient_id, TIMELINE)

    def decoded() -> None:
        with big.desk.store.reading() as work:
            assert len(work.timeline(big.patient_id, TIMELINE)) == TIMELINE

    try:
        assert len(plain.execute(_QUERY, asked).fetchall()) == TIMELINE
        stopwatch.measure(
            f"timeline of {TIMELINE} entries in a journal of {big.entries:,}",
            decoded,
            floor=lambda: plain.execute(_QUERY, asked).fetchall(),
            goal=Goal(plus_s=0.003),
            rounds=40,
            warm_up=3,
        )
    finally:
        plain.close()


def test_looking_at_it_is_audited_before_it_is_shown(big: BigDesk, stopwatch: Stopwatch) -> None:
    """What the window asks for: the same, with the audit's line made durable first."""
    acting = big.desk.acting()
    stopwatch.measure(
        "the same as a nurse opens it, looking audited",
        lambda: people.timeline(acting, big.patient_id, TIMELINE),
        goal=Goal(),
        rounds=20,
    )
