"""How somebody who does not exist is treated: assessed, ordered, given day by day, reviewed; guidance for nobody."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

from pdtdesk.domain.calendar import at_london, day_of
from pdtdesk.domain.ids import uuid7
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.reading import facts_of
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.courses import (
    AlcoholBand,
    AlcoholByScore,
    AlcoholFixed,
    BuprenorphineInduction,
    CourseStart,
    Maintenance,
    Reduction,
    Request,
    Titration,
)
from pdtdesk.domain.regime.facts import CHOICES, RegimeClass, RegimeFacts
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.reading import regime_facts
from pdtdesk.domain.regime.schedule import DAY, Schedule, written
from pdtdesk.domain.regime.treatment import Treatment
from pdtdesk.policy.findings import plain
from pdtdesk.policy.regime.assess import assess
from pdtdesk.policy.regime.schedules import plan
from pdtdesk.services.demonstration.answers import Pattern
from pdtdesk.services.demonstration.chance import Chance
from pdtdesk.services.demonstration.people import Invented
from pdtdesk.services.demonstration.rounds import Given, write_doses
from pdtdesk.services.demonstration.stays import PastStay, Pen
from pdtdesk.services.regime.reviewing import next_review

_LONGEST = 150
"""Days here after which nobody's doses are told any more: the record would be of doses alone."""
_ASSESSED_AT, _DECIDED_AT = time(10, 15), time(11, 0)
_REASONS = (
    "History of a serious mental health problem, on treatment with the team here",
    "Transfer expected; to be continued until he has settled there",
    "Injected in prison on an earlier sentence; assessed with the psychiatrist",
)


def _mg(amount: int | str) -> Milligrams:
    return Milligrams.parse(f"{amount} mg")


@dataclass(frozen=True, slots=True)
class Treated:
    """Whose treatment is written: the person, the stay, what was told there, and with which chance."""

    patient_id: str
    stay_id: str
    who: Invented
    past: PastStay
    chance: Chance


def write_treatment(pen: Pen, treated: Treated, pattern: Pattern) -> None:
    """Write what became of somebody who uses opioids or drinks, since they came; of some, nothing yet."""
    days_here = (day_of(pen.evening) - day_of(treated.past.arrived_at)).days
    if treated.past.passes < 2 or days_here < 2:
        return
    chance = treated.chance
    if "opioids" not in pattern.withdrawal.split():
        if "alcohol" in pattern.withdrawal.split() and days_here <= 6 and chance.percent(60):
            _alcohol(pen, treated, days_here)
        return
    if days_here <= 40 and chance.percent(14):
        return  # awaiting: assessed by nobody yet
    story = chance.weighted(_stories(days_here))
    _assess(pen, treated, dependent=story is not _not_dependent)
    story(pen, treated, days_here)


_Story = Callable[[Pen, "Treated", int], None]


def _stories(days_here: int) -> tuple[tuple[_Story, int], ...]:
    if days_here > _LONGEST:
        return ((_not_dependent, 70), (_detoxification, 30))
    return (
        (_not_dependent, 26),
        (_maintenance, 40),
        (_gradual_reduction, 14),
        (_detoxification, 16),
        (_detoxification_that_goes_on, 4),
    )


def _assess(pen: Pen, treated: Treated, *, dependent: bool) -> None:
    """What the regime is decided on, the morning after reception."""
    chance = treated.chance
    at = at_london(_first_day(treated), _ASSESSED_AT)
    said = {"opioids.dependence": "dependent" if dependent else "none"}
    if dependent:
        said["opioids.severity"] = chance.one_of(("mild", "moderate", "severe", "severe"))
        said["opioids.methadone_regular"] = treated.past.told.answers.get("prescribed.any", "no")
        said["risk.injecting_in_prison"] = "yes" if chance.percent(18) else "no"
        said["risk.polydrug"] = "yes" if chance.percent(30) else "no"
        said["risk.maintenance_protects"] = "yes" if chance.percent(22) else "no"
        said["wishes.wants"] = treated.past.told.answers.get("wishes.wants", "not_sure")
    answers = {key: {"at": at.isoformat(), "over": [], "value": value} for key, value in said.items()}
    body = {"stay": treated.stay_id, "answers": answers}
    entry = NewEntry("regime", "assessment", body, pen.staff["prescriber"], treated.patient_id, happened_at=at)
    pen.diary.write(at, entry)


def _not_dependent(pen: Pen, treated: Treated, days_here: int) -> None:
    del pen, treated, days_here  # nothing follows


