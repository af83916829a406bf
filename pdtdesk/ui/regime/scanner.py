"""What a barcode scanner types while a dose is open answers nothing of that dose (hazard: the wrong patient).

A scanner is a keyboard that types a prison number and presses Enter, wherever the keyboard happens to be. Its
letters are the same as the answers' (P, I, N, T, A, C...). It is told from a hand by what it types and not by how
fast, as hands and scanners of all makes overlap:

- a question takes its own letters and no other key; a digit answers nothing, and every number has four of them;
- a key that is no answer takes back all that was answered in the same run of keys, and from then on everything up
  to Enter is swallowed, Enter with it. A pause ends a run that went astray by a slip of the finger;
- where words are typed, a run that spells a prison number is taken back at its Enter;
- a key that is held down answers once: its repeats must not answer the next question.

Nothing durable follows from a single letter within a run: what was seen is written only when the run has rested,
and a dose only at Enter.
"""

import re
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

PAUSE_MS = 700
"""After so long without a key a run has ended; a scanner leaves some 1 to 50 ms between two."""

_NUMBER = re.compile(r"[A-Z][0-9]{4}[A-Z]{2}$", re.ASCII)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WITH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
Stood = TypeVar("Stood")
Letters = Callable[[], str]


def only(letters: str) -> Letters:
    """The same letters at all times; none where only Enter means something."""
    return lambda: letters


class ScanGuard(QObject, Generic[Stood]):
    """Watches the keys of a page. `scanned(text)`: a run that was no answer, or spelt a number, has ended with Enter.
    `strayed`: a key was no answer, and what the run had answered has been taken back.

    `stood` gives what is answered now, `put_back` shows that again.
    """

    scanned = Signal(str)
    strayed = Signal()

    def __init__(self, parent: QObject, stood: Callable[[], Stood], put_back: Callable[[Stood], None]) -> None:
        super().__init__(parent)
        self._stood, self._put_back = stood, put_back
        self._letters: dict[QObject, Letters | None] = {}
        self._run = ""
        self._astray = False
        self._before: list[Stood] = []
        self._last = 0

    def watch(self, widget: QWidget, letters: Letters | None) -> None:
        """Look at the keys of a widget: `letters` that answer there, None where words are typed."""
        self._letters[widget] = letters
        widget.installEventFilter(self)

    def begin(self) -> None:
        """Another run of keys begins with the next one."""
        self._run, self._astray, self._before = "", False, []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not event.modifiers() & _WITH:
            # a key that nobody took goes on to what holds the widget: it has been looked at by then
            here = not isinstance(watched, QWidget) or watched.hasFocus()
            return here and self._on_key(watched, event)
        if event.type() == QEvent.Type.MouseButtonPress:
            self.begin()
        return False

    def _on_key(self, watched: QObject, event: QKeyEvent) -> bool:
        letters = self._letters.get(watched)
        if event.key() in _ENTER:
            return event.isAutoRepeat() or self._on_enter()
        pressed = event.text().strip().upper()
        if not pressed or not pressed.isprintable():
            if not self._astray and event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock):
                self.begin()
            return False
        if letters is not None and event.isAutoRepeat():
            return True
        self._rest(event.timestamp())
        if not self._run:
            self._before = [self._stood()]
        self._run += pressed
        if self._astray:
            return True
        if letters is not None and pressed not in letters():
            self._astray = True
            self._take_back()
            self.strayed.emit()
            return True
        return False

    def _on_enter(self) -> bool:
        run, astray = self._run, self._astray
        found = _NUMBER.search(run) if astray else _NUMBER.match(run)
        if found is not None and not astray:
            self._take_back()
        self.begin()
        if found is not None or astray:
            self.scanned.emit(found.group() if found is not None else run)
        return found is not None or astray

    def _take_back(self) -> None:
        for before in self._before:
            self._put_back(before)

    def _rest(self, at: int) -> None:
        """A run ends by a pause; a key without a time of its own ends none."""
        if at and self._last and at - self._last > PAUSE_MS:
            self.begin()
        self._last = at
