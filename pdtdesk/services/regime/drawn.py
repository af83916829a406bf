"""From somebody's regime to what its pictures are drawn from: the sentence as a line, doses with scores, a plan."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from pdtdesk.domain.calendar import day_of, show_day, show_near
from pdtdesk.domain.durations import NotADuration, counted, parse_duration
from pdtdesk.domain.reception.scales import SCALES
from pdtdesk.domain.regime.asking import asking_of
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.missed import days_not_known
from pdtdesk.domain.regime.schedule import NOUGHT, Schedule
from pdtdesk.domain.regime.treatment import Dose, Order
from pdtdesk.policy.regime.reckoned import ReleaseFrom
from pdtdesk.services.regime.asked import with_set_day
from pdtdesk.services.regime.pictures import (
    DayBar,
    DayLabel,
    DayNote,
    DayScore,
    DoseChartFacts,
    DoseMark,
    ScheduleChartFacts,
    ScheduleSeries,
    ScheduleVertical,
    SentenceFacts,
    SentenceReview,
    SentenceSpan,
    SpanKind,
    VerticalKind,
    series_of,
)
from pdtdesk.services.regime.standing import RegimeNow

_DAY = timedelta(days=1)
_SCORES = ("cows", "ciwa_ar")
_MARKS = {
    Outcome.REFUSED: DoseMark.REFUSED,
    Outcome.MISSED: DoseMark.MISSED,
    Outcome.WITHHELD: DoseMark.WITHHELD,
    Outcome.VOMITED: DoseMark.MISSED,
    Outcome.CONCEALED: DoseMark.MISSED,
    Outcome.PART_TAKEN: DoseMark.PART,
}
RELEASE_FROM = {ReleaseFrom.PRISON: "release given by the prison", ReleaseFrom.COMPUTED: "release: latest estimate"}


def sentence_facts(now: RegimeNow) -> SentenceFacts:
    """The sentence line of one person: reception, regimes by their days, reviews, court and release."""
    custody, reckoned = now.facts.custody, now.assessment.custody
    received = custody.received_on or day_of(now.stay.arrived_at)
    note = [] if reckoned.days_to_serve is None else [f"{counted(max(reckoned.days_to_serve, 0), 'day')} to serve"]
    note.append(RELEASE_FROM[reckoned.release_from] if reckoned.release_from else "no release day known")
    return SentenceFacts(
        received=min(received, now.treatment.began, now.today),
        today=now.today,
        release=reckoned.release_on,
        release_from={ReleaseFrom.PRISON: "given by the prison", ReleaseFrom.COMPUTED: "latest estimate"}.get(
            reckoned.release_from, ""
        )
        if reckoned.release_from
        else "",
        court=(custody.court_on,) if custody.court_on is not None else (),
        reviews=_reviews(now),
        spans=_spans(now),
        title=sentence_title(now),
        note=" · ".join(note),
    )


def sentence_title(now: RegimeNow) -> str:
    """The custody in a few words: `Sentence of 60 weeks`, `Remand`."""
    custody = now.facts.custody
    if custody.sentence_length:
        try:
            return f"Sentence of {parse_duration(custody.sentence_length).in_words()}"
        except NotADuration:
            return f"Sentence: “{custody.sentence_length}” cannot be read"
    if custody.status is None:
        return "Legal status not known"
    return custody.status.value.replace("_", ", ").capitalize()


def _reviews(now: RegimeNow) -> tuple[SentenceReview, ...]:
    done = [
        SentenceReview(each.on, f"Reviewed {show_near(each.on, now.today)}", done=True)
        for each in now.treatment.reviews
        if each.on >= now.treatment.began
    ]
    set_for = asking_of(now.person, now.stay, now.treatment).set_for(now.today)
    due: dict[date, SentenceReview] = {}
    for each in with_set_day(now.assessment.reviews, set_for):
        name = "Review" if each.due_on == set_for else "Review due"
        due.setdefault(each.on, SentenceReview(each.on, f"{name} {show_near(each.on, now.today)}"))
    return (*done, *due.values(), *_to_come(now))


def _to_come(now: RegimeNow) -> tuple[SentenceReview, ...]:
    """The reviews of regimes that begin on a day to come, as they were written down."""
    return tuple(
        SentenceReview(each.review_on, f"Review {show_near(each.review_on, now.today)}")
        for each in now.treatment.regimes
        if each.since > now.today and each.until is None and each.review_on is not None
    )


def _spans(now: RegimeNow) -> tuple[SentenceSpan, ...]:
    spans: list[SentenceSpan] = []
    for each in now.treatment.regimes_now:
        if each.until is not None and each.until < each.since:
            continue
        planned = each.since > now.today
        medicine = each.medicine.words.capitalize() if each.medicine else "No medicine"
        orders = now.treatment.orders_on(max(each.since, min(now.today, each.until or now.today)))
        on = now.today if each.until is None else min(now.today, each.until)
        daily = next((str(o.schedule.daily_on(on)) for o in orders if o.medicine is each.medicine), "")
        label = f"{medicine}{f' {daily}' if daily and not planned else ''}, declared {each.declared.words}"
        kind = SpanKind.STABILISATION if each.declared is RegimeClass.STABILISATION else SpanKind.REGIME
        ends = _planned_end(now, each.medicine)
        until = each.until if each.until is not None else ends
        if until is not None and until > now.today > each.since:
            spans.append(SentenceSpan(each.since, now.today, label, kind))
            spans.append(SentenceSpan(now.today + _DAY, until, "planned", SpanKind.PLANNED))
        else:
            spans.append(SentenceSpan(each.since, until, label, SpanKind.PLANNED if planned else kind))
    return tuple(spans)


def _planned_end(now: RegimeNow, medicine: Ordered | None) -> date | None:
    """The last day for which the order in force has a dose; None where it goes on."""
    for order in reversed(now.treatment.orders):
        if medicine is not None and order.medicine.active is medicine.active and order.holds_on(now.today):
            free = order.schedule.free_from()
            return None if free is None else free - _DAY
    return None


def dose_chart_facts(now: RegimeNow, since: date | None = None) -> DoseChartFacts | None:
    """Doses of the substitute in force, else of the last one, from its first order or a day on; None without any.

    Of the treatment that goes on; what had ended before somebody came again is drawn only where nothing followed it.
    """
    every = [each for each in now.treatment.orders if each.since >= now.treatment.began] or list(now.treatment.orders)
    orders = [each for each in every if each.medicine.is_substitute] or every
    if not orders:
        return None
    medicine = orders[-1].medicine
    mine = [each for each in every if each.medicine.active is medicine.active]
    first = max(min(each.since for each in mine), since or date.min)
    last = min(now.today, max((each.until or now.today for each in mine), default=now.today))
    if last < first:
        return None
    return DoseChartFacts(
        medicine=medicine.words.capitalize(),
        days=tuple(_bars(now, medicine, mine, first, last)),
        scores=tuple(
            DayScore(day_of(each.taken_at), each.total, SCALES[each.scale].name)
            for each in sorted(now.stay.scores, key=lambda score: score.taken_at)
            if each.scale in _SCORES and each.total is not None and first <= day_of(each.taken_at) <= last
        ),
        notes=_notes(now, first),
        marks=tuple(
            DayLabel(each.on, f"Reviewed {show_near(each.on, now.today)}")
            for each in now.treatment.reviews
            if first <= each.on <= last
        ),
    )


def _bars(now: RegimeNow, medicine: Ordered, orders: Sequence[Order], first: date, last: date) -> Iterator[DayBar]:
    conflicting = {each.day for each in now.treatment.dose_conflicts if each.medicine.active is medicine.active}
    written: dict[date, list[Dose]] = defaultdict(list)
    for dose in now.treatment.doses_of(medicine):
        written[dose.day].append(dose)
    day = first
    while day <= last:
        ordered = [each.schedule.daily_on(day).amount for each in orders if each.holds_on(day)]
        asked = sum(ordered, Decimal(0)) if ordered else None
        if doses := written.get(day):
            due = {slot for o in orders if o.holds_on(day) for slot, mg in o.schedule.on(day) if mg > NOUGHT}
            lacking = day < now.today and bool(due - {each.slot for each in doses})
            yield _bar(day, asked, doses, conflicting=day in conflicting, lacking=lacking)
        else:
            not_known = bool(asked) and day < now.today
            yield DayBar(day, asked, None, DoseMark.NOT_KNOWN if not_known else DoseMark.NONE)
        day += _DAY


def _bar(day: date, asked: Decimal | None, doses: Sequence[Dose], *, conflicting: bool, lacking: bool) -> DayBar:
    counting = [each.mg.amount for each in doses if each.outcome.counts]
    taken = sum(counting, Decimal(0))
    marks = [_MARKS[each.outcome] for each in doses if each.outcome in _MARKS]
    if conflicting:
        return DayBar(day, asked, taken, DoseMark.CONFLICT)
    if not counting:
        return DayBar(day, asked, taken, marks[0])
    return DayBar(day, asked, taken, DoseMark.PART if marks or lacking else DoseMark.NONE)


def _notes(now: RegimeNow, first: date) -> tuple[DayNote, ...]:
    reviewed = sorted(each.on for each in now.treatment.reviews)
    notes = []
    for last, count in now.facts.not_taken:
        begins = last - timedelta(days=count - 1)
        if last < first:
            continue
        after = next((day for day in reviewed if day >= last), None)
        said = not_taken_words(now, begins, last) + (f" · reviewed {show_near(after, now.today)}" if after else "")
        notes.append(DayNote(begins, last, said))
    return tuple(notes)


def not_taken_words(now: RegimeNow, first: date, last: date) -> str:
    """How many days of a run were not taken, and apart from these of how many nobody knows: `2 not taken, 1 not
    known`."""
    not_known = days_not_known(now.treatment, first, last)
    parts = (((last - first).days + 1 - not_known, "not taken"), (not_known, "not known"))
    return ", ".join(f"{days} {how}" for days, how in parts if days)


def schedule_facts(
    now: RegimeNow, medicine: Ordered, schedules: Sequence[tuple[str, Schedule]]
) -> ScheduleChartFacts | None:
    """One plan, or two beside each other, over the sentence: where each ends against release."""
    if not schedules:
        return None
    release = now.assessment.custody.release_on
    series: list[ScheduleSeries] = [series_of(name, schedule) for name, schedule in schedules]
    first = min(schedule.first_day for _, schedule in schedules)
    verticals = [ScheduleVertical(now.today, "Today", VerticalKind.TODAY)]
    if release is not None:
        verticals.append(ScheduleVertical(release, f"Release {show_day(release)}", VerticalKind.RELEASE))
    if (court := now.facts.custody.court_on) is not None and court >= first:
        verticals.append(ScheduleVertical(court, "Court", VerticalKind.COURT))
    verticals += [
        ScheduleVertical(each.on, "Review", VerticalKind.REVIEW)
        for each in with_set_day(now.assessment.reviews, None)
        if each.on >= first
    ]
    ends = [schedule.last_day for _, schedule in schedules if schedule.last_day is not None]
    beyond = max([first + timedelta(days=42), *ends, *([release] if release is not None else [])])
    return ScheduleChartFacts(
        medicine=medicine.words.capitalize(),
        series=tuple(series),
        verticals=tuple(verticals),
        release=release,
        until=min(beyond, first + timedelta(days=366)),
    )
