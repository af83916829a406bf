"""Reception: tonight's arrivals on the left, one person's triage in the middle, tonight's plan with its sources."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pdtdesk.domain.reception.scales import Band
from pdtdesk.policy.findings import Tonight
from pdtdesk.services.ports import ArrivalRow, TimelineRow
from pdtdesk.services.reception import joining, people
from pdtdesk.services.reception.people import OpenRecord
from pdtdesk.services.reception.triage import Saved
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.reception.same_person import SamePersonPanel
from pdtdesk.ui.reception.shown import TONES, arrival_row, plan_lines
from pdtdesk.ui.reception.take_in import TakeInPanel
from pdtdesk.ui.reception.triage import TriagePane
from pdtdesk.ui.reception.who_and_where import WhoAndWherePanel
from pdtdesk.ui.record.entry_panel import EntryPanel
from pdtdesk.ui.record.timeline_rows import timeline_row
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shell.list_page import ListPage
from pdtdesk.ui.shortcuts import Shortcut, bind
from pdtdesk.ui.station import Station
from pdtdesk.ui.widgets.card import Card, button
from pdtdesk.ui.widgets.columns import Panes
from pdtdesk.ui.widgets.findings import FindingsPanel
from pdtdesk.ui.widgets.notice import EmptyState
from pdtdesk.ui.widgets.timeline import Timeline
from pdtdesk.ui.widgets.words import ChipFacts
from pdtdesk.ui.widgets.worklist import Worklist

SINCE = timedelta(hours=24)
"""How far back the evening's list looks; whoever has no second pass stays on it however long ago they came."""


