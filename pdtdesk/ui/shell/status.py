"""The line that tells the truth: saved when, the hub, the guidance in force, what is signed here, when it locks."""

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.flow import FlowLayout
from pdtdesk.ui.widgets.words import words

_PARTS = ("saved", "hub", "guidance", "local", "locks")


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """Each part as it is read; an empty part is not shown."""

    saved: str = ""
    hub: str = ""
    guidance: str = ""
    local: str = ""
    locks: str = ""


class StatusLine(QFrame):
    """At the foot of the window, on every page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setProperty("kind", "status")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space("l"), theme.space("xs"), theme.space("l"), theme.space("xs"))
        box = QWidget(self)
        flow = FlowLayout(box, theme.space("xl"), 0)
        self._parts = {name: words("", "small", parent=self) for name in _PARTS}
        for name in _PARTS[:-1]:
            flow.addWidget(self._parts[name])
        row.addWidget(box, 1)
        row.addWidget(self._parts["locks"])
        self.show_facts(StatusFacts())

    def show_facts(self, facts: StatusFacts) -> None:
        """What is true now."""
        for name, label in self._parts.items():
            text = str(getattr(facts, name))
            label.setText(f"● {text}" if name == "saved" and text else text)
            label.setVisible(bool(text))
        self.setAccessibleName(", ".join(said for name in _PARTS if (said := str(getattr(facts, name)))))
