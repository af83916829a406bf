"""The medicine round: the list by place on the left, one dose at a time beside it, and at its end the count.

A scanner only opens: a number at the list opens that person's dose. While another dose is open of which something
has been answered, or which is in somebody's hand, a number answers nothing, opens nothing, and says whose it is;
the checks of the open dose are then asked anew (see `scanner`).
"""

from datetime import date

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pdtdesk.domain.names import excerpt
from pdtdesk.domain.regime.rounds import part_of, round_at
from pdtdesk.domain.roles import Permission, may
from pdtdesk.services.regime import giving
from pdtdesk.services.regime.giving import DoseNow, RoundRow
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.regime.round_list import RoundList
from pdtdesk.ui.regime.round_panels import RoundPanels
from pdtdesk.ui.regime.round_words import ALL_DAY, LARGE, row_id
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shell.list_page import ListPage
from pdtdesk.ui.shortcuts import Shortcut, bind
from pdtdesk.ui.station import Station
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import button

_KINDS = ("dose", "order", "regime", "triage", "person", "arrival")
AFTER_SEEN_MS = 40
"""After the next dose stands there: then the list is shown as it is, and the rows of the last one are read again."""

_UNBOUNDED = 16_777_215
"""As wide as Qt lets anything be."""
_ENDED = frozenset({"written", "conflict"})
_FEW = 6
"""People whose rows are read one by one after a change; beyond that the round is read again as a whole."""


