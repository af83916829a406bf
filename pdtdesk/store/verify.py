"""Proving that the desk holds what was written: nothing changed, nothing missing, nothing older put back.

It reads one moment of the database on a connection of its own, so that the desk stays in use meanwhile.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import DatabaseError

from pdtdesk.domain.record.entry import Entry
from pdtdesk.protocol.canonical import NotAnEntry, header_hash
from pdtdesk.protocol.seal import chain_faults, faults_of
from pdtdesk.services.ports import Progress
from pdtdesk.store import audit, journal
from pdtdesk.store.engine import DatabaseTrouble, cipher_integrity, make_engine, reading
from pdtdesk.store.keys.desk_file import read_desk
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.secret import ChainHead
from pdtdesk.store.rebuild import Stopped, fold_aside
from pdtdesk.store.schema import NEWEST, schema_of
from pdtdesk.store.tables import AUDIT, DESK, ENTRY, OUTBOX, PERSON, PROJECTIONS, RECEIPT, SEARCH, stored

MOST_TOLD = 20
"""Faults of one sort that are told one by one; the rest are counted."""
MOST_PAGES = 3
"""Pages that are told one by one: where they do not prove, there is one thing to do about all of them."""
_EVERY = 500
_LOOKS = 3


@dataclass(frozen=True, slots=True)
class Verification:
    """What was proved: every fault as a sentence, and how much was looked at. `stopped` where somebody stopped it."""

    faults: tuple[str, ...]
    entries: int = 0
    people: int = 0
    audit_lines: int = 0
    stopped: bool = False

    @property
    def sound(self) -> bool:
        """Everything was looked at, and nothing was found."""
        return not self.faults and not self.stopped


def verify(folder: DeskFolder, key: bytes, noted: ChainHead | None, progress: Progress | None = None) -> Verification:
    """Prove pages, chain, signatures, audit, counts and lists of a desk.

    `noted` is where the chain stood when it was last noted outside the database (`DeskDoor.noted_head`); without it
    an older file put back whole cannot be told. A database that does not even open is one fault.
    """
    desk_id = read_desk(folder).desk.desk_id
    try:
        pages = _pages(folder, key)
        engine = make_engine(folder.database, key)
    except DatabaseTrouble as trouble:
        return Verification((str(trouble),))
    work = _Verifying(desk_id, noted, progress, list(pages))
    try:
        with reading(engine).begin() as connection:
            work.prove(connection)
    except Stopped:
        work.stopped = True
    except NotAnEntry as wrong:
        work.faults.append(f"The lists could not be folded afresh from the journal: {wrong.sentence}")
    except DatabaseError as error:
        work.faults.append(
            f"The database could not be read to its end ({type(error.orig).__name__}): it is damaged, or an older "
            "page was put back. Restore the last backup."
        )
    finally:
        engine.dispose()
    return Verification(tuple(work.faults), work.entries, work.people, work.audit_lines, work.stopped)


def _pages(folder: DeskFolder, key: bytes) -> tuple[str, ...]:
    """Pages that do not prove whole. One may be looked at while it is being written: only what stays is a fault."""
    found = cipher_integrity(folder.database, key)
    for _ in range(_LOOKS - 1):
        if not found:
            break
        again = cipher_integrity(folder.database, key)
        found = tuple(each for each in found if each in again)
    if len(found) > MOST_PAGES:
        found = (*found[:MOST_PAGES], f"{len(found) - MOST_PAGES:,} more of the kind")
    return tuple(f"The database file: {each}. Restore the last backup." for each in found)


@dataclass(slots=True)
class _Verifying:
    desk_id: str
    noted: ChainHead | None
    progress: Progress | None
    faults: list[str]
    entries: int = 0
    people: int = 0
    audit_lines: int = 0
    stopped: bool = False
    done: int = 0
    total: int = 0
    _note_missed: bool = False
    connection: Connection = field(init=False)

    def prove(self, connection: Connection) -> None:
        """Look at everything, in this one moment of the database. Raises `Stopped`, and what a damaged one raises."""
        self.connection = connection
        if self._form():
            for look in (self._structure, self._chains, self._audit, self._counts, self._lists):
                look()
            self.people = self._count(PERSON)

    def _form(self) -> bool:
        if (found := schema_of(self.connection)) != NEWEST:
            self.faults.append(
                f"The records are of form {found}, and this program proves form {NEWEST}. Open the desk with this "
                "program once, or prove it with the program that wrote it."
            )
        return found == NEWEST

    def _structure(self) -> None:
        self.total = 2 * (self._count(ENTRY) + self._count(AUDIT))
        said = self.connection.exec_driver_sql(f"PRAGMA integrity_check({MOST_TOLD})").scalars().all()
        self.faults += [f"The database's structure: {each}." for each in said if each != "ok"]
        loose = self.connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        self._tell([f"The {row[0]} line {row[1]} belongs to no entry." for row in loose], "lines without an entry")

    def _chains(self) -> None:
        """The whole chain of this desk and of what it was before it was restored; of others what is held of them."""
        keys = journal.desks(self.connection)
        whole, ids = [self.desk_id], list(self.connection.execute(select(ENTRY.c.desk_id).distinct()).scalars())
        for desk_id in whole:
            found: list[str] = []
            links, head = chain_faults(self._entries(desk_id, keys.get(desk_id), found, whole))
            self._tell([*links, *found], f"faults in the chain of desk {desk_id}")
            if desk_id == self.desk_id:
                self._against_note(head.seq)
        for desk_id in ids:
            if desk_id not in whole:
                found = []
                for _ in self._entries(desk_id, keys.get(desk_id), found, []):
                    pass
                self._tell(found, f"faults in entries of desk {desk_id}")

    def _entries(self, desk_id: str, key: bytes | None, found: list[str], before: list[str]) -> Iterator[Entry]:
        """Each entry of a desk, after it was looked at by itself; `before` grows by who the desk once was."""
        for row in journal.rows_of_desk(self.connection, desk_id):
            self._step()
            self.entries += 1
            try:
                entry = journal.entry_of(row)
            except NotAnEntry as wrong:
                found.append(f"Entry {row.id}: {wrong.sentence}")
                continue
            found.extend(faults_of(entry, key))
            header = entry.header
            filed = (row.establishment, row.id, row.patient_id, row.kind, row.desk_id, row.desk_seq, row.happened_at)
            said = (header.establishment, header.id, header.patient_id, header.kind, header.desk_id, header.desk_seq)
            if filed != (*said, stored(header.happened_at)):
                found.append(f"Entry {row.id}: it is filed as another than it says it is.")
            earlier = (entry.body or {}).get("before") if entry.kind == "desk" else None
            if isinstance(earlier, str) and earlier not in before:
                before.append(earlier)
            yield entry

    def _against_note(self, last: int) -> None:
        if self.noted is None:
            return
        noted = select(ENTRY.c.header).where(ENTRY.c.desk_id == self.desk_id, ENTRY.c.desk_seq == self.noted.seq)
        header = self.connection.execute(noted).scalar()
        self._note_missed = header is None or header_hash(header) != self.noted.hash
        if header is None:
            self.faults.append(
                f"The journal ends at entry {last}, but this desk had written entry {self.noted.seq} when that was "
                "last noted in the keyring: an older database was put back, or entries were lost. Put back the "
                "newest copy, or restore the last backup; what other desks and the hub hold is not lost."
            )
        elif header_hash(header) != self.noted.hash:
            self.faults.append(
                f"Entry {self.noted.seq} is not the one that was noted in the keyring: another journal was put in "
                "the place of this desk's. Put back the newest copy, or restore the last backup."
            )

    def _audit(self) -> None:
        noted = self.noted
        behind = noted is not None and not audit.holds(self.connection, noted.audit_seq, noted.audit_hash)
        if noted is not None and behind and not self._note_missed:  # else the journal's own sentence has said it
            self.faults.append(
                f"The audit had reached line {noted.audit_seq} when that was last noted in the keyring, and that "
                "line is not there: lines were lost, or an older database was put back. Put back the newest copy."
            )
        found = list(audit.faults(self.connection, journal.desks(self.connection), self._audit_step))
        self._tell(found, "faults in the audit")

    def _audit_step(self) -> None:
        self.audit_lines += 1
        self._step()

    def _counts(self) -> None:
        own = self.connection.execute(select(func.count()).select_from(DESK).where(DESK.c.own == 1)).scalar_one()
        if own != 1:
            self.faults.append(f"The database names {own} desks as its own; it should name one.")
        sent = select(OUTBOX.c.position).union(select(RECEIPT.c.position))
        unsent = self.connection.execute(
            select(ENTRY.c.id).where(ENTRY.c.desk_id == self.desk_id, ENTRY.c.position.not_in(sent))
        ).scalars()
        self._tell([f"Entry {id_} has no line in the outbox and no receipt." for id_ in unsent], "entries unsent")

    def _lists(self) -> None:
        """What is shown, against what the journal says when it is folded afresh."""
        fold_aside(self.connection, self.progress and _Rest(self.progress, self.done, self.total))
        for table in PROJECTIONS:
            self._compare(table.name, _columns(table), "{schema}." + table.name)
        people = (
            "{schema}.person JOIN {schema}.person_search ON {schema}.person_search.rowid = {schema}.person.number"
        )
        self._compare(SEARCH, "patient_id, words", people)
        strays = self.connection.exec_driver_sql(
            f"SELECT count(*) FROM main.{SEARCH} WHERE rowid NOT IN (SELECT number FROM main.person)"  # noqa: S608
        ).scalar_one()
        if strays:
            self.faults.append(f"The search finds {strays} that nobody bears. {_FOLD_AGAIN}")

    def _compare(self, name: str, columns: str, source: str) -> None:
        ours, fresh = (f"SELECT {columns} FROM {source.format(schema=each)}" for each in ("main", "temp"))  # noqa: S608
        for one, other, what in ((ours, fresh, "is not what"), (fresh, ours, "lacks what")):
            rows = self.connection.exec_driver_sql(f"{one} EXCEPT {other}").all()
            self._tell(
                [f"The list of {name} at {row[0]} {what} the journal says. {_FOLD_AGAIN}" for row in rows], name
            )

    def _count(self, table: Table) -> int:
        return int(self.connection.execute(select(func.count()).select_from(table)).scalar_one())

    def _tell(self, found: Sequence[str], what: str) -> None:
        self.faults += _told(found, what)

    def _step(self) -> None:
        self.done += 1
        if self.progress is not None and self.done % _EVERY == 0:
            if self.progress.stopped:
                raise Stopped
            self.progress.report(self.done, self.total)


_FOLD_AGAIN = "Nothing of the journal is lost: fold the lists again (pdtdesk desk rebuild)."


@dataclass(frozen=True, slots=True)
class _Rest:
    """The last part of the work, told as a part of the whole."""

    progress: Progress
    before: int
    whole: int

    def report(self, done: int, total: int) -> None:
        self.progress.report(self.before + (self.whole - self.before) * done // max(total, 1), self.whole)

    @property
    def stopped(self) -> bool:
        return self.progress.stopped


def _columns(table: Table) -> str:
    """What a list says: all but a person's number, which is given anew when the list is folded anew."""
    return ", ".join(column.name for column in table.columns if column is not PERSON.c.number)


def _told(found: Sequence[str], what: str) -> tuple[str, ...]:
    rest = len(found) - MOST_TOLD
    return (*found[:MOST_TOLD], *((f"And {rest} more {what}.",) if rest > 0 else ()))
