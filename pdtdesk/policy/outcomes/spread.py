"""How long something took, for many: its middle and its ends; and how many reductions were of which length (R-16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TypeVar

from pdtdesk.domain.durations import counted
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.policy.outcomes.counting import Counted, as_shown, happened
from pdtdesk.policy.outcomes.hiding import Shown
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
    """The lengths of all reductions that have ended. Quartiles, median and longest in days; None where not told.

    `bars` are the counts by length: the words of each, and how many.
    """

    ended: Counted
    going_on: Counted
    lower: int | None
    median: int | None
    upper: int | None
    longest: int | None
    bars: tuple[tuple[str, Counted], ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """Lengths above one figure, up to another (None: and longer); how many reductions were of them, and whose."""

    above: int
    up_to: int | None
    count: int
    people: frozenset[int]

    @property
    def words(self) -> str:
        if self.up_to is None:
            return f"over {counted(self.above, 'day')}" if self.above else "any length"
        return (
            f"{self.above + 1} to {counted(self.up_to, 'day')}"
            if self.above
            else f"up to {counted(self.up_to, 'day')}"
        )

    def with_next(self, other: "_Span") -> "_Span":
        return _Span(self.above, other.up_to, self.count + other.count, self.people | other.people)

    def is_small(self, least: int) -> bool:
        return 0 < len(self.people) < least


def reduction_of(course: Course, params: ParametersOnDay) -> Reduction | None:
    """The reduction that a course shows; it goes on while its last dose is above nought and not long ago."""
    days = course.days_of(*_REDUCING)
    if not days:
        return None
    falling = course.phases[-1].shown in _REDUCING and bool(course.last_mg)
    recent = (params.day - course.ends).days <= params.days("shown_within").value
    return Reduction(days, falling and recent)


def lengths(people: Sequence[Sequence[Reduction]], params: ParametersOnDay, least: int = 0) -> Lengths:
    """What is shown of the lengths of reductions, of each person all of theirs.

    A group is small by its people, however many reductions they had. Where small groups are hidden, neighbours stand
    as one until none is small, and of the lengths themselves only the middle one is told: a quarter and the longest
    would say what few of them were.
    """
    of_each = [[each.days for each in theirs if not each.goes_on] for theirs in people]
    going_on = [sum(each.goes_on for each in theirs) for theirs in people]
    ended = [days for theirs in of_each for days in theirs]
    total = happened(len(ended), sum(map(bool, of_each)), least)
    spans = _by_length(of_each, params)
    told = bool(ended) and total.count is not None
    all_told = told and not least
    return Lengths(
        ended=total,
        going_on=happened(sum(going_on), sum(map(bool, going_on)), least),
        lower=at_share(ended, 25) if all_told else None,
        median=at_share(ended, 50) if told else None,
        upper=at_share(ended, 75) if all_told else None,
        longest=max(ended) if all_told else None,
        bars=tuple(
            (each.words, happened(each.count, len(each.people), least)) for each in _large_enough(spans, least)
        ),
    )


def _by_length(of_each: Sequence[Sequence[int]], params: ParametersOnDay) -> list[_Span]:
    """How many ended within which length; the lengths are those that guidance names (R-02, R-04 to R-06)."""
    edges = sorted(
        {
            params.days("detoxification_least").value,
            params.days("short_regime").value,
            params.days("shown_within").value,
            params.weeks("gradual_weeks").value * _DAYS_A_WEEK,
        }
    )
    bounds: list[tuple[int, int | None]] = [*pairwise((0, *edges)), (edges[-1], None)]
    return [_span(above, up_to, of_each) for above, up_to in bounds]


def _span(above: int, up_to: int | None, of_each: Sequence[Sequence[int]]) -> _Span:
    within = [sum(above < days and (up_to is None or days <= up_to) for days in theirs) for theirs in of_each]
    return _Span(above, up_to, sum(within), frozenset(at for at, count in enumerate(within) if count))


def _large_enough(spans: Sequence[_Span], least: int) -> list[_Span]:
    """Neighbours joined until each is of nobody or of enough; all of them where there are too few in all."""
    kept: list[_Span] = []
    for span in spans:
        joins = bool(kept) and kept[-1].is_small(least)
        kept = [*kept[:-1], kept[-1].with_next(span)] if joins else [*kept, span]
    while len(kept) > 1 and kept[-1].is_small(least):
        kept = [*kept[:-2], kept[-2].with_next(kept[-1])]
    return kept


@dataclass(frozen=True, slots=True)
class Waited:
    """One clock of many people: how many it has ended for, how many still wait; the middle and the longest wait.

    None for a wait that is not told.
    """

    ended: Counted
    waiting: Counted
    median: timedelta | None
    longest: timedelta | None


def waited(ended: Sequence[timedelta], waiting: int, here: int, least: int = 0) -> Waited:
    """A clock as it is shown. `here` are all people, of whom everybody knows the number.

    Of fewer than `least` no wait is told; the longest, which is one person's, to nobody from whom groups are hidden.
    Where those who reached it, who wait, or whom it does not concern are few, both halves are hidden: each would be
    the other, taken from a number that is known. `wide` enough are as many as leave every number from 1 to below
    `least` open; where they are fewer it is not even said which half is the small one.
    """
    reached = len(ended)
    apart = here - reached - waiting
    hidden = any(0 < each < least for each in (reached, waiting, apart))
    fewest = here - least + 1 if 0 < apart < least else reached + waiting
    wide = fewest >= 2 * least
    told = reached >= max(least, 1) and (wide or not hidden)

    def half(count: int) -> Counted:
        if not hidden:
            return Counted(count)
        return as_shown(count, Shown.FEW if wide and 0 < count < least else Shown.KEPT_BACK)

    return Waited(
        half(reached),
        half(waiting),
        at_share(ended, 50) if told else None,
        max(ended) if told and not least else None,
    )
