"""Said in place, in a panel, never in a dialog that takes the window away; and what an empty page says."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import button
from pdtdesk.ui.widgets.inputs.base import look_again, restyle
from pdtdesk.ui.widgets.words import words

_MARKS = {Tone.RED: "✕", Tone.AMBER: "!", Tone.GREEN: "✓", Tone.BLUE: "i", Tone.GREY: "i"}


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done about it: what is announced, and the words on the button."""

    id: str
    label: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence to be read, and what can be done. `CLOSE` is always among the buttons unless `stays`."""

    sentence: str
    tone: Tone = Tone.BLUE
    actions: tuple[Action, ...] = ()
    stays: bool = False


class NoticeBar(QFrame):
    """One notice above the page. `chosen(action id)`; closing announces "close". Focus stays where it was."""

    chosen = Signal(str)
    CLOSE = "close"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setProperty("kind", "notice")
        self.notice: Notice | None = None
        self._buttons: list[QPushButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space("m"), theme.space("s"), theme.space("s"), theme.space("s"))
        row.setSpacing(theme.space("s"))
        self._mark = words("", "strong", parent=self)
        self._sentence = words("", wrap=True, parent=self)
        self._row = row
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._sentence, 1)
        self.hide()

    def show_notice(self, notice: Notice | None) -> None:
        """Say this in place of what was said; None takes it away."""
        self.notice = notice
        for old in self._buttons:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = []
        self.setVisible(notice is not None)
        if notice is None:
            return
        restyle(self, "tone", notice.tone.value)
        for label in (self._mark, self._sentence):
            look_again(label)
        self._mark.setText(_MARKS[notice.tone])
        self._sentence.setText(notice.sentence)
        self.setAccessibleName(notice.sentence)
        close = () if notice.stays else (Action(self.CLOSE, "Close"),)
        for action in (*notice.actions, *close):
            made = button(action.label, action.kind, self)
            made.setProperty("action", action.id)
            made.clicked.connect(self._on_clicked)
            self._row.addWidget(made)
            self._buttons.append(made)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt may keep a height that was measured before the words were dressed: it is asked once more."""
        super().resizeEvent(event)
        if self.heightForWidth(self.width()) != self.height():
            self._row.invalidate()
            self.updateGeometry()

    def say(self, sentence: str, tone: Tone = Tone.BLUE) -> None:
        """A sentence with nothing to decide."""
        self.show_notice(Notice(sentence, tone))

    def take_focus(self) -> None:
        """The keyboard comes to what can be done about it."""
        if self._buttons:
            self._buttons[0].show()  # at once, or the keyboard cannot stand on it yet
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def sentence(self) -> str:
        """What stands here now; empty when nothing does."""
        return self.notice.sentence if self.notice is not None else ""

    def _on_clicked(self) -> None:
        pressed = self.sender()
        action = str(pressed.property("action")) if pressed is not None else self.CLOSE
        if action == self.CLOSE:
            self.show_notice(None)
        self.chosen.emit(action)


class EmptyState(QWidget):
    """Nothing here yet: what will appear, and how to begin. `begun`: the one button was pressed."""

    begun = Signal()

    def __init__(self, title: str, sentence: str, begin: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(current_theme().space("s"))
        column.addStretch(1)
        heading = words(title, "heading", wrap=True, parent=self)
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        said = words(sentence, "muted", wrap=True, parent=self)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(heading)
        column.addWidget(said)
        self.begin: QPushButton | None = None
        if begin:
            self.begin = button(begin, "primary", self)
            self.begin.clicked.connect(self.begun)
            column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
