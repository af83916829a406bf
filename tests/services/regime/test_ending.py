"""A regime or a medicine that ends: what must be read first, what ends with it, and what comes back."""

from datetime import timedelta

import pytest
from factories import TestDesk
from treatment import (
    AGREED,
    TODAY,
    a_patient,
    a_schedule,
    an_ordering,
    by,
    ended,
    mg,
    now_of,
    on_methadone,
    ordered,
    stopped,
    tomorrow,
    treatment,
)

from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.treatment import Agreed, Wish
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.codes import Code
from pdtdesk.services.reception.corrections import mark_in_error
from pdtdesk.services.refusals import Refused
from pdtdesk.services.regime import record
from pdtdesk.services.regime.ending import end_findings

PRESCRIBER = Role.PRESCRIBER


@pytest.mark.hazard("H-006")
def test_an_end_keeps_what_the_person_said_and_what_it_takes_away(ward: TestDesk) -> None:
    """A regime stopped at twenty milligrams against a man's will, and the record says that it ended: he dies outside,
    and nobody can see who told him."""
    patient = on_methadone(ward)
    now, prescriber = now_of(ward, patient), by(ward, PRESCRIBER)
    friday = TODAY + timedelta(days=2)
    against = Wish("to stay on it", "that tolerance is lost", Agreed.NO)
    found = end_findings(now, friday, against, prescriber.policy)
    codes = {str(each.code) for each in found}
    assert {Code.STOPS_WITHOUT_STEPS, Code.SCHEDULE_OVERDOSE, Code.TOLERANCE, Code.NOT_AGREED} <= codes
    said = next(each.sentence for each in found if each.code == Code.STOPS_WITHOUT_STEPS)
    assert said.startswith("20 mg of methadone a day stop after Fri 4 Jun 2010 without steps down")
    for said_, wrong in (
        ({"wish": Wish(), "acknowledged": frozenset(codes)}, "whether the person agreed"),
        ({"wish": against, "acknowledged": frozenset(codes - {Code.NOT_AGREED})}, "Changed without agreement"),
    ):
        with pytest.raises(Refused, match=wrong):
            ended(ward, patient, friday, **said_)
    after = ended(ward, patient, friday, wish=against, acknowledged=frozenset(codes), outside="Dr Lee, Leeds")
    kept = [each.body for each in after.person.folded.effective if each.kind in ("regime_ended", "order_ended")]
    assert len(kept) == 2
    for body in kept:
        assert body["wish"] == {"wished": "to stay on it", "told": "that tolerance is lost", "agreed": "no"}
        assert body["goes_on_outside"] == "Dr Lee, Leeds"
        assert {each["code"] for each in body["findings"]} == codes


def test_ending_stops_every_substitute_after_the_day_and_leaves_the_rest(ward: TestDesk) -> None:
    """Otherwise the regime has ended on the list and goes on at the hatch; or the alcohol course is lost with it."""
    patient = on_methadone(ward)
    ordered(ward, patient, an_ordering(Ordered.CHLORDIAZEPOXIDE, a_schedule(amount=10)))
    friday = TODAY + timedelta(days=2)
    with pytest.raises(Refused, match="Say why the regime ends"):
        ended(ward, patient, friday, why=" ")
    after = ended(ward, patient, friday)
    assert len(after.treatment.orders_on(friday)) == 2
    assert record.regimes(by(ward))[0].standing == "in force", "until Friday"
    (left,) = after.treatment.orders_on(friday + timedelta(days=1))
    assert left.medicine is Ordered.CHLORDIAZEPOXIDE
    with pytest.raises(Refused, match="could be ended"):
        ended(ward, patient, friday)
    sooner = ended(ward, patient)
    assert len(sooner.treatment.orders_on(friday)) == 1
    assert sooner.person.conflicts == ()
    tomorrow(ward)
    assert record.regimes(by(ward))[0].standing == "ended"


