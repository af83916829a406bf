"""The window of a desk: the frame, its pages by role, and what passes between them."""

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.roles import Permission, may
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.desk.idle import IdleLock
from pdtdesk.ui.desk.sessions import let_out
from pdtdesk.ui.desk.sign_in import SignInPage
from pdtdesk.ui.shell.rail import RailItem
from pdtdesk.ui.shell.status import StatusFacts
from pdtdesk.ui.shell.top import TopFacts
from pdtdesk.ui.shell.window import Shell
from pdtdesk.ui.station import Station
from pdtdesk.ui.theme.theme import Theme, current_theme
from pdtdesk.ui.tokens import Scheme, Tone

if TYPE_CHECKING:
    from pdtdesk.ui.pages import Pages

AFTER_PAINT_MS = 60
"""After the way in has been painted, the other pages are made while the password is typed."""

NOTE_AFTER_MS = 30_000
"""After something was written: then it is noted outside the database how far the chain has come."""

NOT_ON_PAPER = (
    "Nobody has proved that this desk's recovery code is on paper. Make a new one on the page Staff and keys, print "
    "it, and lock it away."
)

_STAGES: tuple[tuple[str, str, Permission], ...] = (
    ("reception", "Reception", Permission.WRITE_TRIAGE),
    ("regime", "Regimes", Permission.SEE_CLINICAL),
    ("round", "Medicine round", Permission.GIVE_DOSES),
    ("due", "Due", Permission.SEE_PEOPLE),
    ("figures", "Treatment figures", Permission.SEE_FIGURES),
    ("oversight", "Audit", Permission.READ_AUDIT),
    ("sign-off", "Local policy", Permission.SIGN_GUIDANCE),
    ("staff", "Staff and keys", Permission.RESET_PASSWORDS),
)


