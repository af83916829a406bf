"""What stands round a chart of days: the scale at its left, the dates under it, the key to its marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.services.regime.drawing.labels import Label, Place, Rows, wrapped
from pdtdesk.services.regime.drawing.shapes import (
    Box,
    Days,
    Dot,
    Drawing,
    Fill,
    Ink,
    Measures,
    Path,
    Point,
    Shape,
    Stroke,
    Words,
)

LEAST_LINES = 7
"""Lines of text that a chart is at least as high as, without what stands round it."""

_LINE = 3
"""How many times as long as a box's sample that of a line is."""

OVER = 0.6
"""Lines of text between a chart and the words over it; half a line of them is the top figure of the scale."""


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the key: a piece of what is drawn, and what it means."""

    words: str
    ink: Ink
    fill: Fill = Fill.SOLID
    edge: Ink | None = None
    stroke: Stroke = Stroke.NONE
    dot: Dot | None = None


def nothing_drawn(said: str, width: float, measures: Measures) -> Drawing:
    """In the place of a picture, what is missing."""
    lines = wrapped(said, width, False, measures)
    words = [
        Words(text, 0.0, at * measures.line, measures.width(text, False), measures.line)
        for at, text in enumerate(lines)
    ]
    return Drawing(width, len(lines) * measures.line, words=words)


def scale_words(amounts: Sequence[Decimal], highest: str) -> tuple[str, str]:
    """What stands at the top of the scale and at its foot."""
    top = max(amounts, default=Decimal(0))
    return highest or str(Milligrams(top)), "0"


def write_scale(drawing: Drawing, words: tuple[str, str], left: float, days: Days, measures: Measures) -> None:
    """The scale at the left of a chart, with a faint line across for its top and its half, and one for its foot."""
    top, foot = days.top, days.bottom
    for y in (top, (top + foot) / 2):
        drawing.shapes.append(Path(((days.x, y), (days.right, y)), Ink.GRID))
    for text, y in zip(words, (top, foot), strict=True):
        wide = measures.width(text, False)
        at = min(y - measures.line / 2, foot - measures.line * 0.8)
        drawing.words.append(Words(text, left - wide, at, wide, measures.line))


def write_dates(drawing: Drawing, days: Days, top: float, last: date, measures: Measures) -> float:
    """The first day, the last, and one between where there is room; where they end."""
    rows = Rows(measures, 0.0, drawing.width)
    first = days.first
    rows.place(Label(show_day(first), days.x, (Place.FROM,)))
    if last > first:
        rows.place(Label(show_day(last), days.middle_of(last)))
        middle = first + timedelta(days=(last - first).days // 2)
        between = Label(show_day(middle), days.middle_of(middle))
        if middle not in (first, last) and rows.fits(between):
            rows.place(between)
    rows.write(drawing, top, upwards=False)
    return top + rows.rows * measures.line


def write_keys(drawing: Drawing, keys: Sequence[Key], left: float, top: float, measures: Measures) -> float:
    """The key, in as many rows as it takes; where it ends."""
    line = measures.line
    side, gap = line * 0.62, line * 0.3
    x, y = left, top
    for key in keys:
        sample = side * (_LINE if key.fill is Fill.NONE and key.edge is None else 1) + gap
        lines = wrapped(key.words, drawing.width - left - sample, False, measures)
        wide = sample + max(measures.width(each, False) for each in lines)
        if x > left and x + wide > drawing.width:
            x, y = left, y + line
        words_at = x + _sample(drawing.shapes, key, x, y + (line - side) / 2, side) + gap
        for number, text in enumerate(lines):
            width = measures.width(text, False)
            drawing.words.append(Words(text, words_at, y + number * line, width, line))
        x += wide + line
        y += (len(lines) - 1) * line
    return y + line


def _sample(shapes: list[Shape], key: Key, x: float, y: float, side: float) -> float:
    """A piece of what the key explains; how wide it is."""
    if key.fill is Fill.NONE and key.edge is None:
        middle = y + side / 2
        shapes.append(Path(((x, middle), (x + _LINE * side, middle)), key.ink, key.stroke, 2.0))
        if key.dot is not None:
            shapes.append(Point(x + _LINE * side / 2, middle, side * 0.35, key.ink, shape=key.dot))
        return _LINE * side
    shapes.append(Box(x, y, side, side, key.ink, key.fill, key.edge, key.stroke))
    return side
