"""What was answered before, and what was left open with its reason."""

from dataclasses import replace

import pytest
from field_bench import BEFORE, ROUTES, Make, answers_of, has_keyboard, held, type_in
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pdtdesk.ui.widgets.field import Asking, FieldSpec, Kind, Look, Past
from pdtdesk.ui.widgets.inputs.line import LineInput
from pdtdesk.ui.widgets.spec import NOT_ASKED


def test_history_that_does_not_change_is_confirmed_by_enter(make: Make, qtbot: QtBot) -> None:
    spec = FieldSpec("language", "Language", history=Asking.PREFILL)
    field, after = make(spec, FieldSpec("b", "B"))
    confirmed: list[str] = []
    field.confirmed.connect(confirmed.append)
    heard = answers_of(field)
    field.show_history(Past("Urdu", "Urdu", "R. Adeyemi", "9 Nov 2009"))
    assert field.value() == "Urdu"
    assert field.waits_for_confirmation()
    assert field.input.target().property("state") == "prefill"
    assert "R. Adeyemi, 9 Nov 2009" in field.note.text()
    qtbot.keyClick(held(), Qt.Key.Key_Return)
    assert confirmed == ["language"]
    assert not field.waits_for_confirmation()
    assert has_keyboard(after)
    assert heard == []


def test_history_that_is_only_passed_over_with_tab_is_not_confirmed(make: Make, qtbot: QtBot) -> None:
    field, _ = make(FieldSpec("language", "Language", history=Asking.PREFILL), FieldSpec("b", "B"))
    confirmed: list[str] = []
    field.confirmed.connect(confirmed.append)
    field.show_history(Past("Urdu", "Urdu", "R. Adeyemi", "9 Nov 2009"))
    qtbot.keyClick(held(), Qt.Key.Key_Tab)
    assert confirmed == []
    assert field.waits_for_confirmation()


def test_history_that_is_corrected_is_an_answer_and_no_confirmation(make: Make, qtbot: QtBot) -> None:
    spec = FieldSpec("shared", "Shared", Kind.YES_NO_UNKNOWN, history=Asking.PREFILL)
    field, _ = make(spec, FieldSpec("b", "B"))
    confirmed: list[str] = []
    field.confirmed.connect(confirmed.append)
    heard = answers_of(field)
    field.show_history(Past("no", "No", "R. Adeyemi", "9 Nov 2009"))
    field.take_focus()
    type_in(qtbot, "y")
    assert heard == [("shared", "yes")]
    assert confirmed == []


@pytest.mark.parametrize(
    "spec",
    [
        FieldSpec("k", "Amount", Kind.TEXT, history=Asking.ANEW),
        FieldSpec("k", "Amount", Kind.DECIMAL, unit="g", history=Asking.ANEW),
        FieldSpec("k", "Route", Kind.CHOICE, choices=ROUTES, history=Asking.ANEW),
        FieldSpec("k", "Shared", Kind.YES_NO_UNKNOWN, history=Asking.ANEW),
    ],
    ids=lambda spec: str(spec.kind),
)
@pytest.mark.parametrize("look", [Look.STACKED, Look.BARE])
def test_what_can_kill_is_asked_anew_beside_what_was_said_before(
    make: Make, qtbot: QtBot, spec: FieldSpec, look: Look
) -> None:
    """The field is empty: an old amount must never become tonight's by pressing Enter."""
    field, _ = make(replace(spec, look=look), FieldSpec("b", "B"))
    heard = answers_of(field)
    confirmed: list[str] = []
    field.confirmed.connect(confirmed.append)
    field.show_history(BEFORE)
    qtbot.keyClick(held(), Qt.Key.Key_Return)
    assert field.value() is None
    assert heard == []
    assert confirmed == []
    target = field.input.target()
    ghost = target.placeholderText() if hasattr(target, "placeholderText") else ""
    assert "was 0.5 g" in ghost or "was 0.5 g" in field.note.text()


def test_a_question_is_left_with_f4_and_the_reason(make: Make, qtbot: QtBot) -> None:
    field, after = make(FieldSpec("drowsy", "Drowsy", Kind.YES_NO), FieldSpec("b", "B"))
    reasons: list[tuple[str, str]] = []
    field.not_asked.connect(lambda key, reason: reasons.append((key, reason)))
    type_in(qtbot, "y", enter=False)
    qtbot.keyClick(held(), Qt.Key.Key_F4)
    qtbot.keyClick(held(), Qt.Key.Key_2)
    assert reasons == [("drowsy", NOT_ASKED[1].word)]
    assert field.value() is None
    assert field.reason() == NOT_ASKED[1].word
    assert "not asked" in field.note.text()
    assert has_keyboard(after)


def test_the_reasons_are_gone_through_with_arrows_and_left_with_escape(make: Make, qtbot: QtBot) -> None:
    field, _ = make(FieldSpec("a", "Allergies"), FieldSpec("b", "B"))
    reasons: list[str] = []
    field.not_asked.connect(lambda _, reason: reasons.append(reason))
    qtbot.keyClick(held(), Qt.Key.Key_F4)
    qtbot.keyClick(held(), Qt.Key.Key_Escape)
    assert reasons == []
    assert has_keyboard(field)
    qtbot.keyClick(held(), Qt.Key.Key_F4)
    qtbot.keyClick(held(), Qt.Key.Key_Down)
    qtbot.keyClick(held(), Qt.Key.Key_Return)
    assert reasons == [NOT_ASKED[1].word]


def test_an_answer_after_all_takes_the_reason_away(make: Make, qtbot: QtBot) -> None:
    field, _ = make(FieldSpec("a", "Allergies"), FieldSpec("b", "B"))
    heard = answers_of(field)
    field.set_not_asked("refused")
    assert isinstance(field.input, LineInput)
    assert field.input.line.placeholderText().startswith("not asked: ")
    type_in(qtbot, "penicillin")
    assert field.reason() is None
    assert heard == [("a", "penicillin")]


def test_asked_after_all_opens_the_question_again(make: Make, qtbot: QtBot) -> None:
    field, _ = make(FieldSpec("a", "Allergies"), FieldSpec("b", "B"))
    heard = answers_of(field)
    field.set_not_asked("refused")
    qtbot.keyClick(held(), Qt.Key.Key_F4)
    qtbot.keyClick(held(), Qt.Key.Key_0)
    assert field.reason() is None
    assert heard == [("a", None)]
    assert has_keyboard(field)
