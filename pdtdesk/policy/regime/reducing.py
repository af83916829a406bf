"""Detoxification and gradual reduction: how long guidance makes them, whether they fit, and what they cost."""

from collections.abc import Sequence

from pdtdesk.domain.durations import counted
from pdtdesk.domain.regime.facts import RegimeClass, RegimeFacts
from pdtdesk.policy.findings import Finding, Source, Tier
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.reckoned import Reckoned
from pdtdesk.policy.regime.standing import ClassStanding, Standing, rg

_WEEK = 7


def detoxification(facts: RegimeFacts, custody: Reckoned, params: ParametersOnDay) -> Standing:
    """The short regime: stabilisation, then at least 14 days, often 21 where methadone was used regularly."""
    steady, least = params.days("stabilisation_least"), params.days("detoxification_least")
    found = [
        rg(
            Code.DETOXIFICATION,
            Tier.NOTE,
            f"Detoxification: after at least {counted(steady.value, 'day')} of stabilisation, routinely at least "
            f"{counted(least.value, 'day')}.",
            [steady, least],
        )
    ]
    days, sources = steady.value + least.value, [steady, least]
    if facts.methadone_regular_before_arrest:
        longer = params.days("detoxification_regular")
        days, sources = steady.value + longer.value, [steady, longer]
        found.append(
            rg(
                Code.DETOXIFICATION_LONG,
                Tier.NOTE,
                f"Methadone was used regularly before arrest: detoxification will often need "
                f"{counted(longer.value, 'day')} or more.",
                [longer],
            )
        )
    found += [*_fits("Detoxification", days, sources, custody), tolerance(params)]
    standing = ClassStanding.OFFERED
    if facts.patient.pregnant:
        standing = ClassStanding.EXCEPTIONAL
    return Standing(RegimeClass.DETOXIFICATION, standing, tuple(found))


def gradual_reduction(custody: Reckoned, params: ParametersOnDay) -> Standing:
    """The out-patient's model: about 13 weeks with its stabilisation, and it may be extended."""
    weeks = params.weeks("gradual_weeks")
    found = [
        rg(
            Code.GRADUAL,
            Tier.NOTE,
            f"Gradual reduction: about {counted(weeks.value, 'week')} with its stabilisation; it may be extended "
            "further.",
            [weeks],
        ),
        *_fits("Gradual reduction", weeks.value * _WEEK, [weeks], custody),
        tolerance(params),
    ]
    return Standing(RegimeClass.GRADUAL_REDUCTION, ClassStanding.OFFERED, tuple(found))


def tolerance(params: ParametersOnDay) -> Finding:
    """What every proposal to reduce says."""
    rule = params.rule("tolerance_lost")
    return rg(
        Code.TOLERANCE,
        Tier.MUST_ACKNOWLEDGE,
        "Every reduction takes tolerance away: a dose that was safe before can kill after release. "
        f"{rule.value[:1].upper()}{rule.value[1:]}.",
        [rule],
    )


def _fits(what: str, days: int, sources: Sequence[Source], custody: Reckoned) -> list[Finding]:
    """Where it would end after release, somebody outside has to go on with it."""
    if custody.days_to_serve is None or custody.days_to_serve >= days:
        return []
    return [
        rg(
            Code.ENDS_AFTER_RELEASE,
            Tier.MUST_ACKNOWLEDGE,
            f"{what} takes {counted(days, 'day')} or more, and {max(custody.days_to_serve, 0)} are left to serve: it "
            "would end after release, and somebody outside has to go on with it.",
            sources,
            values=[("days_to_serve", custody.days_to_serve)],
        )
    ]
