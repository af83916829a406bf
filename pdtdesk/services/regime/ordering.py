"""An order as it is written into the journal, and the stops that a prescriber must have had in sight to sign it."""

from dataclasses import dataclass, replace
from datetime import date

from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.missed import days_missed_before
from pdtdesk.domain.regime.schedule import NOUGHT, Schedule, written
from pdtdesk.domain.regime.treatment import Wish
from pdtdesk.policy.findings import Finding, plain
from pdtdesk.policy.regime.rests_on import AS_SIGNED, rests_on
from pdtdesk.policy.regime.schedules.hours import first_at
from pdtdesk.policy.regime.stops import DoseFacts, Stop, ordering_stops
from pdtdesk.services.acting import Acting
from pdtdesk.services.refusals import Refused
from pdtdesk.services.regime.dose_facts import known_facts
from pdtdesk.services.regime.looks import seen_sedated
from pdtdesk.services.regime.standing import RegimeNow, told_of
from pdtdesk.services.regime.taking import most_taken


@dataclass(frozen=True, slots=True)
class Ordering:
    """An order as it is about to be signed. `lifted` are the codes of stops that were seen; `reason` says why.

    `supervised` by default; without it `possession` holds the reasons of the risk assessment. `instructions` are the
    prescriber's own words for whoever gives it. `ends` is the medicine that a planned switch stops, with its last
    days.
    """

    medicine: Ordered
    schedule: Schedule
    supervised: bool = True
    possession: str = ""
    lifted: frozenset[str] = frozenset()
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    instructions: str = ""
    ends: tuple[Ordered, Schedule] | None = None

    @property
    def first_day(self) -> date:
        """The first day on which it changes something: of a planned switch, of the medicine that it stops."""
        return min(self.schedule.first_day, self.ends[1].first_day) if self.ends else self.schedule.first_day


def stops_of_order(before: RegimeNow, medicine: Ordered, schedule: Schedule, acting: Acting) -> tuple[Stop, ...]:
    """What a prescriber must have seen before an order of this medicine is signed."""
    return ordering_stops(order_facts(before, medicine, schedule), acting.policy.on(before.today))


def order_facts(before: RegimeNow, medicine: Ordered, schedule: Schedule) -> DoseFacts:
    """What the stops read of an order that is about to be signed; what it takes the place of does not count."""
    day, treatment = schedule.first_day, before.treatment
    last = schedule.last_day
    beside = [
        each
        for each in treatment.orders
        if each.medicine.active is not medicine.active
        and (each.until is None or each.until >= max(day, each.since))
        and (last is None or each.since <= last)
    ]
    told = told_of(before.person, before.stay, before.at)
    known = known_facts(before.person, before.stay, treatment, told, medicine, day, before.at, beside=beside)
    return replace(
        known,
        mg=schedule.highest,
        # Of substitutes one takes the place of the other; naltrexone takes the place of none.
        other_substitutes=()
        if medicine.is_substitute
        else tuple(each.medicine.words for each in beside if each.medicine.is_substitute),
        at=max(before.at, first_at(schedule)),
        missed=days_missed_before(treatment, medicine, min(day, before.today)),
        most_taken=most_taken(treatment, medicine, before.today),
    )


def unseen_stops(before: RegimeNow, ordering: Ordering, acting: Acting) -> None:
    """Refuse an order whose stops were not all seen and given a reason for; or one that gives nothing on any day."""
    if before.facts.patient.pregnant and not ordering.reason.strip():
        raise Refused(
            "Pregnant: no schedule is proposed. Decide with the midwife, and write the reason with the order.", "lift"
        )
    if ordering.schedule.highest == NOUGHT:
        raise Refused("This schedule gives nothing on any day: enter a dose.")
    if not ordering.supervised and not ordering.possession.strip():
        raise Refused(
            "In possession asks for a risk assessment: write its reasons, or order it supervised.", "possession"
        )
    unseen = [each for each in _stops_of(before, ordering, acting) if each.code not in ordering.lifted]
    if unseen:
        raise Refused(f"This stops the order until you lift it with a reason: {unseen[0].words}", "lift")
    if ordering.lifted and not ordering.reason.strip():
        raise Refused("Write why the stop is lifted: a few words are enough.", "lift")


def _stops_of(before: RegimeNow, ordering: Ordering, acting: Acting) -> tuple[Stop, ...]:
    """What stops an order; of a planned switch also the last days of what it stops."""
    found = stops_of_order(before, ordering.medicine, ordering.schedule, acting)
    return (*found, *stops_of_last_days(before, ordering.ends, acting))


def stops_of_last_days(before: RegimeNow, ends: tuple[Ordered, Schedule] | None, acting: Acting) -> tuple[Stop, ...]:
    """What stops the last days of the medicine that a planned switch ends; of no switch, nothing."""
    return () if ends is None else stops_of_order(before, *ends, acting)


def order_body(before: RegimeNow, ordering: Ordering, acting: Acting, wish: Wish) -> dict[str, object]:
    """The body of an order: the schedule, how it is taken, the stops that were lifted, and what it rests on."""
    facts = order_facts(before, ordering.medicine, ordering.schedule)
    return {
        "stay": before.stay.id,
        "medicine": ordering.medicine.value,
        "from": ordering.schedule.first_day.isoformat(),
        "schedule": written(ordering.schedule),
        "supervised": ordering.supervised,
        "possession": ordering.possession.strip(),
        "lifted": sorted(
            each.code
            for each in stops_of_order(before, ordering.medicine, ordering.schedule, acting)
            if each.code in ordering.lifted
        ),
        "rests_on": {code: rests_on(facts, code) for code in sorted(AS_SIGNED & ordering.lifted)},
        "reason": ordering.reason.strip(),
        "instructions": ordering.instructions.strip(),
        "answers": list(seen_sedated(before.person)),
        "wish": {
            "wished": wish.wished,
            "told": wish.told,
            "agreed": wish.agreed.value if wish.agreed else None,
        },
        "findings": [plain(each) for each in ordering.findings],
        "parameters": acting.policy.on(before.today).fingerprint,
    }
