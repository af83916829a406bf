"""The guidance in force on a day: what every rule asks instead of holding a figure of its own.

    guidance = Parameters.load(national_folder())
    tonight = guidance.on(day)
    tonight.days("stabilisation_least").value      # 5, with its reference, authority and status

Nothing in force on the day raises `NoGuidanceInForce`; a figure that no source gives raises `NotSignedLocally`.
Neither is ever answered with a default: the screen says so, and the way by hand stays open.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Generic, Self, TypeVar

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.scales import Band
from pdtdesk.domain.regime.courses import TimesADay
from pdtdesk.policy.dated import (
    Candidate,
    DatedValue,
    Overlay,
    Parameter,
    PolicyFileError,
    contending,
    cover,
    holding_on,
    in_order,
    stacked,
)
from pdtdesk.policy.origin import Authority, Document, Reference, SignOff
from pdtdesk.policy.parameter_file import Policy, read_policy
from pdtdesk.policy.units import Value, Words, as_plain

T = TypeVar("T", bound=Value)
T_co = TypeVar("T_co", bound=Value, covariant=True)


class NoGuidanceInForce(Exception):
    """Nothing that the product holds was in force on the day asked about."""

    def __init__(self, parameter: Parameter, day: date) -> None:
        super().__init__(
            f"No guidance held here was in force on {show_day(day)} for: {parameter.description} "
            f"({parameter.fact}). Decide by hand, and record the decision and its reason."
        )
        self.parameter_id = parameter.id
        self.day = day


class NotSignedLocally(Exception):
    """No source gives this figure, or the sources disagree, and the clinical lead has not yet signed one."""

    def __init__(self, parameter: Parameter, value: DatedValue) -> None:
        readings = "; ".join(f"{c.words} ({c.reference})" for c in value.candidates)
        why = f"the sources disagree: {readings}" if readings else "no source gives one"
        super().__init__(
            f"{parameter.description} ({parameter.fact}): no value is signed here, because {why}. "
            "The clinical lead can fill it in and sign it; until then decide by hand and record what was decided."
        )
        self.parameter_id = parameter.id
        self.description = parameter.description
        self.fact = parameter.fact
        self.reference = value.reference
        self.candidates: tuple[Candidate, ...] = value.candidates


_SHOWN = frozenset({"days", "weeks", "months", "per cent", "hours", "times a day", "units a day", "people"})


@dataclass(frozen=True, slots=True)
class Reading(Generic[T_co]):
    """A value as it was read on a day, with where it comes from and what it replaced."""

    id: str
    value: T_co
    unit: str
    fact: str
    reference: Reference
    authority: Authority
    sign_off: SignOff
    overlay: str | None = None

    @property
    def shown(self) -> str:
        """The value with its unit, as a list of values used shows it."""
        plain = as_plain(self.value)
        return f"{plain} {self.unit}" if self.unit in _SHOWN else f"{plain}"


class Parameters:
    """The national guidance with the overlays that lie over it; frozen, and asked by exact day."""

    def __init__(
        self,
        parameters: Mapping[str, Parameter],
        overlays: tuple[Overlay, ...] = (),
        available: Mapping[str, Overlay] = MappingProxyType({}),
        documents: Mapping[str, Document] = MappingProxyType({}),
    ) -> None:
        self._parameters = MappingProxyType(dict(parameters))
        self._overlays = overlays
        self._available = MappingProxyType(dict(available))
        self._documents = MappingProxyType(dict(documents))
        self._fingerprints: dict[date, str] = {}
        self._held: dict[tuple[str, date], tuple[Parameter, DatedValue | None, str | None]] = {}

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Reads a policy folder: the parameters of each stage, the sources, and the overlays that may be chosen.

        Raises `PolicyFileError`, naming file and key. No overlay is laid over yet: see `over`.
        """
        policy = read_policy(folder)
        return cls(policy.parameters, (), policy.overlays, policy.documents)

    def with_policy(self, policy: Policy) -> "Parameters":
        """These parameters with an author's own parameters and overlays beside them; no overlay is laid over yet."""
        return Parameters(
            {**self._parameters, **policy.parameters},
            self._overlays,
            {**self._available, **policy.overlays},
            {**self._documents, **policy.documents},
        )

    def over(self, *overlays: Overlay | str) -> "Parameters":
        """These parameters with overlays laid over them, the last on top; an overlay is given, or named by its id.

        Raises `PolicyFileError` for an unknown overlay, an unknown or repeated replacement, a circle, or two that
        are asked for by name and contend over one parameter.
        """
        asked_for = [self._named(each) for each in overlays if isinstance(each, str)]
        for number, each in enumerate(asked_for):
            if said := contending(each, asked_for[:number]):
                raise PolicyFileError(said)
        chosen = list(self._overlays)
        for overlay in overlays:
            found = self._named(overlay) if isinstance(overlay, str) else overlay
            self._check(found)
            chosen = [other for other in chosen if other.id != found.id] + [found]
        available = {**self._available, **{o.id: o for o in chosen}}
        return Parameters(self._parameters, stacked(chosen, available), available, self._documents)

    def without(self, overlay_id: str) -> "Parameters":
        """These parameters with one overlay taken away again; the same where it does not lie over them."""
        kept = tuple(overlay for overlay in self._overlays if overlay.id != overlay_id)
        return Parameters(self._parameters, kept, self._available, self._documents)

    def on(self, day: date) -> "ParametersOnDay":
        """The guidance as it stood on one day, ready to be asked."""
        return ParametersOnDay(self, day)

    @property
    def all(self) -> tuple[Parameter, ...]:
        """Every parameter known, by id."""
        return tuple(self._parameters[key] for key in sorted(self._parameters))

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        """The overlays laid over, lowest first."""
        return self._overlays

    @property
    def available_overlays(self) -> Mapping[str, Overlay]:
        """The overlays that may be chosen, by id."""
        return self._available

    @property
    def documents(self) -> Mapping[str, Document]:
        """The sources that values are quoted from, by short name."""
        return self._documents

    def held(self, parameter_id: str, day: date) -> tuple[Parameter, DatedValue | None, str | None]:
        """One parameter, its value in force on a day, and the overlay that gave it if one did."""
        asked = (parameter_id, day)
        if asked not in self._held:
            self._held[asked] = self._look_up(parameter_id, day)
        return self._held[asked]

    def _look_up(self, parameter_id: str, day: date) -> tuple[Parameter, DatedValue | None, str | None]:
        try:
            parameter = self._parameters[parameter_id]
        except KeyError:
            raise KeyError(f"no policy file declares a parameter '{parameter_id}'") from None
        for overlay in reversed(self._overlays):
            for replacement in overlay.replacements:
                if replacement.replaces == parameter_id:
                    value = holding_on(replacement.values, day)
                    if value is not None:
                        return parameter, value, overlay.id
        return parameter, holding_on(parameter.values, day), None

    def fingerprint(self, day: date) -> str:
        """SHA-256 over all that is in force on a day, so that a decision can be explained years later."""
        if day not in self._fingerprints:
            content: list[object] = [
                [o.id, o.title, o.approved_by, o.approved_on.isoformat()] for o in self._overlays
            ]
            for parameter_id in sorted(self._parameters):
                parameter, value, overlay = self.held(parameter_id, day)
                plain = value.plain() if value else None
                content.append([parameter.id, parameter.unit, parameter.fact, overlay, plain])
            canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
            self._fingerprints[day] = hashlib.sha256(canonical.encode()).hexdigest()
        return self._fingerprints[day]

    def _named(self, overlay_id: str) -> Overlay:
        if overlay_id not in self._available:
            known = ", ".join(sorted(self._available)) or "none"
            raise PolicyFileError(f"overlay '{overlay_id}' is not known here; known overlays: {known}.")
        return self._available[overlay_id]

    def _check(self, overlay: Overlay) -> None:
        for replacement in overlay.replacements:
            if replacement.replaces not in self._parameters:
                raise PolicyFileError(
                    f"{overlay.named} replaces '{replacement.replaces}', which no policy file declares; "
                    "check the spelling, or declare the parameter first."
                )
            unit = self._parameters[replacement.replaces].unit
            where = f"{overlay.named}, replacement '{replacement.replaces}'"
            in_order(replacement.values, where)
            cover(self._parameters[replacement.replaces].scale, replacement.values, where)
            for value in replacement.values:
                if value.value is not None and not _fits(unit, value.value):
                    raise PolicyFileError(
                        f"{where}: {as_plain(value.value)!r} is not a value in {unit}, the unit of this parameter."
                    )
        names = [replacement.replaces for replacement in overlay.replacements]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise PolicyFileError(f"{overlay.named} replaces '{twice[0]}' twice; keep one of the two.")


