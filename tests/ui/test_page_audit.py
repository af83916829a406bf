"""The audit of pages finds what it is there to find."""

from collections.abc import Callable
from datetime import datetime

import pytest
from page_audit import audit_page
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pdtdesk.ui.theme import Theme, current_theme
from pdtdesk.ui.tokens import Scheme
from pdtdesk.ui.widgets.card import Card, Scrolled, button, button_row
from pdtdesk.ui.widgets.columns import ColumnsLayout
from pdtdesk.ui.widgets.field import Choice, FieldSpec, Kind, build_field
from pdtdesk.ui.widgets.words import words


def a_page(now: Callable[[], datetime], count: int = 8) -> QWidget:
    """A card of fields that scrolls, and its buttons."""
    page = QWidget()
    page.setProperty("kind", "ground")
    column = QVBoxLayout(page)
    scrolled = Scrolled(page)
    column.addWidget(scrolled)
    card = Card("1 Arrival", "confirmed 21:31")
    columns = ColumnsLayout(most=2)
    choices = (Choice("remand", "Remand"), Choice("sentenced", "Sentenced"))
    for at in range(count):
        kind = (Kind.TEXT, Kind.DAY, Kind.YES_NO_UNKNOWN, Kind.CHOICE)[at % 4]
        columns.addWidget(
            build_field(FieldSpec(f"k{at}", f"Question {at}", kind, choices if at % 4 == 3 else ()), now)
        )
    card.add(columns)
    scrolled.add(card)
    scrolled.add(button_row(button("Keep as draft"), button("Save triage", "primary")))
    scrolled.end()
    page.resize(900, 400)
    page.show()
    return page


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_page_of_the_kit_has_nothing_to_complain_of(
    qtbot: QtBot, now: Callable[[], datetime], dress: Callable[..., Theme], scheme: Scheme, scale: float
) -> None:
    dress(scheme, scale)
    page = a_page(now)
    qtbot.addWidget(page)
    assert audit_page(page) == []


def test_a_page_dressed_anew_has_nothing_to_complain_of(
    qtbot: QtBot, now: Callable[[], datetime], dress: Callable[..., Theme]
) -> None:
    page = a_page(now)
    qtbot.addWidget(page)
    dress(Scheme.DARK, 2.0)
    assert audit_page(page) == []


@pytest.fixture
def bare(qtbot: QtBot) -> QWidget:
    page = QWidget()
    page.setProperty("kind", "ground")
    qtbot.addWidget(page)
    page.resize(400, 200)
    return page


def found(page: QWidget) -> str:
    page.show()
    return " | ".join(audit_page(page))


def test_an_input_without_a_name_or_a_label_is_found(bare: QWidget) -> None:
    QVBoxLayout(bare).addWidget(QLineEdit(bare))
    assert "no accessible name" in found(bare)
    assert "nobody's buddy" in found(bare)


def test_words_that_are_cut_are_found(bare: QWidget) -> None:
    QVBoxLayout(bare).addWidget(words("Methadone 55 mg", parent=bare))
    label = bare.findChild(QLabel)
    assert label is not None
    label.setFixedWidth(40)
    assert "is cut" in found(bare)


def test_a_sentence_without_room_for_its_lines_is_found(bare: QWidget) -> None:
    label = QLabel("No opioid substitute without a signed order; until then observe and repeat.", bare)
    label.setWordWrap(True)
    label.setGeometry(0, 0, 80, 20)
    assert "px of height" in found(bare)


def test_words_that_run_out_of_what_holds_them_are_found(bare: QWidget) -> None:
    label = words("55 mg", parent=QWidget(bare))
    label.adjustSize()
    label.parentWidget().resize(label.size())
    label.move(10, 0)
    assert "runs out of what holds it" in found(bare)


def test_a_tab_order_against_the_reading_order_is_found(bare: QWidget) -> None:
    row = QHBoxLayout(bare)
    first, second, third = (button(words, parent=bare) for words in ("First", "Second", "Third"))
    for one in (first, second, third):
        row.addWidget(one)
    assert "Tab goes" not in found(bare)
    QWidget.setTabOrder(third, second)
    assert "Tab goes from _Button “Third” back to _Button “Second”" in found(bare)


def test_a_tab_order_from_below_to_above_is_found(bare: QWidget) -> None:
    column = QVBoxLayout(bare)
    first, second = button("First", parent=bare), button("Second", parent=bare)
    column.addWidget(second)
    column.addWidget(first)
    assert "Tab goes from _Button “First” back to _Button “Second”" in found(bare)


def test_words_too_faint_to_be_read_are_found(bare: QWidget) -> None:
    label = words("55 mg", parent=bare)
    QVBoxLayout(bare).addWidget(label)
    assert "contrast" not in found(bare)
    label.setStyleSheet(f"color: #b4bcc4; background: {current_theme().hex('card')}")
    assert "contrast" in found(bare)


def test_faint_words_are_found_also_where_one_must_scroll_to_them(qtbot: QtBot, now: Callable[[], datetime]) -> None:
    page = a_page(now, 24)
    qtbot.addWidget(page)
    last = page.findChildren(QPushButton)[-1]
    last.setStyleSheet("color: #dddddd; background: #ffffff")
    assert any("Save triage" in said and "contrast" in said for said in audit_page(page))


def test_a_dose_may_be_held_to_seven_to_one(bare: QWidget) -> None:
    QVBoxLayout(bare).addWidget(words("55 mg", "muted", parent=bare))
    bare.show()
    assert audit_page(bare, least=4.5) == []
    assert any("less than 7" in said for said in audit_page(bare, least=7.0))
