"""A person's session as the window holds it: begun when somebody is let in, ended by a lock or a change of person."""

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.station import Station

if TYPE_CHECKING:  # the way in is painted before this is loaded
    from pdtdesk.services.desk.session import Session
    from pdtdesk.services.ports import Door


def let_in(station: Station, session: "Session", account: str) -> None:
    """From now on this person acts at the desk; whoever listens to `begun` shows the stages."""
    station.session, station.account = session, account
    station.signals.begun.emit()


def let_out(station: Station, owner: QObject, why: str) -> None:
    """End the session of whoever is signed in: nothing more is shown or written in their name.

    The window is told at once; the audit's line follows in its turn, behind what they had still asked to be saved.
    `why` is a short reason: `by hand`, `nobody there for 5 minutes`. `station.account` keeps who it was.
    """
    session, station.session = station.session, None
    if session is None:
        return
    end_quietly(station, owner, session, why)
    station.work.part()
    station.signals.ended.emit()


def end_quietly(station: Station, owner: QObject, session: "Session", why: str) -> None:
    """Close a session in the audit that the window does not show, or shows no longer."""

    def end(door: "Door") -> ChangeSet:
        from pdtdesk.services.desk import session as sessions

        sessions.end(session.acting, why)
        with suppress(Exception):  # a keyring that is locked keeps nobody from locking the desk
            door.note_head()
        return ChangeSet()

    station.work.do(owner, end)
