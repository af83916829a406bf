"""Days on which nothing was taken: a lost day is a lost tolerance, and the old dose may be too much."""

from dataclasses import replace
from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.missed import (
    Missed,
    StepNotTaken,
    days_missed_before,
    days_not_known,
    first_ordered,
    runs_not_taken,
    step_not_taken,
)
from pdtdesk.domain.regime.schedule import Schedule, Stretch
from pdtdesk.domain.regime.treatment import Order, Treatment
from tests.domain.regime.treatments import a_dose, an_order, day

METHADONE = Ordered.METHADONE
REFUSED, MISSED = Outcome.REFUSED, Outcome.MISSED


def test_nobody_misses_what_was_never_ordered() -> None:
    """Otherwise the first dose of all is stopped for days before there was an order."""
    other = Treatment(orders=(an_order(Ordered.DIAZEPAM),))
    assert first_ordered(other, METHADONE) is None
    assert days_missed_before(other, METHADONE, day(9)) == Missed(0, 0, None)
    assert runs_not_taken(other, METHADONE, day(9)) == ()
    assert days_missed_before(Treatment(orders=(an_order(),)), METHADONE, day(0)) == Missed(0, 0, None)


@pytest.mark.hazard("H-007")
def test_days_are_counted_back_to_the_last_that_was_taken_across_the_end_of_a_month() -> None:
    """Otherwise the count begins again on the first of June, and day five is given as day one."""
    doses = (a_dose(5), a_dose(6, REFUSED), a_dose(7, MISSED), a_dose(8, Outcome.VOMITED), a_dose(9, MISSED))
    treated = Treatment(orders=(an_order(),), doses=doses)
    assert days_missed_before(treated, METHADONE, day(10)) == Missed(4, 0, day(5))
    assert days_missed_before(treated, METHADONE, day(6)) == Missed(0, 0, day(5))


@pytest.mark.hazard("H-007")
def test_a_day_without_a_row_is_not_known_and_counted_apart() -> None:
    """Otherwise a day of which nobody wrote anything is taken for a dose, or for a refusal."""
    treated = Treatment(orders=(an_order(),), doses=(a_dose(0), a_dose(2, REFUSED)))
    assert days_missed_before(treated, METHADONE, day(4)) == Missed(3, 2, day(0))
    never = Treatment(orders=(an_order(),), doses=(a_dose(1, REFUSED),))
    assert days_missed_before(never, METHADONE, day(2)) == Missed(2, 1, None)


def test_a_day_on_which_nothing_was_ordered_was_not_taken_and_that_is_known() -> None:
    """Otherwise a pause that a prescriber ordered stops the round for a day that nobody can ever explain."""
    orders = (an_order(last=1), an_order(first=2, last=3, mg="0 mg"), an_order(first=6))
    treated = Treatment(orders=orders, doses=(a_dose(0), a_dose(1)))
    assert days_missed_before(treated, METHADONE, day(6)) == Missed(4, 0, day(1))
    assert days_missed_before(treated, METHADONE, day(7)) == Missed(5, 1, day(1))


@pytest.mark.hazard("H-007")
def test_the_count_runs_on_through_a_change_of_the_order_and_of_the_tablet() -> None:
    """Otherwise whoever was changed to the other tablet on day four counts as having missed none."""
    plain, combined = Ordered.BUPRENORPHINE, Ordered.BUPRENORPHINE_NALOXONE
    orders = (an_order(plain, last=2), an_order(combined, first=3))
    treated = Treatment(orders=orders, doses=(a_dose(0, medicine=plain), a_dose(3, REFUSED, combined)))
    assert days_missed_before(treated, plain, day(4)) == Missed(3, 2, day(0))
    assert days_missed_before(treated, combined, day(4)) == Missed(3, 2, day(0))
    assert first_ordered(treated, combined) == day(0)


def test_half_a_days_dose_taken_is_a_day_taken() -> None:
    """Otherwise whoever took the morning's and refused the evening's counts as having taken nothing."""
    doses = (a_dose(0), a_dose(1), a_dose(1, REFUSED, slot="evening"), a_dose(2, REFUSED), a_dose(2, slot="night"))
    treated = Treatment(orders=(an_order(),), doses=doses)
    assert runs_not_taken(treated, METHADONE, day(2)) == ()


def test_each_run_of_days_not_taken_is_told_by_its_last_day() -> None:
    """Otherwise a review sees how many days were lost in all, and not the week in May that took the tolerance."""
    doses = (a_dose(0), a_dose(3), a_dose(4, REFUSED), a_dose(5))
    treated = Treatment(orders=(an_order(),), doses=doses)
    assert runs_not_taken(treated, METHADONE, day(7)) == ((day(2), 2), (day(4), 1), (day(7), 2))


@given(st.lists(st.sampled_from([None, *Outcome]), min_size=1, max_size=60))
def test_a_dose_is_stopped_for_exactly_the_days_since_something_was_swallowed(days: list[Outcome | None]) -> None:
    """Otherwise one odd mixture of refusals and empty days adds up to another number than the ward counts."""
    doses = tuple(a_dose(number, outcome) for number, outcome in enumerate(days) if outcome is not None)
    treated = Treatment(orders=(an_order(),), doses=doses)
    found = days_missed_before(treated, METHADONE, day(len(days)))
    taken = [number for number, outcome in enumerate(days) if outcome is not None and outcome.counts]
    since = taken[-1] + 1 if taken else 0
    assert found == Missed(len(days) - since, days[since:].count(None), day(taken[-1]) if taken else None)
    assert sum(count for _, count in runs_not_taken(treated, METHADONE, day(len(days) - 1))) == len(days) - len(taken)


