"""The list of a round by place: which part of the day, how far it has come, and a field for the scanner."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.regime.schedule import SLOTS
from pdtdesk.services.regime.giving import RoundRow
from pdtdesk.ui.regime.round_words import ALL_DAY, OPEN, counts, in_part, round_row, row_id, still_left
from pdtdesk.ui.regime.scanner import ScanGuard, only
from pdtdesk.ui.station import Station
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.card import Card, button
from pdtdesk.ui.widgets.field import Choice, FieldSpec, Kind, Look, build_field
from pdtdesk.ui.widgets.flow import FlowLayout
from pdtdesk.ui.widgets.notice import EmptyState
from pdtdesk.ui.widgets.words import words
from pdtdesk.ui.widgets.worklist import Worklist

_PARTS = (
    *(Choice(slot, slot.capitalize(), key) for slot, key in zip(SLOTS, "MNEI", strict=True)),
    Choice(ALL_DAY, "All day", "A"),
)


class RoundList(Card):
    """The list, and a `strip` of questions about the whole round, which stands above the page.

    `opened(row id)`; `numbered(text)`: in the field for it; `scanned(text)`: a scanner spoke elsewhere in it;
    `witnessed(name)`; `let_go_asked`: it is folded away, and is wanted back."""

    opened = Signal(str)
    numbered = Signal(str)
    scanned = Signal(str)
    witnessed = Signal(str)
    let_go_asked = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__("Doses", "", parent)
        self._all: tuple[RoundRow, ...] = ()
        self.part = ALL_DAY
        self.strip = Card("", "", parent)
        self.strip.title.hide()
        holder = QWidget(self.strip)
        flow = FlowLayout(holder, current_theme().space("xl"), current_theme().space("s"))

        def spec(key: str, label: str, kind: Kind = Kind.TEXT, **more: object) -> FieldSpec:
            inline = Look.INLINE
            return FieldSpec(f"round.{key}", label, kind, look=inline, can_be_not_asked=False, **more)  # type: ignore[arg-type]

        self._unfold = button("Back to the list", parent=holder)
        self._unfold.clicked.connect(self.let_go_asked)
        self._left = words("", "small", parent=holder)
        self.slot = build_field(
            spec("part", "Round", Kind.CHOICE, choices=_PARTS, in_a_row=True), station.now, holder
        )
        self.witness = build_field(
            spec("witness", "Witness", width=18, help="Stands on each dose of the round."), station.now, holder
        )
        self.scan = build_field(
            spec("scan", "Scan or type a number", width=12, placeholder="A1234BC"), station.now, holder
        )
        for part in (self._unfold, self._left, self.slot, self.witness, self.scan):
            flow.addWidget(part)
        self.fold(folded=False)
        self.strip.add(holder)
        self.said = words("", "small", wrap=True, parent=self)
        self.rows = Worklist("Doses of the round, by place", self)
        self._empty = EmptyState(
            "Nothing is due", "What a prescriber has ordered for this round will stand here, by place.", "", self
        )
        self.add(self.said)
        self.add(self._empty, 1)
        self.add(self.rows, 1)
        self.rows.opened.connect(self.opened)
        self.slot.answered.connect(self._on_part)
        self.witness.answered.connect(lambda _key, value: self.witnessed.emit(value or ""))
        self._guard: ScanGuard[dict[str, str | None]] = ScanGuard(self, self._stood, self._put_back)
        self._guard.scanned.connect(self.scanned)
        for widget in self.slot.input.targets():
            self._guard.watch(widget, only("".join(choice.key for choice in _PARTS)))
        for widget in self.witness.input.targets():
            self._guard.watch(widget, None)
        self.rows.installEventFilter(self)
        for line in self.scan.input.targets():
            line.installEventFilter(self)
        self.show_rows((), None)

    def show_part(self, part: str) -> None:
        """Show another part of the day; nothing is announced."""
        self.part = part
        self.slot.set_value(part)
        self.show_rows(self._all, None)

    def show_rows(self, rows: Sequence[RoundRow], day: date | None) -> None:
        """Other rows of the day."""
        self._all = tuple(rows)
        shown = self.listed()
        if day is not None:
            self.set_note(show_day(day))
        self.said.setText(counts(shown))
        self._left.setText(still_left(shown))
        self.said.setVisible(bool(shown))
        self.rows.show_rows([round_row(row) for row in shown])
        self.rows.setVisible(bool(shown))
        self._empty.setVisible(not shown)

    def fold(self, *, folded: bool) -> None:
        """Shrink to one line above the page, or come back: what is left, the way back, and the scanner's field."""
        self.setHidden(folded)
        for part in (self._unfold, self._left):
            part.setVisible(folded)
        for field in (self.slot, self.witness):
            field.setHidden(folded)

    def keep(self, rows: Sequence[RoundRow]) -> None:
        """Know of other rows; they are shown by `show_rows`."""
        self._all = tuple(rows)

    def listed(self) -> list[RoundRow]:
        """The doses as they stand in the list."""
        return in_part(self._all, self.part)

    def next_open(self, after: str) -> RoundRow | None:
        """The next dose that waits for somebody, below a row and then from the top; None when all is done."""
        shown = self.listed()
        ids = [row_id(row.due) for row in shown]
        at = ids.index(after) + 1 if after in ids else 0
        return next((row for row in (*shown[at:], *shown[:at]) if row.state in OPEN), None)

    def of_number(self, number: str) -> RoundRow | None:
        """That person's dose: one that waits in this part of the day before any other of theirs."""
        wanted = number.strip().upper()
        mine = [row for row in self._all if row.prison_number is not None and row.prison_number == wanted]
        listed = {row_id(row.due) for row in self.listed()}
        mine.sort(key=lambda row: (row_id(row.due) not in listed, row.state not in OPEN))
        return next(iter(mine), None)

    def take_scan(self) -> None:
        """Ready for the scanner, or for a number typed by hand."""
        self.scan.set_value(None)
        self.scan.take_focus()

    def clear(self) -> None:
        """Nobody is listed, nothing is typed."""
        self.show_rows((), None)
        for field in (self.witness, self.scan):
            field.set_value(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Letters at the list go to the field for the scanner; Enter in that field looks for the number."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            pressed = event.text().strip()
            if watched is self.rows and pressed.isascii() and pressed.isalnum() and _plain(event):
                self.scan.set_value(None)
                self.scan.take_focus()
                line = self.scan.input.target()
                if isinstance(line, QLineEdit):
                    line.setText(pressed.upper())
                return True
            if watched is not self.rows and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                number = self.scan.input.typed_words().strip()
                self.scan.set_value(None)
                if number:
                    self.numbered.emit(number)
                else:
                    self.rows.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _stood(self) -> dict[str, str | None]:
        return {field.key: field.input.typed_words() or None for field in (self.slot, self.witness)}

    def _put_back(self, stood: dict[str, str | None]) -> None:
        self.witness.set_value(stood[self.witness.key])
        part = stood[self.slot.key]
        if part and part != self.part:
            self.show_part(part)

    def _on_part(self, _key: str, part: object) -> None:
        if not part:
            self.slot.set_value(self.part)
            return
        self.part = str(part)
        self.show_rows(self._all, None)


def _plain(event: QKeyEvent) -> bool:
    return not event.modifiers() & (
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    )
