"""A man who depends on opioids, taken in and triaged, and what is chosen, ordered and given for him: by the real
services at a real desk, valid by default."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from factories import SetClock, TestDesk, a_desk, a_draft, an_answer, an_arrival, national

from pdtdesk.domain.calendar import LONDON, day_of
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.arrival_list import LegalStatus
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import Schedule, Stretch
from pdtdesk.domain.regime.treatment import Agreed, Treatment, Wish
from pdtdesk.domain.roles import Role
from pdtdesk.policy.findings import Finding, Tier
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.stops import Look
from pdtdesk.services.acting import Acting
from pdtdesk.services.reception import triage
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.services.regime import choosing, ending, giving, handing, record
from pdtdesk.services.regime.choosing import Choice
from pdtdesk.services.regime.dose_facts import DoseDue
from pdtdesk.services.regime.ending import Ending
from pdtdesk.services.regime.giving import DoseNow, RoundRow
from pdtdesk.services.regime.handing import Checked, Ended
from pdtdesk.services.regime.ordering import Ordering
from pdtdesk.services.regime.standing import RegimeNow
from pdtdesk.store.door import DeskDoor
from pdtdesk.store.keys.secret import FolderSecrets

MORNING = datetime(2010, 6, 2, 8, 30, tzinfo=LONDON)
TODAY = MORNING.date()
AWAKE, DROWSY = Look(drowsy=False, intoxicated=False), Look(drowsy=True, intoxicated=False)
PHOTOGRAPH = Checked("photograph", AWAKE, "K. Osei")
AGREED = Wish("to be steady", "what methadone does", Agreed.YES)
TRIAGED = {
    "risk.drowsy": "no",
    "risk.intoxicated": "no",
    "withdrawal.seen": "opioids",
    "substances.opioids.frequency": "daily",
    "prescribed.any": "no",
    "risk.pregnant": "no",
    "risk.allergies": "none",
}


@dataclass(frozen=True)
class Patient:
    """Somebody at a desk: ids of the record and of the stay."""

    patient_id: str
    stay: str


def mg(amount: str | int) -> Milligrams:
    return Milligrams.parse(f"{amount} mg")


def a_morning(folder: Path) -> TestDesk:
    """A desk on the morning of Wed 2 Jun 2010, before the round."""
    return a_desk(folder, clock=SetClock(MORNING))


def by(desk: TestDesk, role: Role = Role.NURSE, *, signed: bool = False) -> Acting:
    """Somebody of a role at the desk; `signed`: under the invented figures of the demonstration."""
    acting = desk.acting(role)
    return replace(acting, policy=national().over("demonstration")) if signed else acting


def a_patient(desk: TestDesk, answers: dict[str, str] | None = None, **arrival: object) -> Patient:
    """A man on a sentence of twenty weeks, taken in and triaged awake, assessed as dependent."""
    since = desk.clock.now()
    row = {
        "arrived_at": since - timedelta(hours=1),
        "legal_status": LegalStatus.SENTENCED,
        "sentence_length": "P20W",
        "sentenced_on": day_of(since),
        **arrival,
    }
    line = an_arrival(**row)
    take_in(desk.acting(), [(2, line)])
    with desk.store.reading() as work:
        one = next(each for each in work.arrivals(since) if (each.passes, each.surname) == (0, line.surname))
    said = {key: an_answer(value, at=since) for key, value in (TRIAGED | (answers or {})).items()}
    triage.save(desk.acting(), a_draft(one.stay, one.patient_id, said), 1)
    record.write_assessment(desk.acting(), one.patient_id, {"opioids.dependence": "dependent"})
    return Patient(one.patient_id, one.stay)


def answered(desk: TestDesk, patient: Patient, **answers: str) -> None:
    """Answers of the triage that take the place of those that stand; dots are written as two underlines."""
    with desk.store.reading() as work:
        stay = work.person(patient.patient_id).current
    named = {key.replace("__", "."): value for key, value in answers.items()}
    over = {key: tuple(id_ for held in stay.answers.get(key, ()) for id_ in held.entries) for key in named}
    said = {key: an_answer(value, at=desk.clock.now()) for key, value in named.items()}
    triage.save(desk.acting(), a_draft(stay.id, patient.patient_id, said, over=over), 2)


def a_schedule(
    first: date = TODAY, amount: str | int = 20, last: date | None = None, slots: tuple[str, ...] = ("morning",)
) -> Schedule:
    """The same at each slot of every day."""
    return Schedule((Stretch(first, last, tuple((slot, mg(amount)) for slot in slots)),))


def an_ordering(medicine: Ordered = Ordered.METHADONE, schedule: Schedule | None = None, **given: object) -> Ordering:
    return Ordering(medicine, schedule or a_schedule(), **given)


def now_of(desk: TestDesk, patient: Patient) -> RegimeNow:
    return record.open_regime(desk.acting(Role.PRESCRIBER), patient.patient_id)


def treatment(desk: TestDesk, patient: Patient) -> Treatment:
    return now_of(desk, patient).treatment


def a_choice(desk: TestDesk, patient: Patient, *, acting: Acting | None = None, **given: object) -> Choice:
    """Maintenance on methadone from today, agreed to, with all read that must be."""
    now = now_of(desk, patient)
    schedule = a_schedule(now.today)
    values: dict[str, object] = {
        "declared": RegimeClass.MAINTENANCE,
        "since": now.today,
        "wish": AGREED,
        "seen": choosing.seen_of(now),
        "ordering": an_ordering(schedule=schedule),
    }
    made = Choice(**{**values, **given})
    if "acknowledged" in given:
        return made
    found = choosing.findings_of(now, made, acting or desk.acting(Role.PRESCRIBER))
    return replace(made, acknowledged=read_of(found))


def chosen(desk: TestDesk, patient: Patient, **given: object) -> RegimeNow:
    """A choice, signed by the prescriber."""
    return choosing.choose(desk.acting(Role.PRESCRIBER), patient.patient_id, a_choice(desk, patient, **given))


def ordered(desk: TestDesk, patient: Patient, ordering: Ordering, **given: object) -> RegimeNow:
    """An order in the place of the one in force, or beside it, signed by the prescriber."""
    now, prescriber, wish = now_of(desk, patient), desk.acting(Role.PRESCRIBER), given.get("wish", AGREED)
    read = read_of(choosing.findings_of_order(now, ordering, wish, prescriber))
    return choosing.change_order(prescriber, patient.patient_id, ordering, wish, choosing.seen_of(now), read)


def read_of(found: tuple[Finding, ...]) -> frozenset[str]:
    """All that must be read, read."""
    return frozenset(each.code for each in found if each.tier is Tier.MUST_ACKNOWLEDGE)


def an_end(last_day: date = TODAY, why: str = "his wish", **given: object) -> Ending:
    """The end of a regime or a medicine, agreed to and with all read that is said of it."""
    return Ending(last_day, why, **{"wish": AGREED, "acknowledged": frozenset(Code), **given})


def ended(desk: TestDesk, patient: Patient, last_day: date = TODAY, **given: object) -> RegimeNow:
    """The regime ended by the prescriber."""
    seen = choosing.seen_of(now_of(desk, patient))
    return ending.end_regime(desk.acting(Role.PRESCRIBER), patient.patient_id, an_end(last_day, **given), seen)


def stopped(
    desk: TestDesk, patient: Patient, last_day: date = TODAY, medicine: Ordered = Ordered.METHADONE, **given: object
) -> RegimeNow:
    """A medicine stopped by the prescriber, the class left as it is."""
    seen, prescriber = choosing.seen_of(now_of(desk, patient)), desk.acting(Role.PRESCRIBER)
    return ending.stop_medicine(prescriber, patient.patient_id, medicine, an_end(last_day, **given), seen)


def on_methadone(desk: TestDesk, **given: object) -> Patient:
    """A man on maintenance: methadone 20 mg each morning, from today."""
    patient = a_patient(desk)
    chosen(desk, patient, **given)
    return patient


def rows(desk: TestDesk, patient: Patient, *, acting: Acting | None = None) -> tuple[RoundRow, ...]:
    """His rows of today's round."""
    shown = giving.medicine_round(acting or desk.acting(), day_of(desk.clock.now()))
    return tuple(row for row in shown if row.due.patient_id == patient.patient_id)


