"""What stops a dose, lifted by a prescriber: present, or on the telephone with somebody who heard it too."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from factories import TestDesk
from treatment import (
    AWAKE,
    DROWSY,
    PHOTOGRAPH,
    TODAY,
    Patient,
    a_schedule,
    an_ordering,
    by,
    due,
    given,
    now_of,
    on_methadone,
    ordered,
    rows,
    stopped,
    tomorrow,
    treatment,
)

from pdtdesk.domain.calendar import LONDON, day_of
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.stops import HARD, Look, StopCode
from pdtdesk.services.refusals import Changed, NotAllowed, Refused
from pdtdesk.services.regime.dose_facts import DoseDue
from pdtdesk.services.regime.giving import open_dose
from pdtdesk.services.regime.handing import hand_out
from pdtdesk.services.regime.lifting import Lifting, lift, look_again, sign_telephone_order, to_sign

AFTER = frozenset({"RD-AFTER-SEDATION"})
MISSED = frozenset({"RD-MISSED-DAYS"})
REASON = "seen by me, clear and steady"


def a_call(desk: TestDesk, codes: frozenset[str] = AFTER, **given: object) -> Lifting:
    """A call of ten minutes ago, heard by another nurse."""
    spoken = desk.clock.now() - timedelta(minutes=10)
    values = {"prescriber": "H. Castellan", "witness": "K. Osei", "spoken_at": spoken, **given}
    return Lifting(codes, REASON, **values)


def found_drowsy(desk: TestDesk) -> tuple[Patient, DoseDue]:
    """A man who was drowsy at the hatch this morning."""
    patient = on_methadone(desk)
    dose = due(desk, patient)
    hand_out(by(desk), dose, replace(PHOTOGRAPH, look=DROWSY))
    return patient, dose


def after_a_break(desk: TestDesk) -> tuple[Patient, DoseDue]:
    """A man who refused three days."""
    patient = on_methadone(desk)
    given(desk, patient)
    for _ in range(3):
        tomorrow(desk)
        given(desk, patient, Outcome.REFUSED)
    tomorrow(desk)
    return patient, due(desk, patient)


@pytest.mark.hazard("H-003")
def test_drowsy_ends_by_looking_again_and_by_a_prescribers_decision(ward: TestDesk) -> None:
    """Otherwise a word on the telephone gives methadone to somebody asleep; or an hour on the bench gives it."""
    _, dose = found_drowsy(ward)
    prescriber = by(ward, Role.PRESCRIBER)
    with pytest.raises(Refused, match="Look again first"):
        lift(prescriber, dose, Lifting(AFTER, REASON))
    with pytest.raises(Refused, match="two answers"):
        look_again(by(ward), dose, Look(drowsy=False))
    ward.clock.advance(hours=1)
    looked = look_again(by(ward), dose, AWAKE)
    assert [stop.code for stop in looked.stops] == [StopCode.AFTER_SEDATION], "awake alone gives no dose"
    with pytest.raises(Refused, match="prescriber's decision"):
        hand_out(by(ward), dose, PHOTOGRAPH)
    assert lift(prescriber, dose, Lifting(AFTER, REASON)).stops == ()
    assert hand_out(by(ward), dose, PHOTOGRAPH).begun is not None


@pytest.mark.hazard("H-003")
def test_found_drowsy_again_the_earlier_decision_says_nothing(ward: TestDesk) -> None:
    """Otherwise what was decided at nine gives the dose to somebody who fell asleep at ten."""
    _, dose = found_drowsy(ward)
    look_again(by(ward), dose, AWAKE)
    lift(by(ward, Role.PRESCRIBER), dose, Lifting(AFTER, REASON))
    ward.clock.advance(hours=1)
    hand_out(by(ward), dose, replace(PHOTOGRAPH, look=DROWSY))
    look_again(by(ward), dose, AWAKE)
    with pytest.raises(Refused, match="prescriber's decision"):
        hand_out(by(ward), dose, PHOTOGRAPH)


@pytest.mark.hazard("H-003")
def test_a_decision_about_one_medicine_releases_no_other(ward: TestDesk) -> None:
    """Otherwise "give him his methadone" gives the diazepam too."""
    patient = on_methadone(ward)
    ordered(ward, patient, an_ordering(Ordered.DIAZEPAM, a_schedule(amount=5)))
    dose, tablet = due(ward, patient), due(ward, patient, medicine=Ordered.DIAZEPAM)
    hand_out(by(ward), dose, replace(PHOTOGRAPH, look=DROWSY))
    look_again(by(ward), dose, AWAKE)
    lift(by(ward, Role.PRESCRIBER), dose, Lifting(AFTER, REASON))
    assert open_dose(by(ward), dose).stops == ()
    assert [stop.code for stop in open_dose(by(ward), tablet).stops] == [StopCode.AFTER_SEDATION]


@pytest.mark.hazard("H-003")
def test_lifting_another_stop_decides_nothing_about_who_was_drowsy(ward: TestDesk) -> None:
    """Otherwise the missed days, lifted on the telephone, wake him up as well."""
    _, dose = after_a_break(ward)
    hand_out(by(ward), dose, replace(PHOTOGRAPH, look=DROWSY))
    lift(by(ward, Role.PRESCRIBER), dose, Lifting(MISSED, REASON))
    assert [stop.code for stop in open_dose(by(ward), dose).stops] == [StopCode.AFTER_SEDATION]


@pytest.mark.hazard("H-003")
def test_an_order_signed_in_sight_of_it_is_a_decision_too(ward: TestDesk) -> None:
    """Otherwise the prescriber who lowers the dose of a drowsy man has to be telephoned about his own order."""
    patient, _ = found_drowsy(ward)
    ordered(ward, patient, an_ordering(schedule=a_schedule(amount=10)))
    assert open_dose(by(ward), due(ward, patient)).stops == ()
    with pytest.raises(Refused, match="Nobody has looked"):
        hand_out(by(ward), due(ward, patient), replace(PHOTOGRAPH, look=Look()))


@pytest.mark.hazard("H-003")
@pytest.mark.parametrize("code", sorted(HARD))
def test_what_nobody_lifts_is_refused_whoever_asks(ward: TestDesk, code: str) -> None:
    """Otherwise *drowsy* or *not this patient* is one more box that a tired prescriber ticks."""
    _, dose = found_drowsy(ward)
    for role in (Role.PRESCRIBER, Role.LEAD, Role.NURSE):
        with pytest.raises(Refused, match="Nobody lifts this"):
            lift(by(ward, role), dose, a_call(ward, frozenset({code})))


@pytest.mark.hazard("H-007")
def test_missed_days_are_lifted_for_this_dose_alone(ward: TestDesk) -> None:
    """Otherwise one exception is every exception."""
    patient, dose = after_a_break(ward)
    lift(by(ward, Role.PRESCRIBER), dose, Lifting(MISSED, REASON))
    given(ward, patient, Outcome.REFUSED)
    tomorrow(ward)
    assert {str(stop.code) for stop in open_dose(by(ward), due(ward, patient)).stops} == MISSED


def test_a_telephone_order_says_who_with_whom_and_when(ward: TestDesk) -> None:
    """Otherwise nobody can say the next day who ordered it, and whether anybody ever did."""
    _, dose = after_a_break(ward)
    nurse, now = by(ward), ward.clock.now()
    for wrong, said in (
        (a_call(ward, MISSED, prescriber=" "), "which prescriber"),
        (a_call(ward, MISSED, witness=" "), "who heard it"),
        (a_call(ward, MISSED, witness="r.  Adeyemi"), "The witness is somebody else"),
        (a_call(ward, MISSED, witness="h.castellan "), "The prescriber is somebody else"),
        (a_call(ward, MISSED, prescriber="R. Adeyemi"), "The prescriber is somebody else"),
        (a_call(ward, MISSED, spoken_at=None), "when the prescriber was spoken to"),
        (a_call(ward, MISSED, spoken_at=now + timedelta(hours=1)), "lies in the past"),
        (a_call(ward, MISSED, spoken_at=now - timedelta(days=1)), "call again"),
        (replace(a_call(ward, MISSED), reason=" "), "Say why"),
        (a_call(ward, frozenset()), "which stop"),
    ):
        with pytest.raises(Refused, match=said):
            lift(nurse, dose, wrong)
    with pytest.raises(Changed, match="does not stand any more"):
        lift(nurse, dose, a_call(ward, frozenset({"RD-ALLERGY"})))
    with pytest.raises(Refused, match="on the day of the dose"):
        lift(nurse, replace(dose, day=dose.day + timedelta(days=1)), a_call(ward, MISSED))
    with pytest.raises(NotAllowed):
        lift(by(ward, Role.CARAT), dose, a_call(ward, MISSED))
    assert lift(nurse, dose, a_call(ward, MISSED)).stops == ()
    (lifted,) = treatment(ward, Patient(dose.patient_id, "")).lifted
    assert (lifted.prescriber, lifted.witness, lifted.by.name) == ("H. Castellan", "K. Osei", "R. Adeyemi")
    assert lifted.at == now - timedelta(minutes=10)


@pytest.mark.parametrize(
    ("called", "sign_by"),
    [
        (date(2010, 6, 2), date(2010, 6, 3)),
        (date(2010, 6, 4), date(2010, 6, 7)),
        (date(2010, 5, 28), date(2010, 6, 1)),
        (date(2010, 12, 24), date(2010, 12, 29)),
        (date(2011, 4, 21), date(2011, 4, 26)),
    ],
    ids=["Wednesday", "Friday", "before the bank holiday of May", "Christmas Eve", "Maundy Thursday"],
)
def test_a_telephone_order_is_signed_by_the_next_working_day(ward: TestDesk, called: date, sign_by: date) -> None:
    """Otherwise an order that nobody signed stands for ever, or is chased on Christmas Day."""
    ward.clock.at = datetime(called.year, called.month, called.day, 8, 30, tzinfo=LONDON)
    patient, dose = found_drowsy(ward)
    look_again(by(ward), dose, AWAKE)
    lift(by(ward), dose, a_call(ward))
    (waits,) = to_sign(by(ward))
    assert (waits.sign_by, waits.patient_id, waits.codes) == (sign_by, patient.patient_id, tuple(AFTER))


def test_a_telephone_order_is_signed_once_and_by_a_prescriber(ward: TestDesk) -> None:
    """Otherwise the nurse who took the call signs it herself."""
    patient, dose = found_drowsy(ward)
    look_again(by(ward), dose, AWAKE)
    lift(by(ward), dose, a_call(ward))
    (waits,) = to_sign(by(ward))
    prescriber = by(ward, Role.PRESCRIBER)
    for role in (Role.NURSE, Role.LEAD):
        with pytest.raises(NotAllowed):
            sign_telephone_order(by(ward, role), patient.patient_id, waits.entry_id)
    with pytest.raises(Refused, match="not in this record"):
        sign_telephone_order(prescriber, patient.patient_id, "another")
    sign_telephone_order(prescriber, patient.patient_id, waits.entry_id)
    assert to_sign(by(ward)) == ()
    with pytest.raises(Changed, match="signed already"):
        sign_telephone_order(prescriber, patient.patient_id, waits.entry_id)


def test_what_a_prescriber_lifts_at_the_desk_waits_for_no_signature(ward: TestDesk) -> None:
    """Otherwise the list of what is to be signed is full of what was signed."""
    patient, dose = found_drowsy(ward)
    look_again(by(ward), dose, AWAKE)
    lift(by(ward, Role.PRESCRIBER), dose, Lifting(AFTER, REASON))
    assert to_sign(by(ward)) == ()
    (lifted,) = treatment(ward, patient).lifted
    assert (lifted.prescriber, lifted.by_telephone, lifted.sign_by) == ("H. Castellan", False, None)
    with pytest.raises(Refused, match="not in this record"):
        sign_telephone_order(by(ward, Role.PRESCRIBER), patient.patient_id, lifted.entry_id)


def test_a_call_about_an_order_that_has_ended_still_waits_to_be_signed(ward: TestDesk) -> None:
    """Otherwise stopping the order takes its telephone order off the prescriber's list."""
    patient, dose = found_drowsy(ward)
    look_again(by(ward), dose, AWAKE)
    lift(by(ward), dose, a_call(ward))
    stopped(ward, patient, TODAY - timedelta(days=1), why="not now")
    tomorrow(ward, days=3)
    assert [each.patient_id for each in to_sign(by(ward))] == [patient.patient_id]
    assert rows(ward, patient) == ()
    assert day_of(ward.clock.now()) > TODAY
    assert now_of(ward, patient).treatment.lifted[0].signed is None
