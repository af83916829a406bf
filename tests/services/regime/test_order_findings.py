"""What is said of an order when it is signed, whoever worked its days out: and what must be read is read."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from factories import TestDesk
from treatment import (
    AGREED,
    TODAY,
    a_choice,
    a_patient,
    a_schedule,
    an_ordering,
    by,
    chosen,
    given,
    now_of,
    on_methadone,
    ordered,
    tomorrow,
)

from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.codes import Code
from pdtdesk.services.refusals import Refused
from pdtdesk.services.regime import choosing

PRESCRIBER = Role.PRESCRIBER


@pytest.mark.hazard("H-006")
def test_a_change_that_is_signed_for_a_later_day_is_not_cancelled_without_a_word(ward: TestDesk) -> None:
    """Down to ten from Monday, agreed with him; a small change on Thursday, and Monday never comes."""
    patient = on_methadone(ward)
    later, sooner = (TODAY + timedelta(days=n) for n in (8, 3))
    ordered(ward, patient, an_ordering(schedule=a_schedule(later, 15)))
    now, prescriber = now_of(ward, patient), by(ward, PRESCRIBER)
    order = an_ordering(schedule=a_schedule(sooner, 18))
    said = {each.code: each.sentence for each in choosing.findings_of_order(now, order, AGREED, prescriber)}
    assert "methadone 15 mg from Thu 10 Jun 2010, signed by H. Castellan" in said[Code.LATER_ORDER]
    read = frozenset(said) - {Code.LATER_ORDER}
    with pytest.raises(Refused, match="for a later day"):
        choosing.change_order(prescriber, patient.patient_id, order, AGREED, choosing.seen_of(now), read)
    ordered(ward, patient, order)
    after = an_ordering(schedule=a_schedule(TODAY + timedelta(days=9), 10))
    assert Code.LATER_ORDER not in {
        each.code for each in choosing.findings_of_order(now_of(ward, patient), after, AGREED, prescriber)
    }


def test_a_second_rise_within_the_first_week_counts_from_the_first_dose(ward: TestDesk) -> None:
    """Twenty on Wednesday, forty on Friday by a new order, sixty on Sunday by another: no page has said a word."""
    patient = on_methadone(ward)
    prescriber = by(ward, PRESCRIBER)
    for _ in range(2):
        given(ward, patient)
        tomorrow(ward)
    friday = TODAY + timedelta(days=2)

    def said(first: int, day: int) -> set[str]:
        order = an_ordering(schedule=a_schedule(TODAY + timedelta(days=day), first))
        found = choosing.findings_of_order(now_of(ward, patient), order, AGREED, prescriber)
        return {each.code for each in found}

    assert friday == ward.clock.now().date()
    assert Code.SCHEDULE_WEEK_ONE not in said(50, 2)
    assert Code.SCHEDULE_WEEK_ONE in said(51, 2)
    assert Code.SCHEDULE_WEEK_ONE in said(51, 6)
    assert Code.SCHEDULE_WEEK_ONE not in said(51, 7)


@pytest.mark.hazard("H-006")
def test_a_first_day_is_held_against_its_range_whoever_worked_the_course_out(ward: TestDesk) -> None:
    """Eighty on a first day, handed over without the page that would have said so."""
    patient = a_patient(ward)
    order = an_ordering(schedule=a_schedule(amount=80))
    made = a_choice(ward, patient, ordering=order)
    assert Code.SCHEDULE_ABOVE in made.acknowledged
    with pytest.raises(Refused, match="80 mg of methadone on the first day is above"):
        choosing.choose(
            by(ward, PRESCRIBER),
            patient.patient_id,
            replace(made, acknowledged=made.acknowledged - {Code.SCHEDULE_ABOVE}),
        )
    now = choosing.choose(by(ward, PRESCRIBER), patient.patient_id, made)
    kept = {each["code"] for each in now.treatment.orders[0].body["findings"]}
    assert Code.SCHEDULE_ABOVE in kept


def test_a_substitute_in_possession_before_its_time_is_said(ward: TestDesk) -> None:
    """A week's methadone in a cell in the first month, and nobody was told of the three that come before (D-12)."""
    patient = on_methadone(ward)
    given(ward, patient)
    prescriber = by(ward, PRESCRIBER)

    def said(**of_it: object) -> set[str]:
        order = an_ordering(**{"supervised": False, "possession": "single cell", **of_it})
        found = choosing.findings_of_order(now_of(ward, patient), order, AGREED, prescriber)
        return {each.code for each in found}

    assert Code.IN_POSSESSION in said(schedule=a_schedule(date(2010, 9, 1)))
    assert Code.IN_POSSESSION not in said(schedule=a_schedule(date(2010, 9, 2)))
    assert Code.IN_POSSESSION not in said(supervised=True)
    assert Code.IN_POSSESSION not in said(medicine=Ordered.DIAZEPAM)


def test_a_dose_whose_round_has_passed_is_said_before_an_order_is_signed(ward: TestDesk) -> None:
    """Signed at twenty to ten for this morning: nothing tonight, and tomorrow the second day's dose as his first."""
    patient = a_patient(ward)
    ward.clock.at = ward.clock.at.replace(hour=21, minute=40)
    prescriber, now = by(ward, Role.PRESCRIBER), now_of(ward, patient)
    for slots, said in ((("morning", "noon", "night"), True), (("night",), False)):
        order = an_ordering(schedule=a_schedule(TODAY, 10, slots=slots))
        found = {each.code: each for each in choosing.findings_of_order(now, order, AGREED, prescriber)}
        assert (Code.FIRST_DAY_PASSED in found) is said
        if said:
            assert "The round has passed for morning, noon of today" in found[Code.FIRST_DAY_PASSED].sentence
    tomorrows = an_ordering(schedule=a_schedule(TODAY + timedelta(days=1), 10))
    found = choosing.findings_of_order(now, tomorrows, AGREED, prescriber)
    assert Code.FIRST_DAY_PASSED not in {each.code for each in found}
    (later,) = (each for each in found if each.code == Code.FIRST_DAY_LATER)
    assert "Nothing of it is given today: the first dose is on Thu 3 Jun 2010, morning" in later.sentence
    chosen(ward, patient)
    found = choosing.findings_of_order(now_of(ward, patient), tomorrows, AGREED, prescriber)
    assert Code.FIRST_DAY_LATER not in {each.code for each in found}, "a dose stands for today already"
