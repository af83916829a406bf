"""Doses from day to day as bars, with what was ordered, what was not taken, and the scores over them.

From one day to some years: where a day is narrower than a bar can be, days alike are one block.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from pdtdesk.services.regime.drawing.frame import (
    LEAST_LINES,
    OVER,
    Key,
    nothing_drawn,
    scale_words,
    write_dates,
    write_keys,
    write_scale,
)
from pdtdesk.services.regime.drawing.labels import Label, Rows
from pdtdesk.services.regime.drawing.scores import keys_of_scores, score_lines, score_room
from pdtdesk.services.regime.drawing.shapes import Box, Days, Drawing, Fill, Ink, Measures, Path, Stroke
from pdtdesk.services.regime.pictures import DayBar, DoseChartFacts, DoseMark

_DAY = timedelta(days=1)
_NARROW = 3.0
"""A bar narrower than this is no bar any more."""
_WIDEST = 3.0
"""Lines of text that one day is at most as wide as."""
_NOT_TAKEN = (DoseMark.MISSED, DoseMark.REFUSED, DoseMark.WITHHELD)
_FIRST_LETTERS = (DoseMark.CONFLICT, DoseMark.NOT_KNOWN, DoseMark.WITHHELD, DoseMark.REFUSED, DoseMark.MISSED)
"""Whose letter stays where there is no room for all; a part taken comes last."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Days alike, drawn as one: a bar, or a block."""

    first: date
    count: int
    bar: DayBar
    tall: Decimal | None


def dose_drawing(facts: DoseChartFacts, width: float, height: float, measures: Measures) -> Drawing:
    """The dose chart of a width, as high as it is given, or higher where its words need it."""
    drawing, line = Drawing(width), measures.line
    if not facts.days:
        return nothing_drawn(f"{facts.medicine}: no doses yet", width, measures)
    bars = tuple(_whole(facts.days))
    amounts = [mg for bar in bars for mg in (bar.ordered_mg, bar.taken_mg) if mg is not None]
    scale = scale_words(amounts, facts.highest)
    left = max(measures.width(each, False) for each in scale) + line * 0.4
    days = _days(facts, left, width - score_room(facts.scores, measures), line)
    above = _above(facts, days, Rows(measures, 0.0, width))
    top = (above.rows + OVER) * line
    marked = any(bar.mark for bar in bars)
    foot = Drawing(width)  # what stands under the bars is written first, to know what is left for them
    under = _foot(foot, facts, bars, days, 0.0, measures, marked=marked)
    tall = max(height - top - under - line * 0.2, LEAST_LINES * line)
    days = replace(days, top=top, bottom=top + tall)
    drawing.days = days
    write_scale(drawing, scale, left - line * 0.4, days, measures)
    _marks(drawing, facts, above, days)
    highest = max([*amounts, Decimal(0)]) or Decimal(1)
    pen = _Pen(drawing, days, highest)
    pen.bars(bars)
    pen.ordered(bars)
    score_lines(drawing, facts.scores, days, measures)
    drawing.shapes.append(Path(((days.x, days.bottom), (days.right, days.bottom)), Ink.EDGE))
    above.write(drawing, top - line * OVER, upwards=True)
    drawing.height = _foot(drawing, facts, bars, days, days.bottom, measures, marked=marked) + line * 0.2
    return drawing


def _whole(days: tuple[DayBar, ...]) -> Iterator[DayBar]:
    """Every day from the first to the last: of a day without a row, nobody knows."""
    before: DayBar | None = None
    for bar in days:
        day = before.day + _DAY if before is not None else bar.day
        while day < bar.day:
            yield DayBar(day, None, None, DoseMark.NOT_KNOWN)
            day += _DAY
        yield bar
        before = bar


def _days(facts: DoseChartFacts, left: float, right: float, line: float) -> Days:
    others = [*(score.day for score in facts.scores), *(mark.day for mark in facts.marks)]
    first = min(facts.days[0].day, *others) if others else facts.days[0].day
    last = max(facts.days[-1].day, *others) if others else facts.days[-1].day
    count = (last - first).days + 1
    return Days(first, count, left, min((right - left) / count, _WIDEST * line), 0.0, 0.0)


