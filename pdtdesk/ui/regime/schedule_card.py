"""The course day by day: as a picture against the sentence, as a list, and changed by hand."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pdtdesk.domain.calendar import show_day, show_near
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.editing import with_days
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import SLOTS, NotASchedule, Schedule, Stretch, doses_of
from pdtdesk.services.regime.drawn import schedule_facts
from pdtdesk.services.regime.planning import compared_words
from pdtdesk.services.regime.standing import RegimeNow
from pdtdesk.ui.widgets.card import Card, button, button_row
from pdtdesk.ui.widgets.columns import ColumnsLayout
from pdtdesk.ui.widgets.field import Field, FieldSpec, Kind, build_field
from pdtdesk.ui.widgets.schedule_chart import ScheduleChart
from pdtdesk.ui.widgets.table import Table
from pdtdesk.ui.widgets.typed_days import Lean
from pdtdesk.ui.widgets.words import words

_EMPTY = "Enter what is asked on the left: the course stands here day by day."


class ScheduleCard(Card):
    """The picture; `by_hand` is the card of its days, to be put where the page wants it.

    `changed(Schedule)`: some days were changed by hand.
    """

    changed = Signal(object)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__("Day by day", "", parent)
        self._schedule: Schedule | None = None
        self._kept: tuple[str, Schedule] | None = None
        self._today: date | None = None
        self._empty = words(_EMPTY, "muted", wrap=True, parent=self)
        self.chart = ScheduleChart(self)
        self.compared = words("", "strong", wrap=True, parent=self)
        for thing in (self._empty, self.compared, self.chart):
            self.add(thing)
        self.by_hand = Card("The days, and changing them by hand", "", parent)
        heads = ("From", "Until", "In all", "When")
        self.table = Table("The course, day by day", heads, parent=self.by_hand)
        self.table.chosen.connect(self._take_up)
        self.by_hand.add(self.table, 1)
        self._hand = QWidget(self.by_hand)
        columns = ColumnsLayout(self._hand, letters=18, most=6)
        self.fields: dict[str, Field] = {}
        specs = [
            FieldSpec("hand.first", "Change from", Kind.DAY, lean=Lean.FUTURE, can_be_not_asked=False),
            FieldSpec("hand.last", "Until", Kind.DAY, lean=Lean.FUTURE, can_be_not_asked=False),
            *(
                FieldSpec(f"hand.{slot}", slot.capitalize(), Kind.DECIMAL, unit="mg", can_be_not_asked=False, width=6)
                for slot in SLOTS
            ),
        ]
        for spec in specs:
            field = build_field(spec, now, self._hand)
            self.fields[spec.key.partition(".")[2]] = field
            columns.addWidget(field)
        self.by_hand.add(self._hand)
        self._apply = button("Change these days by hand", parent=self.by_hand)
        self._apply.clicked.connect(self._on_apply)
        self.by_hand.add(button_row(self._apply, parent=self.by_hand))
        self.show_schedule(None, None, None)

    def keep(self, name: str, schedule: Schedule | None) -> None:
        """Keep a course to compare the next one with; None lets it go."""
        self._kept = (name, schedule) if schedule is not None else None

    def show_schedule(
        self,
        now: RegimeNow | None,
        medicine: Ordered | None,
        schedule: Schedule | None,
        ends: tuple[Ordered, Schedule] | None = None,
    ) -> None:
        """Show a course, beside the one that was kept where there is one; `ends` is the medicine that it stops."""
        self._schedule = schedule
        there = now is not None and medicine is not None and schedule is not None
        self._empty.setVisible(not there)
        for thing in (self.chart, self.by_hand):
            thing.setVisible(there)
        self.compared.hide()
        if now is None or medicine is None or schedule is None:
            return
        self._today = now.today
        series = [("as planned", schedule)]
        if self._kept is not None:
            series = [("to be signed", schedule), self._kept]
            self.compared.setText(compared_words(schedule, self._kept[1], now))
            self.compared.show()
        elif ends is not None and (last := ends[1].last_day) is not None:
            self.compared.setText(f"{ends[0].words.capitalize()} is given until {show_day(last)}, and then no more.")
            self.compared.show()
        self.chart.show_facts(schedule_facts(now, medicine, series))
        rows = [(str(at), _cells(stretch, now.today)) for at, stretch in enumerate(schedule.stretches)]
        self.table.show_rows([id_ for id_, _ in rows], [cells for _, cells in rows])
        self.table.setMinimumHeight(self.table.fontMetrics().lineSpacing() * min(4 + len(rows) * 2, 14))
        for field in self.fields.values():
            field.set_value(None)
            field.set_error("")

    def _take_up(self, row_id: str) -> None:
        """A line of the list, to be changed."""
        if self._schedule is None:
            return
        stretch = self._schedule.stretches[int(row_id)]
        self.fields["first"].set_value(stretch.first_day.isoformat())
        self.fields["last"].set_value(stretch.last_day.isoformat() if stretch.last_day else None)
        given = dict(stretch.doses)
        for slot in SLOTS:
            mg = given.get(slot)
            self.fields[slot].set_value(str(mg).removesuffix(" mg") if mg is not None else None)

    def _on_apply(self) -> None:
        """Put the days that were entered in the place of what stood there."""
        first = self.fields["first"]
        schedule, begins = self._schedule, first.value()
        if schedule is None or begins is None:
            first.set_error("Write from which day the dose changes.")
            first.take_focus()
            return
        last = self.fields["last"].value()
        given = {slot: self.fields[slot].value() for slot in SLOTS}
        try:
            doses = doses_of((slot, Milligrams(Decimal(mg))) for slot, mg in given.items() if mg is not None)
            until = date.fromisoformat(last) if last else None
            self.changed.emit(with_days(schedule, date.fromisoformat(begins), until, doses))
        except NotASchedule as wrong:
            first.set_error(str(wrong))


def _cells(stretch: Stretch, today: date) -> tuple[str, ...]:
    until = show_near(stretch.last_day, today) if stretch.last_day else "until changed"
    when = ", ".join(f"{slot} {mg}" for slot, mg in stretch.doses if mg.amount) or "nothing"
    return (show_near(stretch.first_day, today), until, str(stretch.daily), when)
