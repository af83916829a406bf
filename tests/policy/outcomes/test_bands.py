"""Which band of sentence somebody is counted in: each edge on both sides, to the day."""

from datetime import date

import pytest
from factories import national

from pdtdesk.domain.custody import Custody, LegalStatus
from pdtdesk.policy.outcomes.bands import ALWAYS, LONGER, SentenceBand, band_of

ON = national().on(date(2010, 6, 1))
B = SentenceBand


def sentenced(length: str | None, begins: date = date(2010, 1, 4), status: str = "sentenced") -> Custody:
    return Custody(status=LegalStatus(status), sentenced_on=begins, sentence_length=length)


@pytest.mark.parametrize(
    ("length", "begins", "band"),
    [
        ("P26W", date(2010, 1, 4), B.SHORT),
        ("P183D", date(2010, 1, 4), B.YEAR),  # a day over 26 weeks, and six months of 181 days
        ("P183D", date(2010, 3, 1), B.SHORT),  # six months from March are 184 days
        ("P6M", date(2010, 8, 31), B.SHORT),
        ("P6M1D", date(2010, 8, 31), B.SHORT),  # 182 days, which is 26 weeks
        ("P6M2D", date(2010, 8, 31), B.YEAR),
        ("P12M", date(2010, 1, 4), B.YEAR),
        ("P1Y", date(2012, 2, 29), B.YEAR),
        ("P365D", date(2010, 1, 4), B.YEAR),
        ("P366D", date(2010, 1, 4), B.LONG),
        ("P366D", date(2012, 1, 4), B.YEAR),  # the year has 366 days
        ("P12M1D", date(2010, 1, 4), B.LONG),
        ("P4Y", date(2010, 1, 4), B.LONG),
        ("P48M", date(2010, 1, 4), B.LONG),
        ("P1461D", date(2010, 1, 4), B.LONG),
        ("P1462D", date(2010, 1, 4), B.LONGEST),
        ("P4Y1D", date(2010, 1, 4), B.LONGEST),
        ("P20Y", date(2010, 1, 4), B.LONGEST),
    ],
)
def test_a_sentence_is_counted_in_its_band_by_the_calendar(length: str, begins: date, band: SentenceBand) -> None:
    """A year that is read as 365 days moves everybody sentenced before a leap day into another line."""
    assert band_of(sentenced(length, begins), ON) is band


@pytest.mark.parametrize(
    ("custody", "band"),
    [
        (Custody(status=LegalStatus.REMAND), B.REMAND),
        (Custody(status=LegalStatus.CONVICTED_UNSENTENCED), B.REMAND),
        (Custody(status=LegalStatus.INDETERMINATE), B.INDETERMINATE),
        (sentenced("P20Y", status="indeterminate"), B.INDETERMINATE),
        (sentenced("P12W", status="recalled"), B.SHORT),
        (sentenced("P3Y", status="recalled"), B.LONG),
        (sentenced(None, status="recalled"), B.RECALLED),
        (sentenced(None), B.NOT_KNOWN),
        (sentenced("two moons"), B.NOT_KNOWN),
        (Custody(), B.NOT_KNOWN),
        (Custody(status=LegalStatus.CIVIL), B.OTHER),
        (Custody(status=LegalStatus.IMMIGRATION), B.OTHER),
    ],
)
def test_custody_of_every_kind_has_its_own_line(custody: Custody, band: SentenceBand) -> None:
    """What is not known must not swell a band that somebody is answerable for."""
    assert band_of(custody, ON) is band


def test_a_sentence_without_its_day_is_reckoned_from_the_reception_and_then_from_today() -> None:
    """The band stands though nobody has entered the day of sentence yet."""
    custody = Custody(status=LegalStatus.SENTENCED, received_on=date(2010, 1, 4), sentence_length="P30W")
    assert band_of(custody, ON) is B.YEAR
    assert band_of(Custody(status=LegalStatus.SENTENCED, sentence_length="P30W"), ON) is B.YEAR


def test_the_six_bands_always_stand_and_each_has_words() -> None:
    """An empty line says that nobody is there; a line that is missing says nothing."""
    assert [band.words for band in ALWAYS] == [
        "Remand",
        "Up to 26 weeks",
        "Over 26 weeks to 12 months",
        "Over 12 months to 4 years",
        "Over 4 years",
        "Indeterminate",
    ]
    assert set(B) - LONGER == {B.REMAND, B.SHORT, B.NOT_KNOWN, B.OTHER}
