"""A field never holds an answer that nobody gave: whatever is shown in it, and in whatever order."""

import pytest
from pytestqt.qtbot import QtBot

from pdtdesk.ui.widgets.field import Asking, Choice, FieldSpec, Kind, Look, Past
from pdtdesk.ui.widgets.field import build_field as build

CHOICES = (Choice("daily", "Daily"), Choice("weekly", "Weekly"), Choice("not_used", "Not used"))
LATER = Past("weekly", "Weekly", "R. Adeyemi", "9 Nov 2009")
KINDS = [kind for kind in Kind if kind not in (Kind.SECRET, Kind.SCORE)]


@pytest.mark.hazard("H-002")
@pytest.mark.parametrize("asking", list(Asking))
@pytest.mark.parametrize("look", [Look.BARE, Look.STACKED])
@pytest.mark.parametrize("kind", KINDS)
def test_showing_one_person_after_another_answers_nothing(qtbot: QtBot, now, kind: Kind, look: Look, asking: Asking):
    """One man's history taken off the page must not leave "daily" in the next man's: that is a dose."""
    field = build(
        FieldSpec("substances.opioids.frequency", "How often", kind, CHOICES, look=look, history=asking), now
    )
    qtbot.addWidget(field)
    given: list[object] = []
    field.answered.connect(lambda *answer: given.append(answer))
    for past in (LATER if kind in (Kind.CHOICE, Kind.MULTI_CHOICE) else None, None, LATER, None):
        if past is not None and kind not in (Kind.CHOICE, Kind.MULTI_CHOICE, Kind.TEXT, Kind.LONG_TEXT):
            past = None
        field.set_value(None)
        field.show_history(past)
        if past is None:
            assert field.value() is None
        field.set_not_asked("refused")
        field.set_not_asked(None)
    field.set_value(None)
    field.show_history(None)
    assert field.value() is None
    assert given == []
