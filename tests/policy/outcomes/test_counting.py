"""The tables of the figures: everybody once, every total right, and one page from which nothing can be subtracted."""

from datetime import date
from itertools import product

import pytest
from factories import national
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.policy.origin import Authority, Status
from pdtdesk.policy.outcomes.bands import SentenceBand
from pdtdesk.policy.outcomes.counting import (
    CLASSES,
    Case,
    Counted,
    Counts,
    Line,
    alone,
    counts,
    happened,
    part_of_happened,
)
from pdtdesk.policy.outcomes.hiding import Shown

MAINTAINED, REDUCED = RegimeClass.MAINTENANCE, RegimeClass.GRADUAL_REDUCTION
REMAND, SHORT, YEAR = SentenceBand.REMAND, SentenceBand.SHORT, SentenceBand.YEAR

CASES = st.lists(
    st.builds(
        Case,
        declared=st.sampled_from(CLASSES),
        medicine=st.sampled_from(("methadone", "buprenorphine", "diazepam")),
        band=st.sampled_from(SentenceBand),
        reasoned=st.booleans(),
        overdue=st.booleans(),
    ),
    max_size=80,
)


def some(count: int, declared=MAINTAINED, medicine="methadone", band=REMAND, **more: bool) -> list[Case]:
    return [Case(declared, medicine, band, **more)] * count


def line(made: tuple[Line, ...], words: str) -> list[int | None]:
    return [each.count for each in next(row for row in made if row.words == words).counts]


def all_counted(made: Counts) -> list[Counted]:
    rows = [each for row in (*made.by_class, *made.by_medicine) for each in row.counts]
    return [
        *(*rows, made.in_force, made.beyond, made.beyond_with_reason, made.beyond_without),
        *(made.overdue, made.not_overdue),
    ]


def test_everybody_is_counted_once_in_each_table() -> None:
    """Otherwise nobody can say who is on what, which is where this began."""
    made = counts([*some(3), *some(2, REDUCED, band=SHORT), *some(1, medicine="buprenorphine", band=YEAR)])
    assert made.medicines == ("buprenorphine", "methadone")
    assert line(made.by_class, "Remand") == [0, 0, 0, 3, 3]
    assert line(made.by_class, "Over 26 weeks to 12 months") == [0, 0, 0, 1, 1]
    assert line(made.by_class, "All") == [0, 0, 2, 4, 6]
    assert line(made.by_medicine, "Up to 26 weeks") == [0, 2, 2]
    assert line(made.by_medicine, "All") == [1, 5, 6]
    assert made.in_force.count == 6


def test_maintenance_beyond_26_weeks_is_told_with_and_without_a_reason() -> None:
    """The lead asks first for whom nobody has written why."""
    made = counts(
        [
            *some(4, band=YEAR, reasoned=True),
            *some(2, band=SentenceBand.RECALLED),
            *some(9),
            *some(1, REDUCED, band=YEAR),
        ]
    )
    assert (made.beyond.count, made.beyond_with_reason.count, made.beyond_without.count) == (6, 4, 2)


def test_overdue_reviews_are_counted_among_all() -> None:
    """A list of five overdue means one thing among six and another among sixty."""
    made = counts([*some(2, overdue=True), *some(5)])
    assert (made.overdue.count, made.not_overdue.count, made.in_force.count) == (2, 5, 7)


def test_a_band_that_nobody_is_in_stands_only_where_it_always_does() -> None:
    """The six bands stand with noughts; what is out of the ordinary stands where somebody is in it."""
    assert [row.words for row in counts([]).by_class][-1] == "All"
    assert len(counts([]).by_class) == 7
    assert "Civil or immigration" in [row.words for row in counts(some(1, band=SentenceBand.OTHER)).by_class]


def test_where_nothing_can_be_shown_no_line_says_that_somebody_is_in_it() -> None:
    """Four people, each in a group of their own: a column for naltrexone would name one of them."""
    one_each = [Case(declared, f"medicine {at}", SentenceBand.OTHER) for at, declared in enumerate(CLASSES)]
    made = counts(one_each, 5)
    assert {each.shown for each in all_counted(made)} == {Shown.KEPT_BACK}
    assert made.medicines == ()
    assert len(made.by_class) == 7


@pytest.mark.parametrize(
    ("men", "others", "words"), [(1, 0, "not shown"), (5, 2, "not shown"), (5, 9, "5"), (7, 0, "7")]
)
def test_regimes_in_force_do_not_tell_how_few_have_none(men: int, others: int, words: str) -> None:
    """The number of people here stands at the head of the page: what is left of it is a group like any other."""
    assert counts(some(men), 5, others).in_force.words(5) == words


@settings(max_examples=200)
@given(CASES)
def test_the_manager_never_sees_a_small_group(cases: list[Case]) -> None:
    """Whatever the mixture: no count from 1 to 4 stands anywhere, and no hidden one keeps its number."""
    made = all_counted(counts(cases, 5))
    assert all(each.count is None or each.count == 0 or each.count >= 5 for each in made)
    assert all((each.count is None) == (each.shown is not Shown.COUNT) for each in made)


