"""Which of the day's rounds a slot or an hour belongs to."""

from datetime import time

import pytest

from pdtdesk.domain.regime.rounds import part_at, part_of


@pytest.mark.parametrize(
    ("slot", "part"),
    [("morning", "morning"), ("08:30", "morning"), ("11:00", "noon"), ("17:45", "evening"), ("22:15", "night")],
)
def test_a_time_goes_with_the_nearest_round(slot: str, part: str) -> None:
    """A dose ordered for half past eight would stand on no list, and nobody would walk there."""
    assert part_of(slot) == part


@pytest.mark.parametrize(
    ("clock", "part"),
    [(time(8, 30), "morning"), (time(12), "noon"), (time(16), "evening"), (time(21, 40), "night"), (time(1), "night")],
)
def test_the_page_opens_at_the_round_of_the_hour(clock: time, part: str) -> None:
    """After midnight the night's round is the nearest, not the morning's."""
    assert part_at(clock) == part
