"""What every page is given: the worker, who is signed in, and what comes from outside the window."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pdtdesk.domain.calendar import in_london, show_day
from pdtdesk.services.refusals import Refused
from pdtdesk.ui.tasks import Work

if TYPE_CHECKING:  # the way in is painted before anything of this is loaded
    from pdtdesk.policy.parameters import Parameters
    from pdtdesk.services.acting import Acting
    from pdtdesk.services.desk.session import Session
    from pdtdesk.services.oversight.figures import Figures
    from pdtdesk.services.paper import Paper
    from pdtdesk.services.ports import Clock, Door, ListReader


LOCAL = "local"
"""The overlay of what is signed here, by the name that `policy.signed` gives it (which is not loaded this early)."""


class Signals(QObject):
    """`begun` and `ended`: a person's session at the desk; `saved(instant)`: something is durable on the disk."""

    begun = Signal()
    ended = Signal()
    saved = Signal(object)


def _no_window(_data: bytes, _title: str) -> None:
    raise Refused("There is no page yet on which a sheet could be shown. Sign in and print again.")


def _no_file(_figures: "Figures") -> bytes:
    raise Refused("This window has nothing that writes figures to a file. Print them instead.")


@dataclass(slots=True)
class Station:
    """This window's desk. `session` is None while nobody is signed in; `account` is how they signed in."""

    work: "Work[Door]"
    clock: "Clock"
    paper: "Paper"
    lists: "ListReader"
    load_policy: "Callable[[], Parameters]"
    desk_name: str
    demonstration: bool
    begin_session: "Callable[..., Session]"
    session: "Session | None" = None
    account: str = ""
    _policy: "Parameters | None" = None
    show_paper: Callable[[bytes, str], None] = _no_window
    figures_csv: "Callable[[Figures], bytes]" = _no_file
    signals: Signals = field(default_factory=Signals)

    @property
    def acting(self) -> "Acting":
        """Who acts. Raises `Refused` while nobody is signed in."""
        if self.session is None:
            raise Refused("Nobody is signed in. Sign in and repeat the last step.")
        return self.session.acting

    @property
    def policy(self) -> "Parameters":
        """The guidance with the overlays of this desk and what is signed here: the session's, or the last one's.

        Before anybody has signed in it is without what is signed, and read when it is first asked for.
        """
        if self.session is not None:
            self._policy = self.session.acting.policy
        elif self._policy is None:
            self._policy = self.load_policy()
        return self._policy

    def guidance(self) -> str:
        """Which guidance is in force today, for the status line; nothing while nobody is signed in."""
        if self.session is None:
            return ""
        over = ", ".join(overlay.title for overlay in self.policy.overlays if overlay.id != LOCAL)
        return f"Guidance of {show_day(self.today())}" + (f" + {over}" if over else "")

    def local_policy(self) -> str:
        """The local policy that this session goes by and when it was last signed; nothing where none is signed."""
        if self.session is None:
            return ""
        return "".join(overlay.title for overlay in self.policy.overlays if overlay.id == LOCAL)

    def now(self) -> datetime:
        """The local time, for fields in which days and times are typed."""
        return in_london(self.clock.now())

    def today(self) -> date:
        """The ward's day."""
        return self.now().date()
