"""What the figures say of a prescriber's decision: its reason, and whose it was."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from factories import NAMES, TestDesk
from many_treated import Held, decided, held, written

from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.treatment import Agreed, Wish
from pdtdesk.domain.roles import Role
from pdtdesk.policy.regime.codes import Code
from pdtdesk.services.oversight.figure_blocks import by_prescriber
from pdtdesk.services.oversight.figure_facts import Treated, treated
from pdtdesk.services.oversight.figures import turn_by_prescriber
from pdtdesk.services.regime import choosing, record
from tests.services.oversight.shown import as_lead, block, cells, line

LONG = {"status": "sentenced", "length": "P2Y"}
NAME = NAMES[Role.PRESCRIBER]
NOON = datetime(2010, 5, 20, 12, 0, tzinfo=LONDON)


def reviewed(desk: TestDesk, who: Held, regime: str, standing: str, reason: str = "") -> None:
    body = {"regime": regime, "on": "2010-05-20", "outcome": "continue", "reason": reason, "standing": standing}
    written(desk, who, "regime_review", {**body, "next_due": "2010-08-20"}, Role.PRESCRIBER, date(2010, 5, 20))


def test_maintenance_that_guidance_offers_is_no_departure(desk: TestDesk) -> None:
    """Chosen where guidance offers it, without a reason because none is asked for: it stood as a fault by name."""
    who = held(desk, 0, **LONG)
    said = {"opioids.dependence": "dependent", "risk.maintenance_protects": "yes"}
    record.write_assessment(desk.acting(), who.patient_id, said)
    wish = Wish("to stay on it", "all of it", Agreed.YES)
    choosing.choose(
        desk.acting(Role.PRESCRIBER),
        who.patient_id,
        choosing.Choice(RegimeClass.MAINTENANCE, date(2010, 6, 1), wish, frozenset(), acknowledged=frozenset(Code)),
    )
    turn_by_prescriber(desk.acting(Role.LEAD), True, "agreed")
    shown = as_lead(desk)
    assert cells(block(shown, "maintained"), "Reason") == ["Offered by guidance when chosen"]
    assert line(block(shown, "summary"), "– with a reason recorded, or offered")[1] == "1"
    assert line(block(shown, "summary"), "– without a reason")[1] == "0"
    assert block(shown, "prescribers").rows == ((NAME, "1", "1", "1", "0"),)


@pytest.mark.parametrize("standing", ["needs_reason", "exceptional", "not_indicated", None])
def test_a_departure_without_a_reason_still_stands_as_one(desk: TestDesk, standing: str | None) -> None:
    """What is offered to one must not hide for whom nobody wrote why."""
    decided(desk, held(desk, 0, **LONG), standing=standing)
    shown = as_lead(desk)
    assert cells(block(shown, "maintained"), "Reason") == ["NO REASON RECORDED"]
    assert line(block(shown, "summary"), "– without a reason")[1] == "1"


def test_what_was_written_stands_before_what_guidance_said(desk: TestDesk) -> None:
    """The prescriber's own words, also where none had to be found."""
    decided(desk, held(desk, 0, **LONG), reason="he overdosed in 2008")
    assert cells(block(as_lead(desk), "maintained"), "Reason") == ["he overdosed in 2008"]


@pytest.mark.parametrize(
    ("chosen", "at_review", "reason"),
    [
        ("needs_reason", "offered", "Offered by guidance when reviewed"),
        ("offered", "needs_reason", "NO REASON RECORDED"),
    ],
)
def test_the_latest_decision_says_whether_guidance_offered_it(
    desk: TestDesk, chosen: str, at_review: str, reason: str
) -> None:
    """Guidance and people change between the choice and the review: what was offered once may need a reason now."""
    who = held(desk, 0, **LONG)
    reviewed(desk, who, decided(desk, who, standing=chosen), at_review)
    assert cells(block(as_lead(desk), "maintained"), "Reason") == [reason]


def test_a_review_of_the_class_before_is_no_reason_for_the_class_after_it(desk: TestDesk) -> None:
    """Reviewed in the morning and changed at noon: what was said of the reduction is said of the reduction."""
    who = held(desk, 0, **LONG)
    first = decided(desk, who, "gradual_reduction")
    reviewed(desk, who, first, "offered", "comes down well")
    decided(desk, who, since=date(2010, 5, 20), standing="needs_reason", supersedes=(first,), at=NOON)
    assert cells(block(as_lead(desk), "maintained"), "Reason") == ["NO REASON RECORDED"]


def everybody(desk: TestDesk, *signed_by: tuple[str, str, str | None]) -> list[Treated]:
    """People in treatment, each by the prescriber of an id, a name and a registration number."""
    found = []
    for at, (id_, name, registration) in enumerate(signed_by):
        who = held(desk, at, **LONG)
        decided(desk, who, since=date(2010, 5, 1 + at))
        with desk.store.reading() as work:
            row = next(each for each in work.present() if each.patient_id == who.patient_id)
            one = treated(row, work.person(who.patient_id), desk.acting().now(), desk.acting().policy)
        author = replace(one.in_force.prescriber, id=id_, name=name, registration=registration)
        found.append(replace(one, in_force=replace(one.in_force, prescriber=author)))
    return found


def lines(desk: TestDesk, people: list[Treated]) -> list[tuple[str, str]]:
    acting = desk.acting(Role.LEAD)
    return [row[:2] for row in by_prescriber(people, acting.policy.on(date(2010, 6, 1))).rows]


def test_two_prescribers_of_one_name_are_two_lines_told_apart_by_their_registration(desk: TestDesk) -> None:
    """What one of them never signed would stand against her."""
    people = everybody(desk, ("one", "J. Smith", "1234567"), ("two", "J. Smith", None), ("three", "A. Khan", "777"))
    assert lines(desk, people) == [
        ("A. Khan", "1"),
        ("J. Smith, 1234567", "1"),
        ("J. Smith, no registration number", "1"),
    ]


def test_a_prescriber_who_changed_her_name_is_one_line_by_the_name_of_today(desk: TestDesk) -> None:
    """Married in May: half of her decisions would be somebody's who is not on the staff."""
    assert lines(desk, everybody(desk, ("one", "J. Smith", "1"), ("one", "J. Brown", "1"))) == [("J. Brown", "2")]
