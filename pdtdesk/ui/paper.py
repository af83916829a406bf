"""A sheet on the screen before it leaves the desk: looked at, printed, or saved by hand.

A clinical sheet lies in memory alone: it is drawn to the printer from there and never lies on the disk in the clear,
unless somebody saves it on purpose. A sheet that could not be printed is kept for whoever made it, and offered again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pdtdesk.services.ports import Door
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.printing import NotPrinted, available_printers, print_sheet, printer_named, save_sheet
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shell.page import Page
from pdtdesk.ui.shortcuts import Shortcut, bind
from pdtdesk.ui.station import Station
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, Scrolled, button
from pdtdesk.ui.widgets.field import Field, build_field
from pdtdesk.ui.widgets.notice import EmptyState, Notice, NoticeBar
from pdtdesk.ui.widgets.rows import Row
from pdtdesk.ui.widgets.spec import Choice, FieldSpec, Kind
from pdtdesk.ui.widgets.stops import chain
from pdtdesk.ui.widgets.words import words
from pdtdesk.ui.widgets.worklist import Worklist

MOST_COPIES = 99
NO_PRINTER = (
    "No printer is set up on this computer. The sheet is kept here as long as PDT Desk runs: add a printer and open "
    "it again, or save it to a file."
)
IN_THE_CLEAR = (
    "A saved file is not encrypted: save it only where you are allowed to, and delete it when it is printed."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet in memory: its PDF, its title, and the member whose it is (empty before anybody signed in)."""

    data: bytes
    title: str
    owner: str


