"""A new database key: when somebody leaves, or when a key may have been seen. A kill at any step loses nothing.

The new slots and the new recovery slot are durable beside the old ones before the database is re-keyed; on opening
both are tried, and `settle` finishes or takes back what was begun, whichever key the database answers to.
"""

from collections.abc import Callable, Collection

from pdtdesk.store.keys.desk_file import DeskFile, is_whole, read_desk, write_desk
from pdtdesk.store.keys.errors import DeskBusy, LastMember, NoSuchMember
from pdtdesk.store.keys.files import flush_folder, make_folder, remove_generation, sweep_removed
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.lock import WindowHold, changing_keys, exclusive
from pdtdesk.store.keys.members import MemberKeys
from pdtdesk.store.keys.recovery import recovery_public, write_recovery
from pdtdesk.store.keys.sealing import KEY_BYTES, RandomBytes
from pdtdesk.store.keys.secret import DeskSecret
from pdtdesk.store.keys.slots import Candidate, members_of, write_slot

Rekey = Callable[[bytes, bytes], None]
"""Gives the database a new key (old, new), durably, with nobody else in it: `engine.rekey` bound to its path."""
OnStep = Callable[[str], None]


def no_word(_: str) -> None:
    """Nobody follows the steps."""


def rotate(
    folder: DeskFolder,
    *,
    in_force: Candidate,
    secret: DeskSecret,
    rekey: Rekey,
    random_bytes: RandomBytes,
    leaving: Collection[str] = (),
    on_step: OnStep = no_word,
    window: WindowHold | None = None,
) -> Candidate:
    """Give the desk a new database key, sealed to all its members but those leaving, and to the recovery pair.

    `in_force` is the key that the database has opened with, and the database must be closed. When `rekey` raises,
    sign in again: the key that then opens the database is in force, and `settle` puts the slots in order.
    Steps told to `on_step`: begun, slot ACCOUNT, slots durable, database re-keyed, slots current, old slots removed.
    Raises `DeskInUse`, `DeskBusy`, `SlotAltered`, `NoSuchMember`, `LastMember`, `KeyFileDamaged`; then nothing has
    changed.
    """
    with exclusive(folder, window):
        desk_file = read_desk(folder)
        members = _staying(folder, in_force, leaving)
        public = recovery_public(folder, in_force.generation, in_force.key)
        on_step("begun")
        number = max(desk_file.generation, in_force.generation, *folder.generations()) + 1
        _remove_all_but(folder, in_force.generation)
        fresh = Candidate(number, random_bytes(KEY_BYTES))
        make_folder(folder.generation(number))
        for member in members:
            write_slot(folder, desk_file.desk, fresh, member, secret, random_bytes)
            on_step(f"slot {member.account}")
        write_recovery(folder, desk_file.desk, number, public, fresh.key, secret)
        flush_folder(folder.slots)
        on_step("slots durable")
        rekey(in_force.key, fresh.key)
        on_step("database re-keyed")
        write_desk(folder, DeskFile(desk_file.desk, number))
        on_step("slots current")
        _remove_all_but(folder, number)
        on_step("old slots removed")
        return fresh


def settle(folder: DeskFolder, in_force: Candidate) -> bool:
    """Make the slots agree with the key that the database has just opened with, after a rotation that was cut off.

    Call it while the database is open under that key, so that no other can come into force meanwhile. False when
    somebody else is changing keys, or there was nothing to do.
    """
    try:
        with changing_keys(folder, patience=0):
            desk_file, whole = read_desk(folder), is_whole(folder)
            sweep_removed(folder)
            if whole and desk_file.generation > in_force.generation:
                return False
            alone = folder.generations() == (in_force.generation,)
            if whole and alone and desk_file.generation == in_force.generation:
                return False
            write_desk(folder, DeskFile(desk_file.desk, in_force.generation))
            _remove_all_but(folder, in_force.generation)
            return True
    except DeskBusy:
        return False


def _staying(folder: DeskFolder, in_force: Candidate, leaving: Collection[str]) -> tuple[MemberKeys, ...]:
    # A slot that was altered stops a rotation, unless it is the slot that goes.
    unknown = set(leaving) - set(folder.accounts(in_force.generation))
    if unknown:
        raise NoSuchMember(min(unknown))
    staying = members_of(folder, in_force, without=leaving)
    if not staying:
        raise LastMember
    return staying


def _remove_all_but(folder: DeskFolder, kept: int) -> None:
    sweep_removed(folder)
    for generation in folder.generations():
        if generation != kept:
            remove_generation(folder, generation)
