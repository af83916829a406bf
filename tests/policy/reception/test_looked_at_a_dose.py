"""A look before a dose is a look; and it answers no question of the triage."""

from dataclasses import replace

import pytest

from pdtdesk.policy.reception.codes import Code
from tests.policy.reception.test_assess import CLEAR, NOW, an_arrival, codes, sentences, tonight


@pytest.mark.hazard("H-003")
def test_whoever_was_seen_awake_before_a_dose_tonight_has_been_looked_at() -> None:
    """*Nobody has recorded whether drowsy* stood on the page of a man whom she looked at an hour ago; and what the
    triage asks is asked all the same."""
    unasked = replace(CLEAR, drowsy_now=None)
    assert Code.SEDATION_NOT_CHECKED in codes(tonight(an_arrival(risks=unasked)))
    found = tonight(an_arrival(risks=replace(unasked, awake_at_a_dose=NOW)))
    assert Code.SEDATION_NOT_CHECKED not in codes(found)
    assert not found.hard_stop
    (asked,) = [line.sentence for line in found.plan if line.code == Code.FIRST_PASS_OPEN]
    assert "drowsy" in asked


@pytest.mark.hazard("H-003")
def test_a_look_before_a_dose_takes_no_drowsy_away() -> None:
    """Awake at eight, asleep in his chair at ten: what was seen stands until somebody looks again."""
    found = tonight(an_arrival(risks=replace(CLEAR, drowsy_now=True, intoxicated_now=None, awake_at_a_dose=NOW)))
    assert found.hard_stop
    assert sentences(found, Code.SEDATION_DROWSY)