class RoundPage(ListPage):
    """The round. `person_in_hand(PersonRecord | None)`, `counted(int)`, `told(words)`, `print_asked(day, part)`;
    `turned`: another dose is opened, and what was said before is not about it."""

    title = "Medicine round"
    person_in_hand = Signal(object)
    counted = Signal(int)
    told = Signal(str)
    turned = Signal()
    print_asked = Signal(object, str)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._rows: dict[str, RoundRow] = {}
        self._now: DoseNow | None = None
        self._day: date | None = None
        self._wanted, self._ahead = "", False
        self._said: tuple[str, Tone] | None = None
        self._witness = ""
        self._recorded: DoseNow | None = None
        self._lay_out()
        station.work.changes.announced.connect(self._on_changes)
        bind(Shortcut.SCAN, self, self.list.take_scan)
        bind(Shortcut.NEXT_DOSE, self, lambda: self._step(1))
        bind(Shortcut.PREVIOUS_DOSE, self, lambda: self._step(-1))
        bind(Shortcut.SIGN_OUT, self, self.begin_signing_out)
        bind(Shortcut.LET_GO, self, self._back)

    # what the window asks of it

    def first_focus(self) -> QWidget | None:
        """The dose in hand, else the list."""
        return None if not self.panels.is_empty() else self.list.rows

    def opened(self) -> None:
        """The round of this hour, unless a dose is in hand; its checks are asked anew."""
        if not self._wanted:
            self._to_this_hour()
        self.to_sign_button.setVisible(may(self._station.acting.who.role, Permission.DECIDE_REGIME))
        self._make_room()
        super().opened()
        if self._wanted:
            self.open_row(self._wanted)

    def refresh(self) -> None:
        """Read the whole round again; the dose in hand stays."""
        if self._day is None:
            self._to_this_hour()
        acting, opened, day = self._station.acting, self.was_opened, self._day or self._station.today()

        def show(rows: tuple[RoundRow, ...]) -> None:
            self.was_opened = False
            self._rows = {row_id(row.due): row for row in rows}
            self._show_rows()

        self._station.work.ask(
            self,
            lambda _: giving.medicine_round(acting, day, opened=opened),
            show,
            self.on_not_listed,
            slot="round",
        )

    def put_away(self) -> None:
        """Before a lock: what was seen and not written yet is written; nothing typed or shown is left."""
        self.panels.put_away()
        self._rows, self._wanted, self._witness = {}, "", ""
        self._said = self._recorded = None
        self.list.clear()
        self.panels.show_nothing()
        self.person_in_hand.emit(None)

    def is_settled(self) -> bool:
        """Whether nothing that was seen is about to be written, and all of the last dose has been shown."""
        return self._recorded is None and not self.dose.is_about_to_write()

    def show_in_hand(self) -> None:
        """The page came back into sight: whoever is in hand stands on the banner again."""
        self.person_in_hand.emit(self._now.person if self._now is not None and self._wanted else None)

    def rows(self) -> tuple[RoundRow, ...]:
        """The doses of the day as they are listed."""
        return tuple(self._rows.values())

    def open_row(self, wanted: str) -> None:
        """Open a dose of the list."""
        row = self._rows.get(wanted)
        if row is None:
            return
        self.turned.emit()
        self._wanted, self._ahead = wanted, row.state in ("handed out", "conflict")  # asked before all
        self.list.rows.choose(wanted, quietly=True)
        self.dose.wait()
        acting = self._station.acting
        self._station.work.ask(
            self, lambda _: giving.open_dose(acting, row.due), self._show_dose, self._on_not_opened, slot="dose"
        )

    def number(self, text: str) -> None:
        """A number was scanned or typed: it opens that person's dose, and answers nothing of another's."""
        row = self.list.of_number(text)
        if self._wanted and self.panels.has_dose():
            self._over_a_dose(text, row)
        elif row is None:
            self.list.take_scan()
            self.trouble.emit(f"{_whose(text)} is not on this round. Look at the number, or choose from the list.")
        else:
            self._to_part_of(row)
            self.open_row(row_id(row.due))

    def begin_signing_out(self) -> None:
        """Turn to the count of the round; of all day, the round of this hour is counted."""
        part = self.list.part if self.list.part != ALL_DAY else round_at(self._station.now())[1]
        self._forget_dose()
        self.panels.begin_count(self._day or self._station.today(), part, self._witness)

    def begin_signing_orders(self) -> None:
        """Turn to what was said on the telephone."""
        self._forget_dose()
        self.panels.sign_orders()

    def let_go(self) -> None:
        """Back to the list: what is not recorded of the dose in hand is asked anew when it is opened again."""
        here = self._wanted
        self._forget_dose()
        self.panels.show_nothing()
        self.list.rows.choose(here, quietly=True)
        self.list.rows.setFocus()
        self._tell_recorded()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "panels"):
            self._make_room()

    def _back(self) -> None:
        """Escape: from what ends a stop to its dose, and from the dose to the list."""
        if not self.panels.step_back():
            self.let_go()

    def _make_room(self) -> None:
        """With large words the whole width goes to what is in hand, else to the list: never half of it to each."""
        large, empty = current_theme().text_scale >= LARGE, self.panels.is_empty()
        self.list.fold(folded=large and not empty)
        self.panels.setHidden(large and empty)
        narrow = current_theme().width("worklist")
        self.list.setMinimumWidth(0 if large else narrow)
        self.list.setMaximumWidth(_UNBOUNDED if large else narrow)

    # what comes back

    def _show_dose(self, now: DoseNow) -> None:
        if row_id(now.row.due) != self._wanted:
            return
        self._now = now
        self.panels.show_dose(now, self._witness)
        self._say_it()
        self.person_in_hand.emit(now.person)
        if self._recorded is not None:
            QTimer.singleShot(AFTER_SEEN_MS, self, self._tell_recorded)

    def _on_not_opened(self, error: Exception) -> None:
        """The dose is not there any more as the list has it: the list is read again."""
        self._forget_dose()
        self.panels.show_nothing()
        self.trouble.emit(sentence_for(error))
        self._recorded = None
        self.refresh()
        self.list.rows.setFocus()

    def _on_written(self, now: DoseNow) -> None:
        """A step is durable: once this dose has ended, the next that waits is opened, and then this person's rows
        are read again; nobody else's."""
        id_ = row_id(now.row.due)
        ended = id_ == self._wanted and now.row.state in _ENDED and self.panels.currentWidget() is self.dose
        self._rows[id_] = now.row
        self.list.keep(self.rows())
        nxt = self.list.next_open("" if self._ahead else id_) if ended else None
        if ended:
            self._recorded = now
        if nxt is not None:
            self.open_row(row_id(nxt.due))  # the list and what is said of the last one wait until it stands there
            return
        if ended:
            self.let_go()
        elif id_ == self._wanted:
            self._show_dose(now)
        self._show_rows()
        if not ended:
            self._read_again(now.row.due.patient_id, now.row.due.day)

    def _tell_recorded(self) -> None:
        """After a dose: the list as it stands, a sentence about that dose, and this person's rows, read again."""
        now, self._recorded = self._recorded, None
        if now is not None and now.written is not None and self._station.session is not None:
            row = now.row
            self._show_rows()
            self.told.emit(f"Recorded. {row.name}: {row.dose}, {now.written.outcome.words}.")
            self._read_again(row.due.patient_id, row.due.day)

    def _put(self, patient_id: str, rows: tuple[RoundRow, ...]) -> None:
        """One person's rows in the place of those they had; those who are new stand where the list has its end."""
        fresh = {row_id(row.due): row for row in rows}  # of earlier days what still asks for somebody
        stood = {id_: row for id_, row in self._rows.items() if row.due.patient_id == patient_id}
        if fresh == stood:
            return
        kept = {id_: fresh.pop(id_, None) if id_ in stood else row for id_, row in self._rows.items()}
        self._rows = {id_: row for id_, row in kept.items() if row is not None} | fresh
        self._show_rows()

    def _show_rows(self) -> None:
        self.list.show_rows(self.rows(), self._day)
        if self._wanted:
            self.list.rows.choose(self._wanted, quietly=True)
        day, part = round_at(self._station.now())
        waiting = [
            row
            for row in self._rows.values()
            if row.due.day == day and part_of(row.due.slot) == part and row.state in ("due", "handed out", "stopped")
        ]
        self.counted.emit(len(waiting))

    def _on_changes(self, changes: ChangeSet, origin: object) -> None:
        mine = self.panels.wrote(origin)
        if self._station.session is None or mine or self._day is None or not changes.touches(kinds=_KINDS):
            return
        if not may(self._station.session.acting.who.role, Permission.GIVE_DOSES):
            return
        known = {row.due.patient_id for row in self._rows.values()}
        new = changes.touches(kinds=("order", "regime", "dose"))
        touched = [each for each in changes.patients if new or each in known]
        if len(touched) > _FEW:
            self.refresh()
            return
        for patient_id in touched:
            self._read_again(patient_id, self._day)

    def _read_again(self, patient_id: str, day: date) -> None:
        """One person's rows, after something was written of them elsewhere."""
        acting = self._station.acting

        def read(_: object) -> tuple[RoundRow, ...]:
            return giving.rows_of_person(acting, patient_id, day)

        self._station.work.ask(self, read, lambda rows: self._put(patient_id, rows), lambda _: self.refresh())

    def _over_a_dose(self, text: str, row: RoundRow | None) -> None:
        """A number, or keys that were no answer, came while a dose was open."""
        now = self.dose.now
        if now is None:
            return
        same = row is not None and row.due.patient_id == now.row.due.patient_id
        if same:
            self.dose.say("That is this person's number: it opens the dose, and identifies nobody.", Tone.AMBER)
        elif row is None:
            self.dose.say(
                f"{_whose(text)} is no answer here, and nobody's number on this round: nothing was answered by it."
            )
        elif self.dose.is_touched():
            open_here = f"The dose that is open is that of {now.row.name}."
            self.dose.begin_again(
                f"That was the number of {row.name}. {open_here} Nothing was answered by it: look who stands there. "
                f"F7 and the scanner once more open the dose of {row.name}."
            )
        else:
            self._to_part_of(row)
            self.open_row(row_id(row.due))

    def _number_by_field(self, text: str) -> None:
        """A number in the field for the scanner: the hand went there on purpose. A dose that is in somebody's hand
        asks first what became of it."""
        now = self.dose.now
        row = self.list.of_number(text)
        here = self._wanted and self.panels.has_dose()
        if here and now is not None and row is not None and now.begun is not None:
            self.dose.take_focus()
            self.dose.say(f"First write down what became of the dose that {now.row.name} was handed.", Tone.AMBER)
        elif here and row is not None:
            self._to_part_of(row)
            self.open_row(row_id(row.due))
        else:
            if row is None:
                self._forget_dose()
                self.panels.show_nothing()
            self.number(text)

    def _on_changed(self, sentence: str) -> None:
        self._said = (sentence, Tone.AMBER)
        self.open_row(self._wanted)

    def _say_it(self) -> None:
        said, self._said = self._said, None
        if said is not None:
            self.panels.say(*said)

    def _step(self, by: int) -> None:
        if self._wanted:
            self.list.rows.choose(self._wanted, quietly=True)
        self.list.rows.step(by)

    def _to_part_of(self, row: RoundRow) -> None:
        if self.list.part not in (ALL_DAY, part_of(row.due.slot)):
            self.list.show_part(part_of(row.due.slot))

    def _to_this_hour(self) -> None:
        self._day, part = round_at(self._station.now())
        self.list.show_part(part)

    def _forget_dose(self) -> None:
        self._wanted, self._now = "", None
        self.dose.clear()
        self.person_in_hand.emit(None)

    def _on_witness(self, name: str) -> None:
        self._witness = name
        if self.dose.now is not None and not self.dose.witness.value():
            self.dose.witness.set_value(name or None)

    def _lay_out(self) -> None:
        station = self._station
        self.list = RoundList(station, self)
        self.list.opened.connect(self.open_row)
        self.list.numbered.connect(self._number_by_field)
        self.list.scanned.connect(self.number)
        self.list.witnessed.connect(self._on_witness)
        sign_out = button("Sign out the round…", parent=self.list)
        sign_out.clicked.connect(self.begin_signing_out)
        self.to_sign_button = button("Orders to sign…", parent=self.list)
        self.to_sign_button.clicked.connect(self.begin_signing_orders)
        self.list.add(sign_out)
        self.list.add(self.to_sign_button)
        self.panels = RoundPanels(station, self)
        self.panels.written_down.connect(self._on_written)
        self.panels.changed.connect(self._on_changed)
        self.panels.scanned.connect(self.number)
        self.panels.closed.connect(self.let_go)
        self.panels.print_asked.connect(self.print_asked)
        self.panels.currentChanged.connect(lambda _: self._make_room())
        self.list.let_go_asked.connect(self.let_go)
        self.dose = self.panels.dose
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(current_theme().space("s"))
        whole.addWidget(self.list.strip)
        beside = QHBoxLayout()
        beside.setSpacing(current_theme().space("m"))
        beside.addWidget(self.list)
        beside.addWidget(self.panels, 1)
        whole.addLayout(beside, 1)
        self._make_room()


def _whose(text: str) -> str:
    return f"“{excerpt(text)}”"
