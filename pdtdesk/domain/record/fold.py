"""Folding: the state of a person is a function of the set of entries, whatever the order in which they came.

No clock decides anything here. What holds are the heads of the supersession graph; an entry whose cause has not
come yet waits, visibly; what was entered in error is as though it had not been written, and what it superseded
stands again.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pdtdesk.domain.record.entry import Entry, Json, Waiting

_Id = TypeVar("_Id", bound=Hashable)

ENTERED_IN_ERROR = "entered_in_error"
_MARKS = frozenset({ENTERED_IN_ERROR})
_FIELDS = (dict, Mapping)  # what was read is a dict: that is known at once, any other Mapping has to be asked
BESIDE = "beside"
"""The field of a body that names what it speaks of in another record, joined to its own when it was written."""
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
    return named_in(entry.header.supersedes, entry.body)


def named_in(supersedes: Iterable[str], body: Json | None) -> frozenset[str]:
    """As `causes`, of an entry whose header was not read whole."""
    named = set(supersedes)
    if not body:
        return frozenset(named)
    for name in _CAUSES:
        if isinstance(cause := body.get(name), str):
            named.add(cause)
    if isinstance(answers := body.get("answers"), _FIELDS):
        for answer in answers.values():
            if isinstance(answer, _FIELDS) and answer.get("over"):  # most answers take the place of none
                named.update(over(answer))
    if isinstance(beside := body.get(BESIDE), list | tuple):  # of a record joined to this one then
        named.difference_update(each for each in beside if isinstance(each, str))
    return frozenset(named)


def over(answer: object) -> tuple[str, ...]:
    """The entries whose answer to the same question this one takes the place of."""
    named = answer.get("over") if isinstance(answer, _FIELDS) else None
    if not named or not isinstance(named, list | tuple):
        return ()
    return tuple(each for each in named if isinstance(each, str))


def fold(entries: Iterable[Entry], beyond: Collection[str] = ()) -> Folded:
    """Fold a set of entries of one person, or of the establishment.

    Where they are a part of what is held, `beyond` are ids that are held besides: nothing waits for those.
    """
    shown = sorted(entries, key=lambda entry: (entry.order, entry.header.establishment, entry.header_bytes))
    held = {entry.id: entry for entry in shown}
    waiting = _waiting(held, beyond)
    present = {id_: entry for id_, entry in held.items() if id_ not in waiting}
    in_error = _in_error(present)
    effective = {id_: entry for id_, entry in present.items() if id_ not in in_error}
    standing = {id_: entry for id_, entry in effective.items() if entry.kind not in _MARKS}
    replaced = _replaced(present, standing, in_error)
    twins = _settled_once(standing, replaced)
    successors: dict[str, set[str]] = defaultdict(set)
    for id_, before in replaced.items():
        for superseded in before:
            successors[twins.get(superseded, superseded)].add(twins.get(id_, id_))
    return Folded(
        heads=tuple(entry for id_, entry in standing.items() if id_ not in successors and id_ not in twins),
        effective=tuple(effective.values()),
        in_error=in_error,
        waiting=tuple(Waiting(held[id_], tuple(sorted(waiting[id_]))) for id_ in held if id_ in waiting),
        conflicts=_conflicts(present, successors),
    )


def reached(start: Iterable[_Id], through: Mapping[_Id, Iterable[_Id]]) -> frozenset[_Id]:
    """What is replaced: each id that is named, and past a void one, all that the void one had replaced."""
    found: set[_Id] = set()
    waiting = list(start)
    while waiting:
        id_ = waiting.pop()
        if id_ not in found:
            found.add(id_)
            waiting.extend(through.get(id_, ()))
    return frozenset(found)


def _replaced(
    present: Mapping[str, Entry], standing: Mapping[str, Entry], in_error: Mapping[str, Entry]
) -> dict[str, frozenset[str]]:
    """What each entry stands in place of. A correction of a void entry corrects what the void one had corrected."""
    void = {id_: present[id_].header.supersedes for id_ in in_error if present[id_].kind not in _MARKS}
    return {id_: reached(entry.header.supersedes, void) - {id_} for id_, entry in standing.items()}


def _waiting(held: Mapping[str, Entry], beyond: Collection[str]) -> dict[str, set[str]]:
    """Entries that name what is not here, or what itself waits: id to the ids it waits for."""
    named = {id_: causes(entry).difference(beyond) for id_, entry in held.items()}
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

    return {id_: mark for id_ in marks if id_ in present and (mark := mark_of(id_, frozenset())) is not None}


def _settled_once(standing: Mapping[str, Entry], replaced: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """The same settlement made twice is one: the first shown stands for both (second id to first id).

    What was written over either is written over both; so settlements of settlements are looked at in turn.
    """
    settlements = {
        id_: entry
        for id_, entry in standing.items()
        if len(entry.header.supersedes) > 1 and entry.body_bytes is not None
    }
    twins: dict[str, str] = {}
    grown = True
    while grown:
        grown = False
        first: dict[tuple[str, frozenset[str], bytes], str] = {}
        for id_, entry in settlements.items():
            settled = frozenset(twins.get(each, each) for each in replaced[id_])
            stands = first.setdefault((entry.kind, settled, entry.body_bytes or b""), id_)
            if stands != id_ and id_ not in twins:
                twins[id_] = stands
                grown = True
    return twins


def _conflicts(present: Mapping[str, Entry], successors: Mapping[str, set[str]]) -> tuple[Conflict, ...]:
    """Where the successors of one entry, void or not, end in more than one head.

    Of two such sets of heads where one lies within the other, only the wider is told.
    """
    found: dict[frozenset[str], str] = {}
    for id_ in (id_ for id_ in present if len(successors.get(id_, ())) > 1):
        ends = frozenset(end for end in reached(successors[id_], successors) if end not in successors)
        if len(ends) > 1:
            found.setdefault(ends, id_)
    return tuple(
        Conflict(of, tuple(entry for id_, entry in present.items() if id_ in ends))
        for ends, of in found.items()
        if not any(ends < wider for wider in found)
    )
