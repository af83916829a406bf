"""The staff of the establishment at this desk: who may open it, until when, and under which keys."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pdtdesk.domain.calendar import show_day, show_instant
from pdtdesk.domain.roles import Permission, may
from pdtdesk.domain.staff import Member
from pdtdesk.services.acting import LEASE, Acting
from pdtdesk.services.desk import staff
from pdtdesk.services.paper import RecoverySheet
from pdtdesk.services.ports import Door
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.desk.column import SideBySide
from pdtdesk.ui.desk.form import Form
from pdtdesk.ui.desk.recovery_code import RecoveryCodeCard
from pdtdesk.ui.desk.staff_forms import AddForm, EndForm, OneDayForm
from pdtdesk.ui.desk.troubles import trouble_of
from pdtdesk.ui.shell.page import Page
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Done
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, Scrolled
from pdtdesk.ui.widgets.notice import Notice, NoticeBar
from pdtdesk.ui.widgets.table import Table

HEADS = ("Name", "User name", "Role", "State", "Lease until", "Registration")
WRITTEN = ("staff", "audit")
MOST_ROWS = 14


class StaffPage(Page):
    """What a role may not do is not offered here; the services refuse it all the same."""

    title = "Staff and keys"

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._members: tuple[Member, ...] = ()
        self._lay_out()
        station.signals.ended.connect(self._forget)
        station.work.changes.announced.connect(self._on_changes)

    def _say(self, sentence: str, tone: Tone) -> None:
        self.notice.show_notice(Notice(sentence, tone, stays=True))

    def _lay_out(self) -> None:
        station, now = self._station, self._station.now
        self.notice = NoticeBar(self)
        scrolled = Scrolled(self)
        both = SideBySide(120, scrolled)
        self.list = Card("Staff", parent=both)
        self.table = Table("Staff of this establishment", HEADS, parent=self.list)
        self.table.chosen.connect(self._on_chosen)
        self.list.add(self.table, 1)
        self.code = RecoveryCodeCard(station, self._sheet, both)
        self.end = EndForm(now, both)
        self.one_day = OneDayForm(now, both)
        self.add = AddForm(now, both)
        self.leases = Form("Leases", _LEASES, (), "Renew all leases", now, both, kind="")
        self.keys = Form("The desk's key", _KEYS, (), "Change the desk's key", now, both, kind="")
        self.new_code = Form("Recovery code", _NEW_CODE, (), "Make a new recovery code", now, both, kind="")
        self.code.proved.connect(self._on_proved)
        for card in (self.list, self.code, self.end, self.one_day):
            both.left.addWidget(card)
        for card in (self.add, self.leases, self.keys, self.new_code):
            both.right.addWidget(card)
        both.left.addStretch(1)
        both.right.addStretch(1)
        scrolled.add(both, 1)
        self.add.sent.connect(self._add)
        self.one_day.sent.connect(self._give_one_day)
        self.leases.sent.connect(self._renew)
        self.end.sent.connect(self._end)
        self.keys.sent.connect(self._rotate)
        self.new_code.sent.connect(self._renew_code)
        self.code.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.notice)
        whole.addWidget(scrolled, 1)

    def first_focus(self) -> QWidget | None:
        """The list; for a clinical lead, who does not see it, the one-day password."""
        if self.list.isHidden():
            return self.one_day.fields["account"].input.target()
        return self.table

    def opened(self) -> None:
        """Offer what this person's role may do, and read the list."""
        session = self._station.session
        if session is None:
            return
        role = session.acting.who.role
        manage, rotate = may(role, Permission.MANAGE_STAFF), may(role, Permission.ROTATE_KEYS)
        self.list.set_title(f"Staff of {session.establishment.name}")
        for card in (self.list, self.add, self.end):
            card.setVisible(manage)
        self.one_day.setVisible(may(role, Permission.RESET_PASSWORDS))
        self.leases.setVisible(may(role, Permission.RENEW_LEASES))
        for card in (self.keys, self.new_code):
            card.setVisible(rotate)
        if manage:
            self._read()

    def may_leave(self) -> str:
        """A new recovery code must be on paper first: the one before no longer opens the desk."""
        if self.code.must_stay():
            return (
                "The new recovery code is shown only this once. Print it or write it down, and type its last group."
            )
        return ""

    # the list

    def _read(self) -> None:
        acting = self._station.acting
        self._station.work.ask(
            self, lambda _door: staff.members(acting), self.show_members, self._on_unread, slot="members"
        )

    def show_members(self, members: tuple[Member, ...]) -> None:
        """Those on the staff first, by name; those who have left below."""
        self._members = tuple(sorted(members, key=lambda each: (not each.active, each.name.casefold())))
        at = self._station.acting.lease_now()
        self.table.show_rows(
            [each.id for each in self._members],
            [
                (
                    each.name,
                    each.account,
                    each.author.role_title,
                    "Left" if not each.active else "Lease run out" if _run_out(each, at) else "Active",
                    _lease(each) if each.active else "",
                    each.registration or "",
                )
                for each in self._members
            ],
        )
        self._fit_table()
        here = sum(each.active for each in members)
        self.list.set_note(f"{here} on the staff")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._members and self._station.session is not None:
            self.show_members(self._members)

    def _fit_table(self) -> None:
        """As tall as the staff is long, up to a screen's worth."""
        rows = min(len(self._members), MOST_ROWS)
        tall = sum(self.table.rowHeight(at) for at in range(rows))
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + tall + 20)

    def _on_unread(self, error: Exception) -> None:
        self._say(trouble_of(error).sentence, Tone.AMBER)

    def _on_chosen(self, member_id: str) -> None:
        member = self._member(member_id)
        if member is not None:
            for form in (self.one_day, self.end):
                form.show_member(member)

    def _member(self, member_id: str | None) -> Member | None:
        return next((each for each in self._members if each.id == member_id), None)

    def _on_changes(self, changes: ChangeSet, _origin: object) -> None:
        if changes.touches(kinds=("staff",)) and self._station.session is not None and self.isVisible():
            self.opened()

    def _forget(self) -> None:
        """Another person comes: nothing of what was typed here stays."""
        for form in (self.add, self.one_day, self.end, self.leases, self.keys, self.new_code):
            form.clear()
            form.complain({})
            form.say("")
            form.set_busy("")
        self.notice.show_notice(None)
        self._members = ()
        self.table.show_rows((), ())

    # what is done to it

    def _do(self, form: Form, busy: str, command: Callable[[Acting, Door], object], said: str) -> None:
        """Run a command in the worker; its sentence, good or bad, stands on the form that asked for it."""
        acting = self._station.acting
        form.set_busy(busy)

        def run(door: Door) -> ChangeSet:
            command(acting, door)
            return ChangeSet.of(kinds=WRITTEN)

        def then(_changes: ChangeSet) -> None:
            self._station.signals.saved.emit(self._station.clock.now())
            form.set_busy("")
            form.clear()
            form.say(said, Tone.GREEN)

        self._station.work.do(self, run, then, lambda error: _on_wrong(form, error))

    def _add(self) -> None:
        new = self.add.new_member()
        if new is None:
            return

        def add(acting: Acting, door: Door) -> None:
            staff.add(acting, door.keys, new)
            # The administrator knows this password, so it is good for a day and is changed at the first sign-in.
            staff.reset_password(acting, door.keys, new.account, new.password)

        said = f"{new.name} can sign in here as {new.account} within a day, and then chooses a password."
        self._do(self.add, f"Adding {new.name}…", add, said)

    def _give_one_day(self) -> None:
        given = self.one_day.given()
        if given is None:
            return
        account, password = given
        said = f"{account} can sign in with this password for a day, and then chooses another. Tell nobody else."
        self._do(
            self.one_day,
            "Giving the password…",
            lambda acting, door: staff.reset_password(acting, door.keys, account, password),
            said,
        )

    def _end(self) -> None:
        asked = self.end.asked(self._members)
        if asked is None:
            return
        member, how = asked
        leave = staff.revoke if how == "revoke" else staff.retire
        said = f"{member.name} no longer opens this desk; its key was changed. What {member.name} wrote stays."
        self._do(
            self.end,
            f"Ending the access of {member.name}, and changing the desk's key…",
            lambda acting, door: leave(acting, door.keys, member.id),
            said,
        )

    def _rotate(self) -> None:
        said = "The desk has a new key. Everybody's password and the recovery code open it as before."
        self._do(
            self.keys,
            "Changing the desk's key: the whole database is encrypted again…",
            lambda acting, door: staff.rotate_keys(acting, door.keys),
            said,
        )

    def _renew(self) -> None:
        acting = self._station.acting
        self.leases.set_busy("Renewing…")

        def renew(_door: Door) -> Done[tuple[int, Acting]]:
            count = staff.renew_leases(acting)
            # One's own lease was renewed too; it is read back, so that what this session holds is what was written.
            leased = replace(acting, lease_until=acting.lease_now() + LEASE)
            own = next((each for each in staff.members(leased) if each.id == acting.who.id), None)
            until = own.lease_until if own is not None else acting.lease_until
            return Done(ChangeSet.of(kinds=WRITTEN), (count, replace(acting, lease_until=until)))

        def then(renewed: tuple[int, Acting]) -> None:
            count, leased = renewed
            session = self._station.session
            if session is not None and session.acting.who == acting.who:
                self._station.session = replace(session, acting=leased)
            self._station.signals.saved.emit(self._station.clock.now())
            self.leases.set_busy("")
            self.notice.show_notice(None)
            until = _until(leased)
            self.leases.say(f"{count} members of staff may use this desk until {until}.", Tone.GREEN)
            self.opened()

        self._station.work.do(self, renew, then, lambda error: _on_wrong(self.leases, error))

    def _renew_code(self) -> None:
        acting = self._station.acting
        self.new_code.set_busy("Making a new code…")

        def renew(door: Door) -> Done[str]:
            return Done(ChangeSet.of(kinds=WRITTEN), staff.renew_recovery(acting, door.keys))

        def then(code: str) -> None:
            self.new_code.set_busy("")
            self.code.show_code(code)
            self.code.show()
            self.code.print.setFocus()

        self._station.work.do(self, renew, then, lambda error: _on_wrong(self.new_code, error))

    def _sheet(self, code: str) -> Callable[[Door], RecoverySheet]:
        station, session = self._station, self._station.session
        at = station.clock.now()

        def make(_door: Door) -> RecoverySheet:
            if session is None:
                raise RuntimeError("a sheet without a session")
            return RecoverySheet(session.establishment, station.desk_name, code, at, station.demonstration)

        return make

    def _on_proved(self) -> None:
        self.code.hide()
        self.new_code.say("The new code holds; destroy the sheet before it.", Tone.GREEN)
        self.new_code.send.setFocus()


_LEASES = (
    f"A lease lets a member use this desk for {LEASE.days} days. Renewing gives everybody on the staff a new one "
    "from now on."
)
_KEYS = (
    "When a copy of the desk or its keys may have been seen, give it a new key: the database is encrypted again, and "
    "nobody's password changes."
)
_NEW_CODE = "When the sheet in the safe was lost or seen: the code before then no longer opens this desk."


def _on_wrong(form: Form, error: Exception) -> None:
    form.set_busy("")
    form.say(trouble_of(error).sentence, Tone.RED)
    form.send.setFocus()


def _run_out(member: Member, at: datetime) -> bool:
    return member.lease_until is None or member.lease_until < at


def _lease(member: Member) -> str:
    return show_day(member.lease_until.date()) if member.lease_until else "none"


def _until(acting: Acting) -> str:
    return show_instant(acting.lease_until) if acting.lease_until else "none"
