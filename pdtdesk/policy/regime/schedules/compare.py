"""What if: two schedules beside each other, the day on which each ends, and the days between that and release; of two
that go on, the dose that each reaches, and on which day."""

from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.schedule import DAY, Schedule
from pdtdesk.policy.regime.reckoned import Reckoned


@dataclass(frozen=True, slots=True)
class Ending:
    """How a schedule ends. `last_given` is the last day on which something is given, None where it goes on (or where
    nothing is given at all: then `free_from` is its first day). `free_from` is the first day without the medicine.

    `days_to_release` counts from the last day given to the day of release: 0 on that day, negative after it; None
    where either is not known.
    """

    last_given: date | None
    free_from: date | None
    days_to_release: int | None

    @property
    def goes_on(self) -> bool:
        """Whether it goes on until somebody changes it."""
        return self.free_from is None

    @property
    def words(self) -> str:
        """How it ends, in a few words."""
        if self.free_from is None:
            return "goes on until somebody changes it"
        if self.last_given is None:
            return "gives nothing"
        ends = f"has its last dose on {show_day(self.last_given)}"
        if self.days_to_release is None:
            return ends
        if self.days_to_release == 0:
            return f"{ends}, the day of release"
        count = abs(self.days_to_release)
        side = "before" if self.days_to_release > 0 else "after"
        return f"{ends}, {count} {'day' if count == 1 else 'days'} {side} release"


@dataclass(frozen=True, slots=True)
class Reached:
    """What a schedule comes to: the last daily dose with the first day of it, and the highest with the first day of
    that."""

    last: Milligrams
    last_from: date
    highest: Milligrams
    highest_from: date

    @property
    def words(self) -> str:
        """Both, the highest only where it is above the last."""
        said = f"{self.last} a day from {show_day(self.last_from)}"
        if self.highest == self.last:
            return said
        return f"{said}, after {self.highest} a day from {show_day(self.highest_from)}"


@dataclass(frozen=True, slots=True)
class Compared:
    """What is entered beside what was kept; `apart` is by how many days the second ends later, None where one goes
    on; `reached` is what each comes to."""

    first: Ending
    second: Ending
    apart: int | None
    reached: tuple[Reached, Reached]

    @property
    def sentence(self) -> str:
        """Both ends in one sentence; where both go on, what each comes to."""
        if self.first.goes_on and self.second.goes_on:
            one, other = (each.words for each in self.reached)
            return (
                f"Both go on until somebody changes them. What is entered gives {one}; what was kept gives {other}."
            )
        said = f"What is entered {self.first.words}; what was kept {self.second.words}."
        if not self.apart:
            return said
        count = abs(self.apart)
        side = "later" if self.apart > 0 else "earlier"
        return f"{said} What was kept ends {count} {'day' if count == 1 else 'days'} {side}."


def ending(schedule: Schedule, custody: Reckoned) -> Ending:
    """The day on which a schedule ends, against the day of release."""
    free = schedule.free_from()
    last = None if free is None or free == schedule.first_day else free - DAY
    days = None
    if last is not None and custody.release_on is not None:
        days = (custody.release_on - last).days
    return Ending(last, free, days)


def compare(first: Schedule, second: Schedule, custody: Reckoned) -> Compared:
    """The two ends and how far they lie apart."""
    one, other = ending(first, custody), ending(second, custody)
    apart = None if one.free_from is None or other.free_from is None else (other.free_from - one.free_from).days
    return Compared(one, other, apart, (reached(first), reached(second)))


def reached(schedule: Schedule) -> Reached:
    """What a schedule comes to. A dose that is given at other times of the day is the same daily dose."""
    stretches = schedule.stretches
    last, highest = stretches[-1].daily, schedule.highest
    *_, earliest = takewhile(lambda each: each.daily == last, reversed(stretches))
    return Reached(
        last, earliest.first_day, highest, next(each.first_day for each in stretches if each.daily == highest)
    )
