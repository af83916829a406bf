"""Search as you type keeps up with whoever types: an officer spells a name over the telephone."""

from itertools import cycle

from pdtdesk.services.reception import people
from tests.benchmarks.big_desk import PEOPLE, BigDesk
from tests.benchmarks.figures import Goal, Stopwatch

TYPED = ("sparrow dan", "ADEYEMI-W", "o", "c4127", "40000 99", "b2-17", "zielinski yusuf k", "nobody of that name")
KEYSTROKES = tuple(words[: length + 1] for words in TYPED for length in range(len(words)))


def test_every_keystroke_is_answered_before_the_next(big: BigDesk, stopwatch: Stopwatch) -> None:
    acting = big.desk.acting()
    assert people.search(acting, "sparrow"), "nobody is found, so nothing is measured"
    assert people.search(acting, "b2-17"), "no cell is found"
    typed = cycle(KEYSTROKES)
    stopwatch.measure(
        f"search as you type, {PEOPLE:,} people, a keystroke",
        lambda: people.search(acting, next(typed)),
        goal=Goal(plus_s=0.016),
        rounds=3 * len(KEYSTROKES),
        warm_up=len(KEYSTROKES),
    )


def test_the_slowest_keystroke_too(big: BigDesk, stopwatch: Stopwatch) -> None:
    """One letter that most people's names begin with, or a long one, must not make the window stutter."""
    acting = big.desk.acting()
    took = {}
    for typed in KEYSTROKES:
        rounds = []
        for _ in range(5):
            began = stopwatch.now()
            people.search(acting, typed)
            rounds.append(stopwatch.now() - began)
        took[typed] = sorted(rounds)[2]
    slowest = max(took, key=lambda typed: took[typed])
    stopwatch.measure(
        f"  the slowest of {len(KEYSTROKES)} keystrokes ({slowest!r})",
        lambda: people.search(acting, slowest),
        goal=Goal(plus_s=0.016),
        rounds=20,
    )
