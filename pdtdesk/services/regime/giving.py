"""The medicine round: who is due what, by place and time, and one dose as it stands before it is given."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from pdtdesk.domain.calendar import day_of, in_london
from pdtdesk.domain.names import display_name
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.fold import treatment_of
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.missed import Missed
from pdtdesk.domain.regime.rounds import has_begun
from pdtdesk.domain.regime.schedule import NOUGHT, slot_order
from pdtdesk.domain.regime.treatment import Begun, Dose, Order, Treatment
from pdtdesk.domain.roles import Permission
from pdtdesk.policy.findings import Finding
from pdtdesk.policy.regime.since_last import hours_since_witnessed
from pdtdesk.policy.regime.stops import (
    DoseFacts,
    Stop,
    StopCode,
    stops,
)
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import AuditLine, PersonRow
from pdtdesk.services.reception.people import present
from pdtdesk.services.refusals import Changed
from pdtdesk.services.regime.dose_facts import DoseDue, dose_facts
from pdtdesk.services.regime.standing import stay_of, told_of
from pdtdesk.services.regime.taking import witnessed_other

ASKED_AT_THE_DOSE = frozenset({StopCode.NOT_IDENTIFIED, StopCode.NOT_LOOKED, StopCode.ALREADY_WRITTEN})
"""What is asked at the dose itself, or stands in its row: no stop that the round shows before it."""


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One dose of a round. `state` is `due`, `written`, `handed out`, `stopped` or `conflict`; `stop` the first stop
    that would not be answered by looking and identifying, or of a written one that it was given more than once. `mg`
    is what is ordered, and once it has been handed out what was; `by_score` says that what is ordered is the most,
    and how much it is follows a score."""

    due: DoseDue
    surname: str
    forenames: str
    prison_number: str | None
    location: str | None
    medicine: Ordered
    mg: Milligrams
    supervised: bool
    state: str
    outcome: Outcome | None = None
    stop: str = ""
    by_score: bool = False

    @property
    def dose(self) -> str:
        """The medicine and how much of it: `methadone 30 mg`; by score, until it is handed out, the most."""
        most = "at most " if self.by_score and self.outcome is None and self.state != "handed out" else ""
        return f"{self.medicine.words} {most}{self.mg}"

    @property
    def name(self) -> str:
        """Who it is."""
        return display_name(self.surname, self.forenames)


@dataclass(frozen=True, slots=True)
class DoseNow:
    """One dose before it is given: who, what, what stops it, the hours since the last witnessed dose, and the record.

    `stops` are those that stand before anybody has looked or identified: these two are asked for on the page.
    """

    row: RoundRow
    person: PersonRecord
    stay: Stay
    treatment: Treatment
    order: Order
    facts: DoseFacts
    stops: tuple[Stop, ...]
    hours: Finding
    missed: Missed
    begun: Begun | None
    written: Dose | None


@action(Permission.GIVE_DOSES)
def medicine_round(
    acting: Acting, day: date, slot: str | None = None, *, opened: bool = False
) -> tuple[RoundRow, ...]:
    """Every dose of a day, or of one slot of it, by place; whoever is at court or here, each with how it stands.

    `opened`: somebody turns to the round; that is audited with how many people were shown.
    """
    rows: list[RoundRow] = []
    with acting.store.reading() as work:
        ordered = work.ordered_on(day)
        for patient_id in dict.fromkeys(row.patient_id for row in ordered):
            person = work.person(patient_id)
            shown = work.row(patient_id)
            if person is None or person.current is None or shown is None:
                continue
            rows += _rows_of(acting, person, shown, day, slot)
    if opened:
        with acting.store.work() as work:
            people = len({row.due.patient_id for row in rows})
            work.audit(AuditLine(acting.now(), acting.who, "opened the medicine round", detail=f"{people} people"))
    return tuple(sorted(rows, key=lambda row: (row.location or "~", row.name, slot_order(row.due.slot))))


@action(Permission.GIVE_DOSES)
def rows_of_person(acting: Acting, patient_id: str, day: date, slot: str | None = None) -> tuple[RoundRow, ...]:
    """One person's doses of a day or slot as they stand now: after each dose the list changes by these alone."""
    with acting.store.reading() as work:
        person, shown = work.person(patient_id), work.row(patient_id)
        if person is None or person.current is None or shown is None:
            return ()
        return tuple(_rows_of(acting, person, shown, day, slot))


