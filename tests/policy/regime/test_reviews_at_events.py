"""A regime is looked at again when something happens: a sentence, a transfer, a pregnancy, a release that is near."""

from dataclasses import replace
from datetime import date

import pytest

from pdtdesk.domain.custody import Custody, LegalStatus
from pdtdesk.domain.reception.facts import Dependence, Medicine, Patient
from pdtdesk.domain.regime.facts import Regime, RegimeClass, RegimeFacts
from pdtdesk.policy.findings import Tier
from pdtdesk.policy.national import load_national
from pdtdesk.policy.regime.assess import assess
from pdtdesk.policy.regime.reviews import Review, next_review

NATIONAL = load_national()
SIGNED = NATIONAL.over("demonstration")
LOOKED = date(2010, 5, 10)
REGIME = Regime(RegimeClass.MAINTENANCE, Medicine.METHADONE, date(2010, 4, 5), last_review_on=LOOKED)
DAY = date(2010, 6, 1)
CUSTODY = Custody(LegalStatus.SENTENCED, date(2010, 4, 1), date(2010, 4, 1), "P2Y")
FACTS = RegimeFacts(
    patient=Patient(date(1982, 3, 4)), custody=CUSTODY, dependence=Dependence.DEPENDENT, regimes=(REGIME,)
)


def due(facts: RegimeFacts, on: date = DAY, policy=NATIONAL) -> dict[str, Review]:
    return {each.finding.code: each for each in assess(facts, policy.on(on)).reviews}


@pytest.mark.parametrize(
    ("sentenced_on", "asks"), [(LOOKED, False), (date(2010, 5, 11), True), (DAY, True), (date(2010, 6, 2), False)]
)
def test_a_sentence_that_was_passed_since_asks_for_a_review(sentenced_on: date, *, asks: bool) -> None:
    """Otherwise what was right on remand goes on through a sentence of years."""
    facts = replace(FACTS, custody=replace(CUSTODY, sentenced_on=sentenced_on))
    assert ("RG-REVIEW-SENTENCED" in due(facts)) is asks
    remand = replace(FACTS, custody=replace(CUSTODY, sentenced_on=sentenced_on, status=LegalStatus.REMAND))
    assert "RG-REVIEW-SENTENCED" not in due(remand)


def test_a_transfer_that_is_planned_and_a_pregnancy_ask_for_a_review() -> None:
    """Otherwise he arrives where nobody knows of his methadone; or a reduction goes on through a pregnancy."""
    moving = due(replace(FACTS, custody=replace(CUSTODY, transfer_to="STW")))
    assert "STW" in moving["RG-REVIEW-TRANSFER"].finding.sentence
    pregnant = due(replace(FACTS, patient=replace(FACTS.patient, pregnant=True)))
    assert pregnant["RG-REVIEW-PREGNANT"].finding.tier is Tier.MUST_ACKNOWLEDGE
    assert not {"RG-REVIEW-TRANSFER", "RG-REVIEW-PREGNANT"} & due(FACTS).keys()


@pytest.mark.parametrize(
    ("release_on", "asks"),
    [
        (date(2010, 5, 31), False),
        (DAY, False),
        (date(2010, 6, 7), False),
        (date(2010, 6, 8), True),
        (date(2010, 6, 29), True),
        (date(2010, 6, 30), False),
    ],
    ids=["passed", "looked at since it was near", "the day it came near", "the day after", "28 days", "29 days"],
)
def test_a_release_that_comes_near_asks_for_a_review_once(release_on: date, *, asks: bool) -> None:
    """Otherwise he goes out with nobody to prescribe on Monday; without a signed figure the calendar alone asks."""
    facts = replace(FACTS, custody=replace(CUSTODY, release_on=release_on))
    assert ("RG-REVIEW-RELEASE" in due(facts, policy=SIGNED)) is asks
    assert "RG-REVIEW-RELEASE" not in due(facts)


@pytest.mark.parametrize(
    ("looked", "on", "code", "falls"),
    [
        (date(2010, 3, 1), date(2010, 6, 1), "RG-REVIEW-DUE", date(2010, 6, 1)),
        (date(2010, 3, 1), date(2010, 6, 2), "RG-REVIEW-OVERDUE", date(2010, 6, 1)),
        (date(2010, 11, 30), date(2010, 12, 1), "RG-REVIEW-DUE", date(2011, 2, 28)),
        (date(2011, 11, 30), date(2012, 1, 1), "RG-REVIEW-DUE", date(2012, 2, 29)),
    ],
)
def test_three_months_are_three_months_of_the_calendar(looked: date, on: date, code: str, falls: date) -> None:
    """Otherwise a review of the thirtieth falls on a day that is none, or a day is lost each time (R-07, R-22)."""
    facts = replace(FACTS, regimes=(replace(REGIME, since=looked, last_review_on=None),))
    assert due(facts, on)[code].due_on == falls
    reviewed = replace(FACTS, regimes=(replace(REGIME, since=date(2009, 1, 1), last_review_on=looked),))
    assert due(reviewed, on)[code].due_on == falls


def test_a_review_on_a_sunday_or_bank_holiday_is_planned_for_the_day_before() -> None:
    """Otherwise nobody sits at the desk on that day, and it slips (S-05)."""
    christmas = replace(FACTS, regimes=(replace(REGIME, last_review_on=date(2010, 9, 26)),))
    review = due(christmas, date(2010, 10, 1))["RG-REVIEW-DUE"]
    assert (review.due_on, review.planned_on) == (date(2010, 12, 26), date(2010, 12, 24))


def test_the_next_review_is_proposed_for_a_class_that_has_an_interval() -> None:
    """Otherwise the day is left to memory (R-07, R-22)."""
    params = NATIONAL.on(DAY)
    for declared in (RegimeClass.MAINTENANCE, RegimeClass.GRADUAL_REDUCTION):
        assert next_review(declared, date(2010, 11, 30), params) == date(2011, 2, 28)
    assert next_review(RegimeClass.DETOXIFICATION, DAY, params) is None


@pytest.mark.parametrize("declared", [RegimeClass.STABILISATION, RegimeClass.DETOXIFICATION])
def test_a_class_without_an_interval_is_asked_for_by_events_alone(declared: RegimeClass) -> None:
    """Otherwise an interval is invented for a course of fourteen days."""
    facts = replace(FACTS, regimes=(replace(REGIME, declared=declared),))
    assert due(facts) == {}
    assert set(due(replace(facts, not_taken=((DAY, 4),)))) == {"RG-REVIEW-MISSED-DOSES"}


def test_a_regime_that_has_ended_is_not_reviewed() -> None:
    """Otherwise the list of what is overdue fills with people who take nothing."""
    assert due(replace(FACTS, regimes=(replace(REGIME, until=date(2010, 5, 31)),))) == {}
    assert due(replace(FACTS, regimes=(replace(REGIME, until=DAY),)))


@pytest.mark.parametrize(("since", "asks"), [(None, False), (date(2010, 4, 4), False), (date(2010, 5, 28), True)])
def test_a_class_in_force_with_nothing_ordered_asks_for_a_review(since: date | None, *, asks: bool) -> None:
    """Maintained by the list, and on no round: whoever reviewed him before the order ended will not look again."""
    found = due(replace(FACTS, nothing_ordered_since=since))
    assert ("RG-REVIEW-NOTHING-ORDERED" in found) is asks
