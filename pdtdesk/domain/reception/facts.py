"""What is known of one arrival, as far as it was asked: the facts that reception's rules read.

`None` always means *not asked, or not known*: never "no", and never a default. A question that was asked and
answered with nothing is an empty tuple, `False`, or a use with the frequency `not_used`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from pdtdesk.domain.custody import Custody
from pdtdesk.domain.quantities import Milligrams


class Sex(StrEnum):
    """Sex as the reception list gives it."""

    FEMALE = "female"
    MALE = "male"


class Substance(StrEnum):
    """Each substance that is asked about by name at reception."""

    OPIOIDS = "opioids"
    ALCOHOL = "alcohol"
    BENZODIAZEPINES = "benzodiazepines"
    GABAPENTINOIDS = "gabapentinoids"
    CRACK_COCAINE = "crack_cocaine"
    AMPHETAMINES = "amphetamines"
    CANNABIS = "cannabis"
    SYNTHETIC_CANNABINOIDS = "synthetic_cannabinoids"
    TOBACCO = "tobacco"
    OTHER = "other"


class Frequency(StrEnum):
    """How often a substance was used before custody; `not_used` is an answer, not a gap."""

    DAILY = "daily"
    MOST_DAYS = "most_days"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    LESS = "less"
    NOT_USED = "not_used"


class Dependence(StrEnum):
    """Whether a clinician holds the person dependent on a substance."""

    NONE = "none"
    SUSPECTED = "suspected"
    DEPENDENT = "dependent"


class Medicine(StrEnum):
    """The medicines for opioid dependence that may stand prescribed outside."""

    METHADONE = "methadone"
    BUPRENORPHINE = "buprenorphine"
    BUPRENORPHINE_NALOXONE = "buprenorphine-naloxone"
    DIHYDROCODEINE = "dihydrocodeine"
    NALTREXONE = "naltrexone"
    LOFEXIDINE = "lofexidine"


class Standing(StrEnum):
    """How sure we are of a community prescription: told by the patient, confirmed by who gives it, or denied."""

    REPORTED = "reported"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"


@dataclass(frozen=True, slots=True)
class Patient:
    """Who has arrived, as far as the rules need it."""

    born: date | None = None
    sex: Sex | None = None
    pregnant: bool | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """How one substance was used before custody."""

    frequency: Frequency | None = None
    last_use: date | None = None
    amount: str | None = None
    route: str | None = None
    years: Decimal | None = None
    units_per_day: Decimal | None = None  # alcohol only
    dependence: Dependence | None = None

    @property
    def used(self) -> bool | None:
        """Whether it was used at all; None where neither frequency nor last use is known."""
        if self.frequency is None:
            return True if self.last_use or self.dependence is Dependence.DEPENDENT else None
        return self.frequency is not Frequency.NOT_USED

    @property
    def regular(self) -> bool:
        """Used daily or most days, or held dependent: enough for withdrawal to be looked for."""
        if self.dependence in (Dependence.SUSPECTED, Dependence.DEPENDENT):
            return True
        return self.frequency in (Frequency.DAILY, Frequency.MOST_DAYS)


@dataclass(frozen=True, slots=True)
class OpenSpan:
    """One stretch of a day during which a pharmacy is open, by the clock on its wall."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes <= self.opens:
            raise ValueError(f"A pharmacy cannot close ({self.closes:%H:%M}) before it opens ({self.opens:%H:%M}).")


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When a pharmacy is open in an ordinary week: seven entries, Monday first; closed on a day without a span."""

    week: tuple[tuple[OpenSpan, ...], ...]
    open_on_bank_holidays: bool = False

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("Opening hours need seven days, Monday first.")


@dataclass(frozen=True, slots=True)
class CommunityPrescription:
    """A medicine that somebody outside prescribes, and what is known of how it is really taken."""

    medicine: Medicine
    daily: Milligrams | None = None
    standing: Standing | None = None
    last_witnessed_at: datetime | None = None
    supervised: bool | None = None
    days_missed: int | None = None
    take_home: str | None = None  # how many doses are held at home, in words; "none" is an answer
    prescriber: str | None = None
    pharmacy: str | None = None
    pharmacy_hours: OpeningHours | None = None
    patient_wishes_to_continue: bool | None = None
    prescriber_wishes_to_continue: bool | None = None


@dataclass(frozen=True, slots=True)
class CustodyDose:
    """A dose given and seen since arrest: police custody, court, hospital or escort, by name and time."""

    medicine: str  # a `Medicine` word where it is one, else the medicine's own name
    given_at: datetime
    place: str
    amount: Milligrams | None = None


@dataclass(frozen=True, slots=True)
class CustodyPlace:
    """Where something was given at an hour that nobody said, and which medicine, where that was told."""

    place: str
    medicine: str


@dataclass(frozen=True, slots=True)
class Score:
    """The latest score on one scale, and when it was taken."""

    value: int
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """The latest score on each scale of reception; `sds_substance` says which drug the SDS was asked about."""

    cows: Score | None = None
    sows: Score | None = None
    ciwa_ar: Score | None = None
    audit: Score | None = None
    sds: Score | None = None
    sds_substance: Substance | None = None


@dataclass(frozen=True, slots=True)
class Risks:
    """What can hurt tonight; every answer is asked anew at each reception. `awake_at_a_dose` is when somebody who
    gave a dose tonight saw neither drowsy nor intoxicated: a look, and no answer to either question."""

    self_harm_now: bool | None = None
    self_harm_before: bool | None = None
    acct_opened: bool | None = None
    acct_reason: str | None = None
    intoxicated_now: bool | None = None
    drowsy_now: bool | None = None
    intoxicated_seen_at: datetime | None = None
    drowsy_seen_at: datetime | None = None
    awake_at_a_dose: datetime | None = None
    withdrawal_seen: tuple[Substance, ...] | None = None  # opioids, alcohol, benzodiazepines; () is none seen
    seizure_ever: bool | None = None
    delirium_tremens_ever: bool | None = None
    head_injury: bool | None = None
    breathing_problem: bool | None = None
    heart_problem: bool | None = None
    liver_problem: bool | None = None
    serious_mental_health_problem: bool | None = None
    dependants_at_home: bool | None = None
    injecting_site_problem: bool | None = None
    injected_last_28_days: bool | None = None
    shared_equipment: bool | None = None
    overdose_ever: bool | None = None


@dataclass(frozen=True, slots=True)
class PrescriberContact:
    """Whether a prescriber was reached tonight and has signed an order."""

    reached: bool | None = None
    reached_at: datetime | None = None
    order_signed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OrderHere:
    """A medicine that a prescriber has ordered at this desk: how much a day from which day on, today or the first one
    to come; who signed it and when."""

    medicine: str
    substitute: bool
    daily: Milligrams
    since: date
    by: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class HepatitisB:
    """Vaccination against hepatitis B, as known on arrival."""

    vaccinated: bool | None = None
    offered: bool | None = None


class Reconciled(StrEnum):
    """What becomes tonight of a medicine that somebody takes."""

    UNCONFIRMED = "unconfirmed"
    CONTINUE = "continue"
    CHANGE = "change"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class OtherMedicine:
    """One medicine beside a substitute: its name, what becomes of it tonight, and why, by whom."""

    name: str
    decision: Reconciled | None = None
    why: str | None = None


_NOTHING_ASKED: Mapping[Substance, Use] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ReceptionFacts:
    """All that the rules of reception may read of one arrival; everything in it may still be unknown.

    `custody_doses` are None until every place is answered for. What was told by then counts all the same before a
    dose is given: `doses_on_the_way`, and where nobody said when, `doses_untimed`.
    """

    patient: Patient = field(default_factory=Patient)
    custody: Custody = field(default_factory=Custody)
    substances: Mapping[Substance, Use] = field(default_factory=lambda: _NOTHING_ASKED)
    community_prescriptions: tuple[CommunityPrescription, ...] | None = None
    custody_doses: tuple[CustodyDose, ...] | None = None
    doses_on_the_way: tuple[CustodyDose, ...] = ()
    doses_untimed: tuple[CustodyPlace, ...] = ()
    arrested_at: datetime | None = None
    scores: Scores = field(default_factory=Scores)
    risks: Risks = field(default_factory=Risks)
    medicines_that_cannot_wait: tuple[str, ...] | None = None
    other_medicines: tuple[OtherMedicine, ...] | None = None
    allergies: tuple[str, ...] | None = None
    prescriber: PrescriberContact = field(default_factory=PrescriberContact)
    ordered_here: tuple[OrderHere, ...] = ()
    arrived_at: datetime | None = None
    hepatitis_b: HepatitisB = field(default_factory=HepatitisB)
    first_dose_at: datetime | None = None
    first_dose_medicine: Medicine | None = None
    clinical_management_started_on: date | None = None
    wishes: str | None = None

    def use(self, substance: Substance) -> Use | None:
        """What was answered about one substance; None where it has not been asked."""
        return self.substances.get(substance)

    def regular(self, substance: Substance) -> bool:
        """Whether a substance was used often enough for withdrawal to be looked for."""
        use = self.use(substance)
        return use is not None and use.regular

    @property
    def standing_prescriptions(self) -> tuple[CommunityPrescription, ...]:
        """Community prescriptions that nobody has denied."""
        return tuple(p for p in self.community_prescriptions or () if p.standing is not Standing.REFUTED)
