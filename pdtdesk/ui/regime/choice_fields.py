"""What belongs to every choice beside the course: wishes, agreement, the reason, the review, what was read."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pdtdesk.domain.regime.treatment import Agreed, Wish
from pdtdesk.policy.findings import Finding, Tier
from pdtdesk.policy.regime.stops import Stop
from pdtdesk.ui.regime.occasions import Occasions
from pdtdesk.ui.widgets.card import Card
from pdtdesk.ui.widgets.columns import ColumnsLayout
from pdtdesk.ui.widgets.field import Field, FieldSpec, Kind, build_field
from pdtdesk.ui.widgets.spec import Choice
from pdtdesk.ui.widgets.typed_days import Lean

_AGREED = (Choice("yes", "Agreed", "A"), Choice("no", "Did not agree", "D"), Choice("not_asked", "Not asked", "N"))
_SUPERVISED = (Choice("yes", "Supervised", "S"), Choice("no", "In possession", "I"))


def _spec(key: str, label: str, about: str = "", kind: Kind = Kind.TEXT) -> FieldSpec:
    return FieldSpec(key, label, kind, help=about, can_be_not_asked=False)


class ChoiceFields(Card):
    """The part of the plan that a prescriber answers of every choice. `changed`: something was answered."""

    changed = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__("With the person, and why", "", parent)
        self._holder = QWidget(self)
        columns = ColumnsLayout(self._holder, letters=30, most=2)
        specs = (
            FieldSpec("supervised", "Taken", Kind.CHOICE, _SUPERVISED, can_be_not_asked=False),
            _spec("possession", "In possession: reasons", "The risk assessment in a few words."),
            _spec("wished", "The person wishes"),
            _spec("told", "The person was told", "Also that tolerance is lost by every reduction."),
            FieldSpec("agreed", "Agreement", Kind.CHOICE, _AGREED, can_be_not_asked=False),
            _spec("reason", "Reason", "Needed where the class is not simply offered."),
            FieldSpec("review_on", "Review on", Kind.DAY, lean=Lean.FUTURE, can_be_not_asked=False),
            _spec("lift", "Stops: why they are lifted", "Every stop that is shown, for this order."),
            _spec("read", "All that must be read has been read", kind=Kind.YES_NO),
        )
        self._now = now
        self.fields: dict[str, Field] = {}
        for spec in specs:
            self._make(spec, columns)
        self.occasions = Occasions(self)
        self.occasions.taken.connect(self._on_occasion)
        self.add(self.occasions)
        self.add(self._holder)
        self._must: tuple[Finding, ...] = ()

    def _make(self, spec: FieldSpec, columns: ColumnsLayout) -> None:
        field = build_field(spec, self._now, self._holder)
        field.answered.connect(lambda *_: self.changed.emit())
        self.fields[spec.key] = field
        columns.addWidget(field)

    def begin(self, wished: str, proposed_review: date | None, occasions: Sequence[str]) -> None:
        """A new choice: nothing is answered but that a dose is taken before somebody's eyes, unless it is said."""
        for field in self.fields.values():
            field.set_value(None)
            field.set_error("")
        self.fields["supervised"].set_value("yes")
        self.fields["wished"].set_value(wished or None)
        self.fields["review_on"].set_value(proposed_review.isoformat() if proposed_review else None)
        self.occasions.show_named(occasions)
        self._must = ()
        self.show_asked((), ())
        self.show_possession()

    def _on_occasion(self, words_of_it: str) -> None:
        self.fields["reason"].set_value(words_of_it)
        self.fields["reason"].set_error("")
        self.fields["reason"].take_focus()
        self.changed.emit()

    def show_asked(self, found: Sequence[Finding], stops: Sequence[Stop]) -> None:
        """What must be read changed: what was read before is not read again."""
        must = tuple(each for each in found if each.tier is Tier.MUST_ACKNOWLEDGE)
        if {(each.code, each.sentence) for each in must} - {(each.code, each.sentence) for each in self._must}:
            self.fields["read"].set_value(None)
        self._must = must
        count = len(must)
        self.fields["read"].setVisible(bool(must))
        self.fields["read"].set_label(
            f"Read: the {count} lines that ask for it" if count > 1 else "Read: the line below"
        )
        self.fields["lift"].setVisible(bool(stops))

    def show_possession(self) -> None:
        """The reasons of a risk assessment are asked for where doses are in possession."""
        self.fields["possession"].setVisible(self.fields["supervised"].value() == "no")

    @property
    def supervised(self) -> bool:
        """Whether each dose is taken before somebody's eyes."""
        return self.fields["supervised"].value() != "no"

    def text(self, key: str) -> str:
        """What was written in a field."""
        return (self.fields[key].value() or "").strip()

    def wish(self) -> Wish:
        """What the person wished, was told, and agreed to."""
        agreed = self.fields["agreed"].value()
        return Wish(self.text("wished"), self.text("told"), Agreed(agreed) if agreed else None)

    def review_on(self) -> date | None:
        """The day on which it is looked at again."""
        day = self.fields["review_on"].value()
        return date.fromisoformat(day) if day else None

    def acknowledged(self) -> frozenset[str]:
        """The codes of all that was said to be read."""
        return frozenset(each.code for each in self._must) if self.fields["read"].value() == "yes" else frozenset()
