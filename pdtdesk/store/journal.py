"""The journal's rows: appending at the head of the desk's chain, and reading entries back as they were signed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Row, bindparam, func, insert, literal, select

from pdtdesk.domain.ids import uuid7
from pdtdesk.domain.record.entry import ChainHead, Entry, Json, NewEntry
from pdtdesk.protocol.canonical import NotAnEntry, header_hash, read_body, read_header
from pdtdesk.protocol.seal import SALT_BYTES, Desk, seal
from pdtdesk.services.ports import RandomBytes
from pdtdesk.store.tables import DESK, ENTRY, OUTBOX, stored

_COLUMNS = (ENTRY.c.header, ENTRY.c.signature, ENTRY.c.salt, ENTRY.c.body)
_READ = frozenset(column.name for column in _COLUMNS)
UNSENT = "unsent"
_DAMAGED = "An entry of this record is damaged: prove the desk (pdtdesk desk verify), then restore the last backup."

# What every save asks is put together once: that takes longer than the asking.
_HEAD = (
    select(ENTRY.c.desk_seq, ENTRY.c.header)
    .where(ENTRY.c.desk_id == bindparam("desk"))
    .order_by(ENTRY.c.desk_seq.desc())
    .limit(1)
)
_HOLD = insert(ENTRY)
_SEND = insert(OUTBOX).from_select(
    ["position", "state"],
    select(ENTRY.c.position, literal(UNSENT)).where(
        ENTRY.c.desk_id == bindparam("desk"), ENTRY.c.desk_seq > bindparam("after")
    ),
)
_OF_PEOPLE = (
    select(*_COLUMNS)
    .where(ENTRY.c.patient_id.in_(bindparam("people", expanding=True)))
    .order_by(ENTRY.c.patient_id, ENTRY.c.happened_at, ENTRY.c.id)
)
_OF_ONE = (
    select(*_COLUMNS)
    .where(ENTRY.c.patient_id == bindparam("person"))
    .order_by(ENTRY.c.patient_id, ENTRY.c.happened_at, ENTRY.c.id)
)
_HELD_OF = select(ENTRY.c.id).where(ENTRY.c.id.in_(bindparam("ids", expanding=True)))
_NEWEST_OF_ONE = (
    select(*_COLUMNS)
    .where(ENTRY.c.patient_id == bindparam("person"))
    .order_by(ENTRY.c.patient_id.desc(), ENTRY.c.happened_at.desc(), ENTRY.c.id.desc())
    .limit(bindparam("most"))
)
_NEWEST_OF_MORE = (
    select(*_COLUMNS)
    .where(ENTRY.c.patient_id.in_(bindparam("people", expanding=True)))
    .order_by(ENTRY.c.happened_at.desc(), ENTRY.c.id.desc())
    .limit(bindparam("most"))
)


def chain_head(connection: Connection, desk_id: str) -> ChainHead:
    """Where a desk's chain stands in the journal."""
    found = connection.execute(_HEAD, {"desk": desk_id}).first()
    return ChainHead() if found is None else ChainHead(found.desk_seq, header_hash(found.header))


def holds(connection: Connection, desk_id: str, seq: int, hash_: str) -> bool:
    """Whether a desk's chain has, at this number, the header of this hash."""
    header = connection.execute(
        select(ENTRY.c.header).where(ENTRY.c.desk_id == desk_id, ENTRY.c.desk_seq == seq)
    ).scalar()
    return header is not None and header_hash(header) == hash_


def append(
    connection: Connection,
    desk: Desk,
    entries: Sequence[NewEntry],
    *,
    now: datetime,
    random_bytes: RandomBytes,
) -> tuple[Entry, ...]:
    """Seal entries at the head of this desk's chain, with their lines for the outbox, in the open transaction."""
    before = head = chain_head(connection, desk.id)
    sealed = []
    for new in entries:
        id_ = new.id or uuid7(now, random_bytes)
        entry, head = seal(new, desk, head, id_=id_, salt=random_bytes(SALT_BYTES), recorded_at=now)
        sealed.append(entry)
    if sealed:
        connection.execute(_HOLD, [_row(entry) for entry in sealed])
        connection.execute(_SEND, {"desk": desk.id, "after": before.seq})
    return tuple(sealed)


def hold(connection: Connection, entry: Entry) -> int:
    """Keep one sealed entry, its bytes verbatim; answers with its position in this desk's journal."""
    return int(connection.execute(_HOLD, _row(entry)).lastrowid)


def _row(entry: Entry) -> dict[str, Any]:
    header = entry.header
    return {
        "establishment": header.establishment,
        "id": header.id,
        "patient_id": header.patient_id,
        "kind": header.kind,
        "happened_at": stored(header.happened_at),
        "desk_id": header.desk_id,
        "desk_seq": header.desk_seq,
        "header": entry.header_bytes,
        "signature": entry.signature,
        "salt": entry.salt,
        "body": entry.body_bytes,
    }


