"""Who was seen drowsy or intoxicated, and whether somebody has looked since: what every dose asks first (K-08)."""

from collections.abc import Mapping
from datetime import date, datetime

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.reception.standing import values, worn_out_looks
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.treatment import Treatment
from pdtdesk.domain.staff import Author
from pdtdesk.policy.regime.stops import Look
from pdtdesk.services.ports import Work
from pdtdesk.services.reception.looks_at_doses import saw_neither
from pdtdesk.services.reception.triage import record_of

_KEYS = ("risk.drowsy", "risk.intoxicated")


def seen_sedated(person: PersonRecord) -> tuple[str, ...]:
    """Ids of the entries in which somebody was written down as drowsy or intoxicated, whatever was seen since and in
    whichever stay; what was marked as entered in error is not among them."""
    return tuple(
        entry.id
        for entry in person.folded.effective
        if entry.kind in ("triage", "assessment")
        and entry.body
        and any(_said_yes(entry.body.get("answers"), key) for key in _KEYS)
    )


def looked_awake(person: PersonRecord, since: date) -> int:
    """How often from a day on somebody looked, before a dose or at triage, and wrote down neither: without a record
    nobody looked."""
    return sum(
        _saw_neither(entry.kind, entry.body)
        for entry in person.folded.effective
        if entry.body and day_of(entry.header.happened_at) >= since
    )


def _saw_neither(kind: str, body: Mapping[str, object]) -> bool:
    if kind == "dose_begun":
        return saw_neither(body)
    said = {_said(body.get("answers"), key) for key in _KEYS} if kind in ("triage", "assessment") else set()
    return "no" in said and "yes" not in said


def _said_yes(answers: object, key: str) -> bool:
    return _said(answers, key) == "yes"


def _said(answers: object, key: str) -> object:
    given = answers.get(key) if isinstance(answers, Mapping) else None
    return given.get("value") if isinstance(given, Mapping) else None


def unanswered(person: PersonRecord, treatment: Treatment, order_id: str) -> tuple[str, ...]:
    """Of what was seen, what no prescriber has decided upon since for one order: by signing it, or by lifting the
    stop of one of its doses. A decision about one medicine, or about another amount, releases no other."""
    answered = frozenset[str]().union(*(each.answers for each in treatment.orders if each.entry_id == order_id))
    answered |= frozenset[str]().union(*(each.of for each in treatment.lifted if each.order == order_id))
    return tuple(id_ for id_ in seen_sedated(person) if id_ not in answered)


def look_of(person: PersonRecord, stay: Stay, now: datetime) -> Look:
    """What stands of the last look, tonight: None where nobody has looked tonight, yes until somebody looks again."""
    said = values(person, stay)
    old = worn_out_looks(stay, now)

    def seen(key: str) -> bool | None:
        return {"yes": True, "no": False}.get(said.get(key, "")) if key not in old else None

    return Look(seen("risk.drowsy"), seen("risk.intoxicated"))


def write_look(work: Work, person: PersonRecord, stay: Stay, look: Look, author: Author, now: datetime) -> None:
    """Write down what was seen as answers of the triage, over those that stand: one look, whoever made it where."""
    given = {"risk.drowsy": look.drowsy, "risk.intoxicated": look.intoxicated}
    answers = {
        key: {
            "at": now.isoformat(),
            "over": [id_ for held in stay.answers.get(key, ()) for id_ in held.entries],
            "value": "yes" if seen else "no",
        }
        for key, seen in given.items()
        if seen is not None
    }
    if answers:
        body = {"stay": stay.id, "answers": answers}
        work.append([NewEntry("reception", "triage", body, author, record_of(person, stay), happened_at=now)])
