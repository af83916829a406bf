"""One dose: checked, handed out, and what became of it written down. Nothing is assumed between the two."""

from dataclasses import replace
from datetime import timedelta

import pytest
from factories import TestDesk
from treatment import (
    AWAKE,
    DROWSY,
    PHOTOGRAPH,
    TODAY,
    a_schedule,
    an_ordering,
    by,
    due,
    elsewhere,
    given,
    mg,
    on_methadone,
    opened_again,
    ordered,
    rows,
    stopped,
    tomorrow,
    treatment,
)

from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.stops import Look
from pdtdesk.services.reception import people
from pdtdesk.services.reception.corrections import mark_in_error
from pdtdesk.services.refusals import Changed, NotAllowed, Refused
from pdtdesk.services.regime.handing import (
    Checked,
    Ended,
    correct_dose,
    hand_out,
    not_this_patient,
    record_dose,
    settle_doses,
)


@pytest.mark.hazard("H-003")
@pytest.mark.parametrize("look", [DROWSY, Look(drowsy=False, intoxicated=True), Look(drowsy=True)])
def test_a_dose_is_not_given_to_a_drowsy_patient(ward: TestDesk, look: Look) -> None:
    """Was asleep at the hatch, was given the dose, was dead in the morning (K-08)."""
    patient = on_methadone(ward)
    stopped = hand_out(by(ward), due(ward, patient), replace(PHOTOGRAPH, look=look))
    assert stopped.begun is None
    assert stopped.row.state == "stopped"
    assert "RD-AFTER-SEDATION" in {str(stop.code) for stop in stopped.stops}
    said = people.open_record(ward.acting(), patient.patient_id).person.current.answers
    assert "yes" in {said[key][0].answer.value for key in ("risk.drowsy", "risk.intoxicated")}
    (plan,) = people.open_record(ward.acting(), patient.patient_id).person.current.plans
    assert any(hold["hard"] for hold in plan.body["may_not_be_given"]), "tonight's plan says so too"
    with pytest.raises(Refused, match="prescriber's decision"):
        hand_out(by(ward), stopped.row.due, PHOTOGRAPH)


@pytest.mark.hazard("H-003")
@pytest.mark.parametrize("look", [Look(), Look(drowsy=False), Look(intoxicated=False)])
def test_a_dose_is_not_given_where_nobody_has_looked(ward: TestDesk, look: Look) -> None:
    """Otherwise the look of last night answers for this morning; no answer is filled in beforehand."""
    patient = on_methadone(ward)
    with pytest.raises(Refused, match="Nobody has looked"):
        hand_out(by(ward), due(ward, patient), replace(PHOTOGRAPH, look=look))
    assert treatment(ward, patient).begun == ()


def test_what_makes_nobody_drowsy_asks_for_no_look(ward: TestDesk) -> None:
    """Otherwise a question that nobody needs is answered without being asked."""
    patient = on_methadone(ward)
    ordered(ward, patient, an_ordering(Ordered.LOFEXIDINE, a_schedule(amount="0.2")))
    dose = due(ward, patient, medicine=Ordered.LOFEXIDINE)
    assert hand_out(by(ward), dose, Checked("two identifiers", Look())).begun is not None


@pytest.mark.hazard("H-001")
def test_a_dose_is_not_given_to_another_person_and_nothing_of_theirs_is_written_here(ward: TestDesk) -> None:
    """Otherwise he gets his neighbour's methadone; or is written down as drowsy because his neighbour was."""
    patient = on_methadone(ward)
    for look in (AWAKE, DROWSY):
        with pytest.raises(Refused, match="Not this patient"):
            hand_out(by(ward), due(ward, patient), Checked("", look))
    held = people.open_record(ward.acting(), patient.patient_id).person.current.answers
    assert held["risk.drowsy"][0].answer.value == "no"
    assert hand_out(by(ward), due(ward, patient), Checked("two identifiers", AWAKE)).begun is not None


