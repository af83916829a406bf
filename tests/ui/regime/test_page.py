"""The regimes' page at a real window: what stands first, what a review leads on to, and notices that go in time."""

from collections.abc import Iterator
from datetime import date

import pytest
from factories import TestDesk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from the_prescriber import answered_for, entered, opened
from treatment import Patient, a_patient, a_schedule, an_ordering, chosen, now_of, ordered
from ward import Ward
from windows import let_go

from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.roles import Role
from pdtdesk.services.desk.staff import renew_leases
from pdtdesk.ui.regime.page import RegimePage
from pdtdesk.ui.widgets.day_picture import DayPicture
from pdtdesk.ui.widgets.field import Field
from pdtdesk.ui.widgets.inputs.base import Input


@pytest.fixture
def ward(qtbot: QtBot, desk: TestDesk) -> Iterator[Ward]:
    """The window of a desk."""
    at = Ward(qtbot, desk)
    yield at
    at.station.work.close()
    let_go(at.window.shell)
    assert at.wrong == []


def reviewed(ward: Ward, sentence_length: str = "P20W", **given: str) -> RegimePage:
    """The review of somebody maintained for three months, filled in and recorded."""
    chosen(
        ward.desk, a_patient(ward.desk, sentence_length=sentence_length), reason="history", review_on=date(2010, 9, 1)
    )
    ward.desk.clock.advance(days=92)
    renew_leases(ward.desk.acting(Role.ADMIN))
    page = opened(ward)
    page.begin_review()
    ward.settle()
    for key, words in {"took_part": "he and the nurse", "sleep": "well", **given}.items():
        page.review.fields[key].set_value(words or None)
    page.review.save()
    ward.settle()
    return page


def test_stabilisation_stands_before_the_classes_and_can_be_planned(ward: Ward) -> None:
    """Read last, it is planned last: a reduction would begin before the dose holds."""
    a_patient(ward.desk)
    page = opened(ward)
    first, cards = page.overview.first, page.overview.cards
    assert "Before any reduction" in first.lines[0].sentence
    assert all("Before any reduction" not in line.sentence for line in page.overview.beside.lines)
    assert all(first.y() < card.parentWidget().y() for card in cards.values())
    page.overview.steady.click()
    ward.settle()
    assert page._stack.currentWidget() is page.plan
    assert page.plan.course.title.text().startswith("Stabilisation")


def test_where_facts_are_missing_the_keyboard_begins_at_what_it_is_decided_on(ward: Ward) -> None:
    """Enter plans a class that nobody has assessed, and the question is asked after the dose."""
    a_patient(ward.desk, sentence_length=None)
    page = opened(ward)
    standings = [each.standing for each in page._now.assessment.classes]
    assert None in standings, "to be assessed first"
    assert ward.focus().text() == "What it is decided on…"
    ward.press(Qt.Key.Key_Return)
    ward.settle()
    assert page._stack.currentWidget() is page.facts


def test_another_class_leads_on_to_the_cards_with_what_to_do(ward: Ward) -> None:
    """A review that asks for another class and leads nowhere leaves the class as it was."""
    page = reviewed(ward, outcome="change_class")
    assert page._stack.currentWidget() is page.overview
    assert page.overview.cards[RegimeClass.GRADUAL_REDUCTION].choose.hasFocus()
    assert "Now choose the other class" in ward.sentence()


@pytest.mark.parametrize("begin", ["begin_facts", "begin_review", "begin_end"])
def test_what_was_said_of_the_last_step_goes_with_the_next_panel(ward: Ward, begin: str) -> None:
    """*Signed* over a plan that nobody signed: the next one is taken for signed, and is not."""
    page = reviewed(ward, outcome="continue")
    assert ward.sentence().startswith("Reviewed:")
    getattr(page, begin)()
    ward.settle()
    assert ward.sentence() == ""


def test_what_follows_a_review_is_said_over_its_panel(ward: Ward) -> None:
    """A panel that opens by itself, and does not say why, is closed again."""
    page = reviewed(ward, outcome="stop")
    assert page._stack.currentWidget() is page.end
    assert "Now enter the last day" in ward.sentence()


