"""Who can open this desk: a new member of staff, a changed password, a forgotten one at 03:00.

Whoever leaves goes by `rotation.rotate(leaving=...)`, as a slot taken away alone leaves the old key known.
Each function returns the member's record, which the staff directory keeps and hands on to the other desks.
"""

from datetime import datetime

from pdtdesk.store.keys.desk_file import read_desk
from pdtdesk.store.keys.errors import AccountTaken, NoSuchMember
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.lock import changing_keys
from pdtdesk.store.keys.members import (
    Argon2Cost,
    MemberKeys,
    account_name,
    make_member,
    seal_private,
    taken,
    unseal_private,
)
from pdtdesk.store.keys.sealing import RandomBytes
from pdtdesk.store.keys.secret import DeskSecret
from pdtdesk.store.keys.slots import Candidate, read_slot, replace_member, write_slot


def add_member(
    folder: DeskFolder,
    member: MemberKeys,
    *,
    in_force: Candidate,
    secret: DeskSecret,
    random_bytes: RandomBytes,
) -> MemberKeys:
    """Let a member of staff open this desk; the record may come from another desk. Raises `AccountTaken`."""
    account = account_name(member.account)
    with changing_keys(folder):
        if folder.slot(in_force.generation, account).exists():
            raise AccountTaken(account)
        write_slot(folder, read_desk(folder).desk, in_force, member, secret, random_bytes)
    return member


def change_password(
    folder: DeskFolder,
    account: str,
    old: str,
    new: str,
    *,
    in_force: Candidate,
    cost: Argon2Cost,
    random_bytes: RandomBytes,
) -> MemberKeys:
    """A member's own new password; the key pair stays, and a one-day password ends with it.

    Raises `WrongPassword`, `PasswordRefused`, `NoSuchMember`, `SlotAltered`.
    """
    with changing_keys(folder):
        held = _held(folder, in_force, account)
        private = unseal_private(held, old)
        member = seal_private(
            held.account,
            held.member_id,
            private,
            taken(new, held.account),
            cost=held.cost.raised_to(cost),
            random_bytes=random_bytes,
        )
        replace_member(folder, (in_force,), member)
    return member


def reset_password(
    folder: DeskFolder,
    account: str,
    member_id: str,
    one_day_password: str,
    *,
    expires_at: datetime,
    in_force: Candidate,
    secret: DeskSecret,
    cost: Argon2Cost,
    random_bytes: RandomBytes,
) -> MemberKeys:
    """A one-day password in place of a forgotten one, given by an administrator or the clinical lead.

    The old private half cannot be opened, so the key pair is new. `member_id` is the database's own, so that a
    slot that was damaged or altered is written anew too. Raises `PasswordRefused`, `NoSuchMember`.
    """
    name = account_name(account)
    member = make_member(
        name, member_id, one_day_password, cost=cost, random_bytes=random_bytes, one_day_until=expires_at
    )
    with changing_keys(folder):
        if not folder.slot(in_force.generation, name).exists():
            raise NoSuchMember(name)
        write_slot(folder, read_desk(folder).desk, in_force, member, secret, random_bytes)
    return member


def _held(folder: DeskFolder, in_force: Candidate, account: str) -> MemberKeys:
    name = account_name(account)
    try:
        return read_slot(folder, in_force.generation, name).member
    except FileNotFoundError:
        raise NoSuchMember(name) from None
