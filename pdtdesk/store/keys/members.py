"""A member of staff's key pair: the public half anybody may seal to, the private half behind the person's password.

The record holds neither name nor role: those are in the database only. It can travel to the other desks of the
establishment, where the same password then opens the same private half.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from pdtdesk.domain.passwords import LONGEST, refusal
from pdtdesk.store.keys.errors import AccountRefused, PasswordRefused, WrongPassword
from pdtdesk.store.keys.files import canonical, from_text, to_text
from pdtdesk.store.keys.sealing import KEY_BYTES, RandomBytes, SealBroken, public_half, seal, unseal

SALT_BYTES = 16
_ACCOUNT = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
# Windows keeps the device names; "recovery" is the recovery slot's own file.
_KEPT_WORDS = frozenset(
    {"recovery", "con", "prn", "aux", "nul"} | {f"{device}{n}" for device in ("com", "lpt") for n in range(10)}
)


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """What one guess at a password costs: memory in KiB, passes, lanes. The product's own: 64 MiB, 3, 4."""

    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        # The upper ends keep a tampered file from taking all the memory of the machine.
        if not (1 <= self.lanes <= 64 and 1 <= self.passes <= 64):
            raise ValueError("Argon2 passes and lanes must lie between 1 and 64")
        if not 8 * self.lanes <= self.memory_kib <= 2 * 1024 * 1024:
            raise ValueError("Argon2 memory must lie between 8 KiB a lane and 2 GiB")

    def raised_to(self, product: "Argon2Cost") -> "Argon2Cost":
        """The dearer of the two in each respect; nothing ever gets cheaper."""
        return Argon2Cost(
            max(self.memory_kib, product.memory_kib),
            max(self.passes, product.passes),
            max(self.lanes, product.lanes),
        )


PRODUCT_COST = Argon2Cost()


@dataclass(frozen=True, slots=True)
class MemberKeys:
    """One member of staff's keys as they may lie on a disk: nothing in it is in the clear but the public half.

    `must_change` marks a one-day password, good until `expires_at` (aware), which must be changed at sign-in.
    """

    account: str
    member_id: str
    public_key: bytes
    salt: bytes
    cost: Argon2Cost
    sealed_private: bytes
    must_change: bool = False
    expires_at: datetime | None = None

    def fields(self) -> dict[str, Any]:
        """As it stands in a slot and in the staff directory (JSON)."""
        return {
            "account": self.account,
            "member_id": self.member_id,
            "public_key": to_text(self.public_key),
            "salt": to_text(self.salt),
            "argon2id": [self.cost.memory_kib, self.cost.passes, self.cost.lanes],
            "sealed_private": to_text(self.sealed_private),
            "must_change": self.must_change,
            "expires_at": self.expires_at.isoformat() if self.expires_at else None,
        }

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "MemberKeys":
        """Back from `fields`; raises `ValueError` for anything that is not a member's record."""
        cost, expires, must_change = fields.get("argon2id"), fields.get("expires_at"), fields.get("must_change")
        account, member_id = fields.get("account"), fields.get("member_id")
        if not (isinstance(cost, list) and len(cost) == 3 and all(type(n) is int for n in cost)):
            raise ValueError("no Argon2 cost")
        if not (isinstance(account, str) and isinstance(member_id, str) and isinstance(must_change, bool)):
            raise ValueError("no account")
        until = datetime.fromisoformat(expires) if isinstance(expires, str) else None
        if until is not None and until.tzinfo is None:
            raise ValueError("an instant without its offset")
        public = from_text(fields.get("public_key"))
        if len(public) != KEY_BYTES:
            raise ValueError("no public key")
        return cls(
            account=account,
            member_id=member_id,
            public_key=public,
            salt=from_text(fields.get("salt")),
            cost=Argon2Cost(*cost),
            sealed_private=from_text(fields.get("sealed_private")),
            must_change=must_change,
            expires_at=until,
        )


def account_name(typed: str) -> str:
    """The account that somebody means by what they typed; raises `AccountRefused` for what can be none."""
    name = typed.strip().lower()
    if not _ACCOUNT.fullmatch(name) or name.split(".")[0] in _KEPT_WORDS or name.endswith("."):
        raise AccountRefused
    return name


def _password_bytes(password: str) -> bytes:
    # The same password typed on another keyboard may come composed or decomposed: NFC makes it one.
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def _password_key(password: str, salt: bytes, cost: Argon2Cost) -> bytes:
    derive = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return derive.derive(_password_bytes(password[: LONGEST + 1]))


def _about(account: str, member_id: str, must_change: bool, expires_at: datetime | None) -> bytes:
    return canonical(
        {
            "what": "pdtdesk member private key v1",
            "account": account,
            "member_id": member_id,
            "must_change": must_change,
            "expires_at": expires_at.isoformat() if expires_at else None,
        }
    )


def make_member(
    account: str,
    member_id: str,
    password: str,
    *,
    cost: Argon2Cost,
    random_bytes: RandomBytes,
    one_day_until: datetime | None = None,
) -> MemberKeys:
    """A new key pair for a member of staff; with `one_day_until` (aware) the password is a one-day password.

    Raises `AccountRefused`, `PasswordRefused`.
    """
    name = account_name(account)
    return seal_private(
        name,
        member_id,
        random_bytes(KEY_BYTES),
        taken(password, name),
        cost=cost,
        random_bytes=random_bytes,
        one_day_until=one_day_until,
    )


def taken(password: str, account: str) -> str:
    """A new password as it was given; raises `PasswordRefused`."""
    if refused := refusal(password, account):
        raise PasswordRefused(refused)
    return password


def seal_private(
    account: str,
    member_id: str,
    private: bytes,
    password: str,
    *,
    cost: Argon2Cost,
    random_bytes: RandomBytes,
    one_day_until: datetime | None = None,
) -> MemberKeys:
    """The same key pair behind a password and cost. A new password has been through `taken` before."""
    if one_day_until is not None and one_day_until.tzinfo is None:
        raise ValueError("one_day_until needs its offset")
    salt = random_bytes(SALT_BYTES)
    must_change = one_day_until is not None
    about = _about(account, member_id, must_change, one_day_until)
    key = _password_key(password, salt, cost)
    return MemberKeys(
        account=account,
        member_id=member_id,
        public_key=public_half(private),
        salt=salt,
        cost=cost,
        sealed_private=seal(key, private, about, random_bytes),
        must_change=must_change,
        expires_at=one_day_until,
    )


def unseal_private(member: MemberKeys, password: str) -> bytes:
    """The member's private half (32 bytes), for the right password; else raises `WrongPassword`."""
    key = _password_key(password, member.salt, member.cost)
    about = _about(member.account, member.member_id, member.must_change, member.expires_at)
    try:
        private = unseal(key, member.sealed_private, about)
    except SealBroken:
        raise WrongPassword from None
    if public_half(private) != member.public_key:
        raise WrongPassword
    return private


def spend_the_same_time(password: str, cost: Argon2Cost) -> None:
    """An unknown account takes as long as a wrong password, so that names cannot be found by the clock."""
    _password_key(password, bytes(SALT_BYTES), cost)
