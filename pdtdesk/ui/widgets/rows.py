"""People in a list: a bold name, a grey line, a chip, a count. Painted, not built, so that 1,000 stay quick."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pdtdesk.ui.theme import Theme, current_theme
from pdtdesk.ui.widgets.words import ChipFacts

_Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole
_MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
_BREAKS = QTextOption()
_BREAKS.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


@dataclass(frozen=True, slots=True)
class Row:
    """One person (or task) to be chosen: `title` bold, a count on its right, below it a chip and the `detail`.

    `figure` stands large on a line of its own under the title: a medicine and its dose.
    """

    id: str
    title: str
    detail: str = ""
    chip: ChipFacts | None = None
    count: str = ""
    figure: str = ""


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
            parts = (row.title, row.figure, row.detail, row.chip.word if row.chip else "", row.count)
            return ", ".join(part for part in parts if part)
        return None


def whole(dose: str) -> str:
    """A dose with its unit held to its number (`10 mg`): a line never ends between them."""
    return "\u00a0".join(dose.rsplit(" ", 1))


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
        _, below = self._detail(row, theme, inner)
        title += self._figure_height(row, theme, inner)
        return QSize(inner, title + below + 2 * theme.space("xs") + theme.space("xs"))

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
        height = self._title_height(row, theme, place.width())
        room = place.width() - self._count_width(row, theme)
        painter.setFont(theme.font("base", "semibold"))
        painter.setPen(theme.colour("chosen_text" if chosen else "heading"))
        painter.drawText(QRect(place.x(), place.y(), room, height), self._wrap, row.title)
        painter.setPen(theme.colour("muted"))
        if row.count:
            painter.setFont(theme.font("small", "semibold"))
            spot = QRect(place.x() + room, place.y(), place.width() - room, height)
            painter.drawText(spot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, row.count)
        if row.figure:
            tall = self._figure_height(row, theme, place.width())
            painter.setFont(theme.font("large", "bold"))
            painter.setPen(theme.colour("chosen_text" if chosen else "dose"))
            painter.drawText(QRect(place.x(), place.y() + height, place.width(), tall), self._wrap, whole(row.figure))
            height += tall
        self._paint_below(painter, theme, row, place.adjusted(0, height, 0, 0))
        painter.restore()

    def _paint_below(self, painter: QPainter, theme: Theme, row: Row, place: QRect) -> None:
        """The chip, and the grey words flowing on behind and below it."""
        detail, _ = self._detail(row, theme, place.width())
        detail.draw(painter, QPointF(place.topLeft()))
        if row.chip is None:
            return
        metrics = QFontMetrics(theme.font("small", "semibold"))
        wide, tall = self._chip_size(row.chip, theme)
        spot = QRect(place.x(), place.y() + theme.size("chip_y") // 2, wide, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(row.chip.tone.value))
        painter.drawRoundedRect(spot, theme.radius("chip"), theme.radius("chip"))
        painter.setFont(theme.font("small", "semibold"))
        painter.setPen(theme.colour(f"{row.chip.tone}_text"))
        painter.drawText(spot.adjusted(0, (tall - metrics.height()) // 2, 0, 0), _MIDDLE, row.chip.word)

    def _title_height(self, row: Row, theme: Theme, inner: int) -> int:
        room = inner - self._count_width(row, theme)
        return self._text_height(row.title, theme.font("base", "semibold"), room)

    def _figure_height(self, row: Row, theme: Theme, inner: int) -> int:
        return self._text_height(whole(row.figure), theme.font("large", "bold"), inner) if row.figure else 0

    def _text_height(self, text: str, font: QFont, wide: int) -> int:
        metrics = QFontMetrics(font)
        if metrics.horizontalAdvance(text) <= wide:
            return metrics.lineSpacing()
        return metrics.boundingRect(QRect(0, 0, max(wide, 20), 10_000), self._wrap, text).height()

    def _count_width(self, row: Row, theme: Theme) -> int:
        if not row.count:
            return 0
        return QFontMetrics(theme.font("small", "semibold")).horizontalAdvance(row.count) + theme.space("s")

    def _chip_size(self, chip: ChipFacts, theme: Theme) -> tuple[int, int]:
        metrics = QFontMetrics(theme.font("small", "semibold"))
        return metrics.horizontalAdvance(chip.word) + 2 * theme.size("chip_x"), metrics.height() + theme.size(
            "chip_y"
        )

    def _detail(self, row: Row, theme: Theme, inner: int) -> tuple[QTextLayout, int]:
        """The words below the title, broken into lines beside and under the chip; and how tall they stand."""
        font = theme.font("small")
        if not row.detail and row.chip is None:
            return QTextLayout(), 0
        laid = QTextLayout(row.detail, font)
        laid.setTextOption(_BREAKS)
        chip_wide, chip_tall = self._chip_size(row.chip, theme) if row.chip is not None else (0, 0)
        indent = chip_wide + theme.space("xs") + 2 if chip_wide else 0
        if indent and row.detail and QFontMetrics(font).horizontalAdvance(row.detail.split()[0]) > inner - indent:
            indent = 0  # not even one word fits beside the chip
        y = float(theme.size("chip_y")) if indent else float(chip_tall + theme.size("chip_y") if chip_wide else 0)
        laid.beginLayout()
        while (line := laid.createLine()).isValid():
            first = line.lineNumber() == 0
            line.setLineWidth(max(inner - (indent if first else 0), 20))
            line.setPosition(QPointF(indent if first else 0, y))
            y += max(line.height(), chip_tall) if first and indent else line.height()
        laid.endLayout()
        return laid, int(max(y, chip_tall + theme.size("chip_y") if chip_wide else 0) + 0.5)
