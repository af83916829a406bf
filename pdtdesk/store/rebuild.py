"""Folding all lists again from the journal, beside those in use: to compare with them, or to put in their place.

The fold itself is the one by which the desk lives (`projections.rebuild`). It writes into temporary tables of the
same names, in memory, which stand before the desk's own while they last; nobody is kept from writing meanwhile.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, select, text

from pdtdesk.services.ports import Progress
from pdtdesk.store import projections
from pdtdesk.store.desk import told_clearly
from pdtdesk.store.engine import reading
from pdtdesk.store.tables import ENTRY, PERSON, PROJECTIONS, SEARCH

SLICE = 50
"""People folded before somebody may stop it."""


class Stopped(Exception):
    """Somebody asked a long piece of work to stop; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How a rebuild went: how many people have rows now, or that it was stopped and nothing was changed."""

    people: int
    stopped: bool = False


def rebuild(engine: Engine, progress: Progress | None = None) -> Rebuilt:
    """Fold all lists of the desk again. They change in one transaction at the end, so that a kill loses nothing."""
    try:
        with told_clearly():
            with reading(engine).begin() as connection:
                until = _last_position(connection)
                fold_aside(connection, progress)
            with engine.begin() as connection:
                _put_in_place(connection, until)
                people = connection.execute(select(func.count()).select_from(PERSON)).scalar_one()
    except Stopped:
        return Rebuilt(0, stopped=True)
    finally:
        with reading(engine).begin() as connection:
            drop_aside(connection)
    return Rebuilt(int(people))


def fold_aside(connection: Connection, progress: Progress | None = None) -> None:
    """Fold the whole journal, as this transaction sees it, into temporary tables. Raises `Stopped`."""
    drop_aside(connection)
    for name in (*(table.name for table in PROJECTIONS), SEARCH):
        made = connection.execute(
            # Tables before their indexes.
            text("SELECT sql FROM main.sqlite_master WHERE sql IS NOT NULL AND tbl_name = :name ORDER BY type DESC"),
            {"name": name},
        )
        for statement in made.scalars().all():
            connection.exec_driver_sql(_temporary(statement))
    projections.rebuild(connection, _slices(connection, progress))


def drop_aside(connection: Connection) -> None:
    """Take the temporary tables away, where there are any."""
    for name in (*(table.name for table in PROJECTIONS), SEARCH):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{name}")


def _temporary(statement: str) -> str:
    """A statement of the schema, for the temporary database."""
    for made in ("CREATE TABLE ", "CREATE VIRTUAL TABLE ", "CREATE INDEX ", "CREATE UNIQUE INDEX "):
        if statement.startswith(made):
            return f"{made}temp.{statement.removeprefix(made)}"
    raise ValueError("the schema of a list begins in a way that is not known")


def _slices(connection: Connection, progress: Progress | None) -> Iterator[list[str]]:
    known = select(ENTRY.c.patient_id).where(ENTRY.c.patient_id.is_not(None)).distinct().order_by(ENTRY.c.patient_id)
    everybody = list(connection.execute(known).scalars())
    for start in range(0, len(everybody), SLICE):
        if progress is not None:
            if progress.stopped:
                raise Stopped
            progress.report(start, len(everybody))
        yield [str(each) for each in everybody[start : start + SLICE]]
    if progress is not None:
        progress.report(len(everybody), len(everybody))


def _put_in_place(connection: Connection, until: int) -> None:
    """The lists folded aside in place of the desk's own, and whoever was written about meanwhile folded after."""
    columns = {table.name: "*" for table in PROJECTIONS} | {SEARCH: "rowid, words"}
    for name, taken in columns.items():
        into = name if taken == "*" else f"{name} ({taken})"
        connection.exec_driver_sql(f"DELETE FROM main.{name}")  # noqa: S608 - names of the schema alone, here and next
        connection.exec_driver_sql(f"INSERT INTO main.{into} SELECT {taken} FROM temp.{name}")  # noqa: S608
    drop_aside(connection)
    later = select(ENTRY.c.patient_id).where(ENTRY.c.position > until, ENTRY.c.patient_id.is_not(None)).distinct()
    projections.refold_people(connection, sorted(str(each) for each in connection.execute(later).scalars()))
    projections.refold_establishment(connection)


def _last_position(connection: Connection) -> int:
    return int(connection.execute(select(func.coalesce(func.max(ENTRY.c.position), 0))).scalar_one())
