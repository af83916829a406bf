"""Taking in the evening's list: nobody is lost or taken twice, and none of it is done without a line in the audit."""

from datetime import date

import pytest
from factories import EVENING, TestDesk, an_arrival

from pdtdesk.domain.roles import Role
from pdtdesk.services.oversight.audit import audit_page
from pdtdesk.services.reception.take_in import SLICE, take_in


class StoppedByHand(Exception):
    """As the window stops a long job."""


class AfterTheFirstSlice:
    """Somebody presses Stop while the first slice is written."""

    stopped = False

    def report(self, *_: int) -> None:
        raise StoppedByHand


def people(count: int):
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [
        (at + 2, an_arrival(prison_number=f"A41{at:02}CK", surname=f"Sparrow{letters[at]}", born=date(1980, 1, 1)))
        for at in range(count)
    ]


def lines(desk: TestDesk) -> list[str]:
    audit = audit_page(desk.acting(Role.LEAD))
    return [row.line.detail for row in audit if row.line.what == "took in a reception list"]


def test_a_list_stopped_by_hand_is_in_the_audit_with_how_far_it_came(desk: TestDesk) -> None:
    """Otherwise people stand on the worklist whom nobody is said to have taken in."""
    with pytest.raises(StoppedByHand):
        take_in(desk.acting(), people(2 * SLICE), AfterTheFirstSlice())
    with desk.store.reading() as work:
        assert len(work.arrivals(EVENING)) == SLICE
    assert lines(desk) == [f"{SLICE} taken in"]


def test_a_list_stopped_by_hand_is_given_again_and_nobody_comes_twice(desk: TestDesk) -> None:
    with pytest.raises(StoppedByHand):
        take_in(desk.acting(), people(2 * SLICE), AfterTheFirstSlice())
    again = take_in(desk.acting(), people(2 * SLICE))
    assert (again.taken, again.already, again.refused) == (SLICE, SLICE, ())


def test_another_man_of_the_same_name_birth_date_and_van_is_not_passed_over(desk: TestDesk) -> None:
    """Counted as "already here", he would stand on no list at all, and nobody would look at him tonight."""
    take_in(desk.acting(), [(2, an_arrival())])
    other = take_in(desk.acting(), [(5, an_arrival(prison_number="B1111BB"))])
    (refused,) = other.refused
    assert (other.taken, other.already, refused.line) == (0, 0, 5)
    assert {"A4127CK", "B1111BB"} <= set(refused.reason.replace(":", " ").replace(",", " ").split())


def test_a_number_that_comes_with_a_later_printing_of_the_list_is_said(desk: TestDesk) -> None:
    """Otherwise the prison's number, by which everybody else knows him, never reaches his record."""
    take_in(desk.acting(), [(2, an_arrival(prison_number=None))])
    later = take_in(desk.acting(), [(2, an_arrival())])
    assert "Who and where" in later.refused[0].reason
    without = take_in(desk.acting(), [(2, an_arrival(prison_number=None))])
    assert (without.already, without.refused) == (1, ())
