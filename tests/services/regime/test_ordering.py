"""An order as it is signed: what it takes the place of, what stops it, how it ends, and who takes it back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from factories import TestDesk
from treatment import (
    AGREED,
    TODAY,
    Patient,
    a_choice,
    a_patient,
    a_schedule,
    an_ordering,
    answered,
    by,
    chosen,
    ended,
    given,
    mg,
    now_of,
    on_methadone,
    ordered,
    read_of,
    rows,
    stopped,
    tomorrow,
    treatment,
    written_elsewhere,
)

from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.treatment import Agreed, Wish
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.codes import Code
from pdtdesk.services.reception.corrections import mark_in_error
from pdtdesk.services.refusals import NotAllowed, Refused
from pdtdesk.services.regime import choosing, record

PRESCRIBER = Role.PRESCRIBER


def choose(desk: TestDesk, patient: Patient, **given_: object):
    return choosing.choose(by(desk, PRESCRIBER), patient.patient_id, a_choice(desk, patient, **given_))


def changed(desk: TestDesk, patient: Patient, ordering=None, wish: Wish = AGREED, **given_: object):
    now, prescriber = now_of(desk, patient), by(desk, PRESCRIBER)
    order = ordering or an_ordering(schedule=a_schedule(amount=15))
    read = given_.get("acknowledged", read_of(choosing.findings_of_order(now, order, wish, prescriber)))
    return choosing.change_order(prescriber, patient.patient_id, order, wish, choosing.seen_of(now), read)


def test_a_changed_order_asks_for_agreement_too(ward: TestDesk) -> None:
    """Otherwise the class is agreed upon in June and the dose lowered in July without a word."""
    patient = on_methadone(ward)
    with pytest.raises(Refused, match="whether the person agreed"):
        changed(ward, patient, wish=Wish())
    against = Wish("to stay", "lower", Agreed.NO)
    read = a_choice(ward, patient).acknowledged
    with pytest.raises(Refused, match="without agreement"):
        changed(ward, patient, wish=against, acknowledged=read)
    now = changed(ward, patient, wish=against, acknowledged=read | {Code.NOT_AGREED})
    (order,) = now.treatment.orders_on(TODAY)
    assert Code.NOT_AGREED in {each["code"] for each in order.body["findings"]}
    assert order.schedule.daily_on(TODAY) == mg(15)


def test_only_a_prescriber_takes_an_order_back(ward: TestDesk) -> None:
    """Otherwise a nurse who marks the lower dose as a mistake brings the higher one back (S-02)."""
    patient = on_methadone(ward)
    changed(ward, patient)
    (latest,) = treatment(ward, patient).orders_on(TODAY)
    for role in (Role.NURSE, Role.LEAD):
        with pytest.raises(NotAllowed, match="may not mark this: Order signed"):
            mark_in_error(by(ward, role), latest.entry_id, "mistyped")
    assert treatment(ward, patient).orders_on(TODAY) == (latest,)
    mark_in_error(by(ward, PRESCRIBER), latest.entry_id, "mistyped")
    (stands,) = treatment(ward, patient).orders
    assert (stands.until, stands.schedule.daily_on(TODAY)) == (None, mg(20))


def test_nothing_is_ordered_for_a_day_that_has_passed(ward: TestDesk) -> None:
    """Otherwise yesterday's doses are due today, and missed before they were ordered."""
    patient = a_patient(ward)
    yesterday = TODAY - timedelta(days=1)
    past = an_ordering(schedule=a_schedule(yesterday))
    for given_ in ({"since": yesterday}, {"ordering": past}, {"since": yesterday, "ordering": past}):
        with pytest.raises(Refused, match=r"has passed|before the regime"):
            choose(ward, patient, **given_)
    chosen(ward, patient)
    with pytest.raises(Refused, match="has passed"):
        changed(ward, patient, past)
    long_ago = TODAY - timedelta(days=2)
    for over in (ended, stopped):
        with pytest.raises(Refused, match="has passed"):
            over(ward, patient, long_ago)


