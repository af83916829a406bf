"""Which of the day's rounds a slot or an hour belongs to."""

from datetime import date, datetime, time

import pytest

from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.regime.rounds import first_day_for, over_at, part_at, part_of, round_at


@pytest.mark.parametrize(
    ("slot", "part"),
    [("morning", "morning"), ("08:30", "morning"), ("11:00", "noon"), ("17:45", "evening"), ("22:15", "night")],
)
def test_a_time_goes_with_the_nearest_round(slot: str, part: str) -> None:
    """A dose ordered for half past eight would stand on no list, and nobody would walk there."""
    assert part_of(slot) == part


@pytest.mark.parametrize(
    ("clock", "part"),
    [(time(8), "morning"), (time(12), "noon"), (time(16), "evening"), (time(21, 40), "night"), (time(1), "night")],
)
def test_the_page_opens_at_the_round_of_the_hour(clock: time, part: str) -> None:
    """After midnight the night's round is the nearest, not the morning's."""
    assert part_at(clock) == part


@pytest.mark.parametrize(
    ("local", "found"),
    [
        (datetime(2010, 6, 1, 21, 40, tzinfo=LONDON), (date(2010, 6, 1), "night")),
        (datetime(2010, 6, 2, 0, 20, tzinfo=LONDON), (date(2010, 6, 1), "night")),
        (datetime(2010, 6, 2, 7, 40, tzinfo=LONDON), (date(2010, 6, 2), "morning")),
    ],
)
def test_after_midnight_the_night_round_is_still_that_of_the_day_before(
    local: datetime, found: tuple[date, str]
) -> None:
    """A dose of half past nine given at twenty past twelve would be written under tomorrow, and given twice."""
    assert round_at(local) == found


@pytest.mark.parametrize(
    ("slot", "hour", "over"),
    [
        ("morning", 8, False),
        ("morning", 21, True),
        ("noon", 8, False),
        ("night", 21, False),
        ("08:30", 21, True),
        ("morning", 1, False),
    ],
)
def test_a_round_is_over_once_the_next_one_has_come(slot: str, hour: int, *, over: bool) -> None:
    """An order of 21:40 begins with this morning's dose, and tomorrow he is given the second day's."""
    assert over_at(slot, datetime(2010, 6, 1, hour, 10, tzinfo=LONDON)) is over


@pytest.mark.parametrize(
    ("slots", "written", "day"),
    [
        (("morning",), (), 2),
        (("morning", "noon", "evening", "night"), (), 1),
        (("night",), (), 1),
        (("night",), ("night",), 2),
        (("evening", "night"), ("night",), 2),
        (("21:15",), (), 1),
    ],
)
def test_a_course_begins_on_the_day_of_the_next_round_in_which_it_can_be_given(
    slots: tuple[str, ...], written: tuple[str, ...], day: int
) -> None:
    """Filled in with this morning at twenty to ten at night, the man's first dose is that of the second day."""
    assert first_day_for(slots, datetime(2010, 6, 1, 21, 40, tzinfo=LONDON), written) == date(2010, 6, day)
