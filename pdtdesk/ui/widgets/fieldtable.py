"""Substances, doses, medicines: one row each, a field in each column, and words that are never cut."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLayout, QVBoxLayout, QWidget

from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.field import Field
from pdtdesk.ui.widgets.flow import FlowLayout
from pdtdesk.ui.widgets.spec import Look
from pdtdesk.ui.widgets.words import room_for, words


class FieldTable(QWidget):
    """A table of fields under their heads; too narrow for that, each row becomes its name and its labelled fields.

    `heads` begins with the head of the names. A cell without a question is None. `short` are the labels that a field
    wears when it stands in a row of its own (by default the heads).
    """

    def __init__(self, heads: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heads = tuple(heads)
        self._rows: list[tuple[QLabel, tuple[Field | None, ...]]] = []
        self._head_labels = [words(head, "note", parent=self) for head in heads]
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        # the table itself must not keep the page too wide for the table to fold
        self._whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._holder: QWidget | None = None
        self._folded: bool | None = None
        self._growing = False

    def add_row(self, name: str, fields: Sequence[Field | None]) -> None:
        """One more row; call `arrange` after the last."""
        label = words(name, "strong", wrap=True, parent=self)
        for head, field in zip(self._heads[1:], fields, strict=True):
            if field is not None:
                field.setParent(self)
                field.set_label(head)
        self._rows.append((label, tuple(fields)))

    def show_rows_until_empty(self) -> None:
        """Show the rows in which something stands, and one more; a row comes when the one before it is begun."""
        self._growing = True
        spare = 0
        for label, fields in self._rows:
            begun = any(field is not None and (field.value() or field.past) for field in fields)
            for each in (label, *fields):
                if each is not None:
                    each.setVisible(begun or spare == 0)
            spare += not begun

    def is_folded(self) -> bool:
        """Whether each row stands by itself."""
        return bool(self._folded)

    def arrange(self) -> None:
        """Lay it out for the width that there is."""
        folded = 0 < self.width() < self._table_width()
        if folded == self._folded:
            return
        self._folded = folded
        holder = QWidget(self)
        if folded:
            self._as_rows(holder)
        else:
            self._as_table(holder)
        if self._holder is not None:
            self._whole.removeWidget(self._holder)
            self._holder.deleteLater()
        self._holder = holder
        self._whole.addWidget(holder)
        holder.show()
        if self._growing:
            self.show_rows_until_empty()

    def minimumSizeHint(self) -> QSize:
        fields = [field for _, fields in self._rows for field in fields if field is not None]
        widest = max((f.input.minimumSizeHint().width() + f.label.sizeHint().width() for f in fields), default=0)
        return QSize(widest + current_theme().space("l"), self._whole.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.LayoutRequest and getattr(self, "_folded", None) is not None
        ):  # the words have another size
            self.arrange()
        return super().event(event)

    def _name_width(self) -> int:
        return room_for(self.fontMetrics(), 16)

    def _table_width(self) -> int:
        room = current_theme().space("s")
        wide = self._name_width()
        for column in range(len(self._heads) - 1):
            fields = [fields[column] for _, fields in self._rows]
            hints = [field.input.minimumSizeHint().width() for field in fields if field is not None]
            head = self._head_labels[column + 1].sizeHint().width()
            wide += max([head, *hints]) + room
        return wide

    def _as_table(self, holder: QWidget) -> None:
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(current_theme().space("s"))
        grid.setVerticalSpacing(current_theme().space("xs"))
        for column, head in enumerate(self._head_labels):
            head.setParent(holder)
            grid.addWidget(head, 0, column)
            head.show()
        for at, (label, fields) in enumerate(self._rows, start=1):
            label.setParent(holder)
            label.setMinimumWidth(self._name_width())
            grid.addWidget(label, at, 0)
            label.show()
            for column, field in enumerate(fields, start=1):
                if field is not None:
                    field.setParent(holder)
                    field.set_look(Look.BARE)
                    grid.addWidget(field, at, column)
                    field.show()
        grid.setColumnStretch(0, 1)

    def _as_rows(self, holder: QWidget) -> None:
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space("xs"))
        for head in self._head_labels:
            head.setParent(self)
            head.hide()
        for label, fields in self._rows:
            label.setParent(holder)
            label.setMinimumWidth(0)
            column.addWidget(label)
            label.show()
            box = QWidget(holder)
            flow = FlowLayout(box, current_theme().space("l"), current_theme().space("xs"))
            for field in fields:
                if field is not None:
                    field.setParent(box)
                    field.set_look(Look.INLINE)
                    flow.addWidget(field)
                    field.show()
            column.addWidget(box)
