"""What two desks wrote of one treatment, not knowing of each other, once both records are in one place."""

from dataclasses import replace
from datetime import timedelta

import pytest
from factories import TestDesk
from treatment import (
    PHOTOGRAPH,
    TODAY,
    Patient,
    a_schedule,
    an_ordering,
    both_gave,
    by,
    due,
    elsewhere,
    given,
    mg,
    on_methadone,
    ordered,
    ordered_elsewhere,
    rows,
    tomorrow,
    treatment,
    written_elsewhere,
)

from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.treatment import Dose
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.stops import StopCode
from pdtdesk.services.refusals import Changed, Refused
from pdtdesk.services.regime.dose_facts import DoseDue
from pdtdesk.services.regime.giving import open_dose
from pdtdesk.services.regime.handing import ALL_TRUE, Ended, correct_dose, hand_out, record_dose, settle_doses
from pdtdesk.services.regime.lifting import Lifting, lift

TAKEN = {"outcome": "taken", "witness": "K. Osei"}


def marked_elsewhere(desk: TestDesk, patient: Patient, entry_id: str, role: Role = Role.PRESCRIBER) -> None:
    """Another desk marked an entry as entered in error."""
    who, at = desk.acting(role).who, desk.clock.now()
    why = {"why": "written for another man"}
    with desk.store.work() as work:
        work.append(
            [
                NewEntry(
                    "sync", "entered_in_error", why, who, patient.patient_id, supersedes=(entry_id,), happened_at=at
                )
            ]
        )


def settled(desk: TestDesk, patient: Patient, dose: DoseDue, stands: str) -> tuple[Dose, ...]:
    settle_doses(by(desk, Role.PRESCRIBER), dose, stands, "asked both nurses")
    return treatment(desk, patient).doses


def codes(desk: TestDesk, patient: Patient) -> set[str]:
    return {each.code for each in open_dose(by(desk), due(desk, patient)).stops}


@pytest.mark.hazard("H-007")
def test_what_was_lifted_for_one_order_opens_no_other(ward: TestDesk) -> None:
    """*20 mg once*, says the doctor on the telephone; the 80 mg that another desk signed come in, and are poured."""
    patient = on_methadone(ward)
    given(ward, patient)
    signed_at = ward.clock.now()
    for _ in range(4):
        tomorrow(ward)
        given(ward, patient, Outcome.REFUSED)
    tomorrow(ward)
    dose = due(ward, patient)
    call = Lifting(frozenset({StopCode.MISSED_DAYS}), "20 mg once", "Dr Ito", "K. Osei", ward.clock.now())
    assert lift(by(ward), dose, call).stops == ()
    day = TODAY + timedelta(days=1)
    stretch = {"from": day.isoformat(), "to": None, "doses": [["morning", "80 mg"]]}
    body = {"stay": patient.stay, "course": dose.course, "medicine": "methadone", "from": day.isoformat()}
    body |= {"schedule": [stretch], "replaces": [dose.order]}
    who = ward.acting(Role.PRESCRIBER).who
    with ward.store.work() as work:
        over = (dose.order,)
        work.append(
            [NewEntry("regime", "order", body, who, patient.patient_id, happened_at=signed_at, supersedes=over)]
        )
    (row,) = rows(ward, patient)
    assert (row.mg, row.state) == (mg(80), "stopped")
    with pytest.raises(Refused, match="reassess before any dose"):
        hand_out(by(ward), row.due, PHOTOGRAPH)


@pytest.mark.hazard("H-008")
def test_two_doses_that_were_both_swallowed_are_both_counted(ward: TestDesk) -> None:
    """Forty milligrams in him, and once the red is gone the record says twenty."""
    patient = on_methadone(ward)
    dose = both_gave(ward, patient)
    assert rows(ward, patient)[0].state == "conflict"
    both = settled(ward, patient, dose, ALL_TRUE)
    assert [(each.mg, bool(each.begun)) for each in both] == [(mg(20), True)] * 2
    now = treatment(ward, patient)
    assert (now.taken_on(Ordered.METHADONE, TODAY), now.dose_conflicts) == (40, ())
    (row,) = rows(ward, patient)
    assert (row.state, row.stop) == ("written", "given 2 times: methadone 20 mg, methadone 20 mg")
    with pytest.raises(Changed, match="settled meanwhile"):
        settled(ward, patient, dose, ALL_TRUE)
    elsewhere(ward, patient, "dose", dose, **TAKEN)
    assert len(treatment(ward, patient).dose_conflicts[0].doses) == 3, "a third account was in nobody's sight"


