"""The lead signs a figure in the window, and it acts: for the lead at once, for a nurse from the next sign-in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from ward import Ward

from pdtdesk.domain.roles import Role
from pdtdesk.ui.oversight.sign_off import SignOffPage

LOCAL = "Local policy of HMP Ashmoor, 1 figure signed, last on Tue 1 Jun 2010"
INDUCTION = "missed_days_new_induction"


def a_person_with_days_missed(ward: Ward, path: Path) -> str:
    """A first pass of somebody who came six days without their methadone; whose stay it is."""
    row = ward.evening(path)
    given = {"arrival.identity_checked": "yes", "risk.drowsy": "no", "risk.intoxicated": "no"}
    given |= {"withdrawal.seen": "opioids", "prescribed.any": "yes", "prescribed.medicine": "methadone"}
    given |= {"prescribed.daily": "55", "prescribed.days_missed": "6"}
    fields = ward.reception.triage.form.fields
    for key, value in given.items():
        fields[key].set_value(value)
        fields[key].answered.emit(key, value)
    ward.reception.triage.save()
    ward.settle()
    return row.stay


def the_plan(ward: Ward, stay: str) -> str:
    """What is said beside the page of that person."""
    ward.window.with_pages().show("reception")
    ward.reception.open_stay(stay)
    ward.settle()
    assert ward.reception._tonight is not None
    return " ".join(found.sentence for found in ward.reception._tonight.findings)


def to_local_policy(ward: Ward) -> SignOffPage:
    """By the rail, as the lead would."""
    ward.press(Qt.Key.Key_F2)
    stage = next(
        each for each in ward.window.shell.findChildren(QPushButton) if each.accessibleName() == "Local policy"
    )
    stage.setFocus()
    ward.press(Qt.Key.Key_Space)
    ward.settle()
    page = ward.window.with_pages().page("sign-off")
    assert isinstance(page, SignOffPage)
    return page


def sign(ward: Ward, page: SignOffPage, parameter_id: str, *typed: str) -> None:
    """A figure found, filled in, shown and signed, all by keys."""
    page.choose(parameter_id)
    page.table.setFocus()
    ward.press(Qt.Key.Key_Return)
    for words in (*typed, "today", "", "Ashmoor formulary 2010", "4.2"):
        if words:
            ward.type(words)
        ward.press(Qt.Key.Key_Return)
    ward.press(Qt.Key.Key_Return)  # show what would change
    ward.settle()
    ward.press(Qt.Key.Key_Return)  # sign
    ward.settle()


@pytest.mark.hazard("H-009")
def test_the_lead_signs_a_figure_and_a_nurse_sees_it_act(ward: Ward, the_list: Callable[[], Path]) -> None:
    """Otherwise what was agreed for this prison stands in a drawer, and each nurse goes by the invented figure."""
    stay = a_person_with_days_missed(ward, the_list())
    before = the_plan(ward, stay)
    assert "A new induction is needed from 8 days" not in before
    ward.window.lock("by hand")
    ward.settle()

    ward.sign_in(Role.LEAD)
    page = to_local_policy(ward)
    sign(ward, page, INDUCTION, "8")
    assert "Signed: Missed days that need a new induction" in page.notice.sentence()
    assert LOCAL in ward.window.shell.status.accessibleName()
    assert "A new induction is not yet needed (from 8 days)." in the_plan(ward, stay)
    ward.window.lock("by hand")
    ward.settle()
    assert LOCAL not in ward.window.shell.status.accessibleName()

    ward.sign_in(Role.NURSE)
    assert LOCAL in ward.window.shell.status.accessibleName()
    assert "A new induction is not yet needed (from 8 days)." in the_plan(ward, stay)
    found = next(f for f in ward.reception._tonight.findings if "from 8 days" in f.sentence)
    own = next(each for each in found.references if each.document == "Ashmoor formulary 2010")
    ward.window.with_pages().handbook.show_reference(own.document, own.section, str(found.status), found.values)
    passage = ward.window.with_pages().handbook.text.toPlainText()
    assert f"Named by: {LOCAL}." in passage
    assert "8 days (local policy, signed by M. Okonedo" in passage
    stages = [each.accessibleName() for each in ward.window.shell.findChildren(QPushButton) if each.isVisible()]
    assert "Local policy" not in stages


def sign_bands(ward: Ward, bands: str) -> None:
    """The lead replaces the bands of the CIWA-Ar."""
    ward.sign_in(Role.LEAD)
    page = to_local_policy(ward)
    page.choose("ciwa_ar_bands")
    given = {
        "choice": "another",
        "value": bands,
        "from": "2010-06-01",
        "document": "Ashmoor formulary",
        "section": "5",
    }
    for key, value in given.items():
        field = page.figure.fields[key]
        field.set_value(value)
        field.answered.emit(field.key, value)
    page.figure.look.click()
    ward.settle()
    page.effect.sign.click()
    ward.settle()


def bands_on_the_page(ward: Ward) -> list[int]:
    """Where each band of the CIWA-Ar ends on the triage page."""
    form = ward.reception.triage.form
    while form.grow():
        pass
    return [band.to_score for band in form.scales["ciwa_ar"]._bands]


def test_bands_that_are_signed_stand_on_the_scales_that_were_made_before(ward: Ward) -> None:
    """Otherwise the card says mild by the old bands, and the plan beside it says moderate by the new."""
    sign_bands(ward, "0-9 mild; 10-18 moderate; 19-67 severe")
    assert bands_on_the_page(ward) == [9, 18, 67]
    ward.window.lock("by hand")
    ward.settle()
    ward.sign_in(Role.NURSE)
    assert bands_on_the_page(ward) == [9, 18, 67]


def test_the_first_to_sign_in_after_a_start_finds_the_signed_bands_too(ward: Ward) -> None:
    """The pages are made while the password is typed, before the desk is open and its policy known."""
    sign_bands(ward, "0-9 mild; 10-67 severe")
    ward.window.lock("by hand")
    ward.settle()
    ward.station._policy = None  # as after a start of the program
    ward.window.with_pages().forget()
    assert bands_on_the_page(ward) == [7, 15, 67], "made before anybody is in"
    ward.sign_in(Role.NURSE)
    assert bands_on_the_page(ward) == [9, 67]
