"""Amounts and words: a dose is never read a thousandfold, and a name is never spoilt."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.domain.written import text_problem
from pdtdesk.ui.widgets.typed_values import NotANumber, one_line, plain, read_amount


@pytest.mark.parametrize(
    ("typed", "unit", "read"),
    [
        ("0.5 g", "g", "0.5"),
        (".5", "g", "0.5"),
        ("55", "mg", "55"),
        ("55mg", "mg", "55"),
        ("5.0", "mg", "5"),
        ("100", "", "100"),
    ],
)
def test_an_amount_is_read_with_or_without_its_unit(typed: str, unit: str, read: str) -> None:
    assert plain(read_amount(typed, unit=unit)) == read


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1,500", "has a comma"),
        ("0,5", "has a comma"),
        ("55 ml", "asked in mg, not in “ml”"),
        ("2 g", "not in “g”. Type it in mg: what “2 g” would be is not guessed here."),
        ("1e3", "asked in mg"),
        ("-5", "0 or more"),
        ("٥٥", "is not a number"),
        ("a lot", "is not a number"),
        ("NaN", "is not a number"),
        ("5" * 40, "is not a number"),
    ],
)
def test_an_amount_that_could_be_misread_is_refused(typed: str, said: str) -> None:
    with pytest.raises(NotANumber) as wrong:
        read_amount(typed, unit="mg")
    assert said in wrong.value.sentence


def test_a_pulse_is_a_whole_number_within_its_bounds() -> None:
    assert read_amount("92", whole=True, low=Decimal(20), high=Decimal(300)) == 92
    with pytest.raises(NotANumber, match="from 20 to 300"):
        read_amount("920", whole=True, low=Decimal(20), high=Decimal(300))
    with pytest.raises(NotANumber, match="whole number"):
        read_amount("92.5", whole=True)


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_an_amount_that_is_shown_is_read_back_as_the_same_amount(amount: Decimal) -> None:
    shown = plain(amount)
    assert read_amount(shown) == amount
    assert not shown.endswith(".")
    assert "." not in shown or not shown.endswith("0")


@pytest.mark.parametrize("name", ["שרה כהן", "محمد", "Nguyễn Thị", "O’Brien 🙂👩‍⚕️", "李小龍", "\u200fשרה\u200f"])
def test_names_of_every_script_and_emoji_are_taken(name: str) -> None:
    assert text_problem(name) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\0b", "Character 2 cannot be printed (code 0000)"),
        ("a\x1b[0m", "code 001B"),
        ("\ud800", "code D800"),
        ("abc\u202edef", "code 202E"),
        ("x" * 100_000, "100,000 characters; this field takes 10,000"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole_with_a_sentence(text: str, said: str) -> None:
    assert said in text_problem(text)
    assert "Nothing was changed" in text_problem(text)


def test_line_ends_are_for_long_text_and_are_laid_end_to_end_elsewhere() -> None:
    assert text_problem("one\ntwo", lines=True) == ""
    assert text_problem("one\ntwo") != ""
    assert one_line("12 High Street \r\n Leeds\u2028LS1") == "12 High Street Leeds LS1"
