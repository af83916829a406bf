"""What the services need from outside, and the frozen values that cross between.

`Work` is one unit of work on the encrypted desk: what is appended in it, its projections, the audit line and the
outbox line are one transaction, durable when it closes without an error and undone when it does not.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from pdtdesk.domain.reception.answers import Answer
from pdtdesk.domain.reception.arrival_list import ArrivalRow as ArrivalLine
from pdtdesk.domain.reception.person import PersonRecord
from pdtdesk.domain.record.entry import Entry, Json, NewEntry
from pdtdesk.domain.regime.asking import Asked, Asking
from pdtdesk.domain.staff import Author, Establishment, Member


class Clock(Protocol):
    """What time it is: asked here and nowhere else, so that a demonstration evening stays that evening."""

    def now(self) -> datetime:
        """This instant, with the offset of Europe/London."""


class Progress(Protocol):
    """How far a long piece of work has come, and whether somebody asked it to stop."""

    def report(self, done: int, total: int) -> None:
        """Say how far it has come."""

    @property
    def stopped(self) -> bool:
        """Whether to stop at the next safe place."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as a list shows them."""

    patient_id: str
    surname: str
    forenames: str
    born: date | None
    sex: str | None
    prison_number: str | None
    nhs_number: str | None
    location: str | None
    state: str
    joined: int = 1


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """One arrival on the worklist. `order` sorts the worst first; `passes` counts the passes saved (0, 1 or 2).

    `unsure` is the number of records that this arrival might belong to and that nobody has looked at yet.
    """

    stay: str
    patient_id: str
    surname: str
    forenames: str
    prison_number: str | None
    arrived_at: datetime
    arrived_from: str
    location: str | None
    priority: str
    reasons: tuple[str, ...]
    passes: int
    order: int
    known: bool
    draft: bool = False
    unsure: int = 0


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One thing that is due for one person."""

    entry_id: str
    patient_id: str
    stay: str
    surname: str
    forenames: str
    prison_number: str | None
    location: str | None
    what: str
    sentence: str
    due_at: datetime | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class TreatedRow:
    """Somebody who waits for a regime or has one. `standing` is `awaiting`, `in force`, `ended` or `conflict`.

    `until` is the last day of a regime that ends; `ended` stands from the day after it. `asking` is what of the
    person asks for reviews; `asked` the reviews of the regime in force as the rules have them on the day of reading,
    the earliest first, those to come too; `review_on` is the day that a prescriber wrote down. `priority` is
    tonight's of the triage and `reasons` why; `arrived_at` is since when they are here. Empty: not known.
    """

    patient_id: str
    stay: str
    surname: str
    forenames: str
    prison_number: str | None
    location: str | None
    standing: str
    declared: str | None
    medicine: str | None
    since: date | None
    review_on: date | None
    until: date | None = None
    asking: Asking | None = None
    asked: tuple[Asked, ...] = ()
    priority: str = ""
    reasons: tuple[str, ...] = ()
    arrived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OrderedRow:
    """An order that holds on a day, and where its person is."""

    entry_id: str
    patient_id: str
    medicine: str
    location: str | None


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line of a person's timeline; `marks` says superseded, waiting, in error or in conflict."""

    entry_id: str
    kind: str
    at: datetime
    by: Author
    recorded_at: datetime
    body: Json
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """Answers not yet saved, each with the person who gave it and what stood there when they did.

    `over` maps a question to the entries whose answer was on the screen. `items` holds scales begun: `scale.item` to
    the score. `unread` holds what was typed and cannot be read as an answer: it is shown again, and never saved.
    """

    stay: str
    patient_id: str
    answers: dict[str, Answer]
    over: dict[str, tuple[str, ...]]
    items: dict[str, tuple[int, Answer]]
    confirmed: dict[str, Answer]
    updated_at: datetime
    updated_by: Author
    unread: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it to save."""
        return not (self.answers or self.items or self.confirmed)


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Who did or saw what, of whom, by what right. `right` is `role` or `break_glass`; `detail` a short sentence."""

    at: datetime
    who: Author | None
    what: str
    patient_id: str | None = None
    right: str = "role"
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A line of the audit as the clinical lead's page shows it."""

    seq: int
    line: AuditLine
    person: str | None = None


