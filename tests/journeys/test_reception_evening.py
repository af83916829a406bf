"""The main job in the real window: the list in, the triage by keys, the plan with its sources, the paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from ward import Ward

from pdtdesk.domain.roles import Role
from pdtdesk.services.oversight.audit import audit_page
from pdtdesk.services.reception import people
from pdtdesk.store.journal import chain_head
from pdtdesk.ui.theme import current_theme


def open_first(ward: Ward, surname: str) -> None:
    row = next(row for row in ward.reception.rows() if row.surname == surname)
    ward.reception.open_stay(row.stay)
    ward.settle()
    field = ward.reception.triage.form.fields["arrival.identity_checked"]
    field.take_focus()


def first_pass(ward: Ward) -> None:
    """Identity, self-harm, drowsy, intoxicated, withdrawal, seizure, prescribed: one key each, Enter between."""
    form = ward.reception.triage.form
    answers = {
        "arrival.identity_checked": "Y",
        "risk.self_harm_now": "N",
        "risk.drowsy": "N",
        "risk.intoxicated": "N",
    }
    for key, pressed in answers.items():
        form.fields[key].take_focus()
        ward.type(pressed)
    form.fields["withdrawal.seen"].set_value(None)
    form.fields["withdrawal.seen"].take_focus()
    ward.press(Qt.Key.Key_Right)
    ward.press(Qt.Key.Key_Space)
    form.fields["risk.seizure_ever"].take_focus()
    ward.type("Y")
    form.fields["prescribed.any"].take_focus()
    ward.type("N")
    form.fields["medicines.cannot_wait"].take_focus()
    ward.type("none")
    ward.press(Qt.Key.Key_Return)
    ward.settle()


def test_list_in_triage_plan_and_paper_by_keyboard(ward: Ward, the_list: Callable[[], Path]) -> None:
    """The nurse's whole evening: if any step of this breaks, she goes back to paper at 21:40."""
    ward.sign_in()
    assert ward.page() == "reception"
    ward.take_in(the_list())
    assert len(ward.reception.rows()) == 12
    open_first(ward, ward.reception.rows()[0].surname)
    first_pass(ward)
    labels = [line.chip for line in ward.reception.findings.lines]
    assert labels, "nothing is proposed"
    assert all(line.reference for line in ward.reception.findings.lines if line.chip not in ("Not given", "Not yet"))
    ward.control(Qt.Key.Key_S)
    done = [row for row in ward.reception.rows() if row.passes]
    assert len(done) == 1
    assert done[0].priority in ("now", "tonight", "soon", "routine")
    assert ward.reception.triage.person.patient_id != done[0].patient_id, "the next arrival should be in hand"
    ward.reception.open_stay(done[0].stay)
    ward.settle()
    ward.reception.triage.print_asked.emit()
    ward.settle()
    assert ward.page() == "paper"


@pytest.mark.hazard("H-002")
def test_looking_through_the_arrivals_answers_nothing(ward: Ward, the_list: Callable[[], Path]) -> None:
    """Opening one record after another must leave no draft: an answer nobody gave is a wrong dose."""
    ward.sign_in()
    ward.take_in(the_list())
    for row in ward.reception.rows():
        ward.reception.open_stay(row.stay)
        ward.settle()
        ward.reception.triage.show_pass(2)
        ward.settle()
    ward.reception.put_away()
    ward.settle()
    with ward.desk.store.reading() as work:
        drafts = [row.stay for row in ward.reception.rows() if work.draft(row.stay)]
    assert drafts == []


@pytest.mark.hazard("H-004")
def test_a_lock_keeps_what_was_typed_and_blanks_the_window(ward: Ward, the_list: Callable[[], Path]) -> None:
    """A nurse called away in the middle of a triage loses nothing, and nobody reads it over the empty chair."""
    row = ward.evening(the_list())
    ward.answer("risk.drowsy", "N")
    ward.press(Qt.Key.Key_F12)
    ward.settle()
    assert ward.page() == "sign-in"
    assert ward.station.session is None
    assert ward.window.shell.banner.isHidden()
    ward.sign_in(Role.PRESCRIBER)
    ward.reception.open_stay(row.stay)
    ward.settle()
    assert ward.reception.triage.form.fields["risk.drowsy"].value() == "no"
    ward.answer("risk.intoxicated", "N")
    ward.control(Qt.Key.Key_S)
    with ward.desk.store.reading() as work:
        answers = work.person(row.patient_id).current.answers
    assert answers["risk.drowsy"][0].answer.by.name == "R. Adeyemi"
    assert answers["risk.intoxicated"][0].answer.by.name == "H. Castellan"


