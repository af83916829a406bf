"""From a record to what the regime rules read: nothing is added, nothing is lost, and what is unknown stays so."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.custody import Custody
from pdtdesk.domain.reception.answers import Answer, Held, HeldAnswer
from pdtdesk.domain.reception.facts import (
    CommunityPrescription,
    Dependence,
    Medicine,
    ReceptionFacts,
    Risks,
)
from pdtdesk.domain.reception.questions import QUESTIONS
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.facts import Regime, RegimeClass, RegimeFacts, Severity
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.questions import GROUPS, REGIME_QUESTIONS
from pdtdesk.domain.regime.reading import regime_facts
from pdtdesk.domain.regime.treatment import Treatment
from tests.domain.record.entries import EVENING, NURSE
from tests.domain.regime.treatments import a_dose, a_review, an_order, day, declared

TODAY = date(2010, 6, 1)
TOLD = ReceptionFacts(custody=Custody(sentence_length="30 weeks"))
NOTHING: Mapping[str, str] = {}


def read(
    values: Mapping[str, str] = NOTHING,
    treatment: Treatment | None = None,
    answers: Held | None = None,
    told: ReceptionFacts = TOLD,
) -> RegimeFacts:
    return regime_facts(told, values, treatment or Treatment(), answers or {}, TODAY)


def urine(drug: str, *results: tuple[str, int]) -> Held:
    """What urine showed of one drug, each account so many days before tonight."""
    held = tuple(
        HeldAnswer(Answer(NURSE, EVENING - timedelta(days=days), value), (f"e{days}",), "s")
        for value, days in results
    )
    return {f"tests.urine.{drug}": held}


def test_nothing_asked_is_nothing_known() -> None:
    """Otherwise a class is proposed to somebody whom nobody has assessed."""
    facts = read()
    assert (facts.dependence, facts.severity, facts.wish, facts.drug_free_since) == (None, None, None, None)
    assert set(vars_of(facts.risks).values()) == {None}
    assert (facts.regimes, facts.community_prescriptions, facts.not_taken) == ((), (), ())
    assert facts.positive_test_on is None
    assert (facts.custody.remand_days, facts.custody.transfer_to) == (None, None)


def vars_of(risks: object) -> dict[str, object]:
    return {name: getattr(risks, name) for name in risks.__dataclass_fields__}


def test_every_question_of_the_assessment_reaches_the_rules() -> None:
    """Otherwise a prescriber answers a question that nothing reads, and believes that it was weighed."""
    told = replace(
        TOLD,
        risks=Risks(serious_mental_health_problem=True, overdose_ever=False, drowsy_now=False, intoxicated_now=True),
        community_prescriptions=(CommunityPrescription(Medicine.METHADONE, patient_wishes_to_continue=False),),
    )
    facts = read(
        {
            "custody.remand_days": "14",
            "custody.transfer_to": "STW",
            "opioids.dependence": "dependent",
            "opioids.severity": "severe",
            "opioids.methadone_regular": "yes",
            "opioids.drug_free_since": "2010-05-01",
            "risk.injecting_in_prison": "yes",
            "risk.polydrug": "no",
            "risk.antiretrovirals": "yes",
            "risk.maintenance_protects": "no",
            "wishes.wants": "maintenance",
            "opioids.patient_continues": "yes",
            "opioids.prescriber_continues": "no",
        },
        told=told,
    )
    assert (facts.custody.remand_days, facts.custody.transfer_to) == (14, "STW")
    assert (facts.dependence, facts.severity) == (Dependence.DEPENDENT, Severity.SEVERE)
    assert (facts.methadone_regular_before_arrest, facts.drug_free_since) == (True, date(2010, 5, 1))
    assert vars_of(facts.risks) == {
        "injecting_in_prison": True,
        "serious_mental_health_problem": True,
        "non_fatal_overdose": False,
        "polydrug_dependence": False,
        "starting_antiretrovirals": True,
        "overdose_protection_assessed": False,
        "sedated_now": True,
    }
    assert facts.wish is RegimeClass.MAINTENANCE
    (outside,) = facts.community_prescriptions
    assert (outside.patient_wishes_to_continue, outside.prescriber_wishes_to_continue) == (True, False)


def test_what_reception_heard_of_the_wish_stands_until_the_prescriber_asks_again() -> None:
    """Otherwise the wish that he told the nurse is lost on the way to the prescriber."""
    outside = (CommunityPrescription(Medicine.METHADONE, patient_wishes_to_continue=False),)
    (found,) = read(told=replace(TOLD, community_prescriptions=outside)).community_prescriptions
    assert (found.patient_wishes_to_continue, found.prescriber_wishes_to_continue) == (False, None)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("30 weeks", "P30W"),
        ("P30W", "P30W"),
        ("1 year 6 months", "P1Y6M"),
        ("a long while", "a long while"),
        (None, None),
    ],
)
def test_a_sentence_is_read_as_reception_wrote_it_or_kept_to_be_corrected(
    written: str | None, read_as: str | None
) -> None:
    """Otherwise a sentence that reception wrote in words counts as none, and the class is proposed without it."""
    facts = read(told=replace(TOLD, custody=Custody(sentence_length=written)))
    assert facts.custody.sentence_length == read_as


@pytest.mark.hazard("H-003")
@pytest.mark.parametrize(
    ("drowsy", "intoxicated", "sedated"),
    [(None, None, None), (False, None, False), (None, True, True), (True, False, True), (False, False, False)],
)
def test_drowsy_or_intoxicated_is_sedated(
    drowsy: bool | None, intoxicated: bool | None, sedated: bool | None
) -> None:
    """Otherwise the regime page says nothing of a man who could not be woken at reception."""
    risks = Risks(drowsy_now=drowsy, intoxicated_now=intoxicated)
    assert read(told=replace(TOLD, risks=risks)).risks.sedated_now is sedated


def test_a_regime_is_read_with_the_last_review_held_while_it_was_in_force() -> None:
    """Otherwise the review of the regime before counts for this one, and nobody looks for three months."""
    reviews = (a_review(1), a_review(4), a_review(9))
    first = declared(RegimeClass.STABILISATION, 0, 5)
    then = declared(RegimeClass.MAINTENANCE, 6)
    facts = read(treatment=Treatment(regimes=(first, then), reviews=reviews))
    assert facts.regimes == (
        Regime(RegimeClass.STABILISATION, Medicine.METHADONE, day(0), day(5), day(4)),
        Regime(RegimeClass.MAINTENANCE, Medicine.METHADONE, day(6), None, day(9)),
    )
    early = read(treatment=Treatment(regimes=(declared(RegimeClass.MAINTENANCE, 10),), reviews=reviews))
    assert early.regimes[0].last_review_on is None


def test_what_is_no_regime_of_opioid_dependence_is_not_read_as_one() -> None:
    """Otherwise a regime corrected away on its first day is reviewed for ever, or one of diazepam closes the page."""
    none_left = declared(first=4, last=3)
    regimes = (none_left, declared(medicine=Ordered.DIAZEPAM), declared(medicine=None))
    assert [(each.medicine, each.until) for each in read(treatment=Treatment(regimes=regimes)).regimes] == [
        (Medicine.METHADONE, None)
    ]


def test_a_test_shows_what_is_not_ordered_and_not_what_is() -> None:
    """Otherwise everybody on methadone is called to a review for the methadone that he is given."""
    on_methadone = Treatment(orders=(an_order(),))
    seen = {
        **urine("opiates", ("positive", 3), ("positive", 1), ("negative", 0)),
        **urine("methadone", ("positive", 0)),
    }
    assert read(treatment=on_methadone, answers=seen).positive_test_on == day_of(EVENING) - timedelta(days=1)
    assert read(answers=urine("methadone", ("positive", 2))).positive_test_on == TODAY - timedelta(days=2)
    tomorrow = urine("opiates", ("positive", -1))
    assert read(answers=tomorrow).positive_test_on is None, "asked about a day, what was found later is not known"
    combined = Treatment(orders=(an_order(Ordered.BUPRENORPHINE_NALOXONE),))
    assert read(treatment=combined, answers=urine("buprenorphine", ("positive", 0))).positive_test_on is None
    diazepam = Treatment(orders=(an_order(Ordered.DIAZEPAM),))
    assert read(treatment=diazepam, answers=urine("opiates", ("positive", 0))).positive_test_on == TODAY


def test_runs_of_days_not_taken_are_of_substitutes_and_end_yesterday() -> None:
    """Otherwise tonight's dose, not given yet, counts as missed, or diazepam refused asks for a review."""
    orders = (an_order(), an_order(Ordered.DIAZEPAM, id_="other"))
    doses = (a_dose(5), a_dose(6, Outcome.REFUSED), a_dose(0, Outcome.REFUSED, Ordered.DIAZEPAM))
    facts = read(treatment=Treatment(orders=orders, doses=doses))
    assert facts.not_taken == ((day(4), 5), (day(7), 2))
    assert day(8) == TODAY


def test_the_assessment_asks_each_thing_once_and_takes_receptions_questions_as_they_are() -> None:
    """Otherwise one question has two answers, the nurse's and the prescriber's, and the rules read the wrong one."""
    keys = [question.key for _, questions in GROUPS for question in questions]
    assert len(keys) == len(set(keys)) == len(REGIME_QUESTIONS)
    assert all(question == QUESTIONS[key] for key, question in REGIME_QUESTIONS.items() if key in QUESTIONS)
