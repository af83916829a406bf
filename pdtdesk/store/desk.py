"""The opened desk: units of work on its encrypted database, owned by one thread."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, ProgrammingError

from pdtdesk.domain.reception.person import PersonRecord
from pdtdesk.domain.record.entry import Entry, Json, NewEntry
from pdtdesk.domain.record.fold import BESIDE, ENTERED_IN_ERROR, fold, named_in
from pdtdesk.domain.record.kinds import may_write
from pdtdesk.domain.staff import Establishment, Member
from pdtdesk.protocol.canonical import author_of
from pdtdesk.protocol.seal import Desk
from pdtdesk.services.ports import (
    ArrivalRow,
    AuditLine,
    AuditRow,
    Clock,
    Draft,
    OrderedRow,
    PersonRow,
    RandomBytes,
    TaskRow,
    TimelineRow,
    TreatedRow,
)
from pdtdesk.services.refusals import NotAllowed
from pdtdesk.store import audit, drafts, journal, people, treated
from pdtdesk.store.engine import DatabaseTrouble, reading
from pdtdesk.store.journal import Line
from pdtdesk.store.projections import Held, group_of, joined_entries, refold_establishment, refold_people
from pdtdesk.store.remembered import Remembered
from pdtdesk.store.tables import DESK

_Marks = Mapping[str, tuple[str, ...]]


@contextmanager
def told_clearly() -> Iterator[None]:
    """What the database says while the desk is in use, as a sentence (`DatabaseTrouble`); nothing was half done."""
    try:
        yield
    except DatabaseError as error:
        if isinstance(error, DataError | IntegrityError | ProgrammingError):
            raise  # a fault of the program, not of the disk
        name = str(getattr(error.orig, "sqlite_errorname", ""))
        raise DatabaseTrouble(_SAID.get(name, _SAID[""]).format(name=name or "no reason given")) from None


_SAID: Mapping[str, str] = {
    "SQLITE_FULL": (
        "The disk of this computer is full. This was not saved; all that was saved before is there. Free some space "
        "and save again."
    ),
    "SQLITE_BUSY": (
        "Another window or command is writing in this desk, so this was not saved; nothing is lost. Wait until it "
        "has ended and save again."
    ),
    "SQLITE_CORRUPT": (
        "The desk's database is damaged. Do not write in it: close the desk, prove it (pdtdesk desk verify), and "
        "restore the last backup (pdtdesk desk restore). What other desks and the hub hold of it is not lost."
    ),
    "": (
        "The desk's database could not be used ({name}). This was not saved; all that was saved before is there. "
        "Check that the disk has space and that the desk's folder can be written, and try again."
    ),
}


@dataclass(slots=True)
class OpenDesk:
    """This desk, opened: whoever holds it holds the key. `clock` dates what is recorded.

    A rotation of the keys closes the database and puts a new `engine` in place; everything else stays.
    """

    engine: Engine
    desk: Desk
    clock: Clock
    random_bytes: RandomBytes
    remembered: Remembered = field(default_factory=Remembered)

    @contextmanager
    def work(self) -> Iterator["DeskWork"]:
        """A unit of work that may write: one durable transaction, begun as the only writer."""
        with told_clearly():
            with self.engine.begin() as connection:
                done = DeskWork(connection, self)
                yield done
            self.remembered.keep(done.read)

    @contextmanager
    def reading(self) -> Iterator["DeskWork"]:
        """A unit of work that reads one moment of the desk and leaves nothing behind."""
        with told_clearly(), reading(self.engine).begin() as connection:
            done = DeskWork(connection, self)
            yield done
            self.remembered.keep(done.read)


@dataclass(slots=True)
class DeskWork:
    """One unit of work; see `pdtdesk.services.ports.Work` for what each does. `read` are the entries it holds."""

    connection: Connection
    at: OpenDesk
    read: Held = field(default_factory=dict)
    _folded: dict[str, PersonRecord | None] = field(default_factory=dict)
    _named: Establishment | None = None
    _later: set[str] | None = None

    def append(self, entries: Sequence[NewEntry]) -> tuple[Entry, ...]:
        """Write entries at the head of this desk's chain and fold again whom they touch."""
        for new in entries:
            if not may_write(new.author.role, new.kind):
                raise NotAllowed(f"{new.author.role_title} {new.author.name} may not write: {new.kind}.")
        written = journal.append(
            self.connection,
            self.at.desk,
            self._beside(entries),
            now=self.at.clock.now(),
            random_bytes=self.at.random_bytes,
        )
        for entry in written:
            if entry.header.patient_id in self.read:
                self.read[entry.header.patient_id] += (entry,)
        touched = {entry.header.patient_id for entry in written if entry.header.patient_id}
        if self._later is None:
            self._folded |= refold_people(self.connection, sorted(touched), self.read, self.at.remembered)
        else:
            self._later |= touched
            for patient_id in touched:
                self._folded.pop(patient_id, None)
        if any(entry.header.patient_id is None for entry in written):
            refold_establishment(self.connection)
            self._named = None
        return written

    @contextmanager
    def folding_once(self) -> Iterator[None]:
        """Fold whom entries touch once, when all of them are written."""
        self._later = set()
        yield
        touched, self._later = sorted(self._later), None
        self._folded |= refold_people(self.connection, touched, self.read, self.at.remembered)

    def _beside(self, entries: Sequence[NewEntry]) -> Sequence[NewEntry]:
        """Say of each entry what it names in a record joined to its own: parted, it must not wait for that."""
        if len(self.read) < 2:
            return entries
        holds = {each.id: patient_id for patient_id, held in self.read.items() for each in held}
        said = []
        for new in entries:
            named = named_in(new.supersedes, new.body)
            others = sorted(id_ for id_ in named if holds.get(id_, new.patient_id) != new.patient_id)
            said.append(replace(new, body={**new.body, BESIDE: others}) if others else new)
        return said

    def audit(self, line: AuditLine) -> None:
        """Add a line to the audit's own chain."""
        audit.note(self.connection, self.at.desk, line)

    def audit_page(self, before: int | None, limit: int, patient_id: str | None) -> tuple[AuditRow, ...]:
        """Lines of the audit, newest first."""
        return audit.page(self.connection, before, limit, patient_id)

    def person(self, patient_id: str) -> PersonRecord | None:
        """A person's record, folded once in a unit of work; of joined records the whole."""
        if patient_id not in self._folded:
            entries = joined_entries(self.connection, {patient_id}, self.read, self.at.remembered)
            self._folded[patient_id] = self.at.remembered.person(entries)
        return self._folded[patient_id]

    def entry(self, entry_id: str) -> Entry | None:
        """One entry by its id."""
        return journal.by_id(self.connection, entry_id)

    def timeline(self, patient_id: str, limit: int) -> tuple[TimelineRow, ...]:
        """A person's entries, newest first, each marked where it no longer holds."""
        lines = journal.newest_of(self.connection, group_of(self.connection, patient_id) or {patient_id}, limit)
        marks = _marks(lines, lambda ids: journal.held_of(self.connection, ids))
        return tuple(_timeline_row(line.header, line.body, marks) for line in lines)

    def row(self, patient_id: str) -> PersonRow | None:
        """A person as a list shows them."""
        return people.row(self.connection, patient_id)

    def search(self, text: str, limit: int) -> tuple[PersonRow, ...]:
        """People whose name, numbers or cell begin as typed."""
        return people.search(self.connection, text, limit)

    def numbered(self, *, prison_number: str | None, nhs_number: str | None) -> tuple[PersonRow, ...]:
        """People who bear one of these numbers."""
        return people.numbered(self.connection, prison_number, nhs_number)

    def namesakes(self, surname: str, forenames: str, born: date | None) -> tuple[PersonRow, ...]:
        """People of the same name and birth date."""
        return people.namesakes(self.connection, surname, forenames, born)

    def arrivals(self, since: datetime) -> tuple[ArrivalRow, ...]:
        """Arrivals since an instant and the unfinished ones before it, worst first."""
        return people.arrivals(self.connection, since)

    def urgent(self) -> tuple[str, ...]:
        """Whoever here is for this night by a plan that stands."""
        return people.urgent(self.connection)

    def tasks(self, *, until: datetime | None = None) -> tuple[TaskRow, ...]:
        """Open tasks by when they are due."""
        return people.tasks(self.connection, until)

    def present(self) -> tuple[PersonRow, ...]:
        """Everybody who is here."""
        return people.present(self.connection)

    def treated(self) -> tuple[TreatedRow, ...]:
        """Everybody here who waits for a regime or has one."""
        return treated.everybody(self.connection)

    def ordered_on(self, day: date) -> tuple[OrderedRow, ...]:
        """Every order that holds on a day."""
        return treated.ordered_on(self.connection, day)

    def arrival_known(self, key: str) -> bool:
        """Whether a line of a reception list has been taken in already."""
        return people.arrival_known(self.connection, key)

    def draft(self, stay: str) -> Draft | None:
        """The draft of a stay's triage, if one is kept."""
        return drafts.read(self.connection, stay)

    def keep_draft(self, draft: Draft) -> None:
        """Keep a draft."""
        drafts.keep(self.connection, draft)

    def drop_draft(self, stay: str) -> None:
        """Forget a draft."""
        drafts.drop(self.connection, stay)

    def latest(self) -> datetime | None:
        """When this desk's newest entry was recorded."""
        return journal.latest(self.connection)

    def is_member(self, member_id: str) -> bool:
        """Whether somebody is on the staff here now."""
        return people.is_member(self.connection, member_id)

    def members(self) -> tuple[Member, ...]:
        """The establishment's staff."""
        return people.members(self.connection)

    def establishment_entries(self, kind: str) -> tuple[Entry, ...]:
        """The establishment's own entries of one kind that stand."""
        return fold(journal.of_establishment(self.connection, (kind, "entered_in_error"))).of_kind(kind)

    def desk_name(self) -> str:
        """What this desk is called."""
        name = select(DESK.c.name).where(DESK.c.desk_id == self.at.desk.id)
        return str(self.connection.execute(name).scalar() or "this desk")

    def establishment(self) -> Establishment:
        """The prison this desk stands in; its code alone until its name has been written. Read once."""
        if self._named is None:
            code = self.at.desk.establishment
            named = fold(journal.of_establishment(self.connection, ("establishment",))).of_kind("establishment")
            names = [str(entry.body["name"]) for entry in named if entry.body and entry.body.get("code") == code]
            self._named = Establishment(code, names[-1] if names else code)
        return self._named


