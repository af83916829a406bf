"""A schedule held against release, tolerance and ceilings; and two schedules beside each other."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pdtdesk.domain.regime.courses import Maintenance, Pause, Reduction
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import DAY as ONE_DAY
from pdtdesk.domain.regime.schedule import Schedule, Stretch, day_by_day
from pdtdesk.policy.dated import Overlay, Replacement
from pdtdesk.policy.findings import Tier
from pdtdesk.policy.origin import Status
from pdtdesk.policy.parameters import ParametersOnDay
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.reckoned import ReleaseFrom
from pdtdesk.policy.regime.schedules import against, compare, ending, plan
from tests.policy.regime.scheduling import DAY, NATIONAL, SHIPPED, at, codes, mg, released, said

FAR = released(date(2010, 12, 1))


def down(from_dose: float = 30, step: float = 10, every: int = 1, **more: object) -> Schedule:
    """Five days steady from the first of June, then down."""
    asked = Reduction(Ordered.METHADONE, mg(from_dose), None, mg(step), every, DAY, **more)
    schedule = plan(asked, SHIPPED).schedule
    assert schedule is not None
    return schedule


def steady(medicine: Ordered, dose: float) -> Schedule:
    schedule = plan(Maintenance(medicine, mg(dose), DAY, last_opioid_at=at(1, 1)), SHIPPED).schedule
    assert schedule is not None
    return schedule


@pytest.mark.parametrize(
    ("release", "expected", "days"),
    [
        (date(2010, 6, 6), {Code.SCHEDULE_PAST_RELEASE}, None),
        (date(2010, 6, 7), {Code.SCHEDULE_PAST_RELEASE}, None),
        (date(2010, 6, 8), {Code.SCHEDULE_OVERDOSE}, "0 days"),
        (date(2010, 6, 9), {Code.SCHEDULE_OVERDOSE}, "1 day "),
        (date(2010, 9, 2), {Code.SCHEDULE_OVERDOSE}, "86 days"),
    ],
)
def test_each_edge_of_release_against_the_last_dose(release: date, expected: set[Code], days: str | None) -> None:
    """Past release somebody outside goes on; at nought before it, the old dose may kill (K-03, K-04)."""
    found = against(down(), Ordered.METHADONE, released(release), SHIPPED)
    assert codes(found) == expected | {Code.TOLERANCE}
    assert all(each.tier is Tier.MUST_ACKNOWLEDGE and each.status is Status.AWAITING for each in found)
    if days is not None:
        sentence = said(found, Code.SCHEDULE_OVERDOSE)
        assert f": {days}" in sentence
        assert "Nothing is given from Tue 8 Jun 2010" in sentence
        assert all(figure in sentence for figure in ("37 times", "69 times", "29 times", "7.5 (5.7 to 9.9)", "0.25"))
        (overdose,) = (each for each in found if each.code == Code.SCHEDULE_OVERDOSE)
        assert overdose.facts == ("K-03", "K-04", "K-10")


def test_on_the_day_of_release_the_last_dose_is_said_to_be_the_last() -> None:
    """The dose of the day is given before leaving, and the next is nobody's."""
    found = against(down(), Ordered.METHADONE, released(date(2010, 6, 7)), SHIPPED)
    assert "has its last dose on Mon 7 Jun 2010, the day of release" in said(found, Code.SCHEDULE_PAST_RELEASE)


def test_what_goes_on_past_release_needs_a_prescriber_outside() -> None:
    """Maintenance that ends at the gate ends without anybody having decided it."""
    found = against(steady(Ordered.METHADONE, 60), Ordered.METHADONE, FAR, SHIPPED)
    assert codes(found) == {Code.SCHEDULE_PAST_RELEASE}
    estimated = released(date(2010, 12, 1), ReleaseFrom.COMPUTED)
    sentence = said(
        against(steady(Ordered.METHADONE, 60), Ordered.METHADONE, estimated, SHIPPED), Code.SCHEDULE_PAST_RELEASE
    )
    assert "Wed 1 Dec 2010, the latest estimate" in sentence
    diazepam = against(steady(Ordered.DIAZEPAM, 10), Ordered.DIAZEPAM, FAR, SHIPPED)
    assert codes(diazepam) == {Code.SCHEDULE_PAST_RELEASE}


def test_a_release_that_is_not_known_is_said_and_not_reckoned_with() -> None:
    """On remand release may come from any court."""
    found = against(down(), Ordered.METHADONE, released(None), SHIPPED)
    assert codes(found) == {Code.SCHEDULE_RELEASE_NOT_KNOWN, Code.TOLERANCE}


