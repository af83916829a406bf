"""A person's treatment, folded: what was decided, ordered, given, lifted and reviewed."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.record.entry import Json
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import DAY, Schedule, Stretch
from pdtdesk.domain.staff import Author


class Agreed(StrEnum):
    """Whether the person agreed to what was decided."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person wished, what they were told, and whether they agreed: part of every choice and change."""

    wished: str = ""
    told: str = ""
    agreed: Agreed | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """A regime as a prescriber declared it, from a day until another takes its place or it is ended.

    `until` is its last day, None while it is in force. `standing` is how the class stood by guidance when it was
    chosen; `reason` the reason of a departure, empty where none was asked for. `body` is the entry's own, with the
    findings it was made on and the fingerprint of the parameters.
    """

    entry_id: str
    declared: RegimeClass
    medicine: Ordered | None
    since: date
    until: date | None
    wish: Wish
    standing: str | None
    reason: str
    review_on: date | None
    by: Author
    at: datetime
    body: Json

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Order:
    """A prescriber's signed order of one medicine by a schedule.

    `course` names the first of the orders that took each other's place: doses are counted by it. `until` is the last
    day on which it may be given: its schedule's, or the one before another took its place; None while it goes on.
    `answers` are ids of what a stop rested on and this order was signed in sight of. `instructions` are for whoever
    gives it.
    """

    entry_id: str
    course: str
    medicine: Ordered
    schedule: Schedule
    since: date
    until: date | None
    supervised: bool
    possession: str
    answers: frozenset[str]
    by: Author
    at: datetime
    body: Json
    instructions: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Dose:
    """What became of one ordered dose; `mg` is what was swallowed, `ordered_mg` what should have been.

    `witness` is who saw it beside the author; `supervised` whether it was taken before their eyes; `begun` the entry
    by which it was handed out, empty where it never was. `beside` are ids of accounts of one dose of which somebody
    has settled that all are true: it was given as often. `on_paper` is who gave it by the paper while the desk
    was down, and `by` whoever entered that; empty of any other dose.
    """

    entry_id: str
    order: str
    course: str
    medicine: Ordered
    day: date
    slot: str
    ordered_mg: Milligrams
    mg: Milligrams
    outcome: Outcome
    reason: str
    witness: str
    supervised: bool
    at: datetime
    by: Author
    begun: str = ""
    beside: frozenset[str] = frozenset()
    on_paper: str = ""

    @property
    def key(self) -> tuple[str, date, str]:
        """What it is a dose of: course, day and slot."""
        return self.course, self.day, self.slot


@dataclass(frozen=True, slots=True)
class Begun:
    """A dose that was handed out, and of which nobody has written down what became of it."""

    entry_id: str
    order: str
    course: str
    medicine: Ordered
    day: date
    slot: str
    ordered_mg: Milligrams
    supervised: bool
    at: datetime
    by: Author
    body: Json
    on_paper: str = ""


@dataclass(frozen=True, slots=True)
class DoseConflict:
    """Two records of one medicine, or of two substitutes, for one day and slot: both stand in red until somebody with
    the role settles it. One alone where it corrects a record that was marked as entered in error elsewhere."""

    day: date
    slot: str
    medicine: Ordered
    doses: tuple[Dose, ...]


