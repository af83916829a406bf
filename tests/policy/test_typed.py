"""A figure as it is typed is read in its own unit, or refused with the way to write it; nothing is guessed."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.scales import Band
from pdtdesk.domain.regime.courses import TimesADay
from pdtdesk.policy import typed, units
from pdtdesk.policy.typed import (
    NotSignable,
    how_to_type,
    plain_form,
    read_plain,
    read_typed,
    shown_with_unit,
    typed_form,
)
from pdtdesk.policy.units import UNITS, Words

BANDS = (Band("mild", 0, 7), Band("moderate", 8, 15))


@pytest.mark.parametrize(
    ("unit", "words", "value"),
    [
        ("days", "5", 5),
        ("days", " 1 day ", 1),
        ("weeks", "13 weeks", 13),
        ("months", "3", 3),
        ("per cent", "50 %", 50),
        ("per cent", "100 per cent", 100),
        ("score", "15", 15),
        ("times a day", "2 times a day", 2),
        ("hours", "2.5", Decimal("2.5")),
        ("hours", "1 hour", Decimal(1)),
        ("units a day", "30", Decimal(30)),
        ("mg", "12.5", Milligrams(Decimal("12.5"))),
        ("mg", "30 mg", Milligrams(Decimal(30))),
        ("day numbers", "0, 7, 21", (0, 7, 21)),
        ("people", "5", 5),
        ("range", "15-25", (15, 25)),
        ("range", "15 to 25", (15, 25)),
        ("course", "15 mg × 4, 10 mg × 3", (TimesADay.parse("15 mg × 4"), TimesADay.parse("10 mg × 3"))),
        ("course", "15 mg × 4\n10 mg × 3\n", (TimesADay.parse("15 mg × 4"), TimesADay.parse("10 mg × 3"))),
        ("text", "Ring 999, then the prescriber.", "Ring 999, then the prescriber."),
        ("bands", "0-7 mild; 8 to 15 moderate", BANDS),
        ("bands", "0–7 mild\n8–15 moderate", BANDS),
        ("words", "mild = soon; severe = now", Words((("mild", "soon"), ("severe", "now")))),
    ],
)
def test_a_figure_is_read_in_its_unit_and_kept_as_it_is_read(unit: str, words: str, value: object) -> None:
    """Otherwise 2.5 hours come back from the journal as something else."""
    assert read_typed(unit, words) == value
    assert read_plain(unit, plain_form(unit, value)) == value
    assert read_typed(unit, typed_form(unit, value)) == value


@pytest.mark.parametrize(
    ("unit", "words", "said"),
    [
        ("days", "", "No value was typed"),
        ("days", "2.5", "whole number"),
        ("days", "5 weeks", "whole number"),
        ("days", "-1", "whole number"),
        ("days", "five\x00", "cannot be printed"),
        ("per cent", "101", "from 0 to 100, not 101"),
        ("days", "0", "from 1 to 3660, not 0"),
        ("days", "99999", "from 1 to 3660, not 99999"),
        ("weeks", "523", "from 1 to 522"),
        ("months", "121", "from 1 to 120"),
        ("times a day", "25", "from 1 to 24"),
        ("people", "0", "from 3 to 999999, not 0"),
        ("people", "2", "from 3 to 999999, not 2"),
        ("hours", "87841", "at most 87840 hours"),
        ("mg", "0", "above 0 mg"),
        ("day numbers", "0, 3661", "from 0 to 3660"),
        ("hours", "1,5", "a point for parts"),
        ("hours", "0", "above zero"),
        ("mg", "1 g", "grams"),
        ("mg", "-5 mg", "below zero"),
        ("day numbers", "7, 0", "must rise"),
        ("day numbers", "0, one", "whole numbers"),
        ("bands", "0-7 mild; 9-15 moderate", "cannot be taken"),
        ("range", "15", "two whole numbers"),
        ("range", "25-15", "lowest of the range comes first"),
        ("course", "15 four times", "cannot be taken"),
        ("course", ";", "cannot be taken"),
        ("bands", "mild", "is no band"),
        ("words", "mild", "behind its “=”"),
        ("words", "mild = soon; mild = now", "named once"),
        ("fortnights", "2", "knows no unit"),
        ("text", "x" * 20_000, "this field takes"),
    ],
)
def test_what_is_no_value_in_the_unit_is_refused_with_the_way_to_write_it(unit: str, words: str, said: str) -> None:
    """Otherwise grams are signed for milligrams."""
    with pytest.raises(NotSignable) as refusal:
        read_typed(unit, words)
    assert said in refusal.value.sentence
    assert len(refusal.value.sentence) < 400


@pytest.mark.parametrize(("unit", "plain"), [("days", "5"), ("hours", "much"), ("words", []), ("of_nobody", 3)])
def test_what_the_journal_cannot_have_meant_is_refused(unit: str, plain: object) -> None:
    """Otherwise an entry of another version acts as a number it never was."""
    with pytest.raises(NotSignable):
        read_plain(unit, plain)


@dataclass(frozen=True, slots=True)
class _Course:
    days: tuple[tuple[str, int], ...]


def _course(raw: object) -> _Course:
    if not isinstance(raw, list) or not all(isinstance(each, list) and len(each) == 2 for each in raw):
        raise units.ValueRefused('must be a list such as [["15 mg", 4]]')
    return _Course(tuple((str(mg), int(times)) for mg, times in raw))


@pytest.fixture
def a_new_unit(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(typed, "UNITS", {**UNITS, "a new unit": _course})
    return "a new unit"


def test_a_unit_that_came_later_is_typed_as_in_a_policy_file(a_new_unit: str) -> None:
    """Otherwise the figures of a stage that is built later cannot be signed until this page knows them."""
    words = '[["15 mg", 4], ["10 mg", 4]]'
    value = read_typed(a_new_unit, words)
    assert value == _Course((("15 mg", 4), ("10 mg", 4)))
    assert plain_form(a_new_unit, value, words) == words
    assert read_plain(a_new_unit, words) == value
    assert read_plain(a_new_unit, [["15 mg", 4]]) == _Course((("15 mg", 4),))
    assert typed_form(a_new_unit, value) == ""
    assert how_to_type(a_new_unit).startswith("As behind value =")
    for wrong in ("15 mg four times", "[1]", "[" * 9_000):
        with pytest.raises(NotSignable, match="cannot be taken"):
            read_typed(a_new_unit, wrong)


def test_a_value_is_shown_with_its_unit_where_it_has_one() -> None:
    """Otherwise a list says 5, and nobody knows whether days or weeks."""
    shown = [
        shown_with_unit("days", 1),
        shown_with_unit("days", 5),
        shown_with_unit("hours", Decimal("2.50")),
        shown_with_unit("mg", Milligrams(Decimal(30))),
        shown_with_unit("score", 15),
        shown_with_unit("bands", BANDS),
        shown_with_unit("day numbers", (0, 7)),
        shown_with_unit("rule", "it is so"),
        shown_with_unit("days", None),
    ]
    assert shown == ["1 day", "5 days", "2.5 hours", "30 mg", "15", "0-7 mild; 8-15 moderate", "0, 7", "it is so", ""]


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_every_unit_says_how_it_is_typed(unit: str) -> None:
    """Otherwise the lead guesses at the form of a table."""
    assert how_to_type(unit)


@given(st.sampled_from(sorted(UNITS)), st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_and_never_falls_over(unit: str, words: str) -> None:
    """Otherwise a pasted word shuts the page with what was typed in it."""
    try:
        value = read_typed(unit, words)
    except NotSignable:
        return
    assert read_plain(unit, plain_form(unit, value, words)) == value
