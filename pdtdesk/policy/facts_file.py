"""Reads a facts file: one arrival written down by hand, for `assess` and for worked examples.

The tables and keys of the facts file as its interface gives them, and those that reception adds to it:

    overlays = ["demonstration"]          # laid over the national set, by id
    [reception]
    at = 2010-06-01T21:40:00              # the instant of the assessment, by the ward's clock; 12:00 without it
    arrested_at, first_dose_at, clinical_management_started_on, first_dose_medicine, wishes
    medicines_that_cannot_wait = ["insulin"]      # [] is asked, and none
    allergies = ["penicillin"]
    [[other_medicines]]
    name, decision = "unconfirmed" | "continue" | "change" | "stop", why
    no_community_prescription = true      # asked, and none; or write [[opioids.community_prescription]]
    no_custody_doses = true               # asked, and none; or write [[custody_doses]]
    [[substances]]
    substance, frequency, last_use, amount, route, years, units_per_day, dependence
    [[custody_doses]]
    medicine, amount, given_at, place
    [prescriber]
    reached, reached_at, order_signed_at
    [hepatitis_b]
    vaccinated, offered
    [risks]                               # beside the interface's own: every field of `Risks` by its name
    [scores]                              # also: sows, audit, sds_substance; cows_at, ciwa_ar_at ...
    [[opioids.community_prescription]]    # beside the interface's own: days_missed, take_home, prescriber,
                                          # pharmacy, opening_hours = { mon = ["09:00-17:30"], sat = [] },
                                          # open_on_bank_holidays

An unknown table, key or word is refused with its name. What the regime rules alone read is read in `regime_file`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from pdtdesk.domain.calendar import at_london, day_of
from pdtdesk.domain.custody import Custody, LegalStatus
from pdtdesk.domain.reception.facts import (
    CommunityPrescription,
    CustodyDose,
    Dependence,
    Frequency,
    HepatitisB,
    Medicine,
    OpeningHours,
    OpenSpan,
    OtherMedicine,
    Patient,
    PrescriberContact,
    ReceptionFacts,
    Reconciled,
    Risks,
    Score,
    Scores,
    Sex,
    Standing,
    Substance,
    Use,
)
from pdtdesk.domain.regime.facts import RegimeFacts
from pdtdesk.policy.case import check_case, check_days
from pdtdesk.policy.regime_file import RegimeTables
from pdtdesk.policy.toml_table import FactsRefused, Table, written

T = TypeVar("T")
_NOON = time(12, 0)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Level(StrEnum):
    """The risk of reoffending."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class FactsFile:
    """The facts of one person for reception and for the regime, the instant of the assessment, and the overlays."""

    facts: ReceptionFacts
    regime: RegimeFacts
    at: datetime
    overlays: tuple[str, ...]

    @property
    def day(self) -> date:
        """The ward's day of the assessment."""
        return day_of(self.at)


def read_facts(found: Mapping[str, object]) -> FactsFile:
    """Reads the tables of a facts file; raises `FactsRefused`, naming the table and the key.

    What the desk itself may hold although it cannot be right (a length of sentence in other words, a score beyond its
    scale) is read as it stands here, so that a worked example can show what the rules say of it; `read_case` refuses.
    """
    root = Table("", found)
    reception, opioids, risks = root.table("reception"), root.table("opioids"), root.table("risks")
    regime = RegimeTables(opioids, risks, root.table("wishes"), root.tables("regime") or ())
    facts = _facts(root, reception, opioids, risks)
    wished = regime.wish()
    facts_file = FactsFile(
        facts=replace(facts, wishes=reception.words("wishes") or wished),
        regime=regime.facts(facts, wished),
        at=_at(root.day("on"), reception.instant("at")),
        overlays=root.list_of_words("overlays") or (),
    )
    root.close()
    return facts_file


def read_case(found: Mapping[str, object], on: date | None = None) -> FactsFile:
    """A facts file as `assess` reads it: custody and its status are needed, and a day given beside it wins.

    Asked about an earlier day than the file's own, what has happened since is no slip: the rules leave it out.
    Raises `FactsRefused`.
    """
    tables = dict(found)
    reception = tables.get("reception")
    if on is not None and not (isinstance(reception, dict) and "at" in reception):
        tables.setdefault("on", on)
    tables.pop("expect", None)  # a worked example is a facts file too
    if "custody" not in tables:
        raise FactsRefused("the table [custody] is missing: write it with its status.")
    case = read_facts(tables)
    latest = case.day
    if case.facts.custody.status is None:
        raise FactsRefused(f"key 'status' of [custody] is missing: one of {', '.join(LegalStatus)}.")
    if on is not None:
        case, latest = replace(case, at=at_london(on, _NOON)), max(on, latest)
    check_case(case.facts, case.day)
    check_days(case.facts, case.regime, latest)
    return case


