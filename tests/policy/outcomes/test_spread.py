"""How long reductions and waits were: measured lengths, and none of too few people."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

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


def of_each(*days: int) -> list[list[Reduction]]:
    """Reductions that have ended, each of somebody else."""
    return [[Reduction(each, goes_on=False)] for each in days]


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
    made = lengths([*of_each(1, 14, 15, 19, 20, 28, 29, 91, 92), [Reduction(3, goes_on=True)]], ON)
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
    made = lengths(of_each(5, 20, 90), ON, 5)
    assert (made.lower, made.median, made.upper, made.longest) == (None, None, None, None)
    assert [(words, each.words(5)) for words, each in made.bars] == [("any length", "of fewer than 5 people")]


def test_small_groups_of_lengths_stand_with_their_neighbours() -> None:
    """A chart of hatched pieces says nothing; one of fewer bars does, and gives nobody away."""
    made = lengths(of_each(*[10] * 7, 21, 22, 23, 60, 61, 99, 120), ON, 5)
    assert [(words, each.count) for words, each in made.bars] == [
        ("up to 14 days", 7),
        ("15 to 19 days", 0),
        ("over 19 days", 7),
    ]
    assert (made.lower, made.median, made.upper, made.longest) == (None, 10, None, None)


@given(st.lists(st.integers(1, 200), max_size=60))
def test_no_bar_is_small_and_together_they_are_all(days: list[int]) -> None:
    """Whatever was measured: no bar of 1 to 4, and none lost on the way."""
    made = lengths(of_each(*days), ON, 5)
    counts = [each.count for _, each in made.bars]
    if len(days) >= 5 or not days:
        assert None not in counts
        assert sum(each or 0 for each in counts) == len(days)
        assert all(each == 0 or (each or 0) >= 5 for each in counts)
    else:
        assert counts == [None]


def test_five_reductions_of_one_man_are_not_five_peoples() -> None:
    """Of a man who came off five times in two years every length stood on the manager's page."""
    made = lengths([[Reduction(days, goes_on=False) for days in (14, 15, 15, 16, 60)]], ON, 5)
    assert made.ended.words(5) == "of fewer than 5 people"
    assert (made.median, made.longest) == (None, None)
    assert [(words, each.words(5)) for words, each in made.bars] == [("any length", "of fewer than 5 people")]
    assert lengths([[Reduction(3, goes_on=True)] * 5], ON, 5).going_on.words(5) == "of fewer than 5 people"


def test_a_length_that_few_people_had_stands_with_its_neighbours_however_often_they_had_it() -> None:
    """Six reductions of over 13 weeks, all of one man: the bar would be his."""
    made = lengths([*of_each(*[10] * 6), [Reduction(100, goes_on=False)] * 6], ON, 5)
    assert [(words, each.count) for words, each in made.bars] == [("any length", 12)]
    told = lengths([*of_each(*[10] * 6), *of_each(*[100] * 6)], ON, 5)
    assert [each.count for _, each in told.bars] == [6, 0, 0, 0, 6]


def test_waits_are_told_by_their_middle_and_to_the_lead_by_their_longest() -> None:
    """Five days until the first dose is what people complained of (000 A 3.21)."""
    took = [timedelta(hours=each) for each in (2, 30, 4, 120, 5)]
    made = waited(took, 7, 12)
    assert (made.ended.count, made.waiting.count) == (5, 7)
    assert (made.median, made.longest) == (timedelta(hours=5), timedelta(hours=120))


def test_the_longest_wait_is_one_persons_and_is_told_to_nobody_who_sees_no_names() -> None:
    """Eight days without a drug worker: on the wing everybody knows who that was."""
    made = waited([timedelta(hours=each) for each in (2, 30, 4, 120, 5)], 7, 12, 5)
    assert (made.ended.count, made.waiting.count, made.median, made.longest) == (5, 7, timedelta(hours=5), None)


def test_of_few_waits_none_is_told() -> None:
    """And where nobody waited, nothing is said."""
    made = waited([timedelta(hours=2)], 0, 40, 5)
    assert (made.ended.shown, made.ended.count, made.median, made.longest) == (Shown.KEPT_BACK, None, None, None)
    assert waited([], 2, 2).median is None


def test_a_small_half_among_many_is_said_to_be_small_and_the_large_one_is_not_shown() -> None:
    """Forty referred and two of them not seen yet: the manager still learns how long half of them waited."""
    made = waited([timedelta(hours=1)] * 38, 2, 60, 5)
    assert (made.ended.words(5), made.waiting.words(5)) == ("not shown", "fewer than 5")
    assert made.median == timedelta(hours=1)


def test_five_of_seven_reached_do_not_tell_that_two_wait() -> None:
    """Seven people stand at the head of the page, all of them referred: two is what five leaves."""
    made = waited([timedelta(hours=1)] * 5, 2, 7, 5)
    assert (made.ended.words(5), made.waiting.words(5), made.median) == ("not shown", "not shown", None)


@pytest.mark.parametrize("least", [3, 5])
def test_no_small_half_of_a_clock_can_be_worked_out_by_who_knows_how_many_are_here(least: int) -> None:
    """Every prison there could be: also for who knows this rule, and how many the clock concerns."""
    by_here: dict[object, set[tuple[int, int, int]]] = defaultdict(set)
    by_concerned: dict[object, set[tuple[int, int, int]]] = defaultdict(set)
    found = []
    for reached, waiting, apart in product(range(4 * least), repeat=3):
        here = reached + waiting + apart
        page = waited([timedelta(hours=1)] * reached, waiting, here, least)
        assert page.median is None or reached >= least
        found.append(((reached, waiting, apart), page))
        by_here[here, page].add((reached, waiting, apart))
        by_concerned[here, reached + waiting, page].add((reached, waiting, apart))
    for real, page in found:
        reached, waiting, apart = real
        if sum(real) >= 4 * least:
            continue  # of so many here not every prison was tried
        for at, count in enumerate(real):
            if 0 < count < least:
                assert len({each[at] for each in by_here[sum(real), page]}) > 1, (real, page)
                known = by_concerned[sum(real), reached + waiting, page]
                assert at == 2 or len({each[at] for each in known}) > 1, (real, page)
