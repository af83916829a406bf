"""What is asked before a dose is handed out, each time anew: who it is, drowsy, intoxicated; by score, how much."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.policy.regime.stops import Look
from pdtdesk.services.regime.handing import Checked
from pdtdesk.ui.regime.scanner import ScanGuard, only
from pdtdesk.ui.station import Station
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.field import Choice, Field, FieldSpec, Kind, build_field
from pdtdesk.ui.widgets.flow import FlowLayout

Stood = dict[str, str | None]
_NOT_THIS = "not_this_patient"
_ANOTHER = "dose.another"
_NOT_THIS_SAID = "Not this patient: nothing is given to whoever stands there. Open their own dose, or identify again."
_WHO_SAID = "First say who it is: photograph, or two identifiers."
_IDENTIFIED = (
    Choice("photograph", "Photograph", "P"),
    Choice("two_identifiers", "Two identifiers", "I"),
    Choice(_NOT_THIS, "Not this patient", "X"),
)


def _spec(key: str, label: str, kind: Kind, choices: tuple[Choice, ...] = ()) -> FieldSpec:
    return FieldSpec(f"dose.{key}", label, kind, choices, can_be_not_asked=False, in_a_row=bool(choices))


class DoseChecks(QWidget):
    """`passed`: the keyboard may go to what is still open; `seen`: somebody is drowsy or intoxicated;
    `taken_back`: an answer was taken back, or was no answer; `another_stands(bool)`: somebody else stands at the
    hatch, until whoever stands there has been identified anew."""

    passed = Signal()
    seen = Signal()
    taken_back = Signal()
    somebody_else = Signal()
    another_stands = Signal(bool)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = FlowLayout(self, current_theme().space("xl"), current_theme().space("s"))
        now = station.now
        self.identified = build_field(_spec("identified", "Identified by", Kind.CHOICE, _IDENTIFIED), now, self)
        self.drowsy = build_field(_spec("drowsy", "Drowsy, or hard to rouse", Kind.YES_NO), now, self)
        self.intoxicated = build_field(_spec("intoxicated", "Intoxicated", Kind.YES_NO), now, self)
        self.poured = build_field(
            FieldSpec("dose.poured", "By score, handed out", Kind.DECIMAL, unit="mg", can_be_not_asked=False),
            now,
            self,
        )
        self._all: tuple[Field, ...] = (self.identified, self.drowsy, self.intoxicated, self.poured)
        self._looks, self._by_score, self.is_another = True, False, False
        for field in self._all:
            row.addWidget(field)
        for field in self._looked():
            field.answered.connect(self._on_answer)
        self.poured.input.leave.connect(lambda step: self.passed.emit() if step > 0 else None)

    def ask(self, *, looks: bool, by_score: bool) -> None:
        """Every question is open; `looks`: this medicine makes drowsy, and somebody looks before it; `by_score`: how
        much it is follows a score, and is written down."""
        self._looks, self._by_score = looks, by_score
        self.put_back({})
        self.poured.setVisible(by_score)
        for field in (self.drowsy, self.intoxicated):
            field.setVisible(looks)

    def watched_by(self, guard: "ScanGuard[Stood]", beside: str) -> None:
        """Let the guard look at the keys; `beside` are letters that lead away from a check."""
        for field in self._looked():
            own = "".join(choice.key for choice in field.spec.choices) or "YN"
            for widget in field.input.targets():
                guard.watch(widget, only(own + beside))
        for widget in self.poured.input.targets():
            guard.watch(widget, None)

    def stood(self) -> Stood:
        """What is answered now."""
        answered = {field.key: field.value() or field.input.typed_words() or None for field in self._all}
        return {**answered, _ANOTHER: "yes" if self.is_another else None}

    def put_back(self, stood: Stood) -> None:
        """Show again what was answered; nothing, where nothing is given."""
        for field in self._all:
            field.set_value(stood.get(field.key))
            field.set_error("")
        self._set_another(another=stood.get(_ANOTHER) is not None)

    def begin_again(self) -> None:
        """Every question is open; that somebody else stands there is not forgotten."""
        self.put_back({_ANOTHER: self.stood()[_ANOTHER]})

    def still_open(self) -> Field | None:
        """The first question that keeps this dose in the cupboard."""
        if self.identified.value() in (None, _NOT_THIS):
            return self.identified
        return next((each for each in self.fields if each.value() is None), None)

    def checked(self, witness: str) -> Checked:
        """What was checked, as it is written down."""
        said = self.identified.value() or ""
        look = Look(_yes(self.drowsy), _yes(self.intoxicated)) if self._looks else Look()
        return Checked("" if said == _NOT_THIS else said.replace("_", " "), look, witness)

    def amount(self) -> Milligrams | None:
        """How much is handed out where that goes by score; raises `QuantityRefused` for an amount that is none."""
        return Milligrams.typed(self.poured.value() or "") if self._by_score else None

    def _looked(self) -> tuple[Field, ...]:
        return (self.identified, self.drowsy, self.intoxicated)

    @property
    def fields(self) -> tuple[Field, ...]:
        """What is asked of this dose, in that order."""
        looked = self._looked() if self._looks else (self.identified,)
        return (*looked, self.poured) if self._by_score else looked

    def _on_answer(self, key: str, value: object) -> None:
        self.taken_back.emit()
        if key == self.identified.key and value is not None:
            self._set_another(another=value == _NOT_THIS)
            if self.is_another:
                self.somebody_else.emit()
                return
        self._set_another(another=self.is_another)
        if value is None:
            return
        if self.identified.value() in (None, _NOT_THIS):
            self.identified.set_error(_NOT_THIS_SAID if self.is_another else _WHO_SAID)
            self.drowsy.set_value(None)
            self.intoxicated.set_value(None)
            self.identified.take_focus()
        elif "yes" in (self.drowsy.value(), self.intoxicated.value()):
            self.seen.emit()
        else:
            self.passed.emit()

    def _set_another(self, *, another: bool) -> None:
        """Whether somebody else stands there; the sentence that says so stands as long as that does."""
        self.is_another = another
        self.identified.set_error(_NOT_THIS_SAID if another else "")
        self.another_stands.emit(another)


def _yes(field: Field) -> bool | None:
    return {"yes": True, "no": False}.get(field.value() or "")
