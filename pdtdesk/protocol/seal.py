"""Sealing an entry into a desk's chain, and proving that an entry or a chain is what it says."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pdtdesk.domain.record.entry import ChainHead, Entry, Header, NewEntry
from pdtdesk.protocol.canonical import body_bytes, body_hash, header_bytes, header_hash

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk that writes: its establishment's code, its id, and its signature over bytes (Ed25519)."""

    establishment: str
    id: str
    sign: Callable[[bytes], bytes]


def seal(
    new: NewEntry,
    desk: Desk,
    head: ChainHead,
    *,
    id_: str,
    salt: bytes,
    recorded_at: datetime,
) -> tuple[Entry, ChainHead]:
    """Write one entry at the head of a desk's chain: the sealed entry, and the head after it."""
    body = body_bytes(new.body)
    header = Header(
        id=id_,
        establishment=desk.establishment,
        patient_id=new.patient_id,
        stage=new.stage,
        kind=new.kind,
        schema=new.schema,
        author=new.author,
        happened_at=new.happened_at or recorded_at,
        recorded_at=recorded_at,
        desk_id=desk.id,
        desk_seq=head.seq + 1,
        prev=head.hash,
        supersedes=new.supersedes,
        route=new.route,
        body_hash=body_hash(salt, body),
    )
    signed = header_bytes(header)
    entry = Entry(header, new.body, signed, desk.sign(signed), body, salt)
    return entry, ChainHead(header.desk_seq, header_hash(signed))


def faults_of(entry: Entry, public_key: bytes | None) -> tuple[str, ...]:
    """What is wrong with one entry by itself: signature, body hash. Nothing wrong is an empty tuple.

    `public_key` is the raw Ed25519 key of the desk that the entry names, or None where that desk is not known.
    """
    found: list[str] = []
    if public_key is None:
        found.append(f"Entry {entry.id}: the desk {entry.header.desk_id} that signed it is not known here.")
    elif not is_signed(public_key, entry.signature, entry.header_bytes):
        found.append(f"Entry {entry.id}: the signature of desk {entry.header.desk_id} does not fit.")
    if entry.body_bytes is None and entry.salt is None:
        return tuple(found)  # purged at the end of its retention
    if entry.body_bytes is None or entry.salt is None:
        found.append(f"Entry {entry.id}: of its text and the salt of its text one is missing.")
    elif body_hash(entry.salt, entry.body_bytes) != entry.header.body_hash:
        found.append(f"Entry {entry.id}: its text is not the one that was signed.")
    return tuple(found)


def is_signed(public_key: bytes, signature: bytes, data: bytes) -> bool:
    """Whether a desk signed these bytes; `public_key` is its raw Ed25519 key."""
    try:
        _key(public_key).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=64)
def _key(public_key: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public_key)


def chain_faults(entries: Iterable[Entry]) -> tuple[tuple[str, ...], ChainHead]:
    """What is wrong with one desk's whole chain, given in order of its numbers; and where the chain ends."""
    found: list[str] = []
    head = ChainHead()
    for entry in entries:
        header = entry.header
        if header.desk_seq != head.seq + 1:
            found.append(f"Desk {header.desk_id}: entry {head.seq + 1} is missing before {header.desk_seq}.")
        elif header.prev != head.hash:
            found.append(f"Desk {header.desk_id}: entry {header.desk_seq} does not follow the one before it.")
        head = ChainHead(header.desk_seq, header_hash(entry.header_bytes))
    return tuple(found), head
