"""Every other medicine is reconciled: continued, changed or stopped with a reason, or not yet confirmed.

Quetiapine and antidepressants stopped at the door is what people told of (000 A 3.50 to 3.52).
"""

from datetime import datetime, timedelta

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.reception.facts import ReceptionFacts, Reconciled
from pdtdesk.policy.findings import TaskKind, Tier, Urgency
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.reception.said import Due, Said, listed, say, together

_WITH_A_REASON = (Reconciled.CHANGE, Reconciled.STOP)


def medicines(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    """What was changed or stopped without a reason, and what nobody has confirmed yet."""
    taken = facts.other_medicines or ()
    bare = [each.name for each in taken if each.decision in _WITH_A_REASON and not each.why]
    open_ones = [each.name for each in taken if each.decision in (None, Reconciled.UNCONFIRMED)]
    said = []
    if bare:
        said.append(
            say(
                Code.MEDICINE_WITHOUT_REASON,
                Tier.MUST_CORRECT,
                Urgency.TONIGHT,
                f"Changed or stopped without a reason: {listed(bare)}. Write down why, and who decided it.",
                [params.rule("medicines_reconciled")],
                label="Medicines",
                reason="a medicine stopped or changed without a reason",
            )
        )
    if open_ones:
        tomorrow = day_of(now) + timedelta(days=1)
        said.append(
            say(
                Code.MEDICINES_NOT_CONFIRMED,
                Tier.MUST_ACKNOWLEDGE,
                Urgency.SOON,
                f"Not yet confirmed: {listed(open_ones)}. Confirm with the surgery or pharmacy, then continue, "
                "change or stop with a reason.",
                [params.rule("medicines_reconciled")],
                label="Medicines",
                due=None if facts.medicines_that_cannot_wait else Due(TaskKind.CONFIRM_MEDICINES, tomorrow),
            )
        )
    return together(*said)
