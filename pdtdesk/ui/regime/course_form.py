"""The course as it is entered: which kind, and the fields of that kind alone."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pdtdesk.domain.regime.courses import Request
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import SLOTS, NotASchedule
from pdtdesk.services.regime.choosing import standing_of
from pdtdesk.services.regime.in_force import ordered_now
from pdtdesk.services.regime.planning import first_day_in
from pdtdesk.services.regime.standing import RegimeNow
from pdtdesk.ui.regime.course_fields import STEADY, TITRATION, Course, courses_of
from pdtdesk.ui.regime.entered import Entered
from pdtdesk.ui.regime.said import standing_chip
from pdtdesk.ui.widgets.card import Card
from pdtdesk.ui.widgets.columns import ColumnsLayout
from pdtdesk.ui.widgets.field import Field, FieldSpec, Kind, build_field
from pdtdesk.ui.widgets.spec import Choice
from pdtdesk.ui.widgets.words import Chip, chip_of


class CourseForm(Card):
    """`changed`: something of the course was typed or chosen."""

    changed = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._clock = now
        self._now: RegimeNow | None = None
        self._declared: RegimeClass | None = None
        self._chip: Chip | None = None
        self.kind: Field | None = None
        self.fields: dict[str, dict[str, Field]] = {}
        self._boxes: dict[str, QWidget] = {}
        self._kind_holder, self._box_holder = QVBoxLayout(), QVBoxLayout()
        self.add(self._kind_holder)
        self.add(self._box_holder)

    def begin(self, now: RegimeNow, declared: RegimeClass | None) -> None:
        """The kinds of course of a class (None: medicines beside it), each with what is known already."""
        self._now, self._declared = now, declared
        name = now.person.identity.display
        self.set_title(f"{declared.words.capitalize() if declared is not None else 'Another medicine'}: {name}")
        self._show_chip()
        self._make_kinds()

    def take_focus(self) -> None:
        """Bring the keyboard to the kind of course."""
        if self.kind is not None:
            self.kind.take_focus()

    def to_first_field(self) -> None:
        """Bring the keyboard to the first field of the course."""
        next(iter(self.fields[self.course().word].values())).take_focus()

    def course(self) -> Course:
        """The kind that is chosen."""
        word = self.kind.value() if self.kind is not None else None
        offered = courses_of(self._declared)
        return next((each for each in offered if each.word == word), offered[0])

    def request(self) -> Request:
        """What was entered. Raises `NotASchedule` with a sentence for what is missing, or cannot be read."""
        if self._now is None:
            raise NotASchedule("Nobody is in hand.")
        if (unread := self.unread()) is not None:
            raise NotASchedule(f"{unread.spec.label}: {unread.problem()}")
        given = {key: field.value() for key, field in self.fields[self.course().word].items()}
        return self.course().request(Entered(given, self._now.today))

    def unread(self) -> Field | None:
        """The first field whose words are no answer: an empty field takes what is signed here, such a one never."""
        return next((each for each in self.fields[self.course().word].values() if each.problem()), None)

    def put_away(self) -> None:
        """Nothing of it is left for somebody else."""
        self._now = None

    def _show_chip(self) -> None:
        if self._chip is not None:
            self.head.removeWidget(self._chip)
            self._chip.hide()
            self._chip.deleteLater()
            self._chip = None
        if self._declared is not None and self._now is not None:
            self._chip = chip_of(standing_chip(standing_of(self._now, self._declared)), parent=self)
            self.put_chip(self._chip)

    def _make_kinds(self) -> None:
        for old in (self.kind, *self._boxes.values()):
            if old is not None:
                old.hide()
                old.deleteLater()
        offered = courses_of(self._declared)
        words = tuple(Choice(each.word, each.label) for each in offered)
        kind = build_field(FieldSpec("kind", "Course", Kind.CHOICE, words, can_be_not_asked=False), self._clock, self)
        kind.set_value(self._kind_now(words))
        kind.answered.connect(self._on_kind)
        self._kind_holder.addWidget(kind)
        self.kind = kind
        self._boxes, self.fields = {}, {}
        for course in offered:
            self._boxes[course.word] = self._make_fields(course)
            self._box_holder.addWidget(self._boxes[course.word])
        self._show_box()

    def _make_fields(self, course: Course) -> QWidget:
        box = QWidget(self)
        columns = ColumnsLayout(box, letters=22, most=2)
        made: dict[str, Field] = {}
        usual = self._usual(course)
        for spec in course.specs:
            field = build_field(spec, self._clock, box)
            field.set_value(usual.get(spec.key))
            field.answered.connect(lambda *_: self.changed.emit())
            field.typed.connect(lambda *_: self.changed.emit())
            made[spec.key] = field
            columns.addWidget(field)
        self.fields[course.word] = made
        return box

    def _usual(self, course: Course) -> dict[str, str]:
        """What is known already: the medicine and the dose that are ordered now, their slots, and the first day on
        which such a slot is still to come: a course does not begin with a round that is over."""
        now = self._now
        if now is None:
            return {}
        usual = {"slots": "morning"}
        orders = [each for each in ordered_now(now) if each.medicine.is_substitute]
        outside = now.facts.confirmed_outside
        held = orders[0] if orders else None
        medicine = held.medicine.value if held else outside[0].medicine.value if outside else None
        offered = {choice.word for spec in course.specs if spec.key == "medicine" for choice in spec.choices}
        if course.word == "conversion" and medicine is not None:
            usual["from_medicine"] = medicine
        elif medicine in offered and medicine is not None:
            usual["medicine"] = medicine
        if held:
            daily = str(held.schedule.daily_on(max(now.today, held.since))).removesuffix(" mg")
            usual |= {"from_dose": daily, "dose": daily, "slots": " ".join(held.schedule.slots) or "morning"}
        slots = SLOTS if course.medicine is Ordered.CHLORDIAZEPOXIDE else usual["slots"].split()
        given = course.medicine or (held.medicine if held else None)
        begins = first_day_in(now, slots, given)
        if held and (course.medicine is None or course.medicine is held.medicine):
            begins = max(begins, held.since)
        return usual | {"first_day": begins.isoformat()}

    def _kind_now(self, offered: tuple[Choice, ...]) -> str:
        """What a change begins with: of somebody who has a dose, that dose, and no rise that nobody asked for."""
        now = self._now
        ordered = now is not None and any(each.medicine.is_substitute for each in ordered_now(now))
        words = [each.word for each in offered]
        return STEADY.word if ordered and words[0] == TITRATION.word and STEADY.word in words else words[0]

    def _on_kind(self) -> None:
        self._show_box()
        self.changed.emit()

    def _show_box(self) -> None:
        """The fields of the course that was chosen, and no others."""
        word = self.course().word
        for each, box in self._boxes.items():
            box.setVisible(each == word)
