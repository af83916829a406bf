"""On what ground somebody is held, for how long, and how old they are for the rules that ask it.

Reckoning a release day from a sentence is not done here: a day of release given by the prison is shown as given.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pdtdesk.domain.calendar import age_on


class LegalStatus(StrEnum):
    """The ground of custody, in the words of the facts file and of the reception list."""

    REMAND = "remand"
    CONVICTED_UNSENTENCED = "convicted_unsentenced"
    SENTENCED = "sentenced"
    RECALLED = "recalled"
    INDETERMINATE = "indeterminate"
    CIVIL = "civil"
    IMMIGRATION = "immigration"


class AgeGroup(StrEnum):
    """What a person's age means for the rules: a child's care is another service's, a young adult's counts alike."""

    UNDER_18 = "under_18"
    FROM_18_TO_20 = "18_to_20"
    ADULT = "adult"


# Ages of the law, not clinical figures: adulthood, and the end of sentences in a young offender institution.
_ADULT_AT = 18
_NO_LONGER_YOUNG_AT = 21


def age_group(born: date, day: date) -> AgeGroup:
    """Which group a person is in on a day, by full years."""
    age = age_on(born, day)
    if age < _ADULT_AT:
        return AgeGroup.UNDER_18
    return AgeGroup.FROM_18_TO_20 if age < _NO_LONGER_YOUNG_AT else AgeGroup.ADULT


@dataclass(frozen=True, slots=True)
class Custody:
    """The custody of one arrival as the warrant and the prison's system say it; None is what nobody has said."""

    status: LegalStatus | None = None
    received_on: date | None = None
    sentenced_on: date | None = None
    sentence_length: str | None = None  # an ISO 8601 duration, kept as it was given
    remand_days: int | None = None
    release_on: date | None = None
    court_on: date | None = None
    transfer_to: str | None = None


def ends_before_it_begins(custody: Custody) -> bool:
    """True where the release day given lies before the sentence or the reception that it should follow."""
    if custody.release_on is None:
        return False
    begins = [day for day in (custody.sentenced_on, custody.received_on) if day is not None]
    return any(custody.release_on < day for day in begins)
