"""Finding and opening people's records, and joining two records of one person without losing either."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pdtdesk.domain.calendar import show_instant
from pdtdesk.domain.identifiers import nhs_number, prison_number
from pdtdesk.domain.names import check_name
from pdtdesk.domain.reception.person import Identity, PersonRecord
from pdtdesk.domain.record.entry import NewEntry, Route
from pdtdesk.domain.roles import Permission, may
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import ArrivalRow, AuditLine, Draft, PersonRow, TimelineRow, Work
from pdtdesk.services.reception.replanning import replan
from pdtdesk.services.reception.triage import one_draft, open_looks
from pdtdesk.services.refusals import NotAllowed, Refused

MOST_FOUND = 20
LOCATION_LIMIT = 40


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
        person = _present(work, patient_id)
        draft = work.draft(person.current.id) if person.current else None
    return OpenRecord(person, draft)


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


@action(Permission.JOIN_RECORDS)
def candidates(acting: Acting, patient_id: str) -> tuple[PersonRow, ...]:
    """Other records that may be the same person: same number, or same name and birth date; never joined unasked."""
    with acting.store.reading() as work:
        person = _present(work, patient_id)
        found: dict[str, PersonRow] = {}
        for identity in person.identities:
            for row in (
                *work.numbered(prison_number=identity.prison_number, nhs_number=identity.nhs_number),
                *work.namesakes(identity.surname, identity.forenames, identity.born),
            ):
                found[row.patient_id] = row
        apart = _told_apart(person)
        return tuple(row for id_, row in found.items() if id_ not in person.patient_ids and id_ not in apart)


@action(Permission.JOIN_RECORDS)
def join(acting: Acting, patient_id: str, other: str, why: str) -> None:
    """Join two records of one person by a link. Neither is melted: marking the link as an error parts them again."""
    _reason(why, "Say how you know that both are one person")
    with acting.store.work() as work:
        _present(work, patient_id)
        joined = _present(work, other)
        if patient_id in joined.patient_ids:
            raise Refused("These two records are joined already.")
        work.append([NewEntry("reception", "joined", {"other": other, "why": why}, acting.who, patient_id)])
        for each in (patient_id, other):
            work.audit(AuditLine(acting.now(), acting.who, "joined two records", each, detail=why))
        one_draft(work, _present(work, patient_id))
        replan(acting, work, patient_id)


@action(Permission.JOIN_RECORDS)
def tell_apart(acting: Acting, patient_id: str, others: Sequence[str], why: str) -> None:
    """Record that records which look alike are of different people, so that they are not proposed again."""
    _reason(why, "Say how you know that they are different people")
    with acting.store.work() as work:
        _present(work, patient_id)
        work.append(
            [
                NewEntry("reception", "told_apart", {"other": each, "why": why}, acting.who, one)
                for other in others
                for one, each in ((patient_id, other), (other, patient_id))
            ]
        )
        work.audit(AuditLine(acting.now(), acting.who, "told records apart", patient_id, detail=why))


@action(Permission.TAKE_IN_ARRIVALS)
def correct_identity(acting: Acting, patient_id: str, identity: Identity) -> None:
    """Correct who a person is said to be; what stood before stays in the journal."""
    surname = check_name(identity.surname, "The surname")
    forenames = check_name(identity.forenames, "The forename") if identity.forenames else ""
    number = prison_number(identity.prison_number) if identity.prison_number else None
    nhs = nhs_number(identity.nhs_number) if identity.nhs_number else None
    with acting.store.work() as work:
        person = _present(work, patient_id)
        for row in work.numbered(prison_number=number, nhs_number=nhs):
            if row.patient_id not in person.patient_ids:
                raise Refused(
                    f"That number belongs to {row.surname.upper()}, {row.forenames}. If both records are of one "
                    "person, join them; otherwise check the number."
                )
        heads = person.folded.of_kind("person")
        own = [head for head in heads if head.header.patient_id == patient_id] or list(heads[-1:])
        body = {
            "surname": surname,
            "forenames": forenames,
            "born": identity.born.isoformat() if identity.born else None,
            "sex": identity.sex,
            "prison_number": number,
            "nhs_number": nhs,
        }
        work.append(
            [
                NewEntry(
                    "reception",
                    "person",
                    body,
                    acting.who,
                    own[0].header.patient_id,
                    supersedes=tuple(head.id for head in own),
                )
            ]
        )
        work.audit(AuditLine(acting.now(), acting.who, "corrected the identity", patient_id))
        replan(acting, work, patient_id)


@action(Permission.TAKE_IN_ARRIVALS)
def place_in_cell(acting: Acting, patient_id: str, location: str) -> None:
    """Write down where a person sleeps tonight."""
    cell = location.strip()
    if not cell or len(cell) > LOCATION_LIMIT or not cell.isprintable():
        raise Refused(f"A cell is written in at most {LOCATION_LIMIT} letters and figures, like B1-07.")
    with acting.store.work() as work:
        person = _present(work, patient_id)
        if person.current is None:
            raise Refused(f"{person.identity.display} is not here: take the arrival in first.")
        heads = [head for head in person.folded.of_kind("arrival") if head.header.happened_at]
        last = heads[-1]
        work.append(
            [
                NewEntry(
                    "reception",
                    "arrival",
                    {**(last.body or {}), "location": cell},
                    acting.who,
                    last.header.patient_id,
                    happened_at=last.header.happened_at,
                    supersedes=(last.id,),
                    route=Route("here", at=work.establishment().code),
                )
            ]
        )
        work.audit(AuditLine(acting.now(), acting.who, "wrote down the cell", patient_id))


@action(Permission.MARK_IN_ERROR)
def mark_in_error(acting: Acting, entry_id: str, why: str) -> None:
    """Mark an entry as entered in error, with the reason. It is kept, and what it replaced stands again.

    The plan that rested on it is made again. What has been corrected since cannot be marked: the correction can.
    """
    _reason(why, "Say why this was entered in error")
    with acting.store.work() as work:
        entry = work.entry(entry_id)
        patient_id = entry.header.patient_id if entry else None
        if entry is None or patient_id is None:
            raise Refused("That entry is not in the record of any person here.")
        person = work.person(patient_id)
        later = [
            each
            for each in (person.folded.heads if person else ())
            if entry_id in each.header.supersedes and each.kind == entry.kind
        ]
        if later:
            when = show_instant(later[0].header.recorded_at)
            raise Refused(
                f"{later[0].author.name} has corrected that entry since ({when}). Mark that in the timeline "
                "first; then what stood before it can be marked."
            )
        if person and any(entry_id in stay.ids and len(stay.ids) > 1 for stay in person.stays):
            raise Refused(
                "This arrival and another are one stay, as two records were joined: what was written under it would "
                "go. Mark the link between the records in the timeline first, if they are of two people."
            )
        work.append(
            [NewEntry("sync", "entered_in_error", {"why": why}, acting.who, patient_id, supersedes=(entry_id,))]
        )
        work.audit(AuditLine(acting.now(), acting.who, "marked an entry as in error", patient_id, detail=why))
        if entry.kind == "joined" and entry.body:
            for each in (patient_id, str(entry.body["other"])):
                open_looks(work, each, acting.who, acting.now())
                replan(acting, work, each)
        else:
            replan(acting, work, patient_id)


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


def _present(work: Work, patient_id: str) -> PersonRecord:
    person = work.person(patient_id)
    if person is None:
        raise Refused("That person's record is not on this desk. Search by prison number, or take the arrival in.")
    return person


def _told_apart(person: PersonRecord) -> set[str]:
    return {str(entry.body["other"]) for entry in person.folded.of_kind("told_apart") if entry.body}


def _reason(why: str, ask: str) -> None:
    if not why.strip():
        raise Refused(f"{ask}: a few words are enough.")
