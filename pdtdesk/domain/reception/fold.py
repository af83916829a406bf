"""From the entries of a person to the record a nurse reads: a function of the set.

In a triage each *answer* supersedes an answer (`over` names the entries that held it), so that two nurses who ask
different questions of one person do not contend, and the author of every answer stays true.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from pdtdesk.domain.reception.answers import Answer, Held, HeldAnswer
from pdtdesk.domain.reception.person import Identity, PersonRecord, Plan, Score, Stay, TakenIn, Task
from pdtdesk.domain.reception.questions import LOOKS
from pdtdesk.domain.reception.standing import takes_nothing
from pdtdesk.domain.record.entry import Entry
from pdtdesk.domain.record.fold import Folded, fold, over, reached
from pdtdesk.domain.staff import Author

_ANSWERED = ("triage", "assessment")
"""Kinds of entries that hold answers: what a regime is decided on is answered like what reception asks."""

_ONCE = timedelta(days=1)
"""Nobody leaves a prison and is received there again within it under another record."""


def person_of(entries: Iterable[Entry]) -> PersonRecord | None:
    """Fold the entries of one person, joined records together; None where no identity has come yet."""
    held = {entry.id: entry for entry in entries}
    folded = fold(held.values())
    people = folded.of_kind("person")
    if not people:
        return None
    ids = tuple(sorted({entry.header.patient_id for entry in held.values() if entry.header.patient_id}))
    identities = tuple(_identity(entry) for entry in people)
    # While two desks' corrections of one arrival contend it is one stay still, shown by the later of the two.
    arrivals = _arrivals({_root(arrival, held): arrival for arrival in folded.of_kind("arrival")})
    answers = _answers(folded, held.values(), {id_: list(each)[-1] for each in arrivals for id_ in each})
    stays = tuple(_stay(each, folded, answers, held) for each in arrivals)
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
        sex=_words(body.get("sex")),
        prison_number=_words(body.get("prison_number")),
        nhs_number=_words(body.get("nhs_number")),
    )


_Arrivals = Mapping[str, Entry]
"""Stay id to the entry of its arrival as it stands, in the order in which they came."""


def _arrivals(by_id: _Arrivals) -> list[_Arrivals]:
    """The arrivals of each stay: those of two joined records within a day are one that was taken in twice."""
    stays: list[dict[str, Entry]] = []
    # From the latest back, each to its nearest: the stay somebody is in now never loses its other half.
    for id_, arrival in sorted(by_id.items(), key=_came, reverse=True):
        record, at = arrival.header.patient_id, arrival.header.happened_at
        near = [
            (min(each.header.happened_at - at for each in stay.values()), number)
            for number, stay in enumerate(stays)
            if record not in {each.header.patient_id for each in stay.values()}
        ]
        if near and min(near)[0] <= _ONCE:
            stays[min(near)[1]][id_] = arrival
        else:
            stays.append({id_: arrival})
    return [dict(sorted(stay.items(), key=_came)) for stay in reversed(stays)]


def _came(arrival: tuple[str, Entry]) -> tuple[datetime, str]:
    return arrival[1].header.happened_at, arrival[0]


_Node = tuple[str, str, str]
"""One answer in the journal: the stay it was given in, the entry that holds it, and the question's key."""


def _answers(folded: Folded, held: Iterable[Entry], stay_of: Mapping[str, str]) -> Mapping[str, Held]:
    """Stay id to the answers that stand in it, in the order in which they were given.

    `stay_of` gives the id by which a stay goes for each id by which an entry may name it.
    """
    nodes: dict[_Node, tuple[Entry, object]] = {
        (stay_of.get(stay := str(body.get("stay")), stay), entry.id, key): (entry, answer)
        for entry in held
        if entry.kind in _ANSWERED and (body := entry.body)
        for key, answer in _mapping(body.get("answers")).items()
    }
    heads = {entry.id: place for place, entry in enumerate(folded.heads)}
    # An answer of a void or corrected triage holds nothing back itself; what is over it is over what it was over.
    named = {node: before for node, given in nodes.items() if (before := _before(node, *given))}
    through = {node: before for node, before in named.items() if node[1] not in heads}
    standing = {node: given for node, given in nodes.items() if node[1] in heads}
    replaced = {
        each
        for node in named.keys() & standing.keys()
        for each in reached(named[node], through) - {node}
        if each not in nodes or not takes_nothing(node[2], _said(nodes[node]), _said(nodes[each]))
    }
    alike: dict[tuple[str, str], dict[tuple[str | None, str | None], list[tuple[Entry, Answer]]]] = {}
    for node, (entry, given) in sorted(standing.items(), key=lambda item: (heads[item[0][1]], item[0])):
        if node not in replaced and (answer := _answer(entry, given)) is not None:
            same = alike.setdefault((node[0], node[2]), {})
            same.setdefault((answer.value, answer.not_asked), []).append((entry, answer))
    confirmed = _confirmations(folded)
    stays: dict[str, dict[str, tuple[HeldAnswer, ...]]] = defaultdict(dict)
    for (stay, key), each in alike.items():
        asked = [same for (value, _), same in each.items() if value is not None]
        stands = asked if asked and key not in LOOKS else each.values()  # asked once is asked
        stays[stay][key] = tuple(_held(key, stay, same, confirmed) for same in stands)
    return stays


