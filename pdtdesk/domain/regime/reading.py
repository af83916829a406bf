"""From a person's record to the facts that the regime rules read. What was not answered stays unknown, never "no"."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.durations import NotADuration, read_length
from pdtdesk.domain.reception.answers import Held
from pdtdesk.domain.reception.facts import Dependence, Medicine, ReceptionFacts
from pdtdesk.domain.reception.reading import Given
from pdtdesk.domain.regime.facts import Regime, RegimeClass, RegimeFacts, RegimeRisks, Severity
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.missed import runs_not_taken
from pdtdesk.domain.regime.treatment import Treatment

_DAY = timedelta(days=1)
_URINE = "tests.urine."
_SHOWN_BY = {Ordered.METHADONE: "methadone", Ordered.BUPRENORPHINE: "buprenorphine"}


def regime_facts(
    told: ReceptionFacts, values: Mapping[str, str], treatment: Treatment, answers: Held, day: date
) -> RegimeFacts:
    """The facts of one person on a day.

    `told` are the facts of reception, `values` the answers by question key, `answers` the same with who gave them.
    """
    given = Given(values)
    remand = given.number("custody.remand_days")
    risks = told.risks
    seen = (risks.drowsy_now, risks.intoxicated_now)
    return RegimeFacts(
        patient=told.patient,
        custody=replace(
            told.custody,
            sentence_length=_iso(told.custody.sentence_length),
            remand_days=None if remand is None else int(remand),
            transfer_to=given.text("custody.transfer_to"),
        ),
        dependence=given.word("opioids.dependence", Dependence),
        severity=given.word("opioids.severity", Severity),
        methadone_regular_before_arrest=given.yes("opioids.methadone_regular"),
        drug_free_since=given.day("opioids.drug_free_since"),
        community_prescriptions=tuple(
            replace(
                each,
                patient_wishes_to_continue=_first(
                    given.yes("opioids.patient_continues"), each.patient_wishes_to_continue
                ),
                prescriber_wishes_to_continue=given.yes("opioids.prescriber_continues"),
            )
            for each in told.community_prescriptions or ()
        ),
        regimes=_regimes(treatment),
        risks=RegimeRisks(
            injecting_in_prison=given.yes("risk.injecting_in_prison"),
            serious_mental_health_problem=risks.serious_mental_health_problem,
            non_fatal_overdose=risks.overdose_ever,
            polydrug_dependence=given.yes("risk.polydrug"),
            starting_antiretrovirals=given.yes("risk.antiretrovirals"),
            overdose_protection_assessed=given.yes("risk.maintenance_protects"),
            sedated_now=None if seen == (None, None) else any(seen),
        ),
        wish=given.word("wishes.wants", RegimeClass),
        positive_test_on=_positive_test(treatment, answers, day),
        not_taken=tuple(
            run
            for medicine in {each.medicine.active for each in treatment.orders if each.medicine.is_substitute}
            for run in runs_not_taken(treatment, medicine, day - _DAY)
        ),
    )


def _iso(length: str | None) -> str | None:
    """A sentence in its ISO form; as it was written where it cannot be read: then somebody is asked to correct it."""
    with suppress(NotADuration):
        return str(read_length(length)) if length else None
    return length


def _first(*said: bool | None) -> bool | None:
    return next((each for each in said if each is not None), None)


def _regimes(treatment: Treatment) -> tuple[Regime, ...]:
    """The regimes as they were declared; not those whose correction left them no day, nor of other medicines than
    for opioid dependence, of which the rules know nothing."""
    return tuple(
        Regime(
            declared=each.declared,
            medicine=Medicine(each.medicine.value) if each.medicine else Medicine.METHADONE,
            since=each.since,
            until=each.until,
            last_review_on=_last_review(treatment, each.since, each.until),
        )
        for each in treatment.regimes
        if (each.until is None or each.until >= each.since)
        and (each.medicine is None or each.medicine.value in set(Medicine))
    )


def _last_review(treatment: Treatment, since: date, until: date | None) -> date | None:
    days = [each.on for each in treatment.reviews if since <= each.on and (until is None or each.on <= until)]
    return max(days, default=None)


def _positive_test(treatment: Treatment, answers: Held, day: date) -> date | None:
    """The latest day on which a test found a drug that is not ordered here."""
    ordered = {_SHOWN_BY.get(each.medicine.active, "") for each in treatment.orders}
    found = [
        day_of(each.answer.at)
        for key, held in answers.items()
        if key.startswith(_URINE) and key.removeprefix(_URINE) not in ordered
        for each in held
        if each.answer.value == "positive" and day_of(each.answer.at) <= day
    ]
    return max(found, default=None)
