"""The arithmetic of a course: what rises, what falls, in which slots; exact in mg, and never below nought."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.courses import Pace, Pause
from pdtdesk.domain.regime.schedule import (
    DAY,
    LONGEST,
    NOUGHT,
    Doses,
    NotASchedule,
    Schedule,
    day_by_day,
    doses_of,
    slot_order,
)

WEEK = 7
_SMALLEST = Decimal("0.001")
_TOO_LONG = "This course goes on longer than anybody orders ahead: make the steps larger, or the interval shorter."
Days = list[tuple[date, Milligrams]]


def in_day_order(slots: Sequence[str]) -> tuple[str, ...]:
    """The slots as the day goes; raises `NotASchedule` for none, for a word that is no slot, and for one twice."""
    if not slots:
        raise NotASchedule("A dose needs a slot of the day: morning, noon, evening, night, or a time like 08:30.")
    doses_of((slot, NOUGHT) for slot in slots)
    return tuple(sorted(slots, key=slot_order))


def shared(daily: Milligrams, slots: Sequence[str]) -> Doses:
    """A day's dose in equal parts over its slots; raises `NotASchedule` where that comes out uneven."""
    in_order, part = in_day_order(slots), daily
    if len(in_order) > 1:
        part = Milligrams((daily.amount / len(in_order)).quantize(_SMALLEST))
    if part.amount * len(in_order) != daily.amount:
        raise NotASchedule(f"{daily} cannot be given in {len(in_order)} equal parts: write such a day by hand.")
    return tuple((slot, part) for slot in in_order)


def scheduled(days: Days, slots: Sequence[str], *, goes_on: bool, first_slot: str | None = None) -> Schedule:
    """Days with their whole doses as a schedule in slots; `first_slot` takes the whole of the first day's dose."""
    by_dose = {dose: shared(dose, slots) for dose in dict.fromkeys(dose for _, dose in days)}
    written = [(day, by_dose[dose]) for day, dose in days]
    if first_slot is not None:
        written[0] = (days[0][0], doses_of([(first_slot, days[0][1])]))
        if goes_on and len(days) == 1:
            written.append((days[0][0] + DAY, by_dose[days[0][1]]))
    return day_by_day(written, goes_on=goes_on)


def rising(
    first_day: date,
    start: Milligrams,
    rise: Milligrams,
    every_days: int,
    target: Milligrams,
    *,
    week_most: Milligrams | None = None,
) -> Days:
    """Each day from the first dose to the target. `week_most` is the most over the start within the first week."""
    _refuse_unless(start > NOUGHT, "A first dose is more than 0 mg.")
    _refuse_unless(rise > NOUGHT, "A rise is more than 0 mg: write by how many mg the dose rises.")
    _refuse_unless(1 <= every_days <= LONGEST.days, "A rise comes every so many days, 1 or more.")
    _refuse_unless(
        target >= start,
        f"The target, {target}, lies below the first dose, {start}: write a higher target, or choose a reduction.",
    )
    days: Days = []
    dose, stood = start, 0
    while dose < target:
        days.append((first_day + len(days) * DAY, dose))
        stood += 1
        if stood >= every_days:
            higher = min(dose.amount + rise.amount, target.amount)
            if week_most is not None and len(days) < WEEK:
                higher = min(higher, start.amount + week_most.amount)
            if higher > dose.amount:
                dose, stood = Milligrams(higher), 0
        _refuse_unless(len(days) <= LONGEST.days, _TOO_LONG)
    days.append((first_day + len(days) * DAY, dose))
    return days


def falling(
    from_dose: Milligrams,
    first_day: date,
    paces: Sequence[Pace],
    pauses: Sequence[Pause],
    stop_at: Milligrams,
    *,
    steady_from: date | None = None,
) -> Days:
    """Each day of a reduction, its last day the first at `stop_at`; the first of `paces` holds from the beginning.

    On the days of a pause the dose stays what it was and nothing is counted, so that a pause can only prolong.
    """
    _check_falling(from_dose, first_day, paces, pauses, stop_at, steady_from)
    begins = steady_from or first_day
    days: Days = [(begins + number * DAY, from_dose) for number in range((first_day - begins).days)]
    still = {pause.first_day + number * DAY for pause in pauses for number in range(pause.days)}
    dose, left, day = from_dose, 0, first_day
    pace_at = _pace_at(paces)
    while dose > stop_at:
        if day not in still:
            if left == 0:
                pace = pace_at(dose)
                dose, left = Milligrams(max(dose.amount - pace.step.amount, stop_at.amount)), pace.interval_days
            left -= 1
        days.append((day, dose))
        day += DAY
        _refuse_unless(len(days) <= LONGEST.days, _TOO_LONG)
    for pause in pauses:
        if pause.first_day >= day or pause.first_day + (pause.days - 1) * DAY < first_day:
            raise NotASchedule(
                f"The pause from {show_day(pause.first_day)} lies outside the reduction, which runs from "
                f"{show_day(first_day)} to {show_day(day - DAY)}: change its days, or leave it out."
            )
    return days


def _pace_at(paces: Sequence[Pace]) -> Callable[[Milligrams], Pace]:
    """The pace of a dose: that of the lowest dose at or above it; the first of them above all."""

    def pace_at(dose: Milligrams) -> Pace:
        reached = [pace for pace in paces[1:] if dose <= pace.from_dose]
        return min(reached, key=lambda pace: pace.from_dose, default=paces[0])

    return pace_at


def _check_falling(
    from_dose: Milligrams,
    first_day: date,
    paces: Sequence[Pace],
    pauses: Sequence[Pause],
    stop_at: Milligrams,
    steady_from: date | None,
) -> None:
    _refuse_unless(from_dose > NOUGHT, "A reduction begins from more than 0 mg: write the dose that is taken now.")
    _refuse_unless(
        stop_at < from_dose, f"A reduction from {from_dose} to {stop_at} goes nowhere: write a lower dose to stop at."
    )
    for pace in paces:
        _refuse_unless(pace.step > NOUGHT, "A step is more than 0 mg: write by how many mg the dose falls.")
        _refuse_unless(1 <= pace.interval_days <= LONGEST.days, "A step comes every so many days, 1 or more.")
    for pause in pauses:
        _refuse_unless(1 <= pause.days <= LONGEST.days, "A pause lasts 1 day or more.")
    if steady_from is not None and not timedelta(0) < first_day - steady_from <= LONGEST:
        raise NotASchedule(
            f"The dose stands from {show_day(steady_from)}, and the first lower one is on {show_day(first_day)}: "
            "put the day of the first lower dose after it."
        )


def _refuse_unless(holds: bool, sentence: str) -> None:
    if not holds:
        raise NotASchedule(sentence)
