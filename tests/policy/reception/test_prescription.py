"""The old dose is given again only where the tolerance is still there: hours and days since somebody saw it taken."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.facts import CommunityPrescription, CustodyDose, Medicine, ReceptionFacts
from pdtdesk.policy.national import load_national
from pdtdesk.policy.parameters import Parameters
from pdtdesk.policy.reception.assess import assess
from pdtdesk.policy.reception.codes import Code

NATIONAL = load_national()
SHOWN = NATIONAL.over("demonstration")
NOW = datetime(2010, 6, 1, 20, 40, tzinfo=UTC)


def sentences(facts: ReceptionFacts, code: Code, guidance: Parameters = NATIONAL) -> list[str]:
    found = assess(facts, guidance.on(date(2010, 6, 1)), NOW)
    return [finding.sentence for finding in found.findings if finding.code == code]


def test_what_was_given_in_custody_is_told_by_name_and_none_is_told_too() -> None:
    prescribed = CommunityPrescription(Medicine.BUPRENORPHINE, last_witnessed_at=NOW - timedelta(hours=30))
    naloxone = CustodyDose("buprenorphine-naloxone", NOW - timedelta(hours=4), "hospital")
    base = ReceptionFacts(
        custody_doses=(), community_prescriptions=(prescribed,), arrested_at=NOW - timedelta(hours=39)
    )
    none = sentences(base, Code.HOURS_SINCE_WITNESSED)[0]
    assert "30 hours since" in none
    assert "None given since arrest Mon 31 May 2010 06:40, 39 hours ago" in none
    given_one = sentences(replace(base, custody_doses=(naloxone,)), Code.HOURS_SINCE_WITNESSED)[0]
    assert "4 hours since" in given_one
    assert "(hospital)" in given_one
    unknown = sentences(replace(base, custody_doses=None), Code.HOURS_SINCE_WITNESSED)[0]
    assert "not known: ask by name and time" in unknown


@pytest.mark.parametrize(("missed", "said"), [(1, "1 day missed"), (6, "6 days missed")])
def test_missed_days_of_another_medicine_have_no_source_and_it_is_said(missed: int, said: str) -> None:
    prescribed = CommunityPrescription(Medicine.BUPRENORPHINE, Milligrams(Decimal(8)), days_missed=missed)
    found = sentences(ReceptionFacts(community_prescriptions=(prescribed,)), Code.MISSED_DAYS_NO_SOURCE)[0]
    assert said in found
    assert "No source held here" in found


@pytest.mark.parametrize(
    ("missed", "said"), [(2, None), (3, "not yet needed (from 5 days)"), (5, "needed from 5 days")]
)
def test_missed_days_follow_what_was_signed(missed: int, said: str | None) -> None:
    prescribed = CommunityPrescription(Medicine.METHADONE, days_missed=missed)
    found = sentences(ReceptionFacts(community_prescriptions=(prescribed,)), Code.MISSED_DAYS_REASSESS, SHOWN)
    assert len(found) == (said is not None)
    assert all(said in sentence for sentence in found if said)
