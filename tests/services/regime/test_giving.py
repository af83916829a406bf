"""The medicine round: who is due what, where, and what stops it; one dose as it stands before it is given."""

from dataclasses import replace
from datetime import timedelta

import pytest
from factories import TestDesk
from treatment import (
    MORNING,
    PHOTOGRAPH,
    TODAY,
    a_patient,
    a_schedule,
    an_ordering,
    by,
    chosen,
    due,
    elsewhere,
    ended,
    given,
    mg,
    now_of,
    on_methadone,
    ordered,
    ordered_elsewhere,
    rows,
    stopped,
    tomorrow,
    treatment,
)

from pdtdesk.domain.reception.facts import Standing
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.roles import Role
from pdtdesk.policy.findings import Tier
from pdtdesk.policy.regime.stops import StopCode
from pdtdesk.services.reception import corrections, tasks
from pdtdesk.services.refusals import Changed, NotAllowed, Refused
from pdtdesk.services.regime import handing
from pdtdesk.services.regime.dose_facts import DoseDue
from pdtdesk.services.regime.giving import medicine_round, open_dose, rows_of_person

NUMBERS = {"surname": "Wren", "forenames": "Owen", "prison_number": "A0002CK"}


def codes(desk: TestDesk, dose: DoseDue, *, signed: bool = False) -> set[str]:
    return {str(stop.code) for stop in open_dose(by(desk, signed=signed), dose).stops}


def test_the_round_is_walked_by_place_and_slot(ward: TestDesk) -> None:
    """Otherwise the nurse runs up and down the wing, and whoever is at the end of it waits in withdrawal."""
    first = on_methadone(ward, ordering=an_ordering(schedule=a_schedule(slots=("evening", "morning"))))
    second = a_patient(ward, **NUMBERS)
    chosen(ward, second)
    corrections.place_in_cell(ward.acting(), first.patient_id, "C1-01")
    corrections.place_in_cell(ward.acting(), second.patient_id, "B2-14")
    shown = medicine_round(ward.acting(), TODAY)
    assert [(row.location, row.due.slot) for row in shown] == [
        ("B2-14", "morning"),
        ("C1-01", "morning"),
        ("C1-01", "evening"),
    ]
    assert [row.name for row in medicine_round(ward.acting(), TODAY, "evening")] == [shown[2].name]
    assert {row.state for row in shown} == {"due"}
    assert shown[0].name.startswith("WREN")
    assert rows_of_person(ward.acting(), first.patient_id, TODAY, "morning") == (shown[1],)
    assert rows_of_person(ward.acting(), "nobody", TODAY) == ()
    assert medicine_round(ward.acting(), TODAY - timedelta(days=1)) == ()


def test_whoever_opens_the_round_or_a_dose_is_audited(ward: TestDesk) -> None:
    """Otherwise who read what a wing is taking cannot be said."""
    patient = on_methadone(ward)
    medicine_round(ward.acting(), TODAY, opened=True)
    open_dose(ward.acting(), due(ward, patient))
    with ward.store.reading() as work:
        said = [row.line for row in work.audit_page(None, 5, None)]
    assert [line.what for line in said][:2] == ["opened a dose", "opened the medicine round"]
    assert said[1].detail == "1 people"
    with pytest.raises(NotAllowed):
        medicine_round(ward.acting(Role.CARAT), TODAY)


def test_a_day_of_no_dose_and_a_dose_of_nought_are_not_on_the_round(ward: TestDesk) -> None:
    """Otherwise a pause that was ordered is handed out as an empty cup, and counts as a day taken."""
    patient = on_methadone(ward, ordering=an_ordering(schedule=a_schedule(TODAY + timedelta(days=1))))
    assert rows(ward, patient) == ()
    (order,) = treatment(ward, patient).orders
    for slot in ("morning", "noon"):
        with pytest.raises(Changed, match="what is ordered now"):
            handing.hand_out(
                by(ward), DoseDue(patient.patient_id, order.entry_id, order.course, TODAY, slot), PHOTOGRAPH
            )


@pytest.mark.hazard("H-008")
def test_a_dose_that_was_written_down_stands_on_the_round_as_written(ward: TestDesk) -> None:
    """Otherwise the second nurse of the round sees him as still to come."""
    patient = on_methadone(ward)
    dose = given(ward, patient)
    assert dose.row.state == "written"
    assert dose.written is not None
    assert dose.written.mg == mg(20)
    (row,) = rows(ward, patient)
    assert (row.state, row.outcome, row.stop) == ("written", Outcome.TAKEN, "")
    with pytest.raises(Refused, match="not given twice"):
        handing.hand_out(by(ward), row.due, PHOTOGRAPH)


