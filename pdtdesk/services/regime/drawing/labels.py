"""Words beside the days that they name: in rows, so that none lies on another and none is cut.

A label takes the first row in which there is room at its day, counted away from what it names; rows are as many as
it takes. A label wider than the picture is broken into lines.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from pdtdesk.services.regime.drawing.shapes import Drawing, Ink, Measures, Words

_TRIES = 12
"""Rows in which a label with an upright line looks for a place where nothing crosses the line."""


class Place(StrEnum):
    """How words stand to the place that they name."""

    CENTRE = "centre"
    FROM = "from"
    RIGHT = "right"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Label:
    """Words to be placed at `x`, in the first of `places` that is free. `upright`: a line leads up to them."""

    text: str
    x: float
    places: tuple[Place, ...] = (Place.CENTRE,)
    ink: Ink = Ink.WORDS
    bold: bool = False
    upright: bool = False
    from_row: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A label in its rows: the left of its words, the first row, and how far in rows its upright line goes."""

    label: Label
    lines: tuple[str, ...]
    x: float
    width: float
    row: int
    line_to: int

    @property
    def end_row(self) -> int:
        """The first row after it."""
        return self.row + len(self.lines)

    def covers(self, x: float, slack: float) -> bool:
        """Whether its words stand at a place."""
        return self.x - slack < x < self.x + self.width + slack


class Rows:
    """Rows of labels over (or under) a picture, from `left` to `right`."""

    def __init__(self, measures: Measures, left: float, right: float) -> None:
        self._measures = measures
        self._left, self._right = left, right
        self._gap = measures.line * 0.6
        self.placed: list[Placed] = []

    @property
    def line(self) -> float:
        """How high a row is."""
        return self._measures.line

    @property
    def rows(self) -> int:
        """How many rows there are by now."""
        return max((each.end_row for each in self.placed), default=0)

    def put(self, labels: Iterable[Label]) -> None:
        """Find a place for each; those that come first have the better ones."""
        for label in labels:
            self.place(label)

    def put_flags(self, labels: Iterable[Label]) -> None:
        """Find places for labels with upright lines, so that their lines reach them where that can be.

        Those that would stand in the way of another's line wait until the others have their places.
        """
        waiting = sorted(labels, key=lambda label: -label.x)
        for label in tuple(waiting):
            others = tuple(each.x for each in waiting if each is not label)
            if (
                found := self._first(label, range(label.from_row, label.from_row + _TRIES), True, others)
            ) is not None:
                self.placed.append(found)
                waiting.remove(label)
        self.put(waiting)

    def place(self, label: Label) -> Placed:
        """The place of one more label."""
        near = range(label.from_row, label.from_row + _TRIES) if label.upright else range(0)
        found = self._first(label, near, True) or self._first(label, count(label.from_row), False)
        if found is None:
            raise AssertionError("there is always one more row")
        self.placed.append(found)
        return found

    def _first(
        self, label: Label, rows: Iterable[int], strict: bool, clear_of: Sequence[float] = ()
    ) -> Placed | None:
        """The first free place in some rows; `strict`: with its line clear, and its words clear of other lines."""
        lines = wrapped(label.text, self._right - self._left, label.bold, self._measures)
        wide = max((self._measures.width(line, label.bold) for line in lines), default=0.0)
        for row in rows:
            for x, beside in self._candidates(label, wide):
                found = Placed(label, lines, x, wide, row, row + len(lines) if beside else row)
                if self._is_free(found, strict) and not any(found.covers(other, 3) for other in clear_of):
                    return found
        return None

    def fits(self, label: Label) -> bool:
        """Whether there is room for it in its first row, as one line."""
        wide = self._measures.width(label.text, label.bold)
        return wide <= self._right - self._left and any(
            self._is_free(Placed(label, (label.text,), x, wide, label.from_row, label.from_row), False)
            for x, _ in self._candidates(label, wide)
        )

    def clear_to(self, placed: Placed) -> bool:
        """Whether nothing stands between a label and what it names."""
        return all(
            other is placed or other.row >= placed.row or not other.covers(placed.label.x, 1) for other in self.placed
        )

    def write(self, drawing: Drawing, near: float, *, upwards: bool) -> None:
        """Write all of them: rows are counted from `near`, upwards or downwards."""
        line = self._measures.line
        for each in self.placed:
            top = near - each.end_row * line if upwards else near + each.row * line
            for number, text in enumerate(each.lines):
                width = self._measures.width(text, each.label.bold)
                drawing.words.append(
                    Words(text, each.x, top + number * line, width, line, each.label.ink, each.label.bold)
                )

    def _candidates(self, label: Label, wide: float) -> list[tuple[float, bool]]:
        """Lefts to try in order, and whether the words then stand beside their day and not on it."""
        beside = self._measures.line * 0.35
        lefts = {
            Place.CENTRE: label.x - wide / 2,
            Place.FROM: label.x,
            Place.RIGHT: label.x + beside,
            Place.LEFT: label.x - beside - wide,
        }
        inside = [
            (lefts[place], place in (Place.RIGHT, Place.LEFT))
            for place in label.places
            if self._left <= lefts[place] and lefts[place] + wide <= self._right + 0.01
        ]
        nearest = min(max(lefts[label.places[0]], self._left), max(self._right - wide, self._left))
        return inside or [(nearest, False)]

    def _is_free(self, new: Placed, strict: bool) -> bool:
        for other in self.placed:
            level = new.row < other.end_row and other.row < new.end_row
            if level and new.x < other.x + other.width + self._gap and other.x < new.x + new.width + self._gap:
                return False
            if other.label.upright and new.row < other.line_to and new.covers(other.label.x, 3):
                return False
            if strict and other.row < new.line_to and other.covers(new.label.x, 2):
                return False
        return True


def wrapped(text: str, most: float, bold: bool, measures: Measures) -> tuple[str, ...]:
    """Words in lines no wider than `most`; a word that is wider by itself is broken where it must be."""
    if measures.width(text, bold) <= most:
        return (text,)
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if measures.width(longer, bold) <= most:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while len(line) > 1 and measures.width(line, bold) > most:
            at = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or measures.width(line[:n], bold) <= most)
            lines.append(line[:at])
            line = line[at:]
    return (*lines, line) if line else tuple(lines)


def in_a_column(wished: Sequence[float], height: float, top: float, bottom: float) -> list[float]:
    """Tops for words of one height that would stand at `wished`, moved as little as needed to lie clear."""
    order = sorted(range(len(wished)), key=lambda at: wished[at])
    tops = [0.0] * len(wished)
    free = top
    for at in order:
        tops[at] = max(wished[at], free)
        free = tops[at] + height
    ceiling = bottom
    for at in reversed(order):
        tops[at] = min(tops[at], ceiling - height)
        ceiling = tops[at]
    return tops
