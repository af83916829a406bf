"""The figures that a clinical lead has signed for an establishment, laid over the guidance as its local policy.

    laid = local_policy("HMP Ashmoor", signed, national)
    laid.parameters.on(day)       national guidance, with what is signed here from the day on which it holds here
    laid.missing_on(day)          each signature that cannot be laid over, with a sentence that says why

A figure holds from its day until the next one signed for the same parameter begins, or until it ends or is withdrawn;
after that the value beneath it holds again, never an older one of the establishment. Two signatures of one parameter
from one day that do not agree are both left out: nobody but the lead may choose between them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType

from pdtdesk.domain.calendar import show_day
from pdtdesk.policy.dated import DatedValue, Overlay, Parameter, PolicyFileError, Replacement, cover, holding_on
from pdtdesk.policy.origin import Authority, Reference, SignOff, Status
from pdtdesk.policy.parameters import Parameters
from pdtdesk.policy.regime.standing import ClassStanding
from pdtdesk.policy.typed import NotSignable, read_plain
from pdtdesk.policy.units import Value, Words, as_plain

LOCAL = "local"
"""The id under which an establishment's signed figures lie over the guidance."""

_ONE_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"maintenance_long": tuple(map(str, ClassStanding)), "methadone_ecg_counts": ("from", "above")}
)
"""Texts that a rule reads as a word of its own: any other word would leave it without an answer."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SignedValue:
    """One figure as it was signed: from which day, up to and including which, on what, by whom.

    `value` is in the plain form of `typed.plain_form`. `as_it_stands`: the product's own value was signed, and
    `value` is what it was then (`units.as_plain`). From `withdrawn_on` on it holds no longer. `beneath` is the
    product's own value for that day as it was when this was signed.
    """

    parameter_id: str
    unit: str
    value: object
    first_day: date
    last_day: date | None
    reference: Reference
    signed_by: str
    signed_on: date
    entry_id: str
    as_it_stands: bool = False
    withdrawn_on: date | None = None
    beneath: object = None

    @property
    def never_held(self) -> bool:
        """Whether it was withdrawn before its first day."""
        return self.withdrawn_on is not None and self.withdrawn_on <= self.first_day

    @property
    def ends_on(self) -> date | None:
        """Its last day, by its own words or because it was withdrawn."""
        withdrawn = None if self.withdrawn_on is None else self.withdrawn_on - _ONE_DAY
        return min((day for day in (self.last_day, withdrawn) if day is not None), default=None)

    def agrees_with(self, other: "SignedValue") -> bool:
        """Whether two signatures of one parameter from one day say the same."""
        return self._said() == other._said()

    def _said(self) -> tuple[object, ...]:
        return (self.unit, self.value, self.as_it_stands, self.last_day, self.reference, self.withdrawn_on)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was signed for a parameter from a day on and could not be laid over, as a sentence that says why."""

    parameter_id: str
    first_day: date
    sentence: str


@dataclass(frozen=True, slots=True)
class LocalPolicy:
    """The guidance with what is signed here laid over it; `overlay` is None where nothing is."""

    parameters: Parameters
    overlay: Overlay | None
    left_out: tuple[LeftOut, ...] = ()

    def missing_on(self, day: date) -> tuple[LeftOut, ...]:
        """What is left out and has not been signed anew since: what is to be said on a day."""
        laid = self.overlay.replacements if self.overlay else ()
        begun = [(r.replaces, value.first_day) for r in laid for value in r.values if value.first_day <= day]
        return tuple(
            each
            for each in self.left_out
            if not any(of == each.parameter_id and each.first_day < since for of, since in begun)
        )


def check_signed(signed: SignedValue, parameters: Parameters) -> Value:
    """The value of a signature, where it may be laid over these parameters; raises `NotSignable` with a sentence."""
    parameter = next((each for each in parameters.all if each.id == signed.parameter_id), None)
    if parameter is None:
        raise NotSignable(
            f"“{signed.parameter_id}” is no figure of this version: what was signed for it is kept and left out "
            "here. Bring this desk to the version of the desk where it was signed."
        )
    where = parameter.description
    if signed.unit != parameter.unit:
        raise NotSignable(f"{where}: signed in {signed.unit}, and asked for in {parameter.unit}. Sign it again.")
    _check_days(signed, where)
    if not (signed.reference.document.strip() and signed.reference.section.strip()):
        raise NotSignable(f"{where}: a figure is signed on a document and a section of it. Name both.")
    try:
        value = _standing(signed, parameter) if signed.as_it_stands else _replacing(signed, parameter)
    except NotSignable as refused:
        raise NotSignable(f"{where}: {refused.sentence}") from refused
    dated = _dated(signed, value, signed.first_day, signed.last_day)
    try:
        cover(parameter.scale, (dated,), where)
        parameters.over(Overlay(LOCAL, where, signed.signed_by, signed.signed_on, (_one(parameter, dated),)))
    except PolicyFileError as refused:
        raise NotSignable(str(refused)) from refused
    return value


