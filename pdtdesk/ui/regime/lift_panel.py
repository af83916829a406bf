"""What ends a stop: looking again, or a prescriber's decision, present or by a telephone call that was witnessed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pdtdesk.domain.calendar import at_london
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.stops import Look
from pdtdesk.services.acting import Acting
from pdtdesk.services.refusals import Changed
from pdtdesk.services.regime import lifting
from pdtdesk.services.regime.giving import DoseNow
from pdtdesk.services.regime.lifting import Lifting
from pdtdesk.ui.regime.dose_head import ToldCard
from pdtdesk.ui.regime.refused import show_refused
from pdtdesk.ui.regime.round_words import stop_name, stops_to_lift
from pdtdesk.ui.regime.said import source_words
from pdtdesk.ui.regime.writing import OF_A_LOOK, write
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.station import Station
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, Scrolled, button, button_row
from pdtdesk.ui.widgets.field import Choice, Field, FieldSpec, Kind, build_field
from pdtdesk.ui.widgets.notice import NoticeBar
from pdtdesk.ui.widgets.stops import chain
from pdtdesk.ui.widgets.typed_days import read_moment
from pdtdesk.ui.widgets.words import words


class OverDose(Card):
    """What stands over a dose until it is saved. `written(DoseNow)`: it is durable; `closed`: back to the dose;
    `changed(sentence)`: somebody else has written meanwhile, and the dose is read again."""

    written = Signal(object)
    changed = Signal(str)
    closed = Signal()

    def __init__(self, station: Station, title: str, save: str, parent: QWidget | None = None) -> None:
        super().__init__(title, "", parent)
        self._station = station
        self.now: DoseNow | None = None
        self._busy = False
        self.bar = NoticeBar(self)
        self.add(self.bar)
        self.who = words("", "name", wrap=True, parent=self)
        self.add(self.who)
        self.form = Scrolled(self)
        self.add(self.form, 1)
        self.save = button(save, "primary", self)
        self.save.clicked.connect(self.on_save)
        self.back = button("Back to the dose", parent=self)
        self.back.clicked.connect(self.closed)
        self.add(button_row(self.save, self.back, parent=self))

    def begin(self, now: DoseNow) -> None:
        """Of this dose."""
        self.now, self._busy = now, False
        self.bar.show_notice(None)
        row = now.row
        self.who.setText(f"{row.name}  {row.prison_number or ''}  ·  {row.dose}, {row.due.slot}")

    def on_save(self) -> None:
        """Write it."""
        raise NotImplementedError

    def wrong_in(self, fields: tuple[Field, ...]) -> bool:
        """Show what is wrong or missing in these; True where something is."""
        wrong = [(field, said) for field in fields if not field.isHidden() and (said := field.problem(saving=True))]
        for field, said in wrong:
            field.set_error(said)
        if wrong:
            wrong[0][0].take_focus()
        return bool(wrong)

    def on_wrong(self, error: Exception) -> None:
        """It was not written; what was typed stands."""
        self._busy = False
        if isinstance(error, Changed):
            self.changed.emit(sentence_for(error))
        else:
            show_refused(error, self.asked(), self.bar)

    def asked(self) -> dict[str, Field]:
        """What is asked on it, by name."""
        raise NotImplementedError


class LookPanel(OverDose):
    """Looking again at somebody who was found drowsy or intoxicated: both answers, as they are now."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(station, "Look again", "Record what is seen now", parent)
        self.drowsy, self.intoxicated = (
            build_field(FieldSpec(key, label, Kind.YES_NO, required=True, can_be_not_asked=False), station.now, self)
            for key, label in (("again.drowsy", "Drowsy, or hard to rouse"), ("again.intoxicated", "Intoxicated"))
        )
        for field in (self.drowsy, self.intoxicated):
            self.form.add(field)
        self.form.end()
        chain([self.drowsy.input, self.intoxicated.input, self.save, self.back])
        self.drowsy.answered.connect(lambda _k, value: self.intoxicated.take_focus() if value else None)
        self.intoxicated.answered.connect(lambda _k, value: self.save.setFocus() if value else None)

    def asked(self) -> dict[str, Field]:
        """Both answers of a look."""
        return {"drowsy": self.drowsy, "intoxicated": self.intoxicated}

    def begin(self, now: DoseNow) -> None:
        """Both questions are open, whatever was seen before."""
        super().begin(now)
        for field in (self.drowsy, self.intoxicated):
            field.set_value(None)
            field.set_error("")
        self.drowsy.take_focus()

    def on_save(self) -> None:
        """Write both answers."""
        if self.now is None or self._busy or self.wrong_in((self.drowsy, self.intoxicated)):
            return
        due, look = self.now.row.due, Look(self.drowsy.value() == "yes", self.intoxicated.value() == "yes")
        self._busy = True

        def step(acting: Acting) -> DoseNow:
            return lifting.look_again(acting, due, look)

        write(self._station, self, due, step, self.written.emit, self.on_wrong, kinds=OF_A_LOOK)


