"""A figure of a course: entered by the prescriber, else as it is signed, else missing; and what is said of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.policy.findings import Finding, Tier
from pdtdesk.policy.parameters import NotSignedLocally, Reading
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.standing import rg

T = TypeVar("T", int, Milligrams)
BY_HAND = "The clinical lead can fill it in and sign it; until then the course is entered by hand."


@dataclass(frozen=True, slots=True)
class Figure(Generic[T]):
    """One figure: `what` in words (`the first dose`), its value or None, and the parameter or its refusal."""

    what: str
    value: T | None
    source: Reading[T] | NotSignedLocally
    entered: bool

    @property
    def shown(self) -> str:
        """The figure in words: `the step 5 mg`, `the interval 7 days`."""
        return f"{self.what} {_words(self.value)}"


AnyFigure = Figure[int] | Figure[Milligrams]


def figure(what: str, entered: T | None, ask: Callable[[str], Reading[T]], parameter_id: str) -> Figure[T]:
    """What was entered, else what the parameter gives; None where neither is there."""
    try:
        reading = ask(parameter_id)
    except NotSignedLocally as refusal:
        return Figure(what, entered, refusal, entered is not None)
    return Figure(what, reading.value if entered is None else entered, reading, entered is not None)


def missing(course: str, figures: Sequence[AnyFigure]) -> tuple[Finding, ...]:
    """The figures that are neither entered nor signed: who can sign, and that the way by hand is open."""
    without = [each for each in figures if each.value is None]
    names = ", ".join(each.what for each in without)
    said = f"{course}: nothing is signed here, and nothing was entered, for {names}. {BY_HAND}"
    return (rg(Code.SCHEDULE_NOT_SIGNED, Tier.MUST_ACKNOWLEDGE, said, [each.source for each in without]),)


def told(course: str, figures: Sequence[AnyFigure]) -> list[Finding]:
    """Which figures are as signed parameters have them, and which were entered where nothing is signed."""
    signed = [each for each in figures if not each.entered]
    alone = [each for each in figures if each.entered and isinstance(each.source, NotSignedLocally)]
    found = []
    if signed:
        said = f"{course}, as the parameters have it: {'; '.join(each.shown for each in signed)}."
        found.append(rg(Code.SCHEDULE_AS_SIGNED, Tier.NOTE, said, [each.source for each in signed]))
    if alone:
        said = (
            f"{course}, entered by hand where no figure is signed to compare with: "
            f"{'; '.join(each.shown for each in alone)}."
        )
        found.append(rg(Code.SCHEDULE_ENTERED, Tier.MUST_ACKNOWLEDGE, said, [each.source for each in alone]))
    return found


def departs(course: str, asked: Figure[T], *, more_is_faster: bool) -> list[Finding]:
    """Where what was entered is not what is signed: faster is acknowledged, slower is noted."""
    signed, value = asked.source, asked.value
    if not asked.entered or value is None or isinstance(signed, NotSignedLocally) or value == signed.value:
        return []
    more = value > signed.value
    side = "more" if more else "less"
    figures = (
        f"{course}: {asked.shown} was entered, {side} than is signed ({_words(signed.value)}; {signed.reference})"
    )
    if more is more_is_faster:
        said = f"{figures}. It goes faster than what is signed."
        return [rg(Code.SCHEDULE_DEPARTS, Tier.MUST_ACKNOWLEDGE, said, [signed])]
    return [rg(Code.SCHEDULE_GENTLER, Tier.NOTE, f"{figures}. It goes more slowly.", [signed])]


def _words(value: int | Milligrams | None) -> str:
    return f"{value} day{'' if value == 1 else 's'}" if isinstance(value, int) else str(value)
