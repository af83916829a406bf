"""Changing one's own password: by choice on the page of the account, or before anything else after a one-day one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pdtdesk.domain.passwords import LONGEST
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.desk.form import Form
from pdtdesk.ui.desk.passwords import new_password_specs, password_problems
from pdtdesk.ui.desk.troubles import trouble_of
from pdtdesk.ui.station import Station
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.spec import FieldSpec, Kind

if TYPE_CHECKING:  # the way in is painted before this is loaded
    from pdtdesk.services.desk.session import Session
    from pdtdesk.services.ports import Door

OLD = FieldSpec("old", "Password now", Kind.SECRET, required=True, max_length=LONGEST, can_be_not_asked=False)


class PasswordForm(Form):
    """`changed`: the new password holds. `who` gives the session and the account whose password it is."""

    changed = Signal()

    def __init__(
        self,
        title: str,
        intro: str,
        station: Station,
        who: "Callable[[], tuple[Session, str] | None]",
        parent: QWidget | None = None,
    ) -> None:
        specs = (OLD, *new_password_specs())
        super().__init__(title, intro, specs, "Change the password", station.now, parent)
        self._station, self._who = station, who
        self.sent.connect(self._change)

    def _change(self) -> None:
        who = self._who()
        if who is None:
            return
        session, account = who
        old, new = self.value("old"), self.value("password")
        if self.complain(password_problems(new, self.value("again"), account=account, old=old)):
            return
        self.set_busy("Changing the password…")

        def change(door: "Door") -> ChangeSet:
            from pdtdesk.services.desk import staff

            staff.change_own_password(session.acting, door.keys, account, old, new)
            return ChangeSet.of(kinds=("audit",))

        self._station.work.do(self, change, self._on_changed, self._on_wrong)

    def _on_changed(self, _changes: ChangeSet) -> None:
        self.set_busy("")
        self.clear()
        self.say("The new password holds from now on.", Tone.GREEN)
        self.changed.emit()

    def _on_wrong(self, error: Exception) -> None:
        self.set_busy("")
        trouble = trouble_of(error)
        if trouble.wrong_password:
            self.clear("old")
            self.complain({"old": "That is not the password you have now. Type it again."})
        else:
            self.say(trouble.sentence, Tone.RED)
