"""People in treatment for the figures: taken in, with regimes, doses and lifted stops as the journal has them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from factories import EVENING, TestDesk, a_draft, an_arrival

from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.custody import LegalStatus
from pdtdesk.domain.names import fold
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.roles import Role
from pdtdesk.services.reception import triage
from pdtdesk.services.reception.take_in import take_in

TODAY = EVENING.date()
SEEN = {
    "arrival.identity_checked": "yes",
    "risk.drowsy": "no",
    "risk.intoxicated": "no",
    "withdrawal.seen": "opioids",
}
OUTSIDE = {"prescribed.any": "yes", "prescribed.medicine": "methadone", "prescribed.daily": "55"}


@dataclass(frozen=True)
class Held:
    """Somebody who is here: ids of the record and the stay."""

    patient_id: str
    stay: str


def held(
    desk: TestDesk,
    at: int = 0,
    surname: str = "Sparrow",
    *,
    status: str = "remand",
    length: str | None = None,
    sentenced_on: date | None = None,
    arrived: datetime = datetime(2010, 1, 4, 18, 5, tzinfo=LONDON),
    answers: dict[str, str] | None = None,
) -> Held:
    """Somebody taken in, each `at` another person; with `answers`, after a first pass."""
    row = an_arrival(
        surname=surname,
        forenames=f"Daniel {at}",
        prison_number=f"A{1000 + at}CK",
        born=date(1970, 1, 1) + timedelta(days=37 * at),
        arrived_at=arrived,
        legal_status=LegalStatus(status),
        sentence_length=length,
        sentenced_on=sentenced_on or (arrived.date() if length else None),
    )
    assert take_in(desk.acting(), [(2 + at, row)]).taken == 1
    with desk.store.reading() as work:
        found = next(each for each in work.present() if each.prison_number == f"A{1000 + at}CK")
        assert fold(found.surname) == fold(surname)
        stay = work.person(found.patient_id).current.id
    if answers:
        triage.save(desk.acting(), a_draft(stay, found.patient_id, {**SEEN, **answers}), 1)
    return Held(found.patient_id, stay)


def written(
    desk: TestDesk, who: Held, kind: str, body: dict[str, object], role: Role, day: date, **more: object
) -> str:
    """An entry of the regime's stage as the journal has it; its id."""
    at = more.pop("at", None) or datetime(day.year, day.month, day.day, 9, 0, tzinfo=LONDON)
    entry = NewEntry(
        "regime", kind, {"stay": who.stay, **body}, desk.acting(role).who, who.patient_id, happened_at=at, **more
    )
    with desk.store.work() as work:
        (made,) = work.append([entry])
    return made.id


def decided(
    desk: TestDesk,
    who: Held,
    declared: str = "maintenance",
    *,
    since: date = date(2010, 5, 3),
    medicine: str = "methadone",
    reason: str = "",
    review_on: date | None = None,
    findings: tuple[dict[str, str], ...] = (),
    standing: str = "offered",
    **more: object,
) -> str:
    """A regime signed by a prescriber."""
    body = {
        "class": declared,
        "medicine": medicine,
        "from": since.isoformat(),
        "order": None,
        "wish": {"wished": "to go on", "told": "all of it", "agreed": "yes"},
        "standing": standing,
        "reason": reason,
        "review_on": review_on.isoformat() if review_on else None,
        "findings": list(findings),
        "parameters": "0" * 64,
        "replaces": [],
    }
    return written(desk, who, "regime", body, Role.PRESCRIBER, since, **more)


def given(desk: TestDesk, who: Held, first: date, *mg: int, medicine: str = "methadone") -> None:
    """A dose taken on each day from the first."""
    nurse = desk.acting().who
    entries = []
    for at, amount in enumerate(mg):
        day = first + timedelta(days=at)
        body = {
            "stay": who.stay,
            "order": "an-order",
            "course": "an-order",
            "day": day.isoformat(),
            "slot": "morning",
            "medicine": medicine,
            "ordered": f"{amount} mg",
            "outcome": "taken",
            "taken": None,
            "reason": "",
            "witness": "K. Osei",
            "supervised": True,
        }
        when = datetime(day.year, day.month, day.day, 8, 40, tzinfo=LONDON)
        entries.append(NewEntry("regime", "dose", body, nurse, who.patient_id, happened_at=when))
    with desk.store.work() as work:
        work.append(entries)


def lifted(
    desk: TestDesk, who: Held, day: date, *, by_telephone: bool = True, reason: str = "seen last night"
) -> str:
    """A stop lifted for one dose; by telephone it is to be signed."""
    body = {
        "course": "an-order",
        "day": day.isoformat(),
        "slot": "morning",
        "codes": ["RD-MISSED-DAYS"],
        "over": [],
        "reason": reason,
        "prescriber": "H. Castellan",
        "by_telephone": by_telephone,
        "witness": "K. Osei" if by_telephone else "",
        "sign_by": (day + timedelta(days=1)).isoformat() if by_telephone else None,
    }
    return written(desk, who, "stop_lifted", body, Role.NURSE, day)
