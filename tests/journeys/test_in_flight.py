"""A course is worked out while hands go on: what is signed is what is entered, of whom is in hand, or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from PySide6.QtCore import Qt
from the_prescriber import answered_for, chose, entered, opened
from treatment import Patient, a_patient, now_of
from ward import Ward

from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.ui.regime.page import RegimePage

PATIENCE = 10


@contextmanager
def busy(ward: Ward) -> Iterator[None]:
    """The desk's one worker is at something long: a count of figures, a letter."""
    begun, over = Event(), Event()

    def long_work(_: object) -> None:
        begun.set()
        assert over.wait(PATIENCE)

    ward.station.work.ask(ward.window.shell, long_work, lambda _: None)
    assert begun.wait(PATIENCE)
    yield
    over.set()
    ward.settle()


def typed(ward: Ward, page: RegimePage, dose: str) -> None:
    """Another dose, and the hands rest; the answer has not come."""
    field = page.plan.course.fields["maintenance"]["dose"]
    field.take_focus()
    ward.focus().selectAll()
    ward.press(Qt.Key.Key_Delete)
    ward.type(dose)
    ward.press(Qt.Key.Key_Return)
    ward.qtbot.waitUntil(page.plan.is_settled)


def planned(ward: Ward, dose: str = "30") -> RegimePage:
    """A maintenance of one dose stands on the page, with all that belongs to it answered."""
    page = opened(ward)
    page.begin_plan(RegimeClass.MAINTENANCE)
    ward.settle()
    chose(ward, page.plan, "maintenance")
    entered(ward, page.plan, medicine="methadone", dose=dose)
    answered_for(ward, page.plan, told="what it does", agreed="A", read="Y")
    return page


def ordered(ward: Ward, patient: Patient) -> list[str]:
    return [str(each.schedule.highest) for each in now_of(ward.desk, patient).treatment.orders]


@pytest.mark.hazard("H-008")
@pytest.mark.parametrize("dose", ["25", ""])
def test_the_dose_that_stood_there_before_is_not_signed(ward: Ward, dose: str) -> None:
    """The field says 25 mg, and 30 mg are ordered: she has no reason to look again."""
    patient = a_patient(ward.desk)
    page = planned(ward)
    with busy(ward):
        typed(ward, page, dose)
        page.plan.sign()
        assert page.plan.notice.sentence()
    assert ordered(ward, patient) == []


@pytest.mark.hazard("H-008")
def test_an_answer_that_comes_late_is_not_taken_for_an_emptied_field(ward: Ward) -> None:
    """Asked for 40 mg, emptied, and the 40 mg came back: nobody had entered them any more."""
    patient = a_patient(ward.desk)
    page = planned(ward)
    with busy(ward):
        typed(ward, page, "40")
        typed(ward, page, "")
    page.plan.sign()
    ward.settle()
    assert ordered(ward, patient) == []


@pytest.mark.hazard("H-001")
def test_a_course_of_one_person_is_never_signed_for_another(ward: Ward) -> None:
    """His course arrives on her page, and her name stands above it."""
    one = a_patient(ward.desk)
    other = a_patient(ward.desk, surname="Lindqvist", prison_number="A7710BN", forenames="Erik")
    page = planned(ward)
    theirs = other if page.plan._now.person.patient_id == one.patient_id else one
    with busy(ward):
        typed(ward, page, "40")
        page.plan.begin(now_of(ward.desk, theirs), RegimeClass.DETOXIFICATION)
    page.plan.sign()
    ward.settle()
    assert page.plan._planned is None
    assert ordered(ward, theirs) == []


def test_what_must_be_read_is_read_again_when_its_words_have_changed(ward: Ward) -> None:
    """Read of 20 mg is not read of 200 mg."""
    a_patient(ward.desk)
    page = planned(ward, "20")
    assert page.plan.choice.fields["read"].value() == "yes"
    entered(ward, page.plan, dose="200")
    assert page.plan.choice.fields["read"].value() is None
