"""Rows laid on pages: a row goes on to the next page where it does not fit, and nothing is cut.

Heights and places are in points; places are measured from the top left of the page until they are drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pdtdesk.documents.layout.glyphs import Typeface
from pdtdesk.documents.layout.lines import LEADING, Line, Span, broken

A4 = (595.28, 841.89)
MARGIN = 30.0
_WITH_TITLE = 4.0
"""Lines of what follows that stay with a title."""

HEAD_MOST = 10
"""Lines of a page's head that are repeated; a name longer than that stands whole in the sheet itself."""


class TooLong(Exception):
    """A sheet does not fit on the pages it may have in this size of text."""


@dataclass(frozen=True, slots=True)
class Text:
    """Letters at a place: `x` of their left, `y` of their baseline."""

    x: float
    y: float
    font: str
    size: float
    text: str
    width: float
    mark: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A line from one point to another."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A line through points, or, `closed`, the outline of a form; greys from 0, black, to 1, white; None for none.

    `dash` is (drawn, left out) in points; empty for a whole line.
    """

    points: tuple[tuple[float, float], ...]
    line: float | None = 0.0
    fill: float | None = None
    weight: float = 0.5
    dash: tuple[float, ...] = ()
    closed: bool = False


@dataclass(slots=True)
class Page:
    """What is drawn on one page: shapes, then rules, then texts."""

    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)


Paragraph = str | Sequence[Span]
Cell = Sequence[Paragraph]


@dataclass(slots=True)
class Pages:
    """Pages as they fill. `size` is that of plain text; `head` stands at the top of every page.

    `tight` asks a sheet to run on in place of beginning new lines: it is the last try to keep to one page.
    """

    face: Typeface
    size: float
    head: Sequence[Cell]
    head_widths: Sequence[float]
    most: int | None = None
    tight: bool = False
    pages: list[Page] = field(default_factory=list)
    y: float = 0.0

    left: float = MARGIN
    width: float = A4[0] - 2 * MARGIN
    foot: float = A4[1] - MARGIN - 18
    _top: float = 0.0
    _titles: tuple[Sequence[Paragraph], Sequence[float], float] | None = None

    def __post_init__(self) -> None:
        self._turn()

    @property
    def page(self) -> Page:
        """The page that is being filled."""
        return self.pages[-1]

    def space(self, height: float) -> None:
        """Leave some room, unless the page has just begun."""
        if self.y > self._top:
            self.y += height

    def keep(self, lines: float) -> None:
        """What comes now stays together for so many lines: on the next page where they do not fit on this one."""
        self._room(lines * self.size * LEADING)

    def block(self, height: float) -> float:
        """Room for something of a height that stands whole on one page; where its top is. Raises `TooLong`."""
        if height > self.foot - self._top:
            raise TooLong
        self._room(height)
        top = self.y
        self.y += height
        return top

    def rule(self, weight: float = 0.5) -> None:
        """A line across the sheet."""
        self.page.rules.append(Rule(self.left, self.y, self.left + self.width, self.y, weight))
        self.y += weight / 2 + 1.5

    def heading(self, words: str, right: str = "", keep: float = 3.0) -> None:
        """A heading with a thick rule; `keep` lines of what follows stay with it."""
        self.space(self.size * 0.5)
        self.keep(keep + 1)
        self.rule(1.4)
        cells: list[Cell] = [[[Span(words, bold=True, scale=1.08)]]]
        if right:
            cells.append([[Span(right, scale=0.85)]])
        taken = self.face.width(self.face.printable(words), True) * self.size * 1.08 + 12
        self.row(cells, [taken, self.width - taken] if right else [self.width])

    def paragraph(self, spans: Paragraph, indent: float = 0.0) -> None:
        """A paragraph over the whole width."""
        self.row([[spans]], [self.width - indent], indent)

    def table(self, titles: Sequence[Paragraph], widths: Sequence[float], gap: float = 8.0) -> None:
        """Begin a table: its titles stand here, and again on each page that it goes on to."""
        self._titles = (titles, widths, gap)
        self._head_of_table()

    def end_table(self) -> None:
        """The titles are not repeated any more."""
        self._titles = None

    def columns_under(self, title: Paragraph, paragraphs: Sequence[Paragraph], count: int) -> None:
        """Short entries in columns under a title that stands over them on every page that they go on to."""
        around, self._titles = self._titles, ([title], [self.width], 0.0)
        self.keep(_WITH_TITLE)
        self._head_of_table()
        self.columns(paragraphs, count)
        self._titles = around

    def row(
        self,
        cells: Sequence[Cell],
        widths: Sequence[float],
        indent: float = 0.0,
        *,
        box: bool = False,
        gap: float = 0.0,
        over: float = 0.0,
    ) -> None:
        """Cells side by side, each of paragraphs; on the next page whole where it fits there, else in parts.

        `box` draws a heavy frame round it; `gap` is the room between cells; `over` the weight of a rule above it.
        """
        pad = 5.0 if box else 0.0
        columns = [
            [line for part in cell for line in self._broken(part, width - gap - 2 * pad)]
            for cell, width in zip(cells, widths, strict=True)
        ]
        tallest = max((_tall(column) for column in columns), default=0.0) + 2 * pad + over + 2
        if self.foot - self.y < tallest <= self.foot - self._top:
            self._turn()
        if over and self.y > self._top + 0.01:
            self.rule(over)
        while any(columns):
            self._part(columns, [indent + sum(widths[:number]) for number in range(len(widths))], indent, pad)
            if any(columns):
                self._turn()

    def _part(self, columns: Sequence[list[Line]], lefts: Sequence[float], indent: float, pad: float) -> None:
        """As much of a row as fits on this page, taken off the front."""
        top = self.y
        self.y += pad
        bottom = max(self._place(column, self.left + x + pad, pad) for column, x in zip(columns, lefts, strict=True))
        self.y = top
        if bottom > top + pad:
            self.y = bottom + pad
            if pad:
                self._frame(top, self.y, indent)

    def columns(self, paragraphs: Sequence[Paragraph], count: int, gap: float = 12.0) -> None:
        """Short entries in columns, read downwards, then across."""
        width = (self.width - gap * (count - 1)) / count
        entries = [self._broken(each, width) for each in paragraphs]
        while entries:
            room = self.foot - self.y
            total = sum(line.height for entry in entries for line in entry)
            level = min(room, total / count + max(_tall(entry) for entry in entries))
            start, lowest = self.y, self.y
            for number in range(count):
                y, x = start, self.left + number * (width + gap)
                while entries and (y - start + _tall(entries[0]) <= level + 0.01):
                    y = self._lines(entries.pop(0), x, y)
                    lowest = max(lowest, y)
            if lowest == start and entries and self.y > self._top + 0.01:
                self._turn()
                continue
            if lowest == start and entries:
                self.row([[paragraphs[len(paragraphs) - len(entries)]]], [self.width])
                entries.pop(0)
                continue
            self.y = lowest
            if entries:
                self._turn()

    def _broken(self, part: Paragraph, width: float) -> list[Line]:
        return list(broken([Span(part)] if isinstance(part, str) else part, width, self.size, self.face))

    def _room(self, height: float) -> None:
        if self.y + height > self.foot:
            self._turn()

    def _turn(self) -> None:
        """Begin a page, with its head."""
        if self.most is not None and len(self.pages) >= self.most:
            raise TooLong
        self.pages.append(Page())
        self.y = MARGIN
        bottom = self.y
        for number, (cell, width) in enumerate(zip(self.head, self.head_widths, strict=True)):
            lines = [line for part in cell for line in self._broken(part, width)][:HEAD_MOST]
            bottom = max(bottom, self._lines(lines, self.left + sum(self.head_widths[:number]), self.y))
        self.y = bottom + 3
        self.rule(2.2)
        self.y += 3
        if self._titles is not None:
            self._head_of_table()
        self._top = self.y

    def _head_of_table(self) -> None:
        if self._titles is not None:
            titles, widths, gap = self._titles
            cells = [[[Span(each, bold=True, scale=0.9)] if isinstance(each, str) else each] for each in titles]
            self.row(cells, widths, gap=gap)

    def _place(self, lines: list[Line], x: float, pad: float) -> float:
        """As many lines as fit, taken off the front; where the last one ends."""
        fits = 0
        height = 0.0
        while fits < len(lines) and self.y + height + lines[fits].height + pad <= self.foot + 0.01:
            height += lines[fits].height
            fits += 1
        self._lines(lines[:fits], x, self.y)
        del lines[:fits]
        return self.y + height

    def _lines(self, lines: Sequence[Line], x: float, y: float) -> float:
        for line in lines:
            baseline = y + line.height * 0.78
            for piece in line.pieces:
                self.page.texts.append(
                    Text(x + piece.at, baseline, piece.font, piece.size, piece.text, piece.width, piece.mark)
                )
            y += line.height
        return y

    def _frame(self, top: float, bottom: float, indent: float) -> None:
        x1, x2 = self.left + indent, self.left + self.width
        for rule in (
            Rule(x1, top, x2, top, 1.6),
            Rule(x1, bottom, x2, bottom, 1.6),
            Rule(x1, top, x1, bottom, 1.6),
            Rule(x2, top, x2, bottom, 1.6),
        ):
            self.page.rules.append(rule)
        self.y = bottom + 2


def _tall(lines: Sequence[Line]) -> float:
    return sum(line.height for line in lines)
