"""Setting up a desk: keys, database and first entries appear together, or not at all."""

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, insert

from pdtdesk.domain.ids import uuid7
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.staff import Author
from pdtdesk.protocol.seal import Desk as ChainDesk
from pdtdesk.services.ports import AuditLine, Clock, Founding, RandomBytes
from pdtdesk.store.desk import DeskWork, OpenDesk
from pdtdesk.store.engine import make_engine
from pdtdesk.store.keys import attempts
from pdtdesk.store.keys.desk_file import Desk
from pdtdesk.store.keys.errors import DeskExists, SetUpInterrupted
from pdtdesk.store.keys.files import flush_folder, make_folder
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.identity import found_desk
from pdtdesk.store.keys.members import Argon2Cost, make_member
from pdtdesk.store.keys.secret import DeskSecret, DeskSecrets, FolderSecrets
from pdtdesk.store.schema import bring_up_to_date, note_folding
from pdtdesk.store.tables import DESK

_LOCKS = frozenset({"desk.lock", "keys.lock", "attempts.lock"})


def found(
    folder: DeskFolder,
    founding: Founding,
    secrets: DeskSecrets | None,
    *,
    clock: Clock,
    random_bytes: RandomBytes,
    cost: Argon2Cost,
) -> str:
    """Set up a desk in a folder that has none; answers with the recovery code to be printed.

    It is made beside the folder and put in its place when it is whole. `secrets` None is for a demonstration, whose
    secret lies in its own folder. Raises `DeskExists`, and what the keys and the keyring raise.
    """
    beside = DeskFolder(folder.path.with_name(f".{folder.path.name}.making"))
    _look_for_one(folder, beside)
    shutil.rmtree(beside.path, ignore_errors=True)
    now = clock.now()
    desk = Desk(uuid7(now, random_bytes), founding.establishment.code, founding.demonstration)
    ids = [uuid7(now, random_bytes) for _ in founding.members]
    try:
        made = found_desk(
            beside,
            desk,
            [
                make_member(member.account, id_, member.password, cost=cost, random_bytes=random_bytes)
                for member, id_ in zip(founding.members, ids, strict=True)
            ],
            secrets or FolderSecrets(beside, desk),
            random_bytes=random_bytes,
        )
        engine = make_engine(beside.database, made.candidate.key, create=True)
        try:
            opened = OpenDesk(engine, chain_desk(desk, made.secret), clock, random_bytes)
            with engine.begin() as connection:
                bring_up_to_date(connection)
                note_folding(connection)
                know_desk(connection, opened.desk, made.secret, founding.desk_name)
                _first_entries(DeskWork(connection, opened), founding, ids, now)
        finally:
            engine.dispose()
        attempts.open_book(beside, now)
        _put_in_place(beside.path, folder.path)
    except BaseException:
        shutil.rmtree(beside.path, ignore_errors=True)
        raise
    return made.code.printed() if made.code else ""


def chain_desk(desk: Desk, secret: DeskSecret) -> ChainDesk:
    """The desk as the journal knows it: its establishment, its id, and its signature."""
    key = Ed25519PrivateKey.from_private_bytes(secret.signing_seed)
    return ChainDesk(desk.establishment, desk.desk_id, key.sign)


def know_desk(connection: Connection, desk: ChainDesk, secret: DeskSecret, name: str) -> None:
    """Keep this desk's public key, by which its signatures are checked from now on."""
    public = Ed25519PrivateKey.from_private_bytes(secret.signing_seed).public_key().public_bytes_raw()
    connection.execute(
        insert(DESK),
        {"desk_id": desk.id, "establishment": desk.establishment, "name": name, "public_key": public, "own": 1},
    )


def desk_entry(name: str, desk: ChainDesk, public: bytes, author: Author) -> NewEntry:
    """The entry by which the establishment knows a desk."""
    body = {"desk": desk.id, "name": name, "public_key": public.hex()}
    return NewEntry("oversight", "desk", body, author)


def _first_entries(work: DeskWork, founding: Founding, ids: Sequence[str], now: datetime) -> None:
    first = founding.members[0]
    author = Author(ids[0], first.name, first.role, first.registration)
    entries = [
        NewEntry(
            "oversight",
            "establishment",
            {"code": founding.establishment.code, "name": founding.establishment.name},
            author,
        ),
        desk_entry(founding.desk_name, work.at.desk, _public(work), author),
    ]
    until = (now + founding.lease).isoformat()
    for member, id_ in zip(founding.members, ids, strict=True):
        body = {
            "member": id_,
            "account": member.account,
            "name": member.name,
            "role": member.role,
            "registration": member.registration,
            "active": True,
        }
        entries.append(NewEntry("oversight", "member", body, author))
        entries.append(NewEntry("oversight", "lease", {"member": id_, "until": until}, author))
    work.append(entries)
    work.audit(AuditLine(now, author, "set up this desk", detail=founding.desk_name))


def _public(work: DeskWork) -> bytes:
    return bytes(work.connection.execute(DESK.select().where(DESK.c.own == 1)).one().public_key)


def _look_for_one(folder: DeskFolder, beside: DeskFolder) -> None:
    """The folder holds nothing but locks; otherwise it is left as it is, also after a set-up that was cut off."""
    if not folder.path.exists():
        return
    held = {each.name for each in folder.path.iterdir()} - _LOCKS
    if held and beside.desk.exists() and not folder.desk.exists():
        raise SetUpInterrupted(folder.path, beside.path)
    if held:
        raise DeskExists(folder.path)


def _put_in_place(made: Path, target: Path) -> None:
    """Bit by bit, as a window may hold its lock in the folder; `desk.json`, which makes it a desk, comes last."""
    make_folder(target)
    for each in sorted(made.iterdir(), key=lambda path: path.name == "desk.json"):
        if each.name not in _LOCKS:
            each.rename(target / each.name)
    flush_folder(target)
    shutil.rmtree(made)
