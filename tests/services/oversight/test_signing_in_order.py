"""The lead is told before signing that a figure would stand on the wrong side of another."""

from datetime import date

import pytest
from factories import TestDesk

from pdtdesk.domain.roles import Role
from pdtdesk.services.oversight.signing import preview
from pdtdesk.services.refusals import Refused
from tests.services.oversight.test_signing import INDUCTION, TODAY, a_signing, signed

JULY = date(2010, 7, 1)


@pytest.mark.hazard("H-009")
def test_a_new_induction_is_not_signed_below_the_reassessment(desk: TestDesk) -> None:
    """Otherwise the day of reassessment is never reached, and the lead who signed both learns it from an incident."""
    lead = signed(desk.acting(Role.LEAD), a_signing(parameter_id="missed_days_reassess", value=5, first_day=JULY))
    with pytest.raises(
        Refused, match="wrong way round: “Missed days of methadone from which the dose is reass"
    ) as no:
        preview(lead, a_signing(value=4))
    assert "On Thu 1 Jul 2010" in str(no.value), "from today it would hold, and from July not"
    assert "need a new induction” 4 days" in str(no.value)
    assert signed(lead, a_signing(value=4, last_day=date(2010, 6, 30))).policy.on(TODAY).days(INDUCTION).value == 4
