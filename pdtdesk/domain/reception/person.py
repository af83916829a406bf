"""A person as reception knows them: identity, stays, answers that stand, and what is due."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from pdtdesk.domain.calendar import age_on
from pdtdesk.domain.names import display_name
from pdtdesk.domain.reception.answers import Held
from pdtdesk.domain.record.entry import Entry, Json
from pdtdesk.domain.record.fold import Conflict, Folded
from pdtdesk.domain.staff import Author


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a person is said to be. `born` may be unknown; a prison number may not be given yet."""

    surname: str
    forenames: str
    born: date | None = None
    sex: str | None = None
    prison_number: str | None = None
    nhs_number: str | None = None

    @property
    def display(self) -> str:
        """The name as it stands on every screen and page: SURNAME, Forenames."""
        return display_name(self.surname, self.forenames)

    def age_on(self, day: date) -> int | None:
        """Full years of age on a day; None where nobody knows the birth date."""
        return None if self.born is None else age_on(self.born, day)


@dataclass(frozen=True, slots=True)
class Score:
    """A scale taken once: which, the items, the total, when and by whom. An incomplete one has no total."""

    entry_id: str
    scale: str
    items: Mapping[str, int]
    total: int | None
    taken_at: datetime
    by: Author


@dataclass(frozen=True, slots=True)
class Task:
    """Something due, and by when; open until someone records how it ended."""

    entry_id: str
    patient_id: str
    what: str
    sentence: str
    due_at: datetime | None
    due_on: date | None
    finding: str | None
    settled: Entry | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan as it was decided: with the findings it was made on and the fingerprint of the parameters."""

    entry_id: str
    on_pass: int
    priority: str
    reasons: tuple[str, ...]
    body: Json
    by: Author
    at: datetime


@dataclass(frozen=True, slots=True)
class TakenIn:
    """An arrival as it was taken in: `id` is its entry's, `list_key` says which line of a list it was."""

    id: str
    at: datetime
    list_key: str | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay in custody, from an arrival on.

    `taken_in` holds more than one arrival where somebody came once and was taken in under two records that have been
    joined since: then all that was written under either stands side by side. `answers` are those given in this stay;
    `plans` hold the plans that stand (two only while a conflict is open). `voided` says of a look when one that was
    written down was last marked as entered in error.
    """

    taken_in: tuple[TakenIn, ...]
    establishment: str
    arrival: Json
    location: str | None
    answers: Held
    scores: tuple[Score, ...]
    tasks: tuple[Task, ...]
    plans: tuple[Plan, ...]
    confirmations: tuple[Entry, ...]
    contended: tuple[str, ...] = ()
    voided: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """What is written of the stay names it by this: the id of its latest arrival's entry."""
        return self.taken_in[-1].id

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids by which entries may name it."""
        return tuple(each.id for each in self.taken_in)

    @property
    def arrived_at(self) -> datetime:
        """When they first came."""
        return self.taken_in[0].at

    @property
    def brought_at(self) -> datetime:
        """When they came from where `arrival` says: of one taken in twice, as the later record has it."""
        return self.taken_in[-1].at

    @property
    def passes_done(self) -> int:
        """How many of the two passes of the triage have been saved: 0, 1 or 2."""
        return max((plan.on_pass for plan in self.plans), default=0)


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person's whole record, folded. `patient_ids` has more than one where two records were joined. `worked_out`
    keeps what was read from it, for as long as the record itself is kept: another record begins without it."""

    patient_ids: tuple[str, ...]
    identity: Identity
    identities: tuple[Identity, ...]
    stays: tuple[Stay, ...]
    history: Held
    folded: Folded
    worked_out: dict[str, object] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def patient_id(self) -> str:
        """The id the person goes by: the first of the joined ones."""
        return self.patient_ids[0]

    @property
    def current(self) -> Stay | None:
        """The stay that a nurse at reception is working on: the latest."""
        return self.stays[-1] if self.stays else None

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What two desks wrote differently and nobody has settled."""
        return self.folded.conflicts
