"""A planned switch between methadone and buprenorphine: a last day, a gap, a first dose; never both on one day."""

from pdtdesk.domain.calendar import day_of, hours_after, show_day, show_instant
from pdtdesk.domain.regime.courses import Conversion, ForWhom, Titration
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import NOUGHT, NotASchedule, Schedule, Stretch
from pdtdesk.policy.findings import Finding, Tier
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.schedules.days import shared
from pdtdesk.policy.regime.schedules.hours import AFTER_OPIOID, first_dose
from pdtdesk.policy.regime.schedules.proposal import Proposal
from pdtdesk.policy.regime.schedules.titration import risen
from pdtdesk.policy.regime.standing import rg

_SWITCHED = {Ordered.METHADONE, Ordered.BUPRENORPHINE}
_HOURS = {
    Ordered.BUPRENORPHINE: AFTER_OPIOID[Ordered.BUPRENORPHINE],
    Ordered.METHADONE: "methadone_after_buprenorphine_hours",
}


def conversion(asked: Conversion, whom: ForWhom, params: ParametersOnDay) -> Proposal:
    """The new medicine as an induction of its own, and in `ends` the old one to its last day.

    No dose of one is reckoned from the other: no source that is held here gives such a figure.
    """
    old, new = asked.from_medicine, asked.to_medicine
    if {old.active, new.active} != _SWITCHED:
        raise NotASchedule("A planned switch is from methadone to buprenorphine, or from buprenorphine to methadone.")
    if asked.from_dose <= NOUGHT:
        raise NotASchedule(f"Write the daily dose of {old.words} that is taken until the switch.")
    if asked.gap_hours is not None and asked.gap_hours <= 0:
        raise NotASchedule("The gap between the two medicines is more than 0 hours.")
    last_day = day_of(asked.last_dose_at)
    stretch = Stretch(asked.from_day or last_day, last_day, shared(asked.from_dose, asked.slots))
    ends = Schedule((stretch,))
    entered = asked.first_dose_at
    if entered is None and asked.gap_hours is not None:
        entered = hours_after(asked.last_dose_at, asked.gap_hours)
    begins = first_dose(new.words, _HOURS[new.active], asked.last_dose_at, entered, asked.slots, params)
    if begins.day is None:
        return Proposal(new, None, begins.findings, ends)
    if begins.day <= last_day:
        raise NotASchedule(
            f"The first {new.words} would be on {show_day(begins.day)}, and the last {old.words} is on "
            f"{show_day(last_day)}: two opioid substitutes never stand on one day. Put it at least a day later."
        )
    rise = Titration(new, begins.day, asked.start, asked.rise, asked.every_days, asked.target, asked.slots)
    made = risen(rise, whom, params, first_slot=begins.slot)
    said = (*begins.findings, _switch(asked, params), *made.findings)
    return Proposal(new, made.schedule, said, ends)


def _switch(asked: Conversion, params: ParametersOnDay) -> Finding:
    old, new = asked.from_medicine.words, asked.to_medicine.words
    said = (
        f"A planned switch: the last {old} is {show_instant(asked.last_dose_at)}, and that order ends with it. "
        f"{new.capitalize()} begins as a first dose: none is reckoned from the other."
    )
    return rg(Code.SCHEDULE_SWITCH, Tier.MUST_ACKNOWLEDGE, said, [params.rule("two_substitutes")])
