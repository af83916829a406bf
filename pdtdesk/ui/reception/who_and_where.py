"""Who a person is said to be and where they sleep: corrected by a new entry, what stood before is kept."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pdtdesk.domain.reception.person import Identity, PersonRecord
from pdtdesk.services.reception import corrections
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.station import Station
from pdtdesk.ui.widgets.card import Card, Scrolled, button, button_row
from pdtdesk.ui.widgets.columns import ColumnsLayout
from pdtdesk.ui.widgets.field import Choice, Field, FieldSpec, Kind, build_field

_SEX = (Choice("male", "Man", "M"), Choice("female", "Woman", "W"))
_SPECS = (
    FieldSpec("who.surname", "Surname", required=True, can_be_not_asked=False),
    FieldSpec("who.forenames", "Forenames", can_be_not_asked=False),
    FieldSpec("who.born", "Born", Kind.DAY, can_be_not_asked=False),
    FieldSpec("who.sex", "Sex", Kind.CHOICE, _SEX, can_be_not_asked=False),
    FieldSpec(
        "who.prison_number", "Prison number", help="One letter, four digits, two letters.", can_be_not_asked=False
    ),
    FieldSpec("who.nhs_number", "NHS number", help="Ten digits.", can_be_not_asked=False),
    FieldSpec("who.location", "Cell", help="Like B1-07.", can_be_not_asked=False),
)


class WhoAndWherePanel(Card):
    """Identity and cell of the person in hand. `settled`: something was written; `closed`: nothing more."""

    settled = Signal()
    closed = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__("Who and where", "what stood before is kept in the journal", parent)
        self._station = station
        self._person: PersonRecord | None = None
        holder = QWidget(self)
        columns = ColumnsLayout(holder)
        self.fields: dict[str, Field] = {}
        for spec in _SPECS:
            field = build_field(spec, station.now, holder)
            self.fields[spec.key.partition(".")[2]] = field
            columns.addWidget(field)
        scrolled = Scrolled(self)
        scrolled.hug()
        scrolled.add(holder)
        scrolled.end()
        self.add(scrolled)
        save = button("Correct", "primary", self)
        save.clicked.connect(self.save)
        back = button("Back", parent=self)
        back.clicked.connect(self.closed)
        self.add(button_row(save, back, parent=self))
        self.body.addStretch(1)

    def show_person(self, person: PersonRecord) -> None:
        """Show what is written now."""
        self._person = person
        shown = _written(person)
        for name, field in self.fields.items():
            field.set_value(shown[name])
            field.set_error("")
        self.fields["surname"].take_focus()

    def save(self) -> None:
        """Write what was changed, and nothing where nothing was."""
        person = self._person
        if person is None:
            return
        wrong = [(field, problem) for field in self.fields.values() if (problem := field.problem(saving=True))]
        for field, problem in wrong:
            field.set_error(problem)
        if wrong:
            wrong[0][0].take_focus()
            return
        before = _written(person)
        now = {name: field.value() for name, field in self.fields.items()}
        if now == before:
            self.closed.emit()
            return
        identity = Identity(
            surname=now["surname"] or "",
            forenames=now["forenames"] or "",
            born=date.fromisoformat(now["born"]) if now["born"] else None,
            sex=now["sex"],
            prison_number=now["prison_number"],
            nhs_number=now["nhs_number"],
        )
        moved = now["location"] if now["location"] != before["location"] else None
        renamed = any(now[name] != before[name] for name in now if name != "location")
        acting, patient = self._station.acting, person.patient_id

        def command(_: object) -> ChangeSet:
            if renamed:
                corrections.correct_identity(acting, patient, identity)
            if moved:
                corrections.place_in_cell(acting, patient, moved)
            return ChangeSet.of([patient], ["person", "arrival"])

        self._station.work.do(self, command, lambda _: self.settled.emit(), self._on_wrong)

    def _on_wrong(self, error: Exception) -> None:
        self.fields["surname"].set_error(sentence_for(error))


def _written(person: PersonRecord) -> dict[str, str | None]:
    identity, stay = person.identity, person.current
    return {
        "surname": identity.surname or None,
        "forenames": identity.forenames or None,
        "born": identity.born.isoformat() if identity.born else None,
        "sex": identity.sex,
        "prison_number": identity.prison_number,
        "nhs_number": identity.nhs_number,
        "location": stay.location if stay else None,
    }
