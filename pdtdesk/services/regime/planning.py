"""A course as it would be ordered: day by day, with what is said of it and what would stop it. Nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from pdtdesk.domain.calendar import in_london
from pdtdesk.domain.regime.courses import (
    AlcoholByScore,
    ByHand,
    Conversion,
    Maintenance,
    Reduction,
    Request,
    Titration,
)
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.rounds import first_day_for
from pdtdesk.domain.regime.schedule import DAY, Schedule
from pdtdesk.domain.regime.treatment import Begun, Dose
from pdtdesk.domain.roles import Permission
from pdtdesk.policy.findings import Finding
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.schedules import compare, plan
from pdtdesk.policy.regime.since_last import hours_since_witnessed
from pdtdesk.policy.regime.stops import Stop
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.regime.ordering import stops_of_last_days, stops_of_order
from pdtdesk.services.regime.saying import last_days_findings, order_findings
from pdtdesk.services.regime.standing import RegimeNow, told_of
from pdtdesk.services.regime.taking import last_opioid_at, last_witnessed, taken_before, taken_since, witnessed_other
from pdtdesk.services.regime.whom import for_whom


@dataclass(frozen=True, slots=True)
class Planned:
    """What a request comes to for one person: a schedule (None: enter it by hand), findings, the stops of its order.

    `ends` is the medicine that a planned switch stops, with its last days; `instructions` are for whoever gives it.
    """

    medicine: Ordered | None
    schedule: Schedule | None
    findings: tuple[Finding, ...]
    stops: tuple[Stop, ...]
    ends: tuple[Ordered, Schedule] | None = None
    instructions: str = ""


@action(Permission.DECIDE_REGIME)
def propose_course(acting: Acting, now: RegimeNow, request: Request) -> Planned:
    """What guidance and the signed figures make of a request for this person. Raises `NotASchedule`."""
    params = acting.policy.on(now.today)
    made = plan(_as_taken(request, now), params, for_whom(now))
    found = list(made.findings)
    stops: tuple[Stop, ...] = ()
    if made.schedule is not None and made.medicine is not None:
        told = {each.code for each in found}
        again = Code.SCHEDULE_REINDUCTION in told
        said = order_findings(now, made.medicine, made.schedule, acting.policy, again=again)
        found += [each for each in said if each.code not in told]
        stops = stops_of_order(now, made.medicine, made.schedule, acting)
        if isinstance(request, Conversion) and made.ends is not None:
            last_days = (request.from_medicine, made.ends)
            found += last_days_findings(now, *last_days, acting.policy)
            stops += stops_of_last_days(now, last_days, acting)
        if made.medicine.is_substitute:
            found.append(hours_of(now, made.medicine, params))
    ordered = tuple(sorted(dict.fromkeys(found), key=lambda each: each.tier.rank))
    ends = (request.from_medicine, made.ends) if isinstance(request, Conversion) and made.ends is not None else None
    words = request.words if isinstance(request, AlcoholByScore) else ""
    return Planned(made.medicine, made.schedule, ordered, stops, ends, words)


def first_day_in(now: RegimeNow, slots: Iterable[str], medicine: Ordered | None) -> date:
    """The day on which a course in these slots can begin: today while the round of one is still to come and nothing
    of the medicine, or of what it takes the place of, was handed out or written in it; else tomorrow."""
    treatment = now.treatment
    both: tuple[Dose | Begun, ...] = (*treatment.doses, *treatment.begun)
    today = [each for each in both if each.day == now.today]
    written = {each.slot for each in today if medicine is not None and each.medicine.stands_for(medicine)}
    return first_day_for(slots, in_london(now.at), written)


def hours_of(now: RegimeNow, medicine: Ordered, params: ParametersOnDay) -> Finding:
    """How long ago a dose of a medicine was last seen taken: said wherever a dose of it is decided (D-23)."""
    told = told_of(now.person, now.stay, now.at)
    at, _ = last_witnessed(now.treatment, medicine, told, now.at)
    other = witnessed_other(now.treatment, medicine, told, now.at)
    return hours_since_witnessed(at, now.at, params, other=other)


def as_changed(medicine: Ordered, schedule: Schedule, now: RegimeNow) -> ByHand:
    """A schedule that was changed by hand, as a request that is looked at like any other."""
    last = schedule.last_day
    until = schedule.stretches[-1].first_day if last is None else last
    days = tuple((day, schedule.on(day)) for day in _days(schedule.first_day, until))
    taken = taken_before(now, medicine)
    return ByHand(medicine, days, goes_on=last is None, begins=taken is None, already_on=taken)


def compared_words(first: Schedule, second: Schedule, now: RegimeNow) -> str:
    """Two schedules side by side in one sentence: on which day each ends, against release."""
    return compare(first, second, now.assessment.custody).sentence


def _as_taken(request: Request, now: RegimeNow) -> Request:
    """A medicine that is taken already is no first dose: what was taken, and since when, stands in the request."""
    match request:
        case Titration() if request.already_on is None:
            return replace(request, already_on=taken_before(now, request.medicine))
        case Reduction() if request.taken_since is None:
            return replace(request, taken_since=taken_since(now, request.medicine))
        case Maintenance() | ByHand():
            return replace(
                request,
                already_on=request.already_on or taken_before(now, request.medicine),
                last_opioid_at=request.last_opioid_at or last_opioid_at(now),
            )
    return request


def _days(first: date, last: date) -> Iterable[date]:
    while first <= last:
        yield first
        first += DAY