def of_people(connection: Connection, patient_ids: Iterable[str]) -> tuple[Entry, ...]:
    """All entries of these patient ids, in the order in which they are shown."""
    ids = tuple(patient_ids)
    if len(ids) == 1:
        rows = connection.execute(_OF_ONE, {"person": ids[0]})
    else:
        rows = connection.execute(_OF_PEOPLE, {"people": ids})
    return tuple(entry_of(row) for row in rows)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the journal, with the fields of its header and of its body (None once purged) as they were written."""

    row: Sequence[Any]
    header: Json
    body: Json | None


def newest_of(connection: Connection, patient_ids: Iterable[str], limit: int) -> tuple[Line, ...]:
    """The newest entries of these patient ids, newest first. Read all at once: a timeline must come at once."""
    ids = tuple(patient_ids)
    if len(ids) == 1:
        rows = connection.execute(_NEWEST_OF_ONE, {"person": ids[0], "most": limit}).all()
    else:
        rows = connection.execute(_NEWEST_OF_MORE, {"people": ids, "most": limit}).all()
    try:
        read = orjson.loads(b"[%b]" % b",".join(part for row in rows for part in (row[0], row[3] or b"null")))
    except ValueError as wrong:
        raise NotAnEntry(_DAMAGED) from wrong
    if len(read) != 2 * len(rows):
        raise NotAnEntry(_DAMAGED)
    return tuple(Line(row, read[2 * at], read[2 * at + 1]) for at, row in enumerate(rows))


def of_establishment(connection: Connection, kinds: Sequence[str]) -> tuple[Entry, ...]:
    """The establishment's own entries of some kinds."""
    rows = connection.execute(
        select(*_COLUMNS)
        .where(ENTRY.c.patient_id.is_(None), ENTRY.c.kind.in_(tuple(kinds)))
        .order_by(ENTRY.c.happened_at, ENTRY.c.id)
    )
    return tuple(entry_of(row) for row in rows)


def by_id(connection: Connection, entry_id: str) -> Entry | None:
    """One entry by its id."""
    row = connection.execute(select(*_COLUMNS).where(ENTRY.c.id == entry_id)).first()
    return None if row is None else entry_of(row)


def of_desk(connection: Connection, desk_id: str) -> Iterator[Entry]:
    """A desk's chain from its first entry on."""
    return (entry_of(row) for row in rows_of_desk(connection, desk_id))


def held_of(connection: Connection, ids: frozenset[str]) -> frozenset[str]:
    """Those of these ids whose entries are held."""
    if not ids:
        return frozenset()
    return frozenset(connection.execute(_HELD_OF, {"ids": sorted(ids)}).scalars())


def rows_of_desk(connection: Connection, desk_id: str) -> Iterator[Row[Any]]:
    """The rows of a desk's chain in its order, read in pages so that a million entries fit in memory."""
    after = 0
    while True:
        page = connection.execute(
            select(*_COLUMNS, *(column for column in ENTRY.c if column.name not in _READ))
            .where(ENTRY.c.desk_id == desk_id, ENTRY.c.desk_seq > after)
            .order_by(ENTRY.c.desk_seq)
            .limit(2000)
        ).all()
        if not page:
            return
        yield from page
        after = page[-1].desk_seq


def desks(connection: Connection) -> dict[str, bytes]:
    """The desks whose signatures can be checked here: id to raw public key."""
    return {row.desk_id: row.public_key for row in connection.execute(select(DESK.c.desk_id, DESK.c.public_key))}


def latest(connection: Connection) -> datetime | None:
    """The latest instant at which an entry that this desk holds was recorded.

    Not the instant of the last entry: one written after the clock was set back would give leases more time. Ids begin
    with the moment they were made, so the greatest is of the latest.
    """
    header = connection.execute(select(ENTRY.c.header).order_by(ENTRY.c.id.desc()).limit(1)).scalar()
    return None if header is None else read_header(header).recorded_at


def count(connection: Connection) -> int:
    """How many entries the journal holds."""
    return int(connection.execute(select(func.count()).select_from(ENTRY)).scalar_one())


def entry_of(row: Sequence[Any]) -> Entry:
    """An entry from the row it is kept in; raises `NotAnEntry`."""
    header_bytes, signature, salt, body = row[0], row[1], row[2], row[3]
    return Entry(
        header=read_header(header_bytes),
        body=None if body is None else read_body(body),
        header_bytes=header_bytes,
        signature=signature,
        body_bytes=body,
        salt=salt,
    )