def due(desk: TestDesk, patient: Patient, slot: str = "morning", medicine: Ordered = Ordered.METHADONE) -> DoseDue:
    """His dose of today, as the round has it; what stands open of an earlier day comes before it there."""
    named = (row for row in rows(desk, patient) if row.due.slot == slot and row.medicine is medicine)
    return max(named, key=lambda row: row.due.day).due


def given(
    desk: TestDesk,
    patient: Patient,
    outcome: Outcome = Outcome.TAKEN,
    slot: str = "morning",
    medicine: Ordered = Ordered.METHADONE,
    **ended: object,
) -> DoseNow:
    """Today's dose, checked, handed out and written down; only written down where it was not taken."""
    dose, nurse = due(desk, patient, slot, medicine), desk.acting()
    if outcome.counts or outcome in (Outcome.VOMITED, Outcome.CONCEALED):
        handing.hand_out(nurse, dose, PHOTOGRAPH)
    reason = {} if outcome is Outcome.TAKEN else {"reason": "said so"}
    return handing.record_dose(nurse, dose, Ended(outcome, **{**reason, **ended}))


def tomorrow(desk: TestDesk, days: int = 1) -> None:
    """The clock stands at the same hour, days later."""
    desk.clock.at = datetime.combine(day_of(desk.clock.at) + timedelta(days=days), desk.clock.at.timetz())


