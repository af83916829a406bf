"""What stands over a call about a community dose."""

import pytest

from pdtdesk.ui.reception.confirming import without_opening

TOLD = "Methadone 45 mg reported, not confirmed; nothing else is missing."
UNTIL = "Until it is confirmed the prescriber starts low."


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (
            "St. Mary's (24 h) opens Tue 1 Jun 2010 09:00.",
            "St. Mary's (24 h) opens Wed 2 Jun 2010 09:00 · 01632 960114",
        ),
        ("Boots opens Tue 1 Jun 2010 09:00.", "Boots is open until 17:30 · 01632 960114"),
        (
            "The pharmacy: opening hours not known, next working day Tue 1 Jun 2010.",
            "The pharmacy: opening hours not known, next working day Wed 2 Jun 2010 · no number",
        ),
    ],
)
def test_over_a_call_one_opening_stands_and_that_is_the_next(then: str, now: str) -> None:
    """Two days for one pharmacy, one of them gone by: the call is made when nobody answers."""
    assert without_opening(f"{TOLD} {then} {UNTIL}", now) == f"{TOLD} {UNTIL}"


def test_of_another_pharmacy_nothing_is_left_out() -> None:
    """The name was corrected since: what the task was written about still stands in it."""
    said = f"{TOLD} Boots opens Tue 1 Jun 2010 09:00."
    assert without_opening(said, "Mill Lane opens Wed 2 Jun 2010 09:00 · 01632") == said
    assert without_opening(said, "nobody to call") == said
