"""A prescriber chooses: class, medicine, dose and schedule, with what the person wished and what guidance said.

Guidance proposes, and never blocks: a departure asks for a reason and a day of review. What stops a dose is another
thing, and is named with the code under which it was seen when the order was signed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.ids import uuid7
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime import schedule as schedules
from pdtdesk.domain.regime.facts import CHOICES, RegimeClass
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import Schedule
from pdtdesk.domain.regime.treatment import Declared, Order, Wish
from pdtdesk.domain.roles import Permission
from pdtdesk.policy.findings import Finding, Tier, plain
from pdtdesk.policy.regime.standing import ClassStanding
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import AuditLine
from pdtdesk.services.reception.people import present
from pdtdesk.services.reception.replanning import replan
from pdtdesk.services.reception.triage import record_of
from pdtdesk.services.refusals import Changed, Refused, said_why
from pdtdesk.services.regime.ordering import order_body, unseen_stops
from pdtdesk.services.regime.saying import not_agreed, schedule_findings
from pdtdesk.services.regime.standing import RegimeNow, regime_now


@dataclass(frozen=True, slots=True)
class Ordering:
    """An order as it is about to be signed. `lifted` are the codes of stops that were seen; `reason` says why.

    `supervised` by default; without it `possession` holds the reasons of the risk assessment.
    """

    medicine: Ordered
    schedule: Schedule
    supervised: bool = True
    possession: str = ""
    lifted: frozenset[str] = frozenset()
    reason: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What a prescriber decides for one person. `seen` are the regimes and orders that stood on the screen.

    `reason` is one of the occasions that guidance names, or free words; needed where the class is not simply offered.
    `acknowledged` are the codes of findings that were read: all that must be, or nothing is signed.
    """

    declared: RegimeClass
    since: date
    wish: Wish
    seen: frozenset[str]
    ordering: Ordering | None = None
    reason: str = ""
    review_on: date | None = None
    acknowledged: frozenset[str] = field(default_factory=frozenset)


@action(Permission.DECIDE_REGIME)
def choose(acting: Acting, patient_id: str, choice: Choice) -> RegimeNow:
    """Sign a regime, with its order where there is one, in the place of what is in force. One durable step."""
    now = acting.now()
    with acting.store.work() as work:
        before = regime_now(present(work, patient_id), now, acting.policy)
        _check(before, choice)
        found = findings_of(before, choice, acting)
        _must_be_read(found, choice.acknowledged)
        if choice.ordering is not None:
            unseen_stops(before, choice.ordering, acting, now)
        work.append(_entries(before, choice, found, acting, now))
        work.audit(AuditLine(now, acting.who, f"signed a regime: {choice.declared.words}", patient_id))
        replan(acting, work, patient_id)
        return regime_now(present(work, patient_id), now, acting.policy)


@action(Permission.DECIDE_REGIME)
def change_order(acting: Acting, patient_id: str, ordering: Ordering, wish: Wish, seen: frozenset[str]) -> RegimeNow:
    """Sign an order for a medicine in the place of the one in force, the class staying as it is; or beside it, for
    another medicine (alcohol withdrawal, diazepam, lofexidine, naltrexone)."""
    now = acting.now()
    with acting.store.work() as work:
        before = regime_now(present(work, patient_id), now, acting.policy)
        unchanged(before, seen)
        _not_before_today(ordering.schedule.first_day, before.today)
        if ordering.medicine.is_substitute and not before.treatment.regime_on(ordering.schedule.first_day):
            raise Refused(
                "An opioid substitute is ordered with its class: choose detoxification, gradual reduction or "
                "maintenance first."
            )
        unseen_stops(before, ordering, acting, now)
        body = order_body(before, ordering, acting, wish)
        replaced = _replaced(before, ordering.medicine)
        work.append([_order_entry(before, body, replaced, acting, now)])
        work.audit(AuditLine(now, acting.who, f"signed an order: {ordering.medicine.words}", patient_id))
        replan(acting, work, patient_id)
        return regime_now(present(work, patient_id), now, acting.policy)


