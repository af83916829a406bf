"""Signing out a medicine round: the cupboard is counted against the record, with a witness, and both are kept.

The record counts what was given; hands count what is there. A difference is said in words and signed as it is: it
never stops a round from being closed, and never disappears. The controlled-drug register of the premises is a legal
book of its own (S-07).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pdtdesk.domain.calendar import day_of, show_day
from pdtdesk.domain.quantities import Milligrams, QuantityRefused
from pdtdesk.domain.record.entry import Entry, NewEntry
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import NOUGHT, SLOTS
from pdtdesk.domain.roles import Permission
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.ports import AuditLine, Work
from pdtdesk.services.printing import printing_of
from pdtdesk.services.refusals import Changed, Refused, said_why
from pdtdesk.services.regime.round_sheet import (
    Balance,
    RoundSheet,
    SignedOut,
    counted_of,
    lines_of_round,
)

KIND = "round_signed_out"


@dataclass(frozen=True, slots=True)
class Stock:
    """One medicine as it was counted by hand: mg before the round, received in it, wasted (and why), and left."""

    medicine: Ordered
    opening: Milligrams
    received: Milligrams
    wasted: Milligrams
    wasted_why: str
    closing: Milligrams


@dataclass(frozen=True, slots=True)
class SigningOut:
    """A round as it is signed out. `seen` are the doses that stood on the page; `remark` is needed where the count
    differs, `why` where the round was signed out before."""

    day: date
    part: str
    stock: tuple[Stock, ...]
    witness: str
    seen: frozenset[str]
    remark: str = ""
    why: str = ""


@action(Permission.GIVE_DOSES)
def round_facts(acting: Acting, day: date, part: str, *, demonstration: bool = False) -> RoundSheet:
    """The administration record of one part of a day as it stands now; who reads it is audited."""
    with acting.store.work() as work:
        sheet = _sheet(acting, work, day, part, demonstration=demonstration)
        said = f"{part}, {show_day(day)}: {len(sheet.lines)} doses"
        work.audit(AuditLine(acting.now(), acting.who, "read the administration record", detail=said))
    return sheet


@action(Permission.GIVE_DOSES)
def sign_out(acting: Acting, signing: SigningOut, *, demonstration: bool = False) -> RoundSheet:
    """Sign out a round with its count; one that was signed out before is signed out anew, with the reason."""
    now = acting.now()
    with acting.store.work() as work:
        before = _sheet(acting, work, signing.day, signing.part, demonstration=demonstration)
        _check(acting, before, signing)
        balances = _balances(before, signing.stock)
        if any(each.difference for each in balances):
            said_why(signing.remark, "The count differs from the record. Write what was done about it")
        if before.signed:
            said_why(signing.why, "This round was signed out before. Say why it is signed out anew")
        body = {
            "day": signing.day.isoformat(),
            "slot": signing.part,
            "medicines": [_written(each) for each in balances],
            "witness": signing.witness.strip(),
            "remark": signing.remark.strip(),
            "why": signing.why.strip(),
            "doses": sorted(before.doses),
            "not_written": len(before.not_written),
        }
        over = tuple(sorted(each.entry_id for each in before.signed))
        work.append([NewEntry("regime", KIND, body, acting.who, happened_at=now, supersedes=over)])
        said = f"{signing.part}, {show_day(signing.day)}: {len(before.doses)} doses"
        work.audit(AuditLine(now, acting.who, "signed out a medicine round", detail=said))
        return _sheet(acting, work, signing.day, signing.part, demonstration=demonstration)


def _check(acting: Acting, before: RoundSheet, signing: SigningOut) -> None:
    if signing.day > day_of(acting.now()):
        raise Refused(f"{show_day(signing.day)} has not come yet: a round is signed out when it has been given.")
    if before.doses != signing.seen:
        raise Changed("A dose of this round was written or corrected meanwhile: count it as it stands now.")
    if waiting := before.waiting:
        who = f"{waiting[0].who.name}, {waiting[0].medicine.words}"
        raise Refused(f"First write down what became of the dose that was handed out: {who}.")
    if not signing.witness.strip():
        raise Refused("A count is witnessed: write who counted with you.")
    if signing.witness.strip().casefold() == acting.who.name.casefold():
        raise Refused("The witness is somebody else than the one who signs.")


def _balances(before: RoundSheet, stock: Sequence[Stock]) -> tuple[Balance, ...]:
    by_medicine = {each.medicine: each for each in stock}
    if len(by_medicine) < len(stock):
        raise Refused("One medicine stands twice in the count: give each its own line once.")
    found = []
    for counted in before.counted:
        held = by_medicine.pop(counted.medicine, None)
        if held is None:
            raise Refused(f"{counted.medicine.words.capitalize()} has not been counted yet.")
        found.append(_balance(held, counted.given))
    found += [_balance(held, NOUGHT) for held in by_medicine.values()]
    return tuple(found)


def _balance(held: Stock, given: Milligrams) -> Balance:
    if held.wasted > NOUGHT:
        said_why(held.wasted_why, f"Say why {held.wasted} of {held.medicine.words} was wasted")
    return Balance(
        held.medicine, held.opening, held.received, given, held.wasted, held.wasted_why.strip(), held.closing
    )


def _sheet(acting: Acting, work: Work, day: date, part: str, *, demonstration: bool) -> RoundSheet:
    if part not in SLOTS:
        raise Refused("Choose one round of the day: morning, noon, evening or night.")
    lines = lines_of_round(work, day, part)
    history = _history(work)
    mine = tuple(each for each in history if (each.day, each.part) == (day, part))
    others = tuple(each for each in history if each not in mine)
    return RoundSheet(
        printing=printing_of(work, acting, demonstration=demonstration),
        day=day,
        part=part,
        lines=lines,
        counted=counted_of(lines, others),
        signed=mine,
    )


def _history(work: Work) -> tuple[SignedOut, ...]:
    """Every round signed out here that stands, oldest first; what a newer desk wrote in other words is left out."""
    found = [each for each in map(_read, work.establishment_entries(KIND)) if each is not None]
    return tuple(sorted(found, key=lambda each: (each.at, each.entry_id)))


def _read(entry: Entry) -> SignedOut | None:
    body: Mapping[str, Any] = entry.body or {}
    try:
        return SignedOut(
            entry_id=entry.id,
            day=date.fromisoformat(body["day"]),
            part=str(body["slot"]),
            at=entry.header.happened_at,
            by=entry.author,
            witness=str(body["witness"]),
            balances=tuple(_balance_of(each) for each in body["medicines"]),
            remark=str(body.get("remark", "")),
            why=str(body.get("why", "")),
            doses=frozenset(str(each) for each in body.get("doses", ())),
        )
    except (KeyError, TypeError, ValueError, QuantityRefused):
        return None


def _balance_of(body: Mapping[str, Any]) -> Balance:
    mg = {key: Milligrams.parse(str(body[key])) for key in ("opening", "received", "given", "wasted", "closing")}
    return Balance(
        Ordered(body["medicine"]),
        mg["opening"],
        mg["received"],
        mg["given"],
        mg["wasted"],
        str(body.get("wasted_why", "")),
        mg["closing"],
    )


def _written(balance: Balance) -> dict[str, object]:
    return {
        "medicine": balance.medicine.value,
        "opening": str(balance.opening),
        "received": str(balance.received),
        "given": str(balance.given),
        "wasted": str(balance.wasted),
        "wasted_why": balance.wasted_why,
        "closing": str(balance.closing),
    }