def test_an_order_gives_something_and_says_why_it_is_in_possession(ward: TestDesk) -> None:
    """Otherwise a week's methadone is in a cell, and nobody can say on what assessment."""
    patient = a_patient(ward)
    with pytest.raises(Refused, match="gives nothing on any day"):
        choose(ward, patient, ordering=an_ordering(schedule=a_schedule(amount=0)))
    with pytest.raises(Refused, match="risk assessment"):
        choose(ward, patient, ordering=an_ordering(supervised=False, possession=" "))
    now = choose(ward, patient, ordering=an_ordering(supervised=False, possession="single cell, no history"))
    (order,) = now.treatment.orders
    assert (order.supervised, order.possession) == (False, "single cell, no history")


@pytest.mark.parametrize("allergy", ["methadone", "Methadone (rash)"])
def test_an_allergy_stops_the_order_until_it_is_lifted_with_a_reason(ward: TestDesk, allergy: str) -> None:
    """Otherwise the allergy on the banner is read by everybody but by the order."""
    patient = a_patient(ward, {"risk.allergies": f"penicillin, {allergy}"})
    with pytest.raises(Refused, match="Allergy written down"):
        choose(ward, patient)
    over = frozenset({"RD-ALLERGY"})
    with pytest.raises(Refused, match="why the stop is lifted"):
        choose(ward, patient, ordering=an_ordering(lifted=over))
    now = choose(ward, patient, ordering=an_ordering(lifted=over, reason="nausea, no allergy"))
    assert now.treatment.orders[0].body["lifted"] == ["RD-ALLERGY"]
    assert rows(ward, patient)[0].state == "due"


def test_an_order_lifts_no_more_than_what_stood_when_it_was_signed(ward: TestDesk) -> None:
    """Otherwise one signature lifts every stop that will ever stand, whatever is found out later."""
    patient = a_patient(ward)
    every = frozenset({"RD-ALLERGY", "RD-AFTER-SEDATION", "RD-MISSED-DAYS", "RD-CONFLICT"})
    now = choose(ward, patient, ordering=an_ordering(lifted=every, reason="as discussed"))
    assert now.treatment.orders[0].body["lifted"] == []
    answered(ward, patient, risk__allergies="methadone")
    assert rows(ward, patient)[0].state == "stopped"


def test_a_ceiling_while_the_dose_outside_is_not_confirmed_stops_the_order(ward: TestDesk) -> None:
    """Otherwise 60 mg that he only told of are ordered as though somebody had confirmed them (D-16)."""
    told = {"prescribed.any": "yes", "prescribed.medicine": "methadone", "prescribed.daily": "60"}
    patient = a_patient(ward, told)
    signed = by(ward, PRESCRIBER, signed=True)
    for amount, refused in ((30, False), (31, True)):
        order = an_ordering(schedule=a_schedule(amount=amount))
        made = a_choice(ward, patient, acting=signed, ordering=order)
        if refused:
            with pytest.raises(Refused, match="above the local ceiling of 30 mg"):
                choosing.choose(signed, patient.patient_id, made)
        else:
            assert choosing.choose(signed, patient.patient_id, made).treatment.orders


def test_naltrexone_and_an_opioid_are_not_ordered_beside_each_other(ward: TestDesk) -> None:
    """Otherwise the tablet throws him into withdrawal, or the methadone lies blocked until it acts all at once."""
    patient = on_methadone(ward)
    tablets = an_ordering(Ordered.NALTREXONE, a_schedule(amount=50))
    with pytest.raises(Refused, match="Naltrexone beside methadone"):
        changed(ward, patient, tablets)
    changed(ward, patient, replace(tablets, lifted=frozenset({"RD-ON-NALTREXONE"}), reason="methadone ends today"))
    with pytest.raises(Refused, match="On naltrexone"):
        changed(ward, patient)


def test_one_substitute_takes_the_place_of_the_other(ward: TestDesk) -> None:
    """Otherwise a change of medicine is a second medicine."""
    patient = on_methadone(ward)
    tomorrow(ward)
    day = TODAY + timedelta(days=1)
    now = chosen(ward, patient, ordering=an_ordering(Ordered.BUPRENORPHINE, a_schedule(day, 4)))
    assert [each.medicine for each in now.treatment.orders_on(day)] == [Ordered.BUPRENORPHINE]
    assert [each.medicine for each in now.treatment.regime_on(day)] == [Ordered.BUPRENORPHINE]
    assert now.treatment.orders[0].until == TODAY
    kept = ordered(ward, patient, an_ordering(Ordered.CHLORDIAZEPOXIDE, a_schedule(day, 10)))
    assert len(kept.treatment.orders_on(day)) == 2, "what is no substitute stands beside it"


