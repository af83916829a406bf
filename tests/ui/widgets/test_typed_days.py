"""Days and times as nurses type them, and never another day than the one that was meant."""

from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.ui.widgets.typed_days import Lean, NotADay, day_words, moment_words, read_day, read_moment, read_time

TODAY = date(2010, 6, 1)
NOW = datetime(2010, 6, 1, 21, 40)  # noqa: DTZ001 - local, as on the wall


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("30 May", date(2010, 5, 30)),
        ("30 may", date(2010, 5, 30)),
        ("30th May", date(2010, 5, 30)),
        ("30may", date(2010, 5, 30)),
        ("30/5", date(2010, 5, 30)),
        ("30.5.", date(2010, 5, 30)),
        ("30.5.2010", date(2010, 5, 30)),
        ("30-5-10", date(2010, 5, 30)),
        ("2010-05-30", date(2010, 5, 30)),
        ("Sun 30 May 2010", date(2010, 5, 30)),
        ("Sunday, 30 May", date(2010, 5, 30)),
        ("today", TODAY),
        ("yesterday", date(2010, 5, 31)),
        ("-2", date(2010, 5, 30)),
        ("3 days ago", date(2010, 5, 29)),
        ("2 weeks ago", date(2010, 5, 18)),
        ("sun", date(2010, 5, 30)),
        ("tuesday", TODAY),
        ("sept 3", None),
        ("3 Sept", date(2009, 9, 3)),
        ("14/3/82", date(1982, 3, 14)),
        ("29 Feb", date(2008, 2, 29)),
        ("2 June", date(2009, 6, 2)),
    ],
)
def test_the_day_that_was_meant_is_understood(typed: str, meant: date | None) -> None:
    if meant is None:
        with pytest.raises(NotADay):
            read_day(typed, TODAY)
    else:
        assert read_day(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("13 Sep", date(2010, 9, 13)),
        ("30 May", date(2011, 5, 30)),
        ("+7", date(2010, 6, 8)),
        ("fri", date(2010, 6, 4)),
    ],
)
def test_a_release_day_without_a_year_is_the_next_one(typed: str, meant: date) -> None:
    assert read_day(typed, TODAY, Lean.FUTURE) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/6", "Jun 2010 has no day 31"),
        ("30/13", "no month 13"),
        ("29 Feb 2010", "no day 29"),
        ("Mon 30 May 2010", "is a Sunday, not a Monday"),
        ("soon", "is not a day"),
        ("30 Octember", "is not a day"),
        ("1/1/1066", "from 1900 to 2199"),
        ("٣٠/٥/٢٠١٠٠", "is not a day"),
        ("", "No day was typed"),
        ("-9999999", "is not a day"),
        ("+9999", None),
    ],
)
def test_what_is_no_day_is_refused_with_what_to_type_instead(typed: str, said: str | None) -> None:
    if said is None:
        assert read_day(typed, TODAY) == TODAY + timedelta(days=9999)
        return
    with pytest.raises(NotADay) as wrong:
        read_day(typed, TODAY)
    assert said in wrong.value.sentence


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_a_day_that_is_shown_is_read_back_as_the_same_day(day: date, today: date) -> None:
    assert read_day(day_words(day), today) == day
    assert read_day(day.isoformat(), today, Lean.FUTURE) == day


@given(st.text(max_size=30))
def test_nothing_that_can_be_typed_breaks_the_page(typed: str) -> None:
    for read in (lambda: read_day(typed, TODAY), lambda: read_moment(typed, NOW), lambda: read_time(typed)):
        with suppress(NotADay):
            read()


@given(st.dates(date(1980, 1, 1), date(2100, 1, 1)), st.integers(0, 364))
def test_a_day_without_a_year_never_lies_ahead_when_the_question_looks_back(today: date, ago: int) -> None:
    day = today - timedelta(days=ago)
    assert read_day(f"{day.day}/{day.month}", today) == day


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("19:05", "2010-06-01T19:05"),
        ("1905", "2010-06-01T19:05"),
        ("7pm", "2010-06-01T19:00"),
        ("7:05 pm", "2010-06-01T19:05"),
        ("12am", "2010-06-01T00:00"),
        ("23:50", "2010-05-31T23:50"),
        ("yesterday 19:05", "2010-05-31T19:05"),
        ("yesterday at 19:05", "2010-05-31T19:05"),
        ("30 May 19:05", "2010-05-30T19:05"),
        ("30/5/2010, 19:05", "2010-05-30T19:05"),
        ("-2 09:00", "2010-05-30T09:00"),
        ("Tue 1 Jun 2010 · 19:05", "2010-06-01T19:05"),
        ("2010-05-30T09:00", "2010-05-30T09:00"),
        ("now", "2010-06-01T21:40"),
    ],
)
def test_the_time_of_a_witnessed_dose_is_understood(typed: str, meant: str) -> None:
    assert read_moment(typed, NOW) == datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("30 May", "The time is missing"),
        ("25:00", "is not a time"),
        ("yesterday 9:75", "is not a time"),
        ("x", "is not"),
    ],
)
def test_a_moment_without_its_time_is_refused(typed: str, said: str) -> None:
    with pytest.raises(NotADay) as wrong:
        read_moment(typed, NOW)
    assert said in wrong.value.sentence


def test_just_after_midnight_the_evening_before_is_meant() -> None:
    half_past_midnight = datetime(2010, 6, 2, 0, 30)  # noqa: DTZ001 - local, as on the wall
    assert read_moment("23:50", half_past_midnight) == datetime(2010, 6, 1, 23, 50)  # noqa: DTZ001 - local


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)))  # noqa: DTZ001 - local
def test_a_moment_that_is_shown_is_read_back_to_the_minute(moment: datetime) -> None:
    assert read_moment(moment_words(moment), NOW) == moment.replace(second=0, microsecond=0)
