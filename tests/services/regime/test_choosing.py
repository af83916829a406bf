"""A prescriber chooses: what is asked for, what is refused, and what can be explained years later."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from factories import PASSWORD, TestDesk
from treatment import (
    AGREED,
    TODAY,
    Patient,
    a_choice,
    a_patient,
    a_schedule,
    an_end,
    an_ordering,
    by,
    chosen,
    due,
    given,
    mg,
    now_of,
    on_methadone,
    ordered_elsewhere,
    rows,
    tomorrow,
    treatment,
    written_elsewhere,
)

from pdtdesk.domain.reception.arrival_list import Sex
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.treatment import Agreed, Wish
from pdtdesk.domain.roles import Role
from pdtdesk.domain.staff import Author
from pdtdesk.policy.findings import Tier
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.standing import ClassStanding
from pdtdesk.services.desk import staff
from pdtdesk.services.refusals import Changed, NotAllowed, Refused
from pdtdesk.services.regime import choosing, record
from pdtdesk.services.regime.ending import end_regime
from pdtdesk.services.regime.explaining import explain

PRESCRIBER = Role.PRESCRIBER
LONG = {"sentence_length": "P60W"}
REVIEW = TODAY + timedelta(days=28)


def choose(desk: TestDesk, patient: Patient, **given_: object):
    return choosing.choose(by(desk, PRESCRIBER), patient.patient_id, a_choice(desk, patient, **given_))


def test_a_choice_is_signed_with_its_order_in_one_step(ward: TestDesk) -> None:
    """Otherwise a class stands without its dose, or a dose without its class."""
    patient = a_patient(ward)
    (waits,) = record.regimes(by(ward), opened=True)
    assert waits.standing == "awaiting"
    now = chosen(ward, patient)
    (regime,), (order,) = now.treatment.regimes, now.treatment.orders
    assert (regime.declared, regime.medicine, regime.since) == (RegimeClass.MAINTENANCE, Ordered.METHADONE, TODAY)
    assert regime.body["order"] == order.entry_id
    assert (regime.wish, regime.by.name, order.by.name) == (AGREED, "H. Castellan", "H. Castellan")
    assert order.supervised, "supervised unless reasons say otherwise"
    (row,) = record.regimes(by(ward))
    assert (row.standing, row.declared, row.medicine, row.since) == ("in force", "maintenance", "methadone", TODAY)


@pytest.mark.hazard("H-006")
def test_a_departure_asks_for_a_reason_and_a_day_of_review_and_is_never_blocked(ward: TestDesk) -> None:
    """Otherwise long sentences are maintained without a word, or a prescriber cannot do what is right."""
    patient = a_patient(ward, **LONG)
    standing = now_of(ward, patient).assessment.of(RegimeClass.MAINTENANCE).standing
    assert standing is not ClassStanding.OFFERED
    with pytest.raises(Refused, match="give the reason"):
        choose(ward, patient)
    with pytest.raises(Refused, match="the day on which you will look at it again"):
        choose(ward, patient, reason="two overdoses in March")
    with pytest.raises(Refused, match="before the regime begins"):
        choose(ward, patient, reason="two overdoses in March", review_on=TODAY)
    now = choose(ward, patient, reason="two overdoses in March", review_on=REVIEW)
    (regime,) = now.treatment.regimes
    assert (regime.reason, regime.review_on, regime.standing) == ("two overdoses in March", REVIEW, standing.value)
    assert record.regimes(by(ward))[0].review_on == REVIEW


def test_stabilisation_comes_before_every_class_and_asks_for_no_reason(ward: TestDesk) -> None:
    """Otherwise nobody can be made steady before the class is thought about."""
    patient = a_patient(ward, **LONG)
    now = choose(ward, patient, declared=RegimeClass.STABILISATION)
    assert now.treatment.regimes[0].declared is RegimeClass.STABILISATION


def test_whether_he_agreed_is_always_written_and_a_change_without_it_is_a_finding(ward: TestDesk) -> None:
    """Otherwise a dose is halved over somebody's head, and the record says nothing."""
    patient = a_patient(ward)
    with pytest.raises(Refused, match="whether the person agreed"):
        choose(ward, patient, wish=Wish("more", "no"))
    for agreed in (Agreed.NO, Agreed.NOT_ASKED):
        wish = Wish("to stay as it is", "it is reduced", agreed)
        made = a_choice(ward, patient, wish=wish)
        with pytest.raises(Refused, match="without agreement"):
            choose(ward, patient, wish=wish, acknowledged=made.acknowledged - {Code.NOT_AGREED})
    now = choose(ward, patient, wish=Wish("more", "no", Agreed.NO))
    codes = {each["code"] for each in now.treatment.regimes[0].body["findings"]}
    assert Code.NOT_AGREED in codes


