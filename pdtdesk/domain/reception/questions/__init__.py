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
CAN_HURT: frozenset[str] = frozenset(key for key, question in QUESTIONS.items() if question.section is Section.SAFETY)
"""What can hurt tonight: where two accounts differ, the graver is acted upon until they are settled."""


def of_section(section: Section) -> tuple[Question, ...]:
    """The questions of one part of the page, in the order in which they are asked."""
    return tuple(question for question in QUESTIONS.values() if question.section is section)


__all__ = [
    "CAN_HURT",
    "FIRST_PASS",
    "LOOKS",
    "QUESTIONS",
    "SUBSTANCES",
    "Choice",
    "Input",
    "Question",
    "Section",
    "of_section",
]
