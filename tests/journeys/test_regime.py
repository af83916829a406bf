"""A prescriber at the real window: who waits, what guidance says, a choice, its course, a review and a change."""

from datetime import date, timedelta

import pytest
from factories import EVENING
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from the_prescriber import answered_for, at_the_list, entered, opened
from treatment import TODAY, a_patient, answered, chosen, now_of
from ward import Ward

from pdtdesk.domain.reception.facts import Sex
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.roles import Role
from pdtdesk.services.desk.staff import renew_leases
from pdtdesk.ui.regime.said import cells


@pytest.mark.hazard("H-006")
def test_somebody_who_waits_is_put_on_maintenance_by_keys(ward: Ward) -> None:
    """If one step needs a mouse or is not saved, the man on B1-07 has no order in the morning. At twenty to ten the
    course begins with the next morning's round: this morning's is over, and nobody would give its first dose."""
    patient = a_patient(ward.desk)
    page = opened(ward)
    assert ward.window.shell.banner.facts.name.startswith("SPARROW")
    assert page.overview.cards[RegimeClass.MAINTENANCE].choose.hasFocus()
    ward.press(Qt.Key.Key_Return)
    ward.settle()
    entered(ward, page.plan, medicine="methadone", start="20", rise="5", target="40")
    answered_for(ward, page.plan, told="what it is for", agreed="A", read="Y")
    ward.control(Qt.Key.Key_S)
    now = now_of(ward.desk, patient)
    (regime,), (order,) = now.treatment.regimes, now.treatment.orders
    assert (regime.declared, regime.standing, regime.wish.told) == (
        RegimeClass.MAINTENANCE,
        "offered",
        "what it is for",
    )
    assert [str(order.schedule.daily_on(EVENING.date() + timedelta(days=n))) for n in (0, 1, 2, 5, 60)] == [
        "0 mg",
        "20 mg",
        "25 mg",
        "40 mg",
        "40 mg",
    ]
    assert "Signed: maintenance, methadone" in ward.sentence()
    assert [cells(row, EVENING.date())[0] for row in page.rows()] == ["Signed, to begin"]
    card = page.overview.cards[RegimeClass.MAINTENANCE]
    assert card.choose.text() == "Change its schedule", "signed once, it does not look as if nobody had"
    said = [label.text() for label in page.overview.findChildren(QLabel)]
    assert "declared from Wed 2 Jun" in said
    assert "methadone from Wed 2 Jun: morning 20 mg, supervised" in said
    page.begin_plan(RegimeClass.MAINTENANCE)
    ward.settle()
    steady = page.plan.course.fields["maintenance"]
    assert (steady["dose"].value(), steady["first_day"].value()) == ("20", "2010-06-02")


@pytest.mark.hazard("H-006")
def test_a_longer_sentence_asks_for_the_reason_and_blocks_nothing(ward: Ward) -> None:
    """A departure without its reason cannot be explained years later; one that is blocked goes on paper instead."""
    patient = a_patient(ward.desk, sentence_length="P3Y")
    page = opened(ward)
    ward.press(Qt.Key.Key_Return)
    ward.settle()
    entered(ward, page.plan, medicine="methadone", start="20", rise="5", target="30")
    answered_for(ward, page.plan, agreed="A", read="Y")
    ward.control(Qt.Key.Key_S)
    assert "needs a reason: give the reason" in page.plan.notice.sentence()
    assert now_of(ward.desk, patient).treatment.regimes == ()
    answered_for(ward, page.plan, reason="assessed with the psychiatrist")
    ward.control(Qt.Key.Key_S)
    (regime,) = now_of(ward.desk, patient).treatment.regimes
    assert (regime.standing, regime.reason) == ("needs_reason", "assessed with the psychiatrist")
    assert regime.review_on == date(2010, 9, 1)


@pytest.mark.hazard("H-006")
@pytest.mark.parametrize(
    ("field", "typed"), [("start", "25 ml"), ("start", "30,5"), ("target", "2 g"), ("first_day", "1 Jluy")]
)
def test_a_field_that_cannot_be_read_is_never_taken_for_an_empty_one(ward: Ward, field: str, typed: str) -> None:
    """The signed first dose would be ordered in the place of the one that she mistyped."""
    patient = a_patient(ward.desk)
    page = opened(ward)
    ward.press(Qt.Key.Key_Return)
    ward.settle()
    entered(ward, page.plan, medicine="methadone", start="20", rise="5", target="30")
    answered_for(ward, page.plan, agreed="A", read="Y")
    entered(ward, page.plan, **{field: typed})
    assert page.plan._planned is None
    ward.control(Qt.Key.Key_S)
    assert now_of(ward.desk, patient).treatment.orders == ()
    assert "Nothing was signed" in page.plan.notice.sentence()
    assert page.plan.course.fields["titration"][field].isAncestorOf(ward.focus())


