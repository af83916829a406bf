"""An account in the nurse's own words."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from pdtdesk.domain.written import text_problem
from pdtdesk.ui.widgets.inputs.base import Input, look_again
from pdtdesk.ui.widgets.spec import FieldSpec


class _Pad(QPlainTextEdit):
    """The writing pad: a paste that cannot be taken is refused whole."""

    refused = Signal(str)

    def __init__(self, longest: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._longest = longest
        self.setTabChangesFocus(True)

    def insertFromMimeData(self, source: QMimeData) -> None:
        kept = len(self.toPlainText()) - len(self.textCursor().selectedText())
        pasted = source.text()
        wrong = text_problem(pasted, self._longest, lines=True)
        if not wrong and kept + len(pasted) > self._longest:
            wrong = text_problem("x" * (kept + len(pasted)), self._longest)
        if wrong:
            self.refused.emit(wrong)
            return
        super().insertFromMimeData(source)


class LongTextInput(Input):
    """Several lines. Enter moves on as everywhere; Ctrl+Enter begins a new line."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.pad = _Pad(spec.max_length, self)
        self.pad.setPlaceholderText(spec.placeholder)
        self._stood = ""
        self._announced: str | None = None
        self.pad.refused.connect(self.refused)
        self.pad.textChanged.connect(self._on_typed)
        self.left.connect(self.settle)
        self.leave.connect(self.settle)
        self.row.addWidget(self.pad)
        self.watch(self.pad)
        self._fit()

    def targets(self) -> Sequence[QWidget]:
        return (self.pad,)

    def value(self) -> str | None:
        return self.pad.toPlainText().strip() or None

    def set_value(self, value: str | None) -> None:
        self._announced = value
        self._stood = value or ""
        self.pad.setPlainText(self._stood)

    def problem(self) -> str:
        return text_problem(self.pad.toPlainText(), self.spec.max_length, lines=True)

    def set_read_only(self, read_only: bool) -> None:
        self.pad.setReadOnly(read_only)
        look_again(self.pad)

    def set_ghost(self, words: str) -> bool:
        self.pad.setPlaceholderText(words or self.spec.placeholder)
        return True

    def key(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and watched is self.pad:
            self.pad.insertPlainText("\n")
            return True
        return False

    def _on_typed(self) -> None:
        self._fit()
        words = self.pad.toPlainText()
        wrong = text_problem(words, self.spec.max_length, lines=True)
        if not wrong:
            changed, self._stood = words != self._stood, words
            if changed:
                self.typed.emit()
            return
        at = self.pad.textCursor().position() - (len(words) - len(self._stood))
        self.pad.setPlainText(self._stood)
        cursor = self.pad.textCursor()
        cursor.setPosition(max(0, min(at, len(self._stood))))
        self.pad.setTextCursor(cursor)
        self.refused.emit(wrong)

    def settle(self) -> None:
        """As of every input."""
        value = self.value()
        if value != self._announced:
            self._announced = value
            self.edited.emit()

    def _fit(self) -> None:
        """As tall as what is written, from two lines to eight."""
        self.pad.ensurePolished()
        lines = max(2, min(8, int(self.pad.document().size().height())))
        self.pad.setFixedHeight(self.pad.fontMetrics().lineSpacing() * lines + 20)
