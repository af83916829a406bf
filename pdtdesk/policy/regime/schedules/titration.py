"""A first dose that rises to its target: between the signed first dose, the rises and the ceilings of week one."""

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.courses import BuprenorphineInduction, ForWhom, Titration
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import NotASchedule
from pdtdesk.policy.findings import Finding, Tier
from pdtdesk.policy.parameters import ParametersOnDay, Reading
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.schedules.beginning import RANGED, beginning, rise_below
from pdtdesk.policy.regime.schedules.days import WEEK, Days, rising, scheduled
from pdtdesk.policy.regime.schedules.figures import AnyFigure, departs, figure, missing, told
from pdtdesk.policy.regime.schedules.hours import AFTER_OPIOID, first_dose
from pdtdesk.policy.regime.schedules.proposal import Proposal
from pdtdesk.policy.regime.standing import rg


def titration(asked: Titration, whom: ForWhom, params: ParametersOnDay) -> Proposal:
    """Methadone from its first day, or more of what is taken already. Raises `NotASchedule` for anything else."""
    medicine = asked.medicine
    if medicine.active not in RANGED:
        raise NotASchedule(f"No first days of {medicine.words} are kept here: write the course by hand, day by day.")
    if medicine.active is Ordered.BUPRENORPHINE and asked.already_on is None:
        raise NotASchedule(
            "A first buprenorphine is planned as its induction, which asks for the hours since the last opioid."
        )
    return risen(asked, whom, params)


def buprenorphine_induction(asked: BuprenorphineInduction, whom: ForWhom, params: ParametersOnDay) -> Proposal:
    """The first buprenorphine after the signed hours, or at the prescriber's own time, and its rises (D-08, D-22)."""
    medicine = asked.medicine
    if medicine.active is not Ordered.BUPRENORPHINE:
        raise NotASchedule(f"This is the induction of buprenorphine, and {medicine.words} was asked for.")
    begins = first_dose(
        "buprenorphine",
        AFTER_OPIOID[Ordered.BUPRENORPHINE],
        asked.last_opioid_at,
        asked.first_dose_at,
        asked.slots,
        params,
    )
    if begins.day is None:
        return Proposal(medicine, None, begins.findings)
    rise = Titration(medicine, begins.day, asked.start, asked.rise, asked.every_days, asked.target, asked.slots)
    made = risen(rise, whom, params, first_slot=begins.slot)
    return Proposal(medicine, made.schedule, (*begins.findings, *made.findings))


def risen(asked: Titration, whom: ForWhom, params: ParametersOnDay, *, first_slot: str | None = None) -> Proposal:
    """From the first dose, or from the dose that is taken already, to the target, and on at it.

    What is left out is the least of its range: of the first day, of the rise, of the usual maintenance. In the first
    week of methadone the rises stop at the most over the first dose, and go on after it.
    """
    medicine, on, name = asked.medicine, asked.already_on, asked.medicine.active.value
    course = f"{medicine.words.capitalize()}, rising"
    start = figure("the first dose", asked.start, params.milligrams, f"{name}_first_day_least")
    rise = figure("the rise", asked.rise, params.milligrams, f"{name}_rise_least")
    target = figure("the target", asked.target, params.milligrams, f"{name}_usual_least")
    every = figure("the interval", asked.every_days, params.days, f"{name}_rise_interval")
    begins = start.value if on is None else asked.start or _next(on, rise.value)
    figures: list[AnyFigure] = [*([start] if on is None else []), rise, every, target]
    if begins is None or rise.value is None or every.value is None or target.value is None:
        return Proposal(medicine, None, missing(course, figures))
    over = None
    if on is None and medicine.active is Ordered.METHADONE:
        over = params.milligrams("methadone_week_rise_most")
    week_most = None if over is None else over.value
    days = rising(asked.first_day, begins, rise.value, every.value, target.value, week_most=week_most)
    schedule = scheduled(days, asked.slots, goes_on=True, first_slot=first_slot)
    found = [
        *told(course, figures),
        *departs(course, every, more_is_faster=False),
        *_held(days, over),
        *rise_below(medicine, asked.rise, params),
        *beginning(schedule, medicine, whom, params, already_on=on, after_break=asked.after_break),
    ]
    return Proposal(medicine, schedule, tuple(found), already_on=on)


def _held(days: Days, over: Reading[Milligrams] | None) -> list[Finding]:
    """Where the rises stop in week one at the most over the first dose: from which day, and until when."""
    if over is None or len(days) <= WEEK:
        return []
    (first_day, first), (last_day, dose) = days[0], days[WEEK - 1]
    since = next(day for day, each in days if each == dose)
    if dose.amount < first.amount + over.value.amount or since == last_day:
        return []
    said = (
        f"In week one, which ends on {show_day(last_day)}, the dose rises by {over.value} at most over the first on "
        f"{show_day(first_day)}: it stands at {dose} from {show_day(since)}, and rises on after that week."
    )
    return [rg(Code.SCHEDULE_HELD, Tier.NOTE, said, [over])]


def _next(on: Milligrams, rise: Milligrams | None) -> Milligrams | None:
    return None if rise is None else Milligrams(on.amount + rise.amount)
