"""What marking an entry as entered in error would take away of a treatment, and who may: no stop is lifted by it."""

from pdtdesk.domain.reception.person import PersonRecord
from pdtdesk.domain.record.entry import Entry
from pdtdesk.domain.record.fold import ENTERED_IN_ERROR
from pdtdesk.domain.regime.fold import KINDS
from pdtdesk.domain.roles import Role
from pdtdesk.domain.staff import Author
from pdtdesk.services.ports import Work
from pdtdesk.services.refusals import NotAllowed, Refused
from pdtdesk.services.regime.looks import seen_sedated

_BY_PRESCRIBER = {
    "dose_begun": "A dose that was handed out was perhaps swallowed: write down what became of it. Only a prescriber "
    "may mark the handing out.",
    "stop_lifted": "A stop was lifted, and a prescriber answers for it: only a prescriber may mark it.",
}


def marked(work: Work, entry: Entry) -> Entry:
    """What a mark is of in the end; of any other entry itself."""
    while entry.kind == ENTERED_IN_ERROR and entry.header.supersedes:
        of = work.entry(entry.header.supersedes[0])
        if of is None:
            break
        entry = of
    return entry


def may_be_marked(entry: Entry, of: Entry, person: PersonRecord, who: Author) -> None:
    """Refuse a mark that would take a stop away, or a treatment out of sight. `of` is what the entry is a mark of in
    the end, else the entry itself: a lifted stop that was taken back does not come back by a mark of that mark."""
    body, effective = entry.body or {}, person.folded.effective
    if who.role != Role.PRESCRIBER:
        if entry.id in seen_sedated(person) and any(each.kind == "order" for each in effective):
            raise NotAllowed(
                "Somebody was found drowsy or intoxicated here, and doses are ordered: that ends by looking again. "
                "If it was written of another person, ask a prescriber to mark it."
            )
        if (why := _BY_PRESCRIBER.get(of.kind)) is not None:
            raise NotAllowed(why)
    if entry.kind == "arrival" and any(
        each.kind in KINDS and (each.body or {}).get("stay") == entry.id for each in effective
    ):
        raise Refused(
            "Orders or doses were written in this stay, and would go out of sight with it. Correct the arrival, or "
            "mark what was written in it first."
        )
    if entry.kind == "order" and any(
        each.kind in ("dose", "dose_begun") and (each.body or {}).get("order") == entry.id for each in effective
    ):
        medicine = str(body.get("medicine", "this order"))
        raise Refused(f"Doses were written down by it: stop {medicine}, or sign another order in its place.")
