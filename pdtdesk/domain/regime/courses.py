"""What a prescriber asks for when a course is planned: one frozen request for each kind of course.

A field that is left `None` means *as the signed parameters have it*. Doses are mg a day unless said otherwise; days
are the ward's, instants carry their offset. A request says what was entered and judges nothing.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Self

from pdtdesk.domain.quantities import Milligrams, QuantityRefused
from pdtdesk.domain.reception.facts import Sex
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import NOUGHT, SLOTS, Doses, NotASchedule

MORNING = (SLOTS[0],)
_TIMES_A_DAY = re.compile(r"(?P<dose>.+?)\s*[×xX]\s*(?P<times>[1-9])", re.ASCII)


@dataclass(frozen=True, slots=True)
class TimesADay:
    """One day of a course: a dose, so many times that day; written `15 mg × 4`. Raises `NotASchedule`."""

    dose: Milligrams
    times: int

    def __post_init__(self) -> None:
        if not 1 <= self.times <= len(SLOTS):
            raise NotASchedule(f"{self.times} times a day is not given here: write 1 to {len(SLOTS)}.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads `15 mg × 4` (an x will do); raises `NotASchedule` for anything else."""
        match = _TIMES_A_DAY.fullmatch(text.strip())
        if match is None:
            raise NotASchedule(f"“{text.strip()[:40]}” is no day of a course: write a dose and times, as 15 mg × 4.")
        try:
            return cls(Milligrams.parse(match["dose"]), int(match["times"]))
        except QuantityRefused as refused:
            raise NotASchedule(str(refused)) from refused

    def __str__(self) -> str:
        return f"{self.dose} × {self.times}"

    @property
    def daily(self) -> Milligrams:
        """All that is given on the day."""
        return Milligrams(self.dose.amount * self.times)


