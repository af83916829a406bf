"""What a regime is decided on, beside what reception asked: the sentence, dependence, the risks that guidance names.

Answers to these are kept like those of the triage: question by question, each with who gave it and when.
"""

from collections.abc import Mapping
from types import MappingProxyType

from pdtdesk.domain.reception.questions import QUESTIONS
from pdtdesk.domain.reception.questions.question import Input, Question, Section, choices

_DEPENDENCE = choices(none="Not dependent", suspected="Suspected", dependent="Dependent")
_R = Section.RISK


def _yes_no(key: str, label: str, *, about: str = "") -> Question:
    return Question(key, _R, label, Input.YES_NO, help=about)


GROUPS: tuple[tuple[str, tuple[Question, ...]], ...] = (
    (
        "Sentence",
        (
            QUESTIONS["arrival.legal_status"],
            QUESTIONS["arrival.sentence_length"],
            QUESTIONS["arrival.sentenced_on"],
            Question(
                "custody.remand_days",
                Section.ARRIVAL,
                "Days on remand that count",
                Input.INTEGER,
                unit="days",
                help="As the warrant counts them; they come off the time to serve.",
            ),
            QUESTIONS["arrival.release_on"],
            QUESTIONS["arrival.court_on"],
            Question(
                "custody.transfer_to",
                Section.ARRIVAL,
                "Transfer planned to",
                Input.TEXT,
                help="The code of the other prison, like STW.",
            ),
        ),
    ),
    (
        "Dependence",
        (
            Question("opioids.dependence", _R, "Opioids", Input.CHOICE, choices=_DEPENDENCE),
            Question(
                "opioids.severity",
                _R,
                "How severe",
                Input.CHOICE,
                choices=choices(mild="Mild", moderate="Moderate", severe="Severe"),
            ),
            _yes_no("opioids.methadone_regular", "Methadone used regularly before arrest"),
            Question(
                "opioids.drug_free_since",
                _R,
                "Drug free in custody since",
                Input.DAY,
                help="Prescribed medicines counted too; left empty for everybody else.",
            ),
            Question("alcohol.dependence", _R, "Alcohol", Input.CHOICE, choices=_DEPENDENCE),
            Question("benzodiazepines.dependence", _R, "Benzodiazepines", Input.CHOICE, choices=_DEPENDENCE),
        ),
    ),
    (
        "Risks and occasions that guidance names",
        (
            _yes_no("risk.injecting_in_prison", "Has injected in prison"),
            QUESTIONS["risk.mental_health"],
            _yes_no("risk.serious_mental_health", "A serious mental health problem, ever"),
            QUESTIONS["substances.overdose_ever"],
            _yes_no("risk.polydrug", "Dependent on more than one drug"),
            _yes_no("risk.antiretrovirals", "Antiretroviral treatment about to begin"),
            _yes_no(
                "risk.maintenance_protects",
                "Maintenance protects on release",
                about="A full clinical assessment found it necessary to protect from overdose on release.",
            ),
        ),
    ),
    (
        "Wishes",
        (
            QUESTIONS["wishes.wants"],
            _yes_no("opioids.patient_continues", "Wishes to go on with what is prescribed outside"),
            _yes_no("opioids.prescriber_continues", "The community prescriber wishes it to go on"),
        ),
    ),
)
"""The parts of the assessment as they stand on the page, in the order in which they are asked."""

REGIME_QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {question.key: question for _, questions in GROUPS for question in questions}
)
