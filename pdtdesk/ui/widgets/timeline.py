"""Everything that was written about this person, newest first, beside any page."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.card import Card
from pdtdesk.ui.widgets.notice import EmptyState
from pdtdesk.ui.widgets.rows import Row
from pdtdesk.ui.widgets.worklist import Worklist


class Timeline(Card):
    """The panel that F6 opens. Rows: `title` what was written, `detail` when and by whom. `opened(id)`: Enter."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Timeline", "F6 closes", parent)
        self.list = Worklist("Timeline", self)
        self._empty = EmptyState(
            "Nothing is written yet", "What is recorded about this person will stand here, newest first.", "", self
        )
        self.add(self._empty, 1)
        self.add(self.list, 1)
        self.list.opened.connect(self.opened)
        self.setMinimumWidth(current_theme().width("worklist"))
        self.show_rows(())

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Other entries."""
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