def test_a_review_day_that_cannot_be_read_is_said(ward: Ward) -> None:
    """A key that does nothing is pressed again, and then the PC is blamed and the order goes on paper."""
    patient = a_patient(ward.desk)
    page = opened(ward)
    ward.press(Qt.Key.Key_Return)
    ward.settle()
    entered(ward, page.plan, medicine="methadone", start="20", rise="5", target="30")
    answered_for(ward, page.plan, agreed="A", read="Y")
    page.plan.choice.fields["review_on"].take_focus()
    ward.focus().selectAll()
    ward.type("31 Jnue")
    ward.control(Qt.Key.Key_S)
    assert "Review on: " in page.plan.notice.sentence()
    assert now_of(ward.desk, patient).treatment.orders == ()


@pytest.mark.hazard("H-006")
def test_a_change_of_schedule_begins_with_todays_dose(ward: Ward) -> None:
    """Opened to see, and signed by habit: a rise that nobody asked for."""
    patient = a_patient(ward.desk)
    chosen(ward.desk, patient)
    page = opened(ward)
    page.begin_plan(RegimeClass.MAINTENANCE)
    ward.settle()
    answered_for(ward, page.plan, agreed="A", read="Y")
    ward.control(Qt.Key.Key_S)
    orders = now_of(ward.desk, patient).treatment.orders_on(TODAY)
    assert [str(each.schedule.daily_on(TODAY)) for each in orders] == ["20 mg"]
    assert orders[0].schedule.highest == orders[0].schedule.daily_on(TODAY)


@pytest.mark.hazard("H-006")
def test_nothing_is_signed_before_what_must_be_read_was_read(ward: Ward) -> None:
    """A detoxification whose loss of tolerance nobody read of is a death outside the gate."""
    patient = a_patient(ward.desk)
    page = opened(ward)
    page.begin_plan(RegimeClass.DETOXIFICATION)
    ward.settle()
    entered(ward, page.plan, medicine="methadone", from_dose="30", step="2", interval="1")
    assert any("tolerance" in line.sentence for line in page.plan.findings.lines)
    answered_for(ward, page.plan, agreed="A")
    ward.control(Qt.Key.Key_S)
    assert "Read this before you sign" in page.plan.notice.sentence()
    assert now_of(ward.desk, patient).treatment.regimes == ()


def test_two_courses_stand_beside_each_other_with_the_day_each_ends(ward: Ward) -> None:
    """Without both ends against release nobody sees that the slower one ends a month after the gate."""
    a_patient(ward.desk)
    page = opened(ward)
    page.begin_plan(RegimeClass.GRADUAL_REDUCTION)
    ward.settle()
    entered(ward, page.plan, medicine="methadone", from_dose="40", step="5", interval="7")
    page.plan._keep.click()
    entered(ward, page.plan, interval="14")
    said = page.plan._schedule.compared.text()
    assert said.startswith("What is entered has its last dose on ")
    assert "What was kept ends 49 days earlier" in said
    drawn = page.plan._schedule.chart.accessibleName()
    assert drawn.index("to be signed") < drawn.index("kept to compare"), "what is drawn full would be signed"
    assert len(page.plan._schedule.chart.facts.series) == 2


def test_a_day_is_changed_by_hand_and_the_rest_stays(ward: Ward) -> None:
    """The prescriber knows that he is at court on Friday: the evening dose of that one day is his to write."""
    patient = a_patient(ward.desk)
    page = opened(ward)
    ward.press(Qt.Key.Key_Return)
    ward.settle()
    entered(ward, page.plan, medicine="methadone", start="20", rise="5", target="40")
    hand = page.plan._schedule.fields
    for key, words in (("first", "4 Jun"), ("last", "4 Jun"), ("morning", "10"), ("evening", "20")):
        hand[key].take_focus()
        ward.type(words)
        ward.press(Qt.Key.Key_Return)
    page.plan._schedule._apply.click()
    ward.settle()
    answered_for(ward, page.plan, agreed="A", read="Y")
    ward.control(Qt.Key.Key_S)
    (order,) = now_of(ward.desk, patient).treatment.orders
    friday = date(2010, 6, 4)
    assert [(slot, str(mg)) for slot, mg in order.schedule.on(friday)] == [("morning", "10 mg"), ("evening", "20 mg")]
    assert str(order.schedule.daily_on(friday + timedelta(days=1))) == "35 mg"


