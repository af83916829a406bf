"""Who was found, in a list under the search box; or that nobody was, and what to try."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QListView, QWidget

from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.overlay import Overlay
from pdtdesk.ui.widgets.rows import Row, RowDelegate, RowsModel
from pdtdesk.ui.widgets.words import room_for, words

_SHOWN_AT_ONCE = 8


class FoundPanel(Overlay):
    """`chosen(id)`. The keyboard stays in the box: it asks for a `step` or to `choose`."""

    chosen = Signal(str)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self._anchored = anchor
        self._list = QListView(self)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName("Found")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._found = RowsModel()
        self._found.setParent(self)
        self._list.setModel(self._found)
        self._list.setItemDelegate(RowDelegate(self._list))
        self._list.clicked.connect(self._on_clicked)
        self._nobody = words("", "muted", wrap=True, parent=self)
        self.body.addWidget(self._list)
        self.body.addWidget(self._nobody)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Who is listed."""
        return self._found.rows

    def show_found(self, text: str, rows: Sequence[Row]) -> None:
        """Open with the people found for what was typed."""
        self._found.show_rows(rows)
        if rows:
            self._list.setCurrentIndex(self._found.index(0))
        self._nobody.setText(f"Nobody here is called or numbered “{text}”. Try fewer letters, or the prison number.")
        self._list.setVisible(bool(rows))
        self._nobody.setVisible(not rows)
        wide = max(self._anchored.width(), room_for(self._anchored.fontMetrics(), 48))
        inner = wide - 2 * current_theme().space("s")
        shown = range(min(len(rows), _SHOWN_AT_ONCE))
        self._list.setFixedSize(inner, sum(self._list.sizeHintForRow(at) for at in shown) + 4 if rows else 0)
        self._nobody.setFixedWidth(inner)
        self.open_under(wide)

    def step(self, by: int) -> None:
        """Down the list or up; it ends at its ends."""
        here = self._list.currentIndex().row()
        self._list.setCurrentIndex(self._found.index(max(0, min(len(self.rows) - 1, here + by))))

    def choose(self) -> None:
        """Whoever is marked."""
        self._on_clicked(self._list.currentIndex())

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.rows[index.row()].id)
