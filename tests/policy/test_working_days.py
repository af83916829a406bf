"""A review planned for a Sunday is a review that nobody holds."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.domain.calendar import at_london
from pdtdesk.domain.reception.facts import OpeningHours, OpenSpan
from pdtdesk.policy.reception.pharmacy import next_opening
from pdtdesk.policy.working_days import (
    is_bank_holiday,
    is_working_day,
    next_working_day,
    planned_for_review,
)

DAYS = st.dates(date(1995, 1, 1), date(2035, 12, 31))
WEEKDAYS = OpeningHours(((OpenSpan(time(9), time(17, 30)),),) * 5 + ((OpenSpan(time(9), time(12)),), ()))


@pytest.mark.parametrize(
    ("due", "planned"),
    [
        (date(2010, 6, 5), date(2010, 6, 5)),  # a Saturday stays
        (date(2010, 6, 6), date(2010, 6, 5)),  # a Sunday
        (date(2010, 5, 31), date(2010, 5, 29)),  # a bank holiday after a Sunday
        (date(2010, 4, 2), date(2010, 4, 1)),  # Good Friday
        (date(2010, 4, 5), date(2010, 4, 3)),  # Easter Monday
        (date(2010, 12, 28), date(2010, 12, 24)),  # the days in lieu of Christmas
        (date(2011, 1, 3), date(2010, 12, 31)),  # New Year's Day in lieu, across the year's end
    ],
)
def test_a_review_moves_to_the_day_before(due: date, planned: date) -> None:
    assert planned_for_review(due) == planned


@given(DAYS)
def test_a_review_is_never_planned_late_nor_on_a_day_when_nobody_holds_it(due: date) -> None:
    planned = planned_for_review(due)
    assert planned <= due
    assert due - planned <= timedelta(days=5)
    assert planned.weekday() != 6
    assert not is_bank_holiday(planned)
    assert planned_for_review(planned) == planned


@given(DAYS)
def test_the_next_working_day_is_the_first_there_is(after: date) -> None:
    found = next_working_day(after)
    assert found > after
    assert is_working_day(found)
    assert not any(is_working_day(after + timedelta(days=n)) for n in range(1, (found - after).days))


@pytest.mark.parametrize(
    ("now", "on", "at"),
    [
        (datetime(2010, 6, 1, 20, 40, tzinfo=UTC), date(2010, 6, 2), time(9)),  # Tuesday evening
        (datetime(2010, 5, 28, 18, 0, tzinfo=UTC), date(2010, 5, 29), time(9)),  # Friday evening: Saturday
        (datetime(2010, 5, 29, 12, 0, tzinfo=UTC), date(2010, 6, 1), time(9)),  # Saturday, a bank holiday ahead
        (datetime(2010, 6, 2, 5, 0, tzinfo=UTC), date(2010, 6, 2), time(9)),  # before it opens
    ],
)
def test_a_closed_pharmacy_says_when_it_opens(now: datetime, on: date, at: time) -> None:
    opening = next_opening(WEEKDAYS, now)
    assert (opening.on, opening.at) == (on, at_london(on, at))
    assert "opens" in opening.in_words("Mill Lane")


def test_an_open_pharmacy_says_until_when() -> None:
    opening = next_opening(WEEKDAYS, datetime(2010, 6, 1, 9, 0, tzinfo=UTC))
    assert opening.open_now
    assert opening.in_words(None) == "The pharmacy is open until 17:30"


def test_a_pharmacy_that_has_just_closed_is_closed() -> None:
    assert next_opening(WEEKDAYS, at_london(date(2010, 6, 1), time(9))).open_now
    closed = next_opening(WEEKDAYS, at_london(date(2010, 6, 1), time(17, 30)))
    assert (closed.open_now, closed.on) == (False, date(2010, 6, 2))


def test_a_pharmacy_that_opens_on_bank_holidays_is_taken_at_its_word() -> None:
    always = OpeningHours(WEEKDAYS.week, open_on_bank_holidays=True)
    assert next_opening(always, datetime(2010, 5, 30, 9, 0, tzinfo=UTC)).on == date(2010, 5, 31)


@pytest.mark.parametrize("hours", [None, OpeningHours(((),) * 7)])
def test_no_opening_hour_is_invented(hours: OpeningHours | None) -> None:
    opening = next_opening(hours, datetime(2010, 5, 28, 18, 0, tzinfo=UTC))
    assert (opening.on, opening.at) == (date(2010, 6, 1), None)
    assert opening.in_words("Mill Lane") == "Mill Lane: opening hours not known, next working day Tue 1 Jun 2010"


@given(st.datetimes(datetime(1996, 1, 1), datetime(2034, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds
def test_the_next_opening_is_never_in_the_past(now: datetime) -> None:
    opening = next_opening(WEEKDAYS, now)
    assert opening.at is not None
    assert opening.at > now
    assert not is_bank_holiday(opening.on)