def local_policy(place: str, signed: Iterable[SignedValue], guidance: Parameters) -> LocalPolicy:
    """The guidance with an establishment's signed figures over it, whatever lay over it under the same name before.

    Nothing that was signed elsewhere, or under another version, keeps the rest from being laid over.
    """
    beneath = guidance.without(LOCAL)
    held: dict[str, list[tuple[SignedValue, Value]]] = {}
    left_out: list[LeftOut] = []
    for key, group in _by_day(signed).items():
        if all(each.never_held for each in group):
            continue
        try:
            values = [check_signed(each, beneath) for each in group]
        except NotSignable as refused:
            left_out.append(LeftOut(*key, refused.sentence))
            continue
        if not all(group[0].agrees_with(each) for each in group):
            left_out.append(LeftOut(*key, _contest(group, beneath)))
            continue
        held.setdefault(group[0].parameter_id, []).append((group[0], values[0]))
    if not held:
        return LocalPolicy(beneath, None, tuple(left_out))
    replacements = tuple(
        Replacement(of, _closed(values, [each.first_day for each in left_out if each.parameter_id == of]))
        for of, values in held.items()
    )
    overlay = _overlay(place, replacements, [each for values in held.values() for each, _ in values])
    return LocalPolicy(beneath.over(overlay), overlay, tuple(left_out))


def show_count(count: int) -> str:
    """`1 figure`, `3 figures`."""
    return "1 figure" if count == 1 else f"{count} figures"


def _check_days(signed: SignedValue, where: str) -> None:
    if signed.first_day < signed.signed_on:
        raise NotSignable(
            f"{where}: signed on {show_day(signed.signed_on)} and from {show_day(signed.first_day)}. What held "
            "before it was signed is not rewritten: let it hold from the day of signing, or later."
        )
    if signed.last_day is not None and signed.last_day < signed.first_day:
        raise NotSignable(
            f"{where}: it would end on {show_day(signed.last_day)}, before it begins on "
            f"{show_day(signed.first_day)}. Put the later day last."
        )


def _standing(signed: SignedValue, parameter: Parameter) -> Value:
    """The product's own value or reading that was signed; one that has other words since was not."""
    dated = parameter.values
    known = [each.value for each in dated if each.value is not None]
    known += [candidate.value for each in dated for candidate in each.candidates]
    for value in known:
        if as_plain(value) == signed.value:
            return value
    raise NotSignable(
        "it was signed as it stood, and the product has another value since. Look at the new one and sign that."
    )


def _replacing(signed: SignedValue, parameter: Parameter) -> Value:
    if parameter.unit == "rule":
        raise NotSignable(
            "a rule is signed as it stands, as the product does what it says. Where local policy departs from it, "
            "leave it unsigned and write the departure in the record."
        )
    value = read_plain(parameter.unit, signed.value)
    allowed = _ONE_OF.get(parameter.id)
    if allowed is not None and value not in allowed:
        raise NotSignable(f"“{value}” is no word that the rule knows. Write one of {', '.join(allowed)}.")
    national = next((each.value for each in reversed(parameter.values) if isinstance(each.value, Words)), None)
    if national is not None and isinstance(value, Words):
        keys = [key for key, _ in national.pairs]
        if sorted(keys) != sorted(key for key, _ in value.pairs):
            raise NotSignable(f"the table must name each of these once, and no other: {', '.join(keys)}.")
    return value


def _by_day(signed: Iterable[SignedValue]) -> dict[tuple[str, date], list[SignedValue]]:
    """What was signed for each parameter and day, oldest day first."""
    found: dict[tuple[str, date], list[SignedValue]] = {}
    for each in sorted(signed, key=lambda one: (one.parameter_id, one.first_day, one.signed_on, one.entry_id)):
        found.setdefault((each.parameter_id, each.first_day), []).append(each)
    return found


def _contest(group: list[SignedValue], parameters: Parameters) -> str:
    first = group[0]
    where = next(each.description for each in parameters.all if each.id == first.parameter_id)
    who = " and ".join(dict.fromkeys(f"{each.signed_by} on {show_day(each.signed_on)}" for each in group))
    return (
        f"{where}: two signatures from {show_day(first.first_day)} do not agree ({who}). Neither holds, and the "
        "figure counts as not signed here until the clinical lead signs it again."
    )


def _closed(values: list[tuple[SignedValue, Value]], left_out: list[date]) -> tuple[DatedValue, ...]:
    """Values oldest first, each closed by its own end, by the next, or by one that could not be laid over.

    What was to take its place, and cannot, has ended it all the same: the lead no longer wanted it.
    """
    starts = sorted([each.first_day for each, _ in values] + left_out)
    following = dict(pairwise(starts))
    closed = []
    for signed, value in values:
        before_next = [following[signed.first_day] - _ONE_DAY] if signed.first_day in following else []
        ends = [day for day in (signed.ends_on, *before_next) if day is not None]
        closed.append(_dated(signed, value, signed.first_day, min(ends, default=None)))
    return tuple(closed)


def _dated(signed: SignedValue, value: Value, first_day: date, last_day: date | None) -> DatedValue:
    """As an establishment's own: whatever a source says of it, here it holds because the lead signed it."""
    sign_off = SignOff(Status.SIGNED, signed.signed_by, signed.signed_on)
    return DatedValue(first_day, last_day, value, signed.reference, Authority.PRODUCT, sign_off)


def _one(parameter: Parameter, dated: DatedValue) -> Replacement:
    return Replacement(parameter.id, (dated,))


def _overlay(place: str, replacements: tuple[Replacement, ...], signed: list[SignedValue]) -> Overlay:
    last = max(signed, key=lambda each: (each.signed_on, each.entry_id))
    figures = show_count(len(replacements))
    title = f"Local policy of {place}, {figures} signed, last on {show_day(last.signed_on)}"
    return Overlay(LOCAL, title, last.signed_by, last.signed_on, replacements)


def beneath_on(parameter: Parameter, day: date) -> Value | None:
    """The product's own value on a day, without anything that lies over it; None where it gives none."""
    held = holding_on(parameter.values, day)
    return None if held is None else held.value
