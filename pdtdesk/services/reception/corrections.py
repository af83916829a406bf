"""Correcting what was written: who a person is said to be, where they sleep, and what was entered in error."""

from pdtdesk.domain.calendar import show_instant
from pdtdesk.domain.identifiers import nhs_number, prison_number
from pdtdesk.domain.names import check_name
from pdtdesk.domain.reception.facts import Medicine
from pdtdesk.domain.reception.person import Identity
from pdtdesk.domain.record.entry import Entry, NewEntry, Route
from pdtdesk.domain.record.kinds import KINDS, may_write
from pdtdesk.domain.roles import Permission
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import AuditLine, Work
from pdtdesk.services.reception.joining import let_draft_go, open_looks
from pdtdesk.services.reception.people import present
from pdtdesk.services.reception.replanning import replan
from pdtdesk.services.refusals import NotAllowed, Refused, said_why
from pdtdesk.services.regime.taking_back import marked, may_be_marked

LOCATION_LIMIT = 40


@action(Permission.TAKE_IN_ARRIVALS)
def correct_identity(acting: Acting, patient_id: str, identity: Identity) -> None:
    """Correct who a person is said to be; what stood before stays in the journal."""
    surname = check_name(identity.surname, "The surname")
    forenames = check_name(identity.forenames, "The forename") if identity.forenames else ""
    number = prison_number(identity.prison_number) if identity.prison_number else None
    nhs = nhs_number(identity.nhs_number) if identity.nhs_number else None
    with acting.store.work() as work:
        person = present(work, patient_id)
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
    if named := [medicine for medicine in Medicine if medicine in cell.casefold()]:
        raise Refused(
            f"A cell stands on the list for officers: {named[0]} does not belong there. Write it like B1-07."
        )
    with acting.store.work() as work:
        person = present(work, patient_id)
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
    said_why(why, "Say why this was entered in error")
    with acting.store.work() as work:
        entry = work.entry(entry_id)
        patient_id = entry.header.patient_id if entry else None
        if entry is None or patient_id is None:
            raise Refused("That entry is not in the record of any person here.")
        of = marked(work, entry)
        if of.kind in KINDS and not may_write(acting.who.role, of.kind):
            # Taken back, an order would bring the one before it back; so would the mark of one.
            raise NotAllowed(
                f"{acting.who.role_title} {acting.who.name} may not mark this: {KINDS[of.kind].title}. Ask "
                "somebody who may sign it."
            )
        person = work.person(patient_id)
        if person is not None:
            may_be_marked(entry, of, person, acting.who)
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
        if entry.kind == "joined":
            let_draft_go(work, patient_id, acting.who, acting.now())
        for wrong, whose in ((entry_id, patient_id), *_the_same_said_of(work, entry)):
            work.append([NewEntry("sync", "entered_in_error", {"why": why}, acting.who, whose, supersedes=(wrong,))])
            work.audit(AuditLine(acting.now(), acting.who, "marked an entry as in error", whose, detail=why))
        if entry.kind == "joined" and entry.body:
            for each in (patient_id, str(entry.body["other"])):
                open_looks(work, each, acting.who, acting.now())
                replan(acting, work, each)
        else:
            replan(acting, work, patient_id)


def _the_same_said_of(work: Work, entry: Entry) -> tuple[tuple[str, str], ...]:
    """Told apart is written in both records: (entry, patient) in the other, so that neither is left half undone."""
    if entry.kind != "told_apart" or not entry.body:
        return ()
    whose = str(entry.body["other"])
    other = work.person(whose)
    return tuple(
        (each.id, whose)
        for each in (other.folded.of_kind("told_apart") if other else ())
        if each.header.patient_id == whose and each.body and each.body["other"] == entry.header.patient_id
    )
