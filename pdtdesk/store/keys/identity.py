"""Which desk this is: set up for the first time, or given a new identity after a restore or a lost keyring.

The desk's secret is in its keyring, and every slot durable, before `desk.json` names the desk: that one step decides.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from pdtdesk.store.keys.desk_file import Desk, DeskFile, read_desk, write_desk
from pdtdesk.store.keys.errors import DeskExists, KeyringTrouble, LastMember
from pdtdesk.store.keys.files import flush_folder, make_folder, remove_generation
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.lock import WindowHold, exclusive
from pdtdesk.store.keys.members import MemberKeys
from pdtdesk.store.keys.recovery import RecoveryCode, make_code, write_recovery
from pdtdesk.store.keys.rotation import OnStep, no_word
from pdtdesk.store.keys.sealing import KEY_BYTES, NeverPickled, RandomBytes
from pdtdesk.store.keys.secret import DeskSecret, DeskSecrets, new_secret
from pdtdesk.store.keys.slots import Candidate, write_slot


@dataclass(frozen=True, slots=True)
class Founded(NeverPickled):
    """A desk that has its identity: the key for its database, its secret, and (at set-up) the code to print."""

    desk: Desk
    candidate: Candidate
    secret: DeskSecret
    code: RecoveryCode | None = field(default=None, repr=False)


def found_desk(
    folder: DeskFolder,
    desk: Desk,
    members: Iterable[MemberKeys],
    secrets: DeskSecrets,
    *,
    random_bytes: RandomBytes,
    key: bytes | None = None,
    recovery_public_key: bytes | None = None,
    on_step: OnStep = no_word,
) -> Founded:
    """Set a desk up in a folder: secret, slots and recovery slot; the database is made afterwards with the key.

    For a desk restored from a backup give the backup's database `key` and `recovery_public_key` (the printed sheet
    stays good) and a desk id of its own. Without them both are new, and `code` is to be printed.
    Raises `DeskExists`, `LastMember` (nobody given) and what `secrets` raises; then there is no desk.
    """
    staff = tuple(members)
    if not staff:
        raise LastMember
    make_folder(folder.path)
    with exclusive(folder):
        if folder.desk.exists():
            raise DeskExists(folder.path)
        code = make_code(random_bytes) if recovery_public_key is None else None
        public = code.public_key if code is not None else recovery_public_key
        candidate = Candidate(1, random_bytes(KEY_BYTES) if key is None else key)
        secret = new_secret(random_bytes)
        _write_all(folder, desk, candidate, staff, public or b"", secret, secrets, random_bytes, on_step)
        return Founded(desk, candidate, secret, code)


def restore_identity(
    folder: DeskFolder,
    desk_id: str,
    members: Iterable[MemberKeys],
    secrets: DeskSecrets,
    *,
    in_force: Candidate,
    recovery_public_key: bytes,
    random_bytes: RandomBytes,
    on_step: OnStep = no_word,
    window: WindowHold | None = None,
) -> Founded:
    """Give a desk a new id, a new secret, a new signing seed and new slots, before it writes again.

    For a desk whose keyring was lost (opened by its recovery code), and for a copy that must not write as the first.
    The database key stays; `rotate` afterwards changes it. Steps: secret kept, slot ACCOUNT, slots durable,
    identity current, old slots removed. Raises `DeskInUse`, `LastMember`, and what `secrets` raises.
    """
    staff = tuple(members)
    if not staff:
        raise LastMember
    with exclusive(folder, window):
        before = read_desk(folder)
        if desk_id == before.desk.desk_id:
            raise ValueError("a new identity needs a new desk id")
        desk = Desk(desk_id, before.desk.establishment, before.desk.demonstration)
        number = max(before.generation, in_force.generation, *folder.generations()) + 1
        candidate = Candidate(number, in_force.key)
        secret = new_secret(random_bytes)
        _write_all(folder, desk, candidate, staff, recovery_public_key, secret, secrets, random_bytes, on_step)
        for generation in folder.generations():
            if generation != number:
                remove_generation(folder, generation)
        on_step("old slots removed")
        with suppress(KeyringTrouble):  # an old secret left in a keyring opens nothing any more
            secrets.delete(before.desk.desk_id)
        return Founded(desk, candidate, secret)


def _write_all(
    folder: DeskFolder,
    desk: Desk,
    candidate: Candidate,
    members: tuple[MemberKeys, ...],
    recovery_public_key: bytes,
    secret: DeskSecret,
    secrets: DeskSecrets,
    random_bytes: RandomBytes,
    on_step: OnStep,
) -> None:
    secrets.write(desk.desk_id, secret)
    on_step("secret kept")
    make_folder(folder.slots)
    make_folder(folder.generation(candidate.generation))
    for member in members:
        write_slot(folder, desk, candidate, member, secret, random_bytes)
        on_step(f"slot {member.account}")
    write_recovery(folder, desk, candidate.generation, recovery_public_key, candidate.key, secret)
    flush_folder(folder.slots)
    on_step("slots durable")
    write_desk(folder, DeskFile(desk, candidate.generation))
    on_step("identity current")
