"""Ways in which a dose once slipped past every stop and every word: each was tried at a real desk, and is closed."""

from datetime import date, datetime, timedelta

import pytest
from factories import TestDesk, an_arrival
from treatment import (
    AGREED,
    PHOTOGRAPH,
    TODAY,
    TRIAGED,
    Patient,
    a_patient,
    a_schedule,
    an_ordering,
    answered,
    back_from_court,
    by,
    chosen,
    due,
    given,
    mg,
    now_of,
    on_methadone,
    on_methadone_since_yesterday,
    ordered,
    read_of,
    rows,
    tomorrow,
    treatment,
)

from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.regime.courses import Conversion, Reduction
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import Schedule
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.stops import StopCode
from pdtdesk.services.reception import corrections, joining
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.services.refusals import Refused
from pdtdesk.services.regime import choosing, handing, record
from pdtdesk.services.regime.planning import propose_course

A_DAY = timedelta(days=1)


def at(day: int, hour: int = 8, minute: int = 30) -> datetime:
    return datetime(2010, 6, day, hour, minute, tzinfo=LONDON)


def must_be_read(desk: TestDesk, patient: Patient, dose: int) -> frozenset[str]:
    """What must be read of a dose from today on."""
    now = now_of(desk, patient)
    order = an_ordering(schedule=a_schedule(now.today, dose))
    return read_of(choosing.findings_of_order(now, order, AGREED, by(desk, Role.PRESCRIBER)))


def raised(desk: TestDesk, patient: Patient, dose: int) -> None:
    """Tomorrow, another dose, and given."""
    tomorrow(desk)
    ordered(desk, patient, an_ordering(schedule=a_schedule(now_of(desk, patient).today, dose)))
    given(desk, patient)


@pytest.mark.hazard("H-006")
def test_the_last_days_of_a_planned_switch_are_a_dose_like_any_other(ward: TestDesk) -> None:
    """A hundred and twenty typed for twenty in the switch's first field: due tomorrow, and nobody has said a word."""
    patient = on_methadone_since_yesterday(ward)
    given(ward, patient)
    ward.clock.at = at(3)
    prescriber, now = by(ward, Role.PRESCRIBER, signed=True), now_of(ward, patient)

    def planned(dose: int):
        switch = Conversion(
            Ordered.METHADONE,
            mg(dose),
            at(5),
            Ordered.BUPRENORPHINE,
            from_day=date(2010, 6, 3),
            first_dose_at=at(7, 9),
            start=mg(4),
            rise=mg(4),
            every_days=1,
            target=mg(8),
        )
        return propose_course(prescriber, now, switch)

    assert {Code.SCHEDULE_ABOVE, Code.SCHEDULE_WEEK_ONE} <= read_of(planned(120).findings)
    assert not {Code.SCHEDULE_ABOVE, Code.SCHEDULE_WEEK_ONE} & read_of(planned(20).findings)
    assert StopCode.ABOVE_CEILING in {each.code for each in planned(300).stops}
    much = planned(300)
    order = an_ordering(Ordered.BUPRENORPHINE, much.schedule, findings=much.findings, ends=much.ends)
    read = read_of(choosing.findings_of_order(now, order, AGREED, prescriber))
    with pytest.raises(Refused, match="is above 150 mg"):
        choosing.change_order(prescriber, patient.patient_id, order, AGREED, choosing.seen_of(now), read)


@pytest.mark.hazard("H-008")
def test_what_is_given_outside_after_the_order_was_signed_stops_it(ward: TestDesk) -> None:
    """Signed over methadone in June; at court they give him methadone, and buprenorphine is due in the morning."""
    patient = on_methadone_since_yesterday(ward)
    given(ward, patient)
    ward.clock.at = at(4)
    lifted = frozenset({StopCode.AFTER_OPIOID})
    first = a_schedule(date(2010, 6, 4), 4)
    ordered(ward, patient, an_ordering(Ordered.BUPRENORPHINE, first, lifted=lifted, reason="in withdrawal"))
    for day in (4, 5, 6, 7):
        ward.clock.at = at(day)
        given(ward, patient, medicine=Ordered.BUPRENORPHINE)
    at_court = {
        "custody_doses.court.given": "yes",
        "custody_doses.court.at": "2010-06-07T15:00:00+01:00",
        "custody_doses.court.medicine": "methadone",
        "custody_doses.court.dose": "40",
    }
    back_from_court(ward, patient, TRIAGED | at_court)
    ward.clock.at = at(8)
    assert ["Methadone was last taken" in row.stop for row in rows(ward, patient)] == [True]


