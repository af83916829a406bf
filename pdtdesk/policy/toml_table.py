"""One table of a TOML file, read key by key: a word that nobody knows is refused by its name, not passed over."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from pdtdesk.domain.calendar import LONDON, at_london
from pdtdesk.domain.names import TextRefused, excerpt, refuse_disguises
from pdtdesk.domain.quantities import Milligrams, QuantityRefused

E = TypeVar("E", bound=StrEnum)
N = TypeVar("N", int, Decimal)

# What is written beyond these is a slip of the pen: bounds of plausibility, no clinical figures.
_YEARS = range(1850, 2200)
_LARGEST = 999_999
_LONGEST = 2000


class FactsRefused(Exception):
    """A facts file cannot be read; the message names the table, the key and what to write."""


class Table:
    """A table and the tables in it; `close` refuses every key that nobody has read."""

    def __init__(self, name: str, found: Mapping[str, object]) -> None:
        self.name = name
        self._left = dict(found)
        self._inner: list[Table] = []

    def take(self, key: str) -> object | None:
        """The raw value of a key; None where it is not written."""
        return self._left.pop(key, None)

    def close(self) -> None:
        """Refuses what nobody has asked for, in this table and in those within it."""
        if self._left:
            raise FactsRefused(f"{self._where(min(self._left))} is not known; check the spelling.")
        for table in self._inner:
            table.close()

    def yes_no(self, key: str) -> bool | None:
        """True or false; None where it is not written, as for every key below."""
        found = self.take(key)
        if found is not None and not isinstance(found, bool):
            raise FactsRefused(f"{self._where(key)}: {written(found)} is not true or false.")
        return found

    def whole(self, key: str) -> int | None:
        """A whole number, zero or more."""
        found = self.take(key)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int) or found < 0:
            raise FactsRefused(f"{self._where(key)}: {written(found)} is not a whole number, zero or more.")
        return self._plausible(key, found)

    def decimal(self, key: str) -> Decimal | None:
        """A number, zero or more, kept exact."""
        found = self.take(key)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int | Decimal):
            raise FactsRefused(f"{self._where(key)}: {written(found)} is not a number.")
        number = Decimal(found)
        if not number.is_finite() or number < 0:
            raise FactsRefused(f"{self._where(key)}: {written(found)} is not a number, zero or more.")
        return self._plausible(key, number)

    def words(self, key: str) -> str | None:
        """Words in quotation marks, at least one."""
        found = self.take(key)
        if found is not None and not isinstance(found, str):
            raise FactsRefused(f"{self._where(key)}: {written(found)} is not words in quotation marks.")
        return None if found is None else self._legible(key, found)

    def list_of_words(self, key: str) -> tuple[str, ...] | None:
        """A list of words; an empty one is an answer."""
        found = self.take(key)
        if found is None:
            return None
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            raise FactsRefused(f'{self._where(key)}: write a list of words, such as ["insulin"].')
        return tuple(self._legible(key, item) for item in found)

    def one_of(self, key: str, kind: type[E]) -> E | None:
        """One of the words of an enumeration."""
        found = self.take(key)
        if found is None:
            return None
        if not isinstance(found, str) or found not in tuple(kind):
            raise FactsRefused(f"{self._where(key)}: {written(found)} is not one of {', '.join(kind)}.")
        return kind(found)

    def some_of(self, key: str, kind: type[E]) -> tuple[E, ...] | None:
        """Any of the words of an enumeration; an empty list is an answer."""
        found = self.list_of_words(key)
        unknown = [word for word in found or () if word not in tuple(kind)]
        if unknown:
            raise FactsRefused(f"{self._where(key)}: {written(unknown[0])} is not one of {', '.join(kind)}.")
        return None if found is None else tuple(kind(word) for word in found)

    def day(self, key: str) -> date | None:
        """A day without a time."""
        found = self.take(key)
        if found is not None and (not isinstance(found, date) or isinstance(found, datetime)):
            raise FactsRefused(f"{self._where(key)}: {written(found)} is not a day such as 2010-06-01.")
        return self._in_our_time(key, found) if isinstance(found, date) else None

    def instant(self, key: str) -> datetime | None:
        """A time by the ward's clock, or with its own offset."""
        found = self.take(key)
        if found is None:
            return None
        if not isinstance(found, datetime):
            raise FactsRefused(f"{self._where(key)}: {written(found)} is not a time such as 2010-06-01T21:40.")
        self._in_our_time(key, found)
        return at_london(found.date(), found.time()) if found.tzinfo is None else found.astimezone(LONDON)

    def dose(self, key: str) -> Milligrams | None:
        """A dose in mg."""
        found = self.words(key)
        try:
            return None if found is None else Milligrams.parse(found)
        except QuantityRefused as refused:
            raise FactsRefused(f"{self._where(key)}: {refused}") from refused

    def table(self, key: str) -> "Table":
        """The table under a key; an empty one where it is not written."""
        found = self.take(key)
        if found is not None and not isinstance(found, dict):
            raise FactsRefused(f"{self._where(key)} must be a table, [{key}].")
        return self._within(key, found or {})

    def tables(self, key: str) -> tuple["Table", ...] | None:
        """The tables written under a key with double brackets."""
        found = self.take(key)
        if found is None:
            return None
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            raise FactsRefused(f"{self._where(key)} must be written as [[{key}]] tables.")
        return tuple(self._within(f"{key} {number}", item) for number, item in enumerate(found, start=1))

    def _in_our_time(self, key: str, found: date) -> date:
        if found.year not in _YEARS:
            raise FactsRefused(f"{self._where(key)}: {written(found)} is in no year of a lifetime; look at the year.")
        return found

    def _plausible(self, key: str, number: N) -> N:
        if number > _LARGEST:
            raise FactsRefused(f"{self._where(key)}: {written(number)} is too large; look for a slip in the number.")
        return number

    def _legible(self, key: str, text: str) -> str:
        if not text.strip():
            raise FactsRefused(
                f"{self._where(key)}: there is nothing between the quotation marks; write it or leave it out."
            )
        if len(text) > _LONGEST:
            raise FactsRefused(f"{self._where(key)}: more than {_LONGEST} characters long; shorten it.")
        try:
            refuse_disguises(text, self._where(key))
        except TextRefused as refused:
            raise FactsRefused(str(refused)) from refused
        return text

    def _within(self, name: str, found: Mapping[str, object]) -> "Table":
        inner = Table(name, found)
        self._inner.append(inner)
        return inner

    def _where(self, key: str) -> str:
        return f"key '{excerpt(key)}'" if not self.name else f"key '{excerpt(key)}' of [{self.name}]"


def written(found: object) -> str:
    """A value much as it stands in the file, short enough for a sentence."""
    if isinstance(found, str):
        return f"'{excerpt(found)}'"
    if isinstance(found, bool):
        return str(found).lower()
    if isinstance(found, date | time):
        return found.isoformat()
    if isinstance(found, int | Decimal):
        return excerpt(str(found))
    if isinstance(found, dict):
        return "a table"
    return "a list" if isinstance(found, list) else excerpt(repr(found))
