"""Withdrawal from alcohol and benzodiazepines, which weighs the same as opioid withdrawal (S-04)."""

from collections.abc import Sequence
from datetime import datetime

from pdtdesk.domain.calendar import day_of, hours_after, show_instant
from pdtdesk.domain.reception.facts import ReceptionFacts, Substance
from pdtdesk.domain.reception.scales import OutsideBands
from pdtdesk.policy.findings import Source, TaskKind, Tier, Urgency
from pdtdesk.policy.parameters import NotSignedLocally, ParametersOnDay
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.reception.said import NOTHING, Due, Said, asked, listed, say, sentence_case, together
from pdtdesk.policy.reception.scales import band, shows_withdrawal, urgency_of
from pdtdesk.policy.reception.signs import alcohol_or_benzodiazepines, named


def alcohol_withdrawal(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    """CIWA-Ar and observations, seizure history, lower bunk and thiamine; hospital where the risk is high."""
    on_board = alcohol_or_benzodiazepines(facts)
    shown = shows_withdrawal(params, "ciwa_ar", facts.scores.ciwa_ar)
    score = facts.scores.ciwa_ar
    amounts = _amounts(facts, params)
    if not on_board and score is None:
        return amounts
    scored, urgency = _scored(facts, on_board, params, now)
    care = _care(facts, on_board, params) if on_board or shown else NOTHING
    return together(scored, care, _admission(facts, bool(on_board or shown), urgency, params), amounts)


def _scored(
    facts: ReceptionFacts, on_board: Sequence[Substance], params: ParametersOnDay, now: datetime
) -> tuple[Said, Urgency]:
    score = facts.scores.ciwa_ar
    rule = params.rule("alcohol_withdrawal")
    if score is None:
        said = say(
            Code.CIWA_AR_NOT_TAKEN,
            Tier.MUST_ACKNOWLEDGE,
            Urgency.TONIGHT,
            f"{_used(on_board)}: {_why(facts, on_board)}, and no CIWA-Ar taken: score it now.",
            [rule],
            label=_used(on_board),
            reason="CIWA-Ar not taken",
            due=Due(TaskKind.REPEAT_CIWA_AR, day_of(now), now),
        )
        return said, Urgency.TONIGHT
    try:
        found, bands = band(params, "ciwa_ar", score.value)
    except OutsideBands:
        return NOTHING, Urgency.TONIGHT  # said by `facts_agree`
    urgency = urgency_of(params, "ciwa_ar", found)
    repeat = asked(params.hours, "ciwa_ar_repeat_hours")
    if isinstance(repeat, NotSignedLocally):
        at, again = None, "Repeat it with observations: how often is not signed here, so decide it and record it."
        watch = "CIWA-Ar and observations again: how often is not signed here."
    else:
        at = hours_after(score.taken_at or now, repeat.value)
        again = f"Repeat with observations at {show_instant(at)}."
        watch = f"CIWA-Ar and observations again at {show_instant(at)}."
    taken = f", taken {show_instant(score.taken_at)}" if score.taken_at else ""
    said = say(
        Code.CIWA_AR,
        Tier.NOTE if urgency is Urgency.ROUTINE else Tier.MUST_ACKNOWLEDGE,
        urgency,
        f"CIWA-Ar {score.value}: {found.label} withdrawal ({found.from_score} to {found.to_score}){taken}. {again}",
        [rule, bands, params.words("ciwa_ar_priority"), repeat],
        label="Alcohol, benzos",
        reason=None if urgency is Urgency.ROUTINE else f"alcohol or benzodiazepine withdrawal, {found.label}",
        due=Due(TaskKind.REPEAT_CIWA_AR, day_of(at or now), at),
        observe=f"Alcohol or benzodiazepine withdrawal. {watch}",
    )
    return said, urgency


def _care(facts: ReceptionFacts, on_board: Sequence[Substance], params: ParametersOnDay) -> Said:
    used, scored = _used(on_board), facts.scores.ciwa_ar is not None
    seizure = {True: "Seizures before.", False: "No seizure before.", None: "Seizure history not known: ask."}
    return say(
        Code.ALCOHOL_CARE,
        Tier.MUST_ACKNOWLEDGE,
        Urgency.TONIGHT,
        f"{used}: CIWA-Ar and observations, lower bunk, thiamine considered. {seizure[facts.risks.seizure_ever]}",
        [params.rule("alcohol_withdrawal")],
        label=used,
        reason=f"{used.lower()}: {_why(facts, on_board)}",
        observe="Lower bunk." if scored else "Lower bunk; observations for alcohol or benzodiazepine withdrawal.",
    )


def _used(on_board: Sequence[Substance]) -> str:
    return sentence_case(listed([named(s) for s in on_board])) if on_board else "Alcohol or benzodiazepines"


def _why(facts: ReceptionFacts, on_board: Sequence[Substance]) -> str:
    """What was found of them, and nothing that was not."""
    often = [facts.regular(s) for s in on_board]
    if not often:
        return "withdrawal shown by the score"
    if all(often):
        return "regular use"
    return "regular use or withdrawal seen" if any(often) else "withdrawal seen"


def _admission(facts: ReceptionFacts, withdrawing: bool, urgency: Urgency, params: ParametersOnDay) -> Said:
    risks = facts.risks
    why = [
        words
        for words, present in (
            ("seizures before", risks.seizure_ever and withdrawing),
            ("delirium tremens before", risks.delirium_tremens_ever and withdrawing),
            ("a CIWA-Ar score in the highest priority", urgency is Urgency.NOW),
        )
        if present
    ]
    if not why:
        return NOTHING
    return say(
        Code.ADMISSION,
        Tier.MUST_ACKNOWLEDGE,
        Urgency.NOW,
        f"{sentence_case(listed(why))}: at high risk of seizures or delirium tremens hospital admission is offered, "
        "and sooner for somebody frail, with other illness or a learning disability. Call the prescriber now.",
        [params.rule("alcohol_admission")],
        label="Hospital?",
        reason="high risk of seizures or delirium tremens",
    )


def _amounts(facts: ReceptionFacts, params: ParametersOnDay) -> Said:
    """Units a day and AUDIT against what NICE says of assisted withdrawal."""
    use, audit = facts.use(Substance.ALCOHOL), facts.scores.audit
    units = use.units_per_day if use else None
    inpatient, assisted = params.number("alcohol_inpatient_units"), params.number("alcohol_assisted_units")
    from_audit = params.score("alcohol_assisted_audit")
    said = []
    if use is not None and use.amount and units is None:
        said.append(
            say(
                Code.ALCOHOL_NOT_IN_UNITS,
                Tier.MUST_ACKNOWLEDGE,
                Urgency.TONIGHT,
                f'Alcohol "{use.amount}" is not a number of units a day: nothing here can set it against '
                f'{assisted.value} and {inpatient.value} units. Write the units, like "24 units".',
                [assisted, inpatient],
                label="Alcohol",
                reason="alcohol amount not in units",
            )
        )
    if units is not None and units > inpatient.value:
        said.append(
            say(
                Code.INPATIENT_WITHDRAWAL,
                Tier.MUST_ACKNOWLEDGE,
                Urgency.TONIGHT,
                f"{units} units of alcohol a day, above {inpatient.value}: in-patient assisted withdrawal is "
                "considered.",
                [inpatient],
                label="Hospital?",
                reason=f"{units} units of alcohol a day",
            )
        )
    why: list[str] = []
    sources: list[Source] = []
    if units is not None and units > assisted.value:
        why.append(f"{units} units of alcohol a day, above {assisted.value}")
        sources.append(assisted)
    if audit is not None and audit.value >= from_audit.value:
        why.append(f"AUDIT {audit.value}, {from_audit.value} or more")
        sources.append(from_audit)
    if why:
        said.append(
            say(
                Code.ASSISTED_WITHDRAWAL,
                Tier.MUST_ACKNOWLEDGE,
                Urgency.TONIGHT,
                f"{listed(why)}: assisted withdrawal is considered; the prescriber decides.",
                sources,
                label="Alcohol",
                reason="assisted alcohol withdrawal considered",
            )
        )
    return together(*said)
