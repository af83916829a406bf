"""Which day it is on the ward, how old somebody is, and how days and times are shown.

A day is the Europe/London date of an instant. Days are shown as `Tue 1 Jun 2010`, times by the 24-hour clock.
Nothing here asks what time it is: the instant is always given.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAY_BEGINS = time(8)
"""When the ward's night ends and its day begins: the product's own, no clinical figure."""

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class InstantWithoutZone(ValueError):
    """A time was given without its offset, so nobody can say when it was."""

    def __init__(self, instant: datetime) -> None:
        super().__init__(f"{instant.isoformat()} does not say its offset from UTC, so its day is not known.")


def read_day(text: str) -> date:
    """A day written `YYYY-MM-DD`, and no other form of it (no weeks, no bare digits); raises `ValueError`."""
    if not _DAY.fullmatch(text):
        raise ValueError(f"{text!r} is not written as YYYY-MM-DD")
    return date.fromisoformat(text)


def day_of(instant: datetime) -> date:
    """The ward's day on which something happened: the Europe/London date of the instant."""
    return in_london(instant).date()


def night_of(instant: datetime) -> date:
    """The day to which an hour belongs on the ward: until eight in the morning it is still the night before."""
    local = in_london(instant)
    return local.date() - timedelta(days=local.time() < DAY_BEGINS)


def night_ends(now: datetime) -> datetime:
    """The instant at which the ward's night, or day, of an instant is over: the next eight in the morning."""
    return at_london(night_of(now) + timedelta(days=1), DAY_BEGINS)


def in_london(instant: datetime) -> datetime:
    """The same instant by the ward's clock; raises `InstantWithoutZone` for one without an offset."""
    if instant.utcoffset() is None:
        raise InstantWithoutZone(instant)
    return instant.astimezone(LONDON)


def at_london(day: date, clock: time) -> datetime:
    """The instant at which the ward's clock shows this time on this day.

    In the hour that comes twice in October the first is meant; a time that the clock skips in March is read as the
    same time before the change.
    """
    return datetime.combine(day, clock.replace(tzinfo=None, fold=0), tzinfo=LONDON)


def whole_hours_between(earlier: datetime, later: datetime) -> int:
    """How many full hours have really gone by, whatever the clocks did in between; negative if it is to come."""
    if earlier.utcoffset() is None:
        raise InstantWithoutZone(earlier)
    if later.utcoffset() is None:
        raise InstantWithoutZone(later)
    gone = later.astimezone(UTC) - earlier.astimezone(UTC)
    return gone // timedelta(hours=1)


def hours_after(instant: datetime, hours: Decimal) -> datetime:
    """The ward's clock that many real hours after an instant, to the second."""
    return (in_london(instant).astimezone(UTC) + timedelta(seconds=int(hours * 3600))).astimezone(LONDON)


def age_on(born: date, day: date) -> int:
    """Full years of age on a day; somebody born on 29 February comes of age on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def show_day(day: date) -> str:
    """A day as every screen and page shows it: `Tue 1 Jun 2010`."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def show_near(day: date, today: date) -> str:
    """A day as it is said close to it: `Tue 1 Jun`, with the year where that is another."""
    return show_day(day).removesuffix(f" {today.year}")


def show_time(instant: datetime) -> str:
    """A time by the ward's 24-hour clock: `21:40`."""
    local = in_london(instant)
    return f"{local.hour:02}:{local.minute:02}"


def show_instant(instant: datetime) -> str:
    """Day and time together: `Tue 1 Jun 2010 21:40`."""
    return f"{show_day(day_of(instant))} {show_time(instant)}"
