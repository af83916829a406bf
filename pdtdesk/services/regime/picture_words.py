"""What the pictures of a regime show, said in words for whoever does not see them."""

from collections import Counter
from datetime import date
from decimal import Decimal

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.durations import counted
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.services.regime.pictures import (
    DayBar,
    DoseChartFacts,
    DoseMark,
    ScheduleChartFacts,
    SentenceFacts,
    SentenceSpan,
    end_words,
)


def sentence_words(facts: SentenceFacts) -> str:
    """The whole sentence line in sentences, in the order of its days where they have one."""
    said = [facts.title, facts.note, f"Received {show_day(facts.received)}", f"Today {show_day(facts.today)}"]
    if facts.release is None:
        said.append("Release not known")
    else:
        whence = f", {facts.release_from}" if facts.release_from else ""
        said.append(f"Release {show_day(facts.release)}{whence}")
    said += [f"Court {show_day(day)}" for day in facts.court]
    said += [_span(span) for span in facts.spans]
    said += [
        f"{review.label}, {show_day(review.day)}, {'held' if review.done else 'planned'}" for review in facts.reviews
    ]
    return ". ".join(each for each in said if each) + "."


def doses_words(facts: DoseChartFacts) -> str:
    """The dose chart in sentences: from when to when, how much, what was not taken, the scores' first and last."""
    if not facts.days:
        return f"{facts.medicine}: no doses yet."
    first, last = facts.days[0].day, facts.days[-1].day
    said = [f"{facts.medicine} from {show_day(first)} to {show_day(last)}"]
    taken = [bar.taken_mg for bar in facts.days if bar.taken_mg is not None]
    if taken:
        said.append(f"{counted(len(taken), 'day')} taken, lowest {_mg(min(taken))}, highest {_mg(max(taken))}")
        said.append(f"last taken {_mg(taken[-1])}")
    marks: Counter[DoseMark] = Counter(bar.mark for bar in facts.days if bar.mark is not DoseMark.NONE)
    absent = (last - first).days + 1 - len(facts.days)
    if absent > 0:
        marks[DoseMark.NOT_KNOWN] += absent
    said += [f"{counted(marks[mark], 'day')} {mark.words}" for mark in DoseMark if marks[mark]]
    said += [f"{note.words}, {_between(note.first_day, note.last_day)}" for note in facts.notes]
    for name in dict.fromkeys(score.name for score in facts.scores):
        line = [score for score in facts.scores if score.name == name]
        said.append(
            f"{name} {line[0].value} on {show_day(line[0].day)}, highest {max(score.value for score in line)}, "
            f"last {line[-1].value} on {show_day(line[-1].day)}"
        )
    said += [f"{mark.label} {show_day(mark.day)}" for mark in facts.marks]
    return ". ".join(said) + "."


def dose_day_words(facts: DoseChartFacts, day: date) -> str:
    """One day of the dose chart: `Sat 22 May 2010: ordered 60 mg, missed, COWS 9`."""
    bar = next((each for each in facts.days if each.day == day), None)
    said = _bar(bar) if bar is not None else []
    if bar is None and facts.days and facts.days[0].day < day < facts.days[-1].day:
        said = [DoseMark.NOT_KNOWN.words]
    said += [f"{score.name} {score.value}" for score in facts.scores if score.day == day]
    said += [note.words for note in facts.notes if note.first_day <= day <= note.last_day]
    said += [mark.label for mark in facts.marks if mark.day == day]
    return f"{show_day(day)}: {', '.join(said) or 'nothing recorded'}"


def schedule_words(facts: ScheduleChartFacts) -> str:
    """A schedule's picture in sentences: each course's steps, its end, and the days of the sentence."""
    said = []
    for series in facts.series:
        steps = ", ".join(f"{_mg(mg)} from {show_day(day)}" for day, mg in series.steps) or "nothing planned"
        said.append(f"{facts.medicine} {series.name}: {steps}. It ends: {end_words(series, facts.release)}")
    said += [f"{each.label}, {show_day(each.day)}" for each in facts.verticals]
    if facts.release is None:
        said.append("Release not known")
    said += [_span(span) for span in facts.spans]
    return ". ".join(said) + "."


def schedule_day_words(facts: ScheduleChartFacts, day: date) -> str:
    """One day of a schedule's picture: `Tue 24 Aug 2010: as planned 5 mg, what if 0 mg`."""
    said = []
    for series in facts.series:
        mg = series.on(day)
        said.append(f"{series.name} {'not begun' if mg is None else _mg(mg)}")
    said += [each.label for each in facts.verticals if each.day == day]
    return f"{show_day(day)}: {', '.join(said) or 'nothing planned'}"


def _bar(bar: DayBar) -> list[str]:
    said = []
    if bar.ordered_mg is not None and (bar.mark or bar.taken_mg != bar.ordered_mg):
        said.append(f"ordered {_mg(bar.ordered_mg)}")
    if bar.taken_mg is not None:
        said.append(f"taken {_mg(bar.taken_mg)}")
    if bar.mark:
        said.append(bar.mark.words)
    return said


def _span(span: SentenceSpan) -> str:
    ends = f"to {show_day(span.last_day)}" if span.last_day is not None else "without a last day"
    return f"{span.label or span.kind.value}, {span.kind.value}, from {show_day(span.first_day)} {ends}"


def _between(first: date, last: date) -> str:
    return show_day(first) if first == last else f"{show_day(first)} to {show_day(last)}"


def _mg(amount: Decimal) -> str:
    return str(Milligrams(amount))
