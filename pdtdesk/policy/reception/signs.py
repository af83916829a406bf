"""What the facts of an arrival amount to for the rules: at risk of which withdrawal, with what on board."""

from pdtdesk.domain.reception.facts import CommunityPrescription, Medicine, ReceptionFacts, Substance
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.reception.scales import shows_withdrawal

# Medicines that are opioids and hold withdrawal off; naltrexone and lofexidine are neither.
SUBSTITUTES = (
    Medicine.METHADONE,
    Medicine.BUPRENORPHINE,
    Medicine.BUPRENORPHINE_NALOXONE,
    Medicine.DIHYDROCODEINE,
)
SEDATIVES = (Substance.ALCOHOL, Substance.BENZODIAZEPINES, Substance.GABAPENTINOIDS)
_BRANDS = {
    "physeptone": Medicine.METHADONE,
    "methadose": Medicine.METHADONE,
    "subutex": Medicine.BUPRENORPHINE,
    "suboxone": Medicine.BUPRENORPHINE,
    "espranor": Medicine.BUPRENORPHINE,
    "df118": Medicine.DIHYDROCODEINE,
}
_ALONE = (each for each in Medicine if each is not Medicine.BUPRENORPHINE_NALOXONE)
_NAMED = {**{each.value: each.value for each in _ALONE}, **{brand: each.value for brand, each in _BRANDS.items()}}
"""Words by which a medicine is known, and its own name."""


def named(substance: Substance) -> str:
    """A substance as it stands in a sentence: `crack cocaine`."""
    return substance.replace("_", " ")


def same_medicine(medicine: str) -> str:
    """The medicine under one name, whatever stands beside it: buprenorphine counts alike with and without naloxone,
    and a brand as what it holds."""
    words = medicine.strip().lower()
    return next((name for word, name in _NAMED.items() if word in words), words)


def substitutes(facts: ReceptionFacts) -> tuple[CommunityPrescription, ...]:
    """The opioid substitutes that stand prescribed outside, reported or confirmed."""
    return tuple(p for p in facts.standing_prescriptions if p.medicine in SUBSTITUTES)


def opioid_withdrawal_possible(facts: ReceptionFacts, params: ParametersOnDay) -> bool:
    """Whether opioid withdrawal must be looked for tonight: used, prescribed, seen, or scored."""
    seen = Substance.OPIOIDS in (facts.risks.withdrawal_seen or ())
    told = facts.regular(Substance.OPIOIDS) or bool(substitutes(facts)) or seen
    return told or shows_withdrawal(params, "cows", facts.scores.cows)


def alcohol_or_benzodiazepines(facts: ReceptionFacts) -> tuple[Substance, ...]:
    """Alcohol and benzodiazepines, where used often enough, or seen, for their withdrawal to be looked for."""
    seen = facts.risks.withdrawal_seen or ()
    return tuple(s for s in (Substance.ALCOHOL, Substance.BENZODIAZEPINES) if facts.regular(s) or s in seen)


def sedatives_on_board(facts: ReceptionFacts) -> tuple[Substance, ...]:
    """What makes an opioid dose more dangerous, of what is used regularly."""
    return tuple(s for s in SEDATIVES if facts.regular(s))


def alcohol_withdrawal_possible(facts: ReceptionFacts, params: ParametersOnDay) -> bool:
    """Whether alcohol or benzodiazepine withdrawal must be looked for tonight: used, seen, or scored."""
    return bool(alcohol_or_benzodiazepines(facts)) or shows_withdrawal(params, "ciwa_ar", facts.scores.ciwa_ar)


def dependent(facts: ReceptionFacts, params: ParametersOnDay) -> bool:
    """Whether the person counts as dependent for the watch of the first week."""
    if opioid_withdrawal_possible(facts, params) or alcohol_withdrawal_possible(facts, params):
        return True
    return any(use.regular for substance, use in facts.substances.items() if substance is not Substance.TOBACCO)


def uses_anything(facts: ReceptionFacts) -> bool:
    """Whether any drug, or alcohol, was used: tobacco alone does not bring a CARAT worker."""
    used = any(use.used for substance, use in facts.substances.items() if substance is not Substance.TOBACCO)
    return used or bool(facts.standing_prescriptions) or bool(facts.risks.withdrawal_seen)


def needs_prescriber(facts: ReceptionFacts, params: ParametersOnDay) -> bool:
    """Whether a prescriber has something to decide tonight."""
    return (
        opioid_withdrawal_possible(facts, params)
        or alcohol_withdrawal_possible(facts, params)
        or bool(facts.standing_prescriptions)
        or facts.patient.pregnant is True
        or bool(facts.medicines_that_cannot_wait)
    )
