"""Two opioid substitutes given to one person on one day: the record may be right, and somebody has to look at it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pdtdesk.domain.regime.doses import DoseRow
from pdtdesk.domain.regime.medicines import SUBSTITUTES


@dataclass(frozen=True, slots=True)
class Together:
    """A run of consecutive days on each of which the same substitutes were given; `medicines` by their names."""

    begins: date
    ends: date
    medicines: tuple[str, ...]

    @property
    def days(self) -> int:
        """How many days it is."""
        return (self.ends - self.begins).days + 1


def both_given(rows: Iterable[DoseRow]) -> tuple[Together, ...]:
    """The days on which more than one substitute was handed over, in runs; what was vomited or concealed counts too.

    A dose of nought, and one refused, missed or withheld, is none that was given.
    """
    given: dict[date, set[str]] = defaultdict(set)
    for row in rows:
        if row.mg and row.outcome.given and row.medicine in SUBSTITUTES:
            given[row.day].add(row.medicine)
    runs: list[Together] = []
    for day in sorted(day for day, medicines in given.items() if len(medicines) > 1):
        medicines = tuple(sorted(given[day]))
        last = runs[-1] if runs else None
        if last is not None and last.medicines == medicines and last.ends + timedelta(days=1) == day:
            runs[-1] = replace(last, ends=day)
        else:
            runs.append(Together(day, day, medicines))
    return tuple(runs)
