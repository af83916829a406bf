"""The audit as the clinical lead reads it: who saw and did what, newest first, broken glasses before all."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pdtdesk.domain.calendar import show_instant
from pdtdesk.services.desk.session import BROKE_GLASS
from pdtdesk.services.oversight.audit import PAGE, audit_page
from pdtdesk.services.ports import AuditRow
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shell.page import Page
from pdtdesk.ui.station import Station
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, Scrolled, button
from pdtdesk.ui.widgets.flow import FlowLayout
from pdtdesk.ui.widgets.notice import EmptyState, Notice, NoticeBar
from pdtdesk.ui.widgets.table import Table
from pdtdesk.ui.widgets.words import Chip, words

HEADS = ("When", "Who", "What", "Of whom", "By what right", "Detail")
BROKEN = "BROKEN GLASS"


class AuditPage(Page):
    """Lines of the audit. `person_chosen(patient id)`: a line about somebody was opened with Enter.

    `set_person` narrows it to one person in hand. Reading is itself a line of the audit.
    """

    title = "Audit"
    person_chosen = Signal(str)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._rows: tuple[AuditRow, ...] = ()
        self._patient: str | None = None
        self._name = ""
        self._more = False
        self._lay_out()
        station.signals.ended.connect(self._forget)

    def _say(self, sentence: str, tone: Tone) -> None:
        self.notice.show_notice(Notice(sentence, tone, stays=True))

    def _lay_out(self) -> None:
        self.notice = NoticeBar(self)
        self.broken_card = Card("Opened by break-glass", parent=self)
        self._chip = Chip("to be looked at", Tone.RED, mark=True, parent=self.broken_card)
        self.broken_card.put_chip(self._chip)
        self.broken_words = words("", "muted", wrap=True, parent=self.broken_card)
        self.broken = Table(
            "Opened by break-glass", ("When", "Who", "What", "Of whom", "Reason"), parent=self.broken_card
        )
        self.broken_card.add(self.broken_words)
        self.broken_card.add(self.broken)
        self.card = Card("All lines", parent=self)
        self.table = Table("Lines of the audit, newest first", HEADS, parent=self.card)
        self.empty = EmptyState("No lines", "What is done and seen at this desk will stand here.", parent=self.card)
        self.card.add(self.table, 1)
        self.card.add(self.empty, 1)
        foot = QWidget(self.card)
        buttons = FlowLayout(foot, current_theme().space("m"), current_theme().space("s"))
        self.older = button("Older lines", parent=foot)
        self.older.clicked.connect(self._read_older)
        self.everybody = button("Show everybody", parent=foot)
        self.everybody.clicked.connect(self._show_everybody)
        self.again = button("Read again", parent=foot)
        self.again.clicked.connect(self.opened)
        for thing in (self.older, self.everybody, self.again):
            buttons.addWidget(thing)
        self.card.add(foot)
        for table in (self.table, self.broken):
            table.opened.connect(self._open)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(current_theme().space("m"))
        scrolled = Scrolled(self)
        scrolled.column.setSpacing(current_theme().space("m"))
        scrolled.add(self.broken_card)
        scrolled.add(self.card, 1)
        whole.addWidget(self.notice)
        whole.addWidget(scrolled, 1)

    def set_person(self, patient_id: str | None, name: str = "") -> None:
        """Only lines about this person (None: about everybody); read when the page is opened."""
        self._patient, self._name = patient_id, name

    def first_focus(self) -> QWidget | None:
        """The lines, newest first; the broken glasses stand one step before them."""
        return self.table

    def opened(self) -> None:
        """Read the newest lines."""
        if self._station.session is None:
            return
        self.notice.show_notice(None)
        self.table.show()  # so that the keyboard can wait in it
        self._ask(None)

    def _ask(self, before: int | None) -> None:
        acting, patient = self._station.acting, self._patient
        self.older.setEnabled(False)
        self._station.work.ask(
            self,
            lambda _door: audit_page(acting, before, patient),
            lambda rows: self._on_read(rows, older=before is not None),
            self._on_wrong,
            slot="lines",
        )

    def _read_older(self) -> None:
        if self._rows:
            self._ask(self._rows[-1].seq)

    def _show_everybody(self) -> None:
        self.set_person(None)
        self.opened()

    def _on_read(self, rows: tuple[AuditRow, ...], *, older: bool) -> None:
        at = self.table.verticalScrollBar().value() if older else 0
        self._rows = (*self._rows, *rows) if older else rows
        self._more = len(rows) == PAGE
        self._show()
        if older:
            self.table.verticalScrollBar().setValue(at)

    def _show(self) -> None:
        broken = [row for row in self._rows if _is_broken(row)]
        self.table.show_rows([str(row.seq) for row in self._rows], [_cells(row) for row in self._rows])
        self.table.setVisible(bool(self._rows))
        self.empty.setVisible(not self._rows)
        self.broken.show_rows([str(row.seq) for row in broken], [_broken_cells(row) for row in broken])
        self.broken.setVisible(bool(broken))
        self._chip.setVisible(bool(broken))
        line = self.broken.rowHeight(0) if broken else 0
        self.broken.setFixedHeight(
            self.broken.horizontalHeader().sizeHint().height() + line * min(len(broken), 4) + 4
        )
        since = f"since {show_instant(self._rows[-1].line.at)}" if self._more else "since this desk was set up"
        of = f" of {self._name}" if self._patient is not None and self._name else ""
        count = sum(row.line.what == BROKE_GLASS for row in broken)
        self.broken_words.setText(
            f"Nothing was opened by break-glass {since}{of}."
            if not broken
            else f"Opened by break-glass {'once' if count == 1 else f'{count} times'} {since}{of}: without the usual "
            f"right, for the reason given. What was done by that right is listed too, {len(broken)} lines in all."
        )
        self.card.set_title(f"Lines about {self._name or 'this person'}" if self._patient else "All lines")
        self.card.set_note(f"{len(self._rows):,} lines {since}")
        self.older.setEnabled(self._more)
        self.older.setText("Older lines" if self._more else "No older lines")
        self.everybody.setVisible(self._patient is not None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "older"):
            self._show()

    def _fit(self) -> None:
        """The broken glasses as tall as four of them; the lines with room for ten, whatever the size of the text."""
        head = self.broken.horizontalHeader().sizeHint().height()
        count = min(len(self.broken.ids()), 4)
        self.broken.setFixedHeight(head + sum(self.broken.rowHeight(at) for at in range(count)) + 20)
        self.table.setMinimumHeight(self.table.fontMetrics().lineSpacing() * 14)

    def _open(self, seq: str) -> None:
        row = next((row for row in self._rows if str(row.seq) == seq), None)
        if row is not None and row.line.patient_id:
            self.person_chosen.emit(row.line.patient_id)

    def _on_wrong(self, error: Exception) -> None:
        self.older.setEnabled(self._more)
        self._say(sentence_for(error), Tone.AMBER)

    def _forget(self) -> None:
        self.set_person(None)
        self._rows, self._more = (), False
        self._show()


def _is_broken(row: AuditRow) -> bool:
    return row.line.right == "break_glass"


def _who(row: AuditRow) -> str:
    who = row.line.who
    return f"{who.name}, {who.role_title}" if who is not None else "nobody signed in"


def _whom(row: AuditRow) -> str:
    if row.person:
        return row.person
    return "somebody not on the list" if row.line.patient_id else ""


def _cells(row: AuditRow) -> tuple[str, ...]:
    right = BROKEN if _is_broken(row) else "role" if row.line.right == "role" else row.line.right
    return (show_instant(row.line.at), _who(row), row.line.what, _whom(row), right, row.line.detail)


def _broken_cells(row: AuditRow) -> tuple[str, ...]:
    return (show_instant(row.line.at), _who(row), row.line.what, _whom(row) or "the whole desk", row.line.detail)
