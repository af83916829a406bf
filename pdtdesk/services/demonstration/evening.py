"""The evening that the demonstration shows, and the clock that stands at it."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from pdtdesk.domain.calendar import LONDON, at_london, in_london
from pdtdesk.domain.names import excerpt

DEFAULT_TODAY = datetime(2010, 6, 1, 21, 40, tzinfo=LONDON)
"""The instant at which a demonstration desk stands unless another is asked for."""

RECEPTION_ENDS = time(21, 40)
"""The hour of the evening for which the sample list and the invented answers are written."""

WRITTEN_FOR = DEFAULT_TODAY.date()
"""The day for which the sample reception list is written; for another day it is moved by whole days."""

_TODAY = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)


@dataclass(slots=True)
class StandingClock:
    """A clock that shows what it was set to (port `Clock`), so that a demonstration evening stays that evening."""

    at: datetime

    def now(self) -> datetime:
        """The instant that it stands at."""
        return self.at


def evening_of(today: datetime) -> datetime:
    """The latest end of a reception evening at or before an instant: at 09:00 it was last night."""
    day = in_london(today).date()
    if in_london(today).time() < RECEPTION_ENDS:
        day -= timedelta(days=1)
    return at_london(day, RECEPTION_ENDS)


class NotAnEvening(ValueError):
    """Words that name no instant for a demonstration; the message says how one is written."""


def read_today(text: str) -> datetime:
    """The instant that `--today` names: a day (its evening, 21:40), or a day and a time. Raises `NotAnEvening`."""
    try:
        at = datetime.fromisoformat(text.strip() if _TODAY.fullmatch(text.strip()) else "")
        return (
            at.astimezone(LONDON) if at.tzinfo else at_london(at.date(), at.time() if ":" in text else RECEPTION_ENDS)
        )
    except (ValueError, OverflowError):
        raise NotAnEvening(
            f"--today: `{excerpt(text)}` is not a day. Write YYYY-MM-DD or YYYY-MM-DDTHH:MM, as 2010-06-01T21:40."
        ) from None
