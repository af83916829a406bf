"""What a prescriber said on the telephone and has not signed yet: due by the next working day."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pdtdesk.domain.calendar import in_london, show_day, show_instant
from pdtdesk.services.regime import lifting
from pdtdesk.services.regime.lifting import ToSign
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.regime.round_words import stop_name
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.station import Station
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, button, button_row
from pdtdesk.ui.widgets.notice import EmptyState, NoticeBar
from pdtdesk.ui.widgets.table import Table

_HEADS = ("Sign by", "Person", "What was lifted", "Who said so, when, and why")


class ToSignPanel(Card):
    """`closed`: back to the round."""

    closed = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__("Telephone orders to sign", "", parent)
        self._station = station
        self._rows: dict[str, ToSign] = {}
        self.bar = NoticeBar(self)
        self.table = Table("Telephone orders that nobody has signed", _HEADS, parent=self)
        self.table.opened.connect(lambda _: self.sign())
        self._empty = EmptyState("Nothing to sign", "What was said on the telephone will stand here.", "", self)
        for each in (self.bar, self._empty, self.table):
            self.add(each, 0 if each is self.bar else 1)
        self._sign = button("Sign it", "primary", self)
        self._sign.clicked.connect(self.sign)
        back = button("Back to the round", parent=self)
        back.clicked.connect(self.closed)
        self.add(button_row(self._sign, back, parent=self))
        self._back = back

    def ask(self) -> None:
        """Read the list as it stands."""
        acting = self._station.acting
        self._station.work.ask(self, lambda _: lifting.to_sign(acting), self._show, self._on_wrong, slot="to sign")

    def sign(self) -> None:
        """Sign the one in hand."""
        held = self._rows.get(self.table.current_id() or "")
        if held is None:
            self.bar.say("Choose a line first, with the arrow keys.", Tone.AMBER)
            return
        acting = self._station.acting

        def command(_: object) -> ChangeSet:
            lifting.sign_telephone_order(acting, held.patient_id, held.entry_id)
            return ChangeSet.of([held.patient_id], ["order"])

        def then(_: ChangeSet) -> None:
            self.bar.say(f"Signed: {held.name}.", Tone.GREEN)
            self.ask()

        self._station.work.do(self, command, then, self._on_wrong)

    def clear(self) -> None:
        """Nobody is listed."""
        self._rows = {}
        self.bar.show_notice(None)
        self.table.show_rows([], [])

    def _show(self, rows: tuple[ToSign, ...]) -> None:
        self._rows = {row.entry_id: row for row in rows}
        self.table.show_rows(list(self._rows), [_cells(row) for row in rows])
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._sign.setVisible(bool(rows))
        if rows:
            self.table.selectRow(0)
        (self.table if rows else self._back).setFocus()

    def _on_wrong(self, error: Exception) -> None:
        self.bar.say(sentence_for(error), Tone.RED)


def _cells(row: ToSign) -> tuple[str, ...]:
    by = show_day(row.sign_by) if row.sign_by else "–"
    lifted = ", ".join(stop_name(code) for code in row.codes)
    return by, row.name, lifted, f"{row.prescriber}, {show_instant(in_london(row.spoken_at))}: {row.reason}"
