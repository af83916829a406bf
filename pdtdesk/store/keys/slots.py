"""A member of staff's slot at a desk: the database key, wrapped under the desk's secret, sealed to the person.

So a stolen disk is useless without the keyring, and a stolen keyring without a password. While the key is being
changed two generations of slots lie side by side, and on opening both are tried.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pdtdesk.store.keys.desk_file import Desk, DeskFile, read_desk
from pdtdesk.store.keys.errors import (
    AccountRefused,
    DeskBusy,
    ForeignSlot,
    KeyFileDamaged,
    KeyringChanged,
    KeysError,
    NotWritten,
    SlotAltered,
    WrongPassword,
)
from pdtdesk.store.keys.files import canonical, from_text, read_record, to_text, write_record
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.lock import changing_keys
from pdtdesk.store.keys.members import (
    Argon2Cost,
    MemberKeys,
    account_name,
    seal_private,
    spend_the_same_time,
    unseal_private,
)
from pdtdesk.store.keys.sealing import (
    KEY_BYTES,
    NeverPickled,
    RandomBytes,
    SealBroken,
    mark,
    marked,
    seal,
    seal_to,
    subkey,
    unseal,
    unseal_with,
)
from pdtdesk.store.keys.secret import DeskSecret

_WRAP_LABEL = b"pdtdesk slot wrapping v1"
_MARK_LABEL = b"pdtdesk slot record v1"


@dataclass(frozen=True, slots=True)
class Candidate(NeverPickled):
    """A key that may open the database: its generation and its 32 bytes."""

    generation: int
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened(NeverPickled):
    """A slot opened by its member: who, and the keys to try on the database, newest generation first.

    `raised` says that the member's record was sealed anew at a higher Argon2 cost: the staff directory should know.
    """

    desk: Desk
    member: MemberKeys
    secret: DeskSecret
    candidates: tuple[Candidate, ...]
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot file, as it lies on the disk."""

    path: Path
    desk: Desk
    generation: int
    member: MemberKeys
    sealed_key: bytes
    mark: bytes

    def fields(self) -> dict[str, Any]:
        return {
            **self.desk.fields(),
            "generation": self.generation,
            "member": self.member.fields(),
            "sealed_key": to_text(self.sealed_key),
        }

    def was_written_by(self, key: bytes) -> bool:
        """Whether a holder of the database key wrote this record, every field of it."""
        return marked(subkey(key, _MARK_LABEL), canonical(self.fields()), self.mark)


def _about(desk: Desk, generation: int, member: MemberKeys) -> bytes:
    return canonical(
        {
            "what": "pdtdesk slot v1",
            **desk.fields(),
            "generation": generation,
            "account": member.account,
            "member_id": member.member_id,
        }
    )


def write_slot(
    folder: DeskFolder,
    desk: Desk,
    candidate: Candidate,
    member: MemberKeys,
    secret: DeskSecret,
    random_bytes: RandomBytes,
) -> None:
    """Let a member of staff open this desk: needs the member's public half only, no password."""
    about = _about(desk, candidate.generation, member)
    wrapped = seal(subkey(secret.secret, _WRAP_LABEL), candidate.key, about, random_bytes)
    path = folder.slot(candidate.generation, member.account)
    slot = Slot(path, desk, candidate.generation, member, seal_to(member.public_key, wrapped, about), b"")
    _put(slot, candidate.key)


def _put(slot: Slot, key: bytes) -> None:
    set_mark = mark(subkey(key, _MARK_LABEL), canonical(slot.fields()))
    write_record(slot.path, {**slot.fields(), "mark": to_text(set_mark)})


def read_slot(folder: DeskFolder, generation: int, account: str) -> Slot:
    """Raises `FileNotFoundError`, `KeyFileDamaged`."""
    path = folder.slot(generation, account)
    fields = read_record(path)
    try:
        member = MemberKeys.of(fields["member"])
        sealed, mark_set = from_text(fields["sealed_key"]), from_text(fields["mark"])
        slot = Slot(path, Desk.of(fields), fields["generation"], member, sealed, mark_set)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KeyFileDamaged(path) from None
    if member.account != account or slot.generation != generation:
        raise KeyFileDamaged(path, "is not the file of this account and generation")
    return slot


def members_of(folder: DeskFolder, candidate: Candidate, without: Collection[str] = ()) -> tuple[MemberKeys, ...]:
    """Everybody who has a slot in this generation, each record proved by the database key.

    Raises `SlotAltered`, `KeyFileDamaged`, `ForeignSlot`.
    """
    desk = read_desk(folder).desk
    members = []
    for account in folder.accounts(candidate.generation):
        if account in without:
            continue
        slot = read_slot(folder, candidate.generation, account)
        if slot.desk != desk:
            raise ForeignSlot(slot.path)
        if not slot.was_written_by(candidate.key):
            raise SlotAltered(account)
        members.append(slot.member)
    return tuple(members)


