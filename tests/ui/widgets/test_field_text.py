"""Words are kept letter for letter, or refused whole."""

import pytest
from field_bench import Make, has_keyboard, held, type_in
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from pdtdesk.ui.widgets.field import FieldSpec, Kind


def paste(qtbot: QtBot, words: str) -> None:
    QApplication.clipboard().setText(words)
    qtbot.keyClick(held(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.LONG_TEXT])
@pytest.mark.parametrize(
    ("pasted", "said"),
    [("x" * 100_000, "100,0"), ("a\x07b", "cannot be printed"), ("abc\u202edef", "cannot be printed")],
)
def test_a_paste_that_cannot_be_kept_is_refused_and_nothing_that_stood_is_lost(
    make: Make, qtbot: QtBot, kind: Kind, pasted: str, said: str
) -> None:
    field, _ = make(FieldSpec("a", "Said", kind), FieldSpec("b", "B"))
    type_in(qtbot, "lives alone ", enter=False)
    paste(qtbot, pasted)
    assert said in field.error()
    assert field.value() == "lives alone"
    type_in(qtbot, "now")
    assert field.value() == "lives alone now"
    assert field.error() == ""


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.LONG_TEXT])
@pytest.mark.parametrize("name", ["שרה כהן", "محمد الأمين", "Zoë 🙂👩‍⚕️", "李小龍"])
def test_names_in_every_script_and_emoji_are_kept_letter_for_letter(
    make: Make, qtbot: QtBot, kind: Kind, name: str
) -> None:
    field, _ = make(FieldSpec("a", "Name", kind), FieldSpec("b", "B"))
    paste(qtbot, name)
    qtbot.keyClick(held(), Qt.Key.Key_Return)
    assert field.value() == name


def test_pasted_lines_become_one_line(make: Make, qtbot: QtBot) -> None:
    field, _ = make(FieldSpec("a", "Address"), FieldSpec("b", "B"))
    paste(qtbot, "12 High Street\nLeeds")
    assert field.value() == "12 High Street Leeds"


def test_long_text_takes_new_lines_with_ctrl_enter(make: Make, qtbot: QtBot) -> None:
    field, after = make(FieldSpec("a", "Account", Kind.LONG_TEXT), FieldSpec("b", "B"))
    type_in(qtbot, "one", enter=False)
    qtbot.keyClick(held(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    type_in(qtbot, "two")
    assert field.value() == "one\ntwo"
    assert has_keyboard(after)


def test_long_text_grows_with_what_is_written(make: Make) -> None:
    field, _ = make(FieldSpec("a", "Account", Kind.LONG_TEXT), FieldSpec("b", "B"))
    pad = field.findChild(QPlainTextEdit)
    assert pad is not None
    before = pad.height()
    field.set_value("\n".join("line" for _ in range(6)))
    assert pad.height() > before