@pytest.mark.hazard("H-004")
@pytest.mark.parametrize(
    ("key", "typed", "on_pass"),
    [
        ("medicines.cannot_wait", "insulin 10 units, last 08:00", 1),
        ("risk.allergies", "penicillin", 2),
        ("prescribed.daily", "90", 2),
        ("wishes.words", "back on my script", 2),
    ],
)
def test_what_is_being_typed_is_saved_with_ctrl_s(
    ward: Ward, the_list: Callable[[], Path], key: str, typed: str, on_pass: int
) -> None:
    """The desk said *Saved*, and the insulin was nowhere: not in the record, not in the draft, not on the sheet."""
    row = ward.evening(the_list())
    ward.answer("prescribed.any", "Y")
    ward.reception.triage.show_pass(on_pass)
    ward.answer(key, typed)
    ward.control(Qt.Key.Key_S)
    with ward.desk.store.reading() as work:
        answers = work.person(row.patient_id).current.answers
    assert answers[key][0].answer.value == typed


@pytest.mark.hazard("H-004")
@pytest.mark.parametrize("key", ["medicines.cannot_wait", "wishes.words"])
def test_what_is_being_typed_is_kept_while_it_is_typed(ward: Ward, the_list: Callable[[], Path], key: str) -> None:
    """A plug pulled in the middle of a sentence takes the last half second of it, and not the sentence."""
    row = ward.evening(the_list())
    ward.reception.triage.show_pass(2)
    ward.answer(key, "insulin")
    ward.settle()
    with ward.desk.store.reading() as work:
        assert work.draft(row.stay).answers[key].value == "insulin"
    for _ in "insulin":
        ward.press(Qt.Key.Key_Backspace)
    ward.settle()
    with ward.desk.store.reading() as work:
        assert work.draft(row.stay) is None, "what was taken back comes again with the draft"


def test_nobody_at_the_desk_locks_it(ward: Ward) -> None:
    """A screen left open on the wing is read by whoever passes."""
    ward.sign_in()
    ward.ticks += 301
    ward.window.idle.look()
    ward.settle()
    assert ward.page() == "sign-in"


@pytest.mark.hazard("H-003")
def test_a_drowsy_patient_stops_opioids_on_the_screen_at_once(ward: Ward, the_list: Callable[[], Path]) -> None:
    """The stop stands before anything else, as she types, and names how it ends."""
    ward.evening(the_list())
    ward.answer("risk.drowsy", "Y")
    ward.settle()
    first = ward.reception.findings.lines[0]
    assert first.chip == "Not given"
    assert "reassess" in first.sentence.lower()


def test_a_person_is_found_as_one_types_and_opened_by_enter(ward: Ward, the_list: Callable[[], Path]) -> None:
    """The officer rings with a name; she has it before he has spelt it."""
    ward.sign_in()
    ward.take_in(the_list())
    row = ward.reception.rows()[-1]
    ward.control(Qt.Key.Key_K)
    ward.type(row.surname[:4])
    ward.settle()
    ward.press(Qt.Key.Key_Down)
    ward.press(Qt.Key.Key_Return)
    ward.settle()
    assert ward.reception.triage.person.identity.surname == row.surname
    assert ward.window.shell.banner.facts.name.startswith(row.surname.upper())


def test_a_carat_worker_reads_a_record_with_a_reason_that_the_lead_sees(
    ward: Ward, the_list: Callable[[], Path]
) -> None:
    ward.sign_in()
    ward.take_in(the_list())
    patient = ward.reception.rows()[0].patient_id
    ward.window.lock("by hand")
    ward.settle()
    ward.sign_in(Role.CARAT)
    assert ward.page() == "due"
    pages = ward.window.with_pages()
    offered = {each.text() for each in pages.due.findChildren(QPushButton) if each.isVisible()}
    assert "Settle" in offered
    assert "Print for custody staff" in offered
    assert offered.isdisjoint({"Print hand-over", "Print downtime sheet", "Confirm a community dose…"})
    pages.open_person(patient)
    ward.settle()
    assert ward.page() == "record"
    assert ward.window.shell.banner.isHidden(), "nothing of the record before a reason"
    ward.type("found unresponsive on B wing")
    assert pages.record.whose.text(), "whose glass is it that is about to be broken?"
    pages.record._on_open()
    ward.settle()
    assert not ward.window.shell.banner.isHidden()
    lines = audit_page(ward.desk.acting(Role.LEAD), patient_id=patient)
    assert any(row.line.right == "break_glass" for row in lines)


