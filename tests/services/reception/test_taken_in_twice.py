"""One man, taken in twice in one evening under two records that are joined then: nothing careful that was written of
him may go, and nothing that is due."""

from dataclasses import replace
from datetime import timedelta

import pytest
from factories import EVENING, TestDesk, a_draft, an_answer, an_arrival

from pdtdesk.domain.reception.facts import Standing
from pdtdesk.services.reception import corrections, joining, people, sheets, tasks, triage
from pdtdesk.services.reception.sheet_facts import Watch
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.services.refusals import Refused
from tests.services.reception.two_records import ASLEEP, AWAKE, stops, tells_of_it, twice


@pytest.mark.hazard("H-001")
@pytest.mark.hazard("H-003")
@pytest.mark.parametrize("later_is_triaged", [True, False], ids=["both triaged", "the later not yet"])
def test_a_join_takes_no_caution_away(desk: TestDesk, later_is_triaged: bool) -> None:
    """The cupboard would open for a man who was seen asleep, and the officer leave one who wants to die."""
    (one, patient), (other, again) = twice(desk)
    if later_is_triaged:
        triage.save(desk.acting(), a_draft(other, again, AWAKE), 1)
    triage.save(desk.acting(), a_draft(one, patient, ASLEEP), 1)
    joining.join(desk.acting(), patient, again, "photograph and birthplace")
    tells_of_it(desk, again)
    (row,) = people.arrivals(desk.acting(), EVENING - timedelta(days=1))
    assert (row.priority, row.passes) == ("now", 1)


@pytest.mark.hazard("H-001")
def test_the_next_answer_settles_both_accounts_and_parting_gives_each_their_own(desk: TestDesk) -> None:
    (one, patient), (other, again) = twice(desk)
    triage.save(desk.acting(), a_draft(other, again, AWAKE), 1)
    triage.save(desk.acting(), a_draft(one, patient, ASLEEP), 1)
    joining.join(desk.acting(), patient, again, "photograph and birthplace")
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
    corrections.mark_in_error(desk.acting(), link.id, "two brothers")
    parted = people.open_record(desk.acting(), patient).person
    assert [each.answer.value for each in parted.current.answers["risk.drowsy"]] == ["yes"]
    assert any(hold["hard"] for plan in parted.current.plans for hold in plan.body["may_not_be_given"])


def test_the_same_list_once_more_takes_in_neither_a_third_time(desk: TestDesk) -> None:
    (_, patient), (_, again) = twice(desk)
    joining.join(desk.acting(), patient, again, "photograph and birthplace")
    first = an_arrival(arrived_at=EVENING - timedelta(hours=3))
    later = an_arrival(arrived_at=EVENING - timedelta(hours=1), prison_number=None, surname="Sparow")
    told = take_in(desk.acting(), [(2, first), (3, later)])
    assert (told.taken, told.already) == (0, 2)


def joined_and_looked(desk: TestDesk, seen: str) -> tuple[str, str]:
    """Two awake, joined; then one of them seen, on what was held for one stay."""
    (one, patient), (other, again) = twice(desk)
    for stay, whose in ((one, patient), (other, again)):
        triage.save(desk.acting(), a_draft(stay, whose, AWAKE), 1)
    joining.join(desk.acting(), patient, again, "photograph and birthplace")
    stay = people.open_record(desk.acting(), patient).person.current
    over = {key: tuple(id_ for each in held for id_ in each.entries) for key, held in stay.answers.items()}
    answers = {"risk.drowsy": seen, "risk.seizure_ever": "yes"}
    triage.save(desk.acting(), a_draft(stay.id, patient, answers, over=over), 2)
    return patient, again


@pytest.mark.hazard("H-003")
@pytest.mark.parametrize("seen", ["yes", "no"])
def test_parted_again_neither_is_taken_for_awake_by_a_look_at_one_of_them(desk: TestDesk, seen: str) -> None:
    """Which of the two she saw nobody can say: what was seen stays where it was written, and both are looked at."""
    patient, again = joined_and_looked(desk, seen)
    assert bool(stops(desk, patient)) is (seen == "yes")
    person = people.open_record(desk.acting(), patient).person
    link = next(entry for entry in person.folded.heads if entry.kind == "joined")
    corrections.mark_in_error(desk.acting(), link.id, "two brothers")
    whys = [stops(desk, patient), stops(desk, again)]
    assert all(whys), whys
    if seen == "yes":
        assert any("drowsy now" in why for each in whys for why in each)
    for whose in (patient, again):
        record = people.open_record(desk.acting(), whose).person
        assert record.folded.waiting == ()
        looked = a_draft(
            record.current.id,
            whose,
            {"risk.drowsy": "no", "risk.intoxicated": "no"},
            over={key: tuple(i for e in held for i in e.entries) for key, held in record.current.answers.items()},
        )
        triage.save(desk.acting(), looked, 2)
        assert stops(desk, whose) == []


