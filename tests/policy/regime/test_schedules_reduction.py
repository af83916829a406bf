"""Steps down: they end exactly at nought, a pause only prolongs, and what is not signed is not made up."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.courses import Abstinence, ByHand, DiazepamReduction, Hypnotic, Pace, Pause, Reduction
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import DAY as ONE_DAY
from pdtdesk.domain.regime.schedule import NOUGHT, NotASchedule, doses_of
from pdtdesk.policy.findings import Tier
from pdtdesk.policy.origin import Status
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.schedules import plan
from tests.policy.regime.scheduling import DAY, SHIPPED, SIGNED, codes, daily, mg, said

ENTERED = Reduction(Ordered.METHADONE, mg(30), DAY, mg(5), 2)
DOSES = some.integers(1, 1200).map(lambda tenths: Milligrams(Decimal(tenths) / 10))
REDUCTIONS = some.builds(
    Reduction,
    medicine=some.just(Ordered.METHADONE),
    from_dose=DOSES,
    first_day=some.dates(date(2006, 1, 1), date(2030, 1, 1)),
    step=some.integers(20, 400).map(lambda tenths: Milligrams(Decimal(tenths) / 10)),
    interval_days=some.integers(1, 15),
    then=some.lists(
        some.builds(
            Pace, DOSES, some.integers(10, 90).map(lambda t: Milligrams(Decimal(t) / 10)), some.integers(1, 3)
        ),
        max_size=2,
    ).map(tuple),
)


@given(REDUCTIONS)
def test_a_reduction_only_falls_never_below_nought_and_ends_exactly_there(asked: Reduction) -> None:
    """A dose that rises inside a reduction, or a last step into less than nothing, is nobody's order."""
    schedule = plan(asked, SIGNED).schedule
    assert schedule is not None
    assert schedule.last_day is not None
    doses = [dose for _, dose in schedule.days(schedule.last_day)]
    assert doses == sorted(doses, reverse=True)
    assert doses[0] < asked.from_dose
    assert doses[-1] == NOUGHT
    assert doses.count(NOUGHT) == 1
    assert schedule.free_from() == schedule.last_day


@given(REDUCTIONS, some.integers(0, 100), some.integers(1, 60))
def test_a_pause_only_prolongs_a_reduction_by_its_own_days(asked: Reduction, into: int, days: int) -> None:
    """Somebody who is given a rest in a reduction must not find it made up for afterwards by larger steps."""
    without = plan(asked, SIGNED).schedule
    assert without is not None
    assert without.last_day is not None
    assert asked.first_day is not None
    begins = asked.first_day + into % ((without.last_day - asked.first_day).days + 1) * ONE_DAY
    paused = plan(replace(asked, pauses=(Pause(begins, days),)), SIGNED).schedule
    assert paused is not None
    assert paused.last_day == without.last_day + days * ONE_DAY
    before = asked.from_dose if begins == asked.first_day else paused.daily_on(begins - ONE_DAY)
    assert all(paused.daily_on(begins + n * ONE_DAY) == before for n in range(days))
    assert all(paused.daily_on(day) >= dose for day, dose in without.days(without.last_day))
    steps = [stretch.daily for stretch in paused.stretches if stretch.daily < asked.from_dose]
    assert steps == [stretch.daily for stretch in without.stretches]


def test_the_dose_stands_for_the_days_of_stabilisation_that_are_signed() -> None:
    """Five days are counted from the first dose: the sixth is the first on which less may be given (S-05)."""
    made = plan(Reduction(Ordered.METHADONE, mg(30), steady_from=DAY, step=mg(10), interval_days=1), SHIPPED)
    assert daily(made.schedule, 9) == ["30"] * 5 + ["20", "10", "0", "0"]
    assert made.already_on is None
    assert "no reduction before Sun 6 Jun 2010" in said(made.findings, Code.SCHEDULE_STEADY)


