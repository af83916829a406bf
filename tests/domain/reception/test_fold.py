"""The record a nurse reads, folded from what every desk wrote: each answer with its author, nothing decided alone."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtdesk.domain.reception.fold import joined_to, person_of
from pdtdesk.domain.record.entry import Entry
from tests.domain.reception.records import ADMITTED, LEAD, PREGNANT, answered, said, the_arrival, the_person
from tests.domain.record.entries import EVENING, NURSE, an_entry, an_error


@st.composite
def evenings(draw: st.DrawFn) -> tuple[Entry, ...]:
    """What two desks may write of one person in an evening: answers over answers, corrections, errors, tasks."""
    written: list[Entry] = list(ADMITTED)
    for number in range(draw(st.integers(1, 10))):
        id_, minute = f"e{number}", draw(st.integers(-20, 20))
        what = draw(
            st.sampled_from(["answer", "answer", "answer", "cell", "name", "task", "settle", "plan", "error"])
        )
        of = [
            entry.id for entry in written if entry.kind == {"cell": "arrival", "name": "person"}.get(what, "triage")
        ]
        if what == "answer":
            over = draw(st.lists(st.sampled_from(of), max_size=2, unique=True)) if of else []
            key, value = draw(st.sampled_from([PREGNANT, "risk.drowsy"])), draw(st.sampled_from(["yes", "no", None]))
            written.append(
                answered(id_, value, *over, key=key, by=draw(st.sampled_from([NURSE, LEAD])), minute=minute)
            )
        elif what == "cell":
            written.append(the_arrival(id_, draw(st.sampled_from(of)), minute=minute, location=f"B1-0{number}"))
        elif what == "name":
            written.append(the_person(id_, draw(st.sampled_from(of)), surname=f"Sparrow{number}"))
        elif what == "task":
            body = {"stay": "s", "what": "observe", "sentence": "Look in.", "due_at": EVENING.isoformat()}
            written.append(an_entry(id_, kind="task", body=body, minute=minute))
        elif what == "settle" and (tasks := [entry.id for entry in written if entry.kind == "task"]):
            body = {"stay": "s", "task": draw(st.sampled_from(tasks)), "outcome": "seen"}
            written.append(an_entry(id_, kind="task_settled", body=body, minute=minute))
        elif what == "plan":
            plans = [entry.id for entry in written if entry.kind == "plan"]
            body = {"stay": "s", "pass": 1, "priority": "soon", "reasons": ["a reason"]}
            written.append(an_entry(id_, *plans[-1:], kind="plan", body=body, minute=minute))
        elif what == "error":
            written.append(an_error(id_, draw(st.sampled_from([entry.id for entry in written])), minute=minute))
    return tuple(written)


@pytest.mark.hazard("H-004")
@settings(max_examples=150)
@given(evenings(), st.randoms(use_true_random=False))
def test_a_record_is_the_same_in_whatever_order_it_came(written: tuple[Entry, ...], chance: Any) -> None:
    """Otherwise the night nurse and the clinical lead read two records of one woman."""
    shuffled = [*written, *chance.sample(written, k=len(written) // 2)]
    chance.shuffle(shuffled)
    assert person_of(shuffled) == person_of(written)


def test_two_nurses_who_ask_different_questions_do_not_contend() -> None:
    """Otherwise every evening with two nurses ends in red."""
    both = [answered("a", "yes"), answered("b", "no", key="risk.drowsy", by=LEAD)]
    person = person_of([*ADMITTED, *both])
    assert (said(person), said(person, "risk.drowsy")) == (["yes"], ["no"])
    assert person is not None
    assert person.stays[0].contended == ()
    assert person.stays[0].answers["risk.drowsy"][0].answer.by == LEAD


def test_two_answers_that_each_replaced_one_are_both_shown() -> None:
    """Otherwise a pregnancy told to one nurse is lost to the other's no."""
    person = person_of([*ADMITTED, answered("x", None), answered("a", "yes", "x"), answered("b", "no", "x", by=LEAD)])
    assert sorted(said(person), key=str) == ["no", "yes"]
    assert person is not None
    assert person.stays[0].contended == (PREGNANT,)


def test_the_same_answer_from_two_desks_is_one() -> None:
    """Otherwise agreement is shown as a quarrel."""
    person = person_of([*ADMITTED, answered("a", "yes"), answered("b", "yes", by=LEAD, minute=2)])
    assert person is not None
    (held,) = person.stays[0].answers[PREGNANT]
    assert held.entries == ("a", "b")
    assert held.answer.by == NURSE


def test_an_answer_over_both_settles_them() -> None:
    """Otherwise a question that was settled stays red."""
    both = [answered("a", "yes"), answered("b", "no", by=LEAD)]
    assert said(person_of([*ADMITTED, *both, answered("c", "yes", "a", "b")])) == ["yes"]
    assert sorted(said(person_of([*ADMITTED, *both, answered("c", "yes", "a")]))) == ["no", "yes"]


def test_an_answer_entered_in_error_gives_back_the_one_before() -> None:
    """Otherwise a no typed into the wrong record stands where the right yes stood."""
    person = person_of([*ADMITTED, answered("a", "yes"), answered("b", "no", "a"), an_error("m", "b")])
    assert said(person) == ["yes"]


def test_an_answer_over_one_entered_in_error_still_replaces_the_one_before_that() -> None:
    """Otherwise an answer that was corrected twice comes back beside the right one."""
    chain = [answered("a", "yes"), answered("b", "unknown", "a"), answered("c", "no", "b"), an_error("m", "b")]
    assert said(person_of([*ADMITTED, *chain])) == ["no"]