@pytest.mark.hazard("H-003")
def test_one_arrival_of_a_joined_stay_cannot_be_marked_in_error(desk: TestDesk) -> None:
    """ "Taken in twice", she would say, and with it goes what was seen of him."""
    patient, _ = joined_and_looked(desk, "yes")
    stay = people.open_record(desk.acting(), patient).person.current
    for arrival in stay.ids:
        with pytest.raises(Refused, match="are one stay"):
            corrections.mark_in_error(desk.acting(), arrival, "taken in twice")
    assert stops(desk, patient)


@pytest.mark.hazard("H-003")
def test_one_who_is_back_from_court_keeps_tonights_double(desk: TestDesk) -> None:
    """Received last night, to court, back at 20:40; his double of 19:40 was seen drowsy."""
    last_night, back = EVENING - timedelta(hours=22), EVENING - timedelta(hours=1)
    take_in(desk.acting(), [(2, an_arrival(arrived_at=last_night))])
    patient = people.search(desk.acting(), "sparrow")[0].patient_id
    take_in(desk.acting(), [(2, an_arrival(arrived_at=back))])
    double = an_arrival(arrived_at=EVENING - timedelta(hours=2), prison_number=None, surname="Sparow")
    take_in(desk.acting(), [(3, double)])
    again = people.search(desk.acting(), "sparow")[0].patient_id
    stay = people.open_record(desk.acting(), again).person.current.id
    triage.save(desk.acting(), a_draft(stay, again, ASLEEP), 1)
    joining.join(desk.acting(), patient, again, "photograph and birthplace")
    person = people.open_record(desk.acting(), patient).person
    assert len(person.current.ids) == 2
    assert any("drowsy now" in why for why in stops(desk, patient))


def test_after_a_join_each_thing_is_due_once_and_what_was_settled_stays_so(desk: TestDesk) -> None:
    """Twice on the list is twice the walk; and somebody settles one of them, and the other stays due for ever."""
    (one, patient), (other, again) = twice(desk)
    answers = {**AWAKE, "withdrawal.seen": "opioids", "substances.opioids.frequency": "daily"}
    for stay, whose in ((one, patient), (other, again)):
        triage.save(desk.acting(), a_draft(stay, whose, answers), 1)
    mine = [row for row in tasks.due(desk.acting()) if row.patient_id == patient and row.what == "carat_referral"]
    tasks.settle(desk.acting(), mine[0].entry_id, "seen")
    joining.join(desk.acting(), patient, again, "photograph and birthplace")
    kinds = [row.what for row in tasks.due(desk.acting())]
    assert sorted(kinds) == sorted(set(kinds))
    assert "carat_referral" not in kinds


def test_the_cell_that_was_written_last_is_the_one_shown(desk: TestDesk) -> None:
    (_, patient), (_, again) = twice(desk)
    corrections.place_in_cell(desk.acting(), again, "B1-01")
    desk.clock.advance(minutes=30)
    corrections.place_in_cell(desk.acting(), patient, "C2-02")
    joining.join(desk.acting(), patient, again, "photograph and birthplace")
    assert people.open_record(desk.acting(), patient).person.current.location == "C2-02"


@pytest.mark.hazard("H-003")
def test_a_dose_is_compared_with_every_account_of_what_was_told(desk: TestDesk) -> None:
    """Told 40 by one and 30 by the other, 400 would be nobody's to question."""
    (one, patient), (other, again) = twice(desk)
    for stay, whose, dose in ((one, patient, "40"), (other, again, "30")):
        told = {**AWAKE, "prescribed.any": "yes", "prescribed.medicine": "methadone", "prescribed.daily": dose}
        triage.save(desk.acting(), a_draft(stay, whose, told), 1)
    joining.join(desk.acting(), patient, again, "photograph and birthplace")
    stay = people.open_record(desk.acting(), patient).person.current.id
    seen = EVENING - timedelta(hours=9)
    slip = tasks.Confirmation(Standing.CONFIRMED, "P. Lane", EVENING, "methadone", "400 mg", seen)
    with pytest.raises(tasks.DiffersFromTold, match="400 mg"):
        tasks.confirm_prescription(desk.acting(), patient, stay, slip)
    tasks.confirm_prescription(desk.acting(), patient, stay, replace(slip, daily="30 mg"))