class ReceptionPage(ListPage):
    """Tonight's arrivals. Signals: `person_in_hand(PersonRecord | None)`, `trouble(sentence)`,
    `source_asked(Finding)`, `first_night_asked(patient_id)`, `counted(int)`."""

    title = "Reception"
    person_in_hand = Signal(object)
    told = Signal(str)
    source_asked = Signal(object)
    first_night_asked = Signal(str)
    counted = Signal(int)

    def __init__(
        self, station: Station, bands: Mapping[str, tuple[Band, ...]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._station = station
        self._rows: dict[str, ArrivalRow] = {}
        self._entries: dict[str, TimelineRow] = {}
        self._tonight: Tonight | None = None
        self._wanted = ""
        self._lay_out(bands)
        station.work.changes.announced.connect(self._on_changes)
        bind(Shortcut.TIMELINE, self, self.turn_timeline)
        bind(Shortcut.NEXT_PERSON, self, lambda: self._step(1))
        bind(Shortcut.PREVIOUS_PERSON, self, lambda: self._step(-1))

    def first_focus(self) -> QWidget | None:
        """The triage in hand, else the list."""
        if self._middle.currentWidget() is self.triage:
            return self.triage.focus_widget()
        return self.arrivals

    def refresh(self) -> None:
        """Read the list again; who is in hand stays."""
        acting, opened = self._station.acting, self.was_opened
        since = acting.now() - SINCE
        self._station.work.ask(
            self,
            lambda _: people.arrivals(acting, since, opened=opened),
            self._show_arrivals,
            self.on_not_listed,
            slot="arrivals",
        )

    def open_stay(self, stay_id: str, *, instead_of: str = "") -> None:
        """Take somebody's arrival in hand; `instead_of` one who stays in hand where somebody goes on answering."""
        row = self._rows.get(stay_id)
        if row is None:
            self._wanted = stay_id
            return
        self._wanted = stay_id
        self.arrivals.choose(stay_id, quietly=True)

        def show(opened: OpenRecord, typing: bool) -> None:
            if typing and instead_of:
                self._wanted = instead_of
                self.arrivals.choose(instead_of, quietly=True)
            else:
                self._show_record(opened, stay_id, bring_keyboard=not typing)

        self._ask_record(row.patient_id, show)
        if row.unsure:
            self._ask_same_person(row)

    def open_person(self, patient_id: str, *, bring_keyboard: bool = True) -> None:
        """Take somebody in hand who was found by the search: the triage of their latest stay."""

        def show(opened: OpenRecord, typing: bool) -> None:
            if opened.person.current is not None:
                self._wanted = opened.person.current.id
                bring = bring_keyboard and not typing
                self._show_record(opened, opened.person.current.id, bring_keyboard=bring)
                self.arrivals.choose(opened.person.current.id, quietly=True)

        self._ask_record(patient_id, show)

    def _ask_record(self, patient_id: str, show: Callable[[OpenRecord, bool], None], *, typing: bool = False) -> None:
        """Read a record, and show it; `typing`: somebody has gone on to answer meanwhile.

        What is answered of the same person while it is read is not in it: then it is read again when the hands rest,
        so that no page puts itself over what is being typed.
        """
        self.triage.when_quiet(None)
        self.triage.keep()
        acting, given = self._station.acting, self.triage.given

        def look(opened: OpenRecord) -> None:
            went_on = self.triage.given != given
            if went_on and self.triage.has_in_hand(opened.person):
                self.triage.when_quiet(lambda: self._ask_record(patient_id, show, typing=True))
            else:
                show(opened, typing or went_on)

        self._station.work.ask(
            self, lambda _: people.open_record(acting, patient_id), look, self._on_wrong, slot="record"
        )

    def rows(self) -> tuple[ArrivalRow, ...]:
        """The arrivals as they are listed."""
        return tuple(self._rows.values())

    def ask_first_source(self) -> None:
        """Open the source of the most urgent line of the plan."""
        if self._tonight is not None and self._tonight.findings:
            self.source_asked.emit(self._tonight.findings[0])

    def show_in_hand(self) -> None:
        """The page came back into sight: whoever is in hand stands on the banner again."""
        self.person_in_hand.emit(self.triage.person)

    def take_in(self, path: str = "") -> None:
        """Turn to taking in a list."""
        if path:
            self.take_in_panel.give(path)
        self._middle.setCurrentWidget(self.take_in_panel)
        self.take_in_panel.take_focus()

    def put_away(self) -> None:
        """Keep what is in hand and show nobody: before a lock."""
        self.triage.put_away()
        self._wanted = ""
        self._middle.setCurrentWidget(self._empty)
        self.findings.show_lines(())
        self.findings.show_priority(None)
        self.person_in_hand.emit(None)

    # what comes back

    def _show_arrivals(self, rows: tuple[ArrivalRow, ...]) -> None:
        self.was_opened = False
        self._rows = {row.stay: row for row in rows}
        done = sum(row.passes > 0 for row in rows)
        self._list.set_note(f"first pass {done}/{len(rows)}" if rows else "")
        self.arrivals.show_rows([arrival_row(row) for row in rows])
        self.arrivals.setVisible(bool(rows))
        self.counted.emit(sum(row.passes < 2 for row in rows))
        if self._wanted and self._wanted in self._rows:
            self.arrivals.choose(self._wanted, quietly=True)
            if self.triage.person is None:
                self.open_stay(self._wanted)

    def _show_record(self, opened: OpenRecord, stay_id: str, *, bring_keyboard: bool) -> None:
        if stay_id != self._wanted:
            return
        self.triage.show_record(opened, stay_id)
        self._middle.setCurrentWidget(self.triage)
        self.person_in_hand.emit(opened.person)
        if self._side.currentWidget() is self.timeline:
            self._ask_timeline()
        if bring_keyboard:
            self._to_triage()

    def _to_triage(self) -> None:
        """The keyboard goes to the first question that is open: opened with Enter, one can begin to ask."""
        there = self.triage.focus_widget()
        if there is not None and self.isVisible():
            there.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_proposed(self, tonight: Tonight) -> None:
        self._tonight = tonight
        self.findings.show_lines(plan_lines(tonight))
        self.findings.show_priority(ChipFacts(f"Priority: {tonight.priority.value}", TONES[tonight.priority]))

    def _on_saved(self, saved: Saved, stay_id: str, on_pass: int) -> None:
        """Say whose triage was saved. After the first pass, on to the next who has not had it; after the second, and
        with nobody left, the same person stays in hand, for the sheet. Whoever was chosen meanwhile stays too, and so
        does who is still being answered of: what is typed of one must not answer of another."""
        name = saved.person.identity.display
        self.told.emit(f"Saved: {name}, {'first' if on_pass == 1 else 'second'} pass.")
        self.refresh()
        if stay_id != self._wanted:
            return
        waiting = [row for row in self._rows.values() if row.passes == 0 and row.stay != stay_id]
        if self.triage.came_since:
            self.person_in_hand.emit(saved.person)
            return
        if on_pass == 1 and waiting:
            self.open_stay(waiting[0].stay, instead_of=stay_id)
        else:
            self._show_record(OpenRecord(saved.person, None), stay_id, bring_keyboard=False)

    def _on_changes(self, changes: ChangeSet, origin: object) -> None:
        if self._station.session is None or not changes.touches(kinds=["arrival", "triage", "person", "task"]):
            return
        self.refresh()
        person = self.triage.person
        mine = origin in (self, self.triage)
        if person is not None and not mine and any(changes.touches(id_) for id_ in person.patient_ids):
            self.open_person(person.patient_id, bring_keyboard=False)

    def _on_wrong(self, error: Exception) -> None:
        self.trouble.emit(sentence_for(error))

    def _ask_same_person(self, row: ArrivalRow) -> None:
        acting = self._station.acting

        def query(_: object) -> tuple[joining.Likeness, ...]:
            return joining.side_by_side(acting, row.patient_id)

        def show(found: tuple[joining.Likeness, ...]) -> None:
            if len(found) > 1 and self._wanted == row.stay:
                self.same_person.show_records(*found)
                self._middle.setCurrentWidget(self.same_person)
                self.same_person.take_focus()

        self._station.work.ask(self, query, show, self._on_wrong)

    def turn_timeline(self) -> None:
        """Open or close the timeline beside the page."""
        if self._side.currentWidget() is self.timeline:
            self._side.setCurrentWidget(self.findings)
            self._to_triage()
            return
        self._side.setCurrentWidget(self.timeline)
        self._ask_timeline(bring_keyboard=True)

    def _ask_timeline(self, *, bring_keyboard: bool = False) -> None:
        person = self.triage.person
        if person is None:
            self.timeline.show_rows(())
            return
        acting, patient_id = self._station.acting, person.patient_id

        def show(rows: tuple[TimelineRow, ...]) -> None:
            if self.triage.person is None or self.triage.person.patient_id != patient_id:
                return
            self._entries = {row.entry_id: row for row in rows}
            self.timeline.show_rows(tuple(timeline_row(row) for row in rows))
            if bring_keyboard and self.timeline.isVisible():
                self.timeline.list.setFocus(Qt.FocusReason.OtherFocusReason)

        self._station.work.ask(
            self, lambda _: people.timeline(acting, patient_id), show, self._on_wrong, slot="timeline"
        )

    def _on_entry(self, entry_id: str) -> None:
        if self.triage.person is not None and entry_id in self._entries:
            self.entry.show_row(self.triage.person.patient_id, self._entries[entry_id])
            self._middle.setCurrentWidget(self.entry)

    def _ask_who(self) -> None:
        if self.triage.person is not None:
            self.triage.keep()
            self.who.show_person(self.triage.person)
            self._middle.setCurrentWidget(self.who)

    def _on_settled(self) -> None:
        """A panel wrote something of the person in hand: the record is read again, and stands as it is now."""
        person = self.triage.person
        self._show_middle()
        if person is not None:
            self.open_person(person.patient_id)

    def _on_opened(self, stay_id: str) -> None:
        """Enter on the list: who is in hand already is not opened, and audited, once more."""
        in_hand = self._wanted == stay_id and self.triage.person is not None
        if in_hand and self._middle.currentWidget() is self.triage:
            self._to_triage()
        else:
            self.open_stay(stay_id)

    def _step(self, by: int) -> None:
        """The next person on the list, from who is in hand, wherever the arrow keys have looked meanwhile."""
        if self._wanted:
            self.arrivals.choose(self._wanted, quietly=True)
        self.arrivals.step(by)

    def _on_source(self, code: str) -> None:
        if self._tonight is not None:
            found = next((each for each in self._tonight.findings if str(each.code) == code), None)
            if found is not None:
                self.source_asked.emit(found)

    def _print(self) -> None:
        if self.triage.person is not None:
            self.triage.keep()
            self.first_night_asked.emit(self.triage.person.patient_id)

    def _lay_out(self, bands: Mapping[str, tuple[Band, ...]]) -> None:
        station = self._station
        self._list = Card("Arrivals", "", self)
        self.arrivals = Worklist("Arrivals, most at risk first", self._list)
        self.arrivals.opened.connect(self._on_opened)
        self._list.add(self.arrivals, 1)
        take_in = button("Take in list…", parent=self._list)
        take_in.clicked.connect(lambda: self.take_in())
        self._list.add(take_in)
        self.triage = TriagePane(station, bands, self)
        self.triage.proposed.connect(self._on_proposed)
        self.triage.saved.connect(self._on_saved)
        self.triage.trouble.connect(self.trouble)
        self.triage.print_asked.connect(self._print)
        self.triage.who_asked.connect(self._ask_who)
        self.take_in_panel = TakeInPanel(station, self)
        self.take_in_panel.closed.connect(self._show_middle)
        self.same_person = SamePersonPanel(station, self)
        self.same_person.closed.connect(self._show_middle)
        self.same_person.settled.connect(self._on_settled)
        self.who = WhoAndWherePanel(station, self)
        self.entry = EntryPanel(station, self)
        for panel in (self.who, self.entry):
            panel.closed.connect(self._show_middle)
            panel.settled.connect(self._on_settled)
        self._empty = EmptyState(
            "Nobody is in hand",
            "Go to an arrival on the left with the arrow keys and open it with Enter, or take in tonight's list. "
            "The triage stands here; tonight's plan, with the reason and source of each line, stands beside it.",
            "Take in list…",
            self,
        )
        self._empty.begun.connect(lambda: self.take_in())
        self._middle = QStackedWidget(self)
        for each in (self._empty, self.triage, self.take_in_panel, self.same_person, self.who, self.entry):
            self._middle.addWidget(each)
        self.findings = FindingsPanel(
            "Tonight's plan", "What guidance says of the person in hand will stand here.", self
        )
        self.findings.reference_asked.connect(self._on_source)
        self.timeline = Timeline(self)
        self.timeline.opened.connect(self._on_entry)
        self._side = QStackedWidget(self)
        self._side.addWidget(self.findings)
        self._side.addWidget(self.timeline)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Panes(self._middle, self._list, self._side, self))

    def _show_middle(self) -> None:
        self._middle.setCurrentWidget(self.triage if self.triage.person is not None else self._empty)
        self.refresh()
