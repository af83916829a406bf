"""A prescriber chooses: class, medicine, dose and schedule, with what the person wished and what guidance said.

Guidance proposes, and never blocks: a departure asks for a reason and a day of review. What stops a dose is another
thing, and is named with the code under which it was seen when the order was signed.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.ids import uuid7
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.facts import CHOICES, RegimeClass
from pdtdesk.domain.regime.treatment import Wish
from pdtdesk.domain.roles import Permission
from pdtdesk.policy.findings import Finding, plain
from pdtdesk.policy.regime.codes import Code
from pdtdesk.policy.regime.reviews import next_review
from pdtdesk.policy.regime.standing import ClassStanding, stands
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import AuditLine
from pdtdesk.services.reception.people import present
from pdtdesk.services.reception.replanning import replan
from pdtdesk.services.reception.triage import record_of
from pdtdesk.services.refusals import Refused, said_why
from pdtdesk.services.regime.checks import asked_to_agree, must_be_read, not_before_today
from pdtdesk.services.regime.in_force import before_it, in_place_of, replaced_by
from pdtdesk.services.regime.in_force import open_orders as open_orders
from pdtdesk.services.regime.in_force import open_regimes as open_regimes
from pdtdesk.services.regime.in_force import seen_of as seen_of
from pdtdesk.services.regime.in_force import unchanged as unchanged
from pdtdesk.services.regime.ordering import Ordering, order_body, unseen_stops
from pdtdesk.services.regime.saying import in_possession, last_days_findings, not_agreed, order_findings
from pdtdesk.services.regime.standing import RegimeNow, regime_now


@dataclass(frozen=True, slots=True)
class Choice:
    """What a prescriber decides for one person. `seen` are the regimes and orders that stood on the screen.

    `reason` is one of the occasions that guidance names, or free words; needed where the class is not simply offered.
    Where no day of review is given, the rules give one to a class that has an interval. `acknowledged` are the codes
    of findings that were read: all that must be, or nothing is signed.
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
        must_be_read(found, choice.acknowledged)
        if (ordering := choice.ordering) is not None:
            unseen_stops(before, ordering, acting)
            said = findings_of_order(before, ordering, choice.wish, acting)
            choice = replace(choice, ordering=replace(ordering, findings=said))
        work.append(_entries(before, choice, found, acting, now))
        work.audit(AuditLine(now, acting.who, f"signed a regime: {choice.declared.words}", patient_id))
        replan(acting, work, patient_id)
        return regime_now(present(work, patient_id), now, acting.policy)


@action(Permission.DECIDE_REGIME)
def change_order(
    acting: Acting,
    patient_id: str,
    ordering: Ordering,
    wish: Wish,
    seen: frozenset[str],
    acknowledged: frozenset[str] = frozenset(),
) -> RegimeNow:
    """Sign an order for a medicine in the place of the one in force, the class staying as it is; or beside it, for
    another medicine (alcohol withdrawal, diazepam, lofexidine, naltrexone).

    `acknowledged` are the codes of findings that were read: all that must be, or nothing is signed.
    """
    now = acting.now()
    with acting.store.work() as work:
        before = regime_now(present(work, patient_id), now, acting.policy)
        unchanged(before, seen)
        not_before_today(ordering.first_day, before.today)
        if ordering.medicine.is_substitute and not before.treatment.regime_on(ordering.schedule.first_day):
            raise Refused(
                "An opioid substitute is ordered with its class: choose detoxification, gradual reduction or "
                "maintenance first."
            )
        asked_to_agree(wish)
        found = findings_of_order(before, ordering, wish, acting)
        must_be_read(found, acknowledged)
        unseen_stops(before, ordering, acting)
        work.append(_order_entries(before, replace(ordering, findings=found), wish, acting, now))
        work.audit(AuditLine(now, acting.who, f"signed an order: {ordering.medicine.words}", patient_id))
        replan(acting, work, patient_id)
        return regime_now(present(work, patient_id), now, acting.policy)


def findings_of(before: RegimeNow, choice: Choice, acting: Acting) -> tuple[Finding, ...]:
    """All that is said of a choice: of its class, of its schedule, and whether the person agreed."""
    found = list(class_findings(before, choice.declared))
    if choice.ordering is not None:
        return tuple(dict.fromkeys((*found, *findings_of_order(before, choice.ordering, choice.wish, acting))))
    return tuple(dict.fromkeys((*found, *not_agreed(choice.wish, acting.policy.on(before.today)))))


