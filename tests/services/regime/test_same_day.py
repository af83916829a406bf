"""One day, one dose: whatever slot, order or medicine it was moved to, and whatever was left open the day before."""

import pytest
from factories import TestDesk
from treatment import (
    PHOTOGRAPH,
    TODAY,
    a_schedule,
    an_ordering,
    by,
    due,
    given,
    on_methadone,
    ordered,
    rows,
    tomorrow,
)

from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.policy.regime.stops import StopCode
from pdtdesk.services.refusals import Refused
from pdtdesk.services.regime.handing import Ended, hand_out, record_dose


@pytest.mark.hazard("H-008")
@pytest.mark.parametrize("slots", [("evening",), ("09:00",)])
def test_a_dose_moved_to_another_slot_is_not_given_on_top_of_the_one_taken(
    ward: TestDesk, slots: tuple[str, ...]
) -> None:
    """20 mg at eight, the order moved to the evening: 60 mg in one day, and every page says it is due."""
    patient = on_methadone(ward)
    given(ward, patient)
    ordered(ward, patient, an_ordering(schedule=a_schedule(TODAY, 40, slots=slots)))
    (row,) = (each for each in rows(ward, patient) if each.state == "stopped")
    assert "20 mg was taken today already" in row.stop
    with pytest.raises(Refused, match="taken today already"):
        hand_out(by(ward), row.due, PHOTOGRAPH)
    tomorrow(ward)
    assert [each.state for each in rows(ward, patient)] == ["due"]


@pytest.mark.hazard("H-008")
def test_another_substitute_is_not_given_on_the_day_of_the_first(ward: TestDesk) -> None:
    """Buprenorphine in the evening of a morning's methadone: withdrawal within the hour, locked in."""
    patient = on_methadone(ward)
    given(ward, patient)
    over = {"lifted": frozenset({StopCode.AFTER_OPIOID}), "reason": "for tomorrow, as I thought"}
    ordered(ward, patient, an_ordering(Ordered.BUPRENORPHINE, a_schedule(TODAY, 8, slots=("evening",)), **over))
    dose = due(ward, patient, "evening", Ordered.BUPRENORPHINE)
    with pytest.raises(Refused, match="Methadone was taken today already"):
        hand_out(by(ward), dose, PHOTOGRAPH)


@pytest.mark.hazard("H-008")
def test_what_was_handed_out_yesterday_and_never_recorded_is_asked_before_anything_else(ward: TestDesk) -> None:
    """The power failed after the cup: next morning the day is not known, is lifted, and nobody asks for it."""
    patient = on_methadone(ward)
    pending = due(ward, patient)
    hand_out(by(ward), pending, PHOTOGRAPH)
    tomorrow(ward)
    first, todays = rows(ward, patient)
    assert (first.due, first.state) == (pending, "handed out")
    with pytest.raises(Refused, match="nobody wrote down what became of it"):
        hand_out(by(ward), todays.due, PHOTOGRAPH)
    record_dose(by(ward), pending, Ended(Outcome.TAKEN))
    assert [each.state for each in rows(ward, patient)] == ["due"]
    assert hand_out(by(ward), todays.due, PHOTOGRAPH).begun is not None


@pytest.mark.hazard("H-008")
def test_two_slots_of_one_order_are_given_as_ordered(ward: TestDesk) -> None:
    """A stop that stands at every evening dose is lifted unread."""
    patient = on_methadone(ward)
    split = a_schedule(TODAY, 20, slots=("morning", "evening"))
    ordered(ward, patient, an_ordering(schedule=split))
    given(ward, patient, slot="morning")
    ward.clock.advance(hours=9)
    assert hand_out(by(ward), due(ward, patient, "evening"), PHOTOGRAPH).begun is not None


@pytest.mark.hazard("H-008")
def test_the_mornings_dose_late_and_the_evenings_with_it_are_not_given_together(ward: TestDesk) -> None:
    """Locked down until night: both cups stand there as due, and sixty milligrams go down within a minute."""
    patient = on_methadone(ward)
    ordered(ward, patient, an_ordering(schedule=a_schedule(TODAY, 20, slots=("morning", "night"))))
    ward.clock.at = ward.clock.at.replace(hour=21, minute=40)
    given(ward, patient, slot="morning")
    with pytest.raises(Refused, match="given at 21:40, in this round"):
        hand_out(by(ward), due(ward, patient, "night"), PHOTOGRAPH)


@pytest.mark.hazard("H-008")
def test_the_nights_dose_is_given_after_midnight_on_its_own_day_and_no_other(ward: TestDesk) -> None:
    """Ten past twelve, the round still on: his night dose is refused as yesterday's, or the morning's is given."""
    patient = on_methadone(ward)
    ordered(ward, patient, an_ordering(schedule=a_schedule(TODAY, 10, slots=("morning", "night"))))
    given(ward, patient, slot="morning")
    tonight = due(ward, patient, "night")
    tomorrow(ward)
    ward.clock.at = ward.clock.at.replace(hour=0, minute=10)
    with pytest.raises(Refused, match="nothing is given for another day"):
        hand_out(by(ward), due(ward, patient, "morning"), PHOTOGRAPH)
    assert hand_out(by(ward), tonight, PHOTOGRAPH).begun is not None
