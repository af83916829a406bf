"""Where this desk stands, who is at it, the search, and the lock."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from pdtdesk.ui.shortcuts import Shortcut
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.card import button
from pdtdesk.ui.widgets.flow import FlowLayout
from pdtdesk.ui.widgets.search import SearchBox
from pdtdesk.ui.widgets.words import room_for, words


@dataclass(frozen=True, slots=True)
class TopFacts:
    """`place`: establishment and desk (`HMP Ashmoor · Reception 1`); `person`: role and name, empty when nobody."""

    place: str
    person: str = ""
    demonstration: bool = False


class TopBar(QFrame):
    """One row where there is room; the search goes to a second row where there is not."""

    lock_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setProperty("kind", "topbar")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.space("l"), theme.space("xs"), theme.space("l"), theme.space("xs"))
        self._grid.setHorizontalSpacing(theme.space("l"))
        self._grid.setVerticalSpacing(theme.space("xs"))
        self._left, self._right = QWidget(self), QWidget(self)
        left = FlowLayout(self._left, theme.space("l"), 0)
        self._product: QLabel = words("PDT Desk", "product", parent=self._left)
        self._place = words("", "muted", parent=self._left)
        self._demonstration = words("DEMONSTRATION", "demo", parent=self._left)
        for label in (self._product, self._place, self._demonstration):
            left.addWidget(label)
        self.search = SearchBox(
            "Search name, prison number, NHS number, cell",
            Shortcut.SEARCH.shown,
            self,
            short="Search name, number, cell",
        )
        self._row = right = FlowLayout(self._right, theme.space("l"), 0, from_right=True)
        self._clock = words("", parent=self._right)
        self._person = words("", "strong", parent=self._right)
        self.lock = button(f"Lock  {Shortcut.LOCK.shown}", parent=self._right)
        self.lock.setAccessibleName("Lock the desk")
        self.lock.clicked.connect(self.lock_asked)
        for thing in (self._clock, self._person, self.lock):
            right.addWidget(thing)
        self._two_rows: bool | None = None
        self._reflow()

    def show_facts(self, facts: TopFacts) -> None:
        """Another desk, another person, or nobody."""
        self._place.setText(facts.place)
        self._place.setVisible(bool(facts.place))
        self._person.setText(facts.person)
        self._demonstration.setVisible(facts.demonstration)
        for thing in (self._person, self.lock, self.search):
            thing.setVisible(bool(facts.person))
        self._reflow()

    def show_clock(self, text: str) -> None:
        """The day and the time as given."""
        self._clock.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reflow()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # the words inside have another size
            self._reflow()
        return super().event(event)

    def _reflow(self) -> None:
        if not hasattr(self, "_two_rows"):
            return
        theme = current_theme()
        search = room_for(self.search.fontMetrics(), 40)
        parts = [part for part in (self._clock, self._person, self.lock) if not part.isHidden()]
        ends = sum(part.sizeHint().width() for part in (self._left, *parts))
        two_rows = ends + search + 5 * theme.space("l") > self.width() > 0
        if two_rows == self._two_rows:
            return
        self._two_rows = two_rows
        for thing in (self._left, self.search, self._right):
            self._grid.removeWidget(thing)
        for column in range(3):
            self._grid.setColumnStretch(column, 0)
        self._grid.removeWidget(self._clock)
        self._grid.addWidget(self._left, 0, 0)
        QWidget.setTabOrder(self.search.line, self.lock)
        if two_rows:
            # the clock stays in the first row; who is at the desk and the lock share the second with the search
            self._grid.addWidget(self._clock, 0, 1, 1, 2, Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(self.search, 1, 0, 1, 2)
            self._grid.addWidget(self._right, 1, 2)
            self._grid.setColumnStretch(0, 1)
        else:
            self._row.put_first(self._clock)
            self._grid.addWidget(self._right, 0, 2)
            self._grid.addWidget(self.search, 0, 1)
            self._grid.setColumnStretch(1, 1)
        self._clock.show()
        self.search.setMaximumWidth(16_777_215 if two_rows else search * 2)