@pytest.mark.hazard("H-006")
def test_what_must_be_read_is_read_or_nothing_is_signed(ward: TestDesk) -> None:
    """Otherwise the sentence about death after release is one that nobody ever saw."""
    patient = a_patient(ward)
    with pytest.raises(Refused, match="Read this before you sign"):
        choose(ward, patient, declared=RegimeClass.DETOXIFICATION, acknowledged=frozenset())
    assert treatment(ward, patient).regimes == ()
    now = choose(ward, patient, declared=RegimeClass.DETOXIFICATION)
    said = now.treatment.regimes[0].body["findings"]
    assert Code.TOLERANCE in {each["code"] for each in said}
    assert Code.MAINTENANCE_SHORT not in {each["code"] for each in said}, "what is said of another class is not"


@pytest.mark.hazard("H-006")
def test_only_a_prescriber_signs_and_who_tried_is_audited(ward: TestDesk) -> None:
    """Otherwise methadone is started by whoever is on duty at 21:40 (S-02)."""
    patient = a_patient(ward)
    made = a_choice(ward, patient)
    for role in (Role.NURSE, Role.LEAD, Role.CARAT, Role.MANAGER, Role.ADMIN):
        with pytest.raises(NotAllowed, match="may not sign a regime or an order"):
            choosing.choose(by(ward, role), patient.patient_id, made)
        with pytest.raises(NotAllowed):
            choosing.change_order(by(ward, role), patient.patient_id, an_ordering(), AGREED, frozenset())
        with ward.store.reading() as work:
            line = work.audit_page(None, 1, None)[0].line
        assert (line.what, line.who.role) == ("refused: sign a regime or an order", role)
    assert treatment(ward, patient).orders == ()


@pytest.mark.hazard("H-006")
def test_two_prescribers_changing_one_regime_from_two_sign_ins_the_second_is_told(ward: TestDesk) -> None:
    """Otherwise the later of two signatures silently takes the other's dose away."""
    patient = on_methadone(ward)
    new = staff.NewMember("second", "L. Marchetti", PRESCRIBER, PASSWORD)
    member = staff.add(by(ward, Role.ADMIN), ward.door.keys, new)
    first = by(ward, PRESCRIBER)
    second = replace(first, who=Author(member, "L. Marchetti", "prescriber"))
    lower = a_choice(ward, patient, ordering=an_ordering(schedule=a_schedule(amount=15)))
    higher = a_choice(ward, patient, ordering=an_ordering(schedule=a_schedule(amount=25)))
    choosing.choose(second, patient.patient_id, lower)
    with pytest.raises(
        Changed, match=r"L. Marchetti has changed this regime since you opened it. Nothing was signed"
    ):
        choosing.choose(first, patient.patient_id, higher)
    now = now_of(ward, patient)
    assert [each.schedule.daily_on(TODAY) for each in now.treatment.orders_on(TODAY)] == [mg(15)]
    assert now.treatment.conflicting == ()
    end_regime(second, patient.patient_id, an_end(), choosing.seen_of(now))
    with pytest.raises(Changed):
        end_regime(first, patient.patient_id, an_end(), frozenset())


@pytest.mark.hazard("H-006")
def test_two_regimes_from_two_desks_stand_in_red_until_one_is_signed_over_both(ward: TestDesk) -> None:
    """Otherwise the latest clock wins, and somebody is given the dose of a regime that was changed."""
    patient = on_methadone(ward)
    ordered_elsewhere(ward, patient, "methadone")
    body = {"stay": patient.stay, "class": "detoxification", "medicine": "methadone", "from": TODAY.isoformat()}
    written_elsewhere(ward, patient, "regime", body, PRESCRIBER)
    found = treatment(ward, patient)
    assert len(found.conflicting) == 4
    assert record.regimes(by(ward))[0].standing == "conflict"
    assert {row.state for row in rows(ward, patient)} == {"conflict"}
    chosen(ward, patient)
    now = treatment(ward, patient)
    assert now.conflicting == ()
    assert len(now.regime_on(TODAY)) == len(now.orders_on(TODAY)) == 1
    assert record.regimes(by(ward))[0].standing == "in force"


