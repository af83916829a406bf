"""The desk's own secret: what a stolen disk lacks. It lies in the operating system's keyring.

With it lie the seed of the key that signs this desk's entries, and a note of the head of this desk's journal chain,
by which an older database put back is noticed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from pdtdesk.store.keys.desk_file import Desk, read_desk
from pdtdesk.store.keys.errors import KeyFileDamaged, KeyringChanged, NotADesk, SecretsRefused
from pdtdesk.store.keys.files import from_text, read_record, to_text, write_record
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.sealing import KEY_BYTES, NeverPickled, RandomBytes


@dataclass(frozen=True, slots=True)
class ChainHead:
    """Where this desk's chains stood when they were last noted: number and hash (hex) of the journal's last header,
    and of the audit's last line (0 and empty in a note from before the audit was noted)."""

    seq: int
    hash: str
    audit_seq: int = 0
    audit_hash: str = ""


@dataclass(frozen=True, slots=True)
class DeskSecret(NeverPickled):
    """What one desk alone knows: 32 bytes that wrap the database key, the Ed25519 seed it signs with, its head."""

    secret: bytes = field(repr=False)
    signing_seed: bytes = field(repr=False)
    head: ChainHead | None = None

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES or len(self.signing_seed) != KEY_BYTES:
            raise ValueError("a desk secret and its signing seed have 32 bytes each")


class DeskSecrets(Protocol):
    """Where desk secrets are kept. Every call may raise a `KeyringTrouble`, each with its sentence."""

    def read(self, desk_id: str) -> DeskSecret:
        """This desk's secret and the noted head; raises `KeyringChanged` when there is none."""

    def write(self, desk_id: str, secret: DeskSecret) -> None:
        """Keep a secret (and its head, where it has one)."""

    def note_head(self, desk_id: str, head: ChainHead) -> None:
        """Note the chain's head by itself; the secret is not touched."""

    def delete(self, desk_id: str) -> None:
        """Forget the secret and the head; nothing happens when there is none."""

    def hurried(self) -> "DeskSecrets":
        """The same, given up at once where it does not answer: for what nobody waits for."""


def new_secret(random_bytes: RandomBytes) -> DeskSecret:
    """A fresh secret and signing seed, for a desk whose chain has not begun."""
    return DeskSecret(random_bytes(KEY_BYTES), random_bytes(KEY_BYTES))


def secret_text(secret: DeskSecret) -> str:
    """The secret as a keyring keeps it; the head has an entry of its own."""
    return json.dumps(
        {"v": 1, "secret": to_text(secret.secret), "seed": to_text(secret.signing_seed)}, separators=(",", ":")
    )


def head_text(head: ChainHead) -> str:
    """The noted head as a keyring keeps it, in an entry of its own."""
    fields = {"v": 1, "seq": head.seq, "hash": head.hash, "audit": [head.audit_seq, head.audit_hash]}
    return json.dumps(fields, separators=(",", ":"))


def secret_of(text: str, head: str | None) -> DeskSecret:
    """Back from the keyring; raises `KeyringChanged` for what is not a desk's secret."""
    try:
        fields = json.loads(text)
        return DeskSecret(from_text(fields["secret"]), from_text(fields["seed"]), _head_of(head))
    except (ValueError, KeyError, TypeError):
        raise KeyringChanged from None


def _head_of(text: str | None) -> ChainHead | None:
    if text is None:
        return None
    fields: Any = json.loads(text)
    if type(fields["seq"]) is not int or not isinstance(fields["hash"], str):
        raise ValueError("not a chain's head")
    audit_seq, audit_hash = fields.get("audit", (0, ""))
    if type(audit_seq) is not int or not isinstance(audit_hash, str):
        raise ValueError("not a chain's head")
    return ChainHead(fields["seq"], fields["hash"], audit_seq, audit_hash)


class FolderSecrets:
    """A demonstration desk's secret, in its folder; any other desk is refused (`SecretsRefused`).

    `founding` is the desk that is being set up there, while the folder does not yet say so itself.
    """

    def __init__(self, folder: DeskFolder, founding: Desk | None = None) -> None:
        self._folder = folder
        self._founding = founding

    def read(self, desk_id: str) -> DeskSecret:
        held = self._held().get(desk_id)
        if held is None:
            raise KeyringChanged
        try:
            return secret_of(held["secret"], held["head"])
        except (KeyError, TypeError):
            raise KeyFileDamaged(self._folder.folder_secret) from None

    def write(self, desk_id: str, secret: DeskSecret) -> None:
        head = head_text(secret.head) if secret.head else None
        self._put({**self._held(), desk_id: {"secret": secret_text(secret), "head": head}})

    def note_head(self, desk_id: str, head: ChainHead) -> None:
        held = self.read(desk_id)
        self.write(desk_id, DeskSecret(held.secret, held.signing_seed, head))

    def hurried(self) -> "FolderSecrets":
        return self

    def delete(self, desk_id: str) -> None:
        self._put({name: held for name, held in self._held().items() if name != desk_id})

    def _put(self, secrets: Mapping[str, Any]) -> None:
        write_record(self._folder.folder_secret, {"secrets": secrets})

    def _held(self) -> dict[str, Any]:
        try:
            demonstration = read_desk(self._folder).desk.demonstration
        except NotADesk:
            demonstration = self._founding is not None and self._founding.demonstration
        if not demonstration:
            raise SecretsRefused
        try:
            held = read_record(self._folder.folder_secret).get("secrets")
        except FileNotFoundError:
            return {}
        if not isinstance(held, dict):
            raise KeyFileDamaged(self._folder.folder_secret)
        return held