def test_the_timeline_opens_by_one_key(ward: Ward, the_list: Callable[[], Path]) -> None:
    ward.evening(the_list())
    ward.press(Qt.Key.Key_F6)
    ward.settle()
    assert len(ward.reception.timeline.list.rows()) == len(
        people.timeline(ward.desk.acting(), ward.reception.rows()[0].patient_id)
    )


def test_how_long_somebody_has_waited_stands_with_the_arrival(ward: Ward, the_list: Callable[[], Path]) -> None:
    """Five days until treatment began, and nobody had counted."""
    row = ward.evening(the_list())
    ward.reception.triage.show_pass(2)
    ward.answer("prescribed.any", "Y")
    ward.reception.triage.save()
    ward.settle()
    ward.reception.open_person(row.patient_id)
    ward.settle()
    said = ward.reception.triage.form._summary.text()
    assert "first dose:" in said
    assert "waiting" in said


@pytest.mark.hazard("H-003")
def test_yesterdays_look_stands_beside_an_empty_field(ward: Ward, the_list: Callable[[], Path]) -> None:
    """Shown as today's it would pass for a look, and nobody could look again with one key."""
    row = ward.evening(the_list())
    first_pass(ward)
    ward.control(Qt.Key.Key_S)
    ward.desk.clock.advance(hours=12)
    ward.reception.open_stay(row.stay)
    ward.settle()
    assert any(line.chip == "Not given" for line in ward.reception.findings.lines), "yesterday's look still answers"
    for key in ("risk.drowsy", "risk.intoxicated"):
        field = ward.reception.triage.form.fields[key]
        assert field.value() is None
        assert field.note.text() == "was no (1 Jun 2010)"
        field.take_focus()
        ward.type("N")
    ward.settle()
    assert not any(line.chip == "Not given" for line in ward.reception.findings.lines)


@pytest.mark.hazard("H-004")
def test_what_was_written_is_noted_outside_the_database_while_the_evening_goes_on(
    ward: Ward, the_list: Callable[[], Path]
) -> None:
    """The plug is pulled at 23:00, the last of the file is gone, and a note made at the lock alone misses nothing."""
    ward.sign_in()
    before = ward.desk.door.noted_head()
    ward.take_in(the_list())
    assert ward.window.note.isActive()
    ward.window.note.timeout.emit()
    ward.settle()
    noted = ward.desk.door.noted_head()
    with ward.desk.store.reading() as work:
        head = chain_head(work.connection, ward.desk.store.desk.id)
    assert noted is not None
    assert (noted.seq, noted.hash) == (head.seq, head.hash)
    assert before is None or before.seq < noted.seq


def test_turning_to_a_list_is_audited_once_and_its_renewal_is_not(ward: Ward, the_list: Callable[[], Path]) -> None:
    """Who read tonight's priorities and their reasons could not be told; or not, for the noise of every refresh."""
    ward.sign_in()
    ward.take_in(the_list())
    ward.reception.refresh()
    ward.settle()
    ward.window.with_pages().show("due")
    ward.settle()
    ward.window.with_pages().due.refresh()
    ward.settle()
    said = [(row.line.what, row.line.detail) for row in audit_page(ward.desk.acting(Role.LEAD))]
    assert [each for each in said if each[0].startswith("opened ")] == [
        ("opened what is due", "0 people"),
        ("opened the arrivals", "0 people"),
    ]


def test_the_field_that_is_asked_next_is_in_sight_however_large_the_words(
    ward: Ward, the_list: Callable[[], Path]
) -> None:
    """Half under the foot of the page, what is typed cannot be read."""
    ward.window.apply(current_theme().with_text_scale(2.0))
    row = ward.evening(the_list())
    first_pass(ward)
    ward.control(Qt.Key.Key_S)
    ward.reception.open_stay(row.stay)
    ward.settle()
    view, here = ward.reception.triage.form.viewport(), ward.focus()
    assert ward.reception.triage.form.isAncestorOf(here)
    top = here.mapTo(view, here.rect().topLeft()).y()
    assert top >= 0
    assert top + here.height() <= view.height()
