"""A small panel that lies over the page beside what it belongs to, and never takes the window away."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from pdtdesk.ui.theme import current_theme


class Overlay(QFrame):
    """Shown under (or above) its anchor, inside the window; goes when the anchor goes."""

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor.window())
        self._anchor = anchor
        self.setProperty("kind", "popup")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        space = current_theme().space("s")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(space, space, space, space)
        self.body.setSpacing(current_theme().space("xs"))
        anchor.destroyed.connect(self.deleteLater)
        anchor.installEventFilter(self)
        self.hide()

    def open_under(self, widest: int) -> None:
        """Show it, at most so wide, where there is room."""
        window = self._anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        above_it = self._anchor.parentWidget()
        while above_it is not None and above_it is not window:
            above_it.installEventFilter(self)  # scrolled away: it must not stay behind
            above_it = above_it.parentWidget()
        wide = min(max(self.sizeHint().width(), self._unbroken()), widest, window.width() - 8)
        layout_height = self.body.totalHeightForWidth(wide) if self.body.hasHeightForWidth() else 0
        tall = min(max(layout_height, self.sizeHint().height() if not layout_height else 0), window.height() - 8)
        self.resize(wide, tall)
        below = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + 2))
        above = self._anchor.mapTo(window, QPoint(0, -tall - 2))
        y = below.y() if below.y() + tall <= window.height() or above.y() < 0 else above.y()
        x = max(4, min(below.x(), window.width() - wide - 4))
        self.move(x, max(0, min(y, window.height() - tall)))
        self.raise_()
        self.show()

    def _unbroken(self) -> int:
        """The width in which no line of words is broken; a label that may break asks for less than there is room."""
        lines = self.findChildren(QLabel)
        for line in lines:
            line.ensurePolished()
        margins = self.body.contentsMargins()
        longest = max((line.fontMetrics().horizontalAdvance(line.text()) for line in lines), default=0)
        return longest + margins.left() + margins.right() + 2 * self.frameWidth() + 2

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.ParentChange):
            self.hide()
        return super().eventFilter(watched, event)
