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