def _timeline_row(header: Json, body: Json | None, marks: _Marks) -> TimelineRow:
    id_ = header["id"]
    return TimelineRow(
        id_,
        header["kind"],
        datetime.fromisoformat(header["happened_at"]),
        author_of(header["author"]),
        datetime.fromisoformat(header["recorded_at"]),
        body or {},
        marks.get(id_, ()),
    )


def _marks(lines: tuple[Line, ...], elsewhere: Callable[[frozenset[str]], frozenset[str]]) -> _Marks:
    """What each entry of a page of the timeline is besides itself; `elsewhere` says which ids are held beyond it."""
    page = frozenset(line.header["id"] for line in lines)
    named = frozenset(id_ for line in lines for id_ in named_in(line.header["supersedes"], line.body)) - page
    held = elsewhere(named)
    superseded = {id_ for line in lines for id_ in line.header["supersedes"]}
    waits = not named <= held  # where nothing waits, what neither supersedes nor is superseded has no mark
    touched = [
        journal.entry_of(line.row)
        for line in lines
        if waits or line.header["supersedes"] or line.header["id"] in superseded
    ]
    if not touched:
        return {}
    folded = fold(touched, held | (page - {entry.id for entry in touched}))
    standing = {entry.id for entry in folded.heads}
    contending = {head.id for conflict in folded.conflicts for head in conflict.heads}
    marks = {each.entry.id: ("waiting",) for each in folded.waiting}
    for entry in folded.effective:
        if entry.id in contending:
            marks[entry.id] = ("in conflict",)
        elif entry.id not in standing and entry.kind != ENTERED_IN_ERROR:
            marks[entry.id] = ("superseded",)
    return marks | dict.fromkeys(folded.in_error, ("in error",))
