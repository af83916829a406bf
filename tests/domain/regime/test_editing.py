"""A course changed by hand: the days that were meant, and no others."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.editing import with_days
from pdtdesk.domain.regime.schedule import DAY, Doses, NotASchedule, Schedule, Stretch

FIRST = date(2010, 6, 1)


def mg(amount: int) -> Doses:
    return (("morning", Milligrams.parse(f"{amount} mg")),)


def a_course(*lengths: int, goes_on: bool = False) -> Schedule:
    """Stretches of so many days, 10 mg more in each."""
    stretches, day = [], FIRST
    for number, length in enumerate(lengths, start=1):
        last = day + timedelta(days=length - 1)
        open_ended = goes_on and number == len(lengths)
        stretches.append(Stretch(day, None if open_ended else last, mg(number * 10)))
        day = last + DAY
    return Schedule(tuple(stretches))


@given(
    st.lists(st.integers(1, 20), min_size=1, max_size=6),
    st.booleans(),
    st.integers(-1, 60),
    st.one_of(st.none(), st.integers(0, 40)),
)
def test_only_the_days_that_were_meant_are_changed(
    lengths: list[int], goes_on: bool, begins: int, days: int | None
) -> None:
    """A change for Friday that moved Saturday's dose would be given on Saturday."""
    course = a_course(*lengths, goes_on=goes_on)
    first = FIRST + timedelta(days=begins)
    last = None if days is None else first + timedelta(days=days)
    ends = course.last_day
    if ends is not None and first > ends + DAY:
        with pytest.raises(NotASchedule, match="gap"):
            with_days(course, first, last, mg(5))
        return
    changed = with_days(course, first, last, mg(5))
    for number in range(-2, 130):
        day = FIRST + timedelta(days=number)
        meant = first <= day and (last is None or day <= last)
        before = course.on(day)
        assert changed.on(day) == (mg(5) if meant else () if last is None and day > first else before)


def test_the_last_day_is_not_before_the_first() -> None:
    """A slip of the month would be read as no days at all."""
    with pytest.raises(NotASchedule, match="put the later day last"):
        with_days(a_course(5), FIRST + DAY, FIRST, mg(5))


def test_a_gap_in_a_course_is_refused_on_both_sides() -> None:
    """A day that nobody ordered is a day on which nobody knows whether he was to have a dose."""
    for first in (FIRST - 3 * DAY, FIRST + 9 * DAY):
        with pytest.raises(NotASchedule, match="gap"):
            with_days(a_course(5), first, first, mg(5))


def test_neighbours_on_which_the_same_is_given_are_one_line() -> None:
    """Ten lines of the same dose hide the one that differs."""
    changed = with_days(a_course(3, 3), FIRST + 3 * DAY, FIRST + 5 * DAY, mg(10))
    assert [(each.first_day, each.last_day) for each in changed.stretches] == [(FIRST, FIRST + 5 * DAY)]
