"""The medicine round at 200 % text, by keys: one thing at a time, and all of it in sight."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from a_round import TODAY, a_morning, a_patient, doses_before
from factories import TestDesk
from hatch import ENTER, Hatch, written
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget
from ward import Ward

from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.ui.theme.theme import current_theme

USUAL, SMALL = QSize(1440, 900), QSize(1280, 800)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    """Half past eight in the morning."""
    made = a_morning(tmp_path / "desk")
    yield made
    made.door.close()


def in_large_words(ward: Ward, size: QSize = USUAL) -> Hatch:
    """A nurse who has turned the words to 200 %."""
    ward.window.apply(current_theme().with_text_scale(2.0))
    hatch = Hatch(ward)
    ward.window.shell.resize(size)
    ward.settle()
    return hatch


def begun(hatch: Hatch) -> None:
    """She opens the first dose of the list."""
    hatch.page.list.rows.setFocus()
    hatch.press(ENTER)
    hatch.ward.settle()
    QApplication.processEvents()


def in_sight(widget: QWidget) -> bool:
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


def test_all_that_is_asked_before_a_dose_is_in_sight_at_once(desk: TestDesk, ward: Ward) -> None:
    """Behind a slot she answers what she cannot read, and hands out what she has not looked at."""
    sparrow = a_patient(desk, since=TODAY.replace(month=5, day=25))
    doses_before(desk, sparrow, 7)
    hatch = in_large_words(ward)
    begun(hatch)
    dose = hatch.dose
    asked = (*dose.checks.fields, dose.not_given.outcome)
    read = (dose.dose.to_give, dose.dose.name, dose.facts.before, dose.facts.hours)
    assert [each for each in (*read, *asked, dose._hand_out) if not in_sight(each)] == []
    assert dose.dose.to_give.fontMetrics().height() > 2 * dose.facts.before.fontMetrics().height()
    assert dose.dose.height() < 2 * dose.dose.to_give.fontMetrics().height(), "the head takes more than one line"


@pytest.mark.parametrize("size", [USUAL, SMALL])
def test_a_dose_in_hand_folds_the_list_away_and_escape_brings_it_back(
    desk: TestDesk, ward: Ward, size: QSize
) -> None:
    """Half a list beside half a dose: neither the man nor the milligrams can be read."""
    sparrow = a_patient(desk)
    haddad = a_patient(desk, "Haddad", "A5521QP", cell="C1-01")
    hatch = in_large_words(ward, size)
    page = hatch.page
    assert page.list.width() == page.list.strip.width(), "the list has not the whole width"
    begun(hatch)
    assert not page.list.isVisible()
    assert page.panels.width() == page.list.strip.width(), "the dose has not the whole width"
    assert page.list.strip.height() < 2 * page.list.scan.height(), "the strip takes more than one line"
    hatch.press(Qt.Key.Key_Escape)
    assert page.list.isVisible()
    assert page.list.rows.hasFocus()
    assert page.list.slot.isVisible()
    hatch.press(ENTER, "p", "n", "n", ENTER, "t", ENTER)
    assert written(desk, sparrow) == [(Outcome.TAKEN, "")]
    assert hatch.in_hand() == "Haddad"
    hatch.press(Qt.Key.Key_F7)
    assert page.list.scan.isVisible()
    page.list._unfold.click()
    ward.settle()
    assert page.list.isVisible()
    assert written(desk, haddad) == []


def test_what_stops_a_dose_stands_above_the_way_out_of_it(desk: TestDesk, ward: Ward) -> None:
    """“A prescriber lifts this” in full sight, and the stop itself under the edge: it is lifted unread."""
    a_patient(desk, since=TODAY.replace(month=5, day=31))
    hatch = in_large_words(ward)
    begun(hatch)
    dose = hatch.dose
    assert in_sight(dose.facts._cards[0])
    assert in_sight(dose.not_given.outcome)
    assert in_sight(dose._lift)


def test_words_made_small_again_bring_the_list_back_beside_the_dose(desk: TestDesk, ward: Ward) -> None:
    """The next nurse at the desk reads small words, and would look for a list that is nowhere."""
    a_patient(desk)
    hatch = in_large_words(ward)
    begun(hatch)
    hatch.ward.window.apply(current_theme().with_text_scale(1.0))
    ward.settle()
    page = hatch.page
    assert page.list.isVisible()
    assert page.panels.isVisible()
    assert page.list.slot.isVisible()