def test_a_steady_dose_is_a_first_dose_unless_it_is_taken_already() -> None:
    """60 mg for five days, and then down, begins with 60 mg as a first dose where nothing was taken before."""
    asked = Reduction(Ordered.METHADONE, mg(60), steady_from=DAY, step=mg(20), interval_days=1)
    first = plan(asked, SHIPPED)
    assert "60 mg of methadone on the first day is above 40 mg" in said(first.findings, Code.SCHEDULE_ABOVE)
    taken = plan(replace(asked, taken_since=DAY - 3 * ONE_DAY), SHIPPED)
    assert daily(taken.schedule, 4) == ["60", "60", "40", "20"]
    assert taken.already_on == mg(60)
    assert codes(taken.findings) == {Code.SCHEDULE_ENTERED, Code.SCHEDULE_STEADY}
    assert "no reduction before Thu 3 Jun 2010" in said(taken.findings, Code.SCHEDULE_STEADY)
    long = plan(replace(asked, taken_since=DAY - 90 * ONE_DAY), SHIPPED)
    assert daily(long.schedule, 2) == ["40", "20"]
    assert long.already_on == mg(60)
    at_once = plan(replace(asked, first_day=DAY), SHIPPED)
    assert (daily(at_once.schedule, 1), at_once.already_on) == (["40"], mg(60))
    diazepam = plan(DiazepamReduction(DAY + ONE_DAY, mg(20), steady_from=DAY), SIGNED)
    assert daily(diazepam.schedule, 2) == ["20", "18"]


def test_nothing_signed_and_nothing_entered_is_no_schedule_and_says_who_can_sign() -> None:
    """An invented step is a wrong dose with a reason that sounds like guidance (D-09)."""
    made = plan(Reduction(Ordered.METHADONE, mg(30), DAY), SHIPPED)
    assert made.schedule is None
    assert made.unsigned == ("Methadone, reduction: each step", "Methadone, reduction: a step every")
    sentence = said(made.findings, Code.SCHEDULE_NOT_SIGNED)
    assert "the step, the interval" in sentence
    assert "clinical lead can fill it in and sign it; until then the course is entered by hand" in sentence
    (half,) = plan(Reduction(Ordered.BUPRENORPHINE, mg(8), DAY, step=mg(2)), SHIPPED).findings
    assert half.unsigned == ("Buprenorphine, reduction: a step every",)


def test_steps_are_as_signed_and_what_is_entered_beyond_them_is_said_and_not_refused() -> None:
    """A prescriber may go faster, and has it said; slower is noted."""
    signed = plan(Reduction(Ordered.METHADONE, mg(30), DAY), SIGNED)
    assert daily(signed.schedule, 15)[::7] == ["25", "20", "15"]
    assert signed.already_on == mg(30)
    assert codes(signed.findings) == {Code.SCHEDULE_AS_SIGNED}
    faster = plan(ENTERED, SIGNED)
    assert daily(faster.schedule, 4) == ["25", "25", "20", "20"]
    (found,) = faster.findings
    assert (found.code, found.tier, found.status) == (Code.SCHEDULE_DEPARTS, Tier.MUST_ACKNOWLEDGE, Status.SIGNED)
    assert "the interval 2 days was entered, less than is signed (7 days; DEMONSTRATION" in found.sentence
    slower = plan(replace(ENTERED, step=mg(2), interval_days=14, then=(Pace(mg(20), mg(9), 1),)), SIGNED)
    assert said(slower.findings, Code.SCHEDULE_GENTLER).count("It goes more slowly.") == 2
    assert "the step 9 mg was entered, more than is signed" in said(slower.findings, Code.SCHEDULE_DEPARTS)


def test_what_is_entered_where_nothing_is_signed_stands_and_says_so() -> None:
    """The way by hand stays open while nobody has signed."""
    made = plan(ENTERED, SHIPPED)
    assert made.schedule is not None
    (found,) = made.findings
    assert (found.code, found.tier, found.status) == (
        Code.SCHEDULE_ENTERED,
        Tier.MUST_ACKNOWLEDGE,
        Status.AWAITING,
    )


def test_a_reduction_to_a_dose_goes_on_at_it_and_may_slow_down_near_it() -> None:
    """The last steps of a reduction are often smaller; a reduction to 10 mg is no detoxification."""
    slow = replace(ENTERED, interval_days=1, then=(Pace(mg(20), mg(2), 2),), stop_at=mg(15))
    made = plan(slow, SHIPPED)
    assert daily(made.schedule, 9) == ["25", "20", "18", "18", "16", "16", "15", "15", "15"]
    assert made.schedule is not None
    assert made.schedule.last_day is None


