"""Two records that may be one person, side by side: joined or told apart by somebody who knows, never by the desk."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.names import display_name
from pdtdesk.services.ports import PersonRow
from pdtdesk.services.reception import people
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.station import Station
from pdtdesk.ui.widgets.card import Card, button, button_row
from pdtdesk.ui.widgets.field import FieldSpec, build_field
from pdtdesk.ui.widgets.table import Table


class SamePersonPanel(Card):
    """The arrival beside each record that looks alike. `settled`: somebody decided; `closed`: not now."""

    settled = Signal()
    closed = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__("Same person?", "side by side; nothing is joined unless you say so", parent)
        self._station = station
        self._patient = ""
        self._others: tuple[PersonRow, ...] = ()
        heads = ("", "Name", "Born", "Number", "NHS number", "Cell")
        self._table = Table("Records that look alike", heads, parent=self)
        self.add(self._table)
        spec = FieldSpec(
            "same.why",
            "How do you know?",
            help="Asked for birthplace and last address; photograph; tattoo.",
            required=True,
            can_be_not_asked=False,
        )
        self._why = build_field(spec, station.now, self)
        self.add(self._why)
        self._join = button("One person: join the records", "primary", self)
        self._join.clicked.connect(self._on_join)
        self._apart = button("Different people: tell apart", parent=self)
        self._apart.clicked.connect(self._on_apart)
        later = button("Not now", parent=self)
        later.clicked.connect(self.closed)
        self.add(button_row(self._join, self._apart, later, parent=self))
        self.body.addStretch(1)

    def show_rows(self, mine: PersonRow, others: tuple[PersonRow, ...]) -> None:
        """Show an arrival and the records that look alike; the first of them is in hand."""
        self._patient, self._others = mine.patient_id, others
        rows = [("arrival", mine), *(("record", other) for other in others)]
        self._table.show_rows([row.patient_id for _, row in rows], [_cells(word, row) for word, row in rows])
        self._table.fit_rows(6)
        self._why.set_value(None)
        if others:
            self._table.selectRow(1)

    def take_focus(self) -> None:
        """Bring the keyboard to how one knows."""
        self._why.take_focus()

    def _chosen(self) -> str | None:
        chosen = self._table.current_id()
        known = [other.patient_id for other in self._others]
        if chosen in known:
            return chosen
        return known[0] if len(known) == 1 else None

    def _on_join(self) -> None:
        other = self._chosen()
        if other is None:
            self._why.set_error("Choose in the list which record is the same person.")
            return
        acting, patient, why = self._station.acting, self._patient, self._why.value() or ""

        def command(_: object) -> ChangeSet:
            people.join(acting, patient, other, why)
            return ChangeSet.of([patient, other], ["person", "arrival"])

        self._station.work.do(self, command, self._on_settled, self._on_wrong)

    def _on_apart(self) -> None:
        acting, patient, why = self._station.acting, self._patient, self._why.value() or ""
        others = [other.patient_id for other in self._others]

        def command(_: object) -> ChangeSet:
            people.tell_apart(acting, patient, others, why)
            return ChangeSet.of([patient, *others], ["person", "arrival"])

        self._station.work.do(self, command, self._on_settled, self._on_wrong)

    def _on_settled(self, _: ChangeSet) -> None:
        self.settled.emit()

    def _on_wrong(self, error: Exception) -> None:
        self._why.set_error(sentence_for(error))


def _cells(word: str, row: PersonRow) -> tuple[str, ...]:
    return (
        word,
        display_name(row.surname, row.forenames),
        show_day(row.born)[4:] if row.born else "not known",
        row.prison_number or "–",
        row.nhs_number or "–",
        row.location or "–",
    )
