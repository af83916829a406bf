"""Who this is: the same on every page, and never scrolled away. The wrong patient is the first hazard."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.flow import FlowLayout
from pdtdesk.ui.widgets.words import ChipFacts, chip_of, words


@dataclass(frozen=True, slots=True)
class BannerFacts:
    """The patient in hand. `born` as it is shown (`28 y · b. 14 Mar 1982`); chips are alerts, then allergies.

    No allergies is itself a fact and a chip ("No known allergies"); an empty tuple shows "Allergies not asked".
    """

    name: str
    number: str
    born: str
    sex: str
    location: str
    alerts: tuple[ChipFacts, ...] = ()
    allergies: tuple[ChipFacts, ...] = ()


class PatientBanner(QFrame):
    """Name, prison number, born and age, sex, location on the left; the few words that can hurt on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        theme = current_theme()
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(theme.space("m"), theme.space("s"), theme.space("m"), theme.space("s"))
        self._box.setSpacing(theme.space("l"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.facts: BannerFacts | None = None
        self._inside: list[QWidget] = []
        self.hide()

    def show_facts(self, facts: BannerFacts | None) -> None:
        """Show another patient, or nobody."""
        if facts == self.facts:
            return
        self.facts = facts
        for old in self._inside:
            self._box.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._inside = []
        self.setVisible(facts is not None)
        if facts is None:
            self.setAccessibleName("")
            return
        self._inside = [self._who(facts), self._hurts(facts)]
        self._box.addWidget(self._inside[0], 3)
        self._box.addWidget(self._inside[1], 2)
        said = ", ".join(c.word for c in (*facts.alerts, *facts.allergies)) or "no alerts, allergies not asked"
        self.setAccessibleName(f"{facts.name}, {facts.number}, {facts.born}, {facts.sex}, {facts.location}; {said}")

    def _who(self, facts: BannerFacts) -> QWidget:
        space = current_theme().space("l")
        box = QWidget(self)
        flow = FlowLayout(box, space, 2)
        flow.addWidget(words(facts.name, "name", wrap=len(facts.name) > 40, parent=box))
        flow.addWidget(words(facts.number, "number", parent=box))
        flow.addWidget(words(" · ".join(part for part in (facts.born, facts.sex) if part), "muted", parent=box))
        flow.addWidget(words(facts.location, "muted", parent=box))
        for index in range(flow.count()):
            item = flow.itemAt(index)
            label = item.widget() if item is not None else None
            if label is not None and hasattr(label, "setTextInteractionFlags"):
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return box

    def _hurts(self, facts: BannerFacts) -> QWidget:
        space = current_theme().space("s")
        box = QWidget(self)
        flow = FlowLayout(box, space, space // 2, from_right=True)
        for alert in facts.alerts:
            flow.addWidget(chip_of(alert, parent=box))
        for allergy in facts.allergies or (ChipFacts("Allergies not asked"),):
            flow.addWidget(chip_of(allergy, parent=box))
        return box
