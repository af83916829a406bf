"""People in a list: a bold name, a grey line, a chip, a count. Painted, not built, so that 1,000 stay quick."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pdtdesk.ui.theme import Theme, current_theme
from pdtdesk.ui.widgets.words import ChipFacts

_Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Row:
    """One person (or task) to be chosen: `title` bold, `detail` grey below it, a chip and a count on the right."""

    id: str
    title: str
    detail: str = ""
    chip: ChipFacts | None = None
    count: str = ""


class RowsModel(QAbstractListModel):
    """Frozen rows for a list view."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows in place of those shown."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (row.title, row.detail, row.chip.word if row.chip else "", row.count)
            return ", ".join(part for part in parts if part)
        return None


class RowDelegate(QStyledItemDelegate):
    """Paints a row from the theme as it is now."""

    _wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        theme = current_theme()
        row = index.data(_ROW)
        wide = option.rect.width()
        if wide <= 0 and option.widget is not None:
            wide = option.widget.width() - theme.size("scroll_bar")
        inner = max(40, wide - 2 * theme.space("s"))
        title = self._title_height(row, theme, inner)
        detail = self._text_height(row.detail, theme.font("small"), inner) if row.detail else 0
        return QSize(inner, title + detail + 2 * theme.space("xs") + theme.space("xs"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = current_theme()
        row = index.data(_ROW)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("chosen" if chosen else "hover"))
            painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), theme.radius("chip"), theme.radius("chip"))
        place = option.rect.adjusted(theme.space("s"), theme.space("xs"), -theme.space("s"), -theme.space("xs"))
        room = place.width() - self._paint_right(painter, theme, row, place)
        bold = theme.font("base", "semibold")
        height = self._title_height(row, theme, place.width())
        painter.setFont(bold)
        painter.setPen(theme.colour("chosen_text" if chosen else "heading"))
        painter.drawText(QRect(place.x(), place.y(), room, height), self._wrap, row.title)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("muted"))
        below = place.adjusted(0, height, 0, 0)
        painter.drawText(below, self._wrap, row.detail)
        painter.restore()

    def _title_height(self, row: Row, theme: Theme, inner: int) -> int:
        room = inner - self._right_width(row, theme)
        return self._text_height(row.title, theme.font("base", "semibold"), room)

    def _text_height(self, text: str, font: QFont, wide: int) -> int:
        metrics = QFontMetrics(font)
        if metrics.horizontalAdvance(text) <= wide:
            return metrics.lineSpacing()
        return metrics.boundingRect(QRect(0, 0, max(wide, 20), 10_000), self._wrap, text).height()

    def _right_width(self, row: Row, theme: Theme) -> int:
        metrics = QFontMetrics(theme.font("small", "semibold"))
        wide = 0
        if row.count:
            wide += metrics.horizontalAdvance(row.count) + theme.space("s")
        if row.chip is not None:
            wide += metrics.horizontalAdvance(row.chip.word) + 2 * theme.size("chip_x") + theme.space("s")
        return wide

    def _paint_right(self, painter: QPainter, theme: Theme, row: Row, place: QRect) -> int:
        """Chip and count at the right end; the width that they took."""
        font = theme.font("small", "semibold")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        right, tall = place.right() + 1, metrics.height() + 2 * theme.size("chip_y")
        if row.count:
            wide = metrics.horizontalAdvance(row.count)
            painter.setPen(theme.colour("muted"))
            spot = QRect(right - wide, place.y(), wide, tall)
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, row.count)
            right -= wide + theme.space("s")
        if row.chip is not None:
            wide = metrics.horizontalAdvance(row.chip.word) + 2 * theme.size("chip_x")
            spot = QRect(right - wide, place.y(), wide, tall)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(row.chip.tone.value))
            painter.drawRoundedRect(spot, theme.radius("chip"), theme.radius("chip"))
            painter.setPen(theme.colour(f"{row.chip.tone}_text"))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, row.chip.word)
            right -= wide + theme.space("s")
        return place.right() + 1 - right
