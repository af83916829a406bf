"""Courses of each kind in the real window: a planned switch, alcohol withdrawal, by hand, where nothing is signed."""

from datetime import date, timedelta

import pytest
from factories import EVENING
from PySide6.QtCore import Qt
from the_prescriber import answered_for, chose, entered, opened
from treatment import a_patient, answered, by, chosen, now_of
from ward import Ward

from pdtdesk.domain.reception.facts import Sex
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.roles import Role
from pdtdesk.services.regime.giving import medicine_round
from pdtdesk.services.regime.record import write_assessment

TODAY = EVENING.date()


def given_on(ward: Ward, patient, day: date) -> list[tuple[str, str, str]]:
    """What the round of a day has for somebody."""
    rows = medicine_round(by(ward.desk, signed=True), day)
    return [
        (row.medicine.value, row.due.slot, str(row.mg)) for row in rows if row.due.patient_id == patient.patient_id
    ]


@pytest.mark.hazard("H-008")
def test_a_planned_switch_never_leaves_a_day_with_both(ward: Ward) -> None:
    """Methadone in the morning and buprenorphine at noon of one day throws him into withdrawal on the landing."""
    patient = a_patient(ward.desk)
    chosen(ward.desk, patient)
    page = opened(ward)
    page.begin_plan(RegimeClass.MAINTENANCE)
    ward.settle()
    chose(ward, page.plan, "conversion")
    entered(
        ward,
        page.plan,
        from_medicine="methadone",
        from_dose="20",
        last_dose_at="4 Jun 08:00",
        medicine="buprenorphine",
        gap_hours="48",
        start="4",
        rise="2",
        every="1",
        target="8",
    )
    assert "Methadone is given until Fri 4 Jun 2010" in page.plan._schedule.compared.text()
    answered_for(ward, page.plan, told="two days without", agreed="A", read="Y")
    ward.control(Qt.Key.Key_S)
    assert "Signed: buprenorphine" in ward.sentence(), page.plan.notice.sentence()
    now = now_of(ward.desk, patient)
    days = [
        {
            order.medicine
            for order in now.treatment.orders_on(TODAY + timedelta(days=n))
            if order.schedule.on(TODAY + timedelta(days=n))
        }
        for n in range(10)
    ]
    assert days[0] == days[3] == {Ordered.METHADONE}
    assert days[4] == set()
    assert days[6] == {Ordered.BUPRENORPHINE}
    assert all(len(each) <= 1 for each in days)
    assert not now.treatment.conflicting
    assert len({order.course for order in now.treatment.orders}) == 1


def test_an_alcohol_course_is_ordered_beside_the_class_with_its_four_times_a_day(ward: Ward) -> None:
    """D-13: without the course, a man who drank forty units has his fit on the second night."""
    patient = a_patient(ward.desk)
    page = opened(ward)
    page.begin_plan(None)
    ward.settle()
    entered(ward, page.plan, units="40", course_start="lower")
    assert str(page.plan._planned.schedule.daily_on(TODAY)) == "120 mg"
    answered_for(ward, page.plan, agreed="A", read="Y")
    ward.control(Qt.Key.Key_S)
    assert given_on(ward, patient, TODAY) == [
        ("chlordiazepoxide", slot, "30 mg") for slot in ("morning", "noon", "evening", "night")
    ]
    assert now_of(ward.desk, patient).treatment.regimes == ()


def test_an_order_by_score_carries_the_prescribers_words_to_the_round(ward: Ward) -> None:
    """A ceiling without at which score it is reached is an order that nobody can give by."""
    patient = a_patient(ward.desk)
    page = opened(ward)
    page.begin_plan(None)
    ward.settle()
    chose(ward, page.plan, "alcohol_by_score")
    entered(ward, page.plan, days="3", most="20", times="4", words="score over 15: 20 mg; over 30 call me")
    answered_for(ward, page.plan, agreed="A", read="Y")
    ward.control(Qt.Key.Key_S)
    (order,) = now_of(ward.desk, patient).treatment.orders
    assert order.instructions == "score over 15: 20 mg; over 30 call me"


