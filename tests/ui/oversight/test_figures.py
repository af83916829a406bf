"""The page of treatment figures at a real desk: counted, stopped, opened by the lead, taken away on purpose."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from at_desk import A_PAGE, AtDesk, sitting_at
from factories import TestDesk
from many_treated import decided, given, held, lifted
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLabel

from pdtdesk.domain.roles import Role
from pdtdesk.exchange.figures_csv import written
from pdtdesk.services.oversight.figures import Figures
from pdtdesk.ui.oversight.figures import FiguresPage
from pdtdesk.ui.theme.theme import current_theme

LONG = {"status": "sentenced", "length": "P2Y"}


@pytest.fixture
def treated(desk: TestDesk) -> TestDesk:
    for at in range(6):
        who = held(desk, at, f"Remanded{chr(97 + at)}")
        decided(desk, who, since=date(2010, 1, 5))
        given(desk, who, date(2010, 2, 1), *[30] * 5, *range(28, -1, -2))
    decided(desk, held(desk, 7, "Serving", **LONG))
    lifted(desk, held(desk, 8, "Lifted"), date(2010, 5, 31))
    return desk


@pytest.fixture
def at(qtbot, treated: TestDesk) -> Iterator[AtDesk]:
    with sitting_at(qtbot, treated) as made:
        made.station.figures_csv = written
        made.paper.printed = []
        made.paper.figures = lambda sheet: (made.paper.printed.append(sheet), A_PAGE)[1]
        yield made


def a_page(at: AtDesk, role: Role = Role.LEAD) -> FiguresPage:
    at.sign_in(role)
    page = at.show(FiguresPage(at.station))
    at.settle()
    return page


def said(page: FiguresPage) -> str:
    """All words that stand on the page."""
    tables = [card.table for card in page.cards.values() if card.table is not None]
    cells = [
        str(table.model().index(row, column).data())
        for table in tables
        for row in range(table.model().rowCount())
        for column in range(table.model().columnCount())
    ]
    labels = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    return "\n".join([*labels, *cells])


def done(at: AtDesk) -> list[str]:
    return [row.line.what for row in at.audited()]


def test_the_page_counts_when_it_is_opened_and_the_lead_reads_names(at: AtDesk) -> None:
    """The counts first, the lists under them; the keyboard waits where it can go on."""
    page = a_page(at)
    words = said(page)
    assert "SERVING, Daniel 7" in words
    assert "LIFTED, Daniel 8" in words
    assert "8 people here · as at Tue 1 Jun 2010 21:40" in words
    assert page.chart is not None
    assert page.chart.accessibleName().startswith("Length of reductions. up to 14 days: 0; 15 to 19 days: 6")
    assert at.focus() is page.again
    assert not page.stop.isVisible()
    assert "opened the figures of treatment" in done(at)


def test_the_manager_reads_counts_alone(at: AtDesk) -> None:
    """No name, no small number, no button for the lead's table."""
    page = a_page(at, Role.MANAGER)
    words = said(page)
    assert not any(word in words for word in ("REMANDED", "SERVING", "LIFTED", "CK", "Castellan"))
    assert "fewer than 5" in words
    assert "Counts alone: no name reaches this page. Groups of 1 to 4 people stand as fewer than 5." in words
    assert "maintained" not in page.cards
    assert not page.by_prescriber.isVisible()


def test_opened_again_it_is_not_counted_again_until_asked(at: AtDesk) -> None:
    """Figures that change under the eyes of who writes them down."""
    page = a_page(at)
    shown = page.figures
    at.show(page)
    assert page.figures is shown
    page.again.click()
    at.settle()
    assert page.figures is not shown
    assert done(at).count("opened the figures of treatment") == 2


def test_counting_can_be_stopped_and_shows_nothing_by_halves(at: AtDesk) -> None:
    """A prison of a thousand, and somebody who has no time: Stop stops."""
    at.sign_in(Role.LEAD)
    page = FiguresPage(at.station)
    at.shell.add_page("figures", page)
    at.shell.show_page("figures")
    at.shell.show()
    assert page.stop.isVisibleTo(page)
    page.stop.click()
    at.settle()
    assert page.figures is None
    assert "Stopped" in page.notice.sentence()
    assert page.empty.isVisibleTo(page)
    page.again.click()
    at.settle()
    assert page.figures is not None
    assert not page.empty.isVisibleTo(page)


def test_a_name_of_a_list_opens_the_person(at: AtDesk) -> None:
    """From the list to the record by one key."""
    page = a_page(at)
    chosen = QSignalSpy(page.person_chosen)
    table = page.cards["maintained"].table
    table.setFocus()
    table.selectRow(0)
    at.press(Qt.Key.Key_Return)
    assert chosen.at(0)[0] == page.cards["maintained"].block.ids[0]
    page.cards["classes"].table.selectRow(0)
    page.cards["classes"].table.setFocus()
    at.press(Qt.Key.Key_Return)
    assert chosen.count() == 1


