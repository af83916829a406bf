"""The tour: every page as a picture, in light and dark and with large text, and every sheet as a PDF."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop
from PySide6.QtGui import qGray

from pdtdesk.domain.calendar import day_of
from pdtdesk.services.ports import ArrivalRow, Door
from pdtdesk.services.reception import sheets
from pdtdesk.services.regime.signing_out import round_facts
from pdtdesk.ui.oversight.figures import FiguresPage
from pdtdesk.ui.oversight.sign_off import SignOffPage
from pdtdesk.ui.pages import Pages
from pdtdesk.ui.reception.page import SINCE
from pdtdesk.ui.regime.round_words import ALL_DAY, row_id
from pdtdesk.ui.theme.theme import current_theme
from pdtdesk.ui.tokens import Scheme
from pdtdesk.ui.window import DeskWindow

PATIENCE_MS = 20_000
_INK = 100


@dataclass(frozen=True, slots=True)
class Stop:
    """One picture of the tour: its stage, its page, whose desk it is, and how one gets there.

    `once`: drawn as it is alone, where another picture shows the same in the dark and with large words.
    """

    stage: str
    page: str
    account: str
    go: Callable[[], None]
    words: str
    once: bool = False


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
                if stop.account == "nurse" and not tail:
                    self._papers()
            stop.go()
            self._draw(stop.stage, stop.page, tail, stop.words)
            if stop.page in ("figures", "figures-counts") and not tail:
                self._figures(stop.account)
        self._window.lock("by hand")
        self.settle("the lock")
        self._draw("desk", "locked", tail, "Locked: the person's session has ended, the desk's key has not")
        self._pages.show_recovery("nurse")
        self._draw("desk", "recovery", tail, "The way in by the printed code")
        self._pages.show_set_up()
        self._draw("desk", "set-up", tail, "The first run")

    def _stops(self) -> Iterator[Stop]:
        pages = self._pages
        reception = pages.reception
        yield Stop("reception", "arrivals", "nurse", lambda: pages.show("reception"), "Tonight's arrivals")
        first = self._stays(lambda row: row.passes == 0)
        yield Stop("reception", "first-pass", "nurse", lambda: reception.open_stay(first), "First pass")
        seen = self._stays(_has_first_pass)
        whose = self._patient(seen)
        yield Stop(
            "reception", "second-pass", "nurse", lambda: reception.open_stay(seen), "Second pass, from the top"
        )
        for part in ("substances", "prescribed", "medicines", "risk", "tests", "result"):
            yield Stop("reception", f"second-pass-{part}", "nurse", partial(self._to, part), f"Second pass: {part}")
        yield Stop("reception", "scale", "nurse", self._unfold_scale, "A scale, scored by keys")
        yield Stop("reception", "timeline", "nurse", reception.turn_timeline, "The timeline beside the page")
        yield Stop("reception", "entry", "nurse", self._entry, "An entry of the timeline, and marking it as an error")
        yield Stop("reception", "take-in", "nurse", self._take_in, "Take in a list")
        alike = self._stays(lambda row: row.unsure > 0)
        if alike:
            yield Stop(
                "reception", "same-person", "nurse", lambda: reception.open_stay(alike), "Two records that look alike"
            )
        yield Stop("reception", "who-and-where", "nurse", partial(self._who, seen), "Who somebody is, and the cell")
        yield Stop("due", "due", "nurse", lambda: pages.show("due"), "What is due")
        yield Stop("due", "confirm-dose", "nurse", self._confirm, "Confirming a community dose")
        yield Stop("round", "list", "nurse", self._to_round, "The medicine round, by place")
        for state, page, said in _DOSES:
            yield Stop("round", page, "nurse", partial(self._dose, state), said)
        yield Stop("round", "sign-out", "nurse", pages.round.begin_signing_out, "Signing out the round")
        yield Stop("reception", "source", "nurse", partial(self._source, seen), "The source of a line of the plan")
        yield Stop("reception", "paper", "nurse", partial(self._paper, seen), "A sheet before it is printed")
        yield Stop("desk", "handbook", "nurse", pages.show_help, "The handbook")
        yield Stop("desk", "shortcuts", "nurse", pages.show_shortcuts, "Every key")
        yield Stop("desk", "account", "nurse", lambda: pages.show("account"), "One's own account")
        yield Stop(
            "oversight",
            "record-by-reason",
            "carat",
            lambda: pages.open_person(whose),
            "A record opened with a reason",
        )
        yield Stop("oversight", "audit", "lead", lambda: pages.show("oversight"), "The audit")
        yield Stop("oversight", "figures", "lead", lambda: pages.show("figures"), "Treatment figures, for the lead")
        yield Stop("oversight", "figures-lists", "lead", self._to_lists, "Treatment figures: the lists of people")
        yield Stop("oversight", "local-policy", "lead", self._local_policy, "Local policy, to be signed by the lead")
        yield Stop(
            "oversight", "figures-counts", "manager", lambda: pages.show("figures"), "Figures, for the manager", True
        )
        yield Stop("desk", "staff", "admin", lambda: pages.show("staff"), "Staff, leases and keys")

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

    def _stays(self, wanted: Callable[[ArrivalRow], bool]) -> str:
        rows = self._pages.reception.rows()
        return next((row.stay for row in rows if wanted(row)), rows[0].stay if rows else "")

    def _patient(self, stay: str) -> str:
        return next((row.patient_id for row in self._pages.reception.rows() if row.stay == stay), "")

    def _to(self, section: str) -> None:
        form = self._pages.reception.triage.form
        card = next(card for part, card in form.sections.items() if part.value == section)
        form.verticalScrollBar().setValue(card.y())

    def _to_lists(self) -> None:
        page = cast(FiguresPage, self._pages.page("figures"))
        bar = page.scrolled.verticalScrollBar()
        bar.setValue(page.cards["maintained"].y() + bar.value() if "maintained" in page.cards else bar.maximum())

    def _unfold_scale(self) -> None:
        form = self._pages.reception.triage.form
        card = form.scales["ciwa_ar"]
        card.unfold()
        self.settle("the scale")
        form.verticalScrollBar().setValue(card.y())
        tuple(card.fields.values())[1].take_focus()

    def _entry(self) -> None:
        timeline = self._pages.reception.timeline
        timeline.opened.emit(timeline.list.rows()[0].id)

    def _take_in(self) -> None:
        self._pages.reception.turn_timeline()
        self._pages.reception.take_in()

    def _who(self, stay: str) -> None:
        self._open(stay)
        self._pages.reception.triage.who_asked.emit()

    def _local_policy(self) -> None:
        self._pages.show("sign-off")
        self.settle("the figures")
        cast(SignOffPage, self._pages.page("sign-off")).choose("missed_days_reassess")

    def _to_round(self) -> None:
        """The whole day's round: the demonstration's evening comes after most of its doses."""
        self._pages.show("round")
        self.settle("the round")
        self._pages.round.list.show_part(ALL_DAY)

    def _dose(self, state: str) -> None:
        """A dose that stands so, where there is one today."""
        there = self._pages.round
        row = next((row for row in there.rows() if row.state == state), None)
        if row is not None:
            there.open_row(row_id(row.due))

    def _confirm(self) -> None:
        self._pages.due.begin_confirming()

    def _source(self, stay: str) -> None:
        self._open(stay)
        self._pages.reception.ask_first_source()

    def _paper(self, stay: str) -> None:
        self._open(stay)
        self._pages.reception.triage.print_asked.emit()

    def _open(self, stay: str) -> None:
        self._pages.show("reception")
        self._pages.reception.open_stay(stay)
        self.settle("the record")

    # how it is drawn

    def _draw(self, stage: str, page: str, tail: str, said: str) -> None:
        self._number += 1
        name = f"{self._number:02d}-{stage}-{page}{tail}"
        self.settle(name)
        self._say(f"{name}: {said}")
        self._window.shell.grab().save(str(self._out / f"{name}.png"))
        self._index.append(f"- [{said}{_VARIANTS[tail]}]({name}.png)")

    def settle(self, what: str) -> None:
        """Wait until the desk has answered and the page is laid out."""
        deadline = QDeadlineTimer(PATIENCE_MS)
        quiet = 0
        while quiet < 3:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
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

    def _papers(self) -> None:
        folder = self._out / "documents"
        folder.mkdir(exist_ok=True)
        station = self._window.station
        acting, paper = station.acting, station.paper
        since = acting.now() - SINCE
        self._pages.show("reception")
        self.settle("the arrivals")
        patient = self._patient(self._stays(_has_first_pass))

        def make(_: object) -> dict[str, bytes]:
            return {
                "first-night": paper.first_night(sheets.first_night_sheet(acting, patient, demonstration=True)),
                "hand-over": paper.handover(sheets.handover_list(acting, since, demonstration=True)),
                "custody": paper.custody(sheets.custody_list(acting, since, demonstration=True)),
                "administration": paper.administration(
                    round_facts(acting, day_of(acting.now()), "morning", demonstration=True)
                ),
                "downtime": paper.downtime(sheets.downtime_sheet(acting, demonstration=True)),
            }

        def keep(made: dict[str, bytes]) -> None:
            for name, data in made.items():
                (folder / f"{name}.pdf").write_bytes(data)
                self._index.append(f"- [{name}](documents/{name}.pdf)")

        station.work.ask(self._window, make, keep)
        self.settle("the papers")

    def _figures(self, account: str) -> None:
        """The figures on paper, as the page shows them to this member."""
        station, name = self._window.station, f"figures-{account}"
        paper, made = station.paper, cast(FiguresPage, self._pages.page("figures")).figures
        if made is None:
            return

        def keep(data: bytes) -> None:
            (self._out / "documents" / f"{name}.pdf").write_bytes(data)
            self._index.append(f"- [{name}](documents/{name}.pdf)")

        station.work.ask(self._window, lambda _: paper.figures(made), keep)
        self.settle("the figures on paper")


def _has_first_pass(row: ArrivalRow) -> bool:
    return row.passes > 0 and not row.unsure


_DOSES = (
    ("due", "dose", "A dose: each check is asked"),
    ("stopped", "stopped", "A dose that is stopped, and how that ends"),
    ("handed out", "handed-out", "Handed out, and what became of it"),
)
"""How a dose of the round stands, the name of its picture, and what it shows."""

_VARIANTS = {"": "", "-dark": ", dark", "-200": ", text at 200 %"}
