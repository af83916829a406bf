"""Rows to be read: figures under figures, no cell that can be typed in."""

from bisect import bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.words import room_for

_Index = QModelIndex | QPersistentModelIndex
_SENTENCE_LETTERS, _LINES = 24, 3
"""What a column of sentences keeps on a line where there is room, and how many lines others may take."""
_MOST_LINES = 40
"""More lines than any cell takes."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_EDGES = 8
"""What Qt's own style takes of a cell beside the padding, in pixels."""


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

    def words_of(self, column: int) -> frozenset[str]:
        """The words that stand in a column: none of them is broken."""
        return frozenset(word for row in self.cells for word in row[column].split())

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.cells)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.cells[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() in self.figures else _LEFT
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
                return _RIGHT if section in self.figures else _LEFT
        return None


def shared(wide: Sequence[tuple[int, int]], room: int) -> list[int]:
    """How wide each column is of `(all its words on a line, the least it takes)`, in pixels.

    What is left over goes to all of them. Where there is too little, the widest give way first, so that short ones
    stay on a line; where one would then take more than a few lines, all of them give way alike. None goes below its
    least: then the table scrolls sideways.
    """
    spare = room - sum(whole for whole, _ in wide)
    if spare >= 0:
        asked = max(sum(whole for whole, _ in wide), 1)
        widths = [whole + spare * whole // asked for whole, _ in wide]
        return [*widths[:-1], room - sum(widths[:-1])]
    widest = max(whole for whole, _ in wide)
    widths = _most_that_fit(wide, room, widest + 1, lambda step, *_: step)
    if all(whole <= _LINES * width for (whole, _), width in zip(wide, widths, strict=True)):
        return widths
    tenths = 10 * _MOST_LINES  # of a line; half a word is lost at the end of each
    return _most_that_fit(wide, room, tenths - 9, lambda at, whole, least: 10 * whole // (tenths - at) + least // 2)


def _most_that_fit(
    wide: Sequence[tuple[int, int]], room: int, steps: int, width: Callable[[int, int, int], int]
) -> list[int]:
    """The widths of the last step that fits into the room, each between its least and all its words; `width(step,
    whole, least)` grows with the step."""

    def held(step: int) -> list[int]:
        return [min(whole, max(least, width(step, whole, least))) for whole, least in wide]

    fits = bisect_right(range(steps), room, key=lambda step: sum(held(step)))
    return held(max(fits - 1, 0))


class Table(QTableView):
    """Read-only rows. `figures` are the columns that hold numbers. `chosen(id)`, `opened(id)` (Enter); Home and End
    go to the first and the last row."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(
        self, name: str, heads: Sequence[str], figures: Sequence[int] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cells = _Cells(heads, figures)
        self._cells.setParent(self)
        self._at_most = 0
        self._wide: tuple[tuple[int, int], ...] = ()
        self._narrow: tuple[tuple[int, int], ...] = ()
        self._tall: dict[tuple[int, int, str], int] = {}  # many cells say the same, and each is measured once
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
        self._fit(anew=True)
        if here in self._cells.ids:
            self.selectRow(self._cells.ids.index(here))

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
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._cells.ids:
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else len(self._cells.ids) - 1)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_wide"):
            self._fit(anew=True)

    def sizeHintForRow(self, row: int) -> int:
        """As tall as its tallest cell.

        Qt breaks words by the whole width of a cell when it measures, and by what its padding leaves when it draws;
        and it looks at the columns in sight alone.
        """
        padding = 2 * current_theme().size("pad_x")
        return max(self._tall_of(row, at, self.columnWidth(at) - padding) for at in range(len(self._cells.heads)))

    def _tall_of(self, row: int, column: int, width: int) -> int:
        key = column, width, self._cells.cells[row][column]
        if key not in self._tall:
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            option.rect = QRect(0, 0, width, 1)  # without a height nothing is broken into lines
            index = self._cells.index(row, column)
            self._tall[key] = self.itemDelegateForIndex(index).sizeHint(option, index).height()
        return self._tall[key]

    def fit_rows(self, most: int) -> None:
        """Be no taller than the rows that are shown, up to so many, whatever becomes of width and words."""
        self._at_most = most
        self._fit_height()

    def _fit_height(self) -> None:
        if not self._at_most:
            return
        heights = [self.rowHeight(at) for at in range(min(self._at_most, len(self._cells.ids)))]
        head = self.horizontalHeader()
        bar = current_theme().size("scroll_bar") if head.length() > self.viewport().width() else 0
        self.setFixedHeight(head.sizeHint().height() + sum(heights) + bar + 4)

    def _fit(self, *, anew: bool = False) -> None:
        """Share the width among the columns, and give each row the height of its words."""
        if anew or not self._wide:
            self._tall.clear()
            columns = range(len(self._cells.heads))
            self._wide = tuple(self._measured(at) for at in columns)
            self._narrow = tuple(self._measured(at, letters=0) for at in columns)
        head, room = self.horizontalHeader(), self.viewport().width()
        wide = self._wide if sum(least for _, least in self._wide) <= room else self._narrow
        for at, width in enumerate(shared(wide, room)):
            head.resizeSection(at, width)
        self.resizeRowsToContents()
        self._fit_height()

    def _measured(self, column: int, letters: int = _SENTENCE_LETTERS) -> tuple[int, int]:
        """All the words of a column on a line, and the least it takes: a figure is never broken, nor is a word; of a
        sentence so many letters stand on a line."""
        head = self.horizontalHeader().sectionSizeHint(column)
        whole = max(self.sizeHintForColumn(column), head)
        if column in self._cells.figures:
            return whole, whole
        font = self._cells.data(self._cells.index(0, column), Qt.ItemDataRole.FontRole)
        metrics = QFontMetrics(font) if isinstance(font, QFont) else self.fontMetrics()
        longest = max((metrics.horizontalAdvance(word) for word in self._cells.words_of(column)), default=0)
        padding = 2 * current_theme().size("pad_x") + _EDGES
        a_line = min(whole // _LINES, room_for(metrics, letters)) if letters else 0
        return whole, min(whole, max(head, longest + padding, a_line))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._cells.ids[index.row()])
