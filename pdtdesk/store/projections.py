"""What the lists show, folded from the journal: people, arrivals, tasks, staff.

Everything here is a function of the set of entries, so that it can be thrown away and folded again.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, column, delete, insert, select, table, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pdtdesk.domain.names import fold as fold_name
from pdtdesk.domain.names import match_key
from pdtdesk.domain.reception.fold import joined_to
from pdtdesk.domain.reception.person import Identity, PersonRecord, Stay, Task
from pdtdesk.domain.record.entry import Entry
from pdtdesk.domain.record.fold import fold
from pdtdesk.store import journal, treated
from pdtdesk.store.remembered import Remembered
from pdtdesk.store.tables import (
    ARRIVAL,
    MEMBER,
    ORDERED,
    PERSON,
    PROJECTIONS,
    SEARCH,
    TASK,
    TOLD_APART,
    TREATED,
    stored,
)

RANKS = {"now": 0, "waiting": 1, "tonight": 2, "soon": 3, "routine": 4}
Held = dict[str, tuple[Entry, ...]]
"""Entries by patient id."""

NOT_TRIAGED = "waiting"
_UNKNOWN = "unknown"

_SEARCHED = table(SEARCH, column("rowid"), column("words"))
_FIND = (
    select(PERSON, _SEARCHED.c.words)
    .join(_SEARCHED, _SEARCHED.c.rowid == PERSON.c.number, isouter=True)
    .where(PERSON.c.patient_id == bindparam("patient"))
)
_ALIKE = PERSON.alias("alike")
_GROUP = (
    select(_ALIKE.c.patient_id)
    .join(PERSON, PERSON.c.group_id == _ALIKE.c.group_id)
    .where(PERSON.c.patient_id == bindparam("patient"))
)
_CLEAR = tuple(
    delete(each).where(each.c.patient_id == bindparam("person")) for each in (TASK, TOLD_APART, TREATED, ORDERED)
)
_GONE = delete(ARRIVAL).where(
    ARRIVAL.c.patient_id.in_(bindparam("people", expanding=True)),
    ARRIVAL.c.stay.not_in(bindparam("stays", expanding=True)),
)
_GONE_BUT_ONE = delete(ARRIVAL).where(
    ARRIVAL.c.patient_id == bindparam("person"), ARRIVAL.c.stay != bindparam("stay")
)
_KNOW, _DUE = insert(PERSON), insert(TASK)
_ARRIVED = upsert(ARRIVAL)
_ARRIVED = _ARRIVED.on_conflict_do_update(
    index_elements=["stay"], set_={each.name: each for each in _ARRIVED.excluded if each.name != "stay"}
)
_CHANGE = update(PERSON).where(PERSON.c.number == bindparam("this"))
_UNINDEX = text(f"DELETE FROM {SEARCH} WHERE rowid = :number")  # noqa: S608 - the table's name is a constant
_INDEX = text(f"INSERT INTO {SEARCH} (rowid, words) VALUES (:number, :words)")  # noqa: S608 - as above


def refold_people(
    connection: Connection,
    patient_ids: Iterable[str],
    held: Held | None = None,
    remembered: Remembered | None = None,
) -> dict[str, PersonRecord | None]:
    """Fold again the people that entries have touched, joined records together; answers with each as they now are.

    `held` are entries that this unit of work has read already, by patient id.
    """
    folded = remembered or Remembered()
    done: dict[str, PersonRecord | None] = {}
    for patient_id in patient_ids:
        if patient_id in done:
            continue
        entries = joined_entries(connection, {patient_id}, held)
        people = [(group, folded.person({id_: entries[id_] for id_ in group})) for group in _groups(entries)]
        # Before any is written: rows of records that are parted stand under one id.
        _clear(
            connection, entries, [id_ for _, person in people if person for stay in person.stays for id_ in stay.ids]
        )
        for group, person in people:
            _write_group(connection, group, person)
            done |= dict.fromkeys(group, person)
    return done


def refold_establishment(connection: Connection) -> None:
    """Fold again the staff of the establishment."""
    connection.execute(delete(MEMBER))
    folded = fold(journal.of_establishment(connection, ("member", "lease", "entered_in_error")))
    leases: dict[str, datetime] = {}
    for entry in folded.of_kind("lease"):
        if entry.body and {"member", "until"} <= entry.body.keys():
            until, member = datetime.fromisoformat(entry.body["until"]), entry.body["member"]
            leases[member] = max(until, leases.get(member, until))
    rows = {
        entry.body["member"]: _member_row(entry, leases)
        for entry in folded.of_kind("member")
        if entry.body and {"member", "account", "name", "role"} <= entry.body.keys()
    }
    if rows:
        connection.execute(insert(MEMBER), list(rows.values()))


def rebuild(connection: Connection, patient_ids: Iterable[Collection[str]]) -> None:
    """Throw away all that was folded and fold it again, a slice of people at a time."""
    for each in PROJECTIONS:
        connection.execute(delete(each))
    connection.execute(text(f"DELETE FROM {SEARCH}"))  # noqa: S608 - the table's name is a constant
    refold_establishment(connection)
    for slice_ in patient_ids:
        refold_people(connection, slice_)


def joined_entries(
    connection: Connection,
    patient_ids: Collection[str],
    held: Held | None = None,
    remembered: Remembered | None = None,
) -> Held:
    """The entries of these records and of all that they are or were joined to from either side, by patient id.

    What `held` has is not read again, and what is read is added to it; nor what is `remembered` and still holds.
    """
    known = {} if held is None else held
    entries: Held = {}
    wanted = set(patient_ids)
    while wanted := wanted.union(*(group_of(connection, id_) for id_ in wanted)) - entries.keys():
        if remembered is not None:
            known |= remembered.of(connection, wanted - known.keys())
        if unread := wanted - known.keys():
            known |= dict.fromkeys(unread, ())
            for entry in journal.of_people(connection, unread):
                patient = str(entry.header.patient_id)
                known[patient] = (*known.get(patient, ()), entry)
        entries |= {id_: known[id_] for id_ in wanted}
        wanted = {other for id_ in wanted for other in _links(entries[id_])}
    return entries


def _links(entries: tuple[Entry, ...]) -> frozenset[str]:
    if all(entry.kind != "joined" for entry in entries):
        return frozenset()
    return joined_to(entries)


def group_of(connection: Connection, patient_id: str) -> set[str]:
    """The records that a person's record is joined to, itself among them; empty where nobody is known by this id."""
    return set(connection.execute(_GROUP, {"patient": patient_id}).scalars())


