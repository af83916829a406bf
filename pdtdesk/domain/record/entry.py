"""The entry: what anyone does is written once, signed by the desk, and never changed.

An entry is a header and a body. Signature and chain cover the header; the header names the hash of the salted
body, so that a body can be purged at the end of its retention and the chain still verifies.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from pdtdesk.domain.staff import Author

Json = Mapping[str, Any]
NOTHING: Json = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Route:
    """Where a person is or is going: all that a hub may read of an entry.

    `at` and `to` are establishment codes; `state` is `here`, `moving`, `court` or `released`.
    """

    state: str
    at: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What is signed of an entry, and what other desks and the hub order and route it by.

    `patient_id` is None for what belongs to the establishment. `happened_at` and `recorded_at` are instants
    with their offset. `prev` is the hash (hex, SHA-256) of this desk's previous header, or None for its first.
    `unknown` holds fields of a newer desk, kept and handed on.
    """

    id: str
    establishment: str
    patient_id: str | None
    stage: str
    kind: str
    schema: int
    author: Author
    happened_at: datetime
    recorded_at: datetime
    desk_id: str
    desk_seq: int
    prev: str | None
    supersedes: tuple[str, ...]
    route: Route | None
    body_hash: str
    unknown: Json = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the journal as it is held: parsed, beside the very bytes that were signed.

    `body` is None once purged. `header_bytes` are canonical (RFC 8785) and kept verbatim; so are `body_bytes`.
    """

    header: Header
    body: Json | None
    header_bytes: bytes
    signature: bytes
    body_bytes: bytes | None
    salt: bytes | None

    @property
    def id(self) -> str:
        """The entry's own identity; with the establishment it is unique everywhere."""
        return self.header.id

    @property
    def kind(self) -> str:
        """What sort of thing was written: `arrival`, `triage`, `score`, …"""
        return self.header.kind

    @property
    def order(self) -> tuple[datetime, str]:
        """The order in which unrelated entries are shown. It decides nothing else."""
        return (self.header.happened_at, self.header.id)

    @property
    def author(self) -> Author:
        """Who wrote it, bound when it was written."""
        return self.header.author


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What someone wants written. The store adds identity, chain and signature, or the person is told why not.

    `author` is who answered, which need not be who saves. `happened_at` None means the moment of recording.
    `id` may be given where another entry of the same save must name this one.
    """

    stage: str
    kind: str
    body: Json
    author: Author
    patient_id: str | None = None
    happened_at: datetime | None = None
    supersedes: tuple[str, ...] = ()
    route: Route | None = None
    id: str | None = None
    schema: int = 1


@dataclass(frozen=True, slots=True)
class ChainHead:
    """Where a desk's chain stands: its last sequence number and the hash of that header (None before the first)."""

    seq: int = 0
    hash: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry whose cause has not come yet: it is shown as waiting and changes nothing until then."""

    entry: Entry
    missing: tuple[str, ...] = field(default=())
