"""Two records that may be of one person: side by side, joined without losing either, or told apart."""

from dataclasses import dataclass, replace
from datetime import datetime

from pdtdesk.domain.reception.not_asked import PARTED
from pdtdesk.domain.reception.person import PersonRecord
from pdtdesk.domain.reception.questions import LOOKS
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.roles import Permission
from pdtdesk.domain.staff import Author
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import AuditLine, PersonRow, Work
from pdtdesk.services.reception.people import present
from pdtdesk.services.reception.replanning import replan
from pdtdesk.services.reception.triage import record_of, written_down
from pdtdesk.services.refusals import Refused, said_why


@dataclass(frozen=True, slots=True)
class Likeness:
    """A record as it stands beside another that may be of the same person."""

    row: PersonRow
    person: PersonRecord


@action(Permission.JOIN_RECORDS)
def side_by_side(acting: Acting, patient_id: str) -> tuple[Likeness, ...]:
    """A record, and beside it all that may be of the same person: same number, or same name and birth date.

    Never joined unasked. Whose record was shown beside another's is audited.
    """
    with acting.store.work() as work:
        person = present(work, patient_id)
        found: dict[str, PersonRow] = {}
        for identity in person.identities:
            for row in (
                *work.numbered(prison_number=identity.prison_number, nhs_number=identity.nhs_number),
                *work.namesakes(identity.surname, identity.forenames, identity.born),
            ):
                found[row.patient_id] = row
        apart = {*person.patient_ids, *_told_apart(person)}
        mine = work.row(patient_id)
        alike = [row for id_, row in found.items() if id_ not in apart]
        for row in alike:
            work.audit(AuditLine(acting.now(), acting.who, "looked at a record that looks alike", row.patient_id))
        return tuple(Likeness(row, present(work, row.patient_id)) for row in (mine, *alike) if row is not None)


@action(Permission.JOIN_RECORDS)
def join(acting: Acting, patient_id: str, other: str, why: str) -> None:
    """Join two records of one person by a link. Neither is melted: marking the link as an error parts them again."""
    said_why(why, "Say how you know that both are one person")
    with acting.store.work() as work:
        present(work, patient_id)
        joined = present(work, other)
        if patient_id in joined.patient_ids:
            raise Refused("These two records are joined already.")
        work.append([NewEntry("reception", "joined", {"other": other, "why": why}, acting.who, patient_id)])
        for each in (patient_id, other):
            work.audit(AuditLine(acting.now(), acting.who, "joined two records", each, detail=why))
        _write_drafts_down(work, present(work, patient_id))
        replan(acting, work, patient_id)


@action(Permission.JOIN_RECORDS)
def tell_apart(acting: Acting, patient_id: str, other: str, why: str) -> None:
    """Record that two records which look alike are of different people, so that they are not proposed again."""
    said_why(why, "Say how you know that they are different people")
    with acting.store.work() as work:
        present(work, patient_id)
        if patient_id in present(work, other).patient_ids:
            raise Refused("These two records are joined: mark the link between them in the timeline first.")
        both = ((patient_id, other), (other, patient_id))
        work.append(
            [NewEntry("reception", "told_apart", {"other": each, "why": why}, acting.who, one) for one, each in both]
        )
        for one, _ in both:
            work.audit(AuditLine(acting.now(), acting.who, "told records apart", one, detail=why))


def open_looks(work: Work, patient_id: str, by: Author, now: datetime) -> None:
    """Whom somebody saw awake while two records were held for one person nobody can say: both are looked at again."""
    person = work.person(patient_id)
    stay = person.current if person else None
    if person is None or stay is None:
        return
    seen = {key: held[0] for key in LOOKS if len(held := stay.answers.get(key, ())) == 1}
    answers = {
        key: {"at": now.isoformat(), "over": list(each.entries), "not_asked": PARTED}
        for key, each in sorted(seen.items())
        if each.answer.value == "no"
    }
    if answers:
        body = {"stay": stay.id, "answers": answers}
        work.append([NewEntry("reception", "triage", body, by, record_of(person, stay), happened_at=now)])


def let_draft_go(work: Work, patient_id: str, by: Author, now: datetime) -> None:
    """Forget what was typed of two joined records and not saved, where both came in one stay: whose answers they are
    nobody can say any more."""
    person = work.person(patient_id)
    for stay in person.stays if person else ():
        for id_ in stay.ids if len(stay.ids) > 1 else ():
            draft = work.draft(id_)
            if draft is not None:
                work.drop_draft(id_)
                detail = f"{len(draft.answers) + len(draft.items)} unsaved answers, as the records were parted"
                work.audit(AuditLine(now, by, "let a draft go", draft.patient_id, detail=detail))


def _write_drafts_down(work: Work, person: PersonRecord) -> None:
    """What was typed under any arrival but the latest is written down there, by whoever gave it: the page shows one
    draft alone, and if the records are parted again each keeps its own. What could not be read goes on to be seen."""
    stay = person.current
    if stay is None:
        return
    latest = work.draft(stay.id)
    for each in person.stays:
        for id_ in each.ids:
            draft = work.draft(id_) if id_ != stay.id else None
            if draft is None:
                continue
            work.drop_draft(id_)
            asked = {key: answer for key, answer in draft.answers.items() if answer.value is not None}
            work.append(written_down(replace(draft, answers=asked), person, each))
            if each is stay and draft.unread:
                bare = replace(draft, stay=stay.id, answers={}, over={}, items={}, confirmed={}, unread={})
                latest = latest or bare
                unread = {key: typed for key, typed in draft.unread.items() if key not in latest.answers}
                latest = replace(latest, unread={**unread, **latest.unread})
    if latest is not None:
        work.keep_draft(replace(latest, patient_id=person.patient_id))


def _told_apart(person: PersonRecord) -> set[str]:
    return {str(entry.body["other"]) for entry in person.folded.of_kind("told_apart") if entry.body}
