"""A bench for fields: what the tests of fields share."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pdtdesk.ui.widgets.field import Choice, Field, Past

BEFORE = Past("0.5", "0.5 g", "R. Adeyemi", "9 Nov 2009")
ROUTES = tuple(Choice(word, word.title()) for word in ("inject", "smoke", "oral", "snort", "other", "unknown"))
Make = Callable[..., list[Field]]


def held() -> QWidget:
    """The widget that has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def has_keyboard(field: Field) -> bool:
    return field.isAncestorOf(held())


def type_in(qtbot: QtBot, words: str, *, enter: bool = True) -> None:
    qtbot.keyClicks(held(), words)
    if enter:
        qtbot.keyClick(held(), Qt.Key.Key_Return)


def answers_of(*fields: Field) -> list[tuple[str, object]]:
    heard: list[tuple[str, object]] = []
    for field in fields:
        field.answered.connect(lambda key, value: heard.append((key, value)))
    return heard


def shown_words(widget: QWidget) -> str:
    """Every word in sight in a widget."""
    QApplication.processEvents()
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))
