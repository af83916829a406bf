"""What begins: a first dose within its range, rises to a target, and own figures for whoever begins again."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.facts import Sex
from pdtdesk.domain.regime.courses import (
    Abstinence,
    AlcoholFixed,
    BuprenorphineInduction,
    ByHand,
    Conversion,
    DiazepamReduction,
    ForWhom,
    Maintenance,
    Reduction,
    Reinduction,
    Request,
    Titration,
)
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import DAY as ONE_DAY
from pdtdesk.domain.regime.schedule import NOUGHT, NotASchedule, doses_of
from pdtdesk.policy.dated import Overlay, Replacement
from pdtdesk.policy.findings import Tier
from pdtdesk.policy.origin import Status
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.schedules import plan
from tests.policy.regime.scheduling import DAY, NATIONAL, SHIPPED, SIGNED, at, codes, daily, mg, said

METHADONE = Titration(Ordered.METHADONE, DAY)
SOBER = ForWhom(alcohol_or_sedatives=False)
TENTHS = some.integers(1, 1500).map(lambda tenths: Milligrams(Decimal(tenths) / 10))


def test_what_is_left_out_is_the_least_of_each_range_and_marked() -> None:
    """A titration proposed by the desk begins low; that nobody has signed its figures is said (D-01, D-03, D-04)."""
    made = plan(METHADONE, SHIPPED)
    assert daily(made.schedule, 12) == [*map(str, range(10, 60, 5)), "60", "60"]
    assert made.schedule is not None
    assert made.schedule.last_day is None
    assert codes(made.findings) == {Code.SCHEDULE_AS_SIGNED, Code.SCHEDULE_STEADY}
    assert all(each.status is Status.AWAITING for each in made.findings if each.code == Code.SCHEDULE_AS_SIGNED)
    assert "the first dose 10 mg; the rise 5 mg; the interval 1 day; the target 60 mg" in said(
        made.findings, Code.SCHEDULE_AS_SIGNED
    )


@given(
    some.integers(1, 400),
    some.integers(1, 300),
    some.integers(1, 9),
    some.integers(0, 1200),
    some.sampled_from([1, 3]),
)
def test_a_titration_only_rises_to_its_target_and_in_week_one_by_no_more_than_is_kept(
    start: int, rise: int, every: int, more: int, rises: int
) -> None:
    """Deaths in the first week follow rises that come too fast."""
    first, target = mg(Decimal(start) / 10), mg(Decimal(start + more) / 10)
    asked = Titration(Ordered.METHADONE, DAY, first, mg(Decimal(rise * rises + 20) / 10), every, target)
    schedule = plan(asked, SHIPPED).schedule
    assert schedule is not None
    doses = [dose for _, dose in schedule.days(schedule.stretches[-1].first_day)]
    assert doses == sorted(doses)
    assert (doses[0], doses[-1]) == (first, target)
    assert all(dose.amount <= first.amount + 30 for dose in doses[:7])
    assert schedule.free_from() is None


def test_rises_stop_in_week_one_at_the_most_over_the_first_dose_and_go_on_after_it() -> None:
    """30 mg over the first dose within the week is the most; the eighth day may go on (D-03)."""
    asked = replace(METHADONE, start=mg(30), rise=mg(10), target=mg(80))
    made = plan(asked, SHIPPED, SOBER)
    assert daily(made.schedule, 10) == ["30", "40", "50", "60", "60", "60", "60", "70", "80", "80"]
    assert "it stands at 60 mg from Fri 4 Jun 2010" in said(made.findings, Code.SCHEDULE_HELD)
    assert Code.SCHEDULE_WEEK_ONE not in codes(made.findings)
    slow = plan(replace(asked, every_days=3), SHIPPED, SOBER)
    assert Code.SCHEDULE_HELD not in codes(slow.findings)
    assert "more than is signed (1 day;" in said(slow.findings, Code.SCHEDULE_GENTLER)


@pytest.mark.parametrize(
    ("start", "whom", "expected"),
    [
        (9, SOBER, {Code.SCHEDULE_BELOW}),
        (10, SOBER, set()),
        (30, SOBER, set()),
        (31, SOBER, {Code.SCHEDULE_ABOVE}),
        (31, ForWhom(high_tolerance=True, alcohol_or_sedatives=False), {Code.SCHEDULE_HIGH_TOLERANCE}),
        (40, ForWhom(high_tolerance=True, alcohol_or_sedatives=False), {Code.SCHEDULE_HIGH_TOLERANCE}),
        (41, ForWhom(high_tolerance=True, alcohol_or_sedatives=False), {Code.SCHEDULE_ABOVE}),
        (20, ForWhom(alcohol_or_sedatives=True), set()),
        (21, ForWhom(alcohol_or_sedatives=True), {Code.SCHEDULE_SEDATIVES}),
        (21, ForWhom(), {Code.SCHEDULE_SEDATIVES}),
    ],
)
def test_each_edge_of_a_first_day_of_methadone(start: int, whom: ForWhom, expected: set[Code]) -> None:
    """10 to 30 mg, to 40 only with high tolerance, 20 with alcohol or sedatives: said, and never refused."""
    made = plan(replace(METHADONE, start=mg(start)), SHIPPED, whom)
    assert daily(made.schedule, 1) == [str(start)]
    assert codes(made.findings) - {Code.SCHEDULE_AS_SIGNED, Code.SCHEDULE_STEADY} == expected
    known = whom.alcohol_or_sedatives is not None
    for found in made.findings:
        if found.code in expected:
            assert found.tier is (Tier.MUST_ACKNOWLEDGE if known else Tier.NOTE)
            assert found.status is Status.AWAITING


def test_the_bound_that_was_passed_is_named_with_its_source() -> None:
    """A prescriber who goes beyond a range knows which, and who says so."""
    made = plan(replace(METHADONE, start=mg(35), rise=mg(15)), SHIPPED)
    sentence = said(made.findings, Code.SCHEDULE_ABOVE)
    assert "35 mg of methadone on the first day is above 30 mg; to 40 mg only with high tolerance" in sentence
    assert "A rise of methadone by 15 mg on Wed 2 Jun 2010 is above 10 mg, the most of a rise" in sentence
    assert sentence.count("UK guideline digest, methadone") == 2
    below = plan(replace(METHADONE, rise=mg(2)), SHIPPED)
    assert "A rise of methadone by 2 mg is below 5 mg" in said(below.findings, Code.SCHEDULE_BELOW)


def test_after_a_break_methadone_is_not_begun_again_above_its_restart() -> None:
    """Tolerance is lost within days: 30 mg is the most after a break, also with high tolerance before (D-05)."""
    tolerant = ForWhom(high_tolerance=True, alcohol_or_sedatives=False)
    made = plan(replace(METHADONE, start=mg(35), after_break=True), SHIPPED, tolerant)
    assert "35 mg is above 30 mg, the most to restart at" in said(made.findings, Code.SCHEDULE_AFTER_BREAK)
    fits = plan(replace(METHADONE, start=mg(30), after_break=True), SHIPPED, tolerant)
    assert Code.SCHEDULE_AFTER_BREAK not in codes(fits.findings)


def test_a_rise_of_what_is_taken_already_is_no_first_dose() -> None:
    """60 mg that has stood for months is not held against the first day's 30."""
    made = plan(replace(METHADONE, already_on=mg(60), target=mg(75), every_days=3), SHIPPED)
    assert daily(made.schedule, 8) == ["65"] * 3 + ["70"] * 3 + ["75"] * 2
    assert made.already_on == mg(60)
    assert codes(made.findings) == {Code.SCHEDULE_AS_SIGNED, Code.SCHEDULE_GENTLER}
    more = plan(replace(METHADONE, already_on=mg(60), start=mg(80), target=mg(80)), SHIPPED)
    assert "by 20 mg on Tue 1 Jun 2010 is above 10 mg" in said(more.findings, Code.SCHEDULE_ABOVE)
    bup = plan(Titration(Ordered.BUPRENORPHINE, DAY, already_on=mg(8), every_days=1, target=mg(14)), SHIPPED)
    assert daily(bup.schedule, 3) == ["10", "12", "14"]


