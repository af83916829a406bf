"""What a prescriber waits for: a course of half a year drawn day by day, and a review of two years of doses."""

from datetime import timedelta

import pytest
from factories import TestDesk
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from treatment import a_patient, by, mg, now_of
from two_years import on_methadone_for_two_years
from ward import RESOURCES, Ward
from windows import let_go

from pdtdesk.domain.regime.courses import Reduction
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.roles import Role
from pdtdesk.services.regime.drawn import schedule_facts
from pdtdesk.services.regime.planning import propose_course
from pdtdesk.ui.theme import Theme, load_fonts
from pdtdesk.ui.tokens import load_tokens
from pdtdesk.ui.widgets.schedule_chart import ScheduleChart
from tests.benchmarks.at_the_window import Seen, wait_for
from tests.benchmarks.figures import Goal, Stopwatch

WEEKS = 26


@pytest.fixture
def dressed(qapp: QApplication) -> None:
    load_fonts(RESOURCES / "theme")
    Theme(load_tokens(RESOURCES / "theme")).apply(qapp)


@pytest.mark.usefixtures("dressed")
def test_a_course_of_26_weeks_is_drawn_as_it_is_typed(desk: TestDesk, qtbot: QtBot, stopwatch: Stopwatch) -> None:
    """From the fields to the picture: proposed by the rules, held against release, drawn."""
    patient = a_patient(desk, sentence_length="P2Y")
    now, acting = now_of(desk, patient), by(desk, Role.PRESCRIBER, signed=True)
    asked = Reduction(Ordered.METHADONE, mg(60), now.today + timedelta(days=7), mg("2.5"), 7, steady_from=now.today)
    chart = ScheduleChart()
    qtbot.addWidget(chart)
    chart.resize(700, 260)
    picture = QPixmap(chart.size())

    def draw() -> None:
        made = propose_course(acting, now, asked)
        chart.show_facts(schedule_facts(now, made.medicine, [("as planned", made.schedule)]))
        chart.render(picture)

    draw()
    last = propose_course(acting, now, asked).schedule.last_day
    assert last - now.today >= timedelta(weeks=WEEKS - 3)
    stopwatch.measure(
        f"propose and draw a course of {WEEKS} weeks", draw, goal=Goal(plus_s=0.050), rounds=30, warm_up=3
    )


@pytest.fixture
def at_the_review(qtbot: QtBot, request: pytest.FixtureRequest, desk: TestDesk):
    """The window with somebody of two years of doses in hand; gives what opens the review."""
    request.getfixturevalue("dressed")
    patient = on_methadone_for_two_years(desk)
    ward = Ward(qtbot, desk)
    ward.sign_in(Role.PRESCRIBER)
    pages = ward.window.with_pages()
    pages.show("regime")
    ward.settle()
    pages.regime.open_person(patient.patient_id)
    ward.settle()
    yield ward
    ward.station.work.close()
    let_go(ward.window.shell)
    assert ward.wrong == []


def test_the_review_of_two_years_of_doses(at_the_review: Ward, stopwatch: Stopwatch) -> None:
    """From the key until the doses of two years stand on the screen with their scores and missed days."""
    ward = at_the_review
    page = ward.window.with_pages().regime

    def back() -> None:
        page._back_to_person()
        ward.settle()

    def look() -> None:
        seen = Seen(page.review.chart, lambda: page._stack.currentWidget() is page.review)
        page.begin_review()
        wait_for(lambda: seen.painted)

    look()
    assert len(page.review.chart.facts.days) > 700
    stopwatch.measure("review page, two years of doses", look, before=back, goal=Goal(plus_s=0.150), rounds=9)
