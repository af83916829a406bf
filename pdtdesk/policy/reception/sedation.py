"""The over-sedation stop (K-08): was asleep, was given the dose, was dead in the morning.

Nobody lifts it. It ends by a recorded reassessment, and the dose then follows a prescriber's order. A check that
nobody has made counts as not passed: there is no answer filled in beforehand.
"""

from collections.abc import Sequence
from datetime import datetime

from pdtdesk.domain.calendar import day_of, hours_after, show_instant
from pdtdesk.domain.reception.facts import ReceptionFacts
from pdtdesk.policy.findings import Hold, Source, TaskKind, Tier, Urgency
from pdtdesk.policy.parameters import NotSignedLocally, ParametersOnDay
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.reception.said import NOTHING, Due, Said, asked, listed, say, sentence_case, together
from pdtdesk.policy.reception.signs import named, opioid_withdrawal_possible, sedatives_on_board

STOPPED = ("opioids", "sedatives")
NOT_LOOKED = "not looked at"
"""How it is said of somebody that nobody has recorded a look."""
_ENDS = "a recorded reassessment; the dose then follows a prescriber's order"


def sedation(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    """Stops every opioid and sedative for somebody drowsy, intoxicated, or not yet looked at: at triage, or before a
    dose tonight."""
    risks = facts.risks
    stops = []
    if risks.drowsy_now:
        stops.append(_stop(Code.SEDATION_DROWSY, "Drowsy", params, risks.drowsy_seen_at or now))
    if risks.intoxicated_now:
        seen_at = risks.intoxicated_seen_at or now
        stops.append(_stop(Code.SEDATION_INTOXICATED, "Intoxicated", params, seen_at, task=not stops))
    unknown = risks.drowsy_now is None or risks.intoxicated_now is None
    if not stops and unknown and risks.awake_at_a_dose is None:
        unseen = [
            w for w, seen in (("drowsy", risks.drowsy_now), ("intoxicated", risks.intoxicated_now)) if seen is None
        ]
        stops.append(_not_checked(unseen, params))
    return together(*stops) if stops else _check(facts, params)


def _stop(code: Code, state: str, params: ParametersOnDay, seen_at: datetime, *, task: bool = True) -> Said:
    """The next look is counted from the one that saw it: nothing else that is written pushes it back."""
    rule = params.rule("sedation_stop")
    recheck = asked(params.hours, "sedation_recheck_hours")
    if isinstance(recheck, NotSignedLocally):
        at, again = None, "how often to look again is not signed here: decide it and record it"
    else:
        at = hours_after(seen_at, recheck.value)
        again = f"look again at {show_instant(at)}"
    return say(
        code,
        Tier.MUST_ACKNOWLEDGE,
        Urgency.NOW,
        f"{state}: no opioid and no sedative may be given. The stop ends only by {_ENDS}; {again}.",
        [rule, recheck],
        label="May not be given",
        reason=state.lower(),
        due=Due(TaskKind.REASSESS_SEDATION, day_of(at or seen_at), at) if task else None,
        holds=[Hold(what, f"{state.lower()} now", _ENDS, True, code) for what in STOPPED],
        observe=f"{state}: {again}; call for help at once if hard to rouse or breathing slowly.",
    )


def _not_checked(unseen: list[str], params: ParametersOnDay) -> Said:
    state = " or ".join(unseen)
    return say(
        Code.SEDATION_NOT_CHECKED,
        Tier.MUST_ACKNOWLEDGE,
        Urgency.TONIGHT,
        f"Nobody has recorded whether {state} now: no opioid and no sedative may be given until somebody has looked.",
        [params.rule("sedation_stop")],
        label="May not be given",
        reason=f"{NOT_LOOKED}: {state}",
        holds=[
            Hold(what, f"{NOT_LOOKED}: {state}", "looking, and recording it", True, Code.SEDATION_NOT_CHECKED)
            for what in STOPPED
        ],
    )


def _check(facts: ReceptionFacts, params: ParametersOnDay) -> Said:
    if not (opioid_withdrawal_possible(facts, params) or sedatives_on_board(facts)):
        return NOTHING
    return say(
        Code.SEDATION_CHECK,
        Tier.NOTE,
        Urgency.TONIGHT,
        "Look before every opioid or sedative dose: drowsy or intoxicated, it is not given.",
        [params.rule("sedation_stop")],
        label="Stop if drowsy",
    )


def sedation_risks(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    """What makes over-sedation likelier, for the prescriber to know before any dose."""
    del now  # what is on board is told at any hour
    on_board = [f"{named(s)} on board" for s in sedatives_on_board(facts)]
    risks = facts.risks
    bodily = [
        words
        for words, present in (
            ("head injury", risks.head_injury),
            ("breathing problem", risks.breathing_problem),
            ("heart problem", risks.heart_problem),
            ("liver problem", risks.liver_problem),
        )
        if present
    ]
    if not on_board and not bodily:
        return NOTHING
    sentence = f"{sentence_case(listed([*on_board, *bodily]))}: tell the prescriber before any opioid or sedative."
    sources: list[Source] = [params.rule("sedation_risks")]
    if not (on_board and opioid_withdrawal_possible(facts, params)):
        return _risk_line(sentence, bodily, sources)
    most = params.milligrams("methadone_sedatives_most")
    sentence += f" With alcohol or sedatives on board methadone starts at {most.value} a day at most."
    return _risk_line(sentence, bodily, [*sources, most])


def _risk_line(sentence: str, bodily: list[str], sources: Sequence[Source]) -> Said:
    return say(
        Code.SEDATION_RISKS,
        Tier.MUST_ACKNOWLEDGE,
        Urgency.TONIGHT if bodily else Urgency.SOON,
        sentence,
        sources,
        label="Tell prescriber",
        reason=listed(bodily) or None,
    )
