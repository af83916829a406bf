"""Evenings as they might go at one desk: all that reception writes, the same for the same seed."""

import random
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from factories import TestDesk, a_draft, an_answer, an_arrival
from sqlalchemy import Connection, text

from pdtdesk.domain.reception.facts import Standing
from pdtdesk.domain.reception.questions import QUESTIONS
from pdtdesk.domain.reception.questions.question import Input
from pdtdesk.domain.roles import Role
from pdtdesk.services.reception import corrections, joining, tasks, triage
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.services.refusals import Refused
from pdtdesk.store.tables import PERSON, PROJECTIONS, SEARCH

YES_NO = [key for key, question in QUESTIONS.items() if question.input is Input.YES_NO_UNKNOWN]
SURNAMES = ("Sparrow", "Wren", "Dunnock", "Siskin", "Whinchat", "Redstart", "Linnet", "Twite")


def write_history(desk: TestDesk, seed: int, steps: int = 60) -> None:
    """Write an evening and more: arrivals, triages by two hands, corrections, errors, joins and what parts them."""
    chance = random.Random(seed)
    nurse, lead = desk.acting(), desk.acting(Role.LEAD)
    lines = [
        (number, an_arrival(surname=name, forenames="Sam", prison_number=f"A{number:04d}CK"))
        for number, name in enumerate(SURNAMES[:6], start=2)
    ]
    assert take_in(nurse, lines).taken == 6
    for _ in range(steps):
        desk.clock.advance(minutes=chance.randint(1, 40))
        step = chance.choice(
            [_triage, _triage, _triage, _name, _cell, _error, _error, _join, _apart, _settle, _heard]
        )
        with suppress(Refused):  # what a nurse is refused is a step of the evening too
            step(desk, chance, *chance.sample([nurse, lead], k=2))
        if chance.random() < 0.1:
            take_in(
                nurse,
                [(99, an_arrival(surname=chance.choice(SURNAMES), prison_number=None, arrived_at=desk.clock.now()))],
            )


def a_patient(desk: TestDesk, chance: random.Random) -> str:
    with desk.store.reading() as work:
        return chance.choice(sorted(row.patient_id for row in work.present()))


def _triage(desk, chance, one, other) -> None:
    patient = a_patient(desk, chance)
    with desk.store.reading() as work:
        person = work.person(patient)
    assert person is not None
    assert person.current is not None
    stay = person.current
    keys = chance.sample(YES_NO, k=4)
    answers = {
        key: an_answer(chance.choice(["yes", "no"]), by=chance.choice([one, other]).who, at=desk.clock.now())
        for key in keys
    }
    over = {key: stay.answers[key][0].entries for key in keys if key in stay.answers and chance.random() < 0.7}
    triage.save(one, a_draft(stay.id, patient, answers, over=over), chance.choice([1, 2]))


def _name(desk, chance, one, _) -> None:
    patient = a_patient(desk, chance)
    with desk.store.reading() as work:
        identity = work.person(patient).identity
    corrections.correct_identity(one, patient, replace(identity, surname=chance.choice(SURNAMES)))


def _cell(desk, chance, one, _) -> None:
    corrections.place_in_cell(one, a_patient(desk, chance), f"B1-{chance.randint(1, 30):02d}")


def _error(desk, chance, one, _) -> None:
    with desk.store.reading() as work:
        rows = work.connection.execute(text("SELECT id FROM entry WHERE patient_id IS NOT NULL ORDER BY position"))
        id_ = chance.choice(rows.scalars().all())
    corrections.mark_in_error(one, id_, "written in the wrong record")


def _join(desk, chance, one, _) -> None:
    joining.join(one, a_patient(desk, chance), a_patient(desk, chance), "he says so, and both numbers agree")


def _apart(desk, chance, one, _) -> None:
    joining.tell_apart(one, a_patient(desk, chance), a_patient(desk, chance), "two faces")


def _settle(_desk, chance, one, _) -> None:
    due = tasks.due(one)
    if due:
        tasks.settle(one, chance.choice(due).entry_id, "seen, awake")


def _heard(desk, chance, one, _) -> None:
    patient = a_patient(desk, chance)
    with desk.store.reading() as work:
        stay = work.person(patient).current.id
    now: datetime = desk.clock.now()
    heard = tasks.Confirmation(Standing.CONFIRMED, "Boots, J. Hall", now, "methadone", "40 mg", now)
    tasks.confirm_prescription(one, patient, stay, heard)


def shown(connection: Connection) -> dict[str, list[tuple]]:
    """All that the lists show, whatever the numbers by which the search knows people."""
    rows = {}
    for table in PROJECTIONS:
        columns = ", ".join(column.name for column in table.columns if column is not PERSON.c.number)
        rows[table.name] = sorted(
            map(tuple, connection.execute(text(f"SELECT {columns} FROM {table.name}"))), key=repr
        )
    words = text(f"SELECT patient_id, words FROM person JOIN {SEARCH} ON {SEARCH}.rowid = person.number")
    rows[SEARCH] = sorted(map(tuple, connection.execute(words)))
    rows["strays"] = [tuple(row) for row in connection.execute(text(f"SELECT count(*) FROM {SEARCH}"))]
    return rows