def _above(facts: DoseChartFacts, days: Days, rows: Rows) -> Rows:
    for note in facts.notes:
        middle = (days.x_of(note.first_day) + days.x_of(note.last_day + _DAY)) / 2
        rows.place(Label(note.words, middle, ink=Ink.NOT_TAKEN, bold=True))
    rows.put(Label(mark.label, days.middle_of(mark.day), ink=Ink.STRONG, upright=True) for mark in facts.marks)
    return rows


def _marks(drawing: Drawing, facts: DoseChartFacts, above: Rows, days: Days) -> None:
    """A bracket under each note, and a dotted line from each named day."""
    gap = above.line
    for note in facts.notes:
        left, right = days.x_of(note.first_day), days.x_of(note.last_day + _DAY)
        y = days.top - gap * OVER / 2
        drawing.shapes.append(Path(((left, y), (max(right, left + 2), y)), Ink.NOT_TAKEN, weight=2))
    for placed in above.placed:
        if placed.label.upright:
            x = placed.label.x
            reach = placed.line_to if above.clear_to(placed) else 0
            top = days.top - gap * (OVER + reach)
            drawing.shapes.append(Path(((x, top), (x, days.bottom)), Ink.EDGE, Stroke.DOTTED, 1.2))


class _Pen:
    """Draws the bars of a chart whose top is `highest` mg."""

    def __init__(self, drawing: Drawing, days: Days, highest: Decimal) -> None:
        self._shapes, self._days, self._highest = drawing.shapes, days, highest
        self._narrow = days.pitch * 0.8 < _NARROW

    def bars(self, bars: tuple[DayBar, ...]) -> None:
        """Every day, or every run of days alike where days are narrow; what is marked lies over its neighbours."""
        for run in sorted(self._runs(bars), key=lambda run: run.bar.mark is not DoseMark.NONE):
            left, right = self._days.x_of(run.first), self._days.x_of(run.first + _DAY * run.count)
            gap = 0.0 if self._narrow else (right - left) * 0.1
            self._one(run, left + gap, max(right - left - 2 * gap, 2.0 if run.bar.mark else 1.0))

    def _runs(self, bars: tuple[DayBar, ...]) -> Iterator[_Run]:
        usual: Decimal | None = None
        for (_, taken, _, _), same in groupby(
            bars, lambda bar: (bar.ordered_mg, bar.taken_mg, bar.mark, None if self._narrow else bar.day)
        ):
            alike = tuple(same)
            usual = alike[0].ordered_mg if alike[0].ordered_mg is not None else usual
            yield _Run(alike[0].day, len(alike), alike[0], usual if usual is not None else taken)

    def _one(self, run: _Run, x: float, width: float) -> None:
        mark, taken = run.bar.mark, run.bar.taken_mg
        empty = self._tall(run.tall)
        if mark in (DoseMark.NOT_KNOWN, DoseMark.CONFLICT):
            unknown = mark is DoseMark.NOT_KNOWN
            ink, fill = (Ink.UNKNOWN, Fill.HATCH) if unknown else (Ink.NOT_TAKEN, Fill.CROSS)
            tall = max(empty, self._tall(taken)) if taken is not None or run.tall else self._tall(self._highest)
            self._box(x, width, tall, ink, fill, ink, Stroke.SOLID, 1.0 if unknown else 2.0)
            return
        if mark is DoseMark.PART or mark in _NOT_TAKEN:
            tall = empty or self._tall(self._highest)
            fill = Fill.SOLID if self._narrow else Fill.NONE
            self._box(x, width, tall, Ink.GROUND, fill, Ink.NOT_TAKEN, Stroke.DASHED)
        if taken is not None and mark not in _NOT_TAKEN:
            self._box(x, width, max(self._tall(taken), 2.0), Ink.DOSE, Fill.SOLID)

    def ordered(self, bars: tuple[DayBar, ...]) -> None:
        """What was ordered, as steps; broken where nothing was."""
        for some, same in groupby(bars, lambda bar: bar.ordered_mg is not None):
            if not some:
                continue
            points: list[tuple[float, float]] = []
            for mg, alike in groupby(same, lambda bar: bar.ordered_mg):
                run = tuple(alike)
                y = self._days.bottom - self._tall(mg)
                points += [(self._days.x_of(run[0].day), y), (self._days.x_of(run[-1].day + _DAY), y)]
            self._shapes.append(Path(tuple(points), Ink.ORDERED))

    def _tall(self, mg: Decimal | None) -> float:
        return float((mg or Decimal(0)) / self._highest) * (self._days.bottom - self._days.top)

    def _box(
        self,
        x: float,
        width: float,
        tall: float,
        ink: Ink,
        fill: Fill,
        edge: Ink | None = None,
        stroke: Stroke = Stroke.NONE,
        weight: float = 1.0,
    ) -> None:
        bottom = self._days.bottom
        self._shapes.append(Box(x, bottom - tall, width, tall, ink, fill, edge, stroke, weight))


