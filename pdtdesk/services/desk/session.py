"""A person's session at a desk: begun with a password, ended by a lock; the desk's key stays meanwhile."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pdtdesk.domain.calendar import day_of, show_day, show_instant
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.roles import Permission
from pdtdesk.domain.staff import Establishment
from pdtdesk.policy.parameters import Parameters
from pdtdesk.services.acting import GLASS, Acting, Glass, action
from pdtdesk.services.oversight.local_policy import lay_over
from pdtdesk.services.ports import AuditLine, Clock, DeskStore, RandomBytes, Work
from pdtdesk.services.refusals import NotAllowed, Refused

BROKE_GLASS = "broke glass"
"""What the audit calls it; the lines of what was done by that glass bear its right, and say what they did."""

SOON = timedelta(days=3)
"""When the end of a lease is spoken of beforehand."""

CLOCK_TOLERANCE = timedelta(minutes=5)
"""How far the clock may stand behind the newest entry before it is spoken of."""


@dataclass(frozen=True, slots=True)
class Session:
    """A member of staff signed in: what they act with, where, and what they should know first."""

    acting: Acting
    establishment: Establishment
    desk_name: str
    notices: tuple[str, ...] = ()


def begin(
    store: DeskStore, member_id: str, *, clock: Clock, policy: Parameters, random_bytes: RandomBytes
) -> Session:
    """Begin the session of a member whose password has opened the desk, by the guidance with what is signed here.

    Raises `NotAllowed` for one who has left.
    """
    now = clock.now()
    with store.work() as work:
        member = next((each for each in work.members() if each.id == member_id), None)
        latest = work.latest()
        if member is None or not member.active:
            work.audit(AuditLine(now, member.author if member else None, "refused: signed in after leaving"))
        else:
            work.audit(AuditLine(now, member.author, "signed in"))
        establishment, desk_name = work.establishment(), work.desk_name()
        glasses = _broken(work, member_id, now if latest is None else max(now, latest))
        policy, left_out = lay_over(work, policy, day_of(now))
    if member is None or not member.active:
        raise NotAllowed("This account has left the establishment. An administrator can add it again.")
    acting = Acting(member.author, store, clock, policy, random_bytes, member.lease_until, latest, glasses)
    return Session(acting, establishment, desk_name, (*_notices(acting), *left_out))


def end(acting: Acting, why: str) -> None:
    """End a person's session: the screen was locked, by hand or by itself."""
    with acting.store.work() as work:
        work.audit(AuditLine(acting.now(), acting.who, "locked", detail=why))


@action(Permission.BREAK_GLASS)
def break_glass(acting: Acting, patient_id: str | None, reason: str) -> Acting:
    """Take a right that the role or the lease does not give, with a reason; the clinical lead sees it.

    Over one person's record, or, for a clinical lead whose lease has run out, over the desk (`patient_id` None).
    """
    if not reason.strip():
        raise Refused("Say why the record has to be opened now: the clinical lead will read it.")
    if patient_id is None and acting.who.role != "lead":
        raise NotAllowed("Only a clinical lead may break glass over the whole desk.")
    until = acting.lease_now() + GLASS
    body = {"member": acting.who.id, "patient": patient_id, "until": until.isoformat(), "reason": reason.strip()}
    with acting.store.work() as work:
        work.append([NewEntry("oversight", "glass", body, acting.who)])
        work.audit(AuditLine(acting.now(), acting.who, BROKE_GLASS, patient_id, "break_glass", reason.strip()))
    return replace(acting, glasses=(*acting.glasses, Glass(patient_id, until, reason.strip())))


def _broken(work: Work, member_id: str, now: datetime) -> tuple[Glass, ...]:
    """What this member broke and may still look through: it outlasts a lock."""
    found = []
    for entry in work.establishment_entries("glass"):
        body = entry.body or {}
        until = datetime.fromisoformat(body["until"])
        if body["member"] == member_id and now <= until:
            found.append(Glass(body["patient"], until, body["reason"]))
    return tuple(found)


def _notices(acting: Acting) -> tuple[str, ...]:
    notices = []
    now, latest = acting.now(), acting.latest
    if latest is not None and now < latest - CLOCK_TOLERANCE:
        notices.append(
            f"The clock of this computer says {show_instant(now)}, but the newest entry was written at "
            f"{show_instant(latest)}. Set the clock before anything is written down by time."
        )
    until = acting.lease_until
    if until is None or acting.lease_now() > until:
        ended = f" on {show_day(until.date())}" if until else ""
        notices.append(f"Your lease on this desk ran out{ended}. An administrator renews it on this desk.")
    elif until - acting.lease_now() <= SOON:
        notices.append(f"Your lease on this desk ends {_when(until)}. An administrator renews it on this desk.")
    return tuple(notices)


def _when(until: datetime) -> str:
    return show_instant(until)
