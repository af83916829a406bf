"""The triage as a table: what may be answered to each question, and the words where nothing was answered."""

import pytest

from pdtdesk.domain.reception.answers import Answer
from pdtdesk.domain.reception.not_asked import NOT_ASKED_REASONS, PARTED, why_not
from pdtdesk.domain.reception.questions import QUESTIONS, Input, Question, Section, of_section
from pdtdesk.domain.reception.questions.checking import wrong_with
from pdtdesk.domain.reception.questions.question import choices
from tests.domain.record.entries import EVENING, NURSE


def a_question(kind: Input) -> Question:
    return Question("q", Section.RISK, "Asked", kind, choices=choices(opioids="Opioids", alcohol="Alcohol"))


def test_every_question_is_asked_in_one_section_and_each_section_has_a_heading() -> None:
    """Otherwise a question is on no page, or on two, and what was answered on one is missing on the other."""
    assert sorted(each.key for section in Section for each in of_section(section)) == sorted(QUESTIONS)
    assert all(section.heading.strip() for section in Section)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Input.DAY, "2010-06-01"),
        (Input.MOMENT, "2010-06-01T09:30"),
        (Input.YES_NO, "no"),
        (Input.YES_NO_UNKNOWN, "unknown"),
        (Input.CHOICE, "alcohol"),
        (Input.MULTI_CHOICE, "alcohol opioids"),
        (Input.INTEGER, "9 days"),
        (Input.DECIMAL, "0.5"),
        (Input.TEXT, "Dr. Lindqvist"),
        (Input.LONG_TEXT, "Slept badly.\nAte nothing."),
    ],
)
def test_an_answer_to_its_question_is_taken(kind: Input, value: str) -> None:
    """Otherwise the evening stops at a question that was answered rightly."""
    assert wrong_with(a_question(kind), value) == ""


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *((Input.DAY, value) for value in ("1 June", "2010-02-30", "")),
        *((Input.MOMENT, value) for value in ("half past nine", "2010-06-01T25:00")),
        *((Input.YES_NO, value) for value in ("unknown", "Yes", "")),
        *((Input.YES_NO_UNKNOWN, value) for value in ("perhaps", "")),
        *((Input.CHOICE, value) for value in ("heroin", "Alcohol")),
        (Input.MULTI_CHOICE, "alcohol heroin"),
        *((Input.INTEGER, value) for value in ("a few", "", "  ", "NaN")),
        *((Input.DECIMAL, value) for value in ("Infinity", "0,5")),
    ],
)
def test_what_no_field_would_take_is_refused_by_the_question(kind: Input, value: str) -> None:
    """Otherwise words that no rule can read are signed into the journal, and stand there for ever."""
    assert wrong_with(a_question(kind), value) == "Asked: that cannot be read as an answer. Give it again."


def test_words_that_cannot_be_printed_are_refused_by_the_question() -> None:
    """Otherwise a note is kept that no page can show."""
    assert wrong_with(a_question(Input.TEXT), "a\0b").startswith("Asked: Character 2 cannot be printed")


@pytest.mark.parametrize("given", [{"value": "yes", "not_asked": "refused"}, {}])
def test_an_answer_says_something_or_why_nothing_never_both(given: dict[str, str]) -> None:
    """Otherwise *declined to say* stands beside a yes, and each page shows another of the two."""
    with pytest.raises(ValueError, match="either a value or a reason why it was not asked"):
        Answer(NURSE, EVENING, **given)


def test_why_nobody_asked_is_read_in_words() -> None:
    """Otherwise the next nurse reads `no_interpreter`, or does not learn that she must look again."""
    assert why_not("no_interpreter") == "no interpreter"
    assert all(why_not(reason) == words for reason, words in NOT_ASKED_REASONS.items())
    assert why_not(PARTED) == "records were parted: look again"
    assert PARTED not in NOT_ASKED_REASONS, "nobody chooses it by hand"
    assert why_not("asleep_in_the_cell") == "asleep in the cell"