def test_a_course_changed_by_hand_is_looked_at_like_a_proposed_one() -> None:
    """A chart edited by hand is where a dose too high slips in."""
    days = tuple((DAY + n * ONE_DAY, doses_of([("morning", mg(dose))])) for n, dose in enumerate((30, 50, 70)))
    made = plan(ByHand(Ordered.METHADONE, days, goes_on=True, begins=True), SHIPPED, SOBER)
    assert codes(made.findings) == {Code.SCHEDULE_ABOVE, Code.SCHEDULE_WEEK_ONE, Code.SCHEDULE_STEADY}
    assert "70 mg within the first week is more than 30 mg over the first dose, 30 mg" in said(
        made.findings, Code.SCHEDULE_WEEK_ONE
    )
    other = plan(ByHand(Ordered.DIHYDROCODEINE, days, begins=True), SHIPPED)
    assert other.findings == ()
    rising = plan(ByHand(Ordered.METHADONE, days, already_on=mg(30)), SHIPPED)
    assert codes(rising.findings) == {Code.SCHEDULE_ABOVE}


def test_re_induction_never_inherits_the_figures_of_a_first_dose() -> None:
    """Somebody drug free for a year has no tolerance: 30 mg of methadone may kill (D-21)."""
    asked = Reinduction(Ordered.METHADONE, DAY, mg(30))
    none = plan(asked, SHIPPED)
    assert none.schedule is None
    assert codes(none.findings) == {Code.SCHEDULE_REINDUCTION, Code.SCHEDULE_NOT_SIGNED}
    assert {fact for found in none.findings for fact in found.facts} == {"R-23", "R-15", "D-21"}
    assert len(none.unsigned) == 3
    signed = plan(asked, SIGNED)
    assert daily(signed.schedule, 4) == ["5", "5", "5", "10"]
    entered = plan(replace(asked, start=mg(10), rise=mg(10), every_days=1), SIGNED)
    assert said(entered.findings, Code.SCHEDULE_DEPARTS).count("It goes faster than what is signed.") == 3
    by_hand = plan(replace(asked, start=mg(10), rise=mg(10), every_days=1), SHIPPED)
    assert Code.SCHEDULE_ENTERED in codes(by_hand.findings)
    early = plan(asked, NATIONAL.over("demonstration").on(date(2010, 3, 31)))
    assert "R-15" not in {fact for found in early.findings for fact in found.facts}


