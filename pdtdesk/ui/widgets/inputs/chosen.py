"""Answers that are chosen: one of a few (segments), one of many (list), several (chips)."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QSizePolicy, QWidget

from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.flow import FlowLayout
from pdtdesk.ui.widgets.inputs.base import Input, restyle
from pdtdesk.ui.widgets.spec import Choice

_CLEAR = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class _Buttons(Input):
    """Buttons in a row that reflows; one stop for Tab, arrows inside, a key for each answer."""

    kind = ""

    def __init__(self, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices = tuple(choices)
        self.buttons: dict[str, QPushButton] = {}
        self._read_only = False
        space = current_theme().space("xs")
        box = QWidget(self)
        flow = FlowLayout(box, space, space)
        for choice in self.choices:
            button = QPushButton(choice.label, box)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("kind", self.kind)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            if choice.key:
                button.setToolTip(f"Key {choice.key}")
            button.clicked.connect(self._on_clicked)
            self.buttons[choice.word] = button
            flow.addWidget(button)
        self.row.addWidget(box, 1)
        self.watch(*self.buttons.values())
        self._one_stop()

    def targets(self) -> Sequence[QWidget]:
        stop = self._stop()
        return (self.buttons[stop], *(b for word, b in self.buttons.items() if word != stop))

    def set_names(self, name: str, description: str) -> None:
        for choice in self.choices:
            button = self.buttons[choice.word]
            button.setAccessibleName(f"{name}: {choice.label}")
            button.setAccessibleDescription(description)

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        super().set_read_only(read_only)

    def chosen(self) -> tuple[str, ...]:
        """The words that are chosen, in the order in which they are offered."""
        return tuple(word for word, button in self.buttons.items() if button.isChecked())

    def value(self) -> str | None:
        return " ".join(self.chosen()) or None

    def set_value(self, value: str | None) -> None:
        words = (value or "").split()
        for word, button in self.buttons.items():
            button.setChecked(word in words)
        self._one_stop()

    def pick(self, word: str) -> None:
        """Choose by a key."""
        raise NotImplementedError

    def toggled(self, word: str) -> None:
        """A button was pressed by mouse or space bar, and Qt has turned it over already."""
        raise NotImplementedError

    def _on_clicked(self) -> None:
        pressed = self.sender()
        for word, button in self.buttons.items():
            if button is pressed:
                self.toggled(word)

    def key(self, watched: QObject, event: QKeyEvent) -> bool:
        if self._read_only or event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        ):
            return False
        words = tuple(self.buttons)
        here = next((word for word, button in self.buttons.items() if button is watched), words[0])
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            there = words[(words.index(here) + step) % len(words)]
            self.buttons[there].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if event.key() in _CLEAR:
            self.set_value(None)
            self.edited.emit()
            return True
        word = self._word_of(event.text())
        if word:
            self.buttons[word].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.pick(word)
            return True
        return False

    def _word_of(self, pressed: str) -> str:
        if not pressed.strip():
            return ""
        for choice in self.choices:
            if choice.key.lower() == pressed.lower():
                return choice.word
        starting = [c.word for c in self.choices if c.label.lower().startswith(pressed.lower())]
        chosen = self.chosen()
        if len(starting) > 1 and chosen and chosen[0] in starting:
            return starting[(starting.index(chosen[0]) + 1) % len(starting)]
        if starting:
            return starting[0]
        number = int(pressed) if pressed.isascii() and pressed.isdigit() else 0
        return self.choices[number - 1].word if 1 <= number <= len(self.choices) else ""

    def _stop(self) -> str:
        chosen = self.chosen()
        return chosen[0] if chosen else self.choices[0].word

    def _one_stop(self) -> None:
        stop = self._stop()
        for word, button in self.buttons.items():
            here = word == stop
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)


class SegmentedInput(_Buttons):
    """One of a few: yes or no, never guessed. The first letter or the number chooses; Backspace takes it back."""

    kind = "segment"

    def pick(self, word: str) -> None:
        for other, button in self.buttons.items():
            button.setChecked(other == word)
        self._one_stop()
        self.edited.emit()

    def toggled(self, word: str) -> None:
        self.pick(word)


class ChipsInput(_Buttons):
    """Several of a few. An answer with the word `none` stands alone."""

    kind = "check"

    def pick(self, word: str) -> None:
        button = self.buttons[word]
        button.setChecked(not button.isChecked())
        self.toggled(word)

    def toggled(self, word: str) -> None:
        if self.buttons[word].isChecked():
            for other, button in self.buttons.items():
                if other != word and "none" in (other, word):
                    button.setChecked(False)
        self._one_stop()
        self.edited.emit()


_NOTHING_SAID = " "


class ListInput(Input):
    """One of many: type the first letters, or open with Alt+Down."""

    def __init__(self, choices: Sequence[Choice], parent: QWidget | None = None, *, fills: bool = False) -> None:
        super().__init__(parent)
        self.choices = tuple(choices)
        self.box = QComboBox(self)
        for choice in self.choices:
            self.box.addItem(choice.label, choice.word)
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.box.setPlaceholderText(_NOTHING_SAID)
        self.box.setCurrentIndex(-1)
        self._showing = False
        self._fitted: tuple[object, ...] = ()
        self._look()
        self.box.currentIndexChanged.connect(self._on_changed)
        self.row.addWidget(self.box, 1 if fills else 0)
        if not fills:
            self.row.addStretch(1)
        self.watch(self.box)

    def targets(self) -> Sequence[QWidget]:
        return (self.box,)

    def value(self) -> str | None:
        word = self.box.currentData()
        return word if isinstance(word, str) else None

    def set_value(self, value: str | None) -> None:
        self._showing = True
        self.box.setCurrentIndex(self.box.findData(value) if value is not None else -1)
        self._showing = False
        self._look()

    def _on_changed(self) -> None:
        if not self._showing:
            self._look()
            self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()  # turning the wheel over a page must scroll it, and never change an answer
            return True
        return super().eventFilter(watched, event)

    def set_ghost(self, words: str) -> bool:
        # Qt chooses the first answer by itself when a placeholder becomes empty: nobody may be made to say "daily".
        here = self.box.currentIndex()
        self._showing = True
        self.box.setPlaceholderText(words or _NOTHING_SAID)
        self.box.setCurrentIndex(here)
        self._showing = False
        self._look()
        return True

    def _look(self) -> None:
        """What was answered before is grey, so that nobody takes it for an answer of tonight."""
        restyle(self.box, "ghost", "true" if self.box.currentIndex() < 0 else "false")
        self._fit()

    def _fit(self) -> None:
        self.box.ensurePolished()
        fitted = (self.box.font().key(), current_theme().text_scale, self.box.placeholderText())
        if fitted == self._fitted:
            return
        self._fitted = fitted
        metrics = self.box.fontMetrics()
        labels = (*(choice.label for choice in self.choices), self.box.placeholderText())
        widest = max(metrics.horizontalAdvance(label) for label in labels)
        self.box.setMinimumWidth(widest + metrics.horizontalAdvance("0") * 4)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()
        super().changeEvent(event)

    def key(self, watched: QObject, event: QKeyEvent) -> bool:  # noqa: ARG002
        if event.key() in _CLEAR:
            self.set_value(None)
            self.edited.emit()
            return True
        return False