@pytest.mark.hazard("H-008")
def test_an_order_stopped_and_signed_anew_the_same_day_does_not_ask_for_the_morning_again(ward: TestDesk) -> None:
    """Otherwise the morning's dose is due a second time, as that of another course."""
    patient = on_methadone(ward)
    given(ward, patient)
    (order,) = treatment(ward, patient).orders
    stopped(ward, patient, TODAY - timedelta(days=1), why="mistaken")
    (kept,) = rows(ward, patient)
    assert (kept.state, kept.mg) == ("written", mg(20)), "what was given stays in sight without its order"
    ordered(ward, patient, an_ordering(schedule=a_schedule(amount=25)))
    (row,) = rows(ward, patient)
    assert row.due.course != order.course
    assert row.state == "written"
    with pytest.raises(Refused, match="not given twice"):
        handing.hand_out(by(ward), row.due, PHOTOGRAPH)


@pytest.mark.hazard("H-008")
@pytest.mark.parametrize("days", [-1, 1])
def test_no_dose_is_given_for_another_day(ward: TestDesk, days: int) -> None:
    """Otherwise the round of tomorrow, opened by a slip of the finger, gives a second dose today."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    other = replace(dose, day=TODAY + timedelta(days=days))
    with pytest.raises(Refused, match="nothing is given for another day"):
        handing.hand_out(by(ward), other, PHOTOGRAPH)
    if days > 0:
        with pytest.raises(Refused, match="has not come yet"):
            handing.record_dose(by(ward), other, handing.Ended(Outcome.MISSED, reason="at court"))


@pytest.mark.hazard("H-008")
def test_an_order_planned_to_end_is_taken_over_by_the_next_one_and_not_given_beside_it(ward: TestDesk) -> None:
    """Otherwise a regime that ends on Friday and a new one from Thursday are two bottles on Thursday."""
    patient = on_methadone(ward)
    friday, thursday = TODAY + timedelta(days=2), TODAY + timedelta(days=1)
    ended(ward, patient, friday)
    tomorrow(ward)
    chosen(ward, patient)
    (row,) = rows(ward, patient)
    after = treatment(ward, patient)
    assert [(each.since, each.until) for each in after.orders] == [(TODAY, TODAY), (thursday, None)]
    assert [(each.since, each.until) for each in after.regimes] == [(TODAY, TODAY), (thursday, None)]
    assert after.conflicting == ()
    assert row.due.course == after.orders[0].course
    assert now_of(ward, patient).person.conflicts == ()


@pytest.mark.hazard("H-007")
@pytest.mark.parametrize(
    ("missed", "unsigned", "signed"),
    [
        (2, set(), set()),
        (3, {"RD-MISSED-DAYS"}, {"RD-MISSED-DAYS"}),
        (4, {"RD-MISSED-DAYS"}, {"RD-MISSED-DAYS"}),
        (5, {"RD-MISSED-DAYS"}, {"RD-NEW-INDUCTION"}),
    ],
)
def test_a_dose_stops_after_missed_days(ward: TestDesk, missed: int, unsigned: set[str], signed: set[str]) -> None:
    """Otherwise the old dose meets a tolerance that went with the days, and he is found in the morning."""
    patient = on_methadone(ward)
    given(ward, patient)
    for _ in range(missed):
        tomorrow(ward)
        given(ward, patient, Outcome.REFUSED)
    tomorrow(ward)
    dose = due(ward, patient)
    assert codes(ward, dose) == unsigned, "of two readings nobody has signed the most careful one stands"
    assert codes(ward, dose, signed=True) == signed
    if unsigned:
        (row,) = rows(ward, patient)
        assert (row.state, row.stop[:6]) == ("stopped", f"{missed} days"[:6])
        with pytest.raises(Refused, match="not taken"):
            handing.hand_out(by(ward), dose, PHOTOGRAPH)


@pytest.mark.hazard("H-007")
def test_days_refused_from_the_first_on_stop_a_dose_too(ward: TestDesk) -> None:
    """Otherwise whoever came on 60 mg and refused four days is given it on the fifth: nothing was ever taken here."""
    patient = on_methadone(ward)
    for _ in range(3):
        given(ward, patient, Outcome.REFUSED)
        tomorrow(ward)
    assert codes(ward, due(ward, patient)) == {"RD-MISSED-DAYS"}


@pytest.mark.hazard("H-007")
def test_a_day_without_a_row_stops_the_next_dose(ward: TestDesk) -> None:
    """Otherwise a day of which another desk may know is taken for a dose, or for none."""
    patient = on_methadone(ward)
    given(ward, patient)
    tomorrow(ward, days=2)
    dose = due(ward, patient)
    found = open_dose(by(ward), dose)
    assert [stop.code for stop in found.stops] == [StopCode.DAY_NOT_KNOWN]
    assert (found.missed.days, found.missed.not_known) == (1, 1)
    with pytest.raises(Refused, match="without a record: not known"):
        handing.hand_out(by(ward), dose, PHOTOGRAPH)
    yesterday = replace(dose, day=dose.day - timedelta(days=1))
    handing.record_dose(by(ward), yesterday, handing.Ended(Outcome.MISSED, reason="at court, nobody gave it"))
    assert codes(ward, dose) == set(), "what somebody knows of the day, and writes down, opens it again"


@pytest.mark.hazard("H-007")
def test_an_order_signed_in_sight_of_the_break_is_given_and_days_missed_since_count_anew(ward: TestDesk) -> None:
    """Otherwise a new induction that the prescriber signed is stopped at its own first dose, or never again."""
    patient = on_methadone(ward)
    given(ward, patient)
    for _ in range(4):
        tomorrow(ward)
        given(ward, patient, Outcome.REFUSED)
    tomorrow(ward)
    again = an_ordering(schedule=a_schedule(TODAY + timedelta(days=5), 10))
    with pytest.raises(Refused, match="4 days not taken"):
        ordered(ward, patient, again)
    ordered(ward, patient, replace(again, lifted=frozenset({"RD-MISSED-DAYS"}), reason="begun again low"))
    assert codes(ward, due(ward, patient)) == set()
    for _ in range(3):
        given(ward, patient, Outcome.REFUSED)
        tomorrow(ward)
    assert codes(ward, due(ward, patient)) == {"RD-MISSED-DAYS"}


def test_what_is_prescribed_outside_is_held_against_the_dose(ward: TestDesk) -> None:
    """Otherwise a dose that he only told of is started as though it had been confirmed; naltrexone is overlooked."""
    told = {"prescribed.any": "yes", "prescribed.medicine": "methadone", "prescribed.daily": "60"}
    patient = a_patient(ward, told)
    schedule = a_schedule(amount=20, slots=("morning", "evening"))
    chosen(ward, patient, ordering=an_ordering(schedule=schedule))
    dose = due(ward, patient)
    assert codes(ward, dose) == set(), "no ceiling is signed"
    assert codes(ward, dose, signed=True) == {"RD-ABOVE-CEILING"}, "both doses of the day count"
    given(ward, patient)
    ward.clock.advance(hours=9)
    given(ward, patient, slot="evening")
    tomorrow(ward)
    assert codes(ward, due(ward, patient), signed=True) == set()


def test_naltrexone_outside_stops_every_opioid(ward: TestDesk) -> None:
    """Otherwise the opioid does nothing for hours, and then everything at once."""
    told = {"prescribed.any": "yes", "prescribed.medicine": "naltrexone", "prescribed.daily": "50"}
    patient = a_patient(ward, told)
    over = {"lifted": frozenset({"RD-ON-NALTREXONE"}), "reason": "last taken in March"}
    chosen(ward, patient, ordering=an_ordering(**over))
    assert codes(ward, due(ward, patient)) == set(), "seen and lifted when it was signed"
    other = a_patient(ward, told, **NUMBERS)
    with pytest.raises(Refused, match="On naltrexone"):
        chosen(ward, other)


def test_the_hours_since_somebody_saw_him_swallow_are_always_said(ward: TestDesk) -> None:
    """Otherwise fifty hours without a dose look like one night (D-23)."""
    patient = on_methadone(ward)
    never = open_dose(by(ward), due(ward, patient)).hours
    assert never.tier is Tier.MUST_ACKNOWLEDGE
    assert "No witnessed dose of this medicine is known" in never.sentence
    given(ward, patient)
    tomorrow(ward)
    hours = open_dose(by(ward), due(ward, patient)).hours
    assert hours.sentence.startswith("24 hours since the last witnessed dose")
    assert hours.tier is Tier.NOTE


def test_a_witnessed_dose_outside_counts_for_the_hours(ward: TestDesk) -> None:
    """Otherwise whoever was seen at the chemist this morning counts as never having been seen."""
    told = {"prescribed.any": "yes", "prescribed.medicine": "methadone", "prescribed.daily": "60"}
    patient = a_patient(ward, told)
    at = MORNING - timedelta(hours=23)
    heard = tasks.Confirmation(
        Standing.CONFIRMED, "Boots, Ashmoor", MORNING, "methadone", "60", last_witnessed_at=at, days_missed=0
    )
    tasks.confirm_prescription(ward.acting(), patient.patient_id, patient.stay, heard)
    chosen(ward, patient)
    assert open_dose(by(ward), due(ward, patient)).hours.sentence.startswith("23 hours")


@pytest.mark.hazard("H-008")
def test_two_orders_of_one_medicine_from_two_desks_give_nothing(ward: TestDesk) -> None:
    """Otherwise a sedative that two desks ordered is given by both."""
    patient = on_methadone(ward)
    ordered(ward, patient, an_ordering(Ordered.DIAZEPAM, a_schedule(amount=5)))
    ordered_elsewhere(ward, patient, "diazepam")
    dose = due(ward, patient, medicine=Ordered.DIAZEPAM)
    assert "RD-CONFLICT" in codes(ward, dose)
    assert {row.state for row in rows(ward, patient) if row.medicine is Ordered.DIAZEPAM} == {"conflict"}
    with pytest.raises(Refused, match="Two accounts"):
        handing.hand_out(by(ward), dose, PHOTOGRAPH)
    ordered(ward, patient, an_ordering(Ordered.DIAZEPAM, a_schedule(amount=5)))
    assert treatment(ward, patient).conflicting == ()
    (row,) = [row for row in rows(ward, patient) if row.medicine is Ordered.DIAZEPAM]
    assert row.state == "due"


def test_two_substitutes_that_two_desks_ordered_stop_each_other(ward: TestDesk) -> None:
    """Otherwise methadone and buprenorphine are given within an hour of each other."""
    patient = on_methadone(ward)
    ordered_elsewhere(ward, patient, "buprenorphine")
    assert {"RD-TWO-SUBSTITUTES", "RD-CONFLICT"} <= codes(ward, due(ward, patient))
    assert treatment(ward, patient).conflicting


@pytest.mark.hazard("H-008")
def test_what_a_newer_desk_wrote_of_a_dose_stops_the_next_one(ward: TestDesk) -> None:
    """Otherwise a dose in words that this program cannot read counts as no dose, and is given again."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    elsewhere(ward, patient, "dose", outcome="given_by_pump")
    assert codes(ward, dose) == {"RD-NOT-READ"}
    (row,) = rows(ward, patient)
    assert row.state == "stopped"
    with pytest.raises(Refused, match="newer desk"):
        handing.hand_out(by(ward), dose, PHOTOGRAPH)


@pytest.mark.hazard("H-008")
def test_a_change_of_substitute_at_noon_does_not_ask_for_the_morning_again(ward: TestDesk) -> None:
    """Otherwise methadone was swallowed at eight, and buprenorphine is due for the same morning at noon."""
    patient = on_methadone(ward)
    given(ward, patient)
    over = {"lifted": frozenset({StopCode.AFTER_OPIOID}), "reason": "seen with the midwife"}
    chosen(ward, patient, ordering=an_ordering(Ordered.BUPRENORPHINE, a_schedule(amount=4), **over))
    shown = {row.medicine: (row.state, row.outcome, row.stop) for row in rows(ward, patient)}
    assert shown == {
        Ordered.METHADONE: ("written", Outcome.TAKEN, ""),
        Ordered.BUPRENORPHINE: ("stopped", None, "Methadone is written down here already: taken."),
    }
    dose = due(ward, patient, medicine=Ordered.BUPRENORPHINE)
    with pytest.raises(Refused, match="not given twice"):
        handing.hand_out(by(ward), dose, PHOTOGRAPH)
    with pytest.raises(Changed, match="written down this dose already"):
        handing.record_dose(by(ward), dose, handing.Ended(Outcome.MISSED, reason="had the other"))
