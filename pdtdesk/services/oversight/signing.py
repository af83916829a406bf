"""The clinical lead signs a figure for the establishment, after having seen what would change and for whom.

A signature takes effect from the day it is signed on, or a later one; what held before is never rewritten. It is
written once in the journal, and every session that begins after it goes by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from pdtdesk.domain.calendar import day_of, show_day
from pdtdesk.domain.names import display_name
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.roles import Permission
from pdtdesk.policy.origin import Reference
from pdtdesk.policy.parameters import Parameters
from pdtdesk.policy.rising import out_of_order
from pdtdesk.policy.signed import LOCAL, LocalPolicy, SignedValue, beneath_on, check_signed, local_policy
from pdtdesk.policy.typed import NotSignable
from pdtdesk.policy.units import as_plain
from pdtdesk.services.acting import Acting, action
from pdtdesk.services.oversight.judges import JUDGES, Judge
from pdtdesk.services.oversight.local_policy import KIND, body_of, standing_signatures
from pdtdesk.services.ports import AuditLine, PersonRow, Progress, Work
from pdtdesk.services.refusals import Changed, Refused, said_why

PROPOSED = "proposed"
"""Stands for the id of what is proposed and not written yet."""


@dataclass(frozen=True, slots=True)
class Signing:
    """A figure as the lead would sign it: `value` in the plain form of `policy.typed`, or, `as_it_stands`, the
    product's own as `units.as_plain` has it."""

    parameter_id: str
    value: object
    first_day: date
    document: str
    section: str
    last_day: date | None = None
    as_it_stands: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was signed for a parameter from a day on shall hold no longer, and why."""

    parameter_id: str
    first_day: date
    why: str


Proposed = Signing | Withdrawal


@dataclass(frozen=True, slots=True)
class Changes:
    """What the rules would say otherwise of one person: (of what kind, the sentence) gone, and come."""

    patient_id: str
    name: str
    prison_number: str | None
    location: str | None
    gone: tuple[tuple[str, str], ...]
    come: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a proposal would change from `on`: for whom of those here. `whole` unless it was stopped.

    `unanswered` names those of whom the rules give no answer under it any more: such a figure is not signed.
    `basis` are the signatures that stood when it was looked at.
    """

    proposed: Proposed
    on: date
    looked_at: int
    changes: tuple[Changes, ...]
    unanswered: tuple[str, ...]
    basis: frozenset[str]
    whole: bool = True


@action(Permission.SIGN_GUIDANCE)
def preview(
    acting: Acting, proposed: Proposed, progress: Progress | None = None, judges: Sequence[Judge] = JUDGES
) -> Effect:
    """What would change for everybody who is here, from the day on which it would take effect; nothing is written.

    Raises `Refused` for what cannot be signed or withdrawn at all.
    """
    now = acting.now()
    on = max(proposed.first_day, day_of(now))
    changes: list[Changes] = []
    unanswered: list[str] = []
    with acting.store.reading() as work:
        signed, _ = standing_signatures(work)
        today, then = _both(acting, work, signed, proposed)
        here = work.present()
        looked_at = 0
        for row in here:
            if progress is not None and progress.stopped:
                break
            found, answered = _changes(work, row, (today.parameters, then.parameters), on, now, judges)
            looked_at += 1
            if found is not None:
                changes.append(found)
            if not answered:
                unanswered.append(display_name(row.surname, row.forenames))
            if progress is not None:
                progress.report(looked_at, len(here))
    whole = looked_at == len(here)
    with acting.store.work() as work:
        said = f"{proposed.parameter_id}: {looked_at} people looked at, {len(changes)} with a change"
        work.audit(AuditLine(now, acting.who, "looked at what local policy would change", detail=said))
    basis = frozenset(each.entry_id for each in signed)
    return Effect(proposed, on, looked_at, tuple(changes), tuple(unanswered), basis, whole)


@action(Permission.SIGN_GUIDANCE)
def sign(acting: Acting, signing: Signing, shown: Effect) -> Acting:
    """Sign a figure for the establishment; answers with who acts, from now on by the new policy.

    `shown` is what the lead has been shown of it: of exactly this, to the end, and on the policy that stands now.
    """
    return _write(acting, signing, shown)


@action(Permission.SIGN_GUIDANCE)
def withdraw(acting: Acting, withdrawal: Withdrawal, shown: Effect) -> Acting:
    """Let what was signed hold no longer from today; answers with who acts, from now on by the new policy.

    What had not begun never will; where two signatures did not agree, both are withdrawn.
    """
    return _write(acting, withdrawal, shown)


