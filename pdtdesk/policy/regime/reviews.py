"""When a regime is to be looked at again: by the calendar, and at events that ask for it (R-07, R-22)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.custody import LegalStatus
from pdtdesk.domain.durations import Duration, counted
from pdtdesk.domain.regime.facts import Regime, RegimeClass, RegimeFacts
from pdtdesk.policy.findings import Finding, Source, Tier
from pdtdesk.policy.parameters import NotSignedLocally, ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.reckoned import Reckoned, ReleaseFrom, release_near_from
from pdtdesk.policy.regime.standing import rg
from pdtdesk.policy.working_days import planned_for_review, working_day_before

_EVERY = {RegimeClass.GRADUAL_REDUCTION: "gradual_review", RegimeClass.MAINTENANCE: "maintenance_review"}


@dataclass(frozen=True, slots=True)
class Review:
    """A review: due by the rule, planned for the day before a Sunday or bank holiday (S-05)."""

    due_on: date
    of: RegimeClass
    finding: Finding

    @property
    def planned_on(self) -> date:
        """The day it is planned for."""
        return planned_for_review(self.due_on)


def reviews(facts: RegimeFacts, custody: Reckoned, params: ParametersOnDay) -> tuple[Review, ...]:
    """The reviews of the regimes in force, the earliest first."""
    found = [
        each
        for regime in facts.in_force(params.day)
        for each in (*_by_calendar(regime, params), *_by_events(regime, facts, custody, params))
    ]
    return tuple(sorted(found, key=lambda each: (each.due_on, each.finding.code)))


def next_review(
    declared: RegimeClass, day: date, params: ParametersOnDay, custody: Reckoned | None = None
) -> date | None:
    """When a class is looked at again after a day, by the rules (R-07, R-22); None for one without an interval.

    With `custody` it is the day to propose: planned for no Sunday or bank holiday (S-05), and where that is the day
    of a known release or later, the day from which release is near (R-22, where one is signed), else the last working
    day before release; None where none is left.
    """
    if declared not in _EVERY:
        return None
    due = Duration(months=params.months(_EVERY[declared]).value).after(day)
    if custody is None:
        return due
    planned = planned_for_review(due)
    release = custody.release_on
    if release is None or release <= day or planned < release:
        return planned
    near = release_near_from(custody, params)
    if near is not None and planned_for_review(near) > day:
        return planned_for_review(near)
    last = working_day_before(release)
    return last if last > day else None


def why_sooner(declared: RegimeClass, day: date, params: ParametersOnDay, custody: Reckoned) -> str:
    """Why the day that is proposed is not the one by the interval, in a sentence; empty where it is."""
    due, proposed = next_review(declared, day, params), next_review(declared, day, params, custody)
    release = custody.release_on
    if due is None or release is None or release <= day or planned_for_review(due) < release:
        return ""
    estimate = ", the latest estimate" if custody.release_from is ReleaseFrom.COMPUTED else ""
    said = f"The interval would lead to {show_day(due)}, and release is {show_day(release)}{estimate}"
    if proposed is None:
        return f"{said}: no working day is left before it."
    last = proposed == working_day_before(release)
    return f"{said}: {'the last working day before it' if last else 'the day from which it is near'} is proposed."


def reassessed_from(params: ParametersOnDay) -> int:
    """From how many days not taken somebody looks again: of readings that disagree the most careful one (D-05)."""
    try:
        return params.days("missed_days_reassess").value
    except NotSignedLocally as unsigned:
        return min((c.value for c in unsigned.candidates if isinstance(c.value, int)), default=1)


def _by_calendar(regime: Regime, params: ParametersOnDay) -> Iterator[Review]:
    """Three calendar months after the last, or after the first day, clamped to the month's end."""
    if regime.declared not in _EVERY:
        return
    every = params.months(_EVERY[regime.declared])
    due = Duration(months=every.value).after(regime.last_review_on or regime.since)
    late = due < params.day
    said = "was due" if late else "falls due"
    planned = planned_for_review(due)
    moved = "" if planned == due else f", planned for {show_day(planned)}"
    sources: list[Source] = [every, params.rule("review_days")]
    yield Review(
        due,
        regime.declared,
        rg(
            Code.REVIEW_OVERDUE if late else Code.REVIEW,
            Tier.MUST_ACKNOWLEDGE if late else Tier.NOTE,
            f"The review of {regime.declared.words} {said} on {show_day(due)}{moved}.",
            sources,
            values=[("due_on", due)],
        ),
    )


def _by_events(regime: Regime, facts: RegimeFacts, custody: Reckoned, params: ParametersOnDay) -> Iterator[Review]:
    rule, day = params.rule("review_on_event"), params.day
    looked_at = regime.last_review_on or regime.since

    def ask(code: Code, due: date, words: str) -> Review:
        sentence = f"{words}: the regime of {regime.declared.words} is looked at again."
        return Review(due, regime.declared, rg(code, Tier.MUST_ACKNOWLEDGE, sentence, [rule]))

    sentenced = facts.custody.sentenced_on
    if facts.custody.status is LegalStatus.SENTENCED and sentenced is not None and looked_at < sentenced <= day:
        yield ask(Code.REVIEW_SENTENCED, sentenced, f"Sentence was passed on {show_day(sentenced)}")
    # Where nobody wrote down since when it is known, it asks on every day; else until somebody has looked again.
    known = facts.transfer_known_on
    if facts.custody.transfer_to is not None and (known is None or looked_at < known <= day):
        yield ask(Code.REVIEW_TRANSFER, known or day, f"A transfer to {facts.custody.transfer_to} is planned")
    known = facts.pregnant_known_on
    if facts.patient.pregnant and (known is None or looked_at < known <= day):
        yield ask(Code.REVIEW_PREGNANT, known or day, "A pregnancy is known")
    if (positive := facts.positive_test_on) is not None and looked_at < positive <= day:
        yield ask(Code.REVIEW_POSITIVE_TEST, positive, f"A test of {show_day(positive)} found what is not ordered")
    for last, missed in facts.not_taken:
        if looked_at < last and missed >= reassessed_from(params):
            said = f"{counted(missed, 'day')} up to {show_day(last)} not taken, or not known"
            yield ask(Code.REVIEW_MISSED, last, said)
    if (since := facts.nothing_ordered_since) is not None and since >= regime.since:
        yield ask(Code.REVIEW_NOT_ORDERED, since, f"Nothing is ordered since {show_day(since)}")
    near = release_near_from(custody, params)
    if near is not None and custody.release_on is not None and looked_at < near <= day <= custody.release_on:
        yield ask(Code.REVIEW_RELEASE, near, f"Release is near, on {show_day(custody.release_on)}")
