"""In which band of sentence somebody is counted (R-18): the bands are exact to the day.

26 weeks and six calendar months are short alike, as everywhere; 12 months and 4 years are by calendar from the
sentence's own start. Nothing is guessed: what is not known has a line of its own.
"""

from enum import StrEnum

from pdtdesk.domain.custody import Custody, LegalStatus
from pdtdesk.domain.durations import Duration
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.regime.reckoned import Term, reckon


class SentenceBand(StrEnum):
    """A line of the figures. `words` is how it stands there."""

    REMAND = "remand"
    SHORT = "up to 26 weeks"
    YEAR = "over 26 weeks to 12 months"
    LONG = "over 12 months to 4 years"
    LONGEST = "over 4 years"
    INDETERMINATE = "indeterminate"
    RECALLED = "recalled, length not known"
    NOT_KNOWN = "sentence not known"
    OTHER = "civil or immigration"

    @property
    def words(self) -> str:
        """The band as it stands in a table."""
        return self.value[0].upper() + self.value[1:]


ALWAYS = (
    SentenceBand.REMAND,
    SentenceBand.SHORT,
    SentenceBand.YEAR,
    SentenceBand.LONG,
    SentenceBand.LONGEST,
    SentenceBand.INDETERMINATE,
)
"""The bands that stand in every table; the others only where somebody is in them."""

LONGER = frozenset(
    {
        SentenceBand.YEAR,
        SentenceBand.LONG,
        SentenceBand.LONGEST,
        SentenceBand.INDETERMINATE,
        SentenceBand.RECALLED,
    }
)
"""Beyond 26 weeks, as the standing of the classes has it: with the recalled whose length nobody knows."""

_BY_TERM = {
    Term.REMAND: SentenceBand.REMAND,
    Term.SHORT: SentenceBand.SHORT,
    Term.NOT_KNOWN: SentenceBand.NOT_KNOWN,
    Term.OUT_OF_SCOPE: SentenceBand.OTHER,
}


def band_of(custody: Custody, params: ParametersOnDay) -> SentenceBand:
    """The band of somebody's custody on the day of the parameters."""
    reckoned = reckon(custody, params)
    if reckoned.term in _BY_TERM:
        return _BY_TERM[reckoned.term]
    if custody.status is LegalStatus.INDETERMINATE:
        return SentenceBand.INDETERMINATE
    if reckoned.length is None:
        return SentenceBand.RECALLED
    begins = custody.sentenced_on or custody.received_on or params.day
    ends = reckoned.length.after(begins)
    if ends <= Duration(months=params.months("figures_year_months").value).after(begins):
        return SentenceBand.YEAR
    if ends <= Duration(months=params.months("figures_long_months").value).after(begins):
        return SentenceBand.LONG
    return SentenceBand.LONGEST
