"""The medicines on the downtime sheet, read back as they were printed: by cell, and each person whole."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from factories import TestDesk
from treatment import (
    PHOTOGRAPH,
    TODAY,
    a_morning,
    a_schedule,
    an_ordering,
    both_gave,
    by,
    due,
    given,
    on_methadone,
    tomorrow,
)

from pdtdesk.documents import Sheets
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.services.reception.sheet_facts import Downtime, OrdersOf, StopLine
from pdtdesk.services.reception.sheets import downtime_sheet
from pdtdesk.services.regime.handing import hand_out
from tests.documents.read_back import pages_of, squeezed, whole


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[TestDesk]:
    """An encrypted desk on the morning of Wed 2 Jun 2010."""
    made = a_morning(tmp_path / "desk")
    yield made
    made.door.close()


def read(sheet: Downtime) -> str:
    return whole(Sheets().downtime(sheet))


@pytest.mark.hazard("H-008")
def test_the_sheet_says_what_is_ordered_what_is_written_and_what_is_not(ward: TestDesk) -> None:
    """He stands at the hatch: has he had it, how much is it, and what is it tomorrow?"""
    patient = on_methadone(
        ward, ordering=an_ordering(schedule=a_schedule(last=TODAY + timedelta(days=1), slots=("morning", "evening")))
    )
    given(ward, patient)
    text = read(downtime_sheet(by(ward)))
    for said in (
        "1 with medicines",
        "methadone supervised · first day today, last day tomorrow · last witnessed Wed 2 Jun 08:30, here",
        "Today, Wed 2 Jun: morning 20 mg taken 20 mg 08:30, R. Adeyemi evening 20 mg nothing written ___",
        "Tomorrow, Thu 3 Jun: morning 20 mg ___",
        "No further stop known: today, evening. Signed by H. Castellan, Wed 2 Jun.",
        "Identify first: photograph, or two identifiers.",
        "Before every opioid or sedative dose: look now",
    ):
        assert squeezed(said) in text, said


@pytest.mark.hazard("H-008")
def test_a_cup_without_an_outcome_and_two_accounts_are_marked(ward: TestDesk) -> None:
    """In grey among forty lines nobody sees that a cup is out."""
    patient = on_methadone(ward)
    hand_out(by(ward), due(ward, patient), PHOTOGRAPH)
    text = read(downtime_sheet(by(ward)))
    assert squeezed("morning 20 mg HANDED OUT 20 mg handed out 08:30, R. Adeyemi; nobody wrote what became") in text
    assert squeezed("STOPPED tomorrow, morning (as at 08:00): A dose was handed out") in text
    assert squeezed("Ends by writing down what became of it") in text
    tomorrow(ward)
    assert squeezed("Beside this: methadone, Wed 2 Jun, morning: 20 mg handed out") in read(downtime_sheet(by(ward)))


@pytest.mark.hazard("H-008")
def test_two_accounts_of_a_dose_are_marked(ward: TestDesk) -> None:
    """Both desks wrote *taken*: on the line it must not read as one dose."""
    both_gave(ward, on_methadone(ward))
    text = read(downtime_sheet(by(ward)))
    assert squeezed("TWO ACCOUNTS Two accounts of a dose contend.") in text
    assert squeezed("morning 20 mg TWO ACCOUNTS taken 20 mg") in text


@pytest.mark.hazard("H-003")
def test_by_score_and_in_possession_stand_there_in_words(ward: TestDesk) -> None:
    """At most twenty, by score, is given as twenty; what he may take to his cell is held back, or the other way."""
    on_methadone(
        ward,
        ordering=an_ordering(instructions="5 mg from a COWS of 13 on", supervised=False, possession="works outside"),
    )
    text = read(downtime_sheet(by(ward)))
    assert squeezed("methadone IN POSSESSION · first day today · no witnessed dose known") in text
    assert squeezed("By score: 5 mg from a COWS of 13 on") in text
    assert squeezed("morning at most 20 mg nothing written") in text


@pytest.mark.hazard("H-007")
def test_a_day_without_a_dose_is_no_empty_line(ward: TestDesk) -> None:
    """A blank beside *tomorrow* is filled in by whoever knows what he had yesterday."""
    patient = on_methadone(ward, ordering=an_ordering(schedule=a_schedule(last=TODAY)))
    given(ward, patient, Outcome.REFUSED)
    text = read(downtime_sheet(by(ward)))
    assert squeezed("Tomorrow, Thu 3 Jun: not ordered") in text
    assert squeezed("refused 08:30, R. Adeyemi (said so)") in text
    assert "Nofurtherstopknown" not in text


def forty(ward: TestDesk) -> Downtime:
    """Forty people with orders: each third stopped, each fifth with two medicines, each with an allergy."""
    on_methadone(ward, ordering=an_ordering(schedule=a_schedule(slots=("morning", "evening"))))
    sheet = downtime_sheet(by(ward))
    (one,) = sheet.ordered
    (order,) = one.orders
    stop = StopLine("today, morning", ("1 day before this one without a record: not known.",), ("a prescriber",))

    def person(number: int) -> OrdersOf:
        who = replace(one.line.who, name=f"SURNAME{number:02}, Forename", location=f"B{number:02}-1")
        mine = replace(order, stops=(stop,) if number % 3 == 0 else ())
        line = replace(one.line, who=who, alerts=(f"Allergy: substance {number:02}",))
        return OrdersOf(line, (mine, replace(mine, medicine=f"diazepam{number:02}"))[: 1 + (number % 5 == 0)])

    return replace(sheet, ordered=tuple(person(number) for number in range(40)))


@pytest.mark.hazard("H-001")
def test_forty_people_with_orders_stay_readable_and_each_stands_whole_on_one_page(ward: TestDesk) -> None:
    """The name at the foot of one page and the dose at the head of the next: it goes to the man below."""
    pages = pages_of(Sheets().downtime(forty(ward)))
    assert len(pages) <= 8
    for number in range(40):
        (page,) = [each for each in pages if f"SURNAME{number:02}" in each]
        block = squeezed(page.split(f"SURNAME{number:02}")[1].split("SURNAME")[0])
        for said in ("Today,Wed2Jun", "Tomorrow,Thu3Jun", "SignedbyH.Castellan"):
            assert block.count(said) == 1 + (number % 5 == 0), (number, said)
        assert f"Allergy:substance{number:02}" in squeezed(page)


def test_nobody_with_an_order_is_said_in_words(ward: TestDesk) -> None:
    """A sheet that ends without a word of medicines reads as a page that was lost."""
    sheet = downtime_sheet(by(ward))
    assert squeezed("No medicine is ordered for today or tomorrow.") in read(sheet)
