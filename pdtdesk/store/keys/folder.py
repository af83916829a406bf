"""The folder of a desk, and the name of everything in it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DeskFolder:
    """The folder of one desk, and the name of everything in it."""

    path: Path

    @property
    def desk(self) -> Path:
        return self.path / "desk.json"

    @property
    def database(self) -> Path:
        return self.path / "desk.db"

    @property
    def attempts(self) -> Path:
        return self.path / "attempts.json"

    @property
    def attempts_lock(self) -> Path:
        return self.path / "attempts.lock"

    @property
    def window_lock(self) -> Path:
        return self.path / "desk.lock"

    @property
    def keys_lock(self) -> Path:
        return self.path / "keys.lock"

    @property
    def folder_secret(self) -> Path:
        """The desk secret of a demonstration desk, and of no other."""
        return self.path / "demonstration-secret.json"

    @property
    def on_paper(self) -> Path:
        """There once somebody has proved that the recovery code in force is on paper."""
        return self.path / "recovery-on-paper"

    @property
    def slots(self) -> Path:
        return self.path / "slots"

    def generation(self, number: int) -> Path:
        return self.slots / str(number)

    def slot(self, generation: int, account: str) -> Path:
        return self.generation(generation) / f"{account}.json"

    def recovery(self, generation: int) -> Path:
        return self.generation(generation) / "recovery.json"

    def generations(self) -> tuple[int, ...]:
        """The slot generations that lie here, newest first."""
        if not self.slots.is_dir():
            return ()
        numbers = [int(p.name) for p in self.slots.iterdir() if p.name.isascii() and p.name.isdigit()]
        return tuple(sorted(numbers, reverse=True))

    def accounts(self, generation: int) -> tuple[str, ...]:
        """Those who have a slot in this generation, in alphabetical order."""
        found = sorted(p.stem for p in self.generation(generation).glob("*.json") if not p.name.startswith("."))
        return tuple(name for name in found if name != "recovery")
