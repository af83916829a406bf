"""Chance from a seed: the same people each time, and no kind of person left out."""

from collections import Counter
from datetime import datetime

import pytest

from pdtdesk.domain.calendar import LONDON
from pdtdesk.services.demonstration.chance import Chance
from pdtdesk.services.demonstration.evening import NotAnEvening, evening_of, read_today


def test_the_same_seed_draws_the_same_however_it_is_asked() -> None:
    assert Chance("ward").bytes(50) == b"".join(Chance("ward").bytes(50)[n : n + 1] for n in range(50))
    one, other = Chance("ward"), Chance("ward")
    assert one.bytes(7) + one.bytes(43) == other.bytes(50)
    assert Chance("ward").bytes(16) != Chance("wing").bytes(16)


def test_a_weight_is_how_often_somebody_is_drawn() -> None:
    chance = Chance("weights")
    drawn = Counter(chance.weighted((("seldom", 10), ("often", 90), ("never", 0))) for _ in range(2000))
    assert drawn["never"] == 0
    assert 120 < drawn["seldom"] < 290


def test_shuffling_loses_nobody() -> None:
    assert sorted(Chance("beds").shuffled(range(100))) == list(range(100))
    assert Chance("beds").shuffled(range(100)) != list(range(100))


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2010-06-01", datetime(2010, 6, 1, 21, 40, tzinfo=LONDON)),
        ("2010-06-02T09:00", datetime(2010, 6, 2, 9, 0, tzinfo=LONDON)),
        ("2010-06-01T20:40+00:00", datetime(2010, 6, 1, 21, 40, tzinfo=LONDON)),
    ],
)
def test_today_is_a_day_or_a_time(text: str, instant: datetime) -> None:
    assert read_today(text) == instant


@pytest.mark.parametrize(
    "text",
    ["", "tomorrow", "2010-02-30", "31/05/2010", "2010-06-01T25:00", "2010-W01-1", "20100601", "2010-06-01T0900"],
)
def test_a_day_that_does_not_exist_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(NotAnEvening, match="YYYY-MM-DD"):
        read_today(text)


def test_in_the_morning_the_evening_was_last_night() -> None:
    assert evening_of(read_today("2010-06-02T09:00")) == read_today("2010-06-01")
    assert evening_of(read_today("2010-06-01T23:00")) == read_today("2010-06-01")
