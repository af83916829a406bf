"""The triage as a nurse saves it: authors kept, tonight's plan made and explained, nothing lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from factories import EVENING, NAMES, TestDesk, a_draft, an_answer, an_arrival, an_author

from pdtdesk.domain.reception.facts import Standing
from pdtdesk.domain.roles import Role
from pdtdesk.services.reception import corrections, people, tasks, triage
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.services.refusals import Changed, Refused

FIRST = {
    "arrival.identity_checked": "yes",
    "risk.self_harm_now": "no",
    "risk.drowsy": "no",
    "risk.intoxicated": "no",
    "withdrawal.seen": "opioids",
    "risk.seizure_ever": "no",
    "prescribed.any": "yes",
    "prescribed.medicine": "methadone",
    "prescribed.daily": "55",
    "medicines.cannot_wait": "none",
}


def arrived(desk: TestDesk, **given: object):
    take_in(desk.acting(), [(2, an_arrival(**given))])
    with desk.store.reading() as work:
        row = next(row for row in work.arrivals(EVENING) if row.passes == 0)
    return row.stay, row.patient_id


def test_a_first_pass_sorts_the_arrival_and_leaves_its_tasks(desk: TestDesk) -> None:
    """Otherwise the tenth arrival, who is in withdrawal, waits behind nine who are not."""
    stay, patient = arrived(desk)
    saved = triage.save(desk.acting(), a_draft(stay, patient, FIRST), 1)
    with desk.store.reading() as work:
        (row,) = work.arrivals(EVENING)
        open_tasks = {task.what for task in work.tasks()}
    assert (row.passes, row.priority) == (1, saved.tonight.priority.value)
    assert row.priority != "routine"
    assert "confirm_dose" in open_tasks


@pytest.mark.hazard("H-003")
def test_a_dose_is_not_given_to_a_drowsy_patient(desk: TestDesk) -> None:
    """Was asleep, was given the dose, was dead in the morning."""
    stay, patient = arrived(desk)
    saved = triage.save(desk.acting(), a_draft(stay, patient, {**FIRST, "risk.drowsy": "yes"}), 1)
    assert saved.tonight.hard_stop
    (plan,) = saved.person.current.plans
    hard = [hold for hold in plan.body["may_not_be_given"] if hold["hard"]]
    assert {"opioid", "sedative"} <= {
        word for hold in hard for word in ("opioid", "sedative") if word in hold["what"]
    }
    assert plan.priority == "now"


@pytest.mark.hazard("H-002")
def test_what_was_not_asked_is_never_taken_for_no(desk: TestDesk) -> None:
    """Otherwise somebody too drowsy to answer is written down as not in withdrawal."""
    stay, patient = arrived(desk)
    left_out = {key: an_answer(None, not_asked="intoxicated") for key in FIRST}
    saved = triage.save(desk.acting(), a_draft(stay, patient, left_out), 1)
    assert any("asked" in found.sentence.lower() for found in saved.tonight.findings)
    answer = saved.person.current.answers["withdrawal.seen"][0].answer
    assert (answer.value, answer.not_asked) == (None, "intoxicated")


def test_the_author_is_who_answered_not_who_saved(desk: TestDesk) -> None:
    """Otherwise an answer is credited to whoever is logged in now."""
    stay, patient = arrived(desk)
    other = an_author(Role.PRESCRIBER)
    answers = {**FIRST, "risk.drowsy": an_answer("no", by=other)}
    saved = triage.save(desk.acting(Role.NURSE), a_draft(stay, patient, answers), 1)
    standing = saved.person.current.answers
    assert standing["risk.drowsy"][0].answer.by.name == NAMES[Role.PRESCRIBER]
    assert standing["risk.intoxicated"][0].answer.by.name == NAMES[Role.NURSE]


@pytest.mark.hazard("H-004")
def test_a_draft_survives_another_users_session_with_its_authors(desk: TestDesk) -> None:
    """Otherwise half a triage is lost when the screen locks, or becomes the next nurse's."""
    stay, patient = arrived(desk)
    triage.keep_draft(desk.acting(Role.NURSE), a_draft(stay, patient, {"risk.drowsy": "no"}))
    found = people.open_record(desk.acting(Role.PRESCRIBER), patient)
    assert found.draft.answers["risk.drowsy"].by == an_author(Role.NURSE)


