"""Treatment is folded from the set of entries: whatever desk wrote them, in whatever order they came."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.domain.reception.fold import person_of
from pdtdesk.domain.record.entry import Entry
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.fold import KINDS, treatment_of
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.treatment import Agreed, Treatment
from tests.domain.reception.records import ADMITTED, the_person
from tests.domain.record.entries import an_entry, an_error
from tests.domain.regime.treated import a_dose, a_regime, an_end, an_order, day, folded, spans

EVERYTHING = (
    a_regime("r", medicine=None),
    a_regime("r2", "r", first=9, wish={"wished": "more", "told": "no", "agreed": "no"}, review_on="2010-07-01"),
    a_regime("r3", "r", first=7),
    an_end("re", "r2", kind="regime_ended", first=30),
    an_order("o"),
    an_order("o2", "o", first=9, course="o"),
    an_order("o3", "o2", first=4, course="o", replaces=["o", "o2"]),
    an_order("x", medicine="diazepam", first=2),
    an_end("oe", "x", first=6),
    a_dose("d"),
    a_dose("d1", on=1),
    a_dose("d2", on=1, outcome="refused", minute=9),
    a_dose("d3", "d", outcome="part_taken", taken="10 mg"),
    a_dose("b", kind="dose_begun", on=2),
    a_dose("b1", kind="dose_begun", on=3),
    a_dose("d4", on=3, begun="b1"),
    a_dose("d5", on=4, outcome="given_by_pump"),
    an_error("e", "d4"),
    an_entry(
        "l",
        kind="stop_lifted",
        body={
            "stay": "s",
            "course": "o",
            "day": "2010-06-03",
            "slot": "morning",
            "codes": ["RD-MISSED-DAYS"],
            "over": ["t"],
            "reason": "seen",
            "prescriber": "H. Castellan",
            "by_telephone": True,
            "sign_by": "2010-06-04",
        },
    ),
    an_entry("ls", kind="authorisation_signed", body={"stay": "s", "of": "l"}, minute=5),
    an_entry("v", kind="regime_review", body={"stay": "s", "on": "2010-06-20", "outcome": "continue"}),
)


@given(st.randoms(use_true_random=False), st.integers(0, 8))
def test_the_order_in_which_entries_come_and_come_again_changes_nothing(chance: random.Random, twice: int) -> None:
    """Otherwise two desks that hold the same entries show two different doses."""
    came = [*EVERYTHING, *EVERYTHING[:twice]]
    chance.shuffle(came)
    assert folded(*came) == folded(*EVERYTHING)


@given(st.sets(st.integers(0, len(EVERYTHING) - 1), min_size=1), st.randoms(use_true_random=False))
def test_a_part_of_what_was_written_is_folded_alike_in_any_order(part: set[int], chance: random.Random) -> None:
    """Otherwise what has come so far is shown by which desk happened to be met first."""
    came = [EVERYTHING[number] for number in sorted(part)]
    one = folded(*came)
    chance.shuffle(came)
    assert folded(*came) == one


def test_every_kind_of_treatment_is_read() -> None:
    """Otherwise a kind of entry is written, signed and never shown."""
    assert {each.kind for each in EVERYTHING} >= KINDS
    found = folded(*EVERYTHING)
    assert [each.entry_id for each in found.doses] == ["d3", "d1", "d2"]
    assert [each.entry_id for each in found.begun] == ["b", "b1"], "taken back, its record asks again"
    assert (found.unread, found.unread_doses) == (1, 1)
    (lifted,) = found.lifted
    assert (lifted.signed is not None, lifted.of, lifted.sign_by) == (True, frozenset({"t"}), day(3))
    assert found.reviews[0].on == date(2010, 6, 20)


def test_nothing_is_folded_of_another_stay_or_of_nobody() -> None:
    """Otherwise the order of last year's stay is given in this one."""
    other = an_order("o", stay="another")
    assert folded(other).orders == ()
    person = person_of([the_person()])
    assert person is not None
    assert treatment_of(person) == Treatment()


