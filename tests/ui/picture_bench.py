"""A bench for pictures: what the tests of pictures share."""

from itertools import combinations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from pdtdesk.ui.widgets.picture import Picture

Sizes = tuple[tuple[int, float], ...]
SIZES: Sizes = ((1100, 1.0), (620, 1.0), (1100, 2.0), (560, 2.0))
"""Widths with sizes of text: the page of a wide window, and the narrowest at the largest words."""


def painted(picture: Picture, width: int) -> QImage:
    """The picture as it is painted in a width, as high as it asks to be."""
    picture.resize(width, picture.heightForWidth(width))
    QApplication.processEvents()
    return picture.grab().toImage()


def faults(picture: Picture) -> list[str]:
    """Words of a picture that lie on each other or stick out of it, as sentences."""
    labels = picture.labels()
    found = [f"“{text}” is cut" for text, place in labels if not picture.rect().contains(place)]
    found += [
        f"“{one}” lies on “{other}”"
        for (one, first), (other, second) in combinations(labels, 2)
        if (both := first.intersected(second)).width() > 1 and both.height() > 1
    ]
    return found


def said(picture: Picture) -> str:
    """All words of a picture, in their order."""
    return " ".join(text for text, _ in picture.labels())


def darkness(image: QImage, x: int, top: int, bottom: int) -> float:
    """How dark a column is in grey, 0 to 1."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    values = [grey.pixelColor(x, y).lightnessF() for y in range(top, bottom)]
    return 1 - sum(values) / len(values)
