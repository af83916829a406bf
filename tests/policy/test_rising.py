"""Figures that belong together are never signed the wrong way round."""

from datetime import date
from decimal import Decimal

import pytest

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.policy.dated import DatedValue, Overlay, Replacement
from pdtdesk.policy.national import load_national
from pdtdesk.policy.origin import Authority, Reference, SignOff, Status
from pdtdesk.policy.parameters import Parameters
from pdtdesk.policy.rising import RISING, out_of_order
from pdtdesk.policy.units import Value

DAY, BEFORE = date(2010, 6, 1), date(1990, 1, 1)
INDUCTION = "missed_days_new_induction"


def over(**values: Value) -> Parameters:
    """The national set with these signed on the day."""
    signed = SignOff(Status.SIGNED, "The lead", DAY)
    replacements = tuple(
        Replacement(key, (DatedValue(DAY, None, value, Reference("own", "1"), Authority.PRODUCT, signed),))
        for key, value in values.items()
    )
    return load_national().over(Overlay("own", "Own", "The lead", DAY, replacements))


def mg(amount: int) -> Milligrams:
    return Milligrams(Decimal(amount))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({INDUCTION: 2}, "is reassessed” 3 days, and “Missed days that need a new induction” 2 days"),
        ({INDUCTION: 4, "missed_days_reassess": 5}, "5 days, and “Missed days that need a new induction” 4 days"),
        ({"unconfirmed_methadone_most": mg(3200), "methadone_most": mg(120)}, "3200 mg"),
        ({"unconfirmed_buprenorphine_most": mg(33)}, "33 mg, and"),
    ],
)
def test_what_is_the_wrong_way_round_is_said(values: dict[str, Value], said: str) -> None:
    """Else the higher of the two never acts, and a slip in a dose has nothing that holds it."""
    found = out_of_order(next(iter(values)), over(**values), [DAY])
    assert found is not None
    assert said in found


@pytest.mark.parametrize(
    "values", [{INDUCTION: 3}, {INDUCTION: 9, "missed_days_reassess": 9}, {"unconfirmed_methadone_most": mg(30)}]
)
def test_what_rises_or_stands_alone_is_taken(values: dict[str, Value]) -> None:
    """Else a lead who signs what is right is sent away."""
    assert out_of_order(next(iter(values)), over(**values), [BEFORE, DAY]) is None


def test_every_pair_is_of_one_unit_and_rises_as_shipped() -> None:
    """A pair that does not hold as shipped would refuse whatever is signed of it."""
    national = load_national()
    units = {each.id: each.unit for each in national.all}
    for lower, higher in RISING:
        assert units[lower] == units[higher]
        assert out_of_order(lower, national, [DAY]) is None
        assert out_of_order(lower, national.over("demonstration"), [DAY]) is None
