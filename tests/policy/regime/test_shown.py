"""What doses show, whatever was declared: a detoxification of four months is not one."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pdtdesk.domain.regime.doses import DoseRow, Outcome
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.policy.national import load_national
from pdtdesk.policy.regime.printed import printed_course
from pdtdesk.policy.regime.shown import Course, courses

PARAMS = load_national().on(date(2010, 6, 1))
FIRST = date(2010, 1, 4)


def record(*levels: float | str | None) -> list[DoseRow]:
    """One methadone dose a day from the first; None has no row, a word is an outcome with nothing taken."""
    rows = []
    for number, level in enumerate(levels):
        day = FIRST + timedelta(days=number)
        if isinstance(level, str):
            rows.append(DoseRow(day, "methadone", Decimal(30), Outcome(level)))
        elif level is not None:
            rows.append(DoseRow(day, "methadone", Decimal(str(level)), Outcome.TAKEN))
    return rows


def one(*levels: float | str | None) -> Course:
    (course,) = courses(record(*levels), PARAMS)
    return course


def phases(course: Course) -> list[tuple[str, int]]:
    return [(str(phase.shown), phase.days) for phase in course.phases]


def falling(days: int, start: float = 30) -> list[float]:
    """So many days, each a little less, the last of them nought."""
    return [round(start * (days - 1 - n) / days, 2) for n in range(days)]


@pytest.mark.parametrize(
    ("levels", "shown", "parts"),
    [
        ([30] * 5 + falling(14, 30), "detoxification", [("stabilisation", 5), ("detoxification", 14)]),
        ([30] * 5 + falling(28), "detoxification", [("stabilisation", 5), ("detoxification", 28)]),
        ([30] * 5 + falling(29), "gradual_reduction", [("stabilisation", 5), ("gradual_reduction", 29)]),
        ([30] * 28, "stabilisation", [("stabilisation", 28)]),
        ([30] * 29, "maintenance", [("stabilisation", 28), ("maintenance", 1)]),
        ([30] * 120, "maintenance", [("stabilisation", 28), ("maintenance", 92)]),
        # a pause of 28 days belongs to the reduction; of 29 it is maintained
        ([30] * 5 + [20] * 29 + [10], "gradual_reduction", [("stabilisation", 5), ("gradual_reduction", 30)]),
        (
            [30] * 5 + [20] * 30 + [10],
            "maintenance",
            [("stabilisation", 5), ("detoxification", 1), ("maintenance", 29), ("detoxification", 1)],
        ),
        # a rise ends the fall
        ([30, 20, 30, 30], "detoxification", [("stabilisation", 1), ("detoxification", 1), ("stabilisation", 2)]),
        ([10, 15, 20, 25], "stabilisation", [("stabilisation", 4)]),
    ],
)
def test_each_length_on_both_of_its_sides(levels: list[float], shown: str, parts: list[tuple[str, int]]) -> None:
    course = one(*levels)
    assert (str(course.shown), phases(course)) == (shown, parts)


def test_nineteen_days_are_said_and_twenty_are_not() -> None:
    assert one(*[30] * 5, *falling(14, 30)).nineteen_days_or_less
    assert not one(*[30] * 6, *falling(14, 30)).nineteen_days_or_less


def test_days_not_taken_are_counted_and_a_day_that_nobody_knows_ends_the_run() -> None:
    """Over a month's end too: three refusals, a day without a row, and two more are not six."""
    course = one(30, "refused", "missed", "withheld", None, "vomited", "concealed", 30)
    assert (course.longest_not_taken, course.days_not_known) == (3, 1)
    assert (course.first_mg, course.last_mg) == (Decimal(30), Decimal(30))


def test_a_dose_not_taken_is_no_fall() -> None:
    """A month of refusals of 30 mg is not a reduction to nought."""
    assert phases(one(30, *["refused"] * 10, 30)) == [("stabilisation", 12)]


