"""The medicine round as it may stand on a page: due, stopped, in somebody's hand, written, in two accounts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from a_round import PHOTOGRAPH, TODAY, Patient, an_order, mg
from factories import TestDesk

from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.roles import Role
from pdtdesk.services.regime.handing import Ended, hand_out, record_dose

NIGHT = "night"
Then = Callable[[Any], None]


def on_the_round(desk: TestDesk) -> None:
    """A dose of each standing in tonight's round, of those who are here."""
    with desk.store.reading() as work:
        here = [row.patient_id for row in work.present()]
    people = [_ordered(desk, id_, ago) for id_, ago in zip(here[:6], (0, 0, 3, 0, 0, 0), strict=True)]
    hand_out(desk.acting(), people[3].due(slot=NIGHT), PHOTOGRAPH)
    record_dose(desk.acting(), people[4].due(slot=NIGHT), Ended(Outcome.REFUSED, reason="feels unwell"))
    record_dose(desk.acting(), people[5].due(slot=NIGHT), Ended(Outcome.MISSED, reason="escort"))
    with desk.store.work() as work:
        entry = next(each for each in work.person(people[5].patient_id).folded.effective if each.kind == "dose")
        body = {**entry.body, "outcome": "refused", "reason": "at the other hatch"}
        work.append([NewEntry("regime", "dose", body, desk.acting(Role.LEAD).who, people[5].patient_id)])


def at_round(state: str = "", role: Role = Role.NURSE, then: Then | None = None) -> Callable[[Any], None]:
    """Turn to the round; to a dose that stands so; and on from there."""

    def go(evening: Any) -> None:
        evening.as_(role)
        evening.pages.show("round")
        evening.ward.settle()
        page = evening.pages.round
        page.let_go()
        page.list.show_part(NIGHT)
        wanted = next((id_ for id_, row in page._rows.items() if row.state == state), None)
        assert wanted is not None or not state, f"no dose is {state}"
        if wanted is not None:
            page.open_row(wanted)
            evening.ward.settle()
        if then is not None:
            then(page)

    return go


def missed(page: Any) -> None:
    page.dose.not_given.choose(Outcome.MISSED)
    page.dose._record.click()


def part_taken(page: Any) -> None:
    page.dose.outcome.choose(Outcome.PART_TAKEN)
    page.dose._record.click()


def lifted(page: Any) -> None:
    page.dose.lift_asked.emit()
    page.panels.lift.save.click()


def looked_again(page: Any) -> None:
    page.dose.look_asked.emit()
    page.panels.look.save.click()


def on_paper(page: Any) -> None:
    page.dose.paper_asked.emit()
    page.panels.paper.save.click()


def corrected(page: Any) -> None:
    page.panels.written.correct()


def orders_to_sign(page: Any) -> None:
    page.begin_signing_orders()


def signed_out(page: Any) -> None:
    page.begin_signing_out()


def _ordered(desk: TestDesk, patient_id: str, days_ago: int) -> Patient:
    with desk.store.reading() as work:
        stay = work.person(patient_id).current.id
    order = an_order(desk, patient_id, Ordered.METHADONE, ((NIGHT, mg(30)),), since=TODAY - timedelta(days=days_ago))
    return Patient(patient_id, stay, order)
