"""A record opened by somebody whose role does not give it: with a reason, for a while, seen by the clinical lead."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pdtdesk.domain.names import display_name
from pdtdesk.domain.roles import Permission, may
from pdtdesk.services.acting import Acting
from pdtdesk.services.desk.session import break_glass
from pdtdesk.services.ports import PersonRow, TimelineRow
from pdtdesk.services.reception import people
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shell.page import Page
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Done
from pdtdesk.ui.widgets.card import Card, button
from pdtdesk.ui.widgets.field import FieldSpec, build_field
from pdtdesk.ui.widgets.rows import Row
from pdtdesk.ui.widgets.timeline import Timeline
from pdtdesk.ui.widgets.words import words


class RecordPage(Page):
    """One person's record, to be read. `person_in_hand(PersonRecord)` once it is open."""

    title = "Record"
    person_in_hand = Signal(object)

    def __init__(self, station: Station, shown: Callable[[TimelineRow], Row], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._shown = shown
        self._patient = ""
        self._ask = Card("This record is not yours to read by role", "breaking glass", self)
        said = (
            "Where somebody's safety asks for it, say why. The record stays open to you for 72 hours, also after a "
            "lock; who opened it, when and why stands on the clinical lead's audit page."
        )
        self.whose = words("", "strong", wrap=True, parent=self._ask)
        self._ask.add(self.whose)
        self._ask.add(words(said, wrap=True, parent=self._ask))
        spec = FieldSpec("glass.why", "Why it must be opened now", required=True, can_be_not_asked=False)
        self._why = build_field(spec, station.now, self._ask)
        self._ask.add(self._why)
        opening = button("Open the record", "danger", self._ask)
        opening.clicked.connect(self._on_open)
        row = QHBoxLayout()
        row.addWidget(opening)
        row.addStretch(1)
        self._ask.body.addLayout(row)
        self._ask.body.addStretch(1)
        self._timeline = Timeline(self)
        self._timeline.set_note("to be read, not written in")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._ask)
        self._stack.addWidget(self._timeline)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def show_person(self, patient_id: str) -> None:
        """Ask for a reason, or open at once where role or a glass already broken gives the right."""
        self._patient = patient_id
        acting = self._station.acting
        self._why.set_value(None)
        if may(acting.who.role, Permission.SEE_CLINICAL) or acting.glass_over(patient_id) is not None:
            self._read(acting)
        else:
            self.whose.setText("")
            self._station.work.ask(self, lambda _: people.row_of(acting, patient_id), self._show_whose, slot="whose")
            self._stack.setCurrentWidget(self._ask)
            self._why.take_focus()

    def _show_whose(self, row: PersonRow) -> None:
        """Whose record it is, before its glass is broken for nothing."""
        parts = (display_name(row.surname, row.forenames), row.prison_number, row.location)
        self.whose.setText(" · ".join(part for part in parts if part))

    def first_focus(self) -> QWidget | None:
        """The reason, or the record."""
        return self._why.input.target() if self._stack.currentWidget() is self._ask else self._timeline.list

    def _on_open(self) -> None:
        if wrong := self._why.problem(saving=True):
            self._why.set_error(wrong)
            return
        acting, patient, why = self._station.acting, self._patient, self._why.value() or ""

        def command(_: object) -> Done[Acting]:
            return Done(ChangeSet.of([patient], ["audit"]), break_glass(acting, patient, why))

        self._station.work.do(self, command, self._on_broken, self._on_wrong)

    def _on_broken(self, acting: Acting) -> None:
        if self._station.session is not None and self._station.session.acting.who == acting.who:
            self._station.session = replace(self._station.session, acting=acting)
            self._read(acting)

    def _read(self, acting: Acting) -> None:
        patient = self._patient

        def show(rows: tuple[TimelineRow, ...]) -> None:
            self._timeline.show_rows(tuple(self._shown(row) for row in rows))
            self._stack.setCurrentWidget(self._timeline)
            self._timeline.list.setFocus()

        work = self._station.work
        work.ask(
            self,
            lambda _: people.open_record(acting, patient),
            lambda opened: self.person_in_hand.emit(opened.person),
            self._on_wrong,
        )
        work.ask(self, lambda _: people.timeline(acting, patient), show, self._on_wrong)

    def _on_wrong(self, error: Exception) -> None:
        self._stack.setCurrentWidget(self._ask)
        self._why.set_error(sentence_for(error))
