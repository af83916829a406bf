"""What a sentence comes to: how many days it is, whether it counts as short, and the release that follows (R-21).

Exact to the day. A period in months is first turned into days from its own start, so that six months from
31 August are not 26 weeks. Point of release and the length of a short sentence are parameters, and given.
"""

from datetime import date, timedelta

from pdtdesk.domain.durations import Duration

_WHOLE = 100


def days_in(length: Duration, begins: date) -> int:
    """How many days a sentence is that begins on a day; raises `NotADuration` beyond the calendar."""
    return (length.after(begins) - begins).days


def is_short(length: Duration, begins: date, *, weeks: int, months: int) -> bool:
    """Whether a sentence is no longer than so many weeks, or no longer than so many calendar months, from its start.

    Both count because courts pronounce both: six months are from 181 to 184 days, and 26 weeks are 182.
    """
    ends = length.after(begins)
    return ends <= begins + timedelta(weeks=weeks) or ends <= Duration(months=months).after(begins)


def release_day(sentenced_on: date, length: Duration, remand_days: int, served_per_cent: int) -> date:
    """The latest estimate of the day of release: the day of sentence is day one, the part that is served is rounded
    up, and days on remand that count are taken off; never before the day of sentence itself.
    """
    serves = -(-days_in(length, sentenced_on) * served_per_cent // _WHOLE) - remand_days
    return sentenced_on + timedelta(days=max(serves, 1) - 1)
