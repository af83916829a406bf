"""The invented prison as it is described in `resources/demo`: its name, staff, cells, and whence people come.

Those files belong to the product; one that cannot be read is a fault of the installation and raises as it is.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pdtdesk.domain.staff import Establishment
from pdtdesk.services.acting import LEASE
from pdtdesk.services.ports import FirstMember, Founding


@dataclass(frozen=True, slots=True)
class NameGroup:
    """Forenames and surnames that go together, and how often the group is drawn."""

    weight: int
    forenames: tuple[str, ...]
    surnames: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pharmacy:
    """An invented pharmacy, with the team that prescribes through it; the telephone is one kept for drama."""

    name: str
    phone: str
    hours: str
    prescriber: str


@dataclass(frozen=True, slots=True)
class Prison:
    """The invented prison. `places` are whence people come, by weight; `cells` all but those of the first night."""

    establishment: Establishment
    elsewhere: tuple[Establishment, ...]
    desk_name: str
    password: str
    staff: tuple[FirstMember, ...]
    present: int
    first_night: str
    cells: tuple[str, ...]
    places: tuple[tuple[str, int], ...]
    pharmacies: tuple[Pharmacy, ...]
    names: tuple[NameGroup, ...]

    @property
    def founding(self) -> Founding:
        """What the demonstration desk is set up with; the desk is marked as a demonstration for ever."""
        return Founding(self.establishment, self.desk_name, self.staff, LEASE, demonstration=True)


def demonstration_folder() -> Path:
    """Where the invented prison is described, beside the code."""
    return Path(__file__).resolve().parents[3] / "resources" / "demo"


def load_prison(folder: Path | None = None) -> Prison:
    """The invented prison from its files."""
    folder = folder or demonstration_folder()
    told, names = _read(folder / "prison.toml"), _read(folder / "names.toml")
    password = str(told["password"])
    return Prison(
        establishment=_establishment(told["establishment"]),
        elsewhere=tuple(map(_establishment, told["elsewhere"])),
        desk_name=told["desk"],
        password=password,
        staff=tuple(
            FirstMember(each["account"], each["name"], each["role"], password, each.get("registration"))
            for each in told["staff"]
        ),
        present=told["present"],
        first_night=told["cells"]["first_night"],
        cells=_cells(told["cells"]),
        places=tuple((each["place"], each["weight"]) for each in told["from"]),
        pharmacies=tuple(Pharmacy(**each) for each in told["pharmacy"]),
        names=tuple(
            NameGroup(each["weight"], tuple(each["forenames"]), tuple(each["surnames"])) for each in names["group"]
        ),
    )


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


def _establishment(told: Mapping[str, str]) -> Establishment:
    return Establishment(told["code"], told["name"])


def _cells(told: Mapping[str, Any]) -> tuple[str, ...]:
    """One name for each bed, `A2-07`: two people in a cell stand there twice."""
    return tuple(
        f"{wing}{landing}-{number:02}"
        for wing in told["wings"]
        for landing in range(1, told["landings"] + 1)
        if f"{wing}{landing}" != told["first_night"]
        for number in range(1, told["on_a_landing"] + 1)
        for _ in range(told["beds"])
    )
