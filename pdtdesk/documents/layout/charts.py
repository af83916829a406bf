"""The pictures of a regime on paper, in black and white: the same shapes as in the window, whole on one page.

Greys, dashes and hatching in the place of colours: a copy of a copy still tells a missed dose from one taken.
"""

from collections.abc import Iterator
from math import cos, pi, sin

from pdtdesk.documents.layout.lines import LEADING, SMALLEST, Span, broken
from pdtdesk.documents.layout.pages import Page, Pages, Shape, Text
from pdtdesk.policy.outcomes.spread import Lengths
from pdtdesk.services.oversight.lengths_drawing import lengths_drawing
from pdtdesk.services.regime.drawing.doses import dose_drawing
from pdtdesk.services.regime.drawing.schedule import schedule_drawing
from pdtdesk.services.regime.drawing.sentence import sentence_drawing
from pdtdesk.services.regime.drawing.shapes import Box, Dot, Drawing, Fill, Ink, Measures, Path, Point, Stroke, Words
from pdtdesk.services.regime.pictures import DoseChartFacts, ScheduleChartFacts, SentenceFacts

_WHITE = 1.0
_GREYS = {
    Ink.DOSE: 0.45,
    Ink.STABILISING: 0.78,
    Ink.PLANNED: 0.94,
    Ink.GROUND: _WHITE,
    Ink.GRID: 0.85,
    Ink.EDGE: 0.35,
    Ink.UNKNOWN: 0.35,
}
"""How light an ink is on paper; what is not named is black."""
_DASHES = {Stroke.DASHED: (3.0, 2.0), Stroke.DOTTED: (0.8, 1.6)}
_THIN = 0.7
"""A weight on paper for one in the window: paper draws finer."""
_HATCH = 3.0
_CASING = 2.0
_CORNERS = 16


def lay_sentence(pages: Pages, facts: SentenceFacts) -> None:
    """The sentence line with its title and note, over the width of the sheet."""
    _lay(pages, sentence_drawing(facts, pages.width, _measures(pages)))


def lay_doses(pages: Pages, facts: DoseChartFacts, height: float = 0.0) -> None:
    """The dose chart; `height` in points, more where its words need it."""
    _lay(pages, dose_drawing(facts, pages.width, height, _measures(pages)))


def lay_schedule(pages: Pages, facts: ScheduleChartFacts, height: float = 0.0) -> None:
    """A schedule, or two beside each other; `height` in points, more where its words need it."""
    _lay(pages, schedule_drawing(facts, pages.width, height, _measures(pages)))


def lay_lengths(pages: Pages, made: Lengths, least: int) -> None:
    """The lengths of reductions, a bar for each; `least` words what is hidden."""
    _lay(pages, lengths_drawing(made, least, pages.width, _measures(pages)))


def _size(pages: Pages) -> float:
    return max(SMALLEST, pages.size * 0.9)


def _measures(pages: Pages) -> Measures:
    size, face = _size(pages), pages.face
    return Measures(lambda text, bold: face.width(face.printable(text), bold) * size, size * LEADING)


def _lay(pages: Pages, drawing: Drawing) -> None:
    """Put a picture on the page that has room for the whole of it."""
    top = pages.block(drawing.height)
    page = pages.page
    for shape in drawing.shapes:
        if isinstance(shape, Box):
            page.shapes += _box(shape, pages.left, top)
        elif isinstance(shape, Path):
            page.shapes += _path(shape, pages.left, top)
        else:
            page.shapes.append(_point(shape, pages.left, top))
    for words in drawing.words:
        _write(page, words, pages, top)


def _grey(ink: Ink) -> float:
    return _GREYS.get(ink, 0.0)


def _box(box: Box, left: float, top: float) -> Iterator[Shape]:
    x, y = left + box.x, top + box.y
    corners = ((x, y), (x + box.width, y), (x + box.width, y + box.height), (x, y + box.height))
    if box.fill is Fill.SOLID:
        yield Shape(corners, None, _grey(box.ink), closed=True)
    elif box.fill is not Fill.NONE:
        yield Shape(corners, None, _WHITE, closed=True)
        yield from _hatching(box, x, y)
    if box.edge is not None:
        yield Shape(corners, _grey(box.edge), None, box.weight * _THIN, _DASHES.get(box.stroke, ()), closed=True)


def _hatching(box: Box, left: float, top: float) -> Iterator[Shape]:
    """Slanting lines within a box; both ways where it is crossed."""
    wide, tall = box.width, box.height
    at = _HATCH
    while at < wide + tall:
        first = (min(at, wide), max(at - wide, 0.0))
        second = (max(at - tall, 0.0), min(at, tall))
        yield Shape(tuple((left + x, top + y) for x, y in (first, second)), _grey(box.ink), weight=0.4)
        if box.fill is Fill.CROSS:
            yield Shape(tuple((left + wide - x, top + y) for x, y in (first, second)), _grey(box.ink), weight=0.4)
        at += _HATCH


def _path(path: Path, left: float, top: float) -> Iterator[Shape]:
    points = tuple((left + x, top + y) for x, y in path.points)
    if path.filled:
        yield Shape(points, None, _grey(path.ink), closed=True)
        return
    weight = path.weight * _THIN
    if path.cased:
        yield Shape(points, _WHITE, weight=weight + _CASING)
    yield Shape(points, _grey(path.ink), weight=weight, dash=_DASHES.get(path.stroke, ()))


def _point(point: Point, left: float, top: float) -> Shape:
    corners = {Dot.ROUND: _CORNERS, Dot.SQUARE: 4, Dot.DIAMOND: 4}[point.shape]
    turned = pi / 4 if point.shape is Dot.SQUARE else 0.0
    reach = point.radius * (1.3 if point.shape is Dot.SQUARE else 1.0)
    angles = [turned + 2 * pi * at / corners for at in range(corners)]
    points = tuple((left + point.x + reach * cos(each), top + point.y + reach * sin(each)) for each in angles)
    grey = _grey(point.ink)
    return Shape(points, _WHITE if point.full else grey, grey if point.full else _WHITE, 0.8, closed=True)


def _write(page: Page, words: Words, pages: Pages, top: float) -> None:
    """One line of words, in the fonts that hold its letters."""
    for line in broken([Span(words.text, bold=words.bold)], pages.width * 2, _size(pages), pages.face):
        baseline = top + words.y + line.height * 0.78
        for piece in line.pieces:
            x = pages.left + words.x + piece.at
            page.texts.append(Text(x, baseline, piece.font, piece.size, piece.text, piece.width, mark=False))