class PaperPage(Page):
    """Shows one sheet; prints it or saves it. `closed`: back to where it was asked for. `kept(n)`: n sheets of
    whoever is signed in wait to be printed."""

    title = "Paper"
    closed = Signal()
    kept = Signal(int)

    def __init__(
        self,
        station: Station,
        parent: QWidget | None = None,
        *,
        printers: Callable[[], tuple[str, ...]] = available_printers,
        printer: Callable[[str], QPrinter] = printer_named,
    ) -> None:
        super().__init__(parent)
        self._station, self._printers, self._printer = station, printers, printer
        self._sheet: Sheet | None = None
        self._out = False
        self._kept: list[Sheet] = []
        self._names: dict[str, str] = {}
        self._buffer = QBuffer(self)
        self._document = QPdfDocument(self)
        self._lay_out()
        bind(Shortcut.PRINT, self, self.print_now)
        station.signals.ended.connect(self._put_away)
        station.signals.begun.connect(self._only_members)
        self._show_empty()

    # how it is made

    def _say(self, sentence: str, tone: Tone) -> None:
        self.notice.show_notice(Notice(sentence, tone, stays=True))

    def _lay_out(self) -> None:
        self.view = QPdfView(self)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view.setDocument(self._document)
        self.empty = EmptyState(
            "No sheet", "A sheet that is asked for stands here before it is printed.", parent=self
        )
        side = Scrolled(self)
        self.card = Card("Print", parent=side)
        self.notice = NoticeBar(self.card)
        self.card.add(self.notice)
        self._printer_field: Field | None = None
        self._holder = QVBoxLayout()
        self.card.add(self._holder)
        self.copies = self._field(
            FieldSpec(
                "copies", "Copies", Kind.INTEGER, low=Decimal(1), high=Decimal(MOST_COPIES), can_be_not_asked=False
            ),
            self.card,
        )
        self.print = button(f"Print  {Shortcut.PRINT.shown}", "primary", self.card)
        self.print.setAccessibleName("Print")
        self.print.clicked.connect(self.print_now)
        self.card.add(self.copies)
        self.card.add(self.print)
        self.file = Card("Save to a file", parent=side)
        self.file.add(words(IN_THE_CLEAR, "muted", wrap=True, parent=self.file))
        self.path = self._field(FieldSpec("path", "File", max_length=1000, can_be_not_asked=False), self.file)
        self.save = button("Save", parent=self.file)
        self.save.clicked.connect(self._save)
        self.path.input.leave.connect(lambda step: self._save() if step > 0 else None)
        self.file.add(self.path)
        self.file.add(self.save)
        self.waiting = Card("Not printed yet", parent=side)
        self.list = Worklist("Sheets not printed yet", self.waiting)
        self.list.opened.connect(self._open_kept)
        self.list.chosen.connect(self._open_kept)
        self.waiting.add(self.list)
        self.close_button = button("Close", parent=side)
        self.close_button.clicked.connect(self._close)
        bind(Shortcut.BACK, self, self._close)
        for thing in (self.card, self.file, self.waiting, self.close_button):
            side.add(thing)
        side.end()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().space("m"))
        row.addWidget(self.view, 1)
        row.addWidget(self.empty, 1)
        row.addWidget(side)
        self._side = side
        self._dress()

    def _field(self, spec: FieldSpec, parent: QWidget) -> Field:
        return build_field(spec, self._station.now, parent)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_side"):
            self._dress()

    def _dress(self) -> None:
        theme = current_theme()
        self._side.setFixedWidth(theme.width("side_panel"))
        palette = self.view.palette()
        for role in (QPalette.ColorRole.Dark, QPalette.ColorRole.Window, QPalette.ColorRole.Base):
            palette.setColor(role, theme.colour("ground"))
        self.view.setPalette(palette)

    # what is shown

    def first_focus(self) -> QWidget | None:
        """Print; where that cannot be done, where to save."""
        if self._sheet is None:
            return self.close_button
        return self.print if self.print.isEnabled() else self.path.input.target()

    def opened(self) -> None:
        """Offer what is kept for this person, when nothing else was asked for."""
        mine = self._mine()
        if self._sheet is None and mine:
            self._show(mine[0])
        self._show_kept()

    def show_paper(self, data: bytes, title: str) -> None:
        """Show a sheet that was just made; it is nobody's but whoever is signed in."""
        self._set_aside()
        self._show(Sheet(data, title, self._owner()))
        self._show_kept()

    def sheets_kept(self) -> int:
        """How many sheets of whoever is signed in wait to be printed."""
        return len(self._mine())

    def _owner(self) -> str:
        session = self._station.session
        return session.acting.who.id if session is not None else ""

    def _mine(self) -> list[Sheet]:
        return [sheet for sheet in self._kept if sheet.owner == self._owner()]

    def _show(self, sheet: Sheet) -> None:
        self._load(sheet.data)
        self._sheet, self._out = sheet, False
        pages = self._document.pageCount()
        count = "1 page" if pages == 1 else f"{pages} pages"
        self.view.setAccessibleName(f"{sheet.title}, {count}")
        self.card.set_title(sheet.title)
        self.card.set_note(count)
        self.view.show()
        self.empty.hide()
        self.copies.set_value("1")
        # Whose sheet it is stays out of the file's name: that is read over a shoulder, and outlives the file.
        name = f"{_file_name(sheet.title.partition(' · ')[0])}-{self._station.now():%H%M%S}.pdf"
        self.path.set_value(str(Path.home() / name))
        self.save.setEnabled(True)
        self.notice.show_notice(None)
        if pages < 1:
            self.print.setEnabled(False)
            self._say("This sheet cannot be shown. Close it and ask for it again.", Tone.RED)
            return
        self._ask_for_printer()

    def _show_empty(self) -> None:
        self._sheet = None
        self._load(b"")
        self.card.set_title("Print")
        self.card.set_note("")
        self.view.hide()
        self.empty.show()
        self.print.setEnabled(False)
        self.save.setEnabled(False)
        self.path.set_value(None)
        self.notice.show_notice(None)

    def _load(self, data: bytes) -> None:
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(data))
        if data:
            self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            self._document.load(self._buffer)

    def _ask_for_printer(self) -> None:
        names = self._printers()
        if self._printer_field is not None:
            self._holder.removeWidget(self._printer_field)
            self._printer_field.hide()
            self._printer_field.deleteLater()
            self._printer_field = None
        self.print.setEnabled(bool(names))
        self.copies.setVisible(bool(names))
        if not names:
            self._say(NO_PRINTER, Tone.AMBER)
            return
        self._names = {str(at): name for at, name in enumerate(names)}
        choices = tuple(Choice(at, name) for at, name in self._names.items())
        self._printer_field = self._field(
            FieldSpec("printer", "Printer", Kind.CHOICE, choices, can_be_not_asked=False), self.card
        )
        self._printer_field.set_value("0")
        self._holder.addWidget(self._printer_field)
        printing = (self._printer_field.input, self.copies.input, self.print)
        chain((*printing, self.path.input, self.save, self.list, self.close_button))

    # what is done with it

    def print_now(self) -> None:
        """Print what is shown on the printer chosen."""
        sheet, field = self._sheet, self._printer_field
        if sheet is None or field is None or not self.print.isEnabled():
            return
        wrong = self.copies.problem()
        name = self._names.get(field.value() or "", "")
        if wrong or not name:
            self.copies.set_error(wrong)
            field.set_error("" if name else "Choose a printer.")
            return
        copies = int(self.copies.value() or 1)
        self.print.setEnabled(False)
        self._say(f"Printing on {name}…", Tone.BLUE)
        QTimer.singleShot(0, self, lambda: self._print_on(sheet, name, copies))

    def _print_on(self, sheet: Sheet, name: str, copies: int) -> None:
        self.print.setEnabled(True)
        if sheet is not self._sheet:
            return
        try:
            print_sheet(self._document, self._printer(name), sheet.title, copies)
        except NotPrinted as error:
            self._keep(sheet)
            self._say(error.sentence, Tone.RED)
        else:
            self._let_go(sheet)
            self._say(f"Sent to {name}.", Tone.GREEN)

    def _save(self) -> None:
        sheet, typed = self._sheet, (self.path.value() or "").strip()
        if sheet is None or not self.save.isEnabled():
            return
        if not typed:
            self.path.set_error("Type the file's name and where it is to lie.")
            self.path.take_focus()
            return
        self.save.setEnabled(False)
        saved: list[Path] = []

        def write(_door: Door) -> ChangeSet:
            saved.append(save_sheet(sheet.data, typed))
            return ChangeSet()

        def then(_changes: ChangeSet) -> None:
            self.save.setEnabled(True)
            self._let_go(sheet)
            self.path.set_error("")
            self._say(f"Saved as {saved[0]}. The file is not encrypted.", Tone.GREEN)

        def wrong(error: Exception) -> None:
            self.save.setEnabled(True)
            self.path.set_error(sentence_for(error))
            self.path.take_focus()

        self._station.work.do(self, write, then, wrong)

    # what is kept

    def _keep(self, sheet: Sheet) -> None:
        if sheet not in self._kept:
            self._kept.append(sheet)
        self._show_kept()

    def _let_go(self, sheet: Sheet) -> None:
        self._out = self._out or sheet is self._sheet
        self._kept = [other for other in self._kept if other is not sheet]
        self._show_kept()

    def _set_aside(self) -> None:
        """What is shown and could not be printed is kept."""
        if self._sheet is not None and not self._out and self._printer_field is None:
            self._keep(self._sheet)

    def _show_kept(self) -> None:
        mine = self._mine()
        self.list.show_rows([Row(str(at), sheet.title) for at, sheet in enumerate(mine)])
        self.list.setFixedHeight(self.list.sizeHint().height() * min(len(mine), 4) // 4 + 4)
        self.waiting.setVisible(bool(mine))
        self.kept.emit(len(mine))

    def _open_kept(self, at: str) -> None:
        mine = self._mine()
        if int(at) < len(mine) and mine[int(at)] is not self._sheet:
            wanted = mine[int(at)]
            self._set_aside()
            self._show(wanted)
            self._show_kept()

    def _close(self) -> None:
        self._set_aside()
        self._show_empty()
        self.closed.emit()

    def _put_away(self) -> None:
        """The window locks: nothing clinical stays in sight; what was not printed waits for whoever made it."""
        if self._sheet is not None and not self._out:
            self._keep(self._sheet)
        self._show_empty()
        self._show_kept()

    def _only_members(self) -> None:
        """A sheet made before anybody signed in (the recovery code) is not kept for anyone."""
        self._kept = [sheet for sheet in self._kept if sheet.owner]


def _file_name(title: str) -> str:
    kept = "".join(c.lower() if c.isalnum() else "-" for c in title)
    return "-".join(part for part in kept.split("-") if part) or "sheet"
