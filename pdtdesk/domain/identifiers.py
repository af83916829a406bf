"""The two numbers by which a person in prison is known: the prison number and the NHS number.

Both are kept in one written form, so that the same number is the same text everywhere (guidance facts,
Identifiers).
"""

import re
from typing import NewType

from pdtdesk.domain.names import excerpt

PrisonNumber = NewType("PrisonNumber", str)
"""One letter, four digits, two letters, in capitals: `A4127CK`."""

NhsNumber = NewType("NhsNumber", str)
"""Ten digits without spaces, of which the last is the check digit."""

# The letters are spelt out: ignoring case would let in the Kelvin sign and the long s.
_PRISON_NUMBER = re.compile(r"[A-Za-z][0-9]{4}[A-Za-z]{2}")
_NHS_NUMBER = re.compile(r"[0-9]{10}")
_WEIGHTS = range(10, 1, -1)


class NotAnIdentifier(ValueError):
    """A number that cannot be anybody's; the message is a sentence that shows it and says what is wrong."""

    @property
    def sentence(self) -> str:
        """The same as words for the screen."""
        return str(self)


def prison_number(text: str) -> PrisonNumber:
    """The prison number on the reception list, in capitals; raises `NotAnIdentifier`."""
    stripped = text.strip()
    if not _PRISON_NUMBER.fullmatch(stripped):
        raise NotAnIdentifier(f"`{excerpt(stripped)}` is not a prison number (one letter, four digits, two letters).")
    return PrisonNumber(stripped.upper())


def nhs_number(text: str) -> NhsNumber:
    """The NHS number that a person or a letter gives, spaces tolerated; raises `NotAnIdentifier`.

    Weights 10 to 2, modulo 11; a check of 10 belongs to nobody. A digit ten times over passes that sum, so
    it is refused by itself: it is what people type when they have no number.
    """
    digits = "".join(text.split())
    if not _NHS_NUMBER.fullmatch(digits):
        raise NotAnIdentifier(f"`{excerpt(text.strip())}` is not an NHS number (ten digits).")
    if digits == digits[0] * 10:
        raise NotAnIdentifier(
            f"`{digits}` is one digit ten times over and is nobody's NHS number. Leave it empty if it is not known."
        )
    if _check_digit(digits[:9]) != int(digits[9]):
        raise NotAnIdentifier(
            f"`{digits}` is not an NHS number: its last digit does not fit the others. "
            "Compare it with the letter or card."
        )
    return NhsNumber(digits)


def spaced_nhs_number(number: NhsNumber) -> str:
    """The NHS number as it is printed and read aloud: `943 476 5919`."""
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def _check_digit(first_nine: str) -> int:
    """The digit that must follow the nine; 10 stands for no digit at all, and fits none."""
    remainder = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_nine, strict=True)) % 11
    return (11 - remainder) % 11
