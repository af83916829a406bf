"""A schedule changed by hand: some of its days get other doses, and every other day stays as it was."""

from datetime import date

from pdtdesk.domain.regime.schedule import DAY, Doses, NotASchedule, Schedule, Stretch


def with_days(schedule: Schedule, first: date, last: date | None, doses: Doses) -> Schedule:
    """The schedule with other doses from a day to a day, both counted; to its end and beyond where `last` is None.

    Days that lie just before it or just after its end may be added; a gap may not. Raises `NotASchedule`.
    """
    if last is not None and last < first:
        raise NotASchedule("The last day lies before the first: put the later day last.")
    ends = schedule.last_day
    if first < schedule.first_day - DAY or (ends is not None and first > ends + DAY):
        raise NotASchedule("These days would leave a gap in the schedule: begin on a day of it, or next to it.")
    kept: list[Stretch] = []
    for stretch in schedule.stretches:
        if stretch.first_day < first:
            before = first - DAY
            until = before if stretch.last_day is None else min(stretch.last_day, before)
            kept.append(Stretch(stretch.first_day, until, stretch.doses))
    kept.append(Stretch(first, last, doses))
    if last is not None:
        rest = schedule.from_day(last + DAY)
        kept += rest.stretches if rest is not None else ()
    return Schedule(tuple(_together(kept)))


def _together(stretches: list[Stretch]) -> list[Stretch]:
    """Neighbours on which the same is given, as one."""
    joined: list[Stretch] = []
    for stretch in stretches:
        if joined and joined[-1].doses == stretch.doses:
            joined[-1] = Stretch(joined[-1].first_day, stretch.last_day, stretch.doses)
        else:
            joined.append(stretch)
    return joined
