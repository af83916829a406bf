"""A sentence as the court gave it is read, said and counted on without turning months into weeks."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.domain.durations import Duration, NotADuration, counted, hours_said, parse_duration, read_length

durations = st.builds(
    Duration, years=st.integers(0, 20), months=st.integers(0, 40), weeks=st.integers(0, 200), days=st.integers(1, 400)
)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("written", "length", "said"),
    [
        ("P30W", Duration(weeks=30), "30 weeks"),
        ("P6M", Duration(months=6), "6 months"),
        ("P1Y6M", Duration(years=1, months=6), "1 year 6 months"),
        ("P90D", Duration(days=90), "90 days"),
        ("p1w", Duration(weeks=1), "1 week"),
        (" P2Y1M1W1D ", Duration(2, 1, 1, 1), "2 years 1 month 1 week 1 day"),
        ("P018M", Duration(months=18), "18 months"),
        ("P1Y0M", Duration(years=1), "1 year"),
    ],
)
def test_a_length_is_read_as_it_is_written_and_said_as_it_is_spoken(written, length, said):
    assert parse_duration(written) == length
    assert length.in_words() == said


@given(durations)
def test_a_length_written_out_reads_as_itself(length):
    assert parse_duration(str(length)) == length


@pytest.mark.parametrize(
    "written",
    [
        *("", "P", "p", "30W", "30 weeks", "PW", "P30", "P-30W", "+P30W", "P1.5Y", "P1,5Y", "P6M1Y", "P30WP6M"),
        *("PT5H", "P1DT5H", "P３０W", "P1Y 6M", "P9999999D", "P30W\0"),
    ],
)
def test_what_is_no_length_is_refused_with_how_to_write_one(written):
    with pytest.raises(NotADuration, match=r"is not a length of time\. Write P and whole years"):
        parse_duration(written)


@pytest.mark.parametrize("written", ["P0D", "P0W", "P0Y0M0W0D"])
def test_a_sentence_of_no_time_at_all_is_refused(written):
    with pytest.raises(NotADuration, match="no time at all"):
        parse_duration(written)


def test_a_sentence_beyond_a_lifetime_is_taken_for_a_slip():
    assert parse_duration("P99Y").in_words() == "99 years"
    assert parse_duration("P120Y").in_words() == "120 years"
    for written in ("P121Y", "P3000M", "P30000W", "P999999D"):
        with pytest.raises(NotADuration, match="longer than 120 years"):
            parse_duration(written)


def test_a_length_cannot_be_made_of_nothing_or_run_backwards():
    with pytest.raises(NotADuration):
        Duration()
    with pytest.raises(NotADuration):
        Duration(weeks=30, days=-1)


def test_a_length_is_written_down_in_its_short_form():
    """Otherwise a length that was read from words is kept in letters that no desk reads again."""
    assert str(Duration(1, 6, 2, 3)) == "P1Y6M2W3D"
    assert str(Duration(days=90)) == "P90D"


@pytest.mark.parametrize(
    ("length", "day", "then"),
    [
        ("P30W", date(2010, 6, 1), date(2010, 12, 28)),
        ("P1M", date(2010, 1, 31), date(2010, 2, 28)),
        ("P1M", date(2012, 1, 31), date(2012, 2, 29)),
        ("P1Y", date(2012, 2, 29), date(2013, 2, 28)),
        ("P3M", date(2010, 11, 30), date(2011, 2, 28)),
        ("P6M", date(2010, 8, 31), date(2011, 2, 28)),
        ("P12M", date(2010, 12, 1), date(2011, 12, 1)),
        ("P1M1D", date(2010, 1, 31), date(2010, 3, 1)),
        ("P90D", date(2010, 12, 31), date(2011, 3, 31)),
    ],
)
def test_months_stop_at_the_month_end_and_days_run_on(length, day, then):
    assert parse_duration(length).after(day) == then


@given(days, st.integers(1, 600))
def test_months_keep_the_day_of_the_month_or_its_last_day(day, months):
    then = Duration(months=months).after(day)
    assert (then.year - day.year) * 12 + then.month - day.month == months
    assert then.day == day.day or (then.day < day.day and (then + timedelta(days=1)).day == 1)


@given(days, durations)
def test_a_length_of_time_leads_forward(day, length):
    assert length.after(day) > day


def test_a_day_beyond_the_calendar_is_a_sentence_and_no_crash():
    with pytest.raises(NotADuration, match="beyond the calendar"):
        Duration(years=1).after(date(9999, 6, 1))
    with pytest.raises(NotADuration, match="beyond the calendar"):
        Duration(days=400).after(date(9999, 6, 1))


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("30 weeks", "P30W"),
        ("1 year 6 months", "P1Y6M"),
        ("1 year and 6 months", "P1Y6M"),
        ("1 Year, 6 months", "P1Y6M"),
        ("6months", "P6M"),
        ("1 day", "P1D"),
        ("6 months 1 year", "P1Y6M"),
        (" P30W ", "P30W"),
    ],
)
def test_a_sentence_is_read_as_the_warrant_words_it(said, written):
    """Otherwise a nurse who types what stands on the warrant is sent away to learn a code."""
    assert str(read_length(said)) == written


@pytest.mark.parametrize("said", ["", "30", "six months", "1 year or 6 months", "1.5 years", "30 weeks less remand"])
def test_a_length_that_is_half_understood_is_not_taken(said):
    """Otherwise `1 year or 6 months` is kept as a year and a half, and the class is proposed by it."""
    with pytest.raises(NotADuration, match="is not a length of time"):
        read_length(said)


def test_a_part_named_twice_is_refused_and_not_added_up_or_dropped():
    """Otherwise two sentences in one field become whichever was typed last."""
    with pytest.raises(NotADuration, match="names months twice"):
        read_length("6 months 3 month")


def test_a_length_in_words_has_the_same_bounds_as_its_short_form():
    """Otherwise a slip of the pen is refused in one spelling and taken in the other."""
    with pytest.raises(NotADuration, match="longer than 120 years"):
        read_length("300 years")
    with pytest.raises(NotADuration, match=r"no time at all\. Leave it out"):
        read_length("0 weeks")


@pytest.mark.parametrize(("number", "said"), [(0, "0 hours"), (1, "1 hour"), (Decimal("0.5"), "0.5 hours")])
def test_one_is_said_without_an_s(number: int | Decimal, said: str) -> None:
    """A stop that reads `1 hours` looks like a slip, and is read over."""
    assert counted(number, "hour") == said


@pytest.mark.parametrize(
    ("hours", "said"), [(1, "1 hour"), (71, "71 hours"), (72, "72 hours (3 days)"), (827, "827 hours (34 days)")]
)
def test_many_hours_are_said_with_their_days(hours: int, said: str) -> None:
    """`827 hours`, and whoever reads it at the hatch divides by twenty-four in the head."""
    assert hours_said(hours) == said
