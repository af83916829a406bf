"""What every input answers to, whatever it looks like."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property that the sheet of styles looks at, and have it looked at again."""
    if (widget.property(name) or "") == value:
        return
    widget.setProperty(name, value)
    look_again(widget)
    widget.update()


def look_again(widget: QWidget) -> None:
    """Dress a widget by what its properties say now; one that has not been dressed yet will be, before it shows."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Input(QWidget):
    """One answer as it is being given. Values are text in canonical words, or None for no answer.

    `edited`: the answer changed by hand and stands. `typed`: it is being typed, letter by letter.
    `leave(+1 | -1)`: Enter or Shift+Enter.
    `refused(sentence)`: what was typed or pasted was not taken, and what stood still stands.
    `hinted(words)`: what is understood so far. `entered` and `left`: the keyboard came and went.
    """

    edited = Signal()
    typed = Signal()
    leave = Signal(int)
    refused = Signal(str)
    hinted = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)

    def value(self) -> str | None:
        """The answer as it is recorded; None when there is none or what is typed cannot be read."""
        raise NotImplementedError

    def set_value(self, value: str | None) -> None:
        """Show a recorded answer; nothing is announced."""
        raise NotImplementedError

    def typed_words(self) -> str:
        """What stands here letter by letter, whether or not it can be read as an answer."""
        return self.value() or ""

    def show_typed(self, words: str) -> None:
        """Show what was typed before and could not be read; nothing is announced."""

    def problem(self) -> str:
        """Why what stands here cannot be recorded, as a sentence; empty when it can."""
        return ""

    def settle(self) -> None:
        """What is half typed is the answer: announce it where it is new."""

    def targets(self) -> Sequence[QWidget]:
        """The widgets that take the keyboard, the label's buddy first."""
        raise NotImplementedError

    def target(self) -> QWidget:
        """Where the keyboard goes when this question is asked."""
        return self.targets()[0]

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        for widget in self.targets():
            widget.setEnabled(not read_only)

    def set_state(self, state: str) -> None:
        """One of "", prefill, error, notasked."""
        for widget in self.targets():
            restyle(widget, "state", state)

    def set_ghost(self, words: str) -> bool:
        """Show words where the answer will stand; False when this input has no room for them."""
        return not words

    def set_names(self, name: str, description: str) -> None:
        """What a screen reader says."""
        for widget in self.targets():
            widget.setAccessibleName(name)
            widget.setAccessibleDescription(description)

    def clear(self) -> None:
        """No answer."""
        self.set_value(None)

    def watch(self, *widgets: QWidget) -> None:
        """Follow the keyboard in these widgets: Enter moves on, coming and going are announced."""
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Shift+Enter; subclasses take their own keys in `key`."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.takes_enter(event):
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.leave.emit(-1 if back else 1)
                return True
            if self.key(watched, event):
                return True
        elif event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        elif event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)

    def takes_enter(self, event: QKeyEvent) -> bool:
        """Whether Enter means "next question" here; Ctrl+Enter never does."""
        return not event.modifiers() & Qt.KeyboardModifier.ControlModifier

    def key(self, watched: QObject, event: QKeyEvent) -> bool:  # noqa: ARG002 - subclasses look at both
        """A key of this kind of input; True when it was taken."""
        return False
