"""A regime is ended, or one medicine stopped: what stops without steps, what that takes away, who goes on outside."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.record.entry import Json, NewEntry
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import DAY, NOUGHT, Schedule
from pdtdesk.domain.regime.treatment import Order, Wish
from pdtdesk.domain.roles import Permission
from pdtdesk.policy.findings import Finding, Tier, plain
from pdtdesk.policy.parameters import NoGuidanceInForce, Parameters, ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.reducing import tolerance
from pdtdesk.policy.regime.standing import rg
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import AuditLine
from pdtdesk.services.reception.people import present
from pdtdesk.services.reception.triage import record_of
from pdtdesk.services.refusals import Refused, said_why
from pdtdesk.services.regime.checks import asked_to_agree, must_be_read, not_before_today
from pdtdesk.services.regime.in_force import before_it, in_place_of, longer_than, open_orders, open_regimes, unchanged
from pdtdesk.services.regime.saying import not_agreed, schedule_findings
from pdtdesk.services.regime.standing import RegimeNow, regime_now

_SUBSTITUTE = Ordered.METHADONE
"""One of the opioid substitutes: each takes the place of any other, so that all of them end together."""


@dataclass(frozen=True, slots=True)
class Ending:
    """After which day a regime or a medicine ends, why, and what the person wished and agreed to.

    `acknowledged` are the codes of findings that were read: all that must be, or nothing is ended. `outside` says who
    goes on with it outside, or that nobody does.
    """

    last_day: date
    why: str
    wish: Wish
    acknowledged: frozenset[str]
    outside: str = ""


@action(Permission.DECIDE_REGIME)
def end_regime(acting: Acting, patient_id: str, ending: Ending, seen: frozenset[str]) -> RegimeNow:
    """End the regime and every order of an opioid substitute. `seen` are the regimes and orders on the screen."""
    return _end(acting, patient_id, None, ending, seen)


@action(Permission.DECIDE_REGIME)
def stop_medicine(
    acting: Acting, patient_id: str, medicine: Ordered, ending: Ending, seen: frozenset[str]
) -> RegimeNow:
    """Stop a medicine, and every change of it that is signed for later; the class stays as it is.

    Of an opioid substitute that is every one of them, as each takes the place of any other.
    """
    return _end(acting, patient_id, medicine, ending, seen)


def _end(
    acting: Acting, patient_id: str, medicine: Ordered | None, ending: Ending, seen: frozenset[str]
) -> RegimeNow:
    said_why(ending.why, f"Say why {medicine.words if medicine else 'the regime'} ends")
    now, last_day = acting.now(), ending.last_day
    with acting.store.work() as work:
        before = regime_now(present(work, patient_id), now, acting.policy)
        unchanged(before, seen)
        regimes = longer_than(last_day, open_regimes(before)) if medicine is None else ()
        orders = longer_than(last_day, _ended_with(before, medicine))
        if not regimes and not orders:
            raise Refused(_nothing_ends(before, medicine, last_day), "last")
        not_before_today(last_day + DAY, before.today)
        asked_to_agree(ending.wish)
        found = end_findings(before, last_day, ending.wish, acting.policy, medicine)
        must_be_read(found, ending.acknowledged)
        body = _body(before, ending, found)
        record = record_of(before.person, before.stay)
        work.append(
            [
                NewEntry(
                    "regime",
                    kind,
                    {**body, "replaces": chain},
                    acting.who,
                    record,
                    happened_at=now,
                    supersedes=in_place_of(before, chain, kind),
                )
                for kind, ended, chain in (
                    ("regime_ended", regimes, [each.entry_id for each in before.treatment.regimes]),
                    ("order_ended", orders, before_it(before, medicine or _SUBSTITUTE)),
                )
                if ended
            ]
        )
        what = f"stopped {medicine.words}" if medicine else "ended the regime"
        work.audit(AuditLine(now, acting.who, what, patient_id, detail=ending.why.strip()))
        return regime_now(present(work, patient_id), now, acting.policy)


def _ended_with(now: RegimeNow, medicine: Ordered | None) -> tuple[Order, ...]:
    """The orders that end with a medicine; with the regime, all opioid substitutes."""
    return tuple(each for each in open_orders(now) if each.medicine.stands_for(medicine or _SUBSTITUTE))


def _nothing_ends(now: RegimeNow, medicine: Ordered | None, last_day: date) -> str:
    if medicine is None:
        return "There is no regime in force that could be ended."
    held = _ended_with(now, medicine)
    if held and held[-1].until is not None:
        return f"That order ends on {show_day(held[-1].until)} already: sign a new one to go on longer."
    return f"Nothing is ordered of {medicine.words} after {show_day(last_day)}."


def end_findings(
    now: RegimeNow, last_day: date, wish: Wish, policy: Parameters, medicine: Ordered | None = None
) -> tuple[Finding, ...]:
    """All that is said of stopping a medicine after a day, what must be read first; without one, of the regime with
    every opioid substitute."""
    params = policy.on(now.today)
    ends_substitute = (medicine or _SUBSTITUTE).is_substitute
    found = [each for each in now.assessment.findings if each.code == Code.PREGNANT and ends_substitute]
    for order in _taken_on(now, last_day, medicine) if longer_than(last_day, _ended_with(now, medicine)) else ():
        left = _until(order, last_day)
        if left is None:
            continue
        with suppress(NoGuidanceInForce):
            found += _stops(order, left, last_day, params)
        if ends_substitute:
            found += schedule_findings(now, order.medicine, left, policy)
    found += not_agreed(wish, params)
    return tuple(sorted(dict.fromkeys(found), key=lambda each: each.tier.rank))


def _body(now: RegimeNow, ending: Ending, found: tuple[Finding, ...]) -> Json:
    """What is kept with the entries that end the regime and its orders."""
    wish = ending.wish
    return {
        "stay": now.stay.id,
        "from": (ending.last_day + DAY).isoformat(),
        "why": ending.why.strip(),
        "wish": {"wished": wish.wished, "told": wish.told, "agreed": wish.agreed.value if wish.agreed else None},
        "goes_on_outside": ending.outside.strip(),
        "findings": [plain(each) for each in found],
        "parameters": now.assessment.parameters,
    }


def ending_with(now: RegimeNow) -> tuple[tuple[Ordered, str], ...]:
    """What can be stopped alone: each with its name, of substitutes that of all that are taken or ordered to come."""
    places: dict[Ordered, dict[str, None]] = {}
    ends = {each.medicine.place for each in open_orders(now)}
    for each in now.treatment.orders:
        if each.medicine.place in ends and (each.until is None or each.until >= max(now.today, each.since)):
            places.setdefault(each.medicine.place, {})[each.medicine.words] = None
    return tuple((place, " and ".join(names)) for place, names in places.items())


def _taken_on(now: RegimeNow, day: date, medicine: Ordered | None) -> tuple[Order, ...]:
    """The orders by which somebody takes it on a last day, also one whose place another takes later."""
    return tuple(each for each in now.treatment.orders_on(day) if each.medicine.stands_for(medicine or _SUBSTITUTE))


def _until(order: Order, last_day: date) -> Schedule | None:
    """The last day of an order that holds on it."""
    kept = [
        replace(each, last_day=last_day if each.last_day is None else min(each.last_day, last_day))
        for each in order.schedule.stretches
        if each.first_day <= last_day
    ]
    return Schedule(tuple(kept)).from_day(last_day)


def _stops(order: Order, left: Schedule, last_day: date, params: ParametersOnDay) -> Iterator[Finding]:
    """What stops without steps; of an opioid and of a sedative, which somebody withdraws from."""
    daily = left.daily_on(last_day)
    if daily <= NOUGHT or not order.medicine.makes_drowsy:
        return
    rule = params.rule("tolerance_lost" if order.medicine.is_opioid else "alcohol_withdrawal")
    said = (
        f"{daily} of {order.medicine.words} a day stop after {show_day(last_day)} without steps down: nothing is "
        f"given from {show_day(last_day + DAY)}."
    )
    if not order.medicine.is_opioid:
        said = f"{said} {rule.value[:1].upper()}{rule.value[1:]}."
    yield rg(Code.STOPS_WITHOUT_STEPS, Tier.MUST_ACKNOWLEDGE, said, [rule])
    if order.medicine.is_opioid:
        yield tolerance(params)
