"""The sentence as a line: everything on it can be read, and nothing is told by colour alone."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from picture_bench import SIZES, faults, painted, said
from pytestqt.qtbot import QtBot
from regime_pictures import a_day_in_and_out, a_sentence_line, on_remand, twelve_years

from pdtdesk.services.regime.drawing.shapes import Box, Ink, Path, Point, Stroke
from pdtdesk.services.regime.pictures import SentenceFacts
from pdtdesk.ui.theme import Theme
from pdtdesk.ui.tokens import Scheme
from pdtdesk.ui.widgets.sentence_line import SentenceLine

LINES = {
    "sixty weeks": a_sentence_line(),
    "no release": a_sentence_line(None),
    "remand": on_remand(),
    "twelve years": twelve_years(),
    "one day": a_day_in_and_out(),
}


def line_of(qtbot: QtBot, facts: SentenceFacts, width: int = 1100, *, headed: bool = True) -> SentenceLine:
    line = SentenceLine(headed=headed)
    qtbot.addWidget(line)
    line.show_facts(facts)
    line.resize(width, line.heightForWidth(width))
    return line


@pytest.mark.parametrize(("width", "scale"), SIZES)
@pytest.mark.parametrize("name", LINES)
def test_every_word_on_the_line_can_be_read(
    qtbot: QtBot, dress: Callable[..., Theme], name: str, width: int, scale: float
) -> None:
    """Two labels on each other: the review is read as the release, and the review is not held."""
    dress(Scheme.LIGHT, scale)
    line = line_of(qtbot, LINES[name], width)
    painted(line, width)
    assert faults(line) == []


def test_every_review_court_day_and_span_is_named(qtbot: QtBot) -> None:
    """A mark without its words is a mark that nobody acts on."""
    for facts in LINES.values():
        words = said(line_of(qtbot, facts, 560))
        for label in (*(review.label for review in facts.reviews), *(span.label for span in facts.spans)):
            assert set(label.split()) <= set(words.split())
        assert words.count("Court") == len(facts.court)


def test_a_release_that_nobody_knows_leaves_the_line_open(qtbot: QtBot) -> None:
    """A line that ends reads as a day of release; he is planned for a day that nobody gave."""
    line = line_of(qtbot, replace(on_remand(), spans=()))
    assert "Release not known" in said(line)
    ends = [s for s in line.drawing().shapes if isinstance(s, Path) and s.ink is Ink.EDGE]
    assert [path.stroke for path in ends] == [Stroke.SOLID, Stroke.DASHED]
    assert "Release not known" in line.accessibleName()
    assert "Release not known" not in said(line_of(qtbot, a_sentence_line()))


def test_a_regime_without_a_last_day_is_certain_only_up_to_today(qtbot: QtBot) -> None:
    """What goes on until somebody changes it is no promise up to release."""
    boxes = [s for s in line_of(qtbot, twelve_years()).drawing().shapes if isinstance(s, Box)]
    assert [(box.ink, box.stroke) for box in boxes] == [(Ink.DOSE, Stroke.SOLID), (Ink.PLANNED, Stroke.DASHED)]


def test_a_review_that_was_held_is_full_and_one_to_come_hollow(qtbot: QtBot) -> None:
    """By colour alone, some would take an overdue review for one that was held."""
    points = [s for s in line_of(qtbot, a_sentence_line()).drawing().shapes if isinstance(s, Point)]
    assert [point.full for point in points] == [True, False, False]


def test_an_estimate_is_said_to_be_one_where_the_release_stands(qtbot: QtBot) -> None:
    """An estimate taken for a given date: the course ends after he has gone."""
    assert "latest estimate" in said(line_of(qtbot, twelve_years()))
    whence = said(line_of(qtbot, a_sentence_line(), headed=False))
    assert "given by the prison" in whence
    assert "Sentence of 60 weeks" not in whence


def test_the_whole_line_is_told_in_words(qtbot: QtBot) -> None:
    """Who does not see the picture would know nothing of the sentence."""
    name = line_of(qtbot, a_sentence_line()).accessibleName()
    for words in (
        "Sentence of 60 weeks",
        "Today Tue 1 Jun 2010",
        "Release Fri 26 Nov 2010, given by the prison",
        "Review due 10 Aug, Tue 10 Aug 2010, planned",
        "Reviewed 10 May, Mon 10 May 2010, held",
        "Methadone 60 mg, declared maintenance, regime, from Fri 14 May 2010 to Tue 10 Aug 2010",
    ):
        assert words in name


def test_a_line_without_facts_says_so(qtbot: QtBot) -> None:
    """An empty card looks like a fault."""
    line = line_of(qtbot, a_sentence_line())
    line.show_facts(None)
    assert "nothing known yet" in said(line)
    assert "nothing known yet" in line.accessibleName()