def findings_of_order(before: RegimeNow, ordering: Ordering, wish: Wish, acting: Acting) -> tuple[Finding, ...]:
    """All that is said of an order: of its schedule, of what was asked for, and whether the person agreed."""
    told = {each.code for each in ordering.findings}
    again = Code.SCHEDULE_REINDUCTION in told
    said = order_findings(before, ordering.medicine, ordering.schedule, acting.policy, again=again)
    if ordering.ends is not None:
        said += last_days_findings(before, *ordering.ends, acting.policy)
    if not ordering.supervised:
        said += in_possession(before, ordering.medicine, ordering.schedule, acting.policy)
    found = [*ordering.findings, *(each for each in said if each.code not in told)]
    return tuple(dict.fromkeys((*found, *not_agreed(wish, acting.policy.on(before.today)))))


def class_findings(before: RegimeNow, declared: RegimeClass) -> tuple[Finding, ...]:
    """What is said of the person and of one class; what is said of the other classes alone is left out."""
    own = before.assessment.of(declared).findings if declared in CHOICES else ()
    others = {
        found for each in before.assessment.classes if each.regime_class is not declared for found in each.findings
    }
    return tuple(each for each in before.assessment.findings if each in own or each not in others)


def _check(before: RegimeNow, choice: Choice) -> None:
    unchanged(before, choice.seen)
    not_before_today(choice.since, before.today)
    if choice.ordering is not None and choice.ordering.first_day < choice.since:
        raise Refused(
            f"The first dose, on {show_day(choice.ordering.first_day)}, would come before the regime: let "
            "them begin on one day."
        )
    asked_to_agree(choice.wish)
    standing = standing_of(before, choice.declared)
    if standing is not ClassStanding.OFFERED and choice.declared in CHOICES:
        said_why(choice.reason, f"{choice.declared.words.capitalize()} {stands(standing)}: give the reason")
        if choice.review_on is None:
            raise Refused("A departure is reviewed: write the day on which you will look at it again.", "review_on")
    if choice.review_on is not None and choice.review_on <= choice.since:
        early = f"A review on {show_day(choice.review_on)} would come before the regime begins: put it later."
        raise Refused(early, "review_on")


def standing_of(before: RegimeNow, declared: RegimeClass) -> ClassStanding | None:
    """How a class stands; stabilisation comes before every class and stands as offered."""
    return before.assessment.of(declared).standing if declared in CHOICES else ClassStanding.OFFERED


def _entries(
    before: RegimeNow, choice: Choice, found: tuple[Finding, ...], acting: Acting, now: datetime
) -> list[NewEntry]:
    entries: list[NewEntry] = []
    order_id = None
    if choice.ordering is not None:
        entries += _order_entries(before, choice.ordering, choice.wish, acting, now)
        order_id = entries[-1].id
    standing = standing_of(before, choice.declared)
    params, custody = acting.policy.on(before.today), before.assessment.custody
    review_on = choice.review_on or next_review(choice.declared, choice.since, params, custody)
    regimes = [each.entry_id for each in before.treatment.regimes]
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
        "review_on": review_on.isoformat() if review_on else None,
        "findings": [plain(each) for each in found],
        "parameters": before.assessment.parameters,
        "replaces": regimes,
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
            supersedes=in_place_of(before, regimes, "regime_ended"),
        )
    )
    return entries


def _medicine_now(before: RegimeNow) -> str | None:
    orders = open_orders(before, substitutes=True)
    return orders[-1].medicine.value if orders else None


def _order_entries(
    before: RegimeNow, ordering: Ordering, wish: Wish, acting: Acting, now: datetime
) -> list[NewEntry]:
    """The order, in the place of those it replaces; of a planned switch first the last days of what it stops.

    All of them are of one course, so that no day and slot is given twice over.
    """
    replaced = replaced_by(before, ordering.medicine)
    chain = before_it(before, ordering.medicine)
    over = in_place_of(before, chain, "order_ended")
    course = replaced[0].course if replaced else ""
    entries: list[NewEntry] = []
    steps = [ordering]
    if ordering.ends is not None:
        steps.insert(0, replace(ordering, medicine=ordering.ends[0], schedule=ordering.ends[1], ends=None))
    for step in steps:
        id_ = uuid7(now, acting.random_bytes)
        course = course or id_
        body = {**order_body(before, step, acting, wish), "course": course, "replaces": list(chain)}
        record = record_of(before.person, before.stay)
        entries.append(
            NewEntry("regime", "order", body, acting.who, record, happened_at=now, supersedes=over, id=id_)
        )
        chain, over = [*chain, id_], (id_,)
    return entries
