"""What cannot be so in a case that somebody asks about: a length, a score or a day that no record could have."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.custody import Custody
from pdtdesk.domain.durations import LONGEST_YEARS, NotADuration, parse_duration, read_length
from pdtdesk.domain.reception.arrival_list import FARTHEST_RELEASE_YEARS, OLDEST_YEARS
from pdtdesk.domain.reception.facts import ReceptionFacts, Score, Scores
from pdtdesk.domain.reception.scales import SCALES
from pdtdesk.domain.regime.facts import RegimeFacts
from pdtdesk.policy.toml_table import FactsRefused, written

_CODE = re.compile(r"[A-Z]{3}")


def check_case(facts: ReceptionFacts, day: date) -> None:
    """Refuses a case in which a value cannot be so; raises `FactsRefused` with the key, the value and what to write.

    Days that may be right on another day of assessment are left to the rules: they say what is to be corrected.
    """
    for wrong in (
        *_length(facts.custody),
        *_birth(facts.patient.born, day),
        *_custody(facts.custody, day),
        *_scores(facts.scores),
    ):
        raise FactsRefused(wrong)


def check_days(facts: ReceptionFacts, regime: RegimeFacts, day: date) -> None:
    """Refuses what is told as done and lies after `day`, and whatever lies before the birth; raises `FactsRefused`.

    A sentence, a court, a transfer, a release and the end of a regime may be to come.
    """
    past, planned, born = (*_told(facts), *_treated(regime)), _planned(facts, regime), facts.patient.born
    for table, key, found in past:
        if found is not None and found > day:
            raise FactsRefused(
                f"key '{key}' of [{table}]: {found} lies after the day of the assessment, {day}; look at both days."
            )
    for table, key, found in (*past, *planned):
        if found is not None and born is not None and found < born:
            raise FactsRefused(f"key '{key}' of [{table}]: {found} lies before the birth, {born}; look at both days.")


_Told = Iterator[tuple[str, str, date | None]]
"""Table, key and day, if it was written."""


def _told(facts: ReceptionFacts) -> _Told:
    """What reception was told or did, which cannot be to come."""
    yield "custody", "received_on", facts.custody.received_on
    yield "reception", "arrested_at", _day(facts.arrested_at)
    yield "reception", "first_dose_at", _day(facts.first_dose_at)
    yield "reception", "clinical_management_started_on", facts.clinical_management_started_on
    yield "prescriber", "reached_at", _day(facts.prescriber.reached_at)
    yield "prescriber", "order_signed_at", _day(facts.prescriber.order_signed_at)
    for number, use in enumerate(facts.substances.values(), start=1):
        yield f"substances {number}", "last_use", use.last_use
    for number, prescription in enumerate(facts.community_prescriptions or (), start=1):
        yield f"community_prescription {number}", "last_witnessed_at", _day(prescription.last_witnessed_at)
    for number, dose in enumerate(facts.custody_doses or (), start=1):
        yield f"custody_doses {number}", "given_at", _day(dose.given_at)
    for scale, score in _scored(facts.scores).items():
        yield "scores", f"{scale.removesuffix('_gossop')}_at", _day(score.taken_at if score else None)


def _treated(facts: RegimeFacts) -> _Told:
    yield "opioids", "drug_free_since", facts.drug_free_since
    for number, regime in enumerate(facts.regimes, start=1):
        yield f"regime {number}", "from", regime.since
        yield f"regime {number}", "last_review_on", regime.last_review_on


def _planned(facts: ReceptionFacts, regime: RegimeFacts) -> _Told:
    """The same of what may be to come."""
    yield "custody", "sentenced_on", facts.custody.sentenced_on
    yield "custody", "court_on", facts.custody.court_on
    yield "custody", "release_on", facts.custody.release_on
    for number, each in enumerate(regime.regimes, start=1):
        yield f"regime {number}", "until", each.until


def _day(instant: datetime | None) -> date | None:
    return None if instant is None else day_of(instant)


def _length(custody: Custody) -> Iterator[str]:
    text = custody.sentence_length
    if text is None:
        return
    try:
        parse_duration(text)
    except NotADuration as refused:
        where = "key 'sentence_length' of [custody]"
        try:
            yield f'{where}: {written(text)} is not in the form of this file; write "{read_length(text)}".'
        except NotADuration:
            yield f"{where}: {refused}"


def _birth(born: date | None, day: date) -> Iterator[str]:
    if born is None:
        return
    where = f"key 'born' of [patient]: {born}"
    if born > day:
        yield f"{where} lies after the day of the assessment, {day}; look at the year."
    if (born.year + OLDEST_YEARS, born.month, born.day) < (day.year, day.month, day.day):
        yield f"{where} is more than {OLDEST_YEARS} years before {day}; look at the year."


def _custody(custody: Custody, day: date) -> Iterator[str]:
    if custody.release_on is not None and custody.release_on.year > day.year + FARTHEST_RELEASE_YEARS:
        yield (
            f"key 'release_on' of [custody]: {custody.release_on} is more than {FARTHEST_RELEASE_YEARS} years away; "
            "look at the year."
        )
    if custody.transfer_to is not None and not _CODE.fullmatch(custody.transfer_to):
        yield (
            f"key 'transfer_to' of [custody]: {written(custody.transfer_to)} is not the code of a prison; "
            "write its three capital letters, such as ASH."
        )
    if custody.remand_days is not None and custody.remand_days > LONGEST_YEARS * 366:
        yield (
            f"key 'remand_days' of [custody]: {custody.remand_days} days are longer than {LONGEST_YEARS} years; "
            "look for a slip in the number."
        )


def _scores(scores: Scores) -> Iterator[str]:
    for scale, score in _scored(scores).items():
        lowest, highest = SCALES[scale].range
        if score is not None and not lowest <= score.value <= highest:
            key = scale.removesuffix("_gossop")
            yield f"key '{key}' of [scores]: {score.value} is not a score from {lowest} to {highest}; score it again."


def _scored(scores: Scores) -> Mapping[str, Score | None]:
    """Each scale by its id with what was scored on it; a key of the file is the id without its author's name."""
    return {
        "cows": scores.cows,
        "sows_gossop": scores.sows,
        "ciwa_ar": scores.ciwa_ar,
        "audit": scores.audit,
        "sds": scores.sds,
    }
