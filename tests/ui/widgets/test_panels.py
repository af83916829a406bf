"""What stands beside the form: who it is, what is proposed, who is next, and sentences in place of dialogs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from field_bench import shown_words
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pdtdesk.ui.theme import Theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.banner import BannerFacts, PatientBanner
from pdtdesk.ui.widgets.card import Card, Scrolled, button
from pdtdesk.ui.widgets.columns import ColumnsLayout, Panes
from pdtdesk.ui.widgets.field import Choice, FieldSpec, Kind, Look, build_field
from pdtdesk.ui.widgets.fieldtable import FieldTable
from pdtdesk.ui.widgets.flow import FlowLayout
from pdtdesk.ui.widgets.notice import Action, EmptyState, Notice, NoticeBar
from pdtdesk.ui.widgets.rows import Row, whole
from pdtdesk.ui.widgets.search import SearchBox
from pdtdesk.ui.widgets.table import Table
from pdtdesk.ui.widgets.timeline import Timeline
from pdtdesk.ui.widgets.trend import ScoreTrend, TrendPoint
from pdtdesk.ui.widgets.words import Chip, ChipFacts, words
from pdtdesk.ui.widgets.worklist import Worklist

SPARROW = BannerFacts(
    "SPARROW, Daniel Lee",
    "A4127CK",
    "28 y · b. 14 Mar 1982",
    "man",
    "B1-07 first night",
    (ChipFacts("Self-harm 2008", Tone.AMBER),),
    (ChipFacts("Allergy: penicillin", Tone.RED),),
)


def test_the_banner_names_the_patient_and_what_can_hurt(qtbot: QtBot) -> None:
    banner = PatientBanner()
    qtbot.addWidget(banner)
    banner.show_facts(SPARROW)
    for part in ("SPARROW, Daniel Lee", "A4127CK", "28 y", "man", "B1-07", "Self-harm 2008", "penicillin"):
        assert part in shown_words(banner)
        assert part in banner.accessibleName()


def test_the_banner_never_shows_two_patients_at_once(qtbot: QtBot) -> None:
    banner = PatientBanner()
    qtbot.addWidget(banner)
    banner.show_facts(SPARROW)
    banner.show_facts(replace(SPARROW, name="OKAFOR, Emeka", number="A7710BN", allergies=()))
    assert "SPARROW" not in shown_words(banner)
    assert "penicillin" not in shown_words(banner)
    assert "Allergies not asked" in shown_words(banner)
    banner.show_facts(None)
    assert banner.isHidden()
    assert banner.accessibleName() == ""


def test_a_tone_never_stands_without_a_word(qtbot: QtBot) -> None:
    chip = Chip("drowsy", Tone.RED, mark=True)
    qtbot.addWidget(chip)
    assert chip.text() == "✕ drowsy"
    with pytest.raises(ValueError, match="needs a word"):
        chip.set_word(" ", Tone.RED)


def rows(count: int) -> tuple[Row, ...]:
    return tuple(
        Row(str(n), f"PERSON {n}", f"A{n:04}AA · withdrawal", ChipFacts("tonight", Tone.RED)) for n in range(count)
    )


def test_the_arrows_only_look_down_the_worklist_and_enter_or_a_step_opens(qtbot: QtBot) -> None:
    """Opening a record is audited: who is only passed on the way down the list has not been read."""
    worklist = Worklist("Arrivals")
    qtbot.addWidget(worklist)
    worklist.show_rows(rows(3))
    worklist.show()
    chosen: list[str] = []
    opened: list[str] = []
    worklist.chosen.connect(chosen.append)
    worklist.opened.connect(opened.append)
    worklist.step(1)
    qtbot.keyClick(worklist, Qt.Key.Key_Down)
    qtbot.keyClick(worklist, Qt.Key.Key_Return)
    worklist.step(1)
    worklist.step(1)
    assert chosen == ["0", "1", "2"]
    assert opened == ["0", "1", "2"], "a step opens, an arrow does not"


def test_the_person_in_hand_stays_in_hand_when_the_list_is_sorted_anew(qtbot: QtBot) -> None:
    worklist = Worklist("Arrivals")
    qtbot.addWidget(worklist)
    worklist.show_rows(rows(3))
    worklist.choose("1")
    chosen: list[str] = []
    worklist.chosen.connect(chosen.append)
    worklist.show_rows(tuple(reversed(rows(5))))
    assert worklist.current_id() == "1"
    assert chosen == []
    worklist.show_rows(())
    assert worklist.current_id() is None


def test_a_list_of_a_thousand_builds_no_more_than_a_list_of_three(qtbot: QtBot) -> None:
    """A whole prison on one list must not make the nurse wait: rows are painted, never built."""
    worklist = Worklist("Arrivals")
    qtbot.addWidget(worklist)
    worklist.show()
    worklist.show_rows(rows(3))
    built = len(worklist.findChildren(QWidget))
    worklist.show_rows(rows(1000))
    worklist.repaint()
    assert len(worklist.rows()) == 1000
    assert len(worklist.findChildren(QWidget)) == built


def test_a_screen_reader_hears_the_whole_row(qtbot: QtBot) -> None:
    worklist = Worklist("Arrivals")
    qtbot.addWidget(worklist)
    worklist.show_rows(rows(1))
    said = worklist.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "PERSON 0, A0000AA · withdrawal, tonight"


def test_who_is_in_hand_stays_in_sight_when_the_list_has_less_room(qtbot: QtBot) -> None:
    """The banner opens over the list: the line in hand stood half below its edge, and the next was read for it."""
    listed = Worklist("Tonight")
    qtbot.addWidget(listed)
    listed.resize(240, 500)
    listed.show_rows(rows(30))
    listed.show()
    last = max(at for at in range(30) if listed.visualRect(listed.model().index(at, 0)).bottom() < 500)
    listed.choose(listed.rows()[last].id)
    listed.resize(240, 440)
    QApplication.processEvents()
    assert listed.visualRect(listed.currentIndex()).bottom() < listed.viewport().height()


def test_a_dose_is_never_parted_from_its_unit() -> None:
    """`10` at the end of one line and `mg` on the next is read as ten of something else."""
    assert whole("chlordiazepoxide 10 mg") == "chlordiazepoxide 10\u00a0mg"
    assert whole("") == ""


@pytest.fixture
def search(qtbot: QtBot) -> SearchBox:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    box = SearchBox("Search name, prison number", "Ctrl K", window)
    column.addWidget(box)
    column.addStretch(1)
    window.resize(700, 400)
    window.show()
    window.activateWindow()
    box.window_kept = window
    qtbot.waitUntil(window.isActiveWindow)
    box.take_focus()
    return box


def test_search_asks_at_every_key_and_the_arrows_choose(search: SearchBox, qtbot: QtBot) -> None:
    asked: list[str] = []
    chosen: list[str] = []
    search.asked.connect(asked.append)
    search.chosen.connect(chosen.append)
    qtbot.keyClicks(search.line, "per")
    assert asked == ["p", "pe", "per"]
    search.show_found("per", rows(3))
    assert search.is_open()
    qtbot.keyClick(search.line, Qt.Key.Key_Down)
    qtbot.keyClick(search.line, Qt.Key.Key_Return)
    assert chosen == ["1"]
    assert not search.is_open()
    assert search.line.text() == ""


@pytest.mark.parametrize("width", [200, 280, 400])
def test_what_may_be_searched_for_does_not_run_into_the_key(qtbot: QtBot, width: int) -> None:
    """At 1280 px *NHS number, cell* lay under *Ctrl K*, and neither could be read."""
    box = SearchBox("Search name, prison number, NHS number, cell", "Ctrl K", short="Search name")
    qtbot.addWidget(box)
    box.resize(width, 40)
    box.show()
    key = box.line.findChild(QLabel)
    words_end = box.line.fontMetrics().horizontalAdvance(box.line.placeholderText())
    assert words_end < (key.x() if key.isVisible() else width)
    assert box.line.accessibleDescription() == "Search name, prison number, NHS number, cell", "it is heard whole"
    box.line.setText("a name that is typed")
    assert key.isHidden()
    assert box.line.textMargins().right() == 0, "the whole line is for what is typed"
    box.clear()
    assert key.isVisible()


def test_an_answer_to_older_letters_is_not_shown(search: SearchBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(search.line, "per")
    search.show_found("pe", rows(3))
    assert not search.is_open()


def test_nobody_found_is_said_with_what_to_try(search: SearchBox, qtbot: QtBot) -> None:
    chosen: list[str] = []
    search.chosen.connect(chosen.append)
    qtbot.keyClicks(search.line, "zzz")
    search.show_found("zzz", ())
    assert search.is_open()
    assert "Nobody here is called" in shown_words(search.window())
    qtbot.keyClick(search.line, Qt.Key.Key_Return)
    assert chosen == []
    qtbot.keyClick(search.line, Qt.Key.Key_Escape)
    assert not search.is_open()


def test_a_notice_stands_in_place_and_its_buttons_answer(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.show_notice(
        Notice("37 people were taken in; line 14 was not.", Tone.AMBER, (Action("show", "Show line 14"),))
    )
    assert not bar.isHidden()
    assert bar.sentence().startswith("37 people")
    assert "!" in shown_words(bar)
    chosen: list[str] = []
    bar.chosen.connect(chosen.append)
    by_words = {b.text(): b for b in bar.findChildren(QPushButton)}
    qtbot.mouseClick(by_words["Show line 14"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(by_words["Close"], Qt.MouseButton.LeftButton)
    assert chosen == ["show", "close"]
    assert bar.isHidden()


def test_a_notice_does_not_take_the_keyboard_from_the_field_in_hand(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    bar, line = NoticeBar(), QLineEdit()
    column.addWidget(bar)
    column.addWidget(line)
    window.show()
    line.setFocus()
    bar.say("Saved.", Tone.GREEN)
    assert window.focusWidget() is line


def test_an_empty_page_says_what_will_appear_and_how_to_begin(qtbot: QtBot) -> None:
    empty = EmptyState("No arrivals yet", "Tonight's people will stand here.", "Take in list")
    qtbot.addWidget(empty)
    assert empty.begin is not None
    with qtbot.waitSignal(empty.begun):
        qtbot.keyClick(empty.begin, Qt.Key.Key_Space)


def test_a_trend_says_its_scores_also_to_those_who_do_not_see_it(qtbot: QtBot) -> None:
    trend = ScoreTrend("COWS", 48)
    qtbot.addWidget(trend)
    assert trend.accessibleName() == "COWS: no scores yet"
    empty = trend.grab().toImage()
    trend.show_points((TrendPoint("21:40", 15, 0), TrendPoint("23:40", 11, 120)))
    assert trend.accessibleName() == "COWS: 15 at 21:40, 11 at 23:40"
    assert trend.grab().toImage() != empty


def test_the_timeline_says_when_nothing_is_written(qtbot: QtBot) -> None:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    assert "Nothing is written yet" in shown_words(timeline)
    timeline.show_rows(rows(2))
    assert timeline.list.rows() == rows(2)
    assert not timeline.list.isHidden()


def test_a_table_is_read_by_keyboard_and_keeps_its_row(qtbot: QtBot) -> None:
    table = Table("Doses", ("Medicine", "When", "mg"), (2,))
    qtbot.addWidget(table)
    table.show_rows(("a", "b"), (("Methadone", "31 May", "55"), ("Methadone", "1 Jun", "105")))
    opened: list[str] = []
    table.opened.connect(opened.append)
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == ["b"]
    table.show_rows(("b", "c"), (("Methadone", "1 Jun", "105"), ("Methadone", "2 Jun", "55")))
    assert table.current_id() == "b"
    figure = table.model().index(0, 2).data(Qt.ItemDataRole.TextAlignmentRole)
    assert figure & Qt.AlignmentFlag.AlignRight


def test_small_fields_reflow_when_the_words_grow(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box, 8, 4)
    for _ in range(10):
        flow.addWidget(words("Sweating", parent=box))
    box.resize(900, 300)
    assert flow.heightForWidth(200) > flow.heightForWidth(900)
    box.show()
    box.resize(200, 300)
    flow.activate()
    assert all(box.rect().contains(label.geometry()) for label in box.findChildren(QLabel))


def test_columns_are_as_many_as_leave_room_for_the_words(qtbot: QtBot, dress: Callable[..., Theme]) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    columns = ColumnsLayout(box, letters=34, most=3)
    for _ in range(6):
        columns.addWidget(QLineEdit(box))
    assert columns.columns_for(900) == 3
    dress(text_scale=2.0)
    assert columns.columns_for(900) == 1


def test_what_is_proposed_goes_under_the_list_when_the_page_needs_the_room(qtbot: QtBot) -> None:
    left, middle, right = Card("Arrivals"), Card("Triage"), Card("Plan")
    panes = Panes(middle, left, right)
    qtbot.addWidget(panes)
    panes.resize(1400, 700)
    panes.show()
    qtbot.waitUntil(lambda: right.x() > middle.x() > left.x())
    assert not panes.is_folded()
    panes.resize(900, 700)
    qtbot.waitUntil(panes.is_folded)
    qtbot.waitUntil(lambda: right.y() > left.y() and right.x() == left.x())
    assert middle.width() >= 500


def test_a_table_of_fields_folds_into_rows_and_keeps_its_answers(qtbot: QtBot, now: Callable[[], datetime]) -> None:
    table = FieldTable(("Substance", "Last", "Route", "Years"))
    qtbot.addWidget(table)
    routes = (Choice("inject", "Inject"), Choice("smoke", "Smoke"))
    fields = []
    for name in ("Opioids", "Alcohol"):
        row = [
            build_field(FieldSpec(f"{name}.last", f"{name}: last", Kind.DAY, look=Look.BARE), now),
            build_field(FieldSpec(f"{name}.route", f"{name}: route", Kind.CHOICE, routes, look=Look.BARE), now),
            build_field(FieldSpec(f"{name}.years", f"{name}: years", Kind.INTEGER, unit="y", look=Look.BARE), now),
        ]
        table.add_row(name, row)
        fields += row
    fields[0].set_value("2010-05-30")
    table.resize(900, 300)
    table.show()
    table.arrange()
    assert not table.is_folded()
    assert fields[0].label.isHidden()
    table.resize(260, 600)
    qtbot.waitUntil(table.is_folded)
    assert not fields[0].label.isHidden()
    assert fields[0].value() == "2010-05-30"
    table.resize(900, 300)
    qtbot.waitUntil(lambda: not table.is_folded())
    assert fields[0].value() == "2010-05-30"
    assert fields[0].isVisible()


def test_the_field_in_hand_is_always_in_sight(qtbot: QtBot, now: Callable[[], datetime]) -> None:
    page = Scrolled()
    qtbot.addWidget(page)
    fields = [build_field(FieldSpec(f"k{at}", f"Question {at}"), now) for at in range(30)]
    for field in fields:
        page.add(field)
    page.resize(300, 200)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    fields[25].take_focus()
    qtbot.waitUntil(lambda: not fields[25].input.target().visibleRegion().isEmpty())
    fields[0].take_focus()
    qtbot.waitUntil(lambda: not fields[0].input.target().visibleRegion().isEmpty())
    for at in range(20):
        qtbot.keyClick(fields[at].input.target(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not fields[20].input.target().visibleRegion().isEmpty())


def test_a_button_has_the_name_that_is_written_on_it(qtbot: QtBot) -> None:
    made = button("&Print && close")
    qtbot.addWidget(made)
    assert made.accessibleName() == "Print & close"


def test_a_table_of_fields_folds_when_the_words_grow(
    qtbot: QtBot, now: Callable[[], datetime], dress: Callable[..., Theme]
) -> None:
    table = FieldTable(("Substance", "Last", "When"))
    qtbot.addWidget(table)
    cells = [build_field(FieldSpec(f"k{at}", "Last", Kind.MOMENT, look=Look.BARE), now) for at in range(2)]
    table.add_row("Opioids", cells)
    table.resize(480, 300)
    table.show()
    table.arrange()
    assert not table.is_folded()
    dress(text_scale=2.0)
    qtbot.waitUntil(table.is_folded)
    assert table.width() == 480
