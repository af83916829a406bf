"""What the figures read of one person who is here: regime in force, reviews overdue, reductions, waits, overrides."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.durations import NotADuration, parse_duration
from pdtdesk.domain.reception.clocks import clocks
from pdtdesk.domain.reception.facts import Substance
from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.reception.standing import values
from pdtdesk.domain.record.entry import Json
from pdtdesk.domain.regime.asking import Asked, asking_of
from pdtdesk.domain.regime.facts import RegimeFacts
from pdtdesk.domain.regime.fold import treatment_of
from pdtdesk.domain.regime.medicines import SEDATIVES, SUBSTITUTES, Ordered
from pdtdesk.domain.regime.treatment import Declared, Dose, Reviewed, Treatment
from pdtdesk.domain.staff import Author
from pdtdesk.policy.outcomes.bands import SentenceBand, band_of
from pdtdesk.policy.outcomes.counting import Case
from pdtdesk.policy.outcomes.spread import Reduction, reduction_of
from pdtdesk.policy.parameters import Parameters, ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.shown import courses
from pdtdesk.policy.regime.standing import ClassStanding
from pdtdesk.services.ports import PersonRow
from pdtdesk.services.regime.asked import asked, overdue
from pdtdesk.services.regime.standing import dose_rows, facts_for

FIRST_DOSE, DOSE_OUTSIDE, FIRST_CONTACT, SEEN = (
    "First dose given",
    "Dose confirmed outside",
    "First CARAT contact",
    "Referral seen",
)
CLOCKS = (FIRST_DOSE, DOSE_OUTSIDE, FIRST_CONTACT, SEEN)
NO_MEDICINE = "no medicine"
_REFERRALS = frozenset({"prescriber_tonight", "midwife_today"})
_FOR_OPIOIDS = frozenset(Ordered) - SEDATIVES
_ACTIVE = frozenset(medicine.active.value for medicine in SUBSTITUTES)


@dataclass(frozen=True, slots=True)
class InForce:
    """The regime in force of one person: of two that contradict each other the later, `contested`.

    `reason` is what was written of it, or that guidance offered it; empty where it is a departure without a reason.
    """

    case: Case
    since: date
    sentence: str
    reason: str
    review_on: date | None
    prescriber: Author
    signed_at: datetime
    contested: bool


@dataclass(frozen=True, slots=True)
class Reinduction:
    """An opioid substitute begun again after being drug free in custody (R-15, R-23, R-24)."""

    on: date
    what: str
    reason: str
    prescriber: str
    grounds: str


@dataclass(frozen=True, slots=True)
class Override:
    """A stop that was lifted. `sign_by` and `signed` are of a telephone order alone."""

    at: datetime
    stops: str
    reason: str
    prescriber: str
    how: str
    to_sign: bool
    sign_by: date | None
    signed: datetime | None


@dataclass(frozen=True, slots=True)
class Treated:
    """One person, for the figures. `waits` has a clock's name and how long it took, None while it runs."""

    row: PersonRow
    in_force: InForce | None
    overdue: tuple[Asked, ...]
    reductions: tuple[Reduction, ...]
    waits: tuple[tuple[str, timedelta | None], ...]
    reinductions: tuple[Reinduction, ...]
    overrides: tuple[Override, ...]
    unread: int


def treated(row: PersonRow, person: PersonRecord, now: datetime, policy: Parameters) -> Treated | None:
    """What the figures read of a person; None for somebody whom no arrival was written of."""
    stay = person.current
    if stay is None:
        return None
    params = policy.on(day_of(now))
    treatment = treatment_of(person)
    facts = facts_for(person, stay, treatment, now)
    regimes = treatment.regime_on(params.day)
    looks = asked(asking_of(person, stay, treatment), params) if regimes else ()
    return Treated(
        row=row,
        in_force=_in_force(regimes, treatment, facts, looks, params) if regimes else None,
        overdue=overdue(looks, params.day),
        reductions=tuple(_reductions(treatment, params)),
        waits=tuple(_waits(person, stay, treatment, facts)),
        reinductions=tuple(_reinductions(treatment)),
        overrides=tuple(_overrides(treatment)),
        unread=treatment.unread,
    )


