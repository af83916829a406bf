"""What holds is a function of the set of entries: no clock, no order of arrival, nothing lost or decided alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtdesk.domain.record.entry import Entry
from pdtdesk.domain.record.fold import Folded, fold
from tests.domain.record.entries import an_entry, an_error, contending, histories, ids


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_entries_came_changes_nothing(written: tuple[Entry, ...], chance) -> None:
    """Otherwise two desks that hold the same entries show two different people."""
    shuffled = [*written, *chance.sample(written, k=len(written) // 2)]
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(written)


@given(histories(), st.randoms(use_true_random=False))
def test_part_of_a_record_and_then_the_rest_is_the_same_as_all_at_once(written: tuple[Entry, ...], chance) -> None:
    """Otherwise a record that came in two pieces over a bad line is another record."""
    first = chance.sample(written, k=chance.randint(0, len(written)))
    here = fold(first)
    held = {entry.id for entry in first}
    for waiting in here.waiting:
        assert waiting.missing  # it says what it waits for
        assert waiting.entry.id not in ids(here.heads)
    for entry in first:
        if not set(entry.header.supersedes) <= held:
            assert entry.id in ids(each.entry for each in here.waiting)
    assert fold([*first, *written]) == fold(written)


@given(histories())
def test_nothing_that_holds_is_out_of_sight(written: tuple[Entry, ...]) -> None:
    """Otherwise something that a nurse wrote, and nobody took back, stands nowhere on the page."""
    folded = fold(written)
    superseded = {
        id_ for entry in folded.effective if entry.kind != "entered_in_error" for id_ in _all_over(entry, written)
    }
    alike = {_settlement(entry) for entry in folded.heads}
    for entry in folded.effective:
        if entry.kind != "entered_in_error" and entry.id not in superseded:
            assert entry.id in ids(folded.heads) or _settlement(entry) in alike or len(entry.header.supersedes) > 1


@given(histories())
def test_two_that_took_the_place_of_one_are_told_side_by_side(written: tuple[Entry, ...]) -> None:
    """Otherwise the last to be written would win, and the other nurse's answer be gone unseen."""
    folded = fold(written)
    heads = ids(folded.heads)
    told = contending(folded)
    for conflict in folded.conflicts:
        assert len(conflict.heads) > 1
        assert set(ids(conflict.heads)) <= set(heads)
    lines = {head.id: _all_over(head, written) for head in folded.heads}
    for one in heads:
        for other in heads:
            if one < other and lines[one] & lines[other]:
                assert any({one, other} <= each for each in told), (one, other)


