"""What is due: the worklist of tasks, how each ended, and who confirmed a community prescription, with whom."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from pdtdesk.domain.calendar import day_of, night_ends, night_of, show_day
from pdtdesk.domain.reception.alerts import alerts_of
from pdtdesk.domain.reception.facts import Standing
from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.reception.reading import Given
from pdtdesk.domain.reception.standing import calls_of, values
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.roles import Permission, may
from pdtdesk.policy.findings import TaskKind
from pdtdesk.policy.reception.pharmacy import next_opening
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.desk.session import CLOCK_TOLERANCE
from pdtdesk.services.ports import AuditLine, TaskRow
from pdtdesk.services.reception.custody_watch import VISITS
from pdtdesk.services.reception.people import present
from pdtdesk.services.reception.replanning import replan
from pdtdesk.services.reception.triage import facts, record_of, stay_of
from pdtdesk.services.refusals import Changed, NotAllowed, Refused


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What was heard of a community prescription, from whom and when; S-03 asks for the last *witnessed* dose.

    `standing` is `confirmed`, `refuted`, or None where nobody could be reached: then the task stays open.
    """

    standing: Standing | None
    with_whom: str
    spoken_at: datetime
    medicine: str = ""
    daily: str = ""
    last_witnessed_at: datetime | None = None
    days_missed: int | None = None
    take_home: str = ""
    note: str = ""
    knowing: bool = False
    """That it differs from what was told has been seen."""


class DiffersFromTold(Refused):
    """What was heard is not what was told: a slip of a key, or news. It is recorded when it is said once more."""


_OF_CARAT = {
    "carat_referral": "Referred to CARAT: make first contact.",
    "psychosocial_package": "The 28-day psychosocial package has begun.",
}


@action(Permission.SEE_PEOPLE)
def due(acting: Acting, until: datetime | None = None, *, opened: bool = False) -> tuple[TaskRow, ...]:
    """Open tasks of everybody who is here. First what this night is for: what has no hour because it cannot wait for
    one, and by the hour what is due before eight or was due before now. Then the rest, day by day in the same order.

    Whoever may not see the clinical record gets CARAT's own tasks alone, in words that say nothing of health.
    `opened`: somebody turns to the list, and does not only have it renewed under their eyes; that is audited.
    """
    with acting.store.reading() as work:
        rows = _seen_by(acting, sorted(work.tasks(until=until), key=_by_need(night_ends(acting.now()))))
    if opened:
        with acting.store.work() as work:
            people = len({row.patient_id for row in rows})
            work.audit(AuditLine(acting.now(), acting.who, "opened what is due", detail=f"{people} people"))
    return rows


def _seen_by(acting: Acting, rows: Sequence[TaskRow]) -> tuple[TaskRow, ...]:
    if may(acting.who.role, Permission.SEE_CLINICAL):
        return tuple(rows)
    if not may(acting.who.role, Permission.SETTLE_TASKS):
        return ()  # who is referred to CARAT tells of drug use
    return tuple(replace(row, sentence=_OF_CARAT[row.what]) for row in rows if row.what in _OF_CARAT)


def _by_need(until: datetime) -> Callable[[TaskRow], tuple[bool, date, int, float]]:
    def key(row: TaskRow) -> tuple[bool, date, int, float]:
        if row.due_at is not None:
            later = row.due_at > until
            return later, day_of(row.due_at) if later else date.min, 1, row.due_at.timestamp()
        day = row.due_on or date.min
        at_once = row.what in VISITS
        later = not at_once or day >= night_of(until)
        return later, day if later else date.min, 0 if at_once else 2, 0.0

    return key


@action(Permission.SETTLE_TASKS)
def settle(acting: Acting, entry_id: str, outcome: str) -> None:
    """Record how a task ended, in words; it leaves the worklist."""
    if not outcome.strip():
        raise Refused("Say how it ended: a few words are enough.")
    with acting.store.work() as work:
        task = work.entry(entry_id)
        if task is None or task.kind != "task" or not task.body:
            raise Refused("That task is not on this desk.")
        person = work.person(str(task.header.patient_id))
        stays = person.stays if person else ()
        now_open = {each.entry_id: each for stay in stays for each in stay.tasks}
        held = now_open.get(entry_id)
        if held is None:
            raise Changed("That task has been changed meanwhile; the worklist shows it as it stands now.")
        if held.settled is not None:
            raise Changed(f"{held.settled.author.name} has settled that task already.")
        if held.what not in _OF_CARAT and not may(acting.who.role, Permission.SEE_CLINICAL):
            raise NotAllowed("That task is clinical: a nurse, a prescriber or the clinical lead settles it.")
        if held.what == TaskKind.REASSESS_SEDATION:
            raise Refused(
                "This ends by looking: open the triage and answer Drowsy and Intoxicated as they are now. While the "
                "answer is yes, the desk goes on asking."
            )
        if held.what == "confirm_dose":
            raise Refused("A community dose is confirmed with whom you spoke, when, and the last witnessed dose.")
        body = {"stay": task.body["stay"], "task": entry_id, "outcome": outcome}
        work.append([NewEntry("reception", "task_settled", body, acting.who, task.header.patient_id)])
        work.audit(AuditLine(acting.now(), acting.who, "settled a task", task.header.patient_id, detail=held.what))


