"""What was declared beside what the doses show: a course called detoxification that goes on for months is told."""

from datetime import date, timedelta
from decimal import Decimal

from pdtdesk.domain.regime.doses import DoseRow, Outcome
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.policy.findings import Tier
from pdtdesk.policy.national import load_national
from pdtdesk.policy.regime.declared import Difference, differences
from pdtdesk.policy.regime.shown import courses
from tests.domain.regime.treatments import day, declared

PARAMS = load_national().on(date(2010, 6, 1))
DETOXIFICATION, MAINTENANCE = RegimeClass.DETOXIFICATION, RegimeClass.MAINTENANCE


def steady(days: int, medicine: str = "methadone", mg: int = 40) -> list[DoseRow]:
    return [DoseRow(day(number), medicine, Decimal(mg), Outcome.TAKEN) for number in range(days)]


def found(*regimes: object, rows: list[DoseRow]) -> tuple[Difference, ...]:
    return differences(regimes, courses(rows, PARAMS), PARAMS)


def test_a_detoxification_that_is_maintained_is_told_from_the_day_it_was() -> None:
    """Otherwise nobody can say who is on what, since when (R-16)."""
    (told,) = found(declared(DETOXIFICATION), rows=steady(60))
    assert (told.declared, told.shown) == (DETOXIFICATION, MAINTENANCE)
    assert (told.since, told.until) == (day(28), day(59))
    assert told.finding.tier is Tier.MUST_ACKNOWLEDGE
    assert told.finding.sentence == (
        "Declared detoxification since Mon 24 May 2010; the doses show maintenance since Mon 21 Jun 2010."
    )


def test_what_is_shown_as_declared_or_only_stabilised_is_no_difference() -> None:
    """Otherwise everybody is red in the first month, and red says nothing."""
    assert found(declared(MAINTENANCE), rows=steady(60)) == ()
    assert found(declared(DETOXIFICATION), rows=steady(28)) == ()


def test_a_difference_is_counted_within_the_days_of_the_regime() -> None:
    """Otherwise a regime is blamed for what was given before it was declared, or after it was ended."""
    (late,) = found(declared(DETOXIFICATION, first=40), rows=steady(60))
    assert (late.since, late.until) == (day(40), day(59))
    (ended,) = found(declared(DETOXIFICATION, last=35), rows=steady(60))
    assert (ended.since, ended.until) == (day(28), day(35))
    assert found(declared(DETOXIFICATION, last=27), rows=steady(60)) == ()
    assert found(declared(DETOXIFICATION, first=60), rows=steady(60)) == ()


def test_the_latest_difference_comes_first() -> None:
    """Otherwise the prescriber reads of last year before reading of this week."""
    falling = [DoseRow(day(60 + n), "methadone", Decimal(39 - n), Outcome.TAKEN) for n in range(20)]
    told = found(declared(RegimeClass.GRADUAL_REDUCTION), rows=[*steady(60), *falling])
    assert [each.shown for each in told] == [DETOXIFICATION, MAINTENANCE]
    assert told[0].since - told[1].since == timedelta(days=32)


def test_doses_of_another_medicine_show_nothing_of_this_regime() -> None:
    """Otherwise a diazepam reduction beside methadone makes the maintenance a detoxification."""
    assert found(declared(DETOXIFICATION), rows=steady(60, "diazepam")) == ()
    assert found(declared(DETOXIFICATION, medicine=None), rows=steady(60)) == ()
    combined = declared(DETOXIFICATION, medicine=Ordered.BUPRENORPHINE_NALOXONE)
    assert [each.shown for each in found(combined, rows=steady(60, "buprenorphine"))] == [MAINTENANCE]
