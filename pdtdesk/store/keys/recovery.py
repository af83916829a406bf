"""The printed code that opens a desk whose keyring is lost, locked or changed.

Seven groups of five: 160 random bits in Crockford's base 32 and three check symbols. It seeds an X25519 key pair; the
public half is kept, so that every new database key is sealed to it without the code. What is sealed is the database
key and, at the desk itself, the desk's own secret: a locked keyring at 03:00 stops nobody from writing either. A
backup carries the database key alone.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pdtdesk.domain.recovery_code import symbols_of
from pdtdesk.store.keys.desk_file import Desk, read_desk
from pdtdesk.store.keys.errors import KeyFileDamaged, RecoveryCodeMistyped, RecoveryCodeWrong
from pdtdesk.store.keys.files import canonical, from_text, read_record, to_text, write_record
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.lock import changing_keys
from pdtdesk.store.keys.sealing import (
    KEY_BYTES,
    NeverPickled,
    RandomBytes,
    SealBroken,
    mark,
    marked,
    public_half,
    seal_to,
    subkey,
    unseal_with,
)
from pdtdesk.store.keys.secret import DeskSecret
from pdtdesk.store.keys.slots import Candidate

_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SEED_BYTES = 20
_SEED_SYMBOLS = 32
_CHECK_SYMBOLS = 3
_GROUP = 5
_LABEL = b"pdtdesk recovery key pair v1"
_MARK_LABEL = b"pdtdesk recovery record v1"


@dataclass(frozen=True, slots=True)
class RecoveryCode(NeverPickled):
    """A recovery code: `printed()` for the sheet, `public_key` for the desk to keep."""

    seed: bytes = field(repr=False)

    def printed(self) -> str:
        """Seven groups of five, for the sheet that goes into the safe."""
        symbols = _base32(int.from_bytes(self.seed, "big"), _SEED_SYMBOLS) + _check(self.seed)
        return "-".join(symbols[at : at + _GROUP] for at in range(0, len(symbols), _GROUP))

    @property
    def public_key(self) -> bytes:
        return public_half(self._private())

    def _private(self) -> bytes:
        return subkey(self.seed, _LABEL)

    def open(self, sealed: bytes, about: bytes) -> bytes:
        return unseal_with(self._private(), sealed, about)


@dataclass(frozen=True, slots=True)
class Recovered(NeverPickled):
    """What the recovery code gave: the database key of one generation, and at the desk itself its secret."""

    desk: Desk
    generation: int
    key: bytes = field(repr=False)
    secret: DeskSecret | None = field(repr=False)


def _base32(number: int, symbols: int) -> str:
    return "".join(_SYMBOLS[(number >> (5 * place)) & 31] for place in reversed(range(symbols)))


def _check(seed: bytes) -> str:
    digest = hashlib.sha256(b"pdtdesk recovery check" + seed).digest()
    return _base32(int.from_bytes(digest[:2], "big") >> 1, _CHECK_SYMBOLS)


def make_code(random_bytes: RandomBytes) -> RecoveryCode:
    """A new recovery code, to be printed once and kept in the safe."""
    return RecoveryCode(random_bytes(_SEED_BYTES))


def read_code(typed: str) -> RecoveryCode:
    """The code that somebody typed, however they grouped it; raises `RecoveryCodeMistyped`."""
    symbols = symbols_of(typed)
    for at, symbol in enumerate(symbols):
        if symbol not in _SYMBOLS:
            raise RecoveryCodeMistyped(f"group {at // _GROUP + 1} holds a sign that no recovery code has")
    expected = _SEED_SYMBOLS + _CHECK_SYMBOLS
    if len(symbols) != expected:
        raise RecoveryCodeMistyped(f"it has {len(symbols)} letters and digits, not {expected}")
    number = 0
    for symbol in symbols[:_SEED_SYMBOLS]:
        number = number << 5 | _SYMBOLS.index(symbol)
    seed = number.to_bytes(_SEED_BYTES, "big")
    if _check(seed) != symbols[_SEED_SYMBOLS:]:
        raise RecoveryCodeMistyped("one or more letters or digits are wrong")
    return RecoveryCode(seed)


def _about(desk: Desk, generation: int) -> bytes:
    return canonical({"what": "pdtdesk recovery slot v1", **desk.fields(), "generation": generation})


def recovery_fields(
    desk: Desk, generation: int, public: bytes, key: bytes, secret: DeskSecret | None
) -> dict[str, Any]:
    """The recovery slot of one generation; without `secret` as a backup carries it (JSON)."""
    content: dict[str, str] = {"key": to_text(key)}
    if secret is not None:
        content |= {"secret": to_text(secret.secret), "seed": to_text(secret.signing_seed)}
    fields: dict[str, Any] = {
        **desk.fields(),
        "generation": generation,
        "public_key": to_text(public),
        "sealed": to_text(seal_to(public, canonical(content), _about(desk, generation))),
    }
    fields["mark"] = to_text(mark(subkey(key, _MARK_LABEL), canonical(fields)))
    return fields


def write_recovery(
    folder: DeskFolder, desk: Desk, generation: int, public: bytes, key: bytes, secret: DeskSecret
) -> None:
    """Seal this generation's key to the recovery pair; needs its public half only."""
    write_record(folder.recovery(generation), recovery_fields(desk, generation, public, key, secret))


