"""Tonight's people, most at risk first, gone through with the arrow keys."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from pdtdesk.ui.widgets.rows import Row, RowDelegate, RowsModel

_Index = QModelIndex | QPersistentModelIndex


class Worklist(QListView):
    """Rows to choose from. `chosen(id)`: another row is marked; `opened(id)`: Enter, a click or `step` on it.

    The arrow keys only mark: whoever looks down a list has not opened anybody's record, and opening one is audited.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RowsModel()
        self._rows.setParent(self)
        self.setModel(self._rows)
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self._quiet = False
        self.clicked.connect(self._open)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows; the person in hand stays in hand when still listed, without a notice."""
        here = self.current_id()
        self._quiet = True
        self._rows.show_rows(rows)
        self._quiet = False
        if here is not None:
            self.choose(here, quietly=True)
        elif rows and self.hasFocus():  # the keyboard was here before the rows: Enter opens the first of them
            self.choose(rows[0].id, quietly=True)

    def rows(self) -> tuple[Row, ...]:
        """What is listed now."""
        return self._rows.rows

    def current_id(self) -> str | None:
        """Who is in hand."""
        index = self.currentIndex()
        return self._rows.rows[index.row()].id if index.isValid() else None

    def choose(self, row_id: str, *, quietly: bool = False) -> bool:
        """Take somebody in hand; False when they are not listed."""
        for at, row in enumerate(self._rows.rows):
            if row.id == row_id:
                self._quiet = quietly
                self.setCurrentIndex(self._rows.index(at))
                self._quiet = False
                return True
        return False

    def choose_nobody(self) -> None:
        """Nothing of the list is in hand any more."""
        self._quiet = True
        self.setCurrentIndex(QModelIndex())
        self._quiet = False

    def step(self, by: int) -> None:
        """Open the next person (+1) or the one before (-1); at the ends nobody else."""
        count = self._rows.rowCount()
        if count:
            here = self.currentIndex().row() if self.currentIndex().isValid() else -1 if by > 0 else count
            there = max(0, min(count - 1, here + by))
            if there != here:
                self.setCurrentIndex(self._rows.index(there))
                self._open(self._rows.index(there))

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._quiet:
            self.chosen.emit(self._rows.rows[current.row()].id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard came: Qt takes the first row in hand, which is nobody's choice and opens nobody's record."""
        quiet, self._quiet = self._quiet, True
        super().focusInEvent(event)
        self._quiet = quiet

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
        here = self.visualRect(self.currentIndex())
        if here.isValid() and here.top() < event.oldSize().height() and here.bottom() >= event.size().height():
            self.scrollTo(self.currentIndex())  # the banner came, and took the room that whoever is in hand stood in

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.fontMetrics().lineSpacing() * 10)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._rows.rows[index.row()].id)