def test_a_regime_holds_until_the_day_before_the_next_one() -> None:
    """Otherwise nobody can say who was on what on a day, and for how long."""
    found = folded(a_regime("r"), a_regime("r2", "r", first=9))
    assert spans(found) == {"r": (day(0), day(8)), "r2": (day(9), None)}
    assert [each.entry_id for each in found.regime_on(day(8))] == ["r"]
    assert [each.entry_id for each in found.regime_on(day(9))] == ["r2"]
    assert found.regime_on(day(-1)) == ()
    assert found.conflicting == ()


def test_an_end_is_the_day_before_it_and_a_schedule_ends_by_itself() -> None:
    """Otherwise a course goes on at the hatch after the day on which it was ended."""
    found = folded(a_regime("r"), an_end("re", "r", kind="regime_ended", first=5), an_order("o", last=9))
    assert spans(found) == {"r": (day(0), day(4)), "o": (day(0), day(9))}
    assert spans(folded(an_order("o", last=9), an_end("oe", "o", first=5)))["o"] == (day(0), day(4))
    assert spans(folded(an_order("o", last=3), an_end("oe", "o", first=5)))["o"] == (day(0), day(3))


@given(st.lists(st.integers(0, 20), min_size=1, max_size=6))
def test_corrections_of_whatever_day_leave_no_day_with_two_orders(begins: list[int]) -> None:
    """Otherwise an order that begins earlier than the one it takes the place of is given beside the one before."""
    entries: list[Entry] = []
    for number, first in enumerate(begins):
        before = [each.id for each in entries]
        entries.append(an_order(f"o{number}", *before[-1:], first=first, course="o0", replaces=before))
    found = folded(*entries)
    for number in range(25):
        assert len(found.orders_on(day(number))) <= 1
    assert found.conflicting == ()
    assert len(found.orders_on(day(25))) == 1


def test_entered_in_error_brings_back_what_stood_before() -> None:
    """Otherwise a mistaken change takes away the treatment that it changed."""
    changed = (a_regime("r"), a_regime("r2", "r", first=9), an_order("o"), an_order("o2", "o", first=9, course="o"))
    found = folded(*changed, an_error("e", "r2"), an_error("e2", "o2"))
    assert spans(found) == {"r": (day(0), None), "o": (day(0), None)}
    third = (*changed, an_order("o3", "o2", first=12, course="o", replaces=["o", "o2"]), an_error("e", "o2"))
    assert spans(folded(*third))["o"] == (day(0), day(11)), "nothing between was ever given"


def test_two_desks_changing_one_regime_or_order_stand_side_by_side() -> None:
    """Otherwise the latest clock wins, and one of two prescribers is not heard."""
    found = folded(
        *(a_regime("r"), a_regime("r2", "r", first=5), a_regime("r3", "r", first=5)),
        *(an_order("o"), an_order("o2", "o", first=5, course="o"), an_order("o3", "o", first=5, course="o")),
    )
    assert set(found.conflicting) == {"r2", "r3", "o2", "o3"}
    assert len(found.orders_on(day(5))) == 2
    settled = folded(
        *(a_regime("r"), a_regime("r2", "r", first=5), a_regime("r3", "r", first=5)),
        a_regime("r4", "r2", "r3", first=6, replaces=["r", "r2", "r3"]),
    )
    assert settled.conflicting == ()
    assert len(settled.regime_on(day(6))) == 1


def test_one_desk_ended_what_another_changed() -> None:
    """Otherwise the end is lost, or the change is."""
    found = folded(an_order("o"), an_end("oe", "o", first=5), an_order("o2", "o", first=5, course="o"))
    assert set(found.conflicting) == {"oe", "o2"}


def test_two_regimes_of_which_neither_desk_knew_contradict_each_other_while_they_overlap() -> None:
    """Otherwise two classes are in force at once, and nobody is told; planned to end or not."""
    ended = an_end("re", "r", kind="regime_ended", first=10)
    found = folded(a_regime("r"), ended, a_regime("n", first=5))
    assert set(found.conflicting) == {"r", "n"}
    assert folded(a_regime("r"), ended, a_regime("n", first=10)).conflicting == ()


