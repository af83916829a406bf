"""Rows of small fields that reflow, so that at 200 % text nothing is cut and nothing runs off the page."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lays widgets out as words in a line: left to right, then the next row."""

    def __init__(
        self, parent: QWidget | None = None, across: int = 0, down: int = 0, *, from_right: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._across, self._down = across, down
        self._from_right = from_right
        self._tall: dict[int, int] = {}
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def put_first(self, widget: QWidget) -> None:
        """A widget before all others."""
        self.addWidget(widget)
        self._items.insert(0, self._items.pop())

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._tall:
            self._tall[width] = self._lay(QRect(0, 0, width, 0), move=False)
        return self._tall[width]

    def invalidate(self) -> None:
        """Something inside changed: what was measured is measured again."""
        self._tall.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        spare = rect.height() - self.heightForWidth(rect.width())
        self._lay(rect.adjusted(0, max(spare // 2, 0), 0, 0), move=True)

    def sizeHint(self) -> QSize:
        """As wide as all in one row would be."""
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        margins = self.contentsMargins()
        across = sum(hint.width() for hint in hints) + self._across * max(len(hints) - 1, 0)
        tall = max((hint.height() for hint in hints), default=0)
        return QSize(across + margins.left() + margins.right(), tall + margins.top() + margins.bottom())

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _lay(self, rect: QRect, *, move: bool) -> int:
        """Place the rows (or only measure them); the height that they need."""
        margins = self.contentsMargins()
        area = rect.adjusted(margins.left(), margins.top(), -margins.right(), -margins.bottom())
        x, y, row_height = area.x(), area.y(), 0
        row: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            wide = min(item.sizeHint().width(), max(area.width(), item.minimumSize().width()))
            tall = item.heightForWidth(wide) if item.hasHeightForWidth() else item.sizeHint().height()
            if row and x + wide > area.right() + 1:
                self._settle(row, row_height, area.right() + 1, move=move)
                x, y, row_height, row = area.x(), y + row_height + self._down, 0, []
            row.append((item, QRect(QPoint(x, y), QSize(wide, tall))))
            x += wide + self._across
            row_height = max(row_height, tall)
        self._settle(row, row_height, area.right() + 1, move=move)
        return y + row_height - rect.y() + margins.bottom()

    def _settle(self, row: list[tuple[QLayoutItem, QRect]], row_height: int, right: int, *, move: bool) -> None:
        """Things of one row stand on one middle line, at the side they are read from."""
        if not move or not row:
            return
        aside = max(0, right - row[-1][1].right() - 1) if self._from_right else 0
        for item, place in row:
            item.setGeometry(place.translated(aside, (row_height - place.height()) // 2))
