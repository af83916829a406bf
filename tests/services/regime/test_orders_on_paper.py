"""The medicines on the downtime sheet: the nurse gives, or does not give, by what stands there."""

from datetime import timedelta

import pytest
from factories import TestDesk
from treatment import (
    DROWSY,
    PHOTOGRAPH,
    TODAY,
    a_patient,
    a_schedule,
    an_ordering,
    answered,
    both_gave,
    by,
    chosen,
    due,
    given,
    mg,
    on_methadone,
    ordered,
    ordered_elsewhere,
    rows,
    stopped,
    tomorrow,
    written_elsewhere,
)

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import Schedule, Stretch
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.stops import StopCode
from pdtdesk.services.reception import corrections, tasks
from pdtdesk.services.reception.sheet_facts import OrderedLine, OrdersOf
from pdtdesk.services.reception.sheets import downtime_sheet
from pdtdesk.services.regime.handing import ALL_TRUE, Checked, hand_out, settle_doses

D = timedelta(days=1)
WREN = {"surname": "Wren", "forenames": "Owen", "prison_number": "A0002CK"}


def held(desk: TestDesk, *, signed: bool = False) -> tuple[OrdersOf, ...]:
    return downtime_sheet(by(desk, signed=signed)).ordered


def the_order(desk: TestDesk, *, signed: bool = False) -> OrderedLine:
    (one,) = held(desk, signed=signed)
    (order,) = one.orders
    return order


def doses(order: OrderedLine) -> list[list[tuple[str, str, str]]]:
    """Of today and of tomorrow: slot, mg, and how it stands."""
    return [[(slot.slot, str(slot.mg), slot.state) for slot in day.slots] for day in order.days]


def stops(order: OrderedLine) -> dict[str, str]:
    return {each.dose: " ".join(each.words) for each in order.stops}


def steps(*amounts: int) -> Schedule:
    """One amount a day from today, the last until it is changed."""
    days = [TODAY + number * D for number in range(len(amounts))]
    return Schedule(
        tuple(
            Stretch(day, None if day == days[-1] else day, (("morning", mg(amount)),))
            for day, amount in zip(days, amounts, strict=True)
        )
    )


@pytest.mark.hazard("H-008")
def test_everybody_with_an_order_is_on_the_sheet_though_nothing_is_due(ward: TestDesk) -> None:
    """The desk was down, and the sheet named no ordered medicine: forty waited in withdrawal, or had it by guess."""
    patient = on_methadone(ward, ordering=an_ordering(schedule=a_schedule(slots=("morning", "evening"))))
    a_patient(ward, **WREN)
    for task in tasks.due(ward.acting()):
        if task.patient_id == patient.patient_id and task.what != "confirm_dose":
            tasks.settle(ward.acting(), task.entry_id, "done")
    sheet = downtime_sheet(ward.acting())
    (one,) = sheet.ordered
    assert one.line.who.name == "SPARROW, Daniel Lee"
    assert {who.name for who in sheet.here} == {"SPARROW, Daniel Lee", "WREN, Owen"}
    (order,) = one.orders
    assert (order.medicine, order.supervised, order.term) == ("methadone", True, "first day today")
    assert [day.day for day in order.days] == [TODAY, TODAY + D]
    assert doses(order) == [[("morning", "20 mg", "open"), ("evening", "20 mg", "open")]] * 2
    assert order.witnessed == "no witnessed dose known"
    assert order.next == "today, morning"
    assert order.stops == ()
    with ward.store.reading() as work:
        lines = [row.line for row in work.audit_page(None, 20, patient.patient_id)]
    assert [each.what for each in lines].count("printed on the downtime sheet") == 1


@pytest.mark.hazard("H-008")
def test_what_is_written_of_today_is_said_so_that_nobody_gives_it_twice(ward: TestDesk) -> None:
    """He had it at half past eight; at ten the desk is down, and he stands at the hatch again."""
    patient = on_methadone(ward, ordering=an_ordering(schedule=a_schedule(slots=("morning", "noon", "evening"))))
    given(ward, patient)
    given(ward, patient, Outcome.REFUSED, "noon")
    ward.clock.advance(hours=9)
    hand_out(by(ward), due(ward, patient, "evening"), PHOTOGRAPH)
    order = the_order(ward)
    today, after = order.days
    assert [slot.said for slot in today.slots] == [
        "taken 20 mg 08:30, R. Adeyemi",
        "refused 08:30, R. Adeyemi (said so)",
        "20 mg handed out 17:30, R. Adeyemi; nobody wrote what became of it",
    ]
    assert [slot.state for slot in today.slots] == ["written", "written", "handed out"]
    assert {slot.state for slot in after.slots} == {"open"}
    assert order.witnessed == "last witnessed Wed 2 Jun 2010 08:30, here"
    assert order.next == "tomorrow, morning (as at 08:00)"
    assert "nobody wrote down what became of it" in stops(order)[order.next]