@pytest.mark.hazard("H-006")
def test_in_pregnancy_no_order_is_signed_without_its_reason(ward: TestDesk) -> None:
    """Otherwise a reduction is begun on a woman who carries a child, as for anybody (S-01)."""
    patient = a_patient(ward, {"risk.pregnant": "yes"}, sex=Sex.FEMALE, surname="Dunnock", forenames="Ann")
    assert now_of(ward, patient).facts.patient.pregnant
    with pytest.raises(Refused, match="Decide with the midwife"):
        choose(ward, patient, reason="with the midwife", review_on=REVIEW)
    with_reason = an_ordering(reason="with the midwife: kept steady")
    now = choose(ward, patient, ordering=with_reason, reason="with the midwife", review_on=REVIEW)
    assert Code.PREGNANT in {each["code"] for each in now.treatment.regimes[0].body["findings"]}


@pytest.mark.hazard("H-006")
def test_a_decision_is_explained_by_the_words_of_its_day_after_guidance_has_changed(ward: TestDesk) -> None:
    """Otherwise years later the record says what guidance says then, and nobody can answer for the decision."""
    patient = a_patient(ward, **LONG)
    now = choose(ward, patient, reason="two overdoses in March", review_on=REVIEW)
    (regime,), (order,) = now.treatment.regimes, now.treatment.orders
    ward.clock.advance(days=365 * 4)
    by_same = explain(by(ward), regime.entry_id)
    since = explain(by(ward, signed=True), regime.entry_id)
    assert (by_same.same_guidance, since.same_guidance) == (True, False)
    for told in (by_same, since):
        assert told.findings == tuple(regime.body["findings"])
        assert told.parameters == regime.body["parameters"]
        assert (told.declared, told.standing, told.reason) == ("maintenance", regime.standing, regime.reason)
        assert told.by == "H. Castellan, Prescriber"
    assert explain(by(ward), order.entry_id).declared == "methadone"
    with ward.store.reading() as work:
        assert work.audit_page(None, 1, None)[0].line.what == "had a decision explained"
    for wrong in ("nobody", now.person.folded.of_kind("arrival")[0].id):
        with pytest.raises(Refused, match="not a decision"):
            explain(by(ward), wrong)


@pytest.mark.hazard("H-006")
def test_what_doses_show_is_held_against_what_was_declared(ward: TestDesk) -> None:
    """Otherwise a course called detoxification goes on for months, as in 2010."""
    patient = on_methadone(ward, declared=RegimeClass.DETOXIFICATION)
    for _ in range(30):
        given(ward, patient)
        tomorrow(ward)
    (told,) = now_of(ward, patient).differences
    assert (told.declared, told.shown) == (RegimeClass.DETOXIFICATION, RegimeClass.MAINTENANCE)
    assert told.finding.tier is Tier.MUST_ACKNOWLEDGE


def test_what_a_regime_is_decided_on_is_checked_and_kept_with_who_wrote_it(ward: TestDesk) -> None:
    """Otherwise a class stands as it does on the word of nobody."""
    patient = a_patient(ward)
    for wrong, said in (
        ({}, "nothing to save"),
        ({"made.up": "yes"}, "no question"),
        ({"opioids.severity": "x"}, "How severe"),
    ):
        with pytest.raises(Refused, match=said):
            record.write_assessment(by(ward), patient.patient_id, wrong)
    now = record.write_assessment(by(ward, PRESCRIBER), patient.patient_id, {"opioids.dependence": "none"})
    (held,) = now.stay.answers["opioids.dependence"]
    assert (held.answer.value, held.answer.by.name) == ("none", "H. Castellan")
    assert now.assessment.of(RegimeClass.MAINTENANCE).standing is ClassStanding.NOT_INDICATED
    assert due(ward, on_methadone_too(ward)).day == date(2010, 6, 2)


def on_methadone_too(ward: TestDesk) -> Patient:
    """A second man."""
    other = a_patient(ward, surname="Wren", forenames="Owen", prison_number="A0002CK")
    chosen(ward, other)
    return other
