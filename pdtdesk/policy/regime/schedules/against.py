"""A schedule held against release, tolerance and the signed ceilings: also one that was written by hand."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import pairwise

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.durations import counted
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.medicines import SEDATIVES, Ordered
from pdtdesk.domain.regime.schedule import Schedule
from pdtdesk.policy.findings import Finding, Source, Tier
from pdtdesk.policy.parameters import NoGuidanceInForce, NotSignedLocally, ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.reckoned import Reckoned, ReleaseFrom
from pdtdesk.policy.regime.reducing import tolerance
from pdtdesk.policy.regime.schedules.beginning import RANGED
from pdtdesk.policy.regime.schedules.compare import ending
from pdtdesk.policy.regime.schedules.proposal import in_order
from pdtdesk.policy.regime.standing import rg

_ABOVE = "above"


def against(
    schedule: Schedule,
    medicine: Ordered,
    custody: Reckoned,
    params: ParametersOnDay,
    *,
    taken_since: date | None = None,
    already_on: Milligrams | None = None,
) -> tuple[Finding, ...]:
    """What the schedule means, what must be acknowledged first.

    `taken_since`: the day of the first dose of the medicine, where it is taken already; else this schedule's first
    day counts (S-05). `already_on`: the dose of the day before (a proposal names it), so that a fall on the first day
    is seen as one.
    """
    try:
        found = [
            *_release(schedule, medicine, custody, params),
            *_reduces(schedule, medicine, params, taken_since, already_on),
            *_ceilings(schedule, medicine, params),
        ]
    except NoGuidanceInForce as none:
        found = [rg(Code.NO_GUIDANCE, Tier.MUST_ACKNOWLEDGE, str(none), [])]
    return in_order(found)


def falls(schedule: Schedule, already_on: Milligrams | None = None) -> Iterator[date]:
    """The days on which the dose is below that of the day before."""
    if already_on is not None and schedule.daily_on(schedule.first_day) < already_on:
        yield schedule.first_day
    for before, after in pairwise(schedule.stretches):
        if after.daily < before.daily:
            yield after.first_day


def _release(schedule: Schedule, medicine: Ordered, custody: Reckoned, params: ParametersOnDay) -> Iterator[Finding]:
    """Past release somebody outside has to go on with it; at nought before it, tolerance is gone by then."""
    ends, rule = ending(schedule, custody), params.rule("review_on_event")
    release = custody.release_on
    if release is None:
        said = (
            f"The day of release is not known: this course {ends.words}, and release, from court too, may come first."
        )
        yield rg(Code.SCHEDULE_RELEASE_NOT_KNOWN, Tier.NOTE, said, [rule])
        return
    day = show_day(release) + (", the latest estimate" if custody.release_from is ReleaseFrom.COMPUTED else "")
    sources: list[Source] = [rule]
    if medicine.is_substitute:
        sources = [params.rule("substitution_at_release"), rule]
    values = [("release_on", release)]
    course = medicine.words.capitalize()
    if ends.goes_on:
        said = f"{course} goes on past release ({day}): find who prescribes it outside from that day."
        yield rg(Code.SCHEDULE_PAST_RELEASE, Tier.MUST_ACKNOWLEDGE, said, sources, values)
    elif ends.days_to_release is not None and ends.days_to_release <= 0:
        said = f"{course} {ends.words} ({day}): find who goes on with it outside, or say that nobody does."
        yield rg(Code.SCHEDULE_PAST_RELEASE, Tier.MUST_ACKNOWLEDGE, said, sources, values)
    if not medicine.is_substitute or ends.free_from is None or ends.free_from > release:
        return
    without = (release - ends.free_from).days
    lost = params.rule("tolerance_lost"), params.rule("death_after_release"), params.rule("substitution_at_release")
    said = (
        f"Nothing is given from {show_day(ends.free_from)}, and release is {day}: {without} "
        f"{'day' if without == 1 else 'days'} without it before release, and tolerance is lost by then. "
        f"{' '.join(_sentence(each.value) for each in lost)}"
    )
    yield rg(Code.SCHEDULE_OVERDOSE, Tier.MUST_ACKNOWLEDGE, said, lost, [*values, ("days_without", without)])


def _reduces(
    schedule: Schedule,
    medicine: Ordered,
    params: ParametersOnDay,
    taken_since: date | None,
    already_on: Milligrams | None,
) -> Iterator[Finding]:
    """What every proposal to reduce says; and where the reduction begins before somebody is stabilised."""
    if medicine in SEDATIVES:
        return
    first = next(falls(schedule, already_on), None)
    if not medicine.is_substitute or first is not None or schedule.free_from() is not None:
        yield tolerance(params)
    if first is None or medicine.active not in RANGED:
        return
    least, rule = params.days("stabilisation_least"), params.rule("review_days")
    values = [("reduction_from", first)]
    if taken_since is None and already_on is not None:
        said = (
            f"The reduction begins on {show_day(first)}. Since when {medicine.words} is taken is not known here: at "
            f"least {counted(least.value, 'day')} of stabilisation come before it, counted from the first dose."
        )
        yield rg(Code.SCHEDULE_EARLY, Tier.MUST_ACKNOWLEDGE, said, [least, rule], values)
        return
    since = taken_since or schedule.first_day
    steady = (first - since).days
    if steady < least.value:
        said = (
            f"The reduction begins on {show_day(first)}, after {max(steady, 0)} of at least "
            f"{counted(least.value, 'day')} of stabilisation, counted from the first dose on {show_day(since)}."
        )
        yield rg(Code.SCHEDULE_EARLY, Tier.MUST_ACKNOWLEDGE, said, [least, rule], values)


def _ceilings(schedule: Schedule, medicine: Ordered, params: ParametersOnDay) -> Iterator[Finding]:
    """The most a day, an ECG, and the usual range: the first day above it is named."""
    if medicine.active not in RANGED:
        return
    highest, name = schedule.highest, medicine.words
    since = next(s.first_day for s in schedule.stretches if s.daily == highest)
    reached = f"{highest} of {name} a day from {show_day(since)}"
    if medicine.active is Ordered.METHADONE:
        yield from _ecg(reached, highest, params)
    with suppress(NotSignedLocally):  # a most of methadone is the clinical lead's to sign
        most = params.milligrams(f"{medicine.active}_most")
        if highest > most.value:
            said = f"{reached} is above {most.value}, the most a day. ({most.reference})"
            yield rg(Code.SCHEDULE_CEILING, Tier.MUST_ACKNOWLEDGE, said, [most])
    usual = params.milligrams(f"{medicine.active}_usual_most")
    if highest > usual.value:
        said = f"{reached} is above the usual range, which ends at {usual.value}."
        yield rg(Code.SCHEDULE_USUAL, Tier.NOTE, said, [usual])


def _ecg(reached: str, highest: Milligrams, params: ParametersOnDay) -> Iterator[Finding]:
    """Above the figure both sources ask for an ECG; at it they disagree until one reading is signed."""
    at = params.milligrams("methadone_ecg")
    if highest < at.value:
        return
    sources: list[Source] = [at]
    said = f"{reached}: an ECG is asked for above {at.value} a day."
    if highest == at.value:
        try:
            counts = params.text("methadone_ecg_counts")
        except NotSignedLocally as refusal:
            sources.append(refusal)
            said = (
                f"{reached}: whether an ECG is asked for at {at.value} is not signed here, and the sources disagree."
            )
        else:
            if counts.value.strip() == _ABOVE:
                return
            sources.append(counts)
            said = f"{reached}: an ECG is asked for from {at.value} a day."
    yield rg(Code.SCHEDULE_ECG, Tier.MUST_ACKNOWLEDGE, said, sources)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
