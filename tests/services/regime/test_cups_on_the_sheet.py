"""Every cup that left the cupboard stands on the sheet of its round, with who gave it and what became of it."""

from datetime import timedelta

import pytest
from factories import TestDesk
from treatment import (
    PHOTOGRAPH,
    TODAY,
    a_schedule,
    an_ordering,
    both_gave,
    by,
    due,
    elsewhere,
    mg,
    on_methadone,
    ordered,
    rows,
    stopped,
    treatment,
    written_elsewhere,
)

from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.stops import StopCode
from pdtdesk.services.regime import signing_out
from pdtdesk.services.regime.handing import ALL_TRUE, Ended, correct_dose, hand_out, settle_doses

D, P = timedelta(days=1), Role.PRESCRIBER
TAKEN = {"outcome": "taken", "witness": "K. Osei"}


@pytest.mark.hazard("H-008")
@pytest.mark.parametrize("how", ["stopped", "moved", "taken back elsewhere", "second cup", "switched"])
def test_a_cup_that_waits_stands_on_the_sheet_whatever_its_order_did(ward: TestDesk, how: str) -> None:
    """The round is signed out, the count agrees with nothing, and forty millilitres are in nobody's record."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    hand_out(by(ward), dose, PHOTOGRAPH)
    if how == "stopped":
        stopped(ward, patient, TODAY - D)
    elif how == "moved":
        ordered(ward, patient, an_ordering(schedule=a_schedule(TODAY, 20, slots=("evening",))))
    elif how == "taken back elsewhere":
        written_elsewhere(ward, patient, "entered_in_error", {"why": "x"}, P, dose.order)
    elif how == "second cup":
        (one,) = treatment(ward, patient).begun
        elsewhere(ward, patient, "dose_begun", dose, identified_by="photograph")
        elsewhere(ward, patient, "dose", dose, begun=one.entry_id, **TAKEN)
    else:
        ordered(
            ward,
            patient,
            an_ordering(
                Ordered.BUPRENORPHINE, a_schedule(TODAY, 4), lifted=frozenset({StopCode.AFTER_OPIOID}), reason="r"
            ),
        )
        assert {r.dose for r in rows(ward, patient) if r.state == "handed out"} == {"methadone 20 mg"}
    sheet = signing_out.round_facts(by(ward), TODAY, "morning")
    assert [(each.medicine, each.ordered) for each in sheet.waiting] == [(Ordered.METHADONE, mg(20))]


def test_what_never_left_the_cupboard_is_not_left_over(ward: TestDesk) -> None:
    """Refused before it was poured, and twenty are written as wasted that stand in the cupboard."""
    patient = on_methadone(ward)
    dose = due(ward, patient)
    elsewhere(ward, patient, "dose", dose, outcome="refused", reason="asleep")
    elsewhere(ward, patient, "dose_begun", dose, identified_by="photograph")
    (cup,) = treatment(ward, patient).begun
    elsewhere(ward, patient, "dose", dose, begun=cup.entry_id, **TAKEN)
    settle_doses(by(ward, P), dose, ALL_TRUE, "both")
    (counted,) = signing_out.round_facts(by(ward), TODAY, "morning").counted
    assert (counted.given, counted.left_over) == (mg(20), mg(0))


def test_each_of_the_true_accounts_can_be_corrected(ward: TestDesk) -> None:
    """The second nurse wrote twenty for five, and nobody can put it right."""
    patient = on_methadone(ward)
    dose = both_gave(ward, patient)
    settle_doses(by(ward, P), dose, ALL_TRUE, "both")
    _, second = treatment(ward, patient).doses
    correct_dose(by(ward), dose, second.entry_id, Ended(Outcome.PART_TAKEN, mg(5), "spat", "K. Osei"), "mistyped")


def test_who_gave_a_cup_is_not_who_settled_it(ward: TestDesk) -> None:
    """The record says that the doctor gave both doses; she was never at the hatch."""
    patient = on_methadone(ward)
    settle_doses(by(ward, P), both_gave(ward, patient), ALL_TRUE, "both")
    assert {line.by for line in signing_out.round_facts(by(ward), TODAY, "morning").lines} == {"R. Adeyemi"}
