"""The text of a TOML file as people write it: a time without its seconds is a time, `2010-05-20T09:30`.

What no file of this product needs, and only a slip or a spoilt file brings, is refused before it costs time: whole
numbers beyond those of TOML (64 bits), numbers of more digits than anybody writes, and keys of a hundred parts.
"""

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal

from pdtdesk.domain.names import excerpt

# Strings and comments are matched first, so that nothing within them is ever taken for a time.
_PIECES = re.compile(
    r""""{3}(?:\\.|[^\\])*?"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*"""
    r"""|(?P<time>(?<![\w.:-])\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d)(?=[Zz+\-\s,\]}\#]|$)""",
    flags=re.ASCII | re.DOTALL,
)
_WHOLE = range(-(2**63), 2**63)
_MOST_DIGITS = 40
_MOST_POINTS = 100
"""In one line, outside of words and comments: a key has a point between its parts."""


class NotToml(Exception):
    """A text is not TOML; the message says what is wrong and, where that is known, in which line."""


def loads(text: str) -> dict[str, object]:
    """The tables of a text, its decimals kept exact; raises `NotToml`. Lines keep their numbers."""
    _refuse_long_keys(text)
    try:
        found = tomllib.loads(_with_seconds(text), parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        raise NotToml(str(error)) from error
    except (RecursionError, ValueError, ArithmeticError) as error:
        raise NotToml("a number in it is too long, or a list too deep") from error
    for key, number in _whole_numbers(found):
        if number not in _WHOLE:
            raise NotToml(f"the number of key '{excerpt(key)}' is too large for TOML; look for a slip in it")
    return found


def _with_seconds(text: str) -> str:
    return _PIECES.sub(lambda piece: f"{piece[0]}:00" if piece["time"] else piece[0], text)


def _refuse_long_keys(text: str) -> None:
    bare = _PIECES.sub(lambda piece: "\n" * piece[0].count("\n"), text)
    for number, line in enumerate(bare.split("\n"), start=1):
        if line.count(".") > _MOST_POINTS:
            raise NotToml(
                f"there are more than {_MOST_POINTS} points in line {number}; no key is so long: look at the line, "
                "or break a long list over several"
            )


def _decimal(written: str) -> Decimal:
    if len(written) > _MOST_DIGITS:
        raise ValueError
    return Decimal(written)


def _whole_numbers(found: dict[str, object]) -> Iterator[tuple[str, int]]:
    """Every whole number with the key under which it stands, in whatever table or list."""
    left: list[tuple[str, object]] = list(found.items())
    while left:
        key, value = left.pop()
        if isinstance(value, dict):
            left += value.items()
        elif isinstance(value, list):
            left += [(key, each) for each in value]
        elif isinstance(value, int):
            yield key, value
