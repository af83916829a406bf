"""One dose, in two durable steps: checked and handed out, then what became of it.

Between the two the power may fail: what was handed out stands in the record, and asks what became of it before
anything else is given. Nothing is assumed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pdtdesk.domain.calendar import day_of, in_london, show_day
from pdtdesk.domain.names import same_name
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.rounds import ward_day
from pdtdesk.domain.regime.schedule import NOUGHT
from pdtdesk.domain.regime.treatment import Begun, Dose
from pdtdesk.domain.roles import Permission
from pdtdesk.policy.regime.stops import Look, stops
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import AuditLine, Work
from pdtdesk.services.reception.people import present
from pdtdesk.services.reception.replanning import replan
from pdtdesk.services.reception.triage import record_of
from pdtdesk.services.refusals import Changed, Refused, said_why
from pdtdesk.services.regime.dose_facts import DoseDue, dose_facts
from pdtdesk.services.regime.giving import DoseNow, dose_now
from pdtdesk.services.regime.looks import write_look

IDENTIFIED_BY = ("photograph", "two identifiers")
NOT_GIVEN = frozenset({Outcome.REFUSED, Outcome.MISSED, Outcome.WITHHELD, Outcome.VOMITED, Outcome.CONCEALED})
"""Outcomes that ask for a reason."""
NOT_HANDED = frozenset({Outcome.REFUSED, Outcome.MISSED, Outcome.WITHHELD})
"""What may become of a dose that was never handed out."""


ALL_TRUE = "all_true"
"""Of several accounts of a dose, that none is mistaken: it was given more than once."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked before a dose. `identified_by` is one of `IDENTIFIED_BY`; empty where it is another person.

    For an opioid or a sedative `look` holds both answers; nothing is filled in for anybody. `poured` is how much is
    handed out of a dose that is ordered by score, in mg; of any other dose all of it is.
    """

    identified_by: str
    look: Look
    witness: str = ""
    poured: Milligrams | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a dose. `taken` is the mg of a part; `reason` is needed wherever it was not taken whole."""

    outcome: Outcome
    taken: Milligrams | None = None
    reason: str = ""
    witness: str = ""


@action(Permission.GIVE_DOSES)
def hand_out(acting: Acting, due: DoseDue, checked: Checked) -> DoseNow:
    """Write down that this dose is handed out, after both checks; refuses while anything stops it.

    What was seen is written down even where it stops the dose: it stands then for everybody; but of somebody who is
    not this patient nothing is written here.
    """
    now = acting.now()
    _on_its_day(due, ward_day(due.slot, in_london(now)))
    _somebody_else(checked.witness, acting)
    identified = checked.identified_by in IDENTIFIED_BY
    with acting.store.work() as work:
        person = present(work, due.patient_id)
        before = dose_now(person, None, due, acting)
        if identified and sedated(checked.look):
            write_look(work, before.person, before.stay, checked.look, acting.who, now)
            work.audit(AuditLine(now, acting.who, "found somebody sedated before a dose", due.patient_id))
            replan(acting, work, due.patient_id)
            return dose_now(present(work, due.patient_id), work.row(due.patient_id), due, acting)
        facts = dose_facts(
            person,
            before.stay,
            before.treatment,
            before.order,
            due,
            now,
            identified=identified,
            look=checked.look,
        )
        standing = stops(facts, acting.policy.on(day_of(now)))
        if standing:
            first = standing[0]
            raise Refused(f"Not given: {first.words} It ends by {first.ends_by}.")
        body = {
            **as_ordered(before, due),
            **poured_of(before, checked.poured),
            "identified_by": checked.identified_by,
            "look": {"drowsy": checked.look.drowsy, "intoxicated": checked.look.intoxicated},
            "witness": checked.witness.strip(),
            "hours": dict(before.hours.values).get("hours", ""),
        }
        record = record_of_dose(before)
        work.append([NewEntry("regime", "dose_begun", body, acting.who, record, happened_at=now)])
        return dose_now(present(work, due.patient_id), work.row(due.patient_id), due, acting)


@action(Permission.GIVE_DOSES)
def not_this_patient(acting: Acting, due: DoseDue) -> None:
    """Whoever stood there was somebody else: kept in the audit, and in no record of the person who was in hand."""
    with acting.store.work() as work:
        said, what = f"the dose of {show_day(due.day)}, {due.slot}", "found another person at the round"
        work.audit(AuditLine(acting.now(), acting.who, what, due.patient_id, detail=said))


