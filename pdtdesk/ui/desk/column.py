"""A column of cards no wider than is read with ease, in the middle of the page; and cards side by side."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.card import Scrolled


class NarrowColumn(Scrolled):
    """Cards under each other, `letters` wide at most, in the middle of the page; scrolls where there are too many."""

    def __init__(self, letters: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = letters
        middle = QWidget(self)
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        self._cards = QWidget(middle)
        self.cards = QVBoxLayout(self._cards)
        self.cards.setContentsMargins(0, 0, 0, 0)
        self.cards.setSpacing(current_theme().space("m"))
        row.addStretch(1)
        row.addWidget(self._cards, 1000)
        row.addStretch(1)
        self.column.addStretch(2)
        self.column.addWidget(middle)
        self.column.addStretch(3)
        self._fit()

    def put(self, card: QWidget, at: int = -1) -> None:
        """A card under those there are, or in that place among them."""
        self.cards.insertWidget(at, card)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_cards"):
            self._fit()

    def _fit(self) -> None:
        theme = current_theme()
        self._cards.setMaximumWidth(round(theme.text_px() * 0.55 * self._letters) + 2 * theme.space("m"))


class SideBySide(QWidget):
    """Two columns where there is room for both; one under the other where there is not. `letters`: what both need."""

    def __init__(self, letters: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = letters
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(current_theme().space("m"))
        self.setProperty("tabOrder", "logical")  # down one column, then down the other
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        for column, share in ((self.left, 3), (self.right, 2)):
            column.setSpacing(current_theme().space("m"))
            self._row.addLayout(column, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._turn()

    def _turn(self) -> None:
        room = self.width() >= round(current_theme().text_px() * 0.55 * self._letters)
        way = QBoxLayout.Direction.LeftToRight if room else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)