@action(Permission.DECIDE_REGIME)
def end_regime(acting: Acting, patient_id: str, last_day: date, why: str, seen: frozenset[str]) -> RegimeNow:
    """End the regime and every order of an opioid substitute after a day, with the reason."""
    said_why(why, "Say why the regime ends")
    now = acting.now()
    with acting.store.work() as work:
        before = regime_now(present(work, patient_id), now, acting.policy)
        unchanged(before, seen)
        regimes, orders = open_regimes(before), open_orders(before, substitutes=True)
        if not regimes and not orders:
            raise Refused("There is no regime in force that could be ended.")
        first_without = last_day + schedules.DAY
        _not_before_today(first_without, before.today)
        record, stay = record_of(before.person, before.stay), before.stay.id
        body = {"stay": stay, "from": first_without.isoformat(), "why": why.strip()}
        treated = before.treatment
        work.append(
            [
                NewEntry(
                    "regime",
                    kind,
                    {**body, "replaces": chain},
                    acting.who,
                    record,
                    happened_at=now,
                    supersedes=tuple(each.entry_id for each in ended),
                )
                for kind, ended, chain in (
                    ("regime_ended", regimes, [each.entry_id for each in treated.regimes]),
                    ("order_ended", orders, _chain(before, orders)),
                )
                if ended
            ]
        )
        work.audit(AuditLine(now, acting.who, "ended the regime", patient_id, detail=why.strip()))
        return regime_now(present(work, patient_id), now, acting.policy)


@action(Permission.DECIDE_REGIME)
def stop_order(acting: Acting, patient_id: str, order_id: str, last_day: date, why: str) -> RegimeNow:
    """Stop one order after a day, with the reason; the class stays as it is."""
    said_why(why, "Say why the order stops")
    now = acting.now()
    with acting.store.work() as work:
        before = regime_now(present(work, patient_id), now, acting.policy)
        held = next((each for each in open_orders(before) if each.entry_id == order_id), None)
        if held is None:
            raise Changed("That order has been changed or stopped meanwhile; the page shows it as it stands now.")
        _not_before_today(last_day + schedules.DAY, before.today)
        body = {
            "stay": before.stay.id,
            "from": (last_day + schedules.DAY).isoformat(),
            "why": why.strip(),
            "replaces": _chain(before, (held,)),
        }
        record = record_of(before.person, before.stay)
        work.append(
            [NewEntry("regime", "order_ended", body, acting.who, record, happened_at=now, supersedes=(order_id,))]
        )
        work.audit(AuditLine(now, acting.who, "stopped an order", patient_id, detail=why.strip()))
        return regime_now(present(work, patient_id), now, acting.policy)


def findings_of(before: RegimeNow, choice: Choice, acting: Acting) -> tuple[Finding, ...]:
    """All that is said of a choice: of its class, of its schedule, and whether the person agreed."""
    found = list(class_findings(before, choice.declared))
    if choice.ordering is not None:
        found += schedule_findings(before, choice.ordering.medicine, choice.ordering.schedule, acting.policy)
        found += choice.ordering.findings
    found += not_agreed(choice.wish, acting.policy.on(before.today))
    return tuple(dict.fromkeys(found))


def class_findings(before: RegimeNow, declared: RegimeClass) -> tuple[Finding, ...]:
    """What is said of the person and of one class; what is said of the other classes alone is left out."""
    own = before.assessment.of(declared).findings if declared in CHOICES else ()
    others = {
        found for each in before.assessment.classes if each.regime_class is not declared for found in each.findings
    }
    return tuple(each for each in before.assessment.findings if each in own or each not in others)


def open_regimes(now: RegimeNow) -> tuple[Declared, ...]:
    """The regimes that no other has taken the place of yet."""
    return tuple(each for each in now.treatment.regimes if each.until is None)


def open_orders(now: RegimeNow, *, substitutes: bool = False) -> tuple[Order, ...]:
    """The orders that may still be given from today on, and that nothing has taken the place of."""
    heads = {entry.id for entry in now.person.folded.heads}
    return tuple(
        each
        for each in now.treatment.orders
        if each.entry_id in heads
        and (each.until is None or each.until >= now.today)
        and (each.medicine.is_substitute or not substitutes)
    )


def seen_of(now: RegimeNow) -> frozenset[str]:
    """What stands on the screen of regimes and orders: a signature is given in sight of it."""
    return frozenset((*(each.entry_id for each in open_regimes(now)), *(each.entry_id for each in open_orders(now))))


def _check(before: RegimeNow, choice: Choice) -> None:
    unchanged(before, choice.seen)
    _not_before_today(choice.since, before.today)
    if choice.wish.agreed is None:
        raise Refused("Write whether the person agreed: yes, no, or not asked. A change is never silent.")
    standing = standing_of(before, choice.declared)
    if standing is not ClassStanding.OFFERED and choice.declared in CHOICES:
        stands = standing.value.replace("_", " ") if standing else "to be assessed first"
        said_why(choice.reason, f"{choice.declared.words.capitalize()} stands as {stands}: give the reason")
        if choice.review_on is None:
            raise Refused("A departure is reviewed: write the day on which you will look at it again.")
    if choice.review_on is not None and choice.review_on <= choice.since:
        raise Refused(f"A review on {show_day(choice.review_on)} would come before the regime begins: put it later.")


