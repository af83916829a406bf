"""The window never waits for the disk, and no answer reaches a page that is gone."""

import logging
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.sentences import SOMETHING_ELSE, sentence_for
from pdtdesk.ui.tasks import Done, Progress, Stopped, Work, WorkEnded


class Ledger:
    """What the worker owns here: a list of what was done, and in which thread it lived."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.opened_in = threading.get_ident()
        self.closed_in = 0

    def write(self, line: str) -> ChangeSet:
        self.lines.append(line)
        return ChangeSet.of(["A4127CK"], ["triage"])


class Desk:
    """The worker with its ledger, and what it could tell nobody else."""

    def __init__(self) -> None:
        self.ledger: Ledger | None = None
        self.strays: list[Exception] = []
        self.gate = threading.Event()
        self.work: Work[Ledger] = Work(self._open, self._close, self.strays.append)

    def _open(self) -> Ledger:
        self.ledger = Ledger()
        return self.ledger

    def _close(self, ledger: Ledger) -> None:
        ledger.closed_in = threading.get_ident()

    def hold(self) -> None:
        """Keep the worker busy until the gate opens."""
        self.work.ask(QApplication.instance(), lambda _: self.gate.wait(10), lambda _: None)


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.gate.set()
    made.work.close()


def test_what_is_asked_is_answered_in_the_order_asked_on_the_windows_thread(desk: Desk, qtbot: QtBot) -> None:
    page, answers, threads = QObject(), [], []

    def keep(answer: int) -> None:
        answers.append(answer)
        threads.append(QThread.currentThread())

    for number in range(20):
        desk.work.ask(page, lambda _, n=number: n, keep)
    qtbot.waitUntil(lambda: len(answers) == 20)
    assert answers == list(range(20))
    assert set(threads) == {page.thread()}


def test_the_connection_is_opened_used_and_closed_in_one_thread_of_its_own(desk: Desk, qtbot: QtBot) -> None:
    seen: list[int] = []
    desk.work.ask(QApplication.instance(), lambda _: threading.get_ident(), seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    desk.work.close()
    assert desk.ledger is not None
    assert {desk.ledger.opened_in, desk.ledger.closed_in} == set(seen)
    assert threading.get_ident() not in seen


def test_a_save_is_told_once_to_every_page_and_then_to_the_page_that_saved(desk: Desk, qtbot: QtBot) -> None:
    page, heard = QObject(), []
    desk.work.changes.announced.connect(lambda changes, origin: heard.append(("all", changes, origin)))
    desk.work.do(page, lambda ledger: ledger.write("triage"), lambda changes: heard.append(("me", changes, page)))
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == [
        ("all", ChangeSet.of(["A4127CK"], ["triage"]), page),
        ("me", ChangeSet.of(["A4127CK"], ["triage"]), page),
    ]


def test_a_command_may_answer_the_page_with_more_than_its_changes(desk: Desk, qtbot: QtBot) -> None:
    page, numbers, heard = QObject(), [], []
    desk.work.changes.announced.connect(lambda changes, _: heard.append(changes))
    desk.work.do(page, lambda _: Done(ChangeSet.of(["A1"], ["task"]), 37), numbers.append)
    qtbot.waitUntil(lambda: numbers == [37])
    assert heard == [ChangeSet.of(["A1"], ["task"])]


def test_nothing_is_announced_when_nothing_was_written(desk: Desk, qtbot: QtBot) -> None:
    page, heard, done = QObject(), [], []
    desk.work.changes.announced.connect(lambda *heard_now: heard.append(heard_now))
    desk.work.do(page, lambda _: ChangeSet(), done.append)
    qtbot.waitUntil(lambda: len(done) == 1)
    assert heard == []


def test_an_answer_for_a_page_that_is_gone_is_dropped_but_what_it_saved_is_announced(
    desk: Desk, qtbot: QtBot
) -> None:
    page, answers, heard = QLabel(), [], []
    desk.work.changes.announced.connect(lambda changes, origin: heard.append((changes, origin)))
    desk.hold()
    desk.work.ask(page, lambda _: "late", answers.append)
    desk.work.do(page, lambda ledger: ledger.write("saved"), answers.append)
    delete(page)
    desk.gate.set()
    qtbot.waitUntil(desk.work.is_idle)
    assert answers == []
    assert heard == [(ChangeSet.of(["A4127CK"], ["triage"]), None)]
    assert desk.ledger is not None
    assert desk.ledger.lines == ["saved"]


def test_search_as_you_type_asks_only_for_the_last_letters(desk: Desk, qtbot: QtBot) -> None:
    page, found, looked_for = QObject(), [], []
    desk.hold()
    for letters in ("s", "sp", "spa"):
        desk.work.ask(page, lambda _, t=letters: looked_for.append(t) or t, found.append, slot="search")
    desk.gate.set()
    qtbot.waitUntil(desk.work.is_idle)
    assert looked_for == ["spa"]
    assert found == ["spa"]


def test_an_older_search_that_was_already_running_does_not_overwrite_the_newer(desk: Desk, qtbot: QtBot) -> None:
    page, found = QObject(), []
    begun = threading.Event()

    def slow(_: Ledger) -> str:
        begun.set()
        desk.gate.wait(10)
        return "sp"

    desk.work.ask(page, slow, found.append, slot="search")
    assert begun.wait(10)
    desk.work.ask(page, lambda _: "spa", found.append, slot="search")
    desk.gate.set()
    qtbot.waitUntil(desk.work.is_idle)
    assert found == ["spa"]


def test_two_pages_may_search_at_once(desk: Desk, qtbot: QtBot) -> None:
    one, other, found = QObject(), QObject(), []
    desk.hold()
    desk.work.ask(one, lambda _: "one", found.append, slot="search")
    desk.work.ask(other, lambda _: "other", found.append, slot="search")
    desk.gate.set()
    qtbot.waitUntil(desk.work.is_idle)
    assert found == ["one", "other"]


def test_what_goes_wrong_reaches_the_page_that_asked(desk: Desk, qtbot: QtBot) -> None:
    page, wrongs, answers = QObject(), [], []

    def breaks(_: Ledger) -> None:
        raise KeyError("SPARROW")

    desk.work.ask(page, breaks, answers.append, wrongs.append)
    desk.work.ask(page, lambda _: "still at work", answers.append)
    qtbot.waitUntil(lambda: answers == ["still at work"])
    assert isinstance(wrongs[0], KeyError)
    assert desk.strays == []


def test_a_save_that_failed_is_never_silent_even_when_its_page_is_gone(desk: Desk, qtbot: QtBot) -> None:
    page = QLabel()
    desk.hold()

    def breaks(_: Ledger) -> ChangeSet:
        raise OSError("disk full")

    desk.work.do(page, breaks)
    delete(page)
    desk.gate.set()
    qtbot.waitUntil(lambda: len(desk.strays) == 1)
    assert isinstance(desk.strays[0], OSError)


def test_a_desk_that_does_not_open_is_tried_again_at_the_next_question(qtbot: QtBot) -> None:
    tries: list[int] = []

    def opening() -> Ledger:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("keyring locked")
        return Ledger()

    work: Work[Ledger] = Work(opening, lambda _: None, lambda _: None)
    page, wrongs, answers = QObject(), [], []
    work.ask(page, lambda _: 1, answers.append, wrongs.append)
    work.ask(page, lambda _: 2, answers.append, wrongs.append)
    qtbot.waitUntil(lambda: answers == [2])
    assert [str(wrong) for wrong in wrongs] == ["keyring locked"]
    work.close()


def test_closing_writes_what_was_to_be_written_and_drops_what_was_only_asked(desk: Desk) -> None:
    page, answers, heard = QObject(), [], []
    desk.work.changes.announced.connect(lambda changes, _: heard.append(changes))
    desk.hold()
    desk.work.ask(page, lambda _: "asked", answers.append)
    desk.work.do(page, lambda ledger: ledger.write("last save"), answers.append)
    threading.Timer(0.05, desk.gate.set).start()
    desk.work.close()
    assert desk.ledger is not None
    assert desk.ledger.lines == ["last save"]
    assert desk.ledger.closed_in
    assert len(heard) == 1
    assert answers == [ChangeSet.of(["A4127CK"], ["triage"])]


def test_asking_a_desk_that_is_closed_is_answered_with_a_sentence(desk: Desk) -> None:
    page, wrongs = QObject(), []
    desk.work.close()
    desk.work.ask(page, lambda _: 1, lambda _: None, wrongs.append)
    assert isinstance(wrongs[0], WorkEnded)
    assert "closing" in sentence_for(wrongs[0])


def test_a_long_job_tells_how_far_it_is_and_can_be_stopped(desk: Desk, qtbot: QtBot) -> None:
    page, wrongs = QObject(), []
    moved: list[tuple[int, int]] = []

    def take_in(ledger: Ledger, progress: Progress) -> ChangeSet:
        for line in range(1_000_000):
            progress.report(line, 1_000_000)
            ledger.lines.append(str(line))
        return ChangeSet()

    progress = desk.work.long(page, take_in, lambda _: None, wrongs.append)
    progress.moved.connect(lambda done, total: moved.append((done, total)))
    qtbot.waitUntil(lambda: len(moved) > 0)
    progress.stop()
    qtbot.waitUntil(lambda: len(wrongs) == 1)
    assert isinstance(wrongs[0], Stopped)
    assert moved[0][1] == 1_000_000
    assert desk.ledger is not None
    assert len(desk.ledger.lines) < 1_000_000
    assert len(moved) < len(desk.ledger.lines) + 2


def test_an_error_with_its_own_sentence_is_shown_with_it() -> None:
    assert sentence_for(Stopped()) == Stopped.sentence


def test_any_other_error_says_that_nothing_was_lost_and_names_no_patient_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    patient = "SPARROW, Daniel"

    def breaks() -> None:
        raise ValueError(f"{patient} has no key")

    with pytest.raises(ValueError, match="SPARROW") as caught:
        breaks()
    with caplog.at_level(logging.ERROR):
        assert sentence_for(caught.value) == SOMETHING_ELSE
    assert "nothing that was saved is lost" in SOMETHING_ELSE
    assert "ValueError" in caplog.text
    assert "breaks" in caplog.text
    assert "SPARROW" not in caplog.text


@pytest.mark.parametrize(
    ("ask", "touched"),
    [
        (lambda changes: changes.touches("A4127CK"), True),
        (lambda changes: changes.touches("A0000AA"), False),
        (lambda changes: changes.touches(kinds=["task", "triage"]), True),
        (lambda changes: changes.touches("A0000AA", ["staff"]), False),
    ],
)
def test_a_page_asks_again_only_for_what_it_shows(ask: Callable[[ChangeSet], bool], touched: bool) -> None:
    assert ask(ChangeSet.of(["A4127CK"], ["triage"])) is touched
