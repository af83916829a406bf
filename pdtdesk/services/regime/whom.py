"""What of a person bears on a schedule: pregnancy, naltrexone, alcohol or sedatives on board, the liver."""

from pdtdesk.domain.reception.reading import Given
from pdtdesk.domain.reception.standing import values
from pdtdesk.domain.regime.courses import ForWhom
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.services.regime.standing import RegimeNow

_ALCOHOL = ("daily", "most_days")


def for_whom(now: RegimeNow) -> ForWhom:
    """What of this person bears on a schedule; a clinician's judgement that nobody has written down stays unknown."""
    said = Given(values(now.person, now.stay))
    drinks = said.text("substances.alcohol.frequency") in _ALCOHOL
    tablets = said.text("substances.benzodiazepines.frequency") in _ALCOHOL
    naltrexone = any(
        each.medicine == "naltrexone" and each.standing != "refuted" for each in now.facts.community_prescriptions
    ) or any(each.medicine is Ordered.NALTREXONE for each in now.treatment.orders_on(now.today))
    asked = said.text("substances.alcohol.frequency") or said.text("substances.benzodiazepines.frequency")
    return ForWhom(
        pregnant=now.facts.patient.pregnant,
        sex=now.facts.patient.sex,
        on_naltrexone=naltrexone,
        alcohol_or_sedatives=(drinks or tablets) if asked else None,
        severe_liver_impairment=said.yes("risk.liver"),
    )
