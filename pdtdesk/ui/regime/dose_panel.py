"""One dose at the hatch, by keys alone: who it is, drowsy, intoxicated, handed out; then what became of it.

Nothing is filled in beforehand but the witness of the round. An answer moves on by itself, Enter hands out and
records. `drowsy: yes` is written down without Enter, as soon as the keys have rested (see `scanner`).
"""

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from pdtdesk.domain.quantities import QuantityRefused
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.policy.regime.stops import StopCode
from pdtdesk.services.refusals import Changed
from pdtdesk.services.regime import handing
from pdtdesk.services.regime.from_paper import open_doses
from pdtdesk.services.regime.giving import DoseNow
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.regime.dose_checks import DoseChecks, Stood
from pdtdesk.ui.regime.dose_head import DoseFacts, DoseHead
from pdtdesk.ui.regime.outcome_form import KEYS, NOT_HANDED, OutcomeForm
from pdtdesk.ui.regime.round_words import LARGE, seen_words, stops_to_lift
from pdtdesk.ui.regime.scanner import ScanGuard, only
from pdtdesk.ui.regime.writing import OF_A_DOSE, OF_A_LOOK, write
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shortcuts import Shortcut, bind
from pdtdesk.ui.station import Station
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, Scrolled, button, button_row
from pdtdesk.ui.widgets.field import Field, FieldSpec, build_field
from pdtdesk.ui.widgets.field import Look as Where
from pdtdesk.ui.widgets.notice import NoticeBar
from pdtdesk.ui.widgets.words import words

LOOK_RESTS_MS = 150
"""From the answer that somebody is drowsy or intoxicated until it is written: a scanner goes on within that time."""

_NOT_GIVEN = {KEYS[each]: each for each in NOT_HANDED}
_AWAY = "".join(_NOT_GIVEN)
_KEYS_CHECKS = "P photograph · I two identifiers · X not this patient · R M W not given · Enter hands out"
_KEYS_IN_HAND = "T taken · A a part · R refused · M missed · W withheld · V vomited · C concealed · Enter records"
_KEYS_NOT_GIVEN = "R refused · M missed · W withheld · Enter records"


