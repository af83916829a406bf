"""Days on which nothing was taken: counted across month ends, orders, regimes and desks.

A day without a row is not known, and never missed: it is counted apart, and stops the next dose until somebody has
looked at it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import DAY, NOUGHT
from pdtdesk.domain.regime.treatment import Treatment


@dataclass(frozen=True, slots=True)
class Missed:
    """The days before one day since something was last taken: how many, and of how many of them nobody knows.

    `last_taken` is None where nothing has been taken yet in this stay.
    """

    days: int
    not_known: int
    last_taken: date | None


def first_ordered(treatment: Treatment, medicine: Ordered) -> date | None:
    """The first day on which a medicine was ordered in this stay."""
    days = [each.since for each in treatment.orders if each.medicine.active is medicine.active]
    return min(days, default=None)


def days_missed_before(treatment: Treatment, medicine: Ordered, day: date) -> Missed:
    """Consecutive days before a day on which nothing of a medicine was taken, back to its first order."""
    begins = first_ordered(treatment, medicine)
    if begins is None:
        return Missed(0, 0, None)
    states = _states(treatment, medicine, begins, day - DAY)
    count = not_known = 0
    for each, state in reversed(states):
        if state == "taken":
            return Missed(count, not_known, each)
        count += 1
        not_known += state == "not known"
    return Missed(count, not_known, None)


def runs_not_taken(treatment: Treatment, medicine: Ordered, until: date) -> tuple[tuple[date, int], ...]:
    """Each run of days not taken or not known, up to a day or to the last one on which it was ordered: (its last day,
    how many)."""
    begins, ends = first_ordered(treatment, medicine), _last_ordered(treatment, medicine, until)
    if begins is None or ends is None:
        return ()
    return tuple(_runs(_states(treatment, medicine, begins, ends)))


def _last_ordered(treatment: Treatment, medicine: Ordered, until: date) -> date | None:
    """The last day, up to another, on which a dose was ordered: after a course has ended nothing is missed."""
    days = []
    for each in treatment.orders:
        if each.medicine.active is medicine.active and each.since <= until:
            free = each.schedule.free_from()
            last = [day for day in (each.until, free - DAY if free is not None else None) if day is not None]
            days.append(min([*last, until]))
    return max(days, default=None)


def _runs(states: list[tuple[date, str]]) -> Iterator[tuple[date, int]]:
    for taken, group in groupby(states, key=lambda each: each[1] == "taken"):
        days = list(group)
        if not taken:
            yield days[-1][0], len(days)


def _states(treatment: Treatment, medicine: Ordered, first: date, last: date) -> list[tuple[date, str]]:
    """Each day as `taken`, `not taken` or `not known`."""
    rows: dict[date, bool] = {}
    for dose in treatment.doses_of(medicine):
        rows[dose.day] = rows.get(dose.day, False) or dose.outcome.counts
    states = []
    day = first
    while day <= last:
        if day in rows:
            states.append((day, "taken" if rows[day] else "not taken"))
        else:
            states.append((day, "not known" if _due(treatment, medicine, day) else "not taken"))
        day += DAY
    return states


def _due(treatment: Treatment, medicine: Ordered, day: date) -> bool:
    """Whether something was ordered for a day: without an order nothing could be taken, and that is known."""
    return any(
        each.medicine.active is medicine.active and each.holds_on(day) and each.schedule.daily_on(day) > NOUGHT
        for each in treatment.orders
    )
