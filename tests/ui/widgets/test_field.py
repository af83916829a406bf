"""A nurse fills in a page without the mouse, and what was there is never lost."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from field_bench import ROUTES, Make, answers_of, has_keyboard, held, type_in
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pdtdesk.ui.widgets.field import Choice, FieldSpec, Kind, Look, build_field
from pdtdesk.ui.widgets.inputs.line import LineInput
from pdtdesk.ui.widgets.typed_days import Lean

EVERY_KIND = [
    FieldSpec("k", "Said", Kind.TEXT),
    FieldSpec("k", "Password", Kind.SECRET),
    FieldSpec("k", "In full", Kind.LONG_TEXT),
    FieldSpec("k", "Pulse", Kind.INTEGER, unit="a minute"),
    FieldSpec("k", "Amount", Kind.DECIMAL, unit="g"),
    FieldSpec("k", "Last used", Kind.DAY),
    FieldSpec("k", "Arrested", Kind.MOMENT),
    FieldSpec("k", "Drowsy", Kind.YES_NO),
    FieldSpec("k", "Shared", Kind.YES_NO_UNKNOWN),
    FieldSpec("k", "Route", Kind.CHOICE, choices=ROUTES),
    FieldSpec("k", "Reading", Kind.CHOICE, choices=ROUTES[:3]),
    FieldSpec("k", "Withdrawal seen", Kind.MULTI_CHOICE, choices=(Choice("none", "None"), *ROUTES[:3])),
    FieldSpec("k", "Sweating", Kind.SCORE, choices=tuple(Choice(str(n), f"words {n}") for n in range(5))),
]


@pytest.mark.parametrize("spec", EVERY_KIND, ids=lambda spec: f"{spec.kind}-{spec.label}")
def test_every_kind_has_its_label_its_buddy_and_its_names(make: Make, spec: FieldSpec) -> None:
    (field,) = make(spec)
    assert field.label.text() == spec.label
    assert field.label.buddy() is field.input.target()
    for target in field.input.targets():
        assert spec.label in target.accessibleName()
        assert "F4: not asked" in target.accessibleDescription()


@pytest.mark.parametrize("spec", EVERY_KIND, ids=lambda spec: f"{spec.kind}-{spec.label}")
def test_enter_goes_on_shift_enter_goes_back_and_tab_works_as_well(make: Make, qtbot: QtBot, spec: FieldSpec) -> None:
    first, second, third = make(FieldSpec("a", "Before"), spec, FieldSpec("c", "After"))
    qtbot.keyClick(held(), Qt.Key.Key_Return)
    assert has_keyboard(second)
    qtbot.keyClick(held(), Qt.Key.Key_Return)
    assert has_keyboard(third)
    qtbot.keyClick(held(), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert has_keyboard(second)
    qtbot.keyClick(held(), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert has_keyboard(first)
    qtbot.keyClick(held(), Qt.Key.Key_Tab)
    assert has_keyboard(second)
    qtbot.keyClick(held(), Qt.Key.Key_Tab)
    assert has_keyboard(third)


@pytest.mark.parametrize(
    ("spec", "typed", "recorded"),
    [
        (EVERY_KIND[0], "Leeds Crown Court", "Leeds Crown Court"),
        (EVERY_KIND[2], "says little", "says little"),
        (EVERY_KIND[3], "92", "92"),
        (EVERY_KIND[4], ".50", "0.5"),
        (EVERY_KIND[4], "0.5 g", "0.5"),
        (EVERY_KIND[5], "30/5", "2010-05-30"),
        (EVERY_KIND[6], "yesterday 19:05", "2010-05-31T19:05"),
        (EVERY_KIND[7], "y", "yes"),
        (EVERY_KIND[7], "n", "no"),
        (EVERY_KIND[8], "u", "unknown"),
        (EVERY_KIND[9], "or", "oral"),
        (EVERY_KIND[10], "2", "smoke"),
        (EVERY_KIND[11], "si", "smoke inject"),
        (EVERY_KIND[12], "3", "3"),
    ],
)
def test_what_is_typed_is_recorded_in_its_canonical_words(
    make: Make, qtbot: QtBot, spec: FieldSpec, typed: str, recorded: str
) -> None:
    field, _ = make(spec, FieldSpec("after", "After"))
    heard = answers_of(field)
    type_in(qtbot, typed)
    assert sorted((field.value() or "").split()) == sorted(recorded.split())
    assert heard
    assert heard[-1] == ("k", field.value())


def test_the_whole_row_of_a_substance_is_answered_without_the_mouse(make: Make, qtbot: QtBot) -> None:
    fields = make(
        FieldSpec("last", "Last", Kind.DAY),
        FieldSpec("often", "How often", Kind.CHOICE, choices=(Choice("daily", "Daily"), Choice("weekly", "Weekly"))),
        FieldSpec("amount", "Amount", Kind.DECIMAL, unit="g"),
        FieldSpec("route", "Route", Kind.CHOICE, choices=ROUTES),
        FieldSpec("shared", "Shared", Kind.YES_NO_UNKNOWN),
    )
    for words in ("yesterday", "d", "0.5", "inj", "n"):
        type_in(qtbot, words)
    assert [field.value() for field in fields] == ["2010-05-31", "daily", "0.5", "inject", "no"]


def test_a_day_is_shown_in_full_once_it_is_understood(make: Make, qtbot: QtBot) -> None:
    field, _ = make(FieldSpec("last", "Last used", Kind.DAY), FieldSpec("b", "B"))
    type_in(qtbot, "30/5", enter=False)
    assert field.note.text() == "= Sun 30 May 2010"
    qtbot.keyClick(held(), Qt.Key.Key_Return)
    assert isinstance(field.input, LineInput)
    assert field.input.line.text() == "Sun 30 May 2010"


def test_a_day_in_a_table_leaves_this_year_out_and_stays_the_same_day(make: Make, qtbot: QtBot) -> None:
    spec = FieldSpec("last", "Last", Kind.DAY, look=Look.BARE, lean=Lean.FUTURE)
    field, _ = make(spec, FieldSpec("b", "B"))
    assert isinstance(field.input, LineInput)
    for day, shown in (("2010-09-13", "Mon 13 Sep"), ("2010-05-30", "30 May 2010"), ("2009-11-09", "9 Nov 2009")):
        field.set_value(day)
        assert field.input.line.text() == shown
        field.take_focus()
        qtbot.keyClick(held(), Qt.Key.Key_Return)
        assert field.value() == day


def test_a_slip_is_said_under_the_field_and_enter_stays_until_it_is_mended(make: Make, qtbot: QtBot) -> None:
    field, after = make(FieldSpec("last", "Last used", Kind.DAY), FieldSpec("b", "B"))
    heard = answers_of(field)
    type_in(qtbot, "31/6")
    assert "Jun 2010 has no day 31" in field.error()
    assert field.note.isVisible()
    assert has_keyboard(field)
    assert heard == []
    assert field.value() is None
    assert QApplication.activeModalWidget() is None
    qtbot.keyClick(held(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_in(qtbot, "30/5")
    assert field.error() == ""
    assert has_keyboard(after)


def test_tab_leaves_a_slip_with_its_sentence_standing(make: Make, qtbot: QtBot) -> None:
    field, after = make(FieldSpec("amount", "Amount", Kind.DECIMAL, unit="mg"), FieldSpec("b", "B"))
    type_in(qtbot, "1,500", enter=False)
    qtbot.keyClick(held(), Qt.Key.Key_Tab)
    assert has_keyboard(after)
    assert "has a comma" in field.error()
    assert "has a comma" in field.problem()


def test_backspace_takes_a_chosen_answer_back(make: Make, qtbot: QtBot) -> None:
    field, _ = make(FieldSpec("drowsy", "Drowsy", Kind.YES_NO), FieldSpec("b", "B"))
    heard = answers_of(field)
    type_in(qtbot, "y", enter=False)
    qtbot.keyClick(held(), Qt.Key.Key_Backspace)
    assert heard == [("drowsy", "yes"), ("drowsy", None)]
    assert field.value() is None


def test_none_seen_stands_alone(make: Make, qtbot: QtBot) -> None:
    field, _ = make(EVERY_KIND[11], FieldSpec("b", "B"))
    type_in(qtbot, "is", enter=False)
    assert field.value() == "inject smoke"
    type_in(qtbot, "n", enter=False)
    assert field.value() == "none"
    type_in(qtbot, "o", enter=False)
    assert field.value() == "oral"


def test_a_score_takes_only_what_the_scale_has(make: Make, qtbot: QtBot) -> None:
    gooseflesh = FieldSpec("g", "Gooseflesh", Kind.SCORE, choices=tuple(Choice(n, "") for n in ("0", "3", "5")))
    field, _ = make(gooseflesh, FieldSpec("b", "B"))
    heard = answers_of(field)
    type_in(qtbot, "4", enter=False)
    assert field.value() is None
    assert field.error() == "Gooseflesh is scored 0, 3 or 5; 4 was not taken."
    type_in(qtbot, "3", enter=False)
    type_in(qtbot, "5", enter=False)
    assert field.value() == "5"
    assert field.error() == ""
    assert heard == [("g", "3"), ("g", "5")]


def test_the_words_of_each_score_stand_beside_it_while_it_is_asked(make: Make) -> None:
    field, after = make(EVERY_KIND[12], FieldSpec("b", "B"))

    def shown() -> bool:
        return any(
            label.text().endswith("words 3") and label.isVisible() for label in field.window().findChildren(QLabel)
        )

    assert shown()
    after.take_focus()
    assert not shown()


def test_turning_the_wheel_over_a_list_never_changes_an_answer(make: Make) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    field, _ = make(EVERY_KIND[9], FieldSpec("b", "B"))
    field.set_value("smoke")
    box = field.findChild(QComboBox)
    assert box is not None
    turned = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, turned)
    assert field.value() == "smoke"


@pytest.mark.parametrize("spec", EVERY_KIND, ids=lambda spec: f"{spec.kind}-{spec.label}")
def test_a_page_that_may_only_be_read_takes_no_key(make: Make, qtbot: QtBot, spec: FieldSpec) -> None:
    field, _ = make(spec, FieldSpec("b", "B"))
    heard = answers_of(field)
    field.set_read_only(True)
    target = field.input.target()
    qtbot.keyClicks(target, "1y")
    qtbot.keyClick(target, Qt.Key.Key_F4)
    assert field.value() is None
    assert heard == []


def test_a_needed_answer_is_named_only_when_the_page_is_saved(make: Make) -> None:
    (field,) = make(FieldSpec("who", "Identity checked", Kind.YES_NO, required=True))
    assert field.label.text() == "Identity checked (needed)"
    assert field.problem() == ""
    assert "Identity checked: this is needed" in field.problem(saving=True)
    field.set_not_asked("unwell")
    assert field.problem(saving=True) == ""


def test_bounds_are_said_in_the_words_of_the_field(make: Make, qtbot: QtBot) -> None:
    spec = FieldSpec("p", "Pulse", Kind.INTEGER, unit="a minute", low=Decimal(20), high=Decimal(300))
    field, _ = make(spec, FieldSpec("b", "B"))
    type_in(qtbot, "920")
    assert "from 20 to 300 a minute" in field.error()


def test_showing_a_recorded_answer_announces_nothing(make: Make) -> None:
    fields = make(*EVERY_KIND)
    heard = answers_of(*fields)
    values = ["a", "b", "c", "9", "0.5", "2010-05-30", "2010-05-30T09:00", "yes", "unknown", "oral", "smoke",
              "inject oral", "4"]  # fmt: skip
    for field, value in zip(fields, values, strict=True):
        field.set_value(value)
        assert field.value() == value
        field.set_value(None)
        assert field.value() is None
    assert heard == []


@pytest.mark.parametrize("kind", list(Kind))
def test_a_field_that_is_let_go_leaves_nothing_behind(qtbot: QtBot, now: Callable[[], datetime], kind: Kind) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    before = len(window.findChildren(QWidget))
    spec = next(spec for spec in EVERY_KIND if spec.kind is kind)
    field = build_field(spec, now, window)
    field.show()
    field.take_focus()
    field.ask_why_not()
    assert len(window.findChildren(QWidget)) > before
    with qtbot.waitSignal(field.destroyed):
        field.deleteLater()
    qtbot.waitUntil(lambda: len(window.findChildren(QWidget)) == before)