def test_two_nurses_asking_different_things_do_not_contend(desk: TestDesk) -> None:
    """Otherwise every shared triage is a conflict, and conflicts are clicked away."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, {"risk.drowsy": "no"}), 1)
    saved = triage.save(desk.acting(), a_draft(stay, patient, {"risk.intoxicated": "no"}), 1)
    assert saved.person.current.contended == ()
    assert saved.person.conflicts == ()


def test_two_answers_to_one_question_are_both_kept_until_somebody_settles_it(desk: TestDesk) -> None:
    """Otherwise the later of two nurses silently wins on whether somebody was drowsy."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, {"risk.drowsy": "no"}), 1)
    saved = triage.save(desk.acting(), a_draft(stay, patient, {"risk.drowsy": "yes"}), 1)
    current = saved.person.current
    assert current.contended == ("risk.drowsy",)
    both = tuple(id_ for held in current.answers["risk.drowsy"] for id_ in held.entries)
    settled = triage.save(
        desk.acting(), a_draft(stay, patient, {"risk.drowsy": "yes"}, over={"risk.drowsy": both}), 1
    )
    assert settled.person.current.contended == ()
    assert settled.person.current.answers["risk.drowsy"][0].answer.value == "yes"


def test_the_plan_keeps_the_findings_and_parameters_it_was_made_on(desk: TestDesk) -> None:
    """Otherwise nobody can say, years later, why she was not given the dose."""
    stay, patient = arrived(desk)
    saved = triage.save(desk.acting(), a_draft(stay, patient, FIRST), 1)
    (plan,) = saved.person.current.plans
    assert plan.body["parameters"] == saved.tonight.parameters
    assert {found["code"] for found in plan.body["findings"]} == {str(f.code) for f in saved.tonight.findings}
    assert all(found["reference"] for found in plan.body["findings"])


def test_the_second_pass_takes_the_first_plans_place(desk: TestDesk) -> None:
    """Otherwise two plans for tonight stand side by side."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, FIRST), 1)
    saved = triage.save(desk.acting(), a_draft(stay, patient, {"risk.allergies": "penicillin"}), 2)
    (plan,) = saved.person.current.plans
    assert (plan.on_pass, saved.person.current.passes_done) == (2, 2)
    with desk.store.reading() as work:
        whats = [task.what for task in work.tasks()]
    assert len(whats) == len(set(whats)), "a task stands twice"


def test_history_is_confirmed_by_one_key_and_superseded_by_nothing(desk: TestDesk) -> None:
    """Otherwise the same history is asked again at every door."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, {"arrival.language": "Polish", "risk.drowsy": "no"}), 2)
    again, patient = arrived(desk, arrived_at=EVENING + timedelta(days=1))
    record = people.open_record(desk.acting(), patient).person
    assert record.current.id == again
    assert "arrival.language" not in record.current.answers
    confirmed = {"arrival.language": an_answer("Polish")}
    saved = triage.save(desk.acting(), a_draft(again, patient, {}, confirmed=confirmed), 1)
    held = saved.person.stays[0].answers["arrival.language"][0]
    assert held.confirmed[0].name == NAMES[Role.NURSE]
    assert saved.person.conflicts == ()


