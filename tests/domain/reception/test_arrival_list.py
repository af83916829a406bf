"""A row of the reception list becomes an arrival, or says everything that is wrong with it at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.domain.custody import LegalStatus
from pdtdesk.domain.durations import Duration
from pdtdesk.domain.reception.arrival_list import (
    COLUMNS,
    ArrivalRow,
    Refusal,
    Sex,
    check,
)

TODAY = date(2010, 6, 1)


def a_row(**changes: str) -> dict[str, str]:
    """Sparrow's row, valid by default (invented)."""
    return {
        "prison_number": "A4127CK",
        "surname": "SPARROW",
        "forenames": "Daniel Lee",
        "born": "1982-03-14",
        "sex": "male",
        "arrived_at": "2010-06-01T19:05",
        "arrived_from": "Ellerby Crown Court",
        "legal_status": "sentenced",
        "sentence_length": "P30W",
        "sentenced_on": "2010-06-01",
        "release_on": "2010-09-13",
    } | changes


def taken(**changes: str) -> ArrivalRow:
    arrival = check(a_row(**changes), TODAY)
    assert isinstance(arrival, ArrivalRow), arrival
    return arrival


def reason(today: date = TODAY, **changes: str) -> str:
    refusal = check(a_row(**changes), today)
    assert isinstance(refusal, Refusal), refusal
    assert refusal.reason.isprintable()
    return refusal.reason


def test_a_whole_row_is_taken_with_every_value_typed():
    arrival = taken()
    assert (arrival.prison_number, arrival.surname, arrival.forenames) == ("A4127CK", "SPARROW", "Daniel Lee")
    assert (arrival.born, arrival.sex, arrival.legal_status) == (date(1982, 3, 14), Sex.MALE, LegalStatus.SENTENCED)
    assert arrival.arrived_at == datetime(2010, 6, 1, 18, 5, tzinfo=UTC)
    assert arrival.arrived_at.isoformat() == "2010-06-01T19:05:00+01:00"
    assert arrival.arrived_from == "Ellerby Crown Court"
    assert arrival.sentence_length == Duration(weeks=30)
    assert (arrival.sentenced_on, arrival.release_on) == (date(2010, 6, 1), date(2010, 9, 13))


def test_somebody_on_remand_without_a_number_yet_is_taken():
    arrival = taken(prison_number="", legal_status="remand", sentence_length="", sentenced_on="", release_on="")
    assert (arrival.prison_number, arrival.sentence_length) == (None, None)
    assert (arrival.sentenced_on, arrival.release_on) == (None, None)


def test_a_person_with_a_single_name_or_from_nowhere_said_is_not_turned_away():
    assert taken(forenames="").forenames == ""
    assert taken(arrived_from=" ").arrived_from == ""


@pytest.mark.parametrize(
    "status", ["remand", "convicted_unsentenced", "sentenced", "recalled", "indeterminate", "civil", "immigration"]
)
def test_every_legal_status_of_the_facts_file_is_known(status):
    assert taken(legal_status=status).legal_status == status
    assert taken(legal_status=f" {status.upper()} ").legal_status == status


@pytest.mark.parametrize("column", ["surname", "born", "sex", "arrived_at", "legal_status"])
def test_what_reception_cannot_do_without_is_asked_for_by_name(column):
    assert f"{column} is empty" in reason(**{column: "  "})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"prison_number": "A12345C"}, "`A12345C` is not a prison number (one letter, four digits, two letters)."),
        ({"sex": "m"}, "sex: `m` is not a word of this list. Write one of: female, male."),
        ({"legal_status": "convicted"}, "legal_status: `convicted` is not a word of this list."),
        ({"born": "2010-02-30"}, "born: `2010-02-30` is a day that does not exist."),
        ({"born": "2009-02-29"}, "born: `2009-02-29` is a day that does not exist."),
        ({"born": "14/03/1982"}, "born: `14/03/1982` is not a day. Write it as YYYY-MM-DD."),
        ({"born": "19820314"}, "born: `19820314` is not a day."),
        ({"born": "1982-W11-7"}, "born: `1982-W11-7` is not a day."),
        ({"born": "１982-03-14"}, "is not a day."),
        ({"sentenced_on": "2010-13-01"}, "sentenced_on: `2010-13-01` is a day that does not exist."),
        ({"release_on": "2010-11-31"}, "release_on: `2010-11-31` is a day that does not exist."),
        ({"sentence_length": "30 weeks"}, "sentence_length: `30 weeks` is not a length of time."),
        ({"arrived_at": "2010-06-01 19:05"}, "arrived_at: `2010-06-01 19:05` is not a time."),
        ({"arrived_at": "2010-06-01"}, "arrived_at: `2010-06-01` is not a time."),
        ({"arrived_at": "2010-06-01T19:05Z"}, "is not a time."),
        ({"arrived_at": "2010-06-01T24:00"}, "arrived_at: `2010-06-01T24:00` is a time that does not exist."),
        ({"arrived_at": "2010-06-31T19:05"}, "arrived_at: `2010-06-31T19:05` is a time that does not exist."),
        ({"surname": "x" * 201}, "surname is 201 characters long; at most 200 are kept."),
        ({"arrived_from": "x" * 100_000}, "arrived_from is 100,000 characters long; at most 200 are kept."),
        ({"forenames": "Daniel\0Lee"}, "forenames holds a control character (U+0000) at position 7."),
        ({"surname": "SPAR\u202eWOR"}, "surname holds a hidden text-direction mark (U+202E) at position 5"),
        ({"arrived_from": "Crown\nCourt"}, "arrived_from holds a control character (U+000A)"),
        ({"sex": "male\u202e"}, "sex holds a hidden text-direction mark"),
        ({"release_on": "\t"}, "release_on holds a control character (U+0009)"),
        ({"surname": "--"}, "surname `--` has no letter in it."),
    ],
)
def test_each_fault_has_its_own_sentence(changes, sentence):
    assert sentence in reason(**changes)


