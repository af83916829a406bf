"""Entries of one treatment, valid by default, and the treatment they are folded to."""

from datetime import date, timedelta
from typing import Any

from pdtdesk.domain.reception.fold import person_of
from pdtdesk.domain.record.entry import Entry
from pdtdesk.domain.regime.fold import treatment_of
from pdtdesk.domain.regime.treatment import Treatment
from tests.domain.reception.records import ADMITTED
from tests.domain.record.entries import an_entry

FIRST = date(2010, 6, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def a_regime(id_: str, *over: str, first: int = 0, minute: int = 0, **body: Any) -> Entry:
    """Maintenance on methadone, in the place of what it names."""
    said = {"stay": "s", "class": "maintenance", "medicine": "methadone", "from": day(first).isoformat()}
    return an_entry(id_, *over, kind="regime", body={**said, "replaces": [*over], **body}, minute=minute)


def an_order(id_: str, *over: str, first: int = 0, last: int | None = None, minute: int = 0, **body: Any) -> Entry:
    """Methadone 40 mg every morning, in the place of what it names."""
    until = None if last is None else day(last).isoformat()
    stretch = {"from": day(first).isoformat(), "to": until, "doses": [["morning", "40 mg"]]}
    said = {"stay": "s", "medicine": "methadone", "from": day(first).isoformat(), "schedule": [stretch]}
    return an_entry(id_, *over, kind="order", body={**said, "replaces": [*over], **body}, minute=minute)


def an_end(id_: str, *over: str, kind: str = "order_ended", first: int = 0, **body: Any) -> Entry:
    """The end of something, by the first day without it."""
    said = {"stay": "s", "from": day(first).isoformat(), "replaces": [*over]}
    return an_entry(id_, *over, kind=kind, body={**said, **body})


def a_dose(id_: str, *over: str, on: int = 0, minute: int = 0, kind: str = "dose", **body: Any) -> Entry:
    """Forty milligrams, taken in the morning."""
    said = {"stay": "s", "order": "o", "course": "o", "day": day(on).isoformat(), "slot": "morning"}
    taken = {"medicine": "methadone", "ordered": "40 mg", "outcome": "taken"}
    return an_entry(id_, *over, kind=kind, body={**said, **taken, **body}, minute=minute)


def folded(*entries: Entry) -> Treatment:
    person = person_of((*ADMITTED, *entries))
    assert person is not None
    return treatment_of(person)


def spans(found: Treatment) -> dict[str, tuple[date, date | None]]:
    return {each.entry_id: (each.since, each.until) for each in (*found.regimes, *found.orders)}
