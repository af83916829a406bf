"""The administration record of a medicine round, read back as it was printed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from a_round import PHOTOGRAPH, TODAY, a_morning, a_patient, given, mg
from factories import TestDesk

from pdtdesk.documents import Sheets
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.services.regime.from_paper import Paper, write_from_paper
from pdtdesk.services.regime.handing import Ended, hand_out, record_dose
from pdtdesk.services.regime.round_sheet import RoundSheet
from pdtdesk.services.regime.signing_out import SigningOut, Stock, round_facts, sign_out
from tests.documents.read_back import pages_of, squeezed, whole


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    """Half past eight in the morning."""
    made = a_morning(tmp_path / "desk")
    yield made
    made.door.close()


@pytest.fixture
def sheet(desk: TestDesk) -> RoundSheet:
    """Taken, in part, refused; one not written yet; counted with a difference."""
    given(desk, a_patient(desk).due())
    given(desk, a_patient(desk, "Lindqvist", "A7710BN", cell="B2-15").due(), Outcome.PART_TAKEN, "sick", taken=mg(20))
    price = a_patient(desk, "Price", "A0093DD", cell="C1-02", medicine=Ordered.LOFEXIDINE)
    record_dose(desk.acting(), price.due(), Ended(Outcome.MISSED, reason="not_unlocked"))
    a_patient(desk, "Haddad", "A5521QP", cell="C1-03")
    before = round_facts(desk.acting(), TODAY, "morning")
    stock = (
        Stock(Ordered.METHADONE, mg(500), mg(100), mg(10), "rest of a part taken, witnessed", mg(535)),
        Stock(Ordered.LOFEXIDINE, mg(40), mg(0), mg(0), "", mg(40)),
    )
    signing = SigningOut(TODAY, "morning", stock, "K. Osei", before.doses, remark="Counted twice, pharmacy told.")
    return sign_out(desk.acting(), signing)


def test_every_dose_stands_with_its_checks_its_witness_and_who_gave_it(sheet: RoundSheet) -> None:
    """Asked in court who gave what to whom, the answer must be on one page."""
    pdf = Sheets().administration(sheet)
    text = whole(pdf)
    for said in (
        *("Administration record", "B2-14 SPARROW, Daniel Lee", "A4127CK b. 14 Mar 1982", "methadone 30 mg morning"),
        *("taken 30 mg", "08:30 R. Adeyemi", "witness: K. Osei", "photograph not drowsy, not intoxicated"),
        *("part taken 20 mg: sick", "missed: not unlocked", "not handed out", "not written"),
        "4 doses · 2 taken · 1 not written",
    ):
        assert squeezed(said) in text, said
    assert len(pages_of(pdf)) == 1
    assert pdf == Sheets().administration(replace(sheet))


def test_what_was_seen_stands_on_one_line(sheet: RoundSheet) -> None:
    """Broken in two, *intoxicated* stands alone at the beginning of a line, under a man who was not."""
    lines = "\n".join(pages_of(Sheets().administration(sheet))).splitlines()
    looks = [line for line in lines if line.strip().endswith("intoxicated")]
    assert looks
    assert all("not drowsy, not intoxicated" in line for line in looks), looks


def test_the_balance_stands_with_its_difference_in_words_and_lines_to_sign(sheet: RoundSheet) -> None:
    """A figure that has to be worked out is looked at by nobody."""
    text = whole(Sheets().administration(sheet))
    for said in (
        *(
            "Balance, in mg",
            "10 mg, rest of a part taken, witnessed",
            "5 mg missing: 535 mg counted, 540 mg expected",
        ),
        *("agrees: 40 mg", "witness K. Osei", "Counted twice, pharmacy told.", "Given and counted by: R. Adeyemi"),
    ):
        assert squeezed(said) in text, said


def test_it_says_that_it_is_not_the_controlled_drug_register(sheet: RoundSheet) -> None:
    """Filed in place of the register, it would leave the prison without the book that the law asks for (S-07)."""
    text = whole(Sheets().administration(sheet))
    assert squeezed("controlled-drug register of the premises is a legal book of its own") in text
    assert squeezed("is not replaced by it (S-07)") in text


@pytest.mark.hazard("H-003")
def test_the_record_asks_for_a_look_before_each_dose(sheet: RoundSheet) -> None:
    """Printed half way through the round it is carried along the landing."""
    assert "looknow,whateverwasansweredearlier" in whole(Sheets().administration(sheet))


def test_a_round_that_is_not_counted_yet_has_room_to_be_counted_by_hand(desk: TestDesk) -> None:
    """The desk goes down between the last dose and the count."""
    patient = a_patient(desk)
    hand_out(desk.acting(), patient.due(), PHOTOGRAPH)
    text = whole(Sheets().administration(round_facts(desk.acting(), TODAY, "morning")))
    for said in ("not signed out yet", "HANDED OUT", "not recorded", "______", "1 handed out and not recorded"):
        assert squeezed(said) in text, said
    record_dose(desk.acting(), patient.due(), Ended(Outcome.CONCEALED, reason="found in the cheek"))
    text = whole(Sheets().administration(round_facts(desk.acting(), TODAY, "morning")))
    assert squeezed("handed out and not swallowed: 30 mg") in text


def test_an_empty_round_and_one_of_forty_are_whole(sheet: RoundSheet) -> None:
    """Somebody is not counted where the page ends."""
    empty = replace(sheet, lines=(), counted=(), signed=())
    assert squeezed("Nothing was ordered for this round.") in whole(Sheets().administration(empty))
    pages = pages_of(Sheets().administration(replace(sheet, lines=sheet.lines * 12)))
    assert len(pages) > 1
    assert sum(page.count("SPARROW") for page in pages) == 12
    assert all("Identified by" in page for page in pages[:-1])


def test_two_counts_and_two_accounts_are_marked(sheet: RoundSheet) -> None:
    """Two desks signed it out: whoever reads the sheet must see that one of them is wrong."""
    other = replace(sheet.signed[0], entry_id="other", why="counted at the other desk")
    lines = (replace(sheet.lines[0], conflict=True), *sheet.lines[1:])
    text = whole(Sheets().administration(replace(sheet, lines=lines, signed=(sheet.signed[0], other))))
    for said in ("TWO ACCOUNTS", "Signed out twice: both counts stand", "Signed out anew: counted at the other desk"):
        assert squeezed(said) in text, said


def test_a_dose_on_paper_says_who_gave_it_and_who_entered_it(desk: TestDesk) -> None:
    """The count of the morning is signed beside the name of somebody who was at home then."""
    first, second = a_patient(desk), a_patient(desk, "Lindqvist", "A7710BN", cell="B2-15")
    at = desk.clock.now()
    desk.clock.advance(hours=2)
    write_from_paper(desk.acting(), first.due(), Paper(at, "K. Osei", witness="T. Marsh"), Ended(Outcome.TAKEN))
    write_from_paper(desk.acting(), second.due(), Paper(at, "R. Adeyemi", "photograph"), Ended(Outcome.TAKEN))
    text = whole(Sheets().administration(round_facts(desk.acting(), TODAY, "morning")))
    for said in (
        *("08:30 on paper, by K. Osei", "entered by R. Adeyemi", "witness: T. Marsh", "the paper does not say"),
        *("08:30 on paper, by R. Adeyemi", "2 doses · 2 taken", "60 mg"),
    ):
        assert squeezed(said) in text, said
    assert text.count(squeezed("entered by")) == 1, "whoever gave it and entered it is named once"
