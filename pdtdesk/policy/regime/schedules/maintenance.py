"""One dose from a day on; for naltrexone, held against the hours since the last opioid (D-22)."""

from pdtdesk.domain.calendar import at_london, in_london
from pdtdesk.domain.regime.courses import Maintenance
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import NOUGHT, NotASchedule, Schedule, Stretch
from pdtdesk.policy.findings import Finding
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.regime.schedules.days import in_day_order, shared
from pdtdesk.policy.regime.schedules.hours import clock_of, hours_between
from pdtdesk.policy.regime.schedules.proposal import Proposal


def maintenance(asked: Maintenance, params: ParametersOnDay) -> Proposal:
    """The same dose until somebody changes it."""
    if asked.dose <= NOUGHT:
        raise NotASchedule("A maintenance dose is more than 0 mg.")
    first_slot = in_day_order(asked.slots)[0]
    found: tuple[Finding, ...] = ()
    if asked.medicine is Ordered.NALTREXONE:
        last = None if asked.last_opioid_at is None else in_london(asked.last_opioid_at)
        first = at_london(asked.first_day, clock_of(first_slot))
        found = hours_between("naltrexone", "naltrexone_after_opioid_hours", last, first, params)
    doses = shared(asked.dose, asked.slots)
    return Proposal(asked.medicine, Schedule((Stretch(asked.first_day, None, doses),)), found)
