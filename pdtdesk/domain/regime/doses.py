"""Doses as they were given or not: one row for a day, medicine and slot, and what a day comes to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Outcome(StrEnum):
    """What became of one dose."""

    TAKEN = "taken"
    PART_TAKEN = "part_taken"
    REFUSED = "refused"
    MISSED = "missed"
    WITHHELD = "withheld"
    VOMITED = "vomited"
    CONCEALED = "concealed"

    @property
    def words(self) -> str:
        """The outcome as it is said: `part taken`."""
        return self.value.replace("_", " ")

    @property
    def counts(self) -> bool:
        """Whether the day counts as one on which something was taken."""
        return self in (Outcome.TAKEN, Outcome.PART_TAKEN)

    @property
    def given(self) -> bool:
        """Whether something was handed over, whatever came of it."""
        return self not in (Outcome.REFUSED, Outcome.MISSED, Outcome.WITHHELD)


@dataclass(frozen=True, slots=True)
class DoseRow:
    """One dose: `mg` may be nought, the last step of a reduction."""

    day: date
    medicine: str
    mg: Decimal
    outcome: Outcome
    slot: str = ""
    reason: str = ""


def by_day(rows: Iterable[DoseRow]) -> Mapping[str, Mapping[date, Decimal | None]]:
    """Medicine to the days on which there is a row, in order: the mg taken on that day, None where nothing was.

    A day without a row is absent: nobody knows of it.
    """
    found: dict[str, dict[date, Decimal | None]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: row.day):
        days = found[row.medicine]
        before = days.get(row.day)
        days[row.day] = (before or Decimal(0)) + row.mg if row.outcome.counts else before
    return found
