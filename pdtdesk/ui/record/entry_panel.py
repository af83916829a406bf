"""One entry of the timeline, whole; and the way to mark it as entered in error, with the reason."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pdtdesk.domain.calendar import day_of, show_day, show_instant
from pdtdesk.domain.reception.not_asked import why_not
from pdtdesk.domain.reception.questions import QUESTIONS
from pdtdesk.domain.regime.questions import REGIME_QUESTIONS
from pdtdesk.domain.regime.schedule import read as read_schedule
from pdtdesk.domain.roles import Permission, may
from pdtdesk.policy.origin import Document
from pdtdesk.services.ports import TimelineRow
from pdtdesk.services.reception import corrections
from pdtdesk.services.regime.explaining import Explained, explain
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.record.answers import words_of
from pdtdesk.ui.record.timeline_rows import timeline_row
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.station import Station
from pdtdesk.ui.widgets.card import Card, Scrolled, button, button_row
from pdtdesk.ui.widgets.field import FieldSpec, build_field
from pdtdesk.ui.widgets.words import words

_NOT_SHOWN = frozenset(
    {
        *("stay", "answers", "over", "findings", "lines", "list_key", "parameters"),
        *("course", "order", "replaces", "schedule", "standings", "regime", "begun"),
    }
)
_LABELS = {
    "class": "declared as",
    "standing": "stood as",
    "took_part": "who took part",
    "next_due": "next review",
    "wish": "the person",
    "identified_by": "identified by",
    "lifted": "stops lifted in sight",
}
_DECISIONS = frozenset({"regime", "order", "regime_review", "plan"})


class EntryPanel(Card):
    """What was written, by whom and when. `settled`: it was marked; `closed`: back to the triage."""

    settled = Signal()
    closed = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__("Entry", "", parent)
        self._station = station
        self._row: TimelineRow | None = None
        self._patient = ""
        self._scroll = Scrolled(self)
        self._said = words("", wrap=True, parent=self)
        self._scroll.add(self._said)
        self._scroll.end()
        self.add(self._scroll, 1)
        spec = FieldSpec(
            "error.why",
            "Entered in error: why",
            help="It stays in the journal, marked; what it had replaced stands again.",
            required=True,
            can_be_not_asked=False,
        )
        self._why = build_field(spec, station.now, self)
        self.add(self._why)
        self._mark = button("Mark as entered in error", "danger", self)
        self._mark.clicked.connect(self._on_mark)
        back = button("Back", parent=self)
        back.clicked.connect(self.closed)
        self._back = back
        self.add(button_row(self._mark, back, parent=self))

    def show_row(self, patient_id: str, row: TimelineRow) -> None:
        """Show one entry."""
        self._patient, self._row = patient_id, row
        line = timeline_row(row)
        self.set_title(line.title)
        self.set_note(", ".join(row.marks))
        said = (line.detail, f"recorded {show_instant(row.recorded_at)}", "", *_said(row))
        self._said.setText("\n".join(said))
        if row.kind in _DECISIONS:
            self._explain(row.entry_id, said)
        self._why.set_value(None)
        self._why.set_error("")
        may_mark = may(self._station.acting.who.role, Permission.MARK_IN_ERROR) and "in error" not in row.marks
        self._why.setVisible(may_mark)
        self._mark.setVisible(may_mark)
        self._back.setFocus()

    def _explain(self, entry_id: str, said: tuple[str, ...]) -> None:
        """On what a decision was made: the words of its day, kept with it."""
        acting = self._station.acting

        def show(explained: Explained) -> None:
            if self._row is not None and self._row.entry_id == entry_id:
                self._said.setText("\n".join((*said, *_explained(explained, acting.policy.documents))))

        self._station.work.ask(self, lambda _: explain(acting, entry_id), show, self._on_wrong, slot="explained")

    def _on_mark(self) -> None:
        if wrong := self._why.problem(saving=True):
            self._why.set_error(wrong)
            self._why.take_focus()
            return
        if self._row is None:
            return
        acting, patient, entry_id, why = (
            self._station.acting,
            self._patient,
            self._row.entry_id,
            self._why.value() or "",
        )

        def command(_: object) -> ChangeSet:
            corrections.mark_in_error(acting, entry_id, why)
            return ChangeSet.of([patient], ["person", "arrival", "triage", "task", "regime", "dose"])

        self._station.work.do(self, command, lambda _: self.settled.emit(), self._on_wrong)

    def _on_wrong(self, error: Exception) -> None:
        self._why.set_error(sentence_for(error))


def _said(row: TimelineRow) -> list[str]:
    """Everything an entry says, in words where this version has them and as it was written where it has not."""
    lines = []
    for key, answer in row.body.get("answers", {}).items():
        question = QUESTIONS.get(key) or REGIME_QUESTIONS.get(key)
        label = question.label if question else key
        value = answer.get("value")
        if value is None:
            lines.append(f"{label}: not asked, {why_not(str(answer.get('not_asked', '')))}")
        else:
            lines.append(f"{label}: {words_of(question, value) if question else value}")
    for line in row.body.get("lines", ()):
        lines.append(f"{line.get('label', '')}: {line.get('sentence', '')}")
    if (schedule := read_schedule(row.body.get("schedule"))) is not None:
        for stretch in schedule.stretches:
            until = show_day(stretch.last_day) if stretch.last_day else "until changed"
            doses = ", ".join(f"{slot} {mg}" for slot, mg in stretch.doses) or "nothing"
            lines.append(f"{show_day(stretch.first_day)} to {until}: {doses}")
    for key, value in row.body.items():
        if key not in _NOT_SHOWN and value not in (None, "", [], {}):
            label = _LABELS.get(key, key.replace("_", " "))
            lines.append(f"{label}: {'; '.join(_parts(value))}")
    return lines


def _parts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [
            f"{name.replace('_', ' ')}: {_in_words(each)}" for name, each in value.items() if each not in (None, "")
        ]
    return [_in_words(each) for each in value] if isinstance(value, list) else [_in_words(value)]


def _explained(explained: Explained, documents: Mapping[str, Document]) -> list[str]:
    lines = ["", "Made on these findings, in the words of that day:"] if explained.findings else []
    for each in explained.findings:
        reference = each.get("reference") or {}
        known = documents.get(str(reference.get("document", "")))
        document = known.short if known is not None else str(reference.get("document") or "no source")
        parts = (document, str(reference.get("section") or ""), ", ".join(each.get("facts") or ()))
        source = ", ".join(part for part in parts if part)
        lines.append(f"•  {each.get('sentence', '')} ({source}; {each.get('status', '')})")
    if explained.parameters:
        same = (
            "is held here unchanged" if explained.same_guidance else "has changed here since: the words above stand"
        )
        day = show_day(day_of(explained.at))
        lines += ["", f"The guidance of {day} {same}. Its fingerprint begins {explained.parameters[:16]}."]
    return lines


def _in_words(value: object) -> str:
    """An instant and a day as people write them, yes and no as words; anything else as it was written."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if _WORD.fullmatch(str(value)):
        return str(value).replace("_", " ")
    with suppress(ValueError):
        if _DAY.fullmatch(str(value)):
            return show_day(date.fromisoformat(str(value)))
        if _INSTANT.match(str(value)):
            return show_instant(datetime.fromisoformat(str(value)))
    return str(value)


_WORD = re.compile(r"[a-z]+(_[a-z]+)+", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT.+[+-]\d\d:\d\d$", re.ASCII)
