"""One look over any page, as a nurse with a keyboard, a screen reader and large words would have it."""

from collections import Counter
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from pdtdesk.ui.tokens import contrast
from pdtdesk.ui.widgets.inputs.base import Input
from pdtdesk.ui.widgets.stops import takes_the_keyboard

_TYPED = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)
_SHARPER = 3


def audit_page(page: QWidget, least: float = 4.5, *, colours: bool = True) -> list[str]:
    """What is wrong with a page that is shown in its window, as sentences; empty when nothing is.

    Names and buddies of inputs, text that is cut, Tab order against reading order, contrast below `least` to 1
    (`colours`: not where the same colours were looked at in another size; it takes the longest).
    """
    QApplication.processEvents()
    return [
        *_without_name(page),
        *_without_label(page),
        *_cut(page),
        *_out_of_order(page),
        *(_too_faint(page, least) if colours else ()),
    ]


def _who(widget: QWidget) -> str:
    words = widget.accessibleName() or getattr(widget, "text", lambda: "")()
    return f"{type(widget).__name__} “{str(words)[:40]}”"


def _shown(page: QWidget, *kinds: type[QWidget]) -> list[QWidget]:
    return [w for w in page.findChildren(QWidget) if isinstance(w, kinds) and w.isVisibleTo(page) and not _inner(w)]


def _inner(widget: QWidget) -> bool:
    """Parts that Qt makes inside a widget."""
    above = widget.parentWidget()
    return isinstance(above, QComboBox | QAbstractSpinBox) or widget.objectName().startswith("qt_")


def _without_name(page: QWidget) -> list[str]:
    inputs = _shown(page, *_TYPED, QAbstractButton, QAbstractItemView)
    return [
        f"{_who(widget)} has no accessible name: a screen reader would say nothing."
        for widget in inputs
        if not widget.accessibleName().strip() and takes_the_keyboard(widget)
    ]


def _without_label(page: QWidget) -> list[str]:
    buddies = {label.buddy() for label in page.findChildren(QLabel)}
    found = []
    for widget in _shown(page, *_TYPED):
        above = widget.parentWidget()
        family = above.targets() if isinstance(above, Input) else (widget,)
        if widget.property("kind") != "search" and buddies.isdisjoint(family):
            found.append(f"{_who(widget)} is nobody's buddy: it was not made by the field builder.")
    return found


def _cut(page: QWidget) -> list[str]:
    found = []
    for widget in _shown(page, QLabel, QPushButton):
        if not str(widget.text()).strip():
            continue
        needed = widget.sizeHint()
        if isinstance(widget, QLabel) and widget.wordWrap():
            if widget.heightForWidth(widget.width()) > widget.height() + 1:
                found.append(f"{_who(widget)} is cut: it needs {widget.heightForWidth(widget.width())} px of height.")
        elif needed.width() > widget.width() + 1 or needed.height() > widget.height() + 1:
            found.append(
                f"{_who(widget)} is cut: it needs {needed.width()} by {needed.height()} px and "
                f"has {widget.width()} by {widget.height()}."
            )
        above = widget.parentWidget()
        if above is not None and above is not page and not above.rect().contains(widget.geometry()):
            found.append(f"{_who(widget)} runs out of what holds it.")
    for line in _shown(page, QLineEdit):
        assert isinstance(line, QLineEdit)
        ghost = line.placeholderText() if not line.text() else ""
        if ghost and line.property("kind") != "search" and line.fontMetrics().horizontalAdvance(ghost) > line.width():
            found.append(f"{_who(line)}: “{ghost}” is cut.")
    return found


def _out_of_order(page: QWidget) -> list[str]:
    stops: list[QWidget] = []
    here = page.nextInFocusChain()
    while here is not None and here is not page:
        if page.isAncestorOf(here) and takes_the_keyboard(here) and not _inner(here):
            stops.append(here)
        here = here.nextInFocusChain()
    found = []
    for one, other in pairwise(stops):
        common = _common(one, other)
        if common is None or common.property("tabOrder") == "logical":
            continue
        first, then = _place(one, common), _place(other, common)
        above = then.bottom() < first.top()
        left = then.right() < first.left() and then.top() <= first.bottom() and first.top() <= then.bottom()
        if above or left:
            found.append(f"Tab goes from {_who(one)} back to {_who(other)}, which is read before it.")
    return found


def _common(one: QWidget, other: QWidget) -> QWidget | None:
    above = one.parentWidget()
    while above is not None and not above.isAncestorOf(other):
        above = above.parentWidget()
    return above


def _place(widget: QWidget, within: QWidget) -> QRect:
    """Where the part of `within` that holds the widget stands; a widget of its own row stands by itself."""
    part = widget
    while part.parentWidget() is not within and part.parentWidget() is not None:
        part = part.parentWidget()
    return part.geometry()


def _too_faint(page: QWidget, least: float) -> list[str]:
    waiting = {w for w in _shown(page, QLabel, QPushButton) if w.isEnabled() and str(w.text()).strip()}
    found: list[str] = []
    areas = [area for area in page.findChildren(QScrollArea) if area.isVisibleTo(page)]
    _look(page, waiting, least, found)
    for area in areas:
        bar = area.verticalScrollBar()
        stood = bar.value()
        for at in (*range(0, bar.maximum(), max(area.viewport().height() // 2, 1)), bar.maximum()):
            bar.setValue(at)
            QApplication.processEvents()
            _look(page, waiting, least, found)
        bar.setValue(stood)
    return found


def _look(page: QWidget, waiting: set[QWidget], least: float, found: list[str]) -> None:
    """Read the colours of all texts that are wholly in sight, from the picture itself."""
    picture = QImage(page.size() * _SHARPER, QImage.Format.Format_RGB32)
    picture.fill(page.palette().window().color())
    painter = QPainter(picture)
    painter.scale(_SHARPER, _SHARPER)
    page.render(painter, QPoint(0, 0))
    painter.end()
    for widget in list(waiting):
        if widget.visibleRegion().boundingRect() != widget.rect():
            continue
        waiting.discard(widget)
        corner = widget.mapTo(page, QPoint(0, 0))
        inside = QRect(corner, widget.size()).adjusted(2, 2, -2, -2).intersected(page.rect())
        spot = QRect(inside.topLeft() * _SHARPER, inside.size() * _SHARPER)
        ratio = _ratio(picture.copy(spot))
        if ratio < least:
            found.append(f"{_who(widget)}: contrast {ratio:.1f} to 1, less than {least:g}.")


def _ratio(picture: QImage) -> float:
    """The contrast of the ground (the commonest colour) and the ink (the farthest from it that is no stray dot)."""
    raw = bytes(picture.constBits())
    dots = Counter(raw[at : at + 4] for at in range(0, len(raw) - 3, 4))
    if len(dots) < 2:
        return 21.0
    enough = max(3, sum(dots.values()) // 4000)
    ground = _hex(dots.most_common(1)[0][0])
    return max((contrast(ground, _hex(dot)) for dot, count in dots.items() if count >= enough), default=1.0)


def _hex(dot: bytes) -> str:
    return f"#{dot[2]:02x}{dot[1]:02x}{dot[0]:02x}"
