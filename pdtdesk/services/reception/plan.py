"""Tonight's plan as it is written into the journal: with the findings it was made on, so that it can be explained."""

from datetime import datetime

from pdtdesk.domain.reception.person import Stay
from pdtdesk.domain.reception.person import Task as Held
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.staff import Author
from pdtdesk.policy.findings import PlanLine, Task, TaskKind, Tonight, plain
from pdtdesk.policy.reception.codes import Code

_AGAIN = frozenset(
    {
        *(TaskKind.REPEAT_COWS, TaskKind.REPEAT_CIWA_AR, TaskKind.OBSERVE, TaskKind.REASSESS_SEDATION),
        *(TaskKind.PRESCRIBER_TONIGHT, TaskKind.MIDWIFE_TODAY, TaskKind.ACCT_DECISION),
    }
)
"""What is due again while the plan still asks for it: "rang, no answer" ends a call and not the need for one."""

_ANSWERED = frozenset(kind.value for kind in _AGAIN - {TaskKind.OBSERVE, TaskKind.MIDWIFE_TODAY})
"""What an answer of the triage ends: once the plan asks for it no more, nobody ends it a second time.

Only of what comes back with the plan: while two accounts differ a question counts as open, and what was ended then
must be asked for again.
"""


def plan_entry(
    tonight: Tonight, stay: Stay, patient_id: str, author: Author, on_pass: int, now: datetime
) -> NewEntry:
    """The plan, superseding the one before it; findings and the fingerprint of the parameters stand in it."""
    return NewEntry(
        "reception",
        "plan",
        {
            "stay": stay.id,
            "pass": max(on_pass, stay.passes_done),
            "priority": str(tonight.priority),
            "reasons": [reason.words for reason in tonight.priority_reasons],
            "lines": [_line(line) for line in tonight.plan],
            "findings": [plain(found) for found in tonight.findings],
            "may_not_be_given": [
                {"what": hold.what, "why": hold.why, "ends_by": hold.ends_by, "hard": hold.hard, "code": hold.code}
                for hold in tonight.may_not_be_given
            ],
            "observation": list(tonight.observation),
            "parameters": tonight.parameters,
        },
        author,
        patient_id,
        happened_at=now,
        supersedes=tuple(plan.entry_id for plan in stay.plans),
    )


def task_entries(tonight: Tonight, stay: Stay, patient_id: str, author: Author) -> list[NewEntry]:
    """What the plan leaves to do: nothing twice, and a changed hour in place of the one before it."""
    entries = []
    for task in tonight.tasks:
        held = [each for each in stay.tasks if each.what == task.kind.value]
        still = [each for each in held if each.settled is None]
        if len(still) < len(held) and task.kind not in _AGAIN:
            entries += [_settled(each, stay, author) for each in still]  # open under a record that was joined since
            continue
        wanted = (task.due_at, task.planned_on, task.sentence)
        if [(each.due_at, each.due_on, each.sentence) for each in still] == [wanted]:
            continue
        supersedes = tuple(each.entry_id for each in still)
        entries.append(NewEntry("reception", "task", _task(task, stay), author, patient_id, supersedes=supersedes))
    if any(found.code == Code.NO_GUIDANCE for found in tonight.findings):
        return entries  # a rule that could not be asked has not been answered
    asked = {task.kind.value for task in tonight.tasks}
    answered = [each for each in stay.tasks if each.settled is None and each.what in _ANSWERED - asked]
    return [*entries, *(_settled(each, stay, author, "the triage answers it") for each in answered)]


def _settled(
    task: Held, stay: Stay, author: Author, outcome: str = "settled under the record it was joined to"
) -> NewEntry:
    body = {"stay": stay.id, "task": task.entry_id, "outcome": outcome}
    return NewEntry("reception", "task_settled", body, author, task.patient_id)


def _task(task: Task, stay: Stay) -> dict[str, object]:
    return {
        "stay": stay.id,
        "what": task.kind.value,
        "sentence": task.sentence,
        "due_at": task.due_at.isoformat() if task.due_at else None,
        "due_on": task.planned_on.isoformat(),
        "rule_on": task.due_on.isoformat(),
        "finding": task.code,
        "status": str(task.status),
    }


def _line(line: PlanLine) -> dict[str, object]:
    return {
        "label": line.label,
        "sentence": line.sentence,
        "tier": str(line.tier),
        "urgency": str(line.urgency),
        "references": [{"document": each.document, "section": each.section} for each in line.references],
        "facts": list(line.facts),
        "status": str(line.status),
        "code": line.code,
        "due_at": line.due_at.isoformat() if line.due_at else None,
        "due_on": line.due_on.isoformat() if line.due_on else None,
        "unsigned": list(line.unsigned),
    }