@pytest.mark.parametrize("outcome", Outcome)
def test_what_was_vomited_or_concealed_was_not_taken(outcome: Outcome) -> None:
    """Otherwise a dose that lies in a sock keeps up a tolerance that is gone."""
    treated = Treatment(orders=(an_order(),), doses=(a_dose(0, outcome),))
    kept = outcome in (Outcome.TAKEN, Outcome.PART_TAKEN)
    assert (days_missed_before(treated, METHADONE, day(1)).days == 0) is kept


def test_an_outcome_is_said_in_words() -> None:
    """Otherwise the administration record prints `part_taken`."""
    assert [each.words for each in (Outcome.PART_TAKEN, Outcome.TAKEN)] == ["part taken", "taken"]


def mg(amount: int) -> Milligrams:
    return Milligrams.parse(f"{amount} mg")


def a_course(*doses: int, first: int = 0, signed: int | None = None) -> Order:
    """Methadone that changes every day from its first on, and goes on at the last; signed on its first day."""
    ends = [day(first + number) for number in range(len(doses) - 1)]
    stretches = tuple(
        Stretch(day(first + number), last, (("morning", mg(dose)),))
        for number, (dose, last) in enumerate(zip(doses, [*ends, None], strict=True))
    )
    at = datetime.combine(day(first if signed is None else signed), time(10), LONDON)
    return replace(an_order(first=first, id_=f"o{first}"), schedule=Schedule(stretches), at=at)


@pytest.mark.hazard("H-007")
@pytest.mark.parametrize(
    ("course", "taken", "on", "found"),
    [
        ((30, 40, 50), {}, 0, None),
        ((30, 40, 50), {}, 1, (30, 0)),
        ((30, 40, 50), {0: 30}, 1, None),
        ((30, 40, 50), {0: 20}, 1, (30, 20)),
        ((30, 40, 50), {0: 30}, 2, (40, 30)),
        ((30, 40, 50), {0: 30, 1: 40}, 9, None),
        ((60, 50, 40), {}, 2, None),
        ((60, 30, 40), {0: 60}, 2, (30, 0)),
        ((60, 20, 30, 40, 50), {0: 60, 1: 20}, 4, (40, 20)),
        ((30, 0, 40, 50), {0: 30}, 3, (40, 30)),
        ((0, 30), {}, 1, None),
        ((30,), {}, 5, None),
    ],
)
def test_a_course_does_not_rise_over_days_on_which_its_dose_was_not_taken(
    course: tuple[int, ...], taken: dict[int, int], on: int, found: tuple[int, int] | None
) -> None:
    """He did not come for the first dose of all, and is handed that of the second day as his first; what he took
    before it came down is no tolerance either."""
    doses = tuple(replace(a_dose(number), mg=mg(amount)) for number, amount in taken.items())
    refused = a_dose(0, REFUSED, slot="evening")
    order = a_course(*course)
    treated = Treatment(orders=(order,), doses=(*doses, refused))
    expected = None if found is None else StepNotTaken(mg(found[0]), mg(found[1]))
    assert step_not_taken(treated, order, day(on), {}) == expected


@pytest.mark.hazard("H-007")
def test_a_step_of_the_order_before_counts_from_the_day_of_the_signature() -> None:
    """Ten, then twenty; thirty is signed for tomorrow at ten, the twenty is refused at noon, and thirty is poured."""
    before = replace(a_course(10, 20), until=day(1))
    known, after = a_course(30, 40, first=2, signed=2), a_course(30, 40, first=2, signed=1)
    doses = (replace(a_dose(0), mg=mg(10)), a_dose(1, REFUSED))
    for order, found in ((after, StepNotTaken(mg(20), mg(0))), (known, None)):
        treated = Treatment(orders=(before, order), doses=doses)
        assert step_not_taken(treated, order, day(2), {}) == found


@pytest.mark.hazard("H-007")
def test_a_step_that_was_taken_at_court_was_taken() -> None:
    """Witnessed at court and told at reception: *not taken* in red, and the nurse who knows better learns to lift."""
    order = a_course(10, 20, 30)
    treated = Treatment(orders=(order,), doses=(replace(a_dose(0), mg=mg(10)),))
    assert step_not_taken(treated, order, day(2), {day(1): mg(20)}) is None
    assert step_not_taken(treated, order, day(2), {day(1): mg(5)}) == StepNotTaken(mg(20), mg(10))


@pytest.mark.hazard("H-007")
def test_of_a_run_it_is_told_on_how_many_days_nobody_knows() -> None:
    """Otherwise a day of which nobody wrote anything stands on the picture as a refusal."""
    sedative = a_dose(2, medicine=Ordered.DIAZEPAM)
    orders = (an_order(last=3), an_order(Ordered.DIAZEPAM))
    treated = Treatment(orders=orders, doses=(a_dose(0), a_dose(1, REFUSED), sedative))
    assert days_not_known(treated, day(0), day(1)) == 0
    assert days_not_known(treated, day(1), day(3)) == 2, (
        "what was written of a sedative says nothing of the methadone"
    )
    assert days_not_known(treated, day(4), day(6)) == 0, "nothing of it was ordered"
