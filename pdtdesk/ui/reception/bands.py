"""The bands of each scale as guidance has them on a day, for the cards on which it is scored."""

from contextlib import suppress
from datetime import date

from pdtdesk.domain.reception.scales import SCALES, Band
from pdtdesk.policy.parameters import NoGuidanceInForce, NotSignedLocally, Parameters


def bands_on(policy: Parameters, day: date) -> dict[str, tuple[Band, ...]]:
    """The bands by scale; a scale without bands shows its total alone."""
    today = policy.on(day)
    known = {parameter.id for parameter in policy.all}
    found = {}
    for scale_id in SCALES:
        if f"{scale_id}_bands" in known:
            with suppress(NoGuidanceInForce, NotSignedLocally):
                found[scale_id] = today.bands(f"{scale_id}_bands").value
    return found