@dataclass(frozen=True, slots=True)
class Calling:
    """Before a call about a community dose: whose it is, what is dangerous for them, and whom to ring when."""

    who: str
    dangers: tuple[str, ...]
    pharmacy: str


@action(Permission.CONFIRM_PRESCRIPTION)
def before_the_call(acting: Acting, patient_id: str, stay: str) -> Calling:
    """Who the call is about by two identifiers, and when somebody can next be asked: a task names the opening that
    was next when it was written."""
    now = acting.now()
    with acting.store.work() as work:
        person = present(work, patient_id)
        work.audit(AuditLine(now, acting.who, "looked up whom to call about the dose", patient_id))
    held = stay_of(person, stay)
    said, identity = values(person, held), person.identity
    prescribed = facts(person, held, now=now).community_prescriptions or ()
    opening = next_opening(prescribed[0].pharmacy_hours if prescribed else None, now)
    born = f"b. {show_day(identity.born)[4:]}" if identity.born else "birth date not known"
    phone = said.get("prescribed.pharmacy_phone") or "no telephone number written down"
    return Calling(
        who=" · ".join((identity.prison_number or "no number", born, held.location or "no cell yet")),
        dangers=tuple(alert.words for alert in alerts_of(person) if alert.tone == "danger"),
        pharmacy=f"{opening.in_words(said.get('prescribed.pharmacy'))} · {phone}",
    )


@action(Permission.CONFIRM_PRESCRIPTION)
def confirm_prescription(acting: Acting, patient_id: str, stay: str, heard: Confirmation) -> None:
    """Record what a pharmacy or prescriber said. Only a witnessed last dose makes a prescription confirmed."""
    if not heard.with_whom.strip():
        raise Refused("Write with whom you spoke: name and pharmacy or team.")
    if heard.standing is Standing.CONFIRMED and not (heard.medicine and heard.daily and heard.last_witnessed_at):
        raise Refused(
            "A community dose is confirmed by medicine, daily dose and the last dose that somebody saw taken. "
            "Without the last witnessed dose it stays reported: record the call as not confirmed."
        )
    now = acting.now()
    if heard.spoken_at > now + CLOCK_TOLERANCE or (heard.last_witnessed_at and heard.last_witnessed_at > now):
        raise Refused("A call, and a dose that was seen, lie in the past: check the day and the time.")
    with acting.store.work() as work:
        person = work.person(patient_id)
        held = next((each for each in person.stays if stay in each.ids), None) if person else None
        if person is None or held is None:
            raise Refused("That arrival is not on this desk.")
        if heard.standing is Standing.CONFIRMED and not heard.knowing:
            _compare(heard, _told(person, held))
        work.append(_call(acting, person, held, heard))
        work.audit(AuditLine(now, acting.who, "recorded a call about the community dose", patient_id))
        replan(acting, work, patient_id)


def _told(person: PersonRecord, stay: Stay) -> Mapping[str, Sequence[str]]:
    """Medicine and daily dose as they were told; every account of them while two differ."""
    one = values(person, stay)
    return {
        key: [each.answer.value for each in stay.answers.get(key, ()) if each.answer.value]
        or ([one[key]] if key in one else [])
        for key in ("prescribed.medicine", "prescribed.daily")
    }


def _compare(heard: Confirmation, told: Mapping[str, Sequence[str]]) -> None:
    medicines = told["prescribed.medicine"]
    doses = [dose for said in told["prescribed.daily"] if (dose := Given({"": said}).milligrams("")) is not None]
    now = Given({"": heard.daily}).milligrams("")
    if (not medicines or heard.medicine in medicines) and (not doses or now in doses):
        return
    was = " ".join([*medicines, " or ".join(str(dose) for dose in doses)]).strip()
    raise DiffersFromTold(
        f"Told was {was} a day, and this call says {heard.medicine} {heard.daily}. Look at it again; if that is what "
        "they said, record it once more."
    )


def _call(acting: Acting, person: PersonRecord, stay: Stay, heard: Confirmation) -> list[NewEntry]:
    """The call, in the place of those before it; a call that reached nobody takes no place and settles nothing."""
    settles = heard.standing is not None
    before = [entry for entry in calls_of(person, stay) if settles and (entry.body or {}).get("standing")]
    open_tasks = [task.entry_id for task in stay.tasks if task.what == "confirm_dose" and task.settled is None]
    settled_before = [str(body["task"]) for entry in before if (body := entry.body or {}).get("task")]
    tasks = [*open_tasks, *settled_before] if settles else []
    body = {
        "stay": stay.id,
        "standing": heard.standing.value if heard.standing else None,
        "with_whom": heard.with_whom,
        "medicine": heard.medicine,
        "daily": heard.daily,
        "last_witnessed_at": heard.last_witnessed_at.isoformat() if heard.last_witnessed_at else None,
        "days_missed": heard.days_missed,
        "take_home": heard.take_home,
        "note": heard.note,
        "settles": settles,
    }
    record = record_of(person, stay)  # of joined records, the one that came
    call = NewEntry(
        "reception",
        "prescription_confirmed",
        {**body, "task": tasks[0]} if tasks else body,
        acting.who,
        record,
        happened_at=heard.spoken_at,
        supersedes=tuple(entry.id for entry in before),
    )
    also = [{"stay": stay.id, "task": task, "outcome": "settled by the call"} for task in tasks[1:]]
    return [call, *(NewEntry("reception", "task_settled", each, acting.who, record) for each in also)]