def test_a_substitute_is_ordered_with_its_class(ward: TestDesk) -> None:
    """Otherwise nobody can say who is on what kind of regime, as in 2010."""
    patient = a_patient(ward)
    with pytest.raises(Refused, match="ordered with its class"):
        changed(ward, patient)
    assert changed(ward, patient, an_ordering(Ordered.CHLORDIAZEPOXIDE, a_schedule(amount=10))).treatment.orders


def test_a_correction_that_begins_earlier_leaves_no_day_with_two_orders(ward: TestDesk) -> None:
    """Otherwise the days between are given twice."""
    patient = on_methadone(ward)
    later, sooner = (TODAY + timedelta(days=n) for n in (8, 3))
    changed(ward, patient, an_ordering(schedule=a_schedule(later, 15)))
    now = changed(ward, patient, an_ordering(schedule=a_schedule(sooner, 10)))
    for number in range(14):
        assert len(now.treatment.orders_on(TODAY + timedelta(days=number))) == 1
    assert chosen(ward, patient, since=later, ordering=None).treatment.conflicting == ()
    (row,) = record.regimes(by(ward))
    assert row.standing == "in force"


def test_one_desk_stopped_what_another_changed_and_a_new_order_settles_both(ward: TestDesk) -> None:
    """Otherwise the stop or the change is silently lost; or the red never goes away."""
    patient = on_methadone(ward)
    (order,) = treatment(ward, patient).orders
    body = {"stay": patient.stay, "from": TODAY.isoformat(), "why": "elsewhere", "replaces": [order.entry_id]}
    changed(ward, patient)
    written_elsewhere(ward, patient, "order_ended", body, PRESCRIBER, order.entry_id)
    assert len(treatment(ward, patient).conflicting) == 2
    assert rows(ward, patient)[0].state == "conflict"
    now = changed(ward, patient, an_ordering(schedule=a_schedule(amount=10)))
    assert now.treatment.conflicting == ()
    assert now.person.conflicts == ()
    assert rows(ward, patient)[0].state == "due"


def test_a_switch_of_medicine_within_a_class_stands_on_the_list_and_in_what_doses_show(ward: TestDesk) -> None:
    """Otherwise whoever was switched counts as on methadone, and months of buprenorphine show nothing."""
    patient = on_methadone(ward, declared=RegimeClass.DETOXIFICATION)
    tomorrow(ward)
    day = TODAY + timedelta(days=1)
    changed(ward, patient, an_ordering(Ordered.BUPRENORPHINE, a_schedule(day, 8)))
    assert record.regimes(by(ward))[0].medicine == "buprenorphine"
    for _ in range(30):
        given(ward, patient, medicine=Ordered.BUPRENORPHINE)
        tomorrow(ward)
    (told,) = now_of(ward, patient).differences
    assert (told.declared, told.shown) == (RegimeClass.DETOXIFICATION, RegimeClass.MAINTENANCE)


def test_a_planned_switch_gives_one_medicine_a_day_from_one_signature(ward: TestDesk) -> None:
    """Otherwise the last days of the one are given beside the first of the other, or nobody ordered them."""
    patient = on_methadone(ward)
    last, first = TODAY + timedelta(days=1), TODAY + timedelta(days=3)
    ends = (Ordered.METHADONE, a_schedule(TODAY, 10, last))
    now = changed(ward, patient, an_ordering(Ordered.BUPRENORPHINE, a_schedule(first, 4), ends=ends))
    days = [now.treatment.orders_on(TODAY + timedelta(days=number)) for number in range(5)]
    named = [[each.medicine.value for each in held] for held in days]
    assert named == [["methadone"], ["methadone"], [], ["buprenorphine"], ["buprenorphine"]]
    assert now.treatment.conflicting == now.person.conflicts == ()
    assert rows(ward, patient)[0].mg == mg(10)
    now = ended(ward, patient)
    assert [each.until for each in now.treatment.orders_on(TODAY)] == [TODAY]
    assert now.treatment.orders_on(last) == now.treatment.orders_on(first) == ()
