"""The lists of treatment, folded from the journal: who waits for a regime or has one, what is ordered for whom."""

import json
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select

from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.regime.asking import asking_of
from pdtdesk.domain.regime.awaiting import awaits_regime
from pdtdesk.domain.regime.fold import treatment_of
from pdtdesk.domain.regime.treatment import Declared, Order, Treatment
from pdtdesk.services.ports import OrderedRow, TreatedRow
from pdtdesk.store.asking import as_text, asking_in
from pdtdesk.store.tables import ARRIVAL, ORDERED, PERSON, TREATED, day, instant

_HERE = ("here", "court")
_TREAT, _ORDER = insert(TREATED), insert(ORDERED)
_ORDERED_ON = (
    select(ORDERED, PERSON.c.location)
    .join(PERSON, PERSON.c.patient_id == ORDERED.c.patient_id)
    .where(
        ORDERED.c.first_day <= bindparam("day"),
        or_(ORDERED.c.last_day.is_(None), ORDERED.c.last_day >= bindparam("day")),
        PERSON.c.state.in_(_HERE),
    )
    .order_by(PERSON.c.location, PERSON.c.folded, ORDERED.c.entry_id)
)
_TREATED = (
    select(TREATED, PERSON, ARRIVAL.c.priority, ARRIVAL.c.reasons, ARRIVAL.c.arrived_at)
    .join(PERSON, PERSON.c.patient_id == TREATED.c.patient_id)
    .join(ARRIVAL, ARRIVAL.c.stay == TREATED.c.stay, isouter=True)
    .where(PERSON.c.state.in_(_HERE))
    .order_by(PERSON.c.folded, PERSON.c.number)
)


def write(connection: Connection, person: PersonRecord) -> None:
    """Write the rows of one person's current stay; what stood there before has been taken away."""
    stay = person.current
    if stay is None:
        return
    treatment = treatment_of(person)
    awaits = awaits_regime(stay, treatment)
    if treatment.regimes_now or awaits:
        asking = _asking(person, stay, treatment) if treatment.regimes_now else None
        connection.execute(_TREAT, {**_row(person.patient_id, stay.id, treatment, awaits=awaits), "asking": asking})
    known = {order.entry_id for order in treatment.orders}
    asked = [(order.entry_id, order.medicine, order.since, _last_day(order, treatment)) for order in treatment.orders]
    # Of an order that is not here what it left open is asked for under its own id, on every day until it is settled.
    asked += [(each.entry_id, each.medicine, each.day, None) for each in treatment.asking if each.order not in known]
    if asked:
        connection.execute(
            _ORDER,
            [
                {
                    "entry_id": id_,
                    "patient_id": person.patient_id,
                    "medicine": medicine.value,
                    "first_day": first.isoformat(),
                    "last_day": last,
                }
                for id_, medicine, first, last in asked
            ],
        )


def _asking(person: PersonRecord, stay: Stay, treatment: Treatment) -> str | None:
    """What asks for reviews; None where an answer stands in words that this version cannot read: nothing is lost by
    it but the reminder, and whoever opens the regime is told."""
    try:
        return as_text(asking_of(person, stay, treatment))
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _last_day(order: Order, treatment: Treatment) -> str | None:
    """The last day on which it is asked for: of one that was stopped, the day of its last dose still; none while a
    telephone order for it waits to be signed, nobody has written down what became of a cup of it, or two accounts of
    a dose of it stand."""
    waits = any(each.by_telephone and not each.signed and each.course == order.course for each in treatment.lifted)
    waits = waits or any(each.order == order.entry_id for each in treatment.asking)
    if order.until is None or waits:
        return None
    days = [order.until]
    days += [each.day for each in treatment.doses if each.order == order.entry_id]
    return max(days).isoformat()


def _row(patient_id: str, stay: str, treatment: Treatment, *, awaits: bool) -> dict[str, Any]:
    # What a correction left no day never stood; what was put in its place may begin before it.
    regimes = treatment.regimes_now
    stood = [each for each in regimes if each.until is None or each.until >= each.since]
    known = stood if awaits else stood or regimes
    latest = max(known, key=lambda each: (each.until is None, each.since), default=None)
    if latest is None:
        standing = "awaiting"
    elif treatment.conflicting or treatment.dose_conflicts:
        standing = "conflict"
    else:
        standing = "in force" if latest.until is None else "ended"
    review = latest.review_on if latest else None
    if latest and treatment.reviews and treatment.reviews[-1].at >= latest.at:
        review = treatment.reviews[-1].next_due
    return {
        "patient_id": patient_id,
        "stay": stay,
        "standing": standing,
        "declared": latest.declared.value if latest else None,
        "medicine": _medicine(latest, treatment) if latest else None,
        "since": latest.since.isoformat() if latest else None,
        "until": latest.until.isoformat() if latest and latest.until else None,
        "review_on": review.isoformat() if review else None,
    }


def _medicine(regime: Declared, treatment: Treatment) -> str | None:
    """The substitute that was ordered last in a regime; without an order the one it was declared with."""
    ordered = [
        each
        for each in treatment.orders
        if each.medicine.is_substitute
        and (each.until is None or each.until >= max(regime.since, each.since))
        and (regime.until is None or each.since <= regime.until)
    ]
    if ordered:
        return max(ordered, key=lambda each: each.since).medicine.value
    return regime.medicine.value if regime.medicine else None


def ordered_on(connection: Connection, on: date) -> tuple[OrderedRow, ...]:
    """Every order that holds on a day, of those who are here, by where they are."""
    return tuple(
        OrderedRow(row.entry_id, row.patient_id, row.medicine, row.location)
        for row in connection.execute(_ORDERED_ON, {"day": on.isoformat()})
    )


def everybody(connection: Connection) -> tuple[TreatedRow, ...]:
    """Everybody here who waits for a regime, has one, or had one in this stay, by name."""
    return tuple(
        TreatedRow(
            patient_id=row.patient_id,
            stay=row.stay,
            surname=row.surname,
            forenames=row.forenames,
            prison_number=row.prison_number,
            location=row.location,
            standing=row.standing,
            declared=row.declared,
            medicine=row.medicine,
            since=day(row.since),
            review_on=day(row.review_on),
            until=day(row.until),
            asking=asking_in(row.asking) if row.asking is not None else None,
            priority=row.priority or "",
            reasons=tuple(json.loads(row.reasons or "[]")),
            arrived_at=instant(row.arrived_at) if row.arrived_at else None,
        )
        for row in connection.execute(_TREATED).all()
    )
