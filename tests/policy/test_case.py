"""A case that somebody asks about is refused where a value cannot be so, with what to write in its place."""

import re
from datetime import date

import pytest

from pdtdesk.policy.facts_file import read_case
from pdtdesk.policy.toml_table import FactsRefused
from pdtdesk.policy.toml_text import loads
from tests.cli.test_assess import INTERFACE

NEXT = '[[regime]]\nclass = "detoxification"\nmedicine = "methadone"\n'


def test_the_example_of_the_interface_is_read() -> None:
    """Whoever copies the example, as everybody does, must get an answer."""
    assert read_case(loads(INTERFACE)).day == date(2010, 6, 1)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"P30W"', '"30 weeks"', 'write "P30W"'),
        ('"P30W"', '"PXYZ"', "is not a length of time"),
        ('"P30W"', '""', "there is nothing between"),
        ('"P30W"', f'"{"P" * 5000}"', "characters long; shorten it"),
        ("born = 1982", "born = 2012", "lies after the day"),
        ("born = 1982", "born = 1882", "more than 120 years before"),
        ("received_on = 2010", "received_on = 1980", "lies before the birth"),
        ("sentenced_on = 2010", "sentenced_on = 9010", "is in no year"),
        ("release_on = 2010", "release_on = 2190", "is more than 120 years away"),
        ("from = 2010-05-20", "from = 2010-05-20T10:00", "is not a day such as"),
        ("from = 2010-05-20\n", "from = 2010-05-21\n", "key 'last_review_on' of [regime 1]: 2010-05-20 lies before"),
        ("last_review_on = 2010-05-20", "last_review_on = 2010-06-02", "[regime 1]: 2010-06-02 lies after the day"),
        ("[risks]", f"{NEXT}from = 2010-05-27\n[risks]", "from 2010-05-20 has no 'until', and another begins"),
        ("# drug_free_since = 2010-05-25", "drug_free_since = 2010-06-02", "of [opioids]: 2010-06-02 lies after"),
        ("remand_days = 0", "remand_days = true", "true is not a whole number"),
        ("remand_days = 0", "remand_days = {a = 1}", "a table is not a whole number"),
        ("remand_days = 0", "remand_days = [1]", "a list is not a whole number"),
        ("remand_days = 0", "remand_days = 50000", "longer than 120 years"),
        ("remand_days = 0", "remand_days = 9999999999", "is too large"),
        ('"ASH"', '"40 g"', "is not the code of a prison"),
        ('"ASH"', '"A\\u202eS"', "holds a hidden"),
        ("cows = 14", "cows = 49", "49 is not a score from 0 to 48"),
    ],
)
def test_a_value_that_cannot_be_so_is_refused_with_what_to_write(old: str, new: str, said: str) -> None:
    """A class proposed on a length or a score that nobody meant is a wrong dose with a source beside it."""
    assert old in INTERFACE
    with pytest.raises(FactsRefused, match=re.escape(said)):
        read_case(loads(INTERFACE.replace(old, new, 1)))


@pytest.mark.parametrize("key", ["born = 1982-03-04", 'sentence_length = "P30W"', "sds = 9", 'transfer_to = "ASH"'])
def test_what_is_left_out_is_not_looked_at(key: str) -> None:
    """Every key that is not required may be left out."""
    assert key in INTERFACE
    assert read_case(loads(INTERFACE.replace(key, "", 1))).day == date(2010, 6, 1)


def test_one_regime_is_in_force_on_a_day_and_a_change_may_fall_on_one() -> None:
    """Two at once would have reviews of both, and a class that nobody gives."""
    changed = INTERFACE.replace("# until", "until").replace("[risks]", f"{NEXT}from = 2010-05-26\n[risks]")
    assert len(read_case(loads(changed)).regime.regimes) == 2
    with pytest.raises(FactsRefused, match="the one from 2010-05-20 goes on until 2010-05-26"):
        read_case(loads(changed.replace("from = 2010-05-26", "from = 2010-05-25")))
    with pytest.raises(FactsRefused, match=r"key 'from' of \[regime 2\]: 2010-06-02 lies after the day"):
        read_case(loads(changed.replace("from = 2010-05-26", "from = 2010-06-02")))


def test_asked_about_an_earlier_day_a_file_is_not_at_odds_with_itself() -> None:
    """Guidance of another day is asked about with --on, and the regimes that have begun since are left out."""
    asked = read_case(loads(INTERFACE), on=date(2010, 3, 31))
    assert asked.regime.in_force(asked.day) == ()


CASE = 'on = 2010-06-01\npatient.born = 1982-03-04\ncustody.status = "remand"\n'


