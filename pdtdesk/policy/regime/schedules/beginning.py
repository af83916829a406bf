"""What begins: the first dose and the rises after it, held against the range (D-01, D-02, D-03, D-05, D-08)."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.durations import counted
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.courses import ForWhom
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import DAY, Schedule
from pdtdesk.policy.findings import Finding, Source, Tier
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.schedules.days import WEEK
from pdtdesk.policy.regime.standing import rg

RANGED = (Ordered.METHADONE, Ordered.BUPRENORPHINE)
"""The medicines, by their active name, whose first days and rises are parameters."""


def beginning(
    schedule: Schedule,
    medicine: Ordered,
    whom: ForWhom,
    params: ParametersOnDay,
    *,
    already_on: Milligrams | None = None,
    after_break: bool = False,
) -> list[Finding]:
    """All that is said of the first days of a schedule of methadone or buprenorphine; nothing of others."""
    if medicine.active not in RANGED:
        return []
    found = []
    if already_on is None:
        found += _first_dose(schedule, medicine, params)
        found += [steady(schedule.first_day, params)]
        if medicine.active is Ordered.METHADONE:
            found += _methadone(schedule, whom, params, after_break=after_break)
    return [*found, *_rises(schedule, medicine, params, already_on)]


def steady(first_day: date, params: ParametersOnDay) -> Finding:
    """Until when somebody is stabilised: counted from the first dose (R-01, S-05)."""
    least = params.days("stabilisation_least")
    said = (
        f"Stabilisation is counted from the first dose, on {show_day(first_day)}: at least "
        f"{counted(least.value, 'day')}, so no reduction before {show_day(first_day + least.value * DAY)}."
    )
    return rg(Code.SCHEDULE_STEADY, Tier.NOTE, said, [least, params.rule("review_days")])


def rise_below(medicine: Ordered, rise: Milligrams | None, params: ParametersOnDay) -> list[Finding]:
    """Where a rise was entered that is smaller than the range has it."""
    least = params.milligrams(f"{medicine.active}_rise_least")
    if rise is None or rise >= least.value:
        return []
    return [_below(f"A rise of {medicine.words} by {rise}", [least], least.value)]


def _first_dose(schedule: Schedule, medicine: Ordered, params: ParametersOnDay) -> list[Finding]:
    first = schedule.daily_on(schedule.first_day)
    least = params.milligrams(f"{medicine.active}_first_day_least")
    if first < least.value:
        return [_below(f"{first} of {medicine.words} on the first day", [least], least.value)]
    most = params.milligrams(f"{medicine.active}_first_day_most")
    if medicine.active is Ordered.METHADONE or first <= most.value:
        return []
    return [_above(f"{first} of {medicine.words} on the first day", [most], f"{most.value}, the most of a first day")]


def _methadone(schedule: Schedule, whom: ForWhom, params: ParametersOnDay, *, after_break: bool) -> list[Finding]:
    """The limits of a first day of methadone, and the most over it in week one."""
    first = schedule.daily_on(schedule.first_day)
    said = f"{first} of methadone on the first day"
    most, high = params.milligrams("methadone_first_day_most"), params.milligrams("methadone_high_tolerance_most")
    found = []
    if first > high.value:
        found.append(_above(said, [most, high], f"{high.value}, the most even with high tolerance"))
    elif first > most.value and whom.high_tolerance:
        words = f"{said} rests on high tolerance: without it the most is {most.value}."
        found.append(rg(Code.SCHEDULE_HIGH_TOLERANCE, Tier.MUST_ACKNOWLEDGE, words, [most, high]))
    elif first > most.value:
        found.append(_above(said, [most, high], f"{most.value}; to {high.value} only with high tolerance"))
    sedatives = params.milligrams("methadone_sedatives_most")
    if first > sedatives.value and whom.alcohol_or_sedatives is not False:
        there = "There are" if whom.alcohol_or_sedatives else "Nobody has said whether there are"
        words = (
            f"{there} alcohol or sedatives on board: with them the most to start is {sedatives.value}, not {first}."
        )
        tier = Tier.MUST_ACKNOWLEDGE if whom.alcohol_or_sedatives else Tier.NOTE
        found.append(rg(Code.SCHEDULE_SEDATIVES, tier, words, [sedatives]))
    restart = params.milligrams("methadone_restart_most")
    if after_break and first > restart.value:
        words = f"Begun again after a break: {first} is above {restart.value}, the most to restart at."
        found.append(rg(Code.SCHEDULE_AFTER_BREAK, Tier.MUST_ACKNOWLEDGE, words, [restart]))
    return [*found, *week_one(schedule, schedule.first_day, first, params)]


def week_one(schedule: Schedule, began: date, first: Milligrams, params: ParametersOnDay) -> list[Finding]:
    """The most of methadone over the first dose within the week that begins with it (D-03).

    `began` and `first` are the day and the mg of the first dose, of this schedule or of the one that it goes on from.
    """
    last = began + (WEEK - 1) * DAY
    if schedule.first_day > last:
        return []
    over = params.milligrams("methadone_week_rise_most")
    peak = max(dose for _, dose in schedule.days(last))
    if peak.amount <= first.amount + over.value.amount:
        return []
    words = f"{peak} within the first week is more than {over.value} over the first dose, {first}."
    return [rg(Code.SCHEDULE_WEEK_ONE, Tier.MUST_ACKNOWLEDGE, words, [over])]


def _rises(
    schedule: Schedule, medicine: Ordered, params: ParametersOnDay, already_on: Milligrams | None
) -> list[Finding]:
    """The largest rise from one day to the next, where it is above the range."""
    most = params.milligrams(f"{medicine.active}_rise_most")
    levels = [(stretch.first_day, stretch.daily) for stretch in schedule.stretches]
    if already_on is not None:
        levels.insert(0, (schedule.first_day, already_on))
    rises = [
        (after.amount - before.amount, day)
        for (_, before), (day, after) in pairwise(levels)
        if after.amount - before.amount > most.value.amount
    ]
    if not rises:
        return []
    rise, day = max(rises, key=lambda each: each[0])
    said = f"A rise of {medicine.words} by {Milligrams(rise)} on {show_day(day)}"
    return [_above(said, [most], f"{most.value}, the most of a rise")]


def _above(what: str, sources: Sequence[Source], bound: str) -> Finding:
    return rg(Code.SCHEDULE_ABOVE, Tier.MUST_ACKNOWLEDGE, f"{what} is above {bound}.{_cited(sources)}", sources)


def _below(what: str, sources: Sequence[Source], least: Milligrams) -> Finding:
    said = f"{what} is below {least}, the least of the range.{_cited(sources)}"
    return rg(Code.SCHEDULE_BELOW, Tier.MUST_ACKNOWLEDGE, said, sources)


def _cited(sources: Sequence[Source]) -> str:
    return f" ({sources[0].reference})"