@pytest.mark.hazard("H-003")
def test_a_community_dose_is_confirmed_by_its_last_witnessed_dose_alone(desk: TestDesk) -> None:
    """Otherwise two days in police cells are followed by the old dose."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, FIRST), 1)
    heard = tasks.Confirmation(Standing.CONFIRMED, "P. Lane, Mill Lane pharmacy", EVENING, "methadone", "55 mg")
    with pytest.raises(Refused, match="last dose that somebody saw taken"):
        tasks.confirm_prescription(desk.acting(), patient, stay, heard)
    nobody = tasks.Confirmation(None, "answering machine", EVENING)
    tasks.confirm_prescription(desk.acting(), patient, stay, nobody)
    with desk.store.reading() as work:
        assert "confirm_dose" in {task.what for task in work.tasks()}, "a call that reached nobody settled the task"
    whole = tasks.Confirmation(
        Standing.CONFIRMED,
        "P. Lane, Mill Lane pharmacy",
        EVENING,
        "methadone",
        "50 mg",
        EVENING.replace(day=1, hour=9),
    )
    with pytest.raises(tasks.DiffersFromTold, match="methadone 55 mg a day, and this call says methadone 50"):
        tasks.confirm_prescription(desk.acting(), patient, stay, whole)
    with desk.store.reading() as work:
        assert "confirm_dose" in {task.what for task in work.tasks()}, "a slip of a key was taken for a dose"
    tasks.confirm_prescription(desk.acting(), patient, stay, replace(whole, knowing=True))
    record = people.open_record(desk.acting(), patient).person
    (prescription,) = triage.facts(record, record.current, now=EVENING).community_prescriptions
    assert (prescription.standing, str(prescription.daily)) == (Standing.CONFIRMED, "50 mg")
    with desk.store.reading() as work:
        assert "confirm_dose" not in {task.what for task in work.tasks()}


def test_what_comes_again_is_written_once_and_not_with_every_save(desk: TestDesk) -> None:
    """Settled once, it comes back with the plan; each save after that would write the same line anew."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, FIRST), 1)
    (cows,) = [row for row in tasks.due(desk.acting()) if row.what == "repeat_cows"]
    tasks.settle(desk.acting(), cows.entry_id, "scored")
    triage.save(desk.acting(), a_draft(stay, patient, {}), 2)
    again = [row.entry_id for row in tasks.due(desk.acting()) if row.what == "repeat_cows"]
    assert len(again) == 1
    triage.save(desk.acting(), a_draft(stay, patient, {}), 2)
    assert [row.entry_id for row in tasks.due(desk.acting()) if row.what == "repeat_cows"] == again


@pytest.mark.hazard("H-002")
def test_nothing_answered_is_no_first_pass(desk: TestDesk) -> None:
    """The second Ctrl S comes when the next arrival is in hand: nobody looked, and the list would say done."""
    stay, patient = arrived(desk)
    with pytest.raises(Refused, match="Nothing has been answered"):
        triage.save(desk.acting(), a_draft(stay, patient, {}), 1)
    with desk.store.reading() as work:
        assert [row.passes for row in work.arrivals(EVENING)] == [0]
    triage.save(desk.acting(), a_draft(stay, patient, FIRST), 1)
    assert triage.save(desk.acting(), a_draft(stay, patient, {}), 2).person.current.passes_done == 2


def test_what_cannot_wait_stands_before_what_has_an_hour(desk: TestDesk) -> None:
    """The man who must be looked at now would stand below tomorrow's telephone call, or below an AUDIT."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, {**FIRST, "risk.drowsy": "yes"}), 1)
    rows = tasks.due(desk.acting())
    tonight = [row for row in rows if (row.due_on or row.due_at.date()) == EVENING.date()]
    assert tonight[0].what == "reassess_sedation"
    assert tonight[0].due_at is None, "how often to look again is signed here: the test shows nothing"
    hours = [row.due_at for row in tonight[1:] if row.due_at is not None]
    assert hours
    assert hours == sorted(hours)
    assert [row.due_at for row in tonight[1:]][: len(hours)] == hours, "what the day is for stands before its hours"


def test_a_task_is_settled_once(desk: TestDesk) -> None:
    """Otherwise the second nurse overwrites how it ended."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, FIRST), 1)
    with desk.store.reading() as work:
        task = next(task for task in work.tasks() if task.what != "confirm_dose")
    tasks.settle(desk.acting(), task.entry_id, "done, seen by the prescriber")
    with pytest.raises(Changed, match="settled"):
        tasks.settle(desk.acting(), task.entry_id, "again")


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("arrival.arrived_from", "A\0B", "cannot be printed"),
        ("arrival.arrived_from", "Court \u202edlo", "cannot be printed"),
        ("arrival.arrived_from", "x" * 100_000, "100,000 characters"),
        ("risk.drowsy", "perhaps", "cannot be read as an answer"),
        ("substances.opioids.last_used", "2010-02-30", "cannot be read as an answer"),
        ("risk.not_a_question", "yes", "no question"),
    ],
)
def test_what_no_field_would_take_is_signed_into_no_journal(desk: TestDesk, key: str, value: str, says: str) -> None:
    """An entry stands for ever: what cannot be read back closes a record, or turns its words around."""
    stay, patient = arrived(desk)
    person = people.open_record(desk.acting(), patient).person
    bad = a_draft(stay, patient, {**FIRST, key: value})
    with pytest.raises(Refused, match=says):
        triage.propose(desk.acting(), person, bad)
    with pytest.raises(Refused, match=says):
        triage.save(desk.acting(), bad, 1)
    good = a_draft(stay, patient, {**FIRST, "arrival.arrived_from": "محكمة 👮 Court"})
    assert triage.save(desk.acting(), good, 1).person.current.passes_done == 1