@action(Permission.GIVE_DOSES)
def open_dose(acting: Acting, due: DoseDue) -> DoseNow:
    """Open one dose; who looked is audited."""
    with acting.store.work() as work:
        work.audit(AuditLine(acting.now(), acting.who, "opened a dose", due.patient_id))
        person = present(work, due.patient_id)
        shown = work.row(due.patient_id)
    return dose_now(person, shown, due, acting)


def dose_now(person: PersonRecord, shown: PersonRow | None, due: DoseDue, acting: Acting) -> DoseNow:
    """One dose as the record has it; raises `Changed` where its order does not hold on that day any more, or orders
    nothing then, and nothing is written of it either."""
    stay = stay_of(person)
    treatment = treatment_of(person)
    order = treatment.named_orders().get(due.order)
    begun = treatment.begun_at(due.course, order.medicine, due.day, due.slot) if order else None
    written = treatment.dose_at(due.course, due.day, due.slot)
    if order is None or order.course != due.course or not (_is_due(order, due) or begun or written):
        raise Changed("That order was changed or stopped meanwhile: the round shows what is ordered now.")
    now = acting.now()
    params = acting.policy.on(day_of(now))
    facts = dose_facts(person, stay, treatment, order, due, now)
    found = tuple(each for each in stops(facts, params) if each.code not in ASKED_AT_THE_DOSE)
    row = _row(person, shown, stay, treatment, order, due.day, due.slot, found)
    return DoseNow(
        row=row,
        person=person,
        stay=stay,
        treatment=treatment,
        order=order,
        facts=facts,
        stops=found,
        hours=hours_since_witnessed(
            facts.last_witnessed_at,
            now,
            params,
            other=witnessed_other(treatment, order.medicine, told_of(person, stay, now), now),
        ),
        missed=facts.missed,
        begun=begun,
        written=written or treatment.given_at(order.medicine, due.day, due.slot),
    )


def _is_due(order: Order, due: DoseDue) -> bool:
    return order.holds_on(due.day) and dict(order.schedule.on(due.day)).get(due.slot, NOUGHT) > NOUGHT


def in_sight(found: Iterable[Stop], due: DoseDue, now: datetime) -> tuple[Stop, ...]:
    """What stands against a dose on a list: what is asked at the dose is asked there, and one whose round is still to
    come is not stopped by what was given in the round of this hour."""
    left = ASKED_AT_THE_DOSE
    if not has_begun(due.slot, due.day, in_london(now)):
        left |= {StopCode.TWO_IN_A_ROUND}
    return tuple(each for each in found if each.code not in left)


def _rows_of(acting: Acting, person: PersonRecord, shown: PersonRow, day: date, slot: str | None) -> list[RoundRow]:
    stay = stay_of(person)
    treatment = treatment_of(person)
    now = acting.now()
    params = acting.policy.on(day_of(now))
    rows: list[RoundRow] = []
    orders = treatment.named_orders()
    for order in treatment.orders_on(day):
        for at, mg in order.schedule.on(day):
            if mg == NOUGHT or (slot is not None and at != slot):
                continue
            due = DoseDue(person.patient_id, order.entry_id, order.course, day, at)
            facts = dose_facts(person, stay, treatment, order, due, now)
            found = in_sight(stops(facts, params), due, now)
            rows.append(_row(person, shown, stay, treatment, order, day, at, found))
    before = {
        (each.medicine.place, each.day, each.slot): each for each in reversed(treatment.asking) if each.day < day
    }
    earlier = [
        _row(person, shown, stay, treatment, orders[each.order], each.day, each.slot, ())
        for each in reversed(before.values())
    ]
    return [*earlier, *rows, *_of_changed_orders(person, shown, stay, treatment, day, slot, rows)]


