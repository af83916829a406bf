"""What has been corrected since is judged again: no list and no sheet keeps an older judgement."""

from datetime import date, timedelta

import pytest
from factories import EVENING, TestDesk, a_draft, an_answer, an_arrival

from pdtdesk.domain.reception.alerts import alerts_of
from pdtdesk.domain.reception.facts import Standing
from pdtdesk.domain.reception.person import Identity
from pdtdesk.domain.roles import Role
from pdtdesk.services.desk import staff
from pdtdesk.services.reception import corrections, people, tasks, triage
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.services.refusals import NotAllowed, Refused

AWAKE = {"risk.drowsy": "no", "risk.intoxicated": "no", "withdrawal.seen": "opioids", "prescribed.any": "yes"}


def arrived(desk: TestDesk, **given: object) -> tuple[str, str]:
    take_in(desk.acting(), [(2, an_arrival(**given))])
    patient = people.search(desk.acting(), "sparrow")[0].patient_id
    return people.open_record(desk.acting(), patient).person.current.id, patient


def plan_of(desk: TestDesk, patient: str):
    (plan,) = people.open_record(desk.acting(), patient).person.current.plans
    return plan


def stops(desk: TestDesk, patient: str) -> bool:
    return any(hold["hard"] for hold in plan_of(desk, patient).body["may_not_be_given"])


@pytest.mark.hazard("H-003")
def test_a_plan_marked_in_error_never_brings_back_one_without_the_stop(desk: TestDesk) -> None:
    """The older plan would stand again, and say nothing of "drowsy", which still stands in the record."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, AWAKE), 1)
    over = {
        "risk.drowsy": people.open_record(desk.acting(), patient).person.current.answers["risk.drowsy"][0].entries
    }
    triage.save(desk.acting(), a_draft(stay, patient, {"risk.drowsy": "yes"}, over=over), 2)
    assert stops(desk, patient)
    corrections.mark_in_error(desk.acting(), plan_of(desk, patient).entry_id, "wrong pass")
    assert stops(desk, patient)


@pytest.mark.hazard("H-003")
def test_an_answer_marked_in_error_takes_its_plan_with_it(desk: TestDesk) -> None:
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, AWAKE), 1)
    assert not stops(desk, patient)
    record = people.open_record(desk.acting(), patient).person
    corrections.mark_in_error(desk.acting(), record.current.answers["risk.drowsy"][0].entries[0], "another man")
    assert stops(desk, patient), "nobody has looked any more, and the plan says he may have it"


def test_a_call_is_in_the_plan_at_once(desk: TestDesk) -> None:
    """The sheet would still say "reported, not confirmed" to the night nurse."""
    stay, patient = arrived(desk)
    told = {**AWAKE, "prescribed.medicine": "methadone", "prescribed.daily": "55"}
    triage.save(desk.acting(), a_draft(stay, patient, told), 1)
    call = tasks.Confirmation(
        Standing.CONFIRMED,
        "P. Lane",
        EVENING,
        "methadone",
        "50 mg",
        EVENING - timedelta(hours=13),
        0,
        "none",
        knowing=True,
    )
    tasks.confirm_prescription(desk.acting(), patient, stay, call)
    codes = {found["code"] for found in plan_of(desk, patient).body["findings"]}
    assert "RC-DOSE-NOT-CONFIRMED" not in codes


def test_a_corrected_birth_date_changes_the_plan(desk: TestDesk) -> None:
    """Sixteen, written down as twenty-eight: the adult rules must go at once."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, AWAKE), 1)
    corrections.correct_identity(
        desk.acting(), patient, Identity("Sparrow", "Daniel", date(1994, 1, 1), "male", "A4127CK")
    )
    assert "RC-UNDER-18" in {found["code"] for found in plan_of(desk, patient).body["findings"]}


def test_the_last_call_made_holds_whatever_hour_was_written_on_it(desk: TestDesk) -> None:
    """Confirmed at 21:40; then the pharmacy rings back: not their patient. The earlier hour must not win."""
    stay, patient = arrived(desk)
    told = {**AWAKE, "prescribed.medicine": "methadone", "prescribed.daily": "55"}
    triage.save(desk.acting(), a_draft(stay, patient, told), 1)
    yes = tasks.Confirmation(
        Standing.CONFIRMED,
        "P. Lane",
        EVENING,
        "methadone",
        "50 mg",
        EVENING - timedelta(hours=9),
        knowing=True,
    )
    tasks.confirm_prescription(desk.acting(), patient, stay, yes)
    no = tasks.Confirmation(Standing.REFUTED, "P. Lane", EVENING - timedelta(minutes=20))
    tasks.confirm_prescription(desk.acting(), patient, stay, no)
    record = people.open_record(desk.acting(), patient).person
    assert triage.facts(record, record.current, now=EVENING).standing_prescriptions == ()
    assert "confirm_dose" not in {task.what for task in record.current.tasks if task.settled is None}
    later = tasks.Confirmation(Standing.REFUTED, "P. Lane", EVENING + timedelta(days=400))
    with pytest.raises(Refused, match="past"):
        tasks.confirm_prescription(desk.acting(), patient, stay, later)


