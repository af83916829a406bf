"""What one person typed, asked for or left open is never shown to, or signed by, the next."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from ward import Ward

from pdtdesk.domain.roles import Role
from pdtdesk.store.door import DeskDoor


def test_a_sheet_that_comes_after_the_lock_is_shown_to_nobody(ward: Ward, the_list: Callable[[], Path]) -> None:
    """She prints and locks in one breath: the sheet must not stand over the empty chair."""
    ward.evening(the_list())
    ward.reception.triage.print_asked.emit()
    ward.window.lock("by hand")
    ward.settle()
    assert ward.page() == "sign-in"


def test_a_lock_blanks_a_page_that_does_not_want_to_be_left(ward: Ward) -> None:
    """A recovery code on the screen is the worst of all to leave there."""
    ward.sign_in(Role.ADMIN)
    staff = ward.window.shell.page("staff")
    staff.may_leave = lambda: "The code has not been written down yet."
    ward.window.lock("by hand")
    ward.settle()
    assert ward.page() == "sign-in"


def test_nothing_typed_by_one_person_is_there_for_the_next(ward: Ward, the_list: Callable[[], Path]) -> None:
    """A half-typed call, settled by the next user, would be signed in their name."""
    ward.evening(the_list())
    pages = ward.window.with_pages()
    for page in ("due", "account", "reception"):
        pages.show(page)
        ward.settle()
        for box in ward.window.shell.page(page).findChildren(QLineEdit):
            box.setText("MARKER WORD")
        for pad in ward.window.shell.page(page).findChildren(QPlainTextEdit):
            pad.setPlainText("MARKER WORD")
    ward.window.shell.top.search.line.setText("MARKER WORD")
    ward.window.lock("by hand")
    ward.settle()
    ward.sign_in(Role.PRESCRIBER)
    for page in ("due", "account", "reception"):
        ward.window.with_pages().show(page)
        ward.settle()
    shell = ward.window.shell
    held = [box.text() for box in shell.findChildren(QLineEdit)]
    held += [pad.toPlainText() for pad in shell.findChildren(QPlainTextEdit)]
    assert not [text for text in held if "MARKER" in text]


@pytest.mark.hazard("H-004")
def test_what_is_answered_while_a_save_runs_is_kept(ward: Ward, the_list: Callable[[], Path]) -> None:
    """ "Drowsy: yes", pressed while the disk was busy, would be gone, and "no" would stand."""
    stay = ward.evening(the_list()).stay
    ward.answer("risk.drowsy", "N")
    ward.reception.triage.save()
    ward.answer("risk.drowsy", "Y")
    ward.settle()
    with ward.desk.store.reading() as work:
        draft = work.draft(stay)
    assert draft is not None
    assert draft.answers["risk.drowsy"].value == "yes"
    assert "draft" in ward.sentence()


@pytest.mark.hazard("H-001")
def test_whoever_is_chosen_while_a_save_runs_stays_in_hand(ward: Ward, the_list: Callable[[], Path]) -> None:
    """She has turned to the next man; the page must not turn back to the last one under her hands."""
    ward.evening(the_list())
    ward.answer("risk.drowsy", "N")
    other = ward.reception.rows()[5]
    ward.reception.triage.save()
    ward.reception.open_stay(other.stay)
    ward.settle()
    assert ward.reception.triage.person.patient_id == other.patient_id
    assert ward.window.shell.banner.facts.name.startswith(other.surname.upper())


@pytest.mark.hazard("H-001")
def test_after_the_second_pass_the_same_person_stays_for_the_sheet(ward: Ward, the_list: Callable[[], Path]) -> None:
    """Ctrl S, Ctrl P: the sheet must be of the man she has just saved."""
    row = ward.evening(the_list())
    ward.reception.triage.show_pass(2)
    ward.answer("risk.drowsy", "N")
    ward.reception.triage.save()
    ward.settle()
    assert ward.reception.triage.person.patient_id == row.patient_id
    assert row.surname.upper() in ward.sentence()


def test_the_number_beside_due_is_there_from_the_start(ward: Ward, the_list: Callable[[], Path]) -> None:
    """Seven things are due, and the rail says nothing until she happens to look."""
    ward.evening(the_list())
    ward.answer("risk.drowsy", "Y")
    ward.reception.triage.save()
    ward.settle()
    ward.window.lock("by hand")
    ward.settle()
    ward.desk.clock.advance(hours=2)
    ward.sign_in()
    assert ward.window._counts.get("due", 0) > 0


@pytest.mark.hazard("H-005")
def test_an_administrator_is_told_of_a_code_that_is_on_no_paper(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    """The window was closed on the code: the desk goes on for a year, and dies with the computer's keyring."""
    monkeypatch.setattr(DeskDoor, "is_recovery_on_paper", lambda _: False)
    for role, told in ((Role.NURSE, False), (Role.ADMIN, True)):
        ward.sign_in(role)
        shown = ward.window.shell.notice.notice
        assert (shown is not None and "recovery code is on paper" in shown.sentence) is told
        ward.window.lock("by hand")
        ward.settle()


@pytest.mark.hazard("H-002")
def test_a_second_save_saves_nothing_of_the_next(ward: Ward, the_list: Callable[[], Path]) -> None:
    """Ctrl S twice in haste: the next arrival, whom nobody has looked at, would count as seen."""
    ward.evening(the_list())
    ward.answer("risk.drowsy", "N")
    ward.control(Qt.Key.Key_S)
    ward.control(Qt.Key.Key_S)
    assert sum(row.passes for row in ward.reception.rows()) == 1
    assert "Nothing has been answered" in ward.window.shell.notice.notice.sentence


@pytest.mark.hazard("H-004")
@pytest.mark.parametrize("locks", [True, False])
def test_what_is_answered_while_a_save_runs_is_not_lost(
    ward: Ward, the_list: Callable[[], Path], locks: bool
) -> None:
    """She saved, saw that he was drunk, answered, and locked or went on: it was neither saved nor kept, nor told."""
    row = ward.evening(the_list())
    ward.reception.triage.show_pass(2)
    ward.answer("risk.drowsy", "N")
    ward.reception.triage.save()
    ward.answer("risk.intoxicated", "Y")
    if locks:
        ward.window.lock("by hand")
    ward.settle()
    with ward.desk.store.reading() as work:
        draft = work.draft(row.stay)
    assert draft is not None
    assert draft.answers["risk.intoxicated"].value == "yes"
    if not locks:
        ward.control(Qt.Key.Key_S)
        with ward.desk.store.reading() as work:
            assert work.person(row.patient_id).current.answers["risk.intoxicated"][0].answer.value == "yes"