def _of_changed_orders(
    person: PersonRecord,
    shown: PersonRow,
    stay: Stay,
    treatment: Treatment,
    day: date,
    slot: str | None,
    rows: list[RoundRow],
) -> list[RoundRow]:
    """What was handed out or written on a day of an order that does not hold on it any more: it stays in sight."""
    orders = treatment.named_orders()
    courses = {(row.due.course, row.due.slot, row.medicine.active) for row in rows}
    medicines = {(row.medicine.active, row.due.slot) for row in rows}
    left = [each for each in treatment.begun if (each.course, each.slot, each.medicine.active) not in courses]
    asked = {(each.course, each.slot) for each in left}
    written = [
        each
        for each in treatment.doses
        if (each.medicine.active, each.slot) not in medicines and (each.course, each.slot) not in asked
    ]
    found: dict[tuple[str, str], RoundRow] = {}
    both: list[Begun | Dose] = [*left, *written]
    for each in both:
        if each.day == day and slot in (None, each.slot):
            row = _row(person, shown, stay, treatment, orders[each.order], day, each.slot, ())
            found.setdefault((each.course, each.slot), replace(row, mg=each.ordered_mg))
    return list(found.values())


def _as_given(dose: Dose) -> str:
    """What was handed over, and what came of it where that was not swallowed and kept."""
    came = "" if dose.outcome.counts else f" {dose.outcome.words}"
    return f"{dose.medicine.words} {dose.mg if dose.outcome.counts else dose.ordered_mg}{came}"


def _more_than_ordered(treatment: Treatment, dose: Dose) -> str:
    """What was taken on the day of a dose where orders that did not know of each other came to more than any of them
    gives, or to two substitutes: each may have been right in its slot, and nobody has looked at the day."""
    same = (each for each in treatment.doses if each.day == dose.day and each.medicine.stands_for(dose.medicine))
    swallowed = [each for each in same if each.mg > NOUGHT]
    if len({each.medicine.active for each in swallowed}) > 1:
        return f"on one day: {', '.join(f'{each.medicine.words} {each.mg}' for each in swallowed)}"
    orders = {each.order for each in swallowed}
    if len(orders) < 2:
        return ""
    named = treatment.named_orders()
    most = max(named[id_].schedule.daily_on(dose.day) for id_ in orders)
    taken = Milligrams(treatment.taken_on(dose.medicine, dose.day) or NOUGHT.amount)
    return f"{taken} taken this day, {most} ordered" if taken > most else ""


def _row(
    person: PersonRecord,
    shown: PersonRow | None,
    stay: Stay,
    treatment: Treatment,
    order: Order,
    day: date,
    slot: str,
    found: tuple[Stop, ...],
) -> RoundRow:
    dose = treatment.dose_at(order.course, day, slot) or treatment.given_at(order.medicine, day, slot)
    of_another = dose is not None and dose.medicine.active is not order.medicine.active
    stop = found[0].words if found and dose is None else ""
    if dose is not None and of_another:
        stop = f"{dose.medicine.words.capitalize()} is written down here already: {dose.outcome.words}."
    elif dose is not None:
        dose, *more = treatment.together(dose)
        given = [_as_given(each) for each in (dose, *more) if each.outcome.given]
        if len(given) > 1:
            stop = f"given {len(given)} times: {', '.join(given)}"
        else:
            stop = _more_than_ordered(treatment, dose)
    begun = treatment.begun_at(order.course, order.medicine, day, slot)
    handed = begun or (dose if not of_another else None)
    if treatment.accounts_of(order.medicine, day, slot) or order.entry_id in treatment.conflicting:
        state = "conflict"
    elif begun is not None:
        state = "handed out"
    elif dose is not None:
        state = "stopped" if of_another else "written"
    else:
        state = "stopped" if found else "due"
    return RoundRow(
        due=DoseDue(person.patient_id, order.entry_id, order.course, day, slot),
        surname=person.identity.surname,
        forenames=person.identity.forenames,
        prison_number=shown.prison_number if shown else person.identity.prison_number,
        location=stay.location,
        medicine=order.medicine,
        mg=handed.ordered_mg if handed else dict(order.schedule.on(day)).get(slot, NOUGHT),
        supervised=order.supervised,
        state=state,
        outcome=dose.outcome if dose and not of_another else None,
        stop=stop,
        by_score=bool(order.instructions),
    )
