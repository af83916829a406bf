"""Finding and opening people's records."""

from dataclasses import dataclass
from datetime import datetime

from pdtdesk.domain.reception.person import PersonRecord
from pdtdesk.domain.roles import Permission, may
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import ArrivalRow, AuditLine, Draft, PersonRow, TimelineRow, Work
from pdtdesk.services.refusals import NotAllowed, Refused

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """A person's record as it was opened: the record, and the draft begun for the current stay, if any."""

    person: PersonRecord
    draft: Draft | None


@action(Permission.SEE_PEOPLE)
def search(acting: Acting, typed: str) -> tuple[PersonRow, ...]:
    """People whose name, prison number, NHS number or cell begins as typed."""
    with acting.store.reading() as work:
        return work.search(typed, MOST_FOUND)


@action(Permission.SEE_CLINICAL)
def arrivals(acting: Acting, since: datetime, *, opened: bool = False) -> tuple[ArrivalRow, ...]:
    """Tonight's arrivals, and earlier ones whose triage is unfinished; the worst first.

    `opened`: somebody turns to the list, and does not only have it renewed under their eyes; that is audited.
    """
    if not opened:
        with acting.store.reading() as work:
            return work.arrivals(since)
    with acting.store.work() as work:
        rows = work.arrivals(since)
        work.audit(AuditLine(acting.now(), acting.who, "opened the arrivals", detail=f"{len(rows)} people"))
        return rows


@action(Permission.SEE_PEOPLE)
def open_record(acting: Acting, patient_id: str) -> OpenRecord:
    """Open a person's record. Who looked, when and by what right is audited before anything is shown."""
    with acting.store.work() as work:
        _look(acting, work, patient_id, "opened the record")
        person = present(work, patient_id)
        kept = [draft for id_ in (person.current.ids if person.current else ()) if (draft := work.draft(id_))]
    return OpenRecord(person, max(kept, key=lambda draft: draft.updated_at, default=None))


@action(Permission.SEE_PEOPLE)
def timeline(acting: Acting, patient_id: str, limit: int = 300) -> tuple[TimelineRow, ...]:
    """A person's entries, newest first. Looking is audited."""
    with acting.store.work() as work:
        _look(acting, work, patient_id, "opened the timeline")
        return work.timeline(patient_id, limit)


@action(Permission.SEE_PEOPLE)
def row_of(acting: Acting, patient_id: str) -> PersonRow:
    """One person as a list shows them."""
    with acting.store.reading() as work:
        row = work.row(patient_id)
    if row is None:
        raise Refused("That person's record is not on this desk.")
    return row


def _look(acting: Acting, work: Work, patient_id: str, what: str) -> None:
    glass = acting.glass_over(patient_id)
    if may(acting.who.role, Permission.SEE_CLINICAL):
        work.audit(AuditLine(acting.now(), acting.who, what, patient_id))
    elif glass is not None:
        work.audit(AuditLine(acting.now(), acting.who, what, patient_id, "break_glass", glass.reason))
    else:
        raise NotAllowed(
            f"{acting.who.role_title} {acting.who.name} may not see the clinical record. Where somebody's safety "
            "asks for it, open it with a reason: that is shown to the clinical lead."
        )


def present(work: Work, patient_id: str) -> PersonRecord:
    """A person's record; refuses where it is not on this desk."""
    person = work.person(patient_id)
    if person is None:
        raise Refused("That person's record is not on this desk. Search by prison number, or take the arrival in.")
    return person
