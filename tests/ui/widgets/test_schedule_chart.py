"""A schedule against the sentence, and *what if*: which course is which, and on which day each ends."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest
from picture_bench import SIZES, faults, painted, said
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot
from regime_pictures import RECEIVED, RELEASE, TODAY, a_schedule_chart

from pdtdesk.services.regime.drawing.shapes import Dot, Ink, Path, Point, Stroke
from pdtdesk.services.regime.pictures import ScheduleChartFacts, ScheduleSeries
from pdtdesk.ui.theme import Theme
from pdtdesk.ui.tokens import Scheme
from pdtdesk.ui.widgets.schedule_chart import ScheduleChart

MAINTAINED = ScheduleSeries("as planned", a_schedule_chart().series[0].steps[:1])
CHARTS = {
    "one": a_schedule_chart(),
    "what if": a_schedule_chart(what_if=True),
    "no release": a_schedule_chart(what_if=True, release=None),
    "goes on": ScheduleChartFacts("Methadone", (MAINTAINED,)),
    "nothing": ScheduleChartFacts("Methadone", ()),
}


def chart_of(qtbot: QtBot, facts: ScheduleChartFacts, width: int = 1100) -> ScheduleChart:
    chart = ScheduleChart()
    qtbot.addWidget(chart)
    chart.show_facts(facts)
    chart.resize(width, chart.heightForWidth(width))
    return chart


@pytest.mark.parametrize(("width", "scale"), SIZES)
@pytest.mark.parametrize("name", CHARTS)
def test_every_word_of_the_schedule_can_be_read(
    qtbot: QtBot, dress: Callable[..., Theme], name: str, width: int, scale: float
) -> None:
    """The two ends written on each other: the wrong course is chosen."""
    dress(Scheme.LIGHT, scale)
    chart = chart_of(qtbot, CHARTS[name], width)
    painted(chart, width)
    assert faults(chart) == []


def test_each_course_says_on_which_day_it_ends_against_release(qtbot: QtBot) -> None:
    """A course that ends after release is seen at the gate, and not when it is planned."""
    words = said(chart_of(qtbot, a_schedule_chart(what_if=True)))
    assert "as planned: 0 on Tue 24 Aug 2010, 94 days before release" in words
    assert "what if: 0 on Sun 28 Nov 2010, 2 days after release" in words
    assert "0 on Tue 24 Aug 2010, release not known" in said(chart_of(qtbot, a_schedule_chart(release=None)))
    assert "60 mg goes on" in said(chart_of(qtbot, CHARTS["goes on"]))


def test_two_courses_are_told_apart_without_colour(qtbot: QtBot) -> None:
    """The slower course is taken for the one that is in force."""
    shapes = chart_of(qtbot, a_schedule_chart(what_if=True)).drawing().shapes
    filled = [s for s in shapes if isinstance(s, Path) and s.filled]
    assert len(filled) == 1
    strokes = {s.ink: s.stroke for s in shapes if isinstance(s, Path) and s.ink in (Ink.DOSE, Ink.SCORE)}
    assert strokes == {Ink.DOSE: Stroke.SOLID, Ink.SCORE: Stroke.DASHED}
    assert {s.shape for s in shapes if isinstance(s, Point)} == {Dot.ROUND, Dot.DIAMOND}


def test_a_step_stands_on_its_day_at_its_height(qtbot: QtBot) -> None:
    """A step drawn a week off is a dose ordered a week off."""
    drawing = chart_of(qtbot, a_schedule_chart()).drawing()
    assert drawing.days is not None
    line = next(s for s in drawing.shapes if isinstance(s, Path) and s.ink is Ink.DOSE and len(s.points) > 3)
    assert line.points[0] == (drawing.days.x_of(TODAY), drawing.days.top)
    assert line.points[-1] == (drawing.days.x_of(date(2010, 8, 24)), drawing.days.bottom)


def test_a_course_that_goes_on_is_drawn_to_the_day_that_is_asked_for(qtbot: QtBot) -> None:
    """A course without an end has no last day of its own to be drawn to."""
    drawing = chart_of(qtbot, replace(CHARTS["goes on"], until=date(2010, 12, 31))).drawing()
    assert drawing.days is not None
    assert drawing.days.last == date(2010, 12, 31)


def test_each_day_is_said_by_the_arrow_keys(qtbot: QtBot) -> None:
    """Without a mouse, the dose of a day could not be read off the steps."""
    chart = chart_of(qtbot, a_schedule_chart(what_if=True))
    chart.show()
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.day == RECEIVED
    assert chart.accessibleDescription() == "Mon 3 May 2010: as planned not begun, what if not begun"
    chart.point_at(date(2010, 8, 23))
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription() == "Tue 24 Aug 2010: as planned 0 mg, what if 35 mg"
    qtbot.keyClick(chart, Qt.Key.Key_PageUp)
    assert chart.accessibleDescription() == "Tue 17 Aug 2010: as planned 5 mg, what if 35 mg"
    chart.point_at(RELEASE)
    assert chart.accessibleDescription().endswith("what if 5 mg, Release Fri 26 Nov")


def test_the_schedule_is_told_in_words(qtbot: QtBot) -> None:
    """Who does not see the picture would choose between two courses without knowing either."""
    name = chart_of(qtbot, a_schedule_chart(what_if=True)).accessibleName()
    assert "Methadone as planned: 60 mg from Tue 1 Jun 2010, 55 mg from Tue 8 Jun 2010" in name
    assert "It ends: 0 on Sun 28 Nov 2010, 2 days after release" in name
    assert "Court 8 Jun, Tue 8 Jun 2010" in name


def test_a_schedule_of_26_weeks_is_painted_at_once(qtbot: QtBot) -> None:
    """A picture that lags behind the keys is a dose read off the wrong day (under 30 ms, laid out and painted)."""
    chart = chart_of(qtbot, a_schedule_chart(what_if=True))
    paper = QPixmap(chart.size())
    took = []
    for _ in range(5):
        chart._laid = None
        began = perf_counter()
        chart.render(paper)
        took.append(perf_counter() - began)
    assert min(took) < 0.03
