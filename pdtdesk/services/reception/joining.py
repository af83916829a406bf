"""Two records that may be of one person: side by side, joined without losing either, or told apart."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pdtdesk.domain.reception.answers import Answer
from pdtdesk.domain.reception.not_asked import PARTED
from pdtdesk.domain.reception.person import PersonRecord
from pdtdesk.domain.reception.questions import LOOKS
from pdtdesk.domain.reception.standing import graver
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.roles import Permission
from pdtdesk.domain.staff import Author
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import AuditLine, Draft, PersonRow, Work
from pdtdesk.services.reception.people import present
from pdtdesk.services.reception.replanning import replan
from pdtdesk.services.reception.triage import answer_entries, record_of
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
        _one_draft(work, present(work, patient_id))
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


def _one_draft(work: Work, person: PersonRecord) -> None:
    """Make one draft of those begun under each of the arrivals of a stay.

    Where two say otherwise, the newest hand's is in the draft and the older is written down by whoever gave it: both
    stand, and nothing is put into anybody's mouth. A question that was not asked takes no answer away.
    """
    stay = person.current
    drafts = [draft for id_ in (stay.ids if stay else ()) if (draft := work.draft(id_)) is not None]
    if stay is None or not drafts or [draft.stay for draft in drafts] == [stay.id]:
        return
    whole, *older = sorted(drafts, key=lambda draft: draft.updated_at, reverse=True)
    work.drop_draft(whole.stay)
    for draft in older:
        work.drop_draft(draft.stay)
        mine = {key: each for key, each in whole.answers.items() if not _is_asked_in(draft, key, each)}
        apart = {key: each for key, each in draft.answers.items() if key in mine and _says_otherwise(key, each, mine)}
        work.append(answer_entries(replace(draft, answers=apart)))
        whole = replace(
            whole,
            answers={**draft.answers, **mine},
            over={**draft.over, **{key: whole.over[key] for key in mine.keys() & whole.over.keys()}},
            items={**draft.items, **whole.items},
            confirmed={**draft.confirmed, **whole.confirmed},
            unread={**draft.unread, **whole.unread},
        )
    unread = {key: typed for key, typed in whole.unread.items() if key not in whole.answers}
    work.keep_draft(replace(whole, stay=stay.id, patient_id=person.patient_id, unread=unread))


def _is_asked_in(draft: Draft, key: str, answer: Answer) -> bool:
    """Whether another draft has an answer where this one says that nobody asked."""
    other = draft.answers.get(key)
    return answer.value is None and other is not None and other.value is not None


def _says_otherwise(key: str, older: Answer, newer: Mapping[str, Answer]) -> bool:
    """Whether an older answer has to be kept beside the newer one: not one that a graver answer has overtaken."""
    if older.value is None or older.value == newer[key].value:
        return False
    return graver(key, [older.value]) is not None or graver(key, [newer[key].value]) is None


def _told_apart(person: PersonRecord) -> set[str]:
    return {str(entry.body["other"]) for entry in person.folded.of_kind("told_apart") if entry.body}
