"""Whether these rules speak of this person at all: under 18 they do not, and care is not refused (S-06)."""

from datetime import datetime

from pdtdesk.domain.calendar import age_on, day_of, show_day
from pdtdesk.domain.custody import AgeGroup, age_group
from pdtdesk.domain.reception.facts import ReceptionFacts
from pdtdesk.policy.findings import Tier, Urgency
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.reception.said import NOTHING, Said, say


def in_scope(facts: ReceptionFacts, now: datetime) -> bool:
    """Whether the rules for adults may be applied; an unknown or impossible age leaves them on, and is asked for."""
    born, today = facts.patient.born, day_of(now)
    return born is None or born > today or age_group(born, today) is not AgeGroup.UNDER_18


def scope(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    """Says at once that somebody is under 18, or that the age is not known; notes the ages of 18 to 20."""
    born, today = facts.patient.born, day_of(now)
    if born is None:
        return say(
            Code.AGE_NOT_KNOWN,
            Tier.MUST_ACKNOWLEDGE,
            Urgency.TONIGHT,
            "Date of birth not known: these rules are for people of 18 and over. Find the age out tonight.",
            [params.rule("under_18")],
            label="Age",
            reason="age not known",
        )
    if born > today:
        return NOTHING  # said by `facts_agree`: it must be put right before an age means anything
    group = age_group(born, today)
    if group is AgeGroup.UNDER_18:
        return say(
            Code.UNDER_18,
            Tier.OUT_OF_SCOPE,
            Urgency.NOW,
            f"Under 18 (born {show_day(born)}, {age_on(born, today)} years old): out of scope of these rules for "
            "adults, which propose nothing here. Care is not refused: call the prescriber and the young people's "
            "service now.",
            [params.rule("under_18")],
            label="Under 18",
            reason="under 18",
        )
    if group is AgeGroup.FROM_18_TO_20:
        return say(
            Code.FROM_18_TO_20,
            Tier.NOTE,
            Urgency.ROUTINE,
            f"{age_on(born, today)} years old: a sentence in a young offender institution counts alike in these "
            "rules.",
            [params.rule("from_18_to_20")],
        )
    return NOTHING