@pytest.mark.hazard("H-002")
def test_what_this_night_is_for_stands_before_what_has_waited_for_days(desk: TestDesk) -> None:
    """The list opened on *SDS can wait: due Friday*, and tonight's COWS was below, out of sight."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, FIRST), 1)
    desk.clock.advance(days=4)
    take_in(desk.acting(), [(2, an_arrival(surname="Price", prison_number="A0093DD", arrived_at=desk.clock.now()))])
    came = next(row for row in people.arrivals(desk.acting(), desk.clock.now()) if row.surname == "Price")
    triage.save(desk.acting(), a_draft(came.stay, came.patient_id, FIRST), 1)
    listed = [(row.what, row.due_at is not None) for row in tasks.due(desk.acting())]
    by_hour = [at for at, (_, hour) in enumerate(listed) if hour]
    waits = [at for at, (what, _) in enumerate(listed) if what in ("audit", "sds")]
    assert by_hour
    assert waits
    assert max(by_hour) < min(waits)


@pytest.mark.hazard("H-001")
def test_before_a_call_the_desk_says_who_it_is_and_when_somebody_can_be_asked_next(desk: TestDesk) -> None:
    """The task names this morning's opening; it is night again, and two men of that name are in."""
    stay, patient = arrived(desk)
    pharmacy = {
        "prescribed.pharmacy": "Quayside Chemist",
        "prescribed.pharmacy_phone": "01632 960 001",
        "prescribed.pharmacy_hours": "Mon-Fri 09:00-17:30",
    }
    triage.save(desk.acting(), a_draft(stay, patient, {**FIRST, **pharmacy, "risk.allergies": "penicillin"}), 1)
    desk.clock.advance(days=1)
    calling = tasks.before_the_call(desk.acting(), patient, stay)
    assert calling.who == "A4127CK · b. 14 Mar 1982 · no cell yet"
    assert calling.dangers == ("Allergy: penicillin",)
    assert calling.pharmacy == "Quayside Chemist opens Thu 3 Jun 2010 09:00 · 01632 960 001"


@pytest.mark.hazard("H-002")
def test_that_nobody_knows_takes_no_yes_away(desk: TestDesk) -> None:
    """Asked again he shrugs: "unknown" over "yes" would end the watch of one who has said that he wants to die."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, {**FIRST, "risk.self_harm_now": "yes"}), 1)
    for later, counts in (("unknown", True), ("no", False)):
        held = people.open_record(desk.acting(), patient).person.current.answers["risk.self_harm_now"]
        seen = {"risk.self_harm_now": tuple(id_ for each in held for id_ in each.entries)}
        triage.save(desk.acting(), a_draft(stay, patient, {"risk.self_harm_now": later}, over=seen), 2)
        person = people.open_record(desk.acting(), patient).person
        facts = triage.facts(person, person.current, now=desk.clock.now())
        assert facts.risks.self_harm_now is counts


def test_a_cell_holds_no_medicine(desk: TestDesk) -> None:
    """It stands on the list for officers."""
    _, patient = arrived(desk)
    with pytest.raises(Refused, match="methadone does not belong there"):
        corrections.place_in_cell(desk.acting(), patient, "B1-07 Methadone")
