"""What the diary tells of those who are here, by person: read again to find who something else could happen to."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import Schedule, read
from pdtdesk.services.demonstration.diary import Diary

Told = tuple[datetime, NewEntry]
"""An entry, and the instant at which it is written down."""


@dataclass(slots=True)
class Retold:
    """One stay of somebody who is here. `answers` are the latest by question; `orders`, `doses` and what is said of
    a regime stand in the order of their writing. `asked` is the task of confirming the dose, `settled` how that
    ended."""

    arrival: NewEntry
    born: date
    answers: dict[str, str] = field(default_factory=dict)
    orders: list[NewEntry] = field(default_factory=list)
    doses: dict[str, list[Told]] = field(default_factory=lambda: defaultdict(list))
    regimes: list[NewEntry] = field(default_factory=list)
    ended: NewEntry | None = None
    asked: Told | None = None
    settled: Told | None = None

    @property
    def patient_id(self) -> str:
        """Whose stay it is."""
        return str(self.arrival.patient_id)

    @property
    def stay_id(self) -> str:
        """The stay, by the id of its arrival."""
        return str(self.arrival.id)

    @property
    def arrived_at(self) -> datetime:
        """When they came."""
        if self.arrival.happened_at is None:
            raise ValueError("An arrival of the demonstration says when it was.")
        return self.arrival.happened_at


def retold(diary: Diary) -> tuple[Retold, ...]:
    """The stays of those who have not left, in the order in which their arrivals were written."""
    entries = list(diary.told())
    born = {str(each.patient_id): _born(each.body) for _, each in entries if each.kind == "person"}
    left = {before for _, each in entries if each.kind == "arrival" for before in each.supersedes}
    stays = {
        str(each.id): Retold(each, born[str(each.patient_id)])
        for _, each in entries
        if each.kind == "arrival" and not each.supersedes and each.id not in left
    }
    for at, entry in entries:
        stay = stays.get(str(entry.body.get("stay")))
        if stay is not None:
            _add(stay, at, entry)
    return tuple(stays.values())


def _born(body: Mapping[str, Any]) -> date:
    return date.fromisoformat(str(body["born"]))


def _add(stay: Retold, at: datetime, entry: NewEntry) -> None:
    match entry.kind:
        case "triage" | "assessment":
            stay.answers |= {key: str(said["value"]) for key, said in entry.body["answers"].items()}
        case "order":
            stay.orders.append(entry)
        case "dose" | "dose_begun":
            stay.doses[str(entry.body["order"])].append((at, entry))
        case "regime":
            stay.regimes.append(entry)
        case "regime_ended":
            stay.ended = entry
        case "task" if entry.body["what"] == "confirm_dose":
            stay.asked = at, entry
        case "task_settled" if stay.asked is not None and entry.body["task"] == stay.asked[1].id:
            stay.settled = at, entry


def schedule_of(order: NewEntry) -> Schedule:
    """What an order of the diary says is given when."""
    found = read(order.body["schedule"])
    if found is None:
        raise ValueError("An order of the demonstration has a schedule.")
    return found


def medicine_of(order: NewEntry) -> Ordered:
    """What an order of the diary gives."""
    return Ordered(order.body["medicine"])
