"""What a desk writes of one woman taken in at reception: for the tests of what is read out of it."""

from typing import Any

from pdtdesk.domain.reception.person import PersonRecord
from pdtdesk.domain.record.entry import Entry
from pdtdesk.domain.staff import Author
from tests.domain.record.entries import EVENING, NURSE, an_entry

LEAD = Author("member-lead", "M. Okonedo", "lead")
PREGNANT = "risk.pregnant"


def the_person(id_: str = "p", *over: str, surname: str = "Sparrow", patient: str = "patient-one") -> Entry:
    return an_entry(id_, *over, kind="person", body={"surname": surname, "forenames": "Dan"}, patient=patient)


def the_arrival(id_: str = "s", *over: str, minute: int = 0, **body: Any) -> Entry:
    return an_entry(id_, *over, kind="arrival", body={"arrived_from": "Court", **body}, minute=minute)


def answered(
    id_: str, value: str | None, *over: str, key: str = PREGNANT, by: Author = NURSE, minute: int = 0, **more: Any
) -> Entry:
    given_ = {"value": value} if value is not None else {"not_asked": "refused"}
    answer = {**given_, "at": EVENING.isoformat(), "over": list(over), **more}
    return an_entry(id_, body={"stay": "s", "answers": {key: answer}}, by=by, minute=minute)


def said(person: PersonRecord | None, key: str = PREGNANT) -> list[str | None]:
    assert person is not None
    return [held.answer.value for held in person.stays[-1].answers.get(key, ())]


ADMITTED = (the_person(), the_arrival())
