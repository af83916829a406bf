"""From a person's record to the facts that the regime rules read. What was not answered stays unknown, never "no"."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.custody import Custody
from pdtdesk.domain.durations import NotADuration, read_length
from pdtdesk.domain.reception.answers import Held, HeldAnswer
from pdtdesk.domain.reception.facts import Dependence, Medicine, ReceptionFacts
from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.reception.reading import Given
from pdtdesk.domain.reception.standing import history
from pdtdesk.domain.regime.facts import Regime, RegimeClass, RegimeFacts, RegimeRisks, Severity
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.missed import courses_taken, nothing_ordered_since
from pdtdesk.domain.regime.schedule import DAY
from pdtdesk.domain.regime.treatment import Treatment

_URINE = "tests.urine."
PREGNANT = {"risk.pregnant": "yes", "tests.pregnancy": "positive"}
TRANSFER = {"custody.transfer_to": ""}
_SHOWN_BY = {Ordered.METHADONE: "methadone", Ordered.BUPRENORPHINE: "buprenorphine"}


TRAVELS = frozenset(
    {
        *("opioids.dependence", "opioids.severity", "opioids.methadone_regular", "alcohol.dependence"),
        *("benzodiazepines.dependence", "risk.injecting_in_prison", "risk.serious_mental_health"),
        *("risk.polydrug", "risk.maintenance_protects", "substances.overdose_ever"),
    }
)
"""What a day at court does not change: the assessment of a treatment that goes on is not asked again at the door."""


def carried(person: PersonRecord, stay: Stay, treatment: Treatment) -> Mapping[str, HeldAnswer]:
    """What was answered in an earlier stay of the treatment that goes on, and not anew in this one."""
    if treatment.spans < 2:
        return {}
    before = history(person, stay)
    return {key: before[key] for key in TRAVELS & before.keys() if key not in stay.answers}


def regime_facts(
    told: ReceptionFacts, values: Mapping[str, str], treatment: Treatment, answers: Held, day: date
) -> RegimeFacts:
    """The facts of one person on a day.

    `told` are the facts of reception, `values` the answers by question key, `answers` the same with who gave them.
    """
    given = Given(values)
    risks = told.risks
    seen = (risks.drowsy_now, risks.intoxicated_now)
    return RegimeFacts(
        patient=told.patient,
        custody=custody_of(told, values),
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
        regimes=regimes_of(treatment),
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
        positive_test_on=max((each for each in positive_tests(treatment, answers) if each <= day), default=None),
        not_taken=tuple(run for each in courses_taken(treatment) for run in each.runs(day - DAY)),
        pregnant_known_on=known_on(answers, PREGNANT),
        transfer_known_on=known_on(answers, TRANSFER),
        nothing_ordered_since=nothing_ordered_since(courses_taken(treatment), day),
    )


def known_on(answers: Held, keys: Mapping[str, str]) -> date | None:
    """The first day on which one of these was answered so, of what stands; an empty word: answered at all."""
    found = [
        day_of(each.answer.at)
        for key, word in keys.items()
        for each in answers.get(key, ())
        if each.answer.value and word in ("", each.answer.value)
    ]
    return min(found, default=None)


def custody_of(told: ReceptionFacts, values: Mapping[str, str]) -> Custody:
    """The custody as the regime rules read it: with the sentence's length in its ISO form."""
    given = Given(values)
    remand = given.number("custody.remand_days")
    return replace(
        told.custody,
        sentence_length=_iso(told.custody.sentence_length),
        remand_days=None if remand is None else int(remand),
        transfer_to=given.text("custody.transfer_to"),
    )


def _iso(length: str | None) -> str | None:
    """A sentence in its ISO form; as it was written where it cannot be read: then somebody is asked to correct it."""
    with suppress(NotADuration):
        return str(read_length(length)) if length else None
    return length


def _first(*said: bool | None) -> bool | None:
    return next((each for each in said if each is not None), None)


def regimes_of(treatment: Treatment) -> tuple[Regime, ...]:
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


def positive_tests(treatment: Treatment, answers: Held) -> tuple[date, ...]:
    """The days on which a test found a drug that is not ordered here."""
    ordered = {_SHOWN_BY.get(each.medicine.active, "") for each in treatment.orders}
    return tuple(
        sorted(
            {
                day_of(each.answer.at)
                for key, held in answers.items()
                if key.startswith(_URINE) and key.removeprefix(_URINE) not in ordered
                for each in held
                if each.answer.value == "positive"
            }
        )
    )
