"""Entries that were read before: none is ever changed or taken away, so that a record is read from the disk once.

What is kept of a record holds while the journal has as many entries of it; what a unit of work wrote is kept once it
has been committed. All of it is gone with the opened desk.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, func, select

from pdtdesk.domain.record.entry import Entry
from pdtdesk.store.tables import ENTRY

MOST_ENTRIES = 20_000
"""So many entries are kept, those of the records used last: some dozen megabytes."""

_HELD = select(func.count()).where(ENTRY.c.patient_id == bindparam("person"))


class Remembered:
    """The entries of the records used last, by patient id."""

    def __init__(self, most: int = MOST_ENTRIES) -> None:
        self._most = most
        self._kept: OrderedDict[str, tuple[Entry, ...]] = OrderedDict()

    def of(self, connection: Connection, patient_ids: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """Those of these records to which nothing has come since they were read."""
        found = {}
        for patient_id in patient_ids:
            kept = self._kept.get(patient_id)
            if kept is not None and connection.execute(_HELD, {"person": patient_id}).scalar() == len(kept):
                self._kept.move_to_end(patient_id)
                found[patient_id] = kept
        return found

    def keep(self, read: Mapping[str, tuple[Entry, ...]]) -> None:
        """Keep what a unit of work has read and written, all of it; and of the rest what was used last."""
        self._kept |= read
        for patient_id in read:
            self._kept.move_to_end(patient_id)
        left = sum(len(entries) for entries in self._kept.values())
        while left > self._most:
            left -= len(self._kept.popitem(last=False)[1])