def _foot(
    drawing: Drawing,
    facts: DoseChartFacts,
    bars: tuple[DayBar, ...],
    days: Days,
    top: float,
    measures: Measures,
    *,
    marked: bool,
) -> float:
    """Letters under the days that were not taken, dates, and the key; where they end."""
    line = measures.line
    y = top + line * 0.2
    if marked:
        _letters(drawing, bars, days, y, measures)
        y += line
    y = write_dates(drawing, days, y, facts.days[-1].day, measures)
    return write_keys(drawing, _keys(facts, bars), days.x, y + line * 0.2, measures)


def _letters(drawing: Drawing, bars: tuple[DayBar, ...], days: Days, top: float, measures: Measures) -> None:
    """A letter for each day, or for days alike; where there is no room for all, what is worst to miss stays."""
    rows = Rows(measures, 0.0, drawing.width)
    rank = {mark: at for at, mark in enumerate(_FIRST_LETTERS)}
    labels = []
    for mark, same in groupby(bars, lambda bar: bar.mark):
        if not mark:
            continue
        run = tuple(same)
        wide = measures.width(mark.letter, True) + measures.line * 0.6
        each = run if days.pitch >= wide else ()
        spots = [days.middle_of(bar.day) for bar in each] or [
            (days.x_of(run[0].day) + days.x_of(run[-1].day + _DAY)) / 2
        ]
        ink = Ink.WORDS if mark is DoseMark.NOT_KNOWN else Ink.NOT_TAKEN
        labels += [(rank.get(mark, len(rank)), Label(mark.letter, x, ink=ink, bold=True)) for x in spots]
    for _, label in sorted(labels, key=lambda ranked: ranked[0]):
        if rows.fits(label):
            rows.place(label)
    rows.write(drawing, top, upwards=False)


def _keys(facts: DoseChartFacts, bars: tuple[DayBar, ...]) -> list[Key]:
    there = {bar.mark for bar in bars}
    keys = [Key("dose taken, mg", Ink.DOSE), Key("ordered", Ink.ORDERED, Fill.NONE, stroke=Stroke.SOLID)]
    for mark in DoseMark:
        if not mark or mark not in there:
            continue
        said = f"{mark.letter} {mark.words}"
        if mark is DoseMark.NOT_KNOWN:
            keys.append(Key(said, Ink.UNKNOWN, Fill.HATCH, Ink.UNKNOWN, Stroke.SOLID))
        elif mark is DoseMark.CONFLICT:
            keys.append(Key(said, Ink.NOT_TAKEN, Fill.CROSS, Ink.NOT_TAKEN, Stroke.SOLID))
        else:
            keys.append(Key(said, Ink.GROUND, Fill.NONE, Ink.NOT_TAKEN, Stroke.DASHED))
    return keys + keys_of_scores(facts.scores)
