"""Who acts, at which desk, at what moment; and the gate that every action passes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, NoReturn, ParamSpec, TypeVar

from pdtdesk.domain.roles import Permission, may
from pdtdesk.domain.staff import Author
from pdtdesk.policy.parameters import Parameters
from pdtdesk.services.ports import AuditLine, Clock, DeskStore, RandomBytes
from pdtdesk.services.refusals import NotAllowed

_P = ParamSpec("_P")
_T = TypeVar("_T")


LEASE = timedelta(days=14)
"""How long a member may use a desk after a lease was given: by the design of the record, not a clinical figure."""

GLASS = timedelta(hours=72)
"""How long a glass stays broken; as `LEASE`."""


@dataclass(frozen=True, slots=True)
class Glass:
    """A right taken with a reason, audited: over one person's record, or over the desk where `patient_id` is None."""

    patient_id: str | None
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Acting:
    """A signed-in member of staff at an opened desk.

    `lease_until` is the instant up to which this member may use the desk for anything but sync; None where the
    member has no lease at this desk yet. `latest` is the newest entry's instant at sign-in: the lease clock never
    runs behind it. `glasses` are what was broken since.
    """

    who: Author
    store: DeskStore
    clock: Clock
    policy: Parameters
    random_bytes: RandomBytes
    lease_until: datetime | None = None
    latest: datetime | None = None
    glasses: tuple[Glass, ...] = ()

    def now(self) -> datetime:
        """This instant."""
        return self.clock.now()

    def lease_now(self) -> datetime:
        """This instant as leases count it: setting the clock back gives nobody more time."""
        now = self.now()
        return now if self.latest is None else max(now, self.latest)

    def glass_over(self, patient_id: str | None) -> Glass | None:
        """A broken glass that covers a person's record, or the desk where None is asked for."""
        now = self.lease_now()
        return next((glass for glass in self.glasses if glass.patient_id == patient_id and now <= glass.until), None)


@dataclass(frozen=True, slots=True)
class Action:
    """An action of the product and the permission that it asks for."""

    name: str
    permission: Permission
    function: Callable[..., object]


_ACTIONS: dict[str, Action] = {}
ACTIONS: Mapping[str, Action] = _ACTIONS


def action(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Acting, _P], _T]], Callable[Concatenate[Acting, _P], _T]]:
    """Let only those with a permission through; what is refused is audited before it is said."""

    def gate(function: Callable[Concatenate[Acting, _P], _T]) -> Callable[Concatenate[Acting, _P], _T]:
        name = f"{function.__module__.removeprefix('pdtdesk.services.')}.{function.__name__}"

        @wraps(function)
        def guarded(acting: Acting, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
            _admit(acting, permission)
            return function(acting, *args, **kwargs)

        _ACTIONS[name] = Action(name, permission, guarded)
        return guarded

    return gate


def _admit(acting: Acting, permission: Permission) -> None:
    if not may(acting.who.role, permission):
        _refuse(acting, permission, f"{acting.who.role_title} {acting.who.name} may not {permission.value}.")
    with acting.store.reading() as work:
        if not work.is_member(acting.who.id):
            left = f"{acting.who.name} has left the establishment; this session is over. Lock the desk."
            raise NotAllowed(left)
    leased = acting.lease_until is not None and acting.lease_now() <= acting.lease_until
    if not leased and acting.glass_over(None) is None and permission not in _WITHOUT_LEASE:
        _refuse(
            acting,
            permission,
            f"The lease of {acting.who.name} on this desk has run out. An administrator of the establishment renews "
            "it on this desk; a clinical lead may break glass meanwhile.",
        )


_WITHOUT_LEASE = frozenset({Permission.BREAK_GLASS, Permission.RENEW_LEASES, Permission.KEEP_DESK})


def _refuse(acting: Acting, permission: Permission, sentence: str) -> NoReturn:
    with acting.store.work() as work:
        work.audit(AuditLine(acting.now(), acting.who, f"refused: {permission.value}", detail=sentence))
    raise NotAllowed(sentence)
