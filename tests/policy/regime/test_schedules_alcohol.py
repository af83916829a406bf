"""Alcohol withdrawal: the printed courses as they are printed, nothing between their bands, and no figure made up."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pdtdesk.domain.reception.facts import Sex
from pdtdesk.domain.regime.courses import (
    AlcoholBand,
    AlcoholByScore,
    AlcoholFixed,
    ByHand,
    CourseStart,
    ForWhom,
    Request,
    TimesADay,
)
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import NOUGHT, NotASchedule, doses_of
from pdtdesk.policy.findings import Tier
from pdtdesk.policy.origin import Authority, Status
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.schedules import plan
from tests.policy.regime.scheduling import DAY, SHIPPED, SIGNED, codes, daily, mg, said

LOWER, HIGHER = CourseStart.LOWER, CourseStart.HIGHER
WELL = ForWhom(sex=Sex.MALE, elderly=False, severe_liver_impairment=False)
PRINTED = [
    (AlcoholBand.UNITS_15, LOWER, ["60", "40", "30", "15", "10"], 6),
    (AlcoholBand.UNITS_15, HIGHER, ["100", "80", "60", "40", "30"], 8),
    (AlcoholBand.UNITS_30, LOWER, ["120", "100", "80", "60", "40"], 9),
    (AlcoholBand.UNITS_30, HIGHER, ["160", "140", "120", "100", "80"], 11),
    (AlcoholBand.UNITS_50, None, ["200", "180", "160", "140", "120"], 13),
]


@pytest.mark.parametrize(("band", "start", "first_days", "ends"), PRINTED)
def test_each_printed_course_stands_as_it_is_printed(
    band: AlcoholBand, start: CourseStart | None, first_days: list[str], ends: int
) -> None:
    """Table 21, day by day (D-13): a slip in one figure is a seizure, or somebody who cannot be roused."""
    made = plan(AlcoholFixed(DAY, band, start), SIGNED, WELL)
    assert made.medicine is Ordered.CHLORDIAZEPOXIDE
    assert made.schedule is not None
    assert daily(made.schedule, 5) == first_days
    last = made.schedule.last_day
    assert last is not None
    assert (last - DAY).days + 1 == ends
    assert made.schedule.on(last) == (("night", mg(5)),)
    assert Code.SCHEDULE_ALCOHOL_LENGTH not in codes(made.findings)
    printed = next(each for each in made.findings if "5 days as printed" in each.sentence)
    assert (printed.status, printed.authority) == (Status.AWAITING, Authority.GUIDANCE)


@pytest.mark.parametrize(("band", "start", "_first_days", "_ends"), PRINTED)
def test_the_days_that_were_not_read_are_not_made_up(
    band: AlcoholBand, start: CourseStart | None, _first_days: list[str], _ends: int
) -> None:
    """After the fifth day the table is not known here: no course until somebody signs or enters its end."""
    made = plan(AlcoholFixed(DAY, band, start), SHIPPED, WELL)
    assert made.schedule is None
    (words,) = made.unsigned
    assert words.endswith("the days after the fifth")
    assert "entered by hand" in said(made.findings, Code.SCHEDULE_NOT_SIGNED)


def test_the_last_days_may_be_entered_by_the_prescriber() -> None:
    """The way by hand stays open; an end on another day than the printed one is said."""
    asked = AlcoholFixed(DAY, AlcoholBand.UNITS_15, LOWER, later=(TimesADay(mg(5), 1),))
    made = plan(asked, SHIPPED, WELL)
    assert daily(made.schedule, 6)[-1] == "5"
    assert codes(made.findings) == {Code.SCHEDULE_AS_SIGNED, Code.SCHEDULE_ENTERED}
    short = plan(replace(asked, later=()), SHIPPED, WELL)
    assert "comes to 5 days, and is printed as ending on day 6" in said(short.findings, Code.SCHEDULE_ALCOHOL_LENGTH)


def test_a_day_of_fewer_doses_keeps_the_one_at_night() -> None:
    """Withdrawal is worst at night: three, two and one dose a day leave that one in its place."""
    made = plan(AlcoholFixed(DAY, AlcoholBand.UNITS_15, LOWER), SIGNED, WELL)
    assert made.schedule is not None
    slots = [[slot for slot, _ in stretch.doses] for stretch in made.schedule.stretches]
    assert slots[0] == ["morning", "noon", "evening", "night"]
    assert slots[2] == ["morning", "noon", "night"]
    assert slots[-2:] == [["morning", "night"], ["night"]]


@pytest.mark.parametrize(
    ("units", "sadq", "band"),
    [
        ("15", None, "60"),
        ("25", None, "60"),
        ("30", None, "120"),
        ("49", None, "120"),
        ("50", None, "200"),
        ("60", None, "200"),
        (None, 15, "60"),
        (None, 25, "60"),
        (None, 30, "120"),
        (None, 39, "120"),
        (None, 41, "200"),
        (None, 60, "200"),
        ("30", 40, "120"),
        ("55", 40, "200"),
    ],
)
def test_the_band_follows_units_and_sadq_where_the_table_prints_one(
    units: str | None, sadq: int | None, band: str
) -> None:
    """Each printed edge, on its inner side."""
    asked = AlcoholFixed(DAY, None, LOWER, Decimal(units) if units else None, sadq)
    assert daily(plan(asked, SIGNED, WELL).schedule, 1) == [band]


@pytest.mark.parametrize(
    ("units", "sadq"),
    [
        *((units, None) for units in ("14", "25.5", "26", "29", "49.5", "61")),
        *((None, sadq) for sadq in (14, 26, 29, 61)),
        ("20", 27),
        ("27", 20),
    ],
)
def test_between_the_printed_bands_nothing_is_proposed_and_it_is_said(units: str | None, sadq: int | None) -> None:
    """26 to 29 units stand in no band: a course that is guessed between two of them is nobody's."""
    for band in (None, AlcoholBand.UNITS_15):
        asked = AlcoholFixed(DAY, band, LOWER, Decimal(units) if units else None, sadq)
        made = plan(asked, SIGNED, WELL)
        assert made.schedule is None
        assert "no band of the printed table holds it" in said(made.findings, Code.SCHEDULE_ALCOHOL_BAND)


