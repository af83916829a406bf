"""Rows to be read: figures under figures, no cell that can be typed in."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.words import room_for

_Index = QModelIndex | QPersistentModelIndex
_OTHER_LETTERS = 18
_LAST_LETTERS = 28
"""What the last column keeps of its words on a line before the table scrolls sideways instead."""


class _Cells(QAbstractTableModel):
    """Words in rows and columns."""

    def __init__(self, heads: Sequence[str], figures: Sequence[int]) -> None:
        super().__init__()
        self.heads, self.figures = tuple(heads), frozenset(figures)
        self.ids: tuple[str, ...] = ()
        self.cells: tuple[tuple[str, ...], ...] = ()

    def show_cells(self, ids: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
        self.beginResetModel()
        self.ids, self.cells = tuple(ids), tuple(tuple(row) for row in cells)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.cells)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.cells[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() in self.figures else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and index.column() == 0:
            return current_theme().font("base", "semibold")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.heads[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if section in self.figures else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None


class Table(QTableView):
    """Read-only rows. `figures` are the columns that hold numbers. `chosen(id)`, `opened(id)` (Enter)."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(
        self, name: str, heads: Sequence[str], figures: Sequence[int] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cells = _Cells(heads, figures)
        self._cells.setParent(self)
        self._at_most = 0
        self.setModel(self._cells)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.doubleClicked.connect(lambda index: self._open(index))

    def show_rows(self, ids: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
        """Other rows: an id for each, and its words by column."""
        here = self.current_id()
        self._cells.show_cells(ids, cells)
        self._fit_columns()
        self.resizeRowsToContents()
        if here in self._cells.ids:
            self.selectRow(self._cells.ids.index(here))

    def _room_left(self, last: int) -> int:
        head = self.horizontalHeader()
        return self.viewport().width() - sum(head.sectionSize(at) for at in range(last))

    def ids(self) -> tuple[str, ...]:
        """Which rows are shown."""
        return self._cells.ids

    def current_id(self) -> str | None:
        """The row in hand."""
        index = self.currentIndex()
        return self._cells.ids[index.row()] if index.isValid() else None

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.chosen.emit(self._cells.ids[current.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_columns()
        self.resizeRowsToContents()
        self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_cells"):
            self._fit_columns()
            self.resizeRowsToContents()
            self._fit_height()

    def sizeHintForRow(self, row: int) -> int:
        """As tall as its tallest cell.

        Qt breaks words by the whole width of a cell when it measures, and by what its padding leaves when it draws;
        and it looks at the columns in sight alone.
        """
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        padding = 2 * current_theme().size("pad_x")
        tallest = 0
        for column in range(len(self._cells.heads)):
            index = self._cells.index(row, column)
            option.rect = QRect(
                0, 0, self.columnWidth(column) - padding, 1
            )  # without a height nothing is broken into lines
            tallest = max(tallest, self.itemDelegateForIndex(index).sizeHint(option, index).height())
        return tallest

    def fit_rows(self, most: int) -> None:
        """Be no taller than the rows that are shown, up to so many, whatever becomes of width and words."""
        self._at_most = most
        self._fit_height()

    def _fit_height(self) -> None:
        if not self._at_most:
            return
        heights = [self.rowHeight(at) for at in range(min(self._at_most, len(self._cells.ids)))]
        bar = current_theme().size("scroll_bar")  # it may have to scroll sideways
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + sum(heights) + bar + 4)

    def _fit_columns(self) -> None:
        """The last column takes the room that is left; where that is too little for words, the others break into
        lines, and where that is not enough the table scrolls sideways."""
        self.resizeColumnsToContents()
        last = len(self._cells.heads) - 1
        head = self.horizontalHeader()
        hint = max(self.sizeHintForColumn(last), head.sectionSizeHint(last))
        least = min(hint, room_for(self.fontMetrics(), _LAST_LETTERS))
        if self._room_left(last) < least:
            most = room_for(self.fontMetrics(), _OTHER_LETTERS)
            for at in range(last):
                head.resizeSection(at, min(head.sectionSize(at), max(most, head.sectionSizeHint(at))))
        head.resizeSection(last, max(least, self._room_left(last)))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._cells.ids[index.row()])
