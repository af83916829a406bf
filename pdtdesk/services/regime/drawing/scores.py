"""Scores of withdrawal as lines over the doses, on a scale of points of their own at the right."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pdtdesk.services.regime.drawing.frame import Key
from pdtdesk.services.regime.drawing.labels import in_a_column
from pdtdesk.services.regime.drawing.shapes import Days, Dot, Drawing, Fill, Ink, Measures, Path, Point, Stroke, Words
from pdtdesk.services.regime.pictures import DayScore

_HANDS = ((Stroke.SOLID, Dot.ROUND), (Stroke.DASHED, Dot.SQUARE), (Stroke.DOTTED, Dot.DIAMOND))
"""How one line of scores is told from another without its colour."""
_STEP = 5
_DENSE = 9.0
"""Marks nearer to each other than this stand as a line alone."""


def by_name(scores: Sequence[DayScore]) -> Mapping[str, tuple[DayScore, ...]]:
    """The scores of each scale, by day; those of one day in the order in which they were taken."""
    found: dict[str, list[DayScore]] = defaultdict(list)
    for score in sorted(scores, key=lambda each: each.day):
        found[score.name].append(score)
    return {name: tuple(line) for name, line in found.items()}


def highest(scores: Sequence[DayScore]) -> int:
    """The top of the scale of points: the highest score, up to the next five."""
    return max(-(-max((score.value for score in scores), default=0) // _STEP) * _STEP, _STEP)


def score_room(scores: Sequence[DayScore], measures: Measures) -> float:
    """What the scale and the names of the lines take at the right."""
    if not scores:
        return measures.line * 0.4
    words = [*by_name(scores), str(highest(scores))]
    return max(measures.width(each, True) for each in words) + measures.line * 0.8


def keys_of_scores(scores: Sequence[DayScore]) -> list[Key]:
    """What the lines mean, for the key."""
    return [
        Key(f"{name}, points", Ink.SCORE, Fill.NONE, stroke=stroke, dot=dot)
        for (stroke, dot), name in zip(_hands(len(by_name(scores))), by_name(scores), strict=True)
    ]


def score_lines(drawing: Drawing, scores: Sequence[DayScore], days: Days, measures: Measures) -> None:
    """Each scale's line with its marks, its name at its end, and the scale of points at the right."""
    if not scores:
        return
    lines, top, line = by_name(scores), highest(scores), measures.line
    tall = days.bottom - days.top
    ends = []
    for (stroke, dot), taken in zip(_hands(len(lines)), lines.values(), strict=True):
        spots = [
            (x, days.bottom - tall * score.value / top) for score, x in zip(taken, _places(taken, days), strict=True)
        ]
        drawing.shapes.append(Path(tuple(spots), Ink.SCORE, stroke, 2.0, cased=True))
        far = len(spots) == 1 or (spots[-1][0] - spots[0][0]) / (len(spots) - 1) >= _DENSE
        drawing.shapes += [Point(x, y, line * 0.2, Ink.SCORE, shape=dot) for x, y in (spots if far else spots[-1:])]
        ends.append(spots[-1][1])
    names = [(name, Ink.SCORE_WORDS, True) for name in lines]
    words = [*names, (str(top), Ink.WORDS, False), ("0", Ink.WORDS, False)]
    wished = [y - line / 2 for y in (*ends, days.top, days.bottom - line * 0.3)]
    tops = in_a_column(wished, line, days.top - line / 2, days.bottom + line * 0.2)
    for (text, ink, bold), y in zip(words, tops, strict=True):
        drawing.words.append(Words(text, days.right + line * 0.5, y, measures.width(text, bold), line, ink, bold))


def _places(taken: Sequence[DayScore], days: Days) -> list[float]:
    """Where each score stands: several of one day share it in their order."""
    of_day: dict[object, int] = defaultdict(int)
    for score in taken:
        of_day[score.day] += 1
    seen: dict[object, int] = defaultdict(int)
    places = []
    for score in taken:
        seen[score.day] += 1
        places.append(days.x_of(score.day) + days.pitch * seen[score.day] / (of_day[score.day] + 1))
    return places


def _hands(count: int) -> list[tuple[Stroke, Dot]]:
    return [_HANDS[at % len(_HANDS)] for at in range(count)]
