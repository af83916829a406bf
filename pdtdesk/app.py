"""The composition root of the window: the desk of this machine, a demonstration, and the tour of it."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from pdtdesk.documents import Sheets
from pdtdesk.domain.calendar import LONDON, in_london
from pdtdesk.services.refusals import Refused
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Work
from pdtdesk.ui.theme.theme import Theme, load_fonts
from pdtdesk.ui.tokens import load_tokens
from pdtdesk.ui.window import DeskWindow

if TYPE_CHECKING:  # the way in is painted before anything of this is loaded
    from pdtdesk.policy.parameters import Parameters
    from pdtdesk.services.desk.session import Session
    from pdtdesk.services.oversight.figures import Figures
    from pdtdesk.services.ports import Clock, Door, Entered, ListRead, Progress
    from pdtdesk.store.keys.folder import DeskFolder
    from pdtdesk.store.keys.lock import WindowHold

PASSWORD = "demonstration"  # noqa: S105 - the published password of an invented desk
_HELP_WIDTH = 100
_RESOURCES = Path(__file__).parent.parent / "resources"


@dataclass(frozen=True, slots=True)
class EveningClock:
    """A demonstration's evening: it begins at an instant and goes on from there."""

    begins: datetime
    started: float

    def now(self) -> datetime:
        """This instant of that evening."""
        return in_london(datetime.fromtimestamp(self.begins.timestamp() + time.monotonic() - self.started, LONDON))


def main(argv: Sequence[str], clock: "Clock") -> int:
    """Open the window: on this machine's desk by `clock`, on a demonstration, or draw the tour. The exit code."""
    asked = _asked(argv)
    os.umask(0o077)
    try:
        if asked.command is None:
            return desk(asked.at, clock)
        from pdtdesk.services.demonstration.evening import DEFAULT_TODAY

        today = asked.today or DEFAULT_TODAY
        return tour(Path(asked.out), asked.at, today) if asked.command == "tour" else demo(asked.at, today)
    except Exception as error:  # one place turns every error into its sentence
        from pdtdesk.ui.sentences import sentence_for

        print(sentence_for(error), file=sys.stderr)
        return 2 if _is_ours(error) else 1


def desk(at: Path | None, clock: "Clock") -> int:
    """The window on this machine's desk."""
    from pdtdesk.store.place import desk_folder

    _needs_a_screen()
    return _show(desk_folder(at), clock)


def demo(at: Path | None, today: datetime) -> int:
    """The window on a demonstration desk, made on first use."""
    _needs_a_screen()
    folder = _demonstration_folder(at, today)
    return _show(folder, EveningClock(today, time.monotonic()))


def tour(out: Path, at: Path | None, today: datetime) -> int:
    """Draw every page and every sheet of a demonstration desk; needs no display."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import tempfile

    from pdtdesk.services.demonstration.evening import StandingClock
    from pdtdesk.ui.tour.walk import Tour

    with tempfile.TemporaryDirectory() as scratch:
        folder = _demonstration_folder(at or Path(scratch) / "desk", today)
        app = _application()
        window = _window(folder, StandingClock(today), demonstration=True)
        try:
            Tour(window, PASSWORD, out, print).walk()
        finally:
            window.station.work.close()
            window.shell.close()
            app.processEvents()
    return 0


def _show(folder: "DeskFolder", clock: "Clock") -> int:
    from pdtdesk.store.place import is_demonstration

    app = _application()
    window = _window(folder, clock, demonstration=is_demonstration(folder))
    window.show_way_in(founded=folder.desk.exists())
    window.shell.show()
    code = app.exec()
    window.station.work.close()
    return code


def _window(folder: "DeskFolder", clock: "Clock", *, demonstration: bool) -> DeskWindow:
    @cache
    def policy() -> "Parameters":
        """The invented local policy lies over a demonstration desk, and over no other."""
        from pdtdesk.policy.national import load_national

        return load_national().over("demonstration") if demonstration else load_national()

    door = _HeldDoor(folder, clock, demonstration)
    station = Station(
        work=Work(door.open, door.close, _not_taken),
        clock=clock,
        paper=Sheets(),
        lists=_read_list,
        figures_csv=_figures_csv,
        begin_session=lambda entered: _begin(entered, clock, policy()),
        load_policy=policy,
        desk_name="Reception 1" if demonstration else "",
        demonstration=demonstration,
    )
    return DeskWindow(station, _seconds, "HMP Ashmoor · Reception 1" if demonstration else "")


class _HeldDoor:
    """The door of a desk for this window alone.

    Called in the worker's thread, after the way in has been painted: what it loads takes a while, and a second window
    on the same desk is told in itself that it is one, before anybody types a password.
    """

    def __init__(self, folder: "DeskFolder", clock: "Clock", demonstration: bool) -> None:
        self._folder, self._clock, self._demonstration = folder, clock, demonstration
        self._hold: WindowHold | None = None

    def open(self) -> "Door":
        """Take the desk and make its door; raises `DeskInUse` while another window has it."""
        from pdtdesk.store.door import DeskDoor
        from pdtdesk.store.keys.keyring_secrets import KeyringSecrets
        from pdtdesk.store.keys.lock import hold_window
        from pdtdesk.store.keys.secret import FolderSecrets

        if self._hold is None:
            self._hold = hold_window(self._folder)
        secrets = FolderSecrets(self._folder) if self._demonstration else KeyringSecrets()
        return DeskDoor(self._folder, secrets, clock=self._clock, random_bytes=os.urandom)

    def close(self, door: "Door") -> None:
        """Shut it, and only then give the desk free."""
        door.close()
        if self._hold is not None:
            self._hold.release()


def _begin(entered: "Entered", clock: "Clock", policy: "Parameters") -> "Session":
    from pdtdesk.services.desk import session as sessions

    return sessions.begin(entered.store, entered.member_id, clock=clock, policy=policy, random_bytes=os.urandom)


def _seconds() -> float:
    """A steady clock that goes on while the computer sleeps, where the system has one."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


