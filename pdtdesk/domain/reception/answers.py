"""Answers as they were given: what was said, or why it was not asked, with who asked it and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pdtdesk.domain.staff import Author


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one question: a value in its canonical words, or the reason why it was not asked.

    `value` is text in every case ("yes", "2010-05-30", "2010-06-01T09:30", "0.5 g"), so that nothing is rounded on
    the way. Exactly one of `value` and `not_asked` is given. `at` is the instant at which it was answered.
    """

    by: Author
    at: datetime
    value: str | None = None
    not_asked: str | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.not_asked is None):
            raise ValueError("An answer is either a value or a reason why it was not asked, never both or neither.")


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """An answer as the journal holds it: with the entries it stands in, and whether a later eye has confirmed it.

    `entries` are the ids that hold this same answer (more than one when two desks wrote the same).
    `confirmed` is the latest confirmation by (author, instant), or None.
    """

    answer: Answer
    entries: tuple[str, ...]
    stay: str | None
    confirmed: tuple[Author, datetime] | None = None


Held = Mapping[str, tuple[HeldAnswer, ...]]
"""Question key to the answers that stand: one, or more where two desks answered differently and nobody settled it."""

_NONE_WORDS = frozenset({"none", "no", "nil", "nkda", "no known allergies", "none known"})


def says_none(text: str) -> bool:
    """Whether what was written where something is to be named says that there is none."""
    return text.strip().casefold() in _NONE_WORDS
