"""Find anybody by name, number or cell, as you type, from any page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.words import words

if TYPE_CHECKING:  # the way in is painted before the list is loaded
    from pdtdesk.ui.widgets.found import FoundPanel
    from pdtdesk.ui.widgets.rows import Row


class SearchBox(QWidget):
    """`asked(text)` at every change of what is typed (empty: nothing is looked for any more); `chosen(id)`.

    `short` stands in the empty line in place of `placeholder` where that would run into the key.
    """

    asked = Signal(str)
    chosen = Signal(str)

    def __init__(self, placeholder: str, key: str = "", parent: QWidget | None = None, *, short: str = "") -> None:
        super().__init__(parent)
        self._whole, self._short = placeholder, short or placeholder
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.line = QLineEdit(self)
        self.line.setProperty("kind", "search")
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName("Search")
        self.line.setAccessibleDescription(placeholder)
        self.line.setMaxLength(200)
        row.addWidget(self.line, 1)
        self._key = words(key, "kbd", parent=self.line) if key else None
        self._panel: FoundPanel | None = None
        self.line.textEdited.connect(self._on_typed)
        self.line.textChanged.connect(lambda _: self._place_key())
        self.line.installEventFilter(self)

    def take_focus(self) -> None:
        """Ctrl+K: ready to type over what stands."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def clear(self) -> None:
        """Nothing is looked for: whoever comes next does not read what was."""
        self.line.clear()
        if self._panel is not None:
            self._panel.hide()
            self._panel.deleteLater()
            self._panel = None

    def show_found(self, text: str, rows: "Sequence[Row]") -> None:
        """The people found for `text`; dropped when something else has been typed meanwhile."""
        if text != self.line.text() or not text.strip():
            return
        if self._panel is None:
            from pdtdesk.ui.widgets.found import FoundPanel

            self._panel = FoundPanel(self)
            self._panel.chosen.connect(self._on_chosen)
        self._panel.show_found(text, rows)

    def found(self) -> "tuple[Row, ...]":
        """Who is listed under the box."""
        return self._panel.rows if self._panel is not None else ()

    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._panel is not None and self._panel.isVisible()

    def close_list(self) -> None:
        """Take the list away; what was typed stays."""
        if self._panel is not None:
            self._panel.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._on_key(event)
            if event.type() == QEvent.Type.FocusOut:
                self.close_list()
            if event.type() in (QEvent.Type.Resize, QEvent.Type.StyleChange):
                self._place_key()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.close_list()
            self.line.clear()
            self.asked.emit("")
            return True
        if self._panel is None or not self._panel.isVisible():
            return False
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._panel.step(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._panel.choose()
            return True
        return False

    def _on_typed(self, text: str) -> None:
        if not text.strip():
            self.close_list()
        self.asked.emit(text)

    def _on_chosen(self, row_id: str) -> None:
        self.close_list()
        self.line.clear()
        self.chosen.emit(row_id)

    def _place_key(self) -> None:
        """The key stands at the right of an empty line, and no word runs into it."""
        if self._key is None:
            return
        theme, key, line = current_theme(), self._key, self.line
        key.adjustSize()
        taken = key.width() + theme.space("s")
        shown = not line.text() and line.width() > 3 * key.width()
        key.move(line.width() - taken, (line.height() - key.height()) // 2)
        key.setVisible(shown)
        line.setTextMargins(0, 0, taken if shown else 0, 0)
        room = line.width() - taken - 2 * theme.size("pad_x") - theme.space("s")
        fits = line.fontMetrics().horizontalAdvance(self._whole) <= room
        line.setPlaceholderText(self._whole if fits else self._short)

    def hideEvent(self, event: QHideEvent) -> None:
        self.close_list()
        super().hideEvent(event)
