"""Doses from day to day with the scores of withdrawal over them: what was taken, what was not, what nobody knows."""

from datetime import date

from PySide6.QtWidgets import QWidget

from pdtdesk.services.regime.drawing.doses import dose_drawing
from pdtdesk.services.regime.drawing.frame import nothing_drawn
from pdtdesk.services.regime.drawing.shapes import Drawing, Measures
from pdtdesk.services.regime.picture_words import dose_day_words, doses_words
from pdtdesk.services.regime.pictures import DoseChartFacts
from pdtdesk.ui.widgets.day_picture import DayPicture

_EMPTY = "Dose chart: no doses yet"


class DoseChart(DayPicture):
    """Bars for the mg taken, steps for the mg ordered, scores as lines; from one day to some years."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts: DoseChartFacts | None = None
        self.setAccessibleName(_EMPTY)

    def show_facts(self, facts: DoseChartFacts | None) -> None:
        """Other doses, or none."""
        self.facts = facts
        self.setAccessibleName(doses_words(facts) if facts else _EMPTY)
        self._anew()

    def _said(self, day: date) -> str:
        return dose_day_words(self.facts, day) if self.facts else ""

    def _start(self) -> date | None:
        return self.facts.days[-1].day if self.facts and self.facts.days else None

    def _lay(self, width: float, height: float, measures: Measures) -> Drawing:
        return (
            dose_drawing(self.facts, width, height, measures)
            if self.facts
            else nothing_drawn(_EMPTY, width, measures)
        )
