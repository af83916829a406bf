"""What is answered while a save runs or a record is read: it is of whom it was said, and it is kept."""

from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest
from a_known_man import again, drafted, saved
from factories import EVENING, an_arrival
from PySide6.QtCore import Qt
from ward import Ward

from pdtdesk.services.acting import Acting
from pdtdesk.services.reception import people, triage
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.store.keys.errors import NotWritten


@pytest.mark.hazard("H-004")
def test_a_save_that_fails_after_the_lock_leaves_everything_in_the_draft(
    ward: Ward, at_hand: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl S and Ctrl L in one breath on a full disk: the first pass of a man would be gone by the next sign-in."""

    def full(*_: object, **__: object) -> None:
        raise NotWritten(Path("desk.db"), "No space left on device")

    ward.answer("risk.drowsy", "Y")
    with monkeypatch.context() as broken:
        broken.setattr(triage, "save", full)
        ward.reception.triage.save()
        ward.answer("risk.intoxicated", "N")
        ward.window.lock("by hand")
        ward.settle()
    assert ward.wrong
    ward.wrong.clear()
    assert {key: each.value for key, each in drafted(ward, at_hand).items()} == {
        "risk.drowsy": "yes",
        "risk.intoxicated": "no",
    }


@pytest.mark.hazard("H-002")
@pytest.mark.parametrize("locks", [True, False])
def test_what_she_says_next_takes_the_place_of_what_she_had_said(ward: Ward, at_hand: str, locks: bool) -> None:
    """No fits, saved; then, while the disk was busy, yes. Two accounts of one nurse would be settled by nobody."""
    ward.answer("risk.seizure_ever", "N")
    ward.reception.triage.save()
    ward.answer("risk.seizure_ever", "Y")
    if locks:
        again(ward, at_hand)
    ward.settle()
    ward.control(Qt.Key.Key_S)
    (one,) = saved(ward)["risk.seizure_ever"]
    assert one.answer.value == "yes"
    assert drafted(ward, at_hand) == {}


@pytest.mark.hazard("H-002")
def test_a_scale_gone_on_with_while_a_save_runs_is_kept_whole(ward: Ward, at_hand: str) -> None:
    """The items of before would stand in one score and the last in another, and neither would be whole."""
    card = ward.reception.triage.form.scales["cows"]
    keys = list(card.fields)
    card.scored.emit(keys[0], "1")
    ward.reception.triage.save()
    card.scored.emit(keys[1], "2")
    ward.settle()
    with ward.desk.store.reading() as work:
        draft = work.draft(at_hand)
    assert {key: points for key, (points, _) in draft.items.items()} == {keys[0]: 1, keys[1]: 2}


@pytest.mark.hazard("H-001")
def test_who_is_still_answered_of_stays_after_the_first_pass(ward: Ward, at_hand: str) -> None:
    """She typed on while it saved; the page turned to the next man, and her "y" of yesterday checked his identity."""
    pane = ward.reception.triage
    pane.show_pass(1)
    ward.answer("medicines.cannot_wait", "insulin")
    pane.save()
    ward.type(" yesterday")
    ward.settle()
    assert pane.person.patient_id == next(row for row in ward.reception.rows() if row.stay == at_hand).patient_id
    assert pane.form.fields["medicines.cannot_wait"].value() == "insulin yesterday"
    assert drafted(ward, at_hand)["medicines.cannot_wait"].value == "insulin yesterday"
    ward.control(Qt.Key.Key_S)
    with ward.desk.store.reading() as work:
        (row,) = [row for row in work.arrivals(EVENING - timedelta(days=1)) if row.stay == at_hand]
        (one,) = work.person(row.patient_id).current.answers["medicines.cannot_wait"]
    assert one.answer.value == "insulin yesterday"


@pytest.mark.hazard("H-004")
def test_an_answer_taken_back_while_a_save_runs_is_shown_as_it_stands(ward: Ward, at_hand: str) -> None:
    """An empty field over a saved "no" would be read as not asked."""
    ward.answer("risk.self_harm_now", "N")
    ward.reception.triage.save()
    ward.press(Qt.Key.Key_Backspace)
    ward.settle()
    assert ward.reception.triage.form.fields["risk.self_harm_now"].value() == "no"
    assert "stands" in ward.sentence()
    assert drafted(ward, at_hand) == {}


@pytest.mark.hazard("H-004")
def test_what_is_answered_while_the_record_is_read_again_stays(ward: Ward, at_hand: str) -> None:
    """She wrote down the cell, went on with "drowsy: yes", and the page came back from the disk without it."""
    whose = ward.reception.triage.person.patient_id
    ward.reception.open_person(whose)
    for key in ("risk.self_harm_now", "risk.drowsy", "risk.intoxicated"):
        ward.answer(key, "Y")
    ward.settle()
    fields = ward.reception.triage.form.fields
    assert [fields[key].value() for key in ("risk.self_harm_now", "risk.drowsy", "risk.intoxicated")] == ["yes"] * 3
    ward.control(Qt.Key.Key_S)
    assert {"risk.self_harm_now", "risk.drowsy", "risk.intoxicated"} <= saved(ward, whose).keys()
    assert drafted(ward, at_hand) == {}


@pytest.mark.hazard("H-001")
def test_whoever_types_on_after_the_save_stays_with_whom_she_types_of(
    ward: Ward, at_hand: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The save had ended, the next man was being read: her "insulin yesterday" checked his identity with its "y"."""
    pane = ward.reception.triage
    pane.show_pass(1)
    ward.answer("risk.drowsy", "N")
    whose, typed, read = pane.person.patient_id, Event(), people.open_record

    def slowly(acting: Acting, patient_id: str) -> people.OpenRecord:
        assert typed.wait(20)
        return read(acting, patient_id)

    monkeypatch.setattr(people, "open_record", slowly)
    pane.save()
    ward.qtbot.waitUntil(lambda: pane._saving is None, timeout=20_000)
    ward.answer("medicines.cannot_wait", "insulin yesterday")
    typed.set()
    ward.settle()
    assert pane.person.patient_id == whose
    assert ward.reception.arrivals.current_id() == at_hand
    assert drafted(ward, at_hand)["medicines.cannot_wait"].value == "insulin yesterday"


@pytest.mark.hazard("H-001")
def test_the_keyboard_stays_where_she_types_when_the_record_comes(ward: Ward, at_hand: str) -> None:
    """The cell was written down, she typed on and thought for a moment: the rest answered the first question."""
    ward.reception.open_stay(at_hand)
    ward.answer("medicines.cannot_wait", "insulin ")
    ward.settle()
    ward.type("yesterday")
    ward.settle()
    assert drafted(ward, at_hand)["medicines.cannot_wait"].value == "insulin yesterday"
    assert drafted(ward, at_hand).keys() == {"medicines.cannot_wait"}


@pytest.mark.hazard("H-004")
def test_what_was_never_saved_of_the_last_stay_is_known_in_the_next(ward: Ward, at_hand: str) -> None:
    """Seen at nine, sent to hospital, back in the morning: that he wants to die lay in a draft for ever."""
    ward.answer("risk.self_harm_now", "Y")
    ward.window.lock("by hand")
    ward.settle()
    ward.desk.clock.advance(hours=12)
    back = an_arrival(
        prison_number="A6620WE",
        surname="Dunne",
        forenames="Patrick",
        born=date(1968, 11, 2),
        arrived_at=ward.desk.clock.now() - timedelta(minutes=10),
    )
    assert take_in(ward.desk.acting(), [(2, back)]).taken == 1
    ward.sign_in()
    row = next(row for row in ward.reception.rows() if row.prison_number == "A6620WE")
    ward.reception.open_stay(row.stay)
    ward.settle()
    assert "yes" in ward.reception.triage.form.fields["risk.self_harm_now"].note.text()
    assert drafted(ward, at_hand) == {}


@pytest.mark.hazard("H-001")
def test_the_page_stays_at_the_pass_in_which_she_types(ward: Ward, at_hand: str) -> None:
    """Read again under her hands, it turned to the first pass, and the field with the allergy was gone."""
    pane = ward.reception.triage
    ward.reception.open_stay(at_hand)
    ward.answer("risk.allergies", "penicillin, ")
    ward.settle()
    ward.type("latex")
    ward.settle()
    assert pane.on_pass == 2
    assert drafted(ward, at_hand)["risk.allergies"].value == "penicillin, latex"


@pytest.mark.hazard("H-001")
def test_another_stay_of_the_same_man_takes_nothing_that_is_half_typed(ward: Ward, at_hand: str) -> None:
    """What he is said to need tonight stood on the page of a year ago, and went into it with the next key."""
    pane = ward.reception.triage
    person = pane.person
    ward.answer("medicines.cannot_wait", "insulin")
    pane.show_record(people.open_record(ward.desk.acting(), person.patient_id), person.stays[0].id)
    assert pane.form.fields["medicines.cannot_wait"].value() is None
    ward.settle()
    assert drafted(ward, at_hand)["medicines.cannot_wait"].value == "insulin"
    assert drafted(ward, person.stays[0].id) == {}
