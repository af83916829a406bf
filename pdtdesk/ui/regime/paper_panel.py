"""A dose that was given by the downtime sheet, entered as the paper has it, in the order of the paper."""

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtWidgets import QWidget

from pdtdesk.domain.calendar import at_london, show_near
from pdtdesk.domain.names import excerpt
from pdtdesk.domain.quantities import Milligrams, QuantityRefused
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.policy.regime.stops import Look
from pdtdesk.services.acting import Acting
from pdtdesk.services.regime import from_paper, giving
from pdtdesk.services.regime.dose_facts import DoseDue
from pdtdesk.services.regime.from_paper import Asked, OpenDose, Paper, latest_for, open_doses
from pdtdesk.services.regime.giving import DoseNow
from pdtdesk.ui.regime.lift_panel import OverDose
from pdtdesk.ui.regime.outcome_form import NOT_HANDED, OutcomeForm, Stood
from pdtdesk.ui.regime.scanner import ScanGuard, only
from pdtdesk.ui.regime.writing import OF_A_LOOK, write
from pdtdesk.ui.shortcuts import Shortcut, bind
from pdtdesk.ui.station import Station
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.field import Choice, Field, FieldSpec, Kind, build_field
from pdtdesk.ui.widgets.stops import chain
from pdtdesk.ui.widgets.typed_days import read_moment

_NOT_SAID = Choice("not_said", "The paper does not say", "S")
_SEEN = (Choice("yes", "Yes", "Y"), Choice("no", "No", "N"), _NOT_SAID)
_IDENTIFIED = (
    Choice("photograph", "Photograph", "P"),
    Choice("two identifiers", "Two identifiers", "I"),
    _NOT_SAID,
)


def _spec(key: str, label: str, kind: Kind = Kind.TEXT, choices: tuple[Choice, ...] = (), **more: str) -> FieldSpec:
    asked = key != "witness"
    return FieldSpec(
        f"paper.{key}",
        label,
        kind,
        choices,
        required=asked,
        can_be_not_asked=False,
        in_a_row=bool(choices),
        help=more.get("about", ""),
        unit=more.get("unit", ""),
    )


