"""Who was seen awake before a dose: that somebody looked holds for paper and plan, whoever looked where (K-08).

The triage asks its own question anew all the same: this fills in no answer, and takes nothing away that was seen.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from pdtdesk.domain.calendar import in_london
from pdtdesk.domain.reception.answers import Answer
from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.reception.questions import LOOKS
from pdtdesk.domain.regime.rounds import round_at

_A_ROUND = timedelta(days=1)
"""Longer ago than this nothing was in the round of this hour."""


def saw_neither(body: Mapping[str, object]) -> bool:
    """Whether the look before a dose found somebody neither drowsy nor intoxicated: both were asked."""
    look = body.get("look")
    return isinstance(look, Mapping) and {look.get("drowsy"), look.get("intoxicated")} == {False}


def awake_at_a_dose(person: PersonRecord, stay: Stay, now: datetime) -> datetime | None:
    """When somebody was last seen neither drowsy nor intoxicated before a dose of this stay; what was marked as
    entered in error, and a look of an hour still to come, are none."""
    return _last_awake(person, stay.arrived_at, now)


def _last_awake(person: PersonRecord, since: datetime, now: datetime) -> datetime | None:
    seen = (
        entry
        for entry in person.folded.effective
        if entry.kind == "dose_begun" and since <= entry.header.happened_at <= now
    )
    return max((e.header.happened_at for e in seen if e.body and saw_neither(e.body)), default=None)


def awake_tonight(
    person: PersonRecord, stay: Stay, now: datetime, typed: Mapping[str, Answer] | None = None
) -> datetime | None:
    """The look before a dose that answers for this round of the day; None where it was before another (what was given
    then acts since), where something else than *no* was said since, or a look was marked as entered in error."""
    at = _last_awake(person, max(stay.arrived_at, now - _A_ROUND), now)
    said = [held.answer for key in LOOKS for held in stay.answers.get(key, ())]
    said += [answer for key, answer in (typed or {}).items() if key in LOOKS]
    since = [*stay.voided.values(), *(answer.at for answer in said if answer.value != "no")]
    this_round = at is not None and round_at(in_london(at)) == round_at(in_london(now))
    return at if at is not None and this_round and all(at > each for each in since) else None