class Work(Protocol):
    """One unit of work on the desk."""

    def append(self, entries: Sequence[NewEntry]) -> tuple[Entry, ...]:
        """Write entries at the head of this desk's chain and fold again whom they touch."""

    def audit(self, line: AuditLine) -> None:
        """Add a line to the audit's own chain."""

    def audit_page(self, before: int | None, limit: int, patient_id: str | None) -> tuple[AuditRow, ...]:
        """Lines of the audit, newest first, those before a sequence number where one is given."""

    def person(self, patient_id: str) -> PersonRecord | None:
        """A person's record, folded; of joined records the whole."""

    def entry(self, entry_id: str) -> Entry | None:
        """One entry of this establishment's journal by its id."""

    def timeline(self, patient_id: str, limit: int) -> tuple[TimelineRow, ...]:
        """A person's entries, newest first."""

    def row(self, patient_id: str) -> PersonRow | None:
        """A person as a list shows them."""

    def search(self, text: str, limit: int) -> tuple[PersonRow, ...]:
        """People whose name, prison number, NHS number or cell begins as typed."""

    def numbered(self, *, prison_number: str | None, nhs_number: str | None) -> tuple[PersonRow, ...]:
        """People who bear one of these numbers."""

    def namesakes(self, surname: str, forenames: str, born: date | None) -> tuple[PersonRow, ...]:
        """People of the same folded surname and birth date, or of the same full name where one is unknown."""

    def arrivals(self, since: datetime) -> tuple[ArrivalRow, ...]:
        """Arrivals since an instant and those before it whose triage is unfinished, worst first."""

    def urgent(self) -> tuple[str, ...]:
        """The patient ids of those here whose plan, however old, is for now or for the night."""

    def tasks(self, *, until: datetime | None = None) -> tuple[TaskRow, ...]:
        """Open tasks by when they are due, up to an instant where one is given."""

    def present(self) -> tuple[PersonRow, ...]:
        """Everybody who is here."""

    def treated(self) -> tuple[TreatedRow, ...]:
        """Everybody here who waits for a regime, has one, or had one in this stay."""

    def ordered_on(self, day: date) -> tuple[OrderedRow, ...]:
        """Every order that holds on a day, of those who are here, by where they are."""

    def folding_once(self) -> AbstractContextManager[None]:
        """Fold whom entries touch once, when all of them are written: for many entries of the same people."""

    def arrival_known(self, key: str) -> bool:
        """Whether a line of a reception list has been taken in already."""

    def draft(self, stay: str) -> Draft | None:
        """The draft of a stay's triage, if one is kept."""

    def keep_draft(self, draft: Draft) -> None:
        """Keep a draft; it is not synced."""

    def drop_draft(self, stay: str) -> None:
        """Forget a draft whose answers have been saved."""

    def latest(self) -> datetime | None:
        """When this desk's newest entry was recorded."""

    def is_member(self, member_id: str) -> bool:
        """Whether somebody is on the staff here now."""

    def members(self) -> tuple[Member, ...]:
        """The establishment's staff, those who have left marked inactive."""

    def establishment_entries(self, kind: str) -> tuple[Entry, ...]:
        """The establishment's own entries of one kind that stand."""

    def desk_name(self) -> str:
        """What this desk is called: `Reception 1`."""

    def establishment(self) -> Establishment:
        """The prison this desk stands in."""


class DeskStore(Protocol):
    """The encrypted desk, opened. One thread owns it."""

    def work(self) -> AbstractContextManager[Work]:
        """Begin a unit of work that may write."""

    def reading(self) -> AbstractContextManager[Work]:
        """Begin a unit of work that only reads one moment of the desk."""


@dataclass(frozen=True, slots=True)
class FirstMember:
    """A member of staff who can open the desk from its first day. The first one given writes the first entries."""

    account: str
    name: str
    role: str
    password: str = field(repr=False)
    registration: str | None = None


@dataclass(frozen=True, slots=True)
class Founding:
    """What a desk is set up with."""

    establishment: Establishment
    desk_name: str
    members: Sequence[FirstMember]
    lease: timedelta
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody came in: by which account and member id, and whether the password must be changed now."""

    store: DeskStore
    account: str
    member_id: str
    must_change: bool


class Door(Protocol):
    """The door of this machine's desk: shut, set up or not, or open."""

    def is_founded(self) -> bool:
        """Whether a desk has been set up here."""

    def found(self, founding: Founding) -> str:
        """Set a desk up here; answers with the recovery code to be printed, once."""

    def accounts(self) -> tuple[str, ...]:
        """The accounts that may try a password here."""

    def seconds_to_wait(self, account: str) -> int:
        """How long an account has to wait after wrong passwords; 0 when it may try."""

    def enter(self, account: str, password: str) -> Entered:
        """Sign in, or come back after a lock: quick once the desk is open."""

    def recover(self, code: str, account: str, new_password: str) -> Entered:
        """Open the desk with the printed code and give one member a new password."""

    def recovery_on_paper(self) -> None:
        """Somebody has proved that the recovery code in force is on paper."""

    def is_recovery_on_paper(self) -> bool:
        """Whether somebody has."""

    def note_head(self) -> None:
        """Note outside the database where its chains stand, so that an older file put back is seen."""

    def close(self) -> None:
        """Drop the key."""

    @property
    def keys(self) -> "Keys":
        """The keys of the desk, once it is open."""


class Keys(Protocol):
    """The keys of the desk that is open: who may open it, and under which key it lies encrypted."""

    def accounts(self) -> tuple[str, ...]:
        """The accounts that have a slot here."""

    def add(self, account: str, member_id: str, password: str) -> None:
        """Let a member of staff open this desk."""

    def reset(self, account: str, member_id: str, one_day_password: str, expires_at: datetime) -> None:
        """A one-day password in place of a forgotten one."""

    def change_password(self, account: str, old: str, new: str) -> None:
        """A member's own new password."""

    def rotate(self, leaving: Sequence[str] = ()) -> None:
        """Give the desk a new key, sealed to all but those leaving."""

    def renew_recovery(self) -> str:
        """A new recovery code in place of the one before, to be printed."""


class ListReader(Protocol):
    """Reads a day's reception list from the bytes of a file."""

    def __call__(self, data: bytes, today: date, progress: Progress | None = None) -> "ListRead":
        """The lines that can be taken in and those that cannot; raises a `ValueError` with a sentence for no list."""


class ListRead(Protocol):
    """A reception list as it was read: (line, row) and (line, reason)."""

    @property
    def rows(self) -> Sequence[tuple[int, ArrivalLine]]:
        """The lines that can be taken in."""

    @property
    def refused(self) -> Sequence[tuple[int, str]]:
        """The lines that cannot, each with its reason."""


RandomBytes = Callable[[int], bytes]
