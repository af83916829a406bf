"""A plan that rests on what has been corrected since is made again: no sheet may show an older judgement."""

from pdtdesk.domain.calendar import day_of
from pdtdesk.policy.reception.assess import assess
from pdtdesk.services.acting import Acting
from pdtdesk.services.ports import Work
from pdtdesk.services.reception.plan import plan_entry, task_entries
from pdtdesk.services.reception.triage import facts, record_of


def replan(acting: Acting, work: Work, patient_id: str) -> None:
    """Judge the latest stay again and put the plan in place of the one that stands, in the same unit of work.

    Nothing is planned for somebody who has had no pass of the triage yet.
    """
    person = work.person(patient_id)
    stay = person.current if person else None
    if person is None or stay is None or not stay.plans:
        return
    now = acting.now()
    tonight = assess(facts(person, stay, now=now), acting.policy.on(day_of(now)), now)
    record = record_of(person, stay)
    work.append(
        [
            plan_entry(tonight, stay, record, acting.who, stay.passes_done, now),
            *task_entries(tonight, stay, record, acting.who),
        ]
    )
