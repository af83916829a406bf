"""Days on which nothing was taken: counted across month ends, orders, regimes and desks.

A day without a row is not known, and never missed: it is counted apart, and stops the next dose until somebody has
looked at it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import DAY, NOUGHT
from pdtdesk.domain.regime.treatment import Order, Treatment


@dataclass(frozen=True, slots=True)
class Missed:
    """The days before one day since something was last taken: how many, and of how many of them nobody knows.

    `last_taken` is None where nothing has been taken yet in the treatment that goes on.
    """

    days: int
    not_known: int
    last_taken: date | None


def first_ordered(treatment: Treatment, medicine: Ordered) -> date | None:
    """The first day on which a medicine was ordered in the treatment that goes on, of whichever stay; or on which
    something was written of a dose, where its order was taken back as a mistake."""
    days = [each.since for each in _orders_of(treatment, medicine)]
    days += [each.day for each in treatment.doses_of(medicine) if each.day >= treatment.began]
    return min(days, default=None)


def _orders_of(treatment: Treatment, medicine: Ordered) -> list[Order]:
    return [
        each for each in treatment.orders if each.medicine.active is medicine.active and each.since >= treatment.began
    ]


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


@dataclass(frozen=True, slots=True)
class CourseTaken:
    """The days on which a medicine was ordered, each order as (first, last or None), and the stretches of days on
    which some of it was taken, in order, each as (first, last)."""

    ordered: tuple[tuple[date, date | None], ...]
    taken: tuple[tuple[date, date], ...]

    def runs(self, until: date) -> tuple[tuple[date, int], ...]:
        """Each run of days not taken or not known, up to a day or to the last one on which it was ordered: (its last
        day, how many). After a course has ended nothing is missed."""
        ends = max(
            (until if last is None else min(last, until) for first, last in self.ordered if first <= until),
            default=None,
        )
        if ends is None:
            return ()
        runs, begins = [], min(first for first, _ in self.ordered)
        for first, last in (*self.taken, (ends + DAY, ends)):
            before = min(first, ends + DAY)
            if (missed := (before - begins).days) > 0:
                runs.append((before - DAY, missed))
            begins = max(begins, last + DAY)
        return tuple(runs)


def days_not_known(treatment: Treatment, first: date, last: date) -> int:
    """Of some days, on how many an opioid substitute was ordered and nothing is written of it."""
    written = {each.day for each in treatment.doses if each.medicine.is_substitute}
    ordered = {each.medicine.active for each in treatment.orders if each.medicine.is_substitute}
    days = (first + n * DAY for n in range((last - first).days + 1))
    return sum(day not in written and any(_due(treatment, each, day) for each in ordered) for day in days)


def runs_not_taken(treatment: Treatment, medicine: Ordered, until: date) -> tuple[tuple[date, int], ...]:
    """Each run of days on which nothing of a medicine was taken, or nobody knows, up to a day."""
    return course_taken(treatment, medicine).runs(until)


def courses_taken(treatment: Treatment) -> tuple[CourseTaken, ...]:
    """Every opioid substitute of the treatment that goes on, as it was ordered and taken."""
    orders = (each for each in treatment.orders if each.since >= treatment.began)
    ordered = (each.medicine for each in orders if each.medicine.is_substitute)
    return tuple(course_taken(treatment, each) for each in dict.fromkeys(each.active for each in ordered))


def nothing_ordered_since(courses: tuple[CourseTaken, ...], day: date) -> date | None:
    """The first day for which no substitute is ordered any more, of somebody who had one; None while one is, or is to
    be."""
    lasts = [last for each in courses for _, last in each.ordered]
    ended = [last for last in lasts if last is not None and last < day]
    return max(ended) + DAY if lasts and len(ended) == len(lasts) else None


def course_taken(treatment: Treatment, medicine: Ordered) -> CourseTaken:
    """A medicine as it was ordered and taken in the treatment that goes on."""
    ordered = []
    for each in _orders_of(treatment, medicine):
        free = each.schedule.free_from()
        last = [day for day in (each.until, free - DAY if free is not None else None) if day is not None]
        ordered.append((each.since, min(last, default=None)))
    taken: list[tuple[date, date]] = []
    for day in sorted({each.day for each in treatment.doses_of(medicine) if each.outcome.counts}):
        if taken and taken[-1][1] + DAY == day:
            taken[-1] = (taken[-1][0], day)
        else:
            taken.append((day, day))
    return CourseTaken(tuple(ordered), tuple(taken))


@dataclass(frozen=True, slots=True)
class StepNotTaken:
    """A dose of a rising course follows a step that nobody has taken: which `step` it was, and the most `reached` on
    a day since, 0 mg where nothing was taken."""

    step: Milligrams
    reached: Milligrams


def step_not_taken(
    treatment: Treatment, order: Order, day: date, elsewhere: Mapping[date, Milligrams]
) -> StepNotTaken | None:
    """The step below a day's dose where it was not taken: a dose does not rise over days on which nothing was.

    Steps are what was ordered of the medicine, by whichever order, since its dose last fell, from the day on which
    this order was signed: what had happened before was in the prescriber's sight. `elsewhere` is what was witnessed
    outside, in mg by day. None for a dose that does not rise, and where the step was reached.
    """
    today, signed = order.schedule.daily_on(day), day_of(order.at)
    above, since = today, day
    step = NOUGHT
    for first, last, daily in reversed(_ordered_before(treatment, order.medicine, day)):
        if daily == NOUGHT:
            continue
        if daily > above or last < signed:
            break
        above, since = daily, max(first, signed)
        step = max(step, daily if daily < today else NOUGHT)
    if step == NOUGHT:
        return None
    days = {each.day for each in treatment.doses_of(order.medicine)} | elsewhere.keys()
    reached = NOUGHT.amount
    for each in sorted((each for each in days if since <= each < day), reverse=True):
        here, there = treatment.borne_on(order.medicine, each), elsewhere.get(each, NOUGHT)
        reached = max(reached, here or NOUGHT.amount, there.amount)
        if reached >= step.amount:
            return None
    return StepNotTaken(step, Milligrams(reached))


def _ordered_before(treatment: Treatment, medicine: Ordered, day: date) -> list[tuple[date, date, Milligrams]]:
    """What was ordered of a medicine before a day: (first, last, mg a day), oldest first."""
    found = []
    for order in _orders_of(treatment, medicine):
        until = min(order.until or day - DAY, day - DAY)
        for each in order.schedule.stretches:
            last = min(each.last_day or until, until)
            if each.first_day <= last:
                found.append((each.first_day, last, each.daily))
    return sorted(found, key=lambda each: each[0])


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