@pytest.mark.parametrize(("key", "sentence_length"), [("reason", "P3Y"), ("next_due", "P20W")])
def test_a_review_that_is_refused_shows_which_field_is_wrong(ward: Ward, key: str, sentence_length: str) -> None:
    """A sentence at the head of a long page, and the keyboard elsewhere: the review is left, and is lost."""
    page = reviewed(ward, sentence_length, **{"outcome": "continue", key: ""})
    field = page.review.fields[key]
    assert field.error()
    assert any(target.hasFocus() for target in field.input.targets())
    assert page.review.notice.sentence() == ""


def test_a_review_opens_at_its_beginning_again(ward: Ward) -> None:
    """Opened where the last one was left, the first questions are passed over."""
    page = reviewed(ward, outcome="continue")
    page.begin_review()
    ward.settle()
    for side in page.review._sides:
        side.verticalScrollBar().setValue(side.verticalScrollBar().maximum())
    page._back_to_person()
    page.begin_review()
    ward.settle()
    assert [side.verticalScrollBar().value() for side in page.review._sides] == [0, 0]
    assert any(target.hasFocus() for target in page.review.fields["outcome"].input.targets())


def test_one_medicine_is_stopped_in_the_window_and_the_rest_goes_on(ward: Ward) -> None:
    """Too drowsy for the diazepam, and the only way to stop it ends the methadone too."""
    patient = a_patient(ward.desk)
    chosen(ward.desk, patient)
    ordered(ward.desk, patient, an_ordering(Ordered.DIAZEPAM, a_schedule(amount=10)))
    page = opened(ward)
    page.overview._end.click()
    ward.settle()
    end = page.end
    assert (end._ask.title.text(), end.fields["what"].value()) == ("End or stop", None), "nothing is answered for her"
    ward.type("2")
    ward.settle()
    assert (end._ask.title.text(), end._loss.isHidden()) == ("Stop diazepam", True)
    ward.press(Qt.Key.Key_Return)
    for words in ("2 Jun 2010", "drowsy at noon", "", "what to watch for", "A", "nobody"):
        ward.type(words)
        ward.press(Qt.Key.Key_Return)
        ward.settle()
    assert any("10 mg of diazepam a day stop" in line.sentence for line in end.findings.lines)
    end.save()
    ward.settle()
    assert page._stack.currentWidget() is end, "nothing stops while it has not been read"
    ward.type("Y")
    ward.control(Qt.Key.Key_S)
    ward.settle()
    assert ward.sentence() == "Diazepam stopped after Wed 2 Jun 2010."
    held = now_of(ward.desk, patient).treatment
    assert [each.medicine for each in held.orders_on(date(2010, 6, 3))] == [Ordered.METHADONE]
    assert held.regime_on(date(2010, 6, 3))


def test_a_nurse_is_not_led_to_what_she_may_not_sign(ward: Ward) -> None:
    """A whole review written, and refused at its end."""
    chosen(ward.desk, a_patient(ward.desk))
    overview = opened(ward, Role.NURSE).overview
    assert overview._review.isHidden()
    assert overview._end.isHidden()
    assert not overview._letter.isHidden()


def test_enter_goes_from_question_to_question_and_at_last_to_the_signature(ward: Ward) -> None:
    """Enter that opens a source, or stands on a picture: the hand that typed all day looks for the mouse to sign."""
    chosen(ward.desk, a_patient(ward.desk, sentence_length="P3Y"), reason="history", review_on=date(2010, 9, 1))
    page = opened(ward)
    page.begin_review()
    ward.settle()
    assert page.review.findings.findChildren(QPushButton), "there are sources, reached by Tab"
    page.review.fields["outcome"].take_focus()
    ward.press(Qt.Key.Key_C)
    assert through_by_enter(ward) == "Record the review"
    page._back_to_person()
    page.begin_plan(RegimeClass.MAINTENANCE)
    ward.settle()
    entered(ward, page.plan, dose="40")
    page.plan.choice.fields["supervised"].take_focus()
    assert page.plan._schedule.chart.isVisible()
    assert through_by_enter(ward) == "Sign the order"
    page.plan._schedule.fields["morning"].take_focus()
    assert through_by_enter(ward) == "Change these days by hand", "where somebody went by Tab, Enter goes on too"


def through_by_enter(ward: Ward) -> str:
    """Enter until the keyboard stands on a button that decides something; its words."""
    for _ in range(30):
        here = ward.focus()
        if isinstance(here, QPushButton) and not any(isinstance(up, Input) for up in _above(here)):
            return here.text()
        assert not isinstance(here, DayPicture), "a picture is looked at, and not answered"
        ward.press(Qt.Key.Key_Return)
    raise AssertionError("Enter comes to no end")