def _at(on: date | None, at: datetime | None) -> datetime:
    if at is not None:
        if on is not None and day_of(at) != on:
            raise FactsRefused(f"key 'at' of [reception] falls on {day_of(at)}, and key 'on' says {on}.")
        return at
    if on is None:
        raise FactsRefused("key 'on' is missing: write the day, such as on = 2010-06-01.")
    return at_london(on, _NOON)


def _facts(root: Table, reception: Table, opioids: Table, risks: Table) -> ReceptionFacts:
    scores = root.table("scores")
    patient, prescriber, hepatitis_b = root.table("patient"), root.table("prescriber"), root.table("hepatitis_b")
    prescriptions = opioids.tables("community_prescription")
    doses = root.tables("custody_doses")
    others = root.tables("other_medicines")
    return ReceptionFacts(
        patient=Patient(patient.day("born"), patient.one_of("sex", Sex), patient.yes_no("pregnant")),
        custody=_custody(root.table("custody")),
        substances=_substances(root.tables("substances") or (), opioids, risks),
        community_prescriptions=_or_none(
            tuple(_prescription(t) for t in prescriptions or ()), reception, "no_community_prescription"
        ),
        custody_doses=_or_none(tuple(_custody_dose(t) for t in doses or ()), reception, "no_custody_doses"),
        arrested_at=reception.instant("arrested_at"),
        scores=_scores(scores),
        risks=_risks(risks),
        medicines_that_cannot_wait=reception.list_of_words("medicines_that_cannot_wait"),
        other_medicines=None if others is None else tuple(_other_medicine(t) for t in others),
        allergies=reception.list_of_words("allergies"),
        prescriber=PrescriberContact(
            prescriber.yes_no("reached"), prescriber.instant("reached_at"), prescriber.instant("order_signed_at")
        ),
        hepatitis_b=HepatitisB(hepatitis_b.yes_no("vaccinated"), hepatitis_b.yes_no("offered")),
        first_dose_at=reception.instant("first_dose_at"),
        first_dose_medicine=reception.one_of("first_dose_medicine", Medicine),
        clinical_management_started_on=reception.day("clinical_management_started_on"),
    )


def _other_medicine(table: Table) -> OtherMedicine:
    name = table.words("name")
    if name is None:
        raise FactsRefused("key 'name' of [[other_medicines]] is missing: write the medicine's name.")
    medicine = OtherMedicine(name, table.one_of("decision", Reconciled), table.words("why"))
    table.close()
    return medicine


def _or_none(found: tuple[T, ...], reception: Table, key: str) -> tuple[T, ...] | None:
    """What was written; empty where it was asked and there is none; None where it was not asked."""
    none = reception.yes_no(key)
    if none and found:
        raise FactsRefused(f"key '{key}' of [reception] says that there is none, and one is written all the same.")
    return found if found or none else None


def _custody(table: Table) -> Custody:
    return Custody(
        status=table.one_of("status", LegalStatus),
        received_on=table.day("received_on"),
        sentenced_on=table.day("sentenced_on"),
        sentence_length=table.words("sentence_length"),
        remand_days=table.whole("remand_days"),
        release_on=table.day("release_on"),
        court_on=table.day("court_on"),
        transfer_to=table.words("transfer_to"),
    )


def _substances(tables: tuple[Table, ...], opioids: Table, risks: Table) -> Mapping[Substance, Use]:
    uses: dict[Substance, Use] = {}
    for table in tables:
        substance = table.one_of("substance", Substance)
        if substance is None or substance in uses:
            raise FactsRefused(f"[{table.name}] needs a key 'substance' that no other [[substances]] table names.")
        uses[substance] = Use(
            frequency=table.one_of("frequency", Frequency),
            last_use=table.day("last_use"),
            amount=table.words("amount"),
            route=table.words("route"),
            years=table.decimal("years"),
            units_per_day=table.decimal("units_per_day"),
            dependence=table.one_of("dependence", Dependence),
        )
    told = (
        (Substance.OPIOIDS, opioids.one_of("dependence", Dependence)),
        (Substance.ALCOHOL, risks.one_of("alcohol_dependence", Dependence)),
        (Substance.BENZODIAZEPINES, risks.one_of("benzodiazepine_dependence", Dependence)),
    )
    for substance, dependence in told:
        if dependence is not None:
            uses[substance] = replace(uses.get(substance, Use()), dependence=dependence)
    return MappingProxyType(uses)


