"""What is prescribed outside: confirmed by the last witnessed dose, not by mg alone (S-03)."""

from datetime import datetime

from pdtdesk.domain.reception.facts import CommunityPrescription, Medicine, ReceptionFacts, Standing
from pdtdesk.policy.findings import Hold, Source, TaskKind, Tier, Urgency
from pdtdesk.policy.parameters import NotSignedLocally, ParametersOnDay
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.reception.pharmacy import next_opening
from pdtdesk.policy.reception.said import Due, Said, asked, listed, say, together
from pdtdesk.policy.reception.signs import same_medicine, substitutes

_CEILINGS = {
    str(Medicine.METHADONE): "unconfirmed_methadone_most",
    str(Medicine.BUPRENORPHINE): "unconfirmed_buprenorphine_most",
}


def prescription(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    """Each community prescription in turn, then what they may not be given together with."""
    said = [_standing(p, params, now) for p in facts.community_prescriptions or ()]
    said += [_allergy(p, facts.allergies or (), params) for p in facts.standing_prescriptions]
    return together(*said, _naltrexone(facts, params), _two_at_once(facts, params))


def shown(prescribed: CommunityPrescription) -> str:
    """`Methadone 55 mg`, or the medicine with its dose not known."""
    daily = f"{prescribed.daily}" if prescribed.daily is not None else "dose not known"
    return f"{prescribed.medicine.capitalize()} {daily}"


def _missing(prescribed: CommunityPrescription) -> list[str]:
    known = (
        ("mg", prescribed.daily),
        ("last witnessed dose", prescribed.last_witnessed_at),
        ("days missed", prescribed.days_missed),
        ("take-home doses", prescribed.take_home),
    )
    return [words for words, value in known if value is None]


def _standing(prescribed: CommunityPrescription, params: ParametersOnDay, now: datetime) -> Said:
    rule = params.rule("dose_confirmation")
    if prescribed.standing is Standing.REFUTED:
        return say(
            Code.DOSE_REFUTED,
            Tier.NOTE,
            Urgency.SOON,
            f"{shown(prescribed)}: denied by the community prescriber or pharmacy. Tell the person and the "
            "prescriber.",
            [rule],
            label="Not prescribed",
        )
    missing = _missing(prescribed)
    if prescribed.standing is Standing.CONFIRMED and not missing:
        return say(
            Code.DOSE_CONFIRMED,
            Tier.NOTE,
            Urgency.ROUTINE,
            f"{shown(prescribed)} confirmed, with last witnessed dose, days missed and take-home doses.",
            [rule],
        )
    opening = next_opening(prescribed.pharmacy_hours, now)
    due = Due(TaskKind.CONFIRM_DOSE, opening.on, now if opening.open_now else opening.at)
    unknown = f"not known: {listed(missing)}" if missing else "nothing else is missing"
    where = opening.in_words(prescribed.pharmacy)
    if prescribed.standing is Standing.CONFIRMED:
        return say(
            Code.DOSE_CONFIRMED_IN_PART,
            Tier.MUST_ACKNOWLEDGE,
            Urgency.TONIGHT,
            f"{shown(prescribed)} confirmed only in part, {unknown}. {where}.",
            [rule],
            label="Confirm",
            reason="community dose confirmed only in part",
            due=due,
        )
    low, ceiling = _ceiling(prescribed, params)
    return say(
        Code.DOSE_NOT_CONFIRMED,
        Tier.MUST_ACKNOWLEDGE,
        Urgency.TONIGHT,
        f"{shown(prescribed)} reported, not confirmed; {unknown}. {where}. "
        f"Until it is confirmed the prescriber starts low: {low}.",
        [rule, *ceiling],
        label="Confirm",
        reason="community dose not confirmed",
        due=due,
    )


def _ceiling(prescribed: CommunityPrescription, params: ParametersOnDay) -> tuple[str, list[Source]]:
    """Milligrams of one medicine say nothing of another: each has a ceiling of its own, or none is shown (D-16)."""
    medicine = same_medicine(prescribed.medicine)
    if medicine not in _CEILINGS:
        return f"no local ceiling is kept for {medicine}", []
    ceiling = asked(params.milligrams, _CEILINGS[medicine])
    if isinstance(ceiling, NotSignedLocally):
        return f"no local ceiling is signed for {medicine}", [ceiling]
    return f"the local ceiling for {medicine} is {ceiling.value}", [ceiling]


def _naltrexone(facts: ReceptionFacts, params: ParametersOnDay) -> Said:
    if not any(p.medicine is Medicine.NALTREXONE for p in facts.standing_prescriptions):
        return together()
    return say(
        Code.NALTREXONE,
        Tier.MUST_ACKNOWLEDGE,
        Urgency.TONIGHT,
        "On naltrexone: no opioid may be given without a prescriber's recorded authorisation.",
        [params.rule("naltrexone_block")],
        label="May not be given",
        reason="on naltrexone",
        holds=[_by_prescriber("opioids", "on naltrexone", Code.NALTREXONE)],
    )


def _two_at_once(facts: ReceptionFacts, params: ParametersOnDay) -> Said:
    medicines = sorted({same_medicine(p.medicine) for p in substitutes(facts)})
    if len(medicines) < 2:
        return together()
    both = listed(medicines)
    return say(
        Code.TWO_SUBSTITUTES,
        Tier.MUST_ACKNOWLEDGE,
        Urgency.TONIGHT,
        f"More than one opioid stands prescribed outside: {both}. Find out which is taken; they "
        "are not given together.",
        [params.rule("two_substitutes")],
        label="May not be given",
        reason="two opioid substitutes",
        holds=[_by_prescriber("two opioid substitutes at once", both, Code.TWO_SUBSTITUTES)],
    )


def _allergy(prescribed: CommunityPrescription, allergies: tuple[str, ...], params: ParametersOnDay) -> Said:
    names = set(prescribed.medicine.split("-"))
    if not any(name in allergy.lower() for name in names for allergy in allergies):
        return together()
    return say(
        Code.ALLERGY,
        Tier.MUST_ACKNOWLEDGE,
        Urgency.TONIGHT,
        f"Allergy recorded to {prescribed.medicine}, which stands prescribed outside: it may not be given without a "
        "prescriber's recorded authorisation.",
        [params.rule("allergy")],
        label="May not be given",
        reason=f"allergy to {prescribed.medicine}",
        holds=[_by_prescriber(prescribed.medicine, "allergy recorded", Code.ALLERGY)],
    )


def _by_prescriber(what: str, why: str, code: Code) -> Hold:
    ends = "a prescriber present, or a recorded telephone authorisation, with the reason"
    return Hold(what, why, ends, False, code)
