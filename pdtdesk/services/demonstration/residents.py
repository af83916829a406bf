"""The people who are in the invented prison already, some of them for the second or third time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from pdtdesk.domain.calendar import at_london, day_of
from pdtdesk.domain.ids import uuid7
from pdtdesk.domain.reception.questions import QUESTIONS
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.services.demonstration.answers import Told, looked_at_since, pattern_of, triage
from pdtdesk.services.demonstration.chance import Chance
from pdtdesk.services.demonstration.people import Invented, custody, invent
from pdtdesk.services.demonstration.prison import Prison
from pdtdesk.services.demonstration.stays import WRITTEN_UP, PastStay, Pen, write_stay
from pdtdesk.services.demonstration.treatment import Treated, write_treatment

OLDEST_DAYS = 715
"""How far back the invented record goes."""
TASKS_OF_DAYS = 40
_LOOKED_AT_AFTER_DAYS = 3
"""Stays that began longer ago are written without what was due in their first weeks."""
UNFINISHED = 3
"""Arrivals of yesterday whose second pass is still to be done tonight."""
YESTERDAY = 8
JOINED_DAYS_AGO = 50
RECORD_DAYS_AGO = 600
"""When the man came of whom there are two records, and when the first of these begins."""
_HOW_LONG_AGO = (((2, 7), 12), ((8, 28), 22), ((29, 90), 30), ((91, 240), 22), ((241, 420), 14))


@dataclass(frozen=True, slots=True)
class _Coming:
    """How somebody came to be here: days before tonight, bed, and whether the second pass is still to be done.

    `record_of` is how many days ago a record of theirs under another number begins, or None where there is none.
    """

    days_ago: int
    cell: str
    unfinished: bool
    record_of: int | None


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who is here: their id in the record, and who they are said to be."""

    patient_id: str
    who: Invented


def write_residents(pen: Pen, prison: Prison, seed: str, count: int, taken: set[str]) -> tuple[Resident, ...]:
    """Write `count` people into the diary, the last of them joined from two records."""
    beds = Chance(f"{seed} beds")
    cells = beds.shuffled(prison.cells)
    first_night = [f"{prison.first_night}-{number:02}" for number in range(20, 9, -1)]
    residents = []
    for index in range(count):
        chance = Chance(f"{seed} resident {index}")
        days_ago = 1 if index < YESTERDAY else JOINED_DAYS_AGO if index == count - 1 else _days_ago(chance)
        cell = first_night[index] if index < YESTERDAY else cells[index]
        coming = _Coming(
            days_ago, cell, unfinished=index < UNFINISHED, record_of=RECORD_DAYS_AGO if index == count - 1 else None
        )
        residents.append(_write_resident(pen, prison, chance, coming, taken))
    _write_earlier_record(pen, prison, Chance(f"{seed} two records"), residents[-1], taken)
    return tuple(residents)


def _days_ago(chance: Chance) -> int:
    least, most = chance.weighted(_HOW_LONG_AGO)
    return chance.between(least, most)


def _write_resident(pen: Pen, prison: Prison, chance: Chance, coming: _Coming, taken: set[str]) -> Resident:
    today, days_ago = day_of(pen.evening), coming.days_ago
    arrived_at = _arrives(chance, today - timedelta(days=days_ago))
    earlier = _earlier(chance, arrived_at.date(), today) if coming.record_of is None and chance.percent(14) else []
    first = earlier[0][0] if earlier else arrived_at
    grown_up_on = first.date() if coming.record_of is None else today - timedelta(days=coming.record_of)
    who = invent(prison, chance, grown_up_on, taken)
    resident = Resident(uuid7(first, chance.bytes), who)
    _write_person(pen, resident, day_of(first))
    pattern = pattern_of(chance)
    for number, (at, left) in enumerate(earlier):
        told = triage(prison, pattern, chance, at, first_time=number == 0)
        arrival = custody(prison, chance, at, left)
        past = PastStay(at, arrival, told, None, left_on=left, with_tasks=False)
        write_stay(pen, resident.patient_id, who, past, chance)
    told = triage(
        prison,
        pattern,
        chance,
        arrived_at,
        first_time=not earlier and chance.percent(35),
        lately=days_ago <= TASKS_OF_DAYS,
    )
    if days_ago > _LOOKED_AT_AFTER_DAYS:
        told = looked_at_since(told)
    past = PastStay(
        arrived_at,
        custody(prison, chance, arrived_at, today),
        _first_pass_of(told) if coming.unfinished else told,
        coming.cell,
        passes=1 if coming.unfinished else 2,
        with_tasks=days_ago <= TASKS_OF_DAYS,
    )
    stay_id = write_stay(pen, resident.patient_id, who, past, chance)
    write_treatment(pen, Treated(resident.patient_id, stay_id, who, past, chance), pattern)
    return resident


