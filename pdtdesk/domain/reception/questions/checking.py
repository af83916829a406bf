"""Whether an answer is one to its question: what no field of the window would take is refused everywhere."""

from datetime import datetime
from decimal import Decimal, InvalidOperation

from pdtdesk.domain.calendar import read_day
from pdtdesk.domain.reception.questions.question import Input, Question
from pdtdesk.domain.written import text_problem

_YES_NO = frozenset({"yes", "no"})


def wrong_with(question: Question, value: str) -> str:
    """Why a value is no answer to a question, as a sentence; empty where it is one."""
    if wrong := text_problem(value, lines=True):
        return f"{question.label}: {wrong}"
    try:
        _read(question, value)
    except (ValueError, InvalidOperation):
        return f"{question.label}: that cannot be read as an answer. Give it again."
    return ""


def _read(question: Question, value: str) -> None:
    match question.input:
        case Input.DAY:
            read_day(value)
        case Input.MOMENT:
            datetime.fromisoformat(value)
        case Input.YES_NO | Input.YES_NO_UNKNOWN:
            if value not in _YES_NO | ({"unknown"} if question.input is Input.YES_NO_UNKNOWN else frozenset()):
                raise ValueError(value)
        case Input.CHOICE | Input.MULTI_CHOICE:
            if not set(value.split()) <= {choice.word for choice in question.choices}:
                raise ValueError(value)
        case Input.INTEGER | Input.DECIMAL:
            if not Decimal(next(iter(value.split()), "")).is_finite():
                raise ValueError(value)