@pytest.mark.parametrize(
    ("other", "first", "contradicts"),
    [
        ("methadone", 0, True),
        ("buprenorphine", 3, True),
        ("buprenorphine", 10, False),
        ("diazepam", 0, False),
        ("naltrexone", 0, False),
    ],
)
def test_orders_of_two_desks_exclude_each_other(other: str, first: int, *, contradicts: bool) -> None:
    """Otherwise methadone from one desk and buprenorphine from another are given within the hour."""
    found = folded(an_order("o", last=9), an_order("n", medicine=other, first=first))
    assert bool(found.conflicting) is contradicts
    twice = folded(an_order("o", medicine="diazepam"), an_order("n", medicine="diazepam", first=4))
    assert set(twice.conflicting) == {"o", "n"}


@pytest.mark.hazard("H-008")
def test_two_records_of_one_dose_are_a_conflict_settled_once() -> None:
    """Otherwise one of two accounts of a dose is silently the truth."""
    two = (an_order("o"), a_dose("d"), a_dose("d2", outcome="refused", minute=5))
    (conflict,) = folded(*two).dose_conflicts
    assert (conflict.day, conflict.slot, conflict.medicine) == (day(0), "morning", Ordered.METHADONE)
    assert [each.entry_id for each in conflict.doses] == ["d", "d2"]
    found = folded(*two)
    assert found.dose_at("o", day(0), "morning") == conflict.doses[0]
    settlement = ("d", "d2")
    settled = folded(*two, a_dose("s1", *settlement), a_dose("s2", *settlement))
    assert settled.dose_conflicts == ()
    assert len(settled.doses) == 1, "the same settlement made at two desks is one"
    assert folded(*two, a_dose("d3", on=1), a_dose("d4", slot="evening")).dose_conflicts == (conflict,)


@pytest.mark.hazard("H-008")
def test_a_dose_is_seen_before_its_order_has_come() -> None:
    """Otherwise the dose that another desk gave this morning is given again until its order has been synced."""
    found = folded(a_dose("d"), a_dose("b", kind="dose_begun", on=1))
    assert found.orders == ()
    assert found.dose_at("o", day(0), "morning") is not None
    assert found.given_at(Ordered.METHADONE, day(0), "morning") is not None
    assert found.given_at(Ordered.METHADONE, day(0), "evening") is None
    assert found.given_at(Ordered.DIAZEPAM, day(0), "morning") is None
    assert found.begun_at("o", Ordered.METHADONE, day(1), "morning") is not None
    assert found.begun_at("o", Ordered.BUPRENORPHINE, day(1), "morning") is None, "another cup of the same hour"
    assert found.begun_at("o", Ordered.METHADONE, day(0), "morning") is None


@pytest.mark.hazard("H-008")
def test_each_cup_that_was_handed_out_asks_for_itself_what_became_of_it() -> None:
    """Otherwise two desks that both poured it are asked once, and the second dose was never given."""
    both = (a_dose("b", kind="dose_begun"), a_dose("b2", kind="dose_begun", minute=3))
    assert [each.entry_id for each in folded(*both, a_dose("d", begun="b")).begun] == ["b2"]
    assert folded(*both, a_dose("d", begun="b"), a_dose("d2", begun="b2", minute=4)).begun == ()
    corrected = folded(both[0], a_dose("d", begun="b"), a_dose("d2", "d", begun="b", outcome="vomited"))
    assert corrected.begun == ()
    assert corrected.doses[0].begun == "b"


def test_what_was_swallowed_counts_and_a_day_adds_its_slots() -> None:
    """Otherwise half a dose counts as the whole, or a refused one as taken."""
    found = folded(
        a_dose("d"),
        a_dose("d2", slot="evening", outcome="part_taken", taken="12.5 mg"),
        a_dose("d3", on=1, outcome="vomited"),
        a_dose("d4", on=2, medicine="buprenorphine-naloxone", ordered="8 mg"),
    )
    assert found.taken_on(Ordered.METHADONE, day(0)) == 52.5
    assert found.taken_on(Ordered.METHADONE, day(1)) is None
    assert found.taken_on(Ordered.BUPRENORPHINE, day(2)) == 8, "with and without naloxone alike"
    assert [each.outcome for each in found.doses_of(Ordered.METHADONE)] == [
        Outcome.TAKEN,
        Outcome.PART_TAKEN,
        Outcome.VOMITED,
    ]


