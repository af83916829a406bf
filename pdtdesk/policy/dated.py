"""Values of guidance with the days on which they hold, and the local policy that may lie over them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from pathlib import Path

from pdtdesk.domain.names import excerpt
from pdtdesk.domain.reception.scales import SCALES, Band, BandsNotWhole, check_bands
from pdtdesk.policy.origin import Authority, Reference, SignOff
from pdtdesk.policy.units import Value, as_plain


class PolicyFileError(Exception):
    """A policy file cannot be used; the message names the file, the key, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several readings of sources that disagree, from which a clinical lead signs one."""

    value: Value
    words: str
    reference: Reference


@dataclass(frozen=True, slots=True)
class DatedValue:
    """What holds from one day up to and including another; without a value it waits to be signed locally."""

    first_day: date
    last_day: date | None
    value: Value | None
    reference: Reference
    authority: Authority
    sign_off: SignOff
    candidates: tuple[Candidate, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Whether this value is the one to ask on a day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def plain(self) -> list[object]:
        """The value and its origin as words and numbers, for a fingerprint."""
        return [
            self.first_day.isoformat(),
            self.last_day.isoformat() if self.last_day else None,
            as_plain(self.value),
            [self.reference.document, self.reference.section],
            str(self.authority),
            [str(self.sign_off.status), self.sign_off.by, self.sign_off.on and self.sign_off.on.isoformat()],
            [[as_plain(c.value), c.words, c.reference.document, c.reference.section] for c in self.candidates],
        ]


def in_order(values: Iterable[DatedValue], where: str) -> tuple[DatedValue, ...]:
    """The values closed off so that exactly one holds on a day; refuses dates out of order or overlapping.

    A value without a last day holds until the next begins.
    """
    kept: list[DatedValue] = []
    for value in values:
        if value.last_day is not None and value.last_day < value.first_day:
            raise PolicyFileError(
                f"{where}: until {value.last_day} lies before from {value.first_day}; put the later day in until."
            )
        if kept:
            before = kept[-1]
            if value.first_day <= before.first_day:
                raise PolicyFileError(
                    f"{where}: from {value.first_day} comes after from {before.first_day} in the file but not by "
                    "date; write the values oldest first."
                )
            if before.last_day is not None and value.first_day <= before.last_day:
                raise PolicyFileError(
                    f"{where}: from {value.first_day} overlaps the value before it, which holds up to and "
                    f"including {before.last_day}; change one of the two days."
                )
        kept.append(value)
    return tuple(kept)


def holding_on(values: tuple[DatedValue, ...], day: date) -> DatedValue | None:
    """The value in force on a day: the last to have begun, unless it has ended; None if there is none."""
    begun = [value for value in values if value.first_day <= day]
    return begun[-1] if begun and begun[-1].holds_on(day) else None


@dataclass(frozen=True, slots=True)
class Parameter:
    """One figure or rule that reception, regime or release asks guidance for, with all its dated values."""

    id: str
    description: str
    unit: str
    fact: str
    values: tuple[DatedValue, ...]
    note: str | None = None
    scale: str | None = None  # for bands: the scale whose whole range they must name
    stage: str = ""  # the folder it was read from: reception, regime, ...


def cover(scale: str | None, values: Iterable[DatedValue], where: str) -> None:
    """Refuses bands that leave a total of their scale without a word."""
    if scale is None:
        return
    for value in values:
        for bands in (value.value, *(c.value for c in value.candidates)):
            if isinstance(bands, tuple):
                try:
                    check_bands(tuple(b for b in bands if isinstance(b, Band)), *SCALES[scale].range)
                except BandsNotWhole as refused:
                    raise PolicyFileError(f"{where}: {refused}") from refused


@dataclass(frozen=True, slots=True)
class Replacement:
    """What one overlay puts in the place of a national parameter."""

    replaces: str
    values: tuple[DatedValue, ...]


@dataclass(frozen=True, slots=True)
class Overlay:
    """Local policy, or a proposal to compare with, laid over what is beneath it: who approved it, and when."""

    id: str
    title: str
    approved_by: str
    approved_on: date
    replacements: tuple[Replacement, ...]
    lies_over: tuple[str, ...] = ()
    demonstration: bool = False
    file: Path | None = field(default=None, compare=False)

    @property
    def named(self) -> str:
        """The overlay as a refusal names it: with the file that it was read from, where there is one."""
        return f"{self.file}: overlay '{self.id}'" if self.file else f"overlay '{self.id}'"


def contending(one: Overlay, others: Iterable[Overlay]) -> str | None:
    """A sentence on the first of the others that gives a value of a parameter on a day on which `one` does, where
    neither says that it lies over the other; None where there is none."""
    for other in others:
        if one.id == other.id or one.id in other.lies_over or other.id in one.lies_over:
            continue
        for first, second in product(other.replacements, one.replacements):
            days = [value.first_day for value in (*first.values, *second.values)]
            if first.replaces == second.replaces and any(
                holding_on(first.values, day) and holding_on(second.values, day) for day in days
            ):
                return (
                    f"overlays '{other.id}' and '{one.id}' both replace '{first.replaces}'; ask for one of them, or "
                    "let one name the other in its lies_over."
                )
    return None


def stacked(chosen: Iterable[Overlay], available: Mapping[str, Overlay]) -> tuple[Overlay, ...]:
    """The overlays in the order in which they lie, what each says it lies over below it; refuses a circle."""
    laid: dict[str, Overlay] = {}
    for overlay in chosen:
        above = {overlay.id: overlay}  # what waits for something beneath it, the lowest last
        while above:
            lowest = above[next(reversed(above))]
            beneath = next((name for name in lowest.lies_over if name not in laid), None)
            if beneath is None or lowest.id in laid:
                laid.setdefault(*above.popitem())
                continue
            where = f"{lowest.named}: key 'lies_over'"
            if beneath in above:
                circle = " over ".join([*list(above)[list(above).index(beneath) :], beneath])
                raise PolicyFileError(
                    f"{where}: overlays lie over each other in a circle: {circle}; break it in one of them."
                )
            if beneath not in available:
                raise PolicyFileError(
                    f"{where}: it lies over '{excerpt(beneath)}', which is not known here; check the spelling."
                )
            above[beneath] = available[beneath]
    return tuple(laid.values())