@pytest.mark.parametrize(
    ("line", "where", "late"),
    [
        ("custody.received_on = ", "custody", "2010-06-02"),
        ("reception.clinical_management_started_on = ", "reception", "2010-06-02"),
        ("reception.arrested_at = ", "reception", "2010-06-02T00:10"),
        ("reception.first_dose_at = ", "reception", "2013-01-01T10:00"),
        ("prescriber.reached_at = ", "prescriber", "2010-06-02T00:10"),
        ("prescriber.order_signed_at = ", "prescriber", "2010-06-02T00:10"),
        ("scores.cows = 4\nscores.cows_at = ", "scores", "2010-06-02T00:10"),
        ("scores.sows = 4\nscores.sows_at = ", "scores", "2010-06-02T00:10"),
        ('[[substances]]\nsubstance = "alcohol"\nlast_use = ', "substances 1", "2015-01-01"),
        (
            '[[opioids.community_prescription]]\nmedicine = "methadone"\nlast_witnessed_at = ',
            "community_prescription 1",
            "2010-07-01T09:30",
        ),
        (
            '[[custody_doses]]\nmedicine = "methadone"\nplace = "court"\ngiven_at = ',
            "custody_doses 1",
            "2010-06-02T00:10",
        ),
    ],
)
def test_what_has_been_done_does_not_lie_ahead_nor_before_the_birth(line: str, where: str, late: str) -> None:
    """A dose witnessed next month vouches for a tolerance that nobody has seen, and a slip of the year moves all."""
    key = re.split(r"[\n.]", line)[-1].removesuffix(" = ")
    for day, said in ((late, "after the day of the assessment, 2010-06-01"), (f"1981{late[4:]}", "before the birth")):
        with pytest.raises(FactsRefused, match=re.escape(f"key '{key}' of [{where}]: {day[:10]} lies {said}")):
            read_case(loads(f"{CASE}{line}{day}\n"))
    assert read_case(loads(f"{CASE}{line}2010-06-01{late[10:]}\n")).day == date(2010, 6, 1)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("from = 2010-05-20", "from = 1981-05-20", "key 'from' of [regime 1]: 1981-05-20 lies before the birth"),
        (
            "# drug_free_since = 2010",
            "drug_free_since = 1981",
            "'drug_free_since' of [opioids]: 1981-05-25 lies before",
        ),
        ("court_on = 2010", "court_on = 1981", "key 'court_on' of [custody]: 1981-07-01 lies before the birth"),
        ("release_on = 2010", "release_on = 1981", "key 'release_on' of [custody]: 1981-09-02 lies before the birth"),
        (
            "# until = 2010-05-26                  # absent: in force; only a regime in force has reviews\n"
            "last_review_on = 2010-05-20",
            "until = 2010-05-26\nlast_review_on = 2010-05-27",
            "key 'last_review_on' of [regime 1]: 2010-05-27 lies after its last day, 2010-05-26; look at both days",
        ),
    ],
)
def test_a_regime_is_looked_at_while_it_lasts_and_nothing_comes_before_the_birth(
    old: str, new: str, said: str
) -> None:
    """A review after its regime had ended reviewed nothing, and yet the next would be counted from it."""
    assert old in INTERFACE
    with pytest.raises(FactsRefused, match=re.escape(said)):
        read_case(loads(INTERFACE.replace(old, new, 1)))


def test_what_is_planned_may_be_to_come() -> None:
    """A release, a court, a sentence to be passed and the end of a course lie ahead, and are asked about for that."""
    planned = INTERFACE.replace("# until = 2010-05-26", "until = 2090-05-20").replace(
        "sentenced_on = 2010-05", "sentenced_on = 2010-07"
    )
    case = read_case(loads(planned))
    assert case.regime.regimes[0].until == date(2090, 5, 20)
    assert case.facts.custody.sentenced_on == date(2010, 7, 20)


def test_a_day_beside_the_file_is_held_against_the_file_s_own() -> None:
    """What has happened since an earlier day is no slip; what lies after both days, or after the only one, is."""
    later = loads(INTERFACE.replace("received_on = 2010-05", "received_on = 2010-08"))
    assert read_case(later, on=date(2010, 8, 20)).day == date(2010, 8, 20)
    for on in (date(2010, 3, 31), date(2010, 8, 19)):
        with pytest.raises(FactsRefused, match="2010-08-20 lies after the day of the assessment"):
            read_case(later, on=on)
    alone = loads(INTERFACE.replace("on = 2010-06-01", "", 1))
    assert read_case(alone, on=date(2010, 6, 1)).day == date(2010, 6, 1)
    with pytest.raises(FactsRefused, match="lies after the day of the assessment, 2010-03-31"):
        read_case(alone, on=date(2010, 3, 31))