def _groups(entries: Held) -> list[set[str]]:
    """Records that links hold together. A link counts from either side."""
    groups = {id_: {id_} for id_ in entries}
    for id_, held in entries.items():
        for other in _links(held):
            if other in groups and groups[other] is not groups[id_]:
                groups[id_] |= groups[other]
                for member in groups[other]:
                    groups[member] = groups[id_]
    return list({id(group): group for group in groups.values()}.values())


def _clear(connection: Connection, patient_ids: Collection[str], stays: Sequence[str]) -> None:
    """Take away what is written anew; an arrival that stands is changed in its place."""
    for patient_id in patient_ids:
        for statement in _CLEAR:
            connection.execute(statement, {"person": patient_id})
    if len(patient_ids) == len(stays) == 1:  # most of all saves
        (person,), (stay,) = patient_ids, stays
        connection.execute(_GONE_BUT_ONE, {"person": person, "stay": stay})
    else:
        connection.execute(_GONE, {"people": tuple(patient_ids), "stays": tuple(stays)})


def _write_group(connection: Connection, group: set[str], person: PersonRecord | None) -> None:
    if person is None and len(group) == 1:
        _forget_people(connection, group)
        return
    own: dict[str, Identity] = {}
    if person is not None:
        named = person.folded.of_kind("person")
        own = {str(entry.header.patient_id): each for entry, each in zip(named, person.identities, strict=True)}
    for patient_id in sorted(group):
        _write_person(connection, person, group, patient_id, own.get(patient_id))
    if person is None:
        return
    if rows := [row for at, stay in enumerate(person.stays) for row in _arrival_rows(stay, at, person.patient_id)]:
        connection.execute(_ARRIVED, rows)
    if tasks := [_task_row(task, stay, person.patient_id) for stay in person.stays for task in stay.tasks]:
        connection.execute(_DUE, tasks)
    apart = {
        (str(entry.header.patient_id), str(entry.body["other"]))
        for entry in person.folded.of_kind("told_apart")
        if entry.body and "other" in entry.body
    }
    if apart:
        connection.execute(insert(TOLD_APART), [{"patient_id": one, "other": other} for one, other in sorted(apart)])
    treated.write(connection, person)


