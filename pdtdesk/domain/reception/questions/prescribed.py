"""What is prescribed outside, what was given since arrest, and every other medicine."""

from pdtdesk.domain.reception.questions.question import Choice, Input, Question, Section, choices

SUBSTITUTES = choices(
    methadone="Methadone",
    buprenorphine="Buprenorphine",
    **{"buprenorphine-naloxone": "Buprenorphine-naloxone"},
    dihydrocodeine="Dihydrocodeine",
    naltrexone="Naltrexone",
    lofexidine="Lofexidine",
)

PLACES = choices(police="Police custody", court="Court", hospital="Hospital", escort="Escort")

MEDICINE_ROWS = tuple(str(number) for number in range(1, 9))

DECISIONS = choices(
    unconfirmed="Not yet confirmed",
    **{"continue": "Continue"},
    change="Change",
    stop="Stop",
)

_D, _P, _M = Section.CUSTODY_DOSES, Section.PRESCRIBED, Section.MEDICINES


def _place(place: Choice) -> tuple[Question, ...]:
    key, label = f"custody_doses.{place.word}", place.label
    return (
        Question(
            f"{key}.given",
            _D,
            f"{label}: given anything",
            Input.YES_NO_UNKNOWN,
            anew=True,
            row=key,
            column="Given",
        ),
        Question(f"{key}.medicine", _D, f"{label}: medicine", Input.TEXT, anew=True, row=key, column="Medicine"),
        Question(
            f"{key}.dose",
            _D,
            f"{label}: dose",
            Input.TEXT,
            help="With its unit: 30 mg.",
            anew=True,
            row=key,
            column="Dose",
        ),
        Question(
            f"{key}.at",
            _D,
            f"{label}: when, witnessed",
            Input.MOMENT,
            anew=True,
            row=key,
            column="When, witnessed",
        ),
    )


CUSTODY_DOSES = (
    Question("custody_doses.arrested_at", _D, "Arrested", Input.MOMENT, asked="When were you arrested?", anew=True),
    *(question for place in PLACES for question in _place(place)),
)

PRESCRIBED = (
    Question("prescribed.medicine", _P, "Medicine", Input.CHOICE, choices=SUBSTITUTES, anew=True),
    Question("prescribed.daily", _P, "Daily dose", Input.DECIMAL, unit="mg", anew=True),
    Question("prescribed.prescriber", _P, "Prescriber", Input.TEXT, help="Team or surgery, and town."),
    Question("prescribed.pharmacy", _P, "Pharmacy", Input.TEXT),
    Question("prescribed.pharmacy_phone", _P, "Pharmacy telephone", Input.TEXT),
    Question(
        "prescribed.pharmacy_hours",
        _P,
        "Pharmacy opens",
        Input.TEXT,
        help="Mon-Fri 09:00-18:00, Sat 09:00-13:00. Left empty, the next working day is given without an hour.",
    ),
    Question(
        "prescribed.supervised",
        _P,
        "Supervised",
        Input.YES_NO_UNKNOWN,
        asked="Do you take it in front of the pharmacist?",
        anew=True,
    ),
    Question(
        "prescribed.last_witnessed_at",
        _P,
        "Last witnessed dose",
        Input.MOMENT,
        help="The last dose that somebody saw taken. Leave it empty and press F4 where nobody knows.",
        anew=True,
    ),
    Question(
        "prescribed.days_missed",
        _P,
        "Days missed",
        Input.INTEGER,
        unit="days",
        asked="Which days did you miss?",
        anew=True,
    ),
    Question(
        "prescribed.take_home",
        _P,
        "Take-home doses",
        Input.TEXT,
        help="How many, and where they are now.",
        anew=True,
    ),
)


def _medicine(number: str) -> tuple[Question, ...]:
    key = f"medicines.{number}"
    return (
        Question(f"{key}.name", _M, f"Medicine {number}", Input.TEXT, anew=True, row=key, column="Medicine"),
        Question(
            f"{key}.dose",
            _M,
            f"Medicine {number}: dose and times",
            Input.TEXT,
            anew=True,
            row=key,
            column="Dose and times",
        ),
        Question(
            f"{key}.decision",
            _M,
            f"Medicine {number}: tonight",
            Input.CHOICE,
            choices=DECISIONS,
            anew=True,
            row=key,
            column="Tonight",
        ),
        Question(
            f"{key}.why",
            _M,
            f"Medicine {number}: why",
            Input.TEXT,
            anew=True,
            row=key,
            column="Why, and by whom",
        ),
    )


MEDICINES = (
    Question(
        "medicines.none",
        _M,
        "Takes no other medicine",
        Input.YES_NO,
        asked="Do you take any other tablets, injections, inhalers?",
        anew=True,
    ),
    *(question for number in MEDICINE_ROWS for question in _medicine(number)),
)