_LISTS: Mapping[str, type[object]] = {"bands": Band, "day numbers": int, "range": int, "course": TimesADay}


def _fits(unit: str, value: Value) -> bool:
    expected: dict[str, type[object]] = {"mg": Milligrams, "hours": Decimal, "units a day": Decimal, "words": Words}
    if unit in expected:
        return isinstance(value, expected[unit])
    if unit in ("text", "rule"):
        return isinstance(value, str)
    if unit in _LISTS:
        return isinstance(value, tuple) and all(isinstance(item, _LISTS[unit]) for item in value)
    return isinstance(value, int)


class ParametersOnDay:
    """The guidance of one day as one assessment asks it; it remembers what it was asked."""

    def __init__(self, parameters: Parameters, day: date) -> None:
        self.parameters = parameters
        self.day = day
        self._read: dict[str, Reading[Value]] = {}

    def days(self, parameter_id: str) -> Reading[int]:
        """A number of whole days."""
        return self._ask(parameter_id, ("days",), _a(int))

    def weeks(self, parameter_id: str) -> Reading[int]:
        """A number of whole weeks."""
        return self._ask(parameter_id, ("weeks",), _a(int))

    def months(self, parameter_id: str) -> Reading[int]:
        """A number of calendar months."""
        return self._ask(parameter_id, ("months",), _a(int))

    def per_cent(self, parameter_id: str) -> Reading[int]:
        """A share in hundredths."""
        return self._ask(parameter_id, ("per cent",), _a(int))

    def times_a_day(self, parameter_id: str) -> Reading[int]:
        """How many times a day something is done."""
        return self._ask(parameter_id, ("times a day",), _a(int))

    def score(self, parameter_id: str) -> Reading[int]:
        """A score on a scale."""
        return self._ask(parameter_id, ("score",), _a(int))

    def people(self, parameter_id: str) -> Reading[int]:
        """A number of people."""
        return self._ask(parameter_id, ("people",), _a(int))

    def hours(self, parameter_id: str) -> Reading[Decimal]:
        """A number of hours; it may be a fraction."""
        return self._ask(parameter_id, ("hours",), _a(Decimal))

    def number(self, parameter_id: str) -> Reading[Decimal]:
        """Units of alcohol a day."""
        return self._ask(parameter_id, ("units a day",), _a(Decimal))

    def milligrams(self, parameter_id: str) -> Reading[Milligrams]:
        """A dose."""
        return self._ask(parameter_id, ("mg",), _a(Milligrams))

    def text(self, parameter_id: str) -> Reading[str]:
        """Words that a screen may show as they stand: a local instruction, or a rule without a figure."""
        return self._ask(parameter_id, ("text", "rule"), _a(str))

    def rule(self, parameter_id: str) -> Reading[str]:
        """A rule without a figure, in words, for its reference and status."""
        return self._ask(parameter_id, ("rule",), _a(str))

    def bands(self, parameter_id: str) -> Reading[tuple[Band, ...]]:
        """The bands of a scale, lowest first."""
        return self._ask(parameter_id, ("bands",), _a(tuple))

    def day_numbers(self, parameter_id: str) -> Reading[tuple[int, ...]]:
        """The days of a schedule, counted from its first."""
        return self._ask(parameter_id, ("day numbers",), _a(tuple))

    def range(self, parameter_id: str) -> Reading[tuple[int, ...]]:
        """The lowest and the highest of a range, both of it."""
        return self._ask(parameter_id, ("range",), _a(tuple))

    def course(self, parameter_id: str) -> Reading[tuple[TimesADay, ...]]:
        """The days of a course, each a dose and how many times."""
        return self._ask(parameter_id, ("course",), _a(tuple))

    def words(self, parameter_id: str) -> Reading[Words]:
        """A small table of words."""
        return self._ask(parameter_id, ("words",), _a(Words))

    @property
    def used(self) -> tuple[Reading[Value], ...]:
        """Every value read so far, each once, in the order first asked."""
        return tuple(self._read.values())

    @property
    def fingerprint(self) -> str:
        """SHA-256 over all the guidance in force on this day, overlays included."""
        return self.parameters.fingerprint(self.day)

    def _ask(self, parameter_id: str, units: tuple[str, ...], cast: Callable[[Value], T]) -> Reading[T]:
        parameter, held, overlay = self.parameters.held(parameter_id, self.day)
        if parameter.unit not in units:
            raise TypeError(f"parameter '{parameter_id}' is in {parameter.unit}, and was asked for in {units[0]}")
        if held is None:
            raise NoGuidanceInForce(parameter, self.day)
        if held.value is None:
            raise NotSignedLocally(parameter, held)
        reading = Reading(
            parameter.id,
            cast(held.value),
            parameter.unit,
            parameter.fact,
            held.reference,
            held.authority,
            held.sign_off,
            overlay,
        )
        self._read.setdefault(parameter_id, reading)
        return reading


def _a(kind: type[T]) -> Callable[[Value], T]:
    def cast(value: Value) -> T:
        if not isinstance(value, kind):
            raise TypeError(f"{value!r} is not {kind.__name__}")
        return value

    return cast
