"""Steps down: size and interval as signed or as entered, with days of stabilisation before and pauses between."""

from dataclasses import replace
from datetime import date

from pdtdesk.domain.regime.courses import ForWhom, Pace, Reduction
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import DAY, NOUGHT, NotASchedule
from pdtdesk.policy.findings import Finding
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.regime.schedules.beginning import RANGED, beginning, steady
from pdtdesk.policy.regime.schedules.days import falling, scheduled
from pdtdesk.policy.regime.schedules.figures import AnyFigure, departs, figure, missing, told
from pdtdesk.policy.regime.schedules.hours import since_opioid
from pdtdesk.policy.regime.schedules.proposal import Proposal

_KEPT = (Ordered.METHADONE, Ordered.BUPRENORPHINE, Ordered.DIAZEPAM)


def reduction(asked: Reduction, whom: ForWhom, params: ParametersOnDay) -> Proposal:
    """Down to 0 mg, which is its last day, or to a dose at which it goes on."""
    medicine = asked.medicine
    course = f"Reduction of {medicine.words}"
    found: list[Finding] = []
    if medicine.active in _KEPT:
        name = medicine.active.value
        step = figure("the step", asked.step, params.milligrams, f"{name}_reduction_step")
        interval = figure("the interval", asked.interval_days, params.days, f"{name}_reduction_interval")
        figures: list[AnyFigure] = [step, interval]
        if step.value is None or interval.value is None:
            return Proposal(medicine, None, missing(course, figures))
        pace = Pace(asked.from_dose, step.value, interval.value)
        found = [
            *told(course, figures),
            *departs(course, step, more_is_faster=True),
            *departs(course, interval, more_is_faster=False),
        ]
        for each in asked.then:
            found += departs(course, replace(step, value=each.step, entered=True), more_is_faster=True)
            found += departs(course, replace(interval, value=each.interval_days, entered=True), more_is_faster=False)
    elif asked.step is None or asked.interval_days is None:
        raise NotASchedule(f"No steps are kept for {medicine.words}: write the step and its interval in days.")
    else:
        pace = Pace(asked.from_dose, asked.step, asked.interval_days)
    lower = _first_lower(asked, params)
    steady_from = None if asked.steady_from == lower else asked.steady_from
    paces = (pace, *asked.then)
    days = falling(asked.from_dose, lower, paces, asked.pauses, asked.stop_at, steady_from=steady_from)
    schedule = scheduled(days, asked.slots, goes_on=asked.stop_at > NOUGHT)
    if asked.taken_since is not None and medicine.active in RANGED:
        found.append(steady(asked.taken_since, params))
    elif steady_from is not None:
        found += since_opioid(schedule, medicine, None, params)
        found += beginning(schedule, medicine, whom, params)
    taken = steady_from is None or asked.taken_since is not None
    return Proposal(medicine, schedule, tuple(found), already_on=asked.from_dose if taken else None)


def _first_lower(asked: Reduction, params: ParametersOnDay) -> date:
    """The first day of a lower dose: as entered, else after the signed days of stabilisation."""
    if asked.first_day is not None:
        return asked.first_day
    if asked.steady_from is None:
        raise NotASchedule("Write the first day of a lower dose, or the day from which the dose stands.")
    if asked.medicine.active not in RANGED:
        raise NotASchedule(
            f"No days of stabilisation are kept for {asked.medicine.words}: write the first lower day."
        )
    counted_from = asked.taken_since or asked.steady_from
    return max(counted_from + params.days("stabilisation_least").value * DAY, asked.steady_from)
