"""A number typed at the door leads to one person or to a sentence that says why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import nhs as stdnum_nhs

from pdtdesk.domain.identifiers import (
    NotAnIdentifier,
    nhs_number,
    prison_number,
    spaced_nhs_number,
)

nine_digits = st.text("0123456789", min_size=9, max_size=9)


def test_a_prison_number_is_kept_in_capitals_however_it_is_typed():
    assert prison_number(" a4127ck ") == "A4127CK"


@given(st.from_regex(r"[A-Za-z][0-9]{4}[A-Za-z]{2}", fullmatch=True))
def test_every_number_of_the_prison_form_is_taken_and_reads_the_same_again(typed):
    number = prison_number(typed)
    assert number == typed.upper()
    assert prison_number(number) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "A12345C",
        "A412CK",
        "A4127CKX",
        "4127ACK",
        "A4127C1",
        "A4127 CK",
        "A４１２７CK",
        "A4127C\u212a",
        "A4127ſK",
        "A4127CK\0",
    ],
)
def test_what_is_no_prison_number_is_refused_with_what_one_looks_like(typed):
    with pytest.raises(NotAnIdentifier, match="is not a prison number \\(one letter, four digits, two letters\\)"):
        prison_number(typed)


def test_a_refused_number_cannot_break_the_line_it_is_reported_on():
    with pytest.raises(NotAnIdentifier) as refused:
        prison_number("A4127CK\nline 9: all is well\u202e" + "9" * 100_000)
    assert "\n" not in str(refused.value)
    assert "\u202e" not in str(refused.value)
    assert len(str(refused.value)) < 200


def test_an_nhs_number_is_taken_with_or_without_spaces_and_read_aloud_in_groups():
    assert nhs_number("943 476 5919") == nhs_number("9434765919") == "9434765919"
    assert spaced_nhs_number(nhs_number("9434765919")) == "943 476 5919"


@given(nine_digits, st.integers(0, 9))
def test_nhs_numbers_agree_with_an_independent_library_save_for_repeated_digits(nine, last):
    typed = f"{nine}{last}"
    if len(set(typed)) == 1:
        return
    if stdnum_nhs.is_valid(typed):
        assert nhs_number(typed) == typed
    else:
        with pytest.raises(NotAnIdentifier):
            nhs_number(typed)


@given(nine_digits)
def test_of_ten_last_digits_at_most_one_fits(nine):
    fitting = [last for last in range(10) if _is_taken(f"{nine}{last}")]
    assert len(fitting) <= 1


@given(nine_digits.filter(lambda nine: len(set(nine)) > 1), st.integers(0, 8))
def test_two_neighbouring_digits_typed_the_wrong_way_round_are_noticed(nine, at):
    for last in range(10):
        right = f"{nine}{last}"
        swapped = right[:at] + right[at + 1] + right[at] + right[at + 2 :]
        if swapped != right and _is_taken(right):
            assert not _is_taken(swapped)


def test_a_check_digit_of_ten_belongs_to_nobody():
    nine = next(
        f"{n:09d}"
        for n in range(100_000_000, 100_000_100)
        if not any(stdnum_nhs.is_valid(f"{n}{d}") for d in range(10))
    )
    assert not any(_is_taken(f"{nine}{last}") for last in range(10))


@pytest.mark.hazard("H-001")
@pytest.mark.parametrize("digit", "0123456789")
def test_one_digit_ten_times_is_refused_though_it_passes_the_sum(digit):
    assert stdnum_nhs.is_valid(digit * 10)
    with pytest.raises(NotAnIdentifier, match="Leave it empty if it is not known"):
        nhs_number(digit * 10)


@pytest.mark.parametrize(
    "typed", ["", "   ", "943476591", "94347659190", "943476591X", "943-476-5919", "９434765919"]
)
def test_what_is_not_ten_digits_is_refused(typed):
    with pytest.raises(NotAnIdentifier, match="ten digits"):
        nhs_number(typed)


def _is_taken(typed: str) -> bool:
    try:
        return nhs_number(typed) == typed
    except NotAnIdentifier:
        return False


def test_a_refusal_reads_the_same_on_the_screen() -> None:
    """Otherwise the window shows the name of an error in place of what to compare."""
    with pytest.raises(NotAnIdentifier) as refused:
        prison_number("A12345C")
    assert refused.value.sentence == "`A12345C` is not a prison number (one letter, four digits, two letters)."
