"""One man, taken in twice in one evening under two records: what the tests of joining begin with."""

from datetime import timedelta

from factories import EVENING, TestDesk, an_arrival

from pdtdesk.domain.reception.alerts import alerts_of
from pdtdesk.services.reception import people, sheets, tasks
from pdtdesk.services.reception.sheet_facts import Watch
from pdtdesk.services.reception.take_in import take_in

AWAKE = {"risk.drowsy": "no", "risk.intoxicated": "no", "risk.self_harm_now": "no", "withdrawal.seen": "none"}
ASLEEP = {**AWAKE, "risk.drowsy": "yes", "risk.self_harm_now": "yes"}


def twice(desk: TestDesk) -> tuple[tuple[str, str], tuple[str, str]]:
    """(stay, patient) of the arrival three hours ago, and of the one an hour ago, which has no number yet."""
    first = an_arrival(arrived_at=EVENING - timedelta(hours=3))
    again = an_arrival(arrived_at=EVENING - timedelta(hours=1), prison_number=None, surname="Sparow")
    take_in(desk.acting(), [(2, first), (3, again)])
    with desk.store.reading() as work:
        one, other = sorted(work.arrivals(EVENING - timedelta(days=1)), key=lambda row: row.arrived_at)
    return (one.stay, one.patient_id), (other.stay, other.patient_id)


def tells_of_it(desk: TestDesk, patient: str) -> None:
    """The banner, the list of what is due and every sheet say what was seen."""
    person = people.open_record(desk.acting(), patient).person
    words = " ".join(alert.words for alert in alerts_of(person))
    assert "Drowsy" in words
    assert "Self-harm: thoughts now" in words
    assert {"reassess_sedation", "acct_decision"} <= {row.what for row in tasks.due(desk.acting())}
    (plan,) = person.current.plans
    assert any(hold["hard"] and "drowsy now" in hold["why"] for hold in plan.body["may_not_be_given"])
    assert sheets.first_night_sheet(desk.acting(), patient).may_not_be_given
    since = EVENING - timedelta(days=1)
    (line,) = sheets.handover_list(desk.acting(), since).lines
    assert line.may_not_be_given
    assert [each.watch for each in sheets.custody_list(desk.acting(), since).lines] == [Watch.NOT_ALONE]


def stops(desk: TestDesk, patient: str) -> list[str]:
    plans = people.open_record(desk.acting(), patient).person.current.plans
    return [hold["why"] for plan in plans for hold in plan.body["may_not_be_given"] if hold["hard"]]
