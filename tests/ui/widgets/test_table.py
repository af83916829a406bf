"""No word of a line is cut: a task that cannot be read whole is a task that is not done."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pdtdesk.ui.widgets.table import Table, shared

HEADS = ("Due", "Person", "Cell", "What and why")
LINE = (
    "Fri 28 May 2010 · due",
    "GAJEWSKI, Vasile\nA6198SJ",
    "C2-03",
    "First week, to Tue 8 Jun 2010: look in often, and call the night nurse if the person cannot be woken, breathes "
    "slowly, has a fit or speaks of dying; the reason and the source stand in the plan.",
)
IDS = [str(number) for number in range(30)]


@pytest.mark.parametrize("shown_first", [True, False])
@pytest.mark.parametrize("width", [1000, 600])
def test_a_row_is_as_tall_as_its_words_at_the_first_showing(qtbot: QtBot, width: int, shown_first: bool) -> None:
    """The column was widened after the rows were measured: the last words of the task stood below the row's edge."""
    window = QWidget()
    qtbot.addWidget(window)
    table = Table("What is due", HEADS)
    QVBoxLayout(window).addWidget(table)
    window.resize(width, 500)
    if shown_first:
        window.show()
        QApplication.processEvents()
    table.show_rows(IDS, [LINE] * len(IDS))
    window.show()
    QApplication.processEvents()
    assert table.rowHeight(0) >= table.sizeHintForRow(0)
    assert table.rowHeight(0) > table.fontMetrics().height() * 2, "two lines at least"
    assert table.horizontalHeader().length() <= table.viewport().width(), "there is room, and it scrolls sideways"


@pytest.mark.parametrize("narrower", range(0, 40, 4))
def test_words_that_just_do_not_fit_go_to_a_second_line(qtbot: QtBot, narrower: int) -> None:
    """At 200 % the lease of everybody on the staff ended in dots: one line was measured, and two were drawn."""
    table = Table("Staff", ("Lease until", "Registration"))
    qtbot.addWidget(table)
    table.resize(600, 200)
    table.show()
    table.show_rows(["1"], [("Tue 15 Jun 2010", "")])
    one_line, enough = table.rowHeight(0), table.sizeHintForColumn(0)
    table.horizontalHeader().resizeSection(0, enough - narrower)
    table.resizeRowsToContents()
    assert (table.rowHeight(0) > one_line) is (narrower > 0)


def test_no_column_is_cut_while_another_has_words_to_give(qtbot: QtBot) -> None:
    """At 1280 px *Not yet* stood outside the card: how many still wait for their first dose was not to be seen."""
    heads = ("From arrival to", "Reached", "Half of them within", "The longest", "Not yet")
    table = Table("How long people wait", heads, range(1, 5))
    qtbot.addWidget(table)
    table.resize(490, 300)
    table.show()
    table.show_rows(["1"], [("Dose confirmed outside", "12", "2 d 13 h", "7 d 16 h", "63")])
    assert table.horizontalHeader().length() <= table.viewport().width()
    assert all(table.columnWidth(at) >= table.sizeHintForColumn(at) for at in range(1, 5)), "a figure is never broken"
    assert table.rowHeight(0) > table.fontMetrics().height() * 2, "its name goes to a second line"


def test_where_nothing_more_can_be_given_it_scrolls_and_the_first_column_is_whole(qtbot: QtBot) -> None:
    """Otherwise a name is cut in the middle of a word, and two of one surname are taken for each other."""
    table = Table("What is due", HEADS)
    qtbot.addWidget(table)
    table.resize(200, 300)
    table.show()
    table.show_rows(["1"], [LINE])
    assert table.horizontalScrollBar().isVisible()
    assert table.columnWidth(1) >= table.fontMetrics().horizontalAdvance("GAJEWSKI,")


def test_the_width_is_shared_the_widest_giving_way_first() -> None:
    """A list whose right half is empty is read twice as far from the name to what is to be done."""
    assert shared([(100, 40), (300, 100)], 800) == [200, 600]
    assert shared([(100, 40), (300, 100)], 250) == [100, 150]
    assert shared([(100, 40), (300, 100)], 10) == [40, 100]


def test_a_sentence_is_no_tower_of_words_beside_columns_that_stand_on_a_line() -> None:
    """In large letters one person's task fills the page, and the next of twenty is out of sight."""
    wide = [(180, 90), (180, 90), (60, 60), (1500, 150)]
    widths = shared(wide, 600)
    assert sum(widths) <= 600
    assert widths[3] > 300, "it takes its share of the lines"
    assert all(least <= width for width, (_, least) in zip(widths, wide, strict=True))
    assert shared(wide, 300) == [90, 90, 60, 150], "too narrow for all: sideways, and no word is broken"


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot: QtBot) -> None:
    """A hundred and fifty people are gone through one by one to come back to who waits."""
    table = Table("What is due", HEADS)
    qtbot.addWidget(table)
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.current_id() is None, "an empty list has no end to go to"
    table.show_rows(IDS, [LINE] * len(IDS))
    for key, row in ((Qt.Key.Key_End, IDS[-1]), (Qt.Key.Key_Home, IDS[0])):
        qtbot.keyClick(table, key)
        assert table.current_id() == row


def test_sentences_give_way_before_anything_is_cut_at_the_side(qtbot: QtBot) -> None:
    """In large letters the reason went on beyond the edge, and its scroll bar stood below the last row in sight."""
    table = Table("Maintenance beyond 26 weeks", (*HEADS, "Reason"))
    qtbot.addWidget(table)
    table.show()
    table.show_rows(["1"], [(*LINE, "Injected in prison on an earlier sentence; assessed with the psychiatrist")])
    table.resize(100, 300)
    words_alone = sum(least for _, least in table._narrow)
    assert words_alone < sum(least for _, least in table._wide)
    table.resize(table.width() - table.viewport().width() + words_alone, 300)
    assert table.horizontalHeader().length() <= table.viewport().width()
    qtbot.waitUntil(lambda: not table.horizontalScrollBar().isVisible())
