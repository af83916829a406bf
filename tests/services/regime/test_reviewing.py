"""A regime is looked at again: what the review shows, what it asks for, and when the next one is due."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from factories import TestDesk
from treatment import (
    AGREED,
    AWAKE,
    DROWSY,
    PHOTOGRAPH,
    TODAY,
    Patient,
    a_choice,
    a_patient,
    an_ordering,
    answered,
    by,
    chosen,
    due,
    given,
    now_of,
    on_methadone,
    tomorrow,
    treatment,
)

from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.since_last import hours_since_witnessed
from pdtdesk.services.refusals import Changed, NotAllowed, Refused
from pdtdesk.services.regime import choosing, record
from pdtdesk.services.regime.handing import hand_out
from pdtdesk.services.regime.lifting import Lifting, lift, look_again
from pdtdesk.services.regime.reviewing import Review, next_review, open_review, record_review

PRESCRIBER = Role.PRESCRIBER


def a_review(desk: TestDesk, patient: Patient, **given_: object) -> Review:
    """Goes on as it is; he was there; looked at again in three months."""
    now = now_of(desk, patient)
    values: dict[str, object] = {
        "outcome": "continue",
        "reason": "",
        "took_part": "Mr Sparrow, his CARAT worker",
        "sleep": "sleeps through",
        "wish": AGREED,
        "next_due": now.today + timedelta(days=90),
        "seen": choosing.seen_of(now),
    }
    return Review(**{**values, **given_})


def reviewed(desk: TestDesk, patient: Patient, **given_: object):
    return record_review(by(desk, PRESCRIBER), patient.patient_id, a_review(desk, patient, **given_))


def test_a_review_shows_all_that_was_since_the_last_one(ward: TestDesk) -> None:
    """Otherwise a dose is continued by whoever has not seen that he slept through half of May."""
    patient = on_methadone(ward)
    given(ward, patient)
    for outcome in (Outcome.REFUSED, Outcome.REFUSED):
        tomorrow(ward)
        given(ward, patient, outcome)
    tomorrow(ward)
    dose = due(ward, patient)
    hand_out(by(ward), dose, replace(PHOTOGRAPH, look=DROWSY))
    at = ward.clock.now()
    shown = open_review(by(ward, PRESCRIBER), patient.patient_id)
    assert [each.outcome for each in shown.doses] == [Outcome.TAKEN, Outcome.REFUSED, Outcome.REFUSED]
    assert shown.not_taken == ((TODAY + timedelta(days=2), 2),)
    assert shown.sedated == (at,)
    assert (shown.since, shown.slots, shown.before) == (TODAY, ("morning",), None)
    assert {each["code"] for each in shown.then} >= {Code.MAINTENANCE_SHORT}
    assert any(said.startswith("New: ") and "Drowsy" in said for said in shown.changed_since)
    with ward.store.reading() as work:
        assert work.audit_page(None, 1, None)[0].line.what == "opened the review of the regime"
    reviewed(ward, patient)
    tomorrow(ward)
    after = open_review(by(ward, PRESCRIBER), patient.patient_id)
    assert (after.since, len(after.doses)) == (TODAY + timedelta(days=3), 0)
    assert after.before is not None
    assert after.before.took_part == "Mr Sparrow, his CARAT worker"


def test_a_review_says_who_was_there_how_he_slept_and_when_it_is_looked_at_again(ward: TestDesk) -> None:
    """Otherwise a review is a date in a box."""
    patient = on_methadone(ward)
    for wrong, said in (
        ({"outcome": "fine"}, "what came of the review"),
        ({"took_part": " "}, "who took part"),
        ({"sleep": ""}, "Sleep is asked"),
        ({"next_due": None}, "the next review"),
        ({"next_due": TODAY}, "has passed"),
        ({"seen": frozenset()}, "changed this regime since"),
    ):
        with pytest.raises(Refused, match=said):
            reviewed(ward, patient, **wrong)
    for role in (Role.NURSE, Role.LEAD, Role.CARAT):
        with pytest.raises(NotAllowed):
            record_review(by(ward, role), patient.patient_id, a_review(ward, patient))
    now = reviewed(ward, patient)
    (held,) = now.treatment.reviews
    assert (held.on, held.outcome, held.next_due) == (TODAY, "continue", TODAY + timedelta(days=90))
    assert held.body["sleep"] == "sleeps through"
    assert held.body["parameters"] == now.assessment.parameters
    assert record.regimes(by(ward))[0].review_on == TODAY + timedelta(days=90)


@pytest.mark.hazard("H-006")
def test_going_on_where_guidance_does_not_offer_it_asks_for_the_reason_again(ward: TestDesk) -> None:
    """Otherwise a reason of two years ago maintains a long sentence without review (R-14, R-18)."""
    patient = a_patient(ward, sentence_length="P60W")
    chosen(ward, patient, reason="two overdoses", review_on=TODAY + timedelta(days=28))
    with pytest.raises(Refused, match="say why"):
        reviewed(ward, patient)
    assert reviewed(ward, patient, reason="an overdose on home leave").treatment.reviews
    assert reviewed(ward, patient, outcome="stop", next_due=None).treatment.reviews


def test_a_review_of_what_was_changed_meanwhile_is_not_signed(ward: TestDesk) -> None:
    """Otherwise a review continues a regime that a colleague has just ended."""
    patient = on_methadone(ward)
    made = a_review(ward, patient)
    choosing.choose(by(ward, PRESCRIBER), patient.patient_id, a_choice(ward, patient))
    with pytest.raises(Changed):
        record_review(by(ward, PRESCRIBER), patient.patient_id, made)


def test_whoever_has_no_regime_has_none_to_review(ward: TestDesk) -> None:
    """Otherwise an empty page stands for a regime that nobody chose."""
    patient = a_patient(ward)
    with pytest.raises(Refused, match="no regime in force"):
        open_review(by(ward), patient.patient_id)


@pytest.mark.parametrize(
    ("on", "falls"),
    [
        (date(2010, 6, 2), date(2010, 9, 2)),
        (date(2010, 11, 30), date(2011, 2, 28)),
        (date(2011, 11, 30), date(2012, 2, 29)),
        (date(2010, 8, 31), date(2010, 11, 30)),
    ],
)
def test_the_next_review_is_three_calendar_months_on_clamped_to_the_months_end(
    ward: TestDesk, on: date, falls: date
) -> None:
    """Otherwise a review of the thirty-first is due on a day that does not exist (R-07, R-22)."""
    params = by(ward).policy.on(on)
    for declared in (RegimeClass.MAINTENANCE, RegimeClass.GRADUAL_REDUCTION):
        assert next_review(declared, on, params) == falls
    for declared in (RegimeClass.STABILISATION, RegimeClass.DETOXIFICATION):
        assert next_review(declared, on, params) is None


def test_a_review_on_a_sunday_or_bank_holiday_is_planned_for_the_day_before(ward: TestDesk) -> None:
    """Otherwise it is planned for a day on which nobody sits at the desk, and slips (S-05)."""
    for at, planned in ((date(2010, 6, 5), date(2010, 9, 4)), (date(2010, 9, 25), date(2010, 12, 24))):
        ward.clock.at = datetime(at.year, at.month, at.day, 8, 30, tzinfo=LONDON)
        patient = a_patient(
            ward, surname=f"Wren{at.month}", prison_number=f"A{at.day:04d}CK", release_on=at.replace(year=2011)
        )
        chosen(ward, patient, reason="as before", review_on=at + timedelta(days=30))
        assert open_review(by(ward), patient.patient_id).next_due == planned


@pytest.mark.hazard("H-006")
def test_an_overdue_review_is_said_until_it_was_held(ward: TestDesk) -> None:
    """Otherwise courses go on for months without anybody looking, as in 2010 (R-22)."""
    patient = on_methadone(ward)
    codes = []
    for days in (92, 1, 0):
        ward.clock.advance(days=days)
        if days == 0:
            reviewed(ward, patient, reason="as before")
        codes.append({each.code for each in now_of(ward, patient).assessment.findings})
    assert Code.REVIEW in codes[0], "due today is not overdue"
    assert Code.REVIEW_OVERDUE in codes[1]
    assert Code.REVIEW_OVERDUE not in codes[2]


def test_a_new_choices_review_takes_the_place_of_an_older_reviews(ward: TestDesk) -> None:
    """Otherwise the list goes on showing the review of a regime that was changed since."""
    patient = a_patient(ward, sentence_length="P60W")
    chosen(ward, patient, reason="two overdoses", review_on=TODAY + timedelta(days=28))
    reviewed(ward, patient, reason="goes on")
    tomorrow(ward)
    sooner = TODAY + timedelta(days=8)
    chosen(ward, patient, reason="three overdoses", review_on=sooner)
    assert record.regimes(by(ward))[0].review_on == sooner


def test_what_a_prescriber_decided_after_somebody_was_drowsy_stays_in_the_review(ward: TestDesk) -> None:
    """Otherwise three mornings asleep are three single decisions, and nobody sees that there were three."""
    patient = on_methadone(ward)
    for _ in range(3):
        dose = due(ward, patient)
        hand_out(by(ward), dose, replace(PHOTOGRAPH, look=DROWSY))
        look_again(by(ward), dose, AWAKE)
        lift(by(ward, PRESCRIBER), dose, Lifting(frozenset({"RD-AFTER-SEDATION"}), "awake now"))
        given(ward, patient)
        tomorrow(ward)
    assert len(open_review(by(ward), patient.patient_id).sedated) == 3
    assert len(treatment(ward, patient).lifted) == 3


def test_where_no_day_of_review_is_written_the_rules_give_one(ward: TestDesk) -> None:
    """Otherwise whoever was simply offered maintenance has no review on the list, and is never overdue (R-22)."""
    patient = a_patient(ward, release_on=date(2010, 12, 1))
    chosen(ward, patient)
    assert record.regimes(by(ward))[0].review_on == date(2010, 9, 2)
    chosen(ward, patient, declared=RegimeClass.STABILISATION)
    assert record.regimes(by(ward))[0].review_on is None


def listed(desk: TestDesk) -> tuple[str, ...]:
    """What asks for a review in the first line of the list, as of today."""
    today = desk.clock.now().date()
    (row,) = record.regimes(by(desk, PRESCRIBER, signed=True))
    return tuple(each.why for each in row.asked if each.on <= today)


@pytest.mark.hazard("H-006")
@pytest.mark.parametrize(
    ("happens", "why"),
    [
        ({"arrival.release_on": "2010-07-02"}, "release is near"),
        ({"custody.transfer_to": "HMP Stafford"}, "a transfer is planned"),
        ({"risk.pregnant": "yes"}, "a pregnancy is known"),
        ({"tests.urine.cocaine": "positive"}, "a test found what is not ordered"),
        ({}, "doses not taken, or not known"),
    ],
)
def test_what_happens_to_somebody_asks_for_a_review_in_the_list(
    ward: TestDesk, happens: dict[str, str], why: str
) -> None:
    """A review that only one man's page asks for is never held: nobody opens his page without a reason."""
    patient = on_methadone(ward)
    assert listed(ward) == ()
    ward.clock.advance(days=4)
    if "custody.transfer_to" in happens:
        record.write_assessment(by(ward), patient.patient_id, happens)
    elif happens:
        answered(ward, patient, **{key.replace(".", "__"): said for key, said in happens.items()})
    assert why in listed(ward)
    reviewed(ward, patient, reason="looked at")
    assert listed(ward) == (), "it was held: who is asked every day reads no list"


