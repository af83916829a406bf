"""What a record of doses shows, whatever was declared: the courses, their phases, and the class of each (R-16).

The lengths by which a fall counts as detoxification or gradual reduction, and a dose as maintained, are the product's
own working definitions: guidance speaks around them (R-04 to R-06).

How long a dose has stood is counted in days on which it was taken: a day not taken, or of which nothing is known,
lies in a phase and never lengthens what a class is decided by.

The first day at nought is the last step of a reduction, and of its course. Further days at nought lie in no course:
nothing is given, so nothing is maintained.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate, groupby

from pdtdesk.domain.regime.doses import DoseRow, by_day
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.policy.parameters import ParametersOnDay

_DAY = timedelta(days=1)
_Days = Mapping[date, Decimal | None]


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of a course, from its first day to its last."""

    shown: RegimeClass
    begins: date
    ends: date

    @property
    def days(self) -> int:
        """How many days it is."""
        return (self.ends - self.begins).days + 1


@dataclass(frozen=True, slots=True)
class Course:
    """One course of one medicine, buprenorphine with and without naloxone counted as one.

    Nothing is shown (None) where no dose of it above nought was ever taken.
    """

    medicine: str
    begins: date
    ends: date
    shown: RegimeClass | None
    first_mg: Decimal | None
    highest_mg: Decimal | None
    last_mg: Decimal | None
    nineteen_days_or_less: bool
    longest_not_taken: int
    days_not_known: int
    phases: tuple[Phase, ...]

    def days_of(self, *classes: RegimeClass) -> int:
        """The days of all phases of some classes."""
        return sum(phase.days for phase in self.phases if phase.shown in classes)


def courses(rows: Iterable[DoseRow], params: ParametersOnDay) -> tuple[Course, ...]:
    """The courses that doses show, by medicine and then by day.

    A course ends on the day on which it comes to nought, or when nothing is known of it for longer than the working
    length. Doses of more than nought that were ordered after it and not taken begin another. Buprenorphine counts
    alike with and without naloxone: a change between them is one course, named by the medicine under which days are
    counted.
    """
    long, short = params.days("shown_within").value, params.days("short_regime").value
    by_active: dict[str, list[DoseRow]] = defaultdict(list)
    for row in rows:
        by_active[_active(row)].append(row)
    found = []
    for active, own in sorted(by_active.items()):
        days = by_day(replace(row, medicine=active) for row in own)[active]
        parts = list(_parts(days, {row.day for row in own if row.mg}, long)) or [days]
        found += [_course(_named(own, part, active), part, long, short) for part in parts]
    return tuple(found)


def _active(row: DoseRow) -> str:
    return Ordered(row.medicine).active.value


def _named(rows: list[DoseRow], part: _Days, active: str) -> str:
    """The medicine as its rows name it, or, where they name two, the one under which days are counted."""
    names = {row.medicine for row in rows if row.day in part}
    return names.pop() if len(names) == 1 else active


def _parts(days: _Days, ordered: Set[date], long: int) -> Iterator[_Days]:
    """The days of each course; on those `ordered` there was a dose of more than nought to take, and one of nought
    taken beside it brings nothing to nought."""
    part: dict[date, Decimal | None] = {}
    for day, taken in days.items():
        if part and (day - next(reversed(part))).days - 1 > long:
            yield part
            part = {}
        if part or day in ordered:
            part[day] = (taken or None) if day in ordered else taken
        if part and part[day] == 0:
            yield part
            part = {}
    if part:
        yield part


def _course(medicine: str, days: _Days, long: int, short: int) -> Course:
    begins, ends = next(iter(days)), next(reversed(tuple(days)))
    calendar = [begins + n * _DAY for n in range((ends - begins).days + 1)]
    taken = [mg for mg in days.values() if mg is not None]
    stood = _Stood(calendar, days)
    phases = tuple(_phases(calendar, _levels(calendar, days), stood, long)) if any(taken) else ()
    missed = [[*run] for none, run in groupby(calendar, key=lambda day: day in days and days[day] is None) if none]
    return Course(
        medicine=medicine,
        begins=begins,
        ends=ends,
        shown=_as_a_whole(phases, stood),
        first_mg=taken[0] if taken else None,
        highest_mg=max(taken, default=None),
        last_mg=taken[-1] if taken else None,
        nineteen_days_or_less=len(calendar) <= short,
        longest_not_taken=max(map(len, missed), default=0),
        days_not_known=len(calendar) - len(days),
        phases=phases,
    )


