"""Finding, opening and joining people's records."""

from datetime import date

import pytest
from factories import EVENING, TestDesk, a_draft, an_arrival

from pdtdesk.domain.reception.person import Identity
from pdtdesk.domain.roles import Role
from pdtdesk.services.desk.session import break_glass
from pdtdesk.services.oversight.audit import audit_page
from pdtdesk.services.reception import corrections, joining, people, triage
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.services.refusals import NotAllowed, Refused


def two_alike(desk: TestDesk) -> tuple[str, str]:
    """Two records of one name and birth date, the second without a number."""
    take_in(desk.acting(), [(2, an_arrival())])
    take_in(desk.acting(), [(3, an_arrival(prison_number=None, arrived_at=EVENING))])
    with desk.store.reading() as work:
        first, second = sorted(work.arrivals(EVENING), key=lambda row: row.arrived_at)
    return first.patient_id, second.patient_id


@pytest.mark.hazard("H-001")
def test_namesakes_are_shown_and_never_merged_unasked(desk: TestDesk) -> None:
    """Otherwise the allergy, or the dose, of one man is read as another's."""
    first, second = two_alike(desk)
    assert first != second
    mine, other = joining.side_by_side(desk.acting(), second)
    assert (mine.row.patient_id, other.row.patient_id) == (second, first)
    assert other.person.current.arrival["arrived_from"] == "Crown Court"
    line, *_ = audit_page(desk.acting(Role.LEAD), patient_id=first)
    assert line.line.what == "looked at a record that looks alike"
    with desk.store.reading() as work:
        assert all(row.unsure for row in work.arrivals(EVENING))


@pytest.mark.hazard("H-001")
def test_two_records_of_one_person_are_joined_without_loss_and_can_be_parted(desk: TestDesk) -> None:
    """Otherwise the history of one man lies in two halves, or two men are melted for ever."""
    first, second = two_alike(desk)
    stay = people.open_record(desk.acting(), first).person.current.id
    triage.save(desk.acting(), a_draft(stay, first, {"risk.allergies": "penicillin"}), 1)
    joining.join(desk.acting(), second, first, "photograph")
    joined = people.open_record(desk.acting(), second).person
    assert (len(joined.patient_ids), [len(stay.ids) for stay in joined.stays]) == (2, [2])
    assert people.open_record(desk.acting(), first).person.patient_ids == joined.patient_ids
    link = next(entry for entry in joined.folded.heads if entry.kind == "joined")
    corrections.mark_in_error(desk.acting(), link.id, "another man after all")
    assert [len(stay.ids) for stay in people.open_record(desk.acting(), second).person.stays] == [1]
    assert "risk.allergies" in people.open_record(desk.acting(), first).person.history


@pytest.mark.hazard("H-001")
def test_records_told_apart_are_not_proposed_again(desk: TestDesk) -> None:
    """Otherwise the nurse is asked the same question every evening and clicks it away."""
    first, second = two_alike(desk)
    joining.tell_apart(desk.acting(), second, first, "father and son")
    for one in (first, second):
        assert len(joining.side_by_side(desk.acting(), one)) == 1
    with desk.store.reading() as work:
        assert not any(row.unsure for row in work.arrivals(EVENING))


@pytest.mark.hazard("H-001")
@pytest.mark.parametrize("at", [0, 1], ids=["from the one record", "from the other"])
def test_records_told_apart_by_mistake_are_proposed_again_in_both(desk: TestDesk, at: int) -> None:
    """Marked in one record alone, the other man's page never asks again, and he stays two."""
    pair = two_alike(desk)
    joining.tell_apart(desk.acting(), pair[1], pair[0], "father and son")
    (apart,) = people.open_record(desk.acting(), pair[at]).person.folded.of_kind("told_apart")
    corrections.mark_in_error(desk.acting(), apart.id, "it was one man")
    for one in pair:
        assert len(joining.side_by_side(desk.acting(), one)) == 2


@pytest.mark.hazard("H-001")
def test_a_number_that_is_somebody_elses_is_refused(desk: TestDesk) -> None:
    """Otherwise two people share one number, and one of them the other's doses."""
    taken = take_in(desk.acting(), [(2, an_arrival()), (3, an_arrival(surname="Price", born=date(1970, 1, 1)))])
    assert taken.taken == 1
    assert "SPARROW" in taken.refused[0].reason
    first, second = (row for row in _rows(desk, "A1111AA"))
    with pytest.raises(Refused, match="belongs to"):
        corrections.correct_identity(
            desk.acting(), second, Identity("Okafor", "Emeka", date(1980, 2, 2), "male", "A4127CK", None)
        )
    assert first


def _rows(desk: TestDesk, number: str):
    take_in(desk.acting(), [(4, an_arrival(surname="Okafor", born=date(1980, 2, 2), prison_number=number))])
    with desk.store.reading() as work:
        rows = {row.surname: row.patient_id for row in work.arrivals(EVENING)}
    return rows["Sparrow"], rows["Okafor"]


@pytest.mark.hazard("H-001")
def test_a_corrected_name_is_found_and_the_old_one_stays_in_the_journal(desk: TestDesk) -> None:
    """Otherwise a misspelt name can only be mended by a second record."""
    take_in(desk.acting(), [(2, an_arrival())])
    patient = people.search(desk.acting(), "sparrow")[0].patient_id
    corrections.correct_identity(
        desk.acting(), patient, Identity("Sparrowe", "Daniel", date(1982, 3, 14), "male", "A4127CK")
    )
    assert [row.surname for row in people.search(desk.acting(), "sparrowe")] == ["Sparrowe"]
    assert [row.kind for row in people.timeline(desk.acting(), patient)].count("person") == 2


