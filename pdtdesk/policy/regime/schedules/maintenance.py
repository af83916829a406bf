"""One dose from a day on; where it is a first one, held against a first day and the hours since the last opioid."""

from pdtdesk.domain.regime.courses import ForWhom, Maintenance
from pdtdesk.domain.regime.schedule import NOUGHT, NotASchedule, Schedule, Stretch
from pdtdesk.policy.findings import Finding
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.regime.schedules.beginning import beginning
from pdtdesk.policy.regime.schedules.days import shared
from pdtdesk.policy.regime.schedules.hours import since_opioid
from pdtdesk.policy.regime.schedules.proposal import Proposal


def maintenance(asked: Maintenance, whom: ForWhom, params: ParametersOnDay) -> Proposal:
    """The same dose until somebody changes it; where nothing was taken before, it is held against a first day."""
    if asked.dose <= NOUGHT:
        raise NotASchedule("A maintenance dose is more than 0 mg.")
    medicine, on = asked.medicine, asked.already_on
    schedule = Schedule((Stretch(asked.first_day, None, shared(asked.dose, asked.slots)),))
    found: list[Finding] = []
    if on is None:
        found += since_opioid(schedule, medicine, asked.last_opioid_at, params)
    found += beginning(schedule, medicine, whom, params, already_on=on, after_break=asked.after_break)
    return Proposal(medicine, schedule, tuple(found), already_on=on)
