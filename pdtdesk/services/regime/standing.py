"""One person's regime as it stands now: facts, what guidance says of them, what was decided, and what doses show."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.reception.facts import ReceptionFacts
from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.reception.reading import Given
from pdtdesk.domain.reception.standing import history, values
from pdtdesk.domain.regime.doses import DoseRow
from pdtdesk.domain.regime.facts import RegimeClass, RegimeFacts
from pdtdesk.domain.regime.fold import treatment_of
from pdtdesk.domain.regime.reading import carried, regime_facts
from pdtdesk.domain.regime.treatment import Declared, Treatment
from pdtdesk.policy.parameters import Parameters
from pdtdesk.policy.regime.assess import Assessment, assess
from pdtdesk.policy.regime.declared import Difference, differences
from pdtdesk.policy.regime.shown import Course, courses
from pdtdesk.policy.regime.standing import ClassStanding
from pdtdesk.policy.regime.would_change import Change, would_change
from pdtdesk.services.reception.triage import facts as reception_facts
from pdtdesk.services.refusals import Refused

PROPOSAL = "policy-exchange-2010"
"""The overlay that is compared with, and never acts."""


@dataclass(frozen=True, slots=True)
class RegimeNow:
    """All that the regime page shows of one person at one moment.

    `proposed` is how each class would stand by the proposal that is compared with, where that differs: no guidance.
    """

    person: PersonRecord
    stay: Stay
    treatment: Treatment
    facts: RegimeFacts
    assessment: Assessment
    changes: tuple[Change, ...]
    proposed: tuple[tuple[RegimeClass, ClassStanding | None], ...]
    courses: tuple[Course, ...]
    differences: tuple[Difference, ...]
    today: date
    at: datetime


def regime_now(person: PersonRecord, now: datetime, policy: Parameters, *, compared: bool = True) -> RegimeNow:
    """What stands of one person's regime; refuses for somebody who is not here. `compared`: with the proposal too."""
    stay = stay_of(person)
    today = day_of(now)
    params = policy.on(today)
    treatment = treatment_of(person)
    facts = facts_for(person, stay, treatment, now)
    assessment = assess(facts, params)
    shown = courses(dose_rows(treatment), params)
    return RegimeNow(
        person=person,
        stay=stay,
        treatment=treatment,
        facts=facts,
        assessment=assessment,
        changes=would_change(facts, params, assessment) if compared else (),
        proposed=_proposed(facts, assessment, policy, today) if compared else (),
        courses=shown,
        differences=differences(by_medicine(treatment), shown, params),
        today=today,
        at=now,
    )


def stay_of(person: PersonRecord) -> Stay:
    """The stay that somebody is in; refuses where nobody has taken them in here."""
    if person.current is None:
        raise Refused(f"{person.identity.display} is not here: take the arrival in first.")
    return person.current


def allergies_of(person: PersonRecord, stay: Stay) -> tuple[str, ...]:
    """The allergies that stand: as this stay was told, or the ones before it until this one has been asked."""
    said = Given(values(person, stay)).listed("risk.allergies")
    if said is None and (before := history(person, stay).get("risk.allergies")) is not None:
        said = Given({"risk.allergies": before.answer.value or ""}).listed("risk.allergies")
    return said or ()


def told_of(person: PersonRecord, stay: Stay, now: datetime) -> ReceptionFacts:
    """What reception was told, with what can kill from the stays before this one until it is asked again.

    A prescription outside and a pregnancy stand until somebody asks anew; a dose that somebody was seen to take on
    the way here was taken, in whichever stay it was told of.
    """
    told = reception_facts(person, stay, now=now)
    earlier = [each for each in person.stays if each.id != stay.id and each.arrived_at <= stay.arrived_at]
    for each in reversed(earlier):
        before = reception_facts(person, each, now=now)
        told = replace(
            told,
            community_prescriptions=told.community_prescriptions
            if told.community_prescriptions is not None
            else before.community_prescriptions,
            custody_doses=(*(told.custody_doses or ()), *(before.custody_doses or ())) or told.custody_doses,
            doses_on_the_way=(*told.doses_on_the_way, *before.doses_on_the_way),
            patient=replace(told.patient, pregnant=_until_asked(told.patient.pregnant, before.patient.pregnant)),
        )
    return told


def _until_asked(said: bool | None, before: bool | None) -> bool | None:
    return said if said is not None else before


def facts_for(person: PersonRecord, stay: Stay, treatment: Treatment, now: datetime) -> RegimeFacts:
    """The facts that the regime rules read of one person at an instant."""
    goes_on = treatment.spans > 1
    told = told_of(person, stay, now) if goes_on else reception_facts(person, stay, now=now)
    before = {key: each.answer.value or "" for key, each in carried(person, stay, treatment).items()}
    return regime_facts(told, {**before, **values(person, stay)}, treatment, stay.answers, day_of(now))


def dose_rows(treatment: Treatment) -> tuple[DoseRow, ...]:
    """The doses as the rules of what doses show read them."""
    return tuple(
        DoseRow(each.day, each.medicine.active.value, each.mg.amount, each.outcome, each.slot, each.reason)
        for each in treatment.doses
    )


def by_medicine(treatment: Treatment) -> tuple[Declared, ...]:
    """Each regime once for every substitute ordered while it was in force: a switch of medicine is no new class."""
    return tuple(
        replace(regime, medicine=medicine)
        for regime in treatment.regimes
        for medicine in dict.fromkeys(
            (
                *((regime.medicine.active,) if regime.medicine else ()),
                *(
                    order.medicine.active
                    for order in treatment.orders
                    if order.medicine.is_substitute
                    and (regime.until is None or order.since <= regime.until)
                    and (order.until is None or order.until >= max(regime.since, order.since))
                ),
            )
        )
    )


def _proposed(
    facts: RegimeFacts, now: Assessment, policy: Parameters, today: date
) -> tuple[tuple[RegimeClass, ClassStanding | None], ...]:
    if PROPOSAL not in policy.available_overlays:
        return ()
    by_proposal = assess(facts, policy.over(PROPOSAL).on(today))
    return tuple(
        (each.regime_class, each.standing)
        for each in by_proposal.classes
        if each.standing is not now.of(each.regime_class).standing
    )