def _write(acting: Acting, proposed: Proposed, shown: Effect) -> Acting:
    now = acting.now()
    if shown.proposed != proposed or not shown.whole:
        raise Refused("What this would change has not been shown to the end. Show it, read it, then sign.")
    if shown.unanswered:
        raise Refused(
            f"By this figure the rules give no answer for {', '.join(shown.unanswered)}. Nothing was signed: choose "
            "another value, and tell whoever looks after this desk."
        )
    with acting.store.work() as work:
        signed, _ = standing_signatures(work)
        if shown.basis != {each.entry_id for each in signed}:
            raise Changed("Another figure has been signed since this was shown. Show again what it would change.")
        _, then = _both(acting, work, signed, proposed)
        new, replaced = _as_signed(acting, signed, proposed)
        body = body_of(new) | {"shown": {"looked_at": shown.looked_at, "changed": len(shown.changes)}}
        if isinstance(proposed, Withdrawal):
            body["why"] = proposed.why.strip()
        work.append([NewEntry("oversight", KIND, body, acting.who, supersedes=replaced)])
        done = "withdrew a figure of local policy" if isinstance(proposed, Withdrawal) else "signed a figure"
        work.audit(AuditLine(now, acting.who, done, detail=f"{new.parameter_id} from {show_day(new.first_day)}"))
    return replace(acting, policy=then.parameters)


def _both(
    acting: Acting, work: Work, signed: tuple[SignedValue, ...], proposed: Proposed
) -> tuple[LocalPolicy, LocalPolicy]:
    """Local policy as it stands, and with what is proposed; refuses a figure on the wrong side of another."""
    place = work.establishment().name
    new, replaced = _as_signed(acting, signed, proposed)
    after = [*(each for each in signed if each.entry_id not in replaced), new]
    then = local_policy(place, after, acting.policy)
    if isinstance(proposed, Signing):
        later = {each.first_day for each in after if each.first_day > proposed.first_day}
        if said := out_of_order(proposed.parameter_id, then.parameters, sorted({proposed.first_day, *later})):
            raise Refused(said)
    return local_policy(place, signed, acting.policy), then


def _as_signed(
    acting: Acting, signed: tuple[SignedValue, ...], proposed: Proposed
) -> tuple[SignedValue, tuple[str, ...]]:
    """What is proposed as it would stand in the journal, and the ids of what it takes the place of."""
    same = [each for each in signed if _key(each) == (proposed.parameter_id, proposed.first_day)]
    replaced = tuple(each.entry_id for each in same)
    today = day_of(acting.now())
    if isinstance(proposed, Withdrawal):
        return _withdrawn(same, proposed, today), replaced
    beneath = acting.policy.without(LOCAL)
    parameter = next((each for each in beneath.all if each.id == proposed.parameter_id), None)
    new = SignedValue(
        parameter_id=proposed.parameter_id,
        unit=parameter.unit if parameter else "",
        value=proposed.value,
        first_day=proposed.first_day,
        last_day=proposed.last_day,
        reference=Reference(proposed.document.strip(), proposed.section.strip()),
        signed_by=acting.who.name,
        signed_on=today,
        entry_id=PROPOSED,
        as_it_stands=proposed.as_it_stands,
        beneath=as_plain(beneath_on(parameter, proposed.first_day)) if parameter else None,
    )
    try:
        check_signed(new, beneath)
    except NotSignable as refused:
        raise Refused(refused.sentence) from refused
    return new, replaced


def _withdrawn(same: list[SignedValue], proposed: Withdrawal, today: date) -> SignedValue:
    said_why(proposed.why, "Say why it shall hold no longer")
    standing = [each for each in same if each.withdrawn_on is None]
    if not standing:
        raise Refused("Nothing that is signed here for this figure from that day still stands. Read the list again.")
    first = standing[0]
    contested = not all(first.agrees_with(each) for each in same)
    ends = first.first_day if contested else max(today, first.first_day)
    return replace(first, entry_id=PROPOSED, withdrawn_on=ends)


def _key(signed: SignedValue) -> tuple[str, date]:
    return (signed.parameter_id, signed.first_day)


def _changes(
    work: Work,
    row: PersonRow,
    policies: tuple[Parameters, Parameters],
    on: date,
    now: datetime,
    judges: Sequence[Judge],
) -> tuple[Changes | None, bool]:
    """What changes for one person, and whether the rules still answer for them under what is proposed."""
    person = work.person(row.patient_id)
    if person is None:
        return None, True
    gone: list[tuple[str, str]] = []
    come: list[tuple[str, str]] = []
    today, then = (policy.on(on) for policy in policies)
    for judge in judges:
        try:
            before = judge(work, person, today, now)
        except Exception:  # noqa: S112 - what fails by today's policy is no fault of the figure that is proposed
            continue
        try:
            after = judge(work, person, then, now)
        except Exception:  # whatever it is, a figure that leaves a rule without an answer must not be signed
            return None, False
        for kind in dict.fromkeys([*before, *after]):
            was, is_ = before.get(kind, frozenset()), after.get(kind, frozenset())
            gone += [(kind, sentence) for sentence in sorted(was - is_)]
            come += [(kind, sentence) for sentence in sorted(is_ - was)]
    if not (gone or come):
        return None, True
    name = display_name(row.surname, row.forenames)
    return Changes(row.patient_id, name, row.prison_number, row.location, tuple(gone), tuple(come)), True