def test_a_medicine_is_stopped_once_and_never_made_longer_by_it(ward: TestDesk) -> None:
    """Otherwise a slip in the day keeps a course going that was to end."""
    patient = on_methadone(ward)
    friday = TODAY + timedelta(days=2)
    with pytest.raises(Refused, match="Say why methadone ends"):
        stopped(ward, patient, friday, why="")
    with pytest.raises(Refused, match="Nothing is ordered of diazepam after Fri 4 Jun 2010"):
        stopped(ward, patient, friday, Ordered.DIAZEPAM)
    stopped(ward, patient, friday)
    with pytest.raises(Refused, match="ends on Fri 4 Jun 2010 already"):
        stopped(ward, patient, friday + timedelta(days=3))
    now = stopped(ward, patient)
    assert now.treatment.orders[0].until == TODAY
    assert now.treatment.regime_on(friday), "the class stays"
    assert now.person.conflicts == ()


@pytest.mark.hazard("H-008")
def test_a_stop_takes_the_change_that_is_signed_for_later_with_it(ward: TestDesk) -> None:
    """The diazepam is stopped today, and comes back on Monday with the step that was signed last week."""
    patient = a_patient(ward)
    ordered(ward, patient, an_ordering(Ordered.DIAZEPAM, a_schedule(amount=10)))
    monday = TODAY + timedelta(days=5)
    ordered(ward, patient, an_ordering(Ordered.DIAZEPAM, a_schedule(monday, 8)))
    now = stopped(ward, patient, medicine=Ordered.DIAZEPAM)
    assert now.treatment.orders_on(TODAY)
    assert not now.treatment.orders_on(TODAY + timedelta(days=1))
    assert not now.treatment.orders_on(monday)
    assert now.treatment.conflicting == now.person.conflicts == ()


def test_a_sedative_that_stops_without_steps_is_said_with_what_to_watch(ward: TestDesk) -> None:
    """Ten milligrams of diazepam for a year, none from tomorrow, and nobody looks at him again until he fits."""
    patient = a_patient(ward)
    ordered(ward, patient, an_ordering(Ordered.DIAZEPAM, a_schedule(amount=10)))
    now, policy = now_of(ward, patient), by(ward, PRESCRIBER).policy
    (said,) = end_findings(now, TODAY, AGREED, policy, Ordered.DIAZEPAM)
    assert said.code == Code.STOPS_WITHOUT_STEPS
    assert "10 mg of diazepam a day stop after Wed 2 Jun 2010" in said.sentence
    assert "CIWA-Ar and observations" in said.sentence
    with pytest.raises(Refused, match="Read this before you sign"):
        stopped(ward, patient, medicine=Ordered.DIAZEPAM, acknowledged=frozenset())
    tablets = a_patient(ward, surname="Wren", prison_number="A4128CK")
    ordered(ward, tablets, an_ordering(Ordered.NALTREXONE, a_schedule(amount=50)))
    assert end_findings(now_of(ward, tablets), TODAY, AGREED, policy, Ordered.NALTREXONE) == ()


def test_an_end_taken_back_brings_an_old_order_back_until_the_day_before_the_newer_one(ward: TestDesk) -> None:
    """Otherwise a slip corrected in July opens an order of May beside the one that is given now."""
    patient = on_methadone(ward)
    prescriber = by(ward, PRESCRIBER)
    stopped(ward, patient)
    end = now_of(ward, patient).person.folded.of_kind("order_ended")[0].id
    tomorrow(ward, days=2)
    day = TODAY + timedelta(days=2)
    ordered(ward, patient, an_ordering(schedule=a_schedule(day, 10)))
    mark_in_error(prescriber, end, "the wrong man's page")
    found = treatment(ward, patient)
    assert sorted(each.until for each in found.orders if each.until) == [day - timedelta(days=1)]
    assert [each.schedule.daily_on(day) for each in found.orders_on(day)] == [mg(10)]
    assert found.conflicting == ()
