"""Signing in at a desk: the keyring, the wait after wrong passwords, the slot, and the one-day password's end."""

from datetime import datetime

from pdtdesk.store.keys import attempts
from pdtdesk.store.keys.attempts import Outcome
from pdtdesk.store.keys.desk_file import read_desk
from pdtdesk.store.keys.errors import (
    AccountRefused,
    KeysError,
    PasswordExpired,
    RecoveryCodeMistyped,
    RecoveryCodeWrong,
    WrongPassword,
)
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.members import Argon2Cost, account_name
from pdtdesk.store.keys.recovery import Recovered, open_with_recovery
from pdtdesk.store.keys.sealing import RandomBytes
from pdtdesk.store.keys.secret import DeskSecrets
from pdtdesk.store.keys.slots import Opened, open_slot


def sign_in(
    folder: DeskFolder,
    account: str,
    password: str,
    secrets: DeskSecrets,
    *,
    now: datetime,
    cost: Argon2Cost,
    random_bytes: RandomBytes,
) -> Opened:
    """Open a member's slots at this desk; what was tried is kept for the audit.

    The window then tries `opened.candidates` on the database (`engine.open_engine`) and calls `rotation.settle`;
    where `opened.member.must_change`, it asks for a new password before anything else. `now` is aware.
    Raises `KeyringTrouble` (before anything is counted), `TooSoon`, `WrongPassword`, `PasswordExpired`,
    `KeyFileDamaged`, `ForeignSlot`, `NotADesk`.
    """
    secret = secrets.read(read_desk(folder).desk.desk_id)
    name = _counted_as(folder, account)
    ticket = attempts.begin(folder, name, now)
    try:
        opened = open_slot(folder, account, password, secret, cost=cost, random_bytes=random_bytes)
    except WrongPassword:
        attempts.close(folder, ticket, now, Outcome.WRONG)
        raise
    except KeysError:
        attempts.close(folder, ticket, now, Outcome.NOT_OPENED)
        raise
    expires = opened.member.expires_at
    if expires is not None and attempts.latest_seen(folder, now) >= expires:
        attempts.close(folder, ticket, now, Outcome.EXPIRED)
        raise PasswordExpired(opened.member.account)
    attempts.close(folder, ticket, now, Outcome.OPENED)
    return opened


def sign_in_with_recovery(folder: DeskFolder, typed: str, *, now: datetime) -> tuple[Recovered, ...]:
    """Open the desk with the printed code: what it gives, newest generation first; the attempt is kept for the audit.

    A code of 160 bits needs no slowing. Raises `RecoveryCodeMistyped`, `RecoveryCodeWrong`, `KeyFileDamaged`.
    """
    try:
        recovered = open_with_recovery(folder, typed)
    except (RecoveryCodeMistyped, RecoveryCodeWrong):
        attempts.note(folder, "recovery", now, Outcome.RECOVERY_WRONG)
        raise
    attempts.note(folder, "recovery", now, Outcome.RECOVERED)
    return recovered


def _counted_as(folder: DeskFolder, typed: str) -> str:
    try:
        name = account_name(typed)
    except AccountRefused:
        return attempts.unknown_account(typed.strip().lower())
    known = any(folder.slot(generation, name).exists() for generation in folder.generations())
    return name if known else attempts.unknown_account(name)
