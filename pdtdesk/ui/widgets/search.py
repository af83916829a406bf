"""Find anybody by name, number or cell, as you type, from any page."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QWidget

from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.overlay import Overlay
from pdtdesk.ui.widgets.rows import Row, RowDelegate, RowsModel
from pdtdesk.ui.widgets.words import room_for, words

_SHOWN_AT_ONCE = 8


class SearchBox(QWidget):
    """`asked(text)` at every change of what is typed (empty: nothing is looked for any more); `chosen(id)`."""

    asked = Signal(str)
    chosen = Signal(str)

    def __init__(self, placeholder: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        self._overlay: Overlay | None = None
        self._list = QListView()
        self._list.setParent(self)
        self._list.hide()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName("Found")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._found = RowsModel()
        self._found.setParent(self)
        self._list.setModel(self._found)
        self._list.setItemDelegate(RowDelegate(self._list))
        self._list.clicked.connect(self._choose)
        self._nobody = words("", "muted", wrap=True, parent=self)
        self._nobody.hide()
        self.line.textEdited.connect(self._on_typed)
        self.line.installEventFilter(self)

    def take_focus(self) -> None:
        """Ctrl+K: ready to type over what stands."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def clear(self) -> None:
        """Nothing is looked for: whoever comes next does not read what was."""
        self.line.clear()
        self._found.show_rows(())
        if self._overlay is not None:
            self._overlay.hide()

    def show_found(self, text: str, rows: Sequence[Row]) -> None:
        """The people found for `text`; dropped when something else has been typed meanwhile."""
        if text != self.line.text() or not text.strip():
            return
        self._found.show_rows(rows)
        if rows:
            self._list.setCurrentIndex(self._found.index(0))
        self._nobody.setText(f"Nobody here is called or numbered “{text}”. Try fewer letters, or the prison number.")
        self._open(bool(rows))

    def found(self) -> tuple[Row, ...]:
        """Who is listed under the box."""
        return self._found.rows

    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._overlay is not None and self._overlay.isVisible()

    def close_list(self) -> None:
        """Take the list away; what was typed stays."""
        if self._overlay is not None:
            self._overlay.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._on_key(event)
            if event.type() == QEvent.Type.FocusOut:
                self.close_list()
            if event.type() == QEvent.Type.Resize and self._key is not None:
                self._place_key()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.close_list()
            self.line.clear()
            self.asked.emit("")
            return True
        if not self.is_open():
            return False
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            last = self._found.rowCount() - 1
            here = self._list.currentIndex().row()
            self._list.setCurrentIndex(self._found.index(max(0, min(last, here + step))))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._list.currentIndex())
            return True
        return False

    def _on_typed(self, text: str) -> None:
        if self._key is not None:
            self._key.setVisible(not text)
        if not text.strip():
            self.close_list()
        self.asked.emit(text)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            chosen = self._found.rows[index.row()].id
            self.close_list()
            self.line.clear()
            if self._key is not None:
                self._key.show()
            self.chosen.emit(chosen)

    def _open(self, anybody: bool) -> None:
        if self._overlay is None:
            self._overlay = Overlay(self)
            self._overlay.body.addWidget(self._list)
            self._overlay.body.addWidget(self._nobody)
        self._list.setVisible(anybody)
        self._nobody.setVisible(not anybody)
        wide = max(self.width(), room_for(self.fontMetrics(), 48))
        shown = min(self._found.rowCount(), _SHOWN_AT_ONCE)
        self._list.setFixedSize(
            wide - 2 * current_theme().space("s"),
            sum(self._list.sizeHintForRow(at) for at in range(shown)) + 4 if anybody else 0,
        )
        self._nobody.setFixedWidth(wide - 2 * current_theme().space("s"))
        self._overlay.open_under(wide)

    def _place_key(self) -> None:
        if self._key is not None:
            self._key.adjustSize()
            room = current_theme().space("s")
            self._key.move(
                self.line.width() - self._key.width() - room, (self.line.height() - self._key.height()) // 2
            )
            self._key.setVisible(not self.line.text() and self.line.width() > 3 * self._key.width())

    def hideEvent(self, event: QHideEvent) -> None:
        self.close_list()
        super().hideEvent(event)
