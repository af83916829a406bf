"""What a password must be to be taken, wherever it is given: in the window, at the command line, with a code."""

SHORTEST, LONGEST = 8, 1024
"""In characters. Of several words it is easily longer than the shortest; the desk's keyring adds the rest."""


def refusal(password: str, account: str) -> str:
    """Why it is not taken, as a sentence; empty where it is."""
    if len(password) < SHORTEST:
        return f"A password has at least {SHORTEST} letters here; this has {len(password)}."
    if len(password) > LONGEST or "\0" in password:
        return f"A password has at most {LONGEST:,} characters and no NUL. Choose another."
    if password.casefold() == account.casefold():
        return "The password must not be the user name: it is the first thing tried."
    return ""