@pytest.mark.hazard("H-008")
def test_the_same_settled_at_two_desks_is_not_counted_twice_over(ward: TestDesk) -> None:
    """Both desks say that both were given, and the record says eighty; or it stays red, and nothing more is given."""
    patient = on_methadone(ward)
    dose = both_gave(ward, patient)
    settled(ward, patient, dose, ALL_TRUE)
    with ward.store.reading() as work:
        mine = work.person(patient.patient_id).folded.of_kind("dose")
    for each in mine:
        written_elsewhere(ward, patient, "dose", dict(each.body), Role.PRESCRIBER, *each.header.supersedes)
    now = treatment(ward, patient)
    assert (now.taken_on(Ordered.METHADONE, TODAY), now.dose_conflicts) == (40, ())


@pytest.mark.hazard("H-008")
def test_two_medicines_in_one_slot_are_never_settled_into_one(ward: TestDesk) -> None:
    """Methadone at one hatch, buprenorphine at the other: whichever is chosen, what stops the next dose is gone."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    elsewhere(ward, patient, "dose", dose, **TAKEN)
    elsewhere(ward, patient, "dose", dose, medicine="buprenorphine", ordered="4 mg", outcome="taken")
    (two,) = treatment(ward, patient).dose_conflicts
    with pytest.raises(Refused, match="These are two medicines"):
        settled(ward, patient, dose, two.doses[0].entry_id)
    settled(ward, patient, dose, ALL_TRUE)
    now = treatment(ward, patient)
    assert (now.taken_on(Ordered.METHADONE, TODAY), now.taken_on(Ordered.BUPRENORPHINE, TODAY)) == (20, 4)
    assert now.dose_conflicts == ()


@pytest.mark.hazard("H-008")
def test_two_first_orders_that_were_both_given_stay_red_until_somebody_settles_it(ward: TestDesk) -> None:
    """Each desk ordered and gave twenty; a new order takes the place of both, and nothing says that he had forty."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    ordered_elsewhere(ward, patient, "methadone")
    other = next(each for each in treatment(ward, patient).orders if each.entry_id != dose.order)
    for each in (dose, replace(dose, order=other.entry_id, course=other.course)):
        elsewhere(ward, patient, "dose", each, **TAKEN)
    ordered(ward, patient, an_ordering(schedule=a_schedule(TODAY + timedelta(days=1), 25)))
    assert {row.state for row in rows(ward, patient)} == {"conflict"}
    tomorrow(ward)
    first = rows(ward, patient)[0]
    assert (first.due.day, first.state) == (TODAY, "conflict"), "it stands in every round"
    assert StopCode.CONFLICT in codes(ward, patient)
    settled(ward, patient, dose, ALL_TRUE)
    assert [row.state for row in rows(ward, patient)] == ["due"]


@pytest.mark.hazard("H-008")
def test_a_cup_of_an_order_that_was_taken_back_elsewhere_is_still_asked_for(ward: TestDesk) -> None:
    """He is off the round, the next order stands stopped for ever, and nobody can write down what he swallowed."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    hand_out(by(ward), dose, PHOTOGRAPH)
    marked_elsewhere(ward, patient, dose.order)
    (row,) = rows(ward, patient)
    assert (row.state, row.due, row.mg) == ("handed out", dose, mg(20))
    tomorrow(ward)
    assert [each.state for each in rows(ward, patient)] == ["handed out"]
    assert record_dose(by(ward), dose, Ended(Outcome.TAKEN)).begun is None
    ordered(ward, patient, an_ordering(schedule=a_schedule(TODAY + timedelta(days=1), 25)))
    assert rows(ward, patient)[-1].state == "due"


def test_a_cup_is_asked_for_before_its_order_has_come(ward: TestDesk) -> None:
    """The stick brought the handing out and not yet the order: the man is on no list, and his next dose is locked."""
    patient = on_methadone(ward)
    given(ward, patient, Outcome.REFUSED)
    dose = replace(due(ward, patient), order="0190-not-here", course="0190-not-here", slot="night")
    elsewhere(ward, patient, "dose_begun", dose, identified_by="photograph")
    row = rows(ward, patient)[-1]
    assert (row.state, row.due.slot) == ("handed out", "night")
    record_dose(by(ward), row.due, Ended(Outcome.TAKEN))
    assert treatment(ward, patient).begun == ()


def test_two_accounts_are_settled_though_their_order_was_taken_back(ward: TestDesk) -> None:
    """Red on every round, lifted by telephone every morning, and no way to say what became of one dose."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    elsewhere(ward, patient, "dose", dose, **TAKEN)
    elsewhere(ward, patient, "dose", dose, outcome="refused", reason="asleep")
    marked_elsewhere(ward, patient, dose.order)
    ordered(ward, patient, an_ordering(schedule=a_schedule(TODAY, 25)))
    (stands,) = (each for each in treatment(ward, patient).doses if each.outcome is Outcome.TAKEN)
    settled(ward, patient, dose, stands.entry_id)
    assert [row.state for row in rows(ward, patient)] == ["written"]


