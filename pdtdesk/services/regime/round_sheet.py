"""What a medicine round comes to, by the record: each dose with its checks, and the mg of each medicine."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pdtdesk.domain.names import display_name
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.person import PersonRecord
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.fold import given_on_paper, treatment_of
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.rounds import part_of
from pdtdesk.domain.regime.schedule import NOUGHT, slot_order
from pdtdesk.domain.regime.treatment import Begun, Dose, Treatment
from pdtdesk.domain.staff import Author
from pdtdesk.services.ports import PersonRow, Work
from pdtdesk.services.reception.sheet_facts import Named, Printing

_GONE = frozenset({Outcome.TAKEN, Outcome.PART_TAKEN, Outcome.VOMITED})
"""What was swallowed, whatever came of it: it does not come back to the cupboard."""


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One dose of a round. `outcome` is None where nothing is written; `conflict` where two accounts stand.

    `identified_by`, `look` and `handed_at` are of the checks before it; empty or None where it was not handed out.
    `on_paper` is who gave it by the downtime sheet, and `by` then whoever entered it; empty of any other dose.
    """

    dose: str
    who: Named
    medicine: Ordered
    slot: str
    ordered: Milligrams
    outcome: Outcome | None
    taken: Milligrams
    reason: str
    at: datetime | None
    by: str
    witness: str
    identified_by: str
    look: str
    handed_at: datetime | None
    conflict: bool = False
    on_paper: str = ""

    @property
    def waits(self) -> bool:
        """Whether it was handed out and nobody has written what became of it."""
        return self.handed_at is not None and self.outcome is None

    @property
    def given(self) -> Milligrams:
        """The mg that were swallowed, also of a dose that came up again."""
        return self.ordered if self.outcome is Outcome.VOMITED else self.taken

    @property
    def left_over(self) -> Milligrams:
        """The mg that left the cupboard and were not swallowed: to be written as wasted where they were destroyed."""
        if self.handed_at is None or self.outcome is None:
            return NOUGHT
        return Milligrams(self.ordered.amount - self.given.amount)


@dataclass(frozen=True, slots=True)
class Counted:
    """What the record has of one medicine in a round, and how it was left when it was last counted."""

    medicine: Ordered
    given: Milligrams
    left_over: Milligrams
    closed: Milligrams | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """The count of one medicine, by hand but for what was given. mg throughout."""

    medicine: Ordered
    opening: Milligrams
    received: Milligrams
    given: Milligrams
    wasted: Milligrams
    wasted_why: str
    closing: Milligrams

    @property
    def expected(self) -> Decimal:
        """What should be there; below nought where more went out than there was."""
        return self.opening.amount + self.received.amount - self.given.amount - self.wasted.amount

    @property
    def difference(self) -> Decimal:
        """How much more was counted than expected; below nought where some is missing."""
        return self.closing.amount - self.expected

    @property
    def words(self) -> str:
        """How the count compares with the record, in words."""
        if self.difference == 0:
            return f"agrees: {self.closing}"
        off = Milligrams(abs(self.difference))
        side = "missing" if self.difference < 0 else "too much"
        return f"{off} {side}: {self.closing} counted, {plain_mg(self.expected)} expected"


@dataclass(frozen=True, slots=True)
class SignedOut:
    """A round that was counted and signed out. `doses` are the ids it was signed in sight of."""

    entry_id: str
    day: date
    part: str
    at: datetime
    by: Author
    witness: str
    balances: tuple[Balance, ...]
    remark: str
    why: str
    doses: frozenset[str]


@dataclass(frozen=True, slots=True)
class RoundSheet:
    """One round: its doses by place, what they come to, and how it was signed out where it was.

    `signed` holds two where two desks signed it out without knowing of each other.
    """

    printing: Printing
    day: date
    part: str
    lines: tuple[RoundLine, ...]
    counted: tuple[Counted, ...]
    signed: tuple[SignedOut, ...] = ()

    @property
    def waiting(self) -> tuple[RoundLine, ...]:
        """Doses that were handed out and of which nobody has written what became."""
        return tuple(line for line in self.lines if line.waits)

    @property
    def not_written(self) -> tuple[RoundLine, ...]:
        """Doses of which nothing is written at all."""
        return tuple(line for line in self.lines if line.outcome is None and not line.waits)

    @property
    def doses(self) -> frozenset[str]:
        """Ids of the dose entries that it counts."""
        return frozenset(line.dose for line in self.lines if line.dose)


def plain_mg(amount: Decimal) -> str:
    """An amount in mg that may lie below nought."""
    return f"{'−' if amount < 0 else ''}{Milligrams(abs(amount))}"


