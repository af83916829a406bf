"""The triage of one person: what is typed is kept at once, judged as you type, and saved in one durable step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.reception.scales import Band
from pdtdesk.policy.findings import Tonight
from pdtdesk.services.ports import Draft
from pdtdesk.services.reception import triage
from pdtdesk.services.reception.people import OpenRecord
from pdtdesk.services.reception.triage import Saved
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.reception.answering import Answering
from pdtdesk.ui.reception.form import TriageForm
from pdtdesk.ui.reception.scale_card import ScaleCard
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shortcuts import Shortcut, bind
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Done
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.card import button, button_row
from pdtdesk.ui.widgets.stops import chain

KEEP_AFTER_MS = 400
JUDGE_AFTER_MS = 120
A_MINUTE_MS = 60_000
STANDS = (
    "What was answered stands: no empty field and no “not asked” takes it away. Give another answer, or mark it as "
    "entered in error in the timeline (F6)."
)


@dataclass(slots=True, eq=False)
class _Saving:
    """A save under way, and whether the desk has written it: said by the worker, read by what it does next."""

    draft: Draft
    written: bool = False


class TriagePane(QWidget):
    """The form with its buttons.

    `proposed(Tonight)`; `saved(Saved, stay, pass)`; `trouble(sentence)`; `print_asked`; `who_asked`.
    """

    proposed = Signal(object)
    saved = Signal(object, str, int)
    kept = Signal()
    trouble = Signal(str)
    print_asked = Signal()
    who_asked = Signal()

    def __init__(
        self, station: Station, bands: Mapping[str, tuple[Band, ...]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._station = station
        self.form = TriageForm(station.now, bands, self)
        self.person: PersonRecord | None = None
        self._stay: Stay | None = None
        self._held: Answering | None = None
        self.on_pass = 1
        self._saving: _Saving | None = None
        self.came_since = False
        self.given = 0
        self._is_kept = False
        self._keep = self._timer(KEEP_AFTER_MS, self.keep)
        self._judge = self._timer(JUDGE_AFTER_MS, self._propose)
        self._waits_for_quiet: Callable[[], None] | None = None
        self._quiet = self._timer(KEEP_AFTER_MS, self._on_quiet)
        self._minute = QTimer(self)
        self._minute.setInterval(A_MINUTE_MS)
        self._minute.timeout.connect(self.look_at_clock)
        self._minute.start()
        self._lay_out()
        self.form.answered.connect(self._on_answered)
        self.form.typed.connect(self._on_typed)
        self.form.not_asked.connect(self._on_not_asked)
        self.form.confirmed.connect(self._on_confirmed)
        self.form.scored.connect(self._on_scored)
        self.form.grown.connect(self._order_keys)
        bind(Shortcut.SAVE, self, self.save)
        bind(Shortcut.PRINT, self, self.print_asked.emit)
        bind(Shortcut.FIRST_PASS, self, lambda: self._turn_to(1))
        bind(Shortcut.SECOND_PASS, self, lambda: self._turn_to(2))
        bind(Shortcut.NEXT_SECTION, self, lambda: self._step(1))
        bind(Shortcut.PREVIOUS_SECTION, self, lambda: self._step(-1))

    def show_record(self, opened: OpenRecord, stay_id: str) -> None:
        """Show somebody's triage; what was in hand of another is kept first."""
        stay = triage.stay_of(opened.person, stay_id)
        typing = self.form.typed_in() if self._stay is not None and self._stay.id in stay.ids else ""
        if typing:
            self.keep()
        else:
            self.put_away()
        self.person, self._stay = opened.person, stay
        acting = self._station.acting
        draft = opened.draft if opened.draft and opened.draft.stay in stay.ids else None
        self._held = Answering(opened.person, self._stay, draft, acting.who, acting.now())
        self._is_kept = draft is not None
        on_pass = self.on_pass if typing else 1 if stay.passes_done == 0 else 2
        self.form.show_person(opened.person, self._stay, self._held, on_pass, but_not=typing)
        self._mark_pass(on_pass)
        if not typing:
            self.form.verticalScrollBar().setValue(0)
        self._propose()

    def when_quiet(self, then: Callable[[], None] | None) -> None:
        """Do something once nothing has been answered for a moment; None: nothing any more."""
        self._waits_for_quiet = then
        if then is None:
            self._quiet.stop()
        else:
            self._quiet.start()

    def _on_quiet(self) -> None:
        if (then := self._waits_for_quiet) is not None:
            then()

    def has_in_hand(self, person: PersonRecord) -> bool:
        """Whether this is who is being answered of, under whatever record."""
        return self.person is not None and not set(self.person.patient_ids).isdisjoint(person.patient_ids)

    def show_pass(self, on_pass: int) -> None:
        """Turn to the first or the second pass of the page."""
        self.form.show_pass(on_pass)
        self._mark_pass(on_pass)

    def _turn_to(self, on_pass: int) -> None:
        """By the key: the keyboard goes to the first question that is open there."""
        self.show_pass(on_pass)
        if (there := self.focus_widget()) is not None:
            there.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark_pass(self, on_pass: int) -> None:
        self.on_pass = on_pass
        self._save.setAccessibleName("Save the first pass" if on_pass == 1 else "Save the triage")
        self._first.setChecked(on_pass == 1)
        self._second.setChecked(on_pass == 2)

    def focus_widget(self) -> QWidget | None:
        """Where the keyboard goes: the first open question in sight."""
        field = self.form.first_open()
        return field.input.target() if field is not None else None

    def is_settled(self) -> bool:
        """Whether nothing waits to be kept or judged."""
        waits = any(timer.isActive() for timer in (self._keep, self._judge, self._quiet))
        return not waits and self._saving is None

    def put_away(self) -> None:
        """Keep what is in hand now, before another person or a lock takes its place."""
        typing = self.focusWidget()
        if typing is not None and self.form.isAncestorOf(typing):
            typing.clearFocus()  # what is half typed in a field is an answer too
        if self._keep.isActive():
            self._keep.stop()
            self.keep()
        if self._saving is not None:
            self._keep_what_comes_of(self._saving)
        self._judge.stop()
        self.when_quiet(None)
        self.person = self._stay = self._held = None

    def _is_being_saved(self) -> bool:
        """Whether a save of the one in hand is under way: that of another keeps nobody from keeping this one."""
        return self._saving is not None and self._stay is not None and self._stay.id == self._saving.draft.stay

    def keep(self) -> None:
        """Keep the draft, so that a lock, a crash or another user loses nothing of it."""
        if self._held is None or self._is_being_saved() or (self._held.is_empty() and not self._is_kept):
            return
        self._is_kept = not self._held.is_empty()
        draft, acting = self._held.draft(), self._station.acting

        def command(_: object) -> ChangeSet:
            triage.keep_draft(acting, draft)
            return ChangeSet.of(kinds=["draft"])

        self._station.work.do(self, command, lambda _: self.kept.emit())

    def look_at_clock(self) -> None:
        """A page that stays open is judged by the hour it has become: at eight in the morning a look wears out."""
        if self.person is not None and self._stay is not None and self._held is not None:
            self.form.show_worn_out(self.person, self._stay, self._held)
            self._propose()

    def save(self) -> None:
        """Save this pass: refused with the first thing that cannot be recorded, and the keyboard goes there.

        Where nothing was answered nothing is saved: a second Ctrl S comes when the next person is in hand already.
        """
        if self._held is None or self._saving is not None:
            return
        self.form.settle()
        problems = self.form.problems()
        if problems:
            field, sentence = problems[0]
            self.form.bring_out(field)
            field.take_focus()
            self.trouble.emit(sentence)
            return
        self._keep.stop()
        draft, acting, on_pass = self._held.draft(), self._station.acting, self.on_pass
        self._saving = saving = _Saving(draft)
        self._save.setEnabled(False)

        def command(_: object) -> Done[Saved]:
            done = triage.save(acting, draft, on_pass)
            saving.written = True
            return Done(ChangeSet.of([draft.patient_id], ["triage", "task", "arrival"]), done)

        self._station.work.do(self, command, lambda saved: self._on_saved(saved, saving, on_pass), self._on_not_saved)

    def _on_saved(self, saved: Saved, saving: _Saving, on_pass: int) -> None:
        self._saving = None
        self._save.setEnabled(True)
        self.came_since = False
        if self._held is not None and self._stay is not None and self._stay.id == saving.draft.stay:
            self._go_on_with(saved.person, self._held.draft(), saving.draft)
        self.saved.emit(saved, saving.draft.stay, on_pass)
        if self.came_since and self._held is not None:
            name = saved.person.identity.display
            self.trouble.emit(
                STANDS
                if self._held.is_empty()
                else f"What was answered of {name} while it was being saved is kept as a draft: save it too."
            )

    def _go_on_with(self, person: PersonRecord, now: Draft, saved: Draft) -> None:
        """The page is never without somebody's answers: what came since the save is in hand over what was saved."""
        acting = self._station.acting
        self.person, self._stay = person, triage.stay_of(person, saved.stay)
        later = triage.since(now, saved, self._stay)
        taken_back = saved.answers.keys() - now.answers.keys()
        self.came_since = bool(later.unread) or not later.is_empty or bool(taken_back)
        self._held = Answering(person, self._stay, later, acting.who, acting.now())
        self._is_kept = False
        self._keep.stop()
        for key in taken_back:
            self.form.show_again(person, self._stay, self._held, key)
        if self.came_since:
            self.given += 1
            self.keep()
        self._propose()

    def _keep_what_comes_of(self, saving: _Saving) -> None:
        """Nobody will be here when the save has come to an end: what was answered since is kept behind it, and all of
        it where that comes to nothing."""
        if self._held is None or not self._is_being_saved():
            return
        acting, now = self._station.acting, self._held.draft()

        def command(_: object) -> ChangeSet:
            kept = triage.keep_since(acting, now, saving.draft if saving.written else None)
            return ChangeSet.of(kinds=["draft"] if kept else [])

        self._station.work.do(self, command)

    def _on_not_saved(self, error: Exception) -> None:
        self._saving = None
        self._save.setEnabled(True)
        self.keep()
        self.trouble.emit(sentence_for(error))

    def _propose(self) -> None:
        if self._held is None or self.person is None:
            return
        acting, person, draft = self._station.acting, self.person, self._held.draft()
        self._station.work.ask(
            self, lambda _: triage.propose(acting, person, draft), self._on_proposed, slot="propose"
        )

    def _on_proposed(self, tonight: Tonight) -> None:
        self.proposed.emit(tonight)

    def _on_answered(self, key: str, value: object) -> None:
        if self._held is not None:
            acting = self._station.acting
            given = None if value is None else str(value)
            self._held.cannot_read(key, "")
            self._held.answer(key, given, acting.who, acting.now())
            if given is None and self.person is not None and self._stay is not None:
                self.form.show_again(self.person, self._stay, self._held, key)
                field = self.form.fields[key]
                if field.value() is not None and not field.waits_for_confirmation():
                    self.trouble.emit(STANDS)
            if key == "prescribed.any":
                self.form.show_pass(self.on_pass)
            elif key.startswith("medicines.") and self.on_pass == 2:
                self.form.show_pass(2)
            self._changed()

    def _on_typed(self, key: str, _: object) -> None:
        """Letter by letter: kept and judged after a pause, so that a crash takes no more than that.

        A text that has come back to what is saved, or to history that nobody has confirmed, is nobody's new answer.
        """
        if self._held is not None:
            acting, field = self._station.acting, self.form.fields[key]
            given = None if field.waits_for_confirmation() else field.value()
            self._held.typed(key, given, acting.who, acting.now())
            self._held.cannot_read(key, field.input.typed_words() if field.problem() else "")
            self._changed()

    def _on_not_asked(self, key: str, reason: str) -> None:
        if self._held is not None:
            acting = self._station.acting
            if not self._held.may_leave(key, acting.who):
                if self.person is not None and self._stay is not None:
                    self.form.show_again(self.person, self._stay, self._held, key)
                self.trouble.emit(STANDS)
                return
            self._held.not_asked(key, reason, acting.who, acting.now())
            self._held.cannot_read(key, "")
            self._changed()

    def _on_confirmed(self, key: str) -> None:
        if self._held is not None:
            acting = self._station.acting
            value = self.form.fields[key].value() or ""
            self._held.confirm(key, value, acting.who, acting.now())
            self._changed()

    def _on_scored(self, key: str, value: object) -> None:
        if self._held is not None:
            acting = self._station.acting
            self._held.score(key, None if value is None else str(value), acting.who, acting.now())
            self._changed()

    def _changed(self) -> None:
        self.given += 1
        if self._quiet.isActive():
            self._quiet.start()
        self._keep.start()
        self._judge.start()

    def _order_keys(self) -> None:
        """The page is built after its buttons: Tab comes to its questions first."""
        before: QWidget | None = self._first.previousInFocusChain()
        while before is not None and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
            before = before.previousInFocusChain()
        if before is not None:
            chain((before, *self.form.stops()))

    def _step(self, by: int) -> None:
        """The next part of the page, from where the keyboard is."""
        cards = self.form.cards()
        here = next((at for at, card in enumerate(cards) if card.isAncestorOf(self.focusWidget() or self)), -1)
        there = max(0, min(len(cards) - 1, here + by))
        if cards:
            card = cards[there]
            self.form.ensureWidgetVisible(card)
            first = next((field for field in card.fields.values() if field.isVisibleTo(card)), None)
            if first is not None:
                first.take_focus()
            elif isinstance(card, ScaleCard):
                card.begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _timer(self, after_ms: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(call)
        return timer

    def _lay_out(self) -> None:
        theme = current_theme()
        self._first = button("First pass", "segment", self)
        self._second = button("Second pass", "segment", self)
        for each, on_pass in ((self._first, 1), (self._second, 2)):
            each.setCheckable(True)
            each.clicked.connect(lambda _=False, chosen=on_pass: self.show_pass(chosen))
        who = button("Who and where…", parent=self)
        who.clicked.connect(self.who_asked)
        paper = button("Print sheet", parent=self)
        paper.clicked.connect(self.print_asked)
        self._save = button(f"Save  {Shortcut.SAVE.shown}", "primary", self)
        self._save.clicked.connect(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("s"))
        column.addWidget(self.form, 1)
        foot = button_row(self._first, self._second, who, paper, self._save, parent=self)
        foot.setContentsMargins(0, 0, theme.space("xs"), 0)  # the last button ends where the cards above it end
        column.addWidget(foot)
