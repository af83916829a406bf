"""Regimes: everybody who waits for one or has one; and one person's, from what it is decided on to its review."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.roles import Permission, may
from pdtdesk.services.ports import TimelineRow, TreatedRow
from pdtdesk.services.reception import people
from pdtdesk.services.regime.record import open_regime, regimes
from pdtdesk.services.regime.reviewing import ReviewNow, open_review
from pdtdesk.services.regime.standing import RegimeNow
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.record.entry_panel import EntryPanel
from pdtdesk.ui.record.timeline_rows import timeline_row
from pdtdesk.ui.regime.end_panel import EndPanel
from pdtdesk.ui.regime.facts_panel import FactsPanel
from pdtdesk.ui.regime.overview import Overview
from pdtdesk.ui.regime.plan_panel import PlanPanel
from pdtdesk.ui.regime.review_panel import ReviewPanel
from pdtdesk.ui.regime.said import by_need, cells, is_due
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shell.list_page import ListPage
from pdtdesk.ui.shortcuts import Shortcut, bind
from pdtdesk.ui.station import Station
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.card import Card, button, button_row
from pdtdesk.ui.widgets.notice import EmptyState
from pdtdesk.ui.widgets.table import Table
from pdtdesk.ui.widgets.timeline import Timeline

_HEADS = ("To do", "Person", "Cell", "Regime", "Review")
_KINDS = ("regime", "triage", "arrival", "person", "task", "dose")


class RegimePage(ListPage):
    """Signals: `person_in_hand(PersonRecord | None)`, `trouble(sentence)`, `told(sentence)`, `source_asked(Finding)`,
    `letter_asked(patient_id)`, `counted(int)`: how many wait or are due for review; `turned`: another person or
    another panel is opened, and what was said before is not about it."""

    title = "Regimes"
    person_in_hand = Signal(object)
    told = Signal(str)
    source_asked = Signal(object)
    letter_asked = Signal(str)
    counted = Signal(int)
    turned = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._entries: dict[str, TimelineRow] = {}
        self._rows: dict[str, TreatedRow] = {}
        self._now: RegimeNow | None = None
        self._wanted = ""
        self._lay_out()
        station.work.changes.announced.connect(self._on_changes)
        bind(Shortcut.TIMELINE, self, self.turn_timeline)
        bind(Shortcut.NEXT_PERSON, self, lambda: self._step(1))
        bind(Shortcut.PREVIOUS_PERSON, self, lambda: self._step(-1))

    # what the window asks of it

    def first_focus(self) -> QWidget | None:
        """The list, or what can be done for the person in hand."""
        if self._stack.currentWidget() is self.overview:
            return self.overview.first_stop()
        return self.table if self._stack.currentWidget() is self._list else None

    def refresh(self) -> None:
        """Read the list again; who is in hand stays."""
        acting, opened = self._station.acting, self.was_opened
        self._station.work.ask(
            self, lambda _: regimes(acting, opened=opened), self._show_rows, self.on_not_listed, slot="regimes"
        )

    def open_person(self, patient_id: str) -> None:
        """Take somebody's regime in hand."""
        if self._wanted != patient_id:
            self.turned.emit()
        self._wanted = patient_id
        acting = self._station.acting
        self._station.work.ask(
            self, lambda _: open_regime(acting, patient_id), self._show_now, self._on_wrong, slot="regime"
        )

    def show_in_hand(self) -> None:
        """The page came back into sight: whoever is in hand stands on the banner again."""
        here = self._now is not None and self._stack.currentWidget() is not self._list
        self.person_in_hand.emit(self._now.person if here and self._now is not None else None)

    def put_away(self) -> None:
        """Before a lock: nobody's regime stays in sight, and nothing that was being typed."""
        for panel in (self.facts, self.plan, self.review, self.end):
            panel.put_away()
        self._now, self._wanted, self._rows = None, "", {}
        self.table.show_rows([], [])
        self._show_list()
        self.person_in_hand.emit(None)

    def is_settled(self) -> bool:
        """Whether no course is about to be worked out."""
        return self.plan.is_settled()

    def rows(self) -> tuple[TreatedRow, ...]:
        """Who is listed."""
        return tuple(self._rows.values())

    def begin_plan(self, declared: RegimeClass | None) -> None:
        """Turn to choosing a class for the person in hand; None: another medicine."""
        if self._now is not None:
            self.plan.begin(self._now, declared)
            self._turn_to(self.plan)

    def begin_review(self) -> None:
        """Turn to the review of the regime in hand."""
        if self._now is None:
            return
        acting, patient = self._station.acting, self._now.person.patient_id

        def show(review: ReviewNow) -> None:
            if self._wanted == patient:
                self.review.show_review(review)
                self._turn_to(self.review)
                self.review.to_top()

        self._station.work.ask(self, lambda _: open_review(acting, patient), show, self._on_wrong, slot="review")

    def begin_facts(self) -> None:
        """Turn to what the regime is decided on."""
        if self._now is not None:
            self.facts.show_facts(self._now)
            self._turn_to(self.facts)

    def _turn_to(self, panel: QWidget) -> None:
        self.turned.emit()
        self._stack.setCurrentWidget(panel)

    # what comes back

    def _show_rows(self, rows: tuple[TreatedRow, ...]) -> None:
        self.was_opened = False
        today = self._station.today()
        ordered = by_need(rows, today)
        self._rows = {row.patient_id: row for row in ordered}
        due = sum(is_due(row, today) for row in ordered)
        self.table.show_rows(list(self._rows), [cells(row, today) for row in ordered])
        self.table.setVisible(bool(ordered))
        self._open.setVisible(bool(ordered))
        self._empty.setVisible(not ordered)
        in_force = sum(row.standing == "in force" for row in ordered)
        self._list.set_note(f"{due} to see to · {in_force} in force · {len(ordered)} in all" if ordered else "")
        self.counted.emit(due)

    def _show_now(self, now: RegimeNow) -> None:
        if now.person.patient_id != self._wanted and self._wanted not in now.person.patient_ids:
            return
        self._now = now
        self.overview.show_regime(now, self._station.acting.who.role)
        self._stack.setCurrentWidget(self.overview)
        self.person_in_hand.emit(now.person)
        if not self.timeline.isHidden():
            self._ask_timeline()
        if self.isVisible():
            self.overview.first_stop().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_list(self) -> None:
        self._wanted = ""
        self._turn_to(self._list)
        self.person_in_hand.emit(None)
        if self.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back_to_person(self) -> None:
        self._stack.setCurrentWidget(self.overview if self._now is not None else self._list)
        if self._now is not None and self.isVisible():
            self.overview.first_stop().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_written(self, now: RegimeNow, said: str) -> None:
        self.told.emit(said)
        self._show_now(now)
        self.refresh()

    def _on_renewed(self, now: RegimeNow) -> None:
        """Whoever goes back to the person finds them as they were read again."""
        self._now = now
        self.overview.show_regime(now, self._station.acting.who.role)
        self.person_in_hand.emit(now.person)

    def _on_reviewed(self, now: RegimeNow, outcome: str) -> None:
        """What came of the review is what is done next, and what that is stands above the page."""
        said, in_force = f"Reviewed: {now.person.identity.display}.", now.treatment.regime_on(now.today)
        self._on_written(now, said)
        if outcome == "change_class":
            self.overview.to_another_class(now)
            self.told.emit(f"{said} Now choose the other class: open its card, enter the course, and sign.")
        elif outcome == "stop":
            self.begin_end()
            self.told.emit(f"{said} Now enter the last day, and end it.")
        elif outcome == "change_schedule" and in_force:
            self.begin_plan(in_force[-1].declared)
            self.told.emit(f"{said} Now enter the other schedule, and sign.")

    def begin_end(self) -> None:
        """Turn to ending the regime in hand."""
        if self._now is not None:
            self.end.begin(self._now)
            self._turn_to(self.end)
            self.end.to_top()

    def _on_changes(self, changes: ChangeSet, origin: object) -> None:
        if self._station.session is None or not changes.touches(kinds=_KINDS):
            return
        if not may(self._station.acting.who.role, Permission.SEE_CLINICAL):
            return
        if self.isVisible():
            self.refresh()
        mine = origin in (self, self.facts, self.plan, self.review, self.end)
        if mine or self._now is None or self._stack.currentWidget() is not self.overview:
            return
        if any(changes.touches(id_) for id_ in self._now.person.patient_ids):
            self.open_person(self._now.person.patient_id)

    def _on_wrong(self, error: Exception) -> None:
        self.trouble.emit(sentence_for(error))

    def _step(self, by: int) -> None:
        """The next person of the list, from who is in hand."""
        ids = list(self._rows)
        if not ids:
            return
        at = ids.index(self._wanted) + by if self._wanted in ids else 0
        if 0 <= at < len(ids):
            self.table.selectRow(at)
            self.open_person(ids[at])

    # the timeline beside the page

    def turn_timeline(self) -> None:
        """Open or close the timeline beside the page."""
        if self._now is None or not self.timeline.isHidden():
            self.timeline.hide()
            return
        self.timeline.show()
        self._ask_timeline()

    def _ask_timeline(self) -> None:
        if self._now is None:
            return
        acting, patient = self._station.acting, self._now.person.patient_id

        def show(rows: tuple[TimelineRow, ...]) -> None:
            if self._wanted == patient:
                self._entries = {row.entry_id: row for row in rows}
                self.timeline.show_rows(tuple(timeline_row(row) for row in rows))
                if self.timeline.isVisible():
                    self.timeline.list.setFocus(Qt.FocusReason.OtherFocusReason)

        self._station.work.ask(
            self, lambda _: people.timeline(acting, patient), show, self._on_wrong, slot="timeline"
        )

    def _on_entry(self, entry_id: str) -> None:
        """One entry of the timeline, whole; a decision with the findings that it was made on."""
        if self._now is not None and entry_id in self._entries:
            self.entry.show_row(self._now.person.patient_id, self._entries[entry_id])
            self._turn_to(self.entry)

    def _on_marked(self) -> None:
        if self._now is not None:
            self.open_person(self._now.person.patient_id)

    # how it is made

    def _lay_out(self) -> None:
        station = self._station
        self._stack = QStackedWidget(self)
        self._list = Card("Regimes", "", self._stack)
        self._empty = EmptyState(
            "Nobody waits for a regime",
            "Whoever uses opioids often, or has a substitute prescribed outside, stands here once triaged.",
            "",
            self._list,
        )
        self.table = Table("Regimes, who is to be seen to first", _HEADS, parent=self._list)
        self.table.opened.connect(self.open_person)
        self._open = button("Open the regime", "primary", self._list)
        self._open.clicked.connect(lambda: self._on_open())
        self._list.add(self._empty, 1)
        self._list.add(self.table, 1)
        self._list.add(button_row(self._open, parent=self._list))
        self.overview = Overview(self._stack)
        self.overview.planned.connect(self.begin_plan)
        self.overview.source_asked.connect(self.source_asked)
        self.overview.facts_asked.connect(self.begin_facts)
        self.overview.review_asked.connect(self.begin_review)
        self.overview.end_asked.connect(self.begin_end)
        self.overview.back_asked.connect(self._show_list)
        self.overview.letter_asked.connect(self._on_letter)
        bind(Shortcut.BACK, self.overview, self._show_list)
        self.facts = FactsPanel(station, self._stack)
        self.facts.saved.connect(lambda now: self._on_written(now, f"Saved: {now.person.identity.display}."))
        self.plan = PlanPanel(station, self._stack)
        self.plan.signed.connect(self._on_written)
        self.plan.source_asked.connect(self.source_asked)
        self.review = ReviewPanel(station, self._stack)
        self.review.recorded.connect(self._on_reviewed)
        self.end = EndPanel(station, self._stack)
        self.end.renewed.connect(self._on_renewed)
        self.end.ended.connect(lambda now: self._on_written(now, self.end.words_for()))
        self.entry = EntryPanel(station, self._stack)
        self.entry.settled.connect(self._on_marked)
        for panel in (self.facts, self.plan, self.review, self.end, self.entry):
            panel.closed.connect(self._back_to_person)
        for widget in (self._list, self.overview, self.facts, self.plan, self.review, self.end, self.entry):
            self._stack.addWidget(widget)
        self.timeline = Timeline(self)
        self.timeline.opened.connect(self._on_entry)
        self.timeline.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().space("m"))
        row.addWidget(self._stack, 1)
        row.addWidget(self.timeline)

    def _on_open(self) -> None:
        chosen = self.table.current_id() or next(iter(self._rows), "")
        if chosen:
            self.open_person(chosen)

    def _on_letter(self) -> None:
        if self._now is not None:
            self.letter_asked.emit(self._now.person.patient_id)
