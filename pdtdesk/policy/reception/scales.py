"""What a score means: one definition of every scale's bands, for rules and for screens alike."""

from pdtdesk.domain.reception.facts import Score
from pdtdesk.domain.reception.scales import Band, OutsideBands, band_of
from pdtdesk.policy.findings import Urgency
from pdtdesk.policy.parameters import ParametersOnDay, Reading

BANDED = ("cows", "ciwa_ar", "audit")


def band(params: ParametersOnDay, scale: str, total: int) -> tuple[Band, Reading[tuple[Band, ...]]]:
    """The band of a final total, with where the bands come from.

    `scale` is the id of a banded scale: `cows`, `ciwa_ar` or `audit`; none are agreed for SOWS and SDS.
    Raises `OutsideBands` for a total that the scale does not have, `NoGuidanceInForce` and `NotSignedLocally`.
    """
    reading = params.bands(f"{scale}_bands")
    return band_of(total, reading.value), reading


def urgency_of(params: ParametersOnDay, scale: str, found: Band) -> Urgency:
    """How soon somebody in this band is seen; a band whose word has no priority counts as the most urgent.

    A local overlay may name its bands in words of its own: nobody must fall to the foot of the list for that.
    """
    words = dict(params.words(f"{scale}_priority").value.pairs)
    word = words.get(found.label)
    return Urgency(word) if word in tuple(Urgency) else Urgency.NOW


def shows_withdrawal(params: ParametersOnDay, scale: str, score: Score | None) -> bool:
    """Whether a score by itself asks for more than routine; a total that the scale does not have shows nothing."""
    if score is None:
        return False
    try:
        found, _ = band(params, scale, score.value)
    except OutsideBands:
        return False
    return urgency_of(params, scale, found) is not Urgency.ROUTINE
