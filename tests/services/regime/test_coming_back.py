"""Somebody who comes back from court is the same person: what was ordered, given and missed goes on with them."""

from datetime import timedelta

import pytest
from factories import TestDesk, a_draft, an_answer
from treatment import (
    PHOTOGRAPH,
    TODAY,
    a_patient,
    a_schedule,
    an_ordering,
    back_from_court,
    by,
    chosen,
    due,
    ended,
    given,
    on_methadone_since_yesterday,
    ordered,
    rows,
    stopped,
    tomorrow,
)

from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.stops import StopCode
from pdtdesk.services.reception import triage
from pdtdesk.services.refusals import Refused
from pdtdesk.services.regime import record
from pdtdesk.services.regime.drawn import dose_chart_facts, sentence_facts
from pdtdesk.services.regime.giving import open_dose
from pdtdesk.services.regime.handing import hand_out
from pdtdesk.services.regime.pictures import DoseMark


@pytest.mark.hazard("H-008")
def test_the_dose_of_the_morning_is_not_given_again_in_the_evening(ward: TestDesk) -> None:
    """20 mg before court, a new order on the way back in, 20 mg at nine: 40 mg on a first day."""
    patient = on_methadone_since_yesterday(ward)
    given(ward, patient)
    back_from_court(ward, patient)
    assert [(row.state, row.outcome) for row in rows(ward, patient)] == [("written", Outcome.TAKEN)]
    ordered(ward, patient, an_ordering(schedule=a_schedule(TODAY, 20, slots=("night",))))
    (row,) = (each for each in rows(ward, patient) if each.due.slot == "night")
    assert (row.state, "20 mg was taken today already" in row.stop) == ("stopped", True)


def test_the_order_stands_after_court_and_the_next_dose_is_due(ward: TestDesk) -> None:
    """Straight to court, back the same evening: everything stops, and withdrawal begins in the night."""
    patient = on_methadone_since_yesterday(ward)
    given(ward, patient)
    back_from_court(ward, patient)
    tomorrow(ward)
    assert [row.state for row in rows(ward, patient)] == ["due"]
    now = open_dose(by(ward), due(ward, patient))
    assert now.hours.sentence.startswith("36 hours since the last witnessed dose")
    assert [row.standing for row in record.regimes(by(ward, Role.PRESCRIBER))] == ["in force"]
    assert record.open_regime(by(ward), patient.patient_id).facts.dependence == "dependent", "not asked again"


@pytest.mark.hazard("H-007")
def test_days_away_are_not_known_and_stop_the_old_dose(ward: TestDesk) -> None:
    """Four days in a police cell, and then the old dose as though he had never been away."""
    patient = on_methadone_since_yesterday(ward)
    given(ward, patient)
    tomorrow(ward, 4)
    back_from_court(ward, patient)
    tomorrow(ward)
    dose = open_dose(by(ward), due(ward, patient))
    assert (dose.missed.days, dose.missed.not_known, dose.missed.last_taken) == (4, 4, TODAY)
    assert {each.code for each in dose.stops} >= {StopCode.DAY_NOT_KNOWN, StopCode.MISSED_DAYS}


@pytest.mark.hazard("H-008")
def test_a_cup_handed_out_before_court_still_asks_what_became_of_it(ward: TestDesk) -> None:
    """The van came, nobody wrote it down, and the new stay knows nothing of it."""
    patient = on_methadone_since_yesterday(ward)
    pending = due(ward, patient)
    hand_out(by(ward), pending, PHOTOGRAPH)
    back_from_court(ward, patient)
    tomorrow(ward)
    assert next((row.due, row.state) for row in rows(ward, patient)) == (pending, "handed out")