def test_buprenorphine_begins_in_the_first_slot_after_the_signed_hours() -> None:
    """A morning dose that comes before the hours have gone by is too soon by half a day (D-22)."""
    made = plan(BuprenorphineInduction(at(1, 9)), SIGNED)
    assert made.schedule is not None
    assert made.schedule.first_day == date(2010, 6, 3)
    assert daily(made.schedule, 3) == ["0.8", "2.8", "4.8"]
    assert "not before Wed 2 Jun 2010 15:00" in said(made.findings, Code.SCHEDULE_AS_SIGNED)
    evening = plan(BuprenorphineInduction(at(1, 9), slots=("evening",)), SIGNED)
    assert evening.schedule is not None
    assert evening.schedule.first_day == date(2010, 6, 2)


def test_the_hours_are_real_ones_when_the_clocks_change() -> None:
    """In March an hour is missing: 30 hours by the wall are 29, and too soon."""
    last = datetime(2010, 3, 27, 9, tzinfo=LONDON)
    first = datetime(2010, 3, 28, 15, tzinfo=LONDON)
    asked = BuprenorphineInduction(last, first)
    made = plan(asked, SIGNED)
    assert "29 full hours after the last opioid, before the 30 hours that are signed" in said(
        made.findings, Code.SCHEDULE_TOO_SOON
    )
    later = plan(replace(asked, first_dose_at=datetime(2010, 3, 28, 15, tzinfo=UTC)), SIGNED)
    assert Code.SCHEDULE_TOO_SOON not in codes(later.findings)
    assert "30 full hours" in said(later.findings, Code.SCHEDULE_AS_SIGNED)