class DosePanel(Card):
    """`written(DoseNow)`: a step is durable; `scanned(text)`: a scanner spoke; `refused(sentence)`;
    `changed`: somebody else has written meanwhile, read it again; `look_asked`, `lift_asked`, `paper_asked`."""

    written = Signal(object)
    scanned = Signal(str)
    refused = Signal(str)
    changed = Signal(str)
    look_asked = Signal()
    lift_asked = Signal()
    paper_asked = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._station = station
        self.now: DoseNow | None = None
        self._busy = False
        self._lay_out(station)
        self._rests = QTimer(self)
        self._rests.setSingleShot(True)
        self._rests.setInterval(LOOK_RESTS_MS)
        self._rests.timeout.connect(self._write_look)
        self.guard: ScanGuard[Stood] = ScanGuard(self, self.stood, self.put_back)
        self.guard.scanned.connect(self.scanned)
        self.guard.strayed.connect(self._rests.stop)
        self._watch()
        bind(Shortcut.SAVE, self, self._on_save)
        self.clear()

    # what the page asks of it

    def show_dose(self, now: DoseNow, witness: str) -> None:
        """A dose as it stands now, with every question open."""
        self._rests.stop()
        self.guard.begin()
        self.now, self._busy = now, False
        self.bar.show_notice(None)
        self.dose.show_row(now)
        self.facts.show_dose(now, self._station.acting)
        self.checks.ask(looks=now.order.medicine.makes_drowsy, by_score=now.row.by_score)
        self.witness.set_value(witness or None)
        self.not_given.clear(seen_words(now, self._station.acting.now()) if self._is_sedated() else "")
        self.outcome.clear()
        for part in (self.dose, self._inside):
            part.show()
        self._show_parts()
        self.take_focus()

    def clear(self) -> None:
        """Nobody is in hand; the keyboard stays here until somebody is."""
        self._rests.stop()
        self.guard.begin()
        if self._holds_keyboard():
            self.setFocus()
        self.now, self._busy = None, False
        for part in (self.dose, self._inside):
            part.hide()
        self.bar.show_notice(None)
        self.checks.put_back({})
        self.witness.set_value(None)
        self.not_given.clear()
        self.outcome.clear()

    def wait(self) -> None:
        """Another dose is being opened: what stands here is answered no more, and no key means anything."""
        self._rests.stop()
        self.guard.begin()
        self.now, self._busy = None, True
        if self._holds_keyboard():
            self.setFocus()

    def put_away(self) -> None:
        """Before a lock: what was seen and is not written yet is written now; what was only typed goes."""
        if self._rests.isActive():
            self._write_look()
        self.clear()

    def is_about_to_write(self) -> bool:
        """Whether somebody was just found drowsy or intoxicated, and the keys have not rested yet."""
        return self._rests.isActive()

    def is_touched(self) -> bool:
        """Whether something was answered that is not durable yet, or a dose is in somebody's hand."""
        return self.now is not None and (self._is_handed_out() or any(self._answered()))

    def begin_again(self, sentence: str) -> None:
        """Ask every check anew, and say why."""
        self.checks.begin_again()
        self.not_given.clear(self.not_given.prefilled)
        self._show_parts()
        self.say(sentence)
        self.take_focus()

    def say(self, sentence: str, tone: Tone = Tone.RED) -> None:
        """A sentence above the dose."""
        self.bar.say(sentence, tone)

    def stood(self) -> Stood:
        """What is answered now."""
        own = {self.witness.key: self.witness.input.typed_words() or None}
        return {**own, **self.checks.stood(), **self.not_given.stood(), **self.outcome.stood()}

    def put_back(self, stood: Stood) -> None:
        """Show again what was answered, and bring the keyboard to the first question that is open."""
        self._rests.stop()
        self.checks.put_back(stood)
        self.witness.set_value(stood.get(self.witness.key))
        self.not_given.put_back(stood)
        self.outcome.put_back(stood)
        self._show_parts()
        self.take_focus()

    def take_focus(self) -> None:
        """The keyboard goes to the first question that is open, else to what it waits for."""
        if self.now is None or self._busy:
            self.setFocus()
        elif self._is_handed_out():
            self._to(self.outcome.outcome if self.outcome.value() is None else self._record)
        elif self.not_given.value() is not None:
            self._to(self._record)
        elif self.is_stopped():  # what stops it stays in sight; R, M and W are heard from here too
            offered = next((each for each in (self._look, self._lift) if not each.isHidden()), None)
            self._to(offered or self.not_given.outcome)
            self._scroll.verticalScrollBar().setValue(0)
        else:
            self._to(self.checks.still_open() or self._hand_out)

    def is_stopped(self) -> bool:
        """Whether something stops this dose."""
        if self.now is None or self._is_handed_out():
            return False
        return bool(self.now.stops) or self.now.row.state in ("stopped", "conflict")

    # how it is made

    def _lay_out(self, station: Station) -> None:
        self.setFocusPolicy(self.focusPolicy().ClickFocus)
        self.bar = NoticeBar(self)
        self.add(self.bar)
        self.dose = DoseHead(self)
        self.add(self.dose)
        self._scroll = Scrolled(self)
        self._inside = QWidget(self)
        self._column = column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        self.facts = DoseFacts(self._inside)
        self.checks = DoseChecks(station, self._inside)
        self.not_given = OutcomeForm(station, "not_given", NOT_HANDED, "Not given", self._inside, inline=True)
        self.outcome = OutcomeForm(station, "outcome", tuple(Outcome), "What became of it", self._inside)
        witness = FieldSpec("dose.witness", "Witness", look=Where.INLINE, width=24, can_be_not_asked=False)
        self.witness = build_field(witness, station.now, self._inside)
        for part in (self.facts.standing, self.facts, self.checks, self.not_given, self.outcome, self.witness):
            column.addWidget(part)
        column.addStretch(1)
        self._scroll.add(self._inside, 1)
        self.add(self._scroll, 1)
        self._keys = words("", "small", wrap=True, parent=self)
        self.add(self._keys)
        self.title.hide()
        self.note.hide()
        self._hand_out = button("Hand out", "primary", self)
        self._record = button("Record", "primary", self)
        self._look = button("Look again…", parent=self)
        self._lift = button("A prescriber lifts this…", parent=self)
        self._paper = button("Given on paper…", parent=self)
        self.add(button_row(self._hand_out, self._record, self._look, self._lift, self._paper, parent=self))
        self._hand_out.clicked.connect(self._on_hand_out)
        self._record.clicked.connect(self._on_record)
        self._look.clicked.connect(self.look_asked)
        self._lift.clicked.connect(self.lift_asked)
        self._paper.clicked.connect(self.paper_asked)
        self.checks.taken_back.connect(lambda: self._rests.stop())
        self.checks.passed.connect(self.take_focus)
        self.checks.seen.connect(self._on_seen)
        self.checks.somebody_else.connect(self._on_somebody_else)
        self.checks.another_stands.connect(self._hand_out.setDisabled)
        for form in (self.not_given, self.outcome):
            form.chosen.connect(lambda _: self._show_parts())
            form.complete.connect(lambda: self._to(self._record))
            form.words.input.leave.connect(lambda step: self._to(self._record) if step > 0 else None)

    def _watch(self) -> None:
        self.guard.watch(self, only(""))
        self.checks.watched_by(self.guard, _AWAY)
        for widget in self.witness.input.targets():
            self.guard.watch(widget, None)
        self.not_given.watched_by(self.guard)
        self.outcome.watched_by(self.guard)
        self.guard.watch(self._record, only(""))
        for one in (self._hand_out, self._look, self._lift, self._paper):
            self.guard.watch(one, only(_AWAY))

    # what happens in it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters that lead away from a check: refused, missed, withheld."""
        outcome = _NOT_GIVEN.get(event.text().upper())
        if outcome is not None and self.now is not None and not self._busy and not self._is_handed_out():
            self.not_given.choose(outcome)
            return
        super().keyPressEvent(event)

    def _on_somebody_else(self) -> None:
        """Nothing of it stands in the record of the person in hand; that it happened is kept."""
        if self.now is None:
            return
        due, acting = self.now.row.due, self._station.acting

        def command(_: object) -> ChangeSet:
            handing.not_this_patient(acting, due)
            return ChangeSet()

        self._station.work.do(self, command)

    def _on_seen(self) -> None:
        if self.now is not None and not self._busy:
            self._rests.start()

    def _write_look(self) -> None:
        """Somebody is drowsy or intoxicated: that stands for everybody, from now on."""
        self._rests.stop()
        if self.now is None or self._busy:
            return
        due, checked = self.now.row.due, self.checks.checked(self.witness.value() or "")
        self._begin_writing()
        write(
            self._station,
            self,
            due,
            lambda acting: handing.hand_out(acting, due, checked),
            self.written.emit,
            self._on_wrong,
            kinds=OF_A_LOOK,
        )

    def _on_hand_out(self) -> None:
        if self.now is None or self._busy:
            return
        if self._rests.isActive():
            self._write_look()
            return
        still = self.checks.still_open()
        if still is not None:
            still.set_error(still.error() or "This is asked before the dose is handed out.")
            self._to(still)
            return
        try:
            poured = self.checks.amount()
        except QuantityRefused as refused:
            self.checks.poured.set_error(str(refused))
            self._to(self.checks.poured)
            return
        due, checked = self.now.row.due, self.checks.checked(self.witness.value() or "")
        self._begin_writing()
        write(
            self._station,
            self,
            due,
            lambda acting: handing.hand_out(acting, due, replace(checked, poured=poured)),
            self.written.emit,
            self._on_wrong,
            kinds=OF_A_DOSE,
        )

    def _on_record(self) -> None:
        if self.now is None or self._busy:
            return
        form = self.outcome if self._is_handed_out() else self.not_given
        wrong = form.problem()
        if wrong is not None:
            wrong[0].set_error(wrong[1])
            self._to(wrong[0])
            return
        try:
            ended = form.ended(self.witness.value() or "")
        except QuantityRefused as refused:
            form.taken.set_error(str(refused))
            self._to(form.taken)
            return
        due = self.now.row.due
        self._begin_writing()
        write(
            self._station,
            self,
            due,
            lambda acting: handing.record_dose(acting, due, ended),
            self.written.emit,
            self._on_wrong,
        )

    def _on_save(self) -> None:
        if self._record.isVisible():
            self._on_record()
        elif self._hand_out.isVisible():
            self._on_hand_out()

    def _on_wrong(self, error: Exception) -> None:
        """It was not written: what was answered stands, and is tried again."""
        self._busy = False
        if isinstance(error, Changed):
            self.changed.emit(sentence_for(error))
            return
        self.say(sentence_for(error))
        self.take_focus()

    def _begin_writing(self) -> None:
        self._busy = True
        self.bar.show_notice(None)
        self.setFocus()

    def _show_parts(self) -> None:
        handed, stopped = self._is_handed_out(), self.is_stopped()
        away = self.not_given.value() is not None
        asks = self.now is not None and not (handed or stopped or away)
        self.checks.setVisible(asks)
        self._column.removeWidget(self.not_given)  # it stands right under what stops a dose
        beneath = self.facts.standing if stopped else self.checks
        self._column.insertWidget(self._column.indexOf(beneath) + 1, self.not_given)
        self.not_given.setVisible(not handed)
        self.outcome.setVisible(handed)
        self._keys.setVisible(current_theme().text_scale < LARGE)  # large words: the room goes to the dose
        self._keys.setText(_KEYS_IN_HAND if handed else _KEYS_NOT_GIVEN if stopped or away else _KEYS_CHECKS)
        self._hand_out.setVisible(asks)
        self._record.setVisible(handed or away)
        self._look.setVisible(stopped and self._is_sedated())
        lifts = self.now is not None and stopped and stops_to_lift(self.now, self._station.acting)
        self._lift.setVisible(bool(lifts))
        on_paper = self.now is not None and not handed and bool(open_doses(self.now, self._station.now()))
        self._paper.setVisible(on_paper)

    def _answered(self) -> tuple[object, ...]:
        return (*self.checks.stood().values(), self.not_given.value(), self.outcome.value())

    def _is_handed_out(self) -> bool:
        return self.now is not None and self.now.begun is not None

    def _is_sedated(self) -> bool:
        return self.now is not None and any(each.code is StopCode.AFTER_SEDATION for each in self.now.stops)

    def _holds_keyboard(self) -> bool:
        here = self.window().focusWidget()
        return here is not None and (here is self or self.isAncestorOf(here))

    def _to(self, there: Field | QPushButton) -> None:
        if isinstance(there, Field):
            there.take_focus()
        else:
            there.setFocus()
