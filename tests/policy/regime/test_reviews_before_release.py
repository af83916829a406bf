"""A review is proposed for a day on which somebody can hold it: a working day, and before the gate."""

from datetime import date, timedelta

import pytest

from pdtdesk.domain.custody import Custody, LegalStatus
from pdtdesk.domain.reception.facts import Patient
from pdtdesk.domain.regime.facts import RegimeClass, RegimeFacts
from pdtdesk.policy.national import load_national
from pdtdesk.policy.regime.assess import assess
from pdtdesk.policy.regime.reviews import next_review, why_sooner
from pdtdesk.policy.regime.standing import ClassStanding, stands
from pdtdesk.policy.working_days import is_working_day, working_day_before

NATIONAL = load_national()
DAY = date(2010, 6, 1)
M = RegimeClass.MAINTENANCE


def released(on: date | None, policy=NATIONAL, status: LegalStatus = LegalStatus.SENTENCED):
    custody = Custody(status, date(2010, 4, 1), date(2010, 4, 1), "P2Y", release_on=on)
    return assess(RegimeFacts(patient=Patient(date(1982, 3, 4)), custody=custody), policy.on(DAY)).custody


@pytest.mark.parametrize("release", [DAY + timedelta(days=after) for after in range(1, 100, 7)])
@pytest.mark.parametrize("policy", [NATIONAL, NATIONAL.over("demonstration")])
def test_a_review_is_proposed_before_release_on_a_working_day_or_not_at_all(release: date, policy) -> None:
    """A review of the day after the gate is held by nobody."""
    params = policy.on(DAY)
    custody = released(release, policy)
    proposed = next_review(M, DAY, params, custody)
    assert proposed is None or (DAY < proposed < release and is_working_day(proposed))
    due = next_review(M, DAY, params)
    said = why_sooner(M, DAY, params, custody)
    assert bool(said) is (due is not None and (proposed is None or proposed < due))


def test_why_another_day_is_proposed_is_said() -> None:
    """A day that is not the rule's, without a word, is changed back."""
    params, signed = NATIONAL.on(DAY), NATIONAL.over("demonstration").on(DAY)
    soon = released(date(2010, 6, 2))
    assert next_review(M, DAY, params, soon) is None
    assert "no working day is left before it" in why_sooner(M, DAY, params, soon)
    later = date(2010, 8, 20)
    words = {why_sooner(M, DAY, each, released(later)) for each in (params, signed)}
    assert any("the last working day before it" in each or "the day from which it is near" in each for each in words)
    estimated = assess(
        RegimeFacts(
            patient=Patient(date(1982, 3, 4)),
            custody=Custody(LegalStatus.SENTENCED, date(2010, 4, 1), date(2010, 4, 1), "P20W"),
        ),
        params,
    ).custody
    assert "the latest estimate" in why_sooner(M, DAY, params, estimated)


def test_without_a_release_or_an_interval_nothing_is_moved() -> None:
    """On remand the rule's own day is proposed, and a class without an interval has none."""
    params = NATIONAL.on(DAY)
    remand = released(None, status=LegalStatus.REMAND)
    assert next_review(M, DAY, params, remand) is not None
    assert why_sooner(M, DAY, params, remand) == ""
    assert next_review(RegimeClass.STABILISATION, DAY, params, remand) is None
    assert why_sooner(RegimeClass.STABILISATION, DAY, params, remand) == ""


def test_how_a_class_stands_is_said_in_words() -> None:
    """`needs_reason` is a word of the journal and of nobody's mouth."""
    assert stands(ClassStanding.NEEDS_REASON) == "needs a reason"
    assert stands("offered") == "is offered"
    assert stands(None) == "is to be assessed first"
    assert stands("asked_twice") == "is asked twice"


def test_the_working_day_before_a_holiday() -> None:
    """Mon 31 May 2010 was a bank holiday: before the Tuesday comes the Friday."""
    assert working_day_before(date(2010, 6, 1)) == date(2010, 5, 28)