def test_a_day_that_was_set_at_the_new_choice_stands_over_the_morning_s_review(ward: TestDesk) -> None:
    """Otherwise the list names the review of a regime that was changed an hour later."""
    patient = on_methadone(ward)
    reviewed(ward, patient, next_due=TODAY + timedelta(days=60))
    ward.clock.advance(hours=1)
    chosen(ward, patient, reason="two overdoses", review_on=TODAY + timedelta(days=8))
    (row,) = record.regimes(by(ward, PRESCRIBER))
    assert min(each.on for each in row.asked) == TODAY + timedelta(days=8)


def test_a_review_opened_a_minute_after_signing_has_no_news(ward: TestDesk) -> None:
    """Findings of the hour, said to have gone a minute later, teach everybody to skip what has really changed."""
    patient = a_patient(ward, sentence_length="P60W")
    now = now_of(ward, patient)
    params = by(ward).policy.on(TODAY)
    ordering = an_ordering(findings=(hours_since_witnessed(now.at - timedelta(hours=22), now.at, params),))
    chosen(ward, patient, ordering=ordering, reason="two overdoses", review_on=TODAY + timedelta(days=28))
    ward.clock.advance(minutes=1)
    assert open_review(by(ward), patient.patient_id).changed_since == ()
    ward.clock.advance(days=2)
    said = open_review(by(ward), patient.patient_id).changed_since
    assert not any("hours since" in each or "are left to serve" in each for each in said), said


