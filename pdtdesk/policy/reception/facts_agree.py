"""Facts that cannot both be true: put right before the plan is relied on."""

from collections.abc import Iterator
from datetime import datetime

from pdtdesk.domain.calendar import day_of, show_day, show_instant
from pdtdesk.domain.custody import ends_before_it_begins
from pdtdesk.domain.reception.facts import CommunityPrescription, ReceptionFacts, Sex
from pdtdesk.domain.reception.scales import SCALES
from pdtdesk.policy.findings import Tier, Urgency
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.reception.said import Said, say, together
from pdtdesk.policy.reception.signs import named


def facts_agree(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    """Names each fact that must be corrected, and what it disagrees with."""
    rule = params.rule("facts_agree")
    return together(
        *(
            say(code, Tier.MUST_CORRECT, Urgency.TONIGHT, sentence, [rule], label="Put right")
            for code, sentence in (*_custody(facts), *_times(facts, now), *_scores(facts), *_sex(facts))
        )
    )


def _custody(facts: ReceptionFacts) -> Iterator[tuple[Code, str]]:
    custody = facts.custody
    if ends_before_it_begins(custody) and custody.release_on is not None:
        yield (
            Code.CORRECT_SENTENCE,
            f"The release day {show_day(custody.release_on)} lies before the sentence or reception it should follow: "
            "check it on the warrant.",
        )


def _times(facts: ReceptionFacts, now: datetime) -> Iterator[tuple[Code, str]]:
    today = day_of(now)
    born = facts.patient.born
    if born is not None and born > today:
        yield Code.CORRECT_TIME, f"The date of birth {show_day(born)} is still to come: check it."
    for substance, use in facts.substances.items():
        if use.last_use is not None and use.last_use > today:
            yield (
                Code.CORRECT_TIME,
                f"Last use of {named(substance)} on {show_day(use.last_use)} is still to come: check it.",
            )
    moments = [(f"The last witnessed dose of {p.medicine}", p.last_witnessed_at) for p in _prescribed(facts)]
    moments += [(f"The dose of {d.medicine} in {d.place}", d.given_at) for d in facts.custody_doses or ()]
    moments += [
        ("The arrest", facts.arrested_at),
        ("The prescriber's order", facts.prescriber.order_signed_at),
        ("Reaching the prescriber", facts.prescriber.reached_at),
        ("The first dose", facts.first_dose_at),
    ]
    for what, at in moments:
        if at is not None and at > now:
            yield Code.CORRECT_TIME, f"{what} at {show_instant(at)} is still to come: check it."
    signed, received = facts.prescriber.order_signed_at, facts.custody.received_on
    if signed is not None and received is not None and day_of(signed) < received:
        yield (
            Code.CORRECT_TIME,
            f"The prescriber's order of {show_instant(signed)} is older than this arrival, so it does not hold "
            "tonight: check the day, or have tonight's order signed.",
        )


def _prescribed(facts: ReceptionFacts) -> tuple[CommunityPrescription, ...]:
    return facts.community_prescriptions or ()


def _scores(facts: ReceptionFacts) -> Iterator[tuple[Code, str]]:
    scores = facts.scores
    taken = {
        "cows": scores.cows,
        "sows_gossop": scores.sows,
        "ciwa_ar": scores.ciwa_ar,
        "audit": scores.audit,
        "sds": scores.sds,
    }
    for scale_id, score in taken.items():
        scale = SCALES[scale_id]
        lowest, highest = scale.range
        if score is not None and not lowest <= score.value <= highest:
            yield (
                Code.CORRECT_SCORE,
                f"{scale.name} {score.value} cannot be: it goes from {lowest} to {highest}. Score it again.",
            )


def _sex(facts: ReceptionFacts) -> Iterator[tuple[Code, str]]:
    if facts.patient.pregnant and facts.patient.sex is Sex.MALE:
        yield (
            Code.CORRECT_SEX,
            "Recorded as a man and as pregnant: put one right; until then care for the pregnancy.",
        )
