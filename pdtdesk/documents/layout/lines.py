"""Text broken into lines of a given width: no word is cut off, one that is too long goes on in the next line."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pdtdesk.documents.layout.direction import has_right_to_left, in_reading_order, mirrored
from pdtdesk.documents.layout.glyphs import Typeface


@dataclass(frozen=True, slots=True)
class Span:
    """Some words in one hand. `mark` sets them white on black; `scale` changes the size of the sheet's text."""

    text: str
    bold: bool = False
    mark: bool = False
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters at their place in a line: `at` and `width` in points from the line's left."""

    font: str
    size: float
    text: str
    at: float
    width: float
    mark: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it will be drawn. `height` from baseline to baseline, in points."""

    pieces: tuple[Piece, ...]
    height: float
    width: float


LEADING = 1.2
SMALLEST = 8.0
"""No text is set smaller than this many points, whatever its scale."""

_MARK_PAD = 2.0


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    span: Span
    width: float


def broken(spans: Sequence[Span], width: float, size: float, face: Typeface) -> tuple[Line, ...]:
    """The lines of a paragraph; an empty paragraph has none."""
    lines = []
    for paragraph in _paragraphs(spans, face):
        for words in _filled(paragraph, width, size, face):
            lines.append(_line(words, size, face))
    return tuple(lines)


def _paragraphs(spans: Iterable[Span], face: Typeface) -> Iterator[list[tuple[str, Span]]]:
    """The spans cut at line ends; each paragraph as (words with their spaces, span)."""
    current: list[tuple[str, Span]] = []
    some = False
    for span in spans:
        for number, part in enumerate(face.printable(span.text).split("\n")):
            if number:
                yield current
                current = []
            if part:
                some = True
                current.append((part, span))
    if current or some:
        yield current


def _filled(paragraph: list[tuple[str, Span]], width: float, size: float, face: Typeface) -> Iterator[list[_Word]]:
    """Words put into lines one after the other."""
    line: list[_Word] = []
    used = 0.0
    for chunk in _chunks(paragraph):
        needed = sum(_wide(text.rstrip(" "), span, size, face) for text, span in chunk)
        if line and used + needed > width:
            yield line
            line, used = [], 0.0
        for text, span in chunk:
            for part in _fitting(text, span, width, size, face):
                wide = _wide(part, span, size, face)
                if line and used + _wide(part.rstrip(" "), span, size, face) > width:
                    yield line
                    line, used = [], 0.0
                line.append(_Word(part, span, wide))
                used += wide
    yield line


def _chunks(paragraph: list[tuple[str, Span]]) -> Iterator[list[tuple[str, Span]]]:
    """What must not be parted: letters up to a space, also where they run over from one span into the next."""
    chunk: list[tuple[str, Span]] = []
    for text, span in paragraph:
        if span.mark:
            if chunk:
                yield chunk
                chunk = []
            yield [(text, span)]
            continue
        start = 0
        while start < len(text):
            space = text.find(" ", start)
            if space < 0:
                chunk.append((text[start:], span))
                break
            end = space
            while end < len(text) and text[end] == " ":
                end += 1
            chunk.append((text[start:end], span))
            yield chunk
            chunk = []
            start = end
    if chunk:
        yield chunk


def _fitting(text: str, span: Span, width: float, size: float, face: Typeface) -> Iterator[str]:
    """A word whole, or, where it is wider than a line, in as many parts as it takes."""
    if _wide(text.rstrip(" "), span, size, face) <= width:
        yield text
        return
    room = width / _points(span, size)
    start, used = 0, 0.0
    for at, character in enumerate(text):
        wide = face.width(character, span.bold)
        if at > start and used + wide > room:
            yield text[start:at]
            start, used = at, 0.0
        used += wide
    yield text[start:]


def _wide(text: str, span: Span, size: float, face: Typeface) -> float:
    return face.width(text, span.bold) * _points(span, size) + (2 * _MARK_PAD if span.mark else 0.0)


def _points(span: Span, size: float) -> float:
    return max(SMALLEST, size * span.scale) if span.scale < 1 else size * span.scale


def _line(words: list[_Word], size: float, face: Typeface) -> Line:
    tallest = max((_points(word.span, size) for word in words), default=size)
    merged: list[tuple[str, Span]] = []
    for word in words:
        if merged and merged[-1][1] is word.span:
            merged[-1] = (merged[-1][0] + word.text, word.span)
        else:
            merged.append((word.text, word.span))
    if merged:
        merged[-1] = (merged[-1][0].rstrip(" "), merged[-1][1])
    if any(has_right_to_left(text) for text, _ in merged):
        merged = _turned(merged)
    pieces: list[Piece] = []
    at = 0.0
    for text, span in merged:
        at += _MARK_PAD if span.mark else 0.0
        for letters in face.letters(text, span.bold):
            points = _points(span, size)
            wide = letters.width * points
            pieces.append(Piece(letters.font, points, letters.text, at, wide, span.mark))
            at += wide
        at += _MARK_PAD if span.mark else 0.0
    return Line(tuple(pieces), tallest * LEADING, at)


def _turned(parts: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """The parts of a line in the order in which the eye meets them."""
    whole = "".join(text for text, _ in parts)
    hands = [span for text, span in parts for _ in text]
    shown = mirrored(whole)
    turned: list[tuple[str, Span]] = []
    for at in in_reading_order(whole):
        if turned and turned[-1][1] is hands[at]:
            turned[-1] = (turned[-1][0] + shown[at], hands[at])
        else:
            turned.append((shown[at], hands[at]))
    return turned
