"""Recorded answers in the words in which they are read."""

from datetime import date, datetime

from pdtdesk.domain.calendar import in_london, show_day, show_instant
from pdtdesk.domain.reception.questions import Input, Question


def words_of(question: Question, value: str) -> str:
    """A recorded answer in the words it is read in."""
    match question.input:
        case Input.YES_NO | Input.YES_NO_UNKNOWN:
            return {"yes": "yes", "no": "no", "unknown": "not known"}.get(value, value)
        case Input.CHOICE | Input.MULTI_CHOICE:
            labels = {choice.word: choice.label for choice in question.choices}
            return ", ".join(labels.get(word, word) for word in value.split()) if value else value
        case Input.DAY:
            return show_day(date.fromisoformat(value))[4:]
        case Input.MOMENT:
            return show_instant(in_london(datetime.fromisoformat(value).astimezone()))
        case _:
            return f"{value} {question.unit}" if question.unit else value
