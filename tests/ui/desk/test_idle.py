"""A desk left alone locks by itself; a desk in use does not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from pdtdesk.ui.desk.idle import FIVE_MINUTES, IdleLock


class Steady:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Steady:
    return Steady()


@pytest.fixture
def lock(theme: object, clock: Steady) -> IdleLock:
    assert theme is not None, "the lock counts in a window"
    made = IdleLock(clock)
    made.said = []
    made.fell = []
    made.ticked.connect(made.said.append)
    made.run_out.connect(lambda: made.fell.append(True))
    made.start()
    return made


@pytest.fixture
def line(qtbot, lock: IdleLock) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    lock.look()
    return made


def test_it_counts_down_in_words(lock: IdleLock, clock: Steady) -> None:
    assert lock.said[-1] == "Locks in 5:00"
    clock.at += 8
    lock.look()
    assert lock.said[-1] == "Locks in 4:52"


def test_left_alone_it_locks_once(lock: IdleLock, clock: Steady) -> None:
    clock.at += FIVE_MINUTES - 0.5
    lock.look()
    assert lock.fell == []
    clock.at += 0.5
    lock.look()
    lock.look()
    assert lock.fell == [True]
    assert not lock.is_watching()
    assert lock.said[-1] == ""


def test_a_key_puts_it_off(lock: IdleLock, clock: Steady, line: QLineEdit) -> None:
    clock.at += 200
    QTest.keyClick(line.windowHandle(), Qt.Key.Key_A)
    clock.at += 200
    lock.look()
    assert lock.fell == []
    assert lock.said[-1] == "Locks in 1:40"


def test_the_mouse_puts_it_off(lock: IdleLock, clock: Steady, line: QLineEdit) -> None:
    clock.at += 200
    QTest.mouseClick(line.windowHandle(), Qt.MouseButton.LeftButton)
    assert lock.left() == FIVE_MINUTES


def test_what_the_window_writes_by_itself_is_nobody_at_the_desk(
    lock: IdleLock, clock: Steady, line: QLineEdit
) -> None:
    clock.at += 200
    line.setText("drawn again")
    line.repaint()
    assert lock.left() == 100


def test_a_key_that_comes_too_late_does_not_keep_the_window_open(
    lock: IdleLock, clock: Steady, line: QLineEdit
) -> None:
    clock.at += 3600  # the computer slept, and nobody looked meanwhile
    QTest.keyClick(line.windowHandle(), Qt.Key.Key_A)
    assert lock.fell == [True]


def test_with_nobody_signed_in_nothing_is_counted(lock: IdleLock, clock: Steady) -> None:
    lock.stop()
    clock.at += 3600
    lock.look()
    assert lock.fell == []
