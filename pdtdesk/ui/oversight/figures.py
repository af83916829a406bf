"""Treatment figures: the counts first, for the clinical lead the lists below them; printed, or saved as a file."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from pdtdesk.domain.calendar import show_instant
from pdtdesk.services.oversight.figure_blocks import Block
from pdtdesk.services.oversight.figures import Figures, figures, taken_out, turn_by_prescriber
from pdtdesk.services.ports import Door
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.oversight.figure_cards import BlockCard, SaveCard, TurnCard
from pdtdesk.ui.printing import save_sheet
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shell.page import Page
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Done, Progress, Stopped
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, Scrolled, button
from pdtdesk.ui.widgets.columns import ColumnsLayout
from pdtdesk.ui.widgets.flow import FlowLayout
from pdtdesk.ui.widgets.lengths_chart import LengthsChart
from pdtdesk.ui.widgets.notice import EmptyState, Notice, NoticeBar
from pdtdesk.ui.widgets.words import Chip, words

_BESIDE = ("summary", "waits")
"""Tables that stand beside each other where there is room; the rest has the whole width."""
_LETTERS = 56


class FiguresPage(Page):
    """What is counted of everybody who is here. `person_chosen(patient id)`: somebody of a list was opened.

    Counted when the page is first opened, and again when asked for: the head says as at when.
    """

    title = "Treatment figures"
    person_chosen = Signal(str)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._progress: Progress | None = None
        self.figures: Figures | None = None
        self.cards: dict[str, BlockCard] = {}
        self._lay_out()
        station.signals.ended.connect(self._forget)
        self._dress()

    def first_focus(self) -> QWidget | None:
        """Stop while it counts; else the count again, before the tables."""
        return self.stop if self._progress is not None else self.again

    def opened(self) -> None:
        """Count, unless that has been done in this session."""
        if self._station.session is not None and self.figures is None and self._progress is None:
            self.count()

    def count(self) -> None:
        """Count everybody who is here."""
        acting, demo = self._station.acting, self._station.demonstration
        self.notice.show_notice(None)

        def job(_door: Door, progress: Progress) -> Done[Figures]:
            return Done(ChangeSet(), figures(acting, progress, demonstration=demo))

        self._progress = self._station.work.long(self, job, self._on_counted, self._on_not_counted)
        self._progress.moved.connect(self._on_moved)
        self._dress()
        self.stop.setFocus()

    # how it is laid out

    def _lay_out(self) -> None:
        self.notice = NoticeBar(self)
        scrolled = Scrolled(self)
        self.head = Card(self.title, parent=scrolled)
        self.said = words("", "", wrap=True, parent=self.head)
        self.bar = QProgressBar(self.head)
        self.bar.setAccessibleName("How many people have been counted")
        self.head.add(self.said)
        self.head.add(self.bar)
        self._add_buttons()
        self.save_card = SaveCard(self._station.now, scrolled)
        self.save_card.saved.connect(self._save)
        self.save_card.closed.connect(lambda: self._shut(self.save_card))
        self.turn_card = TurnCard(self._station.now, scrolled)
        self.turn_card.turned.connect(self._turn)
        self.turn_card.closed.connect(lambda: self._shut(self.turn_card))
        self.empty = EmptyState(
            "Nothing is counted yet",
            "How many are in which class, on which medicine and sentence, how long they waited, and how long their "
            "reductions took will stand here. Count again to begin.",
            parent=scrolled,
        )
        self.chart: LengthsChart | None = None
        self._holder: QWidget | None = None
        for thing in (self.head, self.save_card, self.turn_card, self.empty):
            scrolled.add(thing)
        self._place = QVBoxLayout()
        self._place.setSpacing(current_theme().space("m"))
        scrolled.column.addLayout(self._place)
        scrolled.column.setSpacing(current_theme().space("m"))
        scrolled.end()
        self.scrolled = scrolled
        for card in (self.save_card, self.turn_card):
            card.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(current_theme().space("m"))
        whole.addWidget(self.notice)
        whole.addWidget(scrolled, 1)

    def _add_buttons(self) -> None:
        foot = QWidget(self.head)
        row = FlowLayout(foot, current_theme().space("m"), current_theme().space("s"))
        self.stop = button("Stop", parent=foot)
        self.stop.clicked.connect(self._on_stop)
        self.again = button("Count again", parent=foot)
        self.again.clicked.connect(self.count)
        self.print = button("Print", parent=foot)
        self.print.clicked.connect(self._print)
        self.save = button("Save as CSV…", parent=foot)
        self.save.clicked.connect(self._begin_saving)
        self.by_prescriber = button("Show by prescriber…", parent=foot)
        self.by_prescriber.clicked.connect(self._begin_turning)
        for thing in (self.stop, self.again, self.print, self.save, self.by_prescriber):
            row.addWidget(thing)
        self.head.add(foot)

    # what is shown

    def _dress(self) -> None:
        """What can be done now, and what is said at the head."""
        counting, shown = self._progress is not None, self.figures
        self.bar.setVisible(counting)
        self.stop.setVisible(counting)
        self.again.setVisible(not counting)
        for thing in (self.print, self.save):
            thing.setVisible(shown is not None and not counting)
        self.by_prescriber.setVisible(shown is not None and shown.may_turn and not counting)
        self.empty.setVisible(shown is None and not counting)
        if counting:
            self.said.setText("Counting everybody who is here…")
        elif shown is None:
            self.said.setText("")
        else:
            self.said.setText(" ".join(each for each in (_seen_by(shown), shown.hidden, *shown.remarks) if each))
            turn = "Show by prescriber no longer…" if shown.by_prescriber else "Show by prescriber…"
            self.by_prescriber.setText(turn)
            self.by_prescriber.setAccessibleName(turn)
        self.said.setVisible(bool(self.said.text()))
        self.head.set_note(_as_at(shown) if shown is not None and not counting else "")

    def _on_moved(self, done: int, total: int) -> None:
        self.bar.setMaximum(max(total, 1))
        self.bar.setValue(done)

    def _on_stop(self) -> None:
        if self._progress is not None:
            self._progress.stop()

    def _on_counted(self, made: Figures) -> None:
        self._progress = None
        self.figures = made
        waited = self.stop.hasFocus()
        self._show(made)
        self._dress()
        if waited:
            self.again.setFocus()

    def _on_not_counted(self, error: Exception) -> None:
        self._progress = None
        self._dress()
        if isinstance(error, Stopped):
            self._say("Stopped. Nothing new is shown: half a count is a wrong one.", Tone.AMBER)
        else:
            self._say(sentence_for(error), Tone.RED)
        self.again.setFocus()

    def _show(self, made: Figures) -> None:
        self._clear()
        holder = QWidget(self.scrolled)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space("m"))
        top = QWidget(holder)
        beside = ColumnsLayout(top, letters=_LETTERS, most=2, down=current_theme().space("m"))
        column.addWidget(top)
        for block in sorted(made.blocks, key=_by_place):
            if block.key == "lengths":  # the picture says all of it
                column.addWidget(self._chart_card(block, made, holder))
                continue
            card = BlockCard(block, top if block.key in _BESIDE else holder)
            card.person_chosen.connect(self.person_chosen)
            self.cards[block.key] = card
            (beside if block.key in _BESIDE else column).addWidget(card)
        self._holder = holder
        self._place.addWidget(holder)
        holder.show()

    def _chart_card(self, block: Block, made: Figures, parent: QWidget) -> Card:
        going_on = f"Going on still: {made.lengths.going_on.words(made.least)}"
        card = Card(block.title, going_on, parent)
        if block.proposal:
            card.put_chip(Chip("PROPOSAL", Tone.AMBER, mark=True, parent=card))
        card.add(words(f"Counted for {block.source}. {block.said}", "muted", wrap=True, parent=card))
        self.chart = LengthsChart(card)
        self.chart.show_lengths(made.lengths, made.least)
        card.add(self.chart)
        return card

    def _clear(self) -> None:
        self.cards, self.chart = {}, None
        if self._holder is not None:
            self._place.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
            self._holder = None

    # what is done with it

    def _print(self) -> None:
        made, station = self.figures, self._station
        if made is None:
            return
        acting = station.acting

        def make(_door: Door) -> bytes:
            taken_out(acting, made, "printed")
            return station.paper.figures(made)

        station.work.ask(
            self, make, lambda data: station.show_paper(data, "Figures of treatment"), self._on_wrong, slot="paper"
        )

    def _begin_saving(self) -> None:
        if self.figures is not None:
            self._shut(self.turn_card)
            self.save_card.begin(named=self.figures.named)

    def _save(self, typed: str) -> None:
        made, station = self.figures, self._station
        if made is None:
            return
        acting = station.acting

        def write(_door: Door) -> Done[Path]:
            taken_out(acting, made, "saved as a file")
            return Done(ChangeSet(), save_sheet(station.figures_csv(made), typed, ".csv"))

        def then(path: Path) -> None:
            self._shut(self.save_card)
            self._say(f"Saved as {path}. The file is not encrypted.", Tone.GREEN)

        station.work.do(self, write, then, lambda error: self.save_card.refuse(sentence_for(error)))

    def _begin_turning(self) -> None:
        if self.figures is not None:
            self._shut(self.save_card)
            self.turn_card.begin(on=not self.figures.by_prescriber)

    def _turn(self, on: bool, why: str) -> None:
        acting = self._station.acting

        def write(_door: Door) -> ChangeSet:
            turn_by_prescriber(acting, on, why)
            return ChangeSet()

        def then(_changes: ChangeSet) -> None:
            self._shut(self.turn_card)
            self.count()

        self._station.work.do(self, write, then, lambda error: self.turn_card.refuse(sentence_for(error)))

    def _shut(self, card: QWidget) -> None:
        """Put a card away; the keyboard goes back to the buttons where it was in it."""
        inside = self.window().focusWidget()
        if inside is not None and card.isAncestorOf(inside):
            self.again.setFocus()
        card.hide()

    def _on_wrong(self, error: Exception) -> None:
        self._say(sentence_for(error), Tone.RED)

    def _say(self, sentence: str, tone: Tone) -> None:
        self.notice.show_notice(Notice(sentence, tone, stays=True))

    def _forget(self) -> None:
        """Whoever comes next finds nothing counted."""
        self._on_stop()
        self._progress = None
        self.figures = None
        self._clear()
        self.save_card.hide()
        self.turn_card.hide()
        self.notice.show_notice(None)
        self._dress()


def _by_place(block: Block) -> int:
    return _BESIDE.index(block.key) if block.key in _BESIDE else len(_BESIDE)


def _as_at(shown: Figures) -> str:
    people = "1 person" if shown.people == 1 else f"{shown.people:,} people"
    return f"{people} here · as at {show_instant(shown.at)}"


def _seen_by(shown: Figures) -> str:
    return "" if shown.named else "Counts alone: no name reaches this page."
