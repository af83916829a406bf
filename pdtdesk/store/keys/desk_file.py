"""What the outside of a desk says: which desk, where it stands, which slots are current. No patient is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pdtdesk.store.keys.errors import KeyFileDamaged, NotADesk
from pdtdesk.store.keys.files import read_record, write_record
from pdtdesk.store.keys.folder import DeskFolder


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk of an establishment: its id, its establishment's code, and whether it is a demonstration."""

    desk_id: str
    establishment: str
    demonstration: bool

    def fields(self) -> dict[str, Any]:
        return {
            "desk_id": self.desk_id,
            "establishment": self.establishment,
            "demonstration": self.demonstration,
        }

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "Desk":
        """Raises `ValueError` when a field is missing or of another kind."""
        desk_id, place, demo = (fields.get(k) for k in ("desk_id", "establishment", "demonstration"))
        if not (isinstance(desk_id, str) and isinstance(place, str) and isinstance(demo, bool)):
            raise ValueError("not a desk")
        return cls(desk_id, place, demo)


@dataclass(frozen=True, slots=True)
class DeskFile:
    """`desk.json`: the desk, and the generation of slots that is current."""

    desk: Desk
    generation: int


def write_desk(folder: DeskFolder, desk_file: DeskFile) -> None:
    """Say which desk this is and which slots are current, in one step."""
    write_record(folder.desk, {**desk_file.desk.fields(), "generation": desk_file.generation})


def read_desk(folder: DeskFolder) -> DeskFile:
    """Which desk lies in this folder.

    A damaged `desk.json` does not lock anybody out: the same is said in the recovery slot of the newest whole
    generation. Raises `NotADesk`, `KeyFileDamaged`, `NewerDesk`.
    """
    try:
        fields = read_record(folder.desk)
        return _desk_file(fields)
    except FileNotFoundError:
        raise NotADesk(folder.path) from None
    except ValueError:
        raise KeyFileDamaged(folder.desk) from None
    except KeyFileDamaged:
        for generation in folder.generations():
            try:
                return _desk_file(read_record(folder.recovery(generation)))
            except (OSError, ValueError, KeyFileDamaged):
                continue
        raise


def is_whole(folder: DeskFolder) -> bool:
    """Whether `desk.json` itself reads as it was written."""
    try:
        _desk_file(read_record(folder.desk))
    except (FileNotFoundError, ValueError, KeyFileDamaged):
        return False
    return True


def _desk_file(fields: Mapping[str, Any]) -> DeskFile:
    generation = fields.get("generation")
    if not isinstance(generation, int) or generation < 1:
        raise ValueError("no generation")
    return DeskFile(Desk.of(fields), generation)
