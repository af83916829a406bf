"""From what was answered to the facts that the rules read. What was not answered stays unknown, never "no"."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from pdtdesk.domain.calendar import at_london
from pdtdesk.domain.custody import Custody, LegalStatus
from pdtdesk.domain.quantities import Milligrams, QuantityRefused
from pdtdesk.domain.reception.answers import says_none
from pdtdesk.domain.reception.facts import (
    CommunityPrescription,
    CustodyDose,
    CustodyPlace,
    Frequency,
    HepatitisB,
    Medicine,
    OpeningHours,
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
from pdtdesk.domain.reception.opening_hours import NotOpeningHours, opening_hours
from pdtdesk.domain.reception.questions.prescribed import MEDICINE_ROWS, PLACES

_Word = TypeVar("_Word", bound=StrEnum)
_A_DAY = r"\s*(a|per|each|every|/)\s*day|\s+daily"
_UNITS = re.compile(
    rf"(?P<number>[0-9]{{1,4}}(\.[0-9]{{1,2}})?)(\s*u(nits?)?({_A_DAY})?)?\.?", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Given:
    """The answers of one arrival by question key, in their canonical words; what was not asked is absent."""

    values: Mapping[str, str]

    def text(self, key: str) -> str | None:
        """What was written, or None."""
        return self.values.get(key) or None

    def yes(self, key: str) -> bool | None:
        """True for yes, False for no; None where it is not known or was not asked."""
        return {"yes": True, "no": False}.get(self.values.get(key, ""))

    def day(self, key: str) -> date | None:
        """A day, or None."""
        text = self.text(key)
        return date.fromisoformat(text) if text else None

    def moment(self, key: str) -> datetime | None:
        """An instant, from the local time that was written; or None."""
        text = self.text(key)
        if not text:
            return None
        at = datetime.fromisoformat(text)
        return at if at.tzinfo else at_london(at.date(), at.time())

    def number(self, key: str) -> Decimal | None:
        """The number a text begins with ("9 days" is 9), or None."""
        with suppress(InvalidOperation):
            found = Decimal(next(iter((self.text(key) or "").split()), ""))
            return found if found.is_finite() else None
        return None

    def units(self, key: str) -> Decimal | None:
        """Units of alcohol a day: a bare number, or one that says so and no more; None for "2 bottles", which are
        many more than 2, and for "3 units an hour" or "2 units and 2 bottles"."""
        form = _UNITS.fullmatch((self.text(key) or "").strip())
        return Decimal(form["number"]) if form else None

    def milligrams(self, key: str) -> Milligrams | None:
        """A dose in milligrams where it was written as one, or None."""
        text = self.text(key)
        if not text:
            return None
        with suppress(QuantityRefused):
            return Milligrams.parse(text if text.endswith("mg") else f"{text} mg")
        return None

    def word(self, key: str, words: type[_Word]) -> _Word | None:
        """One of some words, or None."""
        with suppress(ValueError):
            return words(self.values.get(key, ""))
        return None

    def noted(self, key: str) -> tuple[str, ...] | None:
        """What was written, whole and in its own words; an empty tuple where it says there is none."""
        text = self.text(key)
        if text is None:
            return None
        return () if says_none(text) else (text.strip(),)

    def listed(self, key: str) -> tuple[str, ...] | None:
        """What a text lists, by comma; an empty tuple where it says there is none; None where nothing was said."""
        text = self.text(key)
        if text is None:
            return None
        if says_none(text):
            return ()
        return tuple(part.strip() for part in text.split(",") if part.strip())


def facts_of(
    *,
    born: date | None,
    sex: str | None,
    received_on: date | None,
    values: Mapping[str, str],
    totals: Mapping[str, tuple[int, datetime]],
    standing: Standing = Standing.REPORTED,
    looked_at: Mapping[str, datetime] = MappingProxyType({}),
) -> ReceptionFacts:
    """The facts of one arrival.

    `values` are the answers by question key; `totals` the latest whole score on each scale, with when it was taken;
    `standing` is how sure we are of what is prescribed outside; `looked_at` when each look was made, by its key.
    """
    given = Given(values)
    return ReceptionFacts(
        patient=Patient(born=born, sex=Sex(sex) if sex in set(Sex) else None, pregnant=_pregnant(given)),
        custody=Custody(
            status=given.word("arrival.legal_status", LegalStatus),
            received_on=received_on,
            sentenced_on=given.day("arrival.sentenced_on"),
            sentence_length=given.text("arrival.sentence_length"),
            release_on=given.day("arrival.release_on"),
            court_on=given.day("arrival.court_on"),
        ),
        substances={each: use for each in Substance if (use := _use(given, each)) is not None},
        community_prescriptions=_prescriptions(given, standing),
        custody_doses=_custody_doses(given),
        doses_on_the_way=_timed(given),
        doses_untimed=_untimed(given),
        arrested_at=given.moment("custody_doses.arrested_at"),
        scores=_scores(totals, given),
        risks=_risks(given, looked_at),
        medicines_that_cannot_wait=given.noted("medicines.cannot_wait"),
        other_medicines=_other_medicines(given),
        allergies=given.listed("risk.allergies"),
        prescriber=PrescriberContact(
            reached={"yes": True, "no": False}.get(given.text("prescriber.reached") or ""),
            reached_at=given.moment("prescriber.reached_at"),
            order_signed_at=given.moment("prescriber.order_signed_at"),
        ),
        hepatitis_b=_hepatitis_b(given),
        first_dose_at=given.moment("management.first_dose_at"),
        first_dose_medicine=given.word("management.first_dose_medicine", Medicine),
        clinical_management_started_on=given.day("management.started_on"),
        wishes=given.text("wishes.words") or given.text("wishes.wants"),
    )


def _pregnant(given: Given) -> bool | None:
    """A woman who says so counts as pregnant whatever the test showed, until the answer is put right (S-01)."""
    test, said = given.text("tests.pregnancy"), given.yes("risk.pregnant")
    return True if said or test == "positive" else {"negative": False}.get(test or "", said)


def _use(given: Given, substance: Substance) -> Use | None:
    key = f"substances.{substance.value}"
    use = Use(
        frequency=given.word(f"{key}.frequency", Frequency),
        last_use=given.day(f"{key}.last_used"),
        amount=next(iter(given.noted(f"{key}.amount") or ()), None),
        route=given.text(f"{key}.route"),
        years=given.number(f"{key}.years"),
        units_per_day=given.units(f"{key}.amount") if substance is Substance.ALCOHOL else None,
    )
    return None if use == Use() else use


def _prescriptions(given: Given, standing: Standing) -> tuple[CommunityPrescription, ...] | None:
    medicine = given.word("prescribed.medicine", Medicine)
    if medicine is None:
        return () if given.yes("prescribed.any") is False else None
    missed = given.number("prescribed.days_missed")
    return (
        CommunityPrescription(
            medicine=medicine,
            daily=given.milligrams("prescribed.daily"),
            standing=standing,
            last_witnessed_at=given.moment("prescribed.last_witnessed_at"),
            supervised=given.yes("prescribed.supervised"),
            days_missed=None if missed is None else int(missed),
            take_home=given.text("prescribed.take_home"),
            prescriber=given.text("prescribed.prescriber"),
            pharmacy=given.text("prescribed.pharmacy"),
            pharmacy_hours=_hours(given.text("prescribed.pharmacy_hours")),
            patient_wishes_to_continue={"maintenance": True, "nothing": False, "detoxification": False}.get(
                given.text("wishes.wants") or ""
            ),
        ),
    )


def _hours(text: str | None) -> OpeningHours | None:
    with suppress(NotOpeningHours):
        return opening_hours(text) if text else None
    return None


def _other_medicines(given: Given) -> tuple[OtherMedicine, ...] | None:
    named = [(number, name) for number in MEDICINE_ROWS if (name := given.text(f"medicines.{number}.name"))]
    if not named:
        return () if given.yes("medicines.none") else None
    return tuple(
        OtherMedicine(
            name, given.word(f"medicines.{number}.decision", Reconciled), given.text(f"medicines.{number}.why")
        )
        for number, name in named
    )


NOT_NAMED = "medicine not named"
"""What a dose on the way here goes by where nobody said of what it was."""


def _custody_doses(given: Given) -> tuple[CustodyDose, ...] | None:
    asked = any(given.yes(f"custody_doses.{place.word}.given") is not None for place in PLACES)
    if not asked or _untimed(given):
        return None  # a dose without its time is not "none given": it stays to be asked
    return _timed(given)


def _timed(given: Given) -> tuple[CustodyDose, ...]:
    """What was given on the way here, wherever the hour was told."""
    doses = []
    for place, medicine in _given_at(given):
        key = f"custody_doses.{place}"
        if (at := given.moment(f"{key}.at")) is not None:
            doses.append(CustodyDose(medicine, at, place, given.milligrams(f"{key}.dose")))
    return tuple(doses)


def _untimed(given: Given) -> tuple[CustodyPlace, ...]:
    """Where something was given at an hour that nobody said."""
    return tuple(
        CustodyPlace(place, medicine)
        for place, medicine in _given_at(given)
        if given.moment(f"custody_doses.{place}.at") is None
    )


def _given_at(given: Given) -> Iterator[tuple[str, str]]:
    """Each place at which something was given, and which medicine."""
    for place in PLACES:
        if given.yes(f"custody_doses.{place.word}.given"):
            yield place.word, (given.text(f"custody_doses.{place.word}.medicine") or NOT_NAMED).lower()


def _scores(totals: Mapping[str, tuple[int, datetime]], given: Given) -> Scores:
    taken = {scale: Score(total, at) for scale, (total, at) in totals.items()}
    return Scores(
        cows=taken.get("cows"),
        sows=taken.get("sows_gossop"),
        ciwa_ar=taken.get("ciwa_ar"),
        audit=taken.get("audit"),
        sds=taken.get("sds"),
        sds_substance=given.word("substances.sds_about", Substance),
    )


def _risks(given: Given, looked_at: Mapping[str, datetime]) -> Risks:
    seen = given.text("withdrawal.seen")
    acct = given.text("risk.acct")
    sites = given.text("risk.injecting_sites")
    return Risks(
        self_harm_now=given.yes("risk.self_harm_now"),
        self_harm_before=given.yes("risk.self_harm_before"),
        acct_opened=None if acct is None else acct in ("opened", "already_open"),
        acct_reason=given.text("risk.acct_why"),
        intoxicated_now=given.yes("risk.intoxicated"),
        drowsy_now=given.yes("risk.drowsy"),
        intoxicated_seen_at=looked_at.get("risk.intoxicated"),
        drowsy_seen_at=looked_at.get("risk.drowsy"),
        withdrawal_seen=None if seen is None else tuple(each for each in Substance if each.value in seen.split()),
        seizure_ever=given.yes("risk.seizure_ever"),
        delirium_tremens_ever=given.yes("risk.delirium_tremens"),
        head_injury=given.yes("risk.head_injury"),
        breathing_problem=given.yes("risk.breathing"),
        heart_problem=given.yes("risk.heart"),
        liver_problem=given.yes("risk.liver"),
        serious_mental_health_problem=given.yes("risk.serious_mental_health"),
        dependants_at_home=given.yes("risk.dependants"),
        injecting_site_problem=None if sites in (None, "not_looked") else sites == "problem",
        injected_last_28_days=given.yes("substances.injected_28_days"),
        shared_equipment=given.yes("substances.shared"),
        overdose_ever=given.yes("substances.overdose_ever"),
    )


def _hepatitis_b(given: Given) -> HepatitisB:
    offer = given.text("virus.vaccination")
    if offer is None:
        return HepatitisB()
    return HepatitisB(vaccinated=offer == "complete", offered=offer != "complete" or None)
