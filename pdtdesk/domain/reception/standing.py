"""Which answers stand in a triage: what was saved, what the list brought, what was confirmed, what is being typed."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import takewhile

from pdtdesk.domain.calendar import in_london, night_of
from pdtdesk.domain.durations import NotADuration, parse_duration
from pdtdesk.domain.reception.answers import Answer, HeldAnswer, says_none
from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.reception.questions import GRAVE, LOOKS, NAMED
from pdtdesk.domain.record.entry import Entry

LISTED = ("arrived_from", "legal_status", "sentence_length", "sentenced_on", "release_on")
"""Fields of an arrival that the reception list brings, which stand as answers until somebody corrects them."""


def listed(stay: Stay) -> Mapping[str, str]:
    """What the reception list said, under the keys of the questions it answers."""
    said = {f"arrival.{name}": str(stay.arrival[name]) for name in LISTED if stay.arrival.get(name)}
    if length := said.get("arrival.sentence_length"):
        said["arrival.sentence_length"] = _in_words(length)
    return {**said, "arrival.arrived_at": in_london(stay.arrived_at).strftime("%Y-%m-%dT%H:%M")}


def _in_words(duration: str) -> str:
    with suppress(NotADuration):
        return parse_duration(duration).in_words()
    return duration


def history(person: PersonRecord, stay: Stay) -> Mapping[str, HeldAnswer]:
    """The latest answer to each question from the stays before this one, with who and when."""
    latest: dict[str, HeldAnswer] = {}
    for earlier in takewhile(lambda each: each.id != stay.id, person.stays):
        for key, held in earlier.answers.items():
            valued = [each for each in held if each.answer.value is not None]
            if valued:
                latest[key] = max(valued, key=lambda each: each.answer.at)
    return latest


def confirmed(person: PersonRecord, stay: Stay) -> Mapping[str, str]:
    """Earlier answers that somebody confirmed in this stay."""
    before = history(person, stay)
    keys = {str(key) for entry in stay.confirmations for key in (entry.body or {}).get("keys", ())}
    return {key: before[key].answer.value or "" for key in keys if key in before}


def values(person: PersonRecord, stay: Stay, typed: Mapping[str, Answer] | None = None) -> Mapping[str, str]:
    """The answers by which the rules judge: the newest hand wins over what the list brought.

    Where two accounts differ and nobody has settled it, the question counts as not answered; but of what can hurt at
    once the graver stands whatever else was written, and what was not asked again takes nothing away.
    """
    standing: dict[str, str | None] = {**listed(stay), **confirmed(person, stay)}
    for key, held in stay.answers.items():
        standing[key] = held[0].answer.value if len(held) == 1 else graver(key, [each.answer.value for each in held])
    for key, answer in (typed or {}).items():
        if answer.value is not None or (key in LOOKS and graver(key, [standing.get(key)]) is None):
            standing[key] = answer.value
    return {key: value for key, value in standing.items() if value}


def graver(key: str, said: Sequence[str | None]) -> str | None:
    """What to act upon while accounts differ: the answer that can hurt, and all that either names; else None."""
    if (between := NAMED.get(key)) is not None:
        named = [part.strip() for each in said if each for part in each.split(between)]
        kept = dict.fromkeys(part for part in named if part and not says_none(part))
        return f"{between} ".replace("  ", " ").join(kept) or None
    return next((each for each in said if each and each in GRAVE.get(key, ())), None)


def takes_nothing(key: str, said: str | None, before: str | None) -> bool:
    """Whether an answer leaves an earlier one standing, though it was given in sight of it.

    A question that was not asked again (None) takes no answer away; nor does *unknown*, of what can hurt. A look that
    was not made leaves open what was not seen, and takes nothing away that was.
    """
    if said is None and key not in LOOKS:
        return before is not None
    return said in (None, "unknown") and graver(key, [before]) is not None


def worn_out_looks(stay: Stay, now: datetime, typed: Mapping[str, Answer] | None = None) -> Mapping[str, HeldAnswer]:
    """Where somebody looked and saw nothing, but on another night than this, or before a later look was marked as
    entered in error: that says nothing of the patient now.

    What was seen does not wear out: drowsy stays drowsy until somebody has looked again (K-08).
    """
    worn_out: dict[str, HeldAnswer] = {}
    for key in sorted(LOOKS):
        held = stay.answers.get(key, ())
        latest = held[0] if len(held) == 1 else None
        if (answer := (typed or {}).get(key)) is not None and answer.value:
            latest = HeldAnswer(answer, (), stay.id)
        if latest and latest.answer.value == "no" and not _answers_now(stay, key, latest.answer.at, now):
            worn_out[key] = latest
    return worn_out


def looked_at(stay: Stay, typed: Mapping[str, Answer]) -> Mapping[str, datetime]:
    """When each look that saw something was made: the next is counted from it, whatever else is written since."""
    seen = {
        key: max(each.answer.at for each in held)
        for key in LOOKS
        if (held := [each for each in stay.answers.get(key, ()) if each.answer.value == "yes"])
    }
    return seen | {key: typed[key].at for key in LOOKS & typed.keys() if typed[key].value == "yes"}


def _answers_now(stay: Stay, key: str, looked_at: datetime, now: datetime) -> bool:
    voided = stay.voided.get(key)
    return night_of(looked_at) == night_of(now) and (voided is None or looked_at > voided)


def totals(stay: Stay) -> Mapping[str, tuple[int, datetime]]:
    """The latest whole score on each scale, with when it was taken."""
    return {score.scale: (score.total, score.taken_at) for score in stay.scores if score.total is not None}


def calls_of(person: PersonRecord, stay: Stay) -> tuple[Entry, ...]:
    """What was heard of the community prescription in this stay, as it stands."""
    heard = person.folded.of_kind("prescription_confirmed")
    return tuple(entry for entry in heard if entry.body and entry.body.get("stay") in stay.ids)
