"""A regime is ended, or one medicine stopped: after which day, why, and with what the person said."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.treatment import Agreed, Wish
from pdtdesk.policy.findings import Finding, Tier
from pdtdesk.services.refusals import Changed
from pdtdesk.services.regime.choosing import open_orders, open_regimes, seen_of
from pdtdesk.services.regime.ending import Ending, end_findings, end_regime, ending_with, stop_medicine
from pdtdesk.services.regime.record import open_regime
from pdtdesk.services.regime.standing import RegimeNow
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.regime.refused import show_refused
from pdtdesk.ui.regime.said import finding_line
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shortcuts import Shortcut, bind
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Done
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, Scrolled, button, button_row
from pdtdesk.ui.widgets.field import Field, FieldSpec, Kind, build_field
from pdtdesk.ui.widgets.findings import FindingsPanel
from pdtdesk.ui.widgets.notice import Action, Notice, NoticeBar
from pdtdesk.ui.widgets.spec import Choice
from pdtdesk.ui.widgets.stops import chain, stops_in
from pdtdesk.ui.widgets.typed_days import Lean
from pdtdesk.ui.widgets.words import words

_LOSS = (
    "An opioid substitute that ends takes tolerance with it: a dose that was safe before can kill. Say so to the "
    "person, and think of naloxone and of who goes on with it outside."
)
_AGREED = (Choice("yes", "Agreed", "A"), Choice("no", "Did not agree", "D"), Choice("not_asked", "Not asked", "N"))
_SPECS = (
    FieldSpec("last", "Last day", Kind.DAY, required=True, lean=Lean.FUTURE, can_be_not_asked=False),
    FieldSpec("why", "Why", required=True, can_be_not_asked=False),
    FieldSpec("wished", "The person wishes", can_be_not_asked=False),
    FieldSpec("told", "The person was told", help="Also what it takes away.", can_be_not_asked=False),
    FieldSpec("agreed", "Agreement", Kind.CHOICE, _AGREED, required=True, can_be_not_asked=False),
    FieldSpec("outside", "Who goes on with it outside", help="Or that nobody does.", can_be_not_asked=False),
    FieldSpec("read", "All that must be read has been read", Kind.YES_NO, can_be_not_asked=False),
)


_REGIME = "regime"
"""The class with every opioid substitute; the other things that end go by the name of their medicine."""


_LOOK = "look"


class EndPanel(QWidget):
    """`ended(RegimeNow)`: it is written; `closed`: nothing was; `renewed(RegimeNow)`: somebody else had changed
    it, and it was read again."""

    ended = Signal(object)
    closed = Signal()
    renewed = Signal(object)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._now: RegimeNow | None = None
        self._found: tuple[Finding, ...] = ()
        self._named: dict[Ordered, str] = {}
        self.notice = NoticeBar(self)
        self.notice.chosen.connect(self._on_notice)
        left, right = self._sides = Scrolled(self), Scrolled(self)
        self._ask = Card("End the regime", "", left)
        self._loss = words(_LOSS, "strong", wrap=True, parent=self._ask)
        self._ask.add(self._loss)
        self.fields: dict[str, Field] = {}
        self._what = QVBoxLayout()
        self._ask.add(self._what)
        for spec in _SPECS:
            field = build_field(spec, station.now, self._ask)
            field.answered.connect(lambda *_: self._show_findings())
            self.fields[spec.key] = field
            self._ask.add(field)
        self.last, self.why = self.fields["last"], self.fields["why"]
        left.add(self._ask)
        left.end()
        self.findings = FindingsPanel(
            "What is said of it", "Nothing yet: say what ends, and enter the last day.", right
        )
        self.findings.hug()
        right.add(self.findings)
        right.end()
        self._end = button("End the regime", "danger", self)
        self._end.clicked.connect(self.save)
        back = button("Back", parent=self)
        back.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.setSpacing(current_theme().space("m"))
        row.addWidget(left, 5)
        row.addWidget(right, 6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.notice)
        whole.addLayout(row, 1)
        self._row = button_row(self._end, back, parent=self)
        whole.addWidget(self._row)
        bind(Shortcut.SAVE, self, self.save)
        bind(Shortcut.BACK, self, self.closed.emit)

    def begin(self, now: RegimeNow) -> None:
        """Ask what ends, after which day, and what the person says to it."""
        self._now = now
        self._ask_what(now)
        self._ask.set_note(now.person.identity.display)
        for key, field in self.fields.items():
            field.set_error("")
            if key != "what":
                field.set_value(None)
        self.notice.show_notice(None)
        self._show_findings()

    def to_top(self) -> None:
        """Both sides from their beginning: what an end takes away is read before the day is typed."""
        (self.fields["what"] if self.fields["what"].value() is None else self.last).take_focus()
        for side in self._sides:
            side.to_top()

    def put_away(self) -> None:
        """Before a lock: nothing typed here is left for somebody else."""
        self._now, self._found = None, ()
        for field in self.fields.values():
            field.set_value(None)
        self.findings.show_lines(())

    def save(self) -> None:
        """End it."""
        now = self._now
        if now is None:
            return
        wrong = [(field, said) for field in self.fields.values() if (said := field.problem(saving=True))]
        for field, said in wrong:
            field.set_error(said)
        if wrong:
            wrong[0][0].take_focus()
            return
        self._show_findings()
        acting, patient, seen = self._station.acting, now.person.patient_id, seen_of(now)
        read, medicine = self.fields["read"].value() == "yes", self._medicine()
        ending = Ending(
            date.fromisoformat(self.last.value() or ""),
            self._text("why"),
            self._wish(),
            frozenset(str(each.code) for each in self._found) if read else frozenset(),
            self._text("outside"),
        )

        def command(_: object) -> Done[RegimeNow]:
            written = (
                end_regime(acting, patient, ending, seen)
                if medicine is None
                else stop_medicine(acting, patient, medicine, ending, seen)
            )
            return Done(ChangeSet.of([patient], ["regime"]), written)

        self._station.work.do(self, command, self.ended.emit, self._on_wrong)

    def look_again(self) -> None:
        """Read what is in force now, and ask again what ends; what was typed stays."""
        if self._now is None:
            return
        acting, patient = self._station.acting, self._now.person.patient_id

        def show(now: RegimeNow) -> None:
            if self._now is None or patient not in now.person.patient_ids:
                return
            what, self._now = self.fields["what"].value(), now
            self._ask_what(now)
            self.fields["read"].set_value(None)
            field = self.fields["what"]
            if what in {choice.word for choice in field.spec.choices}:
                field.set_value(what)
            self.notice.show_notice(Notice(f"{_stands_now(now)} What you typed is still here.", Tone.AMBER))
            self._show_findings()
            self.to_top()
            self.renewed.emit(now)

        self._station.work.ask(self, lambda _: open_regime(acting, patient), show, self._on_wrong, slot="end")

    def words_for(self) -> str:
        """What was done, for the notice above the page."""
        last, medicine = self.last.value(), self._medicine()
        done = f"{self._named.get(medicine, '').capitalize()} stopped" if medicine else "Ended"
        return f"{done} after {show_day(date.fromisoformat(last))}." if last else f"{done}."

    def _ask_what(self, now: RegimeNow) -> None:
        """What of all that is in force ends: the class with its substitutes, or one medicine alone."""
        while (item := self._what.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._named = dict(ending_with(now))
        choices = [Choice(_REGIME, "The class and its opioid substitute", "C")] if open_regimes(now) else []
        choices += [
            Choice(each.value, f"{name.capitalize()} alone", str(number))
            for number, (each, name) in enumerate(self._named.items(), 1)
        ]
        spec = FieldSpec(
            "what", "What ends", Kind.CHOICE, tuple(choices), required=True, can_be_not_asked=False, in_a_row=True
        )
        field = build_field(spec, self._station.now, self._ask)
        field.answered.connect(lambda *_: self._show_findings())
        field.set_value(choices[0].word if len(choices) == 1 else None)  # else nothing is answered for anybody
        self._what.addWidget(field)
        field.show()  # at once, or the keyboard cannot stand on it yet
        self.fields = {"what": field, **{key: each for key, each in self.fields.items() if key != "what"}}

    def _medicine(self) -> Ordered | None:
        """The medicine that is stopped alone; None where the class ends, or nobody has said yet what does."""
        what = self.fields["what"].value()
        return None if what in (None, _REGIME) else Ordered(what)

    def _title(self) -> str:
        medicine = self._medicine()
        if medicine is not None:
            return f"Stop {self._named.get(medicine, medicine.words)}"
        return "End the regime" if self.fields["what"].value() else "End or stop"

    def _text(self, key: str) -> str:
        return (self.fields[key].value() or "").strip()

    def _wish(self) -> Wish:
        agreed = self.fields["agreed"].value()
        return Wish(self._text("wished"), self._text("told"), Agreed(agreed) if agreed else None)

    def _show_findings(self) -> None:
        """What is said of this last day; what has to be read anew asks for it anew."""
        if self._now is None:
            return
        last, medicine = self.last.value(), self._medicine()
        self._ask.set_title(self._title())
        self._end.setText(self._title())
        self._loss.setVisible(medicine is None or medicine.is_substitute)
        before = {each.sentence for each in self._found if each.tier is Tier.MUST_ACKNOWLEDGE}
        found: tuple[Finding, ...] = ()
        if last and self.fields["what"].value() and not self.last.problem(saving=True):
            day, policy = date.fromisoformat(last), self._station.acting.policy
            found = end_findings(self._now, day, self._wish(), policy, medicine)
        self._found = found
        must = {each.sentence for each in found if each.tier is Tier.MUST_ACKNOWLEDGE}
        if must - before:
            self.fields["read"].set_value(None)
        self.fields["read"].setVisible(bool(must))
        self.findings.show_lines(tuple(finding_line(each) for each in found))
        asked = (field.input for field in self.fields.values())
        chain((*stops_in(self.notice), *asked, *stops_in(self.findings), *stops_in(self._row)))

    def _on_notice(self, action: str) -> None:
        if action == _LOOK:
            self.look_again()

    def _on_wrong(self, error: Exception) -> None:
        """A refusal stands at its question; where somebody else changed it meanwhile, it can be looked at again."""
        if isinstance(error, Changed):
            look = Action(_LOOK, "Look at it as it stands now", "primary")
            self.notice.show_notice(Notice(sentence_for(error), Tone.RED, (look,)))
            self.notice.take_focus()
            return
        show_refused(error, {**self.fields, "reason": self.why}, self.notice)


def _stands_now(now: RegimeNow) -> str:
    """What is in force now, by whom, in a sentence."""
    said = [f"{each.declared.words} ({each.by.name})" for each in open_regimes(now)]
    said += [
        f"{each.medicine.words} {each.schedule.daily_on(max(now.today, each.since))} a day ({each.by.name})"
        for each in open_orders(now)
    ]
    return f"In force now: {', '.join(said)}." if said else "Nothing is in force now that could be ended."
