"""Who waits for a prescriber: nobody who used, shook or was prescribed for is left off the list."""

from collections.abc import Mapping

import pytest

from pdtdesk.domain.reception.fold import person_of
from pdtdesk.domain.reception.person import Stay
from pdtdesk.domain.regime.awaiting import awaits_regime
from pdtdesk.domain.regime.treatment import Treatment
from tests.domain.reception.records import ADMITTED, answered
from tests.domain.record.entries import an_entry
from tests.domain.regime.treatments import declared

PLAN = an_entry("plan", kind="plan", body={"stay": "s", "pass": 1, "priority": "soon", "reasons": []})
USED, SEEN = {"substances.opioids.frequency": "daily"}, {"withdrawal.seen": "alcohol opioids"}


def a_stay(answers: Mapping[str, str], *, triaged: bool = True) -> Stay:
    said = [answered(f"e{number}", value, key=key) for number, (key, value) in enumerate(answers.items())]
    person = person_of([*ADMITTED, *said, *([PLAN] if triaged else [])])
    assert person is not None
    return person.stays[0]


@pytest.mark.hazard("H-002")
@pytest.mark.parametrize(
    "answers",
    [
        USED,
        {"substances.opioids.frequency": "most_days"},
        SEEN,
        {"prescribed.medicine": "buprenorphine"},
        {"opioids.dependence": "suspected"},
        {"opioids.dependence": "dependent", "substances.opioids.frequency": "not_used"},
    ],
)
def test_whoever_shows_a_need_waits_for_a_prescriber(answers: Mapping[str, str]) -> None:
    """Otherwise a man who withdraws from heroin is on no list, and nobody comes."""
    assert awaits_regime(a_stay(answers), Treatment())


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"substances.opioids.frequency": "weekly"},
        {"withdrawal.seen": "alcohol"},
        {"prescribed.any": "no"},
        {**USED, **SEEN, "opioids.dependence": "none"},
    ],
)
def test_whoever_shows_none_or_was_assessed_as_not_dependent_does_not_wait(answers: Mapping[str, str]) -> None:
    """Otherwise the list of those waiting is the list of everybody, and nobody reads it."""
    assert not awaits_regime(a_stay(answers), Treatment())


def test_nobody_waits_before_the_triage_or_after_a_regime_was_chosen() -> None:
    """Otherwise a prescriber is called to somebody whom no nurse has seen, or twice for one decision."""
    assert not awaits_regime(a_stay(USED, triaged=False), Treatment())
    assert not awaits_regime(a_stay(USED), Treatment(regimes=(declared(),)))
