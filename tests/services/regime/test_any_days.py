"""Days of signing, stopping, giving and taking back in whatever order: no day has two orders of one medicine, and no
dose is given twice."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from factories import TestDesk
from treatment import (
    AWAKE,
    DROWSY,
    PHOTOGRAPH,
    Patient,
    a_patient,
    a_schedule,
    an_end,
    an_ordering,
    by,
    chosen,
    now_of,
    ordered,
    rows,
    stopped,
    tomorrow,
)

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.roles import Role
from pdtdesk.services.reception.corrections import mark_in_error
from pdtdesk.services.refusals import Refused
from pdtdesk.services.regime import choosing
from pdtdesk.services.regime.ending import end_regime
from pdtdesk.services.regime.giving import RoundRow, open_dose
from pdtdesk.services.regime.handing import Ended, correct_dose, hand_out, record_dose
from pdtdesk.services.regime.lifting import Lifting, lift, look_again
from pdtdesk.services.regime.ordering import Ordering
from pdtdesk.store.verify import verify

SUBSTITUTES = (Ordered.METHADONE, Ordered.BUPRENORPHINE)
EVERY = frozenset({"RD-MISSED-DAYS", "RD-NEW-INDUCTION", "RD-ON-NALTREXONE"})


class Ward:
    """Whoever works on it, doing what comes to hand."""

    def __init__(self, desk: TestDesk, patient: Patient, seed: int) -> None:
        self.desk, self.patient, self.chance = desk, patient, random.Random(seed)
        self.prescriber = by(desk, Role.PRESCRIBER)

    def _some_day(self, *days: int):
        return day_of(self.desk.clock.now()) + timedelta(days=self.chance.choice(days))

    def _ordering(self, *medicines: Ordered) -> Ordering:
        first = self._some_day(0, 0, 0, 1, 2, 5)
        last = self.chance.choice([None, None, first + timedelta(days=self.chance.randint(0, 6))])
        slots = self.chance.choice([("morning",), ("morning", "evening"), ("noon",)])
        schedule = a_schedule(first, self.chance.choice([5, 10, 20]), last, slots)
        return an_ordering(self.chance.choice(medicines), schedule, lifted=EVERY, reason="as discussed")

    def _row(self, *states: str) -> RoundRow:
        found = [row for row in rows(self.desk, self.patient) if not states or row.state in states]
        if not found:
            raise Refused("Nothing to do.")
        return self.chance.choice(found)

    def choose(self) -> None:
        made = self._ordering(*SUBSTITUTES)
        chosen(self.desk, self.patient, since=made.schedule.first_day, ordering=made)

    def order(self) -> None:
        ordered(self.desk, self.patient, self._ordering(*SUBSTITUTES, Ordered.DIAZEPAM, Ordered.NALTREXONE))

    def end(self) -> None:
        seen = choosing.seen_of(now_of(self.desk, self.patient))
        end_regime(self.prescriber, self.patient.patient_id, an_end(self._some_day(-1, 0, 3)), seen)

    def stop(self) -> None:
        if held := choosing.open_orders(now_of(self.desk, self.patient)):
            stopped(self.desk, self.patient, self._some_day(-1, 0, 3), self.chance.choice(held).medicine)

    def give(self) -> None:
        due = self._row().due
        hand_out(by(self.desk), due, PHOTOGRAPH)
        if self.chance.random() < 0.7:  # else the power fails
            record_dose(by(self.desk), due, Ended(Outcome.TAKEN))

    def record(self) -> None:
        outcome = self.chance.choice([Outcome.TAKEN, Outcome.REFUSED, Outcome.MISSED])
        record_dose(by(self.desk), self._row().due, Ended(outcome, reason="said so"))

    def correct(self) -> None:
        due = self._row("written").due
        written = open_dose(by(self.desk), due).written
        ended = Ended(self.chance.choice([Outcome.TAKEN, Outcome.REFUSED]), reason="said so")
        correct_dose(by(self.desk), due, written.entry_id, ended, "a slip")

    def drowsy(self) -> None:
        hand_out(by(self.desk), self._row().due, replace(PHOTOGRAPH, look=DROWSY))

    def lift(self) -> None:
        due = self._row("stopped").due
        codes = frozenset(str(each.code) for each in open_dose(by(self.desk), due).stops if not each.hard)
        look_again(by(self.desk), due, AWAKE)
        lift(self.prescriber, due, Lifting(codes, "seen by me"))

    def take_back(self) -> None:
        kinds = ("order", "regime", "dose", "order_ended", "regime_ended", "stop_lifted")
        heads = [each for each in now_of(self.desk, self.patient).person.folded.heads if each.kind in kinds]
        if heads and self.chance.random() < 0.5:
            mark_in_error(self.prescriber, self.chance.choice(heads).id, "a slip")

    def sleep(self) -> None:
        tomorrow(self.desk)

    def does_something(self) -> None:
        often = [self.choose, self.order, self.give, self.give, self.sleep, self.sleep]
        steps: list[Callable[[], None]] = [
            *(*often, self.end, self.stop, self.record, self.correct),
            *(self.drowsy, self.lift, self.take_back),
        ]
        with suppress(Refused):
            self.chance.choice(steps)()
        self.desk.clock.advance(seconds=30)


def _kind(medicine: Ordered) -> str:
    """Of substitutes one is given in the place of the other."""
    return "substitute" if medicine.is_substitute else medicine.active.value


@pytest.mark.hazard("H-008")
@pytest.mark.parametrize("seed", [0, 5, 20])
def test_whatever_is_signed_stopped_given_and_taken_back_nothing_is_given_twice(ward: TestDesk, seed: int) -> None:
    """Otherwise some odd week of changes, ends planned ahead and slips taken back leaves two bottles for one man."""
    patient = a_patient(ward)
    hands = Ward(ward, patient, seed)
    for _ in range(60):
        hands.does_something()
        now = now_of(ward, patient)
        found = now.treatment
        written = [(_kind(each.medicine), each.day, each.slot) for each in found.doses]
        asked = [(_kind(each.medicine), each.day, each.slot) for each in found.begun]
        assert len({*written, *asked}) == len(written) + len(asked)
        for number in range(-3, 12):
            held = found.orders_on(now.today + timedelta(days=number))
            assert len([each for each in held if each.medicine.is_substitute]) <= 1
            assert len({each.medicine.active for each in held}) == len(held)
            assert len(found.regime_on(now.today + timedelta(days=number))) <= 1
        assert found.conflicting == now.person.conflicts == ()
        assert found.unread == 0
    assert verify(ward.folder, ward.door.key(), ward.door.noted_head()).faults == ()