@action(Permission.GIVE_DOSES)
def record_dose(acting: Acting, due: DoseDue, ended: Ended) -> DoseNow:
    """Write down what became of a dose. One that was taken must have been handed out, with its checks, before.

    Where two desks handed it out, each is written down: the two accounts then stand in red until they are settled.
    """
    now = acting.now()
    if due.day > day_of(now):
        raise Refused(f"{show_day(due.day)} has not come yet: nothing can have become of that dose.")
    _somebody_else(ended.witness, acting)
    with acting.store.work() as work:
        before = dose_now(present(work, due.patient_id), None, due, acting)
        if before.written is not None and before.begun is None:
            raise Changed(
                f"{before.written.by.name} has written down this dose already: {before.written.outcome.words}. "
                "Correct that where it is wrong."
            )
        if before.begun is None and ended.outcome not in NOT_HANDED:
            raise Refused("This dose was not handed out: identify the person and look first, then hand it out.")
        if before.begun is None:
            body = {**as_ordered(before, due), **became(ended, before.row.mg)}
        else:
            body = {**as_written(before.begun, before), **became(ended, before.begun.ordered_mg)}
            body["witness"] = ended.witness.strip() or str(before.begun.body.get("witness", ""))
        record = record_of_dose(before)
        # It was swallowed when it was handed out, whenever somebody comes to write it down.
        at = before.begun.at if before.begun is not None else now
        work.append([NewEntry("regime", "dose", body, acting.who, record, happened_at=at)])
        return dose_now(present(work, due.patient_id), work.row(due.patient_id), due, acting)


@action(Permission.GIVE_DOSES)
def correct_dose(acting: Acting, due: DoseDue, entry_id: str, ended: Ended, why: str) -> DoseNow:
    """Correct what was written of a dose; what stood before is kept in the journal, with the reason."""
    said_why(why, "Say why the record of this dose is corrected")
    now = acting.now()
    with acting.store.work() as work:
        before = dose_now(present(work, due.patient_id), None, due, acting)
        accounts = before.treatment.together(before.written) if before.written is not None else ()
        written = next((each for each in accounts if each.entry_id == entry_id), None)
        if written is None:
            raise Changed("That dose has been corrected meanwhile; the page shows it as it stands now.")
        if not written.begun and ended.outcome not in NOT_HANDED:
            again = "enter it from the paper anew" if written.on_paper else "hand it out with its checks"
            raise Refused(
                "This dose was never handed out, so nobody was identified and looked at. Mark what was written as "
                f"entered in error, and {again}."
            )
        body = {**as_written(written, before), **became(ended, written.ordered_mg), "corrected": why.strip()}
        record = record_of_dose(before)
        # A correction makes an old dose none of this minute: the hours since are counted from it.
        at, over = written.at, (entry_id,)
        work.append([NewEntry("regime", "dose", body, acting.who, record, happened_at=at, supersedes=over)])
        work.audit(AuditLine(now, acting.who, "corrected a dose", due.patient_id, detail=why.strip()))
        return dose_now(present(work, due.patient_id), work.row(due.patient_id), due, acting)


@action(Permission.SETTLE_CONFLICTS)
def settle_doses(acting: Acting, due: DoseDue, stands: str, why: str) -> DoseNow:
    """Of two accounts of one day and slot say which stands, an entry in the place of both; or `ALL_TRUE`: each was
    given, and each is counted."""
    said_why(why, "Say why this account stands")
    now = acting.now()
    with acting.store.work() as work:
        before = dose_now(present(work, due.patient_id), None, due, acting)
        two = before.treatment.accounts_of(before.order.medicine, due.day, due.slot)
        chosen = [each for each in two if stands in (ALL_TRUE, each.entry_id)]
        if not chosen:
            raise Changed("Those two accounts have been settled meanwhile; the page shows what stands now.")
        if stands != ALL_TRUE and len({each.medicine.active for each in two}) > 1:
            raise Refused("These are two medicines, and what was swallowed of one is not undone by the other: both.")
        ids = sorted(each.entry_id for each in two)
        for each in chosen:
            all_true = {"all_true": ids, "over": [each.entry_id]} if stands == ALL_TRUE else {"over": ids}
            _settle(work, acting, before, each, all_true, why)
        work.audit(AuditLine(now, acting.who, "settled two accounts of a dose", due.patient_id, detail=why.strip()))
        return dose_now(present(work, due.patient_id), work.row(due.patient_id), due, acting)


