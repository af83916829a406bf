"""Sentences, doses and schedules to draw: an ordinary man, and what is hardest to draw."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

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
)

RECEIVED, TODAY, RELEASE = date(2010, 5, 3), date(2010, 6, 1), date(2010, 11, 26)
SPANS = (
    SentenceSpan(RECEIVED, date(2010, 5, 13), "Stabilised from 4 May", SpanKind.STABILISATION),
    SentenceSpan(date(2010, 5, 14), date(2010, 8, 10), "Methadone 60 mg, declared maintenance"),
    SentenceSpan(date(2010, 8, 11), date(2010, 11, 25), "planned", SpanKind.PLANNED),
)


def a_sentence_line(release: date | None = RELEASE) -> SentenceFacts:
    """Sixty weeks, four of them served, two reviews to come."""
    return SentenceFacts(
        received=RECEIVED,
        today=TODAY,
        release=release,
        release_from="given by the prison" if release else "",
        reviews=(
            SentenceReview(date(2010, 5, 10), "Reviewed 10 May", done=True),
            SentenceReview(date(2010, 8, 10), "Review due 10 Aug"),
            SentenceReview(date(2010, 11, 10), "Review 10 Nov"),
        ),
        spans=SPANS,
        title="Sentence of 60 weeks",
        note="178 days to serve · release given by the prison" if release else "",
    )


def on_remand() -> SentenceFacts:
    """Two days in, nobody knows for how long; court twice."""
    return SentenceFacts(
        received=date(2010, 5, 30),
        today=TODAY,
        court=(date(2010, 6, 2), date(2010, 6, 29)),
        reviews=(SentenceReview(date(2010, 6, 4), "Review due 4 Jun"),),
        spans=(SentenceSpan(date(2010, 5, 30), None, "Methadone 45 mg"),),
        title="On remand",
    )


def twelve_years() -> SentenceFacts:
    """A review in every third month for five years: labels lie close."""
    first = date(2008, 1, 3)
    days = [first + timedelta(days=91 * at) for at in range(1, 21)]
    return SentenceFacts(
        received=first,
        today=TODAY,
        release=date(2014, 3, 2),
        release_from="latest estimate",
        reviews=tuple(SentenceReview(day, f"Review of {day:%d.%m.%Y}", done=day < TODAY) for day in days),
        spans=(SentenceSpan(first, None, "Methadone 60 mg, declared maintenance"),),
        title="Sentence of 12 years",
        note="4 years to serve",
    )


def a_day_in_and_out() -> SentenceFacts:
    """Received, at court and released on one day, and that is today."""
    return SentenceFacts(TODAY, TODAY, TODAY, "given by the prison", (TODAY,), (SentenceReview(TODAY, "Review"),))


def some_doses(count: int, marked: Mapping[int, DoseMark] | None = None) -> tuple[DayBar, ...]:
    """From 20 mg up to 60 mg, a day each; `marked` by its number from the first."""
    bars = []
    for at in range(count):
        mark = (marked or {}).get(at, DoseMark.NONE)
        mg = Decimal(min(20 + 5 * at, 60))
        taken = {DoseMark.NONE: mg, DoseMark.PART: mg / 2, DoseMark.CONFLICT: mg}.get(mark)
        bars.append(DayBar(RECEIVED + timedelta(at), None if mark is DoseMark.NOT_KNOWN else mg, taken, mark))
    return tuple(bars)


def a_dose_chart(count: int = 29) -> DoseChartFacts:
    """Doses since reception with COWS, two missed and reviewed."""
    missed = {17: DoseMark.MISSED, 18: DoseMark.MISSED}
    bars = some_doses(count, missed)
    return DoseChartFacts(
        "Methadone",
        bars,
        tuple(DayScore(bar.day, max(14 - at, 2), "COWS") for at, bar in enumerate(bars)),
        (DayNote(bars[17].day, bars[18].day, "2 missed · reviewed"),) if count > 18 else (),
        (DayLabel(bars[0].day, "first dose"),),
    )


def every_mark() -> DoseChartFacts:
    """A fortnight in which everything happens once, with two scales."""
    marked = dict(zip(range(3, 15, 2), [mark for mark in DoseMark if mark], strict=True))
    bars = some_doses(16, marked)
    scores = [DayScore(bar.day, 14 - at, name) for at, bar in enumerate(bars[:14]) for name in ("COWS", "CIWA-Ar")]
    notes = (DayNote(bars[3].day, bars[3].day, "missed · seen"), DayNote(bars[5].day, bars[5].day, "refused · seen"))
    return DoseChartFacts(
        "Methadone",
        bars,
        tuple(scores),
        notes,
        (DayLabel(bars[0].day, "first dose"), DayLabel(bars[4].day, "review")),
    )


def reducing(name: str, days: int) -> ScheduleSeries:
    """From 60 mg down by 5 mg every so many days, beginning today."""
    return ScheduleSeries(name, tuple((TODAY + timedelta(days * at), Decimal(60 - 5 * at)) for at in range(13)))


def a_schedule_chart(*, what_if: bool = False, release: date | None = RELEASE) -> ScheduleChartFacts:
    """A reduction against the sentence; and a slower one beside it."""
    verticals = [
        ScheduleVertical(TODAY, "Today", VerticalKind.TODAY),
        ScheduleVertical(date(2010, 5, 14), "Stabilised from 14 May", VerticalKind.STABILISED),
        ScheduleVertical(date(2010, 6, 8), "Court 8 Jun", VerticalKind.COURT),
        ScheduleVertical(date(2010, 8, 10), "Review 10 Aug", VerticalKind.REVIEW),
        ScheduleVertical(date(2010, 11, 10), "Review 10 Nov", VerticalKind.REVIEW),
    ]
    if release is not None:
        verticals.append(ScheduleVertical(release, "Release Fri 26 Nov", VerticalKind.RELEASE))
    series = (reducing("as planned", 7), *((reducing("what if", 15),) if what_if else ()))
    return ScheduleChartFacts("Methadone", series, tuple(verticals), release, SPANS)
