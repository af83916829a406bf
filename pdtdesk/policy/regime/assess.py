"""The regime rules asked of one person on one day: three classes, reviews, and every finding with its source."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.custody import AgeGroup, age_group, ends_before_it_begins
from pdtdesk.domain.durations import counted
from pdtdesk.domain.reception.facts import Dependence
from pdtdesk.domain.regime.facts import RegimeClass, RegimeFacts
from pdtdesk.policy.findings import Finding, Tier
from pdtdesk.policy.parameters import NoGuidanceInForce, ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.maintaining import maintenance
from pdtdesk.policy.regime.reckoned import Reckoned, Term, reckon
from pdtdesk.policy.regime.reducing import detoxification, gradual_reduction
from pdtdesk.policy.regime.reviews import Review, reviews
from pdtdesk.policy.regime.standing import ClassStanding, Standing, all_alike, rg, stands


@dataclass(frozen=True, slots=True)
class Assessment:
    """What guidance says of one person's regime on one day. `parameters` is the fingerprint it was made on."""

    on: date
    custody: Reckoned
    classes: tuple[Standing, ...]
    reviews: tuple[Review, ...]
    findings: tuple[Finding, ...]
    parameters: str

    def of(self, regime_class: RegimeClass) -> Standing:
        """One of the three classes."""
        return next(each for each in self.classes if each.regime_class is regime_class)


def assess(facts: RegimeFacts, params: ParametersOnDay) -> Assessment:
    """The same facts on the same day always give the same answer.

    Where no guidance held here was in force, no class is proposed, and a finding says so.
    """
    try:
        custody = reckon(facts.custody, params)
        classes = _classes(facts, custody, params)
        due = reviews(facts, custody, params)
        found = [*_to_correct(facts, custody, params), *_beside(facts, custody, params)]
    except NoGuidanceInForce as none:
        nothing = rg(Code.NO_GUIDANCE, Tier.MUST_ACKNOWLEDGE, str(none), [])
        return Assessment(
            params.day, Reckoned(Term.NOT_KNOWN), all_alike(None, nothing), (), (nothing,), params.fingerprint
        )
    found += [each for standing in classes for each in standing.findings]
    found += [*_wish(facts, classes, params), *(each.finding for each in due)]
    return Assessment(params.day, custody, classes, due, _in_order(found), params.fingerprint)


def _classes(facts: RegimeFacts, custody: Reckoned, params: ParametersOnDay) -> tuple[Standing, ...]:
    if (outside := _out_of_scope(facts, custody, params)) is not None:
        return all_alike(None, outside)
    if facts.dependence is Dependence.NONE:
        said = "Not dependent on opioids: no regime is indicated."
        return all_alike(
            ClassStanding.NOT_INDICATED,
            rg(Code.NOT_DEPENDENT, Tier.NOTE, said, [params.rule("dependence_assessed")]),
        )
    if facts.dependence is not Dependence.DEPENDENT:
        said = "Dependence on opioids has not been assessed: assess it before a class is chosen."
        return all_alike(
            None,
            rg(Code.DEPENDENCE_NOT_ASSESSED, Tier.MUST_ACKNOWLEDGE, said, [params.rule("dependence_assessed")]),
        )
    if facts.drug_free_since is not None:
        return _drug_free(facts, params)
    return (
        detoxification(facts, custody, params),
        gradual_reduction(custody, params),
        maintenance(facts, custody, params),
    )


def _out_of_scope(facts: RegimeFacts, custody: Reckoned, params: ParametersOnDay) -> Finding | None:
    rule = params.rule("regime_scope")
    born = facts.patient.born
    if born is not None and age_group(born, params.day) is AgeGroup.UNDER_18:
        said = "Under 18: out of scope of these rules. Care is not refused: call the service for young people."
        return rg(Code.UNDER_18, Tier.OUT_OF_SCOPE, said, [rule])
    if custody.term is Term.OUT_OF_SCOPE:
        said = f"Held as {facts.custody.status} custody: these rules are about criminal custody. Care is not refused."
        return rg(Code.OTHER_CUSTODY, Tier.OUT_OF_SCOPE, said, [rule])
    return None


