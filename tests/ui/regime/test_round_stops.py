"""A stopped dose on the round: what is said of the days before it, and who is offered what ends the stop."""

from datetime import timedelta

import pytest
from a_round import PHOTOGRAPH, TODAY, Patient, a_patient, doses_before
from at_desk import AtDesk
from factories import TestDesk
from PySide6.QtCore import Qt

from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.policy.regime.stops import Look, StopCode
from pdtdesk.services.refusals import Changed
from pdtdesk.services.regime.handing import Checked, hand_out
from pdtdesk.services.regime.lifting import look_again
from pdtdesk.ui.regime.round_page import RoundPage

ESCAPE = Qt.Key.Key_Escape
DROWSY = Checked("photograph", Look(drowsy=True, intoxicated=False), "K. Osei")


@pytest.fixture
def page(at: AtDesk) -> RoundPage:
    """A nurse at the round."""
    at.sign_in()
    return at.show(RoundPage(at.station))


def opened(at: AtDesk, page: RoundPage, patient: Patient) -> None:
    page.refresh()
    at.settle()
    page.open_row(next(id_ for id_ in page._rows if id_.startswith(patient.patient_id)))
    at.settle()
    at.qtbot.waitUntil(page.is_settled)
    at.settle()


def missed_on(desk: TestDesk, patient: Patient, ago: int) -> None:
    """A day on which he did not come, as it was written down."""
    body = {
        "stay": patient.stay,
        "order": patient.order,
        "course": patient.order,
        "day": (TODAY - timedelta(days=ago)).isoformat(),
        "slot": "morning",
        "medicine": "methadone",
        "ordered": "30 mg",
        "outcome": "missed",
        "taken": None,
        "reason": "court",
        "witness": "",
        "supervised": True,
    }
    with desk.store.work() as work:
        work.append([NewEntry("regime", "dose", body, desk.acting().who, patient.patient_id)])


def test_a_day_without_a_record_is_never_said_to_be_not_taken(desk: TestDesk, at: AtDesk, page: RoundPage) -> None:
    """“Not known” in red and “not taken” below it: she believes the one that lets her go on."""
    sparrow = a_patient(desk, since=TODAY - timedelta(days=3))
    doses_before(desk, sparrow, 2, until=TODAY - timedelta(days=1))
    opened(at, page, sparrow)
    assert page.dose.facts.before.text().endswith(" · 1 day not known before today")
    assert "not taken" not in page.dose.facts.before.text()


def test_days_not_taken_and_days_not_known_are_told_apart(desk: TestDesk, at: AtDesk, page: RoundPage) -> None:
    """Two days missed for certain lower the tolerance; a third that nobody wrote down may or may not."""
    sparrow = a_patient(desk, since=TODAY - timedelta(days=4))
    doses_before(desk, sparrow, 1, until=TODAY - timedelta(days=3))
    missed_on(desk, sparrow, 3)
    missed_on(desk, sparrow, 2)
    opened(at, page, sparrow)
    assert page.dose.facts.before.text().endswith(" · 2 days not taken and 1 day not known before today")


@pytest.mark.hazard("H-003")
def test_nobody_is_offered_to_lift_what_nobody_lifts(desk: TestDesk, at: AtDesk, page: RoundPage) -> None:
    """Five fields and a telephone call for a refusal, while the man sleeps at the hatch and nobody looks at him."""
    sparrow = a_patient(desk)
    hand_out(desk.acting(), sparrow.due(), DROWSY)
    opened(at, page, sparrow)
    assert page.dose._look.isVisible()
    assert not page.dose._lift.isVisible()
    look_again(desk.acting(), sparrow.due(), Look(drowsy=True, intoxicated=False))
    opened(at, page, sparrow)
    assert not page.dose._lift.isVisible()
    look_again(desk.acting(), sparrow.due(), Look(drowsy=False, intoxicated=False))
    opened(at, page, sparrow)
    assert page.dose._lift.isVisible()


