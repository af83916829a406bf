"""What the pictures of a regime are drawn from: the sentence as a line, the doses as bars, a schedule as steps.

Frozen and without a screen, so that the window and the printed page show the same. Days are London days, amounts mg.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.durations import counted
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.schedule import Schedule


class SpanKind(StrEnum):
    """What a stretch of the sentence was, or will be, spent on."""

    STABILISATION = "stabilisation"
    REGIME = "regime"
    PLANNED = "planned"


class DoseMark(StrEnum):
    """What is to be seen of a day that was not simply taken as ordered."""

    NONE = ""
    MISSED = "missed"
    REFUSED = "refused"
    WITHHELD = "withheld"
    NOT_KNOWN = "not known"
    PART = "part"
    CONFLICT = "conflict"

    @property
    def letter(self) -> str:
        """The letter that stands under the day, so that nobody has to tell the marks by their colour."""
        return {"not known": "?", "conflict": "!"}.get(self.value, self.value[:1].upper())

    @property
    def words(self) -> str:
        """How the mark is said."""
        return {"part": "part taken", "conflict": "records in conflict"}.get(self.value, self.value)


class VerticalKind(StrEnum):
    """Which day of the sentence stands upright in a schedule's picture."""

    TODAY = "today"
    RELEASE = "release"
    REVIEW = "review"
    COURT = "court"
    STABILISED = "stabilised"


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """Days of the sentence under one regime; open where `last_day` is None. `label` is shown as it stands."""

    first_day: date
    last_day: date | None
    label: str
    kind: SpanKind = SpanKind.REGIME


@dataclass(frozen=True, slots=True)
class SentenceReview:
    """A review that was held (`done`) or is to come; `label` whole: `Review due 10 Aug`."""

    day: date
    label: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class SentenceFacts:
    """A person's time in prison as a line. `release` is None where nobody knows it; then the line has an open end.

    `release_from` says whence the release is known ("given by the prison", "latest estimate"); `title` and `note`
    are the words over the line at its left and right.
    """

    received: date
    today: date
    release: date | None = None
    release_from: str = ""
    court: tuple[date, ...] = ()
    reviews: tuple[SentenceReview, ...] = ()
    spans: tuple[SentenceSpan, ...] = ()
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DayBar:
    """One day of doses: what was ordered and what was taken, in mg; None where there was neither, or nobody knows.

    Ordered, not taken and without a mark, it is a day to come: of a day gone by, the mark says why.
    """

    day: date
    ordered_mg: Decimal | None
    taken_mg: Decimal | None
    mark: DoseMark = DoseMark.NONE


@dataclass(frozen=True, slots=True)
class DayScore:
    """A score of withdrawal taken on a day; several of one day in the order in which they were taken."""

    day: date
    value: int
    name: str


@dataclass(frozen=True, slots=True)
class DayNote:
    """A few words over some days: `2 missed · reviewed`."""

    first_day: date
    last_day: date
    words: str


@dataclass(frozen=True, slots=True)
class DayLabel:
    """A day with its name: `first dose`, `review`, `release`."""

    day: date
    label: str


@dataclass(frozen=True, slots=True)
class DoseChartFacts:
    """Doses of one medicine from day to day with the scores over them.

    `days` in order, each once; a day that is absent between two others is drawn as *not known*, as nobody knows of
    it. `highest` is what stands at the top of the scale; where it is empty, the highest dose in mg.
    """

    medicine: str
    days: tuple[DayBar, ...]
    scores: tuple[DayScore, ...] = ()
    notes: tuple[DayNote, ...] = ()
    marks: tuple[DayLabel, ...] = ()
    highest: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleSeries:
    """A planned course: from each day of `steps` so many mg a day, until the next; 0 where it has ended.

    `ends` is what stands at its end; where it is empty, it is worked out against the day of release.
    """

    name: str
    steps: tuple[tuple[date, Decimal], ...]
    ends: str = ""

    @property
    def free_from(self) -> date | None:
        """The first day from which nothing is given any more; None where it goes on."""
        last = self.steps[-1] if self.steps else None
        if last is None or last[1] > 0:
            return None
        given = [at for at, (_, mg) in enumerate(self.steps) if mg > 0]
        return self.steps[given[-1] + 1 if given else 0][0]

    def on(self, day: date) -> Decimal | None:
        """What is planned for a day; None before the course begins."""
        return next((mg for first, mg in reversed(self.steps) if first <= day), None)


@dataclass(frozen=True, slots=True)
class ScheduleVertical:
    """A day of the sentence that stands upright through a schedule's picture."""

    day: date
    label: str
    kind: VerticalKind


@dataclass(frozen=True, slots=True)
class ScheduleChartFacts:
    """One planned course, or two beside each other (*as planned*, *what if*), over the sentence.

    `release` is what ends are counted against; None where it is not known. `spans` are drawn as the sentence line
    under the steps. `until` is the last day shown where a course goes on without an end.
    """

    medicine: str
    series: tuple[ScheduleSeries, ...]
    verticals: tuple[ScheduleVertical, ...] = ()
    release: date | None = None
    spans: tuple[SentenceSpan, ...] = ()
    until: date | None = None


def series_of(name: str, schedule: Schedule) -> ScheduleSeries:
    """An ordered schedule as a course to be drawn; after its last day it is 0 mg."""
    steps = [(stretch.first_day, stretch.daily.amount) for stretch in schedule.stretches]
    if schedule.last_day is not None and steps[-1][1] > 0:
        steps.append((schedule.last_day + timedelta(days=1), Decimal(0)))
    return ScheduleSeries(name, tuple(steps))


def end_words(series: ScheduleSeries, release: date | None) -> str:
    """How a course ends, against release: `0 on Tue 24 Aug 2010, 94 days before release`."""
    if series.ends:
        return series.ends
    if not series.steps:
        return "nothing planned"
    ends = series.free_from
    if ends is None:
        return f"{Milligrams(series.steps[-1][1])} goes on"
    said = f"0 on {show_day(ends)}"
    if release is None:
        return f"{said}, release not known"
    days = (release - ends).days
    if not days:
        return f"{said}, the day of release"
    return f"{said}, {counted(abs(days), 'day')} {'before' if days > 0 else 'after'} release"
