"""Words on the page: labels by what they are, and chips whose tone never stands alone."""

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.inputs.base import restyle


@dataclass(frozen=True, slots=True)
class ChipFacts:
    """A short word and how much it matters."""

    word: str
    tone: Tone = Tone.GREY


def words(text: str, kind: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """A label of one kind of the theme: heading, title, strong, muted, small, figure, dose, error... plain text."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        label.setProperty("kind", kind)
    if wrap:
        label.setWordWrap(True)
    return label


def room_for(metrics: QFontMetrics, letters: int) -> int:
    """How wide so many letters of ordinary words are (a font's own average counts letters that nobody uses)."""
    alphabet = "the quick brown fox jumps over the lazy dog 0123456789"
    return metrics.horizontalAdvance(alphabet) * letters // len(alphabet)


class Chip(QLabel):
    """A word on a tint. The mark before the word tells the tone where colours cannot (✕ ! ✓)."""

    marks: ClassVar = {Tone.RED: "✕ ", Tone.AMBER: "! ", Tone.GREEN: "✓ ", Tone.BLUE: "", Tone.GREY: ""}

    def __init__(
        self, word: str, tone: Tone = Tone.GREY, *, mark: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", "chip")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._mark = mark
        self.set_word(word, tone)

    def set_word(self, word: str, tone: Tone) -> None:
        """Another word, another tone; an empty word is a mistake, as a tint alone says nothing."""
        if not word.strip():
            raise ValueError("A chip needs a word: a colour alone is not read by everybody.")
        self.setText(f"{self.marks[tone] if self._mark else ''}{word}")
        self.setAccessibleName(word)
        restyle(self, "tone", tone.value)


def chip_of(facts: ChipFacts, *, mark: bool = False, parent: QWidget | None = None) -> Chip:
    """The chip for its facts."""
    return Chip(facts.word, facts.tone, mark=mark, parent=parent)
