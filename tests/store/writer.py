"""Run as a process of its own: each time it reads a line it forks one that triages until it is killed.

`python -m tests.store.writer FOLDER`. The child says `pid N`, then `saved N` for each triage whose save has returned:
from then on nothing may lose it. When it is dead, the parent says `dead`.
"""

import os
import sys
from pathlib import Path

from pdtdesk.domain.reception.questions import QUESTIONS
from pdtdesk.domain.reception.questions.question import Input
from pdtdesk.domain.roles import Role
from pdtdesk.domain.staff import Author
from pdtdesk.services.acting import LEASE, Acting
from pdtdesk.services.reception import triage
from pdtdesk.store.door import DeskDoor
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.secret import FolderSecrets
from tests.factories import CHEAP, NAMES, PASSWORD, SetClock, a_draft, an_answer, national

MARKER = "Markerwordofapatient"
IN_WORDS = next(key for key, question in QUESTIONS.items() if question.input is Input.LONG_TEXT)


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def an_acting(door: DeskDoor, clock: SetClock) -> Acting:
    entered = door.enter(Role.NURSE.value, PASSWORD)
    author = Author(entered.member_id, NAMES[Role.NURSE], Role.NURSE.value)
    return Acting(author, entered.store, clock, national(), os.urandom, lease_until=clock.now() + LEASE)


def work(folder: DeskFolder, first: int) -> None:
    """Triage one arrival after the other, for ever."""
    clock = SetClock()
    clock.advance(minutes=first)
    acting = an_acting(
        DeskDoor(folder, FolderSecrets(folder), clock=clock, random_bytes=os.urandom, cost=CHEAP), clock
    )
    with acting.store.reading() as desk:
        stays = [(row.stay, row.patient_id) for row in desk.arrivals(clock.now())]
    number = first
    while True:
        stay, patient = stays[number % len(stays)]
        with acting.store.reading() as desk:
            person = desk.person(patient)
            assert person is not None
            assert person.current is not None
            held = person.current.answers.get(IN_WORDS, ())
        answer = an_answer(f"{MARKER} {number}", by=acting.who, at=clock.now())
        draft = a_draft(stay, patient, {IN_WORDS: answer}, over={IN_WORDS: tuple(e for h in held for e in h.entries)})
        triage.keep_draft(acting, draft)
        triage.save(acting, draft, 1)
        say(f"saved {number}")
        number += 1
        clock.advance(minutes=1)


def main(path: str) -> None:
    national()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            say(f"pid {os.getpid()}")
            try:
                work(DeskFolder(Path(path)), int(line))
            finally:
                os._exit(3)
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main(sys.argv[1])