@pytest.mark.parametrize(
    "written",
    [
        a_regime("n", **{"class": "heroin_assisted"}),
        a_regime("n", medicine="heroin"),
        a_regime("n", wish="more"),
        a_regime("n", wish={"agreed": "perhaps"}),
        an_end("n", kind="regime_ended", **{"from": "soon"}),
        an_entry("n", kind="regime_review", body={"stay": "s", "outcome": "continue"}),
        an_entry("n", kind="stop_lifted", body={"stay": "s", "codes": ["RD-NEW"]}),
        an_entry("n", kind="stop_lifted", body={"stay": "s", "codes": 5, "course": "o", "day": 3}),
    ],
    ids=lambda each: f"{each.kind}",
)
def test_what_a_newer_desk_decided_in_other_words_is_counted_and_not_guessed_at(written: Entry) -> None:
    """Otherwise one entry in a newer desk's words closes the whole record, or is read as something it is not."""
    found = folded(written)
    assert (found.unread, found.unread_doses) == (1, 0)
    assert (found.regimes, found.lifted, found.reviews) == ((), (), ())


@pytest.mark.hazard("H-008")
@pytest.mark.parametrize(
    "written",
    [
        a_dose("n", outcome="given_by_pump"),
        a_dose("n", outcome="part_taken"),
        a_dose("n", ordered="2 g"),
        a_dose("n", day="the first"),
        a_dose("n", medicine="heroin"),
        a_dose("n", kind="dose_begun", ordered=40),
        an_order("n", schedule=[{"every": "other day"}]),
        an_order("n", schedule="as before"),
        an_order("n", medicine="heroin"),
        an_end("n", "o", **{"from": "after the visit"}),
    ],
    ids=lambda each: f"{each.kind}",
)
def test_what_a_newer_desk_wrote_of_doses_is_counted_apart(written: Entry) -> None:
    """Otherwise a dose or an end that cannot be read counts as none, and the next dose is given."""
    found = folded(an_order("o"), written)
    assert (found.unread, found.unread_doses) == (1, 1)
    assert found.doses == ()


def test_what_was_said_of_a_choice_is_read_as_it_was_written() -> None:
    """Otherwise the record keeps what the person wished, and nobody is shown it."""
    wish = {"wished": "more", "told": "no", "agreed": "no"}
    (regime,) = folded(a_regime("r", wish=wish, standing="offered", reason="x", review_on="2010-07-01")).regimes
    assert (regime.wish.wished, regime.wish.told, regime.wish.agreed) == ("more", "no", Agreed.NO)
    assert (regime.standing, regime.reason, regime.review_on) == ("offered", "x", date(2010, 7, 1))
    (order,) = folded(an_order("o", supervised=False, possession="single cell", answers=["t"])).orders
    assert (order.course, order.supervised, order.possession, order.answers) == (
        "o",
        False,
        "single cell",
        frozenset({"t"}),
    )


def test_a_dose_on_paper_keeps_who_gave_it_and_who_entered_it() -> None:
    """Asked who held the cup, the record names the colleague who typed the paper the next morning."""
    paper = {"on_paper": {"by": "K. Osei"}}
    found = folded(a_dose("d", **paper), a_dose("b", kind="dose_begun", on=1, **paper), a_dose("d2", on=2))
    assert [(each.on_paper, each.by.name) for each in found.doses] == [("K. Osei", "R. Adeyemi"), ("", "R. Adeyemi")]
    assert [each.on_paper for each in found.begun] == ["K. Osei"]


def test_a_treatment_is_worked_out_once_for_a_record_and_anew_for_the_next() -> None:
    """Read eight times for one cup the queue waits; never read again, a cup is given twice."""
    before = person_of((*ADMITTED, an_order("o")))
    after = person_of((*ADMITTED, an_order("o"), a_dose("d")))
    assert before is not None
    assert after is not None
    assert treatment_of(before) is treatment_of(before)
    assert (len(treatment_of(before).doses), len(treatment_of(after).doses)) == (0, 1)