def test_every_course_without_an_opioid_says_what_becomes_of_tolerance() -> None:
    """Also one that stops from a steady dose, one that falls on its first day, and naltrexone and lofexidine."""
    stops = Schedule((Stretch(DAY, DAY + 9 * ONE_DAY, (("morning", mg(30)),)),))
    assert Code.TOLERANCE in codes(against(stops, Ordered.METHADONE, FAR, SHIPPED))
    goes_on = steady(Ordered.METHADONE, 20)
    assert Code.TOLERANCE not in codes(against(goes_on, Ordered.METHADONE, FAR, SHIPPED))
    falls = against(goes_on, Ordered.METHADONE, FAR, SHIPPED, already_on=mg(30), taken_since=date(2010, 1, 4))
    assert Code.TOLERANCE in codes(falls)
    for medicine in (Ordered.NALTREXONE, Ordered.LOFEXIDINE):
        assert Code.TOLERANCE in codes(against(steady(medicine, 50), medicine, FAR, SHIPPED))
    codeine = against(down(), Ordered.DIHYDROCODEINE, FAR, SHIPPED)
    assert codes(codeine) == {Code.TOLERANCE, Code.SCHEDULE_OVERDOSE}
    nothing = Schedule((Stretch(DAY, DAY, (("morning", mg(0)),)),))
    assert Code.SCHEDULE_OVERDOSE in codes(against(nothing, Ordered.METHADONE, FAR, SHIPPED))


def test_chlordiazepoxide_that_ends_before_release_is_no_overdose_finding() -> None:
    """What is said of opioids is not said of every medicine, or it is read by nobody."""
    assert against(down(), Ordered.CHLORDIAZEPOXIDE, FAR, SHIPPED) == ()


def test_a_reduction_before_the_fifth_day_is_said() -> None:
    """Stabilisation is counted from the first dose: the fifth day is steady, the sixth may fall (R-01, S-05)."""
    early = Reduction(Ordered.METHADONE, mg(30), date(2010, 6, 5), mg(5), 1, steady_from=DAY)
    schedule = plan(early, SHIPPED).schedule
    assert schedule is not None
    found = against(schedule, Ordered.METHADONE, FAR, SHIPPED)
    assert "on Sat 5 Jun 2010, after 4 of at least 5 days" in said(found, Code.SCHEDULE_EARLY)
    since = against(schedule, Ordered.METHADONE, FAR, SHIPPED, taken_since=date(2010, 5, 31))
    assert Code.SCHEDULE_EARLY not in codes(since)
    assert Code.SCHEDULE_EARLY not in codes(against(down(), Ordered.METHADONE, FAR, SHIPPED))


def test_what_rises_first_and_falls_later_is_seen_to_fall() -> None:
    """A fall behind a rise is a reduction as well."""
    doses = ((0, 20), (1, 30), (2, 30), (3, 10))
    schedule = day_by_day([(DAY + n * ONE_DAY, (("morning", mg(dose)),)) for n, dose in doses], goes_on=True)
    found = against(schedule, Ordered.METHADONE, FAR, SHIPPED)
    assert "begins on Fri 4 Jun 2010, after 3 of at least 5 days" in said(found, Code.SCHEDULE_EARLY)


def test_a_reduction_of_what_is_taken_already_asks_since_when() -> None:
    """Without the day of the first dose nobody can say whether somebody is stabilised."""
    made = plan(Reduction(Ordered.METHADONE, mg(30), DAY, mg(5), 1), SHIPPED)
    assert made.schedule is not None
    asked = against(made.schedule, Ordered.METHADONE, FAR, SHIPPED, already_on=made.already_on)
    assert "Since when methadone is taken is not known here" in said(asked, Code.SCHEDULE_EARLY)
    known = against(
        made.schedule, Ordered.METHADONE, FAR, SHIPPED, already_on=made.already_on, taken_since=date(2010, 5, 27)
    )
    assert Code.SCHEDULE_EARLY not in codes(known)


def signed_as(reading: str) -> ParametersOnDay:
    """The guidance with one reading of the ECG signed."""
    value = NATIONAL.held("methadone_ecg_counts", DAY)[1]
    assert value is not None
    signed = Replacement("methadone_ecg_counts", (replace(value, value=reading, candidates=()),))
    return NATIONAL.over(Overlay("own", "Own", "The lead", DAY, (signed,))).on(DAY)


@pytest.mark.parametrize(
    ("dose", "unsigned", "above", "from_it"),
    [("99.9", False, False, False), ("100", True, False, True), ("100.1", True, True, True)],
)
def test_an_ecg_is_asked_for_as_the_sources_have_it(dose: str, unsigned: bool, above: bool, from_it: bool) -> None:
    """At 100 mg exactly the sources disagree: until one is signed both are said (D-07)."""
    schedule = steady(Ordered.METHADONE, float(dose))
    shown = [
        Code.SCHEDULE_ECG in codes(against(schedule, Ordered.METHADONE, FAR, params))
        for params in (SHIPPED, signed_as("above"), signed_as("from"))
    ]
    assert shown == [unsigned, above, from_it]
    if dose == "100":
        (ecg,) = (
            each for each in against(schedule, Ordered.METHADONE, FAR, SHIPPED) if each.code == Code.SCHEDULE_ECG
        )
        assert "the sources disagree" in ecg.sentence
        assert ecg.unsigned