def _needs_a_screen() -> None:
    """Qt ends the whole process where there is no display: say so first, and what works without one."""
    shown = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform.startswith("linux") and not shown:
        raise Refused(
            "There is no display here for a window. On a desktop, start PDT Desk from its session; without one, "
            "`pdtdesk tour FOLDER` draws every page as a picture, and the `pdtdesk desk` commands work."
        )


def _read_list(data: bytes, today: date, progress: "Progress | None" = None) -> "ListRead":
    from pdtdesk.exchange.reception_list import read

    return read(data, today, progress)


def _figures_csv(figures: "Figures") -> bytes:
    from pdtdesk.exchange.figures_csv import written

    return written(figures)


def _not_taken(error: Exception) -> None:
    """An error that no page takes any more: said on the terminal, as the page that asked is gone."""
    from pdtdesk.ui.sentences import sentence_for

    print(sentence_for(error), file=sys.stderr)


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        # Asked for here: one that is set later is made beside the one Qt has made by then.
        app = QApplication(["pdtdesk", "-style", "fusion"])
    app.setApplicationName("PDT Desk")
    load_fonts(_RESOURCES / "theme")
    Theme(load_tokens(_RESOURCES / "theme")).apply(app)
    return app


def _demonstration_folder(at: Path | None, today: datetime) -> "DeskFolder":
    from platformdirs import user_data_path

    from pdtdesk.store.keys.folder import DeskFolder
    from pdtdesk.store.place import is_demonstration

    folder = DeskFolder(at or user_data_path("pdtdesk-demonstration", appauthor=False) / f"{today:%Y-%m-%d-%H%M}")
    if not folder.desk.exists():
        from pdtdesk.store.demonstration import make_demonstration

        print("Making the demonstration desk: an invented prison of 650 people. This takes some seconds.", flush=True)
        make_demonstration(folder, today)
    elif not is_demonstration(folder):
        raise Refused(f"{folder.path} holds a real desk, not a demonstration. Choose another folder with --at.")
    return folder


def _asked(argv: Sequence[str]) -> argparse.Namespace:
    """What was asked for; `today` is None where no evening was named."""
    wide = partial(argparse.HelpFormatter, width=_HELP_WIDTH)  # told, or it loads what asks the terminal
    parser = argparse.ArgumentParser(prog="pdtdesk", description="The window of PDT Desk.", formatter_class=wide)
    parser.add_argument("--at", type=Path, help="the desk's folder")
    commands = parser.add_subparsers(dest="command")
    for name, about in (("demo", "open a demonstration desk"), ("tour", "draw every page of a demonstration desk")):
        made = commands.add_parser(name, help=about, formatter_class=wide)
        made.add_argument("--at", type=Path, help="the demonstration desk's folder; made when there is none")
        made.add_argument("--today", type=_evening, help="its day and time, like 2010-06-01T21:40")
        if name == "tour":
            made.add_argument("out", help="the folder for the pictures")
    return parser.parse_args(argv)


def _evening(text: str) -> datetime:
    from pdtdesk.services.demonstration.evening import NotAnEvening, read_today

    try:
        return read_today(text)
    except NotAnEvening as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None


def _is_ours(error: Exception) -> bool:
    return type(error).__module__.startswith("pdtdesk.")