def lines_of_round(work: Work, day: date, part: str) -> tuple[RoundLine, ...]:
    """Every dose of one part of a day, of those who are here, by place."""
    ids = dict.fromkeys((*(r.patient_id for r in work.ordered_on(day)), *(r.patient_id for r in work.treated())))
    found: list[RoundLine] = []
    for patient_id in ids:
        person, row = work.person(patient_id), work.row(patient_id)
        if person is not None and person.current is not None and row is not None:
            found += _lines(person, row, day, part)
    return tuple(sorted(found, key=lambda each: (each.who.location or "~", each.who.name, slot_order(each.slot))))


def counted_of(lines: tuple[RoundLine, ...], before: tuple[SignedOut, ...]) -> tuple[Counted, ...]:
    """What each medicine of a round comes to, with the count at which it was last left."""
    given: dict[Ordered, list[RoundLine]] = defaultdict(list)
    for line in lines:
        given[line.medicine].append(line)
    found = []
    for medicine, mine in sorted(given.items()):
        last = next(
            ((each, held) for each in reversed(before) for held in each.balances if held.medicine is medicine), None
        )
        found.append(
            Counted(
                medicine,
                Milligrams(sum((each.given.amount for each in mine), Decimal(0))),
                Milligrams(sum((each.left_over.amount for each in mine), Decimal(0))),
                last[1].closing if last else None,
                last[0].at if last else None,
            )
        )
    return tuple(found)


def _lines(person: PersonRecord, row: PersonRow, day: date, part: str) -> list[RoundLine]:
    treatment = treatment_of(person)
    handed = _handed_out(person)
    stay = person.current
    who = Named(
        display_name(row.surname, row.forenames), row.prison_number, stay.location if stay else None, row.born
    )
    both: tuple[Dose | Begun, ...] = (*treatment.doses, *treatment.begun)
    mine = [each for each in both if each.day == day and part_of(each.slot) == part]
    found = [_of_what_stands(each, who, handed, treatment) for each in mine]
    known = {(each.medicine.place, each.slot) for each in mine}
    for order in treatment.orders_on(day):
        for slot, mg in order.schedule.on(day):
            if mg > NOUGHT and part_of(slot) == part and (order.medicine.place, slot) not in known:
                found.append(_line("", who, order.medicine, slot, mg))
    return found


def _of_what_stands(
    each: Dose | Begun, who: Named, handed: Mapping[str, "_Checks"], treatment: Treatment
) -> RoundLine:
    """A dose with the checks of its own cup; or a cup of which nobody wrote what became, whatever its order did."""
    if isinstance(each, Begun):
        return _line("", who, each.medicine, each.slot, each.ordered_mg, checks=handed.get(each.entry_id))
    conflict = any(each in two.doses for two in treatment.dose_conflicts)
    checks = handed.get(each.begun)
    return _line(each.entry_id, who, each.medicine, each.slot, each.ordered_mg, each, checks, conflict=conflict)


def _line(
    entry_id: str,
    who: Named,
    medicine: Ordered,
    slot: str,
    ordered: Milligrams,
    dose: Dose | None = None,
    checks: "_Checks | None" = None,
    *,
    conflict: bool = False,
) -> RoundLine:
    return RoundLine(
        dose=entry_id,
        who=who,
        medicine=medicine,
        slot=slot,
        ordered=ordered,
        outcome=dose.outcome if dose else None,
        taken=dose.mg if dose else NOUGHT,
        reason=dose.reason.replace("_", " ") if dose else "",
        at=dose.at if dose else None,
        by=dose.by.name if dose else checks.by if checks else "",
        witness=dose.witness if dose else "",
        identified_by=checks.identified_by if checks else "",
        look=checks.look if checks else "",
        handed_at=checks.at if checks else None,
        conflict=conflict,
        on_paper=dose.on_paper if dose else checks.on_paper if checks else "",
    )


@dataclass(frozen=True, slots=True)
class _Checks:
    identified_by: str
    look: str
    at: datetime
    by: str
    on_paper: str


def _handed_out(person: PersonRecord) -> Mapping[str, _Checks]:
    """What was checked before each dose that was handed out, by the entry that says so."""
    found: dict[str, _Checks] = {}
    for entry in person.folded.effective:
        body: Mapping[str, Any] = entry.body or {}
        if entry.kind == "dose_begun":
            said = str(body.get("identified_by", ""))
            at, by = entry.header.happened_at, entry.author.name
            found[entry.id] = _Checks(said, _look(body.get("look")), at, by, given_on_paper(body))
    return found


def _look(look: object) -> str:
    """What was seen before the dose, in words; empty where it was not asked for."""
    if not isinstance(look, Mapping):
        return ""
    words = {
        ("drowsy", False): "not drowsy",
        ("drowsy", True): "DROWSY",
        ("intoxicated", False): "not intoxicated",
        ("intoxicated", True): "INTOXICATED",
    }
    return ", ".join(words[key, seen] for key, seen in look.items() if (key, seen) in words)
