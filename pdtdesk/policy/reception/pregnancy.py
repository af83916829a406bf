"""Pregnancy (S-01): always acknowledged, prescriber and midwife the same day, no schedule proposed."""

from datetime import datetime

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.reception.facts import ReceptionFacts
from pdtdesk.policy.findings import TaskKind, Tier, Urgency
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.reception.said import NOTHING, Due, Said, say, together


def pregnancy(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    """Prescriber and midwife today; the task to reach the prescriber is made by `prescriber`."""
    if facts.patient.pregnant is not True:
        return NOTHING
    rule, today = params.rule("pregnancy"), day_of(now)
    doctor = say(
        Code.PREGNANT,
        Tier.MUST_ACKNOWLEDGE,
        Urgency.NOW,
        "Pregnant: a prescriber sees her today. Detoxification stands as exceptional, and no schedule is proposed.",
        [rule],
        label="Pregnant",
        reason="pregnant",
    )
    midwife = say(
        Code.PREGNANT,
        Tier.MUST_ACKNOWLEDGE,
        Urgency.NOW,
        "Pregnant: a midwife is called today.",
        [rule],
        label="Midwife",
        due=Due(TaskKind.MIDWIFE_TODAY, today),
    )
    return together(doctor, midwife)