def test_only_whoever_gives_medicines_hands_one_out(ward: TestDesk) -> None:
    """Otherwise a worker without a register holds the cup."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    for role in (Role.CARAT, Role.MANAGER, Role.ADMIN):
        with pytest.raises(NotAllowed):
            hand_out(by(ward, role), dose, PHOTOGRAPH)
    with pytest.raises(Refused, match="somebody else"):
        hand_out(by(ward), dose, replace(PHOTOGRAPH, witness=" r. adeyemi "))


@pytest.mark.hazard("H-008")
def test_a_power_cut_between_handed_out_and_written_down_asks_what_became_of_it(ward: TestDesk) -> None:
    """Otherwise the dose that he swallowed in the dark is poured again when the lights are on."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    hand_out(by(ward), dose, PHOTOGRAPH)
    after = opened_again(ward)
    try:
        (row,) = rows(after, patient)
        assert (row.state, row.outcome) == ("handed out", None)
        with pytest.raises(Refused, match="nobody wrote down what became of it"):
            hand_out(by(after), dose, PHOTOGRAPH)
        written = record_dose(by(after), dose, Ended(Outcome.TAKEN))
        assert written.begun is None
        assert written.written is not None
        assert written.written.witness == "K. Osei", "who saw it is known from the checks"
        assert [row.state for row in rows(after, patient)] == ["written"]
        tomorrow(after)
        assert given(after, patient).row.state == "written", "and the round goes on"
    finally:
        after.door.close()


@pytest.mark.hazard("H-008")
def test_what_was_handed_out_of_an_order_changed_meanwhile_is_written_as_it_was_poured(ward: TestDesk) -> None:
    """Otherwise 20 mg that were swallowed stand in the record as the 50 mg that were ordered after them."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    hand_out(by(ward), dose, PHOTOGRAPH)
    ordered(ward, patient, an_ordering(schedule=a_schedule(amount=25)))
    (row,) = rows(ward, patient)
    assert row.state == "handed out"
    record_dose(by(ward), row.due, Ended(Outcome.TAKEN))
    (written,) = treatment(ward, patient).doses
    assert (written.mg, written.order) == (mg(20), dose.order)


@pytest.mark.hazard("H-008")
def test_what_was_handed_out_of_an_order_stopped_meanwhile_stays_on_the_round(ward: TestDesk) -> None:
    """Otherwise nobody is ever asked what became of a dose whose order was stopped while it was on the hatch."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    hand_out(by(ward), dose, PHOTOGRAPH)
    yesterday = TODAY - timedelta(days=1)
    stopped(ward, patient, yesterday, why="wrong person")
    (row,) = rows(ward, patient)
    assert (row.state, row.mg) == ("handed out", mg(20))
    ordered(ward, patient, an_ordering(schedule=a_schedule(amount=5)))
    assert sorted(row.state for row in rows(ward, patient)) == ["handed out", "stopped"]
    record_dose(by(ward), row.due, Ended(Outcome.REFUSED, reason="pushed it back"))
    assert {row.state for row in rows(ward, patient)} == {"written"}


@pytest.mark.hazard("H-008")
def test_what_was_taken_must_have_been_handed_out(ward: TestDesk) -> None:
    """Otherwise a dose is written down as taken without anybody having looked or asked who it is."""
    patient = on_methadone(ward)
    for outcome in (Outcome.TAKEN, Outcome.VOMITED, Outcome.CONCEALED, Outcome.PART_TAKEN):
        with pytest.raises(Refused, match="hand it out"):
            record_dose(by(ward), due(ward, patient), Ended(outcome, mg(5), "said so"))
    for outcome in (Outcome.REFUSED, Outcome.MISSED, Outcome.WITHHELD):
        with pytest.raises(Refused, match="Say why the dose was"):
            record_dose(by(ward), due(ward, patient), Ended(outcome, reason=" "))
    assert record_dose(by(ward), due(ward, patient), Ended(Outcome.WITHHELD, reason="at court")).written is not None


