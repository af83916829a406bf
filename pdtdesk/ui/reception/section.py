"""One part of the triage as a card: its questions as fields, or as a table where they are asked row by row."""

from collections.abc import Callable, Iterable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pdtdesk.domain.reception.questions import Question, Section
from pdtdesk.ui.widgets.asked import field_spec
from pdtdesk.ui.widgets.card import Card
from pdtdesk.ui.widgets.columns import ColumnsLayout
from pdtdesk.ui.widgets.field import Field, build_field
from pdtdesk.ui.widgets.fieldtable import FieldTable


class SectionCard(Card):
    """The questions of one part. `arrived(key)`: the keyboard came to a field."""

    arrived = Signal(str)

    def __init__(
        self,
        section: Section,
        questions: Iterable[Question],
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(section.heading, "", parent)
        self.section = section
        self.heading = section.heading
        self.fields: dict[str, Field] = {}
        self._table: FieldTable | None = None
        self._women = {question.key for question in questions if question.women_only}
        asked = tuple(questions)
        rows = [question for question in asked if question.column]
        if rows:
            self._add_table(rows, now)
        singles = [question for question in asked if question not in rows]
        if singles:
            self._add_fields(singles, now)

    def _add_table(self, questions: list[Question], now: Callable[[], datetime]) -> None:
        """A table: one row for each thing asked about, one column for each question."""
        columns = list(dict.fromkeys(question.column for question in questions))
        self._table = FieldTable(("", *columns), self)
        for row in dict.fromkeys(question.row for question in questions):
            mine = {question.column: question for question in questions if question.row == row}
            fields = [self._field(mine[column], now, self) if column in mine else None for column in columns]
            self._table.add_row(next(iter(mine.values())).label.split(":")[0], fields)
        self._table.arrange()
        self.add(self._table)

    def show_for(self, sex: str | None) -> None:
        """Leave out what is asked of women alone, for men."""
        for key in self._women:
            self.fields[key].setVisible(sex != "male")

    def show_only(self, keys: frozenset[str] | None) -> None:
        """Show these questions alone; None shows all. Called before `show_for`."""
        for key, field in self.fields.items():
            field.setVisible(keys is None or key in keys)

    def show_rows_until_empty(self) -> None:
        """Of a long table, show the rows that are filled and one more."""
        if self._table is not None:
            self._table.show_rows_until_empty()

    def _add_fields(self, questions: list[Question], now: Callable[[], datetime]) -> None:
        holder = QWidget(self)
        columns = ColumnsLayout(holder)
        for question in questions:
            columns.addWidget(self._field(question, now, holder))
        self.add(holder)

    def _field(self, question: Question, now: Callable[[], datetime], parent: QWidget) -> Field:
        field = build_field(field_spec(question), now, parent)
        field.focused.connect(self.arrived)
        self.fields[question.key] = field
        return field
