"""One stay of somebody who does not exist: taken in, triaged, planned for, and what became of what was due."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from pdtdesk.domain.calendar import at_london, day_of
from pdtdesk.domain.ids import uuid7
from pdtdesk.domain.reception.person import Stay, TakenIn
from pdtdesk.domain.reception.reading import facts_of
from pdtdesk.domain.reception.scales import SCALES, score
from pdtdesk.domain.reception.standing import listed
from pdtdesk.domain.record.entry import Json, NewEntry, Route
from pdtdesk.domain.staff import Author
from pdtdesk.policy.parameters import Parameters
from pdtdesk.policy.reception.assess import assess
from pdtdesk.services.demonstration.answers import Told
from pdtdesk.services.demonstration.chance import Chance
from pdtdesk.services.demonstration.diary import Diary, Staff
from pdtdesk.services.demonstration.people import Invented
from pdtdesk.services.reception.plan import plan_entry, task_entries

WRITTEN_UP = time(22, 30)
SETTLED_AT = time(15, 0)
_RELEASED_AT = time(9, 0)
_WRITTEN_UP_AFTER_DAYS = (1, 7)
_LEFT_OPEN_DAYS = 4
"""What was due longer ago has been done; of the last days a little is still open."""
_OUTCOMES = {
    "carat_referral": "Seen by CARAT",
    "hepatitis_b_offer": "Offered; first dose given",
    "first_week_watch": "First week over, no concern",
    "stabilisation_review": "Reviewed with the prescriber",
    "psychosocial_package": "Package finished",
    "confirm_dose": "Spoken to the pharmacy",
}


@dataclass(frozen=True, slots=True)
class PastStay:
    """A stay as the demonstration tells it. `left_on` None is for somebody who is still here.

    `passes` is how many passes of the triage were saved. Without `with_tasks` nothing that was due then is written:
    of long ago it has been done and would only be noise.
    """

    arrived_at: datetime
    arrival: Json
    told: Told
    location: str | None
    left_on: date | None = None
    passes: int = 2
    with_tasks: bool = True


@dataclass(frozen=True, slots=True)
class Pen:
    """With what past stays are written: the diary, who writes, by which guidance, and up to when."""

    diary: Diary
    staff: Staff
    policy: Parameters
    establishment: str
    evening: datetime

    @property
    def nurse(self) -> Author:
        """Who writes most of it."""
        return self.staff["nurse"]


def write_stay(pen: Pen, patient_id: str, who: Invented, past: PastStay, chance: Chance) -> str:
    """Write one stay into the diary; answers with its id."""
    day = day_of(past.arrived_at)
    written_at = at_london(day, WRITTEN_UP)
    stay_id = uuid7(past.arrived_at, chance.bytes)
    body = {**past.arrival, "location": past.location}
    here = NewEntry(
        "reception",
        "arrival",
        body,
        pen.nurse,
        patient_id,
        happened_at=past.arrived_at,
        route=Route("here", at=pen.establishment),
        id=stay_id,
    )
    asked_at = past.arrived_at + timedelta(minutes=70)
    answered = _answered(pen, patient_id, stay_id, past.told, asked_at, chance)
    pen.diary.write(written_at, here, *answered)
    _write_plan(pen, patient_id, who, past, _empty_stay(pen, stay_id, past), chance)
    if past.left_on is not None:
        pen.diary.write(at_london(past.left_on, _RELEASED_AT), _left(here, past.left_on))
    return stay_id


def _answered(
    pen: Pen, patient_id: str, stay_id: str, told: Told, at: datetime, chance: Chance
) -> Iterator[NewEntry]:
    author = pen.nurse if chance.percent(80) else pen.staff["lead"]
    answers = {key: {"at": at.isoformat(), "over": [], "value": value} for key, value in told.answers.items()}
    yield NewEntry("reception", "triage", {"stay": stay_id, "answers": answers}, author, patient_id, happened_at=at)
    for scale, items in told.scores.items():
        total = score(SCALES[scale], items).total
        body = {"stay": stay_id, "scale": scale, "items": dict(items), "total": total}
        yield NewEntry("reception", "score", body, author, patient_id, happened_at=at)


def _empty_stay(pen: Pen, stay_id: str, past: PastStay) -> Stay:
    return Stay(
        taken_in=(TakenIn(stay_id, past.arrived_at),),
        establishment=pen.establishment,
        arrival=past.arrival,
        location=past.location,
        answers={},
        scores=(),
        tasks=(),
        plans=(),
        confirmations=(),
    )


def _write_plan(pen: Pen, patient_id: str, who: Invented, past: PastStay, stay: Stay, chance: Chance) -> None:
    """The plan by the guidance of that day, the tasks that follow from it, and how those ended that were due."""
    day = day_of(past.arrived_at)
    at = past.arrived_at + timedelta(minutes=75)
    facts = facts_of(
        born=who.born,
        sex="male",
        received_on=day,
        values={**listed(stay), **past.told.answers},
        totals=_totals(past.told.scores, at),
    )
    tonight = assess(facts, pen.policy.on(day), at)
    plan = plan_entry(tonight, stay, patient_id, pen.nurse, past.passes, at)
    written_at = at_london(day, WRITTEN_UP)
    pen.diary.write(written_at, plan)
    if past.with_tasks:
        for task in task_entries(tonight, stay, patient_id, pen.nurse):
            named = replace(task, id=uuid7(written_at, chance.bytes))
            pen.diary.write(written_at, named)
            _settle(pen, named, written_at, chance)


def _totals(scores: Mapping[str, Mapping[str, int]], at: datetime) -> dict[str, tuple[int, datetime]]:
    totals = {scale: score(SCALES[scale], items).total for scale, items in scores.items()}
    return {scale: (total, at) for scale, total in totals.items() if total is not None}


def _settle(pen: Pen, task: NewEntry, written_at: datetime, chance: Chance) -> None:
    """What was due is settled, but for a little of the last days; of what is due today the half.

    What an earlier night was for was done in that night: but for a dose that nobody has confirmed yet.
    """
    if task.body["what"] == "reassess_sedation":
        return  # that ends by an answer
    due = date.fromisoformat(str(task.body["due_on"]))
    today = day_of(pen.evening)
    of_a_night = task.body["due_at"] is not None and task.body["what"] != "confirm_dose"
    left_open = (today - due).days <= _LEFT_OPEN_DAYS and not of_a_night
    likely = 50 if due == today else 85 if left_open else 100
    if due > today or not chance.percent(likely):
        return
    at = max(at_london(due, SETTLED_AT), written_at + timedelta(minutes=30))
    if at > pen.evening:
        return
    what = str(task.body["what"])
    done_by = pen.staff["carat"] if what == "carat_referral" else pen.nurse
    body = {"stay": task.body["stay"], "task": task.id, "outcome": _OUTCOMES.get(what, "Done")}
    entry = NewEntry("reception", "task_settled", body, done_by, task.patient_id, happened_at=at)
    pen.diary.write(_written_up(at, written_at, pen.evening), entry)


def _written_up(at: datetime, arrived: datetime, evening: datetime) -> datetime:
    """When it was written down that something was done: the next day, or with the first week's end."""
    days = (day_of(at) - day_of(arrived)).days
    written_on = next((each for each in _WRITTEN_UP_AFTER_DAYS if each >= days), days)
    written_at = at_london(day_of(arrived) + timedelta(days=written_on), SETTLED_AT)
    return written_at if at <= written_at <= evening else at


def _left(arrival: NewEntry, on: date) -> NewEntry:
    """The arrival with its end: the stay keeps its id, and the person is here no longer."""
    return replace(
        arrival,
        id=None,
        body={**arrival.body, "location": None, "left_on": on.isoformat()},
        supersedes=(str(arrival.id),),
        route=Route("released"),
    )
