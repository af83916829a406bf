"""A regime is looked at again: what was given since the last time, what guidance said then and says now."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pdtdesk.domain.calendar import day_of, show_day
from pdtdesk.domain.reception.person import Score
from pdtdesk.domain.record.entry import Json, NewEntry
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.treatment import Declared, Dose, Reviewed, Wish
from pdtdesk.domain.roles import Permission
from pdtdesk.policy.findings import plain
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.reviews import next_review as next_review
from pdtdesk.policy.regime.reviews import why_sooner as why_sooner
from pdtdesk.policy.regime.standing import ClassStanding, stands
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import AuditLine
from pdtdesk.services.reception.people import present
from pdtdesk.services.reception.triage import record_of
from pdtdesk.services.refusals import Refused, said_why
from pdtdesk.services.regime.choosing import standing_of, unchanged
from pdtdesk.services.regime.letter_facts import When
from pdtdesk.services.regime.looks import looked_awake, seen_sedated
from pdtdesk.services.regime.standing import RegimeNow, regime_now
from pdtdesk.services.regime.then_and_now import then_and_now_by_code

OUTCOMES: Mapping[str, str] = {
    "continue": "Goes on as it is",
    "change_schedule": "Another schedule",
    "change_class": "Another class",
    "stop": "Ends",
}
_OF_CLASS: Mapping[str, RegimeClass] = {
    Code.DETOXIFICATION: RegimeClass.DETOXIFICATION,
    Code.DETOXIFICATION_LONG: RegimeClass.DETOXIFICATION,
    Code.GRADUAL: RegimeClass.GRADUAL_REDUCTION,
    Code.MAINTENANCE_REMAND: RegimeClass.MAINTENANCE,
    Code.MAINTENANCE_SHORT: RegimeClass.MAINTENANCE,
    Code.MAINTENANCE_CONTINUES: RegimeClass.MAINTENANCE,
    Code.MAINTENANCE_PROTECTS: RegimeClass.MAINTENANCE,
    Code.MAINTENANCE_LONG: RegimeClass.MAINTENANCE,
    Code.MAINTENANCE_PROPOSAL: RegimeClass.MAINTENANCE,
    Code.OCCASION_INJECTING: RegimeClass.MAINTENANCE,
    Code.OCCASION_MENTAL_HEALTH: RegimeClass.MAINTENANCE,
    Code.OCCASION_RELEASE: RegimeClass.MAINTENANCE,
    Code.OCCASION_ANTIRETROVIRALS: RegimeClass.MAINTENANCE,
    Code.OCCASION_TRANSFER: RegimeClass.MAINTENANCE,
}
_COUNTED = re.compile(r" \([0-9]+ days?\)|\b[0-9]+ (?=(days?|hours?|weeks?|are left)\b)")


@dataclass(frozen=True, slots=True)
class ReviewNow:
    """What a review looks at. `then` are the findings on which the class was chosen, as they were written down then.

    `sedated` are the instants at which somebody was seen drowsy or intoxicated since, `looked_awake` how often
    somebody looked and wrote down neither. `next_due` is the day that is proposed, None where the rules name no
    interval for this class or no day is left; `next_due_why` says why it is not the day by the interval.
    """

    now: RegimeNow
    regime: Declared
    since: date
    doses: tuple[Dose, ...]
    scores: tuple[Score, ...]
    not_taken: tuple[tuple[date, int], ...]
    sedated: tuple[datetime, ...]
    slots: tuple[str, ...]
    then: tuple[Json, ...]
    changed_since: tuple[str, ...]
    next_due: date | None
    next_due_why: str
    before: Reviewed | None
    looked_awake: int


@dataclass(frozen=True, slots=True)
class Review:
    """What came of a review. `sleep` is asked at every review; `took_part` names who was there, the person first."""

    outcome: str
    reason: str
    took_part: str
    sleep: str
    wish: Wish
    next_due: date | None
    seen: frozenset[str]


@action(Permission.SEE_CLINICAL)
def open_review(acting: Acting, patient_id: str) -> ReviewNow:
    """Open the review of somebody's regime; who looked is audited."""
    now = acting.now()
    with acting.store.work() as work:
        work.audit(AuditLine(now, acting.who, "opened the review of the regime", patient_id))
        return review_now(regime_now(present(work, patient_id), now, acting.policy, compared=False), acting)


