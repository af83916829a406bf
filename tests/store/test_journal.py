"""The journal holds what was written: chained, signed, folded, and the same after a rebuild."""

from factories import TestDesk, an_arrival
from sqlalchemy import text

from pdtdesk.services.reception.people import search
from pdtdesk.services.reception.take_in import take_in


def test_an_arrival_taken_in_is_on_the_worklist_and_is_found_by_name(desk: TestDesk) -> None:
    """Otherwise the nurse asks for somebody who stands before her and the desk says nobody."""
    taken = take_in(desk.acting(), [(2, an_arrival())])
    assert (taken.taken, taken.already, taken.refused) == (1, 0, ())
    assert [row.surname for row in search(desk.acting(), "spar dan")] == ["Sparrow"]
    assert [row.surname for row in search(desk.acting(), "a4127")] == ["Sparrow"]
    with desk.store.reading() as work:
        (row,) = work.arrivals(desk.clock.now())
    assert (row.surname, row.passes, row.priority, row.known) == ("Sparrow", 0, "waiting", False)


def test_a_list_given_twice_takes_nobody_in_twice(desk: TestDesk) -> None:
    """Otherwise one person has two records, and two doses."""
    take_in(desk.acting(), [(2, an_arrival())])
    again = take_in(desk.acting(), [(2, an_arrival())])
    assert (again.taken, again.already) == (0, 1)
    with desk.store.reading() as work:
        assert work.connection.execute(text("SELECT count(*) FROM entry WHERE kind = 'arrival'")).scalar() == 1
