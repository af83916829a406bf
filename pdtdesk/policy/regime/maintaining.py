"""Maintenance: by custody and day, as the standing table of the interface has it (R-08 to R-13, R-17)."""

from pdtdesk.domain.durations import counted
from pdtdesk.domain.regime.facts import RegimeClass, RegimeFacts
from pdtdesk.policy.findings import Finding, Tier
from pdtdesk.policy.origin import Authority
from pdtdesk.policy.parameters import NoGuidanceInForce, ParametersOnDay, Reading
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.reckoned import Reckoned, Term, is_release_near
from pdtdesk.policy.regime.standing import ClassStanding, Standing, rg


def maintenance(facts: RegimeFacts, custody: Reckoned, params: ParametersOnDay) -> Standing:
    """The standing of maintenance, with the occasions that would do where it needs a reason."""
    match custody.term:
        case Term.REMAND:
            rule = params.rule("maintenance_remand")
            return _offered(Code.MAINTENANCE_REMAND, f"On remand: {rule.value}.", rule)
        case Term.SHORT:
            rule = params.rule("maintenance_short")
            weeks = params.weeks("short_sentence_weeks")
            return _offered(
                Code.MAINTENANCE_SHORT,
                f"A sentence of {counted(weeks.value, 'week')} or less, or six months: {rule.value}.",
                rule,
                weeks,
            )
        case Term.LONGER:
            return _longer(facts, custody, params)
        case _:
            return _not_known(facts, params)


def _offered(code: Code, sentence: str, *sources: Reading[str] | Reading[int]) -> Standing:
    found = rg(code, Tier.NOTE, sentence, sources)
    return Standing(RegimeClass.MAINTENANCE, ClassStanding.OFFERED, (found,))


def _longer(facts: RegimeFacts, custody: Reckoned, params: ParametersOnDay) -> Standing:
    stands = params.text("maintenance_long")
    if stands.authority is Authority.PROPOSAL:
        found = rg(
            Code.MAINTENANCE_PROPOSAL,
            Tier.MUST_ACKNOWLEDGE,
            "PROPOSAL, not guidance: on a sentence over 26 weeks maintenance only in the most exceptional cases, "
            "whatever is left to serve.",
            [stands],
        )
        return Standing(
            RegimeClass.MAINTENANCE, ClassStanding(stands.value), (found, *occasions(facts, custody, params))
        )
    if (offered := _continues(facts, params) or _protects(facts, params)) is not None:
        return offered
    found = rg(
        Code.MAINTENANCE_LONG,
        Tier.MUST_ACKNOWLEDGE,
        "A longer or indeterminate sentence: maintenance needs a recorded reason and a date of review.",
        [stands],
    )
    return Standing(RegimeClass.MAINTENANCE, ClassStanding(stands.value), (found, *occasions(facts, custody, params)))


def _continues(facts: RegimeFacts, params: ParametersOnDay) -> Standing | None:
    """Until March 2010: what is confirmed outside goes on, unless patient or prescriber say otherwise (R-11)."""
    try:
        rule = params.rule("maintenance_continues")
    except NoGuidanceInForce:
        return None
    for each in facts.confirmed_outside:
        if each.patient_wishes_to_continue is not False and each.prescriber_wishes_to_continue is not False:
            return _offered(
                Code.MAINTENANCE_CONTINUES,
                f"{each.medicine.capitalize()} stands confirmed outside: {rule.value}.",
                rule,
            )
    return None


def _protects(facts: RegimeFacts, params: ParametersOnDay) -> Standing | None:
    """From April 2010: where a full clinical assessment finds it necessary to protect on release (R-12)."""
    if not facts.risks.overdose_protection_assessed:
        return None
    try:
        rule = params.rule("maintenance_protects")
    except NoGuidanceInForce:
        return None
    return _offered(Code.MAINTENANCE_PROTECTS, f"Maintenance is {rule.value}.", rule)


def occasions(facts: RegimeFacts, custody: Reckoned, params: ParametersOnDay) -> tuple[Finding, ...]:
    """Reasons, named as examples, that would do to *continue* maintenance: not to begin it (R-13)."""
    in_force = any(each.declared is RegimeClass.MAINTENANCE for each in facts.in_force(params.day))
    if not in_force and not facts.confirmed_outside:
        return ()
    try:
        rule = params.rule("maintenance_occasions")
    except NoGuidanceInForce:
        return ()
    risks = facts.risks
    shown = (
        (Code.OCCASION_INJECTING, "a history of injecting in prison", risks.injecting_in_prison),
        (
            Code.OCCASION_MENTAL_HEALTH,
            "a history of a serious mental health problem",
            risks.serious_mental_health_problem,
        ),
        (Code.OCCASION_ANTIRETROVIRALS, "antiretroviral treatment is about to begin", risks.starting_antiretrovirals),
        (Code.OCCASION_TRANSFER, "a transfer is planned", facts.custody.transfer_to is not None),
        (Code.OCCASION_RELEASE, "release is near", is_release_near(custody, params)),
    )
    return tuple(
        rg(code, Tier.NOTE, f"A reason that would do to continue maintenance: {words}.", [rule])
        for code, words, there in shown
        if there
    )


def _not_known(facts: RegimeFacts, params: ParametersOnDay) -> Standing:
    """Without a length nobody can say on which side of 26 weeks it lies; what holds on both sides is said all the
    same."""
    proposed = params.text("maintenance_long").authority is Authority.PROPOSAL
    if not proposed and (offered := _continues(facts, params) or _protects(facts, params)) is not None:
        return offered
    found = rg(
        Code.SENTENCE_NOT_KNOWN,
        Tier.MUST_CORRECT,
        "The length of the sentence is not known: whether maintenance is offered or needs a reason depends on it. "
        "Write it from the warrant.",
        [params.weeks("short_sentence_weeks")],
    )
    return Standing(RegimeClass.MAINTENANCE, None, (found,))
