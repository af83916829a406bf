"""The way in: an account and its password. The first thing painted, so nothing slow is loaded for it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pdtdesk.domain.passwords import LONGEST
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.desk.column import NarrowColumn
from pdtdesk.ui.desk.form import Form
from pdtdesk.ui.desk.sessions import end_quietly, let_in
from pdtdesk.ui.shell.page import Page
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Done
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, button
from pdtdesk.ui.widgets.spec import FieldSpec, Kind
from pdtdesk.ui.widgets.words import words

if TYPE_CHECKING:  # the way in is painted before this is loaded
    from pdtdesk.services.desk.session import Session
    from pdtdesk.services.ports import Door
    from pdtdesk.ui.desk.password_form import PasswordForm

ACCOUNT = FieldSpec("account", "User name", max_length=200, can_be_not_asked=False)
PASSWORD = FieldSpec("password", "Password", Kind.SECRET, max_length=LONGEST, can_be_not_asked=False)
DEMONSTRATION = (
    "Everybody here is invented. The user names nurse, carat, prescriber, lead, manager and admin have the password "
    "“demonstration”. The secret of this desk lies in its own folder, so it protects nothing: never write about a "
    "real person here."
)


class SignInPage(Page):
    """Signing in, and coming back after a lock.

    `recovery_asked(account)`: the way in by the printed code. When somebody is in, `station.session` is set and
    `station.signals.begun` told; with a one-day password only after it was changed.
    """

    title = "Sign in"
    recovery_asked = Signal(str)
    _tick_ms = 1000

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._painted = False
        self._session: tuple[Session, str] | None = None
        self._until: datetime | None = None
        self._waits_for = ""
        self._timer = QTimer(self)
        self._timer.setInterval(self._tick_ms)
        self._timer.timeout.connect(self.look_at_wait)
        self._lay_out()
        self.show_fresh()

    def _lay_out(self) -> None:
        station = self._station
        self._column = column = NarrowColumn(54, self)
        self.form = Form("Sign in", "", (ACCOUNT, PASSWORD), "Sign in", station.now, self)
        self.form.sent.connect(self._sign_in)
        self.recover = button("Use the recovery code", parent=self.form)
        self.recover.clicked.connect(self._ask_recovery)
        self.form.foot.addWidget(self.recover)
        self.change: PasswordForm | None = None
        column.put(self.form)
        self.demonstration = Card("A demonstration desk", parent=self)
        self.demonstration.add(words(DEMONSTRATION, "muted", wrap=True, parent=self.demonstration))
        self.demonstration.setVisible(station.demonstration)
        column.put(self.demonstration)
        whole = self._fill(column)
        whole.setContentsMargins(0, 0, 0, 0)

    def _fill(self, column: NarrowColumn) -> QVBoxLayout:
        whole = QVBoxLayout(self)
        whole.addWidget(column)
        return whole

    # how it may be shown

    def show_fresh(self) -> None:
        """Nobody has been here: both fields empty."""
        self._begin("Sign in", "Your own user name and password. Everything you write carries your name.", "")

    def show_locked(self, account: str, name: str) -> None:
        """The desk was locked while this person was at it; another may sign in as well, and drafts stay.

        Without a name nobody was there yet: the account is filled in, as after the desk was set up.
        """
        if not name:
            self.show_fresh()
            self.form.fields["account"].set_value(account or None)
            return
        self._begin(
            "Locked: sign in to go on",
            f"{name} was at this desk. Whoever signs in next, what was begun and not saved stays as a draft, each "
            "answer under the name of the person who gave it.",
            account,
        )

    def first_focus(self) -> QWidget | None:
        """The first field that is empty, or of the form that is shown."""
        if self.change is not None:
            return self.change.fields["old"].input.target()
        return self.form.fields["password" if self.form.value("account") else "account"].input.target()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._look_at_the_door)

    def _begin(self, title: str, intro: str, account: str) -> None:
        self._timer.stop()
        self._until = None
        self.form.set_title(title)
        self.form.set_intro(intro)
        self.form.set_busy("")
        self.form.say("")
        self.form.complain({})
        self.form.clear()
        self.form.fields["account"].set_value(account or None)
        self._drop_change()
        self.form.show()
        self.setAccessibleName(self.form.title.text())

    def _make_change(self) -> "PasswordForm":
        """The form for somebody whose password was given for a day; it goes with whatever was typed in it."""
        from pdtdesk.ui.desk.password_form import PasswordForm

        self._drop_change()
        self.change = made = PasswordForm(
            "Choose your own password",
            "The password you signed in with was given for a day. Choose your own before anything else: nobody but "
            "you will know it.",
            self._station,
            lambda: self._session,
            self,
        )
        made.changed.connect(self._finish)
        other = button("Sign in as somebody else", parent=made)
        other.clicked.connect(self._give_up)
        made.foot.addWidget(other)
        self._column.put(made, 1)
        self.form.hide()
        self.setAccessibleName(made.title.text())
        return made

    def _drop_change(self) -> None:
        if self.change is not None:
            self.change.hide()
            self.change.deleteLater()
            self.change = None

    # signing in

    def _look_at_the_door(self) -> None:
        """A desk that is damaged, or of a newer version, is said before anybody types a password."""
        self._station.work.ask(self, lambda door: door.accounts(), lambda _accounts: None, self._on_wrong)

    def _account(self) -> str:
        return self.form.value("account").strip().lower()

    def _sign_in(self) -> None:
        account, password = self._account(), self.form.value("password")
        wrong = {}
        if not account:
            wrong["account"] = "Type your user name."
        elif not password:
            wrong["password"] = "Type your password."  # noqa: S105 - a sentence, not a password
        if self.form.complain(wrong):
            return
        self.form.set_busy(
            "Opening the desk… the password is checked slowly on purpose, so that nobody can guess it."
        )
        begin = self._station.begin_session

        def enter(door: "Door") -> "Done[tuple[Session, str, bool]]":
            entered = door.enter(account, password)
            return Done(ChangeSet(), (begin(entered), entered.account, entered.must_change))

        self._station.work.do(self, enter, self._on_entered, self._on_wrong)

    def _on_entered(self, entered: "tuple[Session, str, bool]") -> None:
        session, account, must_change = entered
        self.form.set_busy("")
        typed, self._session = self.form.value("password"), (session, account)
        self.form.clear("password")
        if not must_change:
            self._finish()
            return
        change = self._make_change()
        change.fields["old"].set_value(typed)
        change.show()
        change.fields["password"].take_focus()

    def _finish(self) -> None:
        entered, self._session = self._session, None
        self.show_fresh()
        if entered is not None:
            let_in(self._station, *entered)

    def _give_up(self) -> None:
        entered, self._session = self._session, None
        if entered is not None:
            end_quietly(self._station, self, entered[0], "left before choosing a password")
        self.show_fresh()
        self.form.fields["account"].take_focus()

    # what may go wrong

    def _on_wrong(self, error: Exception) -> None:
        from pdtdesk.ui.desk.troubles import trouble_of  # nothing goes wrong before the way in is painted

        trouble = trouble_of(error)
        self.form.set_busy("")
        self.form.clear("password")
        self.form.say(trouble.sentence, Tone.RED)
        if trouble.code_helps:
            self.recover.setFocus()
        else:
            self.form.fields["password" if self._account() else "account"].take_focus()
        if trouble.wait:
            self._wait(self._account(), trouble.wait)
        elif trouble.wrong_password:
            self._ask_wait()

    def _ask_wait(self) -> None:
        account = self._account()
        self._station.work.ask(
            self, lambda door: door.seconds_to_wait(account), lambda wait: self._wait(account, wait), slot="wait"
        )

    def _wait(self, account: str, seconds: int) -> None:
        """Count down while this account has to wait; others may sign in meanwhile."""
        if seconds <= 0:
            if self._until is not None and account == self._waits_for:
                self._until = None
                self._timer.stop()
                self.form.say("You can try again now.", Tone.BLUE)
            return
        self._waits_for = account
        self._until = self._station.clock.now() + timedelta(seconds=seconds)
        self._timer.start()
        self.look_at_wait()

    def look_at_wait(self) -> None:
        """Show how long there is still to wait; at the end the door itself is asked."""
        if self._until is None:
            self._timer.stop()
            return
        left = (self._until - self._station.clock.now()).total_seconds()
        if left <= 0:
            account = self._waits_for
            self._station.work.ask(
                self, lambda door: door.seconds_to_wait(account), lambda wait: self._wait(account, wait), slot="wait"
            )
            return
        if self._account() != self._waits_for:
            return  # somebody else is signing in meanwhile
        whole = int(-(-left // 1))
        self.form.say(
            f"Several wrong passwords were given for {self._waits_for}. Wait {_span(whole)}, then try "
            "again. Other members of staff can sign in meanwhile.",
            Tone.AMBER,
        )

    def _ask_recovery(self) -> None:
        self.recovery_asked.emit(self._account())


def _span(seconds: int) -> str:
    if seconds >= 60:
        return f"{seconds // 60} min {seconds % 60:02} s"
    return "1 second" if seconds == 1 else f"{seconds} seconds"
