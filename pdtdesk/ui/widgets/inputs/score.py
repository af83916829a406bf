"""One item of a rating scale: a digit key gives the score, and its words stand beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.inputs.base import Input, look_again
from pdtdesk.ui.widgets.overlay import Overlay
from pdtdesk.ui.widgets.spec import FieldSpec
from pdtdesk.ui.widgets.words import room_for


class ScoreInput(Input):
    """A box for one digit (two where the scale has ten and more). Only the scale's own scores are taken.

    While the keyboard is here, what each score stands for is shown under the box.
    """

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.words = {choice.word: choice.label for choice in spec.choices}
        self.box = QLineEdit(self)
        self.box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.box.setReadOnly(False)
        self.box.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.box.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.box.setAcceptDrops(False)
        self.row.addWidget(self.box)
        self._overlay: Overlay | None = None
        self._fitted: tuple[object, ...] = ()
        self._locked = False
        self.entered.connect(self._on_come)
        self.left.connect(self._close)
        self.watch(self.box)
        self._fit()

    def targets(self) -> Sequence[QWidget]:
        return (self.box,)

    def value(self) -> str | None:
        typed = self.box.text()
        return typed if typed in self.words else None

    def set_value(self, value: str | None) -> None:
        self.box.setText(value if value in self.words else "")

    def set_read_only(self, read_only: bool) -> None:
        self._locked = read_only
        self.box.setReadOnly(read_only)
        look_again(self.box)

    def set_ghost(self, words: str) -> bool:
        self.box.setPlaceholderText(words if len(words) <= 2 else "")
        return len(words) <= 2

    def key(self, watched: QObject, event: QKeyEvent) -> bool:  # noqa: ARG002
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            if not self._locked and self.box.text():
                self.box.clear()
                self.edited.emit()
            return True
        pressed = event.text()
        if not pressed.strip() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # paste would bring in what the scale does not have
            return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) and event.key() == Qt.Key.Key_V
        if not self._locked:
            self._press(pressed)
        return True

    def _press(self, pressed: str) -> None:
        longer = self.box.text() + pressed
        word = longer if longer in self.words else pressed
        if word in self.words:
            self.box.setText(word)
            self.hinted.emit(self.words[word])
            self.edited.emit()
            return
        scores = list(self.words)
        allowed = f"{', '.join(scores[:-1])} or {scores[-1]}" if len(scores) > 1 else scores[0]
        self.refused.emit(f"{self.spec.label} is scored {allowed}; {pressed} was not taken.")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        self.box.ensurePolished()
        fitted = (self.box.font().key(), current_theme().text_scale)
        if fitted == self._fitted:
            return
        self._fitted = fitted
        digits = max((len(word) for word in self.words), default=1)
        self.box.setFixedWidth(self.box.fontMetrics().horizontalAdvance("0") * (digits + 3))

    def _on_come(self) -> None:
        self.box.selectAll()
        QTimer.singleShot(0, self, self._open)  # once the page has scrolled here: scrolling takes it away

    def _open(self) -> None:
        if not self.box.hasFocus():
            return
        if not any(self.words.values()) or self._locked:
            return
        if self._overlay is None:
            self._overlay = self._meanings()
        self._overlay.open_under(room_for(self.fontMetrics(), 56))

    def _close(self) -> None:
        if self._overlay is not None:
            self._overlay.hide()

    def _meanings(self) -> Overlay:
        overlay = Overlay(self)
        overlay.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        overlay.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if self.spec.asked or self.spec.help:
            asked = QLabel(self.spec.asked or self.spec.help, overlay)
            asked.setProperty("kind", "small")
            asked.setWordWrap(True)
            overlay.body.addWidget(asked)
        for score, words in self.words.items():
            line = QLabel(f"{score}   {words}", overlay)
            line.setWordWrap(True)
            overlay.body.addWidget(line)
        overlay.body.setSpacing(current_theme().space("xs"))
        return overlay
