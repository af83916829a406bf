"""From the entries of a person to the record a nurse reads: a function of the set.

In a triage each *answer* supersedes an answer (`over` names the entries that held it), so that two nurses who ask
different questions of one person do not contend, and the author of every answer stays true.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from pdtdesk.domain.reception.answers import Answer, Held, HeldAnswer
from pdtdesk.domain.reception.person import Identity, PersonRecord, Plan, Score, Stay, Task
from pdtdesk.domain.record.entry import Entry
from pdtdesk.domain.record.fold import Folded, fold
from pdtdesk.domain.staff import Author


def person_of(entries: Iterable[Entry]) -> PersonRecord | None:
    """Fold the entries of one person, joined records together; None where no identity has come yet."""
    held = tuple(entries)
    folded = fold(held)
    people = folded.of_kind("person")
    if not people:
        return None
    ids = tuple(sorted({entry.header.patient_id for entry in held if entry.header.patient_id}))
    identities = tuple(_identity(entry) for entry in people)
    answers = _answers(folded)
    stays = tuple(
        _stay(arrival, folded, answers) for arrival in sorted(folded.of_kind("arrival"), key=lambda e: e.order)
    )
    return PersonRecord(
        patient_ids=ids,
        identity=identities[-1],
        identities=identities,
        stays=stays,
        history=_history(stays),
        folded=folded,
    )


def joined_to(entries: Iterable[Entry]) -> frozenset[str]:
    """The other patient ids that a record is joined to, by links that stand."""
    return frozenset(
        str(entry.body["other"]) for entry in fold(entries).of_kind("joined") if entry.body and "other" in entry.body
    )


def _identity(entry: Entry) -> Identity:
    body = entry.body or {}
    return Identity(
        surname=str(body.get("surname", "")),
        forenames=str(body.get("forenames", "")),
        born=_day(body.get("born")),
        sex=body.get("sex"),
        prison_number=body.get("prison_number"),
        nhs_number=body.get("nhs_number"),
    )


def _answers(folded: Folded) -> Mapping[str, Held]:
    """Stay id to the answers that stand in it."""
    nodes: dict[tuple[str, str], list[tuple[Entry, Mapping[str, Any]]]] = defaultdict(list)
    replaced: set[tuple[str, str]] = set()
    for entry in folded.heads:
        if entry.kind != "triage" or not entry.body:
            continue
        for key, answer in entry.body.get("answers", {}).items():
            nodes[(str(entry.body.get("stay")), key)].append((entry, answer))
            replaced.update((over, key) for over in answer.get("over", ()))
    confirmed = _confirmations(folded)
    stays: dict[str, dict[str, tuple[HeldAnswer, ...]]] = defaultdict(dict)
    for (stay, key), given in nodes.items():
        same: dict[tuple[str | None, str | None], list[tuple[Entry, Mapping[str, Any]]]] = defaultdict(list)
        for entry, answer in given:
            if (entry.id, key) not in replaced:
                same[(answer.get("value"), answer.get("not_asked"))].append((entry, answer))
        stays[stay][key] = tuple(_held(key, stay, alike, confirmed) for alike in same.values())
    return stays


def _held(
    key: str,
    stay: str,
    alike: list[tuple[Entry, Mapping[str, Any]]],
    confirmed: Mapping[tuple[str, str], tuple[Author, datetime]],
) -> HeldAnswer:
    entry, answer = alike[0]
    at = datetime.fromisoformat(answer["at"]) if "at" in answer else entry.header.happened_at
    ids = tuple(each.id for each, _ in alike)
    eyes = [confirmed[(id_, key)] for id_ in ids if (id_, key) in confirmed]
    return HeldAnswer(
        answer=Answer(by=entry.author, at=at, value=answer.get("value"), not_asked=answer.get("not_asked")),
        entries=ids,
        stay=stay,
        confirmed=max(eyes, key=lambda eye: eye[1], default=None),
    )


def _confirmations(folded: Folded) -> Mapping[tuple[str, str], tuple[Author, datetime]]:
    """(entry id, question key) to who last confirmed that answer, and when."""
    seen: dict[tuple[str, str], tuple[Author, datetime]] = {}
    for entry in folded.of_kind("confirmed"):
        body = entry.body or {}
        for key in body.get("keys", ()):
            seen[(str(body.get("of")), str(key))] = (entry.author, entry.header.happened_at)
    return seen


def _history(stays: tuple[Stay, ...]) -> Held:
    """For each question, what stands from the latest stay in which it was answered with a value."""
    latest: dict[str, tuple[HeldAnswer, ...]] = {}
    for stay in stays:
        for key, given in stay.answers.items():
            if valued := tuple(each for each in given if each.answer.value is not None):
                latest[key] = valued
    return latest


def _stay(arrival: Entry, folded: Folded, answers: Mapping[str, Held]) -> Stay:
    id_ = _root(arrival, folded)
    body = arrival.body or {}

    def mine(kind: str) -> list[Entry]:
        return [entry for entry in folded.of_kind(kind) if entry.body and entry.body.get("stay") == id_]

    given = answers.get(id_, {})
    return Stay(
        id=id_,
        establishment=arrival.header.establishment,
        arrival=body,
        arrived_at=arrival.header.happened_at,
        location=body.get("location"),
        answers=given,
        scores=tuple(_score(entry) for entry in mine("score")),
        tasks=_tasks(mine("task"), folded),
        plans=tuple(_plan(entry) for entry in mine("plan")),
        confirmations=tuple(mine("confirmed")),
        contended=tuple(sorted(key for key, each in given.items() if len(each) > 1)),
    )


def _root(arrival: Entry, folded: Folded) -> str:
    """A corrected arrival keeps the id of the stay that it corrects."""
    by_id = {entry.id: entry for entry in folded.effective}
    while arrival.header.supersedes and arrival.header.supersedes[0] in by_id:
        arrival = by_id[arrival.header.supersedes[0]]
    return arrival.id


def _score(entry: Entry) -> Score:
    body = entry.body or {}
    return Score(
        entry_id=entry.id,
        scale=str(body.get("scale")),
        items={str(key): int(value) for key, value in body.get("items", {}).items()},
        total=None if body.get("total") is None else int(body["total"]),
        taken_at=entry.header.happened_at,
        by=entry.author,
    )


def _tasks(entries: list[Entry], folded: Folded) -> tuple[Task, ...]:
    ends = {
        str(entry.body["task"]): entry
        for kind in ("task_settled", "prescription_confirmed")
        for entry in folded.of_kind(kind)
        if entry.body and entry.body.get("task") and entry.body.get("settles", True)
    }
    return tuple(
        Task(
            entry_id=entry.id,
            patient_id=str(entry.header.patient_id),
            what=str(body.get("what")),
            sentence=str(body.get("sentence")),
            due_at=datetime.fromisoformat(body["due_at"]) if body.get("due_at") else None,
            due_on=_day(body.get("due_on")),
            finding=body.get("finding"),
            settled=ends.get(entry.id),
        )
        for entry in entries
        if (body := entry.body or {})
    )


def _plan(entry: Entry) -> Plan:
    body = entry.body or {}
    return Plan(
        entry_id=entry.id,
        on_pass=int(body.get("pass", 1)),
        priority=str(body.get("priority")),
        reasons=tuple(body.get("reasons", ())),
        body=body,
        by=entry.author,
        at=entry.header.happened_at,
    )


def _day(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else None
