"""What the tests of schedules share: doses, instants, the guidance as shipped and as the demonstration signs it."""

from datetime import date, datetime
from decimal import Decimal

from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.schedule import Schedule
from pdtdesk.policy.findings import Finding
from pdtdesk.policy.national import load_national
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.reckoned import Reckoned, ReleaseFrom, Term

DAY = date(2010, 6, 1)
NATIONAL = load_national()
SHIPPED = NATIONAL.on(DAY)
SIGNED = NATIONAL.over("demonstration").on(DAY)


def mg(amount: float | str) -> Milligrams:
    """A dose."""
    return Milligrams(Decimal(str(amount)))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of June 2010, by the ward's clock."""
    return datetime(2010, 6, day, hour, minute, tzinfo=LONDON)


def released(on: date | None, source: ReleaseFrom = ReleaseFrom.PRISON) -> Reckoned:
    """Custody with a day of release, or with none known."""
    if on is None:
        return Reckoned(Term.REMAND)
    return Reckoned(Term.SHORT, None, on, source, (on - DAY).days)


def daily(schedule: Schedule | None, days: int) -> list[str]:
    """The whole dose of each of the first days, as mg without their unit."""
    assert schedule is not None
    begins = schedule.first_day.toordinal()
    return [str(schedule.daily_on(date.fromordinal(begins + n))).removesuffix(" mg") for n in range(days)]


def codes(found: tuple[Finding, ...]) -> set[str]:
    """The codes of findings."""
    return {each.code for each in found}


def said(found: tuple[Finding, ...], code: Code) -> str:
    """What the findings of one code say."""
    return " ".join(each.sentence for each in found if each.code == code)
