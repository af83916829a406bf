"""The guard between a scanner and the answers: what ends a run of keys, and what it takes back."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from pdtdesk.ui.regime.scanner import PAUSE_MS, ScanGuard, only


def test_a_pause_ends_a_run_of_keys_that_went_astray(qtbot: QtBot) -> None:
    """One slip of the finger must not make the page deaf to the answer that follows."""
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    line.activateWindow()
    qtbot.waitUntil(line.isActiveWindow)
    line.setFocus()
    answered = {"stood": "before"}
    put_back: list[object] = []
    guard: ScanGuard[object] = ScanGuard(line, lambda: dict(answered), put_back.append)
    guard.watch(line, only("PN"))
    heard: list[str] = []
    guard.scanned.connect(heard.append)

    def press(letter: str, moment: int) -> bool:
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key(ord(letter)), Qt.KeyboardModifier.NoModifier, letter)
        event.setTimestamp(moment)
        return guard.eventFilter(line, event)

    assert press("K", 1000) is True
    assert put_back == [{"stood": "before"}]
    assert press("P", 1100) is True, "it belongs to the run that went astray"
    assert press("P", 1100 + PAUSE_MS + 1) is False
    assert heard == []


def test_a_number_typed_into_words_is_taken_back_and_other_words_are_not(qtbot: QtBot) -> None:
    """The scanner fires while the reason is written: the number must not stand there as the reason."""
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    line.activateWindow()
    qtbot.waitUntil(line.isActiveWindow)
    line.setFocus()
    guard: ScanGuard[str] = ScanGuard(line, line.text, line.setText)
    guard.watch(line, None)
    heard: list[str] = []
    guard.scanned.connect(heard.append)
    for words, stands in (("A4127CK", ""), ("sick at noon", "sick at noon")):
        line.clear()
        qtbot.keyClicks(line, words)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        assert line.text() == stands
    assert heard == ["A4127CK"]
