"""What was written at the desk before tonight, in the order in which it was written."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.staff import Author
from pdtdesk.services.demonstration.evening import StandingClock
from pdtdesk.services.ports import AuditLine, DeskStore

INSTANTS_AT_ONCE = 600
"""Instants written in one unit of work: whoever is written of in it is folded once at its end."""


class Diary:
    """Entries by the instant at which they were written down; they are put into the journal in that order."""

    def __init__(self) -> None:
        self._written: dict[datetime, list[NewEntry]] = defaultdict(list)

    def write(self, at: datetime, *entries: NewEntry) -> None:
        """Have these entries written at an instant."""
        self._written[at].extend(entries)

    def told(self) -> Iterator[tuple[datetime, NewEntry]]:
        """All that it holds with the instant of writing, in the order in which it will be put into the journal."""
        for at in sorted(self._written):
            for entry in self._written[at]:
                yield at, entry

    def take_back(self, at: datetime, entry: NewEntry) -> None:
        """Have something not written after all: another telling of it takes its place, or nobody wrote it down."""
        self._written[at] = [each for each in self._written[at] if each is not entry]

    @property
    def entries(self) -> int:
        """How many entries it holds."""
        return sum(map(len, self._written.values()))

    def into(self, store: DeskStore, clock: StandingClock, author: Author) -> None:
        """Put everything into the desk's journal, the clock set to each instant in turn."""
        instants = sorted(self._written)
        for start in range(0, len(instants), INSTANTS_AT_ONCE):
            with store.work() as work:
                with work.folding_once():
                    for at in instants[start : start + INSTANTS_AT_ONCE]:
                        clock.at = at
                        work.append(self._written[at])
                work.audit(AuditLine(clock.at, author, "wrote the demonstration", detail="invented people"))


Staff = Mapping[str, Author]
"""Who writes, by account."""
