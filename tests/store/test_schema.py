"""A desk of every released schema still opens, with everybody in it; one of a newer schema is left as it is."""

import hashlib
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from factories import CHEAP, PASSWORD, SetClock, TestDesk, chance
from sqlalchemy import Engine, inspect
from treatment import Patient, a_schedule, an_ordering, chosen, given

import pdtdesk.store.migrations as migrations
from pdtdesk.domain.roles import Role
from pdtdesk.services.reception.people import search
from pdtdesk.services.regime import record
from pdtdesk.services.regime.giving import medicine_round
from pdtdesk.store import schema
from pdtdesk.store.door import DeskDoor
from pdtdesk.store.engine import make_engine, reading
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.secret import FolderSecrets
from pdtdesk.store.schema import NEWEST, NewerDesk, bring_up_to_date, schema_of
from pdtdesk.store.tables import METADATA, SEARCH
from pdtdesk.store.verify import verify

RELEASED = Path(__file__).parent / "released"
RECOVERY = dict.fromkeys(("0001", "0002", "0003"), "90A73-PJQNZ-B0HF1-7Y1XE-6D147-V622S-DYDQN")
_TREATED = {"Siskin": "written", "Redstart": "handed out"}
TREATED_IN: dict[str, dict[str, str]] = {"0001": {}, "0002": _TREATED, "0003": _TREATED}
VERSIONS = sorted(folder.name for folder in RELEASED.iterdir() if folder.name.isdigit())


def a_door(folder: Path) -> DeskDoor:
    place = DeskFolder(folder)
    return DeskDoor(place, FolderSecrets(place), clock=SetClock(), random_bytes=chance(7), cost=CHEAP)


def hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def empty(tmp_path: Path) -> Engine:
    return make_engine(tmp_path / "desk.db", bytes(32), create=True)


@pytest.mark.hazard("H-004")
@pytest.mark.parametrize("version", VERSIONS)
def test_a_desk_of_every_released_version_opens_with_everybody_in_it(version: str, tmp_path: Path) -> None:
    """Otherwise an update closes the record of a prison."""
    before = hashes(RELEASED / version)
    shutil.copytree(RELEASED / version, tmp_path / "desk")
    door = a_door(tmp_path / "desk")
    store = door.enter("nurse", PASSWORD).store
    try:
        with store.reading() as work:
            assert schema_of(work.connection) == NEWEST
            members = {Role(member.role): member.id for member in work.members()}
        desk = TestDesk(DeskFolder(tmp_path / "desk"), SetClock(), door, store, "", members)
        for typed in ("sparrow", "o wren", "dunn", "A0002"):
            assert len(search(desk.acting(), typed)) == 1, typed
        assert verify(desk.folder, door.key(), door.noted_head()).faults == ()
    finally:
        door.close()
    assert hashes(RELEASED / version) == before


@pytest.mark.hazard("H-004")
@pytest.mark.parametrize("version", VERSIONS)
def test_whoever_is_in_a_desk_of_every_released_version_can_be_treated(version: str, tmp_path: Path) -> None:
    """Otherwise a desk is updated, and nobody in it can be given a regime or a dose."""
    shutil.copytree(RELEASED / version, tmp_path / "desk")
    door = a_door(tmp_path / "desk")
    store = door.enter("nurse", PASSWORD).store
    try:
        with store.reading() as work:
            members = {Role(member.role): member.id for member in work.members()}
        desk = TestDesk(DeskFolder(tmp_path / "desk"), SetClock(), door, store, "", members)
        (found,) = search(desk.acting(), "sparrow")
        patient = Patient(found.patient_id, "")
        record.write_assessment(desk.acting(), patient.patient_id, {"opioids.dependence": "dependent"})
        today = desk.clock.now().date()
        order = an_ordering(schedule=a_schedule(today, slots=("night",)))
        chosen(desk, patient, ordering=order, reason="as outside", review_on=today + timedelta(days=7))
        assert given(desk, patient, slot="night").row.state == "written"
        states = {row.surname: row.state for row in medicine_round(desk.acting(), today)}
        assert states == {"Sparrow": "written", **TREATED_IN[version]}
        assert verify(desk.folder, door.key(), door.noted_head()).faults == ()
    finally:
        door.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_the_printed_code_still_opens_a_desk_of_every_released_version(version: str, tmp_path: Path) -> None:
    """Otherwise the sheet in the safe is worth nothing after an update."""
    shutil.copytree(RELEASED / version, tmp_path / "desk")
    door = a_door(tmp_path / "desk")
    entered = door.recover(RECOVERY[version], "nurse", "another long night")
    assert entered.account == "nurse"
    door.close()