@pytest.mark.parametrize(
    ("taken", "accepted"), [(None, False), ("0", False), ("0.1", True), ("19.9", True), ("20", False), ("21", False)]
)
def test_a_part_is_more_than_nothing_and_less_than_all(ward: TestDesk, taken: str | None, *, accepted: bool) -> None:
    """Otherwise half a dose is written as none, and the next day's as the second half."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    hand_out(by(ward), dose, PHOTOGRAPH)
    ended = Ended(Outcome.PART_TAKEN, mg(taken) if taken else None, "spat")
    if not accepted:
        with pytest.raises(Refused, match="more than 0 mg, and less than all of it"):
            record_dose(by(ward), dose, ended)
        return
    assert record_dose(by(ward), dose, ended).written.mg == mg(taken)


def test_an_amount_is_written_of_a_part_alone(ward: TestDesk) -> None:
    """Otherwise a whole dose stands with another amount beside it, and nobody knows which was swallowed."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    hand_out(by(ward), dose, PHOTOGRAPH)
    with pytest.raises(Refused, match="only where a part was taken"):
        record_dose(by(ward), dose, Ended(Outcome.TAKEN, mg(20)))
    with pytest.raises(Refused, match="somebody else"):
        record_dose(by(ward), dose, Ended(Outcome.TAKEN, witness="R. Adeyemi"))


