"""How long people wait: from reception to the first dose, to the community dose, to the first contact.

People told of five days until treatment began and a week until a drug worker came (000 A 3.21, 3.22, 3.48); each
clock starts at the arrival and runs until what it waits for is written down.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pdtdesk.domain.reception.person import Stay
from pdtdesk.domain.reception.reading import Given

_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Clock:
    """One wait: what for, since when, and when it ended; None while it runs."""

    waits_for: str
    since: datetime
    ended: datetime | None = None

    def waited(self, now: datetime) -> timedelta:
        """How long it has run, or ran."""
        return (self.ended or now) - self.since

    def in_words(self, now: datetime) -> str:
        """`first dose: waiting 3 h 40 min`; `first CARAT contact after 2 d 4 h`."""
        waited = wait_in_words(self.waited(now))
        return f"{self.waits_for}: waiting {waited}" if self.ended is None else f"{self.waits_for} after {waited}"


def clocks(stay: Stay, values: Mapping[str, str]) -> tuple[Clock, ...]:
    """The clocks of a stay. `values` are its answers as they stand; a dose given before the arrival ends no clock."""
    given = Given(values)
    found = []
    first_dose = given.moment("management.first_dose_at")
    prescribed = given.yes("prescribed.any")
    if prescribed or first_dose is not None or _withdrawing(values):
        ended = first_dose if first_dose is not None and first_dose >= stay.arrived_at else None
        found.append(Clock("first dose", stay.arrived_at, ended))
    if prescribed:
        found.append(Clock("community dose", stay.arrived_at))  # ended by the doses given, with the regime's stage
    contact = next((task.settled for task in stay.tasks if task.what == "carat_referral" and task.settled), None)
    if contact is not None or any(task.what == "carat_referral" for task in stay.tasks):
        found.append(Clock("first CARAT contact", stay.arrived_at, contact.header.happened_at if contact else None))
    return tuple(found)


def _withdrawing(values: Mapping[str, str]) -> bool:
    return values.get("withdrawal.seen", "none") not in ("none", "")


def wait_in_words(span: timedelta) -> str:
    """A wait as it is said: `40 min`, `3 h 40 min`, `2 d 4 h`."""
    minutes = max(0, int(span.total_seconds()) // _MINUTES)
    days, hours, rest = minutes // (24 * _MINUTES), minutes // _MINUTES % 24, minutes % _MINUTES
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {rest:02d} min" if hours else f"{rest} min"
