"""A treatment goes on over the stays out of which it was still in force; what had ended before is history."""

from datetime import date, timedelta

from pdtdesk.domain.reception.fold import person_of
from pdtdesk.domain.reception.person import PersonRecord
from pdtdesk.domain.record.entry import Entry
from pdtdesk.domain.regime.fold import orders_of, treatment_of
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.missed import courses_taken, days_missed_before, first_ordered, nothing_ordered_since
from pdtdesk.domain.regime.reading import carried
from tests.domain.reception.records import the_arrival, the_person
from tests.domain.record.entries import an_entry

FIRST = date(2010, 6, 1)
A_DAY = 24 * 60


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def an_order(id_: str, stay: str, first: int, last: int | None = None, medicine: str = "methadone") -> Entry:
    until = None if last is None else day(last).isoformat()
    stretch = {"from": day(first).isoformat(), "to": until, "doses": [["morning", "40 mg"]]}
    body = {"stay": stay, "medicine": medicine, "from": day(first).isoformat(), "schedule": [stretch]}
    return an_entry(id_, kind="order", body=body, minute=first * A_DAY)


def a_dose(id_: str, stay: str, on: int, outcome: str = "taken") -> Entry:
    body = {"stay": stay, "order": "o", "course": "o", "day": day(on).isoformat(), "slot": "morning"}
    said = {"medicine": "methadone", "ordered": "40 mg", "outcome": outcome}
    return an_entry(id_, kind="dose", body={**body, **said}, minute=on * A_DAY)


def came_again(id_: str, on: int) -> Entry:
    return an_entry(id_, kind="arrival", body={"arrived_from": "Crown Court"}, minute=on * A_DAY)


def an_answer(id_: str, stay: str, on: int, **said: str) -> Entry:
    answers = {key.replace("__", "."): {"at": f"{day(on)}T09:00:00+01:00", "value": v} for key, v in said.items()}
    return an_entry(id_, kind="assessment", body={"stay": stay, "answers": answers}, minute=on * A_DAY)


def person(*entries: Entry) -> PersonRecord:
    found = person_of((the_person(), the_arrival(), *entries))
    assert found is not None
    return found


def test_an_order_in_force_at_the_next_arrival_goes_on_with_all_that_came_before_it() -> None:
    """Back from court, and the days before it are forgotten with the stay that they were of."""
    order, dose = an_order("o", "s", 0), a_dose("d", "s", 0)
    found = treatment_of(person(order, dose, came_again("s2", 3), came_again("s3", 5)))
    assert (found.began, found.spans) == (FIRST, 3)
    missed = days_missed_before(found, Ordered.METHADONE, day(6))
    assert (missed.days, missed.not_known, missed.last_taken) == (5, 5, FIRST)
    assert orders_of(person(order, came_again("s2", 3))) == found.orders


def test_what_had_ended_before_the_next_arrival_is_history() -> None:
    """Two years outside are counted as two years of missed doses, and every first dose is stopped."""
    ended, anew = an_order("o", "s", 0, 2), an_order("n", "s2", 9)
    found = treatment_of(person(ended, a_dose("d", "s", 0), came_again("s2", 9), anew))
    assert (found.began, found.spans) == (day(9), 1)
    assert len(found.orders) == 2
    assert first_ordered(found, Ordered.METHADONE) == day(9)
    assert [each.ordered for each in courses_taken(found)] == [((day(9), None),)]
    same_day = treatment_of(person(an_order("o", "s", 0, 9), came_again("s2", 9)))
    assert (same_day.began, same_day.spans) == (FIRST, 2)


def test_an_order_written_before_its_own_stay_is_counted_from_its_day() -> None:
    """The hour of an arrival is corrected to the next day, and the first dose is of no treatment."""
    found = treatment_of(person(came_again("s2", 9), an_order("n", "s2", 8)))
    assert (found.began, found.spans) == (day(8), 1)


def test_doses_of_an_order_that_was_taken_back_still_count() -> None:
    """Three refusals go with the order that was marked as a mistake."""
    doses = [a_dose(f"d{number}", "s", number, "refused") for number in range(3)]
    found = treatment_of(person(*doses))
    assert days_missed_before(found, Ordered.METHADONE, day(3)).days == 3


def test_what_a_day_at_court_does_not_change_goes_with_the_treatment() -> None:
    """Dependence is asked again at every door; or an old wish stands for today's."""
    said = an_answer("a", "s", 0, opioids__dependence="dependent", wishes__wants="maintenance")
    back = person(an_order("o", "s", 0), said, came_again("s2", 3))
    assert back.current is not None
    found = carried(back, back.current, treatment_of(back))
    assert {key: each.answer.value for key, each in found.items()} == {"opioids.dependence": "dependent"}
    anew = person(an_order("o", "s", 0, 1), said, came_again("s2", 3))
    assert anew.current is not None
    assert carried(anew, anew.current, treatment_of(anew)) == {}
    asked = person(
        an_order("o", "s", 0), said, came_again("s2", 3), an_answer("b", "s2", 3, opioids__dependence="none")
    )
    assert asked.current is not None
    assert carried(asked, asked.current, treatment_of(asked)) == {}


def test_where_every_order_has_ended_nothing_is_ordered_since_the_day_after() -> None:
    """On no round, and in the list as maintained: nobody misses him."""
    found = courses_taken(treatment_of(person(an_order("o", "s", 0, 4), an_order("b", "s", 2, 6, "buprenorphine"))))
    assert [nothing_ordered_since(found, day(number)) for number in (6, 7, 30)] == [None, day(7), day(7)]
    goes_on = courses_taken(treatment_of(person(an_order("o", "s", 0))))
    assert nothing_ordered_since(goes_on, day(30)) is None
    assert nothing_ordered_since((), day(30)) is None, "who never had an order misses none"
