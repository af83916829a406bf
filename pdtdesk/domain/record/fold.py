"""Folding: the state of a person is a function of the set of entries, whatever the order in which they came.

No clock decides anything here. What holds are the heads of the supersession graph; an entry whose cause has not
come yet waits, visibly; what was entered in error is as though it had not been written, and what it superseded
stands again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pdtdesk.domain.record.entry import Entry, Waiting

ENTERED_IN_ERROR = "entered_in_error"
_MARKS = frozenset({ENTERED_IN_ERROR})
_CAUSES = ("of", "stay", "task")  # fields of a body that name another entry of the same person


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more entries that each took the place of the same one, not knowing of the other.

    `of` is the entry both superseded; `heads` are those that stand now, side by side, until a person settles it.
    """

    of: str
    heads: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """What holds of a set of entries.

    `heads` in the order in which they are shown; `effective` all that is neither waiting nor void, superseded
    or not; `in_error` maps a void entry's id to the mark that made it so; `waiting` what waits for its cause.
    """

    heads: tuple[Entry, ...]
    effective: tuple[Entry, ...]
    in_error: Mapping[str, Entry]
    waiting: tuple[Waiting, ...]
    conflicts: tuple[Conflict, ...]

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """The heads of one kind, oldest first."""
        return tuple(entry for entry in self.heads if entry.kind == kind)


def causes(entry: Entry) -> frozenset[str]:
    """The ids that an entry speaks of, and without which it cannot be understood."""
    named = set(entry.header.supersedes)
    body = entry.body or {}
    named.update(body[name] for name in _CAUSES if isinstance(body.get(name), str))
    if isinstance(answers := body.get("answers"), Mapping):
        for answer in answers.values():
            named.update(answer.get("over", ()))
    return frozenset(named)


def fold(entries: Iterable[Entry]) -> Folded:
    """Fold a set of entries of one person, or of the establishment."""
    held = {entry.id: entry for entry in sorted(entries, key=lambda entry: entry.order)}
    waiting = _waiting(held)
    present = {id_: entry for id_, entry in held.items() if id_ not in waiting}
    in_error = _in_error(present)
    effective = {id_: entry for id_, entry in present.items() if id_ not in in_error}
    successors: dict[str, list[Entry]] = defaultdict(list)
    for entry in effective.values():
        if entry.kind not in _MARKS:
            for superseded in entry.header.supersedes:
                successors[superseded].append(entry)
    heads = tuple(entry for id_, entry in effective.items() if id_ not in successors and entry.kind not in _MARKS)
    heads, twins = _settled_once(heads)
    return Folded(
        heads=heads,
        effective=tuple(effective.values()),
        in_error=in_error,
        waiting=tuple(Waiting(held[id_], tuple(sorted(missing))) for id_, missing in waiting.items()),
        conflicts=_conflicts(effective, successors, twins),
    )


def _waiting(held: Mapping[str, Entry]) -> dict[str, set[str]]:
    """Entries that name what is not here, or what itself waits: id to the ids it waits for."""
    named = {id_: causes(entry) for id_, entry in held.items()}
    waiting: dict[str, set[str]] = {}
    grown = True
    while grown:
        grown = False
        for id_, ids in named.items():
            missing = {cause for cause in ids if cause not in held or cause in waiting}
            if missing - waiting.get(id_, set()):
                waiting[id_] = missing
                grown = True
    return waiting


def _in_error(present: Mapping[str, Entry]) -> dict[str, Entry]:
    """What is void, and the mark that made it so. A mark that was itself entered in error marks nothing."""
    marks: dict[str, list[Entry]] = {}
    for entry in present.values():
        if entry.kind == ENTERED_IN_ERROR:
            for target in entry.header.supersedes:
                marks.setdefault(target, []).append(entry)
    known: dict[str, Entry | None] = {}

    def mark_of(id_: str, path: frozenset[str]) -> Entry | None:
        if id_ in known or id_ in path:
            return known.get(id_)
        found = None
        for mark in marks.get(id_, ()):
            if mark_of(mark.id, path | {id_}) is None:
                found = mark
                break
        known[id_] = found
        return found

    return {id_: mark for id_ in marks if (mark := mark_of(id_, frozenset())) is not None}


def _settled_once(heads: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], Mapping[str, str]]:
    """The same settlement made twice is one: the first shown stands for both (second id to first id)."""
    first: dict[tuple[str, tuple[str, ...], bytes], str] = {}
    twins: dict[str, str] = {}
    for entry in heads:
        if len(entry.header.supersedes) < 2 or entry.body_bytes is None:
            continue
        key = (entry.kind, tuple(sorted(entry.header.supersedes)), entry.body_bytes)
        if key in first:
            twins[entry.id] = first[key]
        else:
            first[key] = entry.id
    return tuple(entry for entry in heads if entry.id not in twins), twins


def _conflicts(
    effective: Mapping[str, Entry], successors: Mapping[str, list[Entry]], twins: Mapping[str, str]
) -> tuple[Conflict, ...]:
    found: dict[tuple[str, ...], Conflict] = {}
    for id_, next_ones in successors.items():
        if len(next_ones) < 2:
            continue
        ends: set[str] = set()
        seen: set[str] = set()
        stack = list(next_ones)
        while stack:
            entry = stack.pop()
            if entry.id in seen:
                continue
            seen.add(entry.id)
            following = successors.get(entry.id, [])
            if following:
                stack.extend(following)
            else:
                ends.add(twins.get(entry.id, entry.id))
        if len(ends) > 1:
            heads = tuple(sorted((effective[end] for end in ends), key=lambda entry: entry.order))
            found.setdefault(tuple(head.id for head in heads), Conflict(id_, heads))
    return tuple(found.values())
