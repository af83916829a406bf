"""A look says what was seen, and when: what it opens, how long, and what takes it away."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from factories import TestDesk, a_draft, an_answer, an_arrival, national

from pdtdesk.domain.calendar import at_london, night_of
from pdtdesk.services.acting import Acting
from pdtdesk.services.ports import TaskRow
from pdtdesk.services.reception import corrections, people, sheets, tasks, triage
from pdtdesk.services.reception.sheet_facts import Watch
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.services.refusals import Refused

AWAKE = {"risk.drowsy": "no", "risk.intoxicated": "no", "withdrawal.seen": "opioids", "prescribed.any": "yes"}


def arrived(desk: TestDesk) -> tuple[str, str]:
    take_in(desk.acting(), [(2, an_arrival())])
    patient = people.search(desk.acting(), "sparrow")[0].patient_id
    return people.open_record(desk.acting(), patient).person.current.id, patient


def stops(desk: TestDesk, patient: str) -> list[str]:
    (plan,) = people.open_record(desk.acting(), patient).person.current.plans
    return [hold["why"] for hold in plan.body["may_not_be_given"] if hold["hard"]]


def over_all(desk: TestDesk, patient: str) -> dict[str, tuple[str, ...]]:
    held = people.open_record(desk.acting(), patient).person.current.answers
    return {key: tuple(id_ for each in accounts for id_ in each.entries) for key, accounts in held.items()}


@pytest.mark.hazard("H-003")
@pytest.mark.parametrize(
    ("hours", "stands"),
    [(0, True), (10, True), (11, False), (24, False), (30, False)],
    ids=["at once", "07:40", "08:40", "next evening", "thirty hours"],
)
def test_a_look_answers_for_its_own_night_alone(desk: TestDesk, hours: int, stands: bool) -> None:
    """Awake on Tuesday at 21:40 would open Wednesday's cupboard for somebody who is asleep in his chair."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, AWAKE), 1)
    desk.clock.advance(hours=hours)
    person = people.open_record(desk.acting(), patient).person
    proposed = triage.propose(desk.acting(), person, a_draft(stay, patient, {}))
    assert proposed.hard_stop is not stands
    kept = a_draft(stay, patient, AWAKE)
    assert triage.propose(desk.acting(), person, kept).hard_stop is not stands, "a draft is no newer than its hour"


@pytest.mark.hazard("H-003")
def test_what_was_seen_does_not_wear_out_and_a_new_look_ends_the_stop(desk: TestDesk) -> None:
    """A night does not wake anybody: drowsy stays drowsy until somebody has looked."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, {**AWAKE, "risk.drowsy": "yes"}), 1)
    desk.clock.advance(hours=24)
    person = people.open_record(desk.acting(), patient).person
    seen = {key: held[0].entries for key, held in person.current.answers.items()}
    now = desk.clock.now()
    again = {key: an_answer("no", at=now) for key in ("risk.drowsy", "risk.intoxicated")}
    half = a_draft(stay, patient, {"risk.intoxicated": again["risk.intoxicated"]}, over=seen)
    assert triage.propose(desk.acting(), person, half).hard_stop
    triage.save(desk.acting(), a_draft(stay, patient, again, over=seen), 2)
    assert not stops(desk, patient)
    held = people.open_record(desk.acting(), patient).person.current.answers
    assert held["risk.intoxicated"][0].answer.at == now, "the new look keeps the hour of the old one"


@pytest.mark.hazard("H-003")
def test_a_drowsy_marked_in_error_does_not_bring_an_older_awake_back(desk: TestDesk) -> None:
    """Awake at 21:40, drowsy at 22:40, "mistyped" at 23:40: nobody has looked at him since."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, AWAKE), 1)
    desk.clock.advance(hours=1)
    drowsy = {"risk.drowsy": an_answer("yes", at=desk.clock.now())}
    triage.save(desk.acting(), a_draft(stay, patient, drowsy, over=over_all(desk, patient)), 2)
    desk.clock.advance(hours=1)
    (held,) = people.open_record(desk.acting(), patient).person.current.answers["risk.drowsy"]
    corrections.mark_in_error(desk.acting(), held.entries[0], "mistyped")
    assert stops(desk, patient)
    desk.clock.advance(minutes=5)
    again = {"risk.drowsy": an_answer("no", at=desk.clock.now())}
    triage.save(desk.acting(), a_draft(stay, patient, again, over=over_all(desk, patient)), 2)
    assert stops(desk, patient) == []


@pytest.mark.hazard("H-003")
def test_not_looking_takes_nothing_seen_away(desk: TestDesk) -> None:
    """ "No time" over "drowsy" would end the stop by looking alone, and officers would stop rousing him."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, {**AWAKE, "risk.drowsy": "yes"}), 1)
    left = a_draft(stay, patient, {"risk.drowsy": an_answer(None, not_asked="no_time")}, over=over_all(desk, patient))
    person = people.open_record(desk.acting(), patient).person
    proposed = triage.propose(desk.acting(), person, left)
    assert "drowsy now" in [hold.why for hold in proposed.may_not_be_given]
    triage.save(desk.acting(), left, 2)
    assert "drowsy now" in stops(desk, patient)
    looked = a_draft(stay, patient, {"risk.drowsy": "no"}, over=over_all(desk, patient))
    triage.save(desk.acting(), looked, 2)
    assert stops(desk, patient) == [], "a look settles both"


@pytest.mark.hazard("H-003")
def test_not_looking_opens_a_look_that_saw_nothing(desk: TestDesk) -> None:
    """She takes her "no" back, as she had the wrong man: then nobody has looked."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, AWAKE), 1)
    left = a_draft(stay, patient, {"risk.drowsy": an_answer(None, not_asked="other")}, over=over_all(desk, patient))
    person = people.open_record(desk.acting(), patient).person
    assert triage.propose(desk.acting(), person, left).hard_stop
    triage.save(desk.acting(), left, 2)
    assert stops(desk, patient) == ["not looked at: drowsy"] * 2
    assert people.open_record(desk.acting(), patient).person.current.contended == ()


