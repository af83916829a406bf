"""What a picture is made of: boxes, lines, dots and words at their places, in named inks.

Lengths are in the unit of the measures given (pixels in the window, points on paper), from the top left. The order
of `Drawing.shapes` is that of painting; words come last. Who paints decides what an ink looks like.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class Ink(StrEnum):
    """What something is drawn with, by what it means."""

    WORDS = "words"
    STRONG = "strong"
    TODAY = "today"
    RELEASE = "release"
    DOSE = "dose"
    STABILISING = "stabilising"
    PLANNED = "planned"
    EDGE = "edge"
    GRID = "grid"
    GROUND = "ground"
    ORDERED = "ordered"
    SCORE = "score"
    SCORE_WORDS = "score words"
    NOT_TAKEN = "not taken"
    UNKNOWN = "unknown"


class Fill(StrEnum):
    """How the inside of a box is filled; told apart in grey as well."""

    NONE = "none"
    SOLID = "solid"
    HATCH = "hatch"
    CROSS = "cross"


class Stroke(StrEnum):
    """How a line runs."""

    NONE = "none"
    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"


class Dot(StrEnum):
    """The shape of a mark on a line."""

    ROUND = "round"
    SQUARE = "square"
    DIAMOND = "diamond"


@dataclass(frozen=True, slots=True)
class Measures:
    """The letters that a picture is written in: how wide words are (plain or bold), how high a line is."""

    width: Callable[[str, bool], float]
    line: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: filled with `ink`, edged with `edge`."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink
    fill: Fill = Fill.SOLID
    edge: Ink | None = None
    stroke: Stroke = Stroke.NONE
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Path:
    """A line through points; `filled` closes it and fills it; `cased` lays a band of the ground under it."""

    points: tuple[tuple[float, float], ...]
    ink: Ink
    stroke: Stroke = Stroke.SOLID
    weight: float = 1.0
    filled: bool = False
    cased: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A mark round a place: full, or hollow with the ground showing."""

    x: float
    y: float
    radius: float
    ink: Ink
    full: bool = True
    shape: Dot = Dot.ROUND


@dataclass(frozen=True, slots=True)
class Words:
    """One line of words in its rectangle, from the left."""

    text: str
    x: float
    y: float
    width: float
    height: float
    ink: Ink = Ink.WORDS
    bold: bool = False


Shape = Box | Path | Point


@dataclass(frozen=True, slots=True)
class Days:
    """The part of a picture that has a place for each day: from `first`, `count` days of `pitch` each."""

    first: date
    count: int
    x: float
    pitch: float
    top: float
    bottom: float

    def x_of(self, day: date) -> float:
        """Where a day begins."""
        return self.x + (day - self.first).days * self.pitch

    def middle_of(self, day: date) -> float:
        """The middle of a day."""
        return self.x_of(day) + self.pitch / 2

    @property
    def last(self) -> date:
        """The last day that has a place."""
        return self.first + timedelta(days=self.count - 1)

    @property
    def right(self) -> float:
        """Where the last day ends."""
        return self.x + self.count * self.pitch

    def day_at(self, x: float) -> date:
        """The day at a place, the nearest where none is."""
        at = int((x - self.x) // self.pitch) if self.pitch > 0 else 0
        return self.first + timedelta(days=min(max(at, 0), self.count - 1))


@dataclass(slots=True)
class Drawing:
    """A whole picture of a width and height; `days` where it can be walked through day by day."""

    width: float
    height: float = 0.0
    shapes: list[Shape] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    days: Days | None = None
