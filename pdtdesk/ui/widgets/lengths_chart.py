"""The lengths of reductions as bars: how many ended within which time, and what half of them took."""

from PySide6.QtWidgets import QWidget

from pdtdesk.policy.outcomes.spread import Lengths
from pdtdesk.services.oversight.lengths_drawing import NOTHING, lengths_drawing, lengths_words
from pdtdesk.services.regime.drawing.frame import nothing_drawn
from pdtdesk.services.regime.drawing.shapes import Drawing, Measures
from pdtdesk.ui.widgets.picture import Picture


class LengthsChart(Picture):
    """A bar for each length; a hidden count is a hatched piece that says nothing of the number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.made: Lengths | None = None
        self._least = 0
        self.setAccessibleName(NOTHING)

    def show_lengths(self, made: Lengths | None, least: int) -> None:
        """Other lengths, or none; `least` is the smallest count that is shown."""
        self.made, self._least = made, least
        self.setAccessibleName(lengths_words(made, least) if made else NOTHING)
        self._anew()

    def _lay(self, width: float, height: float, measures: Measures) -> Drawing:  # noqa: ARG002 - as high as its rows
        if self.made is None:
            return nothing_drawn(NOTHING, width, measures)
        return lengths_drawing(self.made, self._least, width, measures)
