"""What is ordered at this desk stands on tonight's plan: nobody orders it anew, and nobody forgets it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.facts import Frequency, OrderHere, ReceptionFacts, Substance, Use
from pdtdesk.policy.findings import Tier
from pdtdesk.policy.national import load_national
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.reception.prescriber import prescriber

PARAMS = load_national().on(date(2010, 6, 1))
NOW = datetime(2010, 6, 1, 20, 40, tzinfo=UTC)
CAME = NOW - timedelta(hours=2)
IN_WITHDRAWAL = ReceptionFacts(substances={Substance.OPIOIDS: Use(frequency=Frequency.DAILY)}, arrived_at=CAME)
DRINKING = ReceptionFacts(substances={Substance.ALCOHOL: Use(frequency=Frequency.DAILY)}, arrived_at=CAME)
METHADONE = OrderHere("methadone", True, Milligrams.parse("40 mg"), NOW.date(), "H. Castellan", NOW)
CHLORDIAZEPOXIDE = replace(METHADONE, medicine="chlordiazepoxide", substitute=False)


def said(facts: ReceptionFacts, *orders: OrderHere) -> dict[str, str]:
    """What is said of the prescriber and the order, by code."""
    found = prescriber(replace(facts, ordered_here=orders), PARAMS, NOW)
    return {each.code: each.sentence for each in found.findings}


def test_an_order_of_this_desk_is_the_signed_order() -> None:
    """Signed on this screen at nine, and the plan still sends for a prescriber."""
    (code,) = said(IN_WITHDRAWAL, METHADONE)
    assert code == Code.ORDER_SIGNED
    assert "methadone 40 mg on Tue 1 Jun 2010, signed by H. Castellan" in said(IN_WITHDRAWAL, METHADONE)[code]
    assert not prescriber(replace(IN_WITHDRAWAL, ordered_here=(METHADONE,)), PARAMS, NOW).holds


def test_an_order_of_another_medicine_is_none_of_a_substitute() -> None:
    """Chlordiazepoxide is signed, and methadone is taken for signed too (S-02)."""
    assert Code.PRESCRIBER_NOT_RECORDED in said(IN_WITHDRAWAL, CHLORDIAZEPOXIDE)
    assert prescriber(replace(IN_WITHDRAWAL, ordered_here=(CHLORDIAZEPOXIDE,)), PARAMS, NOW).holds
    assert set(said(DRINKING, CHLORDIAZEPOXIDE)) == {Code.ORDER_SIGNED}


def test_what_was_ordered_before_this_arrival_is_said_and_read() -> None:
    """Back from court: ordered a second time, or given without a word of the days between."""
    before = replace(METHADONE, signed_at=CAME - timedelta(days=3))
    for facts in (IN_WITHDRAWAL, ReceptionFacts(arrived_at=CAME)):
        (found,) = prescriber(replace(facts, ordered_here=(before,)), PARAMS, NOW).findings
        assert (found.code, found.tier) == (Code.ORDER_BEFORE, Tier.MUST_ACKNOWLEDGE)
        assert "before this arrival, and still in force" in found.sentence
    other = replace(CHLORDIAZEPOXIDE, signed_at=CAME - timedelta(days=3))
    assert {Code.ORDER_BEFORE, Code.PRESCRIBER_NOT_RECORDED} <= set(said(IN_WITHDRAWAL, other))
    assert said(ReceptionFacts(arrived_at=CAME)) == {}
