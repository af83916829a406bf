"""A desk as a large prison has it after years: 100,000 people, and a journal of 100,000 or a million entries.

What is measured is written by the product itself; the rest is put in by the hundred thousand, in rows of the same
form and size, signed once for all.
"""

import json
import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from factories import CHEAP, EVENING, PASSWORD, SetClock, TestDesk, a_draft, an_arrival
from sqlalchemy import Connection, insert

from pdtdesk.domain.names import fold as fold_name
from pdtdesk.domain.record.entry import ChainHead, Entry, NewEntry
from pdtdesk.domain.staff import Author
from pdtdesk.protocol.seal import Desk, seal
from pdtdesk.services.ports import ArrivalRow
from pdtdesk.services.reception import people, triage
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.store.door import DeskDoor
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.members import Argon2Cost
from pdtdesk.store.keys.secret import FolderSecrets
from pdtdesk.store.projections import folded_name
from pdtdesk.store.tables import ENTRY, PERSON, SEARCH, stored
from tests.documents.an_evening import SPARROW

PEOPLE = 100_000
ENTRIES = 1_000_000 if os.environ.get("PDTDESK_LONG") else 100_000
TIMELINE = 300
_SLICES = 25
_SURNAMES = (
    *("Adeyemi", "Barlow", "Castell", "Dunne", "Evans", "Farrow", "Grieves", "Hale", "Iqbal", "Jarvis", "Kovacs"),
    *("Lund", "Marsh", "Naylor", "Osborne", "Pryce", "Quill", "Redfern", "Sparrow", "Tiller", "Underhill", "Vance"),
    *("Wren", "Yardley", "Zielinski"),
)
_FORENAMES = (
    *("Aaron", "Ben", "Callum", "Daniel", "Errol", "Farid", "Gary", "Hugh", "Ivan", "Jamal", "Kieran", "Liam"),
    *("Marek", "Nathan", "Omar", "Piotr", "Quentin", "Ryan", "Steven", "Tariq", "Umar", "Victor", "Wayne", "Yusuf"),
    "Zack",
)


@dataclass(frozen=True, slots=True)
class BigDesk:
    """The desk, the person with a long timeline on it, and how many entries its journal holds."""

    desk: TestDesk
    patient_id: str
    entries: int


