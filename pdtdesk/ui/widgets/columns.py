"""How a page shares its width: fields in as many columns as fit, and panes that make room for the words."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QLayoutItem, QWidget

from pdtdesk.ui.theme import current_theme


class ColumnsLayout(QLayout):
    """Fields row by row in equal columns: as many (at most `most`) as leave each `letters` of room at this text size.

    Reading order and Tab order are the same: left to right, then the next row.
    """

    def __init__(
        self, parent: QWidget | None = None, *, letters: int = 34, most: int = 3, across: int = 16, down: int = 8
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._letters, self._most, self._across, self._down = letters, most, across, down
        self._tall: dict[int, int] = {}
        self._least: int | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._tall:
            self._tall[width] = self._lay(QRect(0, 0, width, 0), move=False)
        return self._tall[width]

    def invalidate(self) -> None:
        """Something inside changed: what was measured is measured again."""
        self._tall.clear()
        self._least = None
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        wide = self._column() * min(self._most, max(len(self._items), 1))
        return QSize(wide, self.heightForWidth(wide))

    def minimumSize(self) -> QSize:
        return QSize(self._widest(), 0)

    def columns_for(self, width: int) -> int:
        """How many columns stand beside each other at that width."""
        least = max(self._column(), self._widest())
        fit = (width + self._across) // (least + self._across)
        return max(1, min(fit, self._most))

    def _widest(self) -> int:
        """The least width in which each of them can stand."""
        if self._least is None:
            self._least = max((item.minimumSize().width() for item in self._items if not item.isEmpty()), default=0)
        return self._least

    def _column(self) -> int:
        return current_theme().text_px() * self._letters // 2

    def _lay(self, rect: QRect, *, move: bool) -> int:
        shown = [item for item in self._items if not item.isEmpty()]
        columns = self.columns_for(rect.width())
        wide = (rect.width() - self._across * (columns - 1)) // columns
        y = rect.y()
        for start in range(0, len(shown), columns):
            row = shown[start : start + columns]
            heights = [
                item.heightForWidth(wide) if item.hasHeightForWidth() else item.sizeHint().height() for item in row
            ]
            tall = max(heights)
            if move:
                for at, item in enumerate(row):
                    item.setGeometry(QRect(rect.x() + at * (wide + self._across), y, wide, tall))
            y += tall + self._down
        return max(y - self._down - rect.y(), 0)


class Panes(QWidget):
    """List, page and what is proposed, side by side; with large words or a narrow window the proposals go under
    the list, so that the page in the middle keeps its room. Any of the outer two may be missing."""

    def __init__(
        self,
        middle: QWidget,
        left: QWidget | None = None,
        right: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._left, self._middle, self._right = left, middle, right
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(current_theme().space("m"))
        self._folded: bool | None = None
        for pane in (left, middle, right):
            if pane is not None:
                pane.setParent(self)
        # Tab goes from the list to the page and then to what is proposed, also where that stands under the list
        self.setProperty("tabOrder", "logical")
        self._ready = True
        self._arrange()

    def is_folded(self) -> bool:
        """Whether the proposals stand under the list."""
        return bool(self._folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._folded = None
            self._arrange()

    def _arrange(self) -> None:
        if not hasattr(self, "_ready"):
            return
        theme = current_theme()
        left = theme.width("worklist") if self._left is not None else 0
        right = theme.width("side_panel") if self._right is not None else 0
        body = round(theme.tokens.size["body"] * theme.text_scale)
        folded = self._right is not None and 0 < self.width() < left + right + body
        if folded == self._folded:
            return
        self._folded = folded
        for pane in (self._left, self._middle, self._right):
            if pane is not None:
                self._grid.removeWidget(pane)
                pane.setMaximumWidth(16_777_215)
                pane.setMinimumWidth(0)
        for row in range(2):
            self._grid.setRowStretch(row, 0)
        self._place(folded, left, right)

    def _place(self, folded: bool, left: int, right: int) -> None:
        side = max(left, right) if folded else left
        if self._left is not None:
            self._left.setFixedWidth(side)
            self._grid.addWidget(self._left, 0, 0, 1 if folded else 2, 1)
        if self._right is not None:
            self._right.setFixedWidth(side if folded else right)
            if folded:
                self._grid.addWidget(self._right, 1 if self._left is not None else 0, 0)
            else:
                self._grid.addWidget(self._right, 0, 2, 2, 1)
        self._grid.addWidget(self._middle, 0, 1, 2, 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(0, 2)
        self._grid.setRowStretch(1, 3)