def test_a_desk_is_kept_of_the_newest_schema() -> None:
    """Otherwise the next version is never tried on the records of this one."""
    assert NEWEST in VERSIONS
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert scripts.get_heads() == [NEWEST]
    assert {script.revision for script in scripts.walk_revisions()} == set(schema._KNOWN)


@pytest.mark.hazard("H-004")
def test_a_desk_of_a_newer_version_is_refused_and_left_as_it_is(desk: TestDesk) -> None:
    """Otherwise an old program writes in a form that it does not know."""
    with desk.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    desk.door.close()
    before = hashes(desk.folder.path)["desk.db"]
    with pytest.raises(NewerDesk, match="newer PDT Desk") as refused:
        a_door(desk.folder.path).enter("nurse", PASSWORD)
    assert "0999" in refused.value.sentence
    assert "Install the newer version" in refused.value.sentence
    assert hashes(desk.folder.path)["desk.db"] == before


def test_the_migrations_make_the_tables_that_the_program_uses(empty: Engine) -> None:
    """Otherwise a fresh desk and an updated one are two different desks."""
    with empty.begin() as connection:
        bring_up_to_date(connection)
        own = {table.name for table in METADATA.sorted_tables}

        def compared(_: object, name: str | None, kind: str, *__: object) -> bool:
            return kind != "table" or not (name or "").startswith(SEARCH)

        context = MigrationContext.configure(
            connection, opts={"include_object": compared, "compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, METADATA) == []
        assert own <= set(inspect(connection).get_table_names())
        primary = inspect(connection).get_pk_constraint("told_apart")["constrained_columns"]
        assert primary == ["patient_id", "other"]


def test_every_migration_goes_up_and_down_with_data_in_it(empty: Engine) -> None:
    """Otherwise the step that fails is found on the night of the update, on a full desk."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    steps = [script.revision for script in reversed(list(ScriptDirectory.from_config(config).walk_revisions()))]
    with empty.begin() as connection:
        config.attributes["connection"] = connection
        for step in steps:
            command.upgrade(config, step)
            assert schema_of(connection) == step
            _fill(connection)
        counted = _counts(connection)
        assert all(counted.values())
        for step in [*reversed(steps[:-1]), "base"]:
            command.downgrade(config, step)
        assert schema_of(connection) is None
        left = set(inspect(connection).get_table_names()) - {"alembic_version"}
        assert left == set()
        command.upgrade(config, NEWEST)
    with reading(empty).begin() as connection:
        assert schema_of(connection) == NEWEST
        assert not any(_counts(connection).values())


def test_bringing_up_to_date_twice_changes_nothing(empty: Engine) -> None:
    """Otherwise every opening of the desk would write in it."""
    with empty.begin() as connection:
        bring_up_to_date(connection)
        _fill(connection)
        before = _counts(connection)
        bring_up_to_date(connection)
        assert _counts(connection) == before


def _fill(connection) -> None:
    """A row in every table that is still empty, with a value of its kind in every column."""
    inspector = inspect(connection)
    for table in METADATA.sorted_tables:
        if not inspector.has_table(table.name) or _count(connection, table.name):
            continue
        columns = inspector.get_columns(table.name)
        values = {column["name"]: 1 if "INT" in str(column["type"]) else "x" for column in columns}
        names, marks = ", ".join(values), ", ".join("?" for _ in values)
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", tuple(values.values()))


def _count(connection, name: str) -> int:
    return connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar()


def _counts(connection) -> dict[str, int]:
    return {table.name: _count(connection, table.name) for table in METADATA.sorted_tables}
