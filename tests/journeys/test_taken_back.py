"""What is typed and taken back, confirmed and erased, or cannot be read: the page says what stands, and nothing is
put into anybody's mouth."""

import pytest
from a_known_man import LANGUAGE, again, drafted, opened, saved
from factories import a_draft, an_answer, an_author
from PySide6.QtCore import Qt
from ward import Ward

from pdtdesk.domain.reception.standing import confirmed
from pdtdesk.domain.roles import Role
from pdtdesk.services.reception import triage


@pytest.mark.usefixtures("at_hand")
def test_what_was_confirmed_and_then_erased_is_not_confirmed(ward: Ward) -> None:
    """She pressed Enter too soon, heard "no, I speak English now", and the record says that she confirmed Polish."""
    field = ward.reception.triage.form.fields[LANGUAGE]
    field.take_focus()
    ward.press(Qt.Key.Key_Return)
    field.take_focus()
    ward.control(Qt.Key.Key_A)
    ward.press(Qt.Key.Key_Backspace)
    ward.press(Qt.Key.Key_Tab)
    assert (field.value(), field.waits_for_confirmation()) == ("Polish", True)
    ward.answer("risk.drowsy", "N")
    ward.control(Qt.Key.Key_S)
    person = ward.reception.triage.person
    assert LANGUAGE not in confirmed(person, person.current)
    assert LANGUAGE not in saved(ward)


@pytest.mark.usefixtures("at_hand")
def test_history_erased_with_enter_is_not_confirmed_by_that_enter(ward: Ward) -> None:
    field = ward.reception.triage.form.fields[LANGUAGE]
    field.take_focus()
    ward.control(Qt.Key.Key_A)
    ward.press(Qt.Key.Key_Backspace)
    ward.press(Qt.Key.Key_Return)
    assert field.waits_for_confirmation()
    assert ward.reception.triage._held.is_empty()


def test_a_stray_letter_taken_back_makes_nobody_the_author(ward: Ward, at_hand: str) -> None:
    """The keyboard slipped; a year-old answer would stand as said tonight, to her."""
    field = ward.reception.triage.form.fields[LANGUAGE]
    field.take_focus()
    ward.type("x")
    assert ward.reception.triage._held.answers[LANGUAGE].value
    ward.press(Qt.Key.Key_Backspace)
    ward.press(Qt.Key.Key_Tab)
    ward.settle()
    assert field.waits_for_confirmation()
    assert drafted(ward, at_hand) == {}


def test_a_saved_text_stays_whose_it_was_when_nothing_is_changed_in_it(ward: Ward, at_hand: str) -> None:
    ward.answer(LANGUAGE, "x")
    ward.control(Qt.Key.Key_S)
    opened(ward, at_hand)
    assert ward.reception.triage.form.fields[LANGUAGE].value() == saved(ward)[LANGUAGE][0].answer.value
    ward.answer(LANGUAGE, "y")
    assert not ward.reception.triage._held.is_empty()
    ward.press(Qt.Key.Key_Backspace)
    ward.press(Qt.Key.Key_Tab)
    ward.settle()
    assert ward.reception.triage._held.is_empty()


def test_a_saved_text_that_is_emptied_comes_back_with_a_word(ward: Ward, at_hand: str) -> None:
    """She wiped the wrong allergy off the screen and went on; it stood on the sheet all the same."""
    ward.answer("risk.allergies", "penicillin")
    ward.control(Qt.Key.Key_S)
    opened(ward, at_hand)
    field = ward.reception.triage.form.fields["risk.allergies"]
    field.take_focus()
    ward.control(Qt.Key.Key_A)
    ward.press(Qt.Key.Key_Backspace)
    ward.press(Qt.Key.Key_Tab)
    assert field.value() == "penicillin"
    assert "stands" in ward.sentence()


@pytest.mark.hazard("H-004")
def test_what_cannot_be_read_is_there_after_a_lock_with_the_reason(ward: Ward, at_hand: str) -> None:
    """ "6 cans" where units are asked: after the lock the field was empty, and nobody asked again."""
    field = ward.reception.triage.form.fields["observations.pulse"]
    field.take_focus()
    ward.type("about 90")
    again(ward, at_hand)
    field, whose = ward.reception.triage.form.fields["observations.pulse"], ward.reception.triage.person.patient_id
    assert field.input.typed_words() == "about 90"
    assert field.error()
    ward.reception.triage.show_pass(1)
    ward.answer("risk.drowsy", "N")
    ward.control(Qt.Key.Key_S)
    assert saved(ward) == {}
    assert field.isVisible()
    field.take_focus()
    ward.control(Qt.Key.Key_A)
    ward.type("90")
    ward.control(Qt.Key.Key_S)
    assert saved(ward, whose)["observations.pulse"][0].answer.value == "90"
    assert next(row for row in ward.reception.rows() if row.stay == at_hand).passes == 1


def test_a_scale_saved_half_done_says_so(ward: Ward, at_hand: str) -> None:
    """ "Not begun" would have her believe that nobody tried; and a half score must not pass for a whole one."""
    card = ward.reception.triage.form.scales["cows"]
    card.scored.emit(next(iter(card.fields)), "1")
    ward.control(Qt.Key.Key_S)
    ward.reception.open_stay(at_hand)
    ward.settle()
    assert "left unfinished at 21:40" in card._band.text()