def _settle(
    work: Work, acting: Acting, before: DoseNow, chosen: Dose, settled: Mapping[str, list[str]], why: str
) -> None:
    body = {
        **as_written(chosen, before),
        **({"all_true": settled["all_true"]} if "all_true" in settled else {}),
        "outcome": chosen.outcome.value,
        "taken": str(chosen.mg) if chosen.outcome.counts else None,
        "reason": chosen.reason,
        "witness": chosen.witness,
        "settled": why.strip(),
        "given_by": {
            "id": chosen.by.id,
            "name": chosen.by.name,
            "role": chosen.by.role,
            "registration": chosen.by.registration,
        },
    }
    over, record = tuple(settled["over"]), record_of_dose(before, chosen.entry_id)
    work.append([NewEntry("regime", "dose", body, acting.who, record, happened_at=chosen.at, supersedes=over)])


def record_of_dose(before: DoseNow, entry_id: str = "") -> str:
    """The record that a dose is written in: that of its order, or of the account that it takes the place of, so that
    they stay together where two joined records are parted again."""
    named = entry_id or before.order.entry_id
    whose = next((e.header.patient_id for e in before.person.folded.effective if e.id == named), None)
    return whose or record_of(before.person, before.stay)


def _stay_of(before: DoseNow) -> str:
    """The stay in which its order was signed, which lies in the same record."""
    return str(before.order.body.get("stay") or before.stay.id)


def sedated(look: Look) -> bool:
    """Whether a look found somebody drowsy or intoxicated."""
    return bool(look.drowsy or look.intoxicated)


def _on_its_day(due: DoseDue, today: date) -> None:
    """A dose is given on its own day: tomorrow's would be the second one today."""
    if due.day != today:
        which = f"This is the dose of {show_day(due.day)}, and today is {show_day(today)}"
        raise Refused(f"{which}: nothing is given for another day.")


def _somebody_else(witness: str, acting: Acting) -> None:
    if same_name(witness, acting.who.name):
        raise Refused("The witness is somebody else than the one who writes it down.")


def as_ordered(before: DoseNow, due: DoseDue) -> dict[str, object]:
    """A dose as its order has it for that day and slot."""
    return {
        "stay": _stay_of(before),
        "order": before.order.entry_id,
        "course": due.course,
        "day": due.day.isoformat(),
        "slot": due.slot,
        "medicine": before.order.medicine.value,
        "ordered": str(before.row.mg),
        "supervised": before.order.supervised,
    }


def poured_of(before: DoseNow, poured: Milligrams | None) -> dict[str, object]:
    """How much is handed out of an order by score: never more than the most, and never nothing."""
    most = before.row.mg
    if not before.row.by_score:
        if poured is not None:
            raise Refused(f"The order says {most}: another amount is handed out by another order.")
        return {}
    if poured is None or not NOUGHT < poured <= most:
        raise Refused(
            f"This dose goes by score: write how much is handed out, up to {most}. Where the score asks for none, "
            "write it down as withheld, with the score."
        )
    return {"ordered": str(poured), "most": str(most)}


def as_written(of: Begun | Dose, before: DoseNow) -> dict[str, object]:
    """A dose as it was ordered when it was handed out or written down, whatever has been ordered since."""
    begun = of.entry_id if isinstance(of, Begun) else of.begun
    return {
        "stay": _stay_of(before),
        "order": of.order,
        "course": of.course,
        "day": of.day.isoformat(),
        "slot": of.slot,
        "medicine": of.medicine.value,
        "ordered": str(of.ordered_mg),
        "supervised": of.supervised,
        **({"begun": begun} if begun else {}),
        **({"on_paper": {"by": of.on_paper}} if of.on_paper else {}),
        **({"all_true": sorted(of.beside)} if isinstance(of, Dose) and of.beside else {}),
    }


def became(ended: Ended, ordered: Milligrams) -> dict[str, object]:
    """What became of a dose, as it is written: with the reason wherever it was not taken whole."""
    if ended.outcome is not Outcome.TAKEN:
        said_why(ended.reason, f"Say why the dose was {ended.outcome.words}")
    if ended.outcome is Outcome.PART_TAKEN:
        if ended.taken is None or not NOUGHT < ended.taken < ordered:
            raise Refused(f"Write how much of {ordered} was taken: more than 0 mg, and less than all of it.")
    elif ended.taken is not None:
        raise Refused("An amount is written only where a part was taken.")
    return {
        "outcome": ended.outcome.value,
        "taken": str(ended.taken) if ended.taken is not None else None,
        "reason": ended.reason.strip(),
        "witness": ended.witness.strip(),
    }
