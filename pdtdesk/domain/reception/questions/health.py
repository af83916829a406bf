"""Health and risk, tests and observations, and what was settled tonight."""

from pdtdesk.domain.reception.questions.prescribed import SUBSTITUTES
from pdtdesk.domain.reception.questions.question import Choice, Input, Question, Section, choices

_R, _T, _N = Section.RISK, Section.TESTS, Section.RESULT

URINE = choices(
    opiates="Opiates",
    methadone="Methadone",
    buprenorphine="Buprenorphine",
    benzodiazepines="Benzodiazepines",
    cocaine="Cocaine",
    amphetamines="Amphetamines",
    cannabis="Cannabis",
)
RESULT = choices(positive="Positive", negative="Negative", declined="Declined")
VIRUS = choices(positive="Positive", negative="Negative", not_known="Not known", declined="Declined to say")


def _yes_no(key: str, label: str, *, asked: str = "", anew: bool = True) -> Question:
    return Question(key, _R, label, Input.YES_NO_UNKNOWN, asked=asked, anew=anew)


RISK = (
    _yes_no(
        "risk.self_harm_before",
        "Self-harm before",
        asked="Have you ever harmed yourself or tried to end your life?",
    ),
    Question("risk.self_harm_when", _R, "When, and how", Input.TEXT, anew=True),
    Question(
        "risk.acct",
        _R,
        "ACCT",
        Input.CHOICE,
        choices=choices(opened="Opened", already_open="Already open", not_opened="Not opened"),
        anew=True,
    ),
    Question("risk.acct_why", _R, "ACCT: why, or why not", Input.TEXT, anew=True),
    Question(
        "risk.allergies",
        _R,
        "Allergies",
        Input.TEXT,
        asked="Are you allergic to any medicine?",
        help="Write none where there is none.",
        anew=True,
    ),
    Question(
        "risk.injecting_sites",
        _R,
        "Injecting sites, looked at",
        Input.CHOICE,
        choices=choices(healthy="Healthy", problem="Wound, abscess or clot", none="None", not_looked="Not looked at"),
        anew=True,
    ),
    Question("risk.injecting_sites_what", _R, "What was seen", Input.TEXT, anew=True),
    _yes_no("risk.head_injury", "Head injury, lately", asked="Have you hit your head in the last days?"),
    Question("risk.seizure_last", _R, "Last seizure", Input.TEXT, help="When, and what brought it on.", anew=True),
    _yes_no(
        "risk.delirium_tremens",
        "Delirium tremens, ever",
        asked="Have you seen or heard things when you stopped drinking?",
    ),
    _yes_no("risk.breathing", "Breathing trouble", asked="Asthma, COPD, short of breath?"),
    _yes_no("risk.heart", "Heart trouble"),
    _yes_no("risk.liver", "Liver disease"),
    _yes_no(
        "risk.mental_health",
        "Mental health problem",
        asked="Has anybody helped you with your mental health?",
        anew=False,
    ),
    Question("risk.mental_health_what", _R, "What, and who treats it", Input.TEXT),
    _yes_no(
        "risk.dependants",
        "Dependants at home",
        asked="Is anybody at home who depends on you? Do they know where you are?",
    ),
    Question("risk.dependants_who", _R, "Who, and who looks after them tonight", Input.TEXT, anew=True),
)


def _urine(drug: Choice) -> Question:
    return Question(
        f"tests.urine.{drug.word}",
        _T,
        f"Urine: {drug.label.lower()}",
        Input.CHOICE,
        choices=RESULT,
        anew=True,
    )


TESTS = (
    *(_urine(drug) for drug in URINE),
    Question("tests.breath_alcohol", _T, "Breath alcohol", Input.DECIMAL, unit="µg/100 ml", anew=True),
    Question(
        "tests.pregnancy",
        _T,
        "Pregnancy test",
        Input.CHOICE,
        choices=choices(positive="Positive", negative="Negative", declined="Offered, declined"),
        anew=True,
        women_only=True,
    ),
    Question("observations.pulse", _T, "Pulse", Input.INTEGER, unit="a minute", anew=True),
    Question("observations.systolic", _T, "Blood pressure, upper", Input.INTEGER, unit="mmHg", anew=True),
    Question("observations.diastolic", _T, "Blood pressure, lower", Input.INTEGER, unit="mmHg", anew=True),
    Question("observations.respirations", _T, "Breaths", Input.INTEGER, unit="a minute", anew=True),
    Question("observations.temperature", _T, "Temperature", Input.DECIMAL, unit="°C", anew=True),
    Question("observations.saturation", _T, "Oxygen saturation", Input.INTEGER, unit="%", anew=True),
    Question("virus.hiv", _T, "HIV", Input.CHOICE, choices=VIRUS),
    Question("virus.hepatitis_c", _T, "Hepatitis C", Input.CHOICE, choices=VIRUS),
    Question("virus.hepatitis_b", _T, "Hepatitis B", Input.CHOICE, choices=VIRUS),
    Question(
        "virus.vaccination",
        _T,
        "Hepatitis B vaccination",
        Input.CHOICE,
        choices=choices(accepted="Offered, accepted", declined="Offered, declined", complete="Already complete"),
        anew=True,
    ),
    Question("virus.dose_1_on", _T, "First dose given", Input.DAY),
    Question("virus.dose_2_on", _T, "Second dose given", Input.DAY),
    Question("virus.dose_3_on", _T, "Third dose given", Input.DAY),
)

TONIGHT = (
    Question(
        "prescriber.reached",
        _N,
        "Prescriber reached",
        Input.CHOICE,
        choices=choices(yes="Reached", no="Tried, not reached", not_needed="Not needed"),
        anew=True,
    ),
    Question("prescriber.reached_at", _N, "Reached at", Input.MOMENT, anew=True),
    Question("prescriber.name", _N, "Who", Input.TEXT, anew=True),
    Question(
        "prescriber.order_signed_at",
        _N,
        "Order signed",
        Input.MOMENT,
        help="Without a signed order no opioid substitute is given, also tonight.",
        anew=True,
    ),
    Question(
        "management.first_dose_at",
        _N,
        "First dose given",
        Input.MOMENT,
        help="The stabilisation review is counted from here.",
        anew=True,
    ),
    Question(
        "management.first_dose_medicine", _N, "First dose: medicine", Input.CHOICE, choices=SUBSTITUTES, anew=True
    ),
    Question(
        "management.started_on",
        _N,
        "Clinical management begun",
        Input.DAY,
        help="The 28-day package is counted from here.",
        anew=True,
    ),
    Question(
        "wishes.wants",
        _N,
        "What the person wishes",
        Input.CHOICE,
        asked="What would you like to happen with your prescription?",
        choices=choices(
            maintenance="Stay on it",
            gradual_reduction="Come down slowly",
            detoxification="Come off",
            nothing="No medicine",
            not_sure="Not sure",
        ),
        anew=True,
    ),
    Question("wishes.words", _N, "In their own words", Input.LONG_TEXT, anew=True),
    Question("wishes.told", _N, "What the person was told", Input.LONG_TEXT, anew=True),
    Question("wishes.agreed", _N, "Agreed", Input.YES_NO, asked="Are you content with this for tonight?", anew=True),
    Question("referral.carat", _N, "Referred to CARAT", Input.YES_NO, anew=True),
    Question("referral.note", _N, "Anything else for the night", Input.LONG_TEXT, anew=True),
)
