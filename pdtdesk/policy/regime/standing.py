"""The three classes side by side: how each stands, on what findings. It proposes; it never says forbidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pdtdesk.domain.regime.facts import CHOICES, RegimeClass
from pdtdesk.policy.findings import Finding, Source, Tier, finding
from pdtdesk.policy.regime.codes import Code


class ClassStanding(StrEnum):
    """How guidance stands to one class for one person."""

    OFFERED = "offered"
    NEEDS_REASON = "needs_reason"
    EXCEPTIONAL = "exceptional"
    NOT_INDICATED = "not_indicated"

    @property
    def words(self) -> str:
        """On a chip: `needs a reason`."""
        return "needs a reason" if self is ClassStanding.NEEDS_REASON else self.value.replace("_", " ")

    @property
    def said(self) -> str:
        """After the name of a class: `is offered`, `needs a reason`."""
        return self.words if self is ClassStanding.NEEDS_REASON else f"is {self.words}"


def stands(standing: "ClassStanding | str | None") -> str:
    """How a class stands, after its name in a sentence; a word of a newer version is said as it was written."""
    if not standing:
        return "is to be assessed first"
    try:
        return ClassStanding(standing).said
    except ValueError:
        return f"is {standing.replace('_', ' ')}"


@dataclass(frozen=True, slots=True)
class Standing:
    """One class: its standing (None: needs assessment first) and the findings that it rests on."""

    regime_class: RegimeClass
    standing: ClassStanding | None
    findings: tuple[Finding, ...] = ()


def rg(
    code: Code, tier: Tier, sentence: str, sources: Sequence[Source], values: Sequence[tuple[str, object]] = ()
) -> Finding:
    """A finding of the regime rules."""
    return finding(code, tier, sentence, sources, values=values)


def all_alike(standing: ClassStanding | None, *findings: Finding) -> tuple[Standing, ...]:
    """The three classes, all of one standing for one reason."""
    return tuple(Standing(each, standing, findings) for each in CHOICES)
