"""Opening a desk for one command: its folder, the clock that is right there, who signs in, and whether they may."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pdtdesk.cli.given import WrongUse, answer, password
from pdtdesk.services.ports import Clock, DeskStore, RandomBytes

if TYPE_CHECKING:
    from pdtdesk.services.acting import Acting
    from pdtdesk.store.door import DeskDoor
    from pdtdesk.store.keys.folder import DeskFolder


@dataclass(frozen=True, slots=True)
class Machine:
    """What the computer gives: its clock, and chance that nobody can foresee."""

    clock: Clock
    random_bytes: RandomBytes


@dataclass(frozen=True, slots=True)
class OpenedDesk:
    """A desk that somebody has signed in at, for one command."""

    folder: "DeskFolder"
    clock: Clock
    door: "DeskDoor"
    store: DeskStore
    acting: "Acting"


def where_and_when(asked: Namespace) -> "tuple[DeskFolder, Clock]":
    """The desk's folder, and the clock that is right there. Raises `NotADesk`."""
    from pdtdesk.store.keys.desk_file import read_desk
    from pdtdesk.store.place import desk_folder

    folder = desk_folder(asked.at)
    return folder, clock_of(asked, demonstration=read_desk(folder).desk.demonstration)


def clock_of(asked: Namespace, *, demonstration: bool) -> Clock:
    """The computer's clock; on a demonstration desk one that stands at its evening."""
    from pdtdesk.services.demonstration.evening import DEFAULT_TODAY, StandingClock, read_today

    machine: Machine = asked.machine
    if not demonstration:
        if asked.today is not None:
            raise WrongUse("--today is for demonstration desks; this desk goes by the clock of this computer.")
        return machine.clock
    return StandingClock(DEFAULT_TODAY if asked.today is None else read_today(asked.today))


@contextmanager
def signed_in(asked: Namespace, folder: "DeskFolder", clock: Clock) -> Iterator[OpenedDesk]:
    """A desk opened with a password, and shut again however the command ends."""
    from pdtdesk.policy.national import load_national
    from pdtdesk.services.desk import session
    from pdtdesk.store.demonstration import OVERLAY
    from pdtdesk.store.door import DeskDoor
    from pdtdesk.store.place import is_demonstration, secrets_of

    account = answer(asked.user, "--user", "User name")
    typed = password(asked)
    machine: Machine = asked.machine
    door = DeskDoor(folder, secrets_of(folder), clock=clock, random_bytes=machine.random_bytes)
    try:
        entered = door.enter(account, typed)
        if entered.must_change:
            raise WrongUse("This is a one-day password: sign in at the window once and choose your own first.")
        policy = load_national().over(OVERLAY) if is_demonstration(folder) else load_national()
        begun = session.begin(
            entered.store, entered.member_id, clock=clock, policy=policy, random_bytes=machine.random_bytes
        )
        yield OpenedDesk(folder, clock, door, entered.store, begun.acting)
        session.end(begun.acting, "the command ended")
    finally:
        door.close()


@contextmanager
def kept(asked: Namespace, what: str) -> Iterator[OpenedDesk]:
    """A desk opened by somebody who may keep it; what is done is audited before it is done."""
    from pdtdesk.domain.roles import Permission, may
    from pdtdesk.services.ports import AuditLine
    from pdtdesk.services.refusals import NotAllowed

    with signed_in(asked, *where_and_when(asked)) as desk:
        who = desk.acting.who
        allowed = may(who.role, Permission.KEEP_DESK)
        with desk.store.work() as work:
            said = what if allowed else f"refused: {what}"
            work.audit(AuditLine(desk.clock.now(), who, said, detail="by command"))
        if not allowed:
            raise NotAllowed(f"{who.role_title} {who.name} may not {Permission.KEEP_DESK.value}.")
        yield desk
