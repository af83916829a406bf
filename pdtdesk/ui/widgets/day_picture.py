"""A chart that is walked through day by day, by arrow keys or by pointing: each day is said in words."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from pdtdesk.services.regime.drawing.shapes import Days
from pdtdesk.ui.theme import Theme, current_theme
from pdtdesk.ui.widgets.picture import Picture
from pdtdesk.ui.widgets.stops import set_aside

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_STEPS = {
    Qt.Key.Key_Left: -_DAY,
    Qt.Key.Key_Right: _DAY,
    Qt.Key.Key_PageUp: -_WEEK,
    Qt.Key.Key_PageDown: _WEEK,
}


class DayPicture(Picture):
    """A picture with a day in hand: Left and Right by a day, Page Up and Page Down by a week, Home, End, Escape.

    `day_pointed` carries the day in hand (`date`), or None when it is let go.
    """

    day_pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_aside(self)
        self.setMouseTracking(True)
        self.day: date | None = None

    def point_at(self, day: date | None) -> None:
        """Take a day in hand, the nearest that the picture has; None lets go."""
        days = self.drawing().days
        if day is not None and days is not None:
            day = min(max(day, days.first), days.last)
        elif days is None:
            day = None
        if day == self.day:
            return
        self.day = day
        self.setAccessibleDescription(self._said(day) if day is not None else "")
        self.update()
        self.day_pointed.emit(day)

    def _said(self, day: date) -> str:
        """A day of the picture in words."""
        raise NotImplementedError

    def _start(self) -> date | None:
        """The day that the keys begin with."""
        days = self.drawing().days
        return days.first if days is not None else None

    def _inset(self) -> int:
        """The outline of what has the keyboard stands round the picture and touches no word of it."""
        return current_theme().size("focus") + current_theme().space("xs")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        days, key = self.drawing().days, Qt.Key(event.key())
        if days is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.point_at(self._start() if self.day is None else self.day + _STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.point_at(days.first if key == Qt.Key.Key_Home else days.last)
        elif key == Qt.Key.Key_Escape and self.day is not None:
            self.point_at(None)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        days, at = self.drawing().days, event.position() - QPointF(self._inset(), self._inset())
        inside = days is not None and days.x <= at.x() <= days.right and days.top <= at.y() <= days.bottom
        self.point_at(days.day_at(at.x()) if days is not None and inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self.point_at(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.point_at(None)
        self.update()

    def _anew(self) -> None:
        self.day = None
        self.setAccessibleDescription("")
        super()._anew()

    def _paint(self, painter: QPainter, theme: Theme) -> None:
        super()._paint(painter, theme)
        days = self.drawing().days
        if days is not None and self.day is not None:
            self._paint_day(painter, theme, days, self.day)
        if self.hasFocus():
            weight = theme.size("focus")
            painter.setPen(QPen(theme.colour("focus"), weight))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            half = weight / 2
            round_corner = theme.radius("control")
            painter.resetTransform()
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(half, half, -half, -half), round_corner, round_corner
            )

    def _paint_day(self, painter: QPainter, theme: Theme, days: Days, day: date) -> None:
        """A line through the day in hand, and its words in a box at the top of the chart."""
        x = days.middle_of(day)
        painter.setPen(QPen(theme.colour("heading"), 1.5))
        painter.drawLine(QPointF(x, days.top), QPointF(x, days.bottom))
        font = theme.font("small", "semibold")
        pad, said = theme.space("xs"), self._said(day)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        inside = self.width() - 2 * self._inset()
        room = QRect(0, 0, max(inside - 4 * pad, 40), 10_000)
        words = QFontMetrics(font).boundingRect(room, int(wrap), said)
        box = QRect(0, 0, words.width() + 2 * pad + 2, words.height() + 2 * pad)
        left = round(x) + 2 * pad
        if left + box.width() > inside:
            left = round(x) - 2 * pad - box.width()
        box.moveTo(max(0, min(left, inside - box.width())), round(days.top))
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.setBrush(theme.colour("card"))
        painter.drawRoundedRect(box, theme.radius("chip"), theme.radius("chip"))
        painter.setFont(font)
        painter.setPen(theme.colour("dose"))
        painter.drawText(box.adjusted(pad, pad, -pad + 2, 0), int(wrap), said)