@pytest.mark.hazard("H-003")
@pytest.mark.parametrize("day", [date(2010, 10, 31), date(2010, 3, 28), date(2010, 6, 1)])
def test_the_night_ends_at_eight_by_the_wards_clock_on_every_day_of_the_year(day: date) -> None:
    """Where the clocks go back, a look at ten past seven would open the next night, and never its own."""
    for clock, before in ((time(7, 10), True), (time(7, 59), True), (time(8), False), (time(8, 10), False)):
        at = at_london(day, clock)
        night = day - timedelta(days=1) if before else day
        stored = datetime.fromisoformat(at.isoformat())
        assert night_of(at) == night_of(stored) == night, clock


def with_hours(desk: TestDesk) -> Acting:
    """The nurse at a desk whose clinical lead has signed how often to look again."""
    return replace(desk.acting(), policy=national().over("demonstration"))


def open_tasks(desk: TestDesk, kind: str) -> list[TaskRow]:
    with desk.store.reading() as work:
        return [task for task in work.tasks() if task.what == kind]


@pytest.mark.hazard("H-003")
def test_nothing_else_that_is_written_pushes_the_next_look_back(desk: TestDesk) -> None:
    """Drowsy at 21:40; at 22:25 an answer about last year was saved, and the look of 22:10 was due at 22:55."""
    stay, patient = arrived(desk)
    triage.save(with_hours(desk), a_draft(stay, patient, {**AWAKE, "risk.drowsy": "yes"}), 1)
    (first,) = open_tasks(desk, "reassess_sedation")
    desk.clock.advance(minutes=45)
    at = desk.clock.now()
    triage.save(with_hours(desk), a_draft(stay, patient, {"risk.self_harm_before": an_answer("no", at=at)}), 2)
    (still,) = open_tasks(desk, "reassess_sedation")
    assert still.due_at == first.due_at
    over = {
        "risk.drowsy": people.open_record(desk.acting(), patient).person.current.answers["risk.drowsy"][0].entries
    }
    triage.save(with_hours(desk), a_draft(stay, patient, {"risk.drowsy": an_answer("yes", at=at)}, over=over), 2)
    (later,) = open_tasks(desk, "reassess_sedation")
    assert later.due_at - first.due_at == timedelta(minutes=45)


@pytest.mark.hazard("H-003")
def test_a_look_that_is_due_ends_by_looking_and_by_nothing_else(desk: TestDesk) -> None:
    """*Seen, awake* took it off the list, while the plan said drowsy and nobody was due to look again."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, {**AWAKE, "risk.drowsy": "yes"}), 1)
    (task,) = open_tasks(desk, "reassess_sedation")
    with pytest.raises(Refused, match="ends by looking"):
        tasks.settle(desk.acting(), task.entry_id, "seen, awake")
    over = {
        "risk.drowsy": people.open_record(desk.acting(), patient).person.current.answers["risk.drowsy"][0].entries
    }
    triage.save(desk.acting(), a_draft(stay, patient, {"risk.drowsy": "no"}, over=over), 2)
    assert open_tasks(desk, "reassess_sedation") == []
    assert stops(desk, patient) == []


def test_what_the_triage_answers_is_not_asked_again_on_the_list(desk: TestDesk) -> None:
    """ACCT was opened and its reason written; the sheet said both *opened* and *late: not decided*."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, {**AWAKE, "risk.self_harm_now": "yes"}), 1)
    assert open_tasks(desk, "acct_decision")
    decided = {"risk.acct": "opened", "risk.acct_why": "says he will not see the morning"}
    triage.save(desk.acting(), a_draft(stay, patient, decided), 2)
    assert open_tasks(desk, "acct_decision") == []


@pytest.mark.hazard("H-003")
@pytest.mark.parametrize("key", ["risk.drowsy", "risk.self_harm_now"])
def test_an_answer_without_sight_of_a_yes_ends_no_watch(desk: TestDesk, key: str) -> None:
    """A draft from before said *no*: it stood beside the *yes*, and the ACCT decision counted as made."""
    stay, patient = arrived(desk)
    triage.save(desk.acting(), a_draft(stay, patient, {**AWAKE, key: "yes"}), 1)
    kind = {"risk.drowsy": "reassess_sedation", "risk.self_harm_now": "acct_decision"}[key]
    assert open_tasks(desk, kind)
    saved = triage.save(desk.acting(), a_draft(stay, patient, {key: "no"}), 2)
    assert open_tasks(desk, kind)
    assert saved.tonight.priority == "now"


@pytest.mark.hazard("H-003")
def test_after_methadone_is_started_he_is_woken_the_next_night_too(desk: TestDesk) -> None:
    """His plan is for the night and not for now: he was on no list, and the downtime sheet said to wake him."""
    stay, patient = arrived(desk)
    started = {
        **AWAKE,
        "management.first_dose_at": "2010-06-01T21:30",
        "management.first_dose_medicine": "methadone",
    }
    triage.save(desk.acting(), a_draft(stay, patient, started), 2)
    desk.clock.advance(days=1, hours=1)
    since = desk.clock.now() - timedelta(hours=3)
    watches = {line.name: line.watch for line in sheets.custody_list(desk.acting(), since).lines}
    assert watches == {"SPARROW, Daniel Lee": Watch.WAKE}
    assert [line.who.name for line in sheets.handover_list(desk.acting(), since).lines] == ["SPARROW, Daniel Lee"]
