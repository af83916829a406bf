"""The whole triage as a table, in the order in which it is asked aloud. Window, paper and facts all read it."""

from collections.abc import Mapping
from types import MappingProxyType

from pdtdesk.domain.reception.questions.arrival import ARRIVAL, SAFETY
from pdtdesk.domain.reception.questions.health import RISK, TESTS, TONIGHT
from pdtdesk.domain.reception.questions.prescribed import CUSTODY_DOSES, MEDICINES, PRESCRIBED
from pdtdesk.domain.reception.questions.question import Choice, Input, Question, Section
from pdtdesk.domain.reception.questions.substances import SUBSTANCE_USE, SUBSTANCES

QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        question.key: question
        for question in (
            *ARRIVAL,
            *SAFETY,
            *SUBSTANCE_USE,
            *CUSTODY_DOSES,
            *PRESCRIBED,
            *MEDICINES,
            *RISK,
            *TESTS,
            *TONIGHT,
        )
    }
)

FIRST_PASS: tuple[Question, ...] = tuple(question for question in QUESTIONS.values() if question.first_pass)


LOOKS: frozenset[str] = frozenset(question.key for question in QUESTIONS.values() if question.look)
"""What is seen by looking, and says nothing of the patient on another night."""
GRAVE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **{
            key: frozenset({"yes"})
            for key, question in QUESTIONS.items()
            if question.section in (Section.SAFETY, Section.RISK)
            and question.input in (Input.YES_NO, Input.YES_NO_UNKNOWN)
        },
        "risk.acct": frozenset({"opened", "already_open"}),
        "risk.injecting_sites": frozenset({"problem"}),
        "tests.pregnancy": frozenset({"positive"}),
        "prescribed.medicine": frozenset({"naltrexone"}),
    }
)
"""The answers that can hurt: where two accounts differ, the graver is acted upon until they are settled."""
NAMED: Mapping[str, str] = MappingProxyType(
    {"medicines.cannot_wait": ";", "risk.allergies": ",", "withdrawal.seen": " "}
)
"""Where something is named that can hurt, and what stands between two of them: all that either account names is acted
upon."""


def of_section(section: Section) -> tuple[Question, ...]:
    """The questions of one part of the page, in the order in which they are asked."""
    return tuple(question for question in QUESTIONS.values() if question.section is section)


__all__ = [
    "FIRST_PASS",
    "GRAVE",
    "LOOKS",
    "NAMED",
    "QUESTIONS",
    "SUBSTANCES",
    "Choice",
    "Input",
    "Question",
    "Section",
    "of_section",
]
