"""From the way in to a saved first pass without a mouse: the nurse's hands stay on the keys, her eyes on the man."""

from collections.abc import Iterator

import pytest
from factories import EVENING, PASSWORD, TestDesk, an_arrival
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ward import Ward

from pdtdesk.domain.roles import Role
from pdtdesk.services.oversight.audit import audit_page
from pdtdesk.services.reception.take_in import take_in

ENTER = Qt.Key.Key_Return
FIRST_PASS_OF_A_MAN = (
    "arrival.identity_checked",
    "risk.self_harm_now",
    "risk.drowsy",
    "risk.intoxicated",
    "withdrawal.seen",
    "risk.seizure_ever",
    "prescribed.any",
    "medicines.cannot_wait",
)
MOST_KEYS = 24
"""From the list to the next person in hand; a third of the quarter of an hour on paper was writing."""


class Hands:
    """Keys and nothing else, counted; what the keyboard comes to is written down in its order."""

    def __init__(self, ward: Ward) -> None:
        self.ward, self.keys, self.came_to = ward, 0, []
        form = ward.reception.triage.form
        while form.grow():
            pass
        for field in form.fields.values():
            field.focused.connect(self.came_to.append)

    def type(self, words: str) -> None:
        self.keys += len(words)
        self.ward.type(words)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1
        self.ward.press(key, modifier)
        self.ward.settle()


@pytest.fixture
def ward(qtbot: QtBot, desk: TestDesk) -> Iterator[Ward]:
    """The window of a desk at which three men were taken in."""
    numbers = (("A4127CK", "Sparrow"), ("A7710BN", "Lindqvist"), ("A0093DD", "Price"))
    rows = [an_arrival(prison_number=number, surname=name, arrived_at=EVENING) for number, name in numbers]
    take_in(desk.acting(), list(enumerate(rows, start=2)))
    at = Ward(qtbot, desk)
    yield at
    at.station.work.close()
    at.window.shell.close()
    assert at.wrong == []


def opened(ward: Ward) -> int:
    return sum("opened the record" in row.line.what for row in audit_page(ward.desk.acting(Role.LEAD)))


def sign_in(ward: Ward) -> None:
    ward.type("nurse")
    ward.press(ENTER)
    ward.type(PASSWORD)
    ward.press(ENTER)
    ward.qtbot.waitUntil(lambda: ward.station.session is not None, timeout=20_000)
    ward.settle()


def test_a_first_pass_from_the_way_in_to_saved_by_keys_alone(ward: Ward) -> None:
    """If the keyboard is ever nowhere, or asks in another order than she does aloud, the mouse costs her minutes."""
    sign_in(ward)
    hands = Hands(ward)
    assert ward.focus() is ward.reception.arrivals
    hands.press(ENTER)
    first = ward.reception.triage.person.patient_id
    for answer in ("Y", "N", "N", "N", "N", "N", "N"):
        hands.type(answer)
        hands.press(ENTER)
    hands.type("none")
    hands.press(ENTER)
    assert tuple(dict.fromkeys(hands.came_to)) == FIRST_PASS_OF_A_MAN
    hands.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    with ward.desk.store.reading() as work:
        said = work.person(first).current.answers
    assert {key: said[key][0].answer.value for key in FIRST_PASS_OF_A_MAN} == {
        "arrival.identity_checked": "yes",
        "risk.self_harm_now": "no",
        "risk.drowsy": "no",
        "risk.intoxicated": "no",
        "withdrawal.seen": "none",
        "risk.seizure_ever": "no",
        "prescribed.any": "no",
        "medicines.cannot_wait": "none",
    }
    assert ward.reception.triage.person.patient_id != first, "the next man should be in hand"
    assert ward.reception.triage.form.fields[FIRST_PASS_OF_A_MAN[0]].isAncestorOf(ward.focus())
    assert hands.keys <= MOST_KEYS


def test_looking_down_the_list_opens_nobody_and_enter_opens_one(ward: Ward) -> None:
    """Each record that is opened stands in the audit: the arrow keys must not write that she read everybody's."""
    sign_in(ward)
    hands = Hands(ward)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Down)
    assert opened(ward) == 0
    assert ward.reception.triage.person is None
    marked = ward.reception.arrivals.current_id()
    hands.press(ENTER)
    assert opened(ward) == 1
    assert ward.reception.triage.person.current.id == marked


def test_the_next_person_and_the_one_before_are_one_key_away(ward: Ward) -> None:
    """Ctrl Down and Ctrl Up from the middle of the triage, with the keyboard on a question each time."""
    sign_in(ward)
    hands = Hands(ward)
    hands.press(ENTER)
    order = [row.id for row in ward.reception.arrivals.rows()]
    for key, at in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Down, 2), (Qt.Key.Key_Up, 1)):
        hands.press(key, Qt.KeyboardModifier.ControlModifier)
        assert ward.reception.triage.person.current.id == order[at]
        assert ward.reception.triage.isAncestorOf(ward.focus())


def test_a_scale_is_scored_by_digits_and_enter(ward: Ward) -> None:
    """COWS in eleven digits: after each, Enter goes to the next item and to nothing between."""
    sign_in(ward)
    hands = Hands(ward)
    hands.press(ENTER)
    card = ward.reception.triage.form.scales["cows"]
    card.begin.setFocus()
    hands.press(Qt.Key.Key_Space)
    for field in card.fields.values():
        assert field.isAncestorOf(ward.focus())
        hands.type("0")
        hands.press(ENTER)
    assert card._total.text() == "0"
