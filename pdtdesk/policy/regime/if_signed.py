"""A figure that is read where somebody has signed it, and what stands until then."""

from collections.abc import Callable

from pdtdesk.policy.findings import Source
from pdtdesk.policy.parameters import NotSignedLocally, ParametersOnDay, Reading, T


def if_signed(read: Callable[[str], Reading[T]], parameter: str) -> Reading[T] | None:
    """A figure where it is signed; None until then."""
    try:
        return read(parameter)
    except NotSignedLocally:
        return None


def days_or_strictest(params: ParametersOnDay, parameter: str) -> tuple[int | None, Source]:
    """A signed number of days; of readings that disagree the most careful one, until one of them is signed."""
    try:
        reading = params.days(parameter)
    except NotSignedLocally as unsigned:
        return min((c.value for c in unsigned.candidates if isinstance(c.value, int)), default=None), unsigned
    return reading.value, reading