def test_a_time_that_is_entered_holds_the_first_dose_alone() -> None:
    """The first dose at two in the afternoon, the next in the morning round."""
    asked = BuprenorphineInduction(at(1, 9), at(2, 14), every_days=1, target=mg("0.8"))
    made = plan(asked, SHIPPED)
    assert made.schedule is not None
    assert made.schedule.on(date(2010, 6, 2)) == (("14:00", mg("0.8")),)
    assert made.schedule.on(date(2010, 6, 3)) == (("morning", mg("0.8")),)
    assert "no interval is signed here" in said(made.findings, Code.SCHEDULE_ENTERED)
    rising = plan(replace(asked, start=mg(5), rise=mg(5), target=mg(10)), SHIPPED)
    assert rising.schedule is not None
    assert rising.schedule.on(date(2010, 6, 3)) == (("morning", mg(10)),)
    sentence = said(rising.findings, Code.SCHEDULE_ABOVE)
    assert "5 mg of buprenorphine on the first day is above 4 mg" in sentence
    assert "by 5 mg on Thu 3 Jun 2010 is above 4 mg" in sentence


def test_without_hours_or_a_last_opioid_nothing_is_proposed() -> None:
    """Buprenorphine too soon after an opioid: no hours are made up, and the question is put."""
    unsigned = plan(BuprenorphineInduction(at(1, 9)), SHIPPED)
    assert unsigned.schedule is None
    assert codes(unsigned.findings) == {Code.SCHEDULE_NOT_SIGNED}
    asked = plan(BuprenorphineInduction(None), SIGNED)
    assert asked.schedule is None
    assert "ask, and enter the time" in said(asked.findings, Code.SCHEDULE_LAST_OPIOID)
    entered = plan(BuprenorphineInduction(None, at(2, 8), every_days=1), SHIPPED)
    assert entered.schedule is not None
    assert Code.SCHEDULE_LAST_OPIOID in codes(entered.findings)
    rises = plan(BuprenorphineInduction(at(1, 9), at(2, 14)), SHIPPED)
    assert rises.schedule is None
    assert "Buprenorphine, a rise every" in rises.unsigned


def test_a_planned_switch_ends_one_medicine_before_the_other_begins() -> None:
    """Two opioid substitutes on one day are a double dose."""
    asked = Conversion(Ordered.METHADONE, mg(30), at(5, 9), Ordered.BUPRENORPHINE_NALOXONE, from_day=DAY)
    made = plan(asked, SIGNED)
    assert made.ends is not None
    assert made.schedule is not None
    assert (made.ends.first_day, made.ends.last_day) == (DAY, date(2010, 6, 5))
    assert made.schedule.first_day == date(2010, 6, 7)
    assert made.medicine is Ordered.BUPRENORPHINE_NALOXONE
    assert "none is reckoned from the other" in said(made.findings, Code.SCHEDULE_SWITCH)
    gap = plan(replace(asked, gap_hours=Decimal(36), every_days=1), SHIPPED)
    assert gap.schedule is not None
    assert gap.schedule.on(date(2010, 6, 6)) == (("21:00", mg("0.8")),)
    assert plan(asked, SHIPPED).schedule is None
    assert plan(asked, SHIPPED).ends == made.ends
    back = plan(Conversion(Ordered.BUPRENORPHINE, mg(8), at(5, 9), Ordered.METHADONE), SIGNED)
    assert daily(back.schedule, 2) == ["10", "15"]
    with pytest.raises(NotASchedule, match="never stand on one day"):
        plan(replace(asked, first_dose_at=at(5, 21)), SIGNED)


def test_naltrexone_is_held_against_the_hours_since_the_last_opioid() -> None:
    """Naltrexone too soon after an opioid (D-22): said where hours are signed, asked where nothing is known."""
    asked = Maintenance(Ordered.NALTREXONE, mg(50), date(2010, 6, 10), last_opioid_at=at(1, 6))
    assert Code.SCHEDULE_TOO_SOON in codes(plan(asked, SIGNED).findings)
    assert Code.SCHEDULE_AS_SIGNED in codes(plan(replace(asked, first_day=date(2010, 6, 11)), SIGNED).findings)
    assert Code.SCHEDULE_ENTERED in codes(plan(asked, SHIPPED).findings)
    assert Code.SCHEDULE_LAST_OPIOID in codes(plan(replace(asked, last_opioid_at=None), SIGNED).findings)