class PaperPanel(OverDose):
    """`said`: what was entered last."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(station, "Given on paper", "Enter what the paper says", parent)
        self.said = ""
        self.which: Field | None = None
        self._open: dict[str, OpenDose] = {}
        self.outcome = OutcomeForm(station, "paper", tuple(Outcome), "What became of it", self)
        specs = {
            Asked.POURED: _spec("poured", "By score, handed out", Kind.DECIMAL, unit="mg"),
            Asked.TIME: _spec("time", "When, by the paper", Kind.MOMENT),
            Asked.NAME: _spec("name", "Who gave it: the name on the paper", about="Your own where you gave it."),
            Asked.IDENTIFIED: _spec("identified", "Identified by", Kind.CHOICE, _IDENTIFIED),
            "drowsy": _spec("drowsy", "Drowsy, or hard to rouse", Kind.CHOICE, _SEEN),
            "intoxicated": _spec("intoxicated", "Intoxicated", Kind.CHOICE, _SEEN),
            Asked.WITNESS: _spec("witness", "Witness on the paper"),
        }
        self.fields = {str(key): build_field(spec, self._latest, self) for key, spec in specs.items()}
        self.form.add(self.outcome)
        for field in self.fields.values():
            self.form.add(field)
        self.form.end()
        self._guard: ScanGuard[Stood] = ScanGuard(self, self._stood, self._put_back)
        self._guard.scanned.connect(self._on_scanned)
        self._connect()
        bind(Shortcut.SAVE, self, self.on_save)

    def begin(self, now: DoseNow) -> None:
        """Every dose of this medicine that is open, none chosen where there is more than one; nothing answered."""
        super().begin(now)
        row = now.row
        self.who.setText(f"{row.name}  {row.prison_number or ''}  ·  {row.medicine.words}")
        self._guard.begin()
        self._show_open(now)
        self._put_back({field.key: field.value() for field in self._which()})
        first = self.which if self.which is not None and self.which.value() is None else self.outcome.outcome
        first.take_focus()

    def on_save(self) -> None:
        """Write it as the paper has it, and go back to the dose as it then stands."""
        chosen = self._chosen()
        if self.now is None or self._busy or self.wrong_in(tuple(self._which())) or chosen is None:
            return
        if (wrong := self.outcome.problem()) is not None:
            wrong[0].set_error(wrong[1])
            wrong[0].take_focus()
            return
        if self.wrong_in(tuple(self.fields.values())):
            return
        try:
            ended, paper = self.outcome.ended(""), self._paper()
        except QuantityRefused as refused:
            amount = self.fields[Asked.POURED] if not self.fields[Asked.POURED].isHidden() else self.outcome.taken
            amount.set_error(str(refused))
            amount.take_focus()
            return
        held, due = self.now.row.due, chosen.due
        self.said = f"Entered from the paper: {self._label(chosen)}, {ended.outcome.words}, by {paper.given_by}."
        self._busy = True

        def step(acting: Acting) -> DoseNow:
            after = from_paper.write_from_paper(acting, due, paper, ended)
            return after if due == held else giving.open_dose(acting, held)

        write(self._station, self, due, step, self.written.emit, self.on_wrong, kinds=OF_A_LOOK)

    def asked(self) -> dict[str, Field]:
        """What is asked on it, by what a refusal is about."""
        part = self.outcome.value() is Outcome.PART_TAKEN
        outcome = self.outcome.taken if part else self.outcome.outcome
        which: dict[str, Field] = {Asked.DOSE: self.which} if self.which is not None else {}
        return {**self.fields, Asked.OUTCOME: outcome, **which}

    def _connect(self) -> None:
        self.outcome.chosen.connect(lambda _: self._show_parts())
        self.outcome.complete.connect(self._to_first_below)
        self.outcome.words.input.leave.connect(lambda step: self._to_first_below() if step > 0 else None)
        below = [each for key, each in self.fields.items() if key in (Asked.IDENTIFIED, "drowsy", "intoxicated")]
        for field in below:
            field.answered.connect(lambda key, value: self._on_answered(key) if value else None)
        self.outcome.watched_by(self._guard)
        for field in self.fields.values():
            own = "".join(choice.key for choice in field.spec.choices)
            for widget in field.input.targets():
                self._guard.watch(widget, only(own) if own else None)
        for one in (self.save, self.back):
            self._guard.watch(one, only(""))

    def _show_open(self, now: DoseNow) -> None:
        if self.which is not None:
            self.form.column.removeWidget(self.which)
            self.which.hide()
            self.which.deleteLater()
        found = open_doses(now, self._station.now())
        self._open = {str(at): each for at, each in enumerate(found, start=1)}
        choices = tuple(Choice(at, self._label(each), at) for at, each in self._open.items())
        self.which = build_field(_spec("dose", "Which dose", Kind.CHOICE, choices), self._latest, self)
        if len(found) == 1:
            self.which.set_value("1")
        self.which.answered.connect(self._on_which)
        for widget in self.which.input.targets():
            self._guard.watch(widget, only("".join(self._open)))
        self.form.column.insertWidget(0, self.which)
        self.which.show()
        asked = (self.which, *self.outcome.fields, *self.fields.values())
        chain([*(each.input for each in asked), self.save, self.back])

    def _label(self, each: OpenDose) -> str:
        most = "at most " if each.by_score else ""
        other = self.now is None or each.medicine is not self.now.order.medicine
        name = f"{each.medicine.words} " if other else ""
        return f"{show_near(each.due.day, self._station.today())}, {each.due.slot}: {name}{most}{each.mg}"

    def _chosen(self) -> OpenDose | None:
        return self._open.get((self.which.value() if self.which is not None else None) or "")

    def _due(self) -> DoseDue | None:
        chosen = self._chosen()
        return chosen.due if chosen is not None else None

    def _latest(self) -> datetime:
        """A time alone is read as one of the chosen dose's own day."""
        now, due = self._station.now(), self._due()
        return latest_for(due, now) if due is not None else now

    def _paper(self) -> Paper:
        said = {key: (field.value() or "") if not field.isHidden() else "" for key, field in self.fields.items()}
        at = read_moment(said[Asked.TIME], self._latest())
        seen = {"yes": True, "no": False}
        identified = said[Asked.IDENTIFIED]
        return Paper(
            given_at=at_london(at.date(), at.time()),
            given_by=said[Asked.NAME],
            identified_by="" if identified == _NOT_SAID.word else identified,
            look=Look(seen.get(said["drowsy"]), seen.get(said["intoxicated"])),
            witness=said[Asked.WITNESS],
            poured=Milligrams.typed(said[Asked.POURED]) if said[Asked.POURED] else None,
        )

    def _on_which(self, _key: str, value: object) -> None:
        self._show_parts()
        if value:
            self.outcome.outcome.take_focus()

    def _on_answered(self, key: str) -> None:
        shown = [each for each in self.fields.values() if not each.isHidden()]
        after = shown[[each.key for each in shown].index(key) + 1]
        after.take_focus()

    def _to_first_below(self) -> None:
        next(each for each in self.fields.values() if not each.isHidden()).take_focus()

    def _show_parts(self) -> None:
        """What the paper is asked of this dose: of one that was never handed out nobody was identified for it, and of
        somebody who did not come nobody saw how they were."""
        chosen, outcome = self._chosen(), self.outcome.value()
        handed = outcome not in NOT_HANDED
        looks = chosen is None or chosen.makes_drowsy
        self.fields[Asked.POURED].setVisible(chosen is not None and chosen.by_score and handed)
        self.fields[Asked.IDENTIFIED].setVisible(handed)
        for key in ("drowsy", "intoxicated"):
            self.fields[key].setVisible(looks and outcome is not Outcome.MISSED)

    def _on_scanned(self, text: str) -> None:
        said = f"“{excerpt(text)}” is no answer here: nothing was answered by it, and no dose was opened."
        self.bar.say(said, Tone.AMBER)

    def _which(self) -> Iterator[Field]:
        if self.which is not None:
            yield self.which

    def _stood(self) -> Stood:
        own = (*self._which(), *self.fields.values())
        return {**self.outcome.stood(), **{f.key: f.value() or f.input.typed_words() or None for f in own}}

    def _put_back(self, stood: Stood) -> None:
        for field in (*self._which(), *self.fields.values()):
            field.set_value(stood.get(field.key))
            field.set_error("")
        self.outcome.put_back(stood)
        self._show_parts()