@pytest.mark.hazard("H-008")
def test_what_was_told_before_court_stops_until_it_is_asked_again(ward: TestDesk) -> None:
    """Naltrexone outside, the dose withheld; back from court, nobody has asked yet, and the dose is due."""
    patient = on_methadone_since_yesterday(ward)
    ward.clock.advance(minutes=5)
    answered(ward, patient, prescribed__any="yes", prescribed__medicine="naltrexone", prescribed__daily="50")
    assert [row.state for row in rows(ward, patient)] == ["stopped"]
    given(ward, patient, Outcome.WITHHELD)
    back_from_court(ward, patient, answers={})
    ward.clock.at = at(3)
    assert [row.state for row in rows(ward, patient)] == ["stopped"]


@pytest.mark.hazard("H-008")
def test_a_dose_stays_with_its_order_where_two_records_are_parted_again(ward: TestDesk) -> None:
    """Joined by mistake, parted at ten: the dose of half past eight lies in the other record, and is due again."""
    patient = on_methadone_since_yesterday(ward)
    given(ward, patient)
    ward.clock.at = at(3)
    given(ward, patient)
    take_in(by(ward), [(2, an_arrival(arrived_at=at(3, 8), prison_number="B9999XX", surname="Sparow"))])
    with ward.store.reading() as work:
        other = next(each for each in work.arrivals(at(1)) if each.surname == "Sparow")
    ward.clock.at = at(3, 21)
    joining.join(by(ward), patient.patient_id, other.patient_id, "the same face")
    ward.clock.at = at(4)
    given(ward, patient)
    with ward.store.reading() as work:
        folded = work.person(patient.patient_id).folded
        link = next(each for each in folded.effective if each.kind == "joined")
    ward.clock.at = at(4, 10)
    corrections.mark_in_error(by(ward), link.id, "two men after all")
    assert [row.state for row in rows(ward, patient)] == ["written"]


@pytest.mark.hazard("H-006")
def test_a_class_chosen_on_the_evening_of_the_return_forgets_nothing(ward: TestDesk) -> None:
    """The week of the first dose begins anew with a signature, and he rises thirty over it a second time."""
    patient = on_methadone_since_yesterday(ward)
    given(ward, patient)
    ward.clock.at = at(3)
    ordered(ward, patient, an_ordering(schedule=a_schedule(date(2010, 6, 3), 30)))
    given(ward, patient)
    back_from_court(ward, patient)
    chosen(ward, patient, ordering=an_ordering(schedule=a_schedule(date(2010, 6, 3), 30)))
    ward.clock.at = at(3)
    raised(ward, patient, 40)
    raised(ward, patient, 50)
    tomorrow(ward)
    assert Code.SCHEDULE_WEEK_ONE in must_be_read(ward, patient, 60)
    assert now_of(ward, patient).facts.dependence == "dependent"


@pytest.mark.hazard("H-007")
def test_the_week_of_a_new_beginning_is_a_first_week_too(ward: TestDesk) -> None:
    """Six days missed, begun again at twenty, and ten more a day to sixty without a word."""
    patient = on_methadone(ward)
    given(ward, patient)
    tomorrow(ward)
    for _ in range(6):
        given(ward, patient, Outcome.REFUSED)
        tomorrow(ward)
    again = an_ordering(
        schedule=a_schedule(now_of(ward, patient).today, 20),
        lifted=frozenset({StopCode.MISSED_DAYS}),
        reason="seen, not drowsy",
    )
    ordered(ward, patient, again)
    given(ward, patient)
    for dose in (30, 40, 50):
        raised(ward, patient, dose)
    tomorrow(ward)
    assert Code.SCHEDULE_WEEK_ONE in must_be_read(ward, patient, 60)