@pytest.mark.parametrize(
    ("schedule", "term", "each_day"),
    [
        (steps(20, 25), "first day today", [[("morning", "20 mg", "open")], [("morning", "25 mg", "open")]]),
        (
            a_schedule(TODAY, last=TODAY + D),
            "first day today, last day tomorrow",
            [[("morning", "20 mg", "open")]] * 2,
        ),
        (a_schedule(TODAY, last=TODAY), "first day today, last day today", [[("morning", "20 mg", "open")], []]),
        (a_schedule(TODAY + D), "begins tomorrow", [[], [("morning", "20 mg", "open")]]),
        (
            a_schedule(TODAY + D, last=TODAY + D),
            "begins tomorrow, last day tomorrow",
            [[], [("morning", "20 mg", "open")]],
        ),
        (steps(20, 0), "first day today", [[("morning", "20 mg", "open")], []]),
    ],
    ids=["steps", "ends tomorrow", "ends today", "begins tomorrow", "one day", "nought"],
)
def test_each_day_has_its_own_dose(
    ward: TestDesk, schedule: Schedule, term: str, each_day: list[list[tuple[str, str, str]]]
) -> None:
    """Today's amount is given tomorrow, when it falls; or a course that ends today goes on for as long as the desk is
    down."""
    on_methadone(ward, ordering=an_ordering(schedule=schedule))
    order = the_order(ward)
    assert (order.term, doses(order)) == (term, each_day)
    assert [day.holds for day in order.days] == [
        schedule.first_day <= TODAY,
        schedule.last_day is None or schedule.last_day > TODAY,
    ]
    assert order.stops == ()


def test_whoever_begins_the_day_after_tomorrow_is_not_on_it(ward: TestDesk) -> None:
    """A dose is read off the sheet two days before it was meant to begin."""
    on_methadone(ward, ordering=an_ordering(schedule=a_schedule(TODAY + 2 * D)))
    assert held(ward) == ()


@pytest.mark.hazard("H-007")
def test_the_stop_of_the_next_dose_stands_there_in_words(ward: TestDesk) -> None:
    """Three days missed, and the sheet says fifty as on every other day."""
    patient = on_methadone(ward)
    given(ward, patient)
    for _ in range(3):
        tomorrow(ward)
        given(ward, patient, Outcome.MISSED)
    ward.clock.advance(hours=12)
    order = the_order(ward, signed=True)
    (stop,) = order.stops
    assert stop.dose == "tomorrow, morning (as at 08:00)"
    assert any("3 days not taken" in words for words in stop.words)
    assert stop.ends_by == ("a prescriber, present or by a witnessed telephone call, with the reason",)


@pytest.mark.hazard("H-007")
def test_a_dose_of_today_that_is_still_to_come_makes_tomorrows_no_day_without_a_record(ward: TestDesk) -> None:
    """In the morning every dose of tomorrow was *stopped*: nobody reads a sheet that cries at all of them."""
    patient = on_methadone(ward)
    assert the_order(ward).stops == ()
    ordered(ward, patient, an_ordering(schedule=a_schedule(TODAY + D, 25)))
    (one,) = held(ward)
    assert [(each.term, each.stops) for each in one.orders] == [
        ("first day today, last day today", ()),
        ("begins tomorrow", ()),
    ]
    tomorrow(ward)
    order = the_order(ward)
    assert list(stops(order)) == ["today, morning"], "and a day that nobody wrote stops the dose after it"


@pytest.mark.hazard("H-003")
def test_a_rise_above_the_ceiling_tomorrow_is_said_today(ward: TestDesk) -> None:
    """Today's thirty stand below the ceiling; forty tomorrow do not, and there is no window to say so."""
    told = {
        "prescribed.any": "yes",
        "prescribed.medicine": "methadone",
        "prescribed.daily": "60",
    }
    patient = a_patient(ward, told)
    chosen(ward, patient, ordering=an_ordering(schedule=steps(10, 60)))
    order = the_order(ward, signed=True)
    assert any(dose.startswith("tomorrow") and "local ceiling" in words for dose, words in stops(order).items()), (
        order.stops
    )
    assert not any(dose.startswith("today") for dose in stops(order))


