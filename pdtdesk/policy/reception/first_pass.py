"""The first pass: a question left open is named, and nobody falls to the foot of the list for it."""

from datetime import datetime

from pdtdesk.domain.reception.facts import ReceptionFacts, Sex, Substance
from pdtdesk.domain.reception.questions import QUESTIONS
from pdtdesk.policy.findings import Tier, Urgency
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.reception.said import NOTHING, Said, listed, say, together
from pdtdesk.policy.reception.signs import named

_MUST_BE_ASKED = (Substance.OPIOIDS, Substance.ALCOHOL, Substance.BENZODIAZEPINES)


def first_pass(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    """One finding for each question of the first pass without an answer; then the substances not asked about."""
    del now  # what is open is open at any hour
    rule = params.rule("first_pass")
    said = [
        say(
            Code.FIRST_PASS_OPEN,
            Tier.MUST_ACKNOWLEDGE,
            Urgency.TONIGHT,
            f"Not known yet: {QUESTIONS[key].label}. Ask again, or look; until then nobody can say it is not so.",
            [rule],
            reason=f"not known: {_lower(QUESTIONS[key].label)}",
            values=[("question", key)],
        )
        for key in open_questions(facts)
    ]
    if said:
        said.append(_line(open_questions(facts), params))
    unasked = [s for s in _MUST_BE_ASKED if _unknown(facts, s)]
    if unasked:
        said.append(
            say(
                Code.SUBSTANCES_NOT_ASKED,
                Tier.MUST_ACKNOWLEDGE,
                Urgency.SOON,
                f"Use not known: {listed([named(s) for s in unasked])}. Withdrawal cannot be ruled out until asked.",
                [rule],
                label="Still to ask",
                reason="use of opioids, alcohol or benzodiazepines not known",
                observe="Look in until drug and alcohol use is asked.",
            )
        )
    return together(*said) if said else NOTHING


def open_questions(facts: ReceptionFacts) -> tuple[str, ...]:
    """The keys of the first-pass questions whose answer the rules need and do not have, in the order asked."""
    risks = facts.risks
    answers: tuple[tuple[str, object | None], ...] = (
        ("risk.self_harm_now", risks.self_harm_now),
        ("risk.drowsy", risks.drowsy_now),
        ("risk.intoxicated", risks.intoxicated_now),
        ("withdrawal.seen", risks.withdrawal_seen),
        ("risk.seizure_ever", risks.seizure_ever),
        ("risk.pregnant", False if facts.patient.sex is Sex.MALE else facts.patient.pregnant),
        ("prescribed.any", facts.community_prescriptions),
        ("medicines.cannot_wait", facts.medicines_that_cannot_wait),
    )
    return tuple(key for key, answer in answers if answer is None)


def _line(keys: tuple[str, ...], params: ParametersOnDay) -> Said:
    """One line of the plan for all that is still open."""
    questions = listed([_lower(QUESTIONS[key].label) for key in keys])
    said = say(
        Code.FIRST_PASS_OPEN,
        Tier.MUST_ACKNOWLEDGE,
        Urgency.TONIGHT,
        f"Not known yet: {questions}.",
        [params.rule("first_pass")],
        label="Still to ask",
    )
    return Said(plan=said.plan)


def _unknown(facts: ReceptionFacts, substance: Substance) -> bool:
    use = facts.use(substance)
    return use is None or use.used is None


def _lower(label: str) -> str:
    return label[0].lower() + label[1:]