def _drug_free(facts: RegimeFacts, params: ParametersOnDay) -> tuple[Standing, ...]:
    """Abstinent in custody: beginning again before release is kept for exceptional cases, each of them counted."""
    exceptional = params.rule("reinduction_exceptional")
    sources = [exceptional]
    with suppress(NoGuidanceInForce):
        sources.insert(0, params.rule("reinduction_may_be"))
    since = show_day(facts.drug_free_since) if facts.drug_free_since else ""
    free = rg(
        Code.DRUG_FREE,
        Tier.MUST_ACKNOWLEDGE,
        f"Drug free in custody since {since}: re-induction before release only in exceptional circumstances.",
        sources,
    )
    grounds = [
        words
        for words, there in (
            ("a history of non-fatal overdose", facts.risks.non_fatal_overdose),
            ("polydrug dependence", facts.risks.polydrug_dependence),
            ("severe opioid dependence", facts.severity == "severe"),
        )
        if there
    ]
    named = [
        rg(
            Code.REINDUCTION_GROUNDS,
            Tier.NOTE,
            f"Of the circumstances that guidance names, the facts show: {', '.join(grounds)}.",
            [exceptional],
        )
    ]
    return (
        Standing(RegimeClass.DETOXIFICATION, ClassStanding.NOT_INDICATED, (free,)),
        Standing(RegimeClass.GRADUAL_REDUCTION, ClassStanding.NOT_INDICATED, (free,)),
        Standing(RegimeClass.MAINTENANCE, ClassStanding.EXCEPTIONAL, (free, *(named if grounds else ()))),
    )


def _to_correct(facts: RegimeFacts, custody: Reckoned, params: ParametersOnDay) -> Iterable[Finding]:
    rule = params.rule("facts_agree")
    if custody.trouble:
        yield rg(Code.CORRECT_SENTENCE, Tier.MUST_CORRECT, f"The sentence: {custody.trouble}", [rule])
    if ends_before_it_begins(facts.custody):
        said = "The day of release lies before the sentence or the reception: correct it from the warrant."
        yield rg(Code.CORRECT_DATES, Tier.MUST_CORRECT, said, [rule])
    if custody.release_on is not None and custody.release_on < params.day:
        said = f"The day of release, {show_day(custody.release_on)}, has passed: correct it from the warrant."
        yield rg(Code.CORRECT_DATES, Tier.MUST_CORRECT, said, [rule])
    sentenced = facts.custody.sentenced_on
    if sentenced is not None and sentenced > params.day:
        said = f"The sentence is dated {show_day(sentenced)}, which is still to come: correct it from the warrant."
        yield rg(Code.CORRECT_DATES, Tier.MUST_CORRECT, said, [rule])


def _beside(facts: RegimeFacts, custody: Reckoned, params: ParametersOnDay) -> Iterable[Finding]:
    """What is said whatever class is chosen."""
    if facts.risks.sedated_now:
        said = "Drowsy or intoxicated now: no opioid and no sedative is given until somebody has looked again."
        yield rg(Code.SEDATED, Tier.MUST_ACKNOWLEDGE, said, [params.rule("sedation_stop")])
    if facts.patient.pregnant:
        rule = params.rule("regime_in_pregnancy")
        yield rg(Code.PREGNANT, Tier.MUST_ACKNOWLEDGE, f"Pregnant: {rule.value}.", [rule])
    if facts.dependence is not Dependence.DEPENDENT or facts.drug_free_since is not None:
        return
    steady = params.days("stabilisation_least")
    days = counted(steady.value, "day")
    said = f"Before any reduction: at least {days} of stabilisation, counted from the first dose."
    yield rg(Code.STABILISATION, Tier.NOTE, said, [steady, params.rule("review_days")])
    if custody.term is Term.LONGER:
        try:
            rule = params.rule("drug_free_expected")
        except NoGuidanceInForce:
            return
        yield rg(Code.DRUG_FREE_EXPECTED, Tier.NOTE, f"A sentence over six months: {rule.value}.", [rule])


def _wish(facts: RegimeFacts, classes: tuple[Standing, ...], params: ParametersOnDay) -> Iterable[Finding]:
    """What the person wished, where guidance does not simply offer it: it is explained, and agreed or not."""
    wished = next((each for each in classes if each.regime_class is facts.wish), None)
    if wished is not None and wished.standing is not ClassStanding.OFFERED:
        wish = wished.regime_class.words
        said = f"The wish is {wish}, which {stands(wished.standing)}: explain it, and record what was agreed."
        yield rg(Code.WISH, Tier.NOTE, said, [params.rule("wish_weighed")])


def _in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each once, what must be acknowledged before what is noted, else as it was said."""
    return tuple(sorted(dict.fromkeys(found), key=lambda each: each.tier.rank))
