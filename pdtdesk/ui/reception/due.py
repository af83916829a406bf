"""What is due, for everybody who is here: by the hour, settled with a few words or with the call that settles it."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pdtdesk.domain.calendar import in_london, show_day, show_instant
from pdtdesk.domain.names import display_name
from pdtdesk.domain.roles import Permission, may
from pdtdesk.services.ports import TaskRow
from pdtdesk.services.reception import tasks
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.reception.confirming import ConfirmPanel
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shell.list_page import ListPage
from pdtdesk.ui.station import Station
from pdtdesk.ui.widgets.card import Card, button, button_row
from pdtdesk.ui.widgets.field import FieldSpec, build_field
from pdtdesk.ui.widgets.notice import EmptyState
from pdtdesk.ui.widgets.table import Table

_HEADS = ("Due", "Person", "Cell", "What and why")


class DuePage(ListPage):
    """The open tasks. `person_asked(patient_id)`: open the record; `counted(int)`: how many are due by now."""

    title = "Due"
    person_asked = Signal(str)
    handover_asked = Signal()
    custody_asked = Signal()
    downtime_asked = Signal()
    counted = Signal(int)
    told = Signal(str)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._rows: dict[str, TaskRow] = {}
        self._goes_on_at: int | None = None
        self._card = Card("What is due", "", self)
        self.table = Table("What is due, by the hour", _HEADS, parent=self._card)
        self.table.opened.connect(self._on_opened)
        self._empty = EmptyState(
            "Nothing is due", "What a triage leaves to do will stand here, by the hour.", "", self
        )
        self._card.add(self._empty, 1)
        self._card.add(self.table, 1)
        spec = FieldSpec(
            "task.outcome", "How it ended", help="A few words; it leaves the list.", can_be_not_asked=False
        )
        self._outcome = build_field(spec, station.now, self._card)
        self._card.add(self._outcome)
        self._card.add(self._buttons())
        self.confirm = ConfirmPanel(station, self)
        self.confirm.closed.connect(self._show_list)
        self.confirm.settled.connect(self._on_recorded)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._card)
        self._stack.addWidget(self.confirm)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        station.work.changes.announced.connect(self._on_changes)

    def opened(self) -> None:
        """Ask what is due now; what this person may not do is not offered."""
        role = self._station.acting.who.role
        for offered, needed in self._offered:
            offered.setVisible(may(role, needed))
        super().opened()

    def first_focus(self) -> QWidget | None:
        """The list."""
        return self.table

    def refresh(self) -> None:
        """Read the list again."""
        acting, opened = self._station.acting, self.was_opened
        self._station.work.ask(
            self, lambda _: tasks.due(acting, opened=opened), self._show, self.on_not_listed, slot="tasks"
        )

    def put_away(self) -> None:
        """Before a lock: the call that was being written down is nobody else's to see."""
        self._stack.setCurrentWidget(self._card)
        self._outcome.set_value(None)
        self._rows = {}
        self.table.show_rows([], [])

    def begin_confirming(self) -> None:
        """Turn to the call about the first community dose that is to be confirmed."""
        row = next((row for row in self._rows.values() if row.what == "confirm_dose"), None)
        if row is not None:
            self.table.selectRow(self.table.ids().index(row.entry_id))
            self._on_confirm()

    def _show(self, rows: tuple[TaskRow, ...]) -> None:
        now = self._station.now()
        self.was_opened = False
        self._rows = {row.entry_id: row for row in rows}
        self.table.show_rows([row.entry_id for row in rows], [_cells(row, now) for row in rows])
        if rows and self._goes_on_at is not None:
            self.table.selectRow(min(self._goes_on_at, len(rows) - 1))
            self._goes_on_at = None
        self.table.setVisible(bool(rows))
        settles = may(self._station.acting.who.role, Permission.SETTLE_TASKS)
        self._outcome.setVisible(bool(rows) and settles)
        self._empty.setVisible(not rows)
        late = sum(_is_due(row, now) for row in rows)
        self._card.set_note(f"{late} due by now · {len(rows)} in all" if rows else "")
        self.counted.emit(late)

    def _buttons(self) -> QWidget:
        settle = button("Settle", "primary", self._card)
        settle.clicked.connect(self._on_settle)
        confirm = button("Confirm a community dose…", parent=self._card)
        confirm.clicked.connect(self._on_confirm)
        record = button("Open the record", parent=self._card)
        record.clicked.connect(lambda: self._on_opened(self.table.current_id() or ""))
        self._offered: list[tuple[QWidget, Permission]] = [
            (settle, Permission.SETTLE_TASKS),
            (confirm, Permission.CONFIRM_PRESCRIPTION),
        ]
        row = [settle, confirm, record]
        for label, asked, needed in (
            ("Print hand-over", self.handover_asked, Permission.PRINT_CLINICAL),
            ("Print for custody staff", self.custody_asked, Permission.PRINT_CUSTODY),
            ("Print downtime sheet", self.downtime_asked, Permission.PRINT_CLINICAL),
        ):
            made = button(label, parent=self._card)
            made.clicked.connect(asked)
            self._offered.append((made, needed))
            row.append(made)
        return button_row(*row, parent=self._card)

    def _on_settle(self) -> None:
        row = self._chosen()
        if row is None:
            return
        if row.what == "confirm_dose":
            self._on_confirm()
            return
        outcome, acting = self._outcome.value() or "", self._station.acting

        def command(_: object) -> ChangeSet:
            tasks.settle(acting, row.entry_id, outcome)
            return ChangeSet.of([row.patient_id], ["task"])

        at = self.table.currentIndex().row()

        def then(_: ChangeSet) -> None:
            self._outcome.set_value(None)
            self._goes_on_at = at
            self.table.setFocus()
            self.told.emit(f"Settled: {display_name(row.surname, row.forenames)}. {row.sentence}")

        self._station.work.do(self, command, then, self._on_wrong)

    def _on_confirm(self) -> None:
        row = self._chosen()
        if row is None:
            return
        if row.what != "confirm_dose":
            self._outcome.set_error("Choose a line that asks for a community dose to be confirmed.")
            return
        self.confirm.show_task(row)
        self._stack.setCurrentWidget(self.confirm)

    def _on_opened(self, entry_id: str) -> None:
        row = self._rows.get(entry_id)
        if row is not None:
            self.person_asked.emit(row.patient_id)

    def _chosen(self) -> TaskRow | None:
        row = self._rows.get(self.table.current_id() or "")
        if row is None:
            self._outcome.set_error("Choose a line of the list first, with the arrow keys.")
        return row

    def _on_recorded(self, whose: str) -> None:
        self.told.emit(f"The call about {whose} is recorded.")
        self._goes_on_at = self.table.currentIndex().row()
        self._show_list()

    def _show_list(self) -> None:
        self._stack.setCurrentWidget(self._card)
        self.refresh()
        self.table.setFocus()

    def _on_changes(self, changes: ChangeSet, _: object) -> None:
        if self._station.session is not None and changes.touches(kinds=["task", "triage"]):
            self.refresh()

    def _on_wrong(self, error: Exception) -> None:
        self._outcome.set_error(sentence_for(error))


def _cells(row: TaskRow, now: datetime) -> tuple[str, ...]:
    when = show_instant(in_london(row.due_at)) if row.due_at else show_day(row.due_on) if row.due_on else "now"
    late = row.due_at < now if row.due_at is not None else row.due_on is not None and row.due_on < now.date()
    due = f"{when} · late" if late else f"{when} · due" if _is_due(row, now) else when
    who = f"{display_name(row.surname, row.forenames)}\n{row.prison_number or 'no number'}"
    return (due, who, row.location or "–", row.sentence)


def _is_due(row: TaskRow, now: datetime) -> bool:
    if row.due_at is not None:
        return row.due_at <= now
    return row.due_on is None or row.due_on <= now.date()
