"""What the window does as hours go by, when an answer is taken back, when the disk is full."""

from collections.abc import Callable
from pathlib import Path

import pytest
from factories import a_draft
from PySide6.QtCore import Qt
from ward import Ward

from pdtdesk.domain.roles import Role
from pdtdesk.services.reception import triage
from pdtdesk.store.keys.errors import NotWritten
from pdtdesk.ui.reception.triage import TriagePane
from pdtdesk.ui.theme import current_theme


def in_hand(ward: Ward, the_list: Callable[[], Path]) -> TriagePane:
    """The first arrival in hand, seen awake and sober, saved."""
    stay = ward.evening(the_list()).stay
    for key in ("risk.drowsy", "risk.intoxicated"):
        ward.answer(key, "N")
    ward.control(Qt.Key.Key_S)
    ward.reception.open_stay(stay)
    ward.settle()
    return ward.reception.triage


def stopped(ward: Ward) -> bool:
    return any(line.chip == "Not given" for line in ward.reception.findings.lines)


@pytest.mark.hazard("H-003")
def test_a_page_left_open_over_the_morning_shows_the_stop_by_itself(ward: Ward, the_list: Callable[[], Path]) -> None:
    """Answered at 21:40 and left open: at 08:10 the panel beside it would still say that he may have it."""
    pane = in_hand(ward, the_list)
    assert not stopped(ward)
    ward.desk.clock.advance(hours=10, minutes=30)
    pane.look_at_clock()
    ward.settle()
    assert stopped(ward)
    field = pane.form.fields["risk.drowsy"]
    assert (field.value(), field.note.text()) == (None, "was no (1 Jun 2010)")


@pytest.mark.hazard("H-003")
def test_an_answer_taken_back_shows_what_stands_without_it(ward: Ward, the_list: Callable[[], Path]) -> None:
    """An empty field would be read as not looked at, while the saved "no" opens the cupboard."""
    field = in_hand(ward, the_list).form.fields["risk.drowsy"]
    field.take_focus()
    ward.type("Y")
    ward.settle()
    assert stopped(ward)
    ward.press(Qt.Key.Key_Backspace)
    ward.settle()
    assert field.value() == "no"
    assert not stopped(ward)