def test_everything_wrong_is_said_at_once():
    said = reason(prison_number="X", born="1982-02-30", sex="?", legal_status="free")
    assert [part in said for part in ("`X` is not a prison number", "born:", "sex:", "legal_status:")] == [True] * 4


def test_a_sentence_that_ends_before_it_begins_is_refused_and_one_of_a_single_day_is_not():
    assert "ends on 2010-05-31, before it begins on 2010-06-01" in reason(release_on="2010-05-31")
    assert taken(release_on="2010-06-01").release_on == TODAY


def test_nobody_is_born_tomorrow_or_older_than_anybody_has_been():
    assert taken(born=TODAY.isoformat(), sentenced_on="").born == TODAY
    assert "is in the future" in reason(born="2010-06-02")
    assert taken(born="1890-06-01").born == date(1890, 6, 1)
    assert taken(born="1890-12-31").born == date(1890, 12, 31)
    assert "more than 120 years ago" in reason(born="1890-05-31")
    assert "more than 120 years ago" in reason(born="1889-12-31")


def test_tomorrows_arrivals_may_be_on_the_list_and_next_weeks_may_not():
    assert taken(arrived_at="2010-06-02T23:59")
    assert "is more than a day ahead" in reason(arrived_at="2010-06-03T00:00")
    assert "before the person was born" in reason(arrived_at="1981-06-01T19:05", sentenced_on="", release_on="")


def test_a_sentence_not_yet_passed_or_passed_before_birth_is_refused():
    assert "has not come yet" in reason(sentenced_on="2010-06-03")
    assert "sentenced_on: 1970-01-01 is before the person was born" in reason(sentenced_on="1970-01-01")


def test_a_release_day_that_stands_for_none_is_refused():
    assert "beyond a lifetime" in reason(release_on="9999-12-31")
    assert taken(release_on="2050-01-01").release_on == date(2050, 1, 1)


@pytest.mark.parametrize("minute", ["01:00", "01:30", "01:59"])
def test_an_arrival_in_the_hour_that_spring_leaves_out_is_refused(minute):
    assert "the clocks went forward over it" in reason(
        arrived_at=f"2010-03-28T{minute}", sentenced_on="", release_on=""
    )


def test_the_minutes_on_either_side_of_the_spring_change_are_one_minute_apart():
    before = taken(arrived_at="2010-03-28T00:59", sentenced_on="", release_on="").arrived_at
    after = taken(arrived_at="2010-03-28T02:00", sentenced_on="", release_on="").arrived_at
    assert after.astimezone(UTC) - before.astimezone(UTC) == timedelta(minutes=1)


def test_of_the_hour_that_comes_twice_in_autumn_the_first_is_taken():
    today = date(2010, 10, 31)
    row = a_row(arrived_at="2010-10-31T01:30", release_on="2010-12-01")
    arrival = check(row, today)
    assert isinstance(arrival, ArrivalRow)
    assert arrival.arrived_at.astimezone(UTC) == datetime(2010, 10, 31, 0, 30, tzinfo=UTC)
    assert arrival.arrived_at.isoformat() == "2010-10-31T01:30:00+01:00"


@pytest.mark.parametrize("cell", ["=1+1", "+SUM(A1)", "@cmd|'/c calc'!A0", "-2+3"])
def test_what_looks_like_a_formula_is_only_text(cell):
    assert taken(surname=cell, arrived_from=cell).surname == cell


def test_a_right_to_left_name_and_emoji_are_taken_as_given():
    assert taken(surname="الحسن", forenames="محمد").surname == "الحسن"
    assert taken(forenames="Zoë 😀").forenames == "Zoë 😀"


@given(st.fixed_dictionaries({}, optional={column: st.text(max_size=30) for column in COLUMNS}))
def test_whatever_stands_in_a_row_it_is_taken_or_refused_in_one_printable_line(changes):
    outcome = check(a_row(**changes), TODAY)
    if isinstance(outcome, Refusal):
        assert outcome.reason.isprintable()
        assert outcome.reason.endswith(".")


local_times = st.tuples(st.dates(date(1900, 1, 1), date(2010, 6, 2)), st.integers(0, 23), st.integers(0, 59))


@given(local_times.map(lambda t: f"{t[0].isoformat()}T{t[1]:02d}:{t[2]:02d}"))
def test_an_arrival_time_that_is_taken_reads_the_same_on_the_prisons_clock(local):
    outcome = check(a_row(born="1899-01-01", arrived_at=local, sentenced_on="", release_on=""), TODAY)
    if isinstance(outcome, ArrivalRow):
        assert outcome.arrived_at.strftime("%Y-%m-%dT%H:%M") == local
        assert outcome.arrived_at.astimezone(UTC).astimezone(outcome.arrived_at.tzinfo) == outcome.arrived_at
    else:
        assert "clocks went forward" in outcome.reason
