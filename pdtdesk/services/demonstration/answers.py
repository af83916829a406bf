"""What somebody who does not exist answered at reception: plausible as data, and guidance for nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pdtdesk.domain.reception.questions import SUBSTANCES
from pdtdesk.domain.reception.scales import SCALES
from pdtdesk.services.demonstration.chance import Chance
from pdtdesk.services.demonstration.prison import Pharmacy, Prison

_MOMENT = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class Habit:
    """How one substance is used by a kind of invented person."""

    substance: str
    often: tuple[str, ...]
    amounts: tuple[str, ...]
    route: str
    likely: int = 100


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of invented person: what they use, which withdrawal shows, and what else tends to go with it."""

    habits: tuple[Habit, ...]
    withdrawal: str = "none"
    prescribed: int = 0
    injects: int = 0
    scale: str | None = None
    harmed: int = 8


_HEROIN = Habit("opioids", ("daily", "daily", "most_days"), ("0.2 g", "0.5 g", "£20", "£40", "1 g"), "smoke")
_CRACK = Habit("crack_cocaine", ("most_days", "weekly"), ("2 rocks", "4 rocks", "£40"), "smoke", 70)
_DRINK = Habit("alcohol", ("daily", "most_days"), ("18 units", "24 units", "30 units", "12 units"), "oral")
_SOME_DRINK = Habit("alcohol", ("weekly", "monthly", "less"), ("6 units", "8 units", "4 units"), "oral", 60)
_TABLETS = Habit("benzodiazepines", ("most_days", "daily"), ("20 mg", "30 mg", "40 mg"), "oral", 100)
_CANNABIS = Habit("cannabis", ("daily", "most_days", "weekly"), ("2 g", "£10", "1 g"), "smoke", 45)
_TOBACCO = Habit("tobacco", ("daily",), ("10 cigarettes", "20 cigarettes", "half an ounce a week"), "smoke", 78)
_COCAINE = Habit("crack_cocaine", ("weekly", "monthly"), ("1 g", "0.5 g"), "snort")
_SPEED = Habit("amphetamines", ("weekly", "most_days"), ("1 g", "2 g"), "oral", 55)

_PATTERNS = (
    (Pattern((_SOME_DRINK, _TOBACCO)), 36),
    (Pattern((_HEROIN, _CRACK, _SOME_DRINK, _CANNABIS, _TOBACCO), "opioids", 15, 45, "cows", 22), 20),
    (Pattern((_HEROIN, _CRACK, _CANNABIS, _TOBACCO), "opioids", 100, 50, "cows", 24), 10),
    (Pattern((_HEROIN, _TABLETS, _CRACK, _TOBACCO), "opioids benzodiazepines", 45, 55, "cows", 30), 4),
    (Pattern((_DRINK, _CANNABIS, _TOBACCO), "alcohol", 0, 0, "ciwa_ar", 22), 12),
    (Pattern((_COCAINE, _SPEED, _SOME_DRINK, _CANNABIS, _TOBACCO), harmed=12), 9),
    (Pattern((Habit("cannabis", ("daily",), ("2 g", "£10"), "smoke"), _SOME_DRINK, _TOBACCO), harmed=10), 9),
)

_ALLERGIES = (("none", 84), ("penicillin", 8), ("codeine", 2), ("aspirin", 2), ("plasters, nuts", 2), ("latex", 2))
_URGENT = (
    ("none", 90),
    ("salbutamol inhaler, this morning", 5),
    ("insulin, with breakfast", 2),
    ("carbamazepine, last night", 2),
    ("ramipril, this morning", 1),
)
_MEDICINES = (
    ("mirtazapine", "30 mg at night"),
    ("fluoxetine", "20 mg in the morning"),
    ("quetiapine", "100 mg at night"),
    ("salbutamol inhaler", "two puffs when needed"),
    ("amitriptyline", "25 mg at night"),
    ("ramipril", "5 mg in the morning"),
)
_READING = (("reads", 70), ("with_difficulty", 22), ("does_not_read", 8))
_VIRUS = (("not_known", 62), ("negative", 28), ("positive", 6), ("declined", 4))
_VACCINE = (("accepted", 46), ("declined", 34), ("complete", 20))
_ALWAYS_ASKED = ("opioids", "alcohol", "benzodiazepines")
_URINE = ("opiates", "methadone", "benzodiazepines", "cocaine", "cannabis")
_LANGUAGES = ("Polish", "Urdu", "Romanian", "Punjabi")
_ILLNESSES = ("Depression, own GP", "Anxiety, no treatment", "Psychosis, CMHT")
_SHOWS_AS = {
    "opioids": "opiates",
    "benzodiazepines": "benzodiazepines",
    "crack_cocaine": "cocaine",
    "cannabis": "cannabis",
}