def test_a_full_disk_is_said_and_hides_no_list(
    ward: Ward, the_list: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who looks cannot be written down: the night goes on, and the old list must not pass for the new."""
    in_hand(ward, the_list)

    def full(*_: object, **__: object) -> None:
        raise NotWritten(Path("desk.db"), "No space left on device")

    monkeypatch.setattr("pdtdesk.store.desk.DeskWork.audit", full)
    pages = ward.window.with_pages()
    for page in ("due", "reception"):
        pages.show(page)
        ward.settle()
        assert "No space left" in ward.window.shell.notice.notice.sentence
    assert pages.due.table.ids()
    assert len(ward.reception.rows()) == 12


def test_a_settled_line_is_named_and_the_next_one_chosen(ward: Ward, the_list: Callable[[], Path]) -> None:
    """Among fifty-five lines she could not see whether the right one left, nor where she was."""
    in_hand(ward, the_list)
    ward.window.with_pages().show("due")
    ward.settle()
    due = ward.window.with_pages().due
    ids = due.table.ids()
    at = next(number for number, id_ in enumerate(ids) if due._rows[id_].what != "confirm_dose")
    due.table.selectRow(at)
    who = due._rows[ids[at]].surname.upper()
    due._outcome.set_value("done, awake")
    due._on_settle()
    ward.settle()
    assert ids[at] not in due.table.ids()
    assert f"Settled: {who}" in ward.window.shell.notice.notice.sentence
    assert due.table.currentIndex().row() == min(at, len(due.table.ids()) - 1)


def test_the_timeline_and_a_folded_scale_are_reached_by_their_keys(ward: Ward, the_list: Callable[[], Path]) -> None:
    """A hundred and sixty-six Tabs to the timeline; digits typed at a folded scale that nobody hears."""
    pane = in_hand(ward, the_list)
    ward.press(Qt.Key.Key_F6)
    ward.settle()
    assert ward.focus() is ward.reception.timeline.list
    ward.press(Qt.Key.Key_F6)
    ward.settle()
    assert pane.isAncestorOf(ward.focus())
    begins = {card.begin for card in pane.form.scales.values()}
    for _ in pane.form.cards():
        ward.press(Qt.Key.Key_F8)
        if ward.focus() in begins:
            break
    assert ward.focus() in begins


def test_escape_goes_back_from_what_was_opened_over_the_page(ward: Ward, the_list: Callable[[], Path]) -> None:
    in_hand(ward, the_list)
    for show in (ward.window.with_pages().show_help, ward.window.with_pages().show_shortcuts):
        show()
        ward.settle()
        assert ward.page() != "reception"
        ward.press(Qt.Key.Key_Escape)
        ward.settle()
        assert ward.page() == "reception"


def test_the_call_is_written_down_whole_however_large_the_words(ward: Ward, the_list: Callable[[], Path]) -> None:
    """The keyboard stood in a field below the window's edge, and a note about a dose was typed unseen."""
    ward.window.apply(current_theme().with_text_scale(2.0))
    in_hand(ward, the_list)
    form = ward.reception.triage.form
    form.fields["prescribed.any"].take_focus()
    ward.type("Y")
    ward.settle()
    form.fields["prescribed.medicine"].set_value("methadone")
    form.fields["prescribed.medicine"].input.edited.emit()
    ward.control(Qt.Key.Key_S)
    ward.window.with_pages().show("due")
    ward.settle()
    due = ward.window.with_pages().due
    due.begin_confirming()
    ward.settle()
    assert " · b. " in due.confirm._who.text()
    assert "no telephone number" in due.confirm._about.text()
    said = due.confirm._about.text()[:5], due.confirm._said.text()[:20]
    assert said == ("Now: ", "When it was planned:"), "two openings, and the one gone by is called"
    note = due.confirm.fields["heard.note"]
    note.take_focus()
    ward.settle()
    here = note.input.target()
    top = here.mapTo(due, here.rect().topLeft()).y()
    assert top >= 0
    assert top + here.height() <= due.height()
    assert not here.visibleRegion().isEmpty()


@pytest.mark.hazard("H-003")
def test_two_accounts_stand_at_the_field_with_who_gave_them(ward: Ward, the_list: Callable[[], Path]) -> None:
    """An empty field asks to be filled in; that somebody saw him asleep would stand nowhere on the page."""
    pane = in_hand(ward, the_list)
    stay, patient = pane._stay.id, pane.person.patient_id
    triage.save(ward.desk.acting(Role.PRESCRIBER), a_draft(stay, patient, {"risk.drowsy": "yes"}), 2)
    ward.reception.open_stay(stay)
    ward.settle()
    field = ward.reception.triage.form.fields["risk.drowsy"]
    assert field.value() is None
    assert field.error().startswith("Two accounts: ")
    assert stopped(ward)
    field.take_focus()
    ward.type("N")
    ward.settle()
    assert field.error() == ""
    assert not stopped(ward)


def test_a_look_left_out_with_its_reason_is_shown_with_it(ward: Ward, the_list: Callable[[], Path]) -> None:
    """Over yesterday's "no": come back to, it would stand as open, and be signed with a reason that nobody saw."""
    pane = in_hand(ward, the_list)
    stay = pane._stay.id
    ward.desk.clock.advance(hours=24)
    ward.reception.open_stay(stay)
    ward.settle()
    field = pane.form.fields["risk.drowsy"]
    field.set_not_asked("no_time")
    field.not_asked.emit("risk.drowsy", "no_time")
    pane.keep()
    ward.settle()
    ward.reception.open_stay(ward.reception.rows()[-1].stay)
    ward.settle()
    ward.reception.open_stay(stay)
    ward.settle()
    assert ward.reception.triage.form.fields["risk.drowsy"].reason() == "no_time"