def test_a_first_buprenorphine_asks_for_the_last_opioid_whatever_the_course_is_called() -> None:
    """One dose, a steady start or a course by hand: the hours are asked for all the same (D-22)."""
    one = Maintenance(Ordered.BUPRENORPHINE, mg(4), date(2010, 6, 2), last_opioid_at=at(1, 9))
    assert "23 full hours after the last opioid, before the 30 hours" in said(
        plan(one, SIGNED).findings, Code.SCHEDULE_TOO_SOON
    )
    assert Code.SCHEDULE_TOO_SOON not in codes(plan(replace(one, already_on=mg(4)), SIGNED).findings)
    down = Reduction(Ordered.BUPRENORPHINE, mg(4), steady_from=DAY)
    assert Code.SCHEDULE_LAST_OPIOID in codes(plan(down, SIGNED).findings)
    days = ((date(2010, 6, 2), doses_of([("14:00", mg(4))])),)
    hers = ByHand(Ordered.BUPRENORPHINE, days, begins=True, last_opioid_at=at(1, 9))
    assert "29 full hours" in said(plan(hers, SIGNED).findings, Code.SCHEDULE_TOO_SOON)
    assert plan(replace(hers, days=((DAY, ()),)), SIGNED).schedule is not None


def test_one_dose_is_a_first_dose_unless_it_is_taken_already() -> None:
    """60 mg ordered as *one dose* on the first night is 60 mg as a first dose, whatever the course is called."""
    asked = Maintenance(Ordered.METHADONE, mg(60), DAY, slots=("night", "morning"))
    first = plan(asked, SHIPPED, SOBER)
    assert first.schedule is not None
    assert first.schedule.on(DAY) == (("morning", mg(30)), ("night", mg(30)))
    assert codes(first.findings) == {Code.SCHEDULE_ABOVE, Code.SCHEDULE_STEADY}
    taken = plan(replace(asked, already_on=mg(60)), SHIPPED, SOBER)
    assert (taken.findings, taken.already_on) == ((), mg(60))
    raised = plan(replace(asked, already_on=mg(40)), SHIPPED, SOBER)
    assert "by 20 mg on Tue 1 Jun 2010" in said(raised.findings, Code.SCHEDULE_ABOVE)
    again = plan(replace(asked, dose=mg(40), after_break=True), SHIPPED, SOBER)
    assert Code.SCHEDULE_AFTER_BREAK in codes(again.findings)


@pytest.mark.parametrize(
    "asked",
    [
        METHADONE,
        Reinduction(Ordered.METHADONE, DAY, mg(30)),
        BuprenorphineInduction(at(1, 9)),
        Maintenance(Ordered.METHADONE, mg(60), DAY),
        Conversion(Ordered.BUPRENORPHINE, mg(8), at(5, 9), Ordered.METHADONE),
        DiazepamReduction(DAY, mg(20)),
        AlcoholFixed(DAY, units_a_day=Decimal(20)),
    ],
)
def test_in_pregnancy_no_schedule_is_proposed(asked: Request) -> None:
    """A reduction proposed to a pregnant woman may cost the child (S-01)."""
    made = plan(asked, SIGNED, ForWhom(pregnant=True))
    assert made.schedule is None
    assert codes(made.findings) == {Code.SCHEDULE_PREGNANT}


def test_in_pregnancy_the_way_by_hand_stays_open_and_an_unasked_question_is_put() -> None:
    """The prescriber's own course stands; a woman of whom nobody asked is asked."""
    hers = ByHand(Ordered.METHADONE, ((DAY, doses_of([("morning", mg(30))])),), goes_on=True)
    made = plan(hers, SHIPPED, ForWhom(pregnant=True))
    assert made.schedule is not None
    assert codes(made.findings) == {Code.SCHEDULE_PREGNANT}
    assert plan(Abstinence(DAY), SHIPPED, ForWhom(pregnant=True)).findings[0].code == Code.SCHEDULE_PREGNANT
    woman = plan(METHADONE, SHIPPED, ForWhom(sex=Sex.FEMALE))
    assert woman.schedule is not None
    assert Code.SCHEDULE_PREGNANCY_NOT_ASKED in codes(woman.findings)
    answered = plan(METHADONE, SHIPPED, ForWhom(sex=Sex.FEMALE, pregnant=False))
    assert Code.SCHEDULE_PREGNANCY_NOT_ASKED not in codes(answered.findings)


