"""A dose by score at the hatch: the order is the most of it, and how much is poured is written before it is given."""

import pytest
from a_round import PHOTOGRAPH, TODAY, a_patient, mg
from at_desk import AtDesk
from factories import TestDesk
from PySide6.QtCore import Qt

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.roles import Role
from pdtdesk.services.refusals import Refused
from pdtdesk.services.regime.handing import Checked, hand_out
from pdtdesk.services.regime.signing_out import round_facts
from pdtdesk.ui.regime.round_page import RoundPage

ENTER = Qt.Key.Key_Return
WORDS = "score over 15: 20 mg; 8 to 15: 10 mg; over 30 call me"


def by_score(desk: TestDesk):
    return a_patient(
        desk, medicine=Ordered.CHLORDIAZEPOXIDE, doses=(("morning", mg(20)), ("night", mg(20))), by_score=WORDS
    )


def checked(poured: Milligrams | None) -> Checked:
    return Checked(PHOTOGRAPH.identified_by, PHOTOGRAPH.look, PHOTOGRAPH.witness, poured)


@pytest.mark.hazard("H-003")
@pytest.mark.parametrize("poured", [None, "0", "25"])
def test_a_dose_by_score_is_not_handed_out_without_how_much_or_above_the_most(
    desk: TestDesk, poured: str | None
) -> None:
    """With the most poured each time whatever the score, a man who scores 9 sleeps too deep to be woken."""
    patient = by_score(desk)
    with pytest.raises(Refused, match="up to 20 mg"):
        hand_out(desk.acting(), patient.due(), checked(mg(poured) if poured else None))


def test_of_any_other_order_all_of_the_dose_is_handed_out(desk: TestDesk) -> None:
    """An amount of the nurse's own would be an order that nobody signed (S-02)."""
    patient = a_patient(desk)
    with pytest.raises(Refused, match="another order"):
        hand_out(desk.acting(), patient.due(), checked(mg(20)))


def test_by_score_by_keys_alone_and_the_count_holds_what_was_poured(desk: TestDesk, at: AtDesk) -> None:
    """Ten milligrams poured and twenty counted: the cupboard is ten over, and somebody is accused of it."""
    patient = by_score(desk)
    at.sign_in(Role.NURSE)
    page = at.show(RoundPage(at.station))
    at.settle()
    page.open_row(next(id_ for id_ in page._rows if id_.startswith(patient.patient_id)))
    at.settle()
    dose = page.dose
    assert dose.dose.to_give.text() == "chlordiazepoxide at most 20 mg"
    assert dose.facts.asked.text() == WORDS
    at.type("P")
    at.type("N")
    at.type("N")
    at.press(ENTER)
    assert dose.now.begun is None, "how much is asked first"
    at.type("10")
    at.press(ENTER)
    at.press(ENTER)
    at.settle()
    at.qtbot.waitUntil(page.is_settled)
    assert dose.now.begun.ordered_mg == mg(10)
    assert dose.dose.to_give.text() == "chlordiazepoxide 10 mg"
    at.type("T")
    at.press(ENTER)
    at.settle()
    at.qtbot.waitUntil(page.is_settled)
    (counted,) = round_facts(desk.acting(), TODAY, "morning").counted
    assert (counted.given, counted.left_over) == (mg(10), mg(0))