def recovery_public(folder: DeskFolder, generation: int, key: bytes) -> bytes:
    """The public half to seal new keys to, checked by the database key to be the one this desk wrote.

    Raises `KeyFileDamaged`.
    """
    path = folder.recovery(generation)
    try:
        fields = read_record(path)
        given = from_text(fields.pop("mark"))
        public = from_text(fields["public_key"])
    except (FileNotFoundError, ValueError, KeyError):
        raise KeyFileDamaged(path, "is missing or does not read as it was written") from None
    if not marked(subkey(key, _MARK_LABEL), canonical(fields), given):
        raise KeyFileDamaged(path, "was changed outside PDT Desk")
    return public


def open_recovery(fields: Mapping[str, Any], code: RecoveryCode, where: Path) -> Recovered:
    """Open one recovery slot, from the desk's folder or out of a backup (`fields` as `recovery_fields` gave them).

    Raises `RecoveryCodeWrong`, `KeyFileDamaged` (naming `where`).
    """
    try:
        desk, generation = Desk.of(fields), fields["generation"]
        public, sealed = from_text(fields["public_key"]), from_text(fields["sealed"])
    except (ValueError, KeyError):
        raise KeyFileDamaged(where) from None
    if code.public_key != public:
        raise RecoveryCodeWrong
    try:
        content = _content(code.open(sealed, _about(desk, generation)))
    except SealBroken:
        raise KeyFileDamaged(where) from None
    secret = DeskSecret(content["secret"], content["seed"]) if "secret" in content else None
    return Recovered(desk, generation, content["key"], secret)


def _content(opened: bytes) -> dict[str, bytes]:
    content = {name: from_text(text) for name, text in json.loads(opened).items()}
    if any(len(part) != KEY_BYTES for part in content.values()):
        raise SealBroken
    return content


def open_with_recovery(folder: DeskFolder, typed: str) -> tuple[Recovered, ...]:
    """What the printed code opens at this desk, newest generation first: try each key on the database in turn.

    Raises `RecoveryCodeMistyped`, `RecoveryCodeWrong`, `KeyFileDamaged`, `NotADesk`.
    """
    code = read_code(typed)
    read_desk(folder)
    opened: list[Recovered] = []
    trouble: RecoveryCodeWrong | KeyFileDamaged | None = None
    for generation in folder.generations():
        path = folder.recovery(generation)
        try:
            opened.append(open_recovery(read_record(path), code, path))
        except FileNotFoundError:
            continue
        except (RecoveryCodeWrong, KeyFileDamaged) as error:
            trouble = trouble or error
    if not opened:
        raise trouble or KeyFileDamaged(folder.recovery(read_desk(folder).generation), "is missing")
    return tuple(opened)


def renew_recovery(
    folder: DeskFolder, candidate: Candidate, secret: DeskSecret, random_bytes: RandomBytes
) -> RecoveryCode:
    """A new code in place of one that was lost or seen; the old one no longer opens this desk.

    Backups made before still open with the old code.
    """
    code = make_code(random_bytes)
    with changing_keys(folder):
        write_recovery(folder, read_desk(folder).desk, candidate.generation, code.public_key, candidate.key, secret)
    return code