def written_elsewhere(
    desk: TestDesk, patient: Patient, kind: str, body: dict[str, object], role: Role = Role.NURSE, *over: str
) -> None:
    """An entry as it came from another desk."""
    with desk.store.work() as work:
        who = desk.acting(role).who
        at = desk.clock.now()
        work.append([NewEntry("regime", kind, body, who, patient.patient_id, happened_at=at, supersedes=over)])


def elsewhere(desk: TestDesk, patient: Patient, kind: str, dose: DoseDue | None = None, **body: object) -> None:
    """What another desk wrote of today's dose, not knowing what was written here."""
    of = dose or due(desk, patient)
    said = {
        "stay": patient.stay,
        "order": of.order,
        "course": of.course,
        "day": of.day.isoformat(),
        "slot": of.slot,
        "medicine": "methadone",
        "ordered": "20 mg",
    }
    written_elsewhere(desk, patient, kind, {**said, **body})


def ordered_elsewhere(desk: TestDesk, patient: Patient, medicine: str) -> None:
    """An order that another desk signed, not knowing of this one's."""
    today = day_of(desk.clock.now()).isoformat()
    stretch = {"from": today, "to": None, "doses": [["morning", "5 mg"]]}
    body = {"stay": patient.stay, "medicine": medicine, "from": today, "schedule": [stretch]}
    written_elsewhere(desk, patient, "order", body, Role.PRESCRIBER)


def opened_again(desk: TestDesk) -> TestDesk:
    """The same desk after the power came back."""
    desk.door.close()
    door = DeskDoor(desk.folder, FolderSecrets(desk.folder), clock=desk.clock, random_bytes=desk.store.random_bytes)
    store = door.enter(Role.NURSE.value, "a long night in June").store
    return TestDesk(desk.folder, desk.clock, door, store, desk.recovery_code, desk.members)


def on_methadone_since_yesterday(desk: TestDesk, answers: dict[str, str] | None = None, **given_: object) -> Patient:
    """A man who came last night: methadone 20 mg each morning, from today."""
    patient = a_patient(desk, answers, arrived_at=desk.clock.at - timedelta(hours=14))
    chosen(desk, patient, **given_)
    return patient


def back_from_court(desk: TestDesk, patient: Patient, answers: dict[str, str] | None = None) -> Patient:
    """The same man on this evening's list, and triaged again unless `answers` is empty."""
    at = datetime.combine(desk.clock.at.date(), datetime.min.time(), LONDON) + timedelta(hours=20)
    desk.clock.at = at + timedelta(minutes=40)
    taken = take_in(desk.acting(), [(2, an_arrival(arrived_at=at, arrived_from="Crown Court"))])
    assert (taken.taken, taken.refused) == (1, ())
    with desk.store.reading() as work:
        stay = work.person(patient.patient_id).current.id
    assert stay != patient.stay
    said = TRIAGED if answers is None else answers
    if said:
        told = {key: an_answer(value, at=desk.clock.now()) for key, value in said.items()}
        triage.save(desk.acting(), a_draft(stay, patient.patient_id, told), 1)
    return Patient(patient.patient_id, stay)


def both_gave(desk: TestDesk, patient: Patient) -> DoseDue:
    """Two desks handed out the same dose, and each saw it swallowed."""
    dose = due(desk, patient)
    for _ in range(2):
        elsewhere(desk, patient, "dose_begun", dose, identified_by="photograph")
    for cup in treatment(desk, patient).begun:
        elsewhere(desk, patient, "dose", dose, begun=cup.entry_id, outcome="taken", witness="K. Osei")
    return dose
