"""How a rule of reception speaks: a finding and, with it, the plan line, task, hold and priority that follow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from pdtdesk.policy.findings import (
    Finding,
    Hold,
    PlanLine,
    PriorityReason,
    Source,
    Task,
    TaskKind,
    Tier,
    Urgency,
    finding,
)
from pdtdesk.policy.parameters import NotSignedLocally, Reading
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.units import Value

T = TypeVar("T", bound=Value)


@dataclass(frozen=True, slots=True)
class Said:
    """What one or more rules have said of one arrival, not yet put in order."""

    findings: tuple[Finding, ...] = ()
    plan: tuple[PlanLine, ...] = ()
    tasks: tuple[Task, ...] = ()
    holds: tuple[Hold, ...] = ()
    observation: tuple[str, ...] = ()
    reasons: tuple[PriorityReason, ...] = ()


NOTHING = Said()


@dataclass(frozen=True, slots=True)
class Due:
    """A task that follows from a finding: by day, by hour where there is one, and planned where that moves."""

    kind: TaskKind
    on: date
    at: datetime | None = None
    planned_on: date | None = None


def together(*said: Said) -> Said:
    """All that several rules have said."""
    return Said(
        findings=tuple(f for s in said for f in s.findings),
        plan=tuple(line for s in said for line in s.plan),
        tasks=tuple(t for s in said for t in s.tasks),
        holds=tuple(h for s in said for h in s.holds),
        observation=tuple(o for s in said for o in s.observation),
        reasons=tuple(r for s in said for r in s.reasons),
    )


def say(
    code: Code,
    tier: Tier,
    urgency: Urgency,
    sentence: str,
    sources: Sequence[Source],
    *,
    label: str | None = None,
    reason: str | None = None,
    due: Due | None = None,
    holds: Sequence[Hold] = (),
    observe: str | None = None,
    values: Sequence[tuple[str, object]] = (),
) -> Said:
    """One finding; with a `label` a line of the plan, with `due` a task, with a `reason` a place in the list."""
    found = finding(code, tier, sentence, sources, urgency, values)
    line = PlanLine(
        label=label or "",
        sentence=sentence,
        tier=tier,
        urgency=urgency,
        references=found.references,
        status=found.status,
        facts=found.facts,
        code=code,
        due_on=due.planned_on or due.on if due else None,
        due_at=due.at if due else None,
        task_kind=due.kind if due else None,
        unsigned=found.unsigned,
    )
    return Said(
        findings=(found,),
        plan=(line,) if label else (),
        tasks=(_task(due, found),) if due else (),
        holds=tuple(holds),
        observation=(observe,) if observe else (),
        reasons=(PriorityReason(urgency, reason, code),) if reason else (),
    )


def asked(read: Callable[[str], Reading[T]], parameter_id: str) -> Reading[T] | NotSignedLocally:
    """A value, or the refusal of one that nobody has signed: the rule must then say what stays open."""
    try:
        return read(parameter_id)
    except NotSignedLocally as refusal:
        return refusal


def listed(words: Sequence[str]) -> str:
    """Words as they are said: `a`, `a and b`, `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def sentence_case(words: str) -> str:
    """The words with a capital at their head and the rest left alone: `CIWA-Ar` stays as it is."""
    return words[:1].upper() + words[1:]


def _task(due: Due, found: Finding) -> Task:
    return Task(
        kind=due.kind,
        sentence=found.sentence,
        due_on=due.on,
        planned_on=due.planned_on or due.on,
        due_at=due.at,
        code=found.code,
        references=found.references,
        status=found.status,
    )
