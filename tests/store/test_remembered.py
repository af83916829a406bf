"""What is kept of a record between two looks at it is the record as it stands, and nothing that never was."""

from pathlib import Path

import pytest
from a_round import a_morning, a_patient
from factories import TestDesk
from sqlalchemy import event

from pdtdesk.domain.reception.person import PersonRecord
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.roles import Role
from pdtdesk.store import journal
from pdtdesk.store.remembered import Remembered


@pytest.fixture
def desk(tmp_path: Path) -> TestDesk:
    return a_morning(tmp_path / "desk")


def _told(desk: TestDesk, patient_id: str, said: str) -> NewEntry:
    who = desk.acting(Role.NURSE).who
    return NewEntry("reception", "triage", {"said": said}, who, patient_id, happened_at=desk.clock.now())


def _said(desk: TestDesk, patient_id: str) -> list[str]:
    with desk.store.reading() as work:
        person = work.person(patient_id)
    return [each.body["said"] for each in person.folded.effective if "said" in (each.body or {})]


def test_a_record_is_read_from_the_disk_once(desk: TestDesk) -> None:
    """Forty people with two years of doses each are waited for at the hatch, again and again."""
    patient = a_patient(desk).patient_id
    _said(desk, patient)
    asked: list[str] = []
    engine = desk.store.engine
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    _said(desk, patient)
    assert asked
    assert not [each for each in asked if "entry.body" in each]


def test_a_record_is_folded_once_until_something_comes_to_it(desk: TestDesk) -> None:
    """Each step of a round folds two years of doses again; or the dose just given is not in what she sees next."""
    patient = a_patient(desk).patient_id

    def person() -> PersonRecord:
        with desk.store.reading() as work:
            return work.person(patient)

    before = person()
    assert person() is before
    with desk.store.work() as work:
        work.append([_told(desk, patient, "drowsy")])
        here = work.person(patient)
    assert (here is before, person() is here) == (False, True)


def test_what_another_window_wrote_is_seen_at_once(desk: TestDesk) -> None:
    """The allergy typed at the other window, and the dose given from the record as it was before."""
    patient = a_patient(desk).patient_id
    assert _said(desk, patient) == []
    with desk.store.engine.begin() as other:
        new = [_told(desk, patient, "an allergy")]
        journal.append(other, desk.store.desk, new, now=desk.clock.now(), random_bytes=desk.store.random_bytes)
    assert _said(desk, patient) == ["an allergy"]


def test_what_was_never_committed_is_not_remembered(desk: TestDesk) -> None:
    """The power fails in the middle of a save, another save follows, and the first one is shown in its place."""
    patient = a_patient(desk).patient_id
    for fails, said in ((True, "never written"), (False, "written")):
        try:
            with desk.store.work() as work:
                work.person(patient)
                work.append([_told(desk, patient, said)])
                if fails:
                    raise ConnectionError("the plug")
        except ConnectionError:
            assert _said(desk, patient) == []
    assert _said(desk, patient) == ["written"]


def test_of_many_records_those_used_last_are_kept(desk: TestDesk) -> None:
    """A hand-over of a thousand people would hold all their records in memory until the shift ends."""
    people = [a_patient(desk, f"Wren{n}", f"A41{n:02}CK", cell=f"B{n}-01").patient_id for n in range(4)]
    with desk.store.reading() as work:
        for patient in people:
            work.person(patient)
        held = {patient: work.read[patient] for patient in people}
        kept = Remembered(most=2 * len(held[people[0]]))
        kept.keep(held)
        assert [*kept.of(work.connection, people)] == people[2:]
        kept.of(work.connection, [people[2]])
        kept.keep({people[0]: held[people[0]]})
        assert [*kept.of(work.connection, people)] == [people[0], people[2]]
