"""Local policy: every figure with its source and status; the lead signs one after seeing what it would change."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from pdtdesk.domain.calendar import show_day
from pdtdesk.services.acting import Acting
from pdtdesk.services.oversight.parameter_rows import ParameterRow, State, list_parameters
from pdtdesk.services.oversight.signing import Effect, Proposed, Signing, Withdrawal, preview, sign, withdraw
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.oversight.effect import EffectCard
from pdtdesk.ui.oversight.figure import FigurePanel
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shell.page import Page
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Done, Progress, Stopped
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, Scrolled
from pdtdesk.ui.widgets.columns import ColumnsLayout
from pdtdesk.ui.widgets.field import Choice, Field, FieldSpec, Kind, build_field
from pdtdesk.ui.widgets.notice import EmptyState, Notice, NoticeBar
from pdtdesk.ui.widgets.stops import chain
from pdtdesk.ui.widgets.table import Table

POLICY = "policy"
"""The kind of change that is announced when another policy holds: every page asks again."""

_HEADS = ("Figure or rule", "Value here", "Status", "Fact")
_LETTERS = 34
_LINES = 14
_SIDE_BY_SIDE = 120  # letters that list and figure need beside each other
_SHOW = (Choice("sign", "To be signed"), Choice("empty", "Without a value"), Choice("all", "All"))
_EVERY = "every"
_NO_LIMIT = 16_777_215


class SignOffPage(Page):
    """What guidance says and what is signed here. Signing puts the new policy into this session at once."""

    title = "Local policy"

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._rows: dict[str, ParameterRow] = {}
        self._progress: Progress | None = None
        self.figure: FigurePanel | None = None
        self._lay_out()
        station.signals.ended.connect(self._forget)

    def first_focus(self) -> QWidget | None:
        """The list."""
        return self.table

    def opened(self) -> None:
        """Read every figure as it stands now."""
        if self._station.session is None:
            return
        self.table.show()  # so that the keyboard can wait in it
        acting = self._station.acting
        self._station.work.ask(
            self, lambda _door: list_parameters(acting), self._on_read, self._on_unread, slot="figures"
        )

    def choose(self, parameter_id: str) -> None:
        """Take a figure in hand, whatever the list is narrowed to."""
        self.show_field.set_value("all")
        self.stage_field.set_value(_EVERY)
        self.find_field.set_value(None)
        self._show_list()
        if parameter_id in self.table.ids():
            self.table.selectRow(self.table.ids().index(parameter_id))

    # how it is laid out

    def _lay_out(self) -> None:
        self.notice = NoticeBar(self)
        scrolled = Scrolled(self)
        box = QWidget(scrolled)
        box.setProperty("tabOrder", "logical")  # through the list, then through the figure
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, box)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(current_theme().space("m"))
        self.list = Card("Figures and rules", parent=box)
        self._add_filters()
        self.table = Table("Figures and rules", _HEADS, parent=self.list)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self.empty = EmptyState("Nothing here", "No figure or rule is of this kind. Show all of them.", "", self.list)
        self.list.add(self.table, 1)
        self.list.add(self.empty, 1)
        side = QWidget(box)
        self._side = QVBoxLayout(side)
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(current_theme().space("m"))
        self._nothing = EmptyState(
            "No figure is chosen",
            "Choose one with the arrow keys and press Enter. What is signed here holds for this establishment alone; "
            "before it takes effect, what it would change is shown for everybody who is here.",
            "",
            side,
        )
        self.effect = EffectCard(side)
        self.effect.stop_asked.connect(self._on_stop)
        self.effect.sign_asked.connect(self._on_sign)
        self._side.addWidget(self._nothing)
        self._side.addWidget(self.effect)
        self._side.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addStretch(0)  # beside a long figure the list stays at the top
        self._row.addLayout(left, 1)
        self._row.addWidget(side, 1)
        scrolled.add(box, 1)
        self._scrolled = scrolled
        scrolled.viewport().installEventFilter(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(current_theme().space("m"))
        whole.addWidget(self.notice)
        whole.addWidget(scrolled, 1)

    def _add_filters(self) -> None:
        stages = sorted({parameter.stage for parameter in self._station.policy.all})
        every = (Choice(_EVERY, "Every stage"), *(Choice(stage, stage.capitalize()) for stage in stages))
        box = QWidget(self.list)
        columns = ColumnsLayout(box, letters=26, most=2)
        self.show_field = self._filter("show", "Show", Kind.CHOICE, _SHOW, box)
        self.stage_field = self._filter("stage", "Stage", Kind.CHOICE, every, box)
        self.find_field = self._filter("find", "Words to look for", Kind.TEXT, (), box)
        self.show_field.set_value("sign")
        self.stage_field.set_value(_EVERY)
        self.find_field.typed.connect(self._show_list)
        for field in (self.show_field, self.stage_field, self.find_field):
            columns.addWidget(field)
        self.list.add(box)

    def _filter(self, key: str, label: str, kind: Kind, choices: tuple[Choice, ...], parent: QWidget) -> Field:
        spec = FieldSpec(f"figures.{key}", label, kind, choices, can_be_not_asked=False)
        field = build_field(spec, self._station.now, parent)
        field.answered.connect(self._show_list)
        return field

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._turn()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._turn()

    def _turn(self) -> None:
        """List and figure beside each other where there is room; the list no taller than the window is."""
        sight = self._scrolled.viewport()
        wide = sight.width() >= round(current_theme().text_px() * 0.55 * _SIDE_BY_SIDE)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)
        self.table.setMinimumHeight(self.table.fontMetrics().lineSpacing() * _LINES)
        self.list.setMaximumHeight(max(sight.height(), self.list.minimumSizeHint().height()) if wide else _NO_LIMIT)

    # the list

    def _on_read(self, rows: tuple[ParameterRow, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        self._show_list()
        here = self.figure.row.id if self.figure is not None else None
        if here in self._rows:
            self._take(self._rows[str(here)])

    def _show_list(self) -> None:
        wanted = [row for row in self._rows.values() if self._is_wanted(row)]
        self.table.show_rows([row.id for row in wanted], [_cells(row) for row in wanted])
        self.table.setVisible(bool(wanted) or not self._rows)
        self.empty.setVisible(bool(self._rows) and not wanted)
        waiting = sum(row.state is State.AWAITING for row in self._rows.values())
        empty = sum(row.state is State.NOT_SIGNED for row in self._rows.values())
        self.list.set_note(f"{empty} without a value · {waiting} awaiting sign-off · {len(self._rows)} in all")

    def _is_wanted(self, row: ParameterRow) -> bool:
        show, stage = self.show_field.value(), self.stage_field.value()
        states = {"sign": (State.NOT_SIGNED, State.AWAITING), "empty": (State.NOT_SIGNED,)}.get(show or "")
        if (states is not None and row.state not in states) or stage not in (None, _EVERY, row.stage):
            return False
        looked_in = f"{row.fact} {row.description} {row.here} {row.note} {row.id}".casefold()
        typed = (self.find_field.value() or "").casefold().split()
        return all(word in looked_in for word in typed)

    def _on_chosen(self, parameter_id: str) -> None:
        if self._progress is None and parameter_id in self._rows:
            self._take(self._rows[parameter_id])

    def _on_opened(self, parameter_id: str) -> None:
        if self.figure is None or self.figure.row.id != parameter_id:
            self._on_chosen(parameter_id)
        if self.figure is not None:
            self.figure.first_field().setFocus()

    def _take(self, row: ParameterRow) -> None:
        self._put_back()
        documents = self._station.policy.documents
        source = "nothing in force today"
        if row.reference is not None:
            document = documents.get(row.reference.document)
            title = document.title if document is not None else row.reference.document
            says = "" if row.state in (State.SIGNED, State.INVENTED) else f" ({row.authority})"
            source = f"{title}, {row.reference.section}{says}"
        self.figure = FigurePanel(row, source, self._station.now, self)
        self.figure.looked_for.connect(self._look)
        self.figure.edited.connect(self.effect.clear)
        self._nothing.hide()
        self._side.insertWidget(0, self.figure)
        self.figure.show()  # at once: the keyboard may be on its way there
        chain((self.figure.last_stop, self.effect.people, self.effect.stop, self.effect.sign))

    def _put_back(self) -> None:
        self.effect.clear()
        if self.figure is not None:
            self._side.removeWidget(self.figure)
            self.figure.hide()
            self.figure.deleteLater()
            self.figure = None
        self._nothing.show()

    # what it would change

    def _look(self, proposed: Proposed) -> None:
        acting = self._station.acting
        self.notice.show_notice(None)
        self._busy(True)
        self.effect.show_looking()

        def job(_door: object, progress: Progress) -> Done[Effect]:
            return Done(ChangeSet(), preview(acting, proposed, progress))

        self._progress = self._station.work.long(self, job, self._on_looked, self._on_not_looked)
        self._progress.moved.connect(self.effect.show_progress)
        self.effect.stop.setFocus()

    def _on_stop(self) -> None:
        if self._progress is not None:
            self._progress.stop()

    def _on_looked(self, effect: Effect) -> None:
        self._busy(False)
        withdrawn = isinstance(effect.proposed, Withdrawal)
        self.effect.show_effect(effect, "Withdraw" if withdrawn else "Sign")
        if self.effect.sign.isVisibleTo(self.effect):
            self.effect.sign.setFocus()

    def _on_not_looked(self, error: Exception) -> None:
        self._busy(False)
        if isinstance(error, Stopped):
            self.effect.show_stopped()
            return
        self.effect.clear()
        self._say(sentence_for(error), Tone.RED)

    def _busy(self, busy: bool) -> None:
        if not busy:
            self._progress = None
        self.table.setEnabled(not busy)
        if self.figure is not None:
            self.figure.set_busy(busy)

    # signing

    def _on_sign(self) -> None:
        effect = self.effect.effect
        if effect is None:
            return
        acting, proposed = self._station.acting, effect.proposed
        self.effect.sign.setEnabled(False)

        def command(_door: object) -> Done[Acting]:
            if isinstance(proposed, Signing):
                return Done(ChangeSet(), sign(acting, proposed, effect))
            return Done(ChangeSet(), withdraw(acting, proposed, effect))

        self._station.work.do(self, command, lambda then: self._on_signed(then, proposed), self._on_not_signed)

    def _on_signed(self, acting: Acting, proposed: Proposed) -> None:
        """The session goes by the new policy before any page asks again."""
        station = self._station
        if station.session is not None and station.session.acting.who == acting.who:
            station.session = replace(station.session, acting=replace(station.session.acting, policy=acting.policy))
        self.effect.sign.setEnabled(True)
        row = self._rows.get(proposed.parameter_id)
        self._put_back()
        self.table.setFocus()
        self._say(_said(row.description if row else proposed.parameter_id, proposed), Tone.GREEN)
        station.work.changes.announce(ChangeSet.of(kinds=[POLICY]), self)
        self.opened()

    def _on_not_signed(self, error: Exception) -> None:
        self.effect.sign.setEnabled(True)
        self.effect.clear()
        self._say(sentence_for(error), Tone.RED)

    def _on_unread(self, error: Exception) -> None:
        self._say(sentence_for(error), Tone.AMBER)

    def _say(self, sentence: str, tone: Tone) -> None:
        self.notice.show_notice(Notice(sentence, tone, stays=True))

    def _forget(self) -> None:
        """Whoever comes next finds nothing typed or shown."""
        self._on_stop()
        self._busy(False)
        self._put_back()
        self._rows = {}
        self.notice.show_notice(None)
        self._show_list()


def _cells(row: ParameterRow) -> tuple[str, ...]:
    here = row.here if len(row.here) <= _LETTERS else f"{row.here[:_LETTERS]}…"
    if row.unit == "rule":
        here = "a rule" if row.here else ""
    return (row.description, here or "none", str(row.state), row.fact)


def _said(what: str, proposed: Proposed) -> str:
    if isinstance(proposed, Withdrawal):
        return f"Withdrawn: {what}. It holds here no longer, from now on; what was decided by it keeps it."
    day = show_day(proposed.first_day)
    return (
        f"Signed: {what}, from {day}. This session goes by it from then on, and everybody else from their next "
        "sign-in. A plan that was saved before keeps what it rested on."
    )
