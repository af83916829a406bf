"""One person's regime on one page: the sentence as a line, stabilisation, three classes side by side, the doses."""

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pdtdesk.domain.calendar import show_instant, show_near, whole_hours_between
from pdtdesk.domain.durations import counted, hours_said
from pdtdesk.domain.regime.facts import CHOICES, RegimeClass
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.missed import days_missed_before
from pdtdesk.domain.regime.treatment import Agreed
from pdtdesk.domain.roles import Permission, may
from pdtdesk.policy.findings import Finding
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.shown import Course
from pdtdesk.services.reception.triage import facts as reception_facts
from pdtdesk.services.regime.choosing import open_orders, open_regimes
from pdtdesk.services.regime.drawn import dose_chart_facts, sentence_facts
from pdtdesk.services.regime.in_force import declared_now, ordered_now
from pdtdesk.services.regime.standing import RegimeNow
from pdtdesk.services.regime.taking import last_witnessed
from pdtdesk.ui.regime.class_card import ClassCard
from pdtdesk.ui.regime.said import begun_words, ends_after, finding_line
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.card import Card, Scrolled, button, button_row
from pdtdesk.ui.widgets.columns import ColumnsLayout
from pdtdesk.ui.widgets.dose_chart import DoseChart
from pdtdesk.ui.widgets.findings import FindingsPanel
from pdtdesk.ui.widgets.sentence_line import SentenceLine
from pdtdesk.ui.widgets.stops import bring_into_sight, chain_parts
from pdtdesk.ui.widgets.words import words

_ORDER = (RegimeClass.MAINTENANCE, RegimeClass.GRADUAL_REDUCTION, RegimeClass.DETOXIFICATION)
_AGREED = {Agreed.YES: "agreed", Agreed.NO: "did not agree", Agreed.NOT_ASKED: "was not asked"}