@dataclass(frozen=True, slots=True)
class ForWhom:
    """What of a person bears on a schedule; `None` is not asked or not known. *Elderly* is a clinician's word."""

    pregnant: bool | None = None
    sex: Sex | None = None
    on_naltrexone: bool | None = None
    high_tolerance: bool | None = None
    alcohol_or_sedatives: bool | None = None
    elderly: bool | None = None
    severe_liver_impairment: bool | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a reduction stands still: the dose stays what it was, and the steps wait."""

    first_day: date
    days: int


@dataclass(frozen=True, slots=True)
class Pace:
    """From a dose downwards, another step and interval: slower near the end, or faster."""

    from_dose: Milligrams
    step: Milligrams
    interval_days: int


@dataclass(frozen=True, slots=True)
class Titration:
    """A first dose that rises to its target, and goes on there.

    `already_on`: the daily dose of the day before where the medicine is taken already, so that `start` is no first
    dose. `after_break`: begun again after days not taken (D-05). A rise every `every_days` days.
    """

    medicine: Ordered
    first_day: date
    start: Milligrams | None = None
    rise: Milligrams | None = None
    every_days: int | None = None
    target: Milligrams | None = None
    slots: tuple[str, ...] = MORNING
    already_on: Milligrams | None = None
    after_break: bool = False


@dataclass(frozen=True, slots=True)
class Reinduction:
    """A first dose again, before release, after being drug free: by figures of its own and no others (D-21)."""

    medicine: Ordered
    first_day: date
    target: Milligrams
    start: Milligrams | None = None
    rise: Milligrams | None = None
    every_days: int | None = None
    slots: tuple[str, ...] = MORNING


@dataclass(frozen=True, slots=True)
class BuprenorphineInduction:
    """The first buprenorphine, so long after the last opioid (D-22); it rises to its target, and goes on there.

    `last_opioid_at` None is not known. `first_dose_at` None: the first slot after the signed hours have gone by;
    given, the first day's dose stands at that time, and the days after it in the slots.
    """

    last_opioid_at: datetime | None
    first_dose_at: datetime | None = None
    medicine: Ordered = Ordered.BUPRENORPHINE
    start: Milligrams | None = None
    rise: Milligrams | None = None
    every_days: int | None = None
    target: Milligrams | None = None
    slots: tuple[str, ...] = MORNING


@dataclass(frozen=True, slots=True)
class Maintenance:
    """One dose from a day on, until somebody changes it.

    `already_on`: the daily dose of the day before, taken here or confirmed outside; without it the dose is looked at
    as a first one, and of buprenorphine and naltrexone `last_opioid_at` is asked (D-22).
    """

    medicine: Ordered
    dose: Milligrams
    first_day: date
    slots: tuple[str, ...] = MORNING
    last_opioid_at: datetime | None = None
    already_on: Milligrams | None = None
    after_break: bool = False


@dataclass(frozen=True, slots=True)
class Reduction:
    """Steps down from a dose to `stop_at`: to 0 mg, on which day it ends, or to a dose at which it goes on.

    `first_day` is the first day of a lower dose. `steady_from`: a day from which the dose stands unchanged before
    that, in the same order; then `first_day` may be left out, and follows the signed days of stabilisation.
    `taken_since`: the day of the first dose, where the medicine is taken already; without it the steady dose is
    looked at as a first one, and stabilisation is counted from `steady_from`.
    """

    medicine: Ordered
    from_dose: Milligrams
    first_day: date | None = None
    step: Milligrams | None = None
    interval_days: int | None = None
    steady_from: date | None = None
    then: tuple[Pace, ...] = ()
    pauses: tuple[Pause, ...] = ()
    stop_at: Milligrams = NOUGHT
    slots: tuple[str, ...] = MORNING
    taken_since: date | None = None


@dataclass(frozen=True, slots=True)
class Conversion:
    """A planned switch between methadone and buprenorphine: the last dose of one, a gap, the first of the other.

    The old medicine is given at `from_dose` from `from_day` (the day of its last dose where left out) to the day of
    `last_dose_at`. `gap_hours` None: as signed; `first_dose_at`, where given, wins over the gap.
    """

    from_medicine: Ordered
    from_dose: Milligrams
    last_dose_at: datetime
    to_medicine: Ordered
    from_day: date | None = None
    gap_hours: Decimal | None = None
    first_dose_at: datetime | None = None
    start: Milligrams | None = None
    rise: Milligrams | None = None
    every_days: int | None = None
    target: Milligrams | None = None
    slots: tuple[str, ...] = MORNING


class AlcoholBand(StrEnum):
    """The bands for which a fixed course of chlordiazepoxide is printed (D-13); the value names its parameters."""

    UNITS_15 = "15"
    UNITS_30 = "30"
    UNITS_50 = "50"


class CourseStart(StrEnum):
    """Which of the two starts of a band is taken; the highest band has one alone."""

    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True, slots=True)
class AlcoholFixed:
    """Alcohol withdrawal by a fixed course of chlordiazepoxide. The band is chosen, or follows units and SADQ.

    `later`: the days after the fifth as the prescriber enters them; None: as the clinical lead has signed them.
    """

    first_day: date
    band: AlcoholBand | None = None
    start: CourseStart | None = None
    units_a_day: Decimal | None = None
    sadq: int | None = None
    later: tuple[TimesADay, ...] | None = None
    slots: tuple[str, ...] = SLOTS


@dataclass(frozen=True, slots=True)
class AlcoholByScore:
    """Alcohol withdrawal by CIWA-Ar: the most that may be given at a time and how often, in the prescriber's own
    figures and words; the schedule holds the most of each day, and `words` say at which score how much is given.
    """

    first_day: date
    days: int
    most_at_a_time: Milligrams
    times: int
    words: str
    medicine: Ordered = Ordered.CHLORDIAZEPOXIDE
    slots: tuple[str, ...] = SLOTS


class Hypnotic(StrEnum):
    """The medicines that are reckoned into diazepam (D-10)."""

    CHLORDIAZEPOXIDE = "chlordiazepoxide"
    LORAZEPAM = "lorazepam"
    NITRAZEPAM = "nitrazepam"
    OXAZEPAM = "oxazepam"
    TEMAZEPAM = "temazepam"
    ZOPICLONE = "zopiclone"
    ZOLPIDEM = "zolpidem"


@dataclass(frozen=True, slots=True)
class DiazepamReduction:
    """Steps down of diazepam, from its own dose or from what other medicines come to in diazepam (D-10).

    `from_dose`, where given, wins; else `instead_of` is reckoned, and diazepam taken beside it is `taken_beside`.
    """

    first_day: date | None = None
    from_dose: Milligrams | None = None
    instead_of: tuple[tuple[Hypnotic, Milligrams], ...] = ()
    taken_beside: Milligrams = NOUGHT
    step: Milligrams | None = None
    interval_days: int | None = None
    steady_from: date | None = None
    then: tuple[Pace, ...] = ()
    pauses: tuple[Pause, ...] = ()
    stop_at: Milligrams = NOUGHT
    slots: tuple[str, ...] = MORNING


@dataclass(frozen=True, slots=True)
class Abstinence:
    """Nothing is ordered: somebody is, or chooses to be, without an opioid substitute."""

    from_day: date


@dataclass(frozen=True, slots=True)
class ByHand:
    """A course as the prescriber writes it, day by day: also a proposed one that was changed by hand.

    `begins`: its first day is a first dose of the medicine, and is looked at as one; `last_opioid_at` is asked of a
    first buprenorphine or naltrexone (D-22).
    """

    medicine: Ordered
    days: tuple[tuple[date, Doses], ...]
    goes_on: bool = False
    begins: bool = False
    already_on: Milligrams | None = None
    after_break: bool = False
    last_opioid_at: datetime | None = None


Request = (
    Titration
    | Reinduction
    | BuprenorphineInduction
    | Maintenance
    | Reduction
    | Conversion
    | AlcoholFixed
    | AlcoholByScore
    | DiazepamReduction
    | Abstinence
    | ByHand
)
