"""Accounts of one dose or order from two desks: what is contended, what is all true, and what it says of somebody."""

from pdtdesk.domain.regime.medicines import Ordered
from tests.domain.record.entries import an_error
from tests.domain.regime.treated import FIRST, a_dose, an_end, an_order, day, folded


def test_accounts_that_are_all_true_are_no_conflict_and_one_more_is() -> None:
    """Settled as forty and forty, and a third cup is never asked about; or it is settled and stays red for ever."""
    two = (a_dose("a"), a_dose("b", course="p", order="p", minute=5))
    assert [{each.entry_id for each in c.doses} for c in folded(*two).dose_conflicts] == [{"a", "b"}]
    true = {"all_true": ["a", "b"]}
    settled = (*two, a_dose("c", "a", **true), a_dose("d", "b", course="p", order="p", **true))
    assert folded(*settled).dose_conflicts == ()
    assert folded(*settled).taken_on(Ordered.METHADONE, FIRST) == 80
    one, other = folded(*settled).doses
    assert {each.entry_id for each in folded(*settled).together(one)} == {one.entry_id, other.entry_id}
    third = folded(*settled, a_dose("e"))
    assert third.together(third.doses[-1]) == (third.doses[-1],), "of an account alone, itself"
    assert {each.entry_id for each in third.accounts_of(Ordered.BUPRENORPHINE, FIRST, "morning")} == {"c", "d", "e"}
    assert third.accounts_of(Ordered.DIAZEPAM, FIRST, "morning") == ()
    assert third.accounts_of(Ordered.METHADONE, FIRST, "night") == ()
    assert {each.entry_id for each in third.asking} == {"c", "d", "e"}


def test_an_order_that_is_not_here_is_known_by_what_was_written_of_it_and_orders_nothing() -> None:
    """A cup is swallowed of an order that has not come: without it nobody is asked; as an order it is given again."""
    found = folded(a_dose("b", kind="dose_begun", order="far", course="far"), an_order("o", first=3))
    told = found.named_orders()
    assert [*told] == ["far", "o"]
    assert told["o"] is found.orders[0]
    assert not any(told["far"].holds_on(day(number)) for number in range(-1, 3))
    assert told["far"].schedule.on(FIRST)[0][0] == "morning"


def test_what_one_desk_marked_and_another_changed_is_contended() -> None:
    """Written for another man, says one desk; raised, says the other: silence makes it his."""
    marked = folded(an_order("o"), an_order("o2", "o", first=2), an_error("e", "o"))
    assert marked.conflicting == ("o2",)
    assert folded(an_order("o"), an_order("o2", "o", first=2), an_error("e", "o2")).conflicting == ()
    dose = folded(a_dose("a"), a_dose("b", "a", outcome="refused"), an_error("e", "a"))
    assert [each.entry_id for each in dose.accounts_of(Ordered.METHADONE, FIRST, "morning")] == ["b"]


def test_an_end_of_no_day_is_not_read() -> None:
    """One damaged line, and nobody can open this record again."""
    found = folded(an_order("o"), an_end("e", "o", **{"from": "0001-01-01"}))
    assert (found.unread, found.orders[0].until) == (1, None)


def test_what_somebody_bears_counts_a_double_by_mistake_once() -> None:
    """Eighty by two hatches on one day, and eighty a day is taken for what he is used to."""
    true = {"all_true": ["a", "b"]}
    found = folded(
        *(a_dose("a"), a_dose("b", minute=5), a_dose("c", "a", **true), a_dose("d", "b", **true)),
        a_dose("n", slot="night", ordered="5 mg"),
    )
    assert (found.taken_on(Ordered.METHADONE, FIRST), found.borne_on(Ordered.METHADONE, FIRST)) == (85, 45)
    assert found.borne_on(Ordered.METHADONE, day(1)) is None


def test_a_settled_account_keeps_who_gave_it() -> None:
    """The doctor who settled it stands in the record as the one who gave both doses."""
    giver = {"id": "n1", "name": "R. Adeyemi", "role": "nurse", "registration": None}
    (dose,) = folded(a_dose("a"), a_dose("b", "a", given_by=giver)).doses
    assert (dose.by.name, dose.by.role) == ("R. Adeyemi", "nurse")
