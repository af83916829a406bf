"""One man, taken in twice in one evening under two records that are joined then: nothing careful that was written of
him may go, and nothing that is due."""

from datetime import timedelta

import pytest
from factories import EVENING, TestDesk, a_draft, an_arrival

from pdtdesk.domain.reception.alerts import alerts_of
from pdtdesk.services.reception import people, sheets, tasks, triage
from pdtdesk.services.reception.sheet_facts import Watch
from pdtdesk.services.reception.take_in import take_in

AWAKE = {"risk.drowsy": "no", "risk.intoxicated": "no", "risk.self_harm_now": "no", "withdrawal.seen": "none"}
ASLEEP = {**AWAKE, "risk.drowsy": "yes", "risk.self_harm_now": "yes"}


def twice(desk: TestDesk) -> tuple[tuple[str, str], tuple[str, str]]:
    """(stay, patient) of the arrival three hours ago, and of the one an hour ago, which has no number yet."""
    first = an_arrival(arrived_at=EVENING - timedelta(hours=3))
    again = an_arrival(arrived_at=EVENING - timedelta(hours=1), prison_number=None, surname="Sparow")
    take_in(desk.acting(), [(2, first), (3, again)])
    with desk.store.reading() as work:
        one, other = sorted(work.arrivals(EVENING - timedelta(days=1)), key=lambda row: row.arrived_at)
    return (one.stay, one.patient_id), (other.stay, other.patient_id)


def tells_of_it(desk: TestDesk, patient: str) -> None:
    """The banner, the list of what is due and every sheet say what was seen."""
    person = people.open_record(desk.acting(), patient).person
    words = " ".join(alert.words for alert in alerts_of(person))
    assert "Drowsy" in words
    assert "Self-harm: thoughts now" in words
    assert {"reassess_sedation", "acct_decision"} <= {row.what for row in tasks.due(desk.acting())}
    (plan,) = person.current.plans
    assert any(hold["hard"] and "drowsy now" in hold["why"] for hold in plan.body["may_not_be_given"])
    assert sheets.first_night_sheet(desk.acting(), patient).may_not_be_given
    since = EVENING - timedelta(days=1)
    (line,) = sheets.handover_list(desk.acting(), since).lines
    assert line.may_not_be_given
    assert [each.watch for each in sheets.custody_list(desk.acting(), since).lines] == [Watch.NOT_ALONE]


@pytest.mark.hazard("H-001")
@pytest.mark.hazard("H-003")
@pytest.mark.parametrize("later_is_triaged", [True, False], ids=["both triaged", "the later not yet"])
def test_a_join_takes_no_caution_away(desk: TestDesk, later_is_triaged: bool) -> None:
    """The cupboard would open for a man who was seen asleep, and the officer leave one who wants to die."""
    (one, patient), (other, again) = twice(desk)
    if later_is_triaged:
        triage.save(desk.acting(), a_draft(other, again, AWAKE), 1)
    triage.save(desk.acting(), a_draft(one, patient, ASLEEP), 1)
    people.join(desk.acting(), patient, again, "photograph and birthplace")
    tells_of_it(desk, again)
    (row,) = people.arrivals(desk.acting(), EVENING - timedelta(days=1))
    assert (row.priority, row.passes) == ("now", 1)


@pytest.mark.hazard("H-001")
def test_the_next_answer_settles_both_accounts_and_parting_gives_each_their_own(desk: TestDesk) -> None:
    (one, patient), (other, again) = twice(desk)
    triage.save(desk.acting(), a_draft(other, again, AWAKE), 1)
    triage.save(desk.acting(), a_draft(one, patient, ASLEEP), 1)
    people.join(desk.acting(), patient, again, "photograph and birthplace")
    person = people.open_record(desk.acting(), patient).person
    stay = person.current
    seen = {key: tuple(id_ for each in held for id_ in each.entries) for key, held in stay.answers.items()}
    assert len(seen["risk.drowsy"]) == 2
    looked = a_draft(stay.id, patient, {"risk.drowsy": "no", "risk.self_harm_now": "no"}, over=seen)
    triage.save(desk.acting(), looked, 2)
    settled = people.open_record(desk.acting(), patient).person
    assert settled.current.contended == ()
    assert not any(hold["hard"] for plan in settled.current.plans for hold in plan.body["may_not_be_given"])
    link = next(entry for entry in settled.folded.heads if entry.kind == "joined")
    people.mark_in_error(desk.acting(), link.id, "two brothers")
    parted = people.open_record(desk.acting(), patient).person
    assert [each.answer.value for each in parted.current.answers["risk.drowsy"]] == ["yes"]
    assert any(hold["hard"] for plan in parted.current.plans for hold in plan.body["may_not_be_given"])


def test_drafts_begun_under_both_become_one(desk: TestDesk) -> None:
    """What she typed under the other arrival would be nobody's, for ever."""
    (one, patient), (other, again) = twice(desk)
    triage.keep_draft(desk.acting(), a_draft(one, patient, {"risk.drowsy": "yes", "risk.seizure_ever": "yes"}))
    triage.keep_draft(desk.acting(), a_draft(other, again, {"risk.drowsy": "no", "risk.pregnant": "no"}))
    people.join(desk.acting(), patient, again, "photograph and birthplace")
    draft = people.open_record(desk.acting(), patient).draft
    assert {key: each.value for key, each in draft.answers.items()} == {
        "risk.drowsy": "yes",
        "risk.seizure_ever": "yes",
        "risk.pregnant": "no",
    }
    triage.save(desk.acting(), draft, 1)
    assert people.open_record(desk.acting(), patient).draft is None


def test_the_same_list_once_more_takes_in_neither_a_third_time(desk: TestDesk) -> None:
    (_, patient), (_, again) = twice(desk)
    people.join(desk.acting(), patient, again, "photograph and birthplace")
    first = an_arrival(arrived_at=EVENING - timedelta(hours=3))
    later = an_arrival(arrived_at=EVENING - timedelta(hours=1), prison_number=None, surname="Sparow")
    told = take_in(desk.acting(), [(2, first), (3, later)])
    assert (told.taken, told.already) == (0, 2)