def _prescription(table: Table) -> CommunityPrescription:
    medicine = table.one_of("medicine", Medicine)
    if medicine is None:
        raise FactsRefused(f"[{table.name}] needs a key 'medicine': one of {', '.join(Medicine)}.")
    return CommunityPrescription(
        medicine=medicine,
        daily=table.dose("daily"),
        standing=table.one_of("standing", Standing),
        last_witnessed_at=table.instant("last_witnessed_at"),
        supervised=table.yes_no("supervised"),
        days_missed=table.whole("days_missed"),
        take_home=table.words("take_home"),
        prescriber=table.words("prescriber"),
        pharmacy=table.words("pharmacy"),
        pharmacy_hours=_opening_hours(table),
        patient_wishes_to_continue=table.yes_no("patient_wishes_to_continue"),
        prescriber_wishes_to_continue=table.yes_no("prescriber_wishes_to_continue"),
    )


def _opening_hours(table: Table) -> OpeningHours | None:
    open_on_bank_holidays = table.yes_no("open_on_bank_holidays") or False
    hours = table.table("opening_hours")
    spans = [hours.list_of_words(day) for day in _WEEKDAYS]
    if all(day is None for day in spans):
        return None
    return OpeningHours(
        tuple(tuple(_span(text, table) for text in day or ()) for day in spans), open_on_bank_holidays
    )


def _span(text: str, table: Table) -> OpenSpan:
    try:
        opens, closes = text.split("-")
        return OpenSpan(time.fromisoformat(opens), time.fromisoformat(closes))
    except (ValueError, TypeError) as error:  # a clock with an offset and one without
        raise FactsRefused(
            f"key 'opening_hours' of [{table.name}]: {written(text)} is not two times, the first earlier, "
            "such as 09:00-17:30."
        ) from error


def _custody_dose(table: Table) -> CustodyDose:
    medicine, given_at, place = table.words("medicine"), table.instant("given_at"), table.words("place")
    if medicine is None or given_at is None or place is None:
        raise FactsRefused(f"[{table.name}] needs medicine, given_at and place.")
    return CustodyDose(medicine, given_at, place, table.dose("amount"))


def _scores(table: Table) -> Scores:
    table.one_of("reoffending_risk", Level)  # the programmes read it, reception does not

    def score(key: str) -> Score | None:
        value, taken_at = table.whole(key), table.instant(f"{key}_at")
        return None if value is None else Score(value, taken_at)

    return Scores(
        cows=score("cows"),
        sows=score("sows"),
        ciwa_ar=score("ciwa_ar"),
        audit=score("audit"),
        sds=score("sds"),
        sds_substance=table.one_of("sds_substance", Substance),
    )


def _risks(table: Table) -> Risks:
    sedated = table.yes_no("sedated_now")
    drowsy = table.yes_no("drowsy_now")
    return Risks(
        self_harm_now=table.yes_no("self_harm_now"),
        self_harm_before=table.yes_no("self_harm_before"),
        acct_opened=table.yes_no("acct_opened"),
        acct_reason=table.words("acct_reason"),
        intoxicated_now=table.yes_no("intoxicated_now"),
        drowsy_now=sedated if drowsy is None else drowsy or bool(sedated),
        withdrawal_seen=table.some_of("withdrawal_seen", Substance),
        seizure_ever=table.yes_no("seizure_ever"),
        delirium_tremens_ever=table.yes_no("delirium_tremens_ever"),
        head_injury=table.yes_no("head_injury"),
        breathing_problem=table.yes_no("breathing_problem"),
        heart_problem=table.yes_no("heart_problem"),
        liver_problem=table.yes_no("liver_problem"),
        serious_mental_health_problem=table.yes_no("serious_mental_health_problem"),
        dependants_at_home=table.yes_no("dependants_at_home"),
        injecting_site_problem=table.yes_no("injecting_site_problem"),
        injected_last_28_days=table.yes_no("injected_last_28_days"),
        shared_equipment=table.yes_no("shared_equipment"),
        overdose_ever=table.yes_no("overdose_ever"),
    )