def test_units_and_sadq_that_disagree_leave_the_choice_to_the_prescriber() -> None:
    """SADQ 40 stands in two bands as printed; 20 units and SADQ 35 in two different ones."""
    for asked in (
        AlcoholFixed(DAY, None, LOWER, sadq=40),
        AlcoholFixed(DAY, None, LOWER, units_a_day=Decimal(20), sadq=35),
    ):
        made = plan(asked, SIGNED, WELL)
        assert made.schedule is None
        words = said(made.findings, Code.SCHEDULE_ALCOHOL_BAND)
        assert "does not name one band alone" in words
        fields = (
            "write both Drank and SADQ"
            if asked.units_a_day is None
            else "whichever of Drank and SADQ is not to count"
        )
        assert fields in words, "the form has no field for a band: the words name those that are on it"
    chosen = plan(AlcoholFixed(DAY, AlcoholBand.UNITS_30, LOWER, Decimal(20), 35), SIGNED, WELL)
    assert daily(chosen.schedule, 1) == ["120"]
    assert "does not hold 20 units a day" in said(chosen.findings, Code.SCHEDULE_ALCOHOL_BAND)
    agreed = plan(AlcoholFixed(DAY, AlcoholBand.UNITS_30, LOWER, sadq=40), SIGNED, WELL)
    assert Code.SCHEDULE_ALCOHOL_BAND not in codes(agreed.findings)


@pytest.mark.parametrize(
    ("band", "whom", "count", "words"),
    [
        (AlcoholBand.UNITS_15, WELL, 0, ""),
        (AlcoholBand.UNITS_30, WELL, 1, "40 mg at a time is above 30 mg"),
        (AlcoholBand.UNITS_50, WELL, 2, "only with very severe dependence"),
        (AlcoholBand.UNITS_50, replace(WELL, sex=Sex.FEMALE, pregnant=False), 3, "For a woman such doses are rarely"),
        (AlcoholBand.UNITS_30, replace(WELL, sex=Sex.FEMALE, pregnant=False), 1, "closely watched"),
        (AlcoholBand.UNITS_30, replace(WELL, elderly=True), 2, "Elderly: 40 mg at a time is looked at again"),
        (AlcoholBand.UNITS_30, ForWhom(), 2, "Not said: elderly or severe liver impairment"),
    ],
)
def test_high_doses_say_for_whom_they_are(band: AlcoholBand, whom: ForWhom, count: int, words: str) -> None:
    """Above 30 and above 40 mg four times a day the text below the table keeps them for few."""
    start = None if band is AlcoholBand.UNITS_50 else HIGHER
    made = plan(AlcoholFixed(DAY, band, start), SIGNED, whom)
    assert made.schedule is not None
    high = [each for each in made.findings if each.code == Code.SCHEDULE_ALCOHOL_HIGH]
    assert len(high) == count
    assert all(each.tier is Tier.MUST_ACKNOWLEDGE for each in high)
    assert words in said(made.findings, Code.SCHEDULE_ALCOHOL_HIGH)


