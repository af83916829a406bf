"""People who do not exist: a name, a birth date, numbers that belong to nobody, and what they are held for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pdtdesk.domain.durations import parse_duration
from pdtdesk.domain.identifiers import NotAnIdentifier, nhs_number
from pdtdesk.domain.record.entry import Json
from pdtdesk.services.demonstration.chance import Chance
from pdtdesk.services.demonstration.prison import Prison

_AGES = (((18, 20), 11), ((21, 29), 34), ((30, 39), 29), ((40, 49), 16), ((50, 75), 10))
_STATUS = (("remand", 27), ("convicted_unsentenced", 8), ("sentenced", 56), ("recalled", 7), ("indeterminate", 2))
_SENTENCES = ("P8W", "P12W", "P16W", "P6M", "P30W", "P9M", "P12M", "P18M", "P2Y", "P3Y", "P4Y", "P6Y", "P9Y")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_NOBODY = "999"
"""NHS numbers that begin so are kept for tests and belong to nobody."""


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody who does not exist, as the person entry of the journal names them."""

    surname: str
    forenames: str
    born: date
    prison_number: str | None
    nhs_number: str | None = None

    @property
    def body(self) -> Json:
        """The body of the person entry."""
        return {
            "surname": self.surname,
            "forenames": self.forenames,
            "born": self.born.isoformat(),
            "sex": "male",
            "prison_number": self.prison_number,
            "nhs_number": self.nhs_number,
        }


def invent(prison: Prison, chance: Chance, day: date, taken: set[str]) -> Invented:
    """Somebody aged 18 to 75 on a day, under a prison number that is not in `taken`, and is from now on."""
    group = chance.weighted([(each, each.weight) for each in prison.names])
    forenames = chance.one_of(group.forenames)
    if chance.percent(40) and (second := chance.one_of(group.forenames)) != forenames:
        forenames = f"{forenames} {second}"
    youngest, oldest = chance.weighted(_AGES)
    age_in_days = chance.between(youngest * 366, oldest * 365)
    return Invented(
        surname=chance.one_of(group.surnames),
        forenames=forenames,
        born=day - timedelta(days=age_in_days),
        prison_number=_prison_number(chance, taken),
        nhs_number=_nhs_number(chance) if chance.percent(70) else None,
    )


def custody(prison: Prison, chance: Chance, arrived_at: datetime, until: date | None) -> Json:
    """The body of an arrival. Somebody who is still here is not due out; `until` None is for those who are."""
    day = arrived_at.date()
    status = chance.weighted(_STATUS)
    sentence, sentenced_on, release_on = None, None, None
    if status == "sentenced":
        # By half, as short sentences were served; data of people who do not exist, and no reckoning of a release.
        here_until = until or day
        long_enough = [each for each in _SENTENCES if _half(day, each) > here_until] or [_SENTENCES[-1]]
        sentence = chance.one_of(long_enough[:5])
        sentenced_on = day - timedelta(days=chance.one_of((0, 0, 0, 1, 6, 20)))
        release_on = _half(sentenced_on, sentence) if chance.percent(60) else None
        if release_on is not None and release_on <= here_until:
            release_on = None
    elif status in ("recalled", "indeterminate"):
        sentenced_on = day - timedelta(days=chance.between(200, 1600)) if status == "recalled" else day
    return {
        "arrived_from": chance.weighted(prison.places),
        "legal_status": status,
        "sentence_length": sentence,
        "sentenced_on": sentenced_on.isoformat() if sentenced_on else None,
        "release_on": release_on.isoformat() if release_on else None,
    }


def _half(day: date, sentence: str) -> date:
    return day + (parse_duration(sentence).after(day) - day) / 2


def _prison_number(chance: Chance, taken: set[str]) -> str:
    while True:
        letters = chance.one_of(_LETTERS) + chance.one_of(_LETTERS)
        number = f"A{chance.below(10_000):04}{letters}"
        if number not in taken:
            taken.add(number)
            return number


def _nhs_number(chance: Chance) -> str:
    while True:
        nine = f"{_NOBODY}{chance.below(1_000_000):06}"
        for last in "0123456789":
            try:
                return nhs_number(nine + last)
            except NotAnIdentifier:
                continue  # nine digits in eleven have no check digit: then another nine
