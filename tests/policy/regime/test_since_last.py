"""Doses of two days, and of two substitutes, are held against each other by the hours between them."""

from datetime import timedelta

import pytest

from pdtdesk.policy.regime.since_last import hours_since_witnessed
from pdtdesk.policy.regime.stops import StopCode
from tests.policy.regime.test_stops import NOW, SIGNED, UNSIGNED, found


def test_where_only_the_other_substitute_was_seen_taken_that_is_said() -> None:
    """Otherwise who changes from buprenorphine is begun on methadone as if nothing were in the blood."""
    seen = (NOW - timedelta(hours=20), "buprenorphine")
    told = hours_since_witnessed(None, NOW, SIGNED, other=seen)
    assert "Buprenorphine was last seen taken 20 hours before" in told.sentence


@pytest.mark.hazard("H-008")
def test_a_dose_early_after_one_late_at_night_stops_by_the_signed_hours_alone() -> None:
    """Otherwise two days' doses act at once, or every morning's dose is stopped by hours that nobody signed."""
    soon, late = ({"at": NOW, "day_before_at": NOW - timedelta(hours=hours)} for hours in (1, 24))
    assert found(SIGNED, **soon) == [StopCode.TOO_SOON]
    assert found(SIGNED, **late) == found(UNSIGNED, **soon) == []
