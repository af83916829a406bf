"""What was said of a decision when it was made, beside what is said today: each finding once, with its source."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pdtdesk.domain.record.entry import Json
from pdtdesk.domain.regime.schedule import Schedule
from pdtdesk.domain.regime.treatment import Declared, Order
from pdtdesk.policy.findings import Finding, plain
from pdtdesk.policy.origin import Authority, Document, Status
from pdtdesk.policy.parameters import Parameters
from pdtdesk.policy.regime.codes import Code
from pdtdesk.services.reception.sheet_facts import Passage
from pdtdesk.services.regime.choosing import class_findings, open_orders
from pdtdesk.services.regime.in_force import ordered_now
from pdtdesk.services.regime.letter_facts import Said, ThenNow, When
from pdtdesk.services.regime.saying import schedule_findings
from pdtdesk.services.regime.standing import RegimeNow

_SPEAKS: Mapping[str, str] = {
    Authority.GUIDANCE: "",
    Authority.STATEMENT: "statement of government",
    Authority.PROPOSAL: "a proposal, not guidance",
    Authority.RESEARCH: "research, not guidance",
    Authority.FORMULARY: "formulary",
    Authority.PRODUCT: "the product's own rule",
}
_AGAINST = frozenset(
    {
        *(Code.SCHEDULE_PAST_RELEASE, Code.SCHEDULE_OVERDOSE, Code.SCHEDULE_RELEASE_NOT_KNOWN, Code.SCHEDULE_EARLY),
        *(Code.SCHEDULE_CEILING, Code.SCHEDULE_ECG, Code.SCHEDULE_USUAL),
    }
)
"""What is said of a schedule on any day; what else is said of one belongs to the signature that it was said to."""
_CALENDAR = frozenset({Code.REVIEW, Code.REVIEW_OVERDUE})
"""What the letter says where it names the next review."""


def said_of(finding: Finding, documents: Mapping[str, Document]) -> Said:
    """A finding of today as it is printed."""
    return stored(plain(finding), documents)


def stored(body: Json, documents: Mapping[str, Document]) -> Said:
    """A finding as it was written down with a decision, in the words of that day."""
    found: Mapping[str, Any] = body
    references = [
        Passage(
            documents[id_].short if (id_ := str(each.get("document"))) in documents else id_, str(each["section"])
        )
        for each in found.get("references") or ()
        if each.get("section")
    ]
    authority = str(found.get("authority", ""))
    return Said(
        sentence=str(found.get("sentence", "")),
        references=tuple(dict.fromkeys(references)),
        facts=tuple(str(fact) for fact in found.get("facts") or () if fact != "product"),
        speaks=_SPEAKS.get(authority, authority or "authority not written down"),
        awaiting=str(found.get("status")) not in (Status.QUOTED, Status.SIGNED),
        unsigned=tuple(str(words) for words in found.get("unsigned") or ()),
    )


def _short(document: str, documents: Mapping[str, Document]) -> str:
    return documents[document].short if document in documents else document


def then_and_now(now: RegimeNow, decided: Declared, policy: Parameters) -> tuple[ThenNow, ...]:
    """What was said when the latest regime was decided, and what is said of it today."""
    return tuple(each for _, each in then_and_now_by_code(now, decided, policy))


def then_and_now_by_code(now: RegimeNow, decided: Declared, policy: Parameters) -> tuple[tuple[str, ThenNow], ...]:
    """The same, each with the code of its finding.

    An order that was signed after the regime brings the findings of its own signature.
    """
    later = [each for each in open_orders(now, substitutes=True) if each.at > decided.at]
    before = [*_findings_of(decided.body), *(found for order in later for found in _findings_of(order.body))]
    today = [plain(each) for each in (*class_findings(now, decided.declared), *_of_schedules(now, policy))]
    # What is said today of another class alone is no news of this one; but what was said then has not gone.
    codes, said = {str(each.get("code")) for each in before}, {each["sentence"] for each in today}
    others = [found for found in now.assessment.findings if found.code in codes and found.sentence not in said]
    return _compared(before, [*today, *map(plain, others)], policy.documents)


def compared(before: Sequence[Json], today: Sequence[Json], documents: Mapping[str, Document]) -> tuple[ThenNow, ...]:
    """Findings then and now by their codes: what is new first, then what has changed, then what stands."""
    return tuple(each for _, each in _compared(before, today, documents))


def _compared(
    before: Sequence[Json], today: Sequence[Json], documents: Mapping[str, Document]
) -> tuple[tuple[str, ThenNow], ...]:
    then, now = _by_code(before, documents), _by_code(today, documents)
    found: list[tuple[str, ThenNow]] = []
    for code in dict.fromkeys((*now, *then)):
        if code in _CALENDAR:
            continue
        of_code = _of_code(then.get(code, []), now.get(code, []), compares=_compares(code))
        found += [(code, each) for each in of_code]
    return tuple(sorted(found, key=lambda each: _ORDER.index(each[1].when)))


_ORDER = (When.NEW, When.OTHERWISE, When.NO_LONGER, When.STILL, When.OF_THE_DECISION)


def _of_code(then: list[Said], now: list[Said], *, compares: bool) -> Iterable[ThenNow]:
    if not compares:
        return [ThenNow(When.OF_THE_DECISION, each) for each in then]
    stood = {each.sentence: each for each in then}
    still = [
        ThenNow(When.STILL, replace(each, awaiting_then=stood[each.sentence].awaiting and not each.awaiting))
        for each in now
        if each.sentence in stood
    ]
    said = {each.said.sentence for each in still}
    gone, new = ([each for each in both if each.sentence not in said] for both in (then, now))
    if len(gone) == len(new) == 1:
        return [*still, ThenNow(When.OTHERWISE, new[0], gone[0].sentence)]
    return [
        *still,
        *(ThenNow(When.NEW, each) for each in new),
        *(ThenNow(When.NO_LONGER, each) for each in gone),
    ]


def _compares(code: str) -> bool:
    """Whether the rules ask it again today: what was said of a signature is not asked twice."""
    if not code.startswith("RG-"):  # the hours of a dose and its stops: of that signature alone
        return False
    return code != Code.NOT_AGREED and (not code.startswith("RG-SCHEDULE-") or code in _AGAINST)


def _by_code(bodies: Sequence[Json], documents: Mapping[str, Document]) -> Mapping[str, list[Said]]:
    found: dict[str, list[Said]] = defaultdict(list)
    for body in bodies:
        said = stored(body, documents)
        if said not in found[str(body.get("code"))]:
            found[str(body.get("code"))].append(said)
    return found


def _findings_of(body: Json) -> tuple[Json, ...]:
    return tuple(body.get("findings") or ())


def _of_schedules(now: RegimeNow, policy: Parameters) -> Iterable[Finding]:
    """What is said today of what is left of each course of a substitute."""
    for order in ordered_now(now):
        left = left_of(order, now) if order.medicine.is_substitute else None
        if left is not None:
            yield from schedule_findings(now, order.medicine, left, policy)


def left_of(order: Order, now: RegimeNow) -> Schedule | None:
    """The rest of an order from today on, cut where it was stopped or another takes its place."""
    left = order.schedule.from_day(now.today)
    if left is None or order.until is None:
        return left
    kept = [
        replace(each, last_day=min(each.last_day or order.until, order.until))
        for each in left.stretches
        if each.first_day <= order.until
    ]
    return Schedule(tuple(kept)) if kept else None
