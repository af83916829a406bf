"""What is signed in the evening for the next morning stands whole: on the page, the list, the letter and paper."""

from dataclasses import replace
from datetime import timedelta

import pytest
from factories import TestDesk
from treatment import (
    TODAY,
    Patient,
    a_choice,
    a_patient,
    a_schedule,
    an_ordering,
    both_gave,
    by,
    chosen,
    due,
    ended,
    given,
    now_of,
    on_methadone,
    ordered,
    ordered_elsewhere,
    rows,
    treatment,
)

from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.roles import Role
from pdtdesk.services.reception.sheet_facts import OrderedLine
from pdtdesk.services.reception.sheets import downtime_sheet
from pdtdesk.services.refusals import Refused
from pdtdesk.services.regime import choosing, reviewing
from pdtdesk.services.regime.handing import ALL_TRUE, Ended, correct_dose, settle_doses
from pdtdesk.services.regime.in_force import declared_now, ordered_now
from pdtdesk.services.regime.letters import review_letter
from pdtdesk.services.regime.record import regimes, write_assessment
from pdtdesk.ui.regime.said import cells

TOMORROW = TODAY + timedelta(days=1)


def on_paper(desk: TestDesk) -> tuple[OrderedLine, ...]:
    """What the downtime sheet has of the medicines of the one who is here."""
    return downtime_sheet(desk.acting()).ordered[0].orders


def listed(desk: TestDesk) -> tuple[str, ...]:
    (row,) = regimes(by(desk, Role.PRESCRIBER))
    return cells(row, TODAY)


@pytest.mark.hazard("H-006")
def test_a_switch_signed_for_later_names_both_medicines_everywhere(ward: TestDesk) -> None:
    """Methadone until Friday, buprenorphine from Saturday; the letter has the buprenorphine alone, and somebody
    begins it early."""
    patient = a_patient(ward)
    ends = a_schedule(TOMORROW, 20, last=TODAY + timedelta(days=3))
    begins = a_schedule(TODAY + timedelta(days=4), 8)
    order = an_ordering(Ordered.BUPRENORPHINE, begins, ends=(Ordered.METHADONE, ends))
    lifts = frozenset({"RD-AFTER-OPIOID"})
    made = a_choice(ward, patient, since=TOMORROW, ordering=replace(order, lifted=lifts, reason="a planned switch"))
    choosing.choose(by(ward, Role.PRESCRIBER), patient.patient_id, made)
    now = now_of(ward, patient)
    assert [each.medicine for each in ordered_now(now)] == [Ordered.METHADONE, Ordered.BUPRENORPHINE]
    letter = review_letter(by(ward, Role.PRESCRIBER), patient.patient_id)
    assert [each.medicine for each in letter.orders] == ["methadone", "buprenorphine"]


@pytest.mark.hazard("H-006")
def test_a_change_of_class_signed_for_tomorrow_stands_beside_what_is_in_force(ward: TestDesk) -> None:
    """Nobody sees it: the next one signs the old class again, and the reduction that was agreed never begins."""
    patient = on_methadone(ward)
    chosen(
        ward,
        patient,
        declared=RegimeClass.GRADUAL_REDUCTION,
        since=TOMORROW,
        ordering=an_ordering(schedule=a_schedule(TOMORROW, 15)),
    )
    now = now_of(ward, patient)
    held = [(each.declared, each.since) for each in declared_now(now)]
    assert held == [(RegimeClass.MAINTENANCE, TODAY), (RegimeClass.GRADUAL_REDUCTION, TOMORROW)]
    assert [order.cautions for order in on_paper(ward)] == [(), ()], "one order follows the other: nothing contends"


def test_a_review_waits_for_the_regime_to_begin(ward: TestDesk) -> None:
    """Held the evening before, it counts for nothing the next day: what was decided, and the day, are lost."""
    patient = a_patient(ward)
    chosen(ward, patient, since=TOMORROW, ordering=an_ordering(schedule=a_schedule(TOMORROW)))
    with pytest.raises(Refused, match="no regime in force today"):
        reviewing.open_review(by(ward, Role.PRESCRIBER), patient.patient_id)


@pytest.mark.parametrize(("dependent", "standing"), [("dependent", "awaiting"), ("none", "ended")])
def test_a_regime_withdrawn_before_it_began_is_none(ward: TestDesk, dependent: str, standing: str) -> None:
    """*Signed, to begin* over what was taken back: he is waited for at the hatch, and nobody decides for him."""
    patient = a_patient(ward)
    chosen(ward, patient, since=TOMORROW, ordering=an_ordering(schedule=a_schedule(TOMORROW)))
    assert listed(ward)[0] == "Signed, to begin"
    ended(ward, patient, TODAY)
    write_assessment(by(ward, Role.PRESCRIBER), patient.patient_id, {"opioids.dependence": dependent})
    (row,) = regimes(by(ward, Role.PRESCRIBER))
    assert row.standing == standing
    assert standing == "awaiting" or listed(ward)[0] == "Withdrawn before it began"


@pytest.mark.hazard("H-008")
def test_on_paper_no_dose_stands_under_the_name_of_another_medicine(ward: TestDesk) -> None:
    """*Buprenorphine: morning 20 mg*: nobody ordered it, and it was methadone that he took."""
    patient = on_methadone(ward)
    given(ward, patient)
    ordered_elsewhere(ward, patient, "buprenorphine")
    said = {line.medicine: line.days[0].slots[0] for line in on_paper(ward)}
    assert str(said["buprenorphine"].mg) == "5 mg"
    assert said["buprenorphine"].said.startswith("methadone: taken 20 mg")


@pytest.mark.hazard("H-008")
@pytest.mark.parametrize("outcome", [Outcome.VOMITED, Outcome.CONCEALED])
def test_two_cups_stay_red_when_one_of_them_came_up_again(ward: TestDesk, outcome: Outcome) -> None:
    """Two were swallowed, one came up in part: corrected, the red goes, and the day looks like any other."""
    patient = on_methadone(ward)
    dose = both_gave(ward, patient)
    settle_doses(by(ward, Role.PRESCRIBER), dose, ALL_TRUE, "asked both nurses")
    first = treatment(ward, patient).doses[0]
    correct_dose(by(ward), due(ward, patient), first.entry_id, Ended(outcome, reason="seen"), "both say so")
    (row,) = rows(ward, patient)
    assert row.stop == f"given 2 times: methadone 20 mg, methadone 20 mg {outcome.words}"
    assert on_paper(ward)[0].days[0].slots[0].state == "more than once"


def order_of(patient: Patient, desk: TestDesk) -> str:
    return treatment(desk, patient).orders[-1].entry_id


def test_an_order_begun_tomorrow_is_changed_from_the_evening_before(ward: TestDesk) -> None:
    """Signed too low at nine and seen at ten: it is changed, and the first is not given beside it."""
    patient = a_patient(ward)
    chosen(ward, patient, since=TOMORROW, ordering=an_ordering(schedule=a_schedule(TOMORROW)))
    before = order_of(patient, ward)
    ordered(ward, patient, an_ordering(schedule=a_schedule(TOMORROW, 25)))
    (order,) = treatment(ward, patient).orders_on(TOMORROW)
    assert order.entry_id != before
    assert str(order.schedule.daily_on(TOMORROW)) == "25 mg"