@pytest.mark.hazard("H-002")
@pytest.mark.hazard("H-003")
def test_declining_to_say_it_again_takes_no_danger_away(ward: Ward, at_hand: str) -> None:
    """He said at nine that he wants to die; asked again at eleven he would not talk, and the watch was ended."""
    said = {"risk.self_harm_now": "yes", "risk.seizure_ever": "yes", "medicines.cannot_wait": "insulin"}
    acting, patient = ward.desk.acting(), ward.reception.triage.person.patient_id
    triage.save(acting, a_draft(at_hand, patient, {**said, "withdrawal.seen": "alcohol"}), 1)
    ward.reception.open_stay(at_hand)
    ward.settle()
    pane = ward.reception.triage
    for key in (*said, "withdrawal.seen"):
        pane.form.fields[key].set_not_asked("declined")
        pane.form.not_asked.emit(key, "declined")
    ward.control(Qt.Key.Key_S)
    with ward.desk.store.reading() as work:
        person = work.person(patient)
        assert {"acct_decision", "prescriber_tonight", "repeat_ciwa_ar"} <= {task.what for task in work.tasks()}
    facts = triage.facts(person, person.current, now=ward.desk.clock.now())
    assert facts.risks.self_harm_now
    assert facts.risks.seizure_ever
    assert facts.medicines_that_cannot_wait == ("insulin",)
    assert facts.risks.withdrawal_seen == ("alcohol",)


def test_a_stray_letter_in_anothers_draft_leaves_it_theirs(ward: Ward, at_hand: str) -> None:
    """What the nurse before her heard would bear her name; and a "not asked" of his would be gone."""
    given = {
        "risk.allergies": an_answer("penicillin", by=an_author(Role.PRESCRIBER)),
        LANGUAGE: an_answer(None, not_asked="declined", by=an_author(Role.PRESCRIBER)),
    }
    patient = ward.reception.triage.person.patient_id
    triage.keep_draft(ward.desk.acting(), a_draft(at_hand, patient, given))
    opened(ward, at_hand)
    for key in given:
        ward.answer(key, "x")
        ward.press(Qt.Key.Key_Backspace)
        ward.press(Qt.Key.Key_Tab)
        ward.settle()
    assert {key: each.by.name for key, each in drafted(ward, at_hand).items()} == {
        key: each.by.name for key, each in given.items()
    }
    assert ward.reception.triage.form.fields[LANGUAGE].reason() == "declined"


def test_history_that_is_not_what_was_confirmed_is_not_confirmed(ward: Ward, at_hand: str) -> None:
    """She confirmed Polish; that it was Polish is marked as an error meanwhile, and her Enter must not mean Czech."""
    patient, by = ward.reception.triage.person.patient_id, an_author()
    eye = an_answer("Czech", by=by)
    triage.save(ward.desk.acting(), a_draft(at_hand, patient, {"risk.drowsy": "no"}, confirmed={LANGUAGE: eye}), 1)
    with ward.desk.store.reading() as work:
        person = work.person(patient)
    assert LANGUAGE not in confirmed(person, person.current)


def test_f4_over_what_cannot_be_read_is_the_answer(ward: Ward, at_hand: str) -> None:
    """Saved as not asked, and "about 90" back in the field, and the page refused to be saved."""
    ward.answer("observations.pulse", "about 90")
    field = ward.reception.triage.form.fields["observations.pulse"]
    field.set_not_asked("declined")
    ward.reception.triage.form.not_asked.emit(field.key, "declined")
    ward.control(Qt.Key.Key_S)
    assert saved(ward)["observations.pulse"][0].answer.not_asked == "declined"
    with ward.desk.store.reading() as work:
        assert work.draft(at_hand) is None


def test_what_cannot_be_read_and_is_cleared_after_a_lock_shows_what_stands(ward: Ward, at_hand: str) -> None:
    ward.answer("observations.pulse", "88")
    ward.control(Qt.Key.Key_S)
    opened(ward, at_hand)
    field = ward.reception.triage.form.fields["observations.pulse"]
    field.take_focus()
    ward.control(Qt.Key.Key_A)
    ward.type("about 90")
    again(ward, at_hand)
    field = ward.reception.triage.form.fields["observations.pulse"]
    assert field.input.typed_words() == "about 90"
    field.take_focus()
    ward.control(Qt.Key.Key_A)
    ward.press(Qt.Key.Key_Backspace)
    ward.press(Qt.Key.Key_Tab)
    assert field.value() == "88"


def test_not_asked_over_anothers_answer_in_hand_is_refused_with_the_reason(ward: Ward, at_hand: str) -> None:
    given = {"risk.seizure_ever": an_answer("yes", by=an_author(Role.PRESCRIBER))}
    triage.keep_draft(ward.desk.acting(), a_draft(at_hand, ward.reception.triage.person.patient_id, given))
    ward.reception.open_stay(at_hand)
    ward.settle()
    field = ward.reception.triage.form.fields["risk.seizure_ever"]
    field.set_not_asked("declined")
    ward.reception.triage.form.not_asked.emit(field.key, "declined")
    ward.settle()
    assert (field.value(), field.reason()) == ("yes", None)
    assert "takes it away" in ward.sentence()
    assert drafted(ward, at_hand)["risk.seizure_ever"].by.role == "prescriber"
