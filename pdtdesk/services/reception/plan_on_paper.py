"""Tonight's plan as it is read on paper: each line with its source, what may not be given, what is due, scores."""

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Protocol

from pdtdesk.domain.calendar import day_of, show_instant, show_near, show_time
from pdtdesk.domain.names import excerpt
from pdtdesk.domain.reception.person import PersonRecord, Plan, Score, Stay
from pdtdesk.domain.reception.scales import SCALES, BandsNotWhole, NotPermitted, OutsideBands
from pdtdesk.domain.reception.scales import score as add_up
from pdtdesk.domain.reception.standing import worn_out_looks
from pdtdesk.policy.findings import TaskKind
from pdtdesk.policy.origin import Document, Status
from pdtdesk.policy.parameters import NoGuidanceInForce, NotSignedLocally, Parameters
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.reception.scales import BANDED, band
from pdtdesk.policy.reception.sedation import NOT_LOOKED, STOPPED
from pdtdesk.services.reception.custody_watch import VISITS
from pdtdesk.services.reception.looks_at_doses import awake_at_a_dose, awake_tonight
from pdtdesk.services.reception.sheet_facts import Due, NotGiven, Passage, PlanPart, ScoreLine

TASK_WORDS: Mapping[TaskKind, str] = {
    TaskKind.REASSESS_SEDATION: "Reassess: drowsy or intoxicated",
    TaskKind.ACCT_DECISION: "Decide on ACCT",
    TaskKind.PRESCRIBER_TONIGHT: "Reach the prescriber",
    TaskKind.MIDWIFE_TODAY: "Midwife",
    TaskKind.OBSERVE: "Observe",
    TaskKind.REPEAT_COWS: "COWS",
    TaskKind.REPEAT_CIWA_AR: "CIWA-Ar and observations",
    TaskKind.CONFIRM_DOSE: "Confirm the community dose",
    TaskKind.CONFIRM_MEDICINES: "Confirm other medicines",
    TaskKind.FIRST_WEEK_WATCH: "First-week watch ends",
    TaskKind.AUDIT: "AUDIT",
    TaskKind.SDS: "SDS",
    TaskKind.CARAT_REFERRAL: "CARAT referral",
    TaskKind.HEPATITIS_B_OFFER: "Offer hepatitis B vaccination",
    TaskKind.STABILISATION_REVIEW: "Stabilisation review",
    TaskKind.PSYCHOSOCIAL_PACKAGE: "28-day package ends",
}
"""What is due, in the few words of a list."""


