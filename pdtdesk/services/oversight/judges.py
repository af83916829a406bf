"""Who is asked what a change of local policy would do for one person: one judge for each stage's rules."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.reception.person import PersonRecord
from pdtdesk.domain.regime.awaiting import awaits_regime
from pdtdesk.domain.regime.fold import treatment_of
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.reception.assess import assess
from pdtdesk.policy.regime.assess import assess as assess_regime
from pdtdesk.policy.regime.stops import Look, stops
from pdtdesk.services.ports import Work
from pdtdesk.services.reception.triage import facts
from pdtdesk.services.regime.dose_facts import DoseDue, dose_facts
from pdtdesk.services.regime.standing import facts_for


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


def regime(
    work: Work,  # noqa: ARG001 - as above
    person: PersonRecord,
    params: ParametersOnDay,
    now: datetime,
) -> Mapping[str, frozenset[str]]:
    """What the regime rules say of somebody who waits for a regime or has one, and what stops today's doses."""
    stay = person.current
    if stay is None:
        return {}
    treatment = treatment_of(person)
    if not treatment.regimes_now and not awaits_regime(stay, treatment):
        return {}
    said = assess_regime(facts_for(person, stay, treatment, now), params)
    stopped = {
        f"{order.medicine.words}: {stop.words}"
        for order in treatment.orders_on(params.day)
        for slot, _ in order.schedule.on(params.day)
        for stop in stops(
            dose_facts(
                person,
                stay,
                treatment,
                order,
                DoseDue(person.patient_id, order.entry_id, order.course, params.day, slot),
                now,
                identified=True,
                look=Look(drowsy=False, intoxicated=False),
            ),
            params,
        )
    }
    return {
        "Class": frozenset(
            f"{each.regime_class.words}: {(each.standing or 'assess first').replace('_', ' ')}"
            for each in said.classes
        ),
        "Finding on the regime": frozenset(found.sentence for found in said.findings),
        "Review": frozenset(f"{each.of.words}, due {show_day(each.due_on)}" for each in said.reviews),
        "Stops a dose of today": frozenset(stopped),
    }


JUDGES: tuple[Judge, ...] = (reception, regime)
"""Every stage whose rules are asked before a figure takes effect."""
