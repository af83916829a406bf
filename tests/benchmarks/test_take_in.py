"""A long list is taken in while the nurse looks on, and the desk answers in between."""

from datetime import timedelta
from itertools import count
from string import ascii_uppercase

from factories import EVENING, TestDesk

from pdtdesk.domain.reception.arrival_list import COLUMNS
from pdtdesk.exchange.reception_list import read
from pdtdesk.services.reception.take_in import take_in
from tests.benchmarks.figures import Goal, Stopwatch

LINES = 1000
_HEAD = ",".join(COLUMNS)


class Told:
    """Progress as a page gives it: counts what it is told."""

    def __init__(self) -> None:
        self.reports: list[tuple[int, int]] = []

    @property
    def stopped(self) -> bool:
        return False

    def report(self, done: int, total: int) -> None:
        self.reports.append((done, total))


def a_list(number: int) -> bytes:
    """A list of a thousand people nobody has met."""
    letters = ascii_uppercase
    at = EVENING - timedelta(minutes=30)
    rows = (
        f"{letters[number]}{line:04d}ZY,Longlist{letters[line % 26]}{letters[line // 26 % 26]},"
        f"Ab{letters[line // 676]}{letters[number]},19{60 + line % 30}-04-{line % 28 + 1:02d},male,"
        f"{at:%Y-%m-%dT%H:%M},Crown Court,remand,,,"
        for line in range(LINES)
    )
    return "\n".join((_HEAD, *rows)).encode()


def test_a_list_of_a_thousand_is_taken_in_with_progress(a_copy: TestDesk, stopwatch: Stopwatch) -> None:
    acting, numbers = a_copy.acting(), count()
    told: list[Told] = []

    def from_file_to_worklist() -> None:
        told.append(Told())
        listed = read(a_list(next(numbers)), EVENING.date(), told[-1])
        took = take_in(acting, listed.rows, told[-1])
        assert (took.taken, len(listed.refused), len(took.refused)) == (LINES, 0, 0)

    stopwatch.measure("take in a list of 1,000", from_file_to_worklist, goal=Goal(plus_s=3.0), rounds=3, warm_up=0)
    assert all(len(each.reports) > 20 and each.reports[-1] == (LINES, LINES) for each in told)
