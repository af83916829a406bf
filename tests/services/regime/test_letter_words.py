"""How the review letter says what was looked at, what is not known, and that there is nothing else."""

import pytest
from a_reviewed_man import a_man, days_of_doses
from factories import TestDesk
from treatment import a_patient, by, chosen, tomorrow

from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.roles import Role
from pdtdesk.services.regime.letter_facts import ReviewLetter
from pdtdesk.services.regime.letters import review_letter
from pdtdesk.services.regime.reviewing import open_review


def letter(desk: TestDesk, patient_id: str) -> ReviewLetter:
    return review_letter(by(desk, Role.PRESCRIBER), patient_id)


@pytest.mark.parametrize(
    ("said", "words"), [("yes", "Takes no other medicine"), ("no", "Takes other medicines: none is named")]
)
def test_no_other_medicine_is_said_as_a_sentence(desk: TestDesk, said: str, words: str) -> None:
    """*Takes no other medicine Yes*: read in haste, he takes others."""
    patient = a_patient(desk, {"medicines.none": said})
    chosen(desk, patient)
    part = letter(desk, patient.patient_id).other_medicines
    assert part is not None
    assert [(each.label, each.words) for each in part.answers] == [("", words)]


def test_a_day_that_nobody_knows_of_is_not_drawn_as_not_taken(desk: TestDesk) -> None:
    """A gap in the round's record, printed over the bars as a refusal, goes outside as one."""
    patient = a_man(desk)
    chosen(desk, patient)
    days_of_doses(desk, patient, 3, {1: Outcome.REFUSED})
    tomorrow(desk)
    doses = letter(desk, patient.patient_id).doses
    assert doses is not None
    assert [each.words for each in doses.notes][:2] == ["1 not taken", "1 not known"]


def test_the_letter_says_how_often_somebody_looked(desk: TestDesk) -> None:
    """*Not written down*, of a man who was looked at before every dose, and seen awake each time."""
    patient = a_man(desk)
    chosen(desk, patient)
    days_of_doses(desk, patient, 2)
    since = letter(desk, patient.patient_id).since
    assert since.sedated == ()
    assert since.looked_awake == open_review(by(desk, Role.PRESCRIBER), patient.patient_id).looked_awake > 1