class LiftPanel(OverDose):
    """A prescriber lifts stops of one dose; at anybody else's hands it is a telephone call that is written down."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(station, "A prescriber lifts this", "Write the decision", parent)
        self._cards: list[ToldCard] = []
        self._holder = QWidget(self)
        self.codes: Field | None = None

        def spec(key: str, label: str, kind: Kind = Kind.TEXT, about: str = "") -> FieldSpec:
            return FieldSpec(f"lift.{key}", label, kind, help=about, required=True, can_be_not_asked=False)

        made = {
            "prescriber": spec(
                "prescriber", "Prescriber who said so", about="Name; they sign it by the next working day."
            ),
            "spoken": spec("spoken", "Spoken at", Kind.MOMENT),
            "witness": spec("witness", "Who heard it beside you"),
            "reason": spec("reason", "Reason", about="In the prescriber's words."),
        }
        self.fields = {key: build_field(each, station.now, self) for key, each in made.items()}
        for field in self.fields.values():
            self.form.add(field)
        self.form.end()

    def asked(self) -> dict[str, Field]:
        """What is lifted, and what belongs to the decision."""
        return {**self.fields, **({"codes": self.codes} if self.codes is not None else {})}

    def begin(self, now: DoseNow) -> None:
        """Every stop that can be lifted now is named, and none is chosen."""
        super().begin(now)
        self._show_stops(now)
        for field in self.fields.values():
            field.set_value(None)
            field.set_error("")
        by_telephone = self._station.acting.who.role != Role.PRESCRIBER
        for key in ("prescriber", "spoken", "witness"):
            self.fields[key].setVisible(by_telephone)
        self.set_note("by telephone, witnessed" if by_telephone else "by you, present")
        if self.codes is not None:
            self.codes.take_focus()

    def on_save(self) -> None:
        """Write what was decided."""
        if self.now is None or self.codes is None or self._busy:
            return
        if self.wrong_in((self.codes, *self.fields.values())):
            return
        said = {key: field.value() or "" for key, field in self.fields.items()}
        spoken = read_moment(said["spoken"], self._station.now()) if said["spoken"] else None
        decided = Lifting(
            codes=frozenset((self.codes.value() or "").split()),
            reason=said["reason"],
            prescriber=said["prescriber"],
            witness=said["witness"],
            spoken_at=at_london(spoken.date(), spoken.time()) if spoken else None,
        )
        due = self.now.row.due
        self._busy = True

        def step(acting: Acting) -> DoseNow:
            return lifting.lift(acting, due, decided)

        write(self._station, self, due, step, self.written.emit, self.on_wrong)

    def _show_stops(self, now: DoseNow) -> None:
        for old in (*self._cards, self.codes):
            if old is not None:
                self.form.column.removeWidget(old)
                old.hide()
                old.deleteLater()
        stops = stops_to_lift(now, self._station.acting)
        self._cards = []
        for at, stop in enumerate(stops):
            card = ToldCard(self)
            card.show_words(Tone.RED, stop.words, "", source_words(stop.finding))
            self.form.column.insertWidget(at, card)
            self._cards.append(card)
        choices = tuple(
            Choice(str(each.code), stop_name(each.code), str(at)) for at, each in enumerate(stops, start=1)
        )
        spec = FieldSpec(
            "lift.codes",
            "What is lifted, for this dose",
            Kind.MULTI_CHOICE,
            choices,
            required=True,
            can_be_not_asked=False,
        )
        self.codes = build_field(spec, self._station.now, self)
        self.form.column.insertWidget(len(stops), self.codes)
        self.codes.show()
        chain([self.codes.input, *(field.input for field in self.fields.values()), self.save, self.back])
