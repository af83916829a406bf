"""The demonstration desk: the same invented prison for the same evening, in every state that a page has to show."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pdtdesk.documents import Sheets
from pdtdesk.domain.calendar import age_on, day_of
from pdtdesk.domain.reception.questions import QUESTIONS
from pdtdesk.domain.reception.questions.question import Input
from pdtdesk.domain.record.entry import Entry
from pdtdesk.exchange.reception_list import read
from pdtdesk.services.demonstration.evening import DEFAULT_TODAY, StandingClock
from pdtdesk.services.demonstration.prison import demonstration_folder, load_prison
from pdtdesk.services.demonstration.script import tonights_list
from pdtdesk.services.desk import session
from pdtdesk.services.reception import people, sheets
from pdtdesk.store import journal
from pdtdesk.store.demonstration import make_demonstration
from pdtdesk.store.desk import OpenDesk
from pdtdesk.store.door import DeskDoor
from pdtdesk.store.keys.desk_file import read_desk
from pdtdesk.store.keys.errors import DeskExists
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.secret import FolderSecrets
from pdtdesk.store.verify import verify
from tests.documents.read_back import pages_of
from tests.factories import CHEAP, chance, national

MOST_ENTRIES = 20_000
FIRST_HOUR = DEFAULT_TODAY - timedelta(hours=12)


def opened(folder: Path) -> DeskDoor:
    """The door of a demonstration desk, opened by the nurse with the password that everybody is told."""
    place = DeskFolder(folder)
    clock = StandingClock(DEFAULT_TODAY)
    door = DeskDoor(place, FolderSecrets(place), clock=clock, random_bytes=chance(5), cost=CHEAP)
    door.enter("nurse", "demonstration")
    return door


def store_of(door: DeskDoor) -> OpenDesk:
    store = door.enter("nurse", "demonstration").store
    assert isinstance(store, OpenDesk)
    return store


def entries_of(store: OpenDesk) -> list[Entry]:
    with store.reading() as work:
        return list(journal.of_desk(work.connection, store.desk.id))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("demonstration") / "desk"
    make_demonstration(DeskFolder(made), DEFAULT_TODAY, cost=CHEAP)
    return made


@pytest.fixture(scope="module")
def door(folder: Path) -> Iterator[DeskDoor]:
    made = opened(folder)
    yield made
    made.close()


@pytest.fixture(scope="module")
def store(door: DeskDoor) -> OpenDesk:
    return store_of(door)


@pytest.fixture(scope="module")
def entries(store: OpenDesk) -> list[Entry]:
    return entries_of(store)


def test_the_same_evening_is_invented_again_entry_for_entry(entries: list[Entry], tmp_path: Path) -> None:
    make_demonstration(DeskFolder(tmp_path / "again"), DEFAULT_TODAY, cost=CHEAP)
    door = opened(tmp_path / "again")
    again = entries_of(store_of(door))
    door.close()
    assert [(each.header, each.body) for each in again] == [(each.header, each.body) for each in entries]
    assert [each.header_bytes for each in again] == [each.header_bytes for each in entries]


def test_650_people_are_here_and_12_came_tonight(store: OpenDesk, entries: list[Entry]) -> None:
    with store.reading() as work:
        present = work.present()
        tonight = [row for row in work.arrivals(FIRST_HOUR) if row.arrived_at >= FIRST_HOUR]
    assert len(present) == load_prison().present == 650
    assert len(tonight) == 12
    assert len(entries) < MOST_ENTRIES


def test_nobody_invented_can_be_taken_for_a_patient(folder: Path, store: OpenDesk, entries: list[Entry]) -> None:
    # Every page asks the desk; each person is in this desk's own journal, and nowhere else.
    assert read_desk(DeskFolder(folder)).desk.demonstration
    assert {each.header.desk_id for each in entries} == {store.desk.id}
    numbers = {each.body["nhs_number"] for each in entries if each.kind == "person" and each.body}
    assert all(number is None or number.startswith("999") for number in numbers)


def test_every_answer_is_one_that_the_page_could_have_given(entries: list[Entry]) -> None:
    asked: Counter[str] = Counter()
    for entry in entries:
        answers = entry.body.get("answers", {}) if entry.kind == "triage" and entry.body else {}
        for key, answer in answers.items():
            asked[key] += 1
            question, value = QUESTIONS[key], answer["value"]
            words = {choice.word for choice in question.choices}
            if question.input is Input.MULTI_CHOICE:
                assert set(value.split()) <= words, (key, value)
            elif question.input in (Input.YES_NO, Input.YES_NO_UNKNOWN):
                may_be_unknown = {"unknown"} if question.input is Input.YES_NO_UNKNOWN else set()
                assert value in {"yes", "no"} | may_be_unknown, (key, value)
            elif words:
                assert value in words, (key, value)
    assert asked["substances.opioids.frequency"] > 500


def test_nobody_is_a_child_and_nobody_shares_a_number(store: OpenDesk) -> None:
    with store.reading() as work:
        present = work.present()
    ages = [age_on(row.born, day_of(DEFAULT_TODAY)) for row in present if row.born]
    numbers = [row.prison_number for row in present if row.prison_number]
    assert len(ages) == len(present)
    assert min(ages) >= 18
    assert max(ages) <= 75
    assert len(set(numbers)) == len(numbers)


def test_the_worklist_shows_every_state_of_a_triage(store: OpenDesk) -> None:
    with store.reading() as work:
        rows = work.arrivals(FIRST_HOUR)
        by_name = {row.surname: row for row in rows}
        sparrow = work.person(by_name["SPARROW"].patient_id)
        draft = work.draft(by_name["SPARROW"].stay)
    assert {"now", "tonight", "routine", "waiting"} <= {row.priority for row in rows}
    assert by_name["OKAFOR"].reasons[0] == "drowsy"
    assert by_name["SPARROW"].known
    assert by_name["SPARROW"].draft
    assert draft is not None
    assert sparrow is not None
    assert len(sparrow.stays) == 3
    assert sparrow.history["risk.allergies"][0].answer.value == "penicillin"
    unfinished = [row for row in rows if row.arrived_at < FIRST_HOUR]
    assert unfinished
    assert all(row.passes == 1 for row in unfinished)


def test_two_records_look_alike_and_two_are_joined(store: OpenDesk) -> None:
    with store.reading() as work:
        holloway = next(row for row in work.arrivals(FIRST_HOUR) if row.surname == "HOLLOWAY")
        alike = work.search("holloway keiran", 5)
        joined = [row for row in work.present() if row.joined > 1]
    assert holloway.unsure == 1
    assert {row.born for row in alike} == {alike[0].born}
    assert len(alike) == 2
    assert len(joined) == 1


def test_something_is_due_and_something_was_due_before(store: OpenDesk) -> None:
    with store.reading() as work:
        every, now = work.tasks(), work.tasks(until=DEFAULT_TODAY)
    assert len(every) > len(now) > 10
    assert {"confirm_dose", "carat_referral", "psychosocial_package"} <= {row.what for row in every}


def test_what_was_written_was_written_in_its_order_and_never_before_it_happened(entries: list[Entry]) -> None:
    recorded = [each.header.recorded_at for each in entries]
    assert recorded == sorted(recorded)
    assert all(each.header.happened_at <= each.header.recorded_at for each in entries)
    assert recorded[-1] <= DEFAULT_TODAY


def test_the_invented_desk_is_sound(folder: Path, door: DeskDoor) -> None:
    found = verify(DeskFolder(folder), door.key(), door.noted_head())
    assert found.faults == ()


def test_each_member_signs_in_and_the_nurse_may_work_tonight(door: DeskDoor) -> None:
    accounts = ("nurse", "carat", "prescriber", "lead", "manager", "admin")
    ids = {account: door.enter(account, "demonstration").member_id for account in accounts}
    begun = session.begin(
        store_of(door), ids["nurse"], clock=StandingClock(DEFAULT_TODAY), policy=national(), random_bytes=chance(9)
    )
    assert begun.acting.who.name == "R. Adeyemi"
    assert begun.notices == ()
    assert people.search(begun.acting, "A4127CK")[0].surname == "SPARROW"


def test_the_lists_of_the_evening_are_one_page_each(door: DeskDoor) -> None:
    """A night nurse and an officer read what hangs on the board, and not what was left in the printer."""
    nurse = door.enter("nurse", "demonstration").member_id
    clock = StandingClock(DEFAULT_TODAY)
    acting = session.begin(store_of(door), nurse, clock=clock, policy=national(), random_bytes=chance(9)).acting
    since = DEFAULT_TODAY - timedelta(days=1)
    custody = sheets.custody_list(acting, since, demonstration=True)
    assert len(custody.lines) + len(custody.also) > 50
    for pdf in (
        Sheets().handover(sheets.handover_list(acting, since, demonstration=True)),
        Sheets().custody(custody),
    ):
        assert len(pages_of(pdf)) == 1


def test_the_sample_list_is_read_as_any_list_is() -> None:
    data = (demonstration_folder() / "receptions.csv").read_bytes()
    taken = read(data, day_of(DEFAULT_TODAY))
    assert taken.refused == ()
    assert taken.rows == tonights_list(DEFAULT_TODAY)


def test_for_another_evening_the_list_moves_with_it() -> None:
    later = DEFAULT_TODAY + timedelta(days=400)
    moved, here = tonights_list(later), tonights_list(DEFAULT_TODAY)
    assert [row.arrived_at.date() - timedelta(days=400) for _, row in moved] == [
        row.arrived_at.date() for _, row in here
    ]
    assert [row.born for _, row in moved] == [row.born for _, row in here]


def test_a_desk_that_is_there_is_never_filled_over(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "letters.txt").write_text("kept")
    with pytest.raises(DeskExists):
        make_demonstration(DeskFolder(tmp_path / "desk"), DEFAULT_TODAY, cost=CHEAP)
    with pytest.raises(DeskExists):
        make_demonstration(DeskFolder(folder), DEFAULT_TODAY, cost=CHEAP)
    assert (tmp_path / "desk" / "letters.txt").read_text() == "kept"


def test_a_filling_that_breaks_off_leaves_no_half_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("pdtdesk.store.demonstration.fill", breaks_off)
    with pytest.raises(OSError, match="disk is full"):
        make_demonstration(DeskFolder(tmp_path / "desk"), DEFAULT_TODAY, cost=CHEAP)
    assert list(tmp_path.iterdir()) == []
