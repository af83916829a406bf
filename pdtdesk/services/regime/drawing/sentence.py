"""The sentence as a line from reception to release: what was, where we are, what is to come."""

from datetime import date, timedelta

from pdtdesk.domain.calendar import show_near
from pdtdesk.services.regime.drawing.labels import Label, Place, Placed, Rows, wrapped
from pdtdesk.services.regime.drawing.shapes import (
    Box,
    Days,
    Drawing,
    Fill,
    Ink,
    Measures,
    Path,
    Point,
    Stroke,
    Words,
)
from pdtdesk.services.regime.pictures import SentenceFacts, SentenceSpan, SpanKind

_AFTER = 0.05
_OPEN = 0.14
"""Parts of the width that lie after a known release, or where nobody knows when it will be."""


def sentence_drawing(facts: SentenceFacts, width: float, measures: Measures, *, headed: bool = True) -> Drawing:
    """The sentence line of a width, as high as its words need; `headed` writes title and note over it."""
    line = measures.line
    drawing = Drawing(width)
    top = _head(drawing, facts, measures) if headed and (facts.title or facts.note) else 0.0
    days = _scale(facts, width, line)
    above = _above(facts, days, Rows(measures, days.x, width), headed=headed)
    bar = top + above.rows * line + line * 0.3
    _bar(drawing, facts, days, bar, line)
    _uprights(drawing, above, bar, line)
    _reviews(drawing, facts, days, bar, line)
    under = bar + line * 1.45
    below = Rows(measures, days.x, width)
    for placed in _below(facts, days, below, measures):
        if placed.row and below.clear_to(placed):
            x = placed.label.x
            drawing.shapes.append(Path(((x, under), (x, under + placed.row * line)), Ink.EDGE, Stroke.DOTTED))
    above.write(drawing, bar - line * 0.3, upwards=True)
    below.write(drawing, under, upwards=False)
    drawing.height = under + below.rows * line + line * 0.2
    return drawing


def sentence_bar(drawing: Drawing, spans: tuple[SentenceSpan, ...], days: Days, today: date, top: float, tall: float,
                 end: float) -> None:  # fmt: skip
    """The spans of a sentence as boxes in a row; one that is open is certain up to today, and planned to `end`."""
    for span in spans:
        left = days.x_of(span.first_day)
        if span.last_day is not None:
            _span(drawing, span.kind, left, days.x_of(span.last_day + timedelta(days=1)), top, tall)
            continue
        certain = max(days.x_of(today + timedelta(days=1)), left) if span.first_day <= today else left
        if certain > left:
            _span(drawing, span.kind, left, min(certain, max(end, left)), top, tall)
        if end > certain:
            _span(drawing, SpanKind.PLANNED, certain, end, top, tall)


def _head(drawing: Drawing, facts: SentenceFacts, measures: Measures) -> float:
    """Title at the left and note at the right, under each other where there is no room; where they end."""
    line, width = measures.line, drawing.width
    beside = measures.width(facts.title, True) + measures.width(facts.note, True) + line <= width
    y = 0.0
    for text, ink, right in ((facts.title, Ink.STRONG, False), (facts.note, Ink.WORDS, True)):
        if not text:
            continue
        for part in wrapped(text, width, True, measures):
            wide = measures.width(part, True)
            x = width - wide if right and beside else 0.0
            drawing.words.append(Words(part, x, 0.0 if beside else y, wide, line, ink, True))
            y += line
    return (line if beside else y) + line * 0.8


def _scale(facts: SentenceFacts, width: float, line: float) -> Days:
    ends = [span.last_day for span in facts.spans if span.last_day is not None]
    reviews = [review.day for review in facts.reviews]
    some = [facts.received, facts.today, *facts.court, *reviews, *(span.first_day for span in facts.spans), *ends]
    if facts.release is not None:
        some.append(facts.release)
    first, last = min(some), max(some)
    count = (last - first).days + 1
    pad = line * 0.5
    room = (width - 2 * pad) * (1 - (_OPEN if facts.release is None else _AFTER))
    return Days(first, count, pad, room / count, 0.0, 0.0)


