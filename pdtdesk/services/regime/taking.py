"""What somebody takes of a medicine now, and since when: a next dose is judged by it, and not as a first one."""

from datetime import date, datetime

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.facts import ReceptionFacts
from pdtdesk.domain.reception.person import Stay
from pdtdesk.domain.reception.questions.prescribed import PLACES
from pdtdesk.domain.reception.reading import NOT_NAMED
from pdtdesk.domain.regime.medicines import OPIOIDS, SUBSTITUTES, Ordered
from pdtdesk.domain.regime.missed import first_ordered
from pdtdesk.domain.regime.schedule import DAY, NOUGHT
from pdtdesk.domain.regime.treatment import Order, Treatment
from pdtdesk.policy.reception.signs import same_medicine
from pdtdesk.policy.regime.schedules.hours import AFTER_OPIOID
from pdtdesk.policy.regime.stops import OF_A_BREAK, Outside
from pdtdesk.services.regime.standing import RegimeNow

_OPIOID_NAMES = frozenset(each.active.value for each in OPIOIDS)
_SUBSTITUTE_NAMES = frozenset(each.active.value for each in SUBSTITUTES)
_NOT_CERTAIN = "a dose"
_UNNAMED = frozenset({_NOT_CERTAIN, NOT_NAMED})
_OF_A_PLACE = tuple(f"custody_doses.{each.word}." for each in PLACES)
_PLACES = {each.word: each.label.lower() for each in PLACES}


def place_words(place: str) -> str:
    """Where a dose was seen taken, as reception asked for it: `police custody`."""
    return _PLACES.get(place, place)


def taken_before(now: RegimeNow, medicine: Ordered) -> Milligrams | None:
    """What was taken of a medicine today already, or yesterday; None where it is not being taken."""
    for day in (now.today, now.today - DAY):
        if taken := now.treatment.borne_on(medicine, day):
            return Milligrams(taken)
    return None


def taken_since(now: RegimeNow, medicine: Ordered) -> date | None:
    """The first day on which a medicine was ordered in this stay; None where it is not being taken now."""
    return first_ordered(now.treatment, medicine) if taken_before(now, medicine) is not None else None


def first_taken(now: RegimeNow, medicine: Ordered) -> tuple[date, Milligrams] | None:
    """The first day on which a medicine was taken in the treatment that goes on, and how much of it; of one that was
    begun anew after a break, since then."""
    days = (each.day for each in now.treatment.doses_of(medicine) if each.outcome.counts)
    first = min((day for day in days if day >= _begun_on(now.treatment, medicine)), default=None)
    taken = now.treatment.borne_on(medicine, first) if first is not None else None
    return None if first is None or taken is None else (first, Milligrams(taken))


def last_witnessed(
    treatment: Treatment, medicine: Ordered, told: ReceptionFacts, at: datetime
) -> tuple[datetime | None, str]:
    """The latest dose of a medicine that somebody saw taken, and where: here, outside, or on the way here (D-23).

    Police cells, court, hospital and escort count by name, as reception asked for them; never a dose still to come.
    """
    seen = [
        (each.at, "here")
        for each in treatment.doses_of(medicine)
        if each.outcome.counts and each.supervised and each.mg > NOUGHT
    ]
    seen += [
        (each.last_witnessed_at, "outside")
        for each in told.standing_prescriptions
        if each.last_witnessed_at is not None and same_medicine(each.medicine) == medicine.active.value
    ]
    seen += [
        (each.given_at, each.place)
        for each in told.doses_on_the_way
        if same_medicine(each.medicine) == medicine.active.value
    ]
    past = [each for each in seen if each[0] <= at]
    return max(past) if past else (None, "")


def witnessed_other(
    treatment: Treatment, medicine: Ordered, told: ReceptionFacts, at: datetime
) -> tuple[datetime, str] | None:
    """When an opioid substitute other than a medicine was last seen taken, and which; of no substitute, nothing."""
    others = {each.active for each in SUBSTITUTES} - {medicine.active} if medicine.is_substitute else set()
    seen = ((last_witnessed(treatment, each, told, at)[0], each.words) for each in sorted(others))
    return max(((when, name) for when, name in seen if when is not None), default=None)


def day_before_at(treatment: Treatment, medicine: Ordered, day: date, told: ReceptionFacts) -> datetime | None:
    """When something of a medicine was last taken on a day before this one, here or before witnesses outside."""
    here = [e.at for e in treatment.doses_of(medicine) if e.outcome.counts and e.day < day]
    outside = [at for at, name in taken_outside(told) if name == medicine.active.value and day_of(at) < day]
    return max((*here, *outside), default=None)


