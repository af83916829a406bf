"""Two records that may be one person, side by side: joined or told apart by somebody who knows, never by the desk."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pdtdesk.domain.calendar import day_of, show_day
from pdtdesk.domain.names import display_name
from pdtdesk.domain.reception.person import PersonRecord
from pdtdesk.domain.reception.questions import QUESTIONS
from pdtdesk.domain.reception.standing import listed
from pdtdesk.services.ports import PersonRow
from pdtdesk.services.reception import joining
from pdtdesk.services.reception.joining import Likeness
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.record.answers import words_of
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.station import Station
from pdtdesk.ui.widgets.card import Card, Scrolled, button, button_row
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
        self._mine: PersonRecord | None = None
        self._others: tuple[Likeness, ...] = ()
        heads = ("", "Name, born", "Numbers, cell")
        self._table = Table("Records that look alike", heads, parent=self)
        self._beside = Table("What is held of them", ("", "This arrival", "The record"), parent=self)
        self._scrolled = Scrolled(self)
        self._scrolled.add(self._table)
        self._scrolled.add(self._beside)
        self.add(self._scrolled, 1)
        self._table.chosen.connect(self._show_beside)
        spec = FieldSpec(
            "same.why",
            "How do you know?",
            help="Asked for birthplace and last address; photograph; tattoo.",
            required=True,
            can_be_not_asked=False,
        )
        self._why = build_field(spec, station.now, self)
        self._scrolled.add(self._why)
        # No button offers itself: the keyboard comes to the one that changes nothing first, and to joining last.
        later = button("Not now", parent=self)
        later.clicked.connect(self.closed)
        self._apart = button("Different people: tell apart", parent=self)
        self._apart.clicked.connect(self._on_apart)
        self._join = button("One person: join the records", parent=self)
        self._join.clicked.connect(self._on_join)
        self._scrolled.add(button_row(later, self._apart, self._join, parent=self))
        self._scrolled.end()

    def show_records(self, mine: Likeness, *others: Likeness) -> None:
        """Show an arrival and the records that look alike; the first of them is in hand."""
        self._patient, self._mine, self._others = mine.row.patient_id, mine.person, others
        rows = [("arrival", mine.row), *(("record", other.row) for other in others)]
        self._table.show_rows([row.patient_id for _, row in rows], [_cells(word, row) for word, row in rows])
        self._table.fit_rows(6)
        self._why.set_value(None)
        if others:
            self._table.selectRow(1)
            self._show_beside()

    def take_focus(self) -> None:
        """Bring the keyboard to how one knows; to the records where that would push them out of sight."""
        if self._scrolled.verticalScrollBar().maximum():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._why.take_focus()

    def _show_beside(self, _: str = "") -> None:
        """What is held of the arrival and of the record in hand, line by line."""
        chosen = self._chosen()
        other = next((each for each in self._others if each.row.patient_id == chosen), None)
        if self._mine is None or other is None:
            return
        rows = [(label, tell(self._mine), tell(other.person)) for label, tell in _TELLS]
        rows = [row for row in rows if row[1:] != (_NOTHING, _NOTHING)]
        self._beside.show_rows([label for label, *_ in rows], rows)
        self._beside.fit_rows(len(rows))

    def _chosen(self) -> str | None:
        chosen = self._table.current_id()
        known = [other.row.patient_id for other in self._others]
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
            joining.join(acting, patient, other, why)
            return ChangeSet.of([patient, other], ["person", "arrival"])

        self._station.work.do(self, command, self._on_settled, self._on_wrong)

    def _on_apart(self) -> None:
        other = self._chosen()
        if other is None:
            self._why.set_error("Choose in the list which record is of somebody else.")
            return
        acting, patient, why = self._station.acting, self._patient, self._why.value() or ""

        def command(_: object) -> ChangeSet:
            joining.tell_apart(acting, patient, other, why)
            return ChangeSet.of([patient, other], ["person", "arrival"])

        self._station.work.do(self, command, self._on_settled, self._on_wrong)

    def _on_settled(self, _: ChangeSet) -> None:
        self.settled.emit()

    def _on_wrong(self, error: Exception) -> None:
        self._why.set_error(sentence_for(error))


_NOTHING = "–"


def _last_stay(person: PersonRecord) -> str:
    stay = person.current
    if stay is None:
        return _NOTHING
    left = stay.arrival.get("left_on")
    until = f" to {show_day(date.fromisoformat(str(left)))[4:]}" if left else ""
    came = f"{show_day(day_of(stay.arrived_at))[4:]}{until}"
    return f"{came}, from {stay.arrival['arrived_from']}" if stay.arrival.get("arrived_from") else came


def _stays(person: PersonRecord) -> str:
    return str(len(person.stays))


def _sex(person: PersonRecord) -> str:
    return person.identity.sex or _NOTHING


def _said(key: str) -> Callable[[PersonRecord], str]:
    question = QUESTIONS[key]

    def tell(person: PersonRecord) -> str:
        now = person.current
        held = (now.answers if now else {}).get(key, ())
        if not any(each.answer.value for each in held) and now and (on_list := listed(now).get(key)):
            return words_of(question, on_list)  # of this stay; what was said in an earlier one has been overtaken
        said = [each.answer for each in person.history.get(key, ()) if each.answer.value is not None]
        return "; ".join(f"{words_of(question, each.value or '')} ({_day_of(each.at)})" for each in said) or _NOTHING

    return tell


def _day_of(at: datetime) -> str:
    return show_day(day_of(at))[4:]


_TELLS: tuple[tuple[str, Callable[[PersonRecord], str]], ...] = (
    ("Sex", _sex),
    ("Last here", _last_stay),
    ("Stays held", _stays),
    *(
        (QUESTIONS[key].label, _said(key))
        for key in (
            *("arrival.legal_status", "arrival.sentence_length", "arrival.release_on", "arrival.language"),
            *("risk.allergies", "prescribed.medicine", "prescribed.daily", "prescribed.pharmacy"),
        )
    ),
)
"""What tells two people apart, or shows that they are one, in the order in which it is asked aloud."""


def _cells(word: str, row: PersonRow) -> tuple[str, ...]:
    """Name and number are never cut, however large the words: they stand over one another and not side by side."""
    born = f"b. {show_day(row.born)[4:]}" if row.born else "birth date not known"
    nhs = f"NHS {row.nhs_number}" if row.nhs_number else "no NHS number"
    return (
        word,
        f"{display_name(row.surname, row.forenames)}\n{born}",
        f"{row.prison_number or 'no number'}\n{nhs}\n{row.location or 'no cell'}",
    )
