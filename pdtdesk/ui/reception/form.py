"""The triage on one page, in the order in which it is asked aloud; the first pass shows what all have before anybody
has the second."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QWidget

from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.reception.questions import FIRST_PASS, QUESTIONS, Section, of_section
from pdtdesk.domain.reception.scales import SCALES, Band
from pdtdesk.domain.reception.standing import confirmed, history, listed, worn_out_looks
from pdtdesk.ui.reception.answering import Answering
from pdtdesk.ui.reception.scale_card import ScaleCard
from pdtdesk.ui.reception.section import SectionCard
from pdtdesk.ui.reception.shown import arrival_summary, past, waits
from pdtdesk.ui.record.answers import words_of
from pdtdesk.ui.widgets.card import Scrolled
from pdtdesk.ui.widgets.field import Field
from pdtdesk.ui.widgets.words import words

_FIRST = frozenset(question.key for question in FIRST_PASS)
_FIRST_IF_PRESCRIBED = frozenset({"prescribed.medicine", "prescribed.daily", "prescribed.last_witnessed_at"})
_FIRST_SCALES = frozenset({"cows", "ciwa_ar"})


class TriageForm(Scrolled):
    """Every question of the triage. Signals carry the key: `answered`, `typed`, `not_asked`, `confirmed`, `scored`.

    `grown`: every part of the page has been built.
    """

    answered = Signal(str, object)
    typed = Signal(str, object)
    not_asked = Signal(str, str)
    confirmed = Signal(str)
    scored = Signal(str, object)
    grown = Signal()

    def __init__(
        self,
        now: Callable[[], datetime],
        bands: Mapping[str, tuple[Band, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        self.sections: dict[Section, SectionCard] = {}
        self.scales: dict[str, ScaleCard] = {}
        self._on_pass = 1
        self._now = now
        self._sex: str | None = None
        self._summary: QLabel = words("", wrap=True, parent=self)
        self._parts = self._build(now, bands)
        self._whole = False

    def grow(self) -> bool:
        """Build the next part of the page; False when it is whole. The window does so while nobody waits for it."""
        if not self._whole:
            self._whole = next(self._parts, None) is None
            if self._whole:
                self.grown.emit()
        return not self._whole

    def show_person(
        self, person: PersonRecord, stay: Stay, held: Answering, on_pass: int, *, but_not: str = ""
    ) -> None:
        """Show a person's stay on the page of a pass: what is saved, what is in hand, and what stood there before;
        but not in the field in which somebody is typing."""
        while self.grow():
            pass
        self._sex = person.identity.sex
        waited = waits(person, stay, self._now())
        self._summary.setText("\n".join(part for part in (arrival_summary(stay), waited) if part))
        self._show_answers(person, stay, held, self.fields.keys() - {but_not})
        for scale_id, card in self.scales.items():
            items = {key: str(given) for key, (given, _) in held.items.items() if key.startswith(f"{scale_id}.")}
            card.show_values(items, stay.scores)
        self.show_pass(on_pass)

    def show_again(self, person: PersonRecord, stay: Stay, held: Answering, key: str) -> None:
        """What stands without the answer that was taken back."""
        self._show_answers(person, stay, held, (key,))

    def show_worn_out(self, person: PersonRecord, stay: Stay, held: Answering) -> None:
        """The looks that answer no more, now that it is another night than when the page was opened."""
        gone = worn_out_looks(stay, self._now(), held.answers)
        self._show_answers(person, stay, held, [key for key in gone if self.fields[key].value() is not None])

    def show_pass(self, on_pass: int) -> None:
        """The first pass: nine questions for everybody. The second: the whole page."""
        self._on_pass = on_pass
        first = on_pass == 1
        prescribed = (
            self.fields["prescribed.any"].value() == "yes" or self.fields["prescribed.medicine"].value() is not None
        )
        for section, card in self.sections.items():
            keys = _FIRST | (_FIRST_IF_PRESCRIBED if prescribed else frozenset())
            card.show_only(keys if first else None)
            card.show_for(self._sex)
            card.setVisible(not first or any(key in keys for key in card.fields))
            if section is Section.MEDICINES and not first:
                card.show_rows_until_empty()
        for scale_id, scale in self.scales.items():
            scale.setVisible(not first or scale_id in _FIRST_SCALES)
        for number, part in enumerate(self.cards(), start=1):
            part.set_title(f"{number}  {part.heading}")

    def first_open(self) -> Field | None:
        """The first question in sight that has not been answered."""
        for field in self.fields.values():
            if field.isVisibleTo(self) and field.is_open():
                return field
        return next((field for field in self.fields.values() if field.isVisibleTo(self)), None)

    def settle(self) -> None:
        """What is half typed in the field that has the keyboard is its answer."""
        if key := self.typed_in():
            self.fields[key].input.settle()

    def typed_in(self) -> str:
        """The question in whose field the keyboard is; empty where it is elsewhere."""
        here = self.focusWidget()
        return next((key for key, field in self.fields.items() if here is not None and field.isAncestorOf(here)), "")

    def problems(self) -> list[tuple[Field, str]]:
        """What cannot be recorded as it stands, in the order of the page."""
        found = []
        for field in (
            *self.fields.values(),
            *(each for card in self.scales.values() for each in card.fields.values()),
        ):
            in_sight = field.isVisibleTo(self)
            if wrong := field.problem(saving=in_sight):
                field.set_error(wrong)
                found.append((field, wrong))
        return found

    def bring_out(self, field: Field) -> None:
        """Show a field that this pass does not ask, with its part of the page."""
        for card in self.sections.values():
            if card.isAncestorOf(field):
                card.setVisible(True)
        field.setVisible(True)

    def stops(self) -> list[QWidget]:
        """Everything that takes the keyboard, in the order in which the page is asked aloud."""
        found: list[QWidget] = []
        for at in range(self.column.count()):
            item = self.column.itemAt(at)
            card = item.widget() if item is not None else None
            if isinstance(card, ScaleCard):
                found.append(card.begin)
            if isinstance(card, SectionCard | ScaleCard):
                found += [stop for field in card.fields.values() for stop in field.input.targets()]
        return found

    def cards(self) -> list[SectionCard | ScaleCard]:
        """The parts of the page in sight, in their order."""
        laid = [self.column.itemAt(at) for at in range(self.column.count())]
        found = [item.widget() for item in laid if item is not None]
        return [each for each in found if isinstance(each, SectionCard | ScaleCard) and each.isVisibleTo(self)]

    def _build(self, now: Callable[[], datetime], bands: Mapping[str, tuple[Band, ...]]) -> Iterator[bool]:
        for section in Section:
            if section is Section.SCALES:
                for scale in SCALES.values():
                    self._add_scale(ScaleCard(scale, bands.get(scale.id, ()), now, parent=self))
                    yield True
                continue
            self._add_section(SectionCard(section, of_section(section), now, parent=self))
            yield True
        self.sections[Section.ARRIVAL].body.insertWidget(0, self._summary)
        self.end()

    def _show_answers(self, person: PersonRecord, stay: Stay, held: Answering, keys: Iterable[str]) -> None:
        gone = worn_out_looks(stay, self._now(), held.answers)
        before = {**history(person, stay), **gone}
        standing = {**listed(stay), **confirmed(person, stay)}
        for key in keys:
            field = self.fields[key]
            typed = held.answers.get(key)
            if key in gone and (typed is None or typed.value is not None):
                field.set_value(None)
            else:
                self._fill(field, key, stay, held, standing.get(key))
            earlier = before.get(key)
            two = len(stay.answers.get(key, ())) > 1
            seen = key in held.confirmed or key in standing or two
            field.show_history(None if earlier is None or seen else past(QUESTIONS[key], earlier))
            if typed is None and two:
                field.set_error(_two_accounts(key, stay))
            if key in held.confirmed and key not in held.answers:
                field.set_value(before[key].answer.value if key in before else held.confirmed[key].value)
            if key in held.unread:
                field.show_unread(held.unread[key])

    def _fill(self, field: Field, key: str, stay: Stay, held: Answering, standing: str | None) -> None:
        typed = held.answers.get(key)
        saved = stay.answers.get(key, ())
        if typed is not None:
            field.set_value(typed.value)
            if typed.not_asked is not None:
                field.set_not_asked(typed.not_asked)
        elif len(saved) > 1:
            field.set_value(None)
        elif saved and saved[0].answer.not_asked is not None:
            field.set_value(None)
            field.set_not_asked(saved[0].answer.not_asked)
        elif saved:
            field.set_value(saved[0].answer.value)
        else:
            field.set_value(standing)

    def _add_section(self, card: SectionCard) -> None:
        self.sections[card.section] = card
        for key, field in card.fields.items():
            self.fields[key] = field
            field.answered.connect(self.answered)
            field.typed.connect(self.typed)
            field.not_asked.connect(self.not_asked)
            field.confirmed.connect(self.confirmed)
        card.arrived.connect(self._into_sight)
        self.add(card)

    def _add_scale(self, card: ScaleCard) -> None:
        self.scales[card.scale.id] = card
        card.scored.connect(self.scored)
        card.arrived.connect(self._into_sight)
        card.begin.clicked.connect(lambda: QTimer.singleShot(0, self, lambda: self._to_the_top(card)))
        self.add(card)

    def _to_the_top(self, card: ScaleCard) -> None:
        """A scale that was unfolded is seen whole, as far as there is room."""
        self.verticalScrollBar().setValue(card.y())

    def _into_sight(self, key: str) -> None:
        field = self.fields.get(key)
        if field is None:
            field = next((card.fields[key] for card in self.scales.values() if key in card.fields), None)
        if field is not None:
            self.ensureWidgetVisible(field, 0, field.height())


def _two_accounts(key: str, stay: Stay) -> str:
    told = "; ".join(
        f"{words_of(QUESTIONS[key], each.answer.value) if each.answer.value else 'not asked'} ({each.answer.by.name})"
        for each in stay.answers[key]
    )
    return f"Two accounts: {told}. Answer it to settle."