@pytest.mark.hazard("H-008")
def test_a_dose_is_written_down_once(ward: TestDesk) -> None:
    """Otherwise an impatient second press makes two doses of one."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    given(ward, patient)
    with pytest.raises(Changed, match=r"R. Adeyemi has written down this dose already: taken"):
        record_dose(by(ward), dose, Ended(Outcome.TAKEN))


def test_a_correction_takes_the_place_of_what_stood_and_keeps_what_was_ordered(ward: TestDesk) -> None:
    """Otherwise a slip of the pen stands for ever, or the correction changes what had been poured."""
    patient = on_methadone(ward)
    given(ward, patient)
    ordered(ward, patient, an_ordering(schedule=a_schedule(amount=25)))
    (row,) = rows(ward, patient)
    (wrong,) = treatment(ward, patient).doses
    with pytest.raises(Refused, match="Say why"):
        correct_dose(by(ward), row.due, wrong.entry_id, Ended(Outcome.VOMITED, reason="at once"), "")
    correct_dose(
        by(ward), row.due, wrong.entry_id, Ended(Outcome.PART_TAKEN, mg(15), "spilt"), "the cup was not empty"
    )
    (now,) = treatment(ward, patient).doses
    assert (now.ordered_mg, now.mg, now.order) == (mg(20), mg(15), wrong.order)
    assert treatment(ward, patient).begun == ()
    with pytest.raises(Changed, match="corrected meanwhile"):
        correct_dose(by(ward), row.due, wrong.entry_id, Ended(Outcome.TAKEN), "again")


@pytest.mark.hazard("H-003")
def test_a_refusal_is_not_corrected_into_a_dose_that_nobody_checked(ward: TestDesk) -> None:
    """Otherwise whoever comes back at ten is given it without a look, as a correction."""
    patient = on_methadone(ward)
    given(ward, patient, Outcome.REFUSED)
    (refused,) = treatment(ward, patient).doses
    dose = due(ward, patient)
    with pytest.raises(Refused, match="never handed out"):
        correct_dose(by(ward), dose, refused.entry_id, Ended(Outcome.TAKEN), "changed his mind")
    correct_dose(by(ward), dose, refused.entry_id, Ended(Outcome.MISSED, reason="at court"), "was at court")
    (missed,) = treatment(ward, patient).doses
    mark_in_error(by(ward), missed.entry_id, "he is here")
    mark_in_error(by(ward), refused.entry_id, "he is here")
    assert given(ward, patient).written.outcome is Outcome.TAKEN


@pytest.mark.hazard("H-008")
def test_a_record_taken_back_asks_again_what_became_of_the_dose(ward: TestDesk) -> None:
    """Otherwise a dose that was handed out is due again as soon as somebody doubts its record."""
    patient = on_methadone(ward)
    given(ward, patient)
    mark_in_error(by(ward), treatment(ward, patient).doses[0].entry_id, "written for the neighbour")
    assert [row.state for row in rows(ward, patient)] == ["handed out"]


@pytest.mark.hazard("H-008")
def test_two_records_of_one_dose_block_the_next_until_somebody_with_the_role_settles_them(ward: TestDesk) -> None:
    """Otherwise the later of two desks silently wins on whether he swallowed it."""
    patient = on_methadone(ward)
    given(ward, patient)
    elsewhere(ward, patient, "dose", outcome="refused", reason="asleep")
    dose = due(ward, patient)
    assert [row.state for row in rows(ward, patient)] == ["conflict"]
    tomorrow(ward)
    with pytest.raises(Refused, match="Two accounts"):
        hand_out(by(ward), due(ward, patient), PHOTOGRAPH)
    two = treatment(ward, patient).doses
    taken = next(each for each in two if each.outcome is Outcome.TAKEN)
    with pytest.raises(NotAllowed):
        settle_doses(by(ward), dose, taken.entry_id, "seen")
    with pytest.raises(Changed, match="settled meanwhile"):
        settle_doses(by(ward, Role.LEAD), dose, "another", "seen")
    settle_doses(by(ward, Role.LEAD), dose, taken.entry_id, "the officer saw him swallow it")
    (stands,) = treatment(ward, patient).doses
    assert (stands.outcome, stands.mg, stands.at) == (Outcome.TAKEN, mg(20), taken.at)
    assert treatment(ward, patient).dose_conflicts == ()
    assert treatment(ward, patient).begun == ()
    assert given(ward, patient).row.state == "written"
    with pytest.raises(Changed, match="settled meanwhile"):
        settle_doses(by(ward, Role.PRESCRIBER), dose, taken.entry_id, "seen")


@pytest.mark.hazard("H-008")
def test_two_desks_that_both_handed_it_out_are_both_asked(ward: TestDesk) -> None:
    """Otherwise the second cup vanishes as soon as the first one is written down."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    hand_out(by(ward), dose, PHOTOGRAPH)
    elsewhere(ward, patient, "dose_begun")
    record_dose(by(ward), dose, Ended(Outcome.TAKEN))
    assert [row.state for row in rows(ward, patient)] == ["handed out"]
    record_dose(by(ward), dose, Ended(Outcome.TAKEN))
    assert [row.state for row in rows(ward, patient)] == ["conflict"]
    assert len(treatment(ward, patient).dose_conflicts[0].doses) == 2


@pytest.mark.hazard("H-001")
def test_that_somebody_else_stood_there_is_kept_and_in_no_record(ward: TestDesk) -> None:
    """The man from the next cell comes twice under another's name, and nobody can say that he did."""
    patient = on_methadone(ward)
    with ward.store.reading() as work:
        before = len(work.person(patient.patient_id).folded.effective)
    not_this_patient(by(ward), due(ward, patient))
    with ward.store.reading() as work:
        assert len(work.person(patient.patient_id).folded.effective) == before
        latest = work.audit_page(None, 1, patient.patient_id)[0].line
    assert (latest.what, latest.patient_id) == ("found another person at the round", patient.patient_id)


def test_a_reason_is_words_and_no_longer_than_anybody_reads(ward: TestDesk) -> None:
    """A full stop for why a dose was withheld, or a page that was pasted."""
    patient = on_methadone(ward)
    for reason, wrong in ((".", "a few words"), ("?!", "a few words"), ("because " * 400, "at most 2000 letters")):
        with pytest.raises(Refused, match=wrong):
            record_dose(by(ward), due(ward, patient), Ended(Outcome.WITHHELD, reason=reason))
