"""Each substance, asked alike: none is behind another, opioids come first only where they are the risk."""

from pdtdesk.domain.reception.questions.question import Choice, Input, Question, Section, choices

SUBSTANCES = choices(
    opioids="Opioids (heroin)",
    alcohol="Alcohol",
    benzodiazepines="Benzodiazepines",
    gabapentinoids="Gabapentinoids",
    crack_cocaine="Crack and cocaine",
    amphetamines="Amphetamines",
    cannabis="Cannabis",
    synthetic_cannabinoids="Synthetic cannabinoids",
    tobacco="Tobacco",
    other="Other",
)

FREQUENCY = choices(
    daily="Daily",
    most_days="Most days",
    weekly="Weekly",
    monthly="Monthly",
    less="Less often",
    not_used="Not used",
)

ROUTE = choices(inject="Inject", smoke="Smoke", oral="Oral", snort="Snort", other="Other")

_S = Section.SUBSTANCES


def _row(substance: Choice) -> tuple[Question, ...]:
    key, label = f"substances.{substance.word}", substance.label
    return (
        Question(f"{key}.last_used", _S, f"{label}: last used", Input.DAY, anew=True, row=key, column="Last"),
        Question(
            f"{key}.frequency",
            _S,
            f"{label}: how often",
            Input.CHOICE,
            choices=FREQUENCY,
            anew=True,
            row=key,
            column="How often",
        ),
        Question(
            f"{key}.amount",
            _S,
            f"{label}: amount on a day of use",
            Input.TEXT,
            help="Units of alcohol a day, for alcohol."
            if substance.word == "alcohol"
            else "As the person says it: 0.5 g, £20, 2 rocks.",
            anew=True,
            row=key,
            column="Amount",
        ),
        Question(f"{key}.route", _S, f"{label}: route", Input.CHOICE, choices=ROUTE, row=key, column="Route"),
        Question(f"{key}.years", _S, f"{label}: years of use", Input.INTEGER, unit="years", row=key, column="Years"),
    )


_ABOUT = tuple(each for each in SUBSTANCES if each.word not in ("tobacco", "other"))

SUBSTANCE_USE = (
    *(question for substance in SUBSTANCES for question in _row(substance)),
    Question("substances.other.name", _S, "Other: which", Input.TEXT),
    Question(
        "substances.injected_28_days",
        _S,
        "Injected in the last 28 days",
        Input.YES_NO_UNKNOWN,
        asked="Have you injected in the last four weeks?",
        anew=True,
    ),
    Question(
        "substances.shared",
        _S,
        "Shared needles or works",
        Input.YES_NO_UNKNOWN,
        asked="Have you ever used after somebody else?",
        anew=True,
    ),
    Question(
        "substances.overdose_ever",
        _S,
        "Overdose, ever",
        Input.YES_NO_UNKNOWN,
        asked="Have you ever overdosed?",
        anew=True,
    ),
    Question(
        "substances.overdose_when",
        _S,
        "Last overdose",
        Input.TEXT,
        help="Month and year, as far as known.",
        anew=True,
    ),
    Question(
        "substances.sds_about",
        _S,
        "SDS is asked about",
        Input.CHOICE,
        help="The substance that troubles the person most.",
        choices=_ABOUT,
        anew=True,
    ),
)
