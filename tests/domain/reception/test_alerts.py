"""The few words on the banner: allergies from any stay, tonight's dangers from tonight, both sides of a conflict."""

from datetime import timedelta

import pytest
from factories import EVENING, TestDesk, a_draft, an_arrival

from pdtdesk.domain.reception.alerts import alerts_of
from pdtdesk.services.reception import people, triage
from pdtdesk.services.reception.take_in import take_in


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
