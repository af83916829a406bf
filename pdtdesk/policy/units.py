"""What the value of a parameter may look like, unit by unit: days are whole, doses are mg, bands leave no gap.

The bounds are of plausibility and no clinical figures: no length is nought or longer than ten years, no dose that
something is held against is 0 mg, and a group of people is at least three: *fewer than two* would be one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pdtdesk.domain.quantities import Milligrams, QuantityRefused
from pdtdesk.domain.reception.scales import Band, BandsNotWhole, check_bands
from pdtdesk.domain.regime.courses import TimesADay
from pdtdesk.domain.regime.schedule import NotASchedule
from pdtdesk.policy.toml_table import written


@dataclass(frozen=True, slots=True)
class Words:
    """A small table from one word to another, such as from a band to a priority."""

    pairs: tuple[tuple[str, str], ...]


Value = int | Decimal | str | Milligrams | tuple[Band, ...] | tuple[int, ...] | tuple[TimesADay, ...] | Words


_TEN_YEARS = 3660
"""In days: a length beyond it is a slip of the pen."""


class ValueRefused(ValueError):
    """A value does not fit the unit that its parameter declares."""


def _whole(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < 0:
        raise ValueRefused(f"must be a whole number, zero or more, not {written(raw)}")
    return raw


def _count(least: int, most: int) -> Callable[[object], int]:
    def read(raw: object) -> int:
        number = _whole(raw)
        if not least <= number <= most:
            raise ValueRefused(f"must be a whole number from {least} to {most}, not {number}")
        return number

    return read


def _length_in_hours(raw: object) -> Decimal:
    hours = _number(raw)
    if hours > _TEN_YEARS * 24:
        raise ValueRefused(f"must be at most {_TEN_YEARS * 24} hours, which are ten years, not {hours}")
    return hours


def _number(raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal) or not Decimal(raw).is_finite() or raw <= 0:
        raise ValueRefused(f"must be a number above zero, not {written(raw)}")
    return Decimal(raw)


def _milligrams(raw: object) -> Milligrams:
    if not isinstance(raw, str):
        raise ValueRefused(f'must be a quantity in quotation marks, such as "12.5 mg", not {written(raw)}')
    try:
        dose = Milligrams.parse(raw)
    except QuantityRefused as refused:
        raise ValueRefused(str(refused)) from refused
    if not dose.amount:
        raise ValueRefused("must be above 0 mg: nothing can be held against a dose of nought")
    return dose


def _words(raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueRefused(f"must be words in quotation marks, not {written(raw)}")
    return raw


def _bands(raw: object) -> tuple[Band, ...]:
    if not isinstance(raw, list) or not raw:
        raise ValueRefused("must be a list of bands, each { low, high, word }")
    bands = tuple(Band(_words(b["word"]), _whole(b["low"]), _whole(b["high"])) for b in map(_band_table, raw))
    try:
        check_bands(bands, bands[0].from_score, bands[-1].to_score)
    except BandsNotWhole as refused:
        raise ValueRefused(str(refused)) from refused
    return bands


def _band_table(item: object) -> dict[str, object]:
    if not isinstance(item, dict) or set(item) != {"low", "high", "word"}:
        raise ValueRefused(f"each band has low, high and word, and nothing else; found {written(item)}")
    return item


def _day_numbers(raw: object) -> tuple[int, ...]:
    if not isinstance(raw, list) or not raw:
        raise ValueRefused("must be a list of day numbers, such as [0, 7, 21]")
    days = tuple(_count(0, _TEN_YEARS)(item) for item in raw)
    if list(days) != sorted(set(days)):
        raise ValueRefused("the day numbers must rise")
    return days


def _range(raw: object) -> tuple[int, ...]:
    if not isinstance(raw, list) or len(raw) != 2:
        raise ValueRefused("must be the lowest and the highest of a range, such as [15, 25]")
    low, high = (_whole(item) for item in raw)
    if high < low:
        raise ValueRefused("the lowest of the range comes first")
    return low, high


def _course(raw: object) -> tuple[TimesADay, ...]:
    """The days of a course in their order, a list or words with commas between them."""
    days = raw.split(",") if isinstance(raw, str) else raw
    if not isinstance(days, list) or not days:
        raise ValueRefused('must be the days of a course, such as ["15 mg × 4", "10 mg × 3"]')
    try:
        return tuple(TimesADay.parse(_words(day)) for day in days)
    except NotASchedule as refused:
        raise ValueRefused(str(refused).removesuffix(".")) from refused


def _table_of_words(raw: object) -> Words:
    if not isinstance(raw, dict) or not raw:
        raise ValueRefused('must be a table of words, such as { mild = "soon" }')
    return Words(tuple((key, _words(value)) for key, value in raw.items()))


# The units a parameter may declare, each with what reads its value.
UNITS: Mapping[str, Callable[[object], Value]] = {
    "days": _count(1, _TEN_YEARS),
    "weeks": _count(1, _TEN_YEARS // 7),
    "months": _count(1, 120),
    "per cent": _count(0, 100),
    "times a day": _count(1, 24),
    "score": _whole,
    "people": _count(3, 999_999),
    "hours": _length_in_hours,
    "units a day": _number,
    "mg": _milligrams,
    "text": _words,
    "rule": _words,
    "bands": _bands,
    "day numbers": _day_numbers,
    "range": _range,
    "course": _course,
    "words": _table_of_words,
}


def as_plain(value: Value | None) -> object:
    """A value as it is written into a fingerprint or shown in a list: words and whole numbers only."""
    if isinstance(value, Words):
        return dict(value.pairs)
    if isinstance(value, tuple):
        return [_item(each) for each in value]
    return value if value is None or isinstance(value, int) else str(value)


def _item(each: Band | int | TimesADay) -> object:
    if isinstance(each, Band):
        return [each.from_score, each.to_score, each.label]
    return each if isinstance(each, int) else str(each)
