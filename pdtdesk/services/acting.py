"""Who acts, at which desk, at what moment; and the gate that every action passes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from pdtdesk.domain.roles import Permission, may
from pdtdesk.domain.staff import Author
from pdtdesk.policy.parameters import Parameters
from pdtdesk.services.ports import AuditLine, Clock, DeskStore, RandomBytes
from pdtdesk.services.refusals import NotAllowed

_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Acting:
    """A signed-in member of staff at an opened desk.

    `lease_until` is the instant up to which this member may use the desk for anything but sync; None where the
    member has no lease at this desk yet. `glass_until` is the end of a broken glass, or None.
    """

    who: Author
    store: DeskStore
    clock: Clock
    policy: Parameters
    random_bytes: RandomBytes
    lease_until: datetime | None = None
    glass_until: datetime | None = None

    def now(self) -> datetime:
        """This instant."""
        return self.clock.now()


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
            _admit(acting, name, permission)
            return function(acting, *args, **kwargs)

        _ACTIONS[name] = Action(name, permission, guarded)
        return guarded

    return gate


def _admit(acting: Acting, name: str, permission: Permission) -> None:
    if not may(acting.who.role, permission):
        _refuse(acting, name, f"{acting.who.role_title} {acting.who.name} may not {permission.value}.")
    now = acting.now()
    leased = acting.lease_until is not None and now <= acting.lease_until
    glass = acting.glass_until is not None and now <= acting.glass_until
    if not leased and not glass and permission not in _WITHOUT_LEASE:
        _refuse(
            acting,
            name,
            f"The lease of {acting.who.name} on this desk has run out. An administrator of the establishment renews "
            "it on this desk; a clinical lead may break glass meanwhile.",
        )


_WITHOUT_LEASE = frozenset({Permission.BREAK_GLASS, Permission.RENEW_LEASES, Permission.KEEP_DESK})


def _refuse(acting: Acting, name: str, sentence: str) -> None:
    with acting.store.work() as work:
        work.audit(AuditLine(acting.now(), acting.who, f"refused: {name}", detail=sentence))
    raise NotAllowed(sentence)