def _in_force(
    regimes: tuple[Declared, ...],
    treatment: Treatment,
    facts: RegimeFacts,
    looks: tuple[Asked, ...],
    params: ParametersOnDay,
) -> InForce:
    regime = regimes[-1]
    band = band_of(facts.custody, params)
    reason = _reason(regime, _latest_review(regime, treatment))
    return InForce(
        case=Case(
            declared=regime.declared,
            medicine=regime.medicine.words if regime.medicine else NO_MEDICINE,
            band=band,
            reasoned=bool(reason),
            overdue=bool(overdue(looks, params.day)),
        ),
        since=regime.since,
        sentence=_sentence(facts, band),
        reason=reason,
        review_on=min((each.on for each in looks), default=None),
        prescriber=regime.by,
        signed_at=regime.at,
        contested=len(regimes) > 1,
    )


def _latest_review(regime: Declared, treatment: Treatment) -> Reviewed | None:
    since = [each for each in treatment.reviews if each.on >= regime.since and each.at >= regime.at]
    return max(since, key=lambda each: (each.on, each.at), default=None)


def _reason(regime: Declared, review: Reviewed | None) -> str:
    """Why somebody is on it: as it was written last; where nothing was, that guidance asked for no reason."""
    written = (review.reason.strip() if review else "") or regime.reason.strip()
    if written:
        return written
    if review is not None and "standing" in review.body:
        return "Offered by guidance when reviewed" if review.body["standing"] == ClassStanding.OFFERED else ""
    return "Offered by guidance when chosen" if regime.standing == ClassStanding.OFFERED else ""


def _sentence(facts: RegimeFacts, band: SentenceBand) -> str:
    """The sentence as it was pronounced; the name of its band where there is no length to be read."""
    try:
        length = parse_duration(facts.custody.sentence_length or "").in_words()
    except NotADuration:
        return band.words
    recalled = ", recalled" if facts.custody.status == "recalled" else ""
    return f"{length}{recalled}" if band is not SentenceBand.INDETERMINATE else band.words


def _reductions(treatment: Treatment, params: ParametersOnDay) -> Iterator[Reduction]:
    for course in courses(dose_rows(treatment), params):
        reduction = reduction_of(course, params) if course.medicine in _ACTIVE else None
        if reduction is not None:
            yield reduction


def _waits(
    person: PersonRecord, stay: Stay, treatment: Treatment, facts: RegimeFacts
) -> Iterator[tuple[str, timedelta | None]]:
    """From the arrival; a clock that does not concern somebody is not there."""
    said = values(person, stay)
    running = {each.waits_for: each for each in clocks(stay, said)}
    since = [each for each in treatment.doses if each.outcome.counts and each.at >= stay.arrived_at]
    treating = _treating(said)
    given = min((each.at for each in since if each.mg.amount > 0 and each.medicine in treating), default=None)
    if given is not None or "first dose" in running:
        told = running["first dose"].ended if "first dose" in running else None
        yield FIRST_DOSE, _since(stay, min((at for at in (told, given) if at is not None), default=None))
    outside = [each for each in facts.confirmed_outside if each.daily is not None]
    if outside:
        reached = [_reached(since, Ordered(each.medicine), each.daily.amount) for each in outside if each.daily]
        yield DOSE_OUTSIDE, _since(stay, min((at for at in reached if at is not None), default=None))
    if "first CARAT contact" in running:
        yield FIRST_CONTACT, _since(stay, running["first CARAT contact"].ended)
    referred = [each for each in stay.tasks if each.what in _REFERRALS]
    if referred:
        seen = [each.settled.header.happened_at for each in referred if each.settled]
        yield SEEN, _since(stay, max(seen) if len(seen) == len(referred) else None)


