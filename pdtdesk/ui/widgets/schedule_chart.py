"""A planned course as steps over the sentence; two beside each other say *what if*."""

from datetime import date

from PySide6.QtWidgets import QWidget

from pdtdesk.services.regime.drawing.frame import nothing_drawn
from pdtdesk.services.regime.drawing.schedule import schedule_drawing
from pdtdesk.services.regime.drawing.shapes import Drawing, Measures
from pdtdesk.services.regime.picture_words import schedule_day_words, schedule_words
from pdtdesk.services.regime.pictures import ScheduleChartFacts
from pdtdesk.ui.widgets.day_picture import DayPicture

_EMPTY = "Schedule: nothing planned yet"


class ScheduleChart(DayPicture):
    """One course or two, told apart by line and mark, each with the day on which it ends against release."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts: ScheduleChartFacts | None = None
        self.setAccessibleName(_EMPTY)

    def show_facts(self, facts: ScheduleChartFacts | None) -> None:
        """Another plan, or none."""
        self.facts = facts
        self.setAccessibleName(schedule_words(facts) if facts else _EMPTY)
        self._anew()

    def _said(self, day: date) -> str:
        return schedule_day_words(self.facts, day) if self.facts else ""

    def _lay(self, width: float, height: float, measures: Measures) -> Drawing:
        return (
            schedule_drawing(self.facts, width, height, measures)
            if self.facts
            else nothing_drawn(_EMPTY, width, measures)
        )
