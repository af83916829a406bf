"""Tonight's plan for one arrival: what may not be missed, what may not be given, and in which order it is said."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.domain.custody import Custody
from pdtdesk.domain.reception.facts import (
    CommunityPrescription,
    CustodyDose,
    Dependence,
    Frequency,
    HepatitisB,
    Medicine,
    Patient,
    PrescriberContact,
    ReceptionFacts,
    Risks,
    Score,
    Scores,
    Sex,
    Standing,
    Substance,
    Use,
)
from pdtdesk.domain.reception.scales import Band
from pdtdesk.policy.dated import DatedValue, Overlay, Replacement
from pdtdesk.policy.findings import NOT_SIGNED, TaskKind, Tier, Tonight, Urgency, plain
from pdtdesk.policy.national import load_national
from pdtdesk.policy.origin import Authority, Reference, SignOff, Status
from pdtdesk.policy.parameters import Parameters
from pdtdesk.policy.reception.assess import assess
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.units import Value

NATIONAL = load_national()
SHOWN = NATIONAL.over("demonstration")
NOW = datetime(2010, 6, 1, 20, 40, tzinfo=UTC)
DAY = date(2010, 6, 1)
CLEAR = Risks(
    self_harm_now=False,
    self_harm_before=False,
    intoxicated_now=False,
    drowsy_now=False,
    withdrawal_seen=(),
    seizure_ever=False,
)
NOT_USED = Use(frequency=Frequency.NOT_USED)
DAILY = Use(frequency=Frequency.DAILY)


def an_arrival(**changes: object) -> ReceptionFacts:
    """Somebody of whom everything is known and nothing is wrong."""
    facts = ReceptionFacts(
        patient=Patient(born=date(1982, 3, 14), sex=Sex.MALE),
        custody=Custody(received_on=DAY),
        substances=dict.fromkeys(Substance, NOT_USED),
        community_prescriptions=(),
        custody_doses=(),
        risks=CLEAR,
        medicines_that_cannot_wait=(),
        allergies=(),
        hepatitis_b=HepatitisB(vaccinated=True),
        wishes="sleep",
    )
    return replace(facts, **changes)


def with_use(**uses: Use) -> dict[Substance, Use]:
    return {**dict.fromkeys(Substance, NOT_USED), **{Substance(name): use for name, use in uses.items()}}


def tonight(facts: ReceptionFacts, guidance: Parameters = NATIONAL, now: datetime = NOW) -> Tonight:
    return assess(facts, guidance.on(DAY), now)


def codes(found: Tonight) -> set[str]:
    return {str(finding.code) for finding in found.findings}


def sentences(found: Tonight, code: Code) -> Sequence[str]:
    return [finding.sentence for finding in found.findings if finding.code == code]


def signing(parameter_id: str, value: Value) -> Overlay:
    dated = DatedValue(
        date(2006, 1, 1), None, value, Reference("own", "1"), Authority.PRODUCT, SignOff(Status.SIGNED, "lead", DAY)
    )
    return Overlay("own", "own", "lead", DAY, (Replacement(parameter_id, (dated,)),))


def test_somebody_well_and_fully_asked_is_routine() -> None:
    found = tonight(an_arrival())
    assert found.priority is Urgency.ROUTINE
    assert found.priority_reasons[0].words == "nothing found that asks for more tonight"
    assert not found.may_not_be_given
    assert not codes(found)


@pytest.mark.hazard("H-003")
@pytest.mark.parametrize("state", ["drowsy_now", "intoxicated_now"])
def test_a_dose_is_not_given_to_a_drowsy_or_intoxicated_patient_whatever_is_ordered(state: str) -> None:
    ordered = PrescriberContact(reached=True, order_signed_at=NOW - timedelta(minutes=5))
    facts = an_arrival(risks=replace(CLEAR, **{state: True}), substances=with_use(opioids=DAILY), prescriber=ordered)
    found = tonight(facts)
    assert found.hard_stop
    assert {hold.what for hold in found.may_not_be_given if hold.hard} == {"opioids", "sedatives"}
    assert all("recorded reassessment" in hold.ends_by for hold in found.may_not_be_given if hold.hard)
    assert found.priority is Urgency.NOW


@pytest.mark.hazard("H-003")
def test_drowsy_and_intoxicated_are_one_task_and_both_are_said() -> None:
    found = tonight(an_arrival(risks=replace(CLEAR, drowsy_now=True, intoxicated_now=True)), SHOWN)
    assert {Code.SEDATION_DROWSY, Code.SEDATION_INTOXICATED} <= codes(found)
    looks = [task for task in found.tasks if task.kind is TaskKind.REASSESS_SEDATION]
    assert [task.due_at for task in looks] == [NOW + timedelta(minutes=30)]


@pytest.mark.hazard("H-003")
def test_a_check_that_nobody_made_is_not_a_check_that_was_passed() -> None:
    for unseen in ("drowsy_now", "intoxicated_now"):
        found = tonight(an_arrival(risks=replace(CLEAR, **{unseen: None})))
        assert found.hard_stop
        assert Code.SEDATION_NOT_CHECKED in codes(found)


@pytest.mark.hazard("H-003")
def test_a_child_is_proposed_no_adult_dose_and_keeps_every_stop() -> None:
    facts = an_arrival(
        patient=Patient(born=date(1993, 1, 1)),
        risks=replace(CLEAR, drowsy_now=True),
        substances=with_use(opioids=DAILY, alcohol=DAILY),
    )
    found = tonight(facts)
    assert found.hard_stop
    assert found.findings[0].tier is Tier.OUT_OF_SCOPE
    assert not any("mg" in line.sentence for line in found.plan)


@pytest.mark.hazard("H-002")
@pytest.mark.parametrize(
    "facts",
    [
        an_arrival(community_prescriptions=(CommunityPrescription(Medicine.DIHYDROCODEINE),)),
        an_arrival(substances=with_use(opioids=DAILY)),
        an_arrival(substances=with_use(opioids=Use(dependence=Dependence.SUSPECTED))),
        an_arrival(community_prescriptions=(CommunityPrescription(Medicine.METHADONE),)),
        an_arrival(risks=replace(CLEAR, withdrawal_seen=(Substance.OPIOIDS,))),
    ],
)
def test_opioid_withdrawal_that_nobody_scored_is_asked_for(facts: ReceptionFacts) -> None:
    assert Code.COWS_NOT_TAKEN in codes(tonight(facts))


@pytest.mark.hazard("H-002")
def test_a_score_counts_even_where_no_use_was_told() -> None:
    found = tonight(an_arrival(scores=Scores(cows=Score(14), ciwa_ar=Score(12))))
    assert {Code.COWS, Code.CIWA_AR, Code.PRESCRIBER_NOT_RECORDED, Code.FIRST_WEEK_WATCH} <= codes(found)
    assert {"opioid substitutes"} == {hold.what for hold in found.may_not_be_given}


@pytest.mark.hazard("H-002")
def test_a_low_score_without_any_use_asks_for_nothing_more() -> None:
    found = tonight(an_arrival(scores=Scores(cows=Score(2), ciwa_ar=Score(1))))
    assert [task.kind for task in found.tasks] == [TaskKind.REPEAT_CIWA_AR]
    assert found.priority is Urgency.ROUTINE


@pytest.mark.hazard("H-002")
def test_cows_is_repeated_after_the_signed_hours_from_when_it_was_taken() -> None:
    taken = NOW - timedelta(minutes=10)
    facts = an_arrival(
        substances=with_use(opioids=DAILY, alcohol=DAILY),
        scores=Scores(cows=Score(15, taken), ciwa_ar=Score(9, taken)),
    )
    due = {task.kind: task.due_at for task in tonight(facts, SHOWN).tasks}
    assert due[TaskKind.REPEAT_COWS] == due[TaskKind.REPEAT_CIWA_AR] == taken + timedelta(hours=2)
    unsigned = {task.kind: task.due_at for task in tonight(facts).tasks}
    assert unsigned[TaskKind.REPEAT_COWS] is None


@pytest.mark.hazard("H-002")
def test_local_bands_in_words_of_their_own_never_send_anybody_to_the_foot_of_the_list() -> None:
    own = NATIONAL.over(signing("cows_bands", (Band("calm", 0, 10), Band("rattling", 11, 48))))
    facts = an_arrival(substances=with_use(opioids=DAILY), scores=Scores(cows=Score(12)))
    assert tonight(facts, own).priority is Urgency.NOW


@pytest.mark.hazard("H-002")
def test_alcohol_withdrawal_weighs_the_same_as_opioid() -> None:
    opioid = tonight(an_arrival(substances=with_use(opioids=DAILY), scores=Scores(cows=Score(14))))
    alcohol = tonight(an_arrival(substances=with_use(alcohol=DAILY), scores=Scores(ciwa_ar=Score(9))))
    assert opioid.priority is alcohol.priority is Urgency.TONIGHT


@pytest.mark.parametrize(
    ("risks", "named"),
    [
        (replace(CLEAR, seizure_ever=True), "Seizures before"),
        (replace(CLEAR, delirium_tremens_ever=True), "Delirium tremens before"),
    ],
)
def test_high_risk_of_seizures_calls_the_prescriber_now(risks: Risks, named: str) -> None:
    found = tonight(an_arrival(risks=risks, substances=with_use(benzodiazepines=DAILY)))
    assert sentences(found, Code.ADMISSION)[0].startswith(named)
    assert found.priority is Urgency.NOW


def test_an_impossible_score_is_put_right_and_makes_no_band() -> None:
    scores = Scores(Score(49), Score(31), Score(68), Score(41), Score(16))
    found = tonight(an_arrival(substances=with_use(opioids=DAILY, alcohol=DAILY), scores=scores))
    assert len(sentences(found, Code.CORRECT_SCORE)) == 5
    assert not {Code.COWS, Code.CIWA_AR, Code.AUDIT} & codes(found)
    assert not tonight(an_arrival(scores=Scores(cows=Score(49)))).may_not_be_given


def test_a_score_below_the_scale_is_put_right_too() -> None:
    assert len(sentences(tonight(an_arrival(scores=Scores(cows=Score(-1)))), Code.CORRECT_SCORE)) == 1


def test_a_line_is_as_sure_as_the_weakest_value_it_rests_on() -> None:
    facts = an_arrival(substances=with_use(opioids=DAILY))
    found = next(f for f in tonight(facts).findings if f.code == Code.STABILISATION_TO_COME)
    assert (found.authority, found.status) == (Authority.GUIDANCE, Status.AWAITING), (
        "R-01 is quoted, S-05 is not signed"
    )


def test_facts_that_are_still_to_come_are_put_right_and_not_counted() -> None:
    later = NOW + timedelta(hours=1)
    facts = an_arrival(
        patient=Patient(born=date(2011, 1, 1), sex=Sex.MALE),
        substances=with_use(opioids=Use(frequency=Frequency.DAILY, last_use=date(2010, 6, 2))),
        community_prescriptions=(CommunityPrescription(Medicine.METHADONE, last_witnessed_at=later),),
        custody_doses=(CustodyDose("methadone", later, "court"),),
        arrested_at=later,
        first_dose_at=later,
        prescriber=PrescriberContact(True, later, later),
    )
    found = tonight(facts)
    assert len(sentences(found, Code.CORRECT_TIME)) == 8
    assert not {Code.HOURS_SINCE_WITNESSED, Code.ORDER_SIGNED, Code.STABILISATION_REVIEW, Code.UNDER_18} & codes(
        found
    )
    assert {Code.WITNESSED_NOT_KNOWN, Code.COWS_NOT_TAKEN} <= codes(found), "an impossible age hides nothing"


def test_values_that_nobody_signed_are_named_as_such_and_kept_with_the_decision() -> None:
    facts = an_arrival(substances=with_use(opioids=DAILY), scores=Scores(cows=Score(15)))
    stored = next(plain(finding) for finding in tonight(facts).findings if finding.code == Code.COWS)
    assert stored["values"]["cows_repeat_hours"] == NOT_SIGNED
    assert stored["unsigned"] == ["How often COWS is repeated"]
    assert stored["reference"] == {"document": "practice", "section": "S-02"}
    assert {"document": "Wesson and Ling 2003", "section": "the score"} in stored["references"]
    assert stored["status"] == "awaiting sign-off"
    assert (stored["tier"], stored["urgency"], stored["facts"]) == (
        "must_acknowledge",
        "tonight",
        ["S-02", "COWS", "product"],
    )


def test_self_harm_tells_what_became_of_the_acct() -> None:
    def said(**risks: object) -> str:
        facts = an_arrival(risks=replace(CLEAR, **risks))
        found = tonight(facts)
        return (sentences(found, Code.SELF_HARM_NOW) or sentences(found, Code.SELF_HARM_BEFORE))[0]

    assert "ACCT opened." in said(self_harm_now=True, acct_opened=True)
    assert "ACCT not decided" in said(self_harm_now=True)
    assert "no reason recorded" in said(self_harm_before=True, acct_opened=False)
    assert "because: settled." in said(self_harm_before=True, acct_opened=False, acct_reason="settled.")
    assert "thoughts now not known" in said(self_harm_now=None, self_harm_before=True)


@pytest.mark.parametrize(("received", "watched"), [(date(2010, 5, 25), True), (date(2010, 5, 24), False)])
def test_the_first_week_is_watched_to_its_last_day(received: date, watched: bool) -> None:
    facts = an_arrival(custody=Custody(received_on=received), substances=with_use(crack_cocaine=DAILY))
    assert (Code.FIRST_WEEK_WATCH in codes(tonight(facts))) is watched


def test_other_cares_have_a_line_of_their_own() -> None:
    risks = replace(CLEAR, injecting_site_problem=True, dependants_at_home=True, breathing_problem=True)
    facts = an_arrival(risks=risks, wishes=None, medicines_that_cannot_wait=("insulin", "inhaler"))
    found = tonight(facts)
    assert {Code.WOUND_CARE, Code.DEPENDANTS, Code.WISHES_NOT_RECORDED, Code.MEDICINES_CANNOT_WAIT} <= codes(found)
    assert "insulin and inhaler" in sentences(found, Code.MEDICINES_CANNOT_WAIT)[0]
    assert sentences(found, Code.SEDATION_RISKS)[0].startswith("Breathing problem:")


def test_hepatitis_b_is_offered_once() -> None:
    assert Code.HEPATITIS_B_OFFER not in codes(tonight(an_arrival(hepatitis_b=HepatitisB(offered=True))))
    found = tonight(an_arrival(hepatitis_b=HepatitisB()), SHOWN)
    assert "Tue 1 Jun 2010, Tue 8 Jun 2010, Tue 22 Jun 2010" in sentences(found, Code.HEPATITIS_B_OFFER)[0]


def test_observation_after_methadone_ends_with_its_fifth_day() -> None:
    facts = an_arrival(
        substances=with_use(opioids=DAILY),
        scores=Scores(cows=Score(6)),
        first_dose_at=NOW,
        first_dose_medicine=Medicine.METHADONE,
    )
    last, after = NOW + timedelta(days=4), NOW + timedelta(days=5)
    assert Code.METHADONE_OBSERVATION in codes(tonight(facts, now=last))
    assert Code.METHADONE_OBSERVATION not in codes(tonight(facts, now=after))


def test_stabilisation_is_on_methadone_or_buprenorphine() -> None:
    facts = an_arrival(
        substances=with_use(opioids=DAILY), first_dose_at=NOW, first_dose_medicine=Medicine.DIHYDROCODEINE
    )
    assert not {Code.STABILISATION_REVIEW, Code.STABILISATION_TO_COME} & codes(tonight(facts))


def test_where_no_guidance_was_in_force_it_is_said_and_the_stop_still_stands() -> None:
    before = assess(an_arrival(risks=replace(CLEAR, drowsy_now=True)), NATIONAL.on(date(2005, 12, 31)), NOW)
    assert Code.NO_GUIDANCE in codes(before)
    assert before.priority is Urgency.TONIGHT
    assert {hold.what for hold in before.may_not_be_given} == {"opioids", "sedatives"}
    assert "Decide by hand" in sentences(before, Code.NO_GUIDANCE)[0]


def test_the_fingerprint_of_the_guidance_goes_with_the_plan() -> None:
    assert tonight(an_arrival()).parameters == NATIONAL.fingerprint(DAY)
    assert tonight(an_arrival(), SHOWN).parameters == SHOWN.fingerprint(DAY)


def test_every_line_of_the_plan_has_its_passage_and_status() -> None:
    facts = ReceptionFacts(
        patient=Patient(born=date(1991, 1, 1), sex=Sex.FEMALE, pregnant=True),
        substances=with_use(opioids=DAILY, alcohol=DAILY),
        community_prescriptions=(
            CommunityPrescription(Medicine.METHADONE, standing=Standing.REPORTED, days_missed=3),
        ),
        first_dose_at=NOW,
        clinical_management_started_on=DAY,
    )
    found = tonight(facts)
    assert len(found.plan) > 15
    for line in found.plan:
        assert line.references, line
        assert line.status in Status
        assert line.label
        assert line.facts


def test_the_order_of_what_was_asked_does_not_change_the_plan() -> None:
    uses = [(Substance.OPIOIDS, DAILY), (Substance.ALCOHOL, DAILY), (Substance.CANNABIS, DAILY)]
    plans = {tonight(an_arrival(substances=dict(order))) for order in permutations(uses)}
    assert len(plans) == 1


def test_the_most_urgent_stands_first() -> None:
    facts = an_arrival(
        risks=replace(CLEAR, self_harm_now=True, drowsy_now=True), substances=with_use(opioids=DAILY, alcohol=DAILY)
    )
    found = tonight(facts)
    ranks = [finding.urgency.rank for finding in found.findings]
    assert ranks == sorted(ranks)
    assert found.plan[0].urgency is Urgency.NOW
    assert found.may_not_be_given[0].hard


ANSWERS = st.sampled_from([None, True, False])


@given(
    st.fixed_dictionaries({f.name: ANSWERS for f in fields(Risks) if f.type in (bool | None, "bool | None")}),
    st.dictionaries(st.sampled_from(Substance), st.builds(Use, frequency=st.sampled_from([None, *Frequency]))),
    st.one_of(st.none(), st.integers(0, 60)),
    st.sampled_from([NATIONAL, SHOWN]),
)
@pytest.mark.hazard("H-003")
def test_nobody_drowsy_intoxicated_or_unseen_is_ever_without_a_stop(
    risks: dict[str, bool | None], substances: dict[Substance, Use], cows: int | None, guidance: Parameters
) -> None:
    scores = Scores(cows=None if cows is None else Score(cows))
    found = tonight(ReceptionFacts(risks=Risks(**risks), substances=substances, scores=scores), guidance)
    awake = risks["drowsy_now"] is False and risks["intoxicated_now"] is False
    assert found.hard_stop is not awake
    assert found.priority is min((r.urgency for r in found.priority_reasons), key=lambda u: u.rank)


@pytest.mark.hazard("H-003")
def test_an_order_of_an_earlier_stay_does_not_open_tonights_cupboard() -> None:
    old = PrescriberContact(reached=True, order_signed_at=NOW - timedelta(days=1))
    found = tonight(an_arrival(substances=with_use(opioids=DAILY), prescriber=old))
    assert Code.ORDER_SIGNED not in codes(found)
    assert Code.CORRECT_TIME in codes(found)
    assert "opioid substitutes" in {hold.what for hold in found.may_not_be_given}
