"""Doses as bars: a missed day is never taken for one that was taken, on a screen, in grey, or by ear."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from picture_bench import SIZES, darkness, faults, painted, said
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from regime_pictures import RECEIVED, a_dose_chart, every_mark, some_doses

from pdtdesk.services.regime.drawing.shapes import Box, Fill, Ink, Path, Stroke
from pdtdesk.services.regime.pictures import DayBar, DayScore, DoseChartFacts, DoseMark
from pdtdesk.ui.theme import Theme
from pdtdesk.ui.tokens import Scheme
from pdtdesk.ui.widgets.dose_chart import DoseChart

CHARTS = {
    "four weeks": a_dose_chart(),
    "one day": a_dose_chart(1),
    "two days": a_dose_chart(2),
    "every mark": every_mark(),
    "two years": replace(a_dose_chart(800), days=some_doses(800, dict.fromkeys(range(9, 800, 47), DoseMark.REFUSED))),
    "none": DoseChartFacts("Methadone", ()),
}


def chart_of(qtbot: QtBot, facts: DoseChartFacts, width: int = 1100) -> DoseChart:
    chart = DoseChart()
    qtbot.addWidget(chart)
    chart.show_facts(facts)
    chart.resize(width, chart.heightForWidth(width))
    return chart


@pytest.mark.parametrize(("width", "scale"), SIZES)
@pytest.mark.parametrize("name", CHARTS)
def test_every_word_of_the_chart_can_be_read(
    qtbot: QtBot, dress: Callable[..., Theme], name: str, width: int, scale: float
) -> None:
    """A cut figure at the scale: 60 mg is read as 6."""
    dress(Scheme.DARK, scale)
    chart = chart_of(qtbot, CHARTS[name], width)
    painted(chart, width)
    assert faults(chart) == []


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("mark", [DoseMark.MISSED, DoseMark.REFUSED, DoseMark.WITHHELD, DoseMark.NOT_KNOWN])
def test_a_day_not_taken_differs_in_grey(
    qtbot: QtBot, dress: Callable[..., Theme], scheme: Scheme, mark: DoseMark
) -> None:
    """Printed, or seen by a man who tells no red from blue: three missed days, and the full dose is given."""
    theme = dress(scheme)
    chart = chart_of(qtbot, DoseChartFacts("Methadone", some_doses(20, {12: mark})), 900)
    image = painted(chart, 900)
    days, by = chart.drawing().days, chart._inset()
    assert days is not None
    top, bottom = round(days.top) + by + 6, round(days.bottom) + by - 6
    ground = 1 - theme.colour("card").lightnessF()
    taken, not_taken = (
        darkness(image, round(days.middle_of(RECEIVED + timedelta(at))) + by, top, bottom) for at in (11, 12)
    )
    assert abs(taken - ground) > 0.25
    assert abs(taken - not_taken) > 0.2


def test_every_mark_has_its_letter_its_shape_and_its_words(qtbot: QtBot) -> None:
    """Refused and missed look the same from a step away, and mean another conversation."""
    chart = chart_of(qtbot, every_mark())
    words = [text for text, _ in chart.labels()]
    for mark in DoseMark:
        if mark:
            assert mark.letter in words
            assert f"{mark.letter} {mark.words}" in words
    boxes = [s for s in chart.drawing().shapes if isinstance(s, Box)]
    assert {Fill.HATCH, Fill.CROSS, Fill.SOLID} <= {box.fill for box in boxes}
    assert any(box.stroke is Stroke.DASHED and box.edge is Ink.NOT_TAKEN for box in boxes)


def test_a_day_without_a_row_is_drawn_as_not_known(qtbot: QtBot) -> None:
    """A gap that closes by itself: nobody asks what he had on the day that is missing."""
    whole = some_doses(10)
    chart = chart_of(qtbot, DoseChartFacts("Methadone", (*whole[:4], *whole[6:])))
    hatched = [s for s in chart.drawing().shapes if isinstance(s, Box) and s.fill is Fill.HATCH]
    assert len(hatched) == 3  # two days, and the key
    assert "2 days not known" in chart.accessibleName()


def test_two_years_of_doses_are_few_shapes_and_no_missed_day_is_lost(qtbot: QtBot) -> None:
    """A day narrower than a pixel: the one that was missed is not to be smoothed away."""
    missed = {100: DoseMark.MISSED, 500: DoseMark.CONFLICT, 501: DoseMark.NOT_KNOWN}
    chart = chart_of(qtbot, DoseChartFacts("Methadone", some_doses(800, missed)))
    boxes = [s for s in chart.drawing().shapes if isinstance(s, Box)]
    assert len(boxes) < 30
    marked = [box for box in boxes if box.edge in (Ink.NOT_TAKEN, Ink.UNKNOWN) and box.height > 40]
    assert len(marked) == 3
    assert all(box.width >= 2 for box in marked)


def test_a_last_step_of_nought_is_seen_as_taken(qtbot: QtBot) -> None:
    """The end of a reduction looks like a day that nobody recorded."""
    bars = (*some_doses(3), DayBar(RECEIVED + timedelta(3), Decimal(0), Decimal(0)))
    boxes = [s for s in chart_of(qtbot, DoseChartFacts("Methadone", bars)).drawing().shapes if isinstance(s, Box)]
    assert boxes[3].ink is Ink.DOSE
    assert boxes[3].height >= 2


def test_what_was_ordered_is_seen_where_less_was_taken(qtbot: QtBot) -> None:
    """He took half for a week, and the chart shows a reduction that nobody ordered."""
    bars = some_doses(16, {13: DoseMark.PART})
    drawing = chart_of(qtbot, DoseChartFacts("Methadone", bars)).drawing()
    (ordered,) = [s for s in drawing.shapes if isinstance(s, Path) and s.ink is Ink.ORDERED and len(s.points) > 2]
    assert drawing.days is not None
    assert ordered.points[-1][1] == drawing.days.top


def test_two_scales_are_told_apart_without_colour(qtbot: QtBot) -> None:
    """The alcohol score read as the opioid score: the wrong medicine is thought too little."""
    chart = chart_of(qtbot, every_mark())
    lines = [s for s in chart.drawing().shapes if isinstance(s, Path) and s.ink is Ink.SCORE and s.cased]
    assert {line.stroke for line in lines} == {Stroke.SOLID, Stroke.DASHED}
    assert {"COWS", "CIWA-Ar", "COWS, points", "CIWA-Ar, points"} <= {text for text, _ in chart.labels()}


def test_two_scores_of_one_day_are_both_there_in_their_order(qtbot: QtBot) -> None:
    """The second score of the first night is the one that decides."""
    facts = replace(a_dose_chart(3), scores=tuple(DayScore(RECEIVED, value, "COWS") for value in (14, 9)))
    chart = chart_of(qtbot, facts)
    (line,) = [s for s in chart.drawing().shapes if isinstance(s, Path) and s.cased]
    assert line.points[0][0] < line.points[1][0]
    assert line.points[0][1] < line.points[1][1]
    assert "COWS 14 on Mon 3 May 2010, highest 14, last 9" in chart.accessibleName()


def test_each_day_is_said_by_the_arrow_keys(qtbot: QtBot) -> None:
    """Without a mouse, no dose could be read off the bars."""
    chart = chart_of(qtbot, a_dose_chart())
    chart.show()
    assert chart.focusPolicy() & Qt.FocusPolicy.TabFocus
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription() == "Mon 31 May 2010: taken 60 mg, COWS 2"
    with qtbot.waitSignal(chart.day_pointed) as pointed:
        qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert pointed.args == [RECEIVED]
    assert "first dose" in chart.accessibleDescription()
    chart.point_at(RECEIVED + timedelta(17))
    assert chart.accessibleDescription().endswith("ordered 60 mg, missed, COWS 2, 2 missed · reviewed")
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription().startswith("Fri 21 May 2010")
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.day is None


def test_pointing_says_the_day_and_its_words_stay_within_the_chart(qtbot: QtBot) -> None:
    """Words that leave the picture at its right are words that nobody reads."""
    chart = chart_of(qtbot, a_dose_chart(), 620)
    chart.show()
    days, by = chart.drawing().days, chart._inset()
    assert days is not None
    at = chart.rect().topLeft()
    at.setX(round(days.middle_of(days.last)) + by)
    at.setY(round(days.top) + by + 20)
    qtbot.mouseMove(chart, at)
    qtbot.waitUntil(lambda: chart.day == days.last)
    painted(chart, 620)


def test_the_chart_is_told_in_words(qtbot: QtBot) -> None:
    """Who does not see the picture would not hear that two days were missed."""
    name = chart_of(qtbot, a_dose_chart()).accessibleName()
    for words in (
        "Methadone from Mon 3 May 2010 to Mon 31 May 2010",
        "27 days taken, lowest 20 mg, highest 60 mg",
        "2 days missed",
        "2 missed · reviewed, Thu 20 May 2010 to Fri 21 May 2010",
    ):
        assert words in name


def test_a_chart_without_doses_says_so(qtbot: QtBot) -> None:
    """An empty card looks like a fault."""
    chart = chart_of(qtbot, a_dose_chart())
    chart.show_facts(None)
    assert "no doses yet" in said(chart)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.day is None
