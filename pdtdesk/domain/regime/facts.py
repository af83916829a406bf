"""What is known of one person's treatment with an opioid substitute: the facts that the regime rules read.

`None` always means *not asked, or not known*, as in the facts of reception.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pdtdesk.domain.custody import Custody
from pdtdesk.domain.reception.facts import CommunityPrescription, Dependence, Medicine, Patient, Standing


class RegimeClass(StrEnum):
    """The classes of treatment as they are declared: three, and the stabilisation before them (R-16)."""

    STABILISATION = "stabilisation"
    DETOXIFICATION = "detoxification"
    GRADUAL_REDUCTION = "gradual_reduction"
    MAINTENANCE = "maintenance"

    @property
    def words(self) -> str:
        """The class as it is said: `gradual reduction`."""
        return self.value.replace("_", " ")


CHOICES = (RegimeClass.DETOXIFICATION, RegimeClass.GRADUAL_REDUCTION, RegimeClass.MAINTENANCE)
"""The three classes that a prescriber chooses between."""


class Severity(StrEnum):
    """How severe a dependence is held to be."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


@dataclass(frozen=True, slots=True)
class Regime:
    """One regime as it was declared; `until` is its last day, None while it is in force."""

    declared: RegimeClass
    medicine: Medicine
    since: date
    until: date | None = None
    last_review_on: date | None = None


@dataclass(frozen=True, slots=True)
class RegimeRisks:
    """What makes one class safer or more dangerous than another for this person."""

    injecting_in_prison: bool | None = None
    serious_mental_health_problem: bool | None = None
    non_fatal_overdose: bool | None = None
    polydrug_dependence: bool | None = None
    starting_antiretrovirals: bool | None = None
    overdose_protection_assessed: bool | None = None
    sedated_now: bool | None = None


@dataclass(frozen=True, slots=True)
class RegimeFacts:
    """All that the regime rules read of one person.

    `drug_free_since` is given where the person is abstinent in custody now, prescribed medicines counted too.
    `positive_test_on` is the latest test that found what is not prescribed; `not_taken` are runs of consecutive days
    on which nothing was taken, each as (its last day, how many days). `pregnant_known_on` and `transfer_known_on` are
    the days on which that was written down; `nothing_ordered_since` the first day without an order of somebody who
    had one.
    """

    patient: Patient = field(default_factory=Patient)
    custody: Custody = field(default_factory=Custody)
    dependence: Dependence | None = None
    severity: Severity | None = None
    methadone_regular_before_arrest: bool | None = None
    drug_free_since: date | None = None
    community_prescriptions: tuple[CommunityPrescription, ...] = ()
    regimes: tuple[Regime, ...] = ()
    risks: RegimeRisks = field(default_factory=RegimeRisks)
    wish: RegimeClass | None = None
    positive_test_on: date | None = None
    not_taken: tuple[tuple[date, int], ...] = ()
    pregnant_known_on: date | None = None
    transfer_known_on: date | None = None
    nothing_ordered_since: date | None = None

    def in_force(self, day: date) -> tuple[Regime, ...]:
        """The regimes that are in force on a day: begun, and without an end or not ended yet."""
        return tuple(r for r in self.regimes if r.since <= day and (r.until is None or r.until >= day))

    @property
    def confirmed_outside(self) -> tuple[CommunityPrescription, ...]:
        """The community prescriptions that stand confirmed."""
        return tuple(p for p in self.community_prescriptions if p.standing is Standing.CONFIRMED)