@pytest.mark.hazard("H-003")
def test_an_answer_given_without_sight_of_another_account_settles_nothing(desk: TestDesk) -> None:
    """One nurse saw him asleep; another, who did not see that, says awake: the stop stands."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, {**AWAKE, "risk.drowsy": "yes"}), 1)
    triage.save(desk.acting(), a_draft(stay, patient, {"risk.drowsy": "no"}), 1)
    assert stops(desk, patient)
    assert "Two accounts: settle" in [a.words for a in alerts_of(people.open_record(desk.acting(), patient).person)]


def test_rang_no_answer_ends_a_call_and_not_the_need_for_one(desk: TestDesk) -> None:
    """The prescriber was never reached, and nothing asks for it any more."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, AWAKE), 1)
    with desk.store.reading() as work:
        task = next(task for task in work.tasks() if task.what == "prescriber_tonight")
    tasks.settle(desk.acting(), task.entry_id, "rang, no answer")
    triage.save(desk.acting(), a_draft(stay, patient, {"risk.breathing": "no"}), 2)
    with desk.store.reading() as work:
        assert "prescriber_tonight" in {task.what for task in work.tasks()}


@pytest.mark.hazard("H-001")
def test_a_list_printed_again_with_another_hour_makes_no_second_stay(desk: TestDesk) -> None:
    """The saved triage would fall behind an empty one of the same evening."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, AWAKE), 1)
    again = take_in(desk.acting(), [(2, an_arrival(arrived_at=EVENING))])
    assert (again.taken, len(again.refused)) == (0, 1)
    assert "taken in already" in again.refused[0].reason
    assert people.open_record(desk.acting(), patient).person.current.id == stay


@pytest.mark.hazard("H-001")
def test_a_known_number_under_another_name_says_so_on_the_banner(desk: TestDesk) -> None:
    """The warrant and the record name him differently: she has to ask."""
    arrived(desk)
    take_in(desk.acting(), [(2, an_arrival(surname="Sparrow-Hale", arrived_at=EVENING + timedelta(days=1)))])
    patient = people.search(desk.acting(), "sparrow")[0].patient_id
    said = [alert.words for alert in alerts_of(people.open_record(desk.acting(), patient).person)]
    assert any("SPARROW-HALE" in words for words in said)


def test_an_earlier_stay_left_open_is_history_once_he_has_come_again(desk: TestDesk) -> None:
    """Otherwise he stands twice on tonight's list, and last spring's tasks are due."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, AWAKE), 1)
    desk.clock.advance(days=30)
    take_in(desk.acting(), [(2, an_arrival(arrived_at=desk.clock.now()))])
    with desk.store.reading() as work:
        assert [row.stay != stay for row in work.arrivals(desk.clock.now())] == [True]
        assert work.tasks() == ()


def test_what_has_been_corrected_cannot_be_marked_before_its_correction(desk: TestDesk) -> None:
    """Marking the arrival under a cell would change nothing, and look as if it had."""
    stay, patient = arrived(desk)
    corrections.place_in_cell(desk.acting(), patient, "B1-07")
    with pytest.raises(Refused, match="correct"):
        corrections.mark_in_error(desk.acting(), stay, "never came")
    latest = next(row for row in people.timeline(desk.acting(), patient) if row.kind == "arrival" and not row.marks)
    corrections.mark_in_error(desk.acting(), latest.entry_id, "wrong cell")
    corrections.mark_in_error(desk.acting(), stay, "never came")
    assert people.open_record(desk.acting(), patient).person.current is None


def test_who_is_removed_while_signed_in_can_do_nothing_more(desk: TestDesk) -> None:
    """Dismissed at three, still signed in at four."""
    acting = desk.acting(Role.CARAT)
    staff.revoke(desk.acting(Role.ADMIN), desk.door.keys, desk.members[Role.CARAT])
    with pytest.raises(NotAllowed, match="left the establishment"):
        people.search(acting, "spar")


def test_the_manager_is_not_told_who_is_referred_to_carat(desk: TestDesk) -> None:
    """A name on that list tells of drug use."""
    stay, patient = arrived(desk)
    use = {**AWAKE, "substances.opioids.frequency": an_answer("daily")}
    triage.save(desk.acting(), a_draft(stay, patient, use), 1)
    assert tasks.due(desk.acting(Role.CARAT)) != ()
    assert tasks.due(desk.acting(Role.MANAGER)) == ()
