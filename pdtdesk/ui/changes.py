"""What was just written, told once to every page, so that the pages that care ask again."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Whose records were touched, and what kind of thing was written ("triage", "task", "staff"...)."""

    patients: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    @classmethod
    def of(cls, patients: Iterable[str] = (), kinds: Iterable[str] = ()) -> "ChangeSet":
        """The same from any lists."""
        return cls(frozenset(patients), frozenset(kinds))

    def touches(self, patient: str | None = None, kinds: Iterable[str] = ()) -> bool:
        """Whether a page about this person, or about these kinds of things, should ask again."""
        return (patient is not None and patient in self.patients) or not self.kinds.isdisjoint(kinds)

    def __bool__(self) -> bool:
        return bool(self.patients or self.kinds)

    def __or__(self, other: "ChangeSet") -> "ChangeSet":
        return ChangeSet(self.patients | other.patients, self.kinds | other.kinds)


class Changes(QObject):
    """`announced(ChangeSet, origin)` on the window's thread; `origin` is the page that asked, or None."""

    announced = Signal(object, object)

    def announce(self, changes: ChangeSet, origin: object = None) -> None:
        """Tell every page; nothing is said when nothing changed."""
        if changes:
            self.announced.emit(changes, origin)
