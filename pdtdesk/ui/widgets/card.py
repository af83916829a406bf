"""A white card with its heading, and the page that holds cards and scrolls."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.flow import FlowLayout
from pdtdesk.ui.widgets.inputs.base import restyle
from pdtdesk.ui.widgets.stops import bring_into_sight
from pdtdesk.ui.widgets.words import Chip, words


class Card(QFrame):
    """One part of a stage: its title, a note or chip on the right, and what belongs to it below (`body`)."""

    def __init__(self, title: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setProperty("kind", "card")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.space("m"), theme.space("s"), theme.space("m"), theme.space("m"))
        whole.setSpacing(theme.space("s"))
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.space("s"))
        self.title = words(title, "heading", wrap=True, parent=self)
        self.note = words(note, "note", wrap=True, parent=self)
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head.addWidget(self.title)
        self.head.addWidget(self.note)
        whole.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.space("s"))
        whole.addLayout(self.body, 1)
        self.setAccessibleName(title)
        self.set_note(note)

    def set_title(self, title: str) -> None:
        """Another heading."""
        self.title.setText(title)
        self.setAccessibleName(title)
        self._share()

    def set_note(self, note: str) -> None:
        """The grey words on the right; empty takes them away."""
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self._share()

    def _share(self) -> None:
        """Title and note share the line by the length of their words."""
        self.head.setStretch(0, max(len(self.title.text()) * 3 // 2, 6))
        self.head.setStretch(1, len(self.note.text()))

    def put_chip(self, chip: Chip) -> None:
        """A chip at the right of the heading."""
        self.head.addWidget(chip)

    def set_chosen(self, chosen: bool) -> None:
        """Mark the one of several cards that stands."""
        restyle(self, "chosen", "true" if chosen else "false")

    def add(self, thing: QWidget | QLayout, stretch: int = 0) -> None:
        """Put something under what is there."""
        if isinstance(thing, QLayout):
            self.body.addLayout(thing, stretch)
        else:
            self.body.addWidget(thing, stretch)


class Scrolled(QScrollArea):
    """A column of cards that scrolls up and down; fields bring themselves into sight when they get the keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hugs = self._from_top = False
        self.setViewport(QWidget(self))  # the ground shows through it, as it does not through one that Qt makes
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        inside = QWidget(self)
        inside.setProperty("kind", "body")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, current_theme().space("xs"), 0)
        self.column.setSpacing(current_theme().space("s"))
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.verticalScrollBar().actionTriggered.connect(self._on_scrolled)

    def add(self, thing: QWidget, stretch: int = 0) -> None:
        """Put a card under what is there."""
        self.column.addWidget(thing, stretch)

    def end(self) -> None:
        """Leave the rest of the height free."""
        self.column.addStretch(1)

    def hug(self) -> None:
        """Take no more height than what is inside, and all of that where there is room: buttons stand under it."""
        self._hugs = True
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def to_top(self) -> None:
        """Show it from its beginning, also where it is laid out only later; a hand that scrolls ends that."""
        self._from_top = True
        self.verticalScrollBar().setValue(0)
        self._keep_in_sight()

    def _on_scrolled(self) -> None:
        self._from_top = False

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._hugs and self.column.hasHeightForWidth():
            hint.setHeight(self.column.heightForWidth(self.viewport().width()))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._hugs and event.size().width() != event.oldSize().width():
            self.updateGeometry()
        self._keep_in_sight()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        done = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.Resize and watched is self.widget():
            self._keep_in_sight()
        return done

    def _keep_in_sight(self) -> None:
        """What has the keyboard has been laid out anew, or has less room: it may lie under the foot of the page."""
        if self._from_top:
            self.verticalScrollBar().setValue(0)
        here = QApplication.focusWidget()
        if here is not None and self.isAncestorOf(here):
            bring_into_sight(here)


def button_row(*buttons: QPushButton, parent: QWidget | None = None) -> QWidget:
    """The buttons at the foot of a page, at the right; they go to a second row where the words are large."""
    box = QWidget(parent)
    flow = FlowLayout(box, current_theme().space("s"), current_theme().space("xs"), from_right=True)
    for one in buttons:
        flow.addWidget(one)
    return box


class _Button(QPushButton):
    """A button that Enter presses as Space does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)


def button(text: str, kind: str = "", parent: QWidget | None = None) -> QPushButton:
    """A button: "primary" for the one thing this page is for, "danger" for what cannot be taken back, else plain."""
    made = _Button(text, parent)
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    made.setAccessibleName(text.replace("&&", "\0").replace("&", "").replace("\0", "&"))
    return made
