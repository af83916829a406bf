"""A pharmacy's opening hours as a nurse writes them down: `Mon-Fri 09:00-18:00, Sat 09:00-13:00`."""

import re
from datetime import time

from pdtdesk.domain.reception.facts import OpeningHours, OpenSpan

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PART = re.compile(
    r"(?P<first>[a-z]{3})[a-z]*(?:\s*(?:-|–|to)\s*(?P<last>[a-z]{3})[a-z]*)?\s+"
    r"(?P<opens>\d{1,2}[:.]?\d{0,2})\s*(?:-|–|to)\s*(?P<closes>\d{1,2}[:.]?\d{0,2})"
)


class NotOpeningHours(ValueError):
    """Hours that cannot be read; the message shows how they are written."""


def opening_hours(text: str) -> OpeningHours:
    """The hours of an ordinary week. A day that is not named is closed; raises `NotOpeningHours`."""
    week: list[list[OpenSpan]] = [[] for _ in _DAYS]
    for part in (part.strip() for part in re.split(r"[,;]", text.lower()) if part.strip()):
        found = _PART.fullmatch(part)
        if found is None or found["first"] not in _DAYS or (found["last"] or "mon") not in _DAYS:
            raise _unread(part)
        first = _DAYS.index(found["first"])
        last = _DAYS.index(found["last"]) if found["last"] else first
        try:
            span = OpenSpan(_clock(found["opens"]), _clock(found["closes"]))
        except ValueError as wrong:
            raise _unread(part) from wrong
        for day in range(first, last + 1) if first <= last else (*range(first, 7), *range(last + 1)):
            week[day].append(span)
    if not any(week):
        raise _unread(text)
    return OpeningHours(tuple(tuple(sorted(spans, key=lambda span: span.opens)) for spans in week))


def _clock(text: str) -> time:
    hours, _, minutes = text.replace(".", ":").partition(":")
    return time(int(hours), int(minutes or 0))


def _unread(part: str) -> NotOpeningHours:
    return NotOpeningHours(
        f"`{part[:40]}` are not opening hours. Write them like Mon-Fri 09:00-18:00, Sat 09:00-13:00."
    )