def test_a_look_that_nobody_wrote_down_is_no_look(ward: TestDesk) -> None:
    """`Not seen drowsy` of a man whom nobody looked at is an observation that was never made."""
    patient = on_methadone(ward)
    given(ward, patient)
    tomorrow(ward)
    reviewed(ward, patient)
    assert open_review(by(ward), patient.patient_id).looked_awake == 0
    given(ward, patient)
    found = open_review(by(ward), patient.patient_id)
    assert (found.looked_awake, found.sedated) == (1, ())


@pytest.mark.hazard("H-006")
@pytest.mark.parametrize(
    ("release", "signed", "proposed", "why"),
    [
        ("2010-12-01", False, date(2010, 9, 2), ""),
        ("2010-09-02", False, date(2010, 9, 1), "the last working day before it"),
        ("2010-08-31", False, date(2010, 8, 27), "the last working day before it"),
        ("2010-08-31", True, date(2010, 8, 3), "the day from which it is near"),
        ("2010-06-20", True, date(2010, 6, 18), "the last working day before it"),
        ("2010-06-03", False, None, "no working day is left before it"),
    ],
)
def test_no_review_is_proposed_for_a_day_after_release(
    ward: TestDesk, release: str, signed: bool, proposed: date | None, why: str
) -> None:
    """A review three months on, of a man who has gone home after two, is a review that is never held."""
    patient = a_patient(ward, release_on=date.fromisoformat(release))
    chosen(ward, patient)
    found = open_review(by(ward, signed=signed), patient.patient_id)
    assert found.next_due == proposed
    assert why in found.next_due_why
    assert bool(why) is bool(found.next_due_why)