@pytest.mark.parametrize(
    ("medicine", "dose", "expected"),
    [
        (Ordered.METHADONE, 120, {Code.SCHEDULE_ECG}),
        (Ordered.METHADONE, 121, {Code.SCHEDULE_ECG, Code.SCHEDULE_USUAL}),
        (Ordered.BUPRENORPHINE, 24, set()),
        (Ordered.BUPRENORPHINE_NALOXONE, 26, {Code.SCHEDULE_USUAL}),
        (Ordered.BUPRENORPHINE, 32, {Code.SCHEDULE_USUAL}),
        (Ordered.BUPRENORPHINE, 34, {Code.SCHEDULE_USUAL, Code.SCHEDULE_CEILING}),
        (Ordered.DIHYDROCODEINE, 900, set()),
    ],
)
def test_each_ceiling_and_the_usual_range(medicine: Ordered, dose: int, expected: set[Code]) -> None:
    """A dose above what is signed is said before it is ordered (D-04, D-07, D-08)."""
    found = against(steady(medicine, dose), medicine, FAR, SHIPPED)
    assert codes(found) - {Code.SCHEDULE_PAST_RELEASE} == expected


def test_before_any_guidance_it_is_said_that_there_is_none() -> None:
    """A day of 2005 is not judged by the guidance of later years."""
    found = against(down(), Ordered.METHADONE, FAR, NATIONAL.on(date(2005, 12, 31)))
    assert codes(found) == {Code.NO_GUIDANCE}


def test_what_if_two_schedules_stand_side_by_side_with_their_ends_and_release() -> None:
    """A prescriber sees on which day each ends, and how many days there are to release."""
    custody = released(date(2010, 6, 10))
    short, long = down(), down(every=2, pauses=(Pause(date(2010, 6, 7), 2),))
    both = compare(short, long, custody)
    assert (both.first.last_given, both.first.free_from) == (date(2010, 6, 7), date(2010, 6, 8))
    assert (both.first.days_to_release, both.second.days_to_release, both.apart) == (3, -1, 4)
    assert both.sentence == (
        "What is entered has its last dose on Mon 7 Jun 2010, 3 days before release; what was kept has its last "
        "dose on Fri 11 Jun 2010, 1 day after release. What was kept ends 4 days later."
    )
    assert "1 day earlier" in compare(down(), down(from_dose=20), custody).sentence
    same = compare(short, short, released(None))
    assert same.apart == 0
    assert same.sentence.endswith("what was kept has its last dose on Mon 7 Jun 2010.")
    on_the_day = ending(short, released(date(2010, 6, 7)))
    assert on_the_day.words == "has its last dose on Mon 7 Jun 2010, the day of release"
    forever = compare(short, steady(Ordered.METHADONE, 60), custody)
    assert forever.apart is None
    assert forever.second.goes_on
    assert "what was kept goes on until somebody changes it." in forever.sentence
    nothing = ending(Schedule((Stretch(DAY, DAY, ()),)), custody)
    assert (nothing.last_given, nothing.days_to_release, nothing.words) == (None, None, "gives nothing")


def test_of_two_that_go_on_it_is_said_what_each_reaches_and_on_which_day() -> None:
    """“Goes on; goes on” beside two ways up to a dose: which of them is slower is reckoned on the back of a hand."""

    def rising(*doses: int) -> Schedule:
        days = [(DAY + n * ONE_DAY, (("morning", mg(dose)),)) for n, dose in enumerate(doses)]
        return day_by_day(days, goes_on=True)

    both = compare(rising(20, 25, 30, 40), rising(20, 40, 30), FAR)
    assert both.sentence == (
        "Both go on until somebody changes them. What is entered gives 40 mg a day from Fri 4 Jun 2010; what was "
        "kept gives 30 mg a day from Thu 3 Jun 2010, after 40 mg a day from Wed 2 Jun 2010."
    )
    parted = Stretch(DAY + ONE_DAY, None, (("morning", mg(20)), ("night", mg(20))))
    same = compare(steady(Ordered.METHADONE, 40), Schedule((Stretch(DAY, DAY, (("night", mg(40)),)), parted)), FAR)
    assert same.sentence.count("40 mg a day from Tue 1 Jun 2010") == 2, "the same a day, at other times of it"


@given(some.integers(5, 120), some.integers(1, 20), some.integers(1, 9), some.integers(-40, 200))
def test_a_course_that_ends_is_either_past_release_or_leaves_somebody_without_tolerance(
    dose: int, step: int, every: int, days: int
) -> None:
    """No reduction of an opioid ends in silence, wherever release lies."""
    schedule = down(dose, step, every)
    custody = released(DAY + timedelta(days=days))
    found = codes(against(schedule, Ordered.METHADONE, custody, SHIPPED))
    assert Code.TOLERANCE in found
    assert (Code.SCHEDULE_PAST_RELEASE in found) is not (Code.SCHEDULE_OVERDOSE in found)
    free = schedule.free_from()
    assert free is not None
    assert (Code.SCHEDULE_OVERDOSE in found) is (free <= custody.release_on)