def _maintenance(pen: Pen, treated: Treated, days_here: int) -> None:
    """Stabilised, then held; reviewed when three months were over, most of them."""
    chance, first = treated.chance, _first_day(treated)
    medicine, start, target = _substitute(chance)
    begins: Request
    if medicine is Ordered.METHADONE:
        begins = Titration(medicine, first, start, _mg(5), 1, target)
    else:
        last_opioid = at_london(first - DAY, time(6, 30))
        begins = BuprenorphineInduction(last_opioid, start=start, rise=_mg(2), every_days=1, target=target)
    course = _course(pen, treated, begins, first)
    _decide(pen, treated, RegimeClass.STABILISATION, medicine, first, course, 0)
    settled = first + timedelta(days=chance.between(6, 9))
    if settled <= day_of(pen.evening) - DAY:
        _decide(pen, treated, RegimeClass.MAINTENANCE, medicine, settled, course, 1)
        if days_here > 100 and chance.percent(70):
            _review(pen, treated, settled + timedelta(days=chance.between(86, 92)))


def _gradual_reduction(pen: Pen, treated: Treated, days_here: int) -> None:
    """Stabilised for a week, then down by steps over some weeks."""
    del days_here
    chance, first = treated.chance, _first_day(treated)
    dose = 5 * chance.between(6, 12)
    down = Reduction(
        Ordered.METHADONE,
        _mg(dose),
        first + timedelta(days=8),
        _mg(5),
        chance.one_of((7, 7, 10, 14)),
        steady_from=first,
    )
    course = _course(pen, treated, down, first)
    _decide(pen, treated, RegimeClass.GRADUAL_REDUCTION, Ordered.METHADONE, first, course, 0)


def _detoxification(pen: Pen, treated: Treated, days_here: int) -> None:
    """Five days steady, and then down within two to three weeks."""
    del days_here
    chance, first = treated.chance, _first_day(treated)
    dose, days = chance.one_of((20, 25, 30)), chance.one_of((14, 14, 21))
    step = _mg("2" if days == 14 else "1.5") if dose < 30 else _mg("2.5" if days == 14 else "1.5")
    down = Reduction(Ordered.METHADONE, _mg(dose), first + timedelta(days=5), step, 1, steady_from=first)
    course = _course(pen, treated, down, first)
    _decide(pen, treated, RegimeClass.DETOXIFICATION, Ordered.METHADONE, first, course, 0)
    ends = course.schedule.last_day
    if ends is not None and ends < day_of(pen.evening) - DAY:
        at = at_london(ends + DAY, _DECIDED_AT)
        body = {
            "stay": treated.stay_id,
            "from": (ends + DAY).isoformat(),
            "why": "Course finished; seen, no withdrawal",
            "replaces": [course.regime_id],
        }
        entry = NewEntry(
            "regime",
            "regime_ended",
            body,
            pen.staff["prescriber"],
            treated.patient_id,
            happened_at=at,
            supersedes=(course.regime_id,),
        )
        pen.diary.write(at, entry)


def _detoxification_that_goes_on(pen: Pen, treated: Treated, days_here: int) -> None:
    """Declared as detoxification, and given level for weeks: what the source complains of."""
    del days_here
    chance, first = treated.chance, _first_day(treated)
    course = _course(pen, treated, Maintenance(Ordered.METHADONE, _mg(5 * chance.between(6, 9)), first), first)
    _decide(pen, treated, RegimeClass.DETOXIFICATION, Ordered.METHADONE, first, course, 0)


BY_SCORE = "By the card for CIWA-Ar that hangs in the treatment room; ring me if the score does not fall in a day"
"""What the prescriber asks of whoever gives chlordiazepoxide by score: no figure of it is the demonstration's own."""


def _alcohol(pen: Pen, treated: Treated, days_here: int) -> None:
    """Chlordiazepoxide, still being given: a fixed course, or by score."""
    first = _first_day(treated)
    if days_here % 2 == 0:
        _course(pen, treated, AlcoholByScore(first, 5, _mg(20), 4, BY_SCORE), first)
        return
    start = treated.chance.one_of((CourseStart.LOWER, CourseStart.HIGHER))
    _course(pen, treated, AlcoholFixed(first, AlcoholBand.UNITS_30, start), first)


@dataclass(frozen=True, slots=True)
class _Course:
    order_id: str
    regime_id: str
    schedule: Schedule


