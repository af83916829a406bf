"""Somebody who was here a year ago and is on tonight's list again, in hand at the window: for journeys."""

from collections.abc import Mapping
from datetime import date, timedelta

from factories import EVENING, a_draft, an_arrival
from ward import Ward

from pdtdesk.domain.reception.answers import Answer, HeldAnswer
from pdtdesk.services.reception import triage
from pdtdesk.services.reception.take_in import take_in

LANGUAGE = "arrival.language"


def known(ward: Ward) -> None:
    """The first of tonight's list was here a year ago, and spoke Polish."""
    before = an_arrival(
        prison_number="A6620WE",
        surname="Dunne",
        forenames="Patrick",
        born=date(1968, 11, 2),
        arrived_at=EVENING - timedelta(days=365),
    )
    take_in(ward.desk.acting(), [(2, before)])
    with ward.desk.store.reading() as work:
        (row,) = work.arrivals(EVENING - timedelta(days=366))
    triage.save(ward.desk.acting(), a_draft(row.stay, row.patient_id, {LANGUAGE: "Polish"}), 2)


def of(ward: Ward, number: str) -> str:
    """Somebody of tonight's in hand, on the whole page; the stay."""
    row = next(row for row in ward.reception.rows() if row.prison_number == number)
    opened(ward, row.stay)
    return row.stay


def opened(ward: Ward, stay: str) -> None:
    """A stay in hand, on the whole page."""
    ward.reception.open_stay(stay)
    ward.settle()
    ward.reception.triage.show_pass(2)


def saved(ward: Ward, patient_id: str = "") -> Mapping[str, tuple[HeldAnswer, ...]]:
    with ward.desk.store.reading() as work:
        return work.person(patient_id or ward.reception.triage.person.patient_id).current.answers


def drafted(ward: Ward, stay: str) -> Mapping[str, Answer]:
    with ward.desk.store.reading() as work:
        draft = work.draft(stay)
    return draft.answers if draft else {}


def again(ward: Ward, stay: str) -> None:
    """Locked by hand, and the same nurse back at the same person."""
    ward.window.lock("by hand")
    ward.settle()
    ward.sign_in()
    opened(ward, stay)