@given(histories(), st.data())
def test_what_was_entered_in_error_is_as_though_it_had_not_been_written(
    written: tuple[Entry, ...], data: st.DataObject
) -> None:
    """Otherwise a dose given to the wrong record, and taken back, still stands over the right one."""
    plain = [entry for entry in fold(written).effective if entry.kind != "entered_in_error"]
    if not plain:
        return
    wrong = data.draw(st.sampled_from(plain))
    marks = {
        entry.id for entry in written if entry.kind == "entered_in_error" and wrong.id in entry.header.supersedes
    }
    if marks:
        return  # a mark that was itself taken back would be left hanging
    marked = fold([*written, an_error("mark", wrong.id)])
    without = [
        an_entry(
            entry.id,
            *_in_place_of(entry, wrong),
            kind=entry.kind,
            body=entry.body,
            minute=int((entry.header.happened_at - written[0].header.happened_at).total_seconds() // 60),
        )
        for entry in written
        if entry.id != wrong.id
    ]
    again = fold(without)
    if all(len(entry.header.supersedes) < 2 for entry in written):  # settlements alike are looked at by themselves
        assert set(ids(marked.heads)) == set(ids(again.heads))
    assert ids(marked.heads) == ids(fold([*written[::-1], an_error("mark", wrong.id)]).heads)


@given(histories(), st.data())
def test_an_error_that_was_itself_an_error_marks_nothing(written: tuple[Entry, ...], data: st.DataObject) -> None:
    """Otherwise a slip of the hand cannot be taken back."""
    wrong = data.draw(st.sampled_from(written))
    if wrong.kind == "entered_in_error":
        return
    undone = fold([*written, an_error("mark", wrong.id), an_error("undone", "mark")])
    assert undone.heads == fold(written).heads
    assert undone.conflicts == fold(written).conflicts


def test_a_corrected_answer_that_was_an_error_gives_back_what_stood_before() -> None:
    """Otherwise marking an error leaves the page empty where an answer stood."""
    before, after = an_entry("a"), an_entry("b", "a")
    folded = fold([before, after, an_error("x", "b")])
    assert ids(folded.heads) == ["a"]
    assert folded.in_error["b"].id == "x"


def test_a_correction_of_a_correction_that_was_an_error_stands_alone() -> None:
    """Otherwise the first dose, corrected twice, would stand again beside the right one, and nobody be told."""
    folded = fold(
        [an_entry("ten"), an_entry("twelve", "ten"), an_entry("fourteen", "twelve"), an_error("x", "twelve")]
    )
    assert ids(folded.heads) == ["fourteen"]
    assert folded.conflicts == ()


def test_two_corrections_of_what_was_itself_an_error_are_still_told() -> None:
    """Otherwise two desks' different corrections would both stand, and neither be red."""
    folded = fold([an_entry("x"), an_entry("a", "x"), an_entry("b", "x"), an_error("m", "x")])
    assert contending(folded) == {frozenset({"a", "b"})}


@pytest.mark.parametrize("desks", [2, 3])
def test_each_desk_that_corrected_the_same_entry_is_shown(desks: int) -> None:
    """Otherwise one of three nurses is not heard."""
    named = [f"desk{number}" for number in range(desks)]
    folded = fold([an_entry("x"), *(an_entry(name, "x", minute=-at) for at, name in enumerate(named))])
    assert contending(folded) == {frozenset(named)}
    assert folded.conflicts[0].of == "x"


def _a_conflict() -> list[Entry]:
    return [an_entry("x"), an_entry("a", "x", body={"dose": "10 mg"}), an_entry("b", "x", body={"dose": "20 mg"})]


def test_a_settlement_supersedes_both_sides_and_ends_the_conflict() -> None:
    """Otherwise what was settled stays red, and red stops meaning anything."""
    folded = fold([*_a_conflict(), an_entry("s", "a", "b", body={"dose": "10 mg"})])
    assert ids(folded.heads) == ["s"]
    assert folded.conflicts == ()


def test_the_same_settlement_made_at_two_desks_is_one() -> None:
    """Otherwise two people who agree make a new conflict."""
    both = [an_entry(name, "a", "b", body={"dose": "10 mg"}, minute=at) for name, at in (("s1", 5), ("s2", 3))]
    folded = fold([*_a_conflict(), *both])
    assert ids(folded.heads) == ["s2"]
    assert folded.conflicts == ()


def test_what_is_written_over_one_of_two_like_settlements_is_over_both() -> None:
    """Otherwise the twin comes back to life with the next change, and the settled conflict with it."""
    both = [an_entry(name, "a", "b", body={"dose": "10 mg"}, minute=at) for name, at in (("s1", 5), ("s2", 3))]
    later = fold([*_a_conflict(), *both, an_entry("next", "s1")])
    assert ids(later.heads) == ["next"]
    assert later.conflicts == ()
    parted = fold([*_a_conflict(), *both, an_entry("next", "s1"), an_entry("other", "s2")])
    assert contending(parted) == {frozenset({"next", "other"})}


def test_settlements_alike_of_settlements_alike_are_one() -> None:
    """Otherwise agreement at two desks, twice in a row, is told as a quarrel."""
    first = [an_entry(name, "a", "b", body={"dose": "10 mg"}) for name in ("s1", "s2")]
    third = an_entry("c", "x", body={"dose": "30 mg"})
    second = [an_entry(f"t{each}", f"s{each}", "c", body={"dose": "15 mg"}) for each in (1, 2)]
    folded = fold([*_a_conflict(), *first, third, *second])
    assert ids(folded.heads) == ["t1"]
    assert folded.conflicts == ()


def test_different_settlements_are_a_conflict_again() -> None:
    """Otherwise the settlement that came last would win."""
    folded = fold(
        [
            *_a_conflict(),
            an_entry("s1", "a", "b", body={"dose": "10 mg"}),
            an_entry("s2", "a", "b", body={"dose": "20 mg"}),
        ]
    )
    assert contending(folded) == {frozenset({"s1", "s2"})}


def test_a_settlement_that_did_not_know_of_a_later_side_leaves_it_told() -> None:
    """Otherwise what the third desk wrote is settled by people who never saw it."""
    folded = fold([*_a_conflict(), an_entry("b2", "b"), an_entry("s", "a", "b")])
    assert contending(folded) == {frozenset({"b2", "s"})}


def test_a_conflict_within_a_conflict_is_told_once() -> None:
    """Otherwise the same three answers stand in two red boxes, and are settled twice."""
    folded = fold([*_a_conflict(), an_entry("a1", "a"), an_entry("a2", "a")])
    assert contending(folded) == {frozenset({"a1", "a2", "b"})}


def test_a_settlement_that_was_an_error_opens_the_conflict_again() -> None:
    """Otherwise the conflict is closed by nobody."""
    folded = fold([*_a_conflict(), an_entry("s", "a", "b"), an_error("m", "s")])
    assert contending(folded) == {frozenset({"a", "b"})}


def test_two_doses_alike_that_follow_one_entry_are_not_one() -> None:
    """Otherwise a dose given twice is told as a dose given once."""
    folded = fold(
        [an_entry("x"), an_entry("a", "x", body={"dose": "10 mg"}), an_entry("b", "x", body={"dose": "10 mg"})]
    )
    assert contending(folded) == {frozenset({"a", "b"})}


def test_entries_wait_in_sight_until_their_cause_has_come() -> None:
    """Otherwise half a story is told as the whole of it, or is not told."""
    first, second, third = an_entry("a"), an_entry("b", "a"), an_entry("c", "b")
    folded = fold([second, third])
    assert folded.heads == ()
    assert {each.entry.id: each.missing for each in folded.waiting} == {"b": ("a",), "c": ("b",)}
    assert ids(fold([second, third, first]).heads) == ["c"]


def test_an_answer_waits_for_the_answer_that_it_is_over() -> None:
    """Otherwise a changed answer is shown before what it changes, and then both."""
    later = an_entry("b", body={"answers": {"risk.pregnant": {"value": "no", "over": ["a"]}}})
    assert [each.missing for each in fold([later]).waiting] == [("a",)]


@pytest.mark.parametrize(
    "newer", [{"answers": ["a", 3]}, {"answers": {"q": "words"}}, {"answers": {"q": {"over": 3}}}]
)
def test_words_of_a_newer_desk_do_not_stop_a_record(newer: dict) -> None:
    """Otherwise one entry of a newer version closes a whole person's record."""
    assert ids(fold([an_entry("a"), an_entry("b", body=newer, minute=1)]).heads) == ["a", "b"]


def test_entries_that_name_each_other_in_a_ring_do_not_hang_the_desk() -> None:
    """Otherwise one broken desk stops every other."""
    folded = fold(
        [an_entry("a", "b"), an_entry("b", "a"), an_entry("c", minute=1), an_error("m", "n"), an_error("n", "m")]
    )
    assert ids(folded.heads) == ["c"]


@settings(max_examples=20)
@given(histories(most=6, marks=False))
def test_folding_again_gives_equal_values(written: tuple[Entry, ...]) -> None:
    """Otherwise the list and the page beside it disagree."""
    folded = fold(written)
    assert isinstance(folded, Folded)
    assert folded == fold(list(written))


def _all_over(entry: Entry, written: tuple[Entry, ...]) -> set[str]:
    """All that an entry stands in place of, near and far."""
    held = {each.id: each for each in written}
    found: set[str] = set()
    todo = list(entry.header.supersedes)
    while todo:
        id_ = todo.pop()
        if id_ not in found:
            found.add(id_)
            todo.extend(held[id_].header.supersedes)
    return found


def _settlement(entry: Entry) -> tuple[frozenset[str], bytes | None] | str:
    return entry.id if len(entry.header.supersedes) < 2 else (frozenset(entry.header.supersedes), entry.body_bytes)


def _in_place_of(entry: Entry, wrong: Entry) -> tuple[str, ...]:
    named = [id_ for id_ in entry.header.supersedes if id_ != wrong.id]
    if len(named) < len(entry.header.supersedes):
        named += [id_ for id_ in wrong.header.supersedes if id_ not in named]
    return tuple(named)


def test_what_is_spoken_of_in_a_joined_record_is_not_waited_for() -> None:
    """Otherwise, once the two records are parted, her triage waits for ever for an entry of the other's."""
    other = {"stay": "of-the-other", "of": "of-the-other", "beside": ["of-the-other", 7]}
    assert ids(fold([an_entry("a", body=other)]).heads) == ["a"]
    (waits,) = fold([an_entry("a", body={**other, "of": "not-come-yet"})]).waiting
    assert waits.missing == ("not-come-yet",)
