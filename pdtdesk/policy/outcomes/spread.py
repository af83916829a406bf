"""How long something took, for many: its middle and its ends; and how many reductions were of which length (R-16)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.policy.outcomes.counting import Counted, alone, parts
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.regime.shown import Course

_T = TypeVar("_T", int, timedelta)
_REDUCING = (RegimeClass.DETOXIFICATION, RegimeClass.GRADUAL_REDUCTION)
_DAYS_A_WEEK = 7


def at_share(lengths: Sequence[_T], hundredths: int) -> _T:
    """The length that so many in a hundred do not exceed: one that was measured, of two in the middle the lower."""
    ordered = sorted(lengths)
    return ordered[max(-(-len(ordered) * hundredths // 100), 1) - 1]


@dataclass(frozen=True, slots=True)
class Reduction:
    """One reduction that doses show: how many days, and whether it goes on still."""

    days: int
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Lengths:
    """The lengths of all reductions that have ended. Quartiles, median and longest in days; None for too few.

    `bars` are the counts by length: the words of each, and how many.
    """

    ended: Counted
    going_on: Counted
    lower: int | None
    median: int | None
    upper: int | None
    longest: int | None
    bars: tuple[tuple[str, Counted], ...]


def reduction_of(course: Course, params: ParametersOnDay) -> Reduction | None:
    """The reduction that a course shows; it goes on while its last dose is above nought and not long ago."""
    days = course.days_of(*_REDUCING)
    if not days:
        return None
    falling = course.phases[-1].shown in _REDUCING and bool(course.last_mg)
    recent = (params.day - course.ends).days <= params.days("shown_within").value
    return Reduction(days, falling and recent)


def lengths(reductions: Sequence[Reduction], params: ParametersOnDay, least: int = 0) -> Lengths:
    """What is shown of the lengths of reductions; fewer than `least` of them give no length away."""
    ended = [each.days for each in reductions if not each.goes_on]
    by_length, total = parts(_by_length(ended, params), least)
    told = bool(ended) and total.count is not None
    return Lengths(
        ended=total,
        going_on=alone(len(reductions) - len(ended), least),
        lower=at_share(ended, 25) if told else None,
        median=at_share(ended, 50) if told else None,
        upper=at_share(ended, 75) if told else None,
        longest=max(ended) if told else None,
        bars=tuple(by_length.items()),
    )


def _by_length(ended: Sequence[int], params: ParametersOnDay) -> Mapping[str, int]:
    """How many ended within which length; the lengths are those that guidance names (R-02, R-04 to R-06)."""
    edges = sorted(
        {
            params.days("detoxification_least").value,
            params.days("short_regime").value,
            params.days("shown_within").value,
            params.weeks("gradual_weeks").value * _DAYS_A_WEEK,
        }
    )
    found, above = {}, 0
    for edge in edges:
        words = f"{above + 1} to {edge} days" if above else f"up to {edge} days"
        found[words] = sum(above < days <= edge for days in ended)
        above = edge
    return {**found, f"over {above} days": sum(days > above for days in ended)}


@dataclass(frozen=True, slots=True)
class Waited:
    """One clock of many people: how many it has ended for, how many still wait; the middle and the longest wait."""

    ended: Counted
    waiting: Counted
    median: timedelta | None
    longest: timedelta | None


def waited(ended: Sequence[timedelta], waiting: int, least: int = 0) -> Waited:
    """A clock as it is shown; of fewer than `least` no wait is told."""
    reached = alone(len(ended), least)
    told = bool(ended) and reached.count is not None
    return Waited(
        reached,
        alone(waiting, least),
        at_share(ended, 50) if told else None,
        max(ended) if told else None,
    )
