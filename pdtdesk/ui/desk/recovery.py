"""The way in by the code from the safe: the keyring is lost, locked or changed, or a password was forgotten."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pdtdesk.services.desk.session import Session
from pdtdesk.services.ports import Door
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.desk.column import NarrowColumn
from pdtdesk.ui.desk.form import Form
from pdtdesk.ui.desk.passwords import new_password_specs, password_problems
from pdtdesk.ui.desk.sessions import let_in
from pdtdesk.ui.desk.troubles import trouble_of
from pdtdesk.ui.shell.page import Page
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Done
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import button
from pdtdesk.ui.widgets.spec import FieldSpec

CODE = FieldSpec(
    "code",
    "Recovery code",
    help="Seven groups of five, from the newest sheet in the safe. Capitals, spaces and hyphens do not matter.",
    required=True,
    max_length=400,
    can_be_not_asked=False,
)
ACCOUNT = FieldSpec("account", "User name", required=True, max_length=200, can_be_not_asked=False)


class RecoveryPage(Page):
    """Opens the desk with the printed code and gives one member a new password, who is then signed in.

    `back_asked`: back to signing in. The way is audited.
    """

    title = "Use the recovery code"
    back_asked = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        column = NarrowColumn(64, self)
        self.form = Form(
            "Use the recovery code",
            "The code opens the desk without the computer's keyring, and gives you a new password. Put the sheet "
            "back into the safe afterwards. That the code was used is written into the audit.",
            (CODE, ACCOUNT, *new_password_specs()),
            "Open the desk",
            station.now,
            self,
        )
        self.form.sent.connect(self._recover)
        self.back = button("Back to signing in", parent=self.form)
        self.back.clicked.connect(self._go_back)
        self.form.foot.addWidget(self.back)
        column.put(self.form)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(column)

    def show_for(self, account: str) -> None:
        """Empty but for the account that was being signed in."""
        self.form.clear()
        self.form.complain({})
        self.form.say("")
        self.form.set_busy("")
        self.form.fields["account"].set_value(account or None)

    def first_focus(self) -> QWidget | None:
        """The code."""
        return self.form.fields["code"].input.target()

    def _recover(self) -> None:
        account, password = self.form.value("account").strip().lower(), self.form.value("password")
        if self.form.complain(password_problems(password, self.form.value("again"), account=account)):
            return
        code, begin = self.form.value("code"), self._station.begin_session
        self.form.set_busy("Opening the desk with the code…")

        def recover(door: Door) -> Done[tuple[Session, str]]:
            entered = door.recover(code, account, password)
            return Done(ChangeSet(), (begin(entered), entered.account))

        self._station.work.do(self, recover, self._on_entered, self._on_wrong)

    def _on_entered(self, entered: tuple[Session, str]) -> None:
        self.show_for("")
        let_in(self._station, *entered)

    def _on_wrong(self, error: Exception) -> None:
        self.form.set_busy("")
        kinds = {kind.__name__ for kind in type(error).__mro__}
        sentence = trouble_of(error).sentence
        if not kinds.isdisjoint({"RecoveryCodeMistyped", "RecoveryCodeWrong"}):
            self.form.complain({"code": sentence})
        elif "NoSuchMember" in kinds:
            self.form.complain({"account": sentence})
        else:
            self.form.say(sentence, Tone.RED)
            self.form.fields["code"].take_focus()

    def _go_back(self) -> None:
        self.show_for("")
        self.back_asked.emit()
