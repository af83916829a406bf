"""Bringing a desk's database to this version's schema, and refusing one of a newer version."""

from pathlib import Path

from sqlalchemy import Connection, text

NEWEST = "0003"
FOLDING = 3
"""Counts up with every change to what is folded from the journal into the lists: a desk of another count is folded
again when it is opened, so that a new program never shows what an old one thought."""
_KNOWN = ("0001", "0002", "0003")


class NewerDesk(Exception):
    """The desk was last opened by a newer version of PDT Desk; this one leaves it untouched."""

    def __init__(self, found: str) -> None:
        self.sentence = (
            f"This desk was last opened by a newer PDT Desk (its records are of form {found}, this program knows "
            f"up to {NEWEST}). Nothing was changed. Install the newer version on this computer and open it again."
        )
        super().__init__(self.sentence)


def schema_of(connection: Connection) -> str | None:
    """The schema a database is of, or None where it is empty."""
    known = connection.execute(
        text("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'")
    ).scalar()
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if known else None


def is_folded_by_this_program(connection: Connection) -> bool:
    """Whether the lists are as this program folds them."""
    return connection.exec_driver_sql("PRAGMA user_version").scalar() == FOLDING


def note_folding(connection: Connection) -> None:
    """Write down that the lists are as this program folds them."""
    connection.exec_driver_sql(f"PRAGMA user_version = {FOLDING:d}")


def bring_up_to_date(connection: Connection) -> None:
    """Run the migrations that are missing, in the transaction of the connection; raises `NewerDesk`."""
    found = schema_of(connection)
    if found == NEWEST:
        return
    if found is not None and found not in _KNOWN:
        raise NewerDesk(found)
    from alembic import command  # takes longer to load than opening a desk that is up to date
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, NEWEST)
