"""From a person's entries to their treatment: a function of the set, whatever the order in which they came.

What holds are heads of the supersession graph; what one took the place of ends on the day before it begins. A regime
or an order that two desks changed without knowing of each other stands twice, and both are shown.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any, TypeVar

from pdtdesk.domain.calendar import day_of
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.domain.record.entry import Entry
from pdtdesk.domain.regime import schedule as schedules
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import slot_order
from pdtdesk.domain.regime.treatment import (
    Agreed,
    Begun,
    Declared,
    Dose,
    DoseConflict,
    Lifted,
    Order,
    Reviewed,
    Treatment,
    Wish,
)
from pdtdesk.domain.staff import Author

_DAY = timedelta(days=1)
_Read = TypeVar("_Read")
KINDS = frozenset(
    {
        *("regime", "regime_ended", "order", "order_ended", "dose_begun", "dose", "stop_lifted"),
        *("authorisation_signed", "regime_review"),
    }
)
_TREATMENT = "treatment"
_OF_DOSES = frozenset({"order", "order_ended", "dose_begun", "dose"})
"""Kinds without which nobody knows what is to be given, or was."""


def treatment_of(person: PersonRecord) -> Treatment:
    """The treatment of a person through all their stays here; of somebody who was never taken in, nothing.

    A stay that begins anew, on the way back from court, takes nothing away: what was ordered stands until somebody
    ends it, and what was given was given.
    """
    found = person.worked_out.get(_TREATMENT)
    if not isinstance(found, Treatment):
        found = person.worked_out[_TREATMENT] = _fold(person)
    return found


def _fold(person: PersonRecord) -> Treatment:
    if person.current is None:
        return Treatment()
    heads = {entry.id for entry in person.folded.heads}
    mine = [entry for entry in person.folded.effective if entry.kind in KINDS and entry.body]
    by_kind: dict[str, list[Entry]] = defaultdict(list)
    for entry in mine:
        by_kind[entry.kind].append(entry)
    ends = _ends(mine)
    unread: list[Entry] = []
    regimes = _each(by_kind["regime"], lambda entry: _declared(entry, ends), unread)
    orders = _each(by_kind["order"], lambda entry: _order(entry, ends), unread)
    doses = _each([entry for entry in by_kind["dose"] if entry.id in heads], _dose, unread)
    doses = _settled_once(sorted(doses, key=lambda dose: (dose.day, slot_order(dose.slot), dose.at, dose.entry_id)))
    # Each that was handed out asks for itself what became of it: the record of one settles no other.
    settled = {str(_body(entry).get("begun")) for entry in by_kind["dose"]}
    begun = [each for each in _each(by_kind["dose_begun"], _begun, unread) if each.entry_id not in settled]
    ended = [*by_kind["regime_ended"], *by_kind["order_ended"]]
    unread += [entry for entry in ended if _day(_body(entry).get("from")) in (None, date.min)]
    signed = {str((e.body or {}).get("of")): e.header.happened_at for e in by_kind["authorisation_signed"]}
    began, spans = _began(person.stays, mine, (*regimes, *orders))
    return Treatment(
        regimes=tuple(sorted(regimes, key=lambda each: (each.since, each.at, each.entry_id))),
        orders=tuple(sorted(orders, key=lambda each: (each.since, each.at, each.entry_id))),
        doses=tuple(doses),
        dose_conflicts=_dose_conflicts(doses, frozenset(_over_void(by_kind["dose"], heads, person))),
        begun=tuple(begun),
        lifted=tuple(_each(by_kind["stop_lifted"], lambda entry: _lifted(entry, signed), unread)),
        reviews=tuple(_each(by_kind["regime_review"], _reviewed, unread)),
        conflicting=(
            *_conflicting(by_kind, heads, orders, regimes),
            *_over_void((*by_kind["order"], *by_kind["regime"]), heads, person),
        ),
        unread=len(unread),
        unread_doses=sum(entry.kind in _OF_DOSES for entry in unread),
        began=began,
        spans=spans,
    )


def orders_of(person: PersonRecord) -> tuple[Order, ...]:
    """The orders of a person alone, where the doses are not asked for: some lines instead of two years of them."""
    entries = [entry for entry in person.folded.effective if entry.kind in ("order", "order_ended") and entry.body]
    ends = _ends(entries)
    return tuple(_each((e for e in entries if e.kind == "order"), lambda entry: _order(entry, ends), []))


def _began(stays: tuple[Stay, ...], entries: list[Entry], held: tuple[Declared | Order, ...]) -> tuple[date, int]:
    """The first day of the treatment that goes on, and over how many stays it does: the latest, and each before it
    out of which a regime or an order was still in force when the person came again."""
    began, spans, later = date.max, 0, set[str]()
    while True:
        stay = stays[-1 - spans]
        came = day_of(stay.arrived_at)
        spans += 1
        later |= {*stay.ids}
        began = min(began, came, *(each.since for each in held if each.body.get("stay") in stay.ids))
        before = [entry for entry in entries if _body(entry).get("stay") not in later]
        if spans == len(stays) or not _in_force(before, held, came):
            return began, spans


def _in_force(entries: list[Entry], held: tuple[Declared | Order, ...], day: date) -> bool:
    """Whether a regime or an order of these entries was in force on a day, whatever was signed later."""
    ends, ids = _ends(entries), {entry.id for entry in entries}
    for each in held:
        own = each.schedule.last_day if isinstance(each, Order) else None
        if each.entry_id in ids and min(ends.get(each.entry_id, date.max), own or date.max) >= day:
            return True
    return False


def _each(entries: Iterable[Entry], read: Callable[[Entry], _Read], unread: list[Entry]) -> list[_Read]:
    """All that can be read; what a newer desk wrote in other words is kept apart, and never guessed at."""
    found = []
    for entry in entries:
        try:
            found.append(read(entry))
        except (AttributeError, KeyError, TypeError, ValueError):
            unread.append(entry)
    return found


def _ends(entries: Iterable[Entry]) -> Mapping[str, date]:
    """The last day of what something else took the place of, or ended: the day before that begins.

    `replaces` names all that came before it in its course, not the latest alone: what begins earlier than the one it
    takes the place of ends all of them, and so it does where one between was marked as entered in error.
    """
    ends: dict[str, date] = {}
    for entry in entries:
        if entry.kind not in ("regime", "regime_ended", "order", "order_ended"):
            continue
        first = _day((entry.body or {}).get("from"))
        if first is None or first == date.min:
            continue
        for before in _before(entry):
            ends[before] = min(first - _DAY, ends.get(before, date.max))
    return ends


def _conflicting(
    by_kind: Mapping[str, list[Entry]], heads: set[str], orders: list[Order], regimes: list[Declared]
) -> tuple[str, ...]:
    """Ids of regimes of which two are in force, and of orders that took the place of one order, from two desks.

    What ends a thing has taken its place: of one that was ended at one desk and changed at another both stand.
    """
    found: list[str] = []
    named = [{entry.id, *_before(entry)} for kind in ("regime", "regime_ended") for entry in by_kind[kind]]
    for one, other in combinations(regimes, 2):
        # Whoever signs a regime names all that they know of: two of which nobody knew both contradict each other.
        if _overlap(one, other) and not any({one.entry_id, other.entry_id} <= each for each in named):
            found += [one.entry_id, other.entry_id]
    standing = {each.entry_id: each for each in orders if each.entry_id in heads}
    after: dict[str, list[str]] = defaultdict(list)
    for kind in ("order", "order_ended", "regime", "regime_ended"):
        for entry in by_kind[kind]:
            for before in entry.header.supersedes if entry.id in heads else ():
                after[before].append(entry.id)
    found += [id_ for ids in after.values() if len(ids) > 1 for id_ in ids]
    for first, second in combinations(standing.values(), 2):
        # One desk would have put either in the place of the other.
        alike = first.medicine.stands_for(second.medicine)
        if first.course != second.course and alike and _overlap(first, second):
            found += [first.entry_id, second.entry_id]
    return tuple(dict.fromkeys(found))


def _over_void(entries: Iterable[Entry], heads: set[str], person: PersonRecord) -> Iterator[str]:
    """Ids of what took the place of an entry that was marked as entered in error. At one desk nobody marks what has
    been changed since, nor changes what was marked: two desks did it, and neither knew of the other."""
    void = person.folded.in_error.keys()
    return (each.id for each in entries if each.id in heads and not void.isdisjoint(each.header.supersedes))


def _overlap(one: Order | Declared, other: Order | Declared) -> bool:
    begins = max(one.since, other.since)
    return all(each.until is None or begins <= each.until for each in (one, other))


def _dose_conflicts(doses: list[Dose], over_void: frozenset[str]) -> tuple[DoseConflict, ...]:
    """Accounts of one day and slot of a medicine, or of what stands for it, whatever order each was of."""
    alike: dict[tuple[Ordered, date, str], list[Dose]] = defaultdict(list)
    for dose in doses:
        alike[dose.medicine.place, dose.day, dose.slot].append(dose)
    return tuple(
        DoseConflict(day, slot, same[0].medicine, tuple(same))
        for (_, day, slot), same in alike.items()
        if (len(same) > 1 and not _all_true(same)) or any(each.entry_id in over_void for each in same)
    )


def _settled_once(doses: list[Dose]) -> list[Dose]:
    """Doses without what two desks settled alike: the same cup, in the same settlement, with the same outcome."""
    found: dict[object, Dose] = {}
    for dose in doses:
        same = (dose.beside, dose.begun, dose.outcome, dose.mg) if dose.beside and dose.begun else dose.entry_id
        found.setdefault(same, dose)
    return list(found.values())


def _all_true(same: list[Dose]) -> bool:
    """Whether somebody has settled that these accounts, and no others, are all true."""
    (beside, *others) = {each.beside for each in same}
    return not others and len(beside) == len(same)


def _declared(entry: Entry, ends: Mapping[str, date]) -> Declared:
    body = _body(entry)
    wish = body.get("wish") or {}
    agreed = wish.get("agreed")
    return Declared(
        entry_id=entry.id,
        declared=RegimeClass(body["class"]),
        medicine=Ordered(body["medicine"]) if body.get("medicine") else None,
        since=date.fromisoformat(body["from"]),
        until=ends.get(entry.id),
        wish=Wish(str(wish.get("wished", "")), str(wish.get("told", "")), Agreed(agreed) if agreed else None),
        standing=body.get("standing"),
        reason=str(body.get("reason", "")),
        review_on=_day(body.get("review_on")),
        by=entry.author,
        at=entry.header.happened_at,
        body=body,
    )


def _order(entry: Entry, ends: Mapping[str, date]) -> Order:
    body = _body(entry)
    ordered = schedules.read(body["schedule"])
    if ordered is None:
        raise ValueError("a schedule in other words")
    last = [day for day in (ordered.last_day, ends.get(entry.id)) if day is not None]
    return Order(
        entry_id=entry.id,
        course=str(body.get("course") or entry.id),
        medicine=Ordered(body["medicine"]),
        schedule=ordered,
        since=ordered.first_day,
        until=min(last, default=None),
        supervised=bool(body.get("supervised", True)),
        possession=str(body.get("possession", "")),
        answers=frozenset(_ids(body.get("answers"))),
        instructions=str(body.get("instructions", "")),
        by=entry.author,
        at=entry.header.happened_at,
        body=body,
    )


def _dose(entry: Entry) -> Dose:
    body = _body(entry)
    ordered = Milligrams.parse(body["ordered"])
    outcome = Outcome(body["outcome"])
    taken = body.get("taken")
    if outcome is Outcome.PART_TAKEN and not taken:
        raise ValueError("a part of which nobody says how much")
    return Dose(
        entry_id=entry.id,
        order=str(body["order"]),
        course=str(body["course"]),
        medicine=Ordered(body["medicine"]),
        day=date.fromisoformat(body["day"]),
        slot=str(body["slot"]),
        ordered_mg=ordered,
        mg=Milligrams.parse(taken) if taken else ordered if outcome.counts else Milligrams(Decimal(0)),
        outcome=outcome,
        reason=str(body.get("reason", "")),
        witness=str(body.get("witness", "")),
        supervised=bool(body.get("supervised", True)),
        at=entry.header.happened_at,
        by=_giver(entry, body.get("given_by")),
        begun=str(body.get("begun") or ""),
        beside=frozenset(_ids(body.get("all_true"))),
        on_paper=given_on_paper(body),
    )


def given_on_paper(body: Mapping[str, Any]) -> str:
    """Who gave a dose by the paper, where it was entered from there; of any other empty."""
    said = body.get("on_paper")
    return str(said.get("by", "")) if isinstance(said, Mapping) else ""


def _giver(entry: Entry, said: Any) -> Author:
    """Who gave a dose: whoever wrote it, or of a settled account whoever wrote that."""
    if not isinstance(said, Mapping):
        return entry.author
    return Author(str(said["id"]), str(said["name"]), str(said["role"]), said.get("registration"))


def _begun(entry: Entry) -> Begun:
    body = _body(entry)
    return Begun(
        entry_id=entry.id,
        order=str(body["order"]),
        course=str(body["course"]),
        medicine=Ordered(body["medicine"]),
        day=date.fromisoformat(body["day"]),
        slot=str(body["slot"]),
        ordered_mg=Milligrams.parse(body["ordered"]),
        supervised=bool(body.get("supervised", True)),
        at=entry.header.happened_at,
        by=entry.author,
        body=body,
        on_paper=given_on_paper(body),
    )


def _lifted(entry: Entry, signed: Mapping[str, datetime]) -> Lifted:
    body = _body(entry)
    return Lifted(
        entry_id=entry.id,
        course=str(body["course"]),
        day=date.fromisoformat(body["day"]),
        slot=str(body["slot"]),
        codes=frozenset(str(each) for each in body["codes"]),
        of=frozenset(_ids(body.get("over"))),
        reason=str(body["reason"]),
        prescriber=str(body["prescriber"]),
        by_telephone=bool(body.get("by_telephone")),
        witness=str(body.get("witness", "")),
        at=entry.header.happened_at,
        by=entry.author,
        sign_by=_day(body.get("sign_by")),
        signed=signed.get(entry.id),
        order=str(body.get("order") or ""),
        seen=frozenset(_ids(body.get("seen"))),
        rests_on=tuple(sorted((str(code), str(what)) for code, what in (body.get("rests_on") or {}).items())),
    )


def _reviewed(entry: Entry) -> Reviewed:
    body = _body(entry)
    return Reviewed(
        entry_id=entry.id,
        on=date.fromisoformat(body["on"]),
        outcome=str(body["outcome"]),
        reason=str(body.get("reason", "")),
        next_due=_day(body.get("next_due")),
        took_part=str(body.get("took_part", "")),
        by=entry.author,
        at=entry.header.happened_at,
        body=body,
    )


def _ids(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list | tuple) else ()


def _before(entry: Entry) -> tuple[str, ...]:
    """All that an entry says it takes the place of."""
    return (*entry.header.supersedes, *_ids(_body(entry).get("replaces")))


def _body(entry: Entry) -> Mapping[str, Any]:
    return entry.body or {}


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None
