"""How long somebody has waited, in words that are right at each edge."""

from dataclasses import replace
from datetime import timedelta

import pytest
from factories import EVENING

from pdtdesk.domain.reception.clocks import Clock, clocks
from pdtdesk.domain.reception.person import Stay, TakenIn, Task
from pdtdesk.domain.record.entry import Entry
from tests.domain.record.entries import an_entry


def a_stay(*tasks: Task) -> Stay:
    return Stay((TakenIn("stay", EVENING),), "ASH", {}, None, {}, (), tasks, (), ())


def names(**values: str) -> dict[str, Clock]:
    given = {key.replace("__", "."): value for key, value in values.items()}
    return {clock.waits_for: clock for clock in clocks(a_stay(), given)}


def test_nobody_waits_for_what_they_do_not_need() -> None:
    assert names(prescribed__any="no", withdrawal__seen="none") == {}


def test_a_prescription_starts_the_clocks_to_the_first_and_to_the_community_dose() -> None:
    """Held below the community dose for days, and nobody counted."""
    assert set(names(prescribed__any="yes")) == {"first dose", "community dose"}


def test_withdrawal_seen_starts_the_clock_to_the_first_dose() -> None:
    assert set(names(withdrawal__seen="alcohol")) == {"first dose"}


def test_the_first_dose_ends_its_clock_and_a_dose_before_arrival_does_not() -> None:
    """A dose in police custody is not treatment begun here."""
    given = names(prescribed__any="yes", management__first_dose_at="2010-06-01T23:10")
    assert given["first dose"].waited(EVENING + timedelta(days=3)) == timedelta(hours=1, minutes=30)
    before = names(prescribed__any="yes", management__first_dose_at="2010-06-01T08:00")
    assert before["first dose"].ended is None


@pytest.mark.parametrize(
    ("waited", "words"),
    [
        (timedelta(), "0 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h 00 min"),
        (timedelta(hours=23, minutes=59), "23 h 59 min"),
        (timedelta(days=1), "1 d 0 h"),
        (timedelta(days=5, hours=3), "5 d 3 h"),
    ],
)
def test_a_wait_is_said_in_the_words_of_the_ward(waited: timedelta, words: str) -> None:
    assert Clock("first dose", EVENING).in_words(EVENING + waited) == f"first dose: waiting {words}"
    assert Clock("first dose", EVENING, EVENING + waited).in_words(EVENING) == f"first dose after {words}"


def a_referral(settled: Entry | None = None) -> Task:
    return Task("t", "patient-one", "carat_referral", "See the drug worker.", None, None, None, settled)


def test_the_drug_workers_clock_runs_from_the_referral_until_somebody_has_been() -> None:
    """Otherwise nobody counts the week until a drug worker comes (000 A 3.48)."""
    (waiting,) = clocks(a_stay(a_referral()), {})
    assert waiting.in_words(EVENING + timedelta(days=7)) == "first CARAT contact: waiting 7 d 0 h"
    been = an_entry("e", kind="task_settled", minute=150)
    (ended,) = clocks(a_stay(a_referral(), a_referral(been)), {})
    assert ended.in_words(EVENING + timedelta(days=7)) == "first CARAT contact after 2 h 30 min"
    another = replace(a_referral(been), what="observe")
    assert clocks(a_stay(another), {}) == ()
