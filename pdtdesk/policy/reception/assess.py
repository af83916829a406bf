"""Tonight's plan for one arrival: every rule of reception asked, and the answers put in order of urgency."""

from collections.abc import Callable
from datetime import date, datetime

from pdtdesk.domain.reception.facts import ReceptionFacts
from pdtdesk.policy.findings import Finding, Hold, PlanLine, PriorityReason, Task, Tier, Tonight, Urgency
from pdtdesk.policy.parameters import NoGuidanceInForce, ParametersOnDay
from pdtdesk.policy.reception.alcohol_withdrawal import alcohol_withdrawal
from pdtdesk.policy.reception.care import care
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.reception.facts_agree import facts_agree
from pdtdesk.policy.reception.first_pass import first_pass
from pdtdesk.policy.reception.medicines import medicines
from pdtdesk.policy.reception.opioid_withdrawal import opioid_withdrawal
from pdtdesk.policy.reception.pathway import pathway
from pdtdesk.policy.reception.pregnancy import pregnancy
from pdtdesk.policy.reception.prescriber import prescriber
from pdtdesk.policy.reception.prescription import prescription
from pdtdesk.policy.reception.said import Said, say, together
from pdtdesk.policy.reception.scope import in_scope, scope
from pdtdesk.policy.reception.sedation import STOPPED, sedation, sedation_risks
from pdtdesk.policy.reception.self_harm import self_harm
from pdtdesk.policy.reception.witnessed import witnessed

Rule = Callable[[ReceptionFacts, ParametersOnDay, datetime], Said]

# Asked of everybody, whatever their age: they keep somebody safe and propose no treatment.
_FOR_ALL: tuple[Rule, ...] = (
    scope,
    facts_agree,
    first_pass,
    sedation,
    self_harm,
    pregnancy,
    prescriber,
    care,
    medicines,
)
_FOR_ADULTS: tuple[Rule, ...] = (
    opioid_withdrawal,
    alcohol_withdrawal,
    sedation_risks,
    prescription,
    witnessed,
    pathway,
)


def assess(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Tonight:
    """All that the rules propose for one arrival, most urgent first; the same facts always give the same plan.

    `now` is the instant of the assessment, with its offset; `params` the guidance of its day. Where nothing is in
    force that a rule needs, a finding says so and the way by hand stays open.
    """
    rules = (*_FOR_ALL, *_FOR_ADULTS) if in_scope(facts, now) else _FOR_ALL
    said = together(*(_asked(rule, facts, params, now) for rule in rules))
    reasons = tuple(sorted(said.reasons, key=_reason_order)) or (_ROUTINE,)
    return Tonight(
        findings=tuple(sorted(said.findings, key=_finding_order)),
        priority=reasons[0].urgency,
        priority_reasons=reasons,
        plan=tuple(sorted(said.plan, key=_line_order)),
        may_not_be_given=tuple(sorted(said.holds, key=_hold_order)),
        observation=tuple(dict.fromkeys(said.observation)),
        tasks=tuple(sorted(said.tasks, key=_task_order)),
        parameters=params.fingerprint,
    )


_ROUTINE = PriorityReason(Urgency.ROUTINE, "nothing found that asks for more tonight", "")
_CODES = {str(code): number for number, code in enumerate(Code)}


def _asked(rule: Rule, facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    try:
        return rule(facts, params, now)
    except NoGuidanceInForce as refusal:
        ends = "a prescriber's decision by hand, recorded with its reason"
        why = "no guidance held here was in force"
        stops = [Hold(what, why, ends, False, Code.NO_GUIDANCE) for what in STOPPED] if rule is sedation else []
        return say(
            Code.NO_GUIDANCE,
            Tier.MUST_ACKNOWLEDGE,
            Urgency.TONIGHT,
            str(refusal),
            [],
            label="No guidance",
            reason="no guidance in force",
            holds=stops,
            values=[("parameter", refusal.parameter_id)],
        )


def _finding_order(found: Finding) -> tuple[int, int, int, str]:
    return found.urgency.rank, found.tier.rank, _CODES[found.code], found.sentence


def _line_order(line: PlanLine) -> tuple[int, int, int, str]:
    return line.urgency.rank, line.tier.rank, _CODES[line.code], line.sentence


def _reason_order(reason: PriorityReason) -> tuple[int, int, str]:
    return reason.urgency.rank, _CODES[reason.code], reason.words


def _hold_order(hold: Hold) -> tuple[bool, int, str]:
    return not hold.hard, _CODES[hold.code], hold.what


def _task_order(task: Task) -> tuple[date, bool, float, str, str]:
    at = task.due_at.timestamp() if task.due_at else 0.0
    return task.planned_on, task.due_at is None, at, task.kind, task.sentence