def test_an_answer_of_this_stay_does_not_touch_the_one_of_the_stay_before() -> None:
    """Otherwise what was said a year ago changes by what is said tonight."""
    before = the_arrival("old", minute=-1000)
    then = an_entry("a", body={"stay": "old", "answers": {PREGNANT: {"value": "yes", "over": []}}}, minute=-990)
    person = person_of([*ADMITTED, before, then, answered("b", "no", "a")])
    assert person is not None
    assert [stay.answers[PREGNANT][0].answer.value for stay in person.stays] == ["yes", "no"]


def test_a_corrected_arrival_keeps_its_stay_though_a_correction_between_was_an_error() -> None:
    """Otherwise a woman moved to another cell loses her triage from the page."""
    cells = [the_arrival("c1", "s", location="B1-01"), the_arrival("c2", "c1", location="B1-02"), an_error("m", "c1")]
    person = person_of([*ADMITTED, *cells, answered("a", "yes")])
    assert person is not None
    assert [(stay.id, stay.location) for stay in person.stays] == [("s", "B1-02")]
    assert said(person) == ["yes"]


def test_a_task_settled_in_error_is_due_again() -> None:
    """Otherwise an observation that nobody made leaves the list for good."""
    body = {"stay": "s", "what": "observe", "sentence": "Look in.", "due_at": EVENING.isoformat()}
    task = an_entry("t", kind="task", body=body)
    settled = an_entry("d", kind="task_settled", body={"stay": "s", "task": "t", "outcome": "seen"})
    done, undone = person_of([*ADMITTED, task, settled]), person_of([*ADMITTED, task, settled, an_error("m", "d")])
    assert done is not None
    assert undone is not None
    assert done.stays[0].tasks[0].settled is not None
    assert undone.stays[0].tasks[0].settled is None


def test_what_came_before_its_arrival_waits_and_is_then_in_its_place() -> None:
    """Otherwise answers from a desk that was quicker are lost, or stand nowhere."""
    early = person_of([ADMITTED[0], answered("a", "yes")])
    assert early is not None
    assert early.stays == ()
    assert [each.entry.id for each in early.folded.waiting] == ["a"]
    assert said(person_of([ADMITTED[0], answered("a", "yes"), ADMITTED[1]])) == ["yes"]


def test_nobody_is_shown_by_a_name_that_has_not_come() -> None:
    """Otherwise a banner stands over a person without saying who it is."""
    assert person_of([ADMITTED[1]]) is None
    assert person_of([*ADMITTED, an_error("m", "p")]) is None


def test_a_link_entered_in_error_parts_two_records() -> None:
    """Otherwise two people joined by mistake stay one for ever."""
    link = an_entry("j", kind="joined", body={"other": "patient-two", "why": "same number"})
    assert joined_to([link]) == {"patient-two"}
    assert joined_to([link, an_error("m", "j")]) == frozenset()


@pytest.mark.parametrize(
    "newer",
    [
        an_entry("n", body={"stay": "s", "answers": {PREGNANT: {"shade": "grey"}}}),
        an_entry("n", body={"stay": "s", "answers": {PREGNANT: "yes"}}),
        an_entry("n", body={"stay": "s", "answers": {PREGNANT: {"value": {"words": 3}, "at": "now"}}}),
        an_entry("n", body={"stay": "s", "answers": [1]}),
        an_entry("n", kind="score", body={"stay": "s", "scale": "cows", "items": {"pulse": "fast"}, "total": "many"}),
        an_entry("n", kind="plan", body={"stay": "s", "pass": "first", "priority": 4, "reasons": "none"}),
        an_entry("n", kind="task", body={"stay": "s", "what": "x", "due_at": "soon", "due_on": "Tuesday"}),
        an_entry("n", kind="confirmed", body={"stay": "s", "of": "p", "keys": 4}),
        an_entry("n", kind="joined", body={"with": "patient-two"}),
        an_entry("n", kind="telepathy", body={"stay": "s"}),
        the_person("n", "p", surname="Sparrow"),
    ],
    ids=lambda entry: entry.kind,
)
def test_the_words_of_a_newer_desk_do_not_close_a_record(newer: Entry) -> None:
    """Otherwise one desk that was upgraded first closes records at all the others."""
    person = person_of([*ADMITTED, answered("a", "yes", key="risk.drowsy"), newer])
    assert person is not None
    assert said(person, "risk.drowsy") == ["yes"]
    assert newer.id in [entry.id for entry in person.folded.effective]


def test_one_who_came_once_and_was_taken_in_under_two_joined_records_is_here_once() -> None:
    """Otherwise he has two stays of one evening, and drowsy stands on one and awake on the other."""
    again = an_entry("t", kind="arrival", body={"arrived_from": "Police"}, minute=40, patient="patient-two")
    drowsy = {"stay": "t", "answers": {"risk.drowsy": {"value": "yes"}}}
    other = [the_person("q", patient="patient-two"), again, an_entry("b", body=drowsy, patient="patient-two")]
    person = person_of([*ADMITTED, *other, answered("a", "no", key="risk.drowsy")])
    assert person is not None
    (stay,) = person.stays
    assert (stay.id, stay.ids, stay.arrived_at) == ("t", ("s", "t"), EVENING)
    assert sorted(said(person, "risk.drowsy"), key=str) == ["no", "yes"]
    later = an_entry("t", kind="arrival", body={}, minute=24 * 60 + 1, patient="patient-two")
    apart = person_of([*ADMITTED, the_person("q", patient="patient-two"), later])
    assert apart is not None
    assert [stay.ids for stay in apart.stays] == [("s",), ("t",)], "more than a day after it he has come again"
