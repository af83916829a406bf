"""How much of a medicine, said in milligrams and never in anything else.

A dose is written and read as words ("12.5 mg") and held as `Decimal`: a dose that passes through a float is
a dose that nobody can answer for.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Self

_NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,3})?", re.ASCII)
_WITH_UNIT = re.compile(r"(?P<number>[^a-zµμ]*?)\s*(?P<unit>[a-zµμ]+)\.?", re.IGNORECASE)
_SHOWN_AT_MOST = 40


class QuantityRefused(ValueError):
    """What was written cannot be read as a dose; the message says what was wrong and what to write."""


@dataclass(frozen=True, slots=True, order=True)
class Milligrams:
    """An amount of medicine in mg, zero or more; zero is legal, being the last step of a reduction."""

    amount: Decimal

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise QuantityRefused(f"A dose is held as a decimal, not as {type(self.amount).__name__}.")
        if not self.amount.is_finite() or self.amount < 0:
            raise QuantityRefused(f"{self.amount} mg is not a dose: write zero or more, such as 12.5 mg.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads a dose with its unit ("12.5 mg"); raises `QuantityRefused` for anything else."""
        return cls(_with_unit(text))

    @classmethod
    def typed(cls, text: str) -> Self:
        """Reads what is typed into a field that already shows mg beside it: "60" or "60 mg"."""
        bare = text.strip()
        return cls(_number(bare, _shown(text))) if _NUMBER.fullmatch(bare) else cls.parse(text)

    def __str__(self) -> str:
        whole = self.amount.to_integral_value()
        shown = whole if whole == self.amount else self.amount.normalize()
        return f"{shown:f} mg"


@lru_cache(maxsize=1024)
def _with_unit(text: str) -> Decimal:
    """The mg of a dose with its unit; remembered, as two years of a person's doses are few different amounts."""
    shown = _shown(text)
    match = _WITH_UNIT.fullmatch(text.strip())
    if match is None:
        raise QuantityRefused(
            f"{shown} is not a dose: write a number and mg, such as 12.5 mg."
            if not _NUMBER.fullmatch(text.strip())
            else f"{shown} has no unit: write it with mg, such as {text.strip()} mg."
        )
    unit = match["unit"].lower()
    if unit != "mg":
        raise QuantityRefused(f"{shown} is in {_named(unit)}; doses are written in mg, such as 12.5 mg.")
    return _number(match["number"], shown)


def _number(text: str, shown: str) -> Decimal:
    bare = text.strip()
    if _NUMBER.fullmatch(bare):
        return Decimal(bare)
    if bare.startswith(("-", "\u2212")):
        raise QuantityRefused(f"{shown} is below zero: a dose is zero or more, such as 12.5 mg.")
    if "," in bare:
        raise QuantityRefused(f"{shown} has a comma: write the decimal point, such as 12.5 mg.")
    raise QuantityRefused(
        f"{shown} is not a dose: write one plain number of at most six digits, "
        "with up to three after the point, such as 12.5 mg."
    )


def _named(unit: str) -> str:
    return {"g": "grams", "gram": "grams", "grams": "grams", "ml": "millilitres"}.get(unit, f"“{unit[:12]}”")


def _shown(text: str) -> str:
    clean = "".join(c if c.isprintable() else "?" for c in text[:_SHOWN_AT_MOST])
    return f"“{clean}…”" if len(text) > _SHOWN_AT_MOST else f"“{clean}”"