def _treating(said: Mapping[str, str]) -> frozenset[Ordered]:
    """The medicines of which a first dose is waited for: those for opioid dependence wherever that is the need, those
    for alcohol and benzodiazepines where it is these alone, either where reception saw no need.
    """
    seen = set((said.get("withdrawal.seen") or "none").split())
    opioid = said.get("prescribed.any") == "yes" or bool(said.get("management.first_dose_at"))
    if opioid or Substance.OPIOIDS in seen:
        return _FOR_OPIOIDS
    return SEDATIVES if seen & {Substance.ALCOHOL, Substance.BENZODIAZEPINES} else frozenset(Ordered)


def _since(stay: Stay, ended: datetime | None) -> timedelta | None:
    return None if ended is None else max(ended - stay.arrived_at, timedelta(0))


def _reached(taken: Iterable[Dose], medicine: Ordered, daily: Decimal) -> datetime | None:
    """When a day's doses first came to the dose confirmed outside."""
    counted = [each for each in taken if each.medicine.active is medicine.active]
    for day in sorted({each.day for each in counted}):
        of_day = [each for each in counted if each.day == day]
        if sum(each.mg.amount for each in of_day) >= daily:
            return max(each.at for each in of_day)
    return None


def _reinductions(treatment: Treatment) -> Iterator[Reinduction]:
    """Each case once: a regime decided while somebody was drug free in custody, or an order begun as a re-induction.

    What is decided later of the same case names the same day since which they were drug free.
    """
    orders = {each.entry_id: each for each in treatment.orders}
    cases: set[str] = set()
    for regime in treatment.regimes:
        said = _findings(regime.body)
        begun = orders.get(str(regime.body.get("order") or ""))
        free = said.get(Code.DRUG_FREE) or (_findings(begun.body) if begun else {}).get(Code.SCHEDULE_REINDUCTION)
        if free is None or free in cases:
            continue
        cases.add(free)
        medicine = f", {regime.medicine.words}" if regime.medicine else ""
        what = f"{regime.declared.words.capitalize()}{medicine}"
        yield Reinduction(regime.since, what, regime.reason, regime.by.name, said.get(Code.REINDUCTION_GROUNDS, ""))
    for order in treatment.orders:
        if Code.SCHEDULE_REINDUCTION in _findings(order.body) and not cases:
            cases.add(order.course)
            reason = str(order.body.get("reason", ""))
            yield Reinduction(order.since, order.medicine.words.capitalize(), reason, order.by.name, "")


def _findings(body: Json) -> dict[str, str]:
    said = body.get("findings")
    rows: Iterable[object] = said if isinstance(said, list | tuple) else ()
    return {str(each.get("code")): str(each.get("sentence", "")) for each in rows if isinstance(each, dict)}


def _overrides(treatment: Treatment) -> Iterator[Override]:
    for each in treatment.lifted:
        how = f"by telephone, heard by {each.witness or 'nobody named'}" if each.by_telephone else "present"
        yield Override(
            at=each.at,
            stops=_stops(each.codes),
            reason=each.reason,
            prescriber=each.prescriber,
            how=f"one dose, {how}",
            to_sign=each.by_telephone,
            sign_by=each.sign_by,
            signed=each.signed,
        )
    for order in treatment.orders:
        lifted = order.body.get("lifted")
        if isinstance(lifted, list | tuple) and lifted:
            reason = str(order.body.get("reason", ""))
            stops = _stops(str(code) for code in lifted)
            yield Override(order.at, stops, reason, order.by.name, "with the order signed", False, None, None)


def _stops(codes: Iterable[str]) -> str:
    """The stops in words: `allergy, above ceiling`."""
    return ", ".join(sorted(code.removeprefix("RD-").replace("-", " ").lower() for code in codes))
