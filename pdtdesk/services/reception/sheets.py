"""Gathering what a printed sheet says: one moment of the desk, frozen, and written into the audit as printing."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from pdtdesk.domain.calendar import DAY_BEGINS, at_london, day_of, night_ends, night_of, show_instant
from pdtdesk.domain.names import display_name
from pdtdesk.domain.reception.alerts import alerts_of
from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.reception.reading import Given
from pdtdesk.domain.roles import Permission
from pdtdesk.policy.findings import TaskKind, Urgency
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import AuditLine, PersonRow, TaskRow, Work
from pdtdesk.services.printing import printing_of
from pdtdesk.services.reception.answers_on_paper import chosen, not_asked, sections, written
from pdtdesk.services.reception.custody_watch import VISITS, custody_line
from pdtdesk.services.reception.plan_on_paper import (
    due_of,
    not_given,
    observation,
    plan_parts,
    priority_reasons,
    score_lines,
    settled_of,
)
from pdtdesk.services.reception.sheet_facts import (
    Custody,
    CustodyLine,
    Downtime,
    Due,
    DueLine,
    FirstNight,
    Handover,
    HandoverLine,
    Named,
    OrdersOf,
    Watch,
)
from pdtdesk.services.refusals import Refused
from pdtdesk.services.regime.orders_on_paper import orders_on_paper

_UNSEEN = "waiting"
_ENOUGH = 16
"""Letters of a fingerprint by which a sheet names its guidance; the record holds it whole."""
_ORDER = (str(Urgency.NOW), _UNSEEN, str(Urgency.TONIGHT), str(Urgency.SOON), str(Urgency.ROUTINE))


@action(Permission.PRINT_CLINICAL)
def first_night_sheet(acting: Acting, patient_id: str, *, demonstration: bool = False) -> FirstNight:
    """The first-night sheet of one arrival, as saved; an unsaved draft is spoken of and not printed."""
    with acting.store.work() as work:
        person = work.person(patient_id)
        stay = person.current if person else None
        if person is None or stay is None:
            raise Refused("There is no arrival of that person on this desk. Take the arrival in, then print.")
        draft = work.draft(stay.id)
        work.audit(AuditLine(acting.now(), acting.who, "printed the first-night sheet", patient_id))
        printing = printing_of(work, acting, demonstration=demonstration)
    now = printing.at
    cautions = _cautions(person, stay)
    if draft is not None:
        cautions += (f"Answers since {show_instant(draft.updated_at)} are a draft, not saved and not on this sheet.",)
    priority, reasons = _priority(person, stay, now)
    return FirstNight(
        printing=printing,
        who=_named(person, stay, day_of(now)),
        arrived=f"{show_instant(stay.brought_at)} from {stay.arrival.get('arrived_from') or 'a place not given'}",
        alerts=alerts_of(person),
        cautions=cautions,
        priority=priority,
        reasons=reasons,
        may_not_be_given=not_given(person, stay, now),
        plan=plan_parts(person, stay, acting.policy.documents, now),
        observation=observation(stay),
        due=tuple(
            sorted((due_of(task, now) for task in stay.tasks if task.settled is None), key=_due_order),
        ),
        prescriber=chosen(person, stay, "prescriber.", "Prescriber"),
        scores=score_lines(stay, acting.policy, now),
        sections=sections(person, stay),
        wishes=chosen(person, stay, "wishes.", "Wishes, and what was told"),
        not_asked=not_asked(stay),
        written=written(stay),
        parameters=", ".join(dict.fromkeys(str(plan.body.get("parameters", ""))[:_ENOUGH] for plan in stay.plans)),
    )


@action(Permission.PRINT_CLINICAL)
def handover_list(acting: Acting, since: datetime, *, demonstration: bool = False) -> Handover:
    """The night nurse's list: arrivals since an instant, unfinished ones, whoever has something due tonight, and
    whoever is watched closely by a plan that stands."""
    with acting.store.work() as work:
        printing = printing_of(work, acting, demonstration=demonstration)
        until = night_ends(printing.at)
        tasks = _tasks_tonight(work, printing.at)
        watched = _watched_closely(work, printing.at)
        lines = []
        for patient_id in dict.fromkeys((*(row.patient_id for row in work.arrivals(since)), *tasks, *watched)):
            person = work.person(patient_id)
            if person is None or person.current is None:
                continue
            draft = any(work.draft(id_) for id_ in person.current.ids)
            lines.append(_handover_line(person, person.current, tasks.get(patient_id, ()), printing.at, draft))
            _audit_one(acting, work, "printed on the hand-over list", patient_id)
        work.audit(_list_printed(acting, "the hand-over list", len(lines)))
    return Handover(printing, since, until, tuple(sorted(lines, key=_worst_first)))


@action(Permission.PRINT_CUSTODY)
def custody_list(acting: Acting, since: datetime, *, demonstration: bool = False) -> Custody:
    """The list for custody staff: everybody who arrived, whoever healthcare visits tonight, whoever is in the first
    week's watch, and whoever is not to be left alone or to be woken by a plan that stands. Nothing clinical.

    All arrivals are on it, those with nothing to observe too: to stand on the list says nothing of anybody.
    """
    with acting.store.work() as work:
        printing = printing_of(work, acting, demonstration=demonstration)
        until = night_ends(printing.at)
        tasks = work.tasks()
        tonight = {row.patient_id for row in work.arrivals(since)}
        tonight |= {task.patient_id for task in tasks if _brings_somebody(task, until)}
        tonight |= set(_watched_closely(work, printing.at))
        watched = {task.patient_id for task in tasks if _is_first_week(task, printing.at)} - tonight
        lines: list[CustodyLine] = []
        also: list[CustodyLine] = []
        for patient_id in (*tonight, *watched):
            person = work.person(patient_id)
            if person is not None and person.current is not None:
                line = custody_line(person, person.current, until)
                also_only = patient_id in watched and line.watch in (Watch.LOOK_IN, Watch.ORDINARY)
                (also if also_only else lines).append(line)
        work.audit(_list_printed(acting, "the list for custody staff", len(lines) + len(also)))
    return Custody(printing, since, *(tuple(sorted(each, key=_strongest_first)) for each in (lines, also)))


@action(Permission.PRINT_CLINICAL)
def downtime_sheet(acting: Acting, *, demonstration: bool = False) -> Downtime:
    """Who is here, what is due tonight and tomorrow, and what is ordered: to work by when the desk does not run."""
    with acting.store.work() as work:
        printing = printing_of(work, acting, demonstration=demonstration)
        until = night_ends(printing.at)
        later = at_london(day_of(until) + timedelta(days=1), DAY_BEGINS)
        due: dict[str, list[TaskRow]] = defaultdict(list)
        for task in work.tasks(until=later):
            if _within(task, later):
                due[task.patient_id].append(task)
        held = [row.patient_id for row in work.arrivals(printing.at - timedelta(days=1))]
        lines = []
        for patient_id in dict.fromkeys((*held, *due, *_watched_closely(work, printing.at))):
            person = work.person(patient_id)
            if person is not None and person.current is not None:
                lines.append((patient_id, _due_line(person, person.current, due.get(patient_id, ()), printing.at)))
        ordered = _ordered(acting, work, printing.at)
        for patient_id in dict.fromkeys((*(id_ for id_, _ in lines), *(id_ for id_, _ in ordered))):
            _audit_one(acting, work, "printed on the downtime sheet", patient_id)
        here = tuple(_row_named(row) for row in work.present())
        work.audit(_list_printed(acting, "the downtime sheet", len(here)))
    by_hour = tuple(sorted((line for _, line in lines), key=_first_due))
    return Downtime(printing, until, later, by_hour, here, tuple(each for _, each in ordered))


def _ordered(acting: Acting, work: Work, now: datetime) -> list[tuple[str, OrdersOf]]:
    """Everybody here with an order of today or tomorrow, or a dose that still asks, by cell; whatever is due."""
    days = (day_of(now), day_of(now) + timedelta(days=1))
    ids = [*(row.patient_id for day in days for row in work.ordered_on(day)), *(r.patient_id for r in work.treated())]
    found = []
    for patient_id in dict.fromkeys(ids):
        person = work.person(patient_id)
        if person is None or person.current is None:
            continue
        held = orders_on_paper(person, person.current, acting.policy, now)
        if held.orders or held.besides:
            line = _due_line(person, person.current, (), now)
            found.append((patient_id, OrdersOf(line, held.orders, held.besides)))
    return sorted(found, key=lambda each: (_cell(each[1].line.who.location), each[1].line.who.name))


def _brings_somebody(task: TaskRow, until: datetime) -> bool:
    """Whether healthcare comes to the cell for a task tonight, by the hour."""
    return task.what in VISITS and task.due_at is not None and task.due_at <= until


def _is_first_week(task: TaskRow, now: datetime) -> bool:
    """Whether it is a watch that has not ended: it is due on the day on which it ends."""
    return task.what == TaskKind.FIRST_WEEK_WATCH and task.due_on is not None and task.due_on >= night_of(now)


def _within(task: TaskRow, until: datetime) -> bool:
    """Whether a task falls due before an instant: by the hour, or in the course of the ward's day before it."""
    if task.due_at is not None:
        return task.due_at <= until
    return task.due_on is None or task.due_on < day_of(until)