@pytest.mark.hazard("H-008")
def test_what_one_desk_marked_and_the_other_changed_gives_nothing(ward: TestDesk) -> None:
    """*Written for another man* at one desk, raised to 25 mg at the other: he is given another man's dose."""
    patient = on_methadone(ward)
    (order,) = treatment(ward, patient).orders
    ordered(ward, patient, an_ordering(schedule=a_schedule(TODAY, 25)))
    marked_elsewhere(ward, patient, order.entry_id)
    (row,) = rows(ward, patient)
    assert row.state == "conflict"
    with pytest.raises(Refused, match="Two accounts"):
        hand_out(by(ward), row.due, PHOTOGRAPH)
    ordered(ward, patient, an_ordering(schedule=a_schedule(TODAY, 10)))
    assert [(each.state, each.mg) for each in rows(ward, patient)] == [("due", mg(10))]
    assert treatment(ward, patient).conflicting == ()


@pytest.mark.hazard("H-008")
def test_a_dose_marked_at_one_desk_and_corrected_at_the_other_is_red(ward: TestDesk) -> None:
    """Nobody took it, says one; half of it, says the other: whoever wrote last is believed, and nobody is asked."""
    patient = on_methadone(ward)
    given(ward, patient)
    (written,) = treatment(ward, patient).doses
    dose = due(ward, patient)
    correct_dose(
        by(ward), dose, written.entry_id, Ended(Outcome.PART_TAKEN, mg(10), "spat some out", "K. Osei"), "mistyped"
    )
    marked_elsewhere(ward, patient, written.entry_id, Role.NURSE)
    assert rows(ward, patient)[0].state == "conflict"
    (one,) = treatment(ward, patient).doses
    settled(ward, patient, dose, one.entry_id)
    assert [(row.state, row.outcome) for row in rows(ward, patient)] == [("written", Outcome.PART_TAKEN)]


@pytest.mark.hazard("H-008")
def test_a_dose_written_a_day_ahead_stops_todays(ward: TestDesk) -> None:
    """The other desk's clock is a day fast: today's dose is given twice, and tomorrow he gets none."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    elsewhere(ward, patient, "dose", replace(dose, day=TODAY + timedelta(days=1)), **TAKEN)
    assert StopCode.DAY_AHEAD in codes(ward, patient)
    with pytest.raises(Refused, match="a day that has not come"):
        hand_out(by(ward), dose, PHOTOGRAPH)


def test_what_was_decided_of_two_accounts_lifts_no_third(ward: TestDesk) -> None:
    """Lifted over a refusal that two nurses wrote; then a dose taken elsewhere comes in, and his is given on top."""
    patient = on_methadone(ward)
    first = due(ward, patient)
    for reason in ("asleep", "at court"):
        elsewhere(ward, patient, "dose", first, outcome="refused", reason=reason)
    tomorrow(ward)
    dose = due(ward, patient)
    lift(by(ward, Role.PRESCRIBER), dose, Lifting(frozenset({StopCode.CONFLICT}), "refused either way"))
    assert codes(ward, patient) == set()
    elsewhere(ward, patient, "dose", first, **TAKEN)
    assert codes(ward, patient) == {StopCode.CONFLICT}


def test_an_end_of_no_day_takes_nobodys_record_away(ward: TestDesk) -> None:
    """One damaged line from another desk, and the page of this man never opens again."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    body = {"stay": patient.stay, "from": "0001-01-01", "replaces": [dose.order]}
    written_elsewhere(ward, patient, "order_ended", body, Role.PRESCRIBER, dose.order)
    assert treatment(ward, patient).unread == 1


@pytest.mark.hazard("H-008")
def test_doses_of_two_desks_in_two_slots_of_one_day_are_red(ward: TestDesk) -> None:
    """One desk gave the morning's, another moved it to the evening and gave that: forty in him, each slot is right,
    and nobody looks."""
    patient = on_methadone(ward)
    given(ward, patient)
    (row,) = rows(ward, patient)
    assert (row.state, row.stop) == ("written", "")
    moved = {"order": "elsewhere", "course": "elsewhere", "slot": "evening", "outcome": "taken", "witness": "K. Osei"}
    elsewhere(ward, patient, "dose", row.due, **moved)
    assert {each.stop for each in rows(ward, patient)} == {"40 mg taken this day, 20 mg ordered"}
    other = {"order": "another", "course": "another", "slot": "night", "medicine": "buprenorphine"}
    elsewhere(ward, patient, "dose", row.due, **{**moved, **other})
    said = {each.stop for each in rows(ward, patient)}
    assert said == {"on one day: methadone 20 mg, methadone 20 mg, buprenorphine 20 mg"}
