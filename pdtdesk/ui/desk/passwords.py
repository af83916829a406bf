"""A new password, typed twice: what is asked, and what is wrong with it before the desk is asked."""

from pdtdesk.ui.widgets.spec import FieldSpec, Kind

SHORTEST = 8
"""Letters a new password must have here: of several words it is easily longer. The desk's keyring adds the rest."""

LONGEST = 1024

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
    if len(password) < SHORTEST:
        return {f"{prefix}password": f"A password has at least {SHORTEST} letters here; this has {len(password)}."}
    if account and password.casefold() == account.casefold():
        return {f"{prefix}password": "The password must not be the user name: it is the first thing tried."}
    if old and password == old:
        return {f"{prefix}password": "That is the password you have now. Choose another."}
    if password != again:
        return {f"{prefix}again": "The two do not agree. Type the password again, the same both times."}
    return {}