@pytest.mark.hazard("H-003")
def test_of_two_stops_only_the_one_that_can_be_lifted_now_is_named(
    desk: TestDesk, at: AtDesk, page: RoundPage
) -> None:
    """A day not known is lifted by telephone; drowsiness is not, and must not go along with it."""
    sparrow = a_patient(desk, since=TODAY - timedelta(days=1))
    hand_out(desk.acting(), sparrow.due(), DROWSY)
    opened(at, page, sparrow)
    assert page.dose._lift.isVisible()
    page.dose._lift.click()
    at.settle()
    offered = [choice.word for choice in page.panels.lift.codes.spec.choices]
    assert offered == [StopCode.DAY_NOT_KNOWN]


@pytest.mark.parametrize("over", ["look", "lift"])
def test_escape_from_what_ends_a_stop_goes_back_to_its_dose(
    desk: TestDesk, at: AtDesk, page: RoundPage, over: str
) -> None:
    """She thinks again, presses Escape, and has lost whose dose it was."""
    sparrow = a_patient(desk, since=TODAY - timedelta(days=1))
    hand_out(desk.acting(), sparrow.due(), DROWSY)
    opened(at, page, sparrow)
    (page.dose._look if over == "look" else page.dose._lift).click()
    at.settle()
    assert page.panels.currentWidget() is getattr(page.panels, over)
    at.press(ESCAPE)
    at.settle()
    assert page.panels.currentWidget() is page.dose
    assert page.dose.now is not None
    assert page.dose.now.row.due == sparrow.due()
    at.press(ESCAPE)
    at.settle()
    assert page.panels.is_empty()


@pytest.mark.parametrize("key", ["r", "m", "w"])
def test_after_a_dose_is_not_given_the_keys_say_that_enter_records(
    desk: TestDesk, at: AtDesk, page: RoundPage, key: str
) -> None:
    """“Enter hands out” below a dose that he refused: she lets go of it, and nothing is written."""
    sparrow = a_patient(desk)
    opened(at, page, sparrow)
    assert page.dose._keys.text().endswith("Enter hands out")
    at.type(key)
    assert page.dose._keys.text().endswith("Enter records")
    assert "hands out" not in page.dose._keys.text()


def test_in_somebodys_hand_the_keys_say_that_enter_records(desk: TestDesk, at: AtDesk, page: RoundPage) -> None:
    """What became of it is recorded: it is not handed out a second time."""
    sparrow = a_patient(desk)
    hand_out(desk.acting(), sparrow.due(), PHOTOGRAPH)
    opened(at, page, sparrow)
    assert page.dose._keys.text().endswith("Enter records")


def test_a_decision_that_is_refused_takes_the_keyboard_to_what_is_wrong(
    desk: TestDesk, at: AtDesk, page: RoundPage
) -> None:
    """The sentence is at the head, three fields below it were filled in: which of them is it?"""
    sparrow = a_patient(desk, since=TODAY - timedelta(days=1))
    opened(at, page, sparrow)
    page.dose._lift.click()
    at.settle()
    lift = page.panels.lift
    given = {"prescriber": "H. Castellan", "spoken": "08:10", "witness": "R. Adeyemi", "reason": "seen at court"}
    for key, words in given.items():
        lift.fields[key].set_value(None)
        lift.fields[key].take_focus()
        at.type(words)
        at.press(Qt.Key.Key_Return)
    lift.codes.set_value(str(StopCode.DAY_NOT_KNOWN))
    lift.on_save()
    at.settle()
    witness = lift.fields["witness"]
    assert "somebody else than the one who writes" in witness.error()
    assert at.focus() in witness.input.targets()
    assert lift.bar.sentence() == ""


def test_a_stop_that_stands_no_more_leads_back_to_its_dose(desk: TestDesk, at: AtDesk, page: RoundPage) -> None:
    """“The page shows the dose as it is now”, and it is the page of the decision: she decides once more."""
    sparrow = a_patient(desk, since=TODAY - timedelta(days=1))
    opened(at, page, sparrow)
    page.dose._lift.click()
    at.settle()
    lift = page.panels.lift
    lift.on_wrong(Changed("That stop does not stand any more; the page shows the dose as it is now."))
    at.settle()
    assert page.panels.currentWidget() is page.dose
    assert "does not stand any more" in page.dose.bar.sentence()
