"""What is ordered day by day: stretches of days on which the same is given, in slots, in milligrams."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.quantities import Milligrams, QuantityRefused

DAY = timedelta(days=1)
NOUGHT = Milligrams(Decimal(0))
SLOTS = ("morning", "noon", "evening", "night")
"""The slots of a day, in their order; a slot may also be a time, `08:30`."""
LONGEST = timedelta(days=366 * 3)
"""A schedule written further ahead than this is a slip of the pen (plausibility, no clinical figure)."""
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)

Doses = tuple[tuple[str, Milligrams], ...]
"""What is given on one day: (slot, mg), in the order of the day."""


class NotASchedule(ValueError):
    """Days or doses that make no schedule; the message is a sentence that says what, where and what to do."""


def is_slot(word: str) -> bool:
    """Whether a word names a slot: one of the four, or a time."""
    return word in SLOTS or _TIME.fullmatch(word) is not None


def slot_order(slot: str) -> tuple[str, str]:
    """The place of a slot in the day: the named ones by their usual hour, times by themselves."""
    usual = {"morning": "08:00", "noon": "12:00", "evening": "17:00", "night": "21:30"}
    return usual.get(slot, slot), slot


def doses_of(by_slot: Iterable[tuple[str, Milligrams]]) -> Doses:
    """Doses of a day in its order; raises `NotASchedule` for a word that is no slot, or one given twice."""
    doses = tuple(sorted(by_slot, key=lambda each: slot_order(each[0])))
    for slot, _ in doses:
        if not is_slot(slot):
            raise NotASchedule(f"“{slot}” is no slot: write morning, noon, evening, night, or a time like 08:30.")
    if len({slot for slot, _ in doses}) < len(doses):
        raise NotASchedule("One slot stands twice on a day: give each its own dose.")
    return doses


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which the same is given: from the first to the last, both counted; open where it goes on until changed.

    `doses` may be empty or of 0 mg: a pause, or the last step of a reduction.
    """

    first_day: date
    last_day: date | None
    doses: Doses

    @property
    def daily(self) -> Milligrams:
        """All that is given on one of its days."""
        return Milligrams(sum((mg.amount for _, mg in self.doses), Decimal(0)))

    def covers(self, day: date) -> bool:
        """Whether a day is one of its days."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Schedule:
    """An ordered course of one medicine, oldest day first, without a gap or an overlap. Raises `NotASchedule`."""

    stretches: tuple[Stretch, ...]

    def __post_init__(self) -> None:
        if not self.stretches:
            raise NotASchedule("A schedule has at least one day.")
        for stretch in self.stretches:
            if stretch.last_day is not None and stretch.last_day < stretch.first_day:
                raise NotASchedule(
                    f"A stretch ends on {show_day(stretch.last_day)}, before it begins on "
                    f"{show_day(stretch.first_day)}: put the later day last."
                )
        for before, after in pairwise(self.stretches):
            if before.last_day is None:
                raise NotASchedule(
                    f"What begins on {show_day(before.first_day)} goes on without an end, and something follows it: "
                    "give it a last day."
                )
            if after.first_day != before.last_day + DAY:
                raise NotASchedule(
                    f"{show_day(after.first_day)} does not follow {show_day(before.last_day)}: a schedule has no gap "
                    "and no day twice. A day without a dose is written as 0 mg."
                )
        last = self.stretches[-1].last_day
        if last is not None and last - self.first_day > LONGEST:
            raise NotASchedule(f"A schedule until {show_day(last)} is further ahead than anybody orders.")

    @property
    def first_day(self) -> date:
        """The day of its first dose."""
        return self.stretches[0].first_day

    @property
    def last_day(self) -> date | None:
        """Its last day; None where it goes on until somebody changes it."""
        return self.stretches[-1].last_day

    @property
    def highest(self) -> Milligrams:
        """The most that is given on any day."""
        return max(stretch.daily for stretch in self.stretches)

    @property
    def slots(self) -> tuple[str, ...]:
        """Every slot in which something is given on some day, in the order of the day."""
        found = {slot for stretch in self.stretches for slot, mg in stretch.doses if mg > NOUGHT}
        return tuple(sorted(found, key=slot_order))

    def on(self, day: date) -> Doses:
        """What is given on a day; empty before it begins and after it has ended."""
        return next((stretch.doses for stretch in self.stretches if stretch.covers(day)), ())

    def daily_on(self, day: date) -> Milligrams:
        """All that is given on a day, 0 mg where nothing is."""
        return Milligrams(sum((mg.amount for _, mg in self.on(day)), Decimal(0)))

    def free_from(self) -> date | None:
        """The first day from which nothing is given any more; None where it goes on."""
        given = [stretch for stretch in self.stretches if stretch.daily > NOUGHT]
        if not given:
            return self.first_day
        return None if given[-1].last_day is None else given[-1].last_day + DAY

    def reduces(self) -> bool:
        """Whether the dose of some day is below that of the day before."""
        return any(after.daily < before.daily for before, after in pairwise(self.stretches))

    def days(self, until: date) -> Iterator[tuple[date, Milligrams]]:
        """Each day with its whole dose, up to and including a day."""
        for stretch in self.stretches:
            day = stretch.first_day
            end = until if stretch.last_day is None else min(stretch.last_day, until)
            while day <= end:
                yield day, stretch.daily
                day += DAY

    def from_day(self, day: date) -> "Schedule | None":
        """The rest of it from a day on; None where nothing of it is left."""
        left = [s for s in self.stretches if s.last_day is None or s.last_day >= day]
        if not left:
            return None
        first = left[0]
        return Schedule((Stretch(max(first.first_day, day), first.last_day, first.doses), *left[1:]))


def day_by_day(days: Sequence[tuple[date, Doses]], *, goes_on: bool = False) -> Schedule:
    """A schedule from its single days, alike ones put together; `goes_on`: the last day's dose until changed."""
    stretches: list[Stretch] = []
    for day, doses in days:
        last = stretches[-1] if stretches else None
        if last is not None and last.doses == doses and last.last_day == day - DAY:
            stretches[-1] = Stretch(last.first_day, day, doses)
        else:
            stretches.append(Stretch(day, day, doses))
    if goes_on and stretches:
        stretches[-1] = Stretch(stretches[-1].first_day, None, stretches[-1].doses)
    return Schedule(tuple(stretches))


def written(schedule: Schedule) -> list[dict[str, Any]]:
    """A schedule as an order writes it into the journal."""
    return [
        {
            "from": stretch.first_day.isoformat(),
            "to": stretch.last_day.isoformat() if stretch.last_day else None,
            "doses": [[slot, str(mg)] for slot, mg in stretch.doses],
        }
        for stretch in schedule.stretches
    ]


def read(body: object) -> Schedule | None:
    """A schedule from the journal; None for one in the words of a newer desk."""
    try:
        return Schedule(tuple(_stretch(each) for each in body)) if isinstance(body, list | tuple) else None
    except (NotASchedule, QuantityRefused, KeyError, TypeError, ValueError):
        return None


def _stretch(body: Mapping[str, Any]) -> Stretch:
    last = body["to"]
    return Stretch(
        date.fromisoformat(body["from"]),
        None if last is None else date.fromisoformat(last),
        doses_of((str(slot), Milligrams.parse(mg)) for slot, mg in body["doses"]),
    )
