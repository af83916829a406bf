"""When the pharmacy can next be asked: in the evening, at a weekend, over a bank holiday."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pdtdesk.domain.calendar import at_london, day_of, show_day, show_instant, show_time
from pdtdesk.domain.reception.facts import OpeningHours, OpenSpan
from pdtdesk.policy.working_days import is_bank_holiday, next_working_day

# Long enough to pass any run of bank holidays and weekends; a pharmacy that opens on no day of it is as unknown.
_LOOK_AHEAD = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class NextOpening:
    """When somebody at the pharmacy can be asked; without an hour where its opening hours are not known."""

    on: date
    at: datetime | None
    open_now: bool = False

    def in_words(self, name: str | None) -> str:
        """`Mill Lane pharmacy opens Wed 2 Jun 2010 08:30`, as the plan says it."""
        who = name or "The pharmacy"
        if self.open_now and self.at is not None:
            return f"{who} is open until {show_time(self.at)}"
        if self.at is not None:
            return f"{who} opens {show_instant(self.at)}"
        return f"{who}: opening hours not known, next working day {show_day(self.on)}"


def next_opening(hours: OpeningHours | None, now: datetime) -> NextOpening:
    """The next time a pharmacy can be asked, from an instant on.

    With unknown hours it is the next working day, stated as a day without an hour: none is invented. Where it is
    open now, `at` is when it closes. Bank holidays count as closed unless the hours say otherwise.
    """
    today = day_of(now)
    if hours is not None:
        day = today
        while day <= today + _LOOK_AHEAD:
            for span in _spans(hours, day):
                opens, closes = at_london(day, span.opens), at_london(day, span.closes)
                if opens <= now < closes:
                    return NextOpening(day, closes, open_now=True)
                if now < opens:
                    return NextOpening(day, opens)
            day += timedelta(days=1)
    return NextOpening(next_working_day(today), None)


def _spans(hours: OpeningHours, day: date) -> tuple[OpenSpan, ...]:
    if is_bank_holiday(day) and not hours.open_on_bank_holidays:
        return ()
    return tuple(sorted(hours.week[day.weekday()], key=lambda span: span.opens))
