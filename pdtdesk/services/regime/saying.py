"""What is said of a choice beside its class: of the schedule against the sentence, and of agreement."""

from pdtdesk.domain.calendar import in_london, show_day
from pdtdesk.domain.durations import Duration
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.missed import days_missed_before
from pdtdesk.domain.regime.rounds import over_at
from pdtdesk.domain.regime.schedule import DAY, NOUGHT, Schedule
from pdtdesk.domain.regime.treatment import Agreed, Wish
from pdtdesk.policy.findings import Finding, Tier
from pdtdesk.policy.parameters import Parameters, ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.schedules import against
from pdtdesk.policy.regime.schedules.alcohol import ceilings
from pdtdesk.policy.regime.schedules.beginning import beginning, week_one
from pdtdesk.policy.regime.standing import rg
from pdtdesk.services.regime.in_force import replaced_by
from pdtdesk.services.regime.standing import RegimeNow
from pdtdesk.services.regime.taking import first_taken, taken_before, taken_since
from pdtdesk.services.regime.whom import for_whom


def not_agreed(wish: Wish, params: ParametersOnDay) -> tuple[Finding, ...]:
    """A change without agreement is said, and goes into the record; it is never silent."""
    rule = params.rule("agreement")
    if wish.agreed is Agreed.NO:
        said = "Changed without agreement: the person does not agree to this. Say what was told, and look again soon."
        return (rg(Code.NOT_AGREED, Tier.MUST_ACKNOWLEDGE, said, [rule]),)
    if wish.agreed is Agreed.NOT_ASKED:
        said = "The person was not asked: this is a change without agreement until they have been."
        return (rg(Code.NOT_AGREED, Tier.MUST_ACKNOWLEDGE, said, [rule]),)
    return ()


def schedule_findings(
    before: RegimeNow, medicine: Ordered, schedule: Schedule, policy: Parameters
) -> tuple[Finding, ...]:
    """What is said of a schedule against the sentence: continuity, overdose after release, tolerance, ceilings."""
    return against(
        schedule,
        medicine,
        before.assessment.custody,
        policy.on(before.today),
        taken_since=taken_since(before, medicine),
        already_on=taken_before(before, medicine),
    )


def order_findings(
    before: RegimeNow, medicine: Ordered, schedule: Schedule, policy: Parameters, *, again: bool = False
) -> tuple[Finding, ...]:
    """What is said of an order whoever worked its days out: against the sentence, and its first day and its rises.

    `again`: a course begun again before release after being drug free, which has figures of its own: never those of
    a first day.
    """
    found = (
        *_passed(before, medicine, schedule, policy),
        *_nothing_today(before, medicine, schedule, policy),
        *_later(before, medicine, schedule, policy),
        *schedule_findings(before, medicine, schedule, policy),
    )
    return tuple(dict.fromkeys((*found, *_first_days(before, medicine, schedule, policy, again=again))))


def last_days_findings(
    before: RegimeNow, medicine: Ordered, schedule: Schedule, policy: Parameters
) -> tuple[Finding, ...]:
    """What is said of the last days of the medicine that a planned switch ends: they are a dose like any other."""
    return tuple(dict.fromkeys(_first_days(before, medicine, schedule, policy)))


def _first_days(
    before: RegimeNow, medicine: Ordered, schedule: Schedule, policy: Parameters, *, again: bool = False
) -> tuple[Finding, ...]:
    found: tuple[Finding, ...] = ()
    params, whom, on = policy.on(before.today), for_whom(before), taken_before(before, medicine)
    if not again or before.facts.drug_free_since is None or on is not None:
        broken = on is None and days_missed_before(before.treatment, medicine, before.today).last_taken is not None
        found += tuple(beginning(schedule, medicine, whom, params, already_on=on, after_break=broken))
        if on is not None and medicine is Ordered.METHADONE and (first := first_taken(before, medicine)) is not None:
            found += tuple(week_one(schedule, *first, params))
    if medicine is Ordered.CHLORDIAZEPOXIDE:
        found += tuple(ceilings(schedule, whom, params).findings)
    return found


def in_possession(
    before: RegimeNow, medicine: Ordered, schedule: Schedule, policy: Parameters
) -> tuple[Finding, ...]:
    """What is said of a substitute in somebody's own hands before the supervised months are over (D-12)."""
    least = policy.on(before.today).months("supervised_least")
    since = taken_since(before, medicine) or schedule.first_day
    until = Duration(months=least.value).after(since)
    if not medicine.is_substitute or schedule.first_day >= until:
        return ()
    said = (
        f"In possession from {show_day(schedule.first_day)}: each dose is supervised for at least {least.shown}, "
        f"which from the first dose on {show_day(since)} is until {show_day(until)}. ({least.reference})"
    )
    return (rg(Code.IN_POSSESSION, Tier.MUST_ACKNOWLEDGE, said, [least]),)


def _passed(before: RegimeNow, medicine: Ordered, schedule: Schedule, policy: Parameters) -> tuple[Finding, ...]:
    """Doses of its first day whose round is over: nobody can give them, and the course would run on without them."""
    slots = [slot for slot, mg in schedule.on(before.today) if mg > NOUGHT]
    written = {each.slot for each in before.treatment.doses_of(medicine) if each.day == before.today}
    over = [slot for slot in slots if over_at(slot, in_london(before.at)) and slot not in written]
    if schedule.first_day != before.today or not over:
        return ()
    tomorrow = schedule.daily_on(before.today + DAY)
    said = (
        f"The round has passed for {', '.join(over)} of today: that is not given, and tomorrow's would be "
        f"{tomorrow}, as on a second day. Begin tomorrow, or with a round that is still to come."
    )
    return (rg(Code.FIRST_DAY_PASSED, Tier.MUST_ACKNOWLEDGE, said, [policy.on(before.today).rule("signed_order")]),)


def _nothing_today(
    before: RegimeNow, medicine: Ordered, schedule: Schedule, policy: Parameters
) -> tuple[Finding, ...]:
    """A course that begins on a day to come, of somebody who has nothing of it, or of what it replaces, today."""
    first, treatment = schedule.first_day, before.treatment
    today = {each.medicine for each in treatment.orders_on(before.today)}
    today |= {each.medicine for each in treatment.doses if each.day == before.today}
    if first <= before.today or any(each.stands_for(medicine) for each in today):
        return ()
    slots = " and ".join(slot for slot, mg in schedule.on(first) if mg > NOUGHT)
    said = (
        f"Nothing of it is given today: the first dose is on {show_day(first)}, {slots}. For a dose "
        "today, put today in From and a round that is still to come in When."
    )
    return (rg(Code.FIRST_DAY_LATER, Tier.NOTE, said, [policy.on(before.today).rule("signed_order")]),)


def _later(before: RegimeNow, medicine: Ordered, schedule: Schedule, policy: Parameters) -> tuple[Finding, ...]:
    """A change that is signed already for a later day, and whose place this order takes."""
    later = [each for each in replaced_by(before, medicine) if each.since > schedule.first_day]
    if not later:
        return ()
    named = "; ".join(
        f"{each.medicine.words} {each.schedule.daily_on(each.since)} from {show_day(each.since)}, signed by "
        f"{each.by.name}"
        for each in later
    )
    said = f"This takes the place of what is signed already for a later day: {named}. It will not begin."
    rule = policy.on(before.today).rule("signed_order")
    return (rg(Code.LATER_ORDER, Tier.MUST_ACKNOWLEDGE, said, [rule]),)
