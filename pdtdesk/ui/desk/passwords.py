"""A new password, typed twice: what is asked, and what is wrong with it before the desk is asked."""

from pdtdesk.domain.passwords import LONGEST, refusal
from pdtdesk.ui.widgets.spec import FieldSpec, Kind

HELP = "Three words that nobody would put together are long enough and easily kept."


def new_password_specs(prefix: str = "", label: str = "New password") -> tuple[FieldSpec, FieldSpec]:
    """The two fields of a new password: `{prefix}password` and `{prefix}again`."""
    first = FieldSpec(
        f"{prefix}password",
        label,
        Kind.SECRET,
        help=HELP,
        required=True,
        max_length=LONGEST,
        can_be_not_asked=False,
    )
    again = FieldSpec(
        f"{prefix}again",
        f"{label} again",
        Kind.SECRET,
        required=True,
        max_length=LONGEST,
        can_be_not_asked=False,
    )
    return first, again


def password_problems(password: str, again: str, *, account: str, old: str = "", prefix: str = "") -> dict[str, str]:
    """Sentences by field; empty when the password can be sent."""
    if refused := refusal(password, account):
        return {f"{prefix}password": refused}
    if old and password == old:
        return {f"{prefix}password": "That is the password you have now. Choose another."}
    if password != again:
        return {f"{prefix}again": "The two do not agree. Type the password again, the same both times."}
    return {}
