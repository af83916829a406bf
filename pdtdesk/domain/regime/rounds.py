"""The four parts of a day's medicine round, and which of them a slot or an hour belongs to."""

from collections.abc import Container, Iterable
from datetime import date, datetime, time

from pdtdesk.domain.regime.schedule import DAY, SLOTS, slot_order

_MINUTES = 24 * 60


def part_of(slot: str) -> str:
    """The part of the day in which a slot is given: itself where it is named, else the nearest by the clock.

    Half past eight goes with the morning's round: nobody walks the landing twice for it.
    """
    if slot in SLOTS:
        return slot
    hour, _, minute = slot.partition(":")
    return part_at(time(int(hour), int(minute)))


def part_at(clock: time) -> str:
    """The part of the day that is nearest to an hour by the ward's clock, across midnight."""
    now = clock.hour * 60 + clock.minute

    def away(slot: str) -> int:
        hour, _, minute = slot_order(slot)[0].partition(":")
        apart = abs(now - int(hour) * 60 - int(minute))
        return min(apart, _MINUTES - apart)

    return min(SLOTS, key=away)


def over_at(slot: str, local: datetime) -> bool:
    """Whether the round of a slot of today is over at an hour of the ward."""
    part = part_at(local.time())
    after_midnight = part == "night" and local.hour < 12
    return not after_midnight and SLOTS.index(part_of(slot)) < SLOTS.index(part)


def first_day_for(slots: Iterable[str], local: datetime, written: Container[str] = ()) -> date:
    """The day on which something in these slots can be given first: today while one of them is still to come at an
    hour of the ward and nothing is `written` of it, else tomorrow."""
    today = local.date()
    to_come = any(not over_at(slot, local) for slot in slots if slot not in written)
    return today if to_come else today + DAY


def round_at(local: datetime) -> tuple[date, str]:
    """The round that an hour of the ward belongs to: (day, part). After midnight the night's is yesterday's still."""
    part = part_at(local.time())
    after_midnight = part == "night" and local.hour < 12
    return (local.date() - DAY if after_midnight else local.date()), part


def ward_day(slot: str, local: datetime) -> date:
    """The day whose dose it was that was given at a slot and an hour of the ward: after midnight the night's is
    yesterday's still, unless its slot is itself an hour after midnight."""
    return local.date() if _is_after_midnight(slot) else round_at(local)[0]


def has_begun(slot: str, day: date, local: datetime) -> bool:
    """Whether the round of a slot of a day has begun at an hour of the ward: before it nobody can have given it."""
    if _is_after_midnight(slot):
        return (day, slot) <= (local.date(), f"{local:%H:%M}")
    today, part = round_at(local)
    return (day, SLOTS.index(part_of(slot))) <= (today, SLOTS.index(part))


def _is_after_midnight(slot: str) -> bool:
    return part_of(slot) == "night" and slot_order(slot)[0] < "12:00"