@pytest.mark.parametrize("nothing", [None, "refused"])
def test_days_not_known_or_not_taken_are_no_time_at_a_dose(nothing: str | None) -> None:
    """Else a man who took six doses in a month reads as maintained, and is given what he no longer bears."""
    scarce = one(*[30] * 5, *[nothing] * 28, 30)
    assert (str(scarce.shown), phases(scarce)) == ("stabilisation", [("stabilisation", 34)])
    known = one(*[30] * 5, *[nothing] * 10, *[30] * 24)
    assert phases(known) == [("stabilisation", 38), ("maintenance", 1)]
    after = one(60, *[30] * 5, *[nothing] * 28, 30)
    assert phases(after) == [("stabilisation", 1), ("detoxification", 34)]


def test_between_two_falls_the_days_have_passed_though_nobody_wrote_them_down() -> None:
    """A reduction over six weeks of which one row a week is kept is no detoxification of six days."""
    course = one(*[level for week in (60, 50, 40, 30, 20, 10) for level in (week, *[None] * 6)][:-6], 0)
    assert phases(course) == [("stabilisation", 7), ("gradual_reduction", 30)]


def test_the_class_of_the_whole_is_not_made_by_days_that_nobody_knows() -> None:
    """Else four silent weeks outweigh the reduction that was given."""
    course = one(*[40] * 29, *[None] * 25, *falling(20, 40))
    assert str(course.shown) == "detoxification"
    assert phases(course)[-2:] == [("maintenance", 26), ("detoxification", 20)]


def test_buprenorphine_with_and_without_naloxone_is_one_course() -> None:
    """Else a change of tablet reads as a new induction, and two short courses hide one long one."""
    first = [replace(row, medicine="buprenorphine") for row in record(*[8] * 20)]
    later = [replace(row, medicine="buprenorphine-naloxone") for row in record(*[None] * 20, *[8] * 20)]
    (course,) = courses([*later, *first], PARAMS)
    assert (course.medicine, phases(course)) == ("buprenorphine", [("stabilisation", 28), ("maintenance", 12)])
    (alone,) = courses(later, PARAMS)
    assert alone.medicine == "buprenorphine-naloxone"


def test_two_slots_of_a_day_are_one_dose_and_a_part_counts() -> None:
    rows = [
        DoseRow(FIRST, "methadone", Decimal(20), Outcome.TAKEN, "morning"),
        DoseRow(FIRST, "methadone", Decimal(15), Outcome.PART_TAKEN, "evening"),
        DoseRow(FIRST, "methadone", Decimal(15), Outcome.REFUSED, "night"),
    ]
    (course,) = courses(rows, PARAMS)
    assert (course.first_mg, course.longest_not_taken) == (Decimal(35), 0)


def test_after_nought_a_new_course_begins_and_so_it_does_after_a_long_silence() -> None:
    """Re-induction is counted, and hidden in no long course."""
    assert len(courses(record(30, 15, 0, 30, 30), PARAMS)) == 2
    assert len(courses(record(30, *[None] * 28, 30), PARAMS)) == 1
    assert len(courses(record(30, *[None] * 29, 30), PARAMS)) == 2


NOTHING = DoseRow(FIRST, "methadone", Decimal(0), Outcome.REFUSED)


def spans(rows: list[DoseRow]) -> list[tuple[str, int]]:
    """What each course shows, and over how many days."""
    return [(str(each.shown), (each.ends - each.begins).days + 1) for each in courses(rows, PARAMS)]


@pytest.mark.parametrize("more", [0, 1, 40])
def test_days_at_nought_are_no_class_and_the_course_has_ended_on_the_first(more: int) -> None:
    """Else a man who has had nothing for six weeks reads as maintained, and is given what he no longer bears."""
    (course,) = courses(record(*[30] * 5, *falling(15), *[0] * more), PARAMS)
    assert (str(course.shown), phases(course)) == ("detoxification", [("stabilisation", 5), ("detoxification", 15)])
    assert (course.ends, course.last_mg) == (FIRST + timedelta(days=19), Decimal(0))


def test_days_at_nought_before_a_course_and_between_two_lengthen_neither() -> None:
    """Stabilisation is counted from the first dose given, and nought is none."""
    assert spans(record(0, 0, 30, 30)) == [("stabilisation", 2)]
    assert spans(record(30, 0, 30)) == [("detoxification", 2), ("stabilisation", 1)]
    assert spans(record(30, 15, *[0] * 10, 30, 30)) == [("detoxification", 3), ("stabilisation", 2)]