@dataclass(frozen=True, slots=True)
class Lifted:
    """A stop that a prescriber lifted for one dose: present, or by a telephone call that somebody witnessed.

    It was of the dose of one `order`, of the accounts `seen` where two stood, and of what each code then `rests_on`:
    what comes later it does not lift.
    `signed` is when the prescriber signed a telephone order; `sign_by` the day until which that is due, None for one
    given in presence.
    """

    entry_id: str
    course: str
    day: date
    slot: str
    codes: frozenset[str]
    of: frozenset[str]
    reason: str
    prescriber: str
    by_telephone: bool
    witness: str
    at: datetime
    by: Author
    sign_by: date | None = None
    signed: datetime | None = None
    order: str = ""
    seen: frozenset[str] = frozenset()
    rests_on: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review of the regime: what came of it, why, and when the next one is due."""

    entry_id: str
    on: date
    outcome: str
    reason: str
    next_due: date | None
    took_part: str
    by: Author
    at: datetime
    body: Json


@dataclass(frozen=True, slots=True)
class Treatment:
    """All of it, of every stay. Histories are oldest first; `conflicting` are regimes or orders of which two stand
    that exclude each other; `unread` counts entries in the words of a newer desk, of which nothing is assumed;
    `unread_doses` those among them that order a dose or say what became of one. `began` is the first day of the
    treatment that goes on, over `spans` stays: what had ended before somebody came again is history.
    """

    regimes: tuple[Declared, ...] = ()
    orders: tuple[Order, ...] = ()
    doses: tuple[Dose, ...] = ()
    dose_conflicts: tuple[DoseConflict, ...] = ()
    begun: tuple[Begun, ...] = ()
    lifted: tuple[Lifted, ...] = ()
    reviews: tuple[Reviewed, ...] = ()
    conflicting: tuple[str, ...] = ()
    unread: int = 0
    unread_doses: int = 0
    began: date = date.min
    spans: int = 1

    @property
    def regimes_now(self) -> tuple[Declared, ...]:
        """The regimes of the treatment that goes on, those that have ended in it too."""
        return tuple(each for each in self.regimes if each.since >= self.began)

    def regime_on(self, day: date) -> tuple[Declared, ...]:
        """The regimes in force on a day: one, or more while two desks contradict each other."""
        return tuple(each for each in self.regimes if each.holds_on(day))

    def orders_on(self, day: date) -> tuple[Order, ...]:
        """The orders in force on a day."""
        return tuple(each for each in self.orders if each.holds_on(day))

    def doses_of(self, medicine: Ordered) -> tuple[Dose, ...]:
        """The doses of one medicine, whatever order they were of, by day."""
        return tuple(each for each in self.doses if each.medicine.active is medicine.active)

    def taken_on(self, medicine: Ordered, day: date) -> Decimal | None:
        """The mg of a medicine taken on a day; None where nothing was, or nobody knows."""
        taken = [each.mg.amount for each in self.doses_of(medicine) if each.day == day and each.outcome.counts]
        return sum(taken, Decimal(0)) if taken else None

    def borne_on(self, medicine: Ordered, day: date) -> Decimal | None:
        """The mg of a medicine on a day as far as it shows what somebody bears: of a dose that was given more than
        once by mistake, once."""
        taken = [each for each in self.doses_of(medicine) if each.day == day and each.outcome.counts]
        once: dict[object, Decimal] = {}
        for each in taken:
            key = each.beside or each.entry_id
            once[key] = max(each.mg.amount, once.get(key, Decimal(0)))
        return sum(once.values(), Decimal(0)) if taken else None

    def dose_at(self, course: str, day: date, slot: str) -> Dose | None:
        """What is written of one dose; of two accounts the first shown."""
        return next((each for each in self.doses if each.key == (course, day, slot)), None)

    def given_at(self, medicine: Ordered, day: date, slot: str) -> Dose | None:
        """What is written on a day and slot of a medicine, or of what stands for it, whatever course it was of: it is
        not given twice."""
        alike = (each for each in self.doses if each.medicine.stands_for(medicine))
        return next((each for each in alike if (each.day, each.slot) == (day, slot)), None)

    def accounts_of(self, medicine: Ordered, day: date, slot: str) -> tuple[Dose, ...]:
        """The accounts of a dose that stand in conflict; none where they agree, or there is one."""
        alike = (each for each in self.dose_conflicts if each.medicine.stands_for(medicine))
        return next((each.doses for each in alike if (each.day, each.slot) == (day, slot)), ())

    def together(self, dose: Dose) -> tuple[Dose, ...]:
        """The accounts of a dose that are all true, what was swallowed first; of any other dose itself."""
        alike = [each for each in self.doses if dose.beside and each.beside == dose.beside]
        return tuple(sorted(alike, key=lambda each: each.mg, reverse=True)) or (dose,)

    @property
    def asking(self) -> tuple[Dose | Begun, ...]:
        """What somebody still has to speak of: what was handed out, and accounts that contradict each other."""
        return *self.begun, *(dose for each in self.dose_conflicts for dose in each.doses)

    def named_orders(self) -> dict[str, Order]:
        """Every order by its id. One that was marked as entered in error at another desk, or has not come yet, as far
        as what was handed out or written of it tells: nothing is due by it, and what became of that is still asked.
        """
        known = {each.entry_id: each for each in self.orders}
        told: list[Dose | Begun] = [*self.doses, *self.begun]
        return {each.order: _as_told(each) for each in told if each.order not in known} | known

    def begun_at(self, course: str, medicine: Ordered, day: date, slot: str) -> Begun | None:
        """Whether a dose of a medicine was handed out of which nothing else is written."""
        key = course, medicine.active, day, slot
        return next((b for b in self.begun if (b.course, b.medicine.active, b.day, b.slot) == key), None)


def _as_told(of: Dose | Begun) -> Order:
    """An order of which nothing is known but one dose: it holds on no day."""
    return Order(
        entry_id=of.order,
        course=of.course,
        medicine=of.medicine,
        schedule=Schedule((Stretch(of.day, of.day, ((of.slot, of.ordered_mg),)),)),
        since=of.day,
        until=of.day - DAY,
        supervised=of.supervised,
        possession="",
        answers=frozenset(),
        by=of.by,
        at=of.at,
        body={},
    )
