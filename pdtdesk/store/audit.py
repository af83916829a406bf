"""The audit: who saw or did what, on a chain of its own, each line signed by the desk."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, insert, select

from pdtdesk.domain.staff import Author
from pdtdesk.protocol.canonical import written
from pdtdesk.protocol.seal import Desk, is_signed
from pdtdesk.services.ports import AuditLine, AuditRow
from pdtdesk.store.tables import AUDIT, PERSON

_NOTE = insert(AUDIT)
_LAST = select(AUDIT.c.seq, AUDIT.c.hash).order_by(AUDIT.c.seq.desc()).limit(1)


def note(connection: Connection, desk: Desk, line: AuditLine) -> None:
    """Add one line to the chain, in the open transaction."""
    last = connection.execute(_LAST).first()
    seq, prev = (last.seq + 1, last.hash) if last else (1, None)
    data = _bytes(seq, prev, desk.id, line)
    connection.execute(
        _NOTE,
        {
            "seq": seq,
            "desk_id": desk.id,
            "patient_id": line.patient_id,
            "line": data,
            "hash": sha256(data).hexdigest(),
            "signature": desk.sign(data),
        },
    )


def page(connection: Connection, before: int | None, limit: int, patient_id: str | None) -> tuple[AuditRow, ...]:
    """Lines of the audit, newest first."""
    query = (
        select(AUDIT.c.seq, AUDIT.c.line, PERSON.c.surname, PERSON.c.forenames)
        .join(PERSON, PERSON.c.patient_id == AUDIT.c.patient_id, isouter=True)
        .order_by(AUDIT.c.seq.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(AUDIT.c.seq < before)
    if patient_id is not None:
        query = query.where(AUDIT.c.patient_id == patient_id)
    return tuple(
        AuditRow(row.seq, _line(row.line), f"{row.surname.upper()}, {row.forenames}" if row.surname else None)
        for row in connection.execute(query)
    )


def last(connection: Connection) -> tuple[int, str]:
    """Number and hash of the newest line; 0 and empty before the first."""
    row = connection.execute(select(AUDIT.c.seq, AUDIT.c.hash).order_by(AUDIT.c.seq.desc()).limit(1)).first()
    return (row.seq, row.hash) if row else (0, "")


def holds(connection: Connection, seq: int, hash_: str) -> bool:
    """Whether the audit has, at this number, the line of this hash; a note without a number is borne out."""
    return not seq or connection.execute(select(AUDIT.c.hash).where(AUDIT.c.seq == seq)).scalar() == hash_


def faults(connection: Connection, desks: dict[str, bytes], seen: Callable[[], None] = lambda: None) -> Iterator[str]:
    """What is wrong with the audit's chain: a line missing, changed, or signed by no desk that is known.

    `seen` is called after each line.
    """
    prev, expected = None, 1
    for row in connection.execute(select(AUDIT).order_by(AUDIT.c.seq)):
        follows = _names(row.line, row.seq, prev, row.patient_id, row.desk_id)
        if row.seq != expected:
            yield f"Audit: line {expected} is missing before {row.seq}."
        elif not follows or sha256(row.line).hexdigest() != row.hash:
            yield f"Audit: line {row.seq} does not follow the one before it, or is filed as another."
        key = desks.get(row.desk_id)
        if key is None:
            yield f"Audit: line {row.seq} was signed by a desk that is not known here."
        elif not is_signed(key, row.signature, row.line):
            yield f"Audit: the signature of line {row.seq} does not fit."
        prev, expected = row.hash, row.seq + 1
        seen()


def _names(line: bytes, *said: object) -> bool:
    """Whether a line says of itself what it is filed under: number, the hash before it, person, desk."""
    try:
        fields = json.loads(line)
        return tuple(fields[name] for name in ("seq", "prev", "patient_id", "desk_id")) == said
    except (ValueError, KeyError, TypeError):
        return False


def _bytes(seq: int, prev: str | None, desk_id: str, line: AuditLine) -> bytes:
    who = None if line.who is None else {"id": line.who.id, "name": line.who.name, "role": line.who.role}
    return written(
        {
            "seq": seq,
            "prev": prev,
            "desk_id": desk_id,
            "at": line.at.isoformat(),
            "who": who,
            "what": line.what,
            "patient_id": line.patient_id,
            "right": line.right,
            "detail": line.detail,
        }
    )


def _line(data: bytes) -> AuditLine:
    fields = json.loads(data)
    who = fields["who"]
    return AuditLine(
        at=datetime.fromisoformat(fields["at"]),
        who=None if who is None else Author(who["id"], who["name"], who["role"]),
        what=fields["what"],
        patient_id=fields["patient_id"],
        right=fields["right"],
        detail=fields["detail"],
    )