def _before(node: _Node, entry: Entry, answer: object) -> tuple[_Node, ...]:
    ids = (*over(answer), *entry.header.supersedes)
    return tuple((node[0], id_, node[2]) for id_ in ids) if ids else ()


def _said(given: tuple[Entry, object]) -> str | None:
    return _words(_mapping(given[1]).get("value"))


def _answer(entry: Entry, given: object) -> Answer | None:
    """An answer as it was given; None for one in the words of a newer desk, which the timeline alone shows."""
    said = _mapping(given)
    value, not_asked = _words(said.get("value")), _words(said.get("not_asked"))
    if (value is None) == (not_asked is None):
        return None
    at = _instant(said.get("at")) or entry.header.happened_at
    return Answer(by=entry.author, at=at, value=value, not_asked=not_asked)


def _held(
    key: str,
    stay: str,
    alike: list[tuple[Entry, Answer]],
    confirmed: Mapping[tuple[str, str], tuple[Author, datetime]],
) -> HeldAnswer:
    ids = tuple([entry.id for entry, _ in alike])
    eyes = [confirmed[(id_, key)] for id_ in ids if (id_, key) in confirmed] if confirmed else ()
    return HeldAnswer(
        answer=max((each for _, each in alike), key=lambda each: each.at) if key in LOOKS else alike[0][1],
        entries=ids,
        stay=stay,
        confirmed=max(eyes, key=lambda eye: eye[1]) if eyes else None,
    )


def _confirmations(folded: Folded) -> Mapping[tuple[str, str], tuple[Author, datetime]]:
    """(entry id, question key) to who last confirmed that answer, and when."""
    seen: dict[tuple[str, str], tuple[Author, datetime]] = {}
    for entry in folded.of_kind("confirmed"):
        body = entry.body or {}
        keys = body.get("keys")
        for key in keys if isinstance(keys, list | tuple) else ():
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


def _stay(arrivals: _Arrivals, folded: Folded, answers: Mapping[str, Held], held: Mapping[str, Entry]) -> Stay:
    id_, arrival = list(arrivals.items())[-1]
    bodies = [each.body or {} for each in arrivals.values()]
    latest = sorted(arrivals.values(), key=lambda each: each.header.recorded_at)
    cells = [cell for each in latest if (cell := _words((each.body or {}).get("location")))]

    def mine(kind: str) -> list[Entry]:
        return [entry for entry in folded.of_kind(kind) if entry.body and entry.body.get("stay") in arrivals]

    given = answers.get(id_, {})
    return Stay(
        taken_in=tuple(
            TakenIn(each, entry.header.happened_at, _words(body.get("list_key")))
            for (each, entry), body in zip(arrivals.items(), bodies, strict=True)
        ),
        establishment=arrival.header.establishment,
        arrival=bodies[-1],
        location=cells[-1] if cells else None,
        answers=given,
        scores=tuple(_score(entry) for entry in mine("score")),
        tasks=_tasks(mine("task"), folded),
        plans=tuple(_plan(entry) for entry in mine("plan")),
        confirmations=tuple(mine("confirmed")),
        contended=tuple(sorted(key for key, each in given.items() if len(each) > 1)),
        voided=_voided(arrivals, folded, held),
    )


def _voided(arrivals: _Arrivals, folded: Folded, held: Mapping[str, Entry]) -> Mapping[str, datetime]:
    """When a look of this stay was last marked as entered in error: an older one says nothing by itself."""
    voided: dict[str, datetime] = {}
    for id_, mark in folded.in_error.items():
        body = (entry.body or {}) if (entry := held.get(id_)) and entry.kind == "triage" else {}
        for key in LOOKS & _mapping(body.get("answers")).keys() if body.get("stay") in arrivals else ():
            voided[key] = max(mark.header.happened_at, voided.get(key, mark.header.happened_at))
    return voided


def _root(arrival: Entry, held: Mapping[str, Entry]) -> str:
    """A corrected arrival keeps the id of the stay that it corrects, even where a correction between was void."""
    seen = {arrival.id}
    while arrival.header.supersedes and (before := held.get(arrival.header.supersedes[0])) and before.id not in seen:
        arrival = before
        seen.add(arrival.id)
    return arrival.id


def _score(entry: Entry) -> Score:
    body = entry.body or {}
    return Score(
        entry_id=entry.id,
        scale=str(body.get("scale")),
        items={key: value for key, value in _mapping(body.get("items")).items() if isinstance(value, int)},
        total=_whole(body.get("total")),
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
            due_at=_instant(body.get("due_at")),
            due_on=_day(body.get("due_on")),
            finding=_words(body.get("finding")),
            settled=ends.get(entry.id),
        )
        for entry in entries
        if (body := entry.body or {})
    )


def _plan(entry: Entry) -> Plan:
    body = entry.body or {}
    reasons = body.get("reasons")
    return Plan(
        entry_id=entry.id,
        on_pass=_whole(body.get("pass")) or 1,
        priority=str(body.get("priority")),
        reasons=tuple(str(reason) for reason in reasons) if isinstance(reasons, list | tuple) else (),
        body=body,
        by=entry.author,
        at=entry.header.happened_at,
    )


# A newer desk may have written other words than these: what does not read as expected counts as not known, so that
# one entry does not close a whole record. The timeline shows it as it was written.


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _words(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _instant(value: object) -> datetime | None:
    try:
        instant = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return instant if instant is not None and instant.tzinfo is not None else None
