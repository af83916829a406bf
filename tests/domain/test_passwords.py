"""A password that is refused is refused with the reason, at every door in the same words."""

import pytest

from pdtdesk.domain.passwords import LONGEST, SHORTEST, refusal


@pytest.mark.parametrize("password", ["x" * SHORTEST, "x" * LONGEST, "a long night in June", "nurse of the night"])
def test_words_that_only_she_knows_are_taken(password: str) -> None:
    """Otherwise a nurse with a good password stands before a locked desk at 21:40."""
    assert refusal(password, "nurse") == ""


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "at least 8 letters here; this has 0"),
        ("x" * (SHORTEST - 1), "at least 8 letters here; this has 7"),
        ("x" * (LONGEST + 1), "at most 1,024 characters"),
        ("a long\0night in June", "no NUL"),
        ("R.Adeyemi", "must not be the user name"),
    ],
)
def test_what_anybody_guesses_or_nothing_can_keep_is_refused_with_the_reason(password: str, said: str) -> None:
    """Otherwise whoever reads the user name over her shoulder reads every record; or the half after a NUL is lost."""
    assert said in refusal(password, "r.adeyemi")