def _forget_people(connection: Connection, group: set[str]) -> None:
    """Nobody is known by these ids (any more): the entry that named them was entered in error, or has not come."""
    for number in connection.execute(select(PERSON.c.number).where(PERSON.c.patient_id.in_(group))).scalars().all():
        connection.execute(_UNINDEX, {"number": number})
    connection.execute(delete(PERSON).where(PERSON.c.patient_id.in_(group)))


def _write_person(
    connection: Connection, person: PersonRecord | None, group: set[str], patient_id: str, own: Identity | None
) -> None:
    """Write a person's row. A joined record whose own name is not here goes by the name of the whole, unsearched.

    Without a row the link to it would be forgotten until something of it comes.
    """
    identity = own or (person.identity if person else Identity("", ""))
    stay = person.current if person else None
    row: dict[str, Any] = {
        "patient_id": patient_id,
        "group_id": person.patient_id if person else min(group),
        "joined": len(person.patient_ids) if person else len(group),
        "surname": identity.surname,
        "forenames": identity.forenames,
        "folded": folded_name(identity.surname, identity.forenames),
        "born": identity.born.isoformat() if identity.born else None,
        "sex": identity.sex,
        "prison_number": identity.prison_number,
        "nhs_number": identity.nhs_number,
        "location": stay.location if stay else None,
        "state": _state(person) if person else _UNKNOWN,
    }
    words = _words(identity, row["location"]) if own is not None else None
    held = connection.execute(_FIND, {"patient": patient_id}).mappings().first()
    if held is None:
        number = connection.execute(_KNOW, row).lastrowid
    else:
        number = held["number"]
        if any(held[name] != value for name, value in row.items()):
            connection.execute(_CHANGE, {"this": number, **row})
    indexed = None if held is None else held["words"]
    if words == indexed:
        return  # most saves change nothing of what a person is found by
    if indexed is not None:
        connection.execute(_UNINDEX, {"number": number})
    if words is not None:
        connection.execute(_INDEX, {"number": number, "words": words})


def folded_name(surname: str, forenames: str) -> str:
    """The name by which namesakes find each other."""
    return "|".join(match_key(surname, forenames))


def _words(identity: Identity, location: str | None) -> str:
    numbers = (identity.prison_number, identity.nhs_number, location)
    return " ".join((fold_name(f"{identity.surname} {identity.forenames}"), *(each for each in numbers if each)))


def _state(person: PersonRecord) -> str:
    routed = [entry for entry in person.folded.heads if entry.header.route is not None]
    if not routed:
        return _UNKNOWN
    route = max(routed, key=lambda entry: entry.order).header.route
    return route.state if route else _UNKNOWN


def _arrival_rows(stay: Stay, index: int, group_id: str) -> list[dict[str, Any]]:
    """A row for each time somebody was taken in: the lists show the latest, which stands for the stay."""
    # two plans stand only while two desks contradict each other: the more urgent one sorts the list
    plan = min(stay.plans, key=lambda plan: (RANKS.get(plan.priority, 0), plan.entry_id), default=None)
    priority = plan.priority if plan else NOT_TRIAGED
    row = {
        "patient_id": group_id,
        "arrived_from": str(stay.arrival.get("arrived_from", "")),
        "location": stay.location,
        "priority": priority,
        "reasons": json.dumps(list(plan.reasons) if plan else []),
        "passes": stay.passes_done,
        "rank": RANKS.get(priority, RANKS["waiting"]),
        "known": int(index > 0),
    }
    return [
        {"stay": each.id, "arrived_at": stored(each.at), "list_key": each.list_key, **row} for each in stay.taken_in
    ]


def _task_row(task: Task, stay: Stay, group_id: str) -> dict[str, Any]:
    return {
        "entry_id": task.entry_id,
        "patient_id": group_id,
        "stay": stay.id,
        "what": task.what,
        "sentence": task.sentence,
        "due_at": stored(task.due_at) if task.due_at else None,
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "settled_by": task.settled.id if task.settled else None,
    }


def _member_row(entry: Entry, leases: dict[str, datetime]) -> dict[str, Any]:
    body = entry.body or {}
    return {
        "member_id": body["member"],
        "account": body["account"],
        "name": body["name"],
        "role": body["role"],
        "registration": body.get("registration"),
        "active": int(body.get("active", True)),
        "lease_until": until.isoformat() if (until := leases.get(body["member"])) else None,
    }
