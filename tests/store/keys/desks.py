"""Desks for the tests of keys: invented staff, cheap passwords, a database with one marked line in it."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from pdtdesk.store.engine import make_engine, open_engine, reading, rekey
from pdtdesk.store.keys import attempts
from pdtdesk.store.keys.desk_file import Desk
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.identity import Founded, found_desk
from pdtdesk.store.keys.members import Argon2Cost, MemberKeys, make_member
from pdtdesk.store.keys.rotation import Rekey
from pdtdesk.store.keys.secret import DeskSecrets, FolderSecrets
from pdtdesk.store.keys.sign_in import sign_in
from pdtdesk.store.keys.slots import Candidate, Opened

CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
NOW = datetime(2010, 6, 1, 21, 40, tzinfo=UTC)
MARKER = "MARKERWORDOFAPATIENT"
PASSWORDS = {"nurse": "Night ward 7", "lead": "Clinical lead 9", "admin": "Kettle & keys"}
DESK = Desk("desk-one", "HMP-X", demonstration=True)


@dataclass(frozen=True, slots=True)
class ADesk:
    """A desk that has been set up, and what only its makers know."""

    folder: DeskFolder
    founded: Founded
    secrets: DeskSecrets

    def sign_in(self, account: str = "nurse", password: str | None = None, cost: Argon2Cost = CHEAP) -> Opened:
        typed = PASSWORDS[account] if password is None else password
        return sign_in(self.folder, account, typed, self.secrets, now=NOW, cost=cost, random_bytes=os.urandom)

    def rekey(self) -> Rekey:
        return partial(rekey, self.folder.database)

    def what_it_holds(self, opened: Opened) -> list[str]:
        return lines_of(self.folder, opened.candidates)[0]


def lines_of(folder: DeskFolder, candidates: tuple[Candidate, ...]) -> tuple[list[str], Candidate]:
    """What stands in the database, and which key opened it."""
    engine, in_force = open_engine(folder.database, candidates)
    try:
        with reading(engine).begin() as connection:
            lines = [str(row[0]) for row in connection.exec_driver_sql("SELECT words FROM line ORDER BY id")]
        return lines, in_force
    finally:
        engine.dispose()


def a_member(account: str = "nurse", password: str | None = None, cost: Argon2Cost = CHEAP) -> MemberKeys:
    typed = PASSWORDS[account] if password is None else password
    return make_member(account, f"member-{account}", typed, cost=cost, random_bytes=os.urandom)


def a_desk(path: Path, desk: Desk = DESK, secrets: DeskSecrets | None = None, lines: int = 200) -> ADesk:
    """A desk with a nurse, a clinical lead and an administrator, and a database in use."""
    folder = DeskFolder(path)
    kept = secrets if secrets is not None else FolderSecrets(folder, founding=desk)
    staff = [a_member(account) for account in PASSWORDS]
    founded = found_desk(folder, desk, staff, kept, random_bytes=os.urandom)
    attempts.open_book(folder, NOW)
    engine = make_engine(folder.database, founded.candidate.key, create=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE line (id INTEGER PRIMARY KEY, words TEXT NOT NULL)")
        rows = [(f"{MARKER} {n}",) for n in range(lines)]
        connection.exec_driver_sql("INSERT INTO line (words) VALUES (?)", rows)
    engine.dispose()
    return ADesk(folder, founded, kept)
