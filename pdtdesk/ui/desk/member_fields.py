"""What is asked about a member of staff, and what is wrong with it before the desk is asked."""

import re

from pdtdesk.domain.names import TextRefused, check_name, check_text
from pdtdesk.services.desk.staff import REGISTRATION_LIMIT
from pdtdesk.ui.widgets.spec import FieldSpec

_ACCOUNT = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def member_specs(prefix: str = "", *, needed: bool, registration: bool) -> tuple[FieldSpec, ...]:
    """The fields `{prefix}account`, `{prefix}name` and, for those on a register, `{prefix}registration`."""
    specs = [
        FieldSpec(
            f"{prefix}account",
            "User name",
            help="Small letters and digits, as in r.adeyemi. Typed at every sign-in.",
            required=needed,
            max_length=200,
            can_be_not_asked=False,
        ),
        FieldSpec(
            f"{prefix}name",
            "Name",
            help="As it will stand under everything that this person writes.",
            required=needed,
            max_length=400,
            can_be_not_asked=False,
        ),
    ]
    if registration:
        specs.append(
            FieldSpec(
                f"{prefix}registration",
                "Registration number",
                help="NMC, GMC or other register; empty for those who have none.",
                max_length=200,
                can_be_not_asked=False,
            )
        )
    return tuple(specs)


def member_problems(account: str, name: str, registration: str, prefix: str = "") -> dict[str, str]:
    """Sentences by field; the desk itself looks again when it writes."""
    wrong: dict[str, str] = {}
    if not _ACCOUNT.fullmatch(account.strip().lower()):
        wrong[f"{prefix}account"] = (
            "A user name has 1 to 64 small letters, digits, dots, hyphens or underscores, and begins with a letter "
            "or digit."
        )
    try:
        check_name(name, "The name")
    except TextRefused as refused:
        wrong[f"{prefix}name"] = str(refused)
    try:
        check_text(registration, "The registration number", REGISTRATION_LIMIT)
    except TextRefused as refused:
        wrong[f"{prefix}registration"] = str(refused)
    return wrong
