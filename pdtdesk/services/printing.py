"""What every sheet says of itself: where, when and by whom it was printed, and whether it is invented."""

from pdtdesk.domain.calendar import day_of
from pdtdesk.policy.origin import Status
from pdtdesk.services.acting import Acting
from pdtdesk.services.ports import Work
from pdtdesk.services.reception.sheet_facts import Printing


def printing_of(work: Work, acting: Acting, *, demonstration: bool) -> Printing:
    """The head and foot of a sheet. What may rest on demonstration figures is marked as a demonstration, whoever asks
    for it."""
    invented = any(overlay.demonstration for overlay in acting.policy.overlays)
    now = acting.now()
    rule = acting.policy.on(day_of(now)).rule("sedation_stop")
    unsigned = ", awaiting clinical sign-off" if rule.sign_off.status is Status.AWAITING else ""
    return Printing(work.establishment(), now, acting.who, f"{rule.fact}{unsigned}", demonstration or invented)
