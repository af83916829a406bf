"""Not asked, why: a question left open on purpose, with the reason, so that the page still saves."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from pdtdesk.ui.widgets.overlay import Overlay
from pdtdesk.ui.widgets.spec import Choice
from pdtdesk.ui.widgets.words import room_for


class ReasonPanel(Overlay):
    """The reasons, one under the other, each with its number; Esc goes back.

    `chosen(word)`: the reason; an empty word means "asked after all". `closed`: left without choosing.
    """

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, anchor: QWidget, question: str, reasons: Sequence[Choice]) -> None:
        super().__init__(anchor)
        heading = QLabel(f"Not asked: {question}. Why?", self)
        heading.setProperty("kind", "strong")
        heading.setWordWrap(True)
        self.body.addWidget(heading)
        self.buttons: dict[str, QPushButton] = {}
        for reason in (*reasons, Choice("", "Asked after all", "0")):
            button = QPushButton(f"{reason.key}   {reason.label}", self)
            button.setProperty("kind", "reason")
            button.setProperty("reason", reason.word)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAccessibleName(f"Not asked, because: {reason.label}" if reason.word else reason.label)
            button.clicked.connect(self._on_clicked)
            button.installEventFilter(self)
            self.buttons[reason.key] = button
            self.body.addWidget(button)

    def open_for(self, reason: str | None) -> None:
        """Show it, with the reason that stands now marked."""
        for button in self.buttons.values():
            button.setChecked(button.property("reason") == reason)
        self.buttons["0"].setVisible(reason is not None)
        self.open_under(room_for(self.fontMetrics(), 44))
        first = next((b for b in self.buttons.values() if b.isChecked()), next(iter(self.buttons.values())))
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in self.buttons.values():
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(watched, event)
            if event.type() == QEvent.Type.FocusOut and self.isVisible():
                there = self.window().focusWidget()
                if there is not None and not self.isAncestorOf(there):
                    self.hide()
            return False
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        shown = [button for button in self.buttons.values() if button.isVisibleTo(self)]
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F4):
            self.hide()
            self.closed.emit()
            return True
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            here = next((at for at, button in enumerate(shown) if button is watched), 0)
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            shown[(here + step) % len(shown)].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, QPushButton):
            self._choose(watched)
            return True
        button = self.buttons.get(event.text())
        if button is not None and button in shown:
            self._choose(button)
            return True
        return False

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self._choose(button)

    def _choose(self, button: QPushButton) -> None:
        self.hide()
        self.chosen.emit(str(button.property("reason")))
