"""What would change how a class stands: the same person asked again with one fact another than it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from pdtdesk.domain.custody import LegalStatus
from pdtdesk.domain.reception.facts import Dependence, Standing
from pdtdesk.domain.regime.facts import CHOICES, RegimeClass, RegimeFacts
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.regime.assess import Assessment, assess
from pdtdesk.policy.regime.standing import ClassStanding


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that would change one class: what it is in words, and how the class would stand then."""

    regime_class: RegimeClass
    words: str
    standing: ClassStanding | None


_Asked = Callable[[RegimeFacts, date], RegimeFacts | None]


def would_change(facts: RegimeFacts, params: ParametersOnDay, now: Assessment) -> tuple[Change, ...]:
    """Every single fact that would let a class stand otherwise, in the order in which they are tried."""
    found: list[Change] = []
    for words, other in _OTHERWISE:
        changed = other(facts, params.day)
        if changed is None:
            continue
        then = assess(changed, params)
        found += _changes(words, now, then)
    return tuple(found)


def _changes(words: str, now: Assessment, then: Assessment) -> Iterator[Change]:
    for each in CHOICES:
        if now.of(each).standing is not then.of(each).standing:
            yield Change(each, words, then.of(each).standing)


def _dependent(facts: RegimeFacts, _: date) -> RegimeFacts | None:
    if facts.dependence is Dependence.DEPENDENT:
        return None
    return replace(facts, dependence=Dependence.DEPENDENT)


def _protects(facts: RegimeFacts, _: date) -> RegimeFacts | None:
    if facts.risks.overdose_protection_assessed:
        return None
    return replace(facts, risks=replace(facts.risks, overdose_protection_assessed=True))


def _confirmed(facts: RegimeFacts, _: date) -> RegimeFacts | None:
    if facts.confirmed_outside or not facts.community_prescriptions:
        return None
    prescriptions = tuple(replace(each, standing=Standing.CONFIRMED) for each in facts.community_prescriptions)
    return replace(facts, community_prescriptions=prescriptions)


def _refused(facts: RegimeFacts, _: date) -> RegimeFacts | None:
    if not facts.confirmed_outside:
        return None
    prescriptions = tuple(replace(each, patient_wishes_to_continue=False) for each in facts.community_prescriptions)
    return replace(facts, community_prescriptions=prescriptions)


def _long(facts: RegimeFacts, day: date) -> RegimeFacts | None:
    """A sentence of a year in place of the one there is: longer than what counts as short on any day."""
    if facts.custody.status is LegalStatus.SENTENCED and facts.custody.sentence_length is not None:
        return None
    sentenced = replace(
        facts.custody, status=LegalStatus.SENTENCED, sentenced_on=day, sentence_length="P1Y", release_on=None
    )
    return replace(facts, custody=sentenced)


def _not_pregnant(facts: RegimeFacts, _: date) -> RegimeFacts | None:
    return replace(facts, patient=replace(facts.patient, pregnant=False)) if facts.patient.pregnant else None


def _using(facts: RegimeFacts, _: date) -> RegimeFacts | None:
    return None if facts.drug_free_since is None else replace(facts, drug_free_since=None)


_OTHERWISE: tuple[tuple[str, _Asked], ...] = (
    ("Dependence on opioids assessed, and found", _dependent),
    ("A full clinical assessment that finds maintenance necessary to protect on release", _protects),
    ("The prescription outside confirmed", _confirmed),
    ("The person wishing to end what is prescribed outside", _refused),
    ("A sentence passed that is longer than short", _long),
    ("Not pregnant", _not_pregnant),
    ("Not drug free", _using),
)