@pytest.mark.hazard("H-003")
def test_whoever_is_drowsy_is_stopped_and_the_two_checks_are_not_said_of_each_dose(ward: TestDesk) -> None:
    """*Not looked at* at every dose is the line that nobody reads; *drowsy* is the one that must be."""
    patient = on_methadone(ward)
    assert the_order(ward).stops == ()
    hand_out(by(ward), due(ward, patient), Checked("photograph", DROWSY))
    order = the_order(ward)
    said = stops(order)["today, morning"]
    assert "Drowsy" in said
    assert "a prescriber's decision" in said
    assert "identif" not in said


@pytest.mark.hazard("H-003")
def test_an_order_signed_in_sight_of_drowsy_is_as_the_round_shows_it(ward: TestDesk) -> None:
    """The round offers the dose with a look, the sheet stops it: she asks the prescriber for what is decided."""
    patient = a_patient(ward)
    answered(ward, patient, risk__drowsy="yes")
    chosen(ward, patient)
    assert {row.stop for row in rows(ward, patient)} == {""}
    (one,) = held(ward)
    assert one.orders[0].stops == ()
    assert "drowsy now" in {each.why for each in one.line.may_not_be_given}, "what was seen stands beside it"


@pytest.mark.hazard("H-008")
def test_two_orders_that_contend_both_stand_there_and_say_so(ward: TestDesk) -> None:
    """Two desks ordered; the sheet showed the one that was read first, or the nurse gave both."""
    patient = on_methadone(ward)
    ordered_elsewhere(ward, patient, "methadone")
    (one,) = held(ward)
    assert sorted(str(order.days[0].slots[0].mg) for order in one.orders) == ["20 mg", "5 mg"]
    for order in one.orders:
        assert order.cautions == (
            "Two orders contend, or an order and its end: what is written here is one of two accounts.",
        )
        assert "Two accounts" in stops(order)["today, morning"]


@pytest.mark.hazard("H-008")
def test_two_accounts_of_a_dose_both_stand_there(ward: TestDesk) -> None:
    """One desk says taken, the other too: forty milligrams or twenty, and tomorrow's is given without a word."""
    patient = on_methadone(ward)
    both_gave(ward, patient)
    order = the_order(ward)
    (slot,) = order.days[0].slots
    assert slot.state == "conflict"
    assert slot.said.count("taken 20 mg") == 2
    assert order.cautions == ("Two accounts of a dose contend.",)
    assert "Two accounts" in stops(order)["tomorrow, morning (as at 08:00)"]
    settle_doses(by(ward, Role.PRESCRIBER), due(ward, patient), ALL_TRUE, "both were poured")
    (slot,) = the_order(ward).days[0].slots
    assert (slot.state, slot.said.count("taken 20 mg")) == ("more than once", 2), "he has forty in him"


@pytest.mark.hazard("H-008")
def test_a_cup_or_a_dose_of_no_order_that_holds_is_said_beside(ward: TestDesk) -> None:
    """The order was stopped after the dose, another medicine begins: what he has in him stands on no line."""
    patient = on_methadone(ward)
    hand_out(by(ward), due(ward, patient), PHOTOGRAPH)
    tomorrow(ward)
    order = held(ward)[0]
    assert order.besides == (
        "methadone, Wed 2 Jun, morning: 20 mg handed out 08:30, R. Adeyemi; nobody wrote what became of it",
    )
    assert "what became of it" in stops(order.orders[0])["today, morning"]
    stopped(ward, patient, TODAY)
    (one,) = held(ward)
    assert one.orders == ()
    assert len(one.besides) == 1


@pytest.mark.hazard("H-008")
def test_a_dose_of_today_stays_in_sight_when_its_order_was_stopped(ward: TestDesk) -> None:
    """Stopped at nine and signed anew for the evening: the morning's twenty are in him."""
    patient = on_methadone(ward)
    given(ward, patient)
    stopped(ward, patient, TODAY - D, why="mistaken")
    (one,) = held(ward)
    assert (one.orders, one.besides) == ((), ("methadone, today, morning: taken 20 mg 08:30, R. Adeyemi",))
    ordered(ward, patient, an_ordering(schedule=a_schedule(slots=("evening",))))
    (one,) = held(ward)
    assert one.besides == ("methadone, today, morning: taken 20 mg 08:30, R. Adeyemi",)
    assert "was taken today already" in stops(one.orders[0])["today, evening"]


