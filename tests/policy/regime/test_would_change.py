"""What would change how a class stands: a prescriber sees which one question is worth asking."""

from dataclasses import replace
from datetime import date

import pytest

from pdtdesk.domain.custody import Custody, LegalStatus
from pdtdesk.domain.reception.facts import CommunityPrescription, Dependence, Medicine, Patient, Standing
from pdtdesk.domain.regime.facts import CHOICES, RegimeClass, RegimeFacts, RegimeRisks
from pdtdesk.policy.national import load_national
from pdtdesk.policy.regime.assess import assess
from pdtdesk.policy.regime.standing import ClassStanding
from pdtdesk.policy.regime.would_change import would_change

NATIONAL = load_national()
BEFORE, AFTER = date(2010, 3, 31), date(2010, 6, 1)
DETOXIFICATION, GRADUAL, MAINTENANCE = CHOICES
OFFERED, NEEDS_REASON = ClassStanding.OFFERED, ClassStanding.NEEDS_REASON
Said = set[tuple[RegimeClass, str, ClassStanding | None]]


def somebody(status: LegalStatus = LegalStatus.SENTENCED, length: str | None = "P2Y", **more: object) -> RegimeFacts:
    """Dependent, of full age, held since May."""
    day = date(2010, 3, 1)
    custody = Custody(status, day, None if length is None else day, length)
    facts = RegimeFacts(Patient(date(1982, 3, 4)), custody, dependence=Dependence.DEPENDENT)
    return replace(facts, **more)


def outside(standing: Standing, goes_on: bool | None = None) -> tuple[CommunityPrescription, ...]:
    return (CommunityPrescription(Medicine.METHADONE, standing=standing, patient_wishes_to_continue=goes_on),)


def changes(facts: RegimeFacts, on: date = AFTER) -> Said:
    params = NATIONAL.on(on)
    return {
        (each.regime_class, each.words, each.standing) for each in would_change(facts, params, assess(facts, params))
    }


PROTECTS = "A full clinical assessment that finds maintenance necessary to protect on release"
LONGER = "A sentence passed that is longer than short"


def test_on_a_long_sentence_an_assessment_of_the_risk_on_release_is_worth_making() -> None:
    """Otherwise maintenance is refused for want of a question that nobody asked (R-12)."""
    assert changes(somebody()) == {(MAINTENANCE, PROTECTS, OFFERED)}
    assert changes(somebody(risks=RegimeRisks(overdose_protection_assessed=True))) == set()


@pytest.mark.parametrize(
    "held",
    [
        somebody(LegalStatus.REMAND, None),
        somebody(LegalStatus.CONVICTED_UNSENTENCED, None),
    ],
)
def test_on_remand_the_sentence_that_may_come_is_told(held: RegimeFacts) -> None:
    """Otherwise a man is maintained until the court has spoken, and only then hears that it needs a reason."""
    assert changes(held) == {(MAINTENANCE, LONGER, NEEDS_REASON)}


def test_on_a_short_sentence_everything_is_offered_and_nothing_would_change_it() -> None:
    """Otherwise the page lists questions whose answers would alter nothing."""
    assert changes(somebody(length="P12W")) == set()


def test_a_sentence_without_its_length_is_one_warrant_away_from_an_answer() -> None:
    """Otherwise nobody reads the warrant, because the page does not say that it would help."""
    assert (MAINTENANCE, LONGER, NEEDS_REASON) in changes(somebody(length=None))


@pytest.mark.parametrize("dependence", [None, Dependence.SUSPECTED, Dependence.NONE])
def test_before_dependence_is_assessed_that_is_what_would_open_the_classes(dependence: Dependence | None) -> None:
    """Otherwise a prescriber sees three closed classes, and not the one question that opens them."""
    words = "Dependence on opioids assessed, and found"
    assert changes(somebody(length="P12W", dependence=dependence)) == {(each, words, OFFERED) for each in CHOICES}


def test_pregnancy_alone_holds_detoxification_back() -> None:
    """Otherwise a wrong answer to one question sends a woman away from what she asked for (S-01)."""
    facts = somebody(length="P12W", patient=Patient(date(1982, 3, 4), pregnant=True))
    assert changes(facts) == {(DETOXIFICATION, "Not pregnant", OFFERED)}


def test_a_drug_free_man_who_uses_again_is_a_new_case() -> None:
    """Otherwise a relapse on the wing is treated by the rules for somebody who is abstinent (R-15)."""
    facts = somebody(length="P12W", drug_free_since=date(2010, 5, 1))
    assert changes(facts) == {(each, "Not drug free", OFFERED) for each in CHOICES}


def test_until_march_2010_a_call_to_the_pharmacy_decides_and_the_persons_own_word_after_it() -> None:
    """Otherwise nobody calls, and what was prescribed outside is broken off at the door (R-11)."""
    call = (MAINTENANCE, "The prescription outside confirmed", OFFERED)
    wish = (MAINTENANCE, "The person wishing to end what is prescribed outside", NEEDS_REASON)
    assert call in changes(somebody(community_prescriptions=outside(Standing.REPORTED)), BEFORE)
    assert wish in changes(somebody(community_prescriptions=outside(Standing.CONFIRMED)), BEFORE)
    assert call not in changes(somebody(community_prescriptions=outside(Standing.REPORTED)), AFTER)
    assert call not in changes(somebody(), BEFORE), "nothing is prescribed outside: there is nobody to call"


def test_each_change_comes_out_when_it_is_made() -> None:
    """Otherwise the page promises a class that is not offered once the question has been answered."""
    facts, params = somebody(), NATIONAL.on(AFTER)
    protected = replace(facts, risks=RegimeRisks(overdose_protection_assessed=True))
    (told,) = [each for each in would_change(facts, params, assess(facts, params)) if each.words == PROTECTS]
    assert assess(protected, params).of(told.regime_class).standing is told.standing
