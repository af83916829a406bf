"""Other medicines, wounds, people at home, wishes: what goes wrong when nobody asks."""

from datetime import datetime

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.reception.facts import ReceptionFacts
from pdtdesk.policy.findings import TaskKind, Tier, Urgency
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.reception.said import Due, Said, listed, say, together
from pdtdesk.policy.reception.signs import needs_prescriber


def care(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    """Each of them a line of its own, where the facts give cause."""
    said = []
    if facts.medicines_that_cannot_wait:
        said.append(
            say(
                Code.MEDICINES_CANNOT_WAIT,
                Tier.MUST_ACKNOWLEDGE,
                Urgency.TONIGHT,
                f"Cannot wait until morning: {listed(facts.medicines_that_cannot_wait)}. Confirm and continue, "
                "change or stop with a reason, tonight.",
                [params.rule("medicines_reconciled")],
                label="Medicines",
                reason="medicines that cannot wait",
                due=Due(TaskKind.CONFIRM_MEDICINES, day_of(now), now),
            )
        )
    if facts.risks.injecting_site_problem:
        said.append(
            say(
                Code.WOUND_CARE,
                Tier.MUST_ACKNOWLEDGE,
                Urgency.SOON,
                "Injecting sites need care: look for an abscess or clot, and call the prescriber where there is one.",
                [params.rule("wound_care")],
                label="Wounds",
                reason="injecting sites",
            )
        )
    if facts.risks.dependants_at_home:
        said.append(
            say(
                Code.DEPENDANTS,
                Tier.MUST_ACKNOWLEDGE,
                Urgency.TONIGHT,
                "Somebody at home depends on this person: find out who looks after them tonight, and who must know.",
                [params.rule("dependants")],
                label="At home",
                reason="dependants at home",
            )
        )
    if facts.wishes is None and needs_prescriber(facts, params):
        said.append(
            say(
                Code.WISHES_NOT_RECORDED,
                Tier.NOTE,
                Urgency.SOON,
                "What the person wishes is not recorded: ask, and write down what was told and agreed.",
                [params.rule("wishes")],
                label="Wishes",
            )
        )
    return together(*said)
