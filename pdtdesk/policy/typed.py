"""What a clinical lead types for a figure, read in its unit; and the plain form in which the journal keeps it.

    read_typed("days", "5")                            5
    read_typed("hours", "2.5")                         Decimal("2.5")
    read_typed("mg", "30")                             Milligrams(30)
    read_typed("day numbers", "0, 7, 21")              (0, 7, 21)
    read_typed("bands", "0-7 mild; 8-15 moderate")     two bands, with no gap between them
    read_typed("words", "mild = soon; severe = now")   a table of words

A unit that is not named here is typed as it is written behind `value =` in a policy file (TOML), and kept as those
words. Decimals and doses are kept in the journal as words, never as floats.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from pdtdesk.domain.quantities import Milligrams, QuantityRefused
from pdtdesk.domain.reception.scales import Band
from pdtdesk.domain.written import text_problem
from pdtdesk.policy import toml_text
from pdtdesk.policy.units import UNITS, Value, ValueRefused, Words, as_plain


class NotSignable(ValueError):
    """A figure cannot be signed as it stands; `sentence` says what is wrong, where, and what to write instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


_WHOLE = ("days", "weeks", "months", "per cent", "times a day", "score", "people")
_PARTS = ("hours", "units a day")
_SHOWN_AT_MOST = 40

_HOW: Mapping[str, str] = {
    **{unit: f"A whole number of {unit}." for unit in ("days", "weeks", "months", "people")},
    "per cent": "A whole number, of a hundred.",
    "times a day": "A whole number.",
    "score": "A whole number.",
    "people": "A whole number of people.",
    "hours": "A number of hours, with a point for parts.",
    "units a day": "A number of units a day, with a point for parts.",
    "mg": "A dose in mg, with a point for parts.",
    "text": "The words as a screen may show them.",
    "rule": "A rule is signed as it stands.",
    "bands": "From-to and word of each band, lowest first, as in: 0-1 low; 2-3 high",
    "day numbers": "Days counted from the first, rising, with commas between.",
    "range": "The lowest and the highest, with - between; both belong to it.",
    "course": "Each day in its order, with commas between: the dose in mg, × and how many times.",
    "words": "A word for each, as in: low = soon; high = now",
}
"""How a value is typed. No figure stands here that could be taken for a proposal."""


def how_to_type(unit: str) -> str:
    """One line under the field: how a value in this unit is typed."""
    return _HOW.get(unit, "As behind value = in a policy file.")


def read_typed(unit: str, text: str) -> Value:
    """What somebody typed, as a value in the parameter's unit; raises `NotSignable` for anything else."""
    if unit not in UNITS:
        raise NotSignable(f"This version knows no unit “{unit}”. Bring this desk up to date, then sign the figure.")
    words = text.strip()
    if not words:
        raise NotSignable(f"No value was typed. {how_to_type(unit)}")
    if problem := text_problem(words, lines=True):
        raise NotSignable(problem)
    try:
        return UNITS[unit](_RAW.get(unit, _as_in_a_file)(words, unit))
    except (ValueRefused, QuantityRefused) as refused:
        raise NotSignable(f"“{_short(words)}” {_because(refused)} {how_to_type(unit)}") from refused


def typed_form(unit: str, value: Value | None) -> str:
    """A value as it is typed, to be shown or to begin from; empty where there is none or no such form is known."""
    if isinstance(value, Words):
        return "; ".join(f"{key} = {word}" for key, word in value.pairs)
    if isinstance(value, tuple):
        bands = [f"{each.from_score}-{each.to_score} {each.label}" for each in value if isinstance(each, Band)]
        parts = [str(each) for each in value]
        return "; ".join(bands) if bands else "-".join(parts) if unit == "range" else ", ".join(parts)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    known = isinstance(value, int | str | Milligrams) and (unit in _RAW or unit == "rule")
    return str(value) if known else ""


def shown_with_unit(unit: str, value: Value | None) -> str:
    """A value as a list shows it: `5 days`, `30 mg`, `0-7 mild; 8-15 moderate`; empty where there is none."""
    if value is None:
        return ""
    typed = typed_form(unit, value) or str(as_plain(value))
    if unit not in (*_WHOLE, *_PARTS) or unit == "score":
        return typed
    return f"{typed} {unit.removesuffix('s') if typed == '1' else unit}"


