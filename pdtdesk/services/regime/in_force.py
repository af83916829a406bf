"""What stands of somebody's regimes and orders, and what a new one takes the place of."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from pdtdesk.domain.record.entry import Entry
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.treatment import Declared, Order
from pdtdesk.services.refusals import Changed
from pdtdesk.services.regime.standing import RegimeNow

_Held = TypeVar("_Held", Declared, Order)


def open_regimes(now: RegimeNow) -> tuple[Declared, ...]:
    """The regimes that no other takes the place of; also one that ends, or begins, on a day to come."""
    return _open(now, now.treatment.regimes)


def open_orders(now: RegimeNow, *, substitutes: bool = False) -> tuple[Order, ...]:
    """The orders by which something may be given from today on and whose place no other takes; also one that was
    stopped after a day to come, or begins on one."""
    found = _open(now, now.treatment.orders)
    return tuple(each for each in found if each.medicine.is_substitute or not substitutes)


def declared_now(now: RegimeNow) -> tuple[Declared, ...]:
    """The regimes in force today, and after them what is signed to begin on a day to come."""
    return _lasting(now, now.treatment.regimes)


def ordered_now(now: RegimeNow) -> tuple[Order, ...]:
    """The orders by which something may be given today, and after them those that begin on a day to come, also one
    whose place another takes later."""
    return _lasting(now, now.treatment.orders)


def _lasting(now: RegimeNow, held: Iterable[_Held]) -> tuple[_Held, ...]:
    """Those that have a day from today on, by their first day."""
    found = (each for each in held if each.until is None or each.until >= max(now.today, each.since))
    return tuple(sorted(found, key=lambda each: each.since))


def _open(now: RegimeNow, held: Iterable[_Held]) -> tuple[_Held, ...]:
    """Those with a day from today on; what was put in their place and has no such day itself takes nothing away."""
    lasting = _lasting(now, held)
    ids = {each.entry_id for each in lasting}
    takers = (entry for entry in now.person.folded.effective if entry.id in ids)
    taken = {id_ for entry in takers for id_ in _named(entry)}
    return tuple(each for each in lasting if each.entry_id not in taken)


def seen_of(now: RegimeNow) -> frozenset[str]:
    """What stands on the screen of regimes and orders: a signature is given in sight of it."""
    held: list[Declared | Order] = [*open_regimes(now), *open_orders(now)]
    return frozenset(_as_seen(each) for each in held)


def _as_seen(each: Declared | Order) -> str:
    """A regime or an order with its last day: one that somebody has stopped is another thing to sign over."""
    return f"{each.entry_id} {each.until or ''}"


def _named(entry: Entry) -> tuple[str, ...]:
    replaces = (entry.body or {}).get("replaces")
    return (*entry.header.supersedes, *(replaces if isinstance(replaces, list | tuple) else ()))


def in_place_of(before: RegimeNow, chain: Iterable[str], ended: str) -> tuple[str, ...]:
    """What an entry supersedes that takes the place of a chain: its heads, and an end to come or contended of any.

    `ended` is the kind of entry that ends them. Without it a new order and the end of the old one would contend.
    """
    named, today = frozenset(chain), before.today.isoformat()
    heads = [entry.id for entry in before.person.folded.heads if entry.id in named]
    ends = [
        entry.id
        for entry in before.person.folded.of_kind(ended)
        if named & {*_named(entry)}
        and (entry.id in before.treatment.conflicting or str((entry.body or {}).get("from")) > today)
    ]
    return (*heads, *ends)


def longer_than(last_day: date, found: Iterable[_Held]) -> tuple[_Held, ...]:
    """Those that would go on after a day."""
    return tuple(each for each in found if each.until is None or each.until > last_day)


def before_it(before: RegimeNow, medicine: Ordered) -> list[str]:
    """Every order of the stay whose place one of this medicine would take, those that have ended too: an end that is
    taken back as a mistake then brings an old order back until the day before this one, and never beside it."""
    return [each.entry_id for each in before.treatment.orders if each.medicine.stands_for(medicine)]


def unchanged(before: RegimeNow, seen: frozenset[str]) -> None:
    """Refuse a signature that is given in sight of something else than what stands now."""
    if seen_of(before) == seen:
        return
    ids = {each.split()[0] for each in seen}
    now: list[Declared | Order] = [*open_regimes(before), *open_orders(before)]
    news = [(each.at, each.by.name) for each in now if each.entry_id not in ids]
    who = f"{max(news)[1]} has" if news else "Somebody has"
    raise Changed(
        f"{who} changed this regime since you opened it. Nothing was signed: look at it as it stands now, and decide "
        "again."
    )


def replaced_by(before: RegimeNow, medicine: Ordered) -> tuple[Order, ...]:
    """The orders that a new one takes the place of: any opioid substitute by a substitute, else the same medicine."""
    return tuple(each for each in open_orders(before) if each.medicine.stands_for(medicine))
