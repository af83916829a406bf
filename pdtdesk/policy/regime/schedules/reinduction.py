"""A first dose again, after being drug free and before release: by its own figures, never those of D-01 (D-21)."""

from contextlib import suppress

from pdtdesk.domain.regime.courses import Reinduction
from pdtdesk.domain.regime.schedule import NotASchedule
from pdtdesk.policy.findings import Finding, Source, Tier
from pdtdesk.policy.parameters import NoGuidanceInForce, ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.schedules.beginning import RANGED, steady
from pdtdesk.policy.regime.schedules.days import rising, scheduled
from pdtdesk.policy.regime.schedules.figures import AnyFigure, departs, figure, missing, told
from pdtdesk.policy.regime.schedules.proposal import Proposal
from pdtdesk.policy.regime.standing import rg


def reinduction(asked: Reinduction, params: ParametersOnDay) -> Proposal:
    """From the first dose that is signed for it, or entered, to the target; each case of it is exceptional."""
    medicine, name = asked.medicine, asked.medicine.active.value
    if medicine.active not in RANGED:
        raise NotASchedule(f"No re-induction of {medicine.words} is kept here: write the course by hand, day by day.")
    course = f"Re-induction of {medicine.words}"
    start = figure("the first dose", asked.start, params.milligrams, f"{name}_reinduction_first")
    rise = figure("the rise", asked.rise, params.milligrams, f"{name}_reinduction_rise")
    every = figure("the interval", asked.every_days, params.days, f"{name}_reinduction_interval")
    figures: list[AnyFigure] = [start, rise, every]
    said = [_exceptional(params)]
    if start.value is None or rise.value is None or every.value is None:
        return Proposal(medicine, None, (*said, *missing(course, figures)))
    days = rising(asked.first_day, start.value, rise.value, every.value, asked.target)
    found = [
        *said,
        *told(course, figures),
        *departs(course, start, more_is_faster=True),
        *departs(course, rise, more_is_faster=True),
        *departs(course, every, more_is_faster=False),
        steady(asked.first_day, params),
    ]
    return Proposal(medicine, scheduled(days, asked.slots, goes_on=True), tuple(found))


def _exceptional(params: ParametersOnDay) -> Finding:
    exceptional = params.rule("reinduction_exceptional")
    sources: list[Source] = [exceptional]
    with suppress(NoGuidanceInForce):
        sources.append(params.rule("reinduction_may_be"))
    said = (
        "Re-induction before release, only in exceptional circumstances, where there is "
        f"{exceptional.value}. The tolerance of before is gone: these doses have figures of their own."
    )
    return rg(Code.SCHEDULE_REINDUCTION, Tier.MUST_ACKNOWLEDGE, said, sources)
