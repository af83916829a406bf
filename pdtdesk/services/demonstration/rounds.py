"""The invented rounds: what somebody who does not exist was given, day by day, and where it was not taken."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pdtdesk.domain.calendar import at_london, day_of
from pdtdesk.domain.ids import uuid7
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import DAY, NOUGHT, Schedule
from pdtdesk.policy.regime.reviews import reassessed_from
from pdtdesk.services.demonstration.chance import Chance
from pdtdesk.services.demonstration.stays import Pen

_HOURS = {"morning": time(8, 10), "noon": time(12, 5), "evening": time(16, 50), "night": time(21, 45)}
_WRITTEN_UP = timedelta(minutes=75)
_REFUSED = (
    (Outcome.REFUSED, "free: did not want it today"),
    (Outcome.MISSED, "not_unlocked"),
    (Outcome.MISSED, "court"),
)
_WITNESSES = ("K. Boyle", "D. Okafor", "L. Marsh")


@dataclass(frozen=True, slots=True)
class Given:
    """An order whose doses are told; `by_score`: what is ordered is the most, and the dose followed a score."""

    patient_id: str
    stay_id: str
    order_id: str
    medicine: Ordered
    schedule: Schedule
    chance: Chance
    by_score: bool = False


def write_doses(pen: Pen, given: Given) -> None:
    """Every dose until tonight: most taken, some runs not, now and then a day of which nobody knows.

    A round is written up at its end, at one instant for everybody; each dose says when it was taken.
    """
    today, chance = day_of(pen.evening), given.chance
    last = min(given.schedule.last_day or today, today)
    run = _run(pen, given, last)
    lost = last - timedelta(days=chance.between(1, 3)) if chance.percent(5) else None
    if lost is not None and any(abs((lost - day).days) <= 1 for day in run):
        lost = None
    for day, _ in given.schedule.days(last):
        for slot, mg in given.schedule.on(day):
            if mg == NOUGHT or day == lost:
                continue
            at = at_london(day, _HOURS[slot]) + timedelta(minutes=chance.below(50))
            up = at_london(day, _HOURS[slot]) + _WRITTEN_UP
            if up > pen.evening:
                continue
            if day == today and slot == "morning" and chance.percent(6):
                if chance.percent(30):
                    _begun(pen, given, slot, mg, day, at)
                continue
            _dose(pen, given, slot, mg, at, up, missed=day in run)


def _run(pen: Pen, given: Given, last: date) -> frozenset[date]:
    """Days in a row on which it is not taken; of most, none. A long run has not ended yet: after it somebody looks
    again, and the old dose is not simply given."""
    chance = given.chance
    if not chance.percent(16):
        return frozenset()
    long = chance.weighted(((1, 44), (2, 28), (3, 18), (4, 10)))
    first = given.schedule.first_day + timedelta(days=8)
    span = (last - first).days - long
    if span < 1:
        return frozenset()
    begins = first + timedelta(days=chance.below(span))
    if long >= reassessed_from(pen.policy.on(last)):
        begins = last - (long - 1) * DAY
    return frozenset(begins + n * DAY for n in range(long))


def _dose(pen: Pen, given: Given, slot: str, mg: Milligrams, at: datetime, up: datetime, *, missed: bool) -> None:
    outcome, reason = given.chance.one_of(_REFUSED) if missed else (Outcome.TAKEN, "")
    body = {
        **_of(given, slot, mg, day_of(at)),
        "begun": _begun(pen, given, slot, mg, day_of(at), at) if outcome.counts else "",
        "outcome": outcome.value,
        "taken": None,
        "reason": reason.removeprefix("free: "),
        "witness": given.chance.one_of(_WITNESSES),
    }
    pen.diary.write(up, NewEntry("regime", "dose", body, pen.nurse, given.patient_id, happened_at=at))


def _begun(pen: Pen, given: Given, slot: str, mg: Milligrams, day: date, at: datetime) -> str:
    """Handed out, with the checks before it: answers with the entry. Without a dose the power failed after it."""
    body = {
        **_of(given, slot, mg, day),
        "identified_by": "photograph",
        "look": {"drowsy": False, "intoxicated": False},
        "witness": "",
        "hours": "",
    }
    entry = NewEntry(
        "regime",
        "dose_begun",
        body,
        pen.nurse,
        given.patient_id,
        happened_at=at,
        id=uuid7(at, Chance(f"{given.order_id} {day} {slot}").bytes),
    )
    pen.diary.write(at, entry)
    return entry.id or ""


def _of(given: Given, slot: str, mg: Milligrams, day: date) -> dict[str, object]:
    return {
        "stay": given.stay_id,
        "order": given.order_id,
        "course": given.order_id,
        "day": day.isoformat(),
        "slot": slot,
        "medicine": given.medicine.value,
        "ordered": str(mg),
        **({"most": str(mg)} if given.by_score else {}),
        "supervised": True,
    }
