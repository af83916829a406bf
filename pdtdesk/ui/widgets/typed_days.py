"""Days and times as a nurse types them at 21:40: `30 May`, `30/5`, `yesterday`, `-2`, `19:05`.

Pure: today and now are arguments. What was understood is always shown in full (`Sun 30 May 2010`), so that a
slip is seen before it is saved. A day without a year is the nearest one on the side that the question leans to.
"""

import re
from datetime import date, datetime, time, timedelta
from enum import StrEnum

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FULL_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_EARLIEST, _LATEST = 1900, 2199
HOW_DAY = "Type it as 30 May, 30/5, 30.5.2010, yesterday or -2 (two days ago)."
HOW_MOMENT = "Type it as 19:05, yesterday 19:05 or 30 May 19:05."


class Lean(StrEnum):
    """Which way a question looks: back (last used), or forward (next appointment)."""

    PAST = "past"
    FUTURE = "future"


class NotADay(ValueError):
    """What was typed is no day or time; `sentence` says what to type instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def day_words(day: date) -> str:
    """A day as it is shown everywhere: `Tue 1 Jun 2010`."""
    return f"{_WEEKDAYS[day.weekday()].title()} {day.day} {_MONTHS[day.month - 1].title()} {day.year}"


def moment_words(moment: datetime) -> str:
    """A day and time as shown everywhere: `Tue 1 Jun 2010 · 21:40`."""
    return f"{day_words(moment.date())} · {moment:%H:%M}"


def read_day(typed: str, today: date, lean: Lean = Lean.PAST) -> date:
    """The day that was meant; raises `NotADay` with what to type instead."""
    words = re.sub(r"[,\s]+", " ", typed.strip().lower())
    if not words:
        raise NotADay(f"No day was typed. {HOW_DAY}")
    spoken = _spoken(words, today, lean)
    if spoken is not None:
        return spoken
    named, rest = _leading_weekday(words)
    day = _written(rest, typed.strip(), today, lean)
    if named is not None and day.weekday() != named:
        raise NotADay(
            f"{day.day} {_MONTHS[day.month - 1].title()} {day.year} is a {_FULL_WEEKDAYS[day.weekday()]}, "
            f"not a {_FULL_WEEKDAYS[named]}. Type the day again."
        )
    return day


def _spoken(words: str, today: date, lean: Lean) -> date | None:
    near = {"today": 0, "t": 0, "now": 0, "tonight": 0, "yesterday": -1, "y": -1, "tomorrow": 1}
    if words in near:
        return _shift(today, near[words])
    if away := re.fullmatch(r"([+-])\s?(\d{1,4})", words):
        return _shift(today, int(away[2]) * (1 if away[1] == "+" else -1))
    if ago := re.fullmatch(r"(\d{1,4}) (day|week)s? ago", words):
        return _shift(today, -int(ago[1]) * (7 if ago[2] == "week" else 1))
    named, rest = _leading_weekday(words)
    if named is not None and not rest:
        back = (today.weekday() - named) % 7
        return today - timedelta(days=back) if lean is Lean.PAST else today + timedelta(days=(7 - back) % 7)
    return None


def _shift(today: date, days: int) -> date:
    try:
        return today + timedelta(days=days)
    except OverflowError as beyond:
        raise NotADay(f"That is too many days away. {HOW_DAY}") from beyond


def _leading_weekday(words: str) -> tuple[int | None, str]:
    match = re.match(r"([a-z]{3,9})\b\.?\s?(.*)$", words)
    if match is None:
        return None, words
    for number, full in enumerate(_FULL_WEEKDAYS):
        if full.lower().startswith(match[1]):
            return number, match[2]
    return None, words


def _written(words: str, typed: str, today: date, lean: Lean) -> date:
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words):
        return _real(int(iso[1]), int(iso[2]), int(iso[3]), typed)
    match = re.fullmatch(r"(\d{1,2})\s?[/.\-\s]\s?(\d{1,2})(?:\s?[/.\-\s]\s?(\d{4}|\d{2}))?\.?", words)
    if match:
        month = int(match[2])
    else:
        match = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?[\s.\-]?([a-z]{3,9})\.?(?:[\s\-]?(\d{4}|\d{2}))?", words)
        month = _month(match[2]) if match else 0
        if match is None or month == 0:
            raise NotADay(f"“{typed[:40]}” is not a day. {HOW_DAY}")
    number, year = int(match[1]), match[3]
    if year is None:
        return _nearest(number, month, typed, today, lean, step=1)
    if len(year) == 2:
        return _nearest(number, month, typed, today, lean, step=100, digits=int(year))
    return _real(int(year), month, number, typed)


def _month(word: str) -> int:
    for number, full in enumerate(_FULL_MONTHS, start=1):
        if full.startswith(word) or word == "sept" == full[:4]:
            return number
    return 0


def _nearest(
    number: int, month: int, typed: str, today: date, lean: Lean, *, step: int, digits: int | None = None
) -> date:
    """The nearest year, on the side that the question leans to, in which that day exists."""
    year = today.year if digits is None else today.year - today.year % 100 + digits
    direction = -1 if lean is Lean.PAST else 1
    for turn in range(-1, 9):  # 29 February may be eight years away, across 1900 or 2100
        try:
            day = date(year + direction * turn * step, month, number)
        except ValueError:
            continue
        if (day <= today) if lean is Lean.PAST else (day >= today):
            return day
    return _real(year, month, number, typed)


def _real(year: int, month: int, number: int, typed: str) -> date:
    if not _EARLIEST <= year <= _LATEST:
        raise NotADay(f"“{typed[:40]}”: the year must be from {_EARLIEST} to {_LATEST}.")
    if not 1 <= month <= 12:
        raise NotADay(f"“{typed[:40]}”: there is no month {month}. The day comes first: 30/5 is 30 May.")
    try:
        return date(year, month, number)
    except ValueError as unreal:
        raise NotADay(
            f"“{typed[:40]}”: {_MONTHS[month - 1].title()} {year} has no day {number}. Type the day again."
        ) from unreal


def read_time(typed: str) -> time:
    """A time of day: `19:05`, `19.05`, `1905`, `7pm`; raises `NotADay`."""
    words = typed.strip().lower().replace(" ", "")
    match = re.fullmatch(r"(\d{1,2})[:.]?(\d{2})(am|pm)?", words) or re.fullmatch(r"(\d{1,2})()(am|pm)", words)
    if match:
        hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half:
            hour = 99
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise NotADay(f"“{typed.strip()[:40]}” is not a time. {HOW_MOMENT}")


def read_moment(typed: str, now: datetime, lean: Lean = Lean.PAST) -> datetime:
    """A day and a time, to the minute, local; a time alone is the nearest one that the question leans to.

    At half past midnight `23:50` is yesterday's, when the question looks back.
    """
    words = typed.strip().replace("·", " ")
    if words.lower() == "now":
        return now.replace(second=0, microsecond=0)
    if iso := re.fullmatch(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})", words):
        return datetime.combine(read_day(iso[1], now.date(), lean), read_time(iso[2]), now.tzinfo)
    match = re.fullmatch(r"(?:(.*?)[\s,]+(?:at\s+)?)?(\d{1,2}(?:[:.]?\d{2})?\s?(?:am|pm)?)", words, re.IGNORECASE)
    if match is None:
        read_day(words, now.date(), lean)
        raise NotADay(f"The time is missing after “{words[:40]}”. {HOW_MOMENT}")
    day, clock = match[1], read_time(match[2])
    if day:
        return datetime.combine(read_day(day, now.date(), lean), clock, now.tzinfo)
    moment = datetime.combine(now.date(), clock, now.tzinfo)
    if lean is Lean.PAST and moment > now:
        return moment - timedelta(days=1)
    if lean is Lean.FUTURE and moment < now.replace(second=0, microsecond=0):
        return moment + timedelta(days=1)
    return moment
