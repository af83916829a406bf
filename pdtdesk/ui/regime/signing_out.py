"""Signing out the round: each medicine counted by hand against what the record gave, with a witness, then printed."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from pdtdesk.domain.calendar import show_day, show_instant
from pdtdesk.domain.quantities import Milligrams, QuantityRefused
from pdtdesk.services.refusals import Changed
from pdtdesk.services.regime import signing_out
from pdtdesk.services.regime.round_sheet import Balance, Counted, RoundSheet
from pdtdesk.services.regime.signing_out import SigningOut, Stock
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Done
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, Scrolled, button, button_row
from pdtdesk.ui.widgets.columns import ColumnsLayout
from pdtdesk.ui.widgets.field import Field, FieldSpec, Kind, build_field
from pdtdesk.ui.widgets.notice import NoticeBar
from pdtdesk.ui.widgets.stops import chain
from pdtdesk.ui.widgets.words import words

_ASKED = (
    ("opening", "Before the round", True),
    ("received", "Received in it", False),
    ("wasted", "Wasted", False),
    ("why", "Wasted, why", False),
    ("closing", "Counted now", True),
)
_NOUGHT = Milligrams(Decimal(0))


class _Medicine(Card):
    """One medicine of the round: what the record gave, and the count by hand."""

    def __init__(self, station: Station, counted: Counted, parent: QWidget) -> None:
        super().__init__(counted.medicine.words, f"given, by the record: {counted.given}", parent)
        self.counted = counted
        if counted.closed is not None and counted.closed_at is not None:
            left = f"Left with {counted.closed} when it was last counted, {show_instant(counted.closed_at)}."
            self.add(words(left, "muted", wrap=True, parent=self))
        if counted.left_over > _NOUGHT:
            over = f"Handed out and not swallowed: {counted.left_over}. Write it as wasted where it was destroyed."
            self.add(words(over, wrap=True, parent=self))
        holder = QWidget(self)
        columns = ColumnsLayout(holder, letters=20, most=5)
        self.fields: dict[str, Field] = {}
        for key, label, needed in _ASKED:
            kind = Kind.TEXT if key == "why" else Kind.DECIMAL
            spec = FieldSpec(
                f"count.{counted.medicine.value}.{key}",
                label,
                kind,
                unit="" if key == "why" else "mg",
                required=needed,
                name=f"{counted.medicine.words}, {label}",
                can_be_not_asked=False,
            )
            self.fields[key] = build_field(spec, station.now, holder)
            columns.addWidget(self.fields[key])
            self.fields[key].typed.connect(lambda _k, _v: self.show_difference())
            self.fields[key].answered.connect(lambda _k, _v: self.show_difference())
        self.add(holder)
        self.difference: QLabel = words("", "strong", wrap=True, parent=self)
        self.add(self.difference)
        self.show_difference()

    def show_difference(self) -> None:
        """Say how the count compares, as soon as both ends of it are typed."""
        stock = self.stock() if self._mg("opening") is not None and self._mg("closing") is not None else None
        self.difference.setVisible(stock is not None)
        if stock is not None:
            balance = Balance(
                stock.medicine,
                stock.opening,
                stock.received,
                self.counted.given,
                stock.wasted,
                stock.wasted_why,
                stock.closing,
            )
            self.difference.setText(f"Against the record: {balance.words}")

    def stock(self) -> Stock:
        """What was counted; what was left empty is nought."""
        return Stock(
            self.counted.medicine,
            self._mg("opening") or _NOUGHT,
            self._mg("received") or _NOUGHT,
            self._mg("wasted") or _NOUGHT,
            self.fields["why"].value() or "",
            self._mg("closing") or _NOUGHT,
        )

    def _mg(self, key: str) -> Milligrams | None:
        value = self.fields[key].value()
        try:
            return Milligrams.typed(value) if value is not None else None
        except QuantityRefused:
            return None


class SigningOutPanel(Card):
    """`print_asked(day, part)`; `signed`: the round is signed out; `closed`: back to the round."""

    print_asked = Signal(object, str)
    signed = Signal()
    closed = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__("Sign out the round", "", parent)
        self._station = station
        self.sheet: RoundSheet | None = None
        self._busy = False
        self.medicines: list[_Medicine] = []
        self.bar = NoticeBar(self)
        self.add(self.bar)
        self.about = words("", wrap=True, parent=self)
        self._scroll = Scrolled(self)
        self._scroll.add(self.about)

        def spec(key: str, label: str, about: str = "", *, needed: bool = False) -> FieldSpec:
            return FieldSpec(f"count.{key}", label, help=about, required=needed, can_be_not_asked=False)

        self.witness = build_field(spec("witness", "Witness of the count", needed=True), station.now, self)
        self.remark = build_field(
            spec("remark", "Where it differs: what was done about it", "Counted again, whom you told."),
            station.now,
            self,
        )
        self.why = build_field(spec("again", "Why it is signed out anew"), station.now, self)
        for field in (self.witness, self.remark, self.why):
            self._scroll.add(field)
        self._scroll.end()
        self.add(self._scroll, 1)
        self._save = button("Sign out", "primary", self)
        self._save.clicked.connect(self._on_save)
        self._print = button("Print the administration record", parent=self)
        self._print.clicked.connect(self._on_print)
        self._back = button("Back to the round", parent=self)
        self._back.clicked.connect(self.closed)
        self.add(button_row(self._save, self._print, self._back, parent=self))

    def ask(self, day: date, part: str, witness: str) -> None:
        """Read a round as it stands, and count it."""
        acting, demo = self._station.acting, self._station.demonstration
        self.clear()
        self.set_note(f"{part}, {show_day(day)}")
        self._station.work.ask(
            self,
            lambda _: signing_out.round_facts(acting, day, part, demonstration=demo),
            lambda sheet: self.show_sheet(sheet, witness),
            self._on_wrong,
            slot="sheet",
        )

    def show_sheet(self, sheet: RoundSheet, witness: str = "") -> None:
        """A round with nothing counted yet."""
        self.clear()
        self.sheet = sheet
        self.set_note(f"{sheet.part}, {show_day(sheet.day)}")
        self.about.setText(_about(sheet))
        for at, counted in enumerate(sheet.counted, start=1):
            card = _Medicine(self._station, counted, self)
            self._scroll.column.insertWidget(at, card)
            card.show()
            self.medicines.append(card)
        counts = [field.input for card in self.medicines for field in card.fields.values()]
        own = [field.input for field in (self.witness, self.remark, self.why)]
        chain([*counts, *own, self._save, self._print, self._back])
        self.witness.set_value(witness or None)
        self.why.setVisible(bool(sheet.signed))
        self._save.setVisible(bool(sheet.counted))
        self._print.setVisible(True)
        if self.medicines:
            self.medicines[0].fields["opening"].take_focus()
        else:
            self._back.setFocus()

    def clear(self) -> None:
        """Nothing counted, nothing typed."""
        self.sheet, self._busy = None, False
        self.bar.show_notice(None)
        self.about.setText("")
        for card in self.medicines:
            self._scroll.column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.medicines = []
        for field in (self.witness, self.remark, self.why):
            field.set_value(None)
            field.set_error("")
        for one in (self._save, self._print):
            one.hide()

    def _on_save(self) -> None:
        if self.sheet is None or self._busy:
            return
        fields = [field for card in self.medicines for field in card.fields.values()]
        wrong = [(each, said) for each in (*fields, self.witness) if (said := each.problem(saving=True))]
        for field, said in wrong:
            field.set_error(said)
        if wrong:
            wrong[0][0].take_focus()
            return
        signing = SigningOut(
            self.sheet.day,
            self.sheet.part,
            tuple(card.stock() for card in self.medicines),
            self.witness.value() or "",
            self.sheet.doses,
            self.remark.value() or "",
            self.why.value() or "",
        )
        acting, demo = self._station.acting, self._station.demonstration
        self._busy = True

        def command(_: object) -> Done[RoundSheet]:
            done = signing_out.sign_out(acting, signing, demonstration=demo)
            return Done(ChangeSet.of((), ["round"]), done)

        self._station.work.do(self, command, self._on_signed, self._on_wrong)

    def _on_signed(self, sheet: RoundSheet) -> None:
        self.signed.emit()
        self.print_asked.emit(sheet.day, sheet.part)

    def _on_print(self) -> None:
        if self.sheet is not None:
            self.print_asked.emit(self.sheet.day, self.sheet.part)

    def _on_wrong(self, error: Exception) -> None:
        self._busy = False
        again = isinstance(error, Changed) and self.sheet is not None
        self.bar.say(sentence_for(error), Tone.AMBER if again else Tone.RED)
        if again and self.sheet is not None:
            self._read_again(self.sheet.day, self.sheet.part)

    def _read_again(self, day: date, part: str) -> None:
        """The doses have changed under the count: the figures of the record are read again, what was typed stays."""
        acting, demo = self._station.acting, self._station.demonstration

        def show(sheet: RoundSheet) -> None:
            typed = {card.counted.medicine: _typed(card) for card in self.medicines}
            own = [each.input.typed_words() for each in (self.witness, self.remark, self.why)]
            said = self.bar.notice
            self.show_sheet(sheet)
            self.bar.show_notice(said)
            for card in self.medicines:
                for key, words_ in typed.get(card.counted.medicine, {}).items():
                    card.fields[key].set_value(words_ or None)
                card.show_difference()
            for field, words_ in zip((self.witness, self.remark, self.why), own, strict=True):
                field.set_value(words_ or None)

        self._station.work.ask(
            self,
            lambda _: signing_out.round_facts(acting, day, part, demonstration=demo),
            show,
            self._on_wrong,
            slot="sheet",
        )


def _typed(card: _Medicine) -> dict[str, str]:
    return {key: field.input.typed_words() for key, field in card.fields.items()}


def _about(sheet: RoundSheet) -> str:
    said = []
    if sheet.waiting:
        said.append(f"{len(sheet.waiting)} handed out and not recorded: write down what became of it first.")
    if sheet.not_written:
        names = ", ".join(line.who.name for line in sheet.not_written[:3])
        more = len(sheet.not_written) - 3
        said.append(f"Not written: {names}{f' and {more} more' if more > 0 else ''}.")
    said += [
        f"Signed out {show_instant(each.at)} by {each.by.name}, witness {each.witness}." for each in sheet.signed
    ]
    if not sheet.counted:
        said.append("Nothing was ordered for this round.")
    said.append("The controlled-drug register of the premises is kept beside this, and is not replaced by it.")
    return " ".join(said)
