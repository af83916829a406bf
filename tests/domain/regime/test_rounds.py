"""Which of the day's rounds a slot or an hour belongs to."""

from datetime import date, datetime, time

import pytest

from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.regime.rounds import first_day_for, has_begun, over_at, part_at, part_of, round_at, ward_day


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


@pytest.mark.parametrize(
    ("slot", "day", "hour", "found"),
    [
        ("morning", 1, 8, 1),
        ("night", 1, 23, 1),
        ("night", 2, 0, 1),
        ("22:30", 2, 1, 1),
        ("01:00", 2, 1, 2),
        ("morning", 2, 5, 2),
    ],
)
def test_a_dose_is_of_the_day_in_whose_round_it_was_given(slot: str, day: int, hour: int, found: int) -> None:
    """Given at twenty past midnight by the sheet of the night: under today it is missing yesterday, and two today."""
    assert ward_day(slot, datetime(2010, 6, day, hour, 20, tzinfo=LONDON)) == date(2010, 6, found)


@pytest.mark.parametrize(
    ("slot", "begun"),
    [("morning", True), ("09:00", True), ("noon", True), ("evening", False), ("night", False), ("01:00", True)],
)
def test_a_dose_can_have_been_given_once_its_round_has_begun(slot: str, begun: bool) -> None:
    """Tonight's dose is entered as given at noon from the wrong line of the sheet, and refused at night."""
    noon = datetime(2010, 6, 2, 11, 0, tzinfo=LONDON)
    assert has_begun(slot, date(2010, 6, 2), noon) is begun
    assert has_begun(slot, date(2010, 6, 1), noon)
    assert not has_begun(slot, date(2010, 6, 3), noon)


def test_after_midnight_nothing_of_the_new_day_has_begun() -> None:
    """Half past midnight is the night of yesterday: this morning's dose is still in the cupboard."""
    late = datetime(2010, 6, 2, 0, 30, tzinfo=LONDON)
    assert has_begun("night", date(2010, 6, 1), late)
    assert not any(has_begun(slot, date(2010, 6, 2), late) for slot in ("morning", "night", "01:00"))
    assert has_begun("00:15", date(2010, 6, 2), late)
