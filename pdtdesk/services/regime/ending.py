"""What is said before a regime is ended: what stops without steps, what that takes away, and who goes on outside."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.record.entry import Json
from pdtdesk.domain.regime.schedule import DAY, NOUGHT, Schedule
from pdtdesk.domain.regime.treatment import Order, Wish
from pdtdesk.policy.findings import Finding, Tier, plain
from pdtdesk.policy.parameters import NoGuidanceInForce, Parameters, ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.reducing import tolerance
from pdtdesk.policy.regime.standing import rg
from pdtdesk.services.regime.in_force import longer_than, open_orders
from pdtdesk.services.regime.saying import not_agreed, schedule_findings
from pdtdesk.services.regime.standing import RegimeNow


@dataclass(frozen=True, slots=True)
class Ending:
    """What goes with the end of a regime. `outside` says who goes on with it outside, or that nobody does.

    `acknowledged` are the codes of findings that were read: all that must be, or nothing is ended.
    """

    wish: Wish
    acknowledged: frozenset[str]
    outside: str = ""


def end_findings(now: RegimeNow, last_day: date, wish: Wish, policy: Parameters) -> tuple[Finding, ...]:
    """All that is said of ending every opioid substitute after a day, what must be read first."""
    params = policy.on(now.today)
    found = [each for each in now.assessment.findings if each.code == Code.PREGNANT]
    for order in longer_than(last_day, open_orders(now, substitutes=True)):
        left = _until(order, last_day)
        if left is None:
            continue
        with suppress(NoGuidanceInForce):
            found += _stops(order, left, last_day, params)
        found += schedule_findings(now, order.medicine, left, policy)
    found += not_agreed(wish, params)
    return tuple(sorted(dict.fromkeys(found), key=lambda each: each.tier.rank))


def end_body(now: RegimeNow, ending: Ending, found: tuple[Finding, ...]) -> Json:
    """What is kept of it with the entries that end the regime and its orders."""
    wish = ending.wish
    return {
        "wish": {"wished": wish.wished, "told": wish.told, "agreed": wish.agreed.value if wish.agreed else None},
        "goes_on_outside": ending.outside.strip(),
        "findings": [plain(each) for each in found],
        "parameters": now.assessment.parameters,
    }


def _until(order: Order, last_day: date) -> Schedule | None:
    """The last day of an order that ends after a day; None where it never begins."""
    kept = [
        replace(each, last_day=last_day if each.last_day is None else min(each.last_day, last_day))
        for each in order.schedule.stretches
        if each.first_day <= last_day
    ]
    return Schedule(tuple(kept)).from_day(last_day) if kept else None


def _stops(order: Order, left: Schedule, last_day: date, params: ParametersOnDay) -> Iterator[Finding]:
    daily = left.daily_on(last_day)
    if daily <= NOUGHT:
        return
    said = (
        f"{daily} of {order.medicine.words} a day stop after {show_day(last_day)} without steps down: nothing is "
        f"given from {show_day(last_day + DAY)}."
    )
    yield rg(Code.STOPS_WITHOUT_STEPS, Tier.MUST_ACKNOWLEDGE, said, [params.rule("tolerance_lost")])
    yield tolerance(params)