@settings(max_examples=100)
@given(CASES)
def test_the_lead_sees_every_number_and_they_add_up(cases: list[Case]) -> None:
    """A total that is not the sum of its lines is worse than none."""
    made = counts(cases)
    for table in (made.by_class, made.by_medicine):
        rows = [[each.count for each in row.counts] for row in table]
        assert all(sum(row[:-1]) == row[-1] for row in rows)
        assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]
        assert rows[-1][-1] == len(cases)


SMALL = st.lists(
    st.builds(
        Case,
        declared=st.sampled_from((MAINTAINED, REDUCED)),
        medicine=st.sampled_from(("methadone", "buprenorphine")),
        band=st.sampled_from((REMAND, SHORT)),
    ),
    max_size=24,
)


@settings(max_examples=60)
@given(SMALL)
def test_what_one_table_hides_the_other_does_not_tell(cases: list[Case]) -> None:
    """Both tables share the totals of the bands: by class and by medicine, one page, every other page tried."""
    least = 3
    real, page = counts(cases), counts(cases, least)
    told = {each.shown for each in all_counted(page)}
    if told == {Shown.KEPT_BACK}:
        return
    believed = [_believed(cases, page, real, least, of) for of in ("by_class", "by_medicine")]
    for (own, cells), (other, _) in ((believed[0], believed[1]), (believed[1], believed[0])):
        shared = own.keys() & other.keys()
        possible = [table for bands in shared for table in own[bands]]
        for at, cell in enumerate(cells):
            if cell.shown is not Shown.COUNT:
                assert len({table[at] for table in possible}) > 1, (cells, at)


def _believed(cases, page: Counts, real: Counts, least: int, of: str):
    """Every table that would look the same, by its totals of the bands; and how its cells are shown."""
    shown = [row.counts for row in getattr(page, of)]
    true = [row.counts for row in getattr(real, of)]
    lines = [at for at, row in enumerate(getattr(real, of)) if row.words in ("Remand", "Up to 26 weeks")]
    width = len(shown[0]) - 1
    places = [(at, column) for at in lines for column in range(width)]

    def may(each: Counted, number: int, more: int) -> range:
        if each.shown is Shown.COUNT:
            return range(number, number + 1)
        return range(1, least) if each.shown is Shown.FEW else range(least, number + more)

    found: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
    for tried in product(*(may(shown[r][c], true[r][c].count, 3) for r, c in places)):
        value = dict(zip(places, tried, strict=True))
        bands = tuple(sum(value[r, c] for c in range(width)) for r in lines)
        columns = [sum(value[r, c] for r in lines) for c in range(width)]
        fits = all(total in may(shown[r][-1], true[r][-1].count, 99) for r, total in zip(lines, bands, strict=True))
        fits = fits and all(columns[c] in may(shown[-1][c], true[-1][c].count, 99) for c in range(width))
        if fits and sum(bands) in may(shown[-1][-1], len(cases), 99):
            found.setdefault(bands, []).append(tried)
    return found, [shown[r][c] for r, c in places]


def test_the_smallest_group_shown_is_a_figure_of_local_policy_that_awaits_its_signature() -> None:
    """No source held here gives it: a lead may choose another, and what is shown says people."""
    least = national().on(date(2010, 6, 1)).people("figures_least")
    assert (least.value, least.shown, least.sign_off.status) == (5, "5 people", Status.AWAITING)
    assert least.authority is Authority.PRODUCT


def test_what_happened_six_times_to_one_man_is_a_group_of_one() -> None:
    """Six stops lifted in a prison of one are his alone, and read like six people's."""
    assert happened(6, 1, 5).words(5) == "of fewer than 5 people"
    assert [happened(*each, 5).count for each in ((0, 0), (6, 5), (9, 5))] == [0, 6, 9]
    assert happened(6, 1).count == 6


@pytest.mark.parametrize(
    ("unsigned", "signed", "said"),
    [
        ([6], [0], ("of fewer than 5 people", "of fewer than 5 people")),
        ([0], [6], ("0", "of fewer than 5 people")),
        ([], [], ("0", "0")),
        ([1, 1, 1, 1, 1], [0] * 5, ("5", "5")),
        ([2, 1, 1, 1, 0, 0], [0, 0, 0, 0, 1, 3], ("not shown", "9")),
        ([9, 1, 1, 1, 1], [0, 0, 0, 0, 2], ("not shown", "15")),
        ([1] * 5 + [0] * 5, [0] * 5 + [1] * 5, ("5", "10")),
        ([0] * 5, [1] * 5, ("0", "5")),
    ],
)
def test_a_part_of_what_happened_is_hidden_with_its_rest(
    unsigned: list[int], signed: list[int], said: tuple[str, str]
) -> None:
    """Fifteen stops lifted and thirteen not signed: the two that were signed are one man's."""
    assert tuple(each.words(5) for each in part_of_happened(unsigned, signed, 5)) == said
    assert [each.count for each in part_of_happened(unsigned, signed)] == [sum(unsigned), sum(unsigned) + sum(signed)]


def test_counts_are_said_in_words() -> None:
    """The same words on the screen, on paper and in the file."""
    assert [each.words(5) for each in (Counted(12), Counted(0), Counted(None, Shown.FEW))] == [
        "12",
        "0",
        "fewer than 5",
    ]
    assert Counted(None, Shown.KEPT_BACK).words(5) == "not shown"
    assert [alone(count, 5).words(5) for count in (0, 1, 4, 5)] == ["0", "fewer than 5", "fewer than 5", "5"]
