"""One part of the triage as a card: its questions as fields, or as a table where they are asked row by row."""

from collections.abc import Callable, Iterable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from pdtdesk.domain.reception.questions import Question, Section
from pdtdesk.ui.reception.field_specs import field_spec
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.card import Card
from pdtdesk.ui.widgets.columns import ColumnsLayout
from pdtdesk.ui.widgets.field import Field, build_field
from pdtdesk.ui.widgets.words import words


class SectionCard(Card):
    """The questions of one part. `arrived(key)`: the keyboard came to a field."""

    arrived = Signal(str)

    def __init__(
        self,
        section: Section,
        questions: Iterable[Question],
        now: Callable[[], datetime],
        *,
        number: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"{number}  {section.heading}", "", parent)
        self.section = section
        self.fields: dict[str, Field] = {}
        self._rows: dict[str, list[QWidget]] = {}
        self._women = {question.key for question in questions if question.women_only}
        asked = tuple(questions)
        rows = [question for question in asked if question.column and _is_table(section)]
        if rows:
            self._add_table(rows, now)
        singles = [question for question in asked if question not in rows]
        if singles:
            self._add_fields(singles, now)

    def _add_table(self, questions: list[Question], now: Callable[[], datetime]) -> None:
        """A table: one row for each thing asked about, one column for each question."""
        theme = current_theme()
        holder = QWidget(self)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.space("s"))
        grid.setVerticalSpacing(theme.space("xs"))
        columns = list(dict.fromkeys(question.column for question in questions))
        names = list(dict.fromkeys(question.row for question in questions))
        for at, column in enumerate(columns, start=1):
            grid.addWidget(words(column, "small", parent=holder), 0, at)
        for line, row in enumerate(names, start=1):
            mine = [question for question in questions if question.row == row]
            title = words(mine[0].label.split(":")[0], "strong", wrap=True, parent=holder)
            grid.addWidget(title, line, 0, Qt.AlignmentFlag.AlignTop)
            self._rows[row] = [title]
            for question in mine:
                field = self._field(question, now, holder)
                grid.addWidget(field, line, 1 + columns.index(question.column))
                self._rows[row].append(field)
        for at, column in enumerate(columns, start=1):
            grid.setColumnStretch(at, _STRETCH.get(column, 2))
        grid.setColumnStretch(0, 3)
        self.add(holder)

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
        spare = 0
        for widgets in self._rows.values():
            filled = any(isinstance(each, Field) and (each.value() or each.past) for each in widgets)
            shown = filled or spare == 0
            spare += not filled
            for widget in widgets:
                widget.setVisible(shown)

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


_STRETCH = {"Last": 4, "How often": 4, "Amount": 3, "Route": 3, "Years": 2, "Why, and by whom": 4, "Medicine": 4}
_TABLES = frozenset({Section.SUBSTANCES, Section.CUSTODY_DOSES, Section.MEDICINES})


def _is_table(section: Section) -> bool:
    return section in _TABLES
