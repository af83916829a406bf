"""What was written of a dose: as it stands, corrected with a reason; or two accounts side by side to choose from."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pdtdesk.domain.quantities import QuantityRefused
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.treatment import Dose
from pdtdesk.domain.roles import Permission, may
from pdtdesk.services.acting import Acting
from pdtdesk.services.refusals import Changed
from pdtdesk.services.regime import handing
from pdtdesk.services.regime.giving import DoseNow
from pdtdesk.ui.regime.outcome_form import OutcomeForm, Stood
from pdtdesk.ui.regime.round_words import account_lines
from pdtdesk.ui.regime.scanner import ScanGuard, only
from pdtdesk.ui.regime.writing import write
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.station import Station
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, Scrolled, button, button_row
from pdtdesk.ui.widgets.columns import ColumnsLayout
from pdtdesk.ui.widgets.field import Choice, Field, FieldSpec, Kind, build_field
from pdtdesk.ui.widgets.flow import FlowLayout
from pdtdesk.ui.widgets.notice import Notice, NoticeBar
from pdtdesk.ui.widgets.stops import chain
from pdtdesk.ui.widgets.words import Chip, words

_WHO_SETTLES = "Nothing is given from this order until a prescriber or the clinical lead says which account stands."

_MARKED = (
    "Two desks did not know of each other: one corrected the record of this dose, the other marked it as entered in "
    "error. Say whether this account stands; else go back, and mark it in the timeline."
)

_CORRECTED = FieldSpec(
    "correct.which", "Which is corrected", Kind.CHOICE, required=True, can_be_not_asked=False, in_a_row=True
)
_STANDS = replace(_CORRECTED, key="settle.stands", label="Which stands")


class _Panel(Card):
    """`written(DoseNow)`: it is durable; `changed(sentence)`: read it again; `scanned(text)`; `closed`."""

    written = Signal(object)
    changed = Signal(str)
    scanned = Signal(str)
    closed = Signal()

    def __init__(self, station: Station, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, "", parent)
        self._station = station
        self.now: DoseNow | None = None
        self._busy = False
        self.bar = NoticeBar(self)
        self.add(self.bar)
        self.who = words("", "name", wrap=True, parent=self)
        self.to_give = words("", "to-give", wrap=True, parent=self)
        self.add(self.who)
        self.add(self.to_give)

    def begin(self, now: DoseNow) -> None:
        """Of this dose."""
        self.now, self._busy = now, False
        self.bar.show_notice(None)
        row = now.row
        self.who.setText(f"{row.name}  {row.prison_number or 'no number yet'}  ·  {row.location or 'no cell yet'}")
        self.to_give.setText(row.dose)

    def on_wrong(self, error: Exception) -> None:
        """It was not written; what was typed stands, unless somebody else was quicker."""
        self._busy = False
        if isinstance(error, Changed):
            self.changed.emit(sentence_for(error))
        else:
            self.bar.say(sentence_for(error), Tone.RED)

    def _guarded(self, guard: "ScanGuard[Stood]", why: Field, *others: QWidget) -> None:
        guard.scanned.connect(self.scanned)
        for widget in why.input.targets():
            guard.watch(widget, None)
        for widget in others:
            guard.watch(widget, only(""))


class WrittenPanel(_Panel):
    """A dose that is written: what stands; and, once asked for, the same questions with what stands in them."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(station, "Written", parent)
        self.stands = words("", wrap=True, parent=self)
        self._scroll = Scrolled(self)
        self.form = OutcomeForm(station, "correct", tuple(Outcome), "What became of it", self)
        self.why = build_field(
            FieldSpec(
                "correct.why",
                "Why the record is corrected",
                help="What stood before stays in the journal.",
                required=True,
                can_be_not_asked=False,
            ),
            station.now,
            self,
        )
        self._corrected: Dose | None = None
        self.which: Field | None = None  # of accounts that are all true: which of them is corrected
        for each in (self.stands, self.form, self.why):
            self._scroll.add(each)
        self._scroll.end()
        self.add(self._scroll, 1)
        self._begin = button("Correct…", parent=self)
        self._begin.clicked.connect(self.correct)
        self._save = button("Write the correction", "primary", self)
        self._save.clicked.connect(self._on_save)
        self._back = button("Back to the list", parent=self)
        self._back.clicked.connect(self.closed)
        self.add(button_row(self._begin, self._save, self._back, parent=self))
        self.form.complete.connect(self.why.take_focus)
        self._guard: ScanGuard[Stood] = ScanGuard(self, self._stood, self._put_back)
        self.form.watched_by(self._guard)
        self._guarded(self._guard, self.why, self._begin, self._save, self._back)

    def begin(self, now: DoseNow) -> None:
        """What stands of it."""
        super().begin(now)
        if now.row.stop:
            self.bar.show_notice(Notice(f"{now.row.stop[:1].upper()}{now.row.stop[1:]}.", Tone.RED, stays=True))
        accounts = _written(now)
        numbered = [f"Account {at}\n" for at in range(1, len(accounts) + 1)] if len(accounts) > 1 else [""]
        said = ("\n".join(f"{what}: {words_}" for what, words_ in account_lines(each)) for each in accounts)
        self.stands.setText("\n\n".join(f"{number}{lines}" for number, lines in zip(numbered, said, strict=True)))
        self._ask_which(accounts)
        self._turn(correcting=False)
        self._begin.setFocus()

    def correct(self) -> None:
        """Ask again, with what stands."""
        if self.now is None:
            return
        self.why.set_value(None)
        self.why.set_error("")
        self._turn(correcting=True)
        if self.which is None:
            self._show(_written(self.now)[0])
        else:
            self.which.set_value(None)
            self.which.take_focus()

    def _show(self, held: Dose) -> None:
        self._corrected = held
        self.form.show_written(held.outcome, held.mg, held.reason)
        self._turn(correcting=True)
        self.form.outcome.take_focus()

    def _ask_which(self, accounts: tuple[Dose, ...]) -> None:
        """Where more than one account is true, each may be wrong by itself."""
        if self.which is not None:
            self._scroll.column.removeWidget(self.which)
            self.which.hide()
            self.which.deleteLater()
        self.which, self._corrected = None, None
        if len(accounts) > 1:
            self.which = _which_account(_CORRECTED, accounts, self._station, self)
            self.which.answered.connect(self._on_which)
            self._scroll.column.insertWidget(1, self.which)
            for widget in self.which.input.targets():
                self._guard.watch(widget, only("".join(each.key for each in self.which.spec.choices)))
            asked = (each.input for each in (self.which, *self.form.fields, self.why))
            chain([*asked, self._begin, self._save, self._back])

    def _on_which(self, _key: str, entry_id: object) -> None:
        accounts = _written(self.now) if self.now is not None else ()
        held = next((each for each in accounts if each.entry_id == entry_id), None)
        if held is not None:
            self._show(held)

    def _turn(self, *, correcting: bool) -> None:
        chosen = self._corrected is not None
        for each in (self.form, self.why, self._save):
            each.setVisible(correcting and (chosen or self.which is None))
        if self.which is not None:
            self.which.setVisible(correcting)
        self._begin.setVisible(not correcting)

    def _on_save(self) -> None:
        held = self._corrected
        if self.now is None or held is None or self._busy:
            return
        wrong = self.form.problem()
        if wrong is None and (said := self.why.problem(saving=True)):
            wrong = (self.why, said)
        if wrong is not None:
            wrong[0].set_error(wrong[1])
            wrong[0].take_focus()
            return
        due, why = self.now.row.due, self.why.value() or ""
        try:
            ended = self.form.ended(held.witness)
        except QuantityRefused as refused:
            self.form.taken.set_error(str(refused))
            return
        self._busy = True

        def step(acting: Acting) -> DoseNow:
            return handing.correct_dose(acting, due, held.entry_id, ended, why)

        write(self._station, self, due, step, self.written.emit, self.on_wrong)

    def _stood(self) -> Stood:
        return {**self.form.stood(), self.why.key: self.why.input.typed_words() or None}

    def _put_back(self, stood: Stood) -> None:
        self.form.put_back(stood)
        self.why.set_value(stood.get(self.why.key))


