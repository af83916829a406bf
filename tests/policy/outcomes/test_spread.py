"""How long reductions and waits were: measured lengths, and none of too few people."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from factories import national
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.domain.regime.doses import DoseRow, Outcome
from pdtdesk.policy.outcomes.hiding import Shown
from pdtdesk.policy.outcomes.spread import Reduction, at_share, lengths, reduction_of, waited
from pdtdesk.policy.regime.shown import Course, courses

TODAY = date(2010, 6, 1)
ON = national().on(TODAY)


def a_course(*mg: int, begins: date = date(2010, 4, 1)) -> Course:
    rows = [
        DoseRow(begins + timedelta(days=at), "methadone", Decimal(each), Outcome.TAKEN) for at, each in enumerate(mg)
    ]
    return courses(rows, ON)[0]


def test_a_reduction_that_came_to_nought_has_its_length() -> None:
    """Detoxification called by its name: the days are kept for every one of them (R-16)."""
    course = a_course(*[30] * 5, *range(28, -1, -2))
    assert reduction_of(course, ON) == Reduction(15, goes_on=False)


def test_a_dose_that_never_fell_is_no_reduction() -> None:
    """Somebody maintained does not shorten the figure."""
    assert reduction_of(a_course(*[60] * 40), ON) is None


def test_a_reduction_under_way_is_not_counted_as_a_short_one() -> None:
    """Begun last week it would stand as the shortest detoxification of the prison."""
    begins = TODAY - timedelta(days=9)
    assert reduction_of(a_course(*[30] * 5, 28, 26, 24, 22, 20, begins=begins), ON) == Reduction(5, goes_on=True)


def test_a_reduction_that_was_left_long_ago_or_held_has_ended() -> None:
    """Nothing is known of it for longer than the working length, or the dose has stood since."""
    assert reduction_of(a_course(30, 28, 26, begins=date(2010, 3, 1)), ON) == Reduction(2, goes_on=False)
    held = a_course(30, 28, 26, *[26] * 40, begins=date(2010, 4, 20))
    assert reduction_of(held, ON) == Reduction(2, goes_on=False)


@pytest.mark.parametrize(("hundredths", "days"), [(0, 5), (25, 5), (50, 9), (75, 14), (100, 90)])
def test_a_share_is_always_a_length_that_was_measured(hundredths: int, days: int) -> None:
    """A median between two people is nobody's."""
    assert at_share([90, 5, 14, 9], hundredths) == days


def test_lengths_are_counted_between_the_figures_that_guidance_names() -> None:
    """Up to 14, 19 and 28 days, and 13 weeks: each edge on its own side."""
    made = lengths(
        [Reduction(days, False) for days in (1, 14, 15, 19, 20, 28, 29, 91, 92)] + [Reduction(3, True)], ON
    )
    assert [(words, each.count) for words, each in made.bars] == [
        ("up to 14 days", 2),
        ("15 to 19 days", 2),
        ("20 to 28 days", 2),
        ("29 to 91 days", 2),
        ("over 91 days", 1),
    ]
    assert (made.ended.count, made.going_on.count) == (9, 1)
    assert (made.lower, made.median, made.upper, made.longest) == (15, 20, 29, 92)


def test_without_a_reduction_no_length_is_told() -> None:
    """Nothing has ended yet: no nought that reads like a length."""
    made = lengths([], ON)
    assert (made.ended.count, made.median, made.longest) == (0, None, None)


def test_of_few_reductions_no_length_is_told_to_who_sees_no_names() -> None:
    """The longest of three is somebody everybody on the wing knows."""
    made = lengths([Reduction(days, False) for days in (5, 20, 90)], ON, 5)
    assert (made.lower, made.median, made.upper, made.longest) == (None, None, None, None)
    assert [(words, each.words(5)) for words, each in made.bars] == [("any length", "fewer than 5")]


def test_small_groups_of_lengths_stand_with_their_neighbours() -> None:
    """A chart of hatched pieces says nothing; one of fewer bars does, and gives nobody away."""
    made = lengths([Reduction(days, False) for days in (*[10] * 7, 21, 22, 23, 60, 61, 99, 120)], ON, 5)
    assert [(words, each.count) for words, each in made.bars] == [
        ("up to 14 days", 7),
        ("15 to 19 days", 0),
        ("over 19 days", 7),
    ]
    assert (made.lower, made.median, made.upper, made.longest) == (None, 10, None, None)


@given(st.lists(st.integers(1, 200), max_size=60))
def test_no_bar_is_small_and_together_they_are_all(days: list[int]) -> None:
    """Whatever was measured: no bar of 1 to 4, and none lost on the way."""
    made = lengths([Reduction(each, False) for each in days], ON, 5)
    counts = [each.count for _, each in made.bars]
    if len(days) >= 5 or not days:
        assert None not in counts
        assert sum(each or 0 for each in counts) == len(days)
        assert all(each == 0 or (each or 0) >= 5 for each in counts)
    else:
        assert counts == [None]


def test_waits_are_told_by_their_middle_and_their_longest() -> None:
    """Five days until the first dose is what people complained of (000 A 3.21)."""
    made = waited([timedelta(hours=each) for each in (2, 30, 4, 120, 5)], 7, 5)
    assert (made.ended.count, made.waiting.count) == (5, 7)
    assert (made.median, made.longest) == (timedelta(hours=5), timedelta(hours=120))


def test_of_few_waits_none_is_told() -> None:
    """And where nobody waited, nothing is said."""
    made = waited([timedelta(hours=2)], 0, 5)
    assert (made.ended.shown, made.waiting.count, made.median, made.longest) == (Shown.FEW, 0, None, None)
    assert waited([], 2).median is None