def test_on_naltrexone_no_opioid_is_scheduled_not_even_by_hand() -> None:
    """An opioid on naltrexone is a hard stop; other medicines are not touched by it."""
    blocked = ForWhom(on_naltrexone=True)
    hers = ByHand(Ordered.METHADONE, ((DAY, doses_of([("morning", mg(30))])),))
    for asked in (METHADONE, hers, Maintenance(Ordered.DIHYDROCODEINE, mg(90), DAY)):
        made = plan(asked, SHIPPED, blocked)
        assert made.schedule is None
        assert codes(made.findings) == {Code.SCHEDULE_ON_NALTREXONE}
    assert plan(DiazepamReduction(DAY, mg(20)), SIGNED, blocked).schedule is not None
    assert plan(Maintenance(Ordered.NALTREXONE, mg(50), DAY), SIGNED, blocked).schedule is not None
    assert Code.SCHEDULE_ON_NALTREXONE not in codes(plan(Abstinence(DAY), SHIPPED, blocked).findings)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (replace(METHADONE, start=NOUGHT), "A first dose is more than 0 mg"),
        (replace(METHADONE, rise=NOUGHT), "A rise is more than 0 mg"),
        (replace(METHADONE, every_days=0), "A rise comes every so many days"),
        (replace(METHADONE, start=mg(30), target=mg(20)), "write a higher target, or choose a reduction"),
        (replace(METHADONE, rise=mg("0.01")), "longer than anybody orders ahead"),
        (replace(METHADONE, first_day=date.max), "beyond the calendar"),
        (Titration(Ordered.DIHYDROCODEINE, DAY), "No first days of dihydrocodeine are kept here"),
        (Titration(Ordered.BUPRENORPHINE, DAY), "planned as its induction"),
        (Reinduction(Ordered.DIHYDROCODEINE, DAY, mg(30)), "No re-induction of dihydrocodeine"),
        (BuprenorphineInduction(at(1, 9), medicine=Ordered.METHADONE), "methadone was asked for"),
        (BuprenorphineInduction(at(2, 9), at(2, 9)), "does not lie after the last opioid"),
        (BuprenorphineInduction(datetime(2010, 6, 1, 9)), "does not say its offset"),  # noqa: DTZ001
        (Maintenance(Ordered.METHADONE, NOUGHT, DAY), "A maintenance dose is more than 0 mg"),
        (Conversion(Ordered.METHADONE, mg(30), at(5, 9), Ordered.METHADONE), "A planned switch is from"),
        (Conversion(Ordered.METHADONE, NOUGHT, at(5, 9), Ordered.BUPRENORPHINE), "Write the daily dose of methadone"),
        (
            Conversion(Ordered.METHADONE, mg(30), at(5, 9), Ordered.BUPRENORPHINE, gap_hours=Decimal(0)),
            "more than 0 hours",
        ),
        (
            Conversion(Ordered.METHADONE, mg(30), at(5, 9), Ordered.BUPRENORPHINE, from_day=date(2010, 6, 6)),
            "before it begins",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(asked: Request, sentence: str) -> None:
    """A slip of the pen is found before anything is signed."""
    with pytest.raises(NotASchedule, match=sentence):
        plan(asked, SIGNED)


def test_a_figure_that_local_policy_left_empty_is_missing_and_not_made_up() -> None:
    """A local policy may take a figure away: then nothing stands in its place."""
    value = NATIONAL.held("methadone_rise_least", DAY)[1]
    assert value is not None
    empty = Replacement("methadone_rise_least", (replace(value, value=None),))
    params = NATIONAL.over(Overlay("own", "Own", "The lead", DAY, (empty,))).on(DAY)
    made = plan(METHADONE, params)
    assert made.schedule is None
    assert made.unsigned == ("Methadone, rise a day in week one, at least",)
    assert plan(replace(METHADONE, already_on=mg(60), target=mg(70)), params).schedule is None


def test_before_any_guidance_nothing_is_proposed_and_it_is_said() -> None:
    """For a day of 2005 the desk holds nothing, and says so."""
    made = plan(METHADONE, NATIONAL.on(date(2005, 12, 31)))
    assert made.schedule is None
    assert codes(made.findings) == {Code.NO_GUIDANCE}
