"""The one way in which a header or a body becomes bytes (RFC 8785), and the way back.

Signed bytes are kept verbatim, so reading never has to give the same bytes again; writing always does.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import orjson
import rfc8785

from pdtdesk.domain.record.entry import NOTHING, Header, Json, Route
from pdtdesk.domain.staff import Author

_KNOWN = frozenset(
    {
        "id",
        "establishment",
        "patient_id",
        "stage",
        "kind",
        "schema",
        "author",
        "happened_at",
        "recorded_at",
        "desk_id",
        "desk_seq",
        "prev",
        "supersedes",
        "route",
        "body_hash",
    }
)


class NotAnEntry(ValueError):
    """Bytes that are not an entry: said with what is missing or wrong, so that it can be set aside by name."""

    @property
    def sentence(self) -> str:
        """The same as words for the screen."""
        return str(self)


def body_bytes(body: Json) -> bytes:
    """The canonical bytes of a body. Floats are refused: quantities are strings ("12.5 mg")."""
    if _is_everyday(body):
        return _quickly(body)
    _refuse_floats(body, "body")
    return _by_the_standard(_plain(body))


def body_hash(salt: bytes, body: bytes) -> str:
    """The hash (hex, SHA-256) by which a header names its salted body."""
    return sha256(salt + body).hexdigest()


def header_bytes(header: Header) -> bytes:
    """The canonical bytes of a header: what the desk signs, what the next header's `prev` is the hash of."""
    author: dict[str, Any] = {"id": header.author.id, "name": header.author.name, "role": header.author.role}
    if header.author.registration is not None:
        author["registration"] = header.author.registration
    fields: dict[str, Any] = {
        **_plain(header.unknown),
        "id": header.id,
        "establishment": header.establishment,
        "patient_id": header.patient_id,
        "stage": header.stage,
        "kind": header.kind,
        "schema": header.schema,
        "author": author,
        "happened_at": header.happened_at.isoformat(),
        "recorded_at": header.recorded_at.isoformat(),
        "desk_id": header.desk_id,
        "desk_seq": header.desk_seq,
        "prev": header.prev,
        "supersedes": list(header.supersedes),
        "route": None if header.route is None else _route_out(header.route),
        "body_hash": header.body_hash,
    }
    # Without what another version added, all of it is text and whole numbers under names of ours.
    return written(fields) if header.unknown else _quickly(fields)


def header_hash(header: bytes) -> str:
    """The hash (hex, SHA-256) of a header's canonical bytes."""
    return sha256(header).hexdigest()


def read_header(data: bytes) -> Header:
    """A header from its bytes. Fields this version does not know are kept; raises `NotAnEntry`."""
    try:
        fields = orjson.loads(data)
        author, route, patient_id = fields["author"], fields["route"], fields["patient_id"]
        happened_at, recorded_at = map(datetime.fromisoformat, (fields["happened_at"], fields["recorded_at"]))
        if happened_at.tzinfo is None or recorded_at.tzinfo is None:
            raise ValueError("an instant has no offset")  # it could not be put in order with the others
        header = Header(
            id=fields["id"],
            establishment=fields["establishment"],
            patient_id=patient_id,
            stage=fields["stage"],
            kind=fields["kind"],
            schema=fields["schema"],
            author=author_of(author),
            happened_at=happened_at,
            recorded_at=recorded_at,
            desk_id=fields["desk_id"],
            desk_seq=fields["desk_seq"],
            prev=fields["prev"],
            supersedes=tuple(fields["supersedes"]),
            route=None if route is None else Route(route["state"], route.get("at"), route.get("to")),
            body_hash=fields["body_hash"],
            unknown=NOTHING
            if len(fields) == len(_KNOWN)
            else MappingProxyType({key: value for key, value in fields.items() if key not in _KNOWN}),
        )
        _check_types(header, fields["supersedes"])
        return header
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise NotAnEntry(f"This is not the header of an entry: {wrong}.") from wrong


def author_of(fields: Json) -> Author:
    """Who wrote an entry, from the fields of its header."""
    return _author(fields["id"], fields["name"], fields["role"], fields.get("registration"))


@lru_cache(maxsize=256)
def _author(id_: str, name: str, role: str, registration: str | None) -> Author:
    """Few write much: a long record is read with a handful of them."""
    return Author(id_, name, role, registration)


def _check_types(header: Header, supersedes: object) -> None:
    author = header.author
    texts = {header.id, header.establishment, header.stage, header.kind, header.desk_id, header.body_hash}
    texts |= {author.id, author.name, author.role, header.patient_id or "", *header.supersedes}
    if set(map(type, texts)) != {str} or type(supersedes) is not list:
        raise ValueError("a name, an id or a hash in it is not text")
    if type(header.desk_seq) is not int or type(header.schema) is not int:
        raise ValueError("its number or its schema is not a whole number")


def read_body(data: bytes) -> Json:
    """A body from its bytes, as the words and fields it was written with."""
    try:
        body = orjson.loads(data)
    except ValueError as wrong:
        raise NotAnEntry(f"This is not the body of an entry: {wrong}.") from wrong
    if not isinstance(body, dict):
        raise NotAnEntry("The body of an entry is an object of named fields, and this one is not.")
    return body


def written(fields: Json) -> bytes:
    """The canonical bytes of named fields; raises `NotAnEntry` where they cannot be written."""
    return _quickly(fields) if _is_everyday(fields) else _by_the_standard(fields)


def _by_the_standard(fields: Json) -> bytes:
    try:
        return rfc8785.dumps(dict(fields))
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as wrong:
        raise NotAnEntry(_UNWRITABLE.format(wrong)) from wrong


def _quickly(fields: Json) -> bytes:
    try:
        return orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # a name that is more than a text, or what lies deeper than it goes
        return _by_the_standard(fields)


_UNWRITABLE = "This cannot be written as an entry: {}."
_LARGEST = 2**53 - 1


def _is_everyday(fields: Any) -> bool:
    """Whether orjson, many times as fast, gives the very bytes of RFC 8785.

    So it does for texts, whole numbers and plain containers whose names are ASCII: these it sorts in the same order.
    """
    inside = [fields]
    for value in inside:
        kind = type(value)
        if kind is str:  # most of what is written
            continue
        if kind is dict:
            try:
                if not "".join(value).isascii():
                    return False
            except TypeError:  # a name that is no text
                return False
            inside.extend(value.values())
        elif kind is list or kind is tuple:
            inside.extend(value)
        elif kind is int:
            if not -_LARGEST <= value <= _LARGEST:
                return False
        elif not isinstance(value, str) and value is not None and kind is not bool:
            return False
    return True


def _route_out(route: Route) -> dict[str, str]:
    given = {"state": route.state, "at": route.at, "to": route.to}
    return {key: value for key, value in given.items() if value is not None}


def _plain(value: Any) -> Any:
    """Frozen mappings and tuples as the plain ones that RFC 8785 speaks of."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _refuse_floats(value: object, where: str) -> None:
    if isinstance(value, float):
        raise NotAnEntry(f"{where} holds the number {value}: a quantity is written as text, with its unit.")
    if isinstance(value, Mapping):
        for key, each in value.items():
            _refuse_floats(each, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for each in value:
            _refuse_floats(each, where)
