"""What is hidden from whoever sees no names cannot be worked out from what is shown: every other page is tried."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtdesk.policy.outcomes.hiding import Edge, Shown, hidden_under

Cells = tuple[tuple[int, ...], ...]


def a_table(cells: Cells) -> list[Edge]:
    """Rows and columns with all their totals."""
    edges = [Edge("all", "end", "start", sum(map(sum, cells)))]
    edges += [Edge(f"row {r}", "start", f"row {r}", sum(row)) for r, row in enumerate(cells)]
    edges += [
        Edge(f"{r} {c}", f"row {r}", f"column {c}", n) for r, row in enumerate(cells) for c, n in enumerate(row)
    ]
    edges += [Edge(f"column {c}", f"column {c}", "end", sum(col)) for c, col in enumerate(zip(*cells, strict=True))]
    return edges


def may_be(edge: Edge, how: Shown, least: int, more: int) -> Sequence[int]:
    """What a reader of the page may believe of one count."""
    if how is Shown.COUNT:
        return (edge.count,)
    return range(1, least) if how is Shown.FEW else range(least, edge.count + more)


def pages_like(cells: Cells, how: Mapping[str, Shown], least: int) -> Iterator[Mapping[str, int]]:
    """Every table that would be shown as this one is."""
    real = {edge.key: edge for edge in a_table(cells)}
    keys = [(r, c) for r in range(len(cells)) for c in range(len(cells[0]))]
    choices = [may_be(real[f"{r} {c}"], how[f"{r} {c}"], least, 3) for r, c in keys]
    for tried in product(*choices):
        of = dict(zip(keys, tried, strict=True))
        other = a_table(tuple(tuple(of[r, c] for c in range(len(cells[0]))) for r in range(len(cells))))
        if all(each.count in may_be(real[each.key], how[each.key], least, 100) for each in other):
            yield {each.key: each.count for each in other}


def tables(rows: int, columns: int, most: int) -> st.SearchStrategy[Cells]:
    row = st.tuples(*[st.integers(0, most)] * columns)
    return st.tuples(*[row] * rows)


def nothing_can_be_worked_out(cells: Cells, least: int) -> None:
    how = hidden_under(a_table(cells), least)
    for edge in a_table(cells):
        if 0 < edge.count < least:
            assert how[edge.key] is not Shown.COUNT, f"{edge.count} is shown"
    if set(how.values()) == {Shown.KEPT_BACK}:
        return
    believed = list(pages_like(cells, how, least))
    for edge in a_table(cells):
        if how[edge.key] is not Shown.COUNT:
            assert len({page[edge.key] for page in believed}) > 1, f"{edge.key} must be {edge.count}: {how}"


@settings(max_examples=150)
@given(tables(2, 3, 6))
def test_no_small_group_of_a_table_can_be_worked_out_from_its_totals(cells: Cells) -> None:
    """A manager who subtracts would know that the one man on buprenorphine on that wing is recalled."""
    nothing_can_be_worked_out(cells, 3)


@settings(max_examples=150)
@given(tables(2, 2, 12))
def test_nor_where_the_least_is_five(cells: Cells) -> None:
    """The same with the number that is shipped: small groups up to four, large ones beside them."""
    nothing_can_be_worked_out(cells, 5)


@settings(max_examples=100)
@given(tables(3, 3, 40))
def test_what_is_shown_is_true_and_what_is_kept_back_is_large(cells: Cells) -> None:
    """A count kept back for a small one's sake must not be called fewer than five when it is twenty."""
    how = hidden_under(a_table(cells), 5)
    if set(how.values()) == {Shown.KEPT_BACK}:
        return
    for edge in a_table(cells):
        assert (how[edge.key] is Shown.FEW) == (0 < edge.count < 5)
        assert how[edge.key] is not Shown.KEPT_BACK or edge.count >= 5


@pytest.mark.parametrize("least", [3, 5])
def test_what_stands_nowhere_cannot_be_worked_out_from_how_many_there_are_in_all(least: int) -> None:
    """Seven people here and five of them in two classes: the two who have none are as few as any group."""
    for one, two, others in product(range(2 * least + 1), repeat=3):
        how = hidden_under(a_prison(one, two, others), least)
        if set(how.values()) == {Shown.KEPT_BACK}:
            continue
        here, believed = one + two + others, []
        for a, b in product(range(here + 1), repeat=2):
            page = a_prison(a, b, here - a - b)
            told = [
                each.told and each.count not in may_be(was, how[each.key], least, here)
                for each, was in zip(page, a_prison(one, two, others), strict=True)
            ]
            if a + b <= here and not any(told):
                believed.append([each.count for each in page])
        for at, edge in enumerate(a_prison(one, two, others)):
            if 0 < edge.count < least:
                assert len({each[at] for each in believed}) > 1, (edge, one, two, others, how)


def a_prison(one: int, two: int, others: int) -> list[Edge]:
    """Two classes, all who are in them, and the others who are here."""
    return [
        Edge("one", "start", "end", one),
        Edge("two", "start", "end", two),
        Edge("all", "end", "here", one + two),
        Edge("others", "start", "here", others, told=False),
    ]


def test_a_page_without_small_groups_is_shown_whole() -> None:
    """Otherwise the manager learns nothing where there is nothing to protect."""
    assert set(hidden_under(a_table(((20, 0), (7, 5))), 5).values()) == {Shown.COUNT}


def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    """Hidden alone it would be the difference between a total and the rest: the smallest others are kept back too."""
    how = hidden_under(a_table(((3, 20, 30), (10, 40, 50), (11, 60, 70))), 5)
    assert how["0 0"] is Shown.FEW
    assert {key for key, each in how.items() if each is Shown.KEPT_BACK} == {"0 1", "1 0", "1 1"}


def test_two_small_groups_protect_each_other_where_their_sum_leaves_it_open() -> None:
    """Two and three of five may as well be one and four: nothing else has to be kept back for them."""
    how = hidden_under(a_table(((2, 3), (3, 2))), 5)
    assert {key for key, each in how.items() if each is Shown.FEW} == {"0 0", "0 1", "1 0", "1 1"}
    assert Shown.KEPT_BACK not in how.values()


@pytest.mark.parametrize("cells", [((1, 1), (1, 1)), ((4, 0), (0, 0))])
def test_four_people_in_all_are_never_told_apart(cells: Cells) -> None:
    """Four groups in a total of fewer than five could only be one each."""
    nothing_can_be_worked_out(cells, 5)


def test_where_nothing_protects_a_small_group_nothing_is_shown() -> None:
    """Fewer than two is one: then the page says nothing at all, not even where nobody is."""
    assert set(hidden_under(a_table(((1, 0), (0, 0))), 2).values()) == {Shown.KEPT_BACK}


def test_without_a_least_nothing_is_hidden() -> None:
    """The clinical lead sees names, and so every number."""
    assert set(hidden_under(a_table(((1, 2), (3, 4))), 0).values()) == {Shown.COUNT}
