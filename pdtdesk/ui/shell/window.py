"""The window's frame, which knows nothing of what the desk holds: frozen values in, signals out."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from pdtdesk.ui.shell.page import Page
from pdtdesk.ui.shell.rail import Rail, RailItem
from pdtdesk.ui.shell.status import StatusFacts, StatusLine
from pdtdesk.ui.shell.top import TopBar, TopFacts
from pdtdesk.ui.shortcuts import Shortcut, bind
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.banner import BannerFacts, PatientBanner
from pdtdesk.ui.widgets.notice import NoticeBar
from pdtdesk.ui.widgets.stops import chain

if TYPE_CHECKING:
    from pdtdesk.ui.widgets.rows import Row

SMALLEST = QSize(1024, 700)
USUAL = QSize(1440, 900)
_RAIL_AT_MOST = 0.2  # of the window's width; beyond it the rail shows drawings


class Shell(QMainWindow):
    """Rail on the left, bar on top, banner and page in the middle, the truth at the foot.

    Signals: `stage_chosen(id)`, `handbook_asked`, `shortcuts_asked`, `lock_asked`, `search_asked(text)`,
    `search_chosen(id)`, `theme_asked`, `text_size_asked(+1 | -1)`, `notice_chosen(action)`, `closing`.
    """

    stage_chosen = Signal(str)
    handbook_asked = Signal()
    shortcuts_asked = Signal()
    lock_asked = Signal()
    search_asked = Signal(str)
    search_chosen = Signal(str)
    theme_asked = Signal()
    text_size_asked = Signal(int)
    notice_chosen = Signal(str)
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("PDT Desk")
        self.setMinimumSize(SMALLEST)
        screen = QGuiApplication.primaryScreen()
        room = screen.availableGeometry().size() if screen is not None else USUAL
        self.resize(USUAL.boundedTo(room) if room.width() >= SMALLEST.width() else USUAL)
        self._pages: dict[str, Page] = {}
        self._current = ""
        self._signed_in = False
        self._lay_out()
        self._connect()
        self._bind_keys()
        self.show_top(TopFacts(""))

    # values in

    def show_top(self, facts: TopFacts) -> None:
        """Desk and person; with nobody signed in, rail, search and lock are away."""
        self._signed_in = bool(facts.person)
        self.top.show_facts(facts)
        self.rail.setVisible(self._signed_in)
        if not self._signed_in:
            self.show_banner(None)
        self._fit_rail()

    def show_clock(self, text: str) -> None:
        """The day and the time (`Tue 1 Jun 2010 · 21:40`)."""
        self.top.show_clock(text)

    def show_rail(self, items: tuple[RailItem, ...]) -> None:
        """The stages that this person may see, with what is due."""
        before = self.rail.stops()
        self.rail.show_items(items)
        if self.rail.stops() != before:  # new stages would come last of all, behind every page
            chain((self.top.lock, *self.rail.stops()))
        self._fit_rail()

    def show_status(self, facts: StatusFacts) -> None:
        """What is true of saving, hub, guidance and lock."""
        self.status.show_facts(facts)

    def show_banner(self, facts: BannerFacts | None) -> None:
        """The patient in hand, over every page; None when the page is about nobody."""
        self.banner.show_facts(facts)

    def show_found(self, text: str, rows: "tuple[Row, ...]") -> None:
        """Who was found for what was typed into the search."""
        self.top.search.show_found(text, rows)

    def say(self, sentence: str, tone: Tone = Tone.BLUE) -> None:
        """A sentence above the page."""
        self.notice.say(sentence, tone)

    def add_page(self, page_id: str, page: Page) -> None:
        """Make a page known under an id; a page of that id that was there before is let go."""
        old = self._pages.pop(page_id, None)
        if old is not None:
            self.pages.removeWidget(old)
            old.deleteLater()
        self._pages[page_id] = page
        self.pages.addWidget(page)

    def page(self, page_id: str) -> Page | None:
        """The page of that id."""
        return self._pages.get(page_id)

    def current_page(self) -> str:
        """The id of the page in sight."""
        return self._current

    def drop_page(self, page_id: str) -> None:
        """Let a page go, with all that was typed in it."""
        page = self._pages.pop(page_id, None)
        if page is not None:
            self.pages.removeWidget(page)
            page.hide()
            page.deleteLater()

    def show_page(self, page_id: str, stage: str | None = None, *, force: bool = False) -> bool:
        """Bring a page into sight and the keyboard to its first field; False when the page there must not be left,
        and then its sentence stands above it. `stage` is marked on the rail (default: the page's id). A lock forces
        it: a page must never stay in sight of an empty chair."""
        here = self._pages.get(self._current)
        page = self._pages[page_id]
        if here is not None and here is not page and not force:
            staying = here.may_leave()
            if staying:
                self.say(staying, Tone.AMBER)
                return False
        if here is not page:
            self.notice.show_notice(None)  # what was said there is not about this one
        self._current = page_id
        self.rail.choose(stage if stage is not None else page_id)
        self.pages.setCurrentWidget(page)
        self.setWindowTitle(f"{page.title} · PDT Desk" if page.title else "PDT Desk")
        page.opened()
        self._focus_page()
        return True

    # how it is made

    def _lay_out(self) -> None:
        theme = current_theme()
        ground = QWidget(self)
        ground.setProperty("kind", "ground")
        whole = QVBoxLayout(ground)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.top = TopBar(ground)
        self.rail = Rail(ground)
        middle = QWidget(ground)
        column = QVBoxLayout(middle)
        column.setContentsMargins(theme.space("l"), theme.space("m"), theme.space("l"), theme.space("m"))
        column.setSpacing(theme.space("m"))
        self.notice = NoticeBar(middle)
        self.banner = PatientBanner(middle)
        self.pages = QStackedWidget(middle)
        column.addWidget(self.notice)
        column.addWidget(self.banner)
        column.addWidget(self.pages, 1)
        self.status = StatusLine(ground)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(middle, 1)
        whole.addWidget(self.top)
        whole.addLayout(row, 1)
        whole.addWidget(self.status)
        self.setCentralWidget(ground)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.stage_chosen)
        self.rail.asked.connect(self._on_foot)
        self.top.lock_asked.connect(self.lock_asked)
        self.top.search.asked.connect(self.search_asked)
        self.top.search.chosen.connect(self.search_chosen)
        self.notice.chosen.connect(self.notice_chosen)

    def _bind_keys(self) -> None:
        bind(Shortcut.SEARCH, self, self._to_search)
        bind(Shortcut.LOCK, self, self._lock)
        bind(Shortcut.HELP, self, self.handbook_asked.emit)
        bind(Shortcut.SHORTCUTS, self, self.shortcuts_asked.emit)
        bind(Shortcut.THEME, self, self.theme_asked.emit)
        bind(Shortcut.TEXT_LARGER, self, lambda: self.text_size_asked.emit(1))
        bind(Shortcut.TEXT_LARGER_TOO, self, lambda: self.text_size_asked.emit(1))
        bind(Shortcut.TEXT_SMALLER, self, lambda: self.text_size_asked.emit(-1))
        bind(Shortcut.RAIL, self, self.rail.take_focus)
        bind(Shortcut.PAGE, self, self._focus_page)

    # what happens in it

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rail()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "rail"):
            self._fit_rail()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _fit_rail(self) -> None:
        self.rail.set_narrow(self.rail.wide_width() > self.width() * _RAIL_AT_MOST)

    def _to_search(self) -> None:
        if self._signed_in:
            self.top.search.take_focus()

    def _lock(self) -> None:
        if self._signed_in:
            self.lock_asked.emit()

    def _on_foot(self, asked: str) -> None:
        (self.handbook_asked if asked == "handbook" else self.shortcuts_asked).emit()

    def _focus_page(self) -> None:
        page = self._pages.get(self._current)
        there = page.first_focus() if page is not None else None
        if there is not None:
            there.setFocus(Qt.FocusReason.OtherFocusReason)
