"""The medicine round at the window: from Enter on one dose until the next one stands there, with the record saved."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from a_round import TODAY, Patient, a_morning, a_patient, doses_before
from factories import TestDesk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ward import Ward
from windows import let_go

from pdtdesk.domain.regime.fold import treatment_of
from tests.benchmarks.at_the_window import Seen, wait_for
from tests.benchmarks.figures import Goal, Stopwatch
from tests.benchmarks.test_window import dress

ROUNDS = 7
LONG = 2 * 365
"""Days of doses of each person: two years."""


def _people(desk: TestDesk) -> list[Patient]:
    """So many people that each round of the clock gives one dose, all of them with two years of doses."""
    people = []
    for number in range(ROUNDS + 3):
        since = TODAY - timedelta(days=LONG)
        person = a_patient(desk, f"Longstay{number:02}", f"A41{number:02}LT", cell=f"B{number:02}-01", since=since)
        doses_before(desk, person, LONG)
        people.append(person)
    return people


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestDesk]:
    """A morning with people who have been on methadone for two years."""
    made = a_morning(tmp_path_factory.mktemp("round") / "desk")
    _people(made)
    yield made
    made.door.close()


@pytest.fixture
def ward(qtbot: QtBot, qapp: QApplication, desk: TestDesk) -> Iterator[Ward]:
    """The window of that desk, a nurse signed in, the round open."""
    dress(qapp)
    at = Ward(qtbot, desk)
    at.sign_in()
    at.window.with_pages().show("round")
    at.settle()
    yield at
    at.station.work.close()
    let_go(at.window.shell)
    assert at.wrong == []


def _keys(ward: Ward, *keys: str | Qt.Key) -> None:
    for key in keys:
        if isinstance(key, str):
            ward.type(key)
        else:
            ward.press(key)


def _next_stands_there(ward: Ward, before: str) -> None:
    """Enter on the outcome, until the next person's dose is painted with its first question in hand."""
    page = ward.window.with_pages().round
    seen = Seen(page.dose.dose, lambda: page.dose.now is not None and page.dose.now.row.due.patient_id != before)
    ward.press(Qt.Key.Key_Return)
    wait_for(lambda: seen.painted)


def test_dose_to_dose_by_keys_alone(ward: Ward, desk: TestDesk, stopwatch: Stopwatch) -> None:
    """Forty doses in an hour: what she waits for between two men is time in which nobody looks at either."""
    page = ward.window.with_pages().round
    page.open_row(next(iter(page._rows)))
    ward.settle()
    given: list[str] = []

    def a_dose_in_hand() -> None:
        ward.settle()
        assert page.dose.now is not None
        given[:] = [page.dose.now.row.due.patient_id]
        _keys(ward, "p", "n", "n", Qt.Key.Key_Return)
        ward.settle()
        _keys(ward, "t")

    stopwatch.measure(
        "medicine round, dose to dose seen",
        lambda: _next_stands_there(ward, given[0]),
        before=a_dose_in_hand,
        goal=Goal(plus_s=0.100),
        rounds=ROUNDS,
        note="(2 years of doses each, record saved)",
    )
    with desk.store.reading() as work:
        doses = treatment_of(work.person(given[0])).doses
    assert len(doses) == LONG + 1
    assert doses[-1].day == TODAY, "the last dose was not saved"


def test_opening_a_dose(ward: Ward, stopwatch: Stopwatch) -> None:
    """From the scanner's Enter until the dose stands there."""
    page = ward.window.with_pages().round
    rows = list(page._rows.values())
    at = [0]

    def open_it() -> None:
        at[0] = (at[0] + 1) % len(rows)
        row = rows[at[0]]
        seen = Seen(page.panels, lambda: page._now is not None and page._now.row.due == row.due)
        page.number(row.prison_number)
        wait_for(lambda: seen.painted or (page._now is not None and page._now.row.due == row.due))

    stopwatch.measure("a dose opened by its number", open_it, goal=Goal(), rounds=5)
