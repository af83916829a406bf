"""Planned courses as steps over the days of the sentence, each with the day on which it ends against release."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

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
from pdtdesk.services.regime.drawing.labels import Label, Place, Rows
from pdtdesk.services.regime.drawing.sentence import sentence_bar
from pdtdesk.services.regime.drawing.shapes import Days, Dot, Drawing, Fill, Ink, Measures, Path, Point, Stroke
from pdtdesk.services.regime.pictures import (
    ScheduleChartFacts,
    ScheduleSeries,
    ScheduleVertical,
    SpanKind,
    VerticalKind,
    end_words,
)

_DAY = timedelta(days=1)
_GOES_ON = timedelta(days=28)
"""How far past its last step a course without an end is drawn where nothing else gives an end."""
_HANDS = ((Ink.DOSE, Stroke.SOLID, Dot.ROUND), (Ink.SCORE, Stroke.DASHED, Dot.DIAMOND))
"""How one course is told from the other: by colour, and by its line and mark."""
_UPRIGHT = {
    VerticalKind.TODAY: (Ink.TODAY, Stroke.SOLID, 2.0),
    VerticalKind.RELEASE: (Ink.RELEASE, Stroke.SOLID, 2.0),
    VerticalKind.REVIEW: (Ink.EDGE, Stroke.DOTTED, 1.2),
    VerticalKind.COURT: (Ink.STRONG, Stroke.DASHED, 1.0),
    VerticalKind.STABILISED: (Ink.EDGE, Stroke.DASHED, 1.0),
}
_SPANS = {
    SpanKind.STABILISATION: Key("stabilisation", Ink.STABILISING, Fill.SOLID, Ink.DOSE, Stroke.SOLID),
    SpanKind.REGIME: Key("regime", Ink.DOSE, Fill.SOLID, Ink.GROUND, Stroke.SOLID),
    SpanKind.PLANNED: Key("planned", Ink.PLANNED, Fill.SOLID, Ink.EDGE, Stroke.DASHED),
}


def schedule_drawing(facts: ScheduleChartFacts, width: float, height: float, measures: Measures) -> Drawing:
    """The schedule's picture of a width, as high as it is given, or higher where its words need it."""
    drawing, line = Drawing(width), measures.line
    days = _days(facts, width, measures)
    if days is None:
        return nothing_drawn(f"{facts.medicine}: nothing planned yet", width, measures)
    amounts = [mg for series in facts.series for _, mg in series.steps]
    scale = scale_words(amounts, "")
    above = _above(facts, days, Rows(measures, 0.0, width))
    top = (above.rows + OVER) * line
    bar = line * 0.5 if facts.spans else 0.0
    under = _foot(Drawing(width), facts, days, 0.0, measures)
    tall = max(height - top - bar - under - line * 0.5, LEAST_LINES * line)
    days = replace(days, top=top, bottom=top + tall)
    drawing.days = days
    write_scale(drawing, scale, days.x - line * 0.4, days, measures)
    highest = max([*amounts, Decimal(0)]) or Decimal(1)
    for number, series in enumerate(facts.series[:2]):
        _steps(drawing, series, number, days, highest)
    drawing.shapes.append(Path(((days.x, days.bottom), (days.right, days.bottom)), Ink.EDGE))
    foot = days.bottom + line * 0.2
    if facts.spans:
        today = next((each.day for each in facts.verticals if each.kind is VerticalKind.TODAY), days.first)
        end = days.x_of(facts.release) if facts.release is not None else days.right
        sentence_bar(drawing, facts.spans, days, today, foot, bar, end)
    _uprights(drawing, above, facts, days, foot + bar)
    _ends(drawing, facts, days, line)
    above.write(drawing, top - line * OVER, upwards=True)
    drawing.height = _foot(drawing, facts, days, foot + bar, measures) + line * 0.2
    return drawing


