"""Self-harm now and before, the ACCT, and the watch of the first week (K-01, K-02)."""

from datetime import datetime, timedelta

from pdtdesk.domain.calendar import day_of, show_day
from pdtdesk.domain.reception.facts import ReceptionFacts
from pdtdesk.policy.findings import TaskKind, Tier, Urgency
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.reception.said import NOTHING, Due, Said, say, together
from pdtdesk.policy.reception.signs import dependent


def self_harm(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    """Self-harm now comes before everything but breathing; before, it is asked what became of the ACCT."""
    risks = facts.risks
    if not (risks.self_harm_now or risks.self_harm_before):
        return first_week(facts, params, now)
    acct, decided = _acct(facts)
    due = None if decided else Due(TaskKind.ACCT_DECISION, day_of(now), now)
    rule = params.rule("self_harm_now")
    if risks.self_harm_now:
        said = say(
            Code.SELF_HARM_NOW,
            Tier.MUST_ACKNOWLEDGE,
            Urgency.NOW,
            f"Thoughts of self-harm now. {acct} Do not leave alone until it is decided how often to look in.",
            [rule],
            label="Self-harm",
            reason="self-harm now",
            due=due,
            observe="Do not leave alone until it is decided how often to look in.",
        )
    else:
        asked = "denies thoughts now" if risks.self_harm_now is False else "thoughts now not known"
        said = say(
            Code.SELF_HARM_BEFORE,
            Tier.MUST_ACKNOWLEDGE,
            Urgency.TONIGHT,
            f"Self-harm before; {asked}. {acct}",
            [rule],
            label="Self-harm",
            reason="self-harm before",
            due=due,
        )
    return together(said, first_week(facts, params, now))


def first_week(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    """Dependent people are watched through their first week in custody."""
    if not dependent(facts, params):
        return NOTHING
    length = params.days("first_week_days")
    received = facts.custody.received_on or day_of(now)
    ends = received + timedelta(days=length.value)
    if ends < day_of(now):
        return NOTHING
    return say(
        Code.FIRST_WEEK_WATCH,
        Tier.NOTE,
        Urgency.SOON,
        f"First week, to {show_day(ends)}: dependent people are at twice the risk of suicide; of those who died with "
        "a primary diagnosis of drug dependence, 43 per cent died within the first week and 86 per cent within 28 "
        "days.",
        [params.rule("first_week_watch"), params.rule("first_week_deaths"), length],
        label="Watch",
        due=Due(TaskKind.FIRST_WEEK_WATCH, ends),
        observe=f"First-week watch to {show_day(ends)}.",
    )


def _acct(facts: ReceptionFacts) -> tuple[str, bool]:
    """What stands about the ACCT in words, and whether it was decided."""
    opened, why = facts.risks.acct_opened, facts.risks.acct_reason
    if opened:
        return "ACCT opened.", True
    if opened is False and why:
        return f"ACCT not opened, because: {why.rstrip('.')}.", True
    if opened is False:
        return "ACCT not opened, and no reason recorded: open one, or record why not.", False
    return "ACCT not decided: open one, or record why not.", False
