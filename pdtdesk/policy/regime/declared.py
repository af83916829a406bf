"""The class that was declared beside the class that the doses show: where they differ, and since when (R-16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.treatment import Declared
from pdtdesk.policy.findings import Finding, Source, Tier
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.shown import Course, Phase
from pdtdesk.policy.regime.standing import rg


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of days on which the doses show another class than was declared."""

    declared: RegimeClass
    shown: RegimeClass
    since: date
    until: date
    finding: Finding


def differences(
    regimes: Sequence[Declared], courses: Sequence[Course], params: ParametersOnDay
) -> tuple[Difference, ...]:
    """Where declared and shown differ, the latest first. Stabilisation before a class shows nothing against it."""
    found = [
        each
        for regime in regimes
        for course in courses
        if regime.medicine is not None and course.medicine in (regime.medicine.value, regime.medicine.active.value)
        for phase in course.phases
        if (each := _differs(regime, phase, params)) is not None
    ]
    return tuple(sorted(found, key=lambda each: each.since, reverse=True))


def _differs(regime: Declared, phase: Phase, params: ParametersOnDay) -> Difference | None:
    begins = max(regime.since, phase.begins)
    ends = phase.ends if regime.until is None else min(regime.until, phase.ends)
    if ends < begins or phase.shown is regime.declared or phase.shown is RegimeClass.STABILISATION:
        return None
    said = (
        f"Declared {regime.declared.words} since {show_day(regime.since)}; the doses show {phase.shown.words} "
        f"since {show_day(begins)}."
    )
    sources: list[Source] = [params.rule("three_classes"), params.days("shown_within")]
    found = rg(Code.DECLARED_NOT_SHOWN, Tier.MUST_ACKNOWLEDGE, said, sources)
    return Difference(regime.declared, phase.shown, begins, ends, found)
