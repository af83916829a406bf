"""The regime rules: the same person asked about before and after guidance changed, and what is never said."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pdtdesk.domain.custody import Custody, LegalStatus
from pdtdesk.domain.reception.facts import Dependence, Medicine, Patient
from pdtdesk.domain.regime.facts import CHOICES, Regime, RegimeClass, RegimeFacts, RegimeRisks
from pdtdesk.policy.findings import Tier
from pdtdesk.policy.national import load_national
from pdtdesk.policy.origin import Authority
from pdtdesk.policy.regime.assess import Assessment, assess
from pdtdesk.policy.regime.printed import printed
from pdtdesk.policy.regime.standing import ClassStanding

NATIONAL = load_national()
DAY = date(2010, 6, 1)
FACTS = RegimeFacts(
    patient=Patient(date(1982, 3, 4)),
    custody=Custody(LegalStatus.SENTENCED, DAY, DAY, "P2Y"),
    dependence=Dependence.DEPENDENT,
)

SOME_FACTS = some.builds(
    RegimeFacts,
    patient=some.builds(
        Patient, born=some.none() | some.dates(date(1940, 1, 1), DAY), pregnant=some.none() | some.booleans()
    ),
    custody=some.builds(
        Custody,
        status=some.none() | some.sampled_from(LegalStatus),
        received_on=some.none() | some.dates(date(2000, 1, 1), date(2020, 1, 1)),
        sentenced_on=some.none() | some.dates(date(2000, 1, 1), date(2020, 1, 1)),
        sentence_length=some.none() | some.sampled_from(["P1D", "P26W", "P6M", "P27W", "P30Y", "nonsense", "P0D"]),
        remand_days=some.none() | some.integers(0, 4000),
        release_on=some.none() | some.dates(date(2000, 1, 1), date(2030, 1, 1)),
        transfer_to=some.none() | some.just("ASH"),
    ),
    dependence=some.none() | some.sampled_from(Dependence),
    drug_free_since=some.none() | some.dates(date(2005, 1, 1), date(2020, 1, 1)),
    regimes=some.lists(
        some.builds(
            Regime,
            declared=some.sampled_from(RegimeClass),
            medicine=some.sampled_from(Medicine),
            since=some.dates(date(2005, 1, 1), date(2020, 1, 1)),
            until=some.none(),
            last_review_on=some.none() | some.dates(date(2005, 1, 1), date(2020, 1, 1)),
        ),
        max_size=3,
    ).map(tuple),
    risks=some.builds(RegimeRisks),
    wish=some.none() | some.sampled_from(RegimeClass),
)


def on(day: date, facts: RegimeFacts = FACTS, *overlays: str) -> Assessment:
    return assess(facts, NATIONAL.over(*overlays).on(day))


@given(SOME_FACTS, some.dates(date(2004, 1, 1), date(2030, 1, 1)))
def test_no_facts_break_the_rules_and_every_class_has_a_place(facts: RegimeFacts, day: date) -> None:
    """A prescriber at three in the morning gets an answer, or is told why there is none."""
    found = on(day, facts)
    assert [each.regime_class for each in found.classes] == list(CHOICES)
    assert {each.code for standing in found.classes for each in standing.findings} <= {f.code for f in found.findings}
    assert all(standing.findings for standing in found.classes)
    assert on(day, facts) == found


@given(SOME_FACTS, some.dates(date(2006, 1, 1), date(2030, 1, 1)))
def test_every_proposal_to_reduce_says_what_it_costs(facts: RegimeFacts, day: date) -> None:
    """Tolerance lost is how people die in the week after release."""
    for each in on(day, facts).classes:
        if each.regime_class is not RegimeClass.MAINTENANCE and each.standing in (
            ClassStanding.OFFERED,
            ClassStanding.EXCEPTIONAL,
        ):
            assert "RG-TOLERANCE-LOST" in {finding.code for finding in each.findings}


@given(SOME_FACTS, some.dates(date(2006, 1, 1), date(2030, 1, 1)))
def test_a_proposal_is_never_shown_as_guidance(facts: RegimeFacts, day: date) -> None:
    """The Policy Exchange classes are there to compare with, and change one thing alone."""
    plain, proposed = on(day, facts), on(day, facts, "policy-exchange-2010")
    for each, other in zip(plain.classes, proposed.classes, strict=True):
        if each != other:
            assert other.regime_class is RegimeClass.MAINTENANCE
            assert other.standing in (ClassStanding.EXCEPTIONAL, None)
            if other.standing is ClassStanding.EXCEPTIONAL:
                assert other.findings[0].authority is Authority.PROPOSAL
                assert "PROPOSAL" in other.findings[0].sentence
    assert plain.parameters != proposed.parameters


def test_a_decision_can_be_explained_again_after_guidance_has_changed() -> None:
    """In 2011 somebody asks why a man was maintained in 2009: the day answers by the guidance of the day."""
    then, now = on(date(2010, 3, 31)), on(date(2010, 4, 1))
    assert then.parameters != now.parameters
    assert on(date(2010, 3, 31)).parameters == then.parameters


@pytest.mark.parametrize("dependence", [None, Dependence.SUSPECTED])
def test_nothing_is_proposed_before_dependence_is_assessed(dependence: Dependence | None) -> None:
    found = on(DAY, replace(FACTS, dependence=dependence))
    assert [each.standing for each in found.classes] == [None, None, None]


def test_findings_come_in_the_order_in_which_they_must_be_seen() -> None:
    facts = replace(
        FACTS, custody=replace(FACTS.custody, release_on=date(2010, 1, 1)), risks=RegimeRisks(sedated_now=True)
    )
    tiers = [each.tier for each in on(DAY, facts).findings]
    assert tiers == sorted(tiers, key=lambda tier: tier.rank)
    assert tiers[0] is Tier.MUST_CORRECT


def test_what_is_printed_is_what_the_interface_names() -> None:
    """Scripts of other people read this: a renamed key is a silent no."""
    regimes = (Regime(RegimeClass.MAINTENANCE, Medicine.METHADONE, date(2010, 5, 30)),)
    custody = Custody(LegalStatus.SENTENCED, date(2010, 5, 20), date(2010, 5, 20), "P2Y")
    told = printed(on(DAY, replace(FACTS, custody=custody, regimes=regimes)))
    assert list(told) == ["on", "custody", "classes", "reviews", "findings", "parameters"]
    assert told["custody"] == {"days_to_serve": 353, "release_on": "2011-05-20", "release_from": "computed"}
    assert told["reviews"] == [
        {"due_on": "2010-08-30", "planned_on": "2010-08-28", "of": "maintenance", "finding": "RG-REVIEW-DUE"}
    ]
    classes = told["classes"]
    assert isinstance(classes, list)
    assert {key for each in classes for key in each} == {"class", "standing", "findings"}


def test_a_sentence_beyond_the_calendar_is_to_be_corrected() -> None:
    """A slip of the year must not end the answer for everything else."""
    custody = Custody(LegalStatus.SENTENCED, DAY, date(9950, 1, 1), "P90Y")
    found = on(DAY, replace(FACTS, custody=custody))
    assert "RG-SENTENCE-TO-CORRECT" in {each.code for each in found.findings}
    assert [each.standing for each in found.classes][:2] == [ClassStanding.OFFERED] * 2
