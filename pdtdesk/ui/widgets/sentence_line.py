"""Time in prison as a line: when he came, where he stands, when he goes, and what the days between are for."""

from PySide6.QtWidgets import QWidget

from pdtdesk.services.regime.drawing.frame import nothing_drawn
from pdtdesk.services.regime.drawing.sentence import sentence_drawing
from pdtdesk.services.regime.drawing.shapes import Drawing, Measures
from pdtdesk.services.regime.picture_words import sentence_words
from pdtdesk.services.regime.pictures import SentenceFacts
from pdtdesk.ui.widgets.picture import Picture

_EMPTY = "Sentence line: nothing known yet"


class SentenceLine(Picture):
    """The sentence from reception to release with spans, reviews and court; empty until facts are shown.

    `headed`: with its title and note over the line; without, where the card says them.
    """

    def __init__(self, *, headed: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headed = headed
        self.facts: SentenceFacts | None = None
        self.setAccessibleName(_EMPTY)

    def show_facts(self, facts: SentenceFacts | None) -> None:
        """Another sentence, or none."""
        self.facts = facts
        self.setAccessibleName(sentence_words(facts) if facts else _EMPTY)
        self._anew()

    def _lay(self, width: float, height: float, measures: Measures) -> Drawing:  # noqa: ARG002 - as high as it needs
        if self.facts is None:
            return nothing_drawn(_EMPTY, width, measures)
        return sentence_drawing(self.facts, width, measures, headed=self._headed)
