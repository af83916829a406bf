"""One row of the evening's reception list: who comes, from where, under what order of the court.

The prison's own system prints the list; nothing in it is trusted until it has been checked here. A row that cannot
be true is refused with every reason at once, so that it is mended in one go.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.custody import LegalStatus
from pdtdesk.domain.durations import Duration, NotADuration, parse_duration
from pdtdesk.domain.identifiers import NotAnIdentifier, PrisonNumber, prison_number
from pdtdesk.domain.names import TextRefused, check_name, check_text, excerpt, refuse_disguises
from pdtdesk.domain.reception.facts import Sex

COLUMNS = (
    "prison_number",
    "surname",
    "forenames",
    "born",
    "sex",
    "arrived_at",
    "arrived_from",
    "legal_status",
    "sentence_length",
    "sentenced_on",
    "release_on",
)
"""The columns of the list, by name; it is a published format."""

PLACE_LIMIT = 200
"""Longest `arrived_from` that is kept, in characters."""

OLDEST_YEARS = 120
"""Older than anybody has been: a birth year mistyped (plausibility, no clinical figure)."""

FARTHEST_RELEASE_YEARS = 120
"""A release day beyond a lifetime is a mistyped year, or a stand-in for `no date`."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOCAL_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")

_Word = TypeVar("_Word", bound=StrEnum)
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """A person on tonight's list, as the prison gave them; triage asks the rest."""

    prison_number: PrisonNumber | None
    """None until the prison has given one."""
    surname: str
    forenames: str
    """Empty for a person with a single name."""
    born: date
    sex: Sex
    arrived_at: datetime
    """The instant, in Europe/London; of the hour that comes twice in October, the first."""
    arrived_from: str
    """A court, a police station, a prison, a hospital, in words; empty where the list does not say."""
    legal_status: LegalStatus
    sentence_length: Duration | None
    sentenced_on: date | None
    release_on: date | None
    """The day the prison gives, which wins over any computed one."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken in; `reason` is one line of one or more sentences, each naming its column."""

    reason: str


def check(row: Mapping[str, str], today: date) -> ArrivalRow | Refusal:
    """The arrival that a row of the list describes, or everything that is wrong with it.

    `row` has every one of `COLUMNS`; `today` is the Europe/London day on which the list is read.
    """
    reading = _Reading(row)
    number = reading.optional("prison_number", prison_number)
    surname = reading.value("surname", lambda text: check_name(text, "surname"))
    forenames = reading.optional("forenames", lambda text: check_name(text, "forenames")) or ""
    born = reading.value("born", _day)
    sex = reading.value("sex", lambda text: _word(text, Sex))
    arrived_at = reading.value("arrived_at", _local_time)
    arrived_from = reading.optional("arrived_from", lambda text: check_text(text, "arrived_from", PLACE_LIMIT)) or ""
    status = reading.value("legal_status", lambda text: _word(text, LegalStatus))
    length = reading.optional("sentence_length", parse_duration)
    sentenced_on = reading.optional("sentenced_on", _day)
    release_on = reading.optional("release_on", _day)

    wrong = reading.wrong
    wrong += _implausible_birth(born, today) + _implausible_arrival(arrived_at, born, today)
    wrong += _implausible_sentence(sentenced_on, release_on, born, today)
    if wrong or surname is None or born is None or sex is None or arrived_at is None or status is None:
        return Refusal(" ".join(wrong))
    return ArrivalRow(
        prison_number=number,
        surname=surname,
        forenames=forenames,
        born=born,
        sex=sex,
        arrived_at=arrived_at,
        arrived_from=arrived_from,
        legal_status=status,
        sentence_length=length,
        sentenced_on=sentenced_on,
        release_on=release_on,
    )


