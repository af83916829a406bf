"""A few drawings for places where words do not fit: the rail of stages when it is narrow."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer


def drawing(folder: Path, name: str, colour: QColor, side: int, ratio: float = 1.0) -> QPixmap | None:
    """The drawing `folder/icons/name.svg` in one colour, `side` pixels square; None where there is none."""
    file = folder / "icons" / f"{name}.svg"
    if not file.is_file():
        return None
    svg = file.read_text(encoding="utf-8").replace("#000000", colour.name())
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side * ratio, side * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