def test_printing_is_audited_and_shown_first(at: AtDesk) -> None:
    """The sheet is looked at before it lies in a printer."""
    page = a_page(at)
    page.print.click()
    at.settle()
    assert at.paper.printed == [page.figures]
    assert at.shown == [(A_PAGE, "Figures of treatment")]
    assert done(at)[0] == "figures of treatment printed"


def test_a_file_is_saved_where_it_is_typed_with_a_warning_before_and_after(at: AtDesk, tmp_path: Path) -> None:
    """Names in the clear on a stick: said before, said after, in the audit, for its owner's eyes alone."""
    page = a_page(at)
    page.save.click()
    assert "It will hold the names of people. A saved file is not encrypted" in page.save_card.said.text()
    page.save_card.path.set_value(str(tmp_path / "june"))
    page.save_card.save.click()
    at.settle()
    saved = tmp_path / "june.csv"
    assert saved.read_bytes() == written(page.figures)
    if os.name == "posix":
        assert saved.stat().st_mode & 0o077 == 0
    assert "The file is not encrypted." in page.notice.sentence()
    assert not page.save_card.isVisible()
    assert done(at)[0] == "figures of treatment saved as a file"


def test_the_manager_is_told_that_the_file_holds_counts_alone(at: AtDesk) -> None:
    """Nobody believes to have names in hand, or not to."""
    page = a_page(at, Role.MANAGER)
    page.save.click()
    assert page.save_card.said.text().startswith("It will hold counts alone.")


@pytest.mark.parametrize("typed", ["", "june.csv"])
def test_a_file_without_a_place_is_not_saved(at: AtDesk, typed: str) -> None:
    """A name alone lies wherever the program was started."""
    page = a_page(at)
    page.save.click()
    page.save_card.path.set_value(typed or None)
    page.save_card.save.click()
    at.settle()
    assert page.save_card.path.error()
    assert page.save_card.isVisible()
    page.save_card.cancel.click()
    assert not page.save_card.isVisible()


def test_what_was_counted_for_another_is_not_saved(at: AtDesk, tmp_path: Path) -> None:
    """The lead's lists do not leave the desk in the manager's hands, whatever the window does."""
    page = a_page(at)
    page.figures = replace(page.figures, by=replace(page.figures.by, id="somebody-else"))
    page.save.click()
    page.save_card.path.set_value(str(tmp_path / "june.csv"))
    page.save_card.save.click()
    at.settle()
    assert "counted for somebody else" in page.save_card.path.error()
    assert list(tmp_path.glob("*.csv")) == []
    page.print.click()
    at.settle()
    assert "counted for somebody else" in page.notice.sentence()


def test_by_prescriber_is_turned_on_with_a_reason_and_off_again(at: AtDesk) -> None:
    """Off until the lead says why not; a proposal, and marked as one."""
    page = a_page(at)
    assert "prescribers" not in page.cards
    page.by_prescriber.click()
    assert "no guidance (R-18)" in page.turn_card.said.text()
    page.turn_card.turn.click()
    assert "Say why" in page.turn_card.why.error()
    page.turn_card.why.set_value("agreed with all three")
    page.turn_card.turn.click()
    at.settle()
    at.settle()
    assert page.cards["prescribers"].block.proposal
    assert page.by_prescriber.text() == "Show by prescriber no longer…"
    page.by_prescriber.click()
    page.turn_card.why.set_value("not understood")
    page.turn_card.turn.click()
    at.settle()
    at.settle()
    assert "prescribers" not in page.cards


def test_an_empty_prison_is_told_in_words(qtbot, desk: TestDesk) -> None:
    """Empty states say what will stand there."""
    with sitting_at(qtbot, desk) as at:
        page = a_page(at)
        words = said(page)
        assert "Nobody here has a regime in force." in words
        assert "No review is overdue." in words
        assert page.chart.accessibleName().startswith("No reduction has ended yet")


def test_who_comes_next_finds_nothing_counted(at: AtDesk) -> None:
    """The lead's lists, still on the screen when the manager sits down."""
    page = a_page(at)
    page.save.click()
    at.station.signals.ended.emit()
    assert page.figures is None
    assert page.cards == {}
    assert not page.save_card.isVisible()


def test_larger_words_keep_the_tables_whole(at: AtDesk, qapp) -> None:
    """At 200 % the numbers still stand near their lines."""
    page = a_page(at)
    table = page.cards["classes"].table
    before = table.maximumWidth()
    plain = current_theme()
    plain.with_text_scale(2.0).apply(qapp)
    assert table.maximumWidth() > before
    plain.apply(qapp)


def test_a_small_count_of_reductions_is_a_hatched_piece(at: AtDesk) -> None:
    """Its length says nothing of the number."""
    page = a_page(at, Role.MANAGER)
    made: Figures = page.figures
    few = replace(made.lengths, bars=tuple((words, replace(count, count=None)) for words, count in made.lengths.bars))
    page.chart.show_lengths(few, 5)
    widths = {round(shape.width) for shape in page.chart.drawing().shapes if hasattr(shape, "height")}
    assert len(widths) == 1
    page.chart.show_lengths(None, 5)
    assert page.chart.drawing().words