def write_former(pen: Pen, prison: Prison, chance: Chance, who: Invented, arrived_at: datetime, left: date) -> str:
    """Write somebody who was here once and left; answers with the id of their record."""
    former = Resident(uuid7(arrived_at, chance.bytes), who)
    _write_person(pen, former, day_of(arrived_at))
    told = triage(prison, pattern_of(chance), chance, arrived_at, first_time=True)
    arrival = custody(prison, chance, arrived_at, left)
    past = PastStay(arrived_at, arrival, told, None, left_on=left, with_tasks=False)
    write_stay(pen, former.patient_id, who, past, chance)
    return former.patient_id


def write_known(pen: Pen, who: Invented, stays: Sequence[PastStay], chance: Chance) -> str:
    """Write somebody's earlier stays as they were told; answers with the id of the record."""
    first = min(stay.arrived_at for stay in stays)
    known = Resident(uuid7(first, chance.bytes), who)
    _write_person(pen, known, day_of(first))
    for stay in stays:
        write_stay(pen, known.patient_id, who, stay, chance)
    return known.patient_id


def _write_earlier_record(pen: Pen, prison: Prison, chance: Chance, resident: Resident, taken: set[str]) -> None:
    """An earlier record of the same person under another number, found later and joined: both stay as they are."""
    before = day_of(pen.evening) - timedelta(days=RECORD_DAYS_AGO)
    number = invent(prison, chance, before, taken).prison_number
    who = replace(resident.who, prison_number=number, nhs_number=None)
    other = write_former(pen, prison, chance, who, _arrives(chance, before), before + timedelta(days=20))
    joined_at = at_london(day_of(pen.evening) - timedelta(days=1), time(10, 20))
    body = {"other": other, "why": "Same face, same tattoo; says that he was given a second number"}
    pen.diary.write(joined_at, NewEntry("reception", "joined", body, pen.nurse, resident.patient_id))


def _write_person(pen: Pen, resident: Resident, day: date) -> None:
    entry = NewEntry("reception", "person", resident.who.body, pen.nurse, resident.patient_id)
    pen.diary.write(at_london(day, WRITTEN_UP), entry)


def _arrives(chance: Chance, day: date) -> datetime:
    return at_london(day, time(chance.between(16, 20), chance.between(0, 11) * 5))


def _earlier(chance: Chance, arrived_on: date, today: date) -> list[tuple[datetime, date]]:
    """When somebody was here before and when they left, oldest first; at most twice."""
    stays: list[tuple[datetime, date]] = []
    back = arrived_on
    for _ in range(chance.weighted(((1, 75), (2, 25)))):
        left = back - timedelta(days=chance.between(40, 200))
        back = left - timedelta(days=chance.between(12, 70))
        if (today - back).days > OLDEST_DAYS:
            break
        stays.insert(0, (_arrives(chance, back), left))
    return stays


def _first_pass_of(told: Told) -> Told:
    return Told({key: value for key, value in told.answers.items() if QUESTIONS[key].first_pass}, {})
