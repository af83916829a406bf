"""The few words on the banner: allergies from any stay, tonight's dangers from tonight, both sides of a conflict."""

from datetime import timedelta

import pytest
from factories import EVENING, TestDesk, a_draft, an_arrival

from pdtdesk.domain.reception.alerts import alerts_of
from pdtdesk.domain.reception.fold import person_of
from pdtdesk.domain.record.entry import Entry
from pdtdesk.services.reception import people, triage
from pdtdesk.services.reception.take_in import take_in
from tests.domain.reception.records import ADMITTED, answered, the_arrival, the_person
from tests.domain.record.entries import an_entry


def arrive(desk: TestDesk, **given: object) -> tuple[str, str]:
    take_in(desk.acting(), [(2, an_arrival(**given))])
    patient = people.search(desk.acting(), "sparrow")[0].patient_id
    return people.open_record(desk.acting(), patient).person.current.id, patient


def words(desk: TestDesk, patient: str) -> list[str]:
    return [alert.words for alert in alerts_of(people.open_record(desk.acting(), patient).person)]


def test_allergies_not_asked_are_said_to_be_so(desk: TestDesk) -> None:
    """An empty banner reads as "no allergies"."""
    _, patient = arrive(desk)
    assert words(desk, patient) == ["Allergies not asked"]


def test_an_allergy_of_an_earlier_stay_stands_until_it_is_asked_anew_and_then_both_stand(desk: TestDesk) -> None:
    """He says "none" while withdrawing; the penicillin of last year must still be seen."""
    stay, patient = arrive(desk)
    triage.save(desk.acting(), a_draft(stay, patient, {"risk.allergies": "penicillin"}), 1)
    later, patient = arrive(desk, arrived_at=EVENING + timedelta(days=1))
    triage.save(desk.acting(), a_draft(later, patient, {"risk.allergies": "none"}), 1)
    assert "Allergy: penicillin" in words(desk, patient)
    assert "No known allergies" not in words(desk, patient)


def test_no_allergies_of_an_earlier_stay_is_no_answer_of_this_one(desk: TestDesk) -> None:
    """Fourteen months old, it stands grey on the banner, and nobody asks."""
    stay, patient = arrive(desk)
    triage.save(desk.acting(), a_draft(stay, patient, {"risk.allergies": "none"}), 1)
    assert words(desk, patient) == ["No known allergies"]
    later, patient = arrive(desk, arrived_at=EVENING + timedelta(days=400))
    assert words(desk, patient) == ["Allergies: none 1 Jun 2010, not asked since"]
    triage.save(desk.acting(), a_draft(later, patient, {"risk.allergies": "none"}), 1)
    assert words(desk, patient) == ["No known allergies"]


def test_tonights_dangers_are_tonights_and_the_old_ones_are_called_before(desk: TestDesk) -> None:
    """Drowsy in March says nothing of tonight; self-harm in March does."""
    stay, patient = arrive(desk)
    before = {"risk.drowsy": "yes", "risk.self_harm_before": "yes", "risk.seizure_ever": "yes"}
    triage.save(desk.acting(), a_draft(stay, patient, before), 1)
    assert "Drowsy: no opioid, no sedative" in words(desk, patient)
    arrive(desk, arrived_at=EVENING + timedelta(days=1))
    now = words(desk, patient)
    assert "Drowsy: no opioid, no sedative" not in now
    assert {"Self-harm before", "Seizures"} <= set(now)


@pytest.mark.hazard("H-001")
def test_two_accounts_of_one_person_are_red_until_somebody_settles_them(desk: TestDesk) -> None:
    """Two desks said different things; neither silently wins."""
    stay, patient = arrive(desk)
    triage.save(desk.acting(), a_draft(stay, patient, {"risk.allergies": "penicillin"}), 1)
    triage.save(desk.acting(), a_draft(stay, patient, {"risk.allergies": "latex"}), 1)
    said = words(desk, patient)
    assert {"Allergy: penicillin", "Allergy: latex", "Two accounts: settle"} <= set(said)


@pytest.mark.hazard("H-003")
def test_intoxicated_stands_on_the_banner_like_drowsy(desk: TestDesk) -> None:
    """It is the same hard stop: the round must see it without opening the plan."""
    stay, patient = arrive(desk)
    triage.save(desk.acting(), a_draft(stay, patient, {"risk.intoxicated": "yes"}), 1)
    assert "Intoxicated: no opioid, no sedative" in words(desk, patient)


def test_a_positive_test_stands_on_the_banner_though_she_said_no(desk: TestDesk) -> None:
    stay, patient = arrive(desk)
    triage.save(desk.acting(), a_draft(stay, patient, {"risk.pregnant": "no", "tests.pregnancy": "positive"}), 2)
    assert "Pregnancy test positive" in words(desk, patient)


def on_banner(*entries: Entry) -> list[str]:
    person = person_of(entries)
    assert person is not None
    return [alert.words for alert in alerts_of(person)]


def test_the_name_on_tonights_list_stands_beside_the_name_in_the_record() -> None:
    """Otherwise the officer calls one name at the hatch and the nurse looks for another."""
    assert "On tonight's list: SPAROW, Dan" in on_banner(the_person(), the_arrival(listed_as="SPAROW, Dan"))


@pytest.mark.hazard("H-002")
def test_two_calls_that_heard_two_doses_are_red_and_the_same_heard_twice_is_not() -> None:
    """Otherwise 60 mg is given on the word of one pharmacy while another said 30."""

    def call(id_: str, daily: str) -> Entry:
        body = {"stay": "s", "standing": "confirmed", "daily": daily}
        return an_entry(id_, kind="prescription_confirmed", body=body)

    nobody_there = an_entry("n", kind="prescription_confirmed", body={"stay": "s", "outcome": "no answer"})
    assert "Two calls about the dose differ" in on_banner(*ADMITTED, call("a", "60 mg"), call("b", "30 mg"))
    assert "Two calls about the dose differ" not in on_banner(
        *ADMITTED, call("a", "60 mg"), call("b", "60 mg"), nobody_there
    )


@pytest.mark.hazard("H-004")
def test_what_waits_for_its_cause_is_said_on_the_banner() -> None:
    """Otherwise a correction that came before what it corrects is held, and nobody on the ward knows."""
    early = [answered(id_, "no", "not-come-yet") for id_ in ("b", "c")]
    assert "1 entry waiting" in on_banner(*ADMITTED, early[0])
    assert "2 entries waiting" in on_banner(*ADMITTED, *early)


@pytest.mark.hazard("H-003")
def test_a_stop_is_known_as_one_so_that_a_sheet_says_it_once() -> None:
    """Otherwise the handover says drowsy twice and leaves no room for the allergy."""
    person = person_of(
        [*ADMITTED, answered("a", "yes", key="risk.drowsy"), answered("b", "latex", key="risk.allergies")]
    )
    assert person is not None
    assert {alert.words: alert.is_stop for alert in alerts_of(person)} == {
        "Allergy: latex": False,
        "Drowsy: no opioid, no sedative": True,
    }
