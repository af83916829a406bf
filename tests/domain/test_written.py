"""What somebody wrote is kept as they wrote it, or refused with the reason; never kept as something else."""

import pytest

from pdtdesk.domain.written import LONGEST_TEXT, text_problem


@pytest.mark.parametrize("text", ["", "Slept badly, 3 hours.", "Mówi po polsku 😀", "محمد", "x" * LONGEST_TEXT])
def test_words_in_any_script_are_taken(text: str) -> None:
    """Otherwise a name or a sentence in somebody's own language cannot be written down."""
    assert text_problem(text) == ""


def test_a_text_too_long_for_its_field_says_how_long_it_is_and_where_to_keep_it() -> None:
    """Otherwise the end of what was seen is cut off, and nobody knows."""
    said = text_problem("x" * (LONGEST_TEXT + 1))
    assert said.startswith("That is 10,001 characters; this field takes 10,000. Nothing was changed")
    assert text_problem("four", 3).startswith("That is 4 characters; this field takes 3.")


def test_lines_and_tabs_stand_in_long_text_and_nowhere_else() -> None:
    """Otherwise a note of two lines is refused, or a name of two lines is taken."""
    for text in ("Slept badly.\nAte nothing.", "pulse\t96", "as Windows\r\nwrites it"):
        assert text_problem(text, lines=True) == ""
        assert "cannot be printed (code 00" in text_problem(text)


@pytest.mark.hazard("H-001")
@pytest.mark.parametrize(
    ("letter", "code"), [("\0", "0000"), ("\x1b", "001B"), ("\ud800", "D800"), ("\u202e", "202E"), ("\u2066", "2066")]
)
@pytest.mark.parametrize("lines", [True, False])
def test_what_hides_or_turns_words_around_is_refused_by_its_place(letter: str, code: str, lines: bool) -> None:
    """Otherwise `no penicillin` is read as another sentence than was written."""
    said = text_problem(f"no{letter}penicillin", lines=lines)
    assert said.startswith(f"Character 3 cannot be printed (code {code}). Nothing was changed")