def _tasks_tonight(work: Work, now: datetime) -> dict[str, list[TaskRow]]:
    """What the night is for: what is due by the hour, and what brings somebody to the cell; AUDIT waits."""
    until = night_ends(now)
    of_the_night = {str(kind) for kind in VISITS}
    found: dict[str, list[TaskRow]] = defaultdict(list)
    for task in work.tasks(until=until):
        if _within(task, until) and (task.due_at is not None or task.what in of_the_night):
            found[task.patient_id].append(task)
    return found


def _watched_closely(work: Work, now: datetime) -> list[str]:
    """Whom officers are asked to do more for than to look in: by a plan that stands, and in the first week's watch.

    That the night of an arrival is over, or its tasks are settled, makes nobody safe: another answer does.
    """
    until = night_ends(now)
    first_week = {task.patient_id for task in work.tasks() if _is_first_week(task, now)}
    found = []
    for patient_id in dict.fromkeys((*work.urgent(), *sorted(first_week))):
        person = work.person(patient_id)
        if person is None or person.current is None:
            continue
        watch = custody_line(person, person.current, until).watch
        if watch in _CLOSE or (watch is Watch.ASK and patient_id in first_week):
            found.append(patient_id)
    return found


def _handover_line(
    person: PersonRecord, stay: Stay, tasks: Sequence[TaskRow], now: datetime, draft: bool
) -> HandoverLine:
    priority, reasons = _priority(person, stay, now)
    watch = custody_line(person, stay, night_ends(now)).watch
    return HandoverLine(
        who=_named(person, stay, day_of(now)),
        priority=priority,
        reasons=reasons,
        passes=stay.passes_done,
        may_not_be_given=not_given(person, stay, now),
        observation=observation(stay),
        due=tuple(sorted((due_of(task, now) for task in tasks), key=_due_order)),
        cautions=(*_conflicts(person, stay), *((_DRAFT,) if draft else ())),
        alerts=_dangers(person, stay),
        officers_ask=bool(stay.plans) and watch is Watch.ASK,
        settled=settled_of(stay, now),
    )