def open_slot(
    folder: DeskFolder,
    account: str,
    password: str,
    desk_secret: DeskSecret,
    *,
    cost: Argon2Cost,
    random_bytes: RandomBytes,
) -> Opened:
    """Open a member's slots with the password and the desk's secret.

    `cost` is the product's: a record sealed at a lower one is sealed anew. An unknown account takes as long, and ends
    in the same words, as a wrong password. Raises `WrongPassword`, `KeyringChanged`, `KeyFileDamaged`, `ForeignSlot`,
    `NotADesk`. Slows nobody down: that is `sign_in`.
    """
    desk_file = read_desk(folder)
    try:
        slots = _slots(folder, desk_file, account_name(account))
    except AccountRefused:
        slots = ()
    if not slots:
        spend_the_same_time(password, cost)
        raise WrongPassword
    privates: dict[tuple[bytes, bytes], bytes] = {}
    candidates: list[Candidate] = []
    members: list[MemberKeys] = []
    trouble: KeysError | None = None
    for slot in slots:
        sealed_at = (slot.member.salt, slot.member.sealed_private)
        try:
            if sealed_at not in privates:
                privates[sealed_at] = unseal_private(slot.member, password)
            candidates.append(_open(slot, privates[sealed_at], desk_secret))
            members.append(slot.member)
        except (WrongPassword, KeyringChanged, KeyFileDamaged) as error:
            trouble = trouble or error
    if not candidates:
        raise trouble or WrongPassword()
    opened = Opened(desk_file.desk, members[0], desk_secret, tuple(candidates))
    return _raised(folder, opened, password, cost, random_bytes)


def _slots(folder: DeskFolder, desk_file: DeskFile, account: str) -> tuple[Slot, ...]:
    """This account's slots, newest first. A whole one suffices: a damaged or foreign one beside it is passed over."""
    found: list[Slot] = []
    trouble: KeysError | None = None
    for generation in folder.generations():
        try:
            slot = read_slot(folder, generation, account)
        except FileNotFoundError:
            continue
        except KeyFileDamaged as error:
            trouble = trouble or error
            continue
        if slot.desk == desk_file.desk:
            found.append(slot)
        elif generation <= desk_file.generation:  # a later one is a new identity that did not come to its end
            trouble = trouble or ForeignSlot(slot.path)
    if not found and trouble is not None:
        raise trouble
    return tuple(found)


def _open(slot: Slot, private: bytes, desk_secret: DeskSecret) -> Candidate:
    about = _about(slot.desk, slot.generation, slot.member)
    try:
        wrapped = unseal_with(private, slot.sealed_key, about)
    except SealBroken:
        raise KeyFileDamaged(slot.path, "does not open with this member's key") from None
    try:
        key = unseal(subkey(desk_secret.secret, _WRAP_LABEL), wrapped, about)
    except SealBroken:
        raise KeyringChanged from None
    if len(key) != KEY_BYTES or not slot.was_written_by(key):
        raise KeyFileDamaged(slot.path, "was changed outside PDT Desk")
    return Candidate(slot.generation, key)


def _raised(
    folder: DeskFolder,
    opened: Opened,
    password: str,
    cost: Argon2Cost,
    random_bytes: RandomBytes,
) -> Opened:
    """Seal the private half anew where the product now asks more of a guess."""
    member = opened.member
    dearer = member.cost.raised_to(cost)
    if dearer == member.cost:
        return opened
    private = unseal_private(member, password)
    anew = seal_private(
        member.account,
        member.member_id,
        private,
        password,
        cost=dearer,
        random_bytes=random_bytes,
        one_day_until=member.expires_at,
    )
    try:
        with changing_keys(folder, patience=0):
            replace_member(folder, opened.candidates, anew)
    except (DeskBusy, NotWritten):
        return opened  # a full disk or a rotation elsewhere does not keep anybody out; the next sign-in raises it
    return replace(opened, member=anew, raised=True)


def replace_member(folder: DeskFolder, candidates: tuple[Candidate, ...], member: MemberKeys) -> None:
    """Put a member's record with the same key pair (new password, new cost) into each slot that these keys prove."""
    for candidate in candidates:
        try:
            slot = read_slot(folder, candidate.generation, member.account)
        except FileNotFoundError:
            continue
        if slot.member.public_key != member.public_key or not slot.was_written_by(candidate.key):
            raise SlotAltered(member.account)
        _put(replace(slot, member=member), candidate.key)