@dataclass(frozen=True, slots=True)
class Told:
    """All that one invented person answered in one triage: answers by question, scores by scale and item."""

    answers: Mapping[str, str]
    scores: Mapping[str, Mapping[str, int]]


def pattern_of(chance: Chance) -> Pattern:
    """The kind of person somebody is; it stays theirs over all their stays."""
    return chance.weighted(_PATTERNS)


def triage(
    prison: Prison, pattern: Pattern, chance: Chance, at: datetime, *, first_time: bool, lately: bool = False
) -> Told:
    """Both passes of a triage, asked at an instant; of those long ago what was not used and not found is left out."""
    used = [habit for habit in pattern.habits if chance.percent(habit.likely)]
    opioids = any(habit.substance == "opioids" for habit in used)
    prescribed = chance.percent(pattern.prescribed)
    seen = pattern.withdrawal if chance.percent(70) else "none"
    answers = {
        **_first_pass(chance, seen, prescribed, pattern),
        **_arrival(chance, first_time),
        **_use(chance, used, at.date(), lately=lately),
        **_injecting(chance, opioids, pattern),
        **_prescribed(chance, prescribed, chance.one_of(prison.pharmacies), at),
        **_health(chance, pattern),
        **_medicines(chance),
        **_viruses(chance, at.date()),
        **(_tests(chance, used) if lately else {}),
        **_tonight(chance, opioids or "alcohol" in pattern.withdrawal, at),
    }
    scores = {pattern.scale: _scored(chance, pattern.scale, seen != "none")} if pattern.scale else {}
    return Told(answers, scores)


def looked_at_since(told: Told) -> Told:
    """The same once what could hurt at once has been asked and looked at again."""
    return replace(told, answers={**told.answers, "risk.self_harm_now": "no", "risk.intoxicated": "no"})


def _first_pass(chance: Chance, seen: str, prescribed: bool, pattern: Pattern) -> dict[str, str]:
    return {
        "arrival.identity_checked": "yes",
        "risk.self_harm_now": chance.weighted((("no", 96), ("yes", 3), ("unknown", 1))),
        "risk.drowsy": "no",
        "risk.intoxicated": "yes" if chance.percent(2) else "no",
        "withdrawal.seen": seen,
        "risk.seizure_ever": "yes" if chance.percent(14 if "alcohol" in pattern.withdrawal else 4) else "no",
        "prescribed.any": "yes" if prescribed else "no",
        "medicines.cannot_wait": chance.weighted(_URGENT),
    }


def _arrival(chance: Chance, first_time: bool) -> dict[str, str]:
    return {
        "arrival.first_time": "yes" if first_time else "no",
        "arrival.language": "English" if chance.percent(90) else chance.one_of(_LANGUAGES),
        "arrival.interpreter": "no",
        "arrival.reading": chance.weighted(_READING),
    }


def _use(chance: Chance, used: list[Habit], day: date, *, lately: bool) -> dict[str, str]:
    told = {}
    habits = {habit.substance: habit for habit in used}
    for substance in (choice.word for choice in SUBSTANCES if choice.word != "other"):
        key, habit = f"substances.{substance}", habits.get(substance)
        if habit is None:
            if not lately and substance not in _ALWAYS_ASKED:
                continue
            told[f"{key}.frequency"] = "not_used"
            continue
        often = chance.one_of(habit.often)
        since = chance.between(1, 2) if often in ("daily", "most_days") else chance.between(3, 40)
        told[f"{key}.last_used"] = (day - timedelta(days=since)).isoformat()
        told[f"{key}.frequency"] = often
        told[f"{key}.amount"] = chance.one_of(habit.amounts)
        told[f"{key}.route"] = habit.route
        told[f"{key}.years"] = str(chance.between(1, 16))
    return told


def _injecting(chance: Chance, opioids: bool, pattern: Pattern) -> dict[str, str]:
    injects = opioids and chance.percent(pattern.injects)
    told = {
        "substances.injected_28_days": "yes" if injects else "no",
        "substances.shared": "yes" if injects and chance.percent(25) else "no",
        "substances.overdose_ever": "yes" if opioids and chance.percent(28) else "no",
    }
    if injects:
        told["substances.opioids.route"] = "inject"
        told["risk.injecting_sites"] = "problem" if chance.percent(18) else "healthy"
    return told


