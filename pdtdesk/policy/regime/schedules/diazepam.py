"""Coming off benzodiazepines: what is taken, reckoned into diazepam (D-10), and steps down from there (D-11)."""

from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.courses import DiazepamReduction, ForWhom, Reduction
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import NotASchedule
from pdtdesk.policy.findings import Finding, Source, Tier
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.schedules.proposal import Proposal
from pdtdesk.policy.regime.schedules.reduction import reduction
from pdtdesk.policy.regime.standing import rg

_TENTH = Decimal("0.1")


def diazepam_reduction(asked: DiazepamReduction, whom: ForWhom, params: ParametersOnDay) -> Proposal:
    """From diazepam's own dose, or from what other medicines come to in diazepam."""
    found: list[Finding] = []
    from_dose = asked.from_dose
    if asked.instead_of:
        reckoned, said = equivalent(asked, params)
        found.append(said)
        from_dose = from_dose or reckoned
    if from_dose is None:
        raise NotASchedule("Write the daily dose of diazepam, or what is taken in its stead.")
    made = reduction(
        Reduction(
            Ordered.DIAZEPAM,
            from_dose,
            asked.first_day,
            asked.step,
            asked.interval_days,
            asked.steady_from,
            asked.then,
            asked.pauses,
            asked.stop_at,
            asked.slots,
        ),
        whom,
        params,
    )
    return replace(made, findings=(*found, *made.findings))


def equivalent(asked: DiazepamReduction, params: ParametersOnDay) -> tuple[Milligrams, Finding]:
    """What is taken a day, reckoned into diazepam, rounded down to a tenth of a mg; and how it was reckoned."""
    of = params.milligrams("diazepam_equivalents_of")
    sources: list[Source] = [of]
    amount, parts = asked.taken_beside.amount, []
    for medicine, daily in asked.instead_of:
        each = params.milligrams(f"diazepam_equivalent_{medicine}")
        sources.append(each)
        amount += daily.amount * of.value.amount / each.value.amount
        parts.append(f"{daily} of {medicine} ({each.value} to {of.value} of diazepam)")
    if asked.taken_beside.amount:
        parts.append(f"{asked.taken_beside} of diazepam itself")
    reckoned = Milligrams(amount.quantize(_TENTH, ROUND_DOWN))
    taken = "" if asked.from_dose is None else f" {asked.from_dose} was entered, and stands."
    said = f"{', '.join(parts)}: together as {reckoned} of diazepam a day, rounded down to a tenth.{taken}"
    return reckoned, rg(Code.SCHEDULE_EQUIVALENT, Tier.MUST_ACKNOWLEDGE, said, sources)
