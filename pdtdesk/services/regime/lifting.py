"""Lifting a stop for one dose: by a prescriber who is present, or by a telephone call that somebody witnessed.

Nobody lifts *drowsy* and *not this patient*. After somebody was found drowsy, a look that finds them awake comes
first, and the prescriber's decision after it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from pdtdesk.domain.calendar import day_of, in_london, show_day
from pdtdesk.domain.names import same_name
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.fold import treatment_of
from pdtdesk.domain.regime.rounds import ward_day
from pdtdesk.domain.roles import Permission, Role
from pdtdesk.policy.regime.rests_on import rests_on
from pdtdesk.policy.regime.stops import HARD, Look, StopCode
from pdtdesk.policy.working_days import next_working_day
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.desk.session import CLOCK_TOLERANCE
from pdtdesk.services.ports import AuditLine
from pdtdesk.services.reception.people import present
from pdtdesk.services.reception.replanning import replan
from pdtdesk.services.reception.triage import record_of
from pdtdesk.services.refusals import Changed, Refused, said_why
from pdtdesk.services.regime.dose_facts import DoseDue, contended
from pdtdesk.services.regime.giving import DoseNow, dose_now
from pdtdesk.services.regime.looks import look_of, unanswered, write_look
from pdtdesk.services.regime.standing import stay_of


@dataclass(frozen=True, slots=True)
class Lifting:
    """What a prescriber decides about the stops of one dose.

    A prescriber who signs it at the desk needs `reason` alone. For a telephone call `prescriber`, `witness` (who
    heard it beside the author) and `spoken_at` say who spoke with whom and when.
    """

    codes: frozenset[str]
    reason: str
    prescriber: str = ""
    witness: str = ""
    spoken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ToSign:
    """A telephone order that its prescriber has not signed yet."""

    entry_id: str
    patient_id: str
    name: str
    prescriber: str
    reason: str
    codes: tuple[str, ...]
    spoken_at: datetime
    sign_by: date | None


@action(Permission.LIFT_STOPS)
def lift(acting: Acting, due: DoseDue, lifting: Lifting) -> DoseNow:
    """Lift stops of one dose, with the reason; what nobody lifts is refused, whoever asks."""
    said_why(lifting.reason, "Say why the stop is lifted")
    now = acting.now()
    if due.day != ward_day(due.slot, in_london(now)):
        raise Refused(f"This is the dose of {show_day(due.day)}: a stop is lifted on the day of the dose.")
    if not lifting.codes:
        raise Refused("Say which stop is lifted.", "codes")
    by_telephone = acting.who.role != Role.PRESCRIBER
    if by_telephone:
        _check_call(lifting, acting, now)
    with acting.store.work() as work:
        before = dose_now(present(work, due.patient_id), None, due, acting)
        standing = {str(each.code) for each in before.stops}
        decided = StopCode.AFTER_SEDATION in lifting.codes
        seen = unanswered(before.person, before.treatment, due.order) if decided else ()
        for code in sorted(lifting.codes):
            if code in HARD:
                raise Refused(
                    "Nobody lifts this: it ends by looking, by identifying, or by writing down what was given.",
                    "codes",
                )
            if code not in standing:
                raise Changed("That stop does not stand any more; the page shows the dose as it is now.")
        if decided:
            _looked_again(before, now)
        said_at = lifting.spoken_at if by_telephone and lifting.spoken_at is not None else now
        body = {
            "stay": before.stay.id,
            "order": due.order,
            "course": due.course,
            "day": due.day.isoformat(),
            "slot": due.slot,
            "codes": sorted(lifting.codes),
            "rests_on": {code: rests_on(before.facts, code) for code in sorted(lifting.codes)},
            "over": list(seen),
            "seen": sorted(contended(before.treatment, before.order, due.day)),
            "reason": lifting.reason.strip(),
            "prescriber": lifting.prescriber.strip() if by_telephone else acting.who.name,
            "by_telephone": by_telephone,
            "witness": lifting.witness.strip(),
            "sign_by": next_working_day(day_of(said_at)).isoformat() if by_telephone else None,
        }
        record = record_of(before.person, before.stay)
        work.append([NewEntry("regime", "stop_lifted", body, acting.who, record, happened_at=said_at)])
        work.audit(AuditLine(now, acting.who, "lifted a stop", due.patient_id, detail=lifting.reason.strip()))
        return dose_now(present(work, due.patient_id), work.row(due.patient_id), due, acting)


@action(Permission.DECIDE_REGIME)
def sign_telephone_order(acting: Acting, patient_id: str, entry_id: str) -> None:
    """Sign what was said on the telephone; due by the next working day."""
    now = acting.now()
    with acting.store.work() as work:
        person = present(work, patient_id)
        stay = stay_of(person)
        held = next((each for each in treatment_of(person).lifted if each.entry_id == entry_id), None)
        if held is None or not held.by_telephone:
            raise Refused("That telephone order is not in this record.")
        if held.signed is not None:
            raise Changed("That telephone order has been signed already.")
        body = {"stay": stay.id, "of": entry_id}
        record = record_of(person, stay)
        work.append([NewEntry("regime", "authorisation_signed", body, acting.who, record, happened_at=now)])
        said = f"given by {held.prescriber} on the telephone"
        work.audit(AuditLine(now, acting.who, "signed a telephone order", patient_id, detail=said))


@action(Permission.SEE_CLINICAL)
def to_sign(acting: Acting) -> tuple[ToSign, ...]:
    """Telephone orders that no prescriber has signed yet, the oldest first."""
    found: list[ToSign] = []
    with acting.store.reading() as work:
        today = day_of(acting.now())
        treated = [row.patient_id for row in work.treated()]
        ordered = [row.patient_id for row in work.ordered_on(today)]
        for patient_id in dict.fromkeys((*treated, *ordered)):
            person = work.person(patient_id)
            if person is None or person.current is None:
                continue
            found += [
                ToSign(
                    each.entry_id,
                    patient_id,
                    person.identity.display,
                    each.prescriber,
                    each.reason,
                    tuple(sorted(each.codes)),
                    each.at,
                    each.sign_by,
                )
                for each in treatment_of(person).lifted
                if each.by_telephone and each.signed is None
            ]
    return tuple(sorted(found, key=lambda each: (each.spoken_at, each.entry_id)))


@action(Permission.GIVE_DOSES)
def look_again(acting: Acting, due: DoseDue, look: Look) -> DoseNow:
    """Write down a look that was made after somebody was found drowsy or intoxicated: both answers, or none."""
    if look.drowsy is None or look.intoxicated is None:
        raise Refused("A look has two answers: drowsy, and intoxicated.")
    now = acting.now()
    with acting.store.work() as work:
        person = present(work, due.patient_id)
        write_look(work, person, stay_of(person), look, acting.who, now)
        work.audit(AuditLine(now, acting.who, "looked again before a dose", due.patient_id))
        replan(acting, work, due.patient_id)
        return dose_now(present(work, due.patient_id), work.row(due.patient_id), due, acting)


def _looked_again(before: DoseNow, now: datetime) -> None:
    look = look_of(before.person, before.stay, now)
    if look.drowsy is not False or look.intoxicated is not False:
        raise Refused(
            "Look again first, and record it: awake and sober. Only then can a prescriber decide about the dose."
        )


def _check_call(lifting: Lifting, acting: Acting, now: datetime) -> None:
    if not lifting.prescriber.strip():
        raise Refused("Write which prescriber said so on the telephone.", "prescriber")
    if not lifting.witness.strip():
        raise Refused("A telephone order is witnessed: write who heard it beside you.", "witness")
    if same_name(lifting.witness, acting.who.name):
        raise Refused("The witness is somebody else than the one who writes it down.", "witness")
    if any(same_name(lifting.prescriber, each) for each in (lifting.witness, acting.who.name)):
        raise Refused("The prescriber is somebody else than the two who heard it on the telephone.", "prescriber")
    if lifting.spoken_at is None:
        raise Refused("Write when the prescriber was spoken to.", "spoken")
    if lifting.spoken_at > now + CLOCK_TOLERANCE:
        raise Refused("A call lies in the past: check the day and the time.", "spoken")
    if day_of(lifting.spoken_at) < day_of(now):
        earlier = f"That call was on {show_day(day_of(lifting.spoken_at))}: for today's dose, call again."
        raise Refused(earlier, "spoken")