def test_units_between_the_printed_bands_propose_nothing_and_say_so(ward: Ward) -> None:
    """D-13 prints no course for 27 units: one that is made up between two bands is nobody's."""
    a_patient(ward.desk)
    page = opened(ward)
    page.begin_plan(None)
    ward.settle()
    entered(ward, page.plan, units="27")
    assert page.plan._planned.schedule is None
    assert page.plan.findings.lines
    ward.control(Qt.Key.Key_S)
    assert "no course to sign yet" in page.plan.notice.sentence()


@pytest.mark.hazard("H-006")
def test_for_a_pregnant_woman_a_prescriber_writes_the_course_by_hand_with_the_reason(ward: Ward) -> None:
    """S-01: nothing is proposed, and care is not refused: she is on methadone and must not be left without."""
    patient = a_patient(ward.desk, sex=Sex.FEMALE)
    answered(ward.desk, patient, risk__pregnant="yes")
    page = opened(ward)
    page.begin_plan(RegimeClass.MAINTENANCE)
    ward.settle()
    chose(ward, page.plan, "by_hand")
    entered(ward, page.plan, medicine="methadone", morning="20", evening="20")
    answered_for(ward, page.plan, agreed="A", read="Y")
    ward.control(Qt.Key.Key_S)
    assert "Decide with the midwife" in page.plan.notice.sentence()
    answered_for(ward, page.plan, lift="with the midwife, split dose")
    ward.control(Qt.Key.Key_S)
    tomorrow = TODAY + timedelta(days=1)
    assert given_on(ward, patient, tomorrow) == [("methadone", "morning", "20 mg"), ("methadone", "evening", "20 mg")]


@pytest.mark.hazard("H-006")
def test_on_naltrexone_no_opioid_is_proposed(ward: Ward) -> None:
    """An opioid on naltrexone does not act, and then acts all at once."""
    a_patient(
        ward.desk,
        {"prescribed.any": "yes", "prescribed.medicine": "naltrexone", "prescribed.daily": "50"},
    )
    page = opened(ward)
    page.begin_plan(RegimeClass.MAINTENANCE)
    ward.settle()
    entered(ward, page.plan, medicine="methadone", start="20", rise="5", target="40")
    assert page.plan._planned.schedule is None
    assert any("naltrexone" in line.sentence.lower() for line in page.plan.findings.lines)


def test_a_mistyped_course_says_what_is_wrong_and_keeps_what_was_entered(ward: Ward) -> None:
    """A step of 0 mg would never end; a page that empties itself is filled in on paper the next time."""
    a_patient(ward.desk)
    page = opened(ward)
    page.begin_plan(RegimeClass.GRADUAL_REDUCTION)
    ward.settle()
    entered(ward, page.plan, medicine="methadone", from_dose="40", step="0", interval="7")
    assert page.plan.findings.lines[0].chip == "Correct this"
    fields = page.plan.course.fields["reduction"]
    assert (fields["from_dose"].value(), fields["interval"].value()) == ("40", "7")
    entered(ward, page.plan, step="5")
    assert page.plan._planned.schedule is not None


def test_a_reason_that_guidance_names_is_taken_by_one_key(ward: Ward) -> None:
    """Typed each time, it is typed as one word; and help with low mood is not a serious history (R-13)."""
    patient = a_patient(ward.desk, {"risk.mental_health": "yes"}, sentence_length="P3Y")
    chosen(ward.desk, patient, reason="held until seen", review_on=date(2010, 9, 1))
    page = opened(ward)
    page.begin_review()
    ward.settle()
    assert page.review.occasions.buttons == []
    write_assessment(ward.desk.acting(Role.PRESCRIBER), patient.patient_id, {"risk.serious_mental_health": "yes"})
    page.open_person(patient.patient_id)
    ward.settle()
    page.begin_review()
    ward.settle()
    (serious,) = page.review.occasions.buttons
    serious.click()
    assert page.review.fields["reason"].value() == "a history of a serious mental health problem"
