"""What of one person asks for a review, kept so that any later day can be asked without folding the record again.

A list asks it of a hundred people at once; the rules themselves are those of `policy.regime.reviews`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.custody import Custody
from pdtdesk.domain.reception.facts import Patient
from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.reception.reading import facts_of
from pdtdesk.domain.reception.standing import values
from pdtdesk.domain.regime.facts import Regime, RegimeFacts
from pdtdesk.domain.regime.missed import CourseTaken, courses_taken, nothing_ordered_since
from pdtdesk.domain.regime.reading import PREGNANT, TRANSFER, custody_of, known_on, positive_tests, regimes_of
from pdtdesk.domain.regime.schedule import DAY
from pdtdesk.domain.regime.treatment import Treatment


@dataclass(frozen=True, slots=True)
class SetDay:
    """A regime's days, and the day that a prescriber wrote down for its next review; None where none was."""

    since: date
    until: date | None
    review_on: date | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A review that is asked for. `on` is the day it is planned for, `due_on` the one by the rule or as written.

    `why` is the event in a few words, empty for the calendar's own; `sentence` says it whole.
    """

    on: date
    due_on: date
    why: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Asking:
    """All that the rules of reviews read of one person.

    `tests` are the days of tests that found what is not ordered.
    """

    custody: Custody
    pregnant: bool | None
    regimes: tuple[Regime, ...]
    set_days: tuple[SetDay, ...]
    tests: tuple[date, ...]
    courses: tuple[CourseTaken, ...]
    pregnant_known_on: date | None = None
    transfer_known_on: date | None = None

    def facts(self, day: date) -> RegimeFacts:
        """The facts that the rules of reviews read on a day; all others stay unknown."""
        return RegimeFacts(
            patient=Patient(pregnant=self.pregnant),
            custody=self.custody,
            regimes=self.regimes,
            positive_test_on=max((each for each in self.tests if each <= day), default=None),
            not_taken=tuple(run for each in self.courses for run in each.runs(day - DAY)),
            pregnant_known_on=self.pregnant_known_on,
            transfer_known_on=self.transfer_known_on,
            nothing_ordered_since=nothing_ordered_since(self.courses, day),
        )

    def set_for(self, day: date) -> date | None:
        """The day that was written down for the next review of the regime in force."""
        held = [each for each in self.set_days if each.since <= day and (each.until is None or day <= each.until)]
        return held[-1].review_on if held else None


def asking_of(person: PersonRecord, stay: Stay, treatment: Treatment) -> Asking:
    """What of a person's stay asks for reviews, as it is written now."""
    said = values(person, stay)
    told = facts_of(born=None, sex=None, received_on=day_of(stay.arrived_at), values=said, totals={})
    return Asking(
        custody=custody_of(told, said),
        pregnant=told.patient.pregnant,
        regimes=regimes_of(treatment),
        set_days=tuple(_set_days(treatment)),
        tests=positive_tests(treatment, stay.answers),
        courses=courses_taken(treatment),
        pregnant_known_on=known_on(stay.answers, PREGNANT),
        transfer_known_on=known_on(stay.answers, TRANSFER),
    )


def _set_days(treatment: Treatment) -> Iterable[SetDay]:
    for each in treatment.regimes:
        if each.until is not None and each.until < each.since:
            continue
        since = [one for one in treatment.reviews if one.on >= each.since and one.at >= each.at]
        latest = max(since, key=lambda review: (review.on, review.at), default=None)
        yield SetDay(each.since, each.until, latest.next_due if latest else each.review_on)
