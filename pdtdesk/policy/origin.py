"""Where a value comes from and how far it may be trusted: what every figure in the product carries with it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Authority(StrEnum):
    """Who speaks: a proposal of a think tank is never shown as guidance."""

    GUIDANCE = "guidance"
    STATEMENT = "statement"
    PROPOSAL = "proposal"
    RESEARCH = "research"
    FORMULARY = "formulary"
    PRODUCT = "product"


class Status(StrEnum):
    """How sure we are of the text: we hold it, a clinical lead has yet to sign it, or one has."""

    QUOTED = "quoted"
    AWAITING = "awaiting sign-off"
    SIGNED = "signed"


# Weakest first: a line that rests on several values is as good as the weakest of them.
_WEAKEST_FIRST = (Status.AWAITING, Status.QUOTED, Status.SIGNED)


def weakest(statuses: tuple[Status, ...]) -> Status:
    """The status that a line built on all of these may claim; awaiting sign-off where there is none."""
    return min(statuses, key=_WEAKEST_FIRST.index, default=Status.AWAITING)


@dataclass(frozen=True, slots=True)
class Reference:
    """The passage a value comes from: a document, and the section in it."""

    document: str
    section: str

    def __str__(self) -> str:
        return f"{self.document}, {self.section}"


@dataclass(frozen=True, slots=True)
class Document:
    """A source that values are quoted from: the id by which files name it, its title, and when it was published.

    `short` is the name by which a line of a screen or of paper calls it.
    """

    id: str
    title: str
    published: str
    short: str


@dataclass(frozen=True, slots=True)
class SignOff:
    """A status with, where a clinical lead has signed, who it was and when."""

    status: Status
    by: str | None = None
    on: date | None = None
