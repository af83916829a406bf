"""A review on one screen: doses since the last with scores and missed days, guidance then and now, what follows."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pdtdesk.domain.calendar import show_day, show_instant, show_near
from pdtdesk.domain.durations import counted
from pdtdesk.domain.reception.standing import values
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.treatment import Agreed, Wish
from pdtdesk.policy.regime.standing import stands
from pdtdesk.services.regime.choosing import class_findings, seen_of
from pdtdesk.services.regime.drawn import dose_chart_facts, sentence_facts
from pdtdesk.services.regime.reviewing import OUTCOMES, Review, ReviewNow, record_review
from pdtdesk.services.regime.standing import RegimeNow
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.regime.occasions import Occasions, occasions_of
from pdtdesk.ui.regime.refused import show_refused
from pdtdesk.ui.regime.said import finding_line
from pdtdesk.ui.shortcuts import Shortcut, bind
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Done
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, Scrolled, button, button_row
from pdtdesk.ui.widgets.columns import ColumnsLayout
from pdtdesk.ui.widgets.dose_chart import DoseChart
from pdtdesk.ui.widgets.field import Field, FieldSpec, Kind, build_field
from pdtdesk.ui.widgets.findings import FindingsPanel, PanelLine
from pdtdesk.ui.widgets.notice import NoticeBar
from pdtdesk.ui.widgets.sentence_line import SentenceLine
from pdtdesk.ui.widgets.spec import Choice
from pdtdesk.ui.widgets.stops import chain_parts
from pdtdesk.ui.widgets.typed_days import Lean
from pdtdesk.ui.widgets.words import words

_OUTCOMES = tuple(Choice(word, label) for word, label in OUTCOMES.items())
_AGREED = (Choice("yes", "Agreed", "A"), Choice("no", "Did not agree", "D"), Choice("not_asked", "Not asked", "N"))
_SPECS = (
    FieldSpec("outcome", "What comes of it", Kind.CHOICE, _OUTCOMES, required=True, can_be_not_asked=False),
    FieldSpec("reason", "Reason", can_be_not_asked=False),
    FieldSpec("took_part", "Who took part", help="The person first.", required=True, can_be_not_asked=False),
    FieldSpec("sleep", "Sleep", asked="How do you sleep?", required=True, can_be_not_asked=False),
    FieldSpec("wished", "The person wishes", can_be_not_asked=False),
    FieldSpec("told", "The person was told", can_be_not_asked=False),
    FieldSpec("agreed", "Agreement", Kind.CHOICE, _AGREED, can_be_not_asked=False),
    FieldSpec("next_due", "Next review", Kind.DAY, lean=Lean.FUTURE, can_be_not_asked=False),
)


class ReviewPanel(QWidget):
    """`recorded(RegimeNow, outcome)`: it is written; `closed`: nothing was."""

    recorded = Signal(object, str)
    closed = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._review: ReviewNow | None = None
        self.notice = NoticeBar(self)
        left, right = self._sides = Scrolled(self), Scrolled(self)
        self._line_card = Card("", "", left)
        self._line = SentenceLine(headed=False, parent=self._line_card)
        self._line_card.add(self._line)
        self._doses = Card("Doses since", "", left)
        self.chart = DoseChart(self._doses)
        self._none = words("No dose is written down since then.", "muted", wrap=True, parent=self._doses)
        self._doses.add(self._none)
        self._doses.add(self.chart, 1)
        self._since = Card("Since then", "", left)
        self._facts = words("", wrap=True, parent=self._since)
        self._since.add(self._facts)
        for card in (self._line_card, self._doses, self._since):
            left.add(card)
        left.end()
        self._ask = ask = Card("The review", "", right)
        holder = QWidget(ask)
        columns = ColumnsLayout(holder, letters=30, most=2)
        self.fields: dict[str, Field] = {}
        for spec in _SPECS:
            field = build_field(spec, station.now, holder)
            self.fields[spec.key] = field
            columns.addWidget(field)
        ask.add(holder)
        self._why_then = words("", "muted", wrap=True, parent=ask)
        ask.add(self._why_then)
        self.occasions = Occasions(ask)
        self.occasions.taken.connect(self._on_occasion)
        ask.add(self.occasions)
        right.add(ask)
        self.findings = FindingsPanel("Guidance, then and now", "Nothing was stored with the decision.", right)
        self.findings.hug()
        right.add(self.findings)
        right.end()
        save = button("Record the review", "primary", self)
        save.clicked.connect(self.save)
        back = button("Back", parent=self)
        back.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.setSpacing(current_theme().space("m"))
        row.addWidget(left, 6)
        row.addWidget(right, 5)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.notice)
        whole.addLayout(row, 1)
        self._row = button_row(save, back, parent=self)
        whole.addWidget(self._row)
        bind(Shortcut.SAVE, self, self.save)
        bind(Shortcut.BACK, self, self.closed.emit)

    def show_review(self, review: ReviewNow) -> None:
        """Begin a review of the regime in force."""
        self._review = review
        now = review.now
        facts = sentence_facts(now)
        self._line_card.set_title(facts.title)
        self._line_card.set_note(facts.note)
        self._line.show_facts(facts)
        since = show_near(review.since, now.today)
        self._doses.set_title(f"Doses since {since}")
        chart = dose_chart_facts(now, review.since)
        self.chart.show_facts(chart)
        self.chart.setVisible(chart is not None)
        self._none.setVisible(chart is None)
        self._since.set_title(f"Since {since}")
        self._facts.setText("\n".join(_since(review)))
        self.findings.show_lines(_lines(review))
        for field in self.fields.values():
            field.set_value(None)
            field.set_error("")
        self._why_then.setText(review.next_due_why)
        self._why_then.setVisible(bool(review.next_due_why))
        wish = now.facts.wish
        self.fields["wished"].set_value(wish.words if wish is not None else None)
        self.fields["next_due"].set_value(review.next_due.isoformat() if review.next_due else None)
        self.notice.show_notice(None)
        maintained = any(each.declared is RegimeClass.MAINTENANCE for each in now.treatment.regime_on(now.today))
        self.occasions.show_named(occasions_of(now) if maintained else ())
        chain_parts(self.notice, self.chart, self._ask, self.findings, self._row)

    def to_top(self) -> None:
        """Both sides from their beginning, the keyboard on the first question."""
        self.fields["outcome"].take_focus()
        for side in self._sides:
            side.to_top()

    def put_away(self) -> None:
        """Before a lock: nothing typed here is left for somebody else."""
        self._review = None
        for field in self.fields.values():
            field.set_value(None)

    def save(self) -> None:
        """Write the review down."""
        review = self._review
        if review is None:
            return
        wrong = [(field, said) for field in self.fields.values() if (said := field.problem(saving=True))]
        for field, said in wrong:
            field.set_error(said)
        if wrong:
            wrong[0][0].take_focus()
            return
        given = {key: (field.value() or "").strip() for key, field in self.fields.items()}
        made = Review(
            outcome=given["outcome"],
            reason=given["reason"],
            took_part=given["took_part"],
            sleep=given["sleep"],
            wish=Wish(given["wished"], given["told"], Agreed(given["agreed"]) if given["agreed"] else None),
            next_due=date.fromisoformat(given["next_due"]) if given["next_due"] else None,
            seen=seen_of(review.now),
        )
        acting, patient = self._station.acting, review.now.person.patient_id

        def command(_: object) -> Done[RegimeNow]:
            return Done(ChangeSet.of([patient], ["regime"]), record_review(acting, patient, made))

        self._station.work.do(self, command, lambda now: self.recorded.emit(now, made.outcome), self._on_wrong)

    def _on_occasion(self, said: str) -> None:
        self.fields["reason"].set_value(said)
        self.fields["reason"].take_focus()

    def _on_wrong(self, error: Exception) -> None:
        show_refused(error, self.fields, self.notice)


def _since(review: ReviewNow) -> list[str]:
    """What happened since, a line for each thing, and what did not."""
    now = review.now
    said = [f"Dose times: {', '.join(review.slots) or 'none ordered today'}."]
    runs = [f"{counted(days, 'day')} up to {show_near(last, now.today)}" for last, days in review.not_taken]
    said.append(f"Not taken or not known: {'; '.join(runs)}." if runs else "No day without a dose.")
    seen = [show_instant(at) for at in review.sedated]
    awake = f"Looked at {counted(review.looked_awake, 'time')}, and written down as neither drowsy nor intoxicated"
    if seen:
        said.append(f"Seen drowsy or intoxicated: {', '.join(seen)}.")
    if review.looked_awake:
        said.append(f"{awake}.")
    elif not seen:
        said.append("Sedation: nothing written down.")
    tested = now.facts.positive_test_on
    positive = tested is not None and tested >= review.since
    said.append(f"Positive test: {show_day(tested)}." if positive and tested else "No positive test written down.")
    scores = [
        f"{each.scale.upper().replace('_', '-')} {each.total}" for each in review.scores if each.total is not None
    ]
    said.append(f"Scores: {', '.join(scores)}." if scores else "Scores: none written down.")
    told = values(now.person, now.stay)
    names = [told[f"medicines.{n}.name"] for n in range(1, 9) if told.get(f"medicines.{n}.name")]
    said.append(f"Other medicines: {', '.join(names)}." if names else "No other medicine written down.")
    if review.before is not None:
        slept = review.before.body.get("sleep")
        said.append(
            f"Last review {show_near(review.before.on, now.today)}: {review.before.outcome.replace('_', ' ')}."
        )
        said += [f"Sleep then: {slept}."] if slept else []
    return said


def _lines(review: ReviewNow) -> tuple[PanelLine, ...]:
    """How the class stands now, what is new or gone since it was chosen, and what is said today."""
    standing = review.now.assessment.of(review.regime.declared) if review.regime.standing is not None else None
    lines = []
    if standing is not None:
        then = f"When it was chosen: {review.regime.declared.words} {stands(review.regime.standing)}."
        now = f"Now: {review.regime.declared.words} {stands(standing.standing)}."
        lines.append(PanelLine("Standing", Tone.BLUE, f"{then} {now}"))
    lines += [PanelLine("Since then", Tone.AMBER, said) for said in review.changed_since]
    lines += [finding_line(each.finding) for each in review.now.differences]
    found = class_findings(review.now, review.regime.declared)
    return (*lines, *(finding_line(each) for each in found))
