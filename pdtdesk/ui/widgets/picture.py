"""A picture of days, painted: the same shapes as on paper, in the colours of the theme."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from pdtdesk.services.regime.drawing.shapes import Box, Dot, Drawing, Fill, Ink, Measures, Path, Point, Stroke
from pdtdesk.ui.theme import Theme, current_theme

_COLOURS = {
    Ink.WORDS: "muted",
    Ink.STRONG: "heading",
    Ink.TODAY: "red_text",
    Ink.RELEASE: "green_text",
    Ink.DOSE: "chart_bar",
    Ink.STABILISING: "blue_line",
    Ink.PLANNED: "blue",
    Ink.EDGE: "edge",
    Ink.GRID: "chart_grid",
    Ink.GROUND: "card",
    Ink.ORDERED: "text",
    Ink.SCORE: "chart_line",
    Ink.SCORE_WORDS: "amber_text",
    Ink.NOT_TAKEN: "red_text",
    Ink.UNKNOWN: "ghost",
}
_PENS = {Stroke.SOLID: Qt.PenStyle.SolidLine, Stroke.NONE: Qt.PenStyle.NoPen}
_DASHES = {Stroke.DASHED: [4.0, 3.0], Stroke.DOTTED: [1.0, 2.5]}
_BRUSHES = {
    Fill.NONE: Qt.BrushStyle.NoBrush,
    Fill.SOLID: Qt.BrushStyle.SolidPattern,
    Fill.HATCH: Qt.BrushStyle.BDiagPattern,
    Fill.CROSS: Qt.BrushStyle.DiagCrossPattern,
}
_CASING = 3.0
"""How much wider than a line the band of the ground under it is, so that it is seen on any bar."""
_LONG = 40


def measures_of(theme: Theme) -> Measures:
    """The letters of a picture's labels in this theme."""
    plain, bold = QFontMetricsF(theme.font("small")), QFontMetricsF(theme.font("small", "semibold"))
    known: dict[tuple[str, bool], float] = {}

    def width(text: str, heavy: bool) -> float:
        key = (text, heavy)
        if key not in known:
            known[key] = (bold if heavy else plain).horizontalAdvance(text) + 1
        return known[key]

    return Measures(width, float(round(max(plain.height(), bold.height()))))


class Picture(QWidget):
    """A painted picture that is as high as its words need at its width. `_lay` says what stands where."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._laid: tuple[object, Drawing] | None = None

    def labels(self) -> tuple[tuple[str, QRect], ...]:
        """Every word in the picture as it stands now, with its rectangle."""
        by = self._inset()
        return tuple(
            (each.text, QRectF(each.x + by, each.y + by, each.width, each.height).toRect())
            for each in self.drawing().words
        )

    def drawing(self) -> Drawing:
        """The picture as it stands, laid out anew where its size, its facts or the theme are others."""
        theme = current_theme()
        key = (self.width(), self.height(), theme)
        if self._laid is None or self._laid[0] != key:
            by = 2 * self._inset()
            self._laid = (key, self._lay(self.width() - by, self.height() - by, measures_of(theme)))
        return self._laid[1]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        by = 2 * self._inset()
        return int(self._lay(width - by, 0, measures_of(current_theme())).height + 0.999) + by

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().averageCharWidth() * 60
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        letters = self.fontMetrics()
        return QSize(letters.averageCharWidth() * 24, letters.lineSpacing() * 4)

    def _inset(self) -> int:
        """The room left free round the picture."""
        return 0

    def _lay(self, width: float, height: float, measures: Measures) -> Drawing:
        """The picture for a room; higher than `height` where its words need it."""
        raise NotImplementedError

    def _anew(self) -> None:
        """Other facts: another height, another picture."""
        self._laid = None
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole is drawn anew
        painter = QPainter(self)
        painter.translate(self._inset(), self._inset())
        self._paint(painter, current_theme())

    def _paint(self, painter: QPainter, theme: Theme) -> None:
        paint_drawing(painter, self.drawing(), theme)


def paint_drawing(painter: QPainter, drawing: Drawing, theme: Theme) -> None:
    """Paint shapes, then words over them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint: dict[type, Callable[..., None]] = {Box: _box, Path: _path, Point: _point}
    for shape in drawing.shapes:
        paint[type(shape)](painter, shape, theme)
    for bold in (False, True):
        painter.setFont(theme.font("small", "semibold" if bold else "regular"))
        for words in drawing.words:
            if words.bold is bold:
                painter.setPen(theme.colour(_COLOURS[words.ink]))
                place = QRectF(words.x, words.y, words.width + 2, words.height)
                painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words.text)


def _pen(theme: Theme, ink: Ink, stroke: Stroke, weight: float) -> QPen:
    pen = QPen(theme.colour(_COLOURS[ink]), weight)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if stroke in _DASHES:
        pen.setDashPattern(_DASHES[stroke])
    else:
        pen.setStyle(_PENS[stroke])
    return pen


def _box(painter: QPainter, box: Box, theme: Theme) -> None:
    """Boxes stand on whole pixels, so that bars beside each other have clean edges."""
    left, top = round(box.x), round(box.y)
    right, bottom = round(box.x + box.width), round(box.y + box.height)
    place = QRectF(left, top, max(right - left, 1), max(bottom - top, 0))
    if box.fill is not Fill.NONE:
        painter.fillRect(place, QBrush(theme.colour(_COLOURS[box.ink]), _BRUSHES[box.fill]))
    if box.edge is not None:
        half = box.weight / 2
        painter.setPen(_pen(theme, box.edge, box.stroke, box.weight))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(half, half, -half, -half))


def _path(painter: QPainter, path: Path, theme: Theme) -> None:
    points = [QPointF(x, y) for x, y in path.points]
    if path.filled:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(_COLOURS[path.ink]))
        painter.drawPolygon(QPolygonF(points))
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if path.cased:
        _line(painter, points, _pen(theme, Ink.GROUND, Stroke.SOLID, path.weight + _CASING))
    (x1, y1), (x2, y2) = path.points[0], path.points[-1]
    upright = len(path.points) == 2 and (x1 == x2 or y1 == y2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, not upright)
    _line(painter, points, _pen(theme, path.ink, path.stroke, path.weight))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _line(painter: QPainter, points: Sequence[QPointF], pen: QPen) -> None:
    """A line through points; a long one in parts, as Qt takes many times as long over one that crosses itself."""
    if len(points) < _LONG or pen.style() is not Qt.PenStyle.SolidLine:
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(points))
        return
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    for one, other in pairwise(points):
        painter.drawLine(one, other)


def _point(painter: QPainter, point: Point, theme: Theme) -> None:
    ink, ground = theme.colour(_COLOURS[point.ink]), theme.colour(_COLOURS[Ink.GROUND])
    painter.setPen(QPen(ground if point.full else ink, 1.5 if point.full else 2))
    painter.setBrush(ink if point.full else ground)
    centre, r = QPointF(point.x, point.y), point.radius
    if point.shape is Dot.ROUND:
        painter.drawEllipse(centre, r, r)
    elif point.shape is Dot.SQUARE:
        painter.drawRect(QRectF(point.x - r, point.y - r, 2 * r, 2 * r))
    else:
        corners = ((0, -r), (r, 0), (0, r), (-r, 0))
        painter.drawPolygon(QPolygonF([QPointF(point.x + x, point.y + y) for x, y in corners]))
