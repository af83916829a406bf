"""A sentence as the court gave it is read, said and counted on without turning months into weeks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.domain.durations import Duration, NotADuration, parse_duration

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