class AccountsPanel(_Panel):
    """Two accounts of one dose, whole, side by side; what differs is marked; whoever may says which stands."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(station, "Two accounts of one dose", parent)
        self._scroll = Scrolled(self)
        self._sides: QWidget | None = None
        self.choice: Field | None = None
        self.why = build_field(
            FieldSpec("settle.why", "Why this one stands", required=True, can_be_not_asked=False), station.now, self
        )
        self._scroll.add(self.why)
        self._scroll.end()
        self.add(self._scroll, 1)
        self._save = button("This account stands", "primary", self)
        self._save.clicked.connect(self._on_save)
        self._back = button("Back to the list", parent=self)
        self._back.clicked.connect(self.closed)
        self.add(button_row(self._save, self._back, parent=self))
        self._guard: ScanGuard[Stood] = ScanGuard(self, self._stood, self._put_back)
        self._guarded(self._guard, self.why, self._save, self._back)

    def begin(self, now: DoseNow) -> None:
        """Both, as they were written."""
        super().begin(now)
        self._accounts = two_accounts(now)
        self._show_sides()
        settles = may(self._station.acting.who.role, Permission.SETTLE_CONFLICTS) and bool(self._accounts)
        self.why.set_value(None)
        self.why.set_error("")
        for each in (self.why, self._save, self.choice):
            if each is not None:
                each.setVisible(settles)
        if not settles:
            self.bar.show_notice(Notice(_WHO_SETTLES, Tone.RED, stays=True))
        elif len(self._accounts) == 1:
            self.bar.show_notice(Notice(_MARKED, Tone.RED, stays=True))
        (self.choice.take_focus if settles and self.choice is not None else self._back.setFocus)()

    def _show_sides(self) -> None:
        for old in (self._sides, self.choice):
            if old is not None:
                self._scroll.column.removeWidget(old)
                old.hide()
                old.deleteLater()
        self._sides = QWidget(self)
        columns = ColumnsLayout(self._sides, letters=30, most=2)
        lines = [dict(account_lines(each)) for each in self._accounts]
        for at, mine in enumerate(lines, start=1):
            card = Card(f"Account {at}", "", self._sides)
            for what, said in mine.items():
                card.add(_line(what, said, card, differs=len({each[what] for each in lines}) > 1))
            columns.addWidget(card)
        self._scroll.column.insertWidget(0, self._sides)
        all_true = (Choice(handing.ALL_TRUE, "Each is true: all of them count", "E"),)
        spec = replace(_STANDS, choices=all_true if len(self._accounts) > 1 else ())
        self.choice = _which_account(spec, self._accounts, self._station, self)
        self.choice.answered.connect(lambda _k, value: self.why.take_focus() if value else None)
        self._scroll.column.insertWidget(1, self.choice)
        self._sides.show()
        self.choice.show()
        chain([self.choice.input, self.why.input, self._save, self._back])

    def _on_save(self) -> None:
        if self.now is None or self.choice is None or self._busy:
            return
        for field in (self.choice, self.why):
            if said := field.problem(saving=True):
                field.set_error(said)
                field.take_focus()
                return
        due, stands, why = self.now.row.due, self.choice.value() or "", self.why.value() or ""
        self._busy = True

        def step(acting: Acting) -> DoseNow:
            return handing.settle_doses(acting, due, stands, why)

        write(self._station, self, due, step, self.written.emit, self.on_wrong)

    def _stood(self) -> Stood:
        return {self.why.key: self.why.input.typed_words() or None}

    def _put_back(self, stood: Stood) -> None:
        self.why.set_value(stood.get(self.why.key))


def two_accounts(now: DoseNow) -> tuple[Dose, ...]:
    """The accounts of this dose where they contradict each other; empty where the order itself is in conflict."""
    due = now.row.due
    return now.treatment.accounts_of(now.order.medicine, due.day, due.slot)


def _written(now: DoseNow) -> tuple[Dose, ...]:
    """What is written of a dose: of accounts that are all true each, what was swallowed first."""
    if now.written is None:
        raise ValueError("nothing is written of this dose")
    return now.treatment.together(now.written)


def _which_account(spec: FieldSpec, accounts: tuple[Dose, ...], station: Station, parent: QWidget) -> Field:
    """One of some accounts, by its number, or what else is offered; nothing is preset."""
    numbered = tuple(
        Choice(each.entry_id, f"Account {at}: {each.outcome.words}", str(at))
        for at, each in enumerate(accounts, start=1)
    )
    return build_field(replace(spec, choices=(*numbered, *spec.choices)), station.now, parent)


def _line(what: str, said: str, parent: QWidget, *, differs: bool) -> QWidget:
    box = QWidget(parent)
    flow = FlowLayout(box, 8, 2)
    flow.addWidget(words(f"{what}:", "muted", parent=box))
    flow.addWidget(words(said, "strong" if differs else "", wrap=len(said) > 24, parent=box))
    if differs:
        flow.addWidget(Chip("differs", Tone.RED, parent=box))
    return box