def outside_on(told: ReceptionFacts, stay: Stay, day: date) -> tuple[Outside, ...]:
    """The opioid substitutes that somebody was seen to take outside or on the way here on a day; on the day of the
    arrival also what was given at an hour that nobody said, what nobody named, and what is told in two ways."""
    found = [
        Outside(same_medicine(each.medicine), each.last_witnessed_at, "outside", each.daily)
        for each in told.standing_prescriptions
        if each.last_witnessed_at is not None
    ]
    found += [
        Outside(same_medicine(each.medicine), each.given_at, place_words(each.place), each.amount)
        for each in told.doses_on_the_way
    ]
    if day == day_of(stay.arrived_at):
        found += [Outside(same_medicine(each.medicine), None, place_words(each.place)) for each in told.doses_untimed]
        doubtful = {key.split(".")[1] for key in stay.contended if key.startswith(_OF_A_PLACE)}
        found += [Outside(_NOT_CERTAIN, None, place) for word, place in _PLACES.items() if word in doubtful]
    mine = [each for each in found if each.medicine in _SUBSTITUTE_NAMES or each.medicine in _UNNAMED]
    return tuple(each for each in mine if each.at is None or day_of(each.at) == day)


def _begun_on(treatment: Treatment, medicine: Ordered) -> date:
    """The day on which a medicine was begun: with the treatment that goes on, or by an order signed over a break."""
    anew = (
        each.since
        for each in treatment.orders
        if each.medicine.active is medicine.active and OF_A_BREAK & signed_over(each)
    )
    return max((treatment.began, *anew))


def signed_over(order: Order) -> frozenset[str]:
    """The codes of the stops in sight of which an order was signed."""
    lifted = order.body.get("lifted")
    return frozenset(str(each) for each in lifted) if isinstance(lifted, list | tuple) else frozenset()


def most_taken(treatment: Treatment, medicine: Ordered, before: date) -> Milligrams:
    """The most of a medicine that was taken on one day of the treatment that goes on, before a day; of one that was
    begun anew after a break, since then."""
    begun = _begun_on(treatment, medicine)
    days = {each.day for each in treatment.doses_of(medicine) if each.outcome.counts and begun <= each.day < before}
    borne = (treatment.borne_on(medicine, day) or NOUGHT.amount for day in days)
    return Milligrams(max(borne, default=NOUGHT.amount))


def other_opioid(
    treatment: Treatment, medicine: Ordered, told: ReceptionFacts, at: datetime
) -> tuple[datetime | None, str]:
    """When an opioid other than a medicine was last taken, here or before witnesses on the way here, and which one;
    None where something of the medicine itself has been taken since."""
    if medicine.active not in AFTER_OPIOID:
        return None, ""  # of any other medicine nothing is read of it
    taken = _taken(treatment, told, at)
    own = max((when for when, name in taken if name == medicine.active), default=None)
    others = [each for each in taken if each[1] != medicine.active and each[1] in _OPIOID_NAMES]
    last = max(others, default=None)
    return (None, "") if last is None or (own is not None and own > last[0]) else last


def naltrexone_at(treatment: Treatment, medicine: Ordered, told: ReceptionFacts, at: datetime) -> datetime | None:
    """When naltrexone was last taken; None where something of a medicine has been taken since."""
    here = any(each.medicine is Ordered.NALTREXONE for each in treatment.doses)
    if not here and all(name != Ordered.NALTREXONE for _, name in taken_outside(told)):
        return None
    taken = _taken(treatment, told, at)
    own = max((when for when, name in taken if name == medicine.active), default=None)
    last = max((when for when, name in taken if name == Ordered.NALTREXONE), default=None)
    return None if last is None or (own is not None and own > last) else last


def _taken(treatment: Treatment, told: ReceptionFacts, at: datetime) -> list[tuple[datetime, str]]:
    """Each dose that was taken: when, and of which medicine by its active name."""
    found = [(each.at, each.medicine.active.value) for each in treatment.doses if each.outcome.counts]
    return [each for each in (*found, *taken_outside(told)) if each[0] <= at]


def taken_outside(told: ReceptionFacts) -> list[tuple[datetime, str]]:
    """Each dose that somebody was seen to take outside or on the way here: when, and of which medicine."""
    found = [
        (each.last_witnessed_at, same_medicine(each.medicine))
        for each in told.standing_prescriptions
        if each.last_witnessed_at is not None
    ]
    return [*found, *((each.given_at, same_medicine(each.medicine)) for each in told.doses_on_the_way)]


def mg_outside(told: ReceptionFacts, medicine: Ordered) -> dict[date, Milligrams]:
    """What somebody was seen to take of a medicine outside or on the way here, by day; of which nobody knows how
    much, nothing."""
    outside = ((e.last_witnessed_at, e.medicine, e.daily) for e in told.standing_prescriptions if e.last_witnessed_at)
    seen: list[tuple[datetime, str, Milligrams | None]] = [*outside]
    seen += [(each.given_at, each.medicine, each.amount) for each in told.doses_on_the_way]
    mine = ((day_of(at), mg) for at, name, mg in seen if same_medicine(name) == medicine.active.value and mg)
    found: dict[date, Milligrams] = {}
    for day, mg in mine:
        found[day] = max(mg, found.get(day, NOUGHT))
    return found


def last_opioid_at(now: RegimeNow) -> datetime | None:
    """When an opioid was last taken here."""
    at = [each.at for each in now.treatment.doses if each.medicine.is_opioid and each.outcome.counts]
    return max(at, default=None)
