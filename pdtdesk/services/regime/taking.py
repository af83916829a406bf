"""What somebody takes of a medicine now, and since when: a next dose is judged by it, and not as a first one."""

from datetime import date, datetime

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.missed import first_ordered
from pdtdesk.domain.regime.schedule import DAY
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


def last_opioid_at(now: RegimeNow) -> datetime | None:
    """When an opioid was last taken here."""
    at = [each.at for each in now.treatment.doses if each.medicine.is_opioid and each.outcome.counts]
    return max(at, default=None)