def _prescribed(chance: Chance, prescribed: bool, pharmacy: Pharmacy, at: datetime) -> dict[str, str]:
    if not prescribed:
        return {}
    methadone = chance.percent(78)
    missed = chance.below(3)
    seen_at = (at - timedelta(days=1 + missed)).replace(hour=10, minute=5 * chance.below(12))
    return {
        "prescribed.medicine": "methadone" if methadone else "buprenorphine",
        "prescribed.daily": str(5 * chance.between(6, 16)) if methadone else str(2 * chance.between(3, 8)),
        "prescribed.prescriber": pharmacy.prescriber,
        "prescribed.pharmacy": pharmacy.name,
        "prescribed.pharmacy_phone": pharmacy.phone,
        "prescribed.pharmacy_hours": pharmacy.hours,
        "prescribed.supervised": "yes" if chance.percent(80) else "no",
        "prescribed.last_witnessed_at": seen_at.strftime(_MOMENT),
        "prescribed.days_missed": str(missed),
        "prescribed.take_home": "none",
        "custody_doses.arrested_at": (at - timedelta(hours=chance.between(9, 40))).strftime(_MOMENT),
        "custody_doses.police.given": "no",
        "custody_doses.court.given": "no",
    }


def _health(chance: Chance, pattern: Pattern) -> dict[str, str]:
    harmed = chance.percent(pattern.harmed)
    ill = chance.percent(26)
    told = {
        "risk.self_harm_before": "yes" if harmed else "no",
        "risk.acct": "not_opened",
        "risk.acct_why": "No thoughts now, settled in conversation",
        "risk.allergies": chance.weighted(_ALLERGIES),
        "risk.head_injury": "no",
        "risk.delirium_tremens": "yes" if "alcohol" in pattern.withdrawal and chance.percent(6) else "no",
        "risk.breathing": "yes" if chance.percent(12) else "no",
        "risk.heart": "yes" if chance.percent(4) else "no",
        "risk.liver": "yes" if chance.percent(5) else "no",
        "risk.mental_health": "yes" if ill else "no",
        "risk.dependants": "yes" if chance.percent(5) else "no",
    }
    if harmed:
        told["risk.self_harm_when"] = f"Cut forearm, {chance.between(1998, 2007)}"
    if ill:
        told["risk.mental_health_what"] = chance.one_of(_ILLNESSES)
    return told


def _medicines(chance: Chance) -> dict[str, str]:
    if not chance.percent(24):
        return {"medicines.none": "yes"}
    name, dose = chance.one_of(_MEDICINES)
    return {
        "medicines.none": "no",
        "medicines.1.name": name,
        "medicines.1.dose": dose,
        "medicines.1.decision": chance.one_of(("unconfirmed", "continue", "continue")),
    }


def _tests(chance: Chance, used: list[Habit]) -> dict[str, str]:
    positive = {_SHOWS_AS[habit.substance] for habit in used if habit.substance in _SHOWS_AS}
    told = {f"tests.urine.{drug}": "positive" if drug in positive else "negative" for drug in _URINE}
    return told | {
        "observations.pulse": str(chance.between(62, 98)),
        "observations.systolic": str(chance.between(108, 148)),
        "observations.diastolic": str(chance.between(64, 92)),
        "observations.respirations": str(chance.between(12, 18)),
        "observations.temperature": f"{chance.between(361, 373) / 10:.1f}",
        "observations.saturation": str(chance.between(96, 99)),
    }


def _viruses(chance: Chance, day: date) -> dict[str, str]:
    told = {
        "virus.hepatitis_c": chance.weighted(_VIRUS),
        "virus.hiv": chance.weighted((("not_known", 60), ("negative", 38), ("declined", 2))),
        "virus.vaccination": chance.weighted(_VACCINE),
    }
    if told["virus.vaccination"] == "accepted":
        told["virus.dose_1_on"] = day.isoformat()
    return told


def _tonight(chance: Chance, prescriber: bool, at: datetime) -> dict[str, str]:
    if not prescriber:
        return {"prescriber.reached": "not_needed", "referral.carat": "yes" if chance.percent(50) else "no"}
    told = {"prescriber.reached": "yes", "prescriber.name": "Dr H. Castellan", "referral.carat": "yes"}
    told["prescriber.reached_at"] = (at - timedelta(minutes=25)).strftime(_MOMENT)
    told["prescriber.order_signed_at"] = (at - timedelta(minutes=5)).strftime(_MOMENT)
    told["management.started_on"] = at.date().isoformat()
    told["wishes.wants"] = chance.one_of(("maintenance", "gradual_reduction", "detoxification", "not_sure"))
    told["wishes.agreed"] = "yes"
    return told


def _scored(chance: Chance, scale: str, withdrawing: bool) -> dict[str, int]:
    """Every item of a scale, low; somebody who is withdrawing is a step up on most."""
    steps = 2 if withdrawing else 1
    return {item.key: item.scores[min(chance.below(steps + 1), len(item.scores) - 1)] for item in SCALES[scale].items}