@pytest.mark.parametrize("whom", [replace(WELL, elderly=True), replace(WELL, severe_liver_impairment=True)])
def test_above_40_mg_nothing_is_proposed_for_the_elderly_or_a_failing_liver(whom: ForWhom) -> None:
    """*Never*, says the source: the desk does not propose it, whatever band was chosen."""
    made = plan(AlcoholFixed(DAY, AlcoholBand.UNITS_50), SIGNED, whom)
    assert made.schedule is None
    assert "50 mg at a time is never given by this source" in said(made.findings, Code.SCHEDULE_ALCOHOL_HIGH)


def test_by_score_the_figures_and_the_words_are_the_prescribers_own() -> None:
    """The schedule holds the most of a day, and every dose waits for a score."""
    asked = AlcoholByScore(DAY, 3, mg(20), 3, "CIWA-Ar 8 to 15: 10 mg; over 15: 20 mg, and call.")
    made = plan(asked, SHIPPED, WELL)
    assert daily(made.schedule, 4) == ["60", "60", "60", "0"]
    (found,) = made.findings
    assert found.tier is Tier.MUST_ACKNOWLEDGE
    assert "at most 20 mg × 3, 60 mg a day" in found.sentence
    assert "over 15: 20 mg, and call. The figures" in found.sentence
    high = plan(replace(asked, most_at_a_time=mg(35)), SHIPPED, WELL)
    assert Code.SCHEDULE_ALCOHOL_HIGH in codes(high.findings)
    diazepam = plan(replace(asked, most_at_a_time=mg(35), medicine=Ordered.DIAZEPAM), SHIPPED, WELL)
    assert codes(diazepam.findings) == {Code.SCHEDULE_BY_SCORE}


def test_chlordiazepoxide_by_hand_is_held_against_the_same_ceilings() -> None:
    """A course that was changed by hand is no way past the ceilings."""
    hers = ByHand(Ordered.CHLORDIAZEPOXIDE, ((DAY, doses_of([("night", mg(45))])),))
    made = plan(hers, SHIPPED, WELL)
    assert made.schedule is not None
    assert codes(made.findings) == {Code.SCHEDULE_ALCOHOL_HIGH}
    assert plan(replace(hers, days=((DAY, ()),)), SHIPPED, WELL).findings == ()


SCORED = AlcoholByScore(DAY, 3, mg(20), 3, "by score")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (AlcoholFixed(DAY), r"Write Drank \(units a day\) or SADQ: .* can be entered by hand"),
        (AlcoholFixed(DAY, AlcoholBand.UNITS_15), "choose the lower or the higher at Start"),
        (AlcoholFixed(DAY, units_a_day=Decimal(-1)), "zero or more"),
        (AlcoholFixed(DAY, sadq=-1), "zero or more"),
        (AlcoholFixed(DAY, AlcoholBand.UNITS_50, slots=("morning", "night")), "needs four slots"),
        (replace(SCORED, days=0), "lasts so many days"),
        (replace(SCORED, most_at_a_time=NOUGHT), "the most that may be given at a time"),
        (replace(SCORED, times=5), "5 times a day is not given here"),
        (replace(SCORED, words=" "), "Write in words at which score"),
        (replace(SCORED, medicine=Ordered.METHADONE), "not planned with methadone"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(asked: Request, sentence: str) -> None:
    """A form left half filled says what is wanting."""
    with pytest.raises(NotASchedule, match=sentence):
        plan(asked, SIGNED, WELL)
