"""A question of the triage: how it is asked, how it is answered, and what becomes of an earlier answer."""

from dataclasses import dataclass
from enum import StrEnum


class Input(StrEnum):
    """The kind of field a question is answered in; its canonical words are those of `Answer.value`."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DAY = "day"
    MOMENT = "moment"
    YES_NO = "yes_no"
    YES_NO_UNKNOWN = "yes_no_unknown"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"


class Section(StrEnum):
    """A part of the triage page, in the order in which it is asked aloud."""

    ARRIVAL = "arrival"
    SAFETY = "safety"
    SUBSTANCES = "substances"
    CUSTODY_DOSES = "custody_doses"
    PRESCRIBED = "prescribed"
    SCALES = "scales"
    MEDICINES = "medicines"
    RISK = "risk"
    TESTS = "tests"
    RESULT = "result"

    @property
    def heading(self) -> str:
        """The heading as it stands on page and paper."""
        return _TITLES[self]


_TITLES = {
    Section.ARRIVAL: "Arrival",
    Section.SAFETY: "Right now",
    Section.SUBSTANCES: "What was used",
    Section.CUSTODY_DOSES: "Doses since arrest",
    Section.PRESCRIBED: "Prescribed outside",
    Section.SCALES: "Withdrawal",
    Section.MEDICINES: "Other medicines",
    Section.RISK: "Health and risk",
    Section.TESTS: "Tests and observations",
    Section.RESULT: "Tonight",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One word that may be answered, and how it reads on the screen."""

    word: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the triage.

    `key` names it for ever (`risk.self_harm_now`); `row` and `column` place it where a section is a table
    (substances, doses since arrest, medicines). `first_pass` questions are asked of all arrivals before anybody
    has the second pass. `anew` questions show an earlier answer beside an empty field and are asked again, because
    what they ask about changes or can kill; others stand prefilled and are confirmed by one key.
    `women_only` questions are left out for men. `look` questions are seen, not asked: a *no* answers for the ward's
    night on which somebody looked, and for no later one.
    """

    key: str
    section: Section
    label: str
    input: Input
    asked: str = ""
    help: str = ""
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    first_pass: bool = False
    anew: bool = False
    row: str = ""
    column: str = ""
    women_only: bool = False
    look: bool = False


def choices(**words: str) -> tuple[Choice, ...]:
    """The words that may be answered, in the order in which they are offered."""
    return tuple(Choice(word, label) for word, label in words.items())
