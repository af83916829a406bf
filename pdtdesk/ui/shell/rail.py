"""The stages on the left, each with how much is due."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.inputs.base import restyle
from pdtdesk.ui.widgets.words import words


@dataclass(frozen=True, slots=True)
class RailItem:
    """A stage: its id (also the name of its drawing), its label, and how many are due (None: nothing is counted)."""

    id: str
    label: str
    count: int | None = None


class _Stage(QPushButton):
    """One stage in the rail; narrow, it is a drawing with its count."""

    def __init__(self, item: RailItem, parent: QWidget) -> None:
        super().__init__(parent)
        self.item = item
        self.setCheckable(True)
        self.setProperty("kind", "rail")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, current_theme().space("s"), 0)
        row.addStretch(1)
        self.count: QLabel = words("", "count", parent=self)
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignVCenter)
        self._narrow = False
        self.toggled.connect(self._draw)
        self.show_item(item)

    def show_item(self, item: RailItem) -> None:
        """The same stage with another count."""
        self.item = item
        due = "" if item.count is None else f", {item.count:,} due"
        self.setAccessibleName(f"{item.label}{due}")
        self.setToolTip(f"{item.label}{due}" if self._narrow else "")
        self.count.setText("" if item.count is None else f"{item.count:,}")
        self.count.setVisible(item.count is not None)
        self._draw()

    def set_narrow(self, narrow: bool) -> None:
        """Only the drawing and the count."""
        self._narrow = narrow
        self.show_item(self.item)

    def room(self) -> int:
        """How wide it must be for its words; asked of the theme, as the buttons may not be dressed anew yet."""
        theme = current_theme()
        label = QFontMetrics(theme.font("base", "semibold")).horizontalAdvance(self.item.label)
        return label + self.room_for_count() + 4 * theme.space("m")

    def room_for_count(self) -> int:
        """How wide its count must be; 0 without one."""
        if self.item.count is None:
            return 0
        theme = current_theme()
        figures = QFontMetrics(theme.font("small", "semibold")).horizontalAdvance(f"{self.item.count:,}")
        return figures + 2 * theme.size("chip_x")

    def _draw(self) -> None:
        theme = current_theme()
        restyle(self.count, "chosen", "true" if self.isChecked() else "false")
        self.setText("" if self._narrow else self.item.label)
        icon = QIcon()
        if self._narrow:
            from pdtdesk.ui.theme.icons import drawing  # a drawing is drawn for a narrow window alone

            ink = theme.colour("rail_chosen_text" if self.isChecked() else "rail_text")
            side = theme.size("icon") + 4
            picture = drawing(theme.tokens.folder, self.item.id, ink, side, self.devicePixelRatioF())
            if picture is None:
                self.setText(self.item.label[:2])
            else:
                icon = QIcon(picture)
                self.setIconSize(QSize(side, side))
        self.setIcon(icon)
        self.setMinimumHeight(self.fontMetrics().height() + 4 * theme.size("pad_y"))


class Rail(QFrame):
    """`chosen(id)`: a stage; `asked(id)`: handbook or shortcuts, below."""

    chosen = Signal(str)
    asked = Signal(str)
    FOOT = (RailItem("handbook", "Handbook"), RailItem("shortcuts", "Shortcuts"))

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self.setAccessibleName("Stages")
        theme = current_theme()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.space("s"), theme.space("s"), theme.space("s"), theme.space("s"))
        self._column.setSpacing(2)
        self._stages: dict[str, _Stage] = {}
        self._current = ""
        self._narrow = False
        self._column.addStretch(1)
        self._foot = [self._make(item) for item in self.FOOT]
        for stage in self._foot:
            stage.setCheckable(False)
            self._column.addWidget(stage)

    def show_items(self, items: tuple[RailItem, ...]) -> None:
        """The stages in their order; only counts change when the stages are the same."""
        if tuple(self._stages) != tuple(item.id for item in items):
            for old in self._stages.values():
                self._column.removeWidget(old)
                old.hide()
                old.deleteLater()
            self._stages = {}
            before: QWidget | None = None
            for at, item in enumerate(items):
                stage = self._make(item)
                self._column.insertWidget(at, stage)
                self._stages[item.id] = stage
                if before is not None:
                    QWidget.setTabOrder(before, stage)
                before = stage
            for stage in self._foot:
                if before is not None:
                    QWidget.setTabOrder(before, stage)
                before = stage
        for item in items:
            self._stages[item.id].show_item(item)
        self.choose(self._current)
        self.set_narrow(self._narrow)

    def stops(self) -> tuple[QWidget, ...]:
        """Everything here that takes the keyboard, from the top."""
        return (*self._stages.values(), *self._foot)

    def choose(self, stage_id: str) -> None:
        """Mark the stage whose page is shown."""
        self._current = stage_id
        for name, stage in self._stages.items():
            stage.setChecked(name == stage_id)

    def take_focus(self) -> None:
        """Bring the keyboard to the stage that is shown."""
        stage = self._stages.get(self._current) or next(iter(self._stages.values()), None)
        if stage is not None:
            stage.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def is_narrow(self) -> bool:
        """Whether only drawings and counts are shown."""
        return self._narrow

    def wide_width(self) -> int:
        """How wide the rail must be for its words."""
        rooms = [stage.room() for stage in (*self._stages.values(), *self._foot)]
        return max(current_theme().tokens.size["rail"], max(rooms) + 2 * current_theme().space("s"))

    def set_narrow(self, narrow: bool) -> None:
        """Give the room to the page."""
        self._narrow = narrow
        for stage in (*self._stages.values(), *self._foot):
            stage.set_narrow(narrow)
        counts = [stage.room_for_count() for stage in self._stages.values()]
        theme = current_theme()
        needed = theme.size("icon") + max(counts, default=0) + 5 * theme.space("s") + theme.space("m")
        self.setFixedWidth(max(theme.size("rail_narrow"), needed) if narrow else self.wide_width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        stages = [*self._stages.values(), *self._foot]
        here = next((at for at, stage in enumerate(stages) if stage.hasFocus()), None)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if here is not None and step is not None:
            stages[(here + step) % len(stages)].setFocus(Qt.FocusReason.OtherFocusReason)
        elif here is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            stages[here].click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.set_narrow(self._narrow)

    def _make(self, item: RailItem) -> _Stage:
        stage = _Stage(item, self)
        stage.clicked.connect(self._on_clicked)
        return stage

    def _on_clicked(self) -> None:
        pressed = self.sender()
        if not isinstance(pressed, _Stage):
            return
        if pressed in self._foot:
            self.asked.emit(pressed.item.id)
        else:
            self.choose(self._current)  # the mark moves when the page has opened, and not before
            self.chosen.emit(pressed.item.id)
