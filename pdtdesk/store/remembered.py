"""Records that were read before: no entry is ever changed or taken away, so that each is read and folded once.

What is kept of a record holds while the journal has as many entries of it; what a unit of work wrote is kept once it
has been committed. All of it is gone with the opened desk.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, func, select

from pdtdesk.domain.reception.fold import person_of
from pdtdesk.domain.reception.person import PersonRecord
from pdtdesk.domain.record.entry import Entry
from pdtdesk.store.tables import ENTRY

MOST_ENTRIES = 20_000
"""So many entries are kept, those of the records used last: some dozen megabytes."""

_HELD = select(func.count()).where(ENTRY.c.patient_id == bindparam("person"))
_Entries = Mapping[str, tuple[Entry, ...]]


class Remembered:
    """The entries of the records used last, by patient id, and the people that they were folded to."""

    def __init__(self, most: int = MOST_ENTRIES) -> None:
        self._most = most
        self._kept: OrderedDict[str, tuple[Entry, ...]] = OrderedDict()
        self._folded: dict[frozenset[str], tuple[_Entries, PersonRecord | None]] = {}

    def of(self, connection: Connection, patient_ids: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """Those of these records to which nothing has come since they were read."""
        found = {}
        for patient_id in patient_ids:
            kept = self._kept.get(patient_id)
            if kept is not None and connection.execute(_HELD, {"person": patient_id}).scalar() == len(kept):
                self._kept.move_to_end(patient_id)
                found[patient_id] = kept
        return found

    def person(self, entries: _Entries) -> PersonRecord | None:
        """The person of these entries, of joined records all together; folded anew unless they are the very ones that
        were folded before."""
        ids = frozenset(entries)
        of, person = self._folded.get(ids, ({}, None))
        if any(of.get(id_) is not entries[id_] for id_ in ids):
            person = person_of(entry for held in entries.values() for entry in held)
            self._folded[ids] = dict(entries), person
        return person

    def keep(self, read: _Entries) -> None:
        """Keep what a unit of work has read and written, all of it; and of the rest what was used last."""
        self._kept |= read
        for patient_id in read:
            self._kept.move_to_end(patient_id)
        left = sum(len(entries) for entries in self._kept.values())
        if left <= self._most:
            return
        while left > self._most:
            left -= len(self._kept.popitem(last=False)[1])
        self._folded = {ids: each for ids, each in self._folded.items() if ids <= self._kept.keys()}
