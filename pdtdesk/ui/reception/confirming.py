"""What the pharmacy or the prescriber said: a community dose is confirmed by its last witnessed dose."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pdtdesk.domain.calendar import at_london
from pdtdesk.domain.names import display_name
from pdtdesk.domain.reception.facts import Standing
from pdtdesk.domain.reception.questions import QUESTIONS
from pdtdesk.services.ports import TaskRow
from pdtdesk.services.reception.tasks import (
    Calling,
    Confirmation,
    DiffersFromTold,
    before_the_call,
    confirm_prescription,
)
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.station import Station
from pdtdesk.ui.widgets.card import Card, Scrolled, button
from pdtdesk.ui.widgets.columns import ColumnsLayout
from pdtdesk.ui.widgets.field import Choice, Field, FieldSpec, Kind, build_field
from pdtdesk.ui.widgets.typed_days import read_moment
from pdtdesk.ui.widgets.words import words


def _spec(
    key: str, label: str, kind: Kind = Kind.TEXT, *, needed: bool = False, unit: str = "", about: str = ""
) -> FieldSpec:
    return FieldSpec(key, label, kind, unit=unit, required=needed, help=about, can_be_not_asked=False)


_OUTCOMES = (
    Choice("confirmed", "Confirmed", "C"),
    Choice("refuted", "Not their patient", "N"),
    Choice("unreached", "Nobody reached", "U"),
)
_MEDICINES = tuple(Choice(each.word, each.label) for each in QUESTIONS["prescribed.medicine"].choices)
_SPECS = (
    FieldSpec("heard.outcome", "What came of it", Kind.CHOICE, _OUTCOMES, required=True, can_be_not_asked=False),
    _spec("heard.with", "Spoke with", needed=True, about="Name, and pharmacy or team."),
    _spec("heard.at", "When", Kind.MOMENT, needed=True),
    FieldSpec("heard.medicine", "Medicine", Kind.CHOICE, _MEDICINES, can_be_not_asked=False),
    _spec("heard.daily", "Daily dose", Kind.DECIMAL, unit="mg"),
    _spec("heard.last", "Last witnessed dose", Kind.MOMENT, about="The last dose that somebody saw taken."),
    _spec("heard.missed", "Days missed", Kind.INTEGER, unit="days"),
    _spec("heard.home", "Take-home doses", about="How many, and since when."),
    _spec("heard.note", "Note"),
)


class ConfirmPanel(Card):
    """One call about one person's community dose. `settled(whose)`: it is written; `closed`: not now."""

    settled = Signal(str)
    closed = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__("Confirm the community dose", "", parent)
        self._station = station
        self._task: TaskRow | None = None
        self._knowing = ""
        self._who = words("", "strong", wrap=True, parent=self)
        self._about = words("", wrap=True, parent=self)
        self._said = words("", "muted", wrap=True, parent=self)
        for each in (self._who, self._about, self._said):
            self.add(each)
        holder = QWidget(self)
        columns = ColumnsLayout(holder)
        self.fields: dict[str, Field] = {}
        for spec in _SPECS:
            field = build_field(spec, station.now, holder)
            self.fields[spec.key] = field
            columns.addWidget(field)
        self._scrolled = Scrolled(self)
        self._scrolled.add(holder)
        self._scrolled.end()
        self._scrolled.hug()
        self.add(self._scrolled)
        save = button("Record the call", "primary", self)
        save.clicked.connect(self.save)
        later = button("Not now", parent=self)
        later.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.addWidget(save)
        row.addWidget(later)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def show_task(self, task: TaskRow) -> None:
        """Begin a call about this person; the time is now unless it is written otherwise."""
        self._task, self._knowing = task, ""
        self._who.setText(display_name(task.surname, task.forenames))
        self._said.setText(f"When it was planned: {task.sentence}")
        self._about.setText("")
        self._ask_whom()
        for field in self.fields.values():
            field.set_value(None)
            field.set_error("")
        self.fields["heard.at"].set_value(self._station.now().strftime("%Y-%m-%dT%H:%M"))
        self.fields["heard.outcome"].take_focus()
        QTimer.singleShot(0, self, lambda: self._scrolled.verticalScrollBar().setValue(0))

    def _ask_whom(self) -> None:
        """Who it is by two identifiers, what is dangerous for them, and when somebody can be asked."""
        task, acting = self._task, self._station.acting
        if task is None:
            return
        patient_id, stay = task.patient_id, task.stay

        def show(calling: Calling) -> None:
            if self._task is task:
                name = display_name(task.surname, task.forenames)
                self._who.setText(" · ".join((name, calling.who, *calling.dangers)))
                self._about.setText(f"Now: {calling.pharmacy}")

        self._station.work.ask(
            self, lambda _: before_the_call(acting, patient_id, stay), show, self._on_wrong, slot="calling"
        )

    def save(self) -> None:
        """Write what was heard."""
        if self._task is None:
            return
        wrong = [(field, problem) for field in self.fields.values() if (problem := field.problem(saving=True))]
        for field, problem in wrong:
            field.set_error(problem)
        if wrong:
            wrong[0][0].take_focus()
            return
        heard, task, acting = self._heard(), self._task, self._station.acting

        def command(_: object) -> ChangeSet:
            confirm_prescription(acting, task.patient_id, task.stay, heard)
            return ChangeSet.of([task.patient_id], ["task", "triage"])

        whose = display_name(task.surname, task.forenames)
        self._station.work.do(self, command, lambda _: self.settled.emit(whose), self._on_wrong)

    def _heard(self) -> Confirmation:
        given = {key.partition(".")[2]: field.value() or "" for key, field in self.fields.items()}
        outcome = given["outcome"]
        spoken = read_moment(self.fields["heard.at"].value() or "", self._station.now())
        last = given["last"]
        witnessed = read_moment(last, self._station.now()) if last else None
        return Confirmation(
            standing=Standing(outcome) if outcome in set(Standing) else None,
            with_whom=given["with"],
            spoken_at=at_london(spoken.date(), spoken.time()),
            medicine=given["medicine"],
            daily=f"{given['daily']} mg" if given["daily"] else "",
            last_witnessed_at=at_london(witnessed.date(), witnessed.time()) if witnessed else None,
            days_missed=int(given["missed"]) if given["missed"] else None,
            take_home=given["home"],
            note=given["note"],
            knowing=self._knowing == f"{given['medicine']} {given['daily']}",
        )

    def _on_wrong(self, error: Exception) -> None:
        if isinstance(error, DiffersFromTold):
            heard = self.fields["heard.daily"]
            self._knowing = f"{self.fields['heard.medicine'].value() or ''} {heard.value() or ''}"
            heard.set_error(sentence_for(error))
            heard.take_focus()
            return
        self.fields["heard.outcome"].set_error(sentence_for(error))
