"""What cannot be so in a case that somebody asks about: a length, a score or a day that no record could have."""

import re
from collections.abc import Iterator
from datetime import date

from pdtdesk.domain.custody import Custody
from pdtdesk.domain.durations import LONGEST_YEARS, NotADuration, parse_duration, read_length
from pdtdesk.domain.reception.arrival_list import FARTHEST_RELEASE_YEARS, OLDEST_YEARS
from pdtdesk.domain.reception.facts import ReceptionFacts, Scores
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
        *_birth(facts.patient.born, facts.custody, day),
        *_custody(facts.custody, day),
        *_scores(facts.scores),
    ):
        raise FactsRefused(wrong)


def check_regime(facts: RegimeFacts, day: date) -> None:
    """Refuses a regime, or freedom from drugs, that begins after the file's own day; raises `FactsRefused`."""
    regimes = [
        (key, f"regime {number}", found)
        for number, regime in enumerate(facts.regimes, start=1)
        for key, found in (("from", regime.since), ("last_review_on", regime.last_review_on))
    ]
    for key, table, found in (*regimes, ("drug_free_since", "opioids", facts.drug_free_since)):
        if found is not None and found > day:
            raise FactsRefused(
                f"key '{key}' of [{table}]: {found} lies after the day of the assessment, {day}; look at both days."
            )


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


def _birth(born: date | None, custody: Custody, day: date) -> Iterator[str]:
    if born is None:
        return
    where = f"key 'born' of [patient]: {born}"
    if born > day:
        yield f"{where} lies after the day of the assessment, {day}; look at the year."
    if (born.year + OLDEST_YEARS, born.month, born.day) < (day.year, day.month, day.day):
        yield f"{where} is more than {OLDEST_YEARS} years before {day}; look at the year."
    for key, other in (("received_on", custody.received_on), ("sentenced_on", custody.sentenced_on)):
        if other is not None and other < born:
            yield f"key '{key}' of [custody]: {other} lies before the birth, {born}; look at both days."


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
    told = {
        "cows": scores.cows,
        "sows_gossop": scores.sows,
        "ciwa_ar": scores.ciwa_ar,
        "audit": scores.audit,
        "sds": scores.sds,
    }
    for scale, score in told.items():
        lowest, highest = SCALES[scale].range
        if score is not None and not lowest <= score.value <= highest:
            key = scale.removesuffix("_gossop")
            yield f"key '{key}' of [scores]: {score.value} is not a score from {lowest} to {highest}; score it again."
