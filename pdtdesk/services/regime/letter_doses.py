"""The doses of the review letter in words: what is given now and ahead, what they show, and what happened since."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from pdtdesk.domain.calendar import day_of, show_day, show_instant, show_near
from pdtdesk.domain.durations import counted
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.scales import SCALES
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.schedule import DAY, Schedule
from pdtdesk.domain.regime.treatment import Order
from pdtdesk.policy.findings import Tier, finding
from pdtdesk.policy.origin import Document
from pdtdesk.policy.parameters import Parameters, ParametersOnDay
from pdtdesk.policy.regime.shown import Course, Phase
from pdtdesk.services.reception.plan_on_paper import score_lines
from pdtdesk.services.regime.choosing import open_orders
from pdtdesk.services.regime.drawn import dose_chart_facts, not_taken_words
from pdtdesk.services.regime.in_force import ordered_now
from pdtdesk.services.regime.letter_facts import CoursePart, OrderPart, Said, SincePart
from pdtdesk.services.regime.looks import looked_awake, seen_sedated
from pdtdesk.services.regime.pictures import DayNote, DoseChartFacts, end_words, series_of
from pdtdesk.services.regime.standing import RegimeNow
from pdtdesk.services.regime.then_and_now import left_of, said_of


def order_parts(now: RegimeNow) -> tuple[OrderPart, ...]:
    """Every order that holds today or is still to come, the substitute first."""
    open_ = open_orders(now)
    mine = sorted(ordered_now(now), key=lambda each: not each.medicine.is_substitute)
    return tuple(_order(now, each, goes_on=each in open_) for each in mine)


def _order(now: RegimeNow, order: Order, *, goes_on: bool) -> OrderPart:
    left = left_of(order, now)
    ends = ""
    if left is not None:
        release = now.assessment.custody.release_on
        ends = end_words(series_of(order.medicine.words, left), release)
        if not goes_on and order.until is not None:
            ends = f"until {show_day(order.until)}, then the next order takes its place"
    today = order.schedule.on(now.today) if order.holds_on(now.today) else ()
    taken = "supervised" if order.supervised else f"in possession: {order.possession or 'no reason written'}"
    return OrderPart(
        medicine=order.medicine.words,
        since=order.since,
        today=tuple((slot, str(mg)) for slot, mg in today),
        taken=taken,
        ahead=_stretches(left, now.today) if left is not None else (),
        ends=ends,
        by=f"{order.by.name}, {show_day(day_of(order.at))}",
    )


def _stretches(left: Schedule, today: date) -> tuple[tuple[str, str, str], ...]:
    """The doses from today on: the day from which each is given, how much a day, and in which slots."""
    said = []
    for each in left.stretches:
        slots = [f"{slot} {mg}" for slot, mg in each.doses if mg.amount]
        said.append((show_near(each.first_day, today), str(each.daily), ", ".join(slots) if len(slots) > 1 else ""))
    return tuple(said)


def courses_shown(now: RegimeNow, params: ParametersOnDay) -> tuple[CoursePart, ...]:
    """What the doses of each course show, the latest first."""
    short = params.days("short_regime").value
    return tuple(_course(each, short) for each in sorted(now.courses, key=lambda each: each.begins, reverse=True))


def _course(course: Course, short: int) -> CoursePart:
    span = f"{course.medicine}, {show_day(course.begins)} to {show_day(course.ends)}"
    amounts = (("first", course.first_mg), ("highest", course.highest_mg), ("last", course.last_mg))
    days = (course.ends - course.begins).days + 1
    mg = ", ".join(f"{word} {Milligrams(amount)}" for word, amount in amounts if amount is not None)
    return CoursePart(
        course=f"{span}: {mg}" if mg else f"{span}: nothing was ever taken",
        shown=course.shown.words if course.shown else "nothing",
        phases=tuple(_phase(each) for each in course.phases),
        length=f"{counted(days, 'day')}, {short} or less" if course.nineteen_days_or_less else counted(days, "day"),
        not_taken=f"longest run not taken {counted(course.longest_not_taken, 'day')}",
        not_known=f"{counted(course.days_not_known, 'day')} not known",
    )


def _phase(phase: Phase) -> str:
    return f"{phase.shown.words} {counted(phase.days, 'day')} from {show_day(phase.begins)}"


def definitions(params: ParametersOnDay, documents: Mapping[str, Document]) -> Said:
    """What the classes that doses show rest on, with its status."""
    within, short = params.days("shown_within"), params.days("short_regime")
    said = f"Shown by the doses taken; a fall of up to {within.value} days counts as detoxification."
    return said_of(finding("", Tier.NOTE, said, [within, short]), documents)


def chart_since(now: RegimeNow, since: date) -> DoseChartFacts | None:
    """The dose chart from a day on; days after the last one that it shows were ordered by nobody."""
    facts = dose_chart_facts(now, since)
    if facts is None or not facts.days:
        return facts
    last = facts.days[-1].day
    notes = [each for each in facts.notes if each.first_day <= last]
    return replace(facts, notes=tuple(each if each.last_day <= last else _until(now, each, last) for each in notes))


def _until(now: RegimeNow, note: DayNote, last: date) -> DayNote:
    return replace(note, last_day=last, words=not_taken_words(now, note.first_day, last))


def happened_since(now: RegimeNow, since: date, policy: Parameters, at: datetime) -> SincePart:
    """Days not taken, how those doses ended, sedation and scores, from a day on."""
    ended = Counter(
        each.outcome.words
        for each in now.treatment.doses
        if each.day >= since and each.medicine.is_substitute and each.outcome is not Outcome.TAKEN
    )
    seen = set(seen_sedated(now.person))
    taken = {SCALES[each.scale].name for each in now.stay.scores if day_of(each.taken_at) >= since}
    return SincePart(
        since=since,
        runs=tuple(f"{counted(days, 'day')} up to {show_day(last)}" for last, days in _runs(now, since)),
        outcomes=", ".join(f"{count} {words}" for words, count in ended.items()),
        sedated=tuple(
            show_instant(each.header.happened_at)
            for each in now.person.folded.effective
            if each.id in seen and day_of(each.header.happened_at) >= since
        ),
        looked_awake=looked_awake(now.person, since),
        scores=tuple(replace(each, before=()) for each in score_lines(now.stay, policy, at) if each.name in taken),
    )


def _runs(now: RegimeNow, since: date) -> Iterator[tuple[date, int]]:
    """Days not taken or not known: (the last day, how many), of days on which a substitute was ordered or later in
    its course; what lies after the end of the last order is no missed day."""
    ends = [each.until or now.today for each in now.treatment.orders if each.medicine.is_substitute]
    until = max(ends, default=now.today)
    for last, days in sorted(now.facts.not_taken):
        first = max(last - (days - 1) * DAY, since)
        if first <= min(last, until):
            yield min(last, until), (min(last, until) - first).days + 1
