"""On which day something happened decides which guidance held and when a review is due."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.domain.calendar import (
    InstantWithoutZone,
    age_on,
    at_london,
    day_of,
    hours_after,
    night_ends,
    read_day,
    show_day,
    show_instant,
    show_near,
    show_time,
    whole_hours_between,
)


def test_just_after_midnight_in_summer_is_already_the_next_day_on_the_ward() -> None:
    assert day_of(datetime(2010, 6, 1, 23, 30, tzinfo=UTC)) == date(2010, 6, 2)
    assert day_of(datetime(2010, 12, 1, 23, 30, tzinfo=UTC)) == date(2010, 12, 1)


def test_days_and_times_are_shown_as_the_ward_writes_them() -> None:
    at = datetime(2010, 6, 1, 20, 40, tzinfo=UTC)
    assert show_day(date(2010, 6, 1)) == "Tue 1 Jun 2010"
    assert show_time(at) == "21:40"
    assert show_instant(at) == "Tue 1 Jun 2010 21:40"


def test_hours_without_a_dose_are_real_hours_when_the_clocks_change() -> None:
    spring = at_london(date(2010, 3, 27), time(21, 0)), at_london(date(2010, 3, 28), time(21, 0))
    autumn = at_london(date(2010, 10, 30), time(21, 0)), at_london(date(2010, 10, 31), time(21, 0))
    assert whole_hours_between(*spring) == 23
    assert whole_hours_between(*autumn) == 25
    assert hours_after(spring[0], Decimal("23.5")) == spring[1] + timedelta(minutes=30)


def test_an_instant_without_its_offset_is_refused() -> None:
    bare, good = datetime(2010, 6, 1, 21, 40), datetime(2010, 6, 1, 21, 40, tzinfo=UTC)  # noqa: DTZ001 - the point
    for wrong in (
        lambda: day_of(bare),
        lambda: whole_hours_between(bare, good),
        lambda: whole_hours_between(good, bare),
    ):
        with pytest.raises(InstantWithoutZone, match="offset"):
            wrong()


def test_an_eighteenth_birthday_counts_from_its_own_day() -> None:
    assert age_on(date(1992, 6, 2), date(2010, 6, 1)) == 17
    assert age_on(date(1992, 6, 1), date(2010, 6, 1)) == 18
    assert age_on(date(1992, 2, 29), date(2010, 2, 28)) == 17
    assert age_on(date(1992, 2, 29), date(2010, 3, 1)) == 18


@given(st.dates(min_value=date(1972, 1, 1), max_value=date(2037, 12, 31)), st.times())
def test_a_time_on_the_wards_clock_falls_on_its_own_day(day: date, clock: time) -> None:
    shown = day_of(at_london(day, clock))
    assert shown == day


@given(
    st.datetimes(datetime(1972, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds are naive by hypothesis' rule
    st.integers(min_value=0, max_value=2000),
)
def test_hours_after_an_instant_are_that_many_hours_after_it(at: datetime, hours: int) -> None:
    assert whole_hours_between(at, hours_after(at, Decimal(hours))) == hours


def test_the_night_is_over_at_eight_in_the_morning_whatever_the_clocks_do() -> None:
    """Otherwise a look of last evening still says awake at noon, or the night sheet leaves out the small hours."""
    eight = at_london(date(2010, 6, 2), time(8))
    for day, clock in ((1, time(21, 40)), (1, time(8)), (2, time(3)), (2, time(7, 59))):
        assert night_ends(at_london(date(2010, 6, day), clock)) == eight
    assert night_ends(eight) == at_london(date(2010, 6, 3), time(8))
    assert night_ends(at_london(date(2010, 3, 27), time(23))) == datetime(2010, 3, 28, 7, tzinfo=UTC)


def test_a_day_near_by_is_said_without_its_year_and_one_of_another_year_with_it() -> None:
    """Otherwise a review of last June is read as one of this June."""
    today = date(2010, 6, 1)
    assert show_near(date(2010, 12, 31), today) == "Fri 31 Dec"
    assert show_near(date(2009, 6, 1), today) == "Mon 1 Jun 2009"


def test_a_day_is_written_in_one_form() -> None:
    """A week of the year or bare digits read as some day or other would move a dose or a review."""
    assert read_day("2010-06-01") == date(2010, 6, 1)


@pytest.mark.parametrize("text", ["2010-W01-1", "20100601", "2010-6-1", "2010-02-30", "2010-06-01T09:00", "", " "])
def test_what_is_no_day_in_that_form_is_refused(text: str) -> None:
    """Python itself reads the first two as days, and nobody who wrote them meant those."""
    with pytest.raises(ValueError):  # noqa: PT011
        read_day(text)
