"""How a recovery code is read from paper, wherever it is typed."""

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = "-–—."


def symbols_of(typed: str) -> str:
    """The letters and digits of what was typed, as the code has them: O is 0, I and L are 1 (Crockford's base 32)."""
    return "".join(c for c in typed.upper() if not c.isspace() and c not in _BETWEEN).translate(_READ_AS)


def is_last_group(typed: str, code: str) -> bool:
    """Whether somebody has read the last group of a printed code from its paper."""
    return symbols_of(typed) == code.rpartition("-")[2]