@pytest.mark.hazard("H-003")
def test_found_drowsy_before_court_and_undecided_stops_the_dose_after_it(ward: TestDesk) -> None:
    """Asleep on his feet on Monday, at court on Tuesday, the full dose on Wednesday."""
    patient = on_methadone_since_yesterday(ward)
    given(ward, patient)
    tomorrow(ward)
    triage.save(
        by(ward),
        a_draft(patient.stay, patient.patient_id, {"risk.drowsy": an_answer("yes", at=ward.clock.now())}),
        2,
    )
    back_from_court(ward, patient)
    tomorrow(ward)
    assert StopCode.AFTER_SEDATION in {each.code for each in open_dose(by(ward), due(ward, patient)).stops}


def test_an_allergy_told_before_court_stops_until_it_is_asked_again(ward: TestDesk) -> None:
    """Written down in May; on the new stay nobody has asked yet, and the round says nothing."""
    lifted = an_ordering(lifted=frozenset({StopCode.ALLERGY}), reason="a rash in 1998, taken since")
    patient = on_methadone_since_yesterday(ward, {"risk.allergies": "methadone"}, ordering=lifted)
    given(ward, patient)
    back_from_court(ward, patient, answers={})
    with pytest.raises(Refused, match="Allergy written down: methadone"):
        ordered(ward, patient, an_ordering(schedule=a_schedule(TODAY, 25, slots=("night",))))


def test_the_nurse_is_told_of_the_order_that_stands(ward: TestDesk) -> None:
    """The plan says that no order is signed, and the prescriber is called at ten for one that is."""
    patient = on_methadone_since_yesterday(ward)
    given(ward, patient)
    back = back_from_court(ward, patient)
    with ward.store.reading() as work:
        plan = work.person(patient.patient_id).current.plans[-1].body
    said = {each["code"]: each["sentence"] for each in plan["findings"]}
    assert "methadone 20 mg on Wed 2 Jun 2010" in said["RC-ORDER-BEFORE"]
    assert "before this arrival, and still in force" in said["RC-ORDER-BEFORE"]
    assert not any(code.startswith("RC-PRESCRIBER") for code in said)
    assert back.stay != patient.stay


def test_an_order_signed_at_this_desk_is_on_the_plan(ward: TestDesk) -> None:
    """Signed at ten past nine, and the plan on the wall still says: no opioid, nobody has signed."""
    patient = on_methadone_since_yesterday(ward)
    with ward.store.reading() as work:
        plan = work.person(patient.patient_id).current.plans[-1].body
    said = {each["code"]: each["sentence"] for each in plan["findings"]}
    assert said["RC-ORDER-SIGNED"].startswith("Ordered here: methadone 20 mg on Wed 2 Jun 2010, signed by")
    assert not any(code.startswith("RC-PRESCRIBER") for code in said)


def test_whose_treatment_had_ended_before_they_came_again_waits_for_a_new_one(ward: TestDesk) -> None:
    """Ended in June, back ten days later: an old regime in the list hides that nobody has decided anything."""
    patient = on_methadone_since_yesterday(ward)
    given(ward, patient)
    prescriber = by(ward, Role.PRESCRIBER)
    ended(ward, patient)
    tomorrow(ward, 10)
    back_from_court(ward, patient)
    assert [row.standing for row in record.regimes(prescriber)] == ["awaiting"]
    tomorrow(ward)
    assert record.open_regime(prescriber, patient.patient_id).facts.dependence is None, "asked anew"
    record.write_assessment(by(ward), patient.patient_id, {"opioids.dependence": "dependent"})
    now = chosen(ward, patient)
    assert now.treatment.began == ward.clock.now().date() - timedelta(days=1)
    assert [row.state for row in rows(ward, patient)] == ["due"], "ten days outside are no missed days here"
    assert len(now.treatment.regimes) == 2, "what was before is kept"