class _Reading:
    """Goes through one row and gathers what is wrong, instead of stopping at the first."""

    def __init__(self, row: Mapping[str, str]) -> None:
        self._row = row
        self.wrong: list[str] = []

    def value(self, column: str, read: Callable[[str], _Value]) -> _Value | None:
        """The column's value; None, with the reason noted, where it is empty or cannot be read."""
        text = self._row[column]
        if not text.strip():
            self.wrong.append(f"{column} is empty. Fill it in.")
            return None
        return self._read(column, text, read)

    def optional(self, column: str, read: Callable[[str], _Value]) -> _Value | None:
        """The same for a column that may be empty."""
        text = self._row[column]
        return self._read(column, text, read) if text else None

    def _read(self, column: str, text: str, read: Callable[[str], _Value]) -> _Value | None:
        try:
            if not (text.isascii() and text.isprintable()):
                refuse_disguises(text, column)
            return read(text) if text.strip() else None
        except TextRefused as refused:
            self.wrong.append(str(refused))
        except (NotADuration, NotAnIdentifier, _Unreadable) as refused:
            self.wrong.append(f"{column}: {refused}")
        return None


class _Unreadable(ValueError):
    """A day, a time or a word that is not of the form the list has."""


def _day(text: str) -> date:
    """`YYYY-MM-DD`, and a day that exists."""
    text = text.strip()
    if not _DAY.fullmatch(text):
        raise _Unreadable(f"`{excerpt(text)}` is not a day. Write it as YYYY-MM-DD.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _Unreadable(f"`{text}` is a day that does not exist. Look at the month and the day.") from None


def _local_time(text: str) -> datetime:
    """`YYYY-MM-DDTHH:MM` on the prison's clock, with its offset from UTC.

    In the hour that is left out in spring no time exists, and it is refused. In the hour that comes twice in
    autumn the first (summer time) is taken: no clock that starts at the door then shows less waiting than there was.
    """
    text = text.strip()
    if not _LOCAL_TIME.fullmatch(text):
        raise _Unreadable(f"`{excerpt(text)}` is not a time. Write it as YYYY-MM-DDTHH:MM, local time.")
    try:
        local = datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=0)
        there_and_back = local.astimezone(UTC).astimezone(LONDON)
    except (ValueError, OverflowError):
        raise _Unreadable(f"`{text}` is a time that does not exist. Look at day, hour and minute.") from None
    if there_and_back.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise _Unreadable(f"`{text}` does not exist: the clocks went forward over it. Write it an hour later.")
    return local


def _word(text: str, words: type[_Word]) -> _Word:
    """One of the list's own words, in any case."""
    try:
        return words(text.strip().lower())
    except ValueError:
        known = ", ".join(words)
        raise _Unreadable(f"`{excerpt(text.strip())}` is not a word of this list. Write one of: {known}.") from None


def _implausible_birth(born: date | None, today: date) -> list[str]:
    if born is None:
        return []
    if born > today:
        return [f"born: {born.isoformat()} is in the future. Look at the year."]
    if (born.year + OLDEST_YEARS, born.month, born.day) < (today.year, today.month, today.day):
        return [f"born: {born.isoformat()} is more than {OLDEST_YEARS} years ago. Look at the year."]
    return []


def _implausible_arrival(arrived_at: datetime | None, born: date | None, today: date) -> list[str]:
    """A list printed for tomorrow's arrivals is tolerated; later ones are mistyped."""
    if arrived_at is None:
        return []
    arrived_on = arrived_at.date()
    if arrived_on > today + timedelta(days=1):
        return [f"arrived_at: {arrived_on.isoformat()} is more than a day ahead. Look at the day."]
    if born is not None and arrived_on < born:
        return [f"arrived_at: {arrived_on.isoformat()} is before the person was born. Look at both days."]
    return []


def _implausible_sentence(
    sentenced_on: date | None, release_on: date | None, born: date | None, today: date
) -> list[str]:
    wrong = []
    if sentenced_on is not None and sentenced_on > today + timedelta(days=1):
        wrong.append(f"sentenced_on: {sentenced_on.isoformat()} has not come yet. Leave it empty until then.")
    if sentenced_on is not None and born is not None and sentenced_on < born:
        wrong.append(f"sentenced_on: {sentenced_on.isoformat()} is before the person was born. Look at both days.")
    if release_on is not None and sentenced_on is not None and release_on < sentenced_on:
        wrong.append(
            f"release_on: the sentence ends on {release_on.isoformat()}, before it begins on "
            f"{sentenced_on.isoformat()}. Look at both days."
        )
    if release_on is not None and release_on.year > today.year + FARTHEST_RELEASE_YEARS:
        wrong.append(
            f"release_on: {release_on.isoformat()} is beyond a lifetime. Leave it empty where no day is set."
        )
    return wrong
