"""The figures as a file: word for word what the page shows, and nothing in it that a spreadsheet reckons with."""

import csv
import io
from datetime import date

import pytest
from factories import TestDesk
from many_treated import decided, held, lifted

from pdtdesk.domain.roles import Role
from pdtdesk.exchange.figures_csv import safe, written
from pdtdesk.services.oversight.figures import Figures, figures

LONG = {"status": "sentenced", "length": "P2Y"}


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def a_page(desk: TestDesk, role: Role, **reason: str) -> Figures:
    for at in range(6):
        decided(desk, held(desk, at, "Öztürk"))
    decided(desk, held(desk, 7, "Sparrow", **LONG), **reason)
    lifted(desk, held(desk, 8, "Hale"), date(2010, 5, 31))
    return figures(desk.acting(role), demonstration=True)


@pytest.mark.parametrize("role", [Role.LEAD, Role.MANAGER])
def test_every_block_stands_in_the_file_as_it_stands_on_the_page(desk: TestDesk, role: Role) -> None:
    """Two versions of one figure, and nobody knows which was reported."""
    shown = a_page(desk, role, reason="begins treatment, next month")
    found = rows(written(shown))
    for block in shown.blocks:
        heads = ([block.title], [block.title, "PROPOSAL"])
        at = next(number for number, row in enumerate(found) if row in heads)
        said = [row for row in found[at:] if row][: len(block.rows) + 4]
        assert all(list(row) in said for row in block.rows)
        assert ("PROPOSAL" in found[at]) is block.proposal
        assert block.rows or [block.empty] in said
    assert found[0] == ["Figures of treatment", "HMP Ashmoor", "DEMONSTRATION"]


def test_the_managers_file_holds_no_name_and_no_small_number(desk: TestDesk) -> None:
    """A file travels further than a screen."""
    data = written(a_page(desk, Role.MANAGER))
    text = data.decode("utf-8-sig")
    assert not any(word in text for word in ("SPARROW", "HALE", "Öztürk", "ÖZTÜRK", "CK", "Castellan"))
    assert "fewer than 5" in text
    assert not {"1", "2", "3", "4"} & {cell for row in rows(data) for cell in row}
    assert "Groups of 1 to 4 people stand as fewer than 5." in text


@pytest.mark.parametrize(
    "typed",
    ["=HYPERLINK(A1)", "+1+1", "-2+3", "@SUM(A1)", "  =1+1", "＝1+1", "\u00a0=1", "\u2003=1", "\u200b=1", '"=1+1"'],
)
def test_what_somebody_typed_is_never_a_formula(typed: str) -> None:
    """A reason that begins with = sends the sheet to whoever wrote it, as soon as it is opened."""
    assert safe(typed) == f"'{typed}"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("SEMI;=1+1", "SEMI;'=1+1"),
        ("a;\u00a0=1+1;b", "a;'\u00a0=1+1;b"),
        ('a;"=1+1"', 'a;\'"=1+1"'),
        ("told\n=1", "told\n'=1"),
        ("\t=1", "\t'=1"),
        ("\r=1", "\r'=1"),
        ("seen; agreed; 5 = five", "seen; agreed; 5 = five"),
    ],
)
def test_nor_is_it_where_another_spreadsheet_begins_a_cell(typed: str, kept: str) -> None:
    """One that separates by semicolons splits the reason, and its second half would be a formula."""
    assert safe(typed) == kept


@pytest.mark.parametrize("separator", [";", "\t"])
def test_read_with_another_separator_no_cell_begins_with_a_formula(desk: TestDesk, separator: str) -> None:
    """A spreadsheet that separates by semicolons makes ugly rows of the file, and may not reckon with one of them."""
    text = written(a_page(desk, Role.LEAD, reason="SEMI;=1+1;\t=2\n=3")).decode("utf-8-sig")
    for cell in (cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row):
        assert not cell.lstrip(' "').startswith(("=", "+", "-", "@")), cell


def test_every_cell_stands_in_quotation_marks(desk: TestDesk) -> None:
    """A cell without them is split by whatever the spreadsheet takes for a separator."""
    lines = written(a_page(desk, Role.LEAD)).decode("utf-8-sig").split("\r\n")
    assert all(each.startswith('"') and each.endswith('"') for each in lines if each)
    assert '"Regimes in force","7"' in lines


@pytest.mark.parametrize("plain", ["12", "fewer than 5", "– without a reason", "–", "5 = five", "O'BRIEN, Sean", ""])
def test_plain_words_stay_as_they_are(plain: str) -> None:
    """An apostrophe before every name would be a fault of its own."""
    assert safe(plain) == plain


def test_a_reason_with_a_formula_in_it_comes_out_as_words(desk: TestDesk) -> None:
    """By the whole way: typed at the choice, folded, listed, written."""
    found = rows(written(a_page(desk, Role.LEAD, reason="=cmd|' /C calc'!A0")))
    assert any("'=cmd|' /C calc'!A0" in row for row in found)
    assert not any(cell.startswith("=") for row in found for cell in row)


def test_the_file_says_in_its_first_bytes_that_it_is_utf_8_and_is_the_same_each_time(desk: TestDesk) -> None:
    """Without the mark a spreadsheet shows ÖZTÜRK as something else, and nobody finds him."""
    shown = a_page(desk, Role.LEAD)
    data = written(shown)
    assert data.startswith(b"\xef\xbb\xbf")
    assert "ÖZTÜRK" not in data.decode("ascii", errors="ignore")
    assert data == written(shown)


def test_remarks_stand_in_the_file(desk: TestDesk) -> None:
    """What was not counted is said wherever the figures go."""
    who = held(desk)
    decided(desk, who)
    decided(desk, who, "gradual_reduction", since=date(2010, 5, 4))
    found = rows(written(figures(desk.acting(Role.LEAD))))
    assert any(row and row[0] == "Note" and "contradict each other" in row[1] for row in found)
    assert found[0] == ["Figures of treatment", "HMP Ashmoor"]
