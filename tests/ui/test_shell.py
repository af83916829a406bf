"""The frame of the window: who, where, what is due, and the truth at its foot."""

from collections.abc import Callable, Iterator

import pytest
from page_audit import audit_page
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from pdtdesk.ui.shell import Page, RailItem, Shell, StatusFacts, TopFacts
from pdtdesk.ui.theme import Theme
from pdtdesk.ui.tokens import Scheme, Tone
from pdtdesk.ui.widgets.banner import BannerFacts
from pdtdesk.ui.widgets.rows import Row
from pdtdesk.ui.widgets.words import ChipFacts

STAGES = (
    RailItem("reception", "Reception", 12),
    RailItem("round", "Medicine round", 4),
    RailItem("oversight", "Oversight"),
)
SPARROW = BannerFacts(
    "SPARROW, Daniel Lee", "A4127CK", "28 y · b. 14 Mar 1982", "man", "B1-07 first night",
    (ChipFacts("Self-harm 2008", Tone.AMBER),), (ChipFacts("Allergy: penicillin", Tone.RED),),
)  # fmt: skip


class Form(Page):
    """A page with one line."""

    def __init__(self, title: str) -> None:
        self.title = title
        super().__init__()
        self.line = QLineEdit(self)
        QVBoxLayout(self).addWidget(self.line)
        self.visits = 0
        self.unsaved = ""

    def first_focus(self) -> QWidget:
        return self.line

    def opened(self) -> None:
        self.visits += 1

    def may_leave(self) -> str:
        return self.unsaved


@pytest.fixture
def shell(qtbot: QtBot) -> Iterator[Shell]:
    window = Shell()
    qtbot.addWidget(window)
    window.show_top(TopFacts("HMP Ashmoor · Reception 1", "Nurse · R. Adeyemi", demonstration=True))
    window.show_clock("Tue 1 Jun 2010 · 21:40")
    window.show_rail(STAGES)
    window.show_status(
        StatusFacts("Encrypted desk · saved 21:40:12", "No hub yet", "Guidance in force: 1 Apr 2010", "Locks in 4:52")
    )
    for page_id, title in (("reception", "Reception"), ("round", "Medicine round")):
        window.add_page(page_id, Form(title))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_page("reception")
    yield window
    window.close()


def form(shell: Shell, page_id: str) -> Form:
    page = shell.page(page_id)
    assert isinstance(page, Form)
    return page


def stage(shell: Shell, label: str) -> QPushButton:
    return next(b for b in shell.rail.findChildren(QPushButton) if b.accessibleName().startswith(label))


def test_a_page_comes_into_sight_with_the_keyboard_on_its_first_field(shell: Shell) -> None:
    assert form(shell, "reception").visits == 1
    assert QApplication.focusWidget() is form(shell, "reception").line
    assert shell.windowTitle() == "Reception · PDT Desk"


def test_the_rail_shows_what_is_due_and_announces_the_stage(shell: Shell, qtbot: QtBot) -> None:
    assert stage(shell, "Reception").accessibleName() == "Reception, 12 due"
    with qtbot.waitSignal(shell.stage_chosen) as chosen:
        qtbot.mouseClick(stage(shell, "Medicine"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["round"]
    assert stage(shell, "Reception").isChecked()
    shell.show_page("round")
    assert stage(shell, "Medicine").isChecked()
    assert not stage(shell, "Reception").isChecked()


def test_a_new_count_does_not_take_the_keyboard_away(shell: Shell) -> None:
    shell.show_rail((RailItem("reception", "Reception", 13), *STAGES[1:]))
    assert stage(shell, "Reception").accessibleName() == "Reception, 13 due"
    assert QApplication.focusWidget() is form(shell, "reception").line


def test_a_page_with_something_unsaved_is_not_left_without_a_word(shell: Shell) -> None:
    form(shell, "reception").unsaved = "The triage is not saved yet. Save it, or keep it as a draft."
    assert not shell.show_page("round")
    assert shell.current_page() == "reception"
    assert shell.notice.sentence().startswith("The triage is not saved")
    form(shell, "reception").unsaved = ""
    assert shell.show_page("round")


@pytest.mark.parametrize(
    ("key", "modifier", "signal"),
    [
        (Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier, "lock_asked"),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, "handbook_asked"),
        (Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier, "shortcuts_asked"),
        (Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, "theme_asked"),
        (Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier, "text_size_asked"),
        (Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier, "text_size_asked"),
    ],
)
def test_every_key_of_the_frame_works_from_within_a_field(
    shell: Shell, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, signal: str
) -> None:
    with qtbot.waitSignal(getattr(shell, signal)):
        qtbot.keyClick(form(shell, "reception").line, key, modifier)


def test_the_search_is_reached_by_its_key_and_the_rail_by_its_own(shell: Shell, qtbot: QtBot) -> None:
    line = form(shell, "reception").line
    qtbot.keyClick(line, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is shell.top.search.line
    with qtbot.waitSignal(shell.search_asked) as asked:
        qtbot.keyClicks(shell.top.search.line, "s")
    assert asked.args == ["s"]
    shell.show_found("s", (Row("1", "SPARROW"),))
    with qtbot.waitSignal(shell.search_chosen) as chosen:
        qtbot.keyClick(shell.top.search.line, Qt.Key.Key_Return)
    assert chosen.args == ["1"]
    qtbot.keyClick(shell.top.search.line, Qt.Key.Key_F2)
    assert QApplication.focusWidget() is stage(shell, "Reception")
    qtbot.keyClick(stage(shell, "Reception"), Qt.Key.Key_Down)
    with qtbot.waitSignal(shell.stage_chosen) as there:
        qtbot.keyClick(stage(shell, "Medicine"), Qt.Key.Key_Return)
    assert there.args == ["round"]


def test_with_nobody_signed_in_nothing_of_a_patient_is_in_sight(shell: Shell, qtbot: QtBot) -> None:
    shell.show_banner(SPARROW)
    assert shell.banner.isVisible()
    shell.show_top(TopFacts("HMP Ashmoor · Reception 1"))
    for away in (shell.rail, shell.banner, shell.top.search, shell.top.lock):
        assert not away.isVisible()
    heard: list[int] = []
    shell.lock_asked.connect(lambda: heard.append(1))
    line = form(shell, "reception").line
    qtbot.keyClick(line, Qt.Key.Key_F12)
    qtbot.keyClick(line, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert heard == []
    assert QApplication.focusWidget() is line


def test_the_rail_gives_way_when_the_words_are_large(shell: Shell, dress: Callable[..., Theme]) -> None:
    assert not shell.rail.is_narrow()
    dress(text_scale=2.0)
    assert shell.rail.is_narrow()
    assert shell.rail.width() < shell.rail.wide_width()
    dress()
    assert not shell.rail.is_narrow()


def test_a_page_that_is_replaced_is_let_go(shell: Shell, qtbot: QtBot) -> None:
    old = form(shell, "round")
    shell.add_page("round", Form("Medicine round"))
    qtbot.waitUntil(lambda: not isValid(old))
    assert shell.show_page("round")


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_the_frame_reads_well_in_every_light_and_size(
    shell: Shell, dress: Callable[..., Theme], scheme: Scheme, scale: float, size: tuple[int, int]
) -> None:
    dress(scheme, scale)
    shell.resize(*size)
    shell.show_banner(SPARROW)
    shell.say("37 people were taken in; line 14 was not.", Tone.AMBER)
    frame = shell.centralWidget()
    complaints = [said for said in audit_page(frame) if "nobody's buddy" not in said and "QLineEdit “”" not in said]
    assert complaints == []
    assert shell.size().width() == size[0]