class Overview(Scrolled):
    """Signals: `planned(RegimeClass | None)` (None: an order beside the class), `source_asked(Finding)`,
    `facts_asked`, `review_asked`, `letter_asked`, `end_asked`, `back_asked`."""

    planned = Signal(object)
    source_asked = Signal(object)
    facts_asked = Signal()
    review_asked = Signal()
    letter_asked = Signal()
    end_asked = Signal()
    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: dict[str, Finding] = {}
        self._assess_first = False
        self.column.setSpacing(current_theme().space("m"))
        self.sentence_card = Card("", "", self)
        self.sentence = SentenceLine(headed=False, parent=self.sentence_card)
        self.sentence_card.add(self.sentence)
        self.add(self.sentence_card)
        self.first = FindingsPanel("Stabilisation, before any class", "No reduction before it.", self)
        self.first.reference_asked.connect(self._on_source)
        self.first.hug()
        self.steady = button("Plan stabilisation", parent=self.first)
        self.steady.clicked.connect(lambda: self.planned.emit(RegimeClass.STABILISATION))
        self.first.head.addWidget(self.steady)
        self.add(self.first)
        self.cards = {each: ClassCard(each, self) for each in _ORDER}
        holder = QWidget(self)
        columns = ColumnsLayout(holder, letters=40, most=len(CHOICES))
        for card in self.cards.values():
            card.planned.connect(self.planned)
            card.source_asked.connect(self.source_asked)
            columns.addWidget(card)
        self.add(holder)
        self._buttons = self._make_buttons()
        self.add(self._buttons)
        self.add(self._lower())
        self.beside = FindingsPanel("Beside the classes", "Nothing else is said of this person.", self)
        self.beside.reference_asked.connect(self._on_source)
        self.beside.hug()
        self.add(self.beside)
        self.end()

    def first_stop(self) -> QWidget:
        """Where the keyboard goes when somebody is opened: what it is decided on, where that is to be asked before a
        class can be chosen; else the first class that can be planned."""
        if self._assess_first and not self._facts.isHidden():
            return self._facts
        shown = [card.choose for card in self.cards.values() if not card.choose.isHidden()]
        return shown[0] if shown else self._back

    def to_another_class(self, now: RegimeNow) -> None:
        """Bring the keyboard to the first class that is not the one in force."""
        here = {each.declared for each in declared_now(now)}
        others = [card for each, card in self.cards.items() if each not in here and not card.choose.isHidden()]
        if others:
            others[0].choose.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_sight(others[0])

    def show_regime(self, now: RegimeNow, role: str) -> None:
        """Show somebody's regime; what this role may not do is not offered."""
        facts = sentence_facts(now)
        self.sentence_card.set_title(facts.title)
        self.sentence_card.set_note(facts.note)
        self.sentence.show_facts(facts)
        decides = may(role, Permission.DECIDE_REGIME)
        for card in self.cards.values():
            card.show_standing(now, decides)
        chart = dose_chart_facts(now)
        self.chart.show_facts(chart)
        self._no_doses.setVisible(chart is None)
        self.chart.setVisible(chart is not None)
        self._show_shown(now)
        self._show_first(now, decides)
        self._show_beside(now)
        in_force = bool(now.treatment.regime_on(now.today))
        unknown = any(now.assessment.of(each).standing is None for each in self.cards)
        self._assess_first = unknown and not declared_now(now)
        self._review.setVisible(in_force and decides)
        self._letter.setVisible(bool(declared_now(now)))
        self._end.setVisible(decides and bool(open_regimes(now) or open_orders(now)))
        self._other.setVisible(decides)
        self._facts.setVisible(may(role, Permission.ASSESS_REGIME))
        cards = [part for card in self.cards.values() for part in card.parts()]
        chain_parts(self.steady, self.first.sources(), *cards, self._buttons, self.chart, self.beside)
        self.verticalScrollBar().setValue(0)

    def _make_buttons(self) -> QWidget:
        self._facts = button("What it is decided on…", parent=self)
        self._facts.clicked.connect(self.facts_asked)
        self._review = button("Review…", "primary", self)
        self._review.clicked.connect(self.review_asked)
        self._other = button("Another medicine…", parent=self)
        self._other.clicked.connect(lambda: self.planned.emit(None))
        self._letter = button("Print the review letter", parent=self)
        self._letter.clicked.connect(self.letter_asked)
        self._end = button("End or stop…", parent=self)
        self._end.clicked.connect(self.end_asked)
        self._back = button("Back to the list", parent=self)
        self._back.clicked.connect(self.back_asked)
        row = (self._review, self._facts, self._other, self._letter, self._end, self._back)
        return button_row(*row, parent=self)

    def _lower(self) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().space("m"))
        doses = Card("Doses and withdrawal", "", box)
        self.chart = DoseChart(doses)
        self._no_doses = words("No dose has been ordered here yet.", "muted", wrap=True, parent=doses)
        doses.add(self._no_doses)
        doses.add(self.chart, 1)
        self._shown = Card("What the doses show", "", box)
        self._lines = QVBoxLayout()
        self._shown.add(self._lines)
        self._shown.body.addStretch(1)
        row.addWidget(doses, 3)
        row.addWidget(self._shown, 2)
        return box

    def _show_shown(self, now: RegimeNow) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for label, said in _lines(now):
            line = QWidget(self._shown)
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, current_theme().space("xs"))
            row.addWidget(words(label, "muted", wrap=True, parent=line), 2)
            row.addWidget(words(said, wrap=True, parent=line), 3)
            self._lines.addWidget(line)

    def _show_first(self, now: RegimeNow, decides: bool) -> None:
        """What comes before the classes, where it is asked of this person or stands."""
        found = [each for each in now.assessment.findings if each.code == Code.STABILISATION]
        stands = [r for r in declared_now(now) if r.declared is RegimeClass.STABILISATION]
        self.first.show_lines(tuple(finding_line(each) for each in found))
        since = [f"declared {begun_words(each.since, now.today)}{ends_after(each.until)}" for each in stands]
        self.first.set_note(since[-1] if since else "")
        self.first.set_chosen(bool(stands))
        self.first.setVisible(bool(found or stands))
        self.steady.setVisible(decides)
        self.steady.setText("Change its schedule" if stands else "Plan stabilisation")
        self.steady.setAccessibleName(f"{self.steady.text()}: stabilisation")

    def _show_beside(self, now: RegimeNow) -> None:
        of_a_class = {found for each in now.assessment.classes for found in each.findings}
        found = [each.finding for each in now.differences]
        found += [each for each in now.assessment.findings if each not in of_a_class]
        self._found = {str(each.code): each for each in found}
        found = [each for each in found if each.code != Code.STABILISATION]  # it stands before the classes
        self.beside.show_lines(tuple(finding_line(each) for each in found))
        self.beside.setVisible(bool(found))

    def _on_source(self, code: str) -> None:
        if (found := self._found.get(code)) is not None:
            self.source_asked.emit(found)


