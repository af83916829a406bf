"""The rules are asked of everybody at once: a lead who signs a value sees what it changes before the tea is cold."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import cycle, islice

from pdtdesk.domain.custody import Custody, LegalStatus
from pdtdesk.domain.reception.facts import Dependence, Medicine, Patient
from pdtdesk.domain.regime.facts import Regime, RegimeClass, RegimeFacts, RegimeRisks
from pdtdesk.policy.national import load_national
from pdtdesk.policy.regime.assess import assess
from tests.benchmarks.figures import Goal, Stopwatch

DAY = date(2010, 6, 1)
ESTATE = 84_000
"""As many people as the prisons of England and Wales hold."""


def people() -> list[RegimeFacts]:
    """Two hundred people, no two alike: remand to life, some on a regime, some near release, some to be corrected."""
    made = []
    for number in range(200):
        sentenced = DAY - timedelta(days=number * 3)
        status = tuple(LegalStatus)[number % 5]
        since = DAY - timedelta(days=number * 2)
        regime = Regime(tuple(RegimeClass)[number % 4], Medicine.METHADONE, since)
        person = RegimeFacts(
            patient=Patient(date(1960, 1, 1) + timedelta(days=number * 40)),
            custody=Custody(status, sentenced, sentenced, f"P{number % 90 + 1}W", remand_days=number % 30),
            dependence=Dependence.DEPENDENT,
            regimes=(regime,) if number % 3 else (),
            risks=RegimeRisks(injecting_in_prison=not number % 4, overdose_protection_assessed=not number % 5),
        )
        made.append(replace(person, drug_free_since=DAY) if number % 20 == 0 else person)
    return made


def test_one_person(stopwatch: Stopwatch) -> None:
    params, persons = load_national().on(DAY), people()
    one_after_another = cycle(persons)
    stopwatch.measure(
        "assess one person",
        lambda: assess(next(one_after_another), params),
        goal=Goal(plus_s=0.0002),
        rounds=2000,
        warm_up=len(persons),
    )


def test_the_whole_estate_in_one_run(stopwatch: Stopwatch) -> None:
    params, persons = load_national().on(DAY), people()

    def all_of_them() -> None:
        for person in islice(cycle(persons), ESTATE):
            assess(person, params)

    stopwatch.measure(f"assess {ESTATE:,} people, one core", all_of_them, goal=Goal(plus_s=20.0), rounds=1, warm_up=0)


def test_the_whole_of_guidance_is_read_while_nobody_waits(stopwatch: Stopwatch) -> None:
    """Timed here and not beside the rules: those tests run with every line counted, which is what would be timed."""
    stopwatch.measure(
        "read the national guidance, whole",
        lambda: load_national().on(DAY).fingerprint,
        goal=Goal(plus_s=0.050),
        rounds=10,
        warm_up=1,
    )