@pytest.mark.hazard("H-002")
def test_a_medicine_that_either_account_names_still_cannot_wait(desk: TestDesk) -> None:
    """Insulin to one nurse and none to the other was no answer at all, and the call to the prescriber ended."""
    (one, patient), (other, again) = twice(desk)
    for stay, whose, named in ((one, patient, "insulin, 12 units at 8"), (other, again, "none")):
        seen = "none" if named == "none" else "alcohol"
        told = {**AWAKE, "medicines.cannot_wait": named, "withdrawal.seen": seen}
        triage.save(desk.acting(), a_draft(stay, whose, told), 1)
    joining.join(desk.acting(), patient, again, "photograph and birthplace")
    person = people.open_record(desk.acting(), patient).person
    facts = triage.facts(person, person.current, now=desk.clock.now())
    assert facts.medicines_that_cannot_wait == ("insulin, 12 units at 8",)
    assert facts.risks.withdrawal_seen == ("alcohol",)
    unseen = a_draft(person.current.id, patient, {"medicines.cannot_wait": "warfarin"})
    facts = triage.facts(person, person.current, unseen, now=desk.clock.now())
    assert facts.medicines_that_cannot_wait == ("insulin, 12 units at 8; warfarin",)


def test_the_hour_on_the_sheet_is_that_of_the_place_beside_it(desk: TestDesk) -> None:
    """The court's name with the hour of another arrival is a fact that nobody ever wrote."""
    (_, patient), (_, again) = twice(desk)
    joining.join(desk.acting(), patient, again, "photograph and birthplace")
    stay = people.open_record(desk.acting(), patient).person.current
    assert (stay.arrived_at, stay.brought_at) == (EVENING - timedelta(hours=3), EVENING - timedelta(hours=1))
    assert "20:40 from" in sheets.first_night_sheet(desk.acting(), patient).arrived


@pytest.mark.hazard("H-003")
def test_a_join_lifts_no_block_and_takes_no_allergy(desk: TestDesk) -> None:
    """On naltrexone in one record, on methadone in the other: no hold stood at all, and no allergy."""
    (one, patient), (other, again) = twice(desk)
    for stay, whose, medicine, allergy in (
        (one, patient, "naltrexone", "penicillin"),
        (other, again, "methadone", "latex"),
    ):
        told = {**AWAKE, "prescribed.any": "yes", "prescribed.medicine": medicine, "risk.allergies": allergy}
        triage.save(desk.acting(), a_draft(stay, whose, told), 1)
    joining.join(desk.acting(), patient, again, "photograph and birthplace")
    person = people.open_record(desk.acting(), patient).person
    assert "on naltrexone" in " ".join(hold["why"] for hold in person.current.plans[0].body["may_not_be_given"])
    assert triage.facts(person, person.current, now=desk.clock.now()).allergies == ("penicillin", "latex")


@pytest.mark.hazard("H-002")
def test_the_plan_is_no_weaker_than_the_record(desk: TestDesk) -> None:
    """The banner said that he wants to die, and the plan that was saved with "unknown" let the officer go."""
    (one, patient), _ = twice(desk)
    triage.save(desk.acting(), a_draft(one, patient, {**AWAKE, "risk.self_harm_now": "yes"}), 1)
    held = people.open_record(desk.acting(), patient).person.current.answers["risk.self_harm_now"]
    seen = {"risk.self_harm_now": held[0].entries}
    for later in ("unknown", an_answer(None, not_asked="declined")):
        saved = triage.save(desk.acting(), a_draft(one, patient, {"risk.self_harm_now": later}, over=seen), 2)
        assert saved.tonight.priority == "now"
        assert "acct_decision" in {row.what for row in tasks.due(desk.acting())}
        (line, _) = sheets.custody_list(desk.acting(), EVENING - timedelta(days=1)).lines
        assert line.watch is Watch.NOT_ALONE


@pytest.mark.hazard("H-002")
def test_a_list_printed_again_after_midnight_makes_no_second_stay(desk: TestDesk) -> None:
    """At ten past twelve he was a new arrival: nobody had looked, and the alerts of an hour before were gone."""
    at = EVENING + timedelta(hours=2, minutes=10)
    take_in(desk.acting(), [(2, an_arrival(arrived_at=at))])
    again = take_in(desk.acting(), [(2, an_arrival(arrived_at=at + timedelta(minutes=20)))])
    assert (again.taken, "taken in already" in again.refused[0].reason) == (0, True)
