"""A dose that is misread is a dose that is wrongly given."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.domain.quantities import Milligrams, QuantityRefused


@pytest.mark.parametrize(
    ("written", "shown"),
    [("12.5 mg", "12.5 mg"), ("12.50mg", "12.5 mg"), ("60 MG", "60 mg"), (" 0 mg ", "0 mg"), ("100 mg", "100 mg")],
)
def test_a_dose_is_read_and_shown_in_milligrams(written: str, shown: str) -> None:
    assert str(Milligrams.parse(written)) == shown


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("0.5 g", "grams"),
        ("10 ml", "millilitres"),
        ("400 µg", "µg"),
        ("-5 mg", "below zero"),
        ("\u22125 mg", "below zero"),
        ("12,5 mg", "comma"),
        ("60", "no unit"),
        ("sixty mg", "not a dose"),
        ("", "not a dose"),
        ("1e3 mg", "not a dose"),
        ("NaN mg", "not a dose"),
        ("٦٠ mg", "plain number"),
        ("12.3456 mg", "up to three"),
        ("1234567 mg", "six digits"),
        ("6\x000 mg", "not a dose"),
        ("60 mg 70 mg", "not a dose"),
        ("9" * 100_000, "not a dose"),
    ],
)
def test_what_is_not_a_dose_in_milligrams_is_refused_in_a_sentence(written: str, said: str) -> None:
    with pytest.raises(QuantityRefused, match=said) as refused:
        Milligrams.parse(written)
    assert len(str(refused.value)) < 250
    assert "\x00" not in str(refused.value)


def test_a_field_that_shows_mg_takes_a_bare_number() -> None:
    assert Milligrams.typed("60") == Milligrams.typed("60 mg") == Milligrams(Decimal(60))
    with pytest.raises(QuantityRefused):
        Milligrams.typed("60 g")


@pytest.mark.parametrize("amount", [Decimal(-1), Decimal("NaN"), Decimal("Infinity"), 12.5])
def test_no_dose_is_held_below_zero_without_end_or_as_a_float(amount: Decimal) -> None:
    with pytest.raises(QuantityRefused):
        Milligrams(amount)


@given(st.decimals(min_value=0, max_value=999_999, places=3))
def test_a_dose_survives_being_written_and_read(amount: Decimal) -> None:
    assert Milligrams.parse(str(Milligrams(amount))).amount == amount