def review_now(now: RegimeNow, acting: Acting) -> ReviewNow:
    """What a review looks at, of the regime in force; refuses where there is none."""
    regime = next(reversed(now.treatment.regime_on(now.today)), None)
    if regime is None:
        raise Refused(f"{now.person.identity.display} has no regime in force today that could be reviewed.")
    reviews = [each for each in now.treatment.reviews if each.on >= regime.since]
    before = reviews[-1] if reviews else None
    since = before.on if before else regime.since
    then = tuple(regime.body.get("findings") or ())
    params, custody = acting.policy.on(now.today), now.assessment.custody
    due = next_review(regime.declared, now.today, params, custody)
    seen = set(seen_sedated(now.person))
    return ReviewNow(
        now=now,
        regime=regime,
        since=since,
        doses=tuple(each for each in now.treatment.doses if each.day >= since),
        scores=tuple(each for each in now.stay.scores if day_of(each.taken_at) >= since),
        not_taken=tuple(run for run in now.facts.not_taken if run[0] >= since),
        sedated=tuple(
            entry.header.happened_at
            for entry in now.person.folded.effective
            if entry.id in seen and day_of(entry.header.happened_at) >= since
        ),
        slots=tuple(dict.fromkeys(s for order in now.treatment.orders_on(now.today) for s in order.schedule.slots)),
        then=then,
        changed_since=_changed(now, regime, acting),
        next_due=due,
        next_due_why=why_sooner(regime.declared, now.today, params, custody),
        before=before,
        looked_awake=looked_awake(now.person, since),
    )


def _changed(now: RegimeNow, regime: Declared, acting: Acting) -> tuple[str, ...]:
    """What is said now and was not when the class was chosen, what is said in other words, and what no longer is.

    What differs by the days gone by alone is no news, and neither is what is said of a class that nobody is on.
    """
    told = {When.NEW: "New", When.OTHERWISE: "Said otherwise now", When.NO_LONGER: "No longer"}
    return tuple(
        f"{told[each.when]}: {each.said.sentence}"
        for code, each in then_and_now_by_code(now, regime, acting.policy)
        if each.when in told
        and _OF_CLASS.get(code, regime.declared) is regime.declared
        and not (
            each.when is When.OTHERWISE and _apart_from_days(each.said.sentence) == _apart_from_days(each.before)
        )
    )


def _apart_from_days(sentence: str) -> str:
    """A sentence without its counts of days and hours; the days of the calendar stay."""
    return _COUNTED.sub("", sentence)


@action(Permission.DECIDE_REGIME)
def record_review(acting: Acting, patient_id: str, review: Review) -> RegimeNow:
    """Write down a review. Going on where guidance does not simply offer the class asks for the reason again."""
    if review.outcome not in OUTCOMES:
        raise Refused("Choose what came of the review.", "outcome")
    if not review.took_part.strip():
        raise Refused(
            "Write who took part in the review: the person first, and whether they were there.", "took_part"
        )
    if not review.sleep.strip():
        raise Refused(
            "Sleep is asked at every review: write what was said, or that it was not asked and why.", "sleep"
        )
    now = acting.now()
    with acting.store.work() as work:
        before = regime_now(present(work, patient_id), now, acting.policy)
        unchanged(before, review.seen)
        looked = review_now(before, acting)
        standing = standing_of(before, looked.regime.declared)
        if review.outcome != "stop":
            if standing is not ClassStanding.OFFERED:
                said_why(review.reason, f"{looked.regime.declared.words.capitalize()} {stands(standing)}: say why")
            if review.next_due is None:
                raise Refused("Write the day of the next review.", "next_due")
            if review.next_due <= before.today:
                raise Refused(f"{show_day(review.next_due)} has passed: the next review lies ahead.", "next_due")
        body = {
            "stay": before.stay.id,
            "regime": looked.regime.entry_id,
            "on": before.today.isoformat(),
            "outcome": review.outcome,
            "reason": review.reason.strip(),
            "took_part": review.took_part.strip(),
            "sleep": review.sleep.strip(),
            "wish": {
                "wished": review.wish.wished,
                "told": review.wish.told,
                "agreed": review.wish.agreed.value if review.wish.agreed else None,
            },
            "next_due": review.next_due.isoformat() if review.next_due else None,
            "standing": standing.value if standing else None,
            "findings": [plain(each) for each in before.assessment.findings],
            "parameters": before.assessment.parameters,
        }
        record = record_of(before.person, before.stay)
        work.append([NewEntry("regime", "regime_review", body, acting.who, record, happened_at=now)])
        work.audit(AuditLine(now, acting.who, "reviewed the regime", patient_id, detail=review.outcome))
        return regime_now(present(work, patient_id), now, acting.policy)
