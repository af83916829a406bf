"""What the stops read of one dose of the round: the order, what was taken, what was lifted, and who it is for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from pdtdesk.domain.calendar import day_of, in_london
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.facts import ReceptionFacts
from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.missed import Missed, days_missed_before, step_not_taken
from pdtdesk.domain.regime.rounds import part_of, round_at
from pdtdesk.domain.regime.schedule import NOUGHT
from pdtdesk.domain.regime.treatment import Order, Treatment
from pdtdesk.policy.regime.rests_on import AS_SIGNED, rests_on
from pdtdesk.policy.regime.stops import OF_A_BREAK, OF_THE_ORDER, DoseFacts, Look, StopCode
from pdtdesk.services.regime.looks import unanswered
from pdtdesk.services.regime.standing import allergies_of, told_of
from pdtdesk.services.regime.taking import (
    day_before_at,
    last_witnessed,
    mg_outside,
    most_taken,
    naltrexone_at,
    other_opioid,
    outside_on,
    signed_over,
    taken_outside,
)


@dataclass(frozen=True, slots=True)
class DoseDue:
    """Which dose of whom: an order, its course, the day and the slot."""

    patient_id: str
    order: str
    course: str
    day: date
    slot: str


def dose_facts(
    person: PersonRecord,
    stay: Stay,
    treatment: Treatment,
    order: Order,
    due: DoseDue,
    now: datetime,
    *,
    identified: bool | None = None,
    look: Look | None = None,
) -> DoseFacts:
    """What the stops read of a dose. The look is that of this dose alone: an older one answers for nothing."""
    others = [each for each in treatment.orders_on(due.day) if each.medicine.active is not order.medicine.active]
    today = [
        each
        for each in treatment.doses
        if each.day == due.day
        and each.slot != due.slot
        and each.outcome.counts
        and each.medicine.stands_for(order.medicine)
    ]
    told = told_of(person, stay, now)
    known = known_facts(person, stay, treatment, told, order.medicine, due.day, now, beside=others)
    facts = replace(
        known,
        mg=order.schedule.daily_on(due.day),
        identified=identified,
        look=look or Look(),
        sedated_unanswered=bool(unanswered(person, treatment, order.entry_id)),
        written=treatment.given_at(order.medicine, due.day, due.slot) is not None,
        handed_out=any(each.medicine.stands_for(order.medicine) and each.day <= due.day for each in treatment.begun),
        this_dose=dict(order.schedule.on(due.day)).get(due.slot, NOUGHT),
        taken_today=_sum(each.mg for each in today if each.medicine.active is order.medicine.active),
        others_today=tuple(
            dict.fromkeys(e.medicine.words for e in today if e.medicine.active is not order.medicine.active)
        ),
        this_round_at=_in_this_round(treatment, order.medicine, due, now),
        day_before_at=day_before_at(treatment, order.medicine, due.day, told),
        conflicting=bool(contended(treatment, order, due.day)),
        not_read=treatment.unread_doses > 0,
        ahead=_is_ahead(treatment, order.medicine, due.day),
        other_substitutes=tuple(each.medicine.words for each in others if each.medicine.is_substitute),
        missed=_missed(treatment, order, due.day),
        step=step_not_taken(treatment, order, due.day, mg_outside(told, order.medicine)),
        last_witnessed_at=last_witnessed(treatment, order.medicine, told, now)[0],
        most_taken=most_taken(treatment, order.medicine, due.day) if known.unconfirmed else NOUGHT,
    )
    since = _come_since(treatment, order, told, _answered_at(stay))
    return replace(facts, lifted=_lifted(treatment, order, due, facts) | _signed(order, facts, since))


def _in_this_round(treatment: Treatment, medicine: Ordered, due: DoseDue, now: datetime) -> datetime | None:
    """When a dose of another slot of the day was given in the round of this hour: a late one, with the next due."""
    this = round_at(in_london(now))
    of_day = [each for each in treatment.doses if each.day == due.day and part_of(each.slot) != part_of(due.slot)]
    at = [each.at for each in of_day if each.outcome.given and each.medicine.stands_for(medicine)]
    return max((each for each in at if round_at(in_london(each)) == this), default=None)


def known_facts(
    person: PersonRecord,
    stay: Stay,
    treatment: Treatment,
    told: ReceptionFacts,
    medicine: Ordered,
    day: date,
    now: datetime,
    *,
    beside: Iterable[Order],
) -> DoseFacts:
    """What the stops read of somebody before an order is signed and before a dose is given: allergies, what was taken
    here and outside, and what is told of a prescription there. `beside` are orders of other medicines."""
    standing = told.standing_prescriptions
    opioid_at, opioid = other_opioid(treatment, medicine, told, now)
    return DoseFacts(
        medicine=medicine,
        mg=NOUGHT,
        day=day,
        outside_today=outside_on(told, stay, day),
        blocked_by_naltrexone=any(each.medicine is Ordered.NALTREXONE for each in beside)
        or any(each.medicine == Ordered.NALTREXONE.value for each in standing),
        naltrexone_at=naltrexone_at(treatment, medicine, told, now),
        opioid_at=opioid_at,
        opioid=opioid,
        at=now,
        allergies=allergies_of(person, stay),
        unconfirmed=any(each.standing == "reported" for each in standing),
    )


def _sum(amounts: Iterable[Milligrams]) -> Milligrams:
    return Milligrams(sum((each.amount for each in amounts), Decimal(0)))


def _is_ahead(treatment: Treatment, medicine: Ordered, day: date) -> bool:
    """Whether a dose of a later day is written already, or was handed out."""
    days = [each.day for each in treatment.doses if each.medicine.stands_for(medicine)]
    days += [each.day for each in treatment.begun if each.medicine.stands_for(medicine)]
    return max(days, default=day) > day


def contended(treatment: Treatment, order: Order, day: date) -> frozenset[str]:
    """The accounts that contradict each other of this order, of a dose of its medicine, or of what holds on the day;
    empty where none do."""
    alike = [each for each in treatment.orders_on(day) if each.medicine.active is order.medicine.active]
    doses = [each for each in treatment.dose_conflicts if each.medicine.stands_for(order.medicine)]
    found = {each.entry_id for conflict in doses for each in conflict.doses}
    if order.entry_id in treatment.conflicting:
        found |= {*treatment.conflicting}
    if any(each.entry_id != order.entry_id for each in alike):
        found |= {each.entry_id for each in alike}
    return frozenset(found)


def _lifted(treatment: Treatment, order: Order, due: DoseDue, facts: DoseFacts) -> frozenset[str]:
    """The codes that a prescriber lifted for this dose of this order, while each rests on what it rested on then.

    Another order of the course, from another desk, is another amount: what was said of this one lifts nothing of it.
    That somebody was found drowsy is answered by what was decided about it since, never by its code; two accounts by
    the decision about these two.
    """
    of_dose = [
        each for each in treatment.lifted if (each.order, each.day, each.slot) == (order.entry_id, due.day, due.slot)
    ]
    seen = frozenset[str]().union(*(each.seen for each in of_dose))
    codes = {
        code
        for each in of_dose
        for code in each.codes
        if dict(each.rests_on).get(code, "") == rests_on(facts, code) and code != StopCode.AFTER_SEDATION
    }
    return frozenset(codes if contended(treatment, order, due.day) <= seen else codes - {StopCode.CONFLICT})


def _signed(order: Order, facts: DoseFacts, since: frozenset[str]) -> frozenset[str]:
    """The codes that were seen when the order was signed, but for what has come since."""
    said = order.body.get("rests_on")
    then = said if isinstance(said, Mapping) else {}
    other = {code for code in AS_SIGNED if str(then.get(code, "")) != rests_on(facts, code)}
    return (OF_THE_ORDER & signed_over(order)) - since - other


def _answered_at(stay: Stay) -> datetime | None:
    """When somebody was last told what is prescribed outside."""
    return max((each.answer.at for each in stay.answers.get("prescribed.medicine", ())), default=None)


def _come_since(
    treatment: Treatment, order: Order, told: ReceptionFacts, answered_at: datetime | None
) -> frozenset[str]:
    """Stops that rest on what was ordered, taken or told after an order was signed: that was not in the prescriber's
    sight. What was signed with it, the last days of a planned switch, was.
    """
    if not OF_THE_ORDER & signed_over(order):
        return frozenset()
    together = {o.entry_id for o in treatment.orders if (o.course, o.at) == (order.course, order.at)}
    taken = {
        each.medicine
        for each in treatment.doses
        if each.outcome.counts and each.at > order.at and each.order not in together
    }
    outside = {name for at, name in taken_outside(told) if at > order.at}
    besides = {
        each.medicine
        for each in treatment.orders
        if each.at > order.at and (each.until is None or each.until >= each.since)
    }
    mine = order.medicine.active
    codes: set[str] = set()
    prescribed = answered_at is not None and answered_at > order.at
    if Ordered.NALTREXONE in taken | besides or Ordered.NALTREXONE.value in outside or prescribed:
        codes.add(StopCode.ON_NALTREXONE)
    if any(each.is_opioid and each.active is not mine for each in taken) or outside - {mine.value}:
        codes.add(StopCode.AFTER_OPIOID)
    if any(each.is_substitute and each.active is not mine for each in besides):
        codes |= {StopCode.TWO_SUBSTITUTES, StopCode.ON_NALTREXONE}
    return frozenset(codes)


def _missed(treatment: Treatment, order: Order, day: date) -> Missed:
    """The days missed before a dose; of a break that the prescriber signed this order over, those since then."""
    missed, signed = days_missed_before(treatment, order.medicine, day), min(order.since, day_of(order.at))
    if OF_A_BREAK & signed_over(order) and (missed.last_taken is None or missed.last_taken < signed):
        days = min(missed.days, (day - signed).days)
        return Missed(days, min(missed.not_known, days), missed.last_taken)
    return missed
