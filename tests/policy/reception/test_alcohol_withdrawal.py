"""Withdrawal from alcohol and benzodiazepines: what is said of it is what was found, and nothing that was not."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pdtdesk.domain.reception.facts import Frequency, ReceptionFacts, Risks, Substance, Use
from pdtdesk.policy.national import load_national
from pdtdesk.policy.reception.assess import assess
from pdtdesk.policy.reception.codes import Code

NOW = datetime(2010, 6, 1, 20, 40, tzinfo=UTC)
DAILY = Use(frequency=Frequency.DAILY)
SHAKING = ReceptionFacts(risks=Risks(withdrawal_seen=(Substance.ALCOHOL,)))


@pytest.mark.hazard("H-002")
@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (SHAKING, "Alcohol: withdrawal seen, and"),
        (ReceptionFacts(substances={Substance.ALCOHOL: DAILY}), "Alcohol: regular use, and"),
        (
            replace(SHAKING, substances={Substance.BENZODIAZEPINES: DAILY}),
            "Alcohol and benzodiazepines: regular use or withdrawal seen, and",
        ),
    ],
)
def test_what_was_seen_and_what_was_used_are_each_said_where_they_are_known(facts: ReceptionFacts, why: str) -> None:
    """Otherwise a plan says *regular use* of somebody who was only seen to shake, and the wrong thing is asked."""
    found = assess(facts, load_national().on(date(2010, 6, 1)), NOW)
    (said,) = [each.sentence for each in found.findings if each.code == Code.CIWA_AR_NOT_TAKEN]
    assert said == f"{why} no CIWA-Ar taken: score it now."