def _course(pen: Pen, treated: Treated, request: Request, first: date) -> _Course:
    """The order by the guidance of its day, with all that was given of it."""
    made = plan(request, pen.policy.on(first))
    if made.schedule is None or made.medicine is None:
        raise ValueError("The demonstration's figures are all filled in: a course must come of them.")
    at = at_london(first, time(7, 45))
    order_id, regime_id = uuid7(at, treated.chance.bytes), uuid7(at, treated.chance.bytes)
    body: dict[str, object] = {
        "stay": treated.stay_id,
        "medicine": made.medicine.value,
        "from": made.schedule.first_day.isoformat(),
        "schedule": written(made.schedule),
        "supervised": True,
        "possession": "",
        "lifted": [],
        "reason": "",
        "instructions": request.words if isinstance(request, AlcoholByScore) else "",
        "answers": [],
        "wish": _wish(treated),
        "findings": [plain(each) for each in made.findings],
        "parameters": pen.policy.on(first).fingerprint,
        "course": order_id,
        "replaces": [],
    }
    prescriber = pen.staff["prescriber"]
    pen.diary.write(
        at, NewEntry("regime", "order", body, prescriber, treated.patient_id, happened_at=at, id=order_id)
    )
    by_score = isinstance(request, AlcoholByScore)
    whose = treated.patient_id, treated.stay_id
    given = Given(*whose, order_id, made.medicine, made.schedule, treated.chance, by_score=by_score)
    write_doses(pen, given)
    return _Course(order_id, regime_id, made.schedule)


def _decide(
    pen: Pen,
    treated: Treated,
    declared: RegimeClass,
    medicine: Ordered,
    since: date,
    course: _Course,
    number: int,
) -> None:
    """The class as it was declared on a day, with how it stood then and the reason where that asks for one."""
    at = at_london(since, time(7, 50))
    params = pen.policy.on(since)
    assessment = assess(_facts(treated, since), params)
    standing = assessment.of(declared).standing if declared in CHOICES else None
    departs = declared in CHOICES and standing != "offered"
    review = next_review(declared, since, params)
    body: dict[str, object] = {
        "stay": treated.stay_id,
        "class": declared.value,
        "medicine": medicine.value,
        "from": since.isoformat(),
        "order": course.order_id,
        "wish": _wish(treated),
        "standing": (standing.value if standing else None) if declared in CHOICES else "offered",
        "standings": {
            each.regime_class.value: each.standing.value if each.standing else None for each in assessment.classes
        },
        "reason": treated.chance.one_of(_REASONS) if departs else "",
        "review_on": (review or since + timedelta(days=28)).isoformat(),
        "findings": [plain(each) for each in assessment.findings],
        "parameters": assessment.parameters,
        "replaces": [course.regime_id] if number else [],
    }
    entry = NewEntry(
        "regime",
        "regime",
        body,
        pen.staff["prescriber"],
        treated.patient_id,
        happened_at=at,
        supersedes=(course.regime_id,) if number else (),
        id=uuid7(at, treated.chance.bytes) if number else course.regime_id,
    )
    pen.diary.write(at, entry)


def _review(pen: Pen, treated: Treated, on: date) -> None:
    at = at_london(on, _DECIDED_AT)
    if at >= pen.evening:
        return
    params = pen.policy.on(on)
    assessment = assess(_facts(treated, on), params)
    standing = assessment.of(RegimeClass.MAINTENANCE).standing
    due = next_review(RegimeClass.MAINTENANCE, on, params)
    body: dict[str, object] = {
        "stay": treated.stay_id,
        "regime": "",
        "on": on.isoformat(),
        "outcome": "continue",
        "reason": "Settled; wishes to go on until release",
        "took_part": "The person, the nurse, the CARAT worker",
        "sleep": treated.chance.one_of(("Sleeps through", "Wakes at four, no medicine wished", "Poor, hot cell")),
        "wish": _wish(treated),
        "next_due": due.isoformat() if due else None,
        "standing": standing.value if standing else None,
        "findings": [plain(each) for each in assessment.findings],
        "parameters": assessment.parameters,
    }
    pen.diary.write(
        at,
        NewEntry("regime", "regime_review", body, pen.staff["prescriber"], treated.patient_id, happened_at=at),
    )


def _facts(treated: Treated, day: date) -> RegimeFacts:
    listed = {f"arrival.{key}": str(value) for key, value in treated.past.arrival.items() if value}
    values = {**listed, **treated.past.told.answers, "opioids.dependence": "dependent"}
    told = facts_of(
        born=treated.who.born,
        sex="male",
        received_on=day_of(treated.past.arrived_at),
        values=values,
        totals={},
    )
    return regime_facts(told, values, Treatment(), {}, day)


def _wish(treated: Treated) -> dict[str, str]:
    wants = treated.past.told.answers.get("wishes.wants", "not_sure").replace("_", " ")
    return {"wished": wants, "told": "What it is for, how long, and that tolerance falls", "agreed": "yes"}


def _substitute(chance: Chance) -> tuple[Ordered, Milligrams, Milligrams]:
    if chance.percent(22):
        return Ordered.BUPRENORPHINE, _mg(4), _mg(2 * chance.between(4, 8))
    return Ordered.METHADONE, _mg(chance.one_of((20, 25, 30))), _mg(5 * chance.between(7, 14))


def _first_day(treated: Treated) -> date:
    """The day after reception."""
    return day_of(treated.past.arrived_at) + DAY
