"""What each medicine is, for everything that is looked at before it is handed out."""

import pytest

from pdtdesk.domain.regime.medicines import Ordered

SUBSTITUTES = {"methadone", "buprenorphine", "buprenorphine-naloxone", "dihydrocodeine"}
SEDATIVES = {"chlordiazepoxide", "diazepam"}


@pytest.mark.hazard("H-003")
@pytest.mark.parametrize("medicine", Ordered)
def test_whoever_is_given_an_opioid_or_a_sedative_is_looked_at_first(medicine: Ordered) -> None:
    """Otherwise diazepam is handed to somebody who is asleep on his feet from methadone (K-08)."""
    assert medicine.is_opioid is (medicine.words in SUBSTITUTES)
    assert medicine.makes_drowsy is (medicine.words in SUBSTITUTES | SEDATIVES)


@pytest.mark.parametrize("medicine", Ordered)
def test_a_substitute_alone_needs_a_prescribers_signed_order_to_begin(medicine: Ordered) -> None:
    """Otherwise naltrexone or lofexidine counts as a substitute, and two of them as one too many (S-02)."""
    assert medicine.is_substitute is (medicine.words in SUBSTITUTES)


def test_days_on_buprenorphine_are_counted_on_whichever_tablet_it_came() -> None:
    """Otherwise a change of the tablet begins the count of missed days again."""
    assert {each: each.active for each in Ordered if each.active is not each} == {
        Ordered.BUPRENORPHINE_NALOXONE: Ordered.BUPRENORPHINE
    }
