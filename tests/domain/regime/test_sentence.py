"""What a sentence comes to, to the day: whoever is released a day before the plan goes out without a dose."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pdtdesk.domain.durations import Duration
from pdtdesk.domain.regime.sentence import days_in, is_short, release_day

DAYS = some.dates(date(1990, 1, 1), date(2040, 12, 31))
LENGTHS = some.builds(
    Duration,
    years=some.integers(0, 20),
    months=some.integers(0, 30),
    weeks=some.integers(0, 99),
    days=some.integers(1, 400),
)


def short(length: Duration, begins: date) -> bool:
    return is_short(length, begins, weeks=26, months=6)


@pytest.mark.parametrize(
    ("begins", "length", "remand", "released"),
    [
        (date(2010, 5, 20), Duration(weeks=30), 0, date(2010, 9, 1)),  # 210 days, 105 served, the first is day one
        (date(2010, 5, 20), Duration(weeks=30), 10, date(2010, 8, 22)),
        (date(2010, 5, 20), Duration(days=1), 0, date(2010, 5, 20)),
        (date(2010, 5, 20), Duration(days=3), 0, date(2010, 5, 21)),  # half of three is two
        (date(2010, 8, 31), Duration(months=6), 0, date(2010, 11, 29)),  # to 28 February: 181 days, 91 served
        (date(2011, 8, 31), Duration(months=6), 0, date(2011, 11, 29)),  # to 29 February: 182 days, 91 served
        (date(2010, 2, 28), Duration(years=1), 0, date(2010, 8, 29)),
        (date(2010, 5, 20), Duration(weeks=2), 365, date(2010, 5, 20)),  # more than served on remand: that day
    ],
)
def test_half_is_served_from_day_one(begins: date, length: Duration, remand: int, released: date) -> None:
    assert release_day(begins, length, remand, 50) == released


@given(DAYS, LENGTHS, some.integers(0, 2000))
def test_release_lies_within_the_sentence_whatever_it_is(begins: date, length: Duration, remand: int) -> None:
    released = release_day(begins, length, remand, 50)
    assert begins <= released < begins + timedelta(days=days_in(length, begins))


@given(DAYS, LENGTHS, some.integers(0, 300))
def test_each_day_on_remand_is_a_day_sooner_and_never_before_the_sentence(
    begins: date, length: Duration, remand: int
) -> None:
    now, then = (release_day(begins, length, days, 50) for days in (remand, remand + 1))
    assert then == max(now - timedelta(days=1), begins)


@given(DAYS)
def test_half_of_an_odd_number_is_rounded_up(begins: date) -> None:
    for days in range(1, 40):
        served = (release_day(begins, Duration(days=days), 0, 50) - begins).days + 1
        assert served == (days + 1) // 2


@given(DAYS)
def test_26_weeks_and_six_months_are_short_from_any_day_and_a_day_more_than_both_is_not(begins: date) -> None:
    """A court pronounces both; six months from 31 August are 181 days, from 1 March 184."""
    assert short(Duration(weeks=26), begins)
    assert short(Duration(months=6), begins)
    longest = max(26 * 7, days_in(Duration(months=6), begins))
    assert short(Duration(days=longest), begins)
    assert not short(Duration(days=longest + 1), begins)
    assert not short(Duration(weeks=27), begins)
    assert not short(Duration(months=7), begins)


@given(DAYS, LENGTHS)
def test_a_longer_sentence_is_never_short_where_a_shorter_is_not(begins: date, length: Duration) -> None:
    longer = Duration(length.years, length.months, length.weeks, length.days + 1)
    assert short(length, begins) or not short(longer, begins)
