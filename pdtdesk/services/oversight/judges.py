"""Who is asked what a change of local policy would do for one person: one judge for each stage's rules."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from pdtdesk.domain.reception.person import PersonRecord
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.reception.assess import assess
from pdtdesk.services.ports import Work
from pdtdesk.services.reception.triage import facts


class Judge(Protocol):
    """Asks one stage's rules about one person: sentences as a screen shows them, under the name of what they are.

    Called twice for each person, with the guidance as it is and as it would be; what differs is shown to the lead.
    """

    def __call__(
        self, work: Work, person: PersonRecord, params: ParametersOnDay, now: datetime
    ) -> Mapping[str, frozenset[str]]:
        """What the rules say; empty for somebody of whom they have nothing to say."""


def reception(
    work: Work,  # noqa: ARG001 - other stages read what a record alone does not hold
    person: PersonRecord,
    params: ParametersOnDay,
    now: datetime,
) -> Mapping[str, frozenset[str]]:
    """What reception's rules say of the stay that somebody is here for; nothing before their first pass."""
    stay = person.current
    if stay is None or not stay.passes_done:
        return {}
    tonight = assess(facts(person, stay, now=now), params, now)
    return {
        "Finding": frozenset(found.sentence for found in tonight.findings),
        "May not be given": frozenset(f"{hold.what}: {hold.why}" for hold in tonight.may_not_be_given),
        "To do": frozenset(task.sentence for task in tonight.tasks),
        "Seen": frozenset({str(tonight.priority)}),
    }


JUDGES: tuple[Judge, ...] = (reception,)
"""Every stage whose rules are asked before a figure takes effect."""