_DRAFT = "A draft is not saved: read it at the desk."


def _dangers(person: PersonRecord, stay: Stay) -> tuple[str, ...]:
    """What the banner shows in red and no stop says, and which medicines cannot wait: the plan names none."""
    alerts = [alert.words for alert in alerts_of(person) if alert.tone == "danger" and not alert.is_stop]
    urgent = [each.answer.value for each in stay.answers.get(_URGENT, ()) if each.answer.value]
    named = [text for value in urgent for text in Given({_URGENT: value}).noted(_URGENT) or ()]
    return (*alerts, *(f"Cannot wait: {text}" for text in named))


_URGENT = "medicines.cannot_wait"


def _due_line(person: PersonRecord, stay: Stay, tasks: Sequence[TaskRow], now: datetime) -> DueLine:
    until = night_ends(now)
    return DueLine(
        who=_named(person, stay, day_of(now)),
        may_not_be_given=not_given(person, stay, now),
        tonight=tuple(sorted((due_of(t, now) for t in tasks if _within(t, until)), key=_due_order)),
        tomorrow=tuple(sorted((due_of(t, now) for t in tasks if not _within(t, until)), key=_due_order)),
        passes=stay.passes_done,
        watch=watch.words if (watch := custody_line(person, stay, until).watch) in _CLOSE else "",
        alerts=_dangers(person, stay),
    )


