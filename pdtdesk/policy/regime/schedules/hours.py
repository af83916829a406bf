"""How long after the last opioid a first dose may stand: the signed hours, or the prescriber's own time (D-22)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from pdtdesk.domain.calendar import at_london, day_of, hours_after, in_london, show_instant, show_time
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import DAY, NotASchedule, Schedule, slot_order
from pdtdesk.policy.findings import Finding, Tier
from pdtdesk.policy.parameters import NotSignedLocally, ParametersOnDay, Reading
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.schedules.days import in_day_order
from pdtdesk.policy.regime.schedules.figures import BY_HAND
from pdtdesk.policy.regime.standing import rg

_HOUR = 3600
AFTER_OPIOID = {
    Ordered.BUPRENORPHINE: "buprenorphine_after_opioid_hours",
    Ordered.NALTREXONE: "naltrexone_after_opioid_hours",
}
"""The parameters, by the medicine's active name, of the hours between the last opioid and its first dose."""


@dataclass(frozen=True, slots=True)
class FirstDose:
    """The day of a first dose, the time at which it stands where one was entered, and what is said of the hours."""

    day: date | None
    slot: str | None
    findings: tuple[Finding, ...]


def first_dose(
    medicine: str,
    asked: str,
    last_at: datetime | None,
    entered_at: datetime | None,
    slots: tuple[str, ...],
    params: ParametersOnDay,
) -> FirstDose:
    """When a first dose stands; no day where the time is neither entered nor reckoned from signed hours."""
    last_at = None if last_at is None else in_london(last_at)
    if entered_at is not None:
        found = hours_between(medicine, asked, last_at, in_london(entered_at), params)
        return FirstDose(day_of(entered_at), show_time(entered_at), found)
    if last_at is None:
        return FirstDose(None, None, (_not_known(medicine, asked, params),))
    least = _hours(asked, params)
    if isinstance(least, NotSignedLocally):
        said = f"First {medicine}: the hours after the last opioid are not signed here. {BY_HAND}"
        return FirstDose(None, None, (rg(Code.SCHEDULE_NOT_SIGNED, Tier.MUST_ACKNOWLEDGE, said, [least]),))
    earliest = hours_after(last_at, least.value)
    day, slot = day_of(earliest), in_day_order(slots)[0]
    if at_london(day, clock_of(slot)).timestamp() < earliest.timestamp():
        day += DAY
    said = f"First {medicine} {least.shown} or more after the last opioid: not before {show_instant(earliest)}."
    return FirstDose(day, None, (rg(Code.SCHEDULE_AS_SIGNED, Tier.NOTE, said, [least]),))


def hours_between(
    medicine: str, asked: str, last_at: datetime | None, first_at: datetime, params: ParametersOnDay
) -> tuple[Finding, ...]:
    """What is said of the hours between the last opioid and a first dose whose time is entered."""
    if last_at is None:
        return (_not_known(medicine, asked, params),)
    gone = (first_at.timestamp() - last_at.timestamp()) / _HOUR
    if gone <= 0:
        raise NotASchedule(
            f"The first {medicine}, {show_instant(first_at)}, does not lie after the last opioid, "
            f"{show_instant(last_at)}: correct one of the two."
        )
    said = f"First {medicine} {int(gone)} full hours after the last opioid"
    least = _hours(asked, params)
    if isinstance(least, NotSignedLocally):
        said += f"; no interval is signed here to compare with, and the prescriber decides. {BY_HAND}"
        return (rg(Code.SCHEDULE_ENTERED, Tier.MUST_ACKNOWLEDGE, said, [least]),)
    if first_at.timestamp() < hours_after(last_at, least.value).timestamp():
        said += f", before the {least.shown} that are signed ({least.reference})."
        return (rg(Code.SCHEDULE_TOO_SOON, Tier.MUST_ACKNOWLEDGE, said, [least]),)
    said += f"; {least.shown} or more are signed ({least.reference})."
    return (rg(Code.SCHEDULE_AS_SIGNED, Tier.NOTE, said, [least]),)


def since_opioid(
    schedule: Schedule, medicine: Ordered, last_at: datetime | None, params: ParametersOnDay
) -> tuple[Finding, ...]:
    """What is said of the hours before a first dose that stands in a schedule; nothing of other medicines."""
    if medicine.active not in AFTER_OPIOID or not schedule.on(schedule.first_day):
        return ()
    last_at = None if last_at is None else in_london(last_at)
    return hours_between(medicine.words, AFTER_OPIOID[medicine.active], last_at, first_at(schedule), params)


def first_at(schedule: Schedule) -> datetime:
    """When the first dose of a schedule stands; where its first day has none, the usual hour of a morning."""
    doses = schedule.on(schedule.first_day)
    return at_london(schedule.first_day, clock_of(doses[0][0] if doses else "morning"))


def clock_of(slot: str) -> time:
    """The usual hour of a slot."""
    return time.fromisoformat(slot_order(slot)[0])


def _hours(asked: str, params: ParametersOnDay) -> Reading[Decimal] | NotSignedLocally:
    try:
        return params.hours(asked)
    except NotSignedLocally as refusal:
        return refusal


def _not_known(medicine: str, asked: str, params: ParametersOnDay) -> Finding:
    said = f"When the last opioid was taken is not known: ask, and enter the time of the first {medicine} by hand."
    return rg(Code.SCHEDULE_LAST_OPIOID, Tier.MUST_ACKNOWLEDGE, said, [_hours(asked, params)])