def test_a_person_is_found_by_cell(desk: TestDesk) -> None:
    """Otherwise the officer who rings from B1-07 cannot be helped."""
    take_in(desk.acting(), [(2, an_arrival())])
    patient = people.search(desk.acting(), "sparrow")[0].patient_id
    corrections.place_in_cell(desk.acting(), patient, "B1-07")
    assert [row.patient_id for row in people.search(desk.acting(), "b1-07")] == [patient]
    assert people.open_record(desk.acting(), patient).person.current.location == "B1-07"


def test_looking_is_audited_before_anything_is_shown(desk: TestDesk) -> None:
    """Otherwise nobody can say who read the record of a man in the newspaper."""
    take_in(desk.acting(), [(2, an_arrival())])
    patient = people.search(desk.acting(), "sparrow")[0].patient_id
    people.open_record(desk.acting(), patient)
    line = audit_page(desk.acting(Role.LEAD), patient_id=patient)[0].line
    assert (line.what, line.who.name, line.right) == ("opened the record", "R. Adeyemi", "role")


def test_a_carat_worker_opens_a_record_by_breaking_glass_alone(desk: TestDesk) -> None:
    """Otherwise whoever works on the wing reads the whole clinical record, or cannot when a life asks for it."""
    take_in(desk.acting(), [(2, an_arrival())])
    patient = people.search(desk.acting(), "sparrow")[0].patient_id
    acting = desk.acting(Role.CARAT)
    with pytest.raises(NotAllowed):
        people.open_record(acting, patient)
    broken = break_glass(acting, patient, "found unresponsive on B wing")
    assert people.open_record(broken, patient).person.patient_id == patient
    seen = audit_page(desk.acting(Role.LEAD), patient_id=patient)
    assert ("break_glass", "found unresponsive on B wing") in {(row.line.right, row.line.detail) for row in seen}
    desk.clock.advance(hours=73)
    with pytest.raises(NotAllowed):
        people.open_record(broken, patient)


def test_who_may_not_see_the_clinical_record_learns_nothing_of_it_from_the_lists(desk: TestDesk) -> None:
    """A manager, or a CARAT worker who is a prison officer, must not read "self-harm now" on a list of tasks."""
    from pdtdesk.services.reception import tasks

    take_in(desk.acting(), [(2, an_arrival())])
    row = people.search(desk.acting(), "sparrow")[0]
    stay = people.open_record(desk.acting(), row.patient_id).person.current.id
    answers = {"risk.self_harm_now": "yes", "withdrawal.seen": "opioids", "substances.opioids.frequency": "daily"}
    triage.save(desk.acting(), a_draft(stay, row.patient_id, answers), 1)
    clinical = tasks.due(desk.acting())
    assert {task.what for task in clinical} > {"carat_referral"}
    for role, known in ((Role.CARAT, {"carat_referral"}), (Role.MANAGER, set())):
        seen = tasks.due(desk.acting(role))
        assert {task.what for task in seen} == known
        assert not any(word in task.sentence.lower() for task in seen for word in ("harm", "withdrawal", "opioid"))
        with pytest.raises(NotAllowed):
            people.arrivals(desk.acting(role), EVENING)
    hidden = next(task for task in clinical if task.what not in ("carat_referral", "confirm_dose"))
    with pytest.raises(NotAllowed, match="clinical"):
        tasks.settle(desk.acting(Role.CARAT), hidden.entry_id, "seen")


@pytest.mark.hazard("H-001")
def test_a_triage_of_joined_records_goes_with_its_own_stay_when_they_are_parted(desk: TestDesk) -> None:
    """Otherwise parting two records leaves tonight's triage in the wrong man's record."""
    first, second = two_alike(desk)
    joining.join(desk.acting(), second, first, "photograph")
    joined = people.open_record(desk.acting(), second).person
    later = joined.stays[-1].id
    triage.save(desk.acting(), a_draft(later, joined.patient_id, {"risk.allergies": "latex"}), 1)
    link = next(entry for entry in joined.folded.heads if entry.kind == "joined")
    corrections.mark_in_error(desk.acting(), link.id, "another man after all")
    assert "risk.allergies" in people.open_record(desk.acting(), second).person.current.answers
    assert "risk.allergies" not in people.open_record(desk.acting(), first).person.current.answers


def test_a_broken_glass_outlasts_a_lock(desk: TestDesk) -> None:
    """Otherwise she gives her reason again at each lock, until she stops reading what she types."""
    from factories import PASSWORD, chance, national

    from pdtdesk.services.desk.session import begin

    take_in(desk.acting(), [(2, an_arrival())])
    patient = people.search(desk.acting(), "sparrow")[0].patient_id
    break_glass(desk.acting(Role.CARAT), patient, "found unresponsive on B wing")
    entered = desk.door.enter("carat", PASSWORD)
    again = begin(entered.store, entered.member_id, clock=desk.clock, policy=national(), random_bytes=chance(8))
    assert people.open_record(again.acting, patient).person.patient_id == patient