def _lines(now: RegimeNow) -> list[tuple[str, str]]:
    """Declared and shown, side by side, and what is missing."""
    held = declared_now(now)
    regime = held[0] if held else None
    lines = []
    said = [f"{each.declared.words} {begun_words(each.since, now.today)}{ends_after(each.until)}" for each in held]
    declared = "; ".join(said) or "none"
    lines.append(("Declared", f"{declared[:1].upper()}{declared[1:]}"))
    courses = [each for each in now.courses if each.shown is not None]
    differs = next((each for each in now.differences if each.until >= now.today - timedelta(days=1)), None)
    if differs is not None:
        lines.append(
            ("! They differ", f"the doses show {differs.shown.words} since {show_near(differs.since, now.today)}")
        )
    lines.append(("Shown by doses", _shown_words(courses[-1]) if courses else "too early to tell: no dose taken yet"))
    if courses:
        longest = courses[-1].longest_not_taken
        lines.append(
            ("Longest run not taken", "none" if not longest else "1 day" if longest == 1 else f"{longest} days")
        )
        if courses[-1].days_not_known:
            lines.append(("Days not known", str(courses[-1].days_not_known)))
    orders = [each for each in ordered_now(now) if each.medicine.is_substitute]
    if orders:
        missed = days_missed_before(now.treatment, orders[0].medicine, now.today)
        if missed.days:
            known = f", {missed.not_known} of them not known" if missed.not_known else ""
            lines.append(("Not taken just now", f"{counted(missed.days, 'day')}{known}"))
        lines.append(("Ordered", _ordered(now)))
        lines.append(("Last witnessed dose", _witnessed(now, orders[0].medicine)))
    if regime is not None:
        wish = regime.wish
        said = [
            part for part in (wish.told and f"told: {wish.told}", wish.wished and f"wished: {wish.wished}") if part
        ]
        agreed = _AGREED[wish.agreed] if wish.agreed else "agreement not written down"
        lines.append(("Agreed with the person", "; ".join([*said, agreed])))
        if regime.standing != "offered" and not regime.reason:
            lines.append(("Missing", "the reason for a class that is not simply offered"))
        elif regime.reason:
            lines.append(("Reason", regime.reason))
    return lines


def _witnessed(now: RegimeNow, medicine: Ordered) -> str:
    told = reception_facts(now.person, now.stay, now=now.at)
    at, where = last_witnessed(now.treatment, medicine, told, now.at)
    if at is None:
        return "none is known: tolerance cannot be counted on"
    hours = hours_said(whole_hours_between(at, now.at))
    return f"{hours} ago, {show_instant(at)}" + ("" if where == "here" else f" ({where.replace('_', ' ')})")


def _ordered(now: RegimeNow) -> str:
    said = []
    for each in ordered_now(now):
        day = max(now.today, each.since)
        begins = f" {begun_words(day, now.today)}:" if day > now.today else ""
        slots = ", ".join(f"{slot} {mg}" for slot, mg in each.schedule.on(day)) or "nothing today"
        how = "supervised" if each.supervised else "in possession"
        said.append(f"{each.medicine.words}{begins} {slots}, {how}{ends_after(each.until)}")
    return "; ".join(said)


def _shown_words(course: Course) -> str:
    phases = [f"{each.shown.words} {counted(each.days, 'day')}" for each in course.phases]
    whole = course.shown.words.capitalize() if course.shown else ""
    short = ", 19 days or less" if course.nineteen_days_or_less and course.last_mg == 0 else ""
    return f"{whole} ({course.medicine}): {', then '.join(phases)}{short}"
