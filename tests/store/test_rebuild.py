"""What the lists show can be thrown away and folded again from the journal, and is then the same."""

import os
import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from factories import TestDesk, a_desk, an_arrival
from sqlalchemy import text

from pdtdesk.domain.roles import Role
from pdtdesk.services.reception import corrections, joining, people
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.store import journal, projections
from pdtdesk.store.engine import make_engine, reading
from pdtdesk.store.rebuild import rebuild
from pdtdesk.store.tables import SEARCH
from tests.store.histories import shown, write_history

LONG = bool(os.environ.get("PDTDESK_LONG"))


@dataclass
class Told:
    """Progress as a window would show it; stops after so many words."""

    stop_after: int | None = None
    told: list[tuple[int, int]] = field(default_factory=list)

    def report(self, done: int, total: int) -> None:
        self.told.append((done, total))

    @property
    def stopped(self) -> bool:
        return self.stop_after is not None and len(self.told) >= self.stop_after


def what_is_shown(desk: TestDesk) -> dict[str, list[tuple]]:
    with reading(desk.store.engine).begin() as connection:
        return shown(connection)


@pytest.mark.hazard("H-004")
@pytest.mark.parametrize("seed", range(12) if LONG else (0, 2, 5))
def test_lists_folded_again_are_the_lists_as_they_were(desk: TestDesk, seed: int) -> None:
    """Otherwise what the nurse saw all evening is not what she wrote."""
    write_history(desk, seed)
    before = what_is_shown(desk)
    assert before["arrival"]
    assert before["task"]
    told = Told()
    done = rebuild(desk.store.engine, told)
    assert what_is_shown(desk) == before
    assert done.people == len(before["person"])
    assert told.told[-1][0] == told.told[-1][1]


def test_lists_that_were_spoilt_are_mended(desk: TestDesk) -> None:
    """Otherwise one wrong row stays wrong for ever."""
    write_history(desk, 3, steps=15)
    before = what_is_shown(desk)
    with desk.store.engine.begin() as connection:
        connection.execute(text("UPDATE person SET surname = 'Nobody'"))
        connection.execute(text("DELETE FROM arrival"))
        connection.execute(text(f"DELETE FROM {SEARCH}"))
    rebuild(desk.store.engine)
    assert what_is_shown(desk) == before


def test_a_rebuild_that_is_stopped_changes_nothing(desk: TestDesk) -> None:
    """Otherwise half the prison is missing until somebody starts it again."""
    write_history(desk, 4, steps=10)
    before = what_is_shown(desk)
    assert rebuild(desk.store.engine, Told(stop_after=0)).stopped
    assert what_is_shown(desk) == before
    take_in(desk.acting(), [(2, an_arrival(surname="Late", prison_number="A9999CK"))])
    assert len(what_is_shown(desk)["person"]) == len(before["person"]) + 1


def test_a_rebuild_cut_off_in_its_last_step_loses_nothing(desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise a pulled plug empties the lists."""
    write_history(desk, 5, steps=10)
    before = what_is_shown(desk)

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(projections, "refold_establishment", cut_off)
    with pytest.raises(KeyboardInterrupt):
        rebuild(desk.store.engine)
    monkeypatch.undo()
    assert what_is_shown(desk) == before
    with reading(desk.store.engine).begin() as connection:
        left = connection.execute(text("SELECT count(*) FROM sqlite_temp_master")).scalar()
    assert left == 0


def test_what_is_written_while_the_lists_are_folded_is_in_them(desk: TestDesk) -> None:
    """Otherwise an arrival taken in meanwhile is on no worklist tonight."""
    write_history(desk, 6, steps=5)
    other = make_engine(desk.folder.database, desk.door.key())

    class Meanwhile(Told):
        def report(self, done: int, total: int) -> None:
            super().report(done, total)
            if len(self.told) == 1:  # the snapshot is taken; now somebody else takes an arrival in
                take_in(desk.acting(), [(2, an_arrival(surname="Late", prison_number="A9999CK"))])

    try:
        rebuild(other, Meanwhile())
    finally:
        other.dispose()
    rows = what_is_shown(desk)
    assert "Late" in [row[3] for row in rows["person"]]
    rebuild(desk.store.engine)
    assert what_is_shown(desk) == rows


@pytest.mark.parametrize("seed", range(40) if LONG else (0, 8, 10, 11))
def test_entries_that_come_in_any_order_leave_the_same_lists(desk: TestDesk, tmp_path: Path, seed: int) -> None:
    """Otherwise a record that came over a bad line is shown otherwise than at the desk that wrote it."""
    write_history(desk, seed, steps=25)
    with desk.store.reading() as work:
        entries = [entry for entry in journal.of_desk(work.connection, desk.store.desk.id) if entry.header.patient_id]
    other = a_desk(tmp_path / "other", seed=500)
    try:
        random.Random(seed).shuffle(entries)
        for entry in entries:
            with other.store.engine.begin() as connection:
                journal.hold(connection, entry)
                projections.refold_people(connection, [str(entry.header.patient_id)])
        ours, theirs = what_is_shown(desk), what_is_shown(other)
        assert {**theirs, "member": ours["member"]} == ours
    finally:
        other.door.close()


def test_joined_records_stay_one_though_the_name_of_one_was_an_error(desk: TestDesk) -> None:
    """Otherwise an arrival under the other record leaves the worklist without a word."""
    acting = desk.acting(Role.LEAD)
    take_in(acting, [(2, an_arrival()), (3, an_arrival(surname="Sparow", prison_number="A4128CK"))])
    with desk.store.reading() as work:
        one, other = sorted(row.patient_id for row in work.present())
        name = next(entry for entry in journal.of_people(work.connection, [one]) if entry.kind == "person")
    joining.join(acting, one, other, "both numbers agree")
    corrections.mark_in_error(acting, name.id, "misheard")
    with desk.store.reading() as work:
        (row,) = work.arrivals(desk.clock.now())
        assert len(work.person(row.patient_id).current.ids) == 2
        assert {row.surname for row in work.present()} <= {"Sparrow", "Sparow"}
    before = what_is_shown(desk)
    corrections.place_in_cell(acting, other, "B1-07")
    with desk.store.reading() as work:
        (row,) = work.arrivals(desk.clock.now())
        assert len(work.person(row.patient_id).current.ids) == 2
    rebuild(desk.store.engine)
    assert len(what_is_shown(desk)["arrival"]) == len(before["arrival"]) == 2


def test_a_record_whose_name_was_an_error_is_found_by_nobody(desk: TestDesk) -> None:
    """Otherwise a search opens a record that is no one's."""
    acting = desk.acting()
    take_in(acting, [(2, an_arrival())])
    with desk.store.reading() as work:
        (row,) = work.present()
        name = next(entry for entry in journal.of_people(work.connection, [row.patient_id]) if entry.kind == "person")
    corrections.mark_in_error(acting, name.id, "nobody of that name came")
    assert people.search(acting, "sparrow") == ()
    before = what_is_shown(desk)
    rebuild(desk.store.engine)
    assert what_is_shown(desk) == before