_CLOSE = (Watch.NOT_ALONE, Watch.WAKE)


def _priority(person: PersonRecord, stay: Stay, now: datetime) -> tuple[str, tuple[str, ...]]:
    """The most urgent of the plans that stand, with all their reasons; `waiting` where there is none yet."""
    if not stay.plans:
        return _UNSEEN, ()
    plans = sorted(stay.plans, key=lambda plan: _rank(plan.priority))
    return plans[0].priority, tuple(
        dict.fromkeys(reason for plan in plans for reason in priority_reasons(person, stay, plan, now))
    )


def _rank(priority: str) -> int:
    """0 for the most urgent; a word of a newer desk counts as most urgent until somebody has looked."""
    return _ORDER.index(priority) if priority in _ORDER else 0


def _cautions(person: PersonRecord, stay: Stay) -> tuple[str, ...]:
    said = []
    if not stay.plans:
        said.append("No triage has been saved yet: nothing here has been asked, and no plan was made.")
    elif stay.passes_done < 2:
        said.append("First pass alone: the second has not been saved yet.")
    return (*said, *_conflicts(person, stay))


def _conflicts(person: PersonRecord, stay: Stay) -> tuple[str, ...]:
    said = []
    if len(stay.plans) > 1:
        said.append("Two plans stand side by side: both are printed; a clinician settles which holds.")
    if stay.contended or (person.conflicts and len(stay.plans) < 2):
        said.append("Two accounts of one thing stand side by side: ask again.")
    if person.folded.waiting:
        said.append(f"{len(person.folded.waiting)} entries have come without what they follow: they may change this.")
    return tuple(said)


def _named(person: PersonRecord, stay: Stay, today: date) -> Named:
    who = person.identity
    return Named(
        name=who.display,
        prison_number=who.prison_number,
        location=stay.location,
        born=who.born,
        age=who.age_on(today),
        sex=who.sex,
        nhs_number=who.nhs_number,
    )


def _row_named(row: PersonRow) -> Named:
    return Named(display_name(row.surname, row.forenames), row.prison_number, row.location, row.born, sex=row.sex)


def _list_printed(acting: Acting, what: str, people: int) -> AuditLine:
    return AuditLine(acting.now(), acting.who, f"printed {what}", detail=f"{people} people")


def _audit_one(acting: Acting, work: Work, what: str, patient_id: str) -> None:
    work.audit(AuditLine(acting.now(), acting.who, what, patient_id))


def _due_order(due: Due) -> tuple[date, bool, float, str]:
    day = day_of(due.at) if due.at else due.on or date.min
    return day, due.at is None, due.at.timestamp() if due.at else 0.0, due.words


def _worst_first(line: HandoverLine) -> tuple[int, float, tuple[object, ...], str]:
    first = min((due.at.timestamp() for due in line.due if due.at), default=float("inf"))
    return _rank(line.priority), first, _cell(line.who.location), line.who.name


def _first_due(line: DueLine) -> tuple[float, tuple[object, ...], str]:
    first = min((due.at.timestamp() for due in (*line.tonight, *line.tomorrow) if due.at), default=float("inf"))
    return first, _cell(line.who.location), line.who.name


def _strongest_first(line: CustodyLine) -> tuple[int, tuple[object, ...], str]:
    return tuple(Watch).index(line.watch), _cell(line.location), line.name


def _cell(location: str | None) -> tuple[object, ...]:
    """The order in which cells lie on a landing: B1-7 before B1-12; those without a cell first, to be found one."""
    parts = re.findall(r"\d+|\D+", location or "")
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part.casefold()) for part in parts)
