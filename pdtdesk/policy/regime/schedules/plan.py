"""A request in, a proposal out: who asks for what kind of course, and for whom none is proposed."""

from dataclasses import replace

from pdtdesk.domain.calendar import InstantWithoutZone
from pdtdesk.domain.regime.courses import (
    Abstinence,
    AlcoholByScore,
    AlcoholFixed,
    BuprenorphineInduction,
    ByHand,
    Conversion,
    DiazepamReduction,
    ForWhom,
    Maintenance,
    Reduction,
    Reinduction,
    Request,
    Titration,
)
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import NotASchedule
from pdtdesk.policy.findings import Tier
from pdtdesk.policy.parameters import NoGuidanceInForce, ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.schedules import alcohol, stops
from pdtdesk.policy.regime.schedules.by_hand import abstinence, by_hand
from pdtdesk.policy.regime.schedules.conversion import conversion
from pdtdesk.policy.regime.schedules.diazepam import diazepam_reduction
from pdtdesk.policy.regime.schedules.maintenance import maintenance
from pdtdesk.policy.regime.schedules.proposal import Proposal, in_order
from pdtdesk.policy.regime.schedules.reduction import reduction
from pdtdesk.policy.regime.schedules.reinduction import reinduction
from pdtdesk.policy.regime.schedules.titration import buprenorphine_induction, titration
from pdtdesk.policy.regime.standing import rg

_NOBODY = ForWhom()


def plan(request: Request, params: ParametersOnDay, whom: ForWhom = _NOBODY) -> Proposal:
    """The schedule that a request comes to, and its findings, what must be acknowledged first.

    No schedule where nothing is signed and nothing was entered, in pregnancy unless it is written by hand, and for an
    opioid on naltrexone. What a prescriber enters beyond a signed figure is never refused, but said. Raises
    `NotASchedule` with one sentence for what cannot be: a step of 0 mg, a target below the first dose.
    """
    medicine = medicine_of(request)
    try:
        blocked = stops.on_naltrexone(medicine, whom, params)
        pregnant = stops.pregnant(whom, params)
        if blocked or (whom.pregnant and not isinstance(request, ByHand | Abstinence)):
            return Proposal(medicine, None, in_order((*blocked, *pregnant)))
        made = _made(request, params, whom)
    except NoGuidanceInForce as none:
        return Proposal(medicine, None, (rg(Code.NO_GUIDANCE, Tier.MUST_ACKNOWLEDGE, str(none), []),))
    except OverflowError as beyond:
        raise NotASchedule("This course would run beyond the calendar: look at its days.") from beyond
    except InstantWithoutZone as unclear:
        raise NotASchedule(str(unclear)) from unclear
    return replace(made, findings=in_order((*pregnant, *made.findings)))


def medicine_of(request: Request) -> Ordered | None:
    """The medicine that a request orders; of a switch the one it goes to, of abstinence none."""
    match request:
        case AlcoholFixed():
            return Ordered.CHLORDIAZEPOXIDE
        case DiazepamReduction():
            return Ordered.DIAZEPAM
        case Conversion():
            return request.to_medicine
        case Abstinence():
            return None
        case _:
            return request.medicine


def _made(request: Request, params: ParametersOnDay, whom: ForWhom) -> Proposal:
    match request:
        case Titration():
            return titration(request, whom, params)
        case Reinduction():
            return reinduction(request, params)
        case BuprenorphineInduction():
            return buprenorphine_induction(request, whom, params)
        case Maintenance():
            return maintenance(request, whom, params)
        case Reduction():
            return reduction(request, whom, params)
        case Conversion():
            return conversion(request, whom, params)
        case AlcoholFixed():
            return alcohol.fixed(request, whom, params)
        case AlcoholByScore():
            return alcohol.by_score(request, whom, params)
        case DiazepamReduction():
            return diazepam_reduction(request, whom, params)
        case ByHand():
            return by_hand(request, whom, params)
        case _:
            return abstinence(request, params)
