"""The cards of the figures: a table or list with what it is counted for, saving a file, and turning a table on."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pdtdesk.services.oversight.figure_blocks import WHO, Block
from pdtdesk.ui.paper import IN_THE_CLEAR
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, button, button_row
from pdtdesk.ui.widgets.field import FieldSpec, build_field
from pdtdesk.ui.widgets.table import Table
from pdtdesk.ui.widgets.words import Chip, room_for, words

_MOST_COUNTS, _MOST_PEOPLE = 24, 10
_LETTERS, _NAME_LETTERS, _COUNT_LETTERS = 68, 40, 15
"""The room of a table of counts, in letters: all of it at least, and what the name of a line and each count keep."""
_PATH_LETTERS, _WHY_LETTERS = 1000, 400


class BlockCard(Card):
    """One table or list. `person_chosen(patient id)`: a row about somebody was opened."""

    person_chosen = Signal(str)

    def __init__(self, block: Block, parent: QWidget | None = None) -> None:
        note = f"{len(block.rows)} in all" if block.ids else ""
        super().__init__(block.title, note, parent)
        self.block = block
        if block.proposal:
            self.put_chip(Chip("PROPOSAL", Tone.AMBER, mark=True, parent=self))
        said = " ".join(each for each in (f"Counted for {block.source}." if block.source else "", block.said) if each)
        if said:
            self.add(words(said, "muted", wrap=True, parent=self))
        self.table: Table | None = None
        if not block.rows:
            self.add(words(block.empty, "", wrap=True, parent=self))
            self.body.addStretch(1)
            return
        heads, rows = _of_people(block) if block.ids else (block.heads, block.rows)
        self.table = Table(block.title, heads, block.figures, parent=self)
        self.table.fit_rows(_MOST_PEOPLE if block.ids else _MOST_COUNTS)
        self.table.opened.connect(self._open)
        row = QHBoxLayout()
        row.addWidget(self.table, 1)
        row.addStretch(0)
        self.add(row)
        self._fit()
        self.body.addStretch(1)  # beside a taller card the words stay over their table
        self.table.show_rows([str(at) for at in range(len(rows))], rows)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "table"):
            self._fit()

    def _fit(self) -> None:
        """Numbers stand near the name of their line: a table of counts takes no more width than it needs."""
        if self.table is not None and self.block.figures:
            letters = max(_LETTERS, _NAME_LETTERS + _COUNT_LETTERS * len(self.block.figures))
            self.table.setMaximumWidth(room_for(self.table.fontMetrics(), letters))

    def _open(self, at: str) -> None:
        if self.block.ids:
            self.person_chosen.emit(self.block.ids[int(at)])


def _of_people(block: Block) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Number and place under the name: what is left has the room that its words need."""
    rows = tuple((f"{name}\n{number} · {place}", *rest) for name, number, place, *rest in block.rows)
    return (block.heads[0], *block.heads[WHO:]), rows


class SaveCard(Card):
    """Where a file is to lie. `saved(path as typed)`; `closed`."""

    saved = Signal(str)
    closed = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__("Save the figures as CSV", "", parent)
        self._now = now
        self.said = words("", "muted", wrap=True, parent=self)
        self.path = build_field(
            FieldSpec("figures.path", "File", max_length=_PATH_LETTERS, can_be_not_asked=False), now, self
        )
        self.save = button("Save the file", "primary", self)
        self.save.clicked.connect(self._save)
        self.cancel = button("Cancel", parent=self)
        self.cancel.clicked.connect(self.closed)
        self.path.input.leave.connect(lambda step: self._save() if step > 0 else None)
        for thing in (self.said, self.path, button_row(self.save, self.cancel, parent=self)):
            self.add(thing)

    def begin(self, *, named: bool) -> None:
        """Offer a name; whoever saves names of people is told so."""
        held = "It will hold the names of people. " if named else "It will hold counts alone. "
        self.said.setText(f"{held}{IN_THE_CLEAR}")
        self.path.set_value(str(Path.home() / f"figures-of-treatment-{self._now():%H%M%S}.csv"))
        self.path.set_error("")
        self.save.setEnabled(True)
        self.show()
        self.path.take_focus()

    def refuse(self, sentence: str) -> None:
        """It could not be saved."""
        self.save.setEnabled(True)
        self.path.set_error(sentence)
        self.path.take_focus()

    def _save(self) -> None:
        typed = (self.path.value() or "").strip()
        if not typed:
            self.refuse("Type the file's name and where it is to lie.")
        elif self.save.isEnabled():
            self.save.setEnabled(False)
            self.saved.emit(typed)


class TurnCard(Card):
    """Figures by prescriber, on or off, with the reason. `turned(on, why)`; `closed`."""

    turned = Signal(bool, str)
    closed = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__("Show by prescriber", "", parent)
        self._on = True
        self.put_chip(Chip("PROPOSAL", Tone.AMBER, mark=True, parent=self))
        self.said = words("", "", wrap=True, parent=self)
        self.why = build_field(
            FieldSpec("figures.why", "Why", max_length=_WHY_LETTERS, can_be_not_asked=False), now, self
        )
        self.turn = button("Turn on", "primary", self)
        self.turn.clicked.connect(self._turn)
        self.cancel = button("Cancel", parent=self)
        self.cancel.clicked.connect(self.closed)
        self.why.input.leave.connect(lambda step: self._turn() if step > 0 else None)
        for thing in (self.said, self.why, button_row(self.turn, self.cancel, parent=self)):
            self.add(thing)

    def begin(self, *, on: bool) -> None:
        """Ask for the reason to turn it on, or off."""
        self._on = on
        self.set_title("Show by prescriber" if on else "Show by prescriber no longer")
        self.said.setText(
            "A proposal asks for it, no guidance (R-18). Only a clinical lead sees it. Who turned it on, when and "
            "why is kept in the record and in the audit."
            if on
            else "The table goes at once, for every clinical lead of the establishment."
        )
        self.turn.setText("Turn on" if on else "Turn off")
        self.turn.setAccessibleName(self.turn.text())
        self.turn.setEnabled(True)
        self.why.set_value(None)
        self.why.set_error("")
        self.show()
        self.why.take_focus()

    def refuse(self, sentence: str) -> None:
        """It was not turned."""
        self.turn.setEnabled(True)
        self.why.set_error(sentence)
        self.why.take_focus()

    def _turn(self) -> None:
        why = (self.why.value() or "").strip()
        if not why:
            self.refuse("Say why: a few words are enough.")
        elif self.turn.isEnabled():
            self.turn.setEnabled(False)
            self.turned.emit(self._on, why)