@pytest.mark.hazard("H-006")
def test_whoever_signs_second_is_told_who_signed_first(ward: Ward) -> None:
    """Two prescribers at one desk, one after the other: the later signature would silently win."""
    patient = a_patient(ward.desk)
    page = opened(ward)
    ward.press(Qt.Key.Key_Return)
    ward.settle()
    entered(ward, page.plan, medicine="methadone", start="20", rise="5", target="40")
    answered_for(ward, page.plan, agreed="A", read="Y")
    chosen(ward.desk, patient, declared=RegimeClass.GRADUAL_REDUCTION)
    ward.control(Qt.Key.Key_S)
    assert "H. Castellan has changed this regime since you opened it" in page.plan.notice.sentence()
    assert len(now_of(ward.desk, patient).treatment.regimes) == 1


def test_a_review_asks_for_sleep_and_goes_on_to_another_schedule(ward: Ward) -> None:
    """A review that nobody could record in the window would again be none."""
    patient = a_patient(ward.desk)
    chosen(ward.desk, patient)
    ward.desk.clock.advance(days=92)
    renew_leases(ward.desk.acting(Role.ADMIN))
    page = opened(ward)
    assert page._now.assessment.reviews
    page.overview._review.click()
    ward.settle()
    fields = page.review.fields
    for key, words in (("outcome", "Another schedule"), ("took_part", "he and the nurse")):
        fields[key].take_focus()
        ward.type(words[0] if fields[key].spec.choices else words)
    fields["outcome"].set_value("change_schedule")
    ward.control(Qt.Key.Key_S)
    assert "Sleep" in fields["sleep"].error()
    fields["sleep"].take_focus()
    ward.type("wakes at four")
    ward.control(Qt.Key.Key_S)
    (review,) = now_of(ward.desk, patient).treatment.reviews
    assert (review.outcome, review.body["sleep"], review.next_due) == (
        "change_schedule",
        "wakes at four",
        date(2010, 12, 1),
    )
    assert page._stack.currentWidget() is page.plan


def test_a_nurse_sees_it_all_and_is_offered_no_signature(ward: Ward) -> None:
    """S-02: only a prescriber's signed order starts or changes an opioid substitute, at 21:40 too."""
    patient = a_patient(ward.desk)
    chosen(ward.desk, patient)
    page = opened(ward, Role.NURSE)
    assert all(card.choose.isHidden() for card in page.overview.cards.values())
    assert page.overview._end.isHidden()
    assert page.overview._other.isHidden()
    assert not page.overview._facts.isHidden()


def test_what_it_is_decided_on_is_answered_and_changes_how_a_class_stands(ward: Ward) -> None:
    """A full assessment that protects on release is what guidance asks for: it must have a place to be written."""
    patient = a_patient(ward.desk, sentence_length="P3Y")
    page = opened(ward)
    page.begin_facts()
    ward.settle()
    page.facts.fields["risk.maintenance_protects"].take_focus()
    ward.type("Y")
    ward.control(Qt.Key.Key_S)
    assert now_of(ward.desk, patient).assessment.of(RegimeClass.MAINTENANCE).standing == "offered"
    assert page._stack.currentWidget() is page.overview


def test_a_decision_is_explained_from_the_timeline_in_its_own_words(ward: Ward) -> None:
    """Years later somebody asks why: the findings of that day are what it was decided on."""
    patient = a_patient(ward.desk, sentence_length="P3Y")
    reason = {"reason": "history in the file", "review_on": date(2010, 9, 1)}
    chosen(ward.desk, patient, **reason)
    page = opened(ward)
    ward.press(Qt.Key.Key_F6)
    ward.settle()
    entry = next(row for row in page.timeline.list.rows() if row.title.startswith("Regime decided"))
    page.timeline.list.opened.emit(entry.id)
    ward.settle()
    said = page.entry._said.text()
    assert "history in the file" in said
    assert "maintenance needs a recorded reason and a date of review" in said
    assert "The guidance of Tue 1 Jun 2010 has changed here since" in said, "by its day, and not by its fingerprint"
    assert "stood as: needs reason" in said
    assert "(Coming Clean, " in said, "a source is named, and not by a number of this product's own"


def test_a_lock_leaves_nothing_of_a_choice_for_whoever_comes_next(ward: Ward) -> None:
    """The next one at the shared PC would sign what another has entered."""
    a_patient(ward.desk)
    page = opened(ward)
    ward.press(Qt.Key.Key_Return)
    ward.settle()
    entered(ward, page.plan, medicine="methadone", start="20", rise="5", target="40")
    ward.window.lock("by hand")
    ward.settle()
    again = at_the_list(ward)
    assert again is not page
    assert again._stack.currentWidget() is again._list