@pytest.mark.hazard("H-008")
def test_an_opioid_after_naltrexone_was_taken_is_stopped_though_its_order_has_ended(ward: TestDesk) -> None:
    """Naltrexone on Monday, stopped on Tuesday, methadone on Tuesday: it does nothing, and then all at once."""
    patient = a_patient(ward)
    ordered(ward, patient, an_ordering(Ordered.NALTREXONE, a_schedule(TODAY, 50)))
    given(ward, patient, medicine=Ordered.NALTREXONE)
    tomorrow(ward)
    stopped(ward, patient, medicine=Ordered.NALTREXONE)
    with pytest.raises(Refused, match="Naltrexone was last taken"):
        chosen(ward, patient)
    over = an_ordering(
        schedule=a_schedule(TODAY + timedelta(days=1)),
        lifted=frozenset({StopCode.ON_NALTREXONE}),
        reason="with the lead",
    )
    chosen(ward, patient, ordering=over)
    given(ward, patient)
    tomorrow(ward)
    assert [row.state for row in rows(ward, patient)] == ["due"], "decided once, and taken since"


@pytest.mark.hazard("H-008")
def test_naltrexone_the_day_after_methadone_is_stopped_though_nothing_else_is_ordered(ward: TestDesk) -> None:
    """The methadone order ended last night: the tablet in the morning is withdrawal all at once."""
    patient = on_methadone_since_yesterday(ward)
    given(ward, patient)
    stopped(ward, patient)
    tomorrow(ward)
    tablet = an_ordering(Ordered.NALTREXONE, a_schedule(TODAY + timedelta(days=1), 50))
    with pytest.raises(Refused, match="Methadone was last taken"):
        ordered(ward, patient, tablet)


@pytest.mark.hazard("H-008")
def test_buprenorphine_the_day_after_methadone_is_stopped_wherever_it_is_ordered(ward: TestDesk) -> None:
    """Ordered without the page that asks for the hours: withdrawal within the hour, locked in."""
    patient = on_methadone_since_yesterday(ward)
    given(ward, patient)
    tomorrow(ward)
    wednesday = an_ordering(Ordered.BUPRENORPHINE, a_schedule(TODAY + timedelta(days=1), 4))
    with pytest.raises(Refused, match="Methadone was last taken"):
        ordered(ward, patient, wednesday)


@pytest.mark.hazard("H-008")
def test_an_opioid_taken_after_the_order_was_signed_was_not_in_the_prescribers_sight(ward: TestDesk) -> None:
    """Buprenorphine signed for Friday over Wednesday's methadone; Thursday's was given all the same."""
    patient = on_methadone_since_yesterday(ward)
    given(ward, patient)
    ward.clock.advance(minutes=5)
    friday = TODAY + timedelta(days=2)
    lifted = frozenset({StopCode.AFTER_OPIOID})
    order = an_ordering(Ordered.BUPRENORPHINE, a_schedule(friday, 4), lifted=lifted, reason="48 hours")
    ordered(ward, patient, order)
    tomorrow(ward)
    given(ward, patient)
    tomorrow(ward)
    dose = open_dose(by(ward), due(ward, patient, medicine=Ordered.BUPRENORPHINE))
    assert StopCode.AFTER_OPIOID in {each.code for each in dose.stops}


def test_the_pictures_show_the_treatment_that_goes_on_from_its_first_day(ward: TestDesk) -> None:
    """A chart that begins with tonight's arrival hides the weeks before; one that begins two years ago hides all."""
    patient = on_methadone_since_yesterday(ward)
    given(ward, patient)
    tomorrow(ward, 3)
    back_from_court(ward, patient)
    tomorrow(ward)
    now = record.open_regime(by(ward), patient.patient_id)
    line, chart = sentence_facts(now), dose_chart_facts(now)
    assert (line.received, [each.first_day for each in line.spans][:1]) == (TODAY - timedelta(days=1), [TODAY])
    assert chart is not None
    assert [each.mark for each in chart.days][:2] == [DoseMark.NONE, DoseMark.NOT_KNOWN]
    ended(ward, patient, now.today)
    tomorrow(ward, 2)
    back_from_court(ward, patient)
    after = record.open_regime(by(ward), patient.patient_id)
    assert sentence_facts(after).spans == (), "what had ended before they came again is history"