def _days(facts: ScheduleChartFacts, width: float, measures: Measures) -> Days | None:
    steps = [day for series in facts.series for day, _ in series.steps]
    if not steps:
        return None
    goes_on = any(series.steps and series.free_from is None for series in facts.series)
    others = [*(each.day for each in facts.verticals), *(span.first_day for span in facts.spans)]
    others += [span.last_day for span in facts.spans if span.last_day is not None]
    others += [day for day in (facts.release, facts.until) if day is not None]
    first, last = min(steps + others), max(steps + others)
    if goes_on and last <= max(steps):
        last += _GOES_ON
    line = measures.line
    words = scale_words([mg for series in facts.series for _, mg in series.steps], "")
    left = max(measures.width(each, False) for each in words) + line * 0.4
    count = (last - first).days + 1
    return Days(first, count, left, (width - left - line * 0.6) / count, 0.0, 0.0)


def _above(facts: ScheduleChartFacts, days: Days, rows: Rows) -> Rows:
    labels = []
    for each in facts.verticals:
        heavy = each.kind in (VerticalKind.TODAY, VerticalKind.RELEASE)
        ink = _UPRIGHT[each.kind][0] if heavy else Ink.WORDS
        labels.append(Label(each.label, days.x_of(each.day), (Place.RIGHT, Place.LEFT), ink, heavy, upright=True))
    rows.put_flags(labels)
    return rows


def _uprights(drawing: Drawing, above: Rows, facts: ScheduleChartFacts, days: Days, bottom: float) -> None:
    kinds: dict[tuple[str, float], ScheduleVertical] = {(v.label, days.x_of(v.day)): v for v in facts.verticals}
    for placed in reversed(above.placed):
        each = kinds[(placed.label.text, placed.label.x)]
        ink, stroke, weight = _UPRIGHT[each.kind]
        reach = placed.line_to if above.clear_to(placed) else 0
        top = days.top - (OVER + reach) * above.line
        x = placed.label.x
        drawing.shapes.append(Path(((x, top), (x, bottom)), ink, stroke, weight))


def _steps(drawing: Drawing, series: ScheduleSeries, number: int, days: Days, highest: Decimal) -> None:
    """The first course as a filled step, what it is compared with as a dashed line over it."""
    points: list[tuple[float, float]] = []
    ends = series.free_from
    for at, (day, mg) in enumerate(series.steps):
        if ends is not None and day > ends:
            break
        following = series.steps[at + 1][0] if at + 1 < len(series.steps) else None
        y = days.bottom - float(mg / highest) * (days.bottom - days.top)
        right = days.right if following is None else days.x_of(following)
        points += [(days.x_of(day), y), (days.x_of(day) if day == ends else right, y)]
    ink, stroke, _ = _HANDS[number]
    if points and number == 0:
        under = ((points[-1][0], days.bottom), (points[0][0], days.bottom))
        drawing.shapes.append(Path((*points, *under), Ink.PLANNED, filled=True))
    drawing.shapes.append(Path(tuple(points), ink, stroke, 2.0, cased=number > 0))


def _ends(drawing: Drawing, facts: ScheduleChartFacts, days: Days, line: float) -> None:
    for series, (ink, _, dot) in zip(facts.series, _HANDS, strict=False):
        if series.free_from is not None:
            x = days.x_of(series.free_from)
            drawing.shapes.append(Point(x, days.bottom, line * 0.3, ink, full=dot is Dot.ROUND, shape=dot))


def _foot(drawing: Drawing, facts: ScheduleChartFacts, days: Days, top: float, measures: Measures) -> float:
    """How each course ends, at its end; dates; the key. Where they end."""
    line = measures.line
    y = top + line * 0.3
    rows = Rows(measures, 0.0, drawing.width)
    for series in facts.series[:2]:
        if series.steps:
            ends = series.free_from
            x = days.x_of(ends) if ends is not None else days.right
            said = end_words(series, facts.release)
            named = f"{series.name}: {said}" if len(facts.series) > 1 else said
            rows.place(Label(named, x, ink=Ink.STRONG, bold=True))
    rows.write(drawing, y, upwards=False)
    y = write_dates(drawing, days, y + rows.rows * line + line * 0.2, days.last, measures)
    keys = [
        Key(
            f"{facts.medicine} {series.name}" if facts.medicine else series.name,
            ink,
            Fill.NONE,
            stroke=stroke,
            dot=dot,
        )
        for series, (ink, stroke, dot) in zip(facts.series, _HANDS, strict=False)
    ]
    there = {span.kind for span in facts.spans}
    keys += [key for kind, key in _SPANS.items() if kind in there]
    return write_keys(drawing, keys, days.x, y + line * 0.2, measures)
