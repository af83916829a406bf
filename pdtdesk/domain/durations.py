"""A length of time as a court or a plan gives it: 30 weeks, six months, a year and a half.

Written as ISO 8601 durations of days, weeks, months and years (`P30W`, `P1Y6M`). What a sentence comes to, and when
it ends, is not decided here: this only reads, words and adds.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from pdtdesk.domain.names import excerpt

_A_DAY, _THREE_DAYS = 24, 72
"""In hours."""

LONGEST_YEARS = 120
"""A written length beyond a lifetime is a slip of the pen (plausibility, no clinical or legal figure)."""

_FORM = re.compile(r"P(?:([0-9]{1,6})Y)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})W)?(?:([0-9]{1,6})D)?", flags=re.ASCII)


class NotADuration(ValueError):
    """A length that cannot be read or reached; the message is a sentence that shows it and how to write one."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A length as it was pronounced: six months stay six months and do not become 26 weeks."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        parts = (self.years, self.months, self.weeks, self.days)
        if min(parts) < 0 or not any(parts):
            raise NotADuration("A length of time has no negative part, and at least one part above nought.")

    def __str__(self) -> str:
        """The ISO 8601 form, `P1Y6M`."""
        parts = ((self.years, "Y"), (self.months, "M"), (self.weeks, "W"), (self.days, "D"))
        return "P" + "".join(f"{number}{letter}" for number, letter in parts if number)

    def in_words(self) -> str:
        """The length as it is said: `30 weeks`, `1 year 6 months`."""
        parts = ((self.years, "year"), (self.months, "month"), (self.weeks, "week"), (self.days, "day"))
        return " ".join(counted(number, word) for number, word in parts if number)

    def after(self, day: date) -> date:
        """The day this long after another; years and months first, clamped to the month's end, then days.

        31 January and one month is the last of February. Raises `NotADuration` beyond the calendar.
        """
        try:
            year, month_index = divmod(day.year * 12 + day.month - 1 + self.years * 12 + self.months, 12)
            month = month_index + 1
            clamped = date(year, month, min(day.day, monthrange(year, month)[1]))
            return clamped + timedelta(weeks=self.weeks, days=self.days)
        except (ValueError, OverflowError):
            raise NotADuration(f"{self.in_words()} after {day.isoformat()} lies beyond the calendar.") from None


def counted(number: int | Decimal, unit: str) -> str:
    """A count of a unit as it is said, `1 day`, `5 days`, `0.5 hours`; the unit is given in the singular."""
    return f"{number} {unit}{'' if number == 1 else 's'}"


def hours_said(hours: int) -> str:
    """Hours gone by as they are said: `36 hours`; from three days on with the full days, `80 hours (3 days)`."""
    said = counted(hours, "hour")
    return said if hours < _THREE_DAYS else f"{said} ({counted(hours // _A_DAY, 'day')})"


def parse_duration(text: str) -> Duration:
    """The length that `P30W`, `P6M`, `P1Y6M` or `P90D` stands for; raises `NotADuration`.

    Parts come in the order years, months, weeks, days; nothing at all, fractions, signs and hours are refused.
    """
    stripped = text.strip()
    found = _FORM.fullmatch(stripped.upper())
    if found is None or stripped in ("P", "p"):
        raise NotADuration(
            f"`{excerpt(stripped)}` is not a length of time. "
            "Write P and whole years, months, weeks or days, as in P30W, P6M, P1Y6M or P90D."
        )
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    if not (years or months or weeks or days):
        raise NotADuration(f"`{excerpt(stripped)}` is no time at all. Leave it out if no length was given.")
    if years * 366 + months * 31 + weeks * 7 + days > LONGEST_YEARS * 366:
        raise NotADuration(
            f"`{excerpt(stripped)}` is longer than {LONGEST_YEARS} years. Look for a slip in the number."
        )
    return Duration(years=years, months=months, weeks=weeks, days=days)


_WORDS = re.compile(r"([0-9]{1,6}) ?(years?|months?|weeks?|days?)", flags=re.ASCII | re.IGNORECASE)
_NAMES = {"Y": "years", "M": "months", "W": "weeks", "D": "days"}


def read_length(text: str) -> Duration:
    """A length as people write it, `30 weeks`, `1 year 6 months`, or in its ISO form. Raises `NotADuration`."""
    bare = " ".join(text.replace(",", " ").replace(" and ", " ").split())
    found = _WORDS.findall(bare)
    if not found or _WORDS.sub("", bare).strip():
        return parse_duration(bare)
    parts: dict[str, str] = {}
    for number, word in found:
        letter = word[0].upper()
        if letter in parts:
            raise NotADuration(f"`{excerpt(text)}` names {_NAMES[letter]} twice. Write it once, as 1 year 6 months.")
        parts[letter] = number
    return parse_duration("P" + "".join(f"{parts[letter]}{letter}" for letter in _NAMES if letter in parts))
