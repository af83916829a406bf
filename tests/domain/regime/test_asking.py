"""What asks for a review is kept in a few facts, and any later day is asked of them alone."""

from datetime import date

from pdtdesk.domain.reception.fold import person_of
from pdtdesk.domain.regime.asking import Asking, asking_of
from pdtdesk.domain.regime.fold import treatment_of
from tests.domain.reception.records import ADMITTED, answered
from tests.domain.record.entries import an_entry
from tests.domain.regime.test_treatment import a_dose, a_regime, an_end, an_order, day


def asking(*entries) -> Asking:
    person = person_of((*ADMITTED, *entries))
    assert person is not None
    return asking_of(person, person.stays[0], treatment_of(person))


def test_the_day_that_was_written_down_holds_for_its_own_regime() -> None:
    """The review of a regime that was ended calls the prescriber to somebody who is not treated any more."""
    review = an_entry(
        "v",
        kind="regime_review",
        body={"stay": "s", "on": "2010-06-20", "outcome": "continue", "next_due": "2010-08-01"},
    )
    first = a_regime("r", review_on="2010-07-01")
    over = a_regime("r2", "r", first=3, review_on="2010-07-09")
    assert asking(first).set_for(day(1)) == date(2010, 7, 1)
    assert asking(first, review).set_for(day(20)) == date(2010, 8, 1)
    held = asking(first, over)
    assert (held.set_for(day(1)), held.set_for(day(5))) == (date(2010, 7, 1), date(2010, 7, 9))
    ended = asking(first, an_end("e", "r", kind="regime_ended", first=3))
    assert ended.set_for(day(9)) is None


def test_a_regime_that_never_stood_sets_no_day() -> None:
    """Two regimes of one day: the first was corrected, and its review would be asked for."""
    held = asking(a_regime("r", review_on="2010-07-01"), a_regime("r2", "r", review_on="2010-07-09"))
    assert [each.review_on for each in held.set_days] == [date(2010, 7, 9)]


def test_the_facts_of_a_day_hold_what_was_known_on_it() -> None:
    """A refusal of tomorrow is no reason for a review today, and one of yesterday is."""
    held = asking(
        a_regime("r"),
        an_order("o"),
        a_dose("d"),
        a_dose("d1", on=1, outcome="refused"),
        answered("t", "yes"),
    )
    assert held.facts(day(5)).patient.pregnant
    assert held.facts(day(2)).not_taken == ((day(1), 1),)
    assert held.facts(day(1)).not_taken == ()
    assert held.facts(day(2)).positive_test_on is None
