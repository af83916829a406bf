"""What is written by hand, and nothing at all: the prescriber's own course is looked at like a proposed one."""

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.regime.courses import Abstinence, ByHand, ForWhom
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import day_by_day
from pdtdesk.policy.findings import Finding, Tier
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.reducing import tolerance
from pdtdesk.policy.regime.schedules.alcohol import ceilings
from pdtdesk.policy.regime.schedules.beginning import beginning
from pdtdesk.policy.regime.schedules.hours import since_opioid
from pdtdesk.policy.regime.schedules.proposal import Proposal
from pdtdesk.policy.regime.standing import rg


def by_hand(asked: ByHand, whom: ForWhom, params: ParametersOnDay) -> Proposal:
    """The days as they were written; a first dose, or a rise from what is taken, is held against its range."""
    schedule = day_by_day(asked.days, goes_on=asked.goes_on)
    found: list[Finding] = []
    if asked.begins and asked.already_on is None:
        found += since_opioid(schedule, asked.medicine, asked.last_opioid_at, params)
    if asked.begins or asked.already_on is not None:
        found += beginning(
            schedule,
            asked.medicine,
            whom,
            params,
            already_on=asked.already_on,
            after_break=asked.after_break,
        )
    if asked.medicine is Ordered.CHLORDIAZEPOXIDE:
        found += ceilings(schedule, whom, params).findings
    return Proposal(asked.medicine, schedule, tuple(found), already_on=asked.already_on)


def abstinence(asked: Abstinence, params: ParametersOnDay) -> Proposal:
    """Nothing is ordered, and what that means for tolerance is said."""
    said = f"Nothing is ordered from {show_day(asked.from_day)}: without an opioid substitute tolerance is lost."
    nothing = rg(Code.SCHEDULE_NOTHING, Tier.MUST_ACKNOWLEDGE, said, [params.rule("tolerance_lost")])
    return Proposal(None, None, (nothing, tolerance(params)))