def test_a_child_a_remand_and_a_wish_read_as_guidance_has_them(ward: Ward) -> None:
    """The card would say offered of somebody for whom no rule of this page was written."""
    patient = a_patient(ward.desk, born=date(1993, 1, 1))
    page = opened(ward)
    assert all("assess first" in card.accessibleName() for card in page.overview.cards.values())
    assert any("Under 18" in line.sentence for line in page.overview.beside.lines) or any(
        "Under 18" in found.sentence for found in now_of(ward.desk, patient).assessment.findings
    )


@pytest.mark.hazard("H-006")
def test_a_pregnant_woman_is_proposed_no_schedule(ward: Ward) -> None:
    """S-01: detoxification is exceptional and no schedule is proposed: the prescriber decides with the midwife."""
    patient = a_patient(ward.desk, sex=Sex.FEMALE)
    answered(ward.desk, patient, risk__pregnant="yes")
    page = opened(ward)
    assert page.overview.cards[RegimeClass.DETOXIFICATION].choose.text() == "Plan this, with a reason"
    page.begin_plan(RegimeClass.DETOXIFICATION)
    ward.settle()
    entered(ward, page.plan, medicine="methadone", from_dose="30", step="2", interval="1")
    assert page.plan._planned.schedule is None
    ward.control(Qt.Key.Key_S)
    assert "no course to sign yet" in page.plan.notice.sentence()


def test_ending_a_regime_says_what_it_takes_away(ward: Ward) -> None:
    """An order that goes on after the regime has ended is given in the morning."""
    patient = a_patient(ward.desk)
    chosen(ward.desk, patient)
    page = opened(ward)
    page.overview._end.click()
    ward.settle()
    for key, said in {"what": "C", "last": "3 Jun", "why": "moved to another programme", "agreed": "D"}.items():
        page.end.fields[key].take_focus()
        ward.type(said)
        ward.settle()
    ward.control(Qt.Key.Key_S)
    assert now_of(ward.desk, patient).treatment.regimes[-1].until is None, "nothing is ended before it was read"
    codes = {each.code for each in page.end._found}
    assert {"RG-STOPS-WITHOUT-STEPS", "RG-SCHEDULE-OVERDOSE-AFTER-RELEASE", "RG-CHANGED-WITHOUT-AGREEMENT"} <= codes
    page.end.fields["read"].take_focus()
    ward.type("Y")
    ward.control(Qt.Key.Key_S)
    now = now_of(ward.desk, patient)
    assert [each.until for each in (*now.treatment.regimes, *now.treatment.orders)] == [date(2010, 6, 3)] * 2
    assert "Ended after Thu 3 Jun 2010" in ward.sentence()
    ward.settle()
    (row,) = page.rows()
    assert cells(row, TODAY)[3].endswith("\nends after Thu 3 Jun 2010"), "in the list"
    assert "ends after Thu 3 Jun 2010" in " ".join(
        each.text() for each in page.overview.cards[RegimeClass.MAINTENANCE].findChildren(QLabel)
    ), "on the card"


def test_the_list_shows_first_who_has_to_be_seen_to(ward: Ward) -> None:
    """Among a hundred and fifty people the one who waits would stand under W."""
    settled = a_patient(ward.desk, surname="Abbott", prison_number="A1111AA")
    chosen(ward.desk, settled, review_on=date(2010, 9, 1))
    a_patient(ward.desk, surname="Zeller", prison_number="A2222BB")
    page = at_the_list(ward)
    assert [row.surname.title() for row in page.rows()] == ["Zeller", "Abbott"]
    assert "1 to see to" in page._list.note.text()
    (waits, *_) = page.rows()
    assert waits.priority
    assert waits.arrived_at is not None
    assert cells(waits, TODAY)[0].startswith(f"! Awaiting a regime: {waits.priority}\n"), (
        "the priority of the triage is in the row"
    )


@pytest.mark.hazard("H-006")
def test_a_change_without_agreement_is_read_and_can_be_signed(ward: Ward) -> None:
    """A line that must be read and is nowhere shown: the only way out is to write, untruly, that he agreed."""
    patient = a_patient(ward.desk)
    chosen(ward.desk, patient)
    before = now_of(ward.desk, patient).treatment.orders
    page = opened(ward)
    page.begin_plan(RegimeClass.MAINTENANCE)
    ward.settle()
    answered_for(ward, page.plan, told="it helps", agreed="D")
    assert any("without agreement" in line.sentence for line in page.plan.findings.lines)
    answered_for(ward, page.plan, read="Y")
    ward.control(Qt.Key.Key_S)
    after = now_of(ward.desk, patient).treatment.orders
    assert len(after) == len(before) + 1, page.plan.notice.sentence()
    assert {each.body["wish"]["agreed"] for each in after} == {"yes", "no"}
