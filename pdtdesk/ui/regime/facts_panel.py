"""What a regime is decided on: sentence, dependence, risks that guidance names, wishes; each with who answered."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pdtdesk.domain.calendar import show_instant
from pdtdesk.domain.reception.standing import values
from pdtdesk.domain.regime.questions import GROUPS
from pdtdesk.domain.regime.reading import carried
from pdtdesk.services.regime.record import write_assessment
from pdtdesk.services.regime.standing import RegimeNow
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shortcuts import Shortcut, bind
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Done
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.asked import field_spec
from pdtdesk.ui.widgets.card import Card, Scrolled, button, button_row
from pdtdesk.ui.widgets.columns import ColumnsLayout
from pdtdesk.ui.widgets.field import Field, build_field
from pdtdesk.ui.widgets.notice import Notice, NoticeBar


class FactsPanel(QWidget):
    """`saved(RegimeNow)`: something was written; `closed`: nothing was."""

    saved = Signal(object)
    closed = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._now: RegimeNow | None = None
        self._stood: dict[str, str | None] = {}
        self.notice = NoticeBar(self)
        scrolled = Scrolled(self)
        self.fields: dict[str, Field] = {}
        for heading, questions in GROUPS:
            card = Card(heading, "", scrolled)
            holder = QWidget(card)
            columns = ColumnsLayout(holder)
            for question in questions:
                field = build_field(field_spec(question), station.now, holder)
                self.fields[question.key] = field
                columns.addWidget(field)
            card.add(holder)
            scrolled.add(card)
        scrolled.end()
        save = button("Save what it is decided on", "primary", self)
        save.clicked.connect(self.save)
        back = button("Back", parent=self)
        back.clicked.connect(self.closed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.notice)
        whole.addWidget(scrolled, 1)
        whole.addWidget(button_row(save, back, parent=self))
        bind(Shortcut.SAVE, self, self.save)
        bind(Shortcut.BACK, self, self.closed.emit)

    def show_facts(self, now: RegimeNow) -> None:
        """Show what stands, with who gave it; of two accounts neither stands in the field, and both are said."""
        self._now = now
        before = carried(now.person, now.stay, now.treatment)
        said = {**{key: each.answer.value for key, each in before.items()}, **values(now.person, now.stay)}
        self._stood = {key: said.get(key) for key in self.fields}
        for key, field in self.fields.items():
            field.set_value(self._stood[key])
            field.set_error("")
            held = now.stay.answers.get(key, ())
            if len(held) > 1:
                accounts = "; ".join(f"{each.answer.value} ({each.answer.by.name})" for each in held)
                field.set_error(f"Two accounts: {accounts}. Answer it anew to settle it.")
            elif held:
                answer = held[0].answer
                field.setToolTip(f"{answer.by.name}, {show_instant(answer.at)}")
            elif key in before:
                answer = before[key].answer
                field.setToolTip(f"{answer.by.name}, {show_instant(answer.at)}, before this arrival")
        self.notice.show_notice(None)
        self.fields["opioids.dependence"].take_focus()

    def put_away(self) -> None:
        """Before a lock: nothing typed here is left for somebody else."""
        self._now = None
        for field in self.fields.values():
            field.set_value(None)

    def save(self) -> None:
        """Write what was changed."""
        now = self._now
        if now is None:
            return
        wrong = [field for field in self.fields.values() if field.problem()]
        if wrong:
            wrong[0].set_error(wrong[0].problem())
            wrong[0].take_focus()
            return
        given = {
            key: value
            for key, field in self.fields.items()
            if (value := field.value()) is not None and value != self._stood[key]
        }
        if not given:
            self.closed.emit()
            return
        acting, patient = self._station.acting, now.person.patient_id

        def command(_: object) -> Done[RegimeNow]:
            return Done(ChangeSet.of([patient], ["regime", "triage"]), write_assessment(acting, patient, given))

        self._station.work.do(self, command, self.saved.emit, self._on_wrong)

    def _on_wrong(self, error: Exception) -> None:
        self.notice.show_notice(Notice(sentence_for(error), Tone.RED))