def fill(desk: TestDesk) -> BigDesk:
    """Write the years: the measured person's own entries lie among everybody's, as they would."""
    came = an_arrival(surname="Longstay", prison_number="A4199LT", arrived_at=EVENING - timedelta(days=40))
    assert take_in(desk.acting(), [(2, came)]).taken == 1
    (row,) = arrivals(desk)
    other = Desk(desk.store.desk.establishment, "0190a000-0000-7000-8000-00000000000b", lambda _: bytes(64))
    each = ENTRIES // PEOPLE
    seq = 0
    for number in range(_SLICES):
        first, last = PEOPLE * number // _SLICES, PEOPLE * (number + 1) // _SLICES
        with desk.store.work() as work:
            work.connection.execute(insert(ENTRY), list(_rows(other, range(first, last), each, seq)))
            _know(work.connection, range(first, last))
        seq += (last - first) * each
        _write_some(desk, row, TIMELINE // _SLICES)
    with desk.store.reading() as work:
        held = work.timeline(row.patient_id, TIMELINE)
    assert len(held) == TIMELINE
    rest()
    return BigDesk(desk, row.patient_id, seq)


def rest() -> None:
    """Until the disk has what was written: else what is measured next waits for that."""
    if hasattr(os, "sync"):
        os.sync()


def copied(desk: TestDesk, folder: Path) -> TestDesk:
    """The same desk once more, in a folder of its own, for a test that writes in it."""
    shutil.copytree(desk.folder.path, folder)
    rest()
    copy = replace(desk, folder=DeskFolder(folder), clock=SetClock(desk.clock.at))
    return reopened(copy, CHEAP)


def reopened(desk: TestDesk, cost: Argon2Cost) -> TestDesk:
    """A desk behind a door that nobody has gone through since the start; with `CHEAP` the nurse has."""
    door = DeskDoor(desk.folder, FolderSecrets(desk.folder), clock=desk.clock, random_bytes=os.urandom, cost=cost)
    store = door.enter("nurse", PASSWORD).store if cost is CHEAP else desk.store
    return replace(desk, door=door, store=store)


def arrivals(desk: TestDesk) -> tuple[ArrivalRow, ...]:
    return people.arrivals(desk.acting(), EVENING - timedelta(days=1))


def an_arrival_for(desk: TestDesk, number: int) -> ArrivalRow:
    """Somebody new who has come in tonight and has not been seen yet."""
    name = f"Newcomer{number:05d}"
    took = take_in(desk.acting(), [(2, an_arrival(surname=name, prison_number=f"B{number % 10000:04d}CK"))])
    assert took.taken == 1, took
    return next(row for row in arrivals(desk) if row.surname == name)


def a_whole_triage(desk: TestDesk, row: ArrivalRow):
    """The draft of both passes: some seventy answers and a scale."""
    acting = desk.acting()
    return a_draft(row.stay, row.patient_id, dict(SPARROW), updated_by=acting.who)


def with_history(desk: TestDesk, number: int) -> ArrivalRow:
    """Somebody known from a stay before this one, of whom everything was asked then."""
    row = an_arrival_for(desk, number)
    triage.save(desk.acting(), a_whole_triage(desk, row), 2)
    desk.clock.advance(hours=3)
    again = an_arrival(
        surname=row.surname, prison_number=row.prison_number, arrived_at=desk.clock.now() - timedelta(minutes=5)
    )
    assert take_in(desk.acting(), [(2, again)]).taken == 1
    return next(each for each in arrivals(desk) if each.surname == row.surname and each.stay != row.stay)


def _write_some(desk: TestDesk, row: ArrivalRow, entries: int) -> None:
    """A few more entries of the measured person, as a nurse writes them: scores and what was answered."""
    nurse = desk.acting().who
    desk.clock.advance(hours=1)
    with desk.store.work() as work:
        work.append([_score(row, nurse, at) if at % 3 else _triage(row, nurse, at) for at in range(entries)])


def _score(row: ArrivalRow, nurse: Author, at: int) -> NewEntry:
    items = {"pulse": at % 3, "sweating": 1, "restlessness": 1, "pupils": 2, "aching": 1, "tremor": 0, "yawning": 1}
    body = {"stay": row.stay, "scale": "cows", "items": items, "total": None}
    return NewEntry("reception", "score", body, nurse, row.patient_id)


def _triage(row: ArrivalRow, nurse: Author, at: int) -> NewEntry:
    keys = sorted(SPARROW)[at % 40 : at % 40 + 8]
    answers = {key: {"at": EVENING.isoformat(), "over": [], "value": SPARROW[key]} for key in keys}
    return NewEntry("reception", "triage", {"stay": row.stay, "answers": answers}, nurse, row.patient_id)


def _rows(desk: Desk, numbers: range, each: int, seq: int) -> Iterator[dict[str, object]]:
    """Rows of the journal for these people: one entry's bytes, with ids, times and names of its own in every row."""
    head, body = _template(desk)
    chance = random.Random(numbers.start)
    for number in numbers:
        patient, surname, forenames = _person(number)
        for which in range(each):
            seq += 1
            at = EVENING - timedelta(days=2000) + timedelta(minutes=2 * seq)
            id_ = str(UUID(int=(int(at.timestamp() * 1000) << 80) | (7 << 76) | (2 << 62) | chance.getrandbits(60)))
            yield {
                "establishment": desk.establishment,
                "id": id_,
                "patient_id": patient,
                "kind": "person" if not which else "triage",
                "happened_at": stored(at),
                "desk_id": desk.id,
                "desk_seq": seq,
                "header": head.replace(b"THE-ID", id_.encode()).replace(b"THE-PATIENT", patient.encode()),
                "signature": bytes(64),
                "salt": bytes(16),
                "body": body.replace(b"THE-NAME", f"{surname} {forenames}".encode()),
            }


def _template(desk: Desk) -> tuple[bytes, bytes]:
    nurse = Author("0190a000-0000-7000-8000-00000000000a", "R. Adeyemi", "nurse")
    new = NewEntry("reception", "person", {"surname": "THE-NAME", "words": "w" * 300}, nurse, "THE-PATIENT")
    entry: Entry = seal(new, desk, ChainHead(), id_="THE-ID", salt=bytes(16), recorded_at=EVENING)[0]
    assert entry.body_bytes is not None
    assert json.loads(entry.header_bytes)["id"] == "THE-ID"
    return entry.header_bytes, entry.body_bytes


def _person(number: int) -> tuple[str, str, str]:
    surname = _SURNAMES[number % len(_SURNAMES)] + ("" if number % 7 else f"-{_SURNAMES[number // 7 % 25]}")
    forenames = f"{_FORENAMES[number // 25 % 25]} {_FORENAMES[number // 625 % 25]}"
    return str(UUID(int=(0x0180 << 112) | (number << 80) | (7 << 76) | (2 << 62) | number)), surname, forenames


def _know(connection: Connection, numbers: range) -> None:
    """Put these people where the search finds them, in the words in which the product itself puts them there."""
    known, words = [], []
    for number in numbers:
        patient, surname, forenames = _person(number)
        prison_number = f"{chr(65 + number // 10000 % 26)}{number % 10000:04d}{chr(65 + number // 260000 % 26)}X"
        cell = f"{'ABCD'[number % 4]}{number % 4 + 1}-{number % 40 + 1:02d}"
        known.append(
            {
                "number": number + 1000,
                "patient_id": patient,
                "group_id": patient,
                "joined": 0,
                "surname": surname,
                "forenames": forenames,
                "folded": folded_name(surname, forenames),
                "born": f"{1950 + number % 40}-0{number % 9 + 1}-{number % 28 + 1:02d}",
                "sex": "male",
                "prison_number": prison_number,
                "nhs_number": f"{4_000_000_000 + 29_989 * number}",
                "location": cell,
                "state": "released",
            }
        )
        name = fold_name(f"{surname} {forenames}")
        words.append((number + 1000, f"{name} {prison_number} {4_000_000_000 + 29_989 * number} {cell}"))
    connection.execute(insert(PERSON), known)
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.executemany(f"INSERT INTO {SEARCH} (rowid, words) VALUES (?, ?)", words)
