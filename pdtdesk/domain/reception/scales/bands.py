"""What a total is called: none, mild, moderate, severe.

The bands themselves are dated parameters that the clinical lead signs; here only their form is held to. A gap would
leave a patient with no word for their state, an overlap with two.
"""

from dataclasses import dataclass
from itertools import pairwise


class BandsNotWhole(ValueError):
    """Bands that leave a total without a name or give it two; the message says where."""


class OutsideBands(ValueError):
    """A total that lies below the lowest or above the highest band; the message names both."""


@dataclass(frozen=True, slots=True)
class Band:
    """A name for totals from one score to another, both included."""

    label: str
    from_score: int
    to_score: int


def check_bands(bands: tuple[Band, ...], lowest: int, highest: int) -> None:
    """Every total from lowest to highest has exactly one name; raises `BandsNotWhole` saying where it has not."""
    ordered = _in_order(bands)
    if ordered[0].from_score != lowest:
        raise BandsNotWhole(
            f"The bands begin at {ordered[0].from_score} and the scale at {lowest}. "
            f"Let `{ordered[0].label}` begin at {lowest}."
        )
    if ordered[-1].to_score != highest:
        raise BandsNotWhole(
            f"The bands end at {ordered[-1].to_score} and the scale at {highest}. "
            f"Let `{ordered[-1].label}` end at {highest}."
        )


def band_of(total: int, bands: tuple[Band, ...]) -> Band:
    """The band in which a final total lies, both edges included.

    Raises `BandsNotWhole` for bands with a gap or an overlap, whatever the total, and `OutsideBands`.
    """
    ordered = _in_order(bands)
    for band in ordered:
        if band.from_score <= total <= band.to_score:
            return band
    raise OutsideBands(
        f"A total of {total} lies outside the bands, which go from {ordered[0].from_score} "
        f"to {ordered[-1].to_score}. Check the total and which scale the bands are for."
    )


def _in_order(bands: tuple[Band, ...]) -> tuple[Band, ...]:
    """The bands from the lowest up, each beginning one above the end of the one before."""
    if not bands:
        raise BandsNotWhole("There are no bands. Give at least one.")
    for band in bands:
        if band.from_score > band.to_score:
            raise BandsNotWhole(
                f"`{band.label}` begins at {band.from_score} and ends at {band.to_score}. Turn them round."
            )
    ordered = tuple(sorted(bands, key=lambda band: band.from_score))
    for lower, upper in pairwise(ordered):
        if upper.from_score <= lower.to_score:
            raise BandsNotWhole(
                f"`{lower.label}` ({lower.from_score} to {lower.to_score}) and `{upper.label}` "
                f"({upper.from_score} to {upper.to_score}) overlap. A total may have one name only."
            )
        if upper.from_score != lower.to_score + 1:
            raise BandsNotWhole(
                f"No band covers {lower.to_score + 1} to {upper.from_score - 1}, between `{lower.label}` "
                f"and `{upper.label}`. Close the gap."
            )
    return ordered
