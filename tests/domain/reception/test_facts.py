"""What is not known is not a no: the facts of an arrival keep the difference."""

from datetime import date, time

import pytest

from pdtdesk.domain.custody import AgeGroup, Custody, age_group, ends_before_it_begins
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.facts import (
    CommunityPrescription,
    Dependence,
    Frequency,
    Medicine,
    OpeningHours,
    OpenSpan,
    ReceptionFacts,
    Standing,
    Substance,
    Use,
)


def test_a_new_arrival_of_whom_nothing_is_known_answers_no_question() -> None:
    facts = ReceptionFacts()
    assert facts.community_prescriptions is None
    assert facts.risks.drowsy_now is None
    assert facts.use(Substance.OPIOIDS) is None
    assert not facts.regular(Substance.OPIOIDS)
    assert facts.standing_prescriptions == ()


@pytest.mark.parametrize(
    ("use", "used", "regular"),
    [
        (Use(), None, False),
        (Use(frequency=Frequency.NOT_USED), False, False),
        (Use(frequency=Frequency.MONTHLY), True, False),
        (Use(frequency=Frequency.MOST_DAYS), True, True),
        (Use(last_use=date(2010, 6, 1)), True, False),
        (Use(dependence=Dependence.DEPENDENT), True, True),
        (Use(dependence=Dependence.SUSPECTED), None, True),
        (Use(dependence=Dependence.NONE), None, False),
    ],
)
@pytest.mark.hazard("H-002")
def test_use_is_known_only_when_it_was_said(use: Use, used: bool | None, regular: bool) -> None:
    assert use.used is used
    assert use.regular is regular


def test_a_prescription_that_was_denied_does_not_stand() -> None:
    told = CommunityPrescription(Medicine.METHADONE, Milligrams.parse("55 mg"), Standing.REPORTED)
    denied = CommunityPrescription(Medicine.BUPRENORPHINE, standing=Standing.REFUTED)
    assert ReceptionFacts(community_prescriptions=(told, denied)).standing_prescriptions == (told,)


def test_a_pharmacy_does_not_close_before_it_opens_and_has_seven_days() -> None:
    with pytest.raises(ValueError, match="before it opens"):
        OpenSpan(time(17, 0), time(9, 0))
    with pytest.raises(ValueError, match="seven days"):
        OpeningHours(((),))


@pytest.mark.parametrize(
    ("born", "group"),
    [
        (date(1992, 6, 2), AgeGroup.UNDER_18),
        (date(1992, 6, 1), AgeGroup.FROM_18_TO_20),
        (date(1989, 6, 2), AgeGroup.FROM_18_TO_20),
        (date(1989, 6, 1), AgeGroup.ADULT),
    ],
)
def test_age_groups_turn_on_the_birthday(born: date, group: AgeGroup) -> None:
    assert age_group(born, date(2010, 6, 1)) is group


def test_a_sentence_does_not_end_before_it_begins() -> None:
    day = date(2010, 6, 1)
    assert not ends_before_it_begins(Custody())
    assert not ends_before_it_begins(Custody(release_on=day))
    assert not ends_before_it_begins(Custody(sentenced_on=day, release_on=day))
    assert ends_before_it_begins(Custody(sentenced_on=day, release_on=date(2010, 5, 31)))
    assert ends_before_it_begins(Custody(received_on=day, release_on=date(2010, 5, 31)))