def _above(facts: SentenceFacts, days: Days, rows: Rows, *, headed: bool) -> Rows:
    sides = (Place.RIGHT, Place.LEFT)
    today, release = facts.today, facts.release
    labels = [Label(f"Today {show_near(today, today)}", days.x_of(today), sides, Ink.TODAY, True, upright=True)]
    if release is not None:
        whence = f" · {facts.release_from}" if facts.release_from else ""
        if headed and facts.release_from in facts.note:
            whence = ""
        said = f"Release {show_near(release, today)}{whence}"
        labels.append(Label(said, days.x_of(release), sides, Ink.RELEASE, True, upright=True))
    labels += [
        Label(f"Court {show_near(day, today)}", days.x_of(day), sides, Ink.STRONG, upright=True)
        for day in dict.fromkeys(facts.court)
    ]
    rows.put_flags(labels)
    if release is None:
        rows.place(Label("Release not known", days.right, sides, Ink.WORDS, True))
    rows.place(Label(f"Received {show_near(facts.received, today)}", days.x_of(facts.received), (Place.FROM,)))
    return rows


def _bar(drawing: Drawing, facts: SentenceFacts, days: Days, top: float, line: float) -> None:
    middle, end = top + line / 2, drawing.width - days.x
    served = days.x_of(facts.release) if facts.release is not None else days.right
    drawing.shapes.append(Path(((days.x, middle), (served, middle)), Ink.EDGE, weight=2))
    open_end = facts.release is None
    drawing.shapes.append(
        Path(((served, middle), (end, middle)), Ink.EDGE, Stroke.DASHED if open_end else Stroke.SOLID, 1.5)
    )
    sentence_bar(drawing, facts.spans, days, facts.today, top, line, end if open_end else served)
    if days.first == facts.received:
        drawing.shapes.append(Path(((days.x, top), (days.x, top + line)), Ink.STRONG, weight=2))


def _span(drawing: Drawing, kind: SpanKind, left: float, right: float, top: float, tall: float) -> None:
    width = max(right - left, 1.5)
    box = {
        SpanKind.REGIME: Box(left, top, width, tall, Ink.DOSE, Fill.SOLID, Ink.GROUND, Stroke.SOLID),
        SpanKind.STABILISATION: Box(left, top, width, tall, Ink.STABILISING, Fill.SOLID, Ink.DOSE, Stroke.SOLID),
        SpanKind.PLANNED: Box(left, top, width, tall, Ink.PLANNED, Fill.SOLID, Ink.EDGE, Stroke.DASHED),
    }
    drawing.shapes.append(box[kind])


def _uprights(drawing: Drawing, above: Rows, bar: float, line: float) -> None:
    for placed in reversed(above.placed):
        if not placed.label.upright:
            continue
        x, ink = placed.label.x, placed.label.ink
        reach = placed.line_to if above.clear_to(placed) else 0
        top = bar - line * 0.3 - reach * line
        court = ink is Ink.STRONG
        weight = 1.2 if court else 2.0
        stroke = Stroke.DOTTED if court else Stroke.SOLID
        drawing.shapes.append(Path(((x, top), (x, bar + line * 1.35)), ink, stroke, weight, cased=True))


def _reviews(drawing: Drawing, facts: SentenceFacts, days: Days, bar: float, line: float) -> None:
    for review in facts.reviews:
        x = days.x_of(review.day)
        drawing.shapes.append(Point(x, bar + line / 2, line * 0.42, Ink.STRONG, full=review.done))


def _below(facts: SentenceFacts, days: Days, rows: Rows, measures: Measures) -> list[Placed]:
    """The words under the line: what each span is, and the reviews, which are given back."""
    named = [span for span in facts.spans if span.label]
    for span in named:
        left = days.x_of(span.first_day)
        last = span.last_day or facts.release
        right = days.x_of(last + timedelta(days=1)) if last is not None else days.right
        inside = measures.width(span.label, False) <= right - left
        x, place = ((left + right) / 2, Place.CENTRE) if inside else (left, Place.FROM)
        rows.place(Label(span.label, x, (place,)))
    return [
        rows.place(Label(review.label, days.x_of(review.day), from_row=1 if named else 0))
        for review in sorted(facts.reviews, key=lambda each: each.day)
    ]