@pytest.mark.hazard("H-007")
def test_days_missed_after_the_signature_are_not_signed_over(ward: TestDesk) -> None:
    """Signed over three days for next Monday; by Monday it is ten, and the old dose is due."""
    patient = on_methadone(ward, ordering=an_ordering(schedule=a_schedule(TODAY, 30)))
    given(ward, patient)
    tomorrow(ward)
    for _ in range(3):
        given(ward, patient, Outcome.REFUSED)
        tomorrow(ward)
    start = now_of(ward, patient).today + 7 * A_DAY
    over = frozenset({StopCode.MISSED_DAYS})
    ordered(ward, patient, an_ordering(schedule=a_schedule(start, 30), lifted=over, reason="seen"))
    ward.clock.at = datetime.combine(start, ward.clock.at.timetz())
    assert [row.state for row in rows(ward, patient, acting=by(ward, signed=True))] == ["stopped"]


@pytest.mark.hazard("H-006")
def test_drug_free_once_answered_does_not_switch_off_the_checks_of_a_first_dose(ward: TestDesk) -> None:
    """Ninety-five as a first dose, because somebody wrote in March that he was drug free."""
    patient = a_patient(ward)
    record.write_assessment(by(ward), patient.patient_id, {"opioids.drug_free_since": "2010-03-01"})
    now = now_of(ward, patient)
    course = Reduction(Ordered.METHADONE, mg(100), first_day=now.today, step=mg(5), interval_days=7)
    assert Code.SCHEDULE_ABOVE in read_of(propose_course(by(ward, Role.PRESCRIBER), now, course).findings)


@pytest.mark.hazard("H-008")
def test_a_cup_of_an_orders_last_day_stays_on_the_round_until_it_is_written(ward: TestDesk) -> None:
    """Handed out, the alarm, and on the next day there is no order any more that would ask."""
    patient = on_methadone(ward, ordering=an_ordering(schedule=a_schedule(TODAY, 20, TODAY)))
    handing.hand_out(by(ward), due(ward, patient), PHOTOGRAPH)
    tomorrow(ward)
    assert [row.state for row in rows(ward, patient)] == ["handed out"]
    handing.record_dose(by(ward), rows(ward, patient)[0].due, handing.Ended(Outcome.TAKEN))
    assert rows(ward, patient) == ()


@pytest.mark.hazard("H-002")
def test_a_class_in_force_with_nothing_ordered_is_in_the_prescribers_list(ward: TestDesk) -> None:
    """His order ended yesterday; today he is on no round, and the list says maintenance, in force."""
    patient = on_methadone(ward, ordering=an_ordering(schedule=a_schedule(TODAY, 20, TODAY)))
    given(ward, patient)
    prescriber = by(ward, Role.PRESCRIBER)
    assert not [each.why for row in record.regimes(prescriber) for each in row.asked if each.why]
    tomorrow(ward)
    assert rows(ward, patient) == ()
    assert [[each.why for each in row.asked if each.why] for row in record.regimes(prescriber)] == [
        ["nothing is ordered"]
    ]
    found = now_of(ward, patient).assessment.findings
    assert any(each.sentence.startswith("Nothing is ordered since Thu 3 Jun 2010") for each in found)
    ordered(ward, patient, an_ordering(schedule=a_schedule(TODAY + A_DAY)))
    assert not [each.why for row in record.regimes(prescriber) for each in row.asked if each.why]


@pytest.mark.hazard("H-007")
def test_a_rise_does_not_run_on_without_the_first_dose(ward: TestDesk) -> None:
    """Ordered at twenty to ten for that morning, or asleep when they called: his first dose is the second day's."""
    patient = a_patient(ward)
    course = Schedule((*a_schedule(TODAY, 20, TODAY).stretches, *a_schedule(TODAY + A_DAY, 30).stretches))
    chosen(ward, patient, ordering=an_ordering(schedule=course))
    given(ward, patient, Outcome.REFUSED)
    tomorrow(ward)
    (row,) = rows(ward, patient)
    assert row.state == "stopped"
    assert "30 mg comes after a day of 20 mg, and that was not taken: nothing was taken since" in row.stop
    with pytest.raises(Refused, match="comes after a day of 20 mg"):
        given(ward, patient)
    ordered(ward, patient, an_ordering(schedule=a_schedule(TODAY + A_DAY, 20)))
    given(ward, patient)
    assert treatment(ward, patient).doses[-1].mg == mg(20)
