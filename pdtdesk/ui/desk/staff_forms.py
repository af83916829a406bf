"""What an administrator asks of the staff page: add somebody, a password for a day, end somebody's access."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from pdtdesk.domain.names import check_name, check_text
from pdtdesk.domain.passwords import LONGEST
from pdtdesk.domain.roles import Role
from pdtdesk.domain.staff import Member
from pdtdesk.services.desk.staff import REGISTRATION_LIMIT, NewMember
from pdtdesk.ui.desk.form import Form
from pdtdesk.ui.desk.member_fields import member_problems, member_specs
from pdtdesk.ui.desk.passwords import HELP, password_problems
from pdtdesk.ui.widgets.spec import Choice, FieldSpec, Kind

ROLE = FieldSpec(
    "role",
    "Role",
    Kind.CHOICE,
    tuple(Choice(role.value, role.words) for role in Role),
    required=True,
    can_be_not_asked=False,
)
ONE_DAY = FieldSpec(
    "password",
    "Password for a day",
    help=f"Good for one day, and changed at the sign-in. {HELP}",
    required=True,
    max_length=LONGEST,
    can_be_not_asked=False,
)
ACCOUNT = FieldSpec("account", "User name", required=True, max_length=200, can_be_not_asked=False)
HOW = FieldSpec(
    "how",
    "How",
    Kind.CHOICE,
    (Choice("retire", "Leaves in good order"), Choice("revoke", "Access ends at once")),
    help="In good order: what they wrote is sent on. At once: what comes from them later is held for review.",
    required=True,
    can_be_not_asked=False,
)
TYPED = FieldSpec(
    "account",
    "Their user name, typed to confirm",
    required=True,
    max_length=200,
    can_be_not_asked=False,
)


class AddForm(Form):
    """A new member of staff, with a first password for a day."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        specs = (*member_specs(needed=True, registration=True), ROLE, ONE_DAY)
        super().__init__("Add a member of staff", "", specs, "Add to the staff", now, parent)

    def new_member(self) -> NewMember | None:
        """Who is to be added; None, with sentences under the fields, when it cannot be sent."""
        account = self.value("account").strip().lower()
        name, registration, password = self.value("name"), self.value("registration"), self.value("password")
        wrong = member_problems(account, name, registration) | password_problems(password, password, account=account)
        if self.complain(wrong):
            return None
        kept = check_text(registration, "The registration number", REGISTRATION_LIMIT) or None
        return NewMember(account, check_name(name, "The name"), Role(self.value("role")), password, kept)


class OneDayForm(Form):
    """A password for a day, for somebody who has forgotten theirs."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        intro = "For somebody who has forgotten theirs. You will be named in the audit as the one who gave it."
        super().__init__("A password for a day", intro, (ACCOUNT, ONE_DAY), "Give it", now, parent, kind="")

    def show_member(self, member: Member) -> None:
        """Whoever is in hand in the list."""
        if member.active:
            self.fields["account"].set_value(member.account)

    def given(self) -> tuple[str, str] | None:
        """Account and password; None, with a sentence, when they cannot be sent."""
        account, password = self.value("account").strip().lower(), self.value("password")
        if self.complain(password_problems(password, password, account=account)):
            return None
        return account, password


class EndForm(Form):
    """Ends somebody's place on the staff, confirmed by typing their user name."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__("Somebody leaves", _CHOOSE, (HOW, TYPED), "End their access", now, parent, kind="danger")
        self._member: Member | None = None

    def show_member(self, member: Member) -> None:
        """Whoever is in hand in the list."""
        self._member = member if member.active else None
        self.clear()
        self.complain({})
        self.set_title(f"{member.name} leaves" if member.active else "Somebody leaves")
        self.set_intro(_ENDS if member.active else f"{member.name} has left already. {_CHOOSE}")

    def asked(self, members: Sequence[Member]) -> tuple[Member, str] | None:
        """Who leaves and how; None, with a sentence, when it is not certain."""
        member = self._member
        if member is None or member not in members:
            self.complain({"account": _CHOOSE})
            return None
        if self.value("account").strip().lower() != member.account.lower():
            self.complain({"account": f"To be sure, type the user name of {member.name}, as it stands in the list."})
            return None
        return member, self.value("how")


_CHOOSE = "Choose somebody on the staff in the list first."
_ENDS = "They no longer open this desk, and its key is changed. What they wrote stays. They can be added again later."
