"""What became of a dose, by one key: and the mg of a part, and the reason wherever it was not taken whole."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.services.regime.handing import Ended
from pdtdesk.ui.regime.scanner import ScanGuard, only
from pdtdesk.ui.station import Station
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.field import Choice, Field, FieldSpec, Kind, Look, build_field

KEYS = {
    Outcome.TAKEN: "T",
    Outcome.PART_TAKEN: "A",
    Outcome.REFUSED: "R",
    Outcome.MISSED: "M",
    Outcome.WITHHELD: "W",
    Outcome.VOMITED: "V",
    Outcome.CONCEALED: "C",
}
NOT_HANDED = (Outcome.REFUSED, Outcome.MISSED, Outcome.WITHHELD)
"""What may become of a dose that was never handed out."""
_NOT_THERE = frozenset({Outcome.MISSED, Outcome.WITHHELD})
OTHER = "other"
_REASONS = (
    Choice("court", "Court", "C"),
    Choice("not_unlocked", "Not unlocked", "U"),
    Choice("no_stock", "No stock", "S"),
    Choice("escort", "Escort", "E"),
    Choice(OTHER, "In words", "I"),
)
Stood = dict[str, str | None]


class OutcomeForm(QWidget):
    """`chosen(word | None)`: an outcome was pressed or taken back; `complete`: the keyboard may go to the button."""

    chosen = Signal(object)
    complete = Signal()

    def __init__(
        self,
        station: Station,
        name: str,
        outcomes: Sequence[Outcome],
        label: str,
        parent: QWidget | None = None,
        *,
        inline: bool = False,
    ) -> None:
        super().__init__(parent)
        self.prefilled = ""
        choices = tuple(Choice(each.value, each.words.capitalize(), KEYS[each]) for each in outcomes)

        def spec(key: str, asked: str, kind: Kind = Kind.TEXT, **more: object) -> FieldSpec:
            return FieldSpec(f"{name}.{key}", asked, kind, can_be_not_asked=False, **more)  # type: ignore[arg-type]

        look = Look.INLINE if inline else Look.STACKED
        self.outcome = build_field(
            spec("outcome", label, Kind.CHOICE, choices=choices, in_a_row=True, look=look), station.now, self
        )
        self.taken = build_field(
            spec("taken", "How much was taken", Kind.DECIMAL, unit="mg", required=True), station.now, self
        )
        self.reason = build_field(
            spec("reason", "Why", Kind.CHOICE, choices=_REASONS, in_a_row=True), station.now, self
        )
        self.words = build_field(
            spec("words", "Why, in words", help="A few words. Enter goes to the button.", required=True),
            station.now,
            self,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space("s"))
        for field in self.fields:
            column.addWidget(field)
        self.outcome.answered.connect(self._on_outcome)
        self.reason.answered.connect(self._on_reason)
        self._show_parts()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its questions, in the order in which they are asked."""
        return (self.outcome, self.taken, self.reason, self.words)

    def watched_by(self, guard: "ScanGuard[Stood]", beside: str = "") -> None:
        """Let the guard look at its keys; `beside` are letters that lead elsewhere from the question itself."""
        for field in (self.outcome, self.reason):
            own = "".join(choice.key for choice in field.spec.choices)
            allowed = own + beside if field is self.outcome else own
            for widget in field.input.targets():
                guard.watch(widget, only(allowed))
        for field in (self.taken, self.words):
            for widget in field.input.targets():
                guard.watch(widget, None)

    def value(self) -> Outcome | None:
        """What was chosen."""
        word = self.outcome.value()
        return Outcome(word) if word else None

    def clear(self, prefilled: str = "") -> None:
        """Nothing is answered; `prefilled` are the words of what was seen, should it be withheld."""
        self.prefilled = prefilled
        for field in self.fields:
            field.set_value(None)
            field.set_error("")
        self._show_parts()

    def stood(self) -> Stood:
        """What is answered now, also what is half typed."""
        return {field.key: field.value() or field.input.typed_words() or None for field in self.fields}

    def put_back(self, stood: Stood) -> None:
        """Show again what was answered."""
        for field in self.fields:
            field.set_value(stood.get(field.key))
            field.set_error("")
        self._show_parts()

    def show_written(self, outcome: Outcome, taken: Milligrams, reason: str) -> None:
        """Show what was written down."""
        self.outcome.set_value(outcome.value)
        self.taken.set_value(f"{taken.amount.normalize():f}" if outcome is Outcome.PART_TAKEN else None)
        known = any(reason == choice.word for choice in _REASONS) and outcome in _NOT_THERE
        self.reason.set_value(reason if known else OTHER if outcome in _NOT_THERE else None)
        self.words.set_value(None if known else reason or None)
        self._show_parts()

    def choose(self, outcome: Outcome) -> None:
        """Choose by a key that was pressed elsewhere on the page."""
        self.outcome.set_value(outcome.value)
        self._on_outcome(self.outcome.key, outcome.value)

    def problem(self) -> tuple[Field, str] | None:
        """The first question that must be answered before it can be recorded, and its sentence."""
        if self.value() is None:
            return self.outcome, "Say what became of this dose: one key is enough."
        for field in self.fields[1:]:
            wrong = field.problem(saving=True) if field.isVisibleTo(self) else ""
            if field is self.reason and not wrong and field.isVisibleTo(self) and field.value() is None:
                wrong = "Say why: court, not unlocked, no stock, escort, or in words."
            if wrong:
                return field, wrong
        return None

    def ended(self, witness: str) -> Ended:
        """What is to be recorded; raises `QuantityRefused` for an amount that is none."""
        outcome = self.value()
        if outcome is None:
            raise ValueError("nothing was chosen")
        taken = Milligrams.typed(self.taken.value() or "") if outcome is Outcome.PART_TAKEN else None
        known = self.reason.value() if outcome in _NOT_THERE else None
        reason = known if known and known != OTHER else self.words.value() or ""
        return Ended(outcome, taken, "" if outcome is Outcome.TAKEN else reason, witness)

    def _on_outcome(self, _key: str, word: object) -> None:
        for field in self.fields[1:]:
            field.set_value(None)
            field.set_error("")
        self.outcome.set_error("")
        outcome = Outcome(str(word)) if word else None
        if outcome is Outcome.WITHHELD and self.prefilled:
            self.reason.set_value(OTHER)
            self.words.set_value(self.prefilled)
        self._show_parts()
        self.chosen.emit(word)
        if outcome is None:
            return
        if outcome is Outcome.TAKEN or (outcome is Outcome.WITHHELD and self.prefilled):
            self.complete.emit()
        elif outcome is Outcome.PART_TAKEN:
            self.taken.take_focus()
        else:
            (self.reason if outcome in _NOT_THERE else self.words).take_focus()

    def _on_reason(self, _key: str, word: object) -> None:
        self.reason.set_error("")
        self._show_parts()
        if word == OTHER:
            self.words.take_focus()
        elif word:
            self.words.set_value(None)
            self.complete.emit()

    def _show_parts(self) -> None:
        outcome = self.value()
        self.taken.setVisible(outcome is Outcome.PART_TAKEN)
        self.reason.setVisible(outcome in _NOT_THERE)
        chosen = self.reason.value()
        by_words = outcome in _NOT_THERE and chosen == OTHER
        self.words.setVisible(by_words or outcome not in (None, Outcome.TAKEN, *_NOT_THERE))
