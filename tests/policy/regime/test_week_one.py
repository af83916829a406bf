"""The first week of methadone is counted from its first dose, by whatever order it rises (D-03)."""

import pytest

from pdtdesk.domain.regime.schedule import DAY as ONE_DAY
from pdtdesk.domain.regime.schedule import Schedule, Stretch
from pdtdesk.policy.regime.schedules.beginning import week_one
from tests.policy.regime.scheduling import DAY, SHIPPED, mg


@pytest.mark.parametrize(
    ("days", "dose", "too_much"), [(0, 50, False), (0, 51, True), (6, 51, True), (7, 51, False), (30, 90, False)]
)
def test_a_rise_within_the_week_counts_from_the_first_dose(days: int, dose: int, *, too_much: bool) -> None:
    """Thirty more on Friday, and thirty more on Sunday by another order: no line says that it is sixty."""
    schedule = Schedule((Stretch(DAY + days * ONE_DAY, None, (("morning", mg(dose)),)),))
    assert bool(week_one(schedule, DAY, mg(20), SHIPPED)) is too_much
