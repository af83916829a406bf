"""Values for tests, valid by default: a test names only what it is about."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from pdtdesk.domain.reception.answers import Answer
from pdtdesk.domain.reception.arrival_list import ArrivalRow, LegalStatus, Sex
from pdtdesk.domain.roles import Role
from pdtdesk.domain.staff import Author, Establishment
from pdtdesk.policy.national import load_national
from pdtdesk.policy.parameters import Parameters
from pdtdesk.services.acting import LEASE, Acting
from pdtdesk.services.ports import Draft, FirstMember, Founding
from pdtdesk.store.desk import OpenDesk
from pdtdesk.store.door import DeskDoor
from pdtdesk.store.founding import found
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.members import Argon2Cost
from pdtdesk.store.keys.secret import FolderSecrets

EVENING = datetime(2010, 6, 1, 21, 40, tzinfo=ZoneInfo("Europe/London"))
PASSWORD = "a long night in June"
CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
NAMES = {
    Role.NURSE: "R. Adeyemi",
    Role.CARAT: "S. Whitmore",
    Role.PRESCRIBER: "H. Castellan",
    Role.LEAD: "M. Okonedo",
    Role.MANAGER: "J. Hale",
    Role.ADMIN: "T. Brandt",
}


@dataclass
class SetClock:
    """A clock that stands still until the test moves it."""

    at: datetime = EVENING

    def now(self) -> datetime:
        return self.at

    def advance(self, **span: float) -> None:
        self.at += timedelta(**span)


def chance(seed: int = 1):
    """Bytes that are the same in every run, and different at each asking."""
    return random.Random(seed).randbytes


@cache
def national() -> Parameters:
    return load_national()


@dataclass
class TestDesk:
    """A desk under test: its folder and door, and who acts at it by role."""

    __test__ = False

    folder: DeskFolder
    clock: SetClock
    door: DeskDoor
    store: OpenDesk
    recovery_code: str
    members: dict[Role, str] = field(default_factory=dict)

    def acting(self, role: Role = Role.NURSE) -> Acting:
        author = Author(self.members[role], NAMES[role], role.value)
        return Acting(
            author, self.store, self.clock, national(), self.store.random_bytes, lease_until=self.clock.now() + LEASE
        )


def a_desk(folder: Path, *, seed: int = 1, clock: SetClock | None = None) -> TestDesk:
    """A desk set up and opened, with one member of each role."""
    clock = clock or SetClock()
    place = DeskFolder(folder)
    code = found(
        place,
        Founding(
            Establishment("ASH", "HMP Ashmoor"),
            "Reception 1",
            # The administrator first: it is the one who sets a desk up.
            [
                FirstMember(role.value, NAMES[role], role.value, PASSWORD)
                for role in (Role.ADMIN, *(each for each in Role if each is not Role.ADMIN))
            ],
            LEASE,
            demonstration=True,
        ),
        None,
        clock=clock,
        random_bytes=chance(seed),
        cost=CHEAP,
    )
    door = DeskDoor(place, FolderSecrets(place), clock=clock, random_bytes=chance(seed + 1000), cost=CHEAP)
    store = door.enter(Role.NURSE.value, PASSWORD).store
    with store.reading() as work:
        members = {Role(member.role): member.id for member in work.members()}
    return TestDesk(place, clock, door, store, code, members)


def an_author(role: Role = Role.NURSE) -> Author:
    return Author(f"member-{role.value}", NAMES[role], role.value)


def an_arrival(**given: object) -> ArrivalRow:
    """A line of the reception list, checked already."""
    values: dict[str, object] = {
        "prison_number": "A4127CK",
        "surname": "Sparrow",
        "forenames": "Daniel Lee",
        "born": date(1982, 3, 14),
        "sex": Sex.MALE,
        "arrived_at": datetime(2010, 6, 1, 18, 5, tzinfo=UTC),
        "arrived_from": "Crown Court",
        "legal_status": LegalStatus.REMAND,
        "sentence_length": None,
        "sentenced_on": None,
        "release_on": None,
    }
    return ArrivalRow(**{**values, **given})


def an_answer(
    value: str | None = "yes", *, by: Author | None = None, at: datetime = EVENING, not_asked=None
) -> Answer:
    return Answer(by or an_author(), at, value, not_asked)


def a_draft(stay: str, patient_id: str, answers: dict[str, str | Answer], **given: object) -> Draft:
    """A draft in which the nurse answered what is given, at the time of the evening."""
    values: dict[str, object] = {
        "over": {},
        "items": {},
        "confirmed": {},
        "updated_at": EVENING,
        "updated_by": an_author(),
    }
    return Draft(
        stay=stay,
        patient_id=patient_id,
        answers={key: answer if isinstance(answer, Answer) else an_answer(answer) for key, answer in answers.items()},
        **{**values, **given},
    )
