"""Restoring a desk from a backup: it becomes a desk of its own, and the chain that was stays as it was signed.

It is made beside its folder and put in its place when it is whole. Before it writes it has a new id, a new secret, a
new signing key and new slots, so that it can never write as the desk it was copied from.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, select, update

from pdtdesk.domain.ids import uuid7
from pdtdesk.domain.staff import Author
from pdtdesk.protocol.seal import Desk as ChainDesk
from pdtdesk.services.ports import AuditLine, Clock, RandomBytes
from pdtdesk.store import people
from pdtdesk.store.backup import BackupTrouble, unpack, working_beside
from pdtdesk.store.desk import DeskWork, OpenDesk
from pdtdesk.store.engine import cipher_integrity, make_engine
from pdtdesk.store.founding import chain_desk, desk_entry, know_desk
from pdtdesk.store.keys import attempts
from pdtdesk.store.keys.desk_file import Desk, read_desk
from pdtdesk.store.keys.errors import DeskExists, KeysError, NoSuchMember
from pdtdesk.store.keys.files import flush_folder, read_record, write_private
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.identity import Founded, found_desk
from pdtdesk.store.keys.members import MemberKeys, account_name
from pdtdesk.store.keys.recovery import open_recovery, read_code, recovery_public
from pdtdesk.store.keys.secret import DeskSecrets, FolderSecrets
from pdtdesk.store.keys.slots import Candidate, members_of
from pdtdesk.store.schema import bring_up_to_date
from pdtdesk.store.tables import DESK


@dataclass(frozen=True, slots=True)
class Restored:
    """A desk as it was restored: its new id, and the id under which the backup's own entries were signed."""

    desk_id: str
    before: str


@dataclass(frozen=True, slots=True)
class _Unlocked:
    """A backup laid out, and opened by the recovery code."""

    folder: DeskFolder
    desk: Desk
    candidate: Candidate
    members: tuple[MemberKeys, ...]
    recovery_public_key: bytes


def restore(
    file: Path,
    folder: DeskFolder,
    code: str,
    account: str,
    secrets: DeskSecrets | None,
    *,
    clock: Clock,
    random_bytes: RandomBytes,
) -> Restored:
    """Restore a backup into a folder that has no desk. Passwords stay; the recovery sheet stays good.

    `code` is the recovery code that was in force when the backup was made; `account` is who restores, by whom the new
    desk is entered in the journal. `secrets` None is for a demonstration. Raises `DeskExists`, `BackupTrouble`,
    `RecoveryCodeMistyped`, `RecoveryCodeWrong`, `NoSuchMember`, `NewerDesk`, and what the keyring raises; then there
    is no desk, and nothing was changed.
    """
    if folder.path.exists() and any(folder.path.iterdir()):
        raise DeskExists(folder.path)
    recovery = read_code(code)
    folder.path.parent.mkdir(parents=True, exist_ok=True)
    with working_beside(folder.path) as beside:
        packed = unpack(file, beside / "packed")
        held = read_desk(packed)
        slot = packed.recovery(held.generation)
        key = open_recovery(read_record(slot), recovery, slot).key
        candidate = Candidate(held.generation, key)
        members, public = members_of(packed, candidate), recovery_public(packed, held.generation, key)
        unlocked = _Unlocked(packed, held.desk, candidate, members, public)
        author = _author(unlocked, account)
        made = DeskFolder(beside / "desk")
        desk = Desk(uuid7(clock.now(), random_bytes), held.desk.establishment, held.desk.demonstration)
        kept = secrets or FolderSecrets(made, desk)
        try:
            founded = found_desk(
                made, desk, members, kept, random_bytes=random_bytes, key=key, recovery_public_key=public
            )
            _write_as_new(unlocked, made, founded, author, clock, random_bytes)
            attempts.open_book(made, clock.now())
            write_private(made.on_paper, b"")  # it was read from there just now
            if folder.path.exists():
                folder.path.rmdir()  # empty: it was looked at above
            made.path.rename(folder.path)
            flush_folder(folder.path.parent)
        except BaseException:
            with suppress(KeysError):  # an orphan in a keyring opens nothing
                kept.delete(desk.desk_id)
            raise
    return Restored(desk.desk_id, held.desk.desk_id)


def _author(unlocked: _Unlocked, account: str) -> Author:
    """Who restores, from the backup's own staff; the database is proved page by page on the way."""
    database, key = unlocked.folder.database, unlocked.candidate.key
    if faults := cipher_integrity(database, key):
        raise BackupTrouble(
            f"The database in the backup does not prove whole ({faults[0]}). Nothing was changed. Copy the backup "
            "again from where it is kept, or take the one before it."
        )
    engine = make_engine(database, key)
    try:
        with engine.begin() as connection:
            bring_up_to_date(connection)
            name = account_name(account)
            member = next((each for each in people.members(connection) if each.account == name and each.active), None)
    finally:
        engine.dispose()
    if member is None:
        raise NoSuchMember(account)
    return member.author


def _write_as_new(
    unlocked: _Unlocked,
    made: DeskFolder,
    founded: Founded,
    author: Author,
    clock: Clock,
    random_bytes: RandomBytes,
) -> None:
    unlocked.folder.database.rename(made.database)
    engine = make_engine(made.database, founded.candidate.key)
    try:
        desk = chain_desk(founded.desk, founded.secret)
        with engine.begin() as connection:
            name = _step_back(connection)
            know_desk(connection, desk, founded.secret, name)
            work = DeskWork(connection, OpenDesk(engine, desk, clock, random_bytes))
            entry = desk_entry(name, desk, _public(connection, desk), author)
            work.append([replace(entry, body={**entry.body, "before": unlocked.desk.desk_id})])
            said = f"{name}, which was desk {unlocked.desk.desk_id}"
            work.audit(AuditLine(clock.now(), author, "restored this desk from a backup", detail=said))
    finally:
        engine.dispose()


def _step_back(connection: Connection) -> str:
    """The desk of the backup writes no more, and its key is kept to prove what it wrote; answers with its name."""
    name = str(connection.execute(select(DESK.c.name).where(DESK.c.own == 1)).scalar_one())
    connection.execute(update(DESK).values(own=0))
    return name


def _public(connection: Connection, desk: ChainDesk) -> bytes:
    return bytes(connection.execute(select(DESK.c.public_key).where(DESK.c.desk_id == desk.id)).scalar_one())