def plain_form(unit: str, value: Value, typed: str = "") -> object:
    """A value as the journal keeps it; where no plain form of its unit is known, the words that were `typed`."""
    if isinstance(value, Words):
        return dict(value.pairs)
    if unit == "bands" and isinstance(value, tuple):
        bands = [each for each in value if isinstance(each, Band)]
        return [{"low": each.from_score, "high": each.to_score, "word": each.label} for each in bands]
    if unit in ("day numbers", "range", "course") and isinstance(value, tuple):
        return [each if isinstance(each, int) else str(each) for each in value]
    if isinstance(value, Decimal | Milligrams):
        return str(value)
    return value if unit in _RAW and isinstance(value, int | str) else typed.strip()


def read_plain(unit: str, plain: object) -> Value:
    """What the journal keeps, as a value in the parameter's unit; raises `NotSignable` where it does not fit."""
    if unit not in UNITS or (unit not in _RAW and isinstance(plain, str)):
        return read_typed(unit, str(plain))
    try:
        return UNITS[unit](_parts(plain, unit) if unit in _PARTS and isinstance(plain, str) else plain)
    except ValueRefused as refused:
        raise NotSignable(f"“{_short(str(plain))}” is no value in {unit}: {refused}.") from refused


def _because(refused: ValueError) -> str:
    said = str(refused)
    return f"cannot be taken: {said if said.endswith('.') else f'{said}.'}"


def _bare(words: str, unit: str) -> str:
    """A figure without its unit, which may stand behind it."""
    for tail in (unit, unit.removesuffix("s"), *(("%",) if unit == "per cent" else ())):
        if words.lower().endswith(tail):
            return words[: -len(tail)].strip()
    return words


def _whole(words: str, unit: str) -> object:
    bare = _bare(words, unit)
    if not re.fullmatch(r"\d{1,6}", bare, re.ASCII):
        raise ValueRefused("it must be a whole number, zero or more")
    return int(bare)


def _parts(words: str, unit: str) -> object:
    bare = _bare(words, unit)
    if not re.fullmatch(r"\d{1,6}(\.\d{1,3})?", bare, re.ASCII):
        raise ValueRefused("it must be a plain number, with a point for parts")
    return Decimal(bare)


def _milligrams(words: str, _unit: str) -> object:
    return str(Milligrams.typed(words))


def _text(words: str, _unit: str) -> object:
    return words


def _lines(words: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n]", words) if part.strip()]


def _bands(words: str, _unit: str) -> object:
    raw = []
    for part in _lines(words):
        read = re.fullmatch(r"(\d{1,4})\s*(?:-|–|to)\s*(\d{1,4})\s+(\S.*)", part, re.ASCII)
        if read is None:
            raise ValueRefused(f"“{_short(part)}” is no band")
        raw.append({"low": int(read[1]), "high": int(read[2]), "word": read[3]})
    return raw


def _day_numbers(words: str, _unit: str) -> object:
    parts = [part for part in re.split(r"[,;\s]+", words) if part]
    if not all(re.fullmatch(r"\d{1,5}", part, re.ASCII) for part in parts):
        raise ValueRefused("the days must be whole numbers")
    return [int(part) for part in parts]


def _range(words: str, _unit: str) -> object:
    read = re.fullmatch(r"(\d{1,5})\s*(?:-|–|to|,)\s*(\d{1,5})", words, re.ASCII)
    if read is None:
        raise ValueRefused("it must be two whole numbers, with - between")
    return [int(read[1]), int(read[2])]


def _course(words: str, _unit: str) -> object:
    return [part.strip() for part in re.split(r"[,;\n]", words) if part.strip()]


def _table(words: str, _unit: str) -> object:
    pairs = [part.partition("=") for part in _lines(words)]
    named = {key.strip(): word.strip() for key, _, word in pairs}
    if len(named) < len(pairs) or not all(key and word for key, word in named.items()):
        raise ValueRefused("each word is named once, with another behind its “=”")
    return named


def _as_in_a_file(words: str, _unit: str) -> object:
    try:
        return toml_text.loads(f"value = {words}")["value"]
    except toml_text.NotToml as wrong:
        raise ValueRefused(f"it cannot be read ({wrong})") from wrong


_RAW: Mapping[str, Callable[[str, str], object]] = {
    **dict.fromkeys(_WHOLE, _whole),
    **dict.fromkeys(_PARTS, _parts),
    "mg": _milligrams,
    "text": _text,
    "rule": _text,
    "bands": _bands,
    "day numbers": _day_numbers,
    "range": _range,
    "course": _course,
    "words": _table,
}


def _short(words: str) -> str:
    return f"{words[:_SHOWN_AT_MOST]}…" if len(words) > _SHOWN_AT_MOST else words
