"""Withdrawal from opioids: scored by COWS, repeated, and never taken for absent because nobody looked."""

from datetime import datetime

from pdtdesk.domain.calendar import day_of, hours_after, show_instant
from pdtdesk.domain.reception.facts import ReceptionFacts
from pdtdesk.domain.reception.scales import OutsideBands
from pdtdesk.policy.findings import Source, TaskKind, Tier, Urgency
from pdtdesk.policy.parameters import NotSignedLocally, ParametersOnDay
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.reception.said import NOTHING, Due, Said, asked, say
from pdtdesk.policy.reception.scales import band, urgency_of
from pdtdesk.policy.reception.signs import opioid_withdrawal_possible


def opioid_withdrawal(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    """The COWS band in words and when to repeat it, or that it has not been taken."""
    possible, cows = opioid_withdrawal_possible(facts, params), facts.scores.cows
    if cows is None:
        return _not_taken(params, now) if possible else NOTHING
    try:
        found, bands = band(params, "cows", cows.value)
    except OutsideBands:
        return NOTHING  # said by `facts_agree`
    urgency = urgency_of(params, "cows", found)
    taken = f", taken {show_instant(cows.taken_at)}" if cows.taken_at else ""
    scored = f"COWS {cows.value}: {found.label} withdrawal ({found.from_score} to {found.to_score}){taken}."
    sources: list[Source] = [params.rule("opioid_withdrawal"), bands, params.words("cows_priority")]
    if not possible and urgency is Urgency.ROUTINE:
        return say(Code.COWS, Tier.NOTE, urgency, scored, sources)
    repeat = asked(params.hours, "cows_repeat_hours")
    if isinstance(repeat, NotSignedLocally):
        at, again = None, "Repeat it: how often is not signed here, so decide it with the prescriber and record it."
        watch = "COWS again: how often is not signed here."
    else:
        at = hours_after(cows.taken_at or now, repeat.value)
        again = f"Repeat at {show_instant(at)}."
        watch = f"COWS again at {show_instant(at)}."
    if urgency is Urgency.ROUTINE:
        again += " Withdrawal may still come."
    return say(
        Code.COWS,
        Tier.NOTE if urgency is Urgency.ROUTINE else Tier.MUST_ACKNOWLEDGE,
        urgency,
        f"{scored} {again}",
        [*sources, repeat],
        label="Withdrawal",
        reason=None if urgency is Urgency.ROUTINE else f"opioid withdrawal, {found.label}",
        due=Due(TaskKind.REPEAT_COWS, day_of(at or now), at),
        observe=f"Opioid withdrawal. {watch}",
    )


def _not_taken(params: ParametersOnDay, now: datetime) -> Said:
    return say(
        Code.COWS_NOT_TAKEN,
        Tier.MUST_ACKNOWLEDGE,
        Urgency.TONIGHT,
        "Opioids used, prescribed or withdrawal seen, and no COWS taken: score it now.",
        [params.rule("opioid_withdrawal")],
        label="Withdrawal",
        reason="COWS not taken",
        due=Due(TaskKind.REPEAT_COWS, day_of(now), now),
    )
