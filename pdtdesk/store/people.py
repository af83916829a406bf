"""Finding people and what is due for them, in the lists that were folded from the journal."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, exists, or_, select, text

from pdtdesk.domain.names import fold as fold_name
from pdtdesk.domain.staff import Member
from pdtdesk.services.ports import ArrivalRow, PersonRow, TaskRow
from pdtdesk.store.projections import folded_name
from pdtdesk.store.tables import ARRIVAL, DRAFT, MEMBER, PERSON, SEARCH, TASK, TOLD_APART, day, instant, stored

_HERE = ("here", "court")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_BY_SEARCH = text(f"SELECT rowid FROM {SEARCH} WHERE {SEARCH} MATCH :words LIMIT :limit")  # noqa: S608 - a constant

# What each line of a reception list asks is put together once.
_NUMBERED = (
    select(PERSON)
    .where(or_(PERSON.c.prison_number == bindparam("prison"), PERSON.c.nhs_number == bindparam("nhs")))
    .order_by(PERSON.c.number)
)
_LISTED = select(exists().where(ARRIVAL.c.list_key == bindparam("key")))


def search(connection: Connection, typed: str, limit: int) -> tuple[PersonRow, ...]:
    """People whose name, numbers or cell have words that begin as typed, in the order of their surnames."""
    words = _WORD.findall(fold_name(typed))
    joined_up = "".join(words)
    if len(words) > 1 and joined_up.isdigit():
        words = [joined_up]  # an NHS number read out in groups
    if not words:
        return ()
    numbers = connection.execute(
        _BY_SEARCH, {"words": " ".join(f'"{word}"*' for word in words), "limit": limit}
    ).scalars()
    query = select(PERSON).where(PERSON.c.number.in_(numbers.all())).order_by(PERSON.c.folded, PERSON.c.number)
    return _people(connection, query)


def numbered(connection: Connection, prison_number: str | None, nhs_number: str | None) -> tuple[PersonRow, ...]:
    """People who bear one of these numbers."""
    if not prison_number and not nhs_number:
        return ()
    return _people(connection, _NUMBERED, {"prison": prison_number or None, "nhs": nhs_number or None})


def namesakes(connection: Connection, surname: str, forenames: str, born: date | None) -> tuple[PersonRow, ...]:
    """People of the same folded name, where both birth dates are known of the same birth date as well."""
    alike = PERSON.c.folded == folded_name(surname, forenames)
    if born is not None:
        alike = and_(alike, or_(PERSON.c.born.is_(None), PERSON.c.born == born.isoformat()))
    return _people(connection, select(PERSON).where(alike).order_by(PERSON.c.number))


def row(connection: Connection, patient_id: str) -> PersonRow | None:
    """One person as a list shows them."""
    found = _people(connection, select(PERSON).where(PERSON.c.patient_id == patient_id))
    return found[0] if found else None


def present(connection: Connection) -> tuple[PersonRow, ...]:
    """Everybody who is here, by name; of joined records the first alone."""
    return _people(
        connection,
        select(PERSON)
        .where(PERSON.c.state.in_(_HERE), PERSON.c.patient_id == PERSON.c.group_id)
        .order_by(PERSON.c.folded, PERSON.c.number),
    )


_AFTER = ARRIVAL.alias("later")
_LATER = exists().where(
    _AFTER.c.patient_id == ARRIVAL.c.patient_id,
    or_(
        _AFTER.c.arrived_at > ARRIVAL.c.arrived_at,
        and_(_AFTER.c.arrived_at == ARRIVAL.c.arrived_at, _AFTER.c.stay > ARRIVAL.c.stay),
    ),
)
"""Whether somebody has come again since: what an earlier stay left open is history."""


def arrivals(connection: Connection, since: datetime) -> tuple[ArrivalRow, ...]:
    """Arrivals since an instant, and earlier ones still without a second pass; the worst first."""
    twin = PERSON.alias("twin")
    alike = and_(
        twin.c.folded == PERSON.c.folded,
        twin.c.group_id != PERSON.c.group_id,
        or_(twin.c.born.is_(None), PERSON.c.born.is_(None), twin.c.born == PERSON.c.born),
        ~exists().where(TOLD_APART.c.patient_id == PERSON.c.patient_id, TOLD_APART.c.other == twin.c.patient_id),
        ~exists().where(TOLD_APART.c.other == PERSON.c.patient_id, TOLD_APART.c.patient_id == twin.c.patient_id),
    )
    query = (
        select(
            ARRIVAL,
            PERSON.c.surname,
            PERSON.c.forenames,
            PERSON.c.prison_number,
            exists().where(DRAFT.c.stay == ARRIVAL.c.stay).label("draft"),
            exists().where(alike).label("unsure"),
        )
        .join(PERSON, PERSON.c.patient_id == ARRIVAL.c.patient_id)
        .where(or_(ARRIVAL.c.arrived_at >= stored(since), ARRIVAL.c.passes < 2), PERSON.c.state.in_(_HERE))
        .where(~_LATER)
        .order_by(ARRIVAL.c.rank, ARRIVAL.c.arrived_at, ARRIVAL.c.stay)
    )
    return tuple(_arrival(found) for found in connection.execute(query))


def urgent(connection: Connection) -> tuple[str, ...]:
    """Those here whose latest arrival asks for somebody tonight, however long ago it was."""
    query = (
        select(ARRIVAL.c.patient_id)
        .join(PERSON, PERSON.c.patient_id == ARRIVAL.c.patient_id)
        .where(ARRIVAL.c.priority.in_(("now", "tonight")), PERSON.c.state.in_(_HERE))
        .where(~_LATER)
        .order_by(ARRIVAL.c.arrived_at, ARRIVAL.c.patient_id)
    )
    return tuple(dict.fromkeys(connection.execute(query).scalars()))


def tasks(connection: Connection, until: datetime | None) -> tuple[TaskRow, ...]:
    """Open tasks of those who are here, by when they are due; a day counts from its first minute."""
    when = TASK.c.due_at
    query = (
        select(TASK, PERSON.c.surname, PERSON.c.forenames, PERSON.c.prison_number, PERSON.c.location)
        .join(PERSON, PERSON.c.patient_id == TASK.c.patient_id)
        .join(ARRIVAL, ARRIVAL.c.stay == TASK.c.stay)
        .where(TASK.c.settled_by.is_(None), PERSON.c.state.in_(_HERE))
        .where(~_LATER)
        .order_by(text("coalesce(due_at, due_on)"), TASK.c.entry_id)
    )
    if until is not None:
        query = query.where(
            or_(
                and_(when.is_not(None), when <= stored(until)),
                and_(when.is_(None), or_(TASK.c.due_on.is_(None), TASK.c.due_on <= until.date().isoformat())),
            )
        )
    return tuple(
        TaskRow(
            entry_id=found.entry_id,
            patient_id=found.patient_id,
            stay=found.stay,
            surname=found.surname,
            forenames=found.forenames,
            prison_number=found.prison_number,
            location=found.location,
            what=found.what,
            sentence=found.sentence,
            due_at=instant(found.due_at) if found.due_at else None,
            due_on=day(found.due_on),
        )
        for found in connection.execute(query)
    )


def arrival_known(connection: Connection, key: str) -> bool:
    """Whether a line of a reception list has been taken in already."""
    return bool(connection.execute(_LISTED, {"key": key}).scalar())


_IS_MEMBER = select(exists().where(MEMBER.c.member_id == bindparam("member"), MEMBER.c.active == 1))


def is_member(connection: Connection, member_id: str) -> bool:
    """Whether somebody is on the staff here now; asked before every action."""
    return bool(connection.execute(_IS_MEMBER, {"member": member_id}).scalar())


def members(connection: Connection) -> tuple[Member, ...]:
    """The establishment's staff, by name."""
    rows = connection.execute(select(MEMBER).order_by(MEMBER.c.name, MEMBER.c.member_id))
    return tuple(
        Member(
            id=found.member_id,
            account=found.account,
            name=found.name,
            role=found.role,
            registration=found.registration,
            active=bool(found.active),
            lease_until=datetime.fromisoformat(found.lease_until) if found.lease_until else None,
        )
        for found in rows
    )


def _people(
    connection: Connection, query: Select[Any], asked: Mapping[str, str | None] | None = None
) -> tuple[PersonRow, ...]:
    return tuple(
        PersonRow(
            patient_id=found.group_id,
            surname=found.surname,
            forenames=found.forenames,
            born=day(found.born),
            sex=found.sex,
            prison_number=found.prison_number,
            nhs_number=found.nhs_number,
            location=found.location,
            state=found.state,
            joined=found.joined,
        )
        for found in connection.execute(query, asked)
    )


def _arrival(found: Row[Any]) -> ArrivalRow:
    return ArrivalRow(
        stay=found.stay,
        patient_id=found.patient_id,
        surname=found.surname,
        forenames=found.forenames,
        prison_number=found.prison_number,
        arrived_at=instant(found.arrived_at),
        arrived_from=found.arrived_from,
        location=found.location,
        priority=found.priority,
        reasons=tuple(json.loads(found.reasons)),
        passes=found.passes,
        order=found.rank,
        known=bool(found.known),
        draft=bool(found.draft),
        unsure=int(found.unsure),
    )
