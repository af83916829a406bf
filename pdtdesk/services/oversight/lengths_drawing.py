"""The lengths of reductions as a picture: a bar for each length, its count in words; what is hidden is hatched."""

from pdtdesk.policy.outcomes.counting import Counted
from pdtdesk.policy.outcomes.spread import Lengths
from pdtdesk.services.regime.drawing.frame import nothing_drawn
from pdtdesk.services.regime.drawing.labels import wrapped
from pdtdesk.services.regime.drawing.shapes import Box, Drawing, Fill, Ink, Measures, Path, Stroke, Words

NOTHING = "No reduction has ended yet: the length of each will stand here."
_ROW = 1.5
"""Lines of text that a row takes."""
_BAR = 0.9
_HIDDEN = 2.5
"""How long the piece is that stands for a hidden count, in lines of text; it says nothing of the number."""


def lengths_drawing(made: Lengths, least: int, width: float, measures: Measures) -> Drawing:
    """The picture at a width; as high as its rows need."""
    if made.ended.count == 0:
        return nothing_drawn(NOTHING, width, measures)
    drawing = Drawing(width)
    line = measures.line
    rows = [(words.capitalize(), count, count.words(least)) for words, count in made.bars]
    left = max(measures.width(words, False) for words, _, _ in rows) + line * 0.6
    right = max(measures.width(said, True) for _, _, said in rows) + line * 0.6
    room = max(width - left - right, line * _HIDDEN)
    most = max((count.count or 0 for _, count, _ in rows), default=0)
    for at, (words, count, said) in enumerate(rows):
        top = at * line * _ROW
        middle = top + line * _ROW / 2
        wide = measures.width(words, False)
        drawing.words.append(Words(words, left - line * 0.6 - wide, middle - line / 2, wide, line))
        long = _long(count, room, most, line)
        _bar(drawing, count, (left, middle - line * _BAR / 2, long, line * _BAR))
        bold = measures.width(said, True)
        drawing.words.append(
            Words(said, left + long + line * 0.4, middle - line / 2, bold, line, Ink.STRONG, bold=True)
        )
    foot = len(rows) * line * _ROW
    drawing.shapes.append(Path(((left, 0.0), (left, foot)), Ink.EDGE))
    drawing.height = _write_spread(drawing, made, foot + line * 0.4, measures)
    return drawing


def lengths_words(made: Lengths, least: int) -> str:
    """The picture in words, for who does not see it."""
    if made.ended.count == 0:
        return NOTHING
    bars = "; ".join(f"{words}: {count.words(least)}" for words, count in made.bars)
    return f"Length of reductions. {bars}. {spread_words(made)}".strip()


def spread_words(made: Lengths) -> str:
    """A quarter, half and three quarters of them; the half alone, or nothing, where there are too few to say."""
    if made.median is None:
        return ""
    if made.longest is None:
        return f"Half of them ended within {_days(made.median)}."
    return (
        f"A quarter ended within {_days(made.lower)}, half within {_days(made.median)}, three quarters within "
        f"{_days(made.upper)}; the longest took {_days(made.longest)}."
    )


def _long(count: Counted, room: float, most: int, line: float) -> float:
    if count.count is None:
        return min(line * _HIDDEN, room)
    return room * count.count / most if most else 0.0


def _bar(drawing: Drawing, count: Counted, place: tuple[float, float, float, float]) -> None:
    x, y, wide, tall = place
    if count.count is None:
        drawing.shapes.append(Box(x, y, wide, tall, Ink.UNKNOWN, Fill.HATCH, Ink.UNKNOWN, Stroke.SOLID))
    elif count.count:
        drawing.shapes.append(Box(x, y, wide, tall, Ink.DOSE))


def _write_spread(drawing: Drawing, made: Lengths, top: float, measures: Measures) -> float:
    for text in wrapped(spread_words(made), drawing.width, False, measures) if made.median is not None else ():
        drawing.words.append(Words(text, 0.0, top, measures.width(text, False), measures.line))
        top += measures.line
    return top


def _days(days: int | None) -> str:
    return "1 day" if days == 1 else f"{days} days"
