"""What a decision about a stop rested on: the same facts read alike, and a figure more is another thing."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.missed import Missed, StepNotTaken
from pdtdesk.policy.regime.rests_on import rests_on
from pdtdesk.policy.regime.stops import DoseFacts, Outside, StopCode

NOW = datetime(2010, 6, 2, 8, 30, tzinfo=LONDON)
FACTS = DoseFacts(
    Ordered.METHADONE,
    Milligrams.parse("20 mg"),
    NOW.date(),
    outside_today=(Outside("methadone", NOW, "police custody", Milligrams.parse("5 mg")),),
    allergies=("methadone (nausea)",),
    missed=Missed(3, 0, date(2010, 5, 30)),
)


@pytest.mark.hazard("H-008")
@pytest.mark.parametrize(
    ("code", "more"),
    [
        (StopCode.TAKEN_OUTSIDE, {"outside_today": (Outside("methadone", None, "court"), *FACTS.outside_today)}),
        (StopCode.MORE_TODAY, {"taken_today": Milligrams.parse("80 mg")}),
        (StopCode.ALLERGY, {"allergies": ("methadone: throat swelled",)}),
        (StopCode.ABOVE_CEILING, {"mg": Milligrams.parse("60 mg")}),
        (StopCode.TOO_SOON, {"day_before_at": NOW}),
        (StopCode.AFTER_OPIOID, {"opioid_at": NOW - timedelta(hours=1)}),
        (StopCode.ON_NALTREXONE, {"naltrexone_at": NOW}),
        (StopCode.TWO_SUBSTITUTES, {"other_substitutes": ("buprenorphine",)}),
        (StopCode.TWO_IN_A_ROUND, {"this_round_at": NOW}),
        (StopCode.STEP_NOT_TAKEN, {"step": StepNotTaken(Milligrams.parse("15 mg"), Milligrams.parse("0 mg"))}),
        (StopCode.MISSED_DAYS, {"missed": Missed(4, 0, date(2010, 5, 29))}),
    ],
)
def test_a_decision_holds_for_what_it_rested_on_and_no_more(code: StopCode, more: dict[str, object]) -> None:
    """Lifted over five milligrams, and it holds over sixty."""
    assert rests_on(FACTS, code) == rests_on(replace(FACTS, look=FACTS.look), code)
    assert rests_on(FACTS, code) != rests_on(replace(FACTS, **more), code)


def test_what_rests_on_nothing_that_is_read_here_is_empty() -> None:
    """Two accounts are compared by their ids, and a look is never lifted by its code."""
    assert rests_on(FACTS, StopCode.CONFLICT) == rests_on(FACTS, "RD-OF-A-NEWER-DESK") == ""