class DeskWindow(QObject):
    """One window on one desk: signed out, it shows the way in; signed in, what this person may see."""

    def __init__(self, station: Station, seconds: Callable[[], float], place: str) -> None:
        self.shell = Shell()
        super().__init__(self.shell)  # its clocks end with the window
        self.station = station
        self.place = place
        self.pages: Pages | None = None
        self._counts: dict[str, int] = {}
        self._saved = ""
        self._locks = ""
        self._last_name = ""
        self._keyring_answers = True
        self.sign_in = SignInPage(station)
        self.shell.add_page("sign-in", self.sign_in)
        self.idle = IdleLock(seconds, parent=self)
        self.idle.ticked.connect(self._on_tick)
        self.idle.run_out.connect(lambda: self.lock("nobody there for 5 minutes"))
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._show_clock)
        self._clock.start()
        self.note = QTimer(self)
        self.note.setSingleShot(True)
        self.note.setInterval(NOTE_AFTER_MS)
        self.note.timeout.connect(self._note_head)
        QTimer.singleShot(AFTER_PAINT_MS, self, gc.enable)
        self._connect()
        self.shell.show_top(TopFacts(place, demonstration=station.demonstration))
        self._show_clock()
        self._show_status()

    def show_way_in(self, *, founded: bool) -> None:
        """The first page: signing in, or the first run where no desk has been set up yet."""
        if founded:
            self.sign_in.show_fresh()
            self.shell.show_page("sign-in")
            QTimer.singleShot(AFTER_PAINT_MS, self, lambda: self.with_pages().make_ready())
        else:
            self.with_pages().show_set_up()

    def lock(self, why: str) -> None:
        """End the person's session and blank the window; drafts are kept first, the desk's key stays."""
        if self.station.session is None:
            return
        if self.pages is not None:
            self.pages.put_away()
        self._last_name = self.station.session.acting.who.name
        let_out(self.station, self, why)

    def is_settled(self) -> bool:
        """Whether the desk has answered all that was asked and no page is about to ask more."""
        return self.station.work.is_idle() and (self.pages is None or self.pages.is_settled())

    def apply(self, theme: Theme) -> None:
        """Another light, another size of text."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app)

    # how it is wired

    def _connect(self) -> None:
        shell, signals = self.shell, self.station.signals
        signals.begun.connect(self._on_begun)
        signals.ended.connect(self._on_ended)
        shell.stage_chosen.connect(self._on_stage)
        shell.lock_asked.connect(lambda: self.lock("by hand"))
        shell.search_asked.connect(lambda text: self.with_pages().search(text))
        shell.search_chosen.connect(lambda id_: self.with_pages().open_person(id_))
        shell.handbook_asked.connect(lambda: self.with_pages().show_help())
        shell.shortcuts_asked.connect(lambda: self.with_pages().show_shortcuts())
        shell.theme_asked.connect(self._turn_light)
        shell.text_size_asked.connect(self._resize_text)
        self.sign_in.recovery_asked.connect(lambda account: self.with_pages().show_recovery(account))
        self.station.work.changes.announced.connect(self._on_changes)

    def with_pages(self) -> "Pages":
        """The other pages, made when the first of them is needed: the way in is painted before them."""
        if self.pages is None:
            from pdtdesk.ui.pages import Pages  # what stands behind the way in is loaded once that is painted

            self.pages = Pages(self.station, self.shell)
            self.pages.counted.connect(self._on_counted)
            self.pages.scheme_chosen.connect(lambda name: self.apply(current_theme().with_scheme(Scheme(name))))
            self.pages.text_scale_chosen.connect(lambda scale: self.apply(current_theme().with_text_scale(scale)))
        return self.pages

    def _on_begun(self) -> None:
        session = self.station.session
        if session is None:
            return
        who = session.acting.who
        self.station.desk_name = session.desk_name
        self.place = f"{session.establishment.name} · {session.desk_name}"
        self.shell.show_top(TopFacts(self.place, f"{who.role_title} · {who.name}", self.station.demonstration))
        self._show_rail()
        self.idle.start()
        self._keyring_answers = True
        pages = self.with_pages()
        pages.renew_bands()
        first = next((stage for stage, _, needed in _STAGES if may(who.role, needed)), "account")
        pages.show(first)
        if may(who.role, Permission.SEE_PEOPLE):
            pages.due.refresh()
        if may(who.role, Permission.GIVE_DOSES):
            pages.round.refresh()
        self.shell.notice.show_notice(None)
        if session.notices:
            self.shell.say(" ".join(session.notices), Tone.AMBER)
        if may(who.role, Permission.ROTATE_KEYS):
            self.station.work.ask(self, lambda door: door.is_recovery_on_paper(), self._remind_of_code)

    def _remind_of_code(self, on_paper: bool) -> None:
        """Shown once, and the window was closed on it: without that code a lost keyring is a lost desk."""
        if not on_paper:
            notices = self.station.session.notices if self.station.session is not None else ()
            self.shell.say(" ".join((*notices, NOT_ON_PAPER)), Tone.AMBER)

    def _on_ended(self) -> None:
        self.idle.stop()
        self.shell.show_top(TopFacts(self.place, demonstration=self.station.demonstration))
        self.shell.notice.show_notice(None)
        self.sign_in.show_locked(self.station.account, self._last_name)
        self.shell.show_page("sign-in", force=True)
        self.shell.top.search.clear()
        self._counts = {}
        if self.pages is not None:  # what was typed or shown on them is nobody else's
            self.pages.forget()
            QTimer.singleShot(AFTER_PAINT_MS, self, self.pages.make_ready)

    def _on_stage(self, stage: str) -> None:
        self.with_pages().show(stage)

    def _on_counted(self, stage: str, count: int) -> None:
        self._counts[stage] = count
        self._show_rail()

    def _show_rail(self) -> None:
        session = self.station.session
        if session is None:
            return
        role = session.acting.who.role
        stages = [
            RailItem(stage, label, self._counts.get(stage)) for stage, label, needed in _STAGES if may(role, needed)
        ]
        self.shell.show_rail((*stages, RailItem("account", "Your account")))

    def _on_changes(self, changes: ChangeSet, _: object) -> None:
        what = "draft kept" if changes.kinds == {"draft"} else "saved"
        self._saved = f"{what} {self.station.now():%H:%M:%S}"
        self._show_status()
        if changes.touches(kinds=["policy"]):
            self.with_pages().renew_bands()
        if self._keyring_answers and not self.note.isActive():
            self.note.start()

    def _note_head(self) -> None:
        """Lines that go missing from the disk after this are missed.

        A keyring that has been locked meanwhile holds the worker up until its patience ends: it is not asked again
        before the next sign-in.
        """
        self.station.work.ask(self, lambda door: door.note_head(), lambda _: None, self._on_no_keyring)

    def _on_no_keyring(self, _: Exception) -> None:
        self._keyring_answers = False

    def _on_tick(self, words: str) -> None:
        self._locks = words
        self._show_status()

    def _show_clock(self) -> None:
        now = self.station.now()
        self.shell.show_clock(f"{show_day(now.date())} · {now:%H:%M}")

    def _show_status(self) -> None:
        kept = "Demonstration desk, secret in its folder" if self.station.demonstration else "Encrypted desk"
        self.shell.show_status(
            StatusFacts(
                saved=f"{kept} · {self._saved}" if self._saved else kept,
                hub="No hub: this desk is whole by itself",
                guidance=self.station.guidance(),
                local=self.station.local_policy(),
                locks=self._locks,
            )
        )

    def _turn_light(self) -> None:
        theme = current_theme()
        self.apply(theme.with_scheme(Scheme.LIGHT if theme.scheme is Scheme.DARK else Scheme.DARK))

    def _resize_text(self, step: int) -> None:
        theme = current_theme()
        self.apply(theme.larger() if step > 0 else theme.smaller())
