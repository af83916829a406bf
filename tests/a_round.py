"""People on a medicine round: taken in, in their cells, with a signed order; valid by default."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from factories import SetClock, TestDesk, an_arrival
from factories import a_desk as a_desk_of_the_evening

from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.names import fold
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import Schedule, Stretch, doses_of, written
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.stops import Look
from pdtdesk.services.reception.corrections import place_in_cell
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.services.regime.dose_facts import DoseDue
from pdtdesk.services.regime.giving import medicine_round
from pdtdesk.services.regime.handing import Checked, Ended, hand_out, record_dose

MORNING = datetime(2010, 6, 1, 8, 30, tzinfo=LONDON)
TODAY = MORNING.date()
AWAKE = Look(drowsy=False, intoxicated=False)
PHOTOGRAPH = Checked("photograph", AWAKE, "K. Osei")


@dataclass(frozen=True)
class Patient:
    """Somebody on the round: ids of the record, the stay and the order."""

    patient_id: str
    stay: str
    order: str

    def due(self, day: date = TODAY, slot: str = "morning") -> DoseDue:
        return DoseDue(self.patient_id, self.order, self.order, day, slot)


def mg(amount: str | int) -> Milligrams:
    return Milligrams(Decimal(amount))


def a_morning(folder, **given: object) -> TestDesk:
    """A desk at half past eight in the morning, before the round."""
    return a_desk_of_the_evening(folder, clock=SetClock(MORNING), **given)


def a_patient(
    desk: TestDesk,
    surname: str = "Sparrow",
    number: str | None = "A4127CK",
    *,
    cell: str = "B2-14",
    medicine: Ordered = Ordered.METHADONE,
    doses: Sequence[tuple[str, Milligrams]] = (("morning", mg(30)),),
    since: date = TODAY,
    supervised: bool = True,
    by_score: str = "",
) -> Patient:
    """Taken in the evening before the order begins, in a cell, with a prescriber's signed order."""
    came = datetime(since.year, since.month, since.day, 18, 5, tzinfo=LONDON) - timedelta(days=1)
    took = take_in(desk.acting(), [(2, an_arrival(surname=surname, prison_number=number, arrived_at=came))])
    assert took.taken == 1, took
    with desk.store.reading() as work:
        found = [row for row in work.present() if fold(row.surname) == fold(surname)]
        person = work.person(found[-1].patient_id)
    place_in_cell(desk.acting(), person.patient_id, cell)
    order = an_order(desk, person.patient_id, medicine, doses, since=since, supervised=supervised, by_score=by_score)
    return Patient(person.patient_id, person.current.id, order)


def an_order(
    desk: TestDesk,
    patient_id: str,
    medicine: Ordered,
    doses: Sequence[tuple[str, Milligrams]],
    *,
    since: date = TODAY,
    supervised: bool = True,
    supersedes: tuple[str, ...] = (),
    by_score: str = "",
) -> str:
    """A prescriber's signed order as the journal has it; its id."""
    with desk.store.work() as work:
        person = work.person(patient_id)
        schedule = Schedule((Stretch(since, None, doses_of(doses)),))
        body = {
            "stay": person.current.id,
            "medicine": medicine.value,
            "from": since.isoformat(),
            "schedule": written(schedule),
            "supervised": supervised,
            "possession": "" if supervised else "Risk assessed: works in the kitchen from seven.",
            "lifted": [],
            "answers": [],
            "instructions": by_score,
        }
        author = desk.acting(Role.PRESCRIBER).who
        at = min(datetime(since.year, since.month, since.day, 7, tzinfo=LONDON), desk.clock.now())
        (entry,) = work.append(
            [NewEntry("regime", "order", body, author, patient_id, happened_at=at, supersedes=supersedes)]
        )
    return entry.id


def doses_before(desk: TestDesk, patient: Patient, days: int, *, until: date = TODAY, mg_each: int = 30) -> None:
    """A dose taken on each of so many days before a day, as the journal has them."""
    nurse = desk.acting().who
    entries = []
    for ago in range(days, 0, -1):
        day = until - timedelta(days=ago)
        at = datetime(day.year, day.month, day.day, 8, 40, tzinfo=LONDON)
        body = {
            "stay": patient.stay,
            "order": patient.order,
            "course": patient.order,
            "day": day.isoformat(),
            "slot": "morning",
            "medicine": "methadone",
            "ordered": f"{mg_each} mg",
            "outcome": "taken",
            "taken": None,
            "reason": "",
            "witness": "K. Osei",
            "supervised": True,
        }
        entries.append(NewEntry("regime", "dose", body, nurse, patient.patient_id, happened_at=at))
    with desk.store.work() as work:
        work.append(entries)


def given(desk: TestDesk, due: DoseDue, outcome: Outcome = Outcome.TAKEN, reason: str = "", **more: object) -> None:
    """Handed out after both checks, and written down."""
    hand_out(desk.acting(), due, PHOTOGRAPH)
    record_dose(desk.acting(), due, Ended(outcome, reason=reason, **more))


def states(desk: TestDesk, day: date = TODAY) -> dict[str, str]:
    """Surname to how their dose stands, by place."""
    return {row.surname: row.state for row in medicine_round(desk.acting(), day)}
