"""Sundays, weekends and bank holidays of England: when a review is planned, when somebody answers the telephone."""

from datetime import date, timedelta
from functools import lru_cache

_SATURDAY, _SUNDAY = 5, 6
_ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    import holidays  # only here: it is not needed until somebody is assessed

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_bank_holiday(day: date) -> bool:
    """Whether a day is a bank or public holiday in England, the days given in lieu included."""
    return day in _bank_holidays(day.year)


def is_working_day(day: date) -> bool:
    """Monday to Friday, and not a bank holiday."""
    return day.weekday() < _SATURDAY and not is_bank_holiday(day)


def next_working_day(after: date) -> date:
    """The first working day after a day."""
    day = after + _ONE_DAY
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def working_day_before(day: date) -> date:
    """The last working day before a day."""
    before = day - _ONE_DAY
    while not is_working_day(before):
        before -= _ONE_DAY
    return before


def planned_for_review(due: date) -> date:
    """The day a review is planned for: the day before, where it falls on a Sunday or bank holiday (S-05)."""
    day = due
    while day.weekday() == _SUNDAY or is_bank_holiday(day):
        day -= _ONE_DAY
    return day