def _above(widget: QWidget) -> Iterator[QWidget]:
    up = widget.parentWidget()
    while up is not None:
        yield up
        up = up.parentWidget()


def focused(ward: Ward, field: Field) -> bool:
    return any(target is ward.focus() for target in field.input.targets())


@pytest.mark.parametrize(
    ("without", "given"),
    [("reason", {"agreed": "A", "read": "Y"}), ("agreed", {"reason": "history"}), ("read", {"agreed": "A"})],
)
def test_a_plan_that_is_refused_takes_the_keyboard_to_what_is_missing(
    ward: Ward, without: str, given: dict[str, str]
) -> None:
    """The sentence stands above a long page, the field below its edge: it is signed on paper in the end."""
    patient = a_patient(ward.desk, sentence_length="P3Y")
    page = opened(ward)
    page.begin_plan(RegimeClass.MAINTENANCE)
    ward.settle()
    entered(ward, page.plan, medicine="methadone", start="20", rise="5", target="30")
    answered_for(ward, page.plan, **given)
    if without == "read":
        answered_for(ward, page.plan, reason="history")
    ward.control(Qt.Key.Key_S)
    assert page.plan.notice.sentence()
    assert focused(ward, page.plan.choice.fields[without])
    assert now_of(ward.desk, patient).treatment.regimes == ()


def test_a_plan_without_a_course_takes_the_keyboard_to_the_course(ward: Ward) -> None:
    """*Enter it*, and the keyboard stands on the button that was refused."""
    a_patient(ward.desk)
    page = opened(ward)
    page.begin_plan(RegimeClass.MAINTENANCE)
    ward.settle()
    page.plan._sign.setFocus()
    page.plan.sign()
    assert focused(ward, page.plan.course.fields["titration"]["medicine"])


def ending(ward: Ward) -> RegimePage:
    """Somebody's regime is being ended; nothing that must be read has been read."""
    chosen(ward.desk, a_patient(ward.desk))
    page = opened(ward)
    page.overview._end.click()
    ward.settle()
    for key, said in {"what": "C", "last": "3 Jun", "why": "moved elsewhere", "agreed": "A"}.items():
        page.end.fields[key].take_focus()
        ward.type(said)
        ward.settle()
    return page


@pytest.mark.parametrize(("key", "words"), [("why", "-"), ("read", ""), ("last", "1 May 2010")])
def test_an_end_that_is_refused_takes_the_keyboard_to_what_is_wrong(ward: Ward, key: str, words: str) -> None:
    """What is wrong is looked for on the whole page, the man waits, and the end is not written."""
    page = ending(ward)
    field = page.end.fields[key]
    if words:
        field.take_focus()
        ward.focus().selectAll()
        ward.type(words)
        ward.settle()
    ward.control(Qt.Key.Key_S)
    assert field.error()
    assert focused(ward, field)
    assert page.end.notice.sentence() == ""


def test_an_end_is_looked_at_again_after_somebody_else_changed_it_and_the_words_stay(ward: Ward) -> None:
    """Refused for good, he leaves the page, and all that the person said is typed a second time, or not at all."""
    page = ending(ward)
    end = page.end
    end.fields["read"].take_focus()
    ward.type("Y")
    patient = page._now.person.patient_id
    ordered(ward.desk, Patient(patient, page._now.stay.id), an_ordering(Ordered.METHADONE, a_schedule(amount=35)))
    ward.control(Qt.Key.Key_S)
    assert "has changed this regime since you opened it" in end.notice.sentence()
    assert ward.focus().text() == "Look at it as it stands now", "the keyboard stands on what can be done"
    ward.press(Qt.Key.Key_Return)
    ward.settle()
    assert "methadone 35 mg a day (H. Castellan)" in end.notice.sentence()
    said = {key: field.value() for key, field in end.fields.items()}
    assert (said["what"], said["last"], said["why"], said["agreed"]) == (
        "regime",
        "2010-06-03",
        "moved elsewhere",
        "yes",
    )
    assert said["read"] is None, "what must be read is read of what stands now"
    assert any("35 mg of methadone a day stop" in line.sentence for line in end.findings.lines)
    end.fields["read"].take_focus()
    ward.type("Y")
    ward.control(Qt.Key.Key_S)
    assert "Ended after Thu 3 Jun 2010" in ward.sentence()
