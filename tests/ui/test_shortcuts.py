"""Every key means one thing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pdtdesk.ui.shortcuts import Shortcut, Where, bind, clashes


def test_no_key_means_two_things_in_one_place() -> None:
    assert clashes() == ()


def test_a_clash_would_be_found() -> None:
    assert clashes((Shortcut.SEARCH, Shortcut.SEARCH)) == ("Ctrl+K is both SEARCH and SEARCH",)


@pytest.mark.parametrize("shortcut", list(Shortcut))
def test_every_shortcut_can_be_pressed_and_says_what_it_does(shortcut: Shortcut) -> None:
    assert not QKeySequence(shortcut.keys).isEmpty()
    assert QKeySequence(shortcut.keys)[0].key().name != "Key_unknown"
    assert shortcut.does
    assert "+" not in shortcut.shown


def test_a_key_of_the_page_is_not_heard_elsewhere(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    page, elsewhere = QWidget(), QLineEdit()
    inside = QLineEdit(page)
    column.addWidget(page)
    column.addWidget(elsewhere)
    page.setMinimumHeight(60)
    heard: list[int] = []
    bind(Shortcut.NEXT_SECTION, page, lambda: heard.append(1))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    elsewhere.setFocus()
    qtbot.keyPress(elsewhere, _key(Shortcut.NEXT_SECTION))
    assert heard == []
    inside.setFocus()
    qtbot.keyPress(inside, _key(Shortcut.NEXT_SECTION))
    assert heard == [1]


def test_a_key_that_fields_hear_by_themselves_is_not_bound_by_a_page(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    with pytest.raises(ValueError, match="heard by the field"):
        bind(Shortcut.NOT_ASKED, page, lambda: None)
    assert all(shortcut.value.native for shortcut in Shortcut if shortcut.where is Where.FIELD)


def _key(shortcut: Shortcut) -> Qt.Key:
    return QKeySequence(shortcut.keys)[0].key()


def test_a_key_that_is_held_down_is_meant_once(qtbot: QtBot) -> None:
    """Held a second too long, Ctrl S would save the first pass of everybody on the list."""
    page = QWidget()
    qtbot.addWidget(page)
    assert not bind(Shortcut.SAVE, page, lambda: None).autoRepeat()
