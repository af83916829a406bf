"""When a regime is looked at again: by the calendar, and whenever something has happened since the last look."""

from dataclasses import replace
from datetime import date

import pytest

from pdtdesk.domain.custody import Custody, LegalStatus
from pdtdesk.domain.reception.facts import Dependence, Medicine, Patient
from pdtdesk.domain.regime.facts import Regime, RegimeClass, RegimeFacts
from pdtdesk.policy.national import load_national
from pdtdesk.policy.regime.assess import assess
from pdtdesk.policy.regime.reviews import Review, reassessed_from

NATIONAL = load_national()
SHOWN = NATIONAL.over("demonstration")
DAY = date(2010, 6, 1)
MAINTAINED = Regime(RegimeClass.MAINTENANCE, Medicine.METHADONE, date(2010, 4, 5), last_review_on=date(2010, 5, 10))
FACTS = RegimeFacts(
    patient=Patient(date(1982, 3, 4)),
    custody=Custody(LegalStatus.SENTENCED, date(2010, 4, 1), date(2010, 4, 1), "P2Y"),
    dependence=Dependence.DEPENDENT,
    regimes=(MAINTAINED,),
)


def due(facts: RegimeFacts, on: date = DAY) -> dict[str, Review]:
    return {each.finding.code: each for each in assess(facts, NATIONAL.on(on)).reviews}


def test_between_two_reviews_nothing_but_the_calendar_asks() -> None:
    """Otherwise every page asks for a review, and none of them is held."""
    assert {code: each.due_on for code, each in due(FACTS).items()} == {"RG-REVIEW-DUE": date(2010, 8, 10)}


@pytest.mark.parametrize(
    ("found_on", "asks"),
    [(date(2010, 5, 10), False), (date(2010, 5, 11), True), (DAY, True), (date(2010, 6, 2), False), (None, False)],
)
def test_a_test_that_found_what_is_not_ordered_asks_once_and_from_its_day(found_on: date | None, asks: bool) -> None:
    """Otherwise heroin on top of methadone waits three months, or is asked about after it was talked over (R-22)."""
    found = due(replace(FACTS, positive_test_on=found_on))
    assert ("RG-REVIEW-POSITIVE-TEST" in found) is asks
    if asks:
        assert found["RG-REVIEW-POSITIVE-TEST"].due_on == found_on


@pytest.mark.parametrize(
    ("run", "asks"),
    [
        ((date(2010, 5, 20), 3), True),
        ((date(2010, 5, 20), 2), False),
        ((date(2010, 5, 10), 9), False),
        ((date(2010, 5, 31), 30), True),
    ],
)
def test_days_not_taken_since_the_last_review_ask_for_one(run: tuple[date, int], asks: bool) -> None:
    """Otherwise tolerance is lost over a month of refusals, and the next dose is the old one."""
    found = due(replace(FACTS, not_taken=(run,)))
    assert ("RG-REVIEW-MISSED-DOSES" in found) is asks
    if asks:
        assert found["RG-REVIEW-MISSED-DOSES"].finding.sentence.startswith(f"{run[1]} days up to ")
        assert found["RG-REVIEW-MISSED-DOSES"].due_on == run[0]


def test_of_two_sources_that_disagree_the_more_careful_is_asked_until_one_is_signed() -> None:
    """Otherwise nobody looks at anybody before a lead has chosen between 3 days and more than 3 (D-05)."""
    assert reassessed_from(NATIONAL.on(DAY)) == 3
    signed = SHOWN.held("missed_days_reassess", DAY)[1]
    assert signed is not None
    assert reassessed_from(SHOWN.on(DAY)) == signed.value
