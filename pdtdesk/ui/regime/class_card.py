"""One class of treatment for one person: how it stands by guidance, why, what would change it, and the way to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.policy.findings import Finding
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.standing import Standing
from pdtdesk.services.regime.in_force import declared_now
from pdtdesk.services.regime.standing import RegimeNow
from pdtdesk.ui.regime.said import begun_words, ends_after, source_words, standing_chip, standing_words
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, button
from pdtdesk.ui.widgets.flow import FlowLayout
from pdtdesk.ui.widgets.words import Chip, chip_of, words


class ClassCard(Card):
    """`planned(RegimeClass)`: choose this one; `source_asked(Finding)`: the passage behind a line."""

    planned = Signal(object)
    source_asked = Signal(object)

    def __init__(self, regime_class: RegimeClass, parent: QWidget | None = None) -> None:
        super().__init__(regime_class.words.capitalize(), "", parent)
        self.regime_class = regime_class
        self._chip: Chip | None = None
        self._holder: QWidget | None = None
        self._found: dict[str, Finding] = {}
        self.choose = button("Plan this", parent=self)
        self.choose.clicked.connect(lambda: self.planned.emit(self.regime_class))
        self.body.addStretch(1)
        self.body.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)

    def show_standing(self, now: RegimeNow, may_choose: bool) -> None:
        """Show how this class stands for this person now."""
        standing = now.assessment.of(self.regime_class)
        self._show_chip(standing)
        if self._holder is not None:
            self.body.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget(self)
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space("xs"))
        in_force = next((r for r in declared_now(now) if r.declared is self.regime_class), None)
        if in_force is not None:
            said = f"declared {begun_words(in_force.since, now.today)}{ends_after(in_force.until)}"
            column.addWidget(words(said, "muted", parent=self._holder))
        self._found = {str(found.code): found for found in standing.findings}
        for found in standing.findings:
            column.addWidget(self._bullet(_brief(found)))
        for change in (each for each in now.changes if each.regime_class is self.regime_class):
            said = f"Would change it: {change.words.lower()} → {standing_words(change.standing)}."
            column.addWidget(words(said, "muted", wrap=True, parent=self._holder))
        for regime_class, proposed in now.proposed:
            if regime_class is self.regime_class:
                said = f"PROPOSAL to compare with, not guidance (Policy Exchange, 2010): {standing_words(proposed)}."
                column.addWidget(words(said, "muted", wrap=True, parent=self._holder))
        column.addWidget(self._sources(standing))
        self.body.insertWidget(0, self._holder)
        self.set_chosen(in_force is not None)
        self._offer(standing, in_force is not None and in_force.until is None, may_choose)

    def parts(self) -> tuple[QWidget, ...]:
        """What the keyboard goes through, in the order in which it is read."""
        return (self._holder, self.choose) if self._holder is not None else (self.choose,)

    def _offer(self, standing: Standing, in_force: bool, may_choose: bool) -> None:
        chip = standing_chip(standing.standing)
        reason = chip.tone is Tone.AMBER
        if in_force:
            self.choose.setText("Change its schedule")
        else:
            self.choose.setText("Plan this, with a reason" if reason else "Plan this")
        name = f"{self.choose.text()}: {self.regime_class.words}, {chip.word}"
        self.choose.setAccessibleName(name)
        self.choose.setVisible(may_choose)

    def _show_chip(self, standing: Standing) -> None:
        if self._chip is not None:
            self.head.removeWidget(self._chip)
            self._chip.hide()
            self._chip.deleteLater()
        self._chip = chip_of(standing_chip(standing.standing), parent=self)
        self.put_chip(self._chip)
        self.setAccessibleName(f"{self.regime_class.words}: {standing_words(standing.standing)}")

    def _bullet(self, sentence: str) -> QWidget:
        return words(f"•  {sentence}", wrap=True, parent=self._holder)

    def _sources(self, standing: Standing) -> QWidget:
        """Each passage once, as a link that opens it."""
        box = QWidget(self._holder)
        flow = FlowLayout(box, current_theme().space("s"), 0)
        seen: set[str] = set()
        for found in standing.findings:
            said = source_words(found)
            if said in seen:
                continue
            seen.add(said)
            link = button(said.replace("&", "&&"), "link", box)
            link.setAccessibleName(f"Source: {said}, of {found.sentence}")
            link.setProperty("code", str(found.code))
            link.setCursor(Qt.CursorShape.PointingHandCursor)
            link.clicked.connect(self._on_link)
            flow.addWidget(link)
        return box

    def _on_link(self) -> None:
        asked = self.sender()
        found = self._found.get(str(asked.property("code"))) if asked is not None else None
        if found is not None:
            self.source_asked.emit(found)


def _brief(found: Finding) -> str:
    """A finding on a card; of the loss of tolerance the first sentence, as its figures stand with every plan."""
    if found.code == Code.TOLERANCE:
        return found.sentence.partition(". ")[0] + "."
    return found.sentence