def standing_of(before: RegimeNow, declared: RegimeClass) -> ClassStanding | None:
    """How a class stands; stabilisation comes before every class and stands as offered."""
    return before.assessment.of(declared).standing if declared in CHOICES else ClassStanding.OFFERED


def unchanged(before: RegimeNow, seen: frozenset[str]) -> None:
    """Refuse a signature that is given in sight of something else than what stands now."""
    if seen_of(before) == seen:
        return
    news = [(each.at, each.by.name) for each in open_regimes(before) if each.entry_id not in seen]
    news += [(each.at, each.by.name) for each in open_orders(before) if each.entry_id not in seen]
    who = f"{max(news)[1]} has" if news else "Somebody has"
    raise Changed(
        f"{who} changed this regime since you opened it. Nothing was signed: look at it as it stands now, and decide "
        "again."
    )


def _not_before_today(day: date, today: date) -> None:
    if day < today:
        raise Refused(f"{show_day(day)} has passed: what is ordered or ended begins today or later.")


def _must_be_read(found: Iterable[Finding], acknowledged: frozenset[str]) -> None:
    unread = [each for each in found if each.tier is Tier.MUST_ACKNOWLEDGE and each.code not in acknowledged]
    if unread:
        raise Refused(f"Read this before you sign, and say so: {unread[0].sentence}")


def _replaced(before: RegimeNow, medicine: Ordered) -> tuple[Order, ...]:
    """The orders that a new one takes the place of: any opioid substitute by a substitute, else the same medicine."""
    return tuple(
        each
        for each in open_orders(before)
        if (each.medicine.is_substitute and medicine.is_substitute) or each.medicine.active is medicine.active
    )


def _entries(
    before: RegimeNow, choice: Choice, found: tuple[Finding, ...], acting: Acting, now: datetime
) -> list[NewEntry]:
    entries: list[NewEntry] = []
    order_id = None
    if choice.ordering is not None:
        order_id = uuid7(now, acting.random_bytes)
        body = order_body(before, choice.ordering, acting, choice.wish)
        replaced = _replaced(before, choice.ordering.medicine)
        entries.append(_order_entry(before, body, replaced, acting, now, order_id))
    standing = standing_of(before, choice.declared)
    regime_body = {
        "stay": before.stay.id,
        "class": choice.declared.value,
        "medicine": choice.ordering.medicine.value if choice.ordering else _medicine_now(before),
        "from": choice.since.isoformat(),
        "order": order_id,
        "wish": {
            "wished": choice.wish.wished,
            "told": choice.wish.told,
            "agreed": choice.wish.agreed.value if choice.wish.agreed else None,
        },
        "standing": standing.value if standing else None,
        "standings": {
            each.regime_class.value: each.standing.value if each.standing else None
            for each in before.assessment.classes
        },
        "reason": choice.reason.strip(),
        "review_on": choice.review_on.isoformat() if choice.review_on else None,
        "findings": [plain(each) for each in found],
        "parameters": before.assessment.parameters,
        "replaces": [each.entry_id for each in before.treatment.regimes],
    }
    record = record_of(before.person, before.stay)
    entries.append(
        NewEntry(
            "regime",
            "regime",
            regime_body,
            acting.who,
            record,
            happened_at=now,
            supersedes=tuple(each.entry_id for each in open_regimes(before)),
        )
    )
    return entries


def _chain(before: RegimeNow, orders: Iterable[Order]) -> list[str]:
    """Every order of the courses of these: all of them end where something takes the place of the latest."""
    named = {each.course for each in orders}
    return [each.entry_id for each in before.treatment.orders if each.course in named]


def _medicine_now(before: RegimeNow) -> str | None:
    orders = open_orders(before, substitutes=True)
    return orders[-1].medicine.value if orders else None


def _order_entry(
    before: RegimeNow,
    body: dict[str, object],
    replaced: tuple[Order, ...],
    acting: Acting,
    now: datetime,
    order_id: str | None = None,
) -> NewEntry:
    id_ = order_id or uuid7(now, acting.random_bytes)
    return NewEntry(
        "regime",
        "order",
        {**body, "course": replaced[0].course if replaced else id_, "replaces": _chain(before, replaced)},
        acting.who,
        record_of(before.person, before.stay),
        happened_at=now,
        supersedes=tuple(each.entry_id for each in replaced),
        id=id_,
    )
