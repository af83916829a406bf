"""The reasons that guidance names and the facts show: each can be taken by one key."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.policy.regime.standing import ClassStanding
from pdtdesk.services.regime.standing import RegimeNow
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.card import button
from pdtdesk.ui.widgets.flow import FlowLayout
from pdtdesk.ui.widgets.stops import set_aside
from pdtdesk.ui.widgets.words import words


class Occasions(QWidget):
    """`taken(str)`: this one is the reason."""

    taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._flow = FlowLayout(self, theme.space("s"), theme.space("xs"))
        self._flow.addWidget(words("Reasons that guidance names:", "muted", parent=self))
        self.buttons: list[QPushButton] = []
        set_aside(self)
        self.hide()

    def show_named(self, occasions: Sequence[str]) -> None:
        """Offer these; where there is none, nothing is said."""
        for old in self.buttons:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = [button(each, parent=self) for each in occasions]
        for each in self.buttons:
            each.setAccessibleName(f"Reason: {each.text()}")
            each.clicked.connect(self._on_clicked)
            self._flow.addWidget(each)
        self.setVisible(bool(occasions))

    def _on_clicked(self) -> None:
        asked = self.sender()
        if isinstance(asked, QPushButton):
            self.taken.emit(asked.text())


def occasions_of(now: RegimeNow) -> tuple[str, ...]:
    """Of the occasions on which maintenance may go on (R-13), those that the facts show; none where it is offered."""
    standing = now.assessment.of(RegimeClass.MAINTENANCE)
    if standing.standing is ClassStanding.OFFERED:
        return ()
    return tuple(
        each.sentence.partition(": ")[2].rstrip(".") for each in standing.findings if "-OCCASION-" in str(each.code)
    )