class _Stood:
    """How many days of a stretch a dose was taken on, which is how long it stood for sure."""

    def __init__(self, calendar: list[date], days: _Days) -> None:
        self._begins = calendar[0]
        self._before = [0, *accumulate(days.get(day) is not None for day in calendar)]

    def between(self, at: int, end: int) -> int:
        """The days taken from one place of the calendar to another, both counted."""
        return self._before[end + 1] - self._before[at]

    def of(self, phase: Phase) -> int:
        """The days taken in a phase."""
        return self.between((phase.begins - self._begins).days, (phase.ends - self._begins).days)


def _levels(calendar: list[date], days: _Days) -> list[Decimal]:
    """The dose that stood on each day: one not taken, or of which nothing is known, leaves it where it was."""
    level = next(mg for mg in days.values() if mg is not None)
    levels = []
    for day in calendar:
        mg = days.get(day)
        level = level if mg is None else mg
        levels.append(level)
    return levels


def _phases(calendar: list[date], levels: list[Decimal], stood: _Stood, long: int) -> Iterator[Phase]:
    """Stabilisation until the first fall; a dose that has not fallen for longer than the working length is
    maintained; a fall with its pauses is one reduction, short or gradual by its own length."""
    last = len(levels) - 1
    at = 0
    while at <= last:
        fall = next((n for n in range(at + 1, last + 1) if levels[n] < levels[n - 1]), last + 1)
        yield from _standing(calendar, at, fall - 1, stood, long, reduced=at > 0)
        at = fall
        if at <= last:
            fell, end = _end_of_fall(levels, at, stood, long)
            length = fell - at + 1 + stood.between(fell + 1, end)  # between two falls every day has passed for sure
            shown = RegimeClass.DETOXIFICATION if length <= long else RegimeClass.GRADUAL_REDUCTION
            yield Phase(shown, calendar[at], calendar[end])
            at = end + 1


def _standing(calendar: list[date], at: int, end: int, stood: _Stood, long: int, *, reduced: bool) -> Iterator[Phase]:
    """Days without a fall: what has stood longer is maintained, after a fall from its first day on."""
    maintained = next((n for n in range(at, end + 1) if stood.between(at, n) > long), end + 1)
    if reduced and maintained <= end:
        maintained = at
    if at < maintained:
        yield Phase(RegimeClass.STABILISATION, calendar[at], calendar[maintained - 1])
    if maintained <= end:
        yield Phase(RegimeClass.MAINTENANCE, calendar[maintained], calendar[end])


def _end_of_fall(levels: list[Decimal], at: int, stood: _Stood, long: int) -> tuple[int, int]:
    """The last day on which a fall that begins at a day fell, and its end: it goes on over a pause, until the dose
    rises or stands longer."""
    last_fall = at
    for n in range(at + 1, len(levels)):
        if levels[n] > levels[n - 1]:
            return last_fall, n - 1
        if levels[n] < levels[n - 1]:
            last_fall = n
        elif stood.between(last_fall + 1, n) > long:
            return last_fall, last_fall
    return last_fall, len(levels) - 1


def _as_a_whole(phases: tuple[Phase, ...], stood: _Stood) -> RegimeClass | None:
    """The class of most days taken, the later one where two are alike; stabilisation where there is nothing else."""
    if not phases:
        return None
    classes = [phase.shown for phase in phases if phase.shown is not RegimeClass.STABILISATION]
    days = {each: sum(stood.of(phase) for phase in phases if phase.shown is each) for each in reversed(classes)}
    return max(days, key=lambda each: days[each]) if days else RegimeClass.STABILISATION
