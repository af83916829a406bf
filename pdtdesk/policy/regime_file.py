"""What the regime rules read of a facts file, beside what reception reads of it."""

from dataclasses import dataclass
from itertools import pairwise

from pdtdesk.domain.reception.facts import Medicine, ReceptionFacts, Substance
from pdtdesk.domain.regime.facts import Regime, RegimeClass, RegimeFacts, RegimeRisks, Severity
from pdtdesk.policy.toml_table import FactsRefused, Table


@dataclass(frozen=True, slots=True)
class RegimeTables:
    """The tables of a facts file in which the regime has keys of its own."""

    opioids: Table
    risks: Table
    wishes: Table
    regimes: tuple[Table, ...]

    def wish(self) -> RegimeClass | None:
        """The class that the person wished for."""
        return self.wishes.one_of("class", RegimeClass)

    def facts(self, told: ReceptionFacts, wish: RegimeClass | None) -> RegimeFacts:
        """The facts of the regime; what reception has read already is taken from there. Raises `FactsRefused`."""
        opioids, risks = told.use(Substance.OPIOIDS), told.risks
        seen = (risks.drowsy_now, risks.intoxicated_now)
        return RegimeFacts(
            patient=told.patient,
            custody=told.custody,
            dependence=opioids.dependence if opioids else None,
            severity=self.opioids.one_of("severity", Severity),
            methadone_regular_before_arrest=self.opioids.yes_no("methadone_regular_before_arrest"),
            drug_free_since=self.opioids.day("drug_free_since"),
            community_prescriptions=told.community_prescriptions or (),
            regimes=_in_turn(tuple(_regime(each) for each in self.regimes)),
            risks=RegimeRisks(
                injecting_in_prison=self.risks.yes_no("injecting_in_prison"),
                serious_mental_health_problem=risks.serious_mental_health_problem,
                non_fatal_overdose=self.risks.yes_no("non_fatal_overdose"),
                polydrug_dependence=self.risks.yes_no("polydrug_dependence"),
                starting_antiretrovirals=self.risks.yes_no("starting_antiretrovirals"),
                overdose_protection_assessed=self.risks.yes_no("overdose_protection_assessed"),
                sedated_now=None if seen == (None, None) else any(seen),
            ),
            wish=wish,
        )


def _regime(table: Table) -> Regime:
    declared, medicine, since = (
        table.one_of("class", RegimeClass),
        table.one_of("medicine", Medicine),
        table.day("from"),
    )
    if declared is None or medicine is None or since is None:
        raise FactsRefused(f"[{table.name}] needs class, medicine and from.")
    until, last_review = table.day("until"), table.day("last_review_on")
    for key, found in (("until", until), ("last_review_on", last_review)):
        if found is not None and found < since:
            raise FactsRefused(f"key '{key}' of [{table.name}]: {found} lies before its first day, {since}.")
    if until is not None and last_review is not None and last_review > until:
        raise FactsRefused(
            f"key 'last_review_on' of [{table.name}]: {last_review} lies after its last day, {until}; look at both "
            "days."
        )
    return Regime(declared, medicine, since, until, last_review)


def _in_turn(regimes: tuple[Regime, ...]) -> tuple[Regime, ...]:
    """Regimes are written oldest first: one out of turn is more likely a slip of the year.

    One regime is in force on a day; on the day of a change the earlier may end as the later begins.
    """
    for earlier, later in pairwise(regimes):
        if later.since < earlier.since:
            raise FactsRefused(
                f"the regimes are written oldest first, and one from {later.since} follows one from {earlier.since}."
            )
        if earlier.until is None or earlier.until > later.since:
            goes_on = "has no 'until'" if earlier.until is None else f"goes on until {earlier.until}"
            raise FactsRefused(
                f"two regimes would be in force at once: the one from {earlier.since} {goes_on}, and another begins "
                f"on {later.since}. Write the last day of the earlier one as its 'until'."
            )
    return regimes
