"""What a scanner types at the hatch answers nothing of the dose that is open (hazard: the wrong patient)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from a_round import a_morning, a_patient
from factories import TestDesk
from hatch import ENTER, Hatch, treatment, written
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from ward import Ward

from pdtdesk.domain.regime.doses import Outcome


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    """Half past eight in the morning."""
    made = a_morning(tmp_path / "desk")
    yield made
    made.door.close()


@pytest.mark.hazard("H-001")
@pytest.mark.parametrize("number", ["P1234NN", "I0127NT", "A4127CK", "X0093TT", "M1234RW", "Y1234YY", "T1234TT"])
@pytest.mark.parametrize("before", ["", "p", "pn", "pnn"])
def test_the_scanner_of_another_person_answers_nothing_of_this_dose(
    desk: TestDesk, ward: Ward, number: str, before: str
) -> None:
    """The next man's card slips under the scanner: P identifies, N N says awake, and Enter hands out his dose."""
    a_patient(desk, "Haddad", "A5521QP", cell="B1-01")
    sparrow = a_patient(desk, "Price", number, cell="B2-14")
    hatch = Hatch(ward)
    hatch.scan("A5521QP")
    assert hatch.in_hand() == "Haddad"
    hatch.press(*before)
    hatch.scan(number)
    if before:
        assert hatch.in_hand() == "Haddad"
        assert "That was the number of PRICE" in hatch.dose.bar.sentence()
    else:
        assert hatch.in_hand() == "Price", "a scan opens the dose of whom it names, while nothing is answered"
    assert [field.value() for field in hatch.dose.checks.fields] == [None, None, None]
    for row in hatch.page.rows():
        assert row.state == "due"
    assert treatment(desk, sparrow).begun == ()


@pytest.mark.hazard("H-001")
@pytest.mark.parametrize("number", ["T4127CK", "A4127CK", "R1234AB", "V0093DD", "C5521QP", "M1234CC", "W1234UU"])
def test_the_scanner_says_nothing_about_a_dose_that_is_in_somebodys_hand(
    desk: TestDesk, ward: Ward, number: str
) -> None:
    """T for taken, C for concealed: a card of somebody else would write down what became of this dose."""
    haddad = a_patient(desk, "Haddad", "A5521QP" if number != "A5521QP" else "A5522QP", cell="B1-01")
    a_patient(desk, "Price", number, cell="B2-14")
    hatch = Hatch(ward)
    hatch.page.list.rows.setFocus()
    hatch.press(ENTER, "p", "n", "n", ENTER)
    hatch.scan(number)
    assert hatch.in_hand() == "Haddad"
    assert hatch.dose.outcome.value() is None
    assert hatch.dose.outcome.words.value() is None
    hatch.scan(number)
    assert written(desk, haddad) == []
    hatch.press("t", ENTER)
    assert written(desk, haddad) == [(Outcome.TAKEN, "")]


@pytest.mark.hazard("H-001")
def test_the_same_number_opens_and_identifies_nobody(desk: TestDesk, ward: Ward) -> None:
    """A card is one identifier, and he may have found it on the stairs."""
    a_patient(desk, number="P1234IN")
    hatch = Hatch(ward)
    hatch.scan("P1234IN")
    hatch.scan("P1234IN")
    assert hatch.dose.checks.identified.value() is None
    assert "identifies nobody" in hatch.dose.bar.sentence()


@pytest.mark.hazard("H-001")
def test_a_barcode_that_is_nobodys_number_answers_nothing(desk: TestDesk, ward: Ward) -> None:
    """The label on the bottle is a barcode too."""
    a_patient(desk)
    hatch = Hatch(ward)
    hatch.page.list.rows.setFocus()
    hatch.press(ENTER, "p", "n", "n")
    hatch.scan("5012345678900")
    assert [field.value() for field in hatch.dose.checks.fields] == ["photograph", "no", "no"]
    assert "nothing was answered" in hatch.dose.bar.sentence()
    assert hatch.page.rows()[0].state == "due"


@pytest.mark.hazard("H-001")
def test_not_this_patient_hands_out_nothing(desk: TestDesk, ward: Ward) -> None:
    """The wrong man has come to the hatch: whatever is pressed after that, this bottle stays."""
    sparrow = a_patient(desk)
    hatch = Hatch(ward)
    hatch.page.list.rows.setFocus()
    hatch.press(ENTER, "x", ENTER, "n")
    hatch.dose._on_hand_out()
    ward.settle()
    assert hatch.dose.checks.identified.error()
    assert treatment(desk, sparrow).begun == ()
    hatch.press("i", "n", "n", ENTER)
    assert treatment(desk, sparrow).begun


@pytest.mark.hazard("H-001")
@pytest.mark.parametrize("keys", ["n", "k", "z", "y"])
def test_that_somebody_else_stands_there_is_not_forgotten_with_the_next_key(
    desk: TestDesk, ward: Ward, keys: str
) -> None:
    """The red words go with a key that slips, Hand out is blue again, and the wrong man still holds out his hand."""
    a_patient(desk, "Haddad", "A5521QP", cell="B1-01")
    a_patient(desk, "Price", "A4127CK", cell="B2-14")
    hatch = Hatch(ward)
    hatch.page.list.rows.setFocus()
    hatch.press(ENTER, "x", keys)
    said, hand_out = hatch.dose.checks.identified, hatch.dose._hand_out
    assert (said.error()[:16], hand_out.isEnabled()) == ("Not this patient", False)
    hatch.scan("A4127CK")
    assert hatch.in_hand() == "Haddad"
    assert (said.error()[:16], hand_out.isEnabled()) == ("Not this patient", False), "nor by another man's card"
    hatch.press("p")
    assert (said.error(), hand_out.isEnabled()) == ("", True), "identified anew"
    said.take_focus()
    hatch.press("x")
    assert not hand_out.isEnabled()
    hatch.press(Qt.Key.Key_Escape, ENTER)
    assert (said.error(), hand_out.isEnabled()) == ("", True), "another dose is opened, or the same one anew"


def test_a_key_that_is_held_down_answers_once(desk: TestDesk, ward: Ward) -> None:
    """Held a moment too long, N would say that nobody is intoxicated before she has looked."""
    a_patient(desk)
    hatch = Hatch(ward)
    hatch.page.list.rows.setFocus()
    hatch.press(ENTER, "p", "n")
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier, "n", True)
    QApplication.sendEvent(ward.focus(), held)
    assert hatch.dose.checks.intoxicated.value() is None
