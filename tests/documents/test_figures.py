"""The figures on paper, read back: every number and every name that the page shows, and no others."""

from datetime import date, timedelta

import pytest
from factories import TestDesk
from many_treated import decided, given, held, lifted

from pdtdesk.documents import Sheets
from pdtdesk.domain.roles import Role
from pdtdesk.services.oversight.figures import Figures, figures, turn_by_prescriber
from tests.documents.read_back import pages_of, squeezed, whole

LONG = {"status": "sentenced", "length": "P2Y"}


def a_page(desk: TestDesk, role: Role, men: int = 6) -> Figures:
    for at in range(men):
        who = held(desk, at, f"Remanded{chr(97 + at % 26)}")
        decided(desk, who, since=date(2010, 1, 5))
        given(desk, who, date(2010, 2, 1), *[30] * 5, *range(28, -1, -2))
    decided(desk, held(desk, 90, "Serving", **LONG))
    lifted(desk, held(desk, 91, "Lifted"), date(2010, 5, 31))
    return figures(desk.acting(role), demonstration=True)


@pytest.mark.parametrize("role", [Role.LEAD, Role.MANAGER])
def test_everything_on_the_page_is_on_the_paper(desk: TestDesk, role: Role) -> None:
    """Otherwise the board reads other figures than the lead."""
    shown = a_page(desk, role)
    pdf = Sheets().figures(shown)
    text = whole(pdf)
    for block in shown.blocks:
        assert squeezed(block.title) in text
        assert squeezed(block.source) in text
        if block.key != "lengths":
            assert [cell for row in block.rows for cell in row if squeezed(cell) not in text] == []
        assert block.rows or squeezed(block.empty) in text
    for words, count in shown.lengths.bars:
        assert squeezed(f"{words.capitalize()}{count.words(shown.least)}") in text
    assert pdf == Sheets().figures(shown)


def test_the_reason_has_the_room_that_days_do_not_need(desk: TestDesk) -> None:
    """One reason took five lines beside columns that were half empty: a list of twenty went on over three pages."""
    reason = "History of a serious mental health problem, on treatment with the team here"
    decided(desk, held(desk, 90, "Serving", **LONG), reason=reason)
    lines = "\n".join(pages_of(Sheets().figures(figures(desk.acting(Role.LEAD))))).splitlines()
    assert any("History of a serious mental health" in line for line in lines), lines


def test_a_proposal_is_marked_as_one(desk: TestDesk) -> None:
    """What a think tank asks for must not lie on a desk like guidance."""
    lead = desk.acting(Role.LEAD)
    a_page(desk, Role.LEAD)
    turn_by_prescriber(lead, True, "agreed with the prescribers")
    text = whole(Sheets().figures(figures(lead)))
    assert text.count("PROPOSAL") == 5
    assert "R-18,aproposal,noguidance:ComingClean" in text
    assert "DEMONSTRATION" not in text


def test_the_managers_sheet_is_one_page_without_a_name(desk: TestDesk) -> None:
    """It is left on tables."""
    shown = a_page(desk, Role.MANAGER)
    pdf = Sheets().figures(shown)
    assert len(pages_of(pdf)) == 1
    text = whole(pdf)
    assert not any(word in text for word in ("REMANDED", "SERVING", "LIFTED", "CK", "Castellan"))
    assert "countsalone" in text
    assert "Groupsof1to4peoplestandasfewerthan5." in text


def test_long_lists_go_on_with_their_titles_and_lose_nobody(desk: TestDesk) -> None:
    """Thirty overdue reviews: the last of them is on the paper too."""
    for at in range(30):
        decided(desk, held(desk, at, "Waiting"), since=date(2010, 1, 5) + timedelta(days=at))
    shown = figures(desk.acting(Role.LEAD))
    pages = pages_of(Sheets().figures(shown))
    assert len(pages) > 1
    text = whole(Sheets().figures(shown))
    assert all(squeezed(f"WAITING, Daniel {at}") in text for at in range(30))
    assert sum("What asks for it" in page for page in pages) == sum("WAITING" in page for page in pages)


def test_where_there_is_nothing_the_paper_says_so(desk: TestDesk) -> None:
    """An empty sheet reads like a fault of the printer."""
    text = whole(Sheets().figures(figures(desk.acting(Role.LEAD))))
    for said in ("Nobody here has a regime in force.", "No review is overdue.", "No reduction has ended yet"):
        assert squeezed(said) in text