@pytest.mark.hazard("H-008")
def test_another_substitute_in_the_same_slot_is_named(ward: TestDesk) -> None:
    """The slot says *taken*, and not that it was methadone and not the buprenorphine that is ordered now."""
    patient = on_methadone(ward)
    given(ward, patient)
    ordered(
        ward,
        patient,
        an_ordering(
            Ordered.BUPRENORPHINE, a_schedule(TODAY, 4), lifted=frozenset({StopCode.AFTER_OPIOID}), reason="r"
        ),
    )
    (one,) = held(ward)
    (order,) = [each for each in one.orders if each.medicine == "buprenorphine"]
    (slot,) = order.days[0].slots
    assert (slot.state, slot.said) == ("written", "methadone: taken 20 mg 08:30, R. Adeyemi")
    assert order.witnessed == "no witnessed dose known; methadone last witnessed Wed 2 Jun 2010 08:30"


@pytest.mark.hazard("H-008")
def test_after_midnight_the_nights_dose_is_still_said(ward: TestDesk) -> None:
    """Printed at two: the sheet of the new day is empty, and the night's dose is given again."""
    patient = on_methadone(ward, ordering=an_ordering(schedule=a_schedule(slots=("night",))))
    ward.clock.advance(hours=13)
    given(ward, patient, slot="night")
    ward.clock.advance(hours=4)
    assert day_of(ward.clock.now()) == TODAY + D
    (one,) = held(ward)
    assert one.besides == ("methadone, Wed 2 Jun, night: taken 20 mg 21:30, R. Adeyemi",)
    ward.clock.advance(hours=8)
    assert held(ward)[0].besides == ()


def test_what_cannot_be_read_here_is_said(ward: TestDesk) -> None:
    """A newer desk ordered something: the sheet without a line reads as nothing ordered."""
    patient = a_patient(ward)
    written_elsewhere(ward, patient, "order", {"stay": patient.stay, "medicine": "something new"}, Role.PRESCRIBER)
    (one,) = held(ward)
    assert one.orders == ()
    assert "written at a newer desk" in one.besides[0]


@pytest.mark.hazard("H-007")
def test_in_possession_is_said_and_a_dose_that_nobody_saw_is_not_witnessed(ward: TestDesk) -> None:
    """*Taken this morning*, said the sheet; nobody had seen it, and he had kept three."""
    patient = on_methadone(ward, ordering=an_ordering(supervised=False, possession="works outside"))
    given(ward, patient)
    order = the_order(ward)
    assert not order.supervised
    assert order.witnessed == "no witnessed dose known; written as taken Wed 2 Jun 2010 08:30, not witnessed"


@pytest.mark.hazard("H-007")
def test_a_dose_that_was_seen_outside_is_said_with_where(ward: TestDesk) -> None:
    """Witnessed in police cells yesterday, and the sheet says that nothing is known."""
    told = {
        "custody_doses.police.given": "yes",
        "custody_doses.police.medicine": "methadone",
        "custody_doses.police.at": "2010-06-01T09:00",
    }
    chosen(ward, a_patient(ward, told))
    assert the_order(ward).witnessed == "last witnessed Tue 1 Jun 2010 09:00, police custody"


def test_the_prescribers_words_of_an_order_by_score_stand_there(ward: TestDesk) -> None:
    """At most twenty, by score, and the sheet says twenty."""
    on_methadone(ward, ordering=an_ordering(instructions="5 mg from a COWS of 13 on"))
    assert the_order(ward).instructions == "5 mg from a COWS of 13 on"


def test_they_stand_by_cell(ward: TestDesk) -> None:
    """Otherwise the nurse runs up and down the wing by candle light."""
    first, second = on_methadone(ward), a_patient(ward, **WREN)
    chosen(ward, second)
    corrections.place_in_cell(ward.acting(), first.patient_id, "C1-12")
    corrections.place_in_cell(ward.acting(), second.patient_id, "C1-7")
    assert [each.line.who.location for each in held(ward)] == ["C1-7", "C1-12"]
