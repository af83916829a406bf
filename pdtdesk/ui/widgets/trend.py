"""A score over the hours: is the withdrawal getting worse or better?"""

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pdtdesk.ui.theme import Theme, current_theme


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A score and when it was taken (`21:40`, or `1 Jun`); `after` is minutes since the first one."""

    label: str
    score: int
    after: float


class ScoreTrend(QWidget):
    """Scores as a line with every figure written on it, from nought to the scale's highest."""

    def __init__(self, name: str, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._highest = name, highest
        self.points: tuple[TrendPoint, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{name}: no scores yet")

    def show_points(self, points: tuple[TrendPoint, ...]) -> None:
        """Other scores, oldest first."""
        self.points = points
        said = ", ".join(f"{p.score} at {p.label}" for p in points) or "no scores yet"
        self.setAccessibleName(f"{self._name}: {said}")
        self.update()

    def sizeHint(self) -> QSize:
        letters = self.fontMetrics()
        return QSize(letters.averageCharWidth() * 40, letters.lineSpacing() * 6)

    def minimumSizeHint(self) -> QSize:
        letters = self.fontMetrics()
        return QSize(letters.averageCharWidth() * 16, letters.lineSpacing() * 6)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole is drawn anew
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        if not self.points:
            painter.setPen(theme.colour("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, f"{self._name}: no scores yet")
            return
        self._draw(painter, theme)

    def _draw(self, painter: QPainter, theme: Theme) -> None:
        small = QFontMetricsF(theme.font("small"))
        area = QRectF(self.rect()).adjusted(small.height() * 2, small.height() * 1.5, -small.height() * 2, 0)
        area.setBottom(self.height() - small.height() * 1.8)
        painter.setPen(QPen(theme.colour("chart_grid"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topLeft(), area.topRight())
        painter.setPen(theme.colour("muted"))
        for words, y in (("0", area.bottom()), (str(self._highest), area.top())):
            spot = QRectF(0, y - small.height() / 2, area.left() - 4, small.height())
            painter.drawText(spot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        span = max(self.points[-1].after - self.points[0].after, 1.0)
        spots = [
            QPointF(
                area.left() + area.width() * (point.after - self.points[0].after) / span
                if len(self.points) > 1
                else area.center().x(),
                area.bottom() - area.height() * point.score / max(self._highest, 1),
            )
            for point in self.points
        ]
        painter.setPen(QPen(theme.colour("chart_line"), theme.size("focus")))
        for one, next_one in pairwise(spots):
            painter.drawLine(one, next_one)
        self._mark(painter, theme, area, spots)

    def _mark(self, painter: QPainter, theme: Theme, area: QRectF, spots: list[QPointF]) -> None:
        bold, plain = theme.font("small", "bold"), theme.font("small")
        metrics = QFontMetricsF(plain)
        free_from = -1.0
        for point, spot in zip(self.points, spots, strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("chart_line"))
            painter.drawEllipse(spot, theme.size("focus") * 1.5, theme.size("focus") * 1.5)
            painter.setFont(bold)
            painter.setPen(theme.colour("dose"))
            above = QRectF(spot.x() - 40, spot.y() - metrics.height() - 4, 80, metrics.height())
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(point.score))
            wide = metrics.horizontalAdvance(point.label)
            left = min(max(spot.x() - wide / 2, 0), self.width() - wide)
            if left > free_from:  # a label that would lie on the one before it is left out; the score is not
                painter.setFont(plain)
                painter.setPen(theme.colour("muted"))
                spot_below = QRectF(left, area.bottom() + metrics.height() / 3, wide + 2, metrics.height())
                painter.drawText(spot_below, Qt.AlignmentFlag.AlignLeft, point.label)
                free_from = left + wide + metrics.averageCharWidth()