def test_a_dose_is_shared_over_its_slots_or_left_to_be_written_by_hand() -> None:
    """Two parts of a dose must add up to it, to the last thousandth."""
    made = plan(replace(ENTERED, slots=("evening", "morning")), SHIPPED)
    assert made.schedule is not None
    assert made.schedule.on(DAY) == (("morning", mg("12.5")), ("evening", mg("12.5")))
    with pytest.raises(NotASchedule, match="25 mg cannot be given in 3 equal parts"):
        plan(replace(ENTERED, slots=("morning", "noon", "night")), SHIPPED)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (replace(ENTERED, from_dose=NOUGHT), "begins from more than 0 mg"),
        (replace(ENTERED, stop_at=mg(30)), "goes nowhere"),
        (replace(ENTERED, step=NOUGHT), "A step is more than 0 mg"),
        (replace(ENTERED, interval_days=0), "A step comes every so many days"),
        (replace(ENTERED, then=(Pace(mg(10), mg(1), -1),)), "A step comes every so many days"),
        (replace(ENTERED, pauses=(Pause(DAY, 0),)), "A pause lasts 1 day or more"),
        (replace(ENTERED, pauses=(Pause(DAY - 9 * ONE_DAY, 9),)), "lies outside the reduction"),
        (replace(ENTERED, pauses=(Pause(DAY + 90 * ONE_DAY, 9),)), "from Tue 1 Jun 2010 to Fri 11 Jun 2010"),
        (replace(ENTERED, steady_from=DAY + ONE_DAY), "put the day of the first lower dose after it"),
        (replace(ENTERED, step=mg("0.01")), "longer than anybody orders ahead"),
        (replace(ENTERED, first_day=None), "Write the first day of a lower dose"),
        (replace(ENTERED, slots=()), "A dose needs a slot"),
        (replace(ENTERED, slots=("bedtime",)), "“bedtime” is no slot"),
        (replace(ENTERED, first_day=date.max), "beyond the calendar"),
        (Reduction(Ordered.DIHYDROCODEINE, mg(90), DAY, mg(30)), "No steps are kept for dihydrocodeine"),
        (Reduction(Ordered.DIAZEPAM, mg(20), step=mg(2), interval_days=7, steady_from=DAY), "No days of stabilis"),
        (DiazepamReduction(DAY), "Write the daily dose of diazepam"),
        (ByHand(Ordered.METHADONE, ()), "at least one day"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(asked: Reduction, sentence: str) -> None:
    """A slip of the pen in a course is found before it is signed, with the word that mends it."""
    with pytest.raises(NotASchedule, match=sentence):
        plan(asked, SHIPPED)


def test_a_medicine_without_figures_is_reduced_by_the_prescribers_own() -> None:
    """Dihydrocodeine has no figures here; her own steps are taken as they are."""
    made = plan(Reduction(Ordered.DIHYDROCODEINE, mg(90), DAY, mg(30), 1), SHIPPED)
    assert daily(made.schedule, 3) == ["60", "30", "0"]
    assert made.findings == ()


def test_other_benzodiazepines_are_reckoned_into_diazepam_and_the_sum_is_shown() -> None:
    """Lorazepam 1 mg is diazepam 10 mg: taken for 1 mg it is withdrawal with seizures (D-10)."""
    taken = ((Hypnotic.LORAZEPAM, mg(1)), (Hypnotic.ZOPICLONE, mg(5)))
    made = plan(DiazepamReduction(DAY, instead_of=taken, taken_beside=mg(2)), SIGNED)
    assert daily(made.schedule, 1) == ["13.3"]
    sentence = said(made.findings, Code.SCHEDULE_EQUIVALENT)
    assert "together as 15.3 mg of diazepam a day, rounded down" in sentence
    assert "2 mg of diazepam itself" in sentence
    entered = plan(DiazepamReduction(DAY, from_dose=mg(10), instead_of=taken[:1]), SIGNED)
    assert daily(entered.schedule, 1) == ["8"]
    assert "10 mg was entered, and stands" in said(entered.findings, Code.SCHEDULE_EQUIVALENT)
    assert codes(plan(DiazepamReduction(DAY, mg(10)), SIGNED).findings) == {Code.SCHEDULE_AS_SIGNED}
    assert plan(DiazepamReduction(DAY, mg(10)), SHIPPED).schedule is None


def test_nothing_ordered_says_what_becomes_of_tolerance() -> None:
    """Somebody who stops has it said that the old dose can kill."""
    made = plan(Abstinence(DAY), SHIPPED)
    assert (made.medicine, made.schedule) == (None, None)
    assert codes(made.findings) == {Code.SCHEDULE_NOTHING, Code.TOLERANCE}


def test_what_is_written_by_hand_stands_as_it_was_written() -> None:
    """The prescriber's own course is never changed by the desk."""
    days = tuple((DAY + n * ONE_DAY, doses_of([("morning", mg(dose))])) for n, dose in enumerate((20, 20, 10)))
    made = plan(ByHand(Ordered.METHADONE, days, goes_on=True), SHIPPED)
    assert daily(made.schedule, 4) == ["20", "20", "10", "10"]
    assert made.findings == ()
