"""What a course is filled in with: known already, and never a round that is over."""

from collections.abc import Iterator
from datetime import date

import pytest
from factories import EVENING, TestDesk
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from the_prescriber import chose, opened
from treatment import a_patient
from ward import Ward
from windows import let_go


@pytest.fixture
def ward(qtbot: QtBot, desk: TestDesk) -> Iterator[Ward]:
    """The window of a desk, at twenty to ten at night."""
    desk.clock.at = EVENING
    at = Ward(qtbot, desk)
    yield at
    at.station.work.close()
    let_go(at.window.shell)
    assert at.wrong == []


def test_a_course_is_not_filled_in_with_a_round_that_is_over(ward: Ward) -> None:
    """Signed at night for that morning: nobody gives the first dose, and the second day's is his first. Alcohol
    withdrawal has its four rounds a day, and the last of today is still to come: put off, he fits in the night."""
    a_patient(ward.desk)
    page = opened(ward)
    ward.press(Qt.Key.Key_Return)
    ward.settle()
    plan = page.plan
    assert plan.course.fields["titration"]["first_day"].value() == date(2010, 6, 2).isoformat()
    plan.closed.emit()
    page.begin_plan(None)
    ward.settle()
    for kind, day in (("alcohol_fixed", 1), ("by_hand", 2)):
        chose(ward, plan, kind)
        assert plan.course.fields[kind]["first_day"].value() == date(2010, 6, day).isoformat()