def test_a_record_of_noughts_alone_shows_nothing_and_is_not_passed_over() -> None:
    """Silence would read as: no methadone was ever written up."""
    assert spans(record(*[0] * 40)) == [("None", 40)]


def test_doses_refused_after_nought_are_a_new_course_and_no_dose_refused_is_none() -> None:
    """Refused days are not days at nought: a dose was there to be taken, and the run of refusals is to be seen."""
    refused = courses(record(30, 15, 0, "refused", "missed", "refused"), PARAMS)
    assert [(each.shown and str(each.shown), each.longest_not_taken) for each in refused] == [
        ("detoxification", 0),
        (None, 3),
    ]
    after = [replace(NOTHING, day=FIRST + timedelta(days=n)) for n in (3, 4)]
    assert spans([*record(30, 15, 0), *after]) == [("detoxification", 3)]
    (within,) = courses([*record(30, 15, None, None, 10), replace(NOTHING, day=FIRST + timedelta(days=2))], PARAMS)
    assert (within.longest_not_taken, within.days_not_known, str(within.shown)) == (1, 1, "detoxification")


def test_a_slot_of_nought_beside_a_dose_refused_brings_nothing_to_nought() -> None:
    """Who refuses the morning's 20 mg when the evening's has come down to nought has not ended the course."""
    evening = DoseRow(FIRST + timedelta(days=1), "methadone", Decimal(0), Outcome.TAKEN, "evening")
    (course,) = courses([*record(20, "refused", 20), evening], PARAMS)
    assert (phases(course), course.longest_not_taken) == ([("stabilisation", 3)], 1)


def test_medicines_are_courses_of_their_own() -> None:
    rows = [*record(30, 30), DoseRow(FIRST, "buprenorphine", Decimal(4), Outcome.TAKEN)]
    assert [each.medicine for each in courses(rows, PARAMS)] == ["buprenorphine", "methadone"]


def test_where_nothing_was_ever_taken_nothing_is_shown() -> None:
    course = one("refused", "refused")
    assert (course.shown, course.first_mg, course.phases, course.longest_not_taken) == (None, None, (), 2)


@given(
    some.lists(
        some.none() | some.integers(0, 60) | some.sampled_from(["refused", "missed"]), min_size=1, max_size=200
    )
)
def test_the_phases_of_a_course_are_its_days_each_once(levels: list[int | str | None]) -> None:
    """A day in no phase, or in two, makes a length that nobody can check."""
    for course in courses(record(*levels), PARAMS):
        if course.phases:
            assert course.phases[0].begins == course.begins
            assert course.phases[-1].ends == course.ends
            for before, after in zip(course.phases, course.phases[1:], strict=False):
                assert after.begins == before.ends + timedelta(days=1)
            assert sum(phase.days for phase in course.phases) == (course.ends - course.begins).days + 1
            assert course.days_of(*RegimeClass) == (course.ends - course.begins).days + 1


def test_a_course_is_printed_as_the_interface_names_it_and_no_dose_is_rounded() -> None:
    """Otherwise whoever reads it by a script counts a detoxification of four months as one of nineteen days."""
    told = printed_course(one(30, 30, 12.5, "refused", None, 0))
    assert told == {
        "medicine": "methadone",
        "from": "2010-01-04",
        "to": "2010-01-09",
        "class": "detoxification",
        "first_mg": "30",
        "highest_mg": "30",
        "last_mg": "0",
        "stabilisation_days": 2,
        "reduction_days": 4,
        "nineteen_days_or_less": True,
        "longest_not_taken": 1,
        "days_not_known": 1,
        "phases": [
            {"class": "stabilisation", "from": "2010-01-04", "to": "2010-01-05"},
            {"class": "detoxification", "from": "2010-01-06", "to": "2010-01-09"},
        ],
    }
    assert printed_course(one(12.5))["last_mg"] == "12.5"
    nothing = printed_course(one("refused", "missed"))
    assert (nothing["class"], nothing["first_mg"], nothing["longest_not_taken"]) == (None, None, 2)
