"""The text of a TOML file as people write it: a time without its seconds is a time, `2010-05-20T09:30`."""

import re
import tomllib
from decimal import Decimal

# Strings and comments are matched first, so that nothing within them is ever taken for a time.
_PIECES = re.compile(
    r""""{3}(?:\\.|[^\\])*?"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*"""
    r"""|(?P<time>(?<![\w.:-])\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d)(?=[Zz+\-\s,\]}\#]|$)""",
    flags=re.ASCII | re.DOTALL,
)


class NotToml(Exception):
    """A text is not TOML; the message says what is wrong and, where that is known, in which line."""


def loads(text: str) -> dict[str, object]:
    """The tables of a text, its decimals kept exact; raises `NotToml`. Lines keep their numbers."""
    try:
        return tomllib.loads(_with_seconds(text), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise NotToml(str(error)) from error
    except (RecursionError, ValueError, ArithmeticError) as error:
        raise NotToml("a number in it is too long, or a list too deep") from error


def _with_seconds(text: str) -> str:
    return _PIECES.sub(lambda piece: f"{piece[0]}:00" if piece["time"] else piece[0], text)
