"""A dose that was given by the downtime sheet while the desk did not run, entered afterwards as the paper has it.

It writes what happened: no stop refuses it, and nothing is said to have been looked at that the paper does not say.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from pdtdesk.domain.calendar import at_london, in_london, show_day, show_instant
from pdtdesk.domain.names import same_name
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.person import Stay
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.fold import treatment_of
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.missed import first_ordered
from pdtdesk.domain.regime.rounds import has_begun, ward_day
from pdtdesk.domain.regime.schedule import DAY, NOUGHT
from pdtdesk.domain.regime.treatment import Begun, Dose, Order, Treatment
from pdtdesk.domain.roles import Permission
from pdtdesk.policy.regime.stops import Look
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import AuditLine, Work
from pdtdesk.services.reception.people import present
from pdtdesk.services.reception.replanning import replan
from pdtdesk.services.refusals import Changed, Refused
from pdtdesk.services.regime.dose_facts import DoseDue
from pdtdesk.services.regime.giving import DoseNow, dose_now
from pdtdesk.services.regime.handing import (
    IDENTIFIED_BY,
    NOT_HANDED,
    Ended,
    as_ordered,
    became,
    poured_of,
    record_of_dose,
    sedated,
)
from pdtdesk.services.regime.looks import write_look

MOST_OFFERED = 9
"""Open doses that are offered at once, the newest: once they are entered, older ones come after them."""


class Asked(StrEnum):
    """What a refusal is about, so that the page can go there."""

    DOSE = "dose"
    OUTCOME = "outcome"
    POURED = "poured"
    TIME = "time"
    NAME = "name"
    IDENTIFIED = "identified"
    WITNESS = "witness"


NOT_SAID = Look()
"""The paper says nothing of how somebody looked."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What the paper says of a dose. `identified_by` is one of `IDENTIFIED_BY`, empty where the paper does not say;
    in `look` None stands for that. `poured` is how much left the cupboard of a dose that is ordered by score."""

    given_at: datetime
    given_by: str
    identified_by: str = ""
    look: Look = NOT_SAID
    witness: str = ""
    poured: Milligrams | None = None


@dataclass(frozen=True, slots=True)
class OpenDose:
    """A dose of which nothing is written though its round has begun; by score `mg` is the most."""

    due: DoseDue
    medicine: Ordered
    mg: Milligrams
    by_score: bool
    makes_drowsy: bool


def open_doses(now: DoseNow, at: datetime) -> tuple[OpenDose, ...]:
    """The doses of this medicine that may have been given on paper: nothing is written of them, and their round has
    begun; oldest first, at most `MOST_OFFERED` and then the newest."""
    treatment, medicine, local = now.treatment, now.order.medicine, in_london(at)
    begins = first_ordered(treatment, medicine)
    orders = [each for each in treatment.orders if each.medicine.active is medicine.active]
    told: list[Dose | Begun] = [*treatment.doses, *treatment.begun]
    written = {(each.day, each.slot) for each in told if each.medicine.stands_for(medicine)}
    found: list[OpenDose] = []
    day = local.date()
    while begins is not None and day >= begins and len(found) < MOST_OFFERED:
        found += reversed([each for each in _of_day(now, orders, day, local) if _key(each) not in written])
        day -= DAY
    return tuple(reversed(found[:MOST_OFFERED]))


def _key(each: OpenDose) -> tuple[date, str]:
    return each.due.day, each.due.slot


def _of_day(now: DoseNow, orders: list[Order], day: date, local: datetime) -> Iterator[OpenDose]:
    for order in orders:
        for slot, mg in order.schedule.on(day) if order.holds_on(day) else ():
            if mg > NOUGHT and has_begun(slot, day, local):
                due = DoseDue(now.row.due.patient_id, order.entry_id, order.course, day, slot)
                yield OpenDose(due, order.medicine, mg, bool(order.instructions), order.medicine.makes_drowsy)


def latest_for(due: DoseDue, now: datetime) -> datetime:
    """The last hour at which a dose can have been given on its ward day: a time on the paper is read back from it."""
    after = at_london(due.day + DAY, time(2))
    last = after if ward_day(due.slot, after) == due.day else at_london(due.day, time(23, 59))
    return min(last, in_london(now))


@action(Permission.GIVE_DOSES)
def write_from_paper(acting: Acting, due: DoseDue, paper: Paper, ended: Ended) -> DoseNow:
    """Enter a dose that was given on paper, whole and in one step: what left the cupboard, and what became of it.

    It stands at the hour on the paper and under the name on the paper; who entered it is its author. What was seen of
    somebody then stands for everybody, unless somebody has looked since.
    """
    now = acting.now()
    _as_on_paper(due, paper, now)
    with acting.store.work() as work:
        person = present(work, due.patient_id)
        _under_its_order(treatment_of(person), due, paper)
        before = dose_now(person, None, due, acting)
        _nothing_is_written(before, due)
        cup, dose = _bodies(before, due, paper, ended)

        def write(kind: str, body: dict[str, object]) -> str:
            body = {**body, "on_paper": {"by": paper.given_by.strip()}}
            record, at = record_of_dose(before), paper.given_at
            (entry,) = work.append([NewEntry("regime", kind, body, acting.who, record, happened_at=at)])
            return entry.id

        if cup:
            dose["begun"] = write("dose_begun", cup)
        write("dose", dose)
        said = f"{show_day(due.day)}, {due.slot}, given by {paper.given_by.strip()} {show_instant(paper.given_at)}"
        work.audit(AuditLine(now, acting.who, "entered a dose given on paper", due.patient_id, detail=said))
        if sedated(paper.look):
            _stands_for_everybody(acting, work, before, paper)
        return dose_now(present(work, due.patient_id), work.row(due.patient_id), due, acting)


def _as_on_paper(due: DoseDue, paper: Paper, now: datetime) -> None:
    """Refuse what cannot stand on the paper of this dose."""
    if not any(letter.isalpha() for letter in paper.given_by):
        raise Refused("Write who gave it: the name on the paper, your own where you gave it.", Asked.NAME)
    if same_name(paper.witness, paper.given_by):
        raise Refused("The witness is somebody else than the one who gave it.", Asked.WITNESS)
    if paper.identified_by not in (*IDENTIFIED_BY, ""):
        said = "Identified by photograph, by two identifiers, or the paper does not say."
        raise Refused(said, Asked.IDENTIFIED)
    if paper.given_at > now:
        said = f"{show_instant(paper.given_at)} has not come yet: look at the day and the time on the paper."
        raise Refused(said, Asked.TIME)
    day = ward_day(due.slot, in_london(paper.given_at))
    if day != due.day:
        said = (
            f"{show_instant(paper.given_at)} belongs to the rounds of {show_day(day)}, and this is the dose of "
            f"{show_day(due.day)}: look at the time, and at which dose it was."
        )
        raise Refused(said, Asked.TIME)


def _under_its_order(treatment: Treatment, due: DoseDue, paper: Paper) -> None:
    """Refuse a dose of a day or an hour at which its order did not hold yet: nobody had signed it."""
    order = treatment.named_orders().get(due.order)
    if order is None:
        return
    if due.day < order.since:
        said = f"This order begins on {show_day(order.since)}: nothing was ordered by it for {show_day(due.day)}."
        raise Refused(said, Asked.DOSE)
    if paper.given_at < order.at:
        said = (
            f"This order was signed {show_instant(order.at)}, after the time on the paper: look at the time. Where "
            "the dose came before the order, show the prescriber the paper."
        )
        raise Refused(said, Asked.TIME)


def _nothing_is_written(before: DoseNow, due: DoseDue) -> None:
    """Refuse a dose that somebody has written down already, or handed out."""
    alike = (each for each in before.treatment.begun if each.medicine.stands_for(before.order.medicine))
    cup = next((each for each in alike if (each.day, each.slot) == (due.day, due.slot)), None)
    if cup is not None:
        raise Changed(
            f"This dose was handed out {show_instant(cup.at)} by {cup.by.name}: first write what became of that cup."
        )
    if before.written is not None:
        raise Changed(
            f"{before.written.by.name} has written down this dose already: {before.written.outcome.words}. "
            "Correct that where it is wrong."
        )


def _bodies(before: DoseNow, due: DoseDue, paper: Paper, ended: Ended) -> tuple[dict[str, object], dict[str, object]]:
    """What left the cupboard, empty where nothing did; and what became of the dose."""
    ordered, ended = as_ordered(before, due), replace(ended, witness=paper.witness)
    if ended.outcome in NOT_HANDED:
        with _about(Asked.OUTCOME):
            return {}, {**ordered, **became(ended, before.row.mg)}
    with _about(Asked.POURED):
        ordered |= poured_of(before, paper.poured)
    with _about(Asked.OUTCOME):
        dose = {**ordered, **became(ended, Milligrams.parse(str(ordered["ordered"])))}
    checks = {
        "identified_by": paper.identified_by,
        "look": {"drowsy": paper.look.drowsy, "intoxicated": paper.look.intoxicated},
        "witness": paper.witness.strip(),
        "hours": "",
    }
    return {**ordered, **checks}, dose


@contextmanager
def _about(of: Asked) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        raise Refused(refused.sentence, of) from refused


def _stands_for_everybody(acting: Acting, work: Work, before: DoseNow, paper: Paper) -> None:
    """What was seen then, but for a question that somebody has answered since."""
    stay, at = before.stay, paper.given_at
    look = Look(
        None if _answered_since(stay, "risk.drowsy", at) else paper.look.drowsy,
        None if _answered_since(stay, "risk.intoxicated", at) else paper.look.intoxicated,
    )
    write_look(work, before.person, stay, look, acting.who, at)
    replan(acting, work, before.person.patient_id)


def _answered_since(stay: Stay, key: str, at: datetime) -> bool:
    return any(held.answer.at > at for held in stay.answers.get(key, ()))
