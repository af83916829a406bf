"""The prescriber, the order, and what a nurse may carry out alone until there is one (S-02)."""

from collections.abc import Sequence
from datetime import datetime

from pdtdesk.domain.calendar import day_of, show_day, show_instant
from pdtdesk.domain.reception.facts import OrderHere, ReceptionFacts
from pdtdesk.policy.findings import Hold, TaskKind, Tier, Urgency
from pdtdesk.policy.parameters import NotSignedLocally, ParametersOnDay
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.reception.said import NOTHING, Due, Said, asked, say, together
from pdtdesk.policy.reception.signs import needs_prescriber, opioid_withdrawal_possible


def prescriber(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    """Reached or not, order signed or not; without an order the plan that a nurse may carry out alone."""
    before = _signed_before(facts, params)
    if not needs_prescriber(facts, params):
        return before
    contact, rule = facts.prescriber, params.rule("order_needed")
    opioids = opioid_withdrawal_possible(facts, params)
    here = [each for each in facts.ordered_here if each.substitute or not opioids]
    if here:
        return before if before is not NOTHING else _signed_here(here, params)
    if contact.order_signed_at is not None and _holds(contact.order_signed_at, facts, now):
        return say(
            Code.ORDER_SIGNED,
            Tier.NOTE,
            Urgency.ROUTINE,
            f"Order signed {show_instant(contact.order_signed_at)}. Look before every dose all the same.",
            [rule],
            label="Prescriber",
        )
    code, state = _state(facts)
    held = [_no_order(code)] if opioids else []
    without = " No opioid substitute without a signed order." if opioids else ""
    return together(
        before,
        say(
            code,
            Tier.MUST_ACKNOWLEDGE,
            Urgency.TONIGHT,
            f"{state}{without}",
            [rule],
            label="Prescriber",
            reason="prescriber has not signed an order",
            due=Due(TaskKind.PRESCRIBER_TONIGHT, day_of(now), now),
            holds=held,
        ),
        _nurse_alone(opioids, params),
    )


def _signed_before(facts: ReceptionFacts, params: ParametersOnDay) -> Said:
    """What was ordered here before this arrival and stands: nobody orders it anew, and nobody forgets it."""
    came = facts.arrived_at
    before = [each for each in facts.ordered_here if came is not None and each.signed_at < came]
    if not before:
        return NOTHING
    return say(
        Code.ORDER_BEFORE,
        Tier.MUST_ACKNOWLEDGE,
        Urgency.TONIGHT,
        f"Ordered here before this arrival, and still in force: {_in_words(before)}. Ask what was given since, and "
        "tell a prescriber tonight if it should not go on.",
        [params.rule("order_needed")],
        label="Ordered before",
    )


def _signed_here(orders: Sequence[OrderHere], params: ParametersOnDay) -> Said:
    said = f"Ordered here: {_in_words(orders)}. Look before every dose all the same."
    return say(Code.ORDER_SIGNED, Tier.NOTE, Urgency.ROUTINE, said, [params.rule("order_needed")], label="Prescriber")


def _in_words(orders: Sequence[OrderHere]) -> str:
    return "; ".join(
        f"{each.medicine} {each.daily} on {show_day(each.since)}, signed by {each.by} {show_instant(each.signed_at)}"
        for each in orders
    )


def _holds(signed_at: datetime, facts: ReceptionFacts, now: datetime) -> bool:
    """An order of an earlier stay, or of a mistyped year, is not tonight's; nor is one still to come."""
    received = facts.custody.received_on
    return signed_at <= now and (received is None or day_of(signed_at) >= received)


def _state(facts: ReceptionFacts) -> tuple[Code, str]:
    contact = facts.prescriber
    if contact.reached:
        at = f" {show_instant(contact.reached_at)}" if contact.reached_at else ""
        return Code.PRESCRIBER_NO_ORDER, f"Prescriber reached{at}; no order signed yet."
    if contact.reached is False:
        return Code.PRESCRIBER_NOT_REACHED, "Prescriber tried and not reached: go on trying tonight."
    return Code.PRESCRIBER_NOT_RECORDED, "Nobody has recorded whether a prescriber was reached: call one tonight."


def _no_order(code: Code) -> Hold:
    return Hold("opioid substitutes", "no signed order", "a prescriber's signed order", False, code)


def _nurse_alone(opioids: bool, params: ParametersOnDay) -> Said:
    rule = params.rule("order_needed")
    directions, hospital = asked(params.text, "signed_directions"), asked(params.text, "hospital_when")
    gives = (
        "no signed directions are recorded here, so nothing is given under them"
        if isinstance(directions, NotSignedLocally)
        else f"give what signed directions allow ({directions.value})"
    )
    sends = (
        "when to send to hospital is not written down here, so send whenever you would"
        if isinstance(hospital, NotSignedLocally)
        else f"send to hospital for: {hospital.value}"
    )
    repeat = "observe and repeat COWS" if opioids else "observe"
    return say(
        Code.NURSE_ALONE,
        Tier.NOTE,
        Urgency.TONIGHT,
        f"Until a prescriber decides, a nurse alone may: {repeat}; {gives}; {sends}.",
        [rule, directions, hospital],
        label="Nurse alone",
    )
