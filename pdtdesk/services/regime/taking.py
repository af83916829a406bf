"""What somebody takes of a medicine now, and since when: a next dose is judged by it, and not as a first one."""

from datetime import date, datetime

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.facts import ReceptionFacts
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.missed import first_ordered
from pdtdesk.domain.regime.schedule import DAY, NOUGHT
from pdtdesk.domain.regime.treatment import Treatment
from pdtdesk.policy.reception.signs import same_medicine
from pdtdesk.services.regime.standing import RegimeNow


def taken_before(now: RegimeNow, medicine: Ordered) -> Milligrams | None:
    """What was taken of a medicine today already, or yesterday; None where it is not being taken."""
    for day in (now.today, now.today - DAY):
        if taken := now.treatment.taken_on(medicine, day):
            return Milligrams(taken)
    return None


def taken_since(now: RegimeNow, medicine: Ordered) -> date | None:
    """The first day on which a medicine was ordered in this stay; None where it is not being taken now."""
    return first_ordered(now.treatment, medicine) if taken_before(now, medicine) is not None else None


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
        for each in told.custody_doses or ()
        if same_medicine(each.medicine) == medicine.active.value
    ]
    past = [each for each in seen if each[0] <= at]
    return max(past) if past else (None, "")


def last_opioid_at(now: RegimeNow) -> datetime | None:
    """When an opioid was last taken here."""
    at = [each.at for each in now.treatment.doses if each.medicine.is_opioid and each.outcome.counts]
    return max(at, default=None)
