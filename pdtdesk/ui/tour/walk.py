"""The tour: every page as a picture, in light and dark and with large text, and every sheet as a PDF."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QTimer
from PySide6.QtGui import qGray

from pdtdesk.services.ports import Door
from pdtdesk.ui.oversight.figures import FiguresPage
from pdtdesk.ui.pages import Pages
from pdtdesk.ui.theme.theme import current_theme
from pdtdesk.ui.tokens import Scheme
from pdtdesk.ui.tour.evening import Evening, has_first_pass
from pdtdesk.ui.tour.oversight import Oversight
from pdtdesk.ui.tour.papers import Papers
from pdtdesk.ui.tour.prescribing import Prescribing
from pdtdesk.ui.tour.stop import Stop
from pdtdesk.ui.window import DeskWindow

PATIENCE_MS = 20_000
AWAKE_MS = 4
_INK = 100
_QUICKLY = 80
"""How loosely a picture is packed, 0 to 100: half of the time for a file a tenth larger."""
_VARIANTS = {"": "", "-dark": ", dark", "-200": ", text at 200 %"}


class TourStuck(Exception):
    """A page did not come to rest: the tour says which, so that the picture is not taken of half a page."""

    def __init__(self, page: str) -> None:
        self.sentence = f"The tour could not show {page}: the page was still at work after {PATIENCE_MS // 1000} s."
        super().__init__(self.sentence)


class Tour:
    """Walks through a window on a demonstration desk and draws what it shows."""

    def __init__(self, window: DeskWindow, password: str, out: Path, say: Callable[[str], None]) -> None:
        self._window = window
        self._password = password
        self._out = out
        self._say = say
        self._index: list[str] = [
            "# The tour",
            "",
            "Everybody shown here is invented: this is a DEMONSTRATION desk.",
            "",
        ]
        self._number = 0

    def walk(self) -> None:
        """Draw everything, once as it is, once in the dark and once with large words; raises `TourStuck`."""
        self._out.mkdir(parents=True, exist_ok=True)
        self._window.shell.show()
        self._pages.ahead = False  # each page is turned to at once, and most by one account alone
        plain = current_theme()
        for tail, theme in (
            ("", plain),
            ("-dark", plain.with_scheme(Scheme.DARK)),
            ("-200", plain.with_text_scale(2.0)),
        ):
            self._window.show_way_in(founded=True)
            self._pages.forget()  # a window without pages is dressed anew in a moment
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self._window.apply(theme)
            self._walk_once(tail)
        (self._out / "index.md").write_text("\n".join(self._index) + "\n", encoding="utf-8")

    def _walk_once(self, tail: str) -> None:
        self._number = 0
        account = ""
        self._window.show_way_in(founded=True)
        self._draw("desk", "sign-in", tail, "The way in")
        for stop in self._stops():
            if stop.once and tail:
                self._number += 1
                continue
            if stop.account != account:
                self._sign_in(stop.account)
                account = stop.account
            stop.go()
            self._draw(stop.stage, stop.page, tail, stop.words)
            if not tail:
                self._print(stop)
        self._window.lock("by hand")
        self.settle("the lock")
        self._draw("desk", "locked", tail, "Locked: the person's session has ended, the desk's key has not")
        self._pages.show_recovery("nurse")
        self._draw("desk", "recovery", tail, "The way in by the printed code")
        self._pages.show_set_up()
        self._draw("desk", "set-up", tail, "The first run")

    def _stops(self) -> Iterator[Stop]:
        evening = Evening(self._pages, self.settle)
        yield from evening.stops()
        whose = evening.patient(evening.stay(has_first_pass))
        yield from Prescribing(self._pages, self.settle).stops()
        yield from Oversight(self._pages, self.settle).stops(whose)

    def _print(self, stop: Stop) -> None:
        """The sheets that belong to a page, drawn once."""
        papers = Papers(self._window.station, self._window, self._out / "documents", self._index)
        if stop.page == "arrivals":
            evening = Evening(self._pages, self.settle)
            papers.of_the_evening(evening.patient(evening.stay(has_first_pass)))
        elif stop.page == "maintained":
            papers.letter(Prescribing(self._pages, self.settle).maintained())
        elif stop.page in ("figures", "figures-counts"):
            papers.figures(cast(FiguresPage, self._pages.page("figures")), stop.account)
        else:
            return
        self.settle("the papers")

    # how one gets there

    @property
    def _pages(self) -> Pages:
        return self._window.with_pages()

    def _sign_in(self, account: str) -> None:
        station = self._window.station
        if station.session is not None:
            self._window.lock("by hand")
            self.settle("the lock")

        def enter(door: Door) -> None:
            entered = door.enter(account, self._password)
            station.session = station.begin_session(entered)

        station.work.ask(self._window, enter, lambda _: None)
        self.settle("the sign-in")
        station.account = account
        station.signals.begun.emit()
        self.settle("the first page")

    # how it is drawn

    def _draw(self, stage: str, page: str, tail: str, said: str) -> None:
        self._number += 1
        name = f"{self._number:02d}-{stage}-{page}{tail}"
        self.settle(name)
        self._say(f"{name}: {said}")
        self._window.shell.grab().save(str(self._out / f"{name}.png"), "PNG", _QUICKLY)
        self._index.append(f"- [{said}{_VARIANTS[tail]}]({name}.png)")

    def settle(self, what: str) -> None:
        """Wait until the desk has answered and the page is laid out."""
        deadline = QDeadlineTimer(PATIENCE_MS)
        quiet = 0
        awake = QTimer()  # waiting, not looking round and round: the desk's worker has the processor meanwhile
        awake.start(AWAKE_MS)
        while quiet < 3:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            QCoreApplication.sendPostedEvents()
            quiet = quiet + 1 if self._window.is_settled() and self._is_painted() else 0
            if deadline.hasExpired():
                raise TourStuck(what)

    def _is_painted(self) -> bool:
        """A sheet is drawn in a thread of its own: it is there when there is ink in the middle of it."""
        if self._window.shell.current_page() != "paper":
            return True
        sheet = self._pages.paper.view.viewport()
        inner = sheet.rect().adjusted(*(step * sheet.width() // 4 for step in (1, 0, -1, 0)))
        picture = sheet.grab(inner).toImage()
        ends = range(0, picture.height(), 3), range(picture.width())
        return any(qGray(picture.pixel(x, y)) < _INK for y in ends[0] for x in ends[1])
