"""An ordered course, day by day: no gap, no day twice, and the same doses whoever reads it back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.courses import TimesADay
from pdtdesk.domain.regime.schedule import (
    DAY,
    LONGEST,
    NOUGHT,
    SLOTS,
    Doses,
    NotASchedule,
    Schedule,
    Stretch,
    day_by_day,
    doses_of,
    is_slot,
    read,
    written,
)

FIRST = date(2010, 6, 1)


def mg(amount: float | str) -> Milligrams:
    return Milligrams(Decimal(str(amount)))


def morning(amount: float | str) -> Doses:
    return (("morning", mg(amount)),)


def until(last: int, amount: float, first: int = 0) -> Stretch:
    return Stretch(FIRST + first * DAY, FIRST + last * DAY, morning(amount))


@some.composite
def schedules(draw: some.DrawFn) -> Schedule:
    """Any course of up to eight stretches, some of nothing, perhaps open at its end."""
    day = draw(some.dates(date(2005, 1, 1), date(2030, 1, 1)))
    stretches = []
    for _ in range(draw(some.integers(1, 8))):
        last = day + draw(some.integers(0, 40)) * DAY
        slots = draw(some.lists(some.sampled_from([*SLOTS, "08:30", "14:05"]), max_size=4, unique=True))
        amounts = some.decimals(0, 200, places=3).map(Milligrams)
        stretches.append(Stretch(day, last, doses_of((slot, draw(amounts)) for slot in slots)))
        day = last + DAY
    if draw(some.booleans()):
        stretches[-1] = Stretch(stretches[-1].first_day, None, stretches[-1].doses)
    return Schedule(tuple(stretches))


@given(schedules())
def test_every_day_of_a_course_has_one_dose_and_no_day_is_left_out(schedule: Schedule) -> None:
    """A day that stands twice is a double dose; one that is left out is a dose that nobody gives."""
    end = schedule.last_day or schedule.stretches[-1].first_day + 10 * DAY
    days = list(schedule.days(end))
    assert [day for day, _ in days] == [schedule.first_day + n * DAY for n in range(len(days))]
    assert days[-1][0] == end
    assert all(schedule.daily_on(day) == dose for day, dose in days)
    assert sum(stretch.covers(end) for stretch in schedule.stretches) == 1
    assert schedule.highest == max(dose for _, dose in days)


@given(schedules())
def test_what_is_written_into_the_journal_is_read_back_as_it_was(schedule: Schedule) -> None:
    """An order that changes on its way through the journal is another order."""
    assert read(written(schedule)) == schedule


@given(schedules(), some.integers(-5, 400))
def test_the_rest_of_a_course_keeps_its_doses(schedule: Schedule, later: int) -> None:
    """Whoever goes on with a course from today gives what was ordered, and nothing of the days gone by."""
    day = schedule.first_day + later * DAY
    rest = schedule.from_day(day)
    if rest is None:
        assert schedule.last_day is not None
        assert schedule.last_day < day
        return
    assert rest.first_day == max(day, schedule.first_day)
    assert all(rest.on(each) == schedule.on(each) for each, _ in rest.days(rest.first_day + 300 * DAY))
    assert rest.last_day == schedule.last_day


@given(schedules())
def test_the_first_day_without_the_medicine_is_found(schedule: Schedule) -> None:
    """The days without tolerance before release are counted from it."""
    free = schedule.free_from()
    if free is None:
        assert schedule.last_day is None
        return
    assert free == schedule.first_day or schedule.daily_on(free - DAY) > NOUGHT
    assert all(dose == NOUGHT for day, dose in schedule.days(free + 300 * DAY) if day >= free)


@given(some.lists(some.integers(0, 3).map(morning), min_size=1, max_size=60), some.booleans())
def test_single_days_are_put_together_and_none_is_changed(doses: list[Doses], goes_on: bool) -> None:
    """What a prescriber wrote day by day is what stands on each of the days."""
    days = [(FIRST + n * DAY, each) for n, each in enumerate(doses)]
    schedule = day_by_day(days, goes_on=goes_on)
    assert all(schedule.on(day) == each for day, each in days)
    assert (schedule.last_day is None) is goes_on
    assert len(schedule.stretches) <= len(doses)


def test_slots_are_the_four_and_times_of_the_clock() -> None:
    """A dose under a word that no round knows would be given by nobody."""
    assert all(map(is_slot, (*SLOTS, "00:00", "23:59")))
    assert not any(map(is_slot, ("bedtime", "24:00", "8:30", "٠٨:٣٠", "")))
    assert [slot for slot, _ in doses_of([("night", mg(1)), ("08:30", mg(1)), ("morning", mg(1))])] == [
        "morning",
        "08:30",
        "night",
    ]
    with pytest.raises(NotASchedule, match="“bedtime” is no slot"):
        doses_of([("bedtime", mg(1))])
    with pytest.raises(NotASchedule, match="One slot stands twice"):
        doses_of([("noon", mg(1)), ("noon", mg(2))])


@pytest.mark.parametrize(
    ("stretches", "sentence"),
    [
        ((), "at least one day"),
        ((Stretch(FIRST, FIRST - DAY, morning(5)),), "before it begins on Tue 1 Jun 2010"),
        ((Stretch(FIRST, None, morning(5)), until(3, 5)), "goes on without an end"),
        ((until(2, 5), until(5, 4, 4)), "Sat 5 Jun 2010 does not follow Thu 3 Jun 2010"),
        ((until(2, 5), until(5, 4, 2)), "no day twice"),
        ((Stretch(FIRST, FIRST + LONGEST + DAY, morning(5)),), "further ahead than anybody orders"),
    ],
)
def test_what_is_no_course_is_refused_with_its_days(stretches: tuple[Stretch, ...], sentence: str) -> None:
    """A course with a hole or a day twice in it must never reach a round."""
    with pytest.raises(NotASchedule, match=sentence):
        Schedule(stretches)


def test_a_course_says_whether_it_reduces_and_in_which_slots_it_is_given() -> None:
    """The loss of tolerance is said of a course that falls on any of its days."""
    falling = Schedule((until(2, 30), until(5, 20, 3), until(6, 0, 6)))
    assert falling.reduces()
    assert falling.free_from() == FIRST + 6 * DAY
    assert falling.slots == ("morning",)
    assert not Schedule((until(2, 20), Stretch(FIRST + 3 * DAY, None, morning(30)))).reduces()
    assert Schedule((until(2, 0),)).free_from() == FIRST
    assert Schedule((until(2, 0),)).slots == ()
    assert falling.on(FIRST - DAY) == ()
    assert falling.daily_on(FIRST + 40 * DAY) == NOUGHT


@pytest.mark.parametrize(
    "body",
    [
        None,
        "words",
        {},
        [{}],
        [{"from": "2010-06-01", "to": None}],
        [{"from": "2010-06-01", "to": None, "doses": [["morning", "5 g"]]}],
        [{"from": "2010-06-01", "to": None, "doses": [["bedtime", "5 mg"]]}],
        [{"from": "yesterday", "to": None, "doses": []}],
        [{"from": "2010-06-02", "to": "2010-06-01", "doses": []}],
        [5],
    ],
)
def test_an_order_in_words_that_this_desk_does_not_know_is_not_guessed_at(body: object) -> None:
    """Half an order that is read as a whole one is a wrong dose."""
    assert read(body) is None


def test_a_day_of_a_fixed_course_is_a_dose_and_how_often() -> None:
    """15 mg four times a day is 60 mg, and must never be read as 15."""
    day = TimesADay.parse("15 mg × 4")
    assert (day.dose, day.times, day.daily, str(day)) == (mg(15), 4, mg(60), "15 mg × 4")
    assert TimesADay.parse(" 2.5 mg x 3 ") == TimesADay(mg("2.5"), 3)
    for text, sentence in (
        ("15 mg", "no day of a course"),
        ("15 × 4", "no unit"),
        ("15 g × 4", "grams"),
        ("15 mg × 5", "5 times a day is not given here"),
        ("15 mg × 0", "no day of a course"),
    ):
        with pytest.raises(NotASchedule, match=sentence):
            TimesADay.parse(text)


def test_a_course_may_begin_in_a_slot_of_the_clock() -> None:
    """A first buprenorphine at two in the afternoon stands at that hour, and at no other."""
    schedule = day_by_day([(FIRST, doses_of([("14:00", mg(4))])), (FIRST + DAY, morning(6))], goes_on=True)
    assert schedule.slots == ("morning", "14:00")
    assert schedule.on(FIRST) == (("14:00", mg(4)),)
    assert schedule.on(FIRST + timedelta(days=500)) == morning(6)