class Dated(Protocol):
    """A task as the record or the worklist holds it."""

    @property
    def what(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def due_on(self) -> date | None: ...


def plan_parts(
    person: PersonRecord, stay: Stay, documents: Mapping[str, Document], now: datetime
) -> tuple[PlanPart, ...]:
    """The lines of the plan in their order; of two plans that both stand, every line once. That nobody has looked is
    not said of somebody who was seen awake before a dose tonight."""
    looked = awake_tonight(person, stay, now) is not None
    parts = [
        _part(line, documents, now)
        for plan in stay.plans
        for line in plan.body.get("lines", ())
        if not (looked and line.get("code") == Code.SEDATION_NOT_CHECKED)
    ]
    return tuple(dict.fromkeys(parts))


def not_given(person: PersonRecord, stay: Stay, now: datetime) -> tuple[NotGiven, ...]:
    """What may not be given, alike reasons together; of two plans that both stand, every stop.

    A plan is as old as it is: where the look it rests on has worn out since, paper says so as the window does; and
    somebody who was seen awake before a dose tonight has been looked at, whatever the plan says.
    """
    since = _looked_last(person, stay, now)
    found: dict[tuple[str, str, bool], list[str]] = defaultdict(list)
    for plan in stay.plans:
        for hold in plan.body.get("may_not_be_given", ()):
            if since is not None and hold.get("code") == Code.SEDATION_NOT_CHECKED:
                continue
            key = (str(hold.get("why", "")), str(hold.get("ends_by", "")), bool(hold.get("hard")))
            what = str(hold.get("what", ""))
            if what not in found[key]:
                found[key].append(what)
    given = [NotGiven(tuple(what), why, ends_by, hard) for (why, ends_by, hard), what in found.items()]
    if since is not None and not awake_tonight(person, stay, now):
        why = f"{NOT_LOOKED} since {show_instant(since)}"
        given.append(NotGiven(STOPPED, why, "looking, and recording it", hard=True))
    return tuple(given)


def _looked_last(person: PersonRecord, stay: Stay, now: datetime) -> datetime | None:
    """When somebody last looked and saw nothing, at triage or before a dose, where a plan says that nobody has, or
    the triage's look has worn out; None where no look is known, or the triage's answers for tonight."""
    worn_out = worn_out_looks(stay, now)
    open_still = any(
        hold.get("code") == Code.SEDATION_NOT_CHECKED
        for plan in stay.plans
        for hold in plan.body.get("may_not_be_given", ())
    )
    if not stay.plans or not (worn_out or open_still):
        return None
    looks = [each.answer.at for each in worn_out.values()]
    if (at := awake_at_a_dose(person, stay, now)) is not None:
        looks.append(at)
    return max(looks, default=None)


def priority_reasons(person: PersonRecord, stay: Stay, plan: Plan, now: datetime) -> tuple[str, ...]:
    """Why a plan ranks where it does, but for *not looked at* of somebody seen awake before a dose tonight."""
    looked = awake_tonight(person, stay, now) is not None
    return tuple(each for each in plan.reasons if not (looked and each.startswith(NOT_LOOKED)))


def observation(stay: Stay) -> tuple[str, ...]:
    """How the person is observed, each sentence once."""
    return tuple(dict.fromkeys(str(words) for plan in stay.plans for words in plan.body.get("observation", ())))


def due_of(task: Dated, now: datetime) -> Due:
    """A task as a list shows it; late where its hour, or its whole day, has passed."""
    words = TASK_WORDS[TaskKind(task.what)] if task.what in tuple(TaskKind) else task.sentence
    late = task.due_at < now if task.due_at else task.due_on is not None and task.due_on < day_of(now)
    return Due(words, task.sentence, task.due_at, task.due_on, late)


def settled_of(stay: Stay, now: datetime) -> tuple[str, ...]:
    """How each thing for which somebody comes to the cell was settled by hand, unless it is due again: `COWS 31 May:
    asleep`. A plan goes on naming its hour."""
    ended = {task.what: task.settled for task in stay.tasks if task.what in VISITS and task.settled is not None}
    due = {task.what for task in stay.tasks if task.settled is None}
    said = []
    for what, entry in ended.items():
        at = entry.header.happened_at
        when = show_time(at) if day_of(at) == day_of(now) else show_near(day_of(at), day_of(now))
        how = excerpt(str((entry.body or {}).get("outcome", "")))
        said += [f"{TASK_WORDS[TaskKind(what)]} {when}: {how}"] if what not in due else []
    return tuple(said)


def score_lines(stay: Stay, policy: Parameters, now: datetime) -> tuple[ScoreLine, ...]:
    """Each scale as last taken, in the order in which the triage asks them, with earlier totals as the trend."""
    lines = []
    for scale in SCALES:
        taken = sorted((score for score in stay.scores if score.scale == scale), key=lambda score: score.taken_at)
        if taken:
            last = taken[-1]
            before = tuple(f"{_total(score)} at {show_instant(score.taken_at)}" for score in taken[:-1])
            when = f"{show_instant(last.taken_at)}, {last.by.name}"
            lines.append(ScoreLine(SCALES[scale].name, _total(last), _band(last, policy, now), when, before))
    return tuple(lines)


def _part(line: Mapping[str, Any], documents: Mapping[str, Document], now: datetime) -> PlanPart:
    references = [
        Passage(
            documents[id_].short if (id_ := str(each.get("document"))) in documents else id_, str(each["section"])
        )
        for each in line.get("references", ())
        if each.get("section")
    ]
    facts = [str(fact) for fact in line.get("facts", ()) if fact != "product"]
    return PlanPart(
        label=str(line.get("label", "")),
        sentence=str(line.get("sentence", "")),
        urgency=str(line.get("urgency", "")),
        when=_when(line, now),
        references=tuple(dict.fromkeys(references)),
        facts=tuple(facts),
        awaiting=str(line.get("status")) not in (Status.QUOTED, Status.SIGNED),
        unsigned=tuple(str(words) for words in line.get("unsigned", ())),
    )


def _when(line: Mapping[str, Any], now: datetime) -> str:
    """By when: of today the hour alone, of this year without it."""
    with suppress(ValueError):  # an instant that a newer desk wrote in another form is left to its sentence
        if line.get("due_at"):
            at = datetime.fromisoformat(str(line["due_at"]))
            return show_time(at) if day_of(at) == day_of(now) else show_instant(at)
        if line.get("due_on"):
            return show_near(date.fromisoformat(str(line["due_on"])), day_of(now))
    return ""


def _total(score: Score) -> str:
    if score.total is not None:
        return str(score.total)
    try:
        return add_up(SCALES[score.scale], score.items).in_words()
    except NotPermitted:
        return "items that this desk does not know"


def _band(score: Score, policy: Parameters, now: datetime) -> str:
    if score.total is None or score.scale not in BANDED:
        return ""
    try:
        found, _ = band(policy.on(day_of(now)), score.scale, score.total)
    except (NoGuidanceInForce, NotSignedLocally, OutsideBands, BandsNotWhole):
        return "no band in force"
    return f"{found.label}, {found.from_score} to {found.to_score}"
