"""*Entered in error* takes a mistake back, and never a stop: what holds a dose back is taken back by a prescriber."""

from datetime import timedelta

import pytest
from factories import TestDesk, a_draft, an_answer
from treatment import (
    PHOTOGRAPH,
    Patient,
    a_schedule,
    an_ordering,
    by,
    due,
    given,
    on_methadone,
    ordered,
    rows,
    tomorrow,
    treatment,
)

from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.missed import days_missed_before
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.stops import StopCode
from pdtdesk.services.reception import triage
from pdtdesk.services.reception.corrections import mark_in_error
from pdtdesk.services.refusals import NotAllowed, Refused
from pdtdesk.services.regime.giving import open_dose
from pdtdesk.services.regime.handing import hand_out
from pdtdesk.services.regime.lifting import Lifting, lift

PRESCRIBER = Role.PRESCRIBER


def entries(desk: TestDesk, patient: Patient, kind: str) -> list[str]:
    """Ids of what is written of a kind and not taken back."""
    with desk.store.reading() as work:
        return [each.id for each in work.person(patient.patient_id).folded.effective if each.kind == kind]


@pytest.mark.hazard("H-003")
def test_a_look_that_stopped_a_dose_is_not_taken_back_by_a_nurse_alone(ward: TestDesk) -> None:
    """Drowsy at eight, marked as a mistake at nine, the dose at ten: he is dead in the morning."""
    patient = on_methadone(ward)
    said = {"risk.drowsy": an_answer("yes", at=ward.clock.now())}
    triage.save(by(ward), a_draft(patient.stay, patient.patient_id, said), 2)
    look = entries(ward, patient, "triage")[-1]
    with pytest.raises(NotAllowed, match="ends by looking again"):
        mark_in_error(by(ward), look, "he was only tired")
    assert StopCode.AFTER_SEDATION in {each.code for each in open_dose(by(ward), due(ward, patient)).stops}
    mark_in_error(by(ward, PRESCRIBER), look, "written of the man beside him")
    assert open_dose(by(ward), due(ward, patient)).stops == ()


@pytest.mark.hazard("H-008")
def test_a_cup_that_was_handed_out_is_not_due_again_by_two_marks_of_a_nurse(ward: TestDesk) -> None:
    """The record of the dose and of the cup marked as mistakes: the dose of the day is due once more."""
    patient = on_methadone(ward)
    given(ward, patient)
    (dose,) = entries(ward, patient, "dose")
    (cup,) = entries(ward, patient, "dose_begun")
    mark_in_error(by(ward), dose, "the wrong words")
    assert [row.state for row in rows(ward, patient)] == ["handed out"]
    with pytest.raises(NotAllowed, match="perhaps swallowed"):
        mark_in_error(by(ward), cup, "the wrong man")
    mark_in_error(by(ward, PRESCRIBER), cup, "the wrong man, seen with the nurse")
    assert [row.state for row in rows(ward, patient)] == ["due"]


@pytest.mark.hazard("H-004")
def test_an_arrival_is_not_taken_back_from_under_orders_and_doses(ward: TestDesk) -> None:
    """One mark, and a man on methadone is on no round and in no list."""
    patient = on_methadone(ward)
    given(ward, patient)
    for role in (Role.NURSE, PRESCRIBER):
        with pytest.raises(Refused, match="would go out of sight"):
            mark_in_error(by(ward, role), patient.stay, "never came")
    assert [row.outcome for row in rows(ward, patient)] == [Outcome.TAKEN]


@pytest.mark.hazard("H-007")
def test_an_order_by_which_doses_were_written_is_stopped_and_not_marked(ward: TestDesk) -> None:
    """Three refusals are forgotten with the order that they were of, and the old dose is given on the fourth day."""
    patient = on_methadone(ward)
    first = treatment(ward, patient).orders[0]
    for _ in range(3):
        given(ward, patient, Outcome.REFUSED)
        tomorrow(ward)
    with pytest.raises(Refused, match="stop methadone, or sign another order"):
        mark_in_error(by(ward, PRESCRIBER), first.entry_id, "mistyped")
    today = ward.clock.now().date()
    unused = ordered(ward, patient, an_ordering(Ordered.DIAZEPAM, a_schedule(today, 5))).treatment.orders[-1]
    mark_in_error(by(ward, PRESCRIBER), unused.entry_id, "mistyped")
    assert [each.medicine for each in treatment(ward, patient).orders_on(today)] == [Ordered.METHADONE]
    assert days_missed_before(treatment(ward, patient), Ordered.METHADONE, today).days == 3


def test_a_lifted_stop_and_the_mark_of_an_order_are_the_prescribers(ward: TestDesk) -> None:
    """The call that nobody made is taken out of the list of calls; the order that was taken back comes back."""
    patient = on_methadone(ward)
    given(ward, patient)
    tomorrow(ward, 2)
    calls = Lifting(
        frozenset({str(StopCode.DAY_NOT_KNOWN)}), "he was at court", "Dr Ito", "K. Osei", ward.clock.now()
    )
    lift(by(ward), due(ward, patient), calls)
    (lifted,) = entries(ward, patient, "stop_lifted")
    with pytest.raises(NotAllowed, match="a prescriber answers for it"):
        mark_in_error(by(ward), lifted, "nobody called")
    later = a_schedule(ward.clock.now().date() + timedelta(days=3), 5)
    order = ordered(ward, patient, an_ordering(Ordered.DIAZEPAM, later)).treatment.orders[-1]
    mark_in_error(by(ward, PRESCRIBER), order.entry_id, "mistyped")
    (mark,) = entries(ward, patient, "entered_in_error")
    with pytest.raises(NotAllowed, match="may not mark this"):
        mark_in_error(by(ward), mark, "it was right")
    assert len(treatment(ward, patient).orders) == 1
    mark_in_error(by(ward, PRESCRIBER), lifted, "nobody called")
    taken_back = next(id_ for id_ in entries(ward, patient, "entered_in_error") if id_ != mark)
    with pytest.raises(NotAllowed, match="a prescriber answers for it"):
        mark_in_error(by(ward), taken_back, "somebody did")
    with pytest.raises(Refused, match="without a record"):
        hand_out(by(ward), due(ward, patient), PHOTOGRAPH)
