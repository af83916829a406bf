"""Every kind of entry that this version writes: its stage, its schema, and the roles that may write it.

Both the desk and the hub read this table; neither judges anything clinical by it. A kind that is not here is one
of a newer desk: kept, handed on, shown by its name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pdtdesk.domain.roles import Role

_CLINICIANS = frozenset({Role.NURSE, Role.PRESCRIBER, Role.LEAD})
_STAFFED = _CLINICIANS | {Role.CARAT}
_EVERYONE = frozenset(Role)
_GLASS = frozenset({Role.LEAD, Role.CARAT, Role.MANAGER})
_PRESCRIBERS = frozenset({Role.PRESCRIBER})
_LEADS = frozenset({Role.LEAD})


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry: the stage it belongs to, its schema, who may write it, and its name on the timeline."""

    name: str
    stage: str
    title: str
    writers: frozenset[Role]
    schema: int = 1
    of_establishment: bool = False


def _table(*kinds: Kind) -> Mapping[str, Kind]:
    return MappingProxyType({kind.name: kind for kind in kinds})


KINDS = _table(
    Kind("person", "reception", "Person", _CLINICIANS),
    Kind("arrival", "reception", "Arrived", _CLINICIANS),
    Kind("triage", "reception", "Triage", _CLINICIANS),
    Kind("score", "reception", "Score", _CLINICIANS),
    Kind("plan", "reception", "Tonight's plan", _CLINICIANS),
    Kind("task", "reception", "Task", _STAFFED),
    Kind("task_settled", "reception", "Task settled", _STAFFED),
    Kind("prescription_confirmed", "reception", "Community prescription", _CLINICIANS),
    Kind("confirmed", "reception", "Confirmed history", _CLINICIANS),
    Kind("joined", "reception", "Records joined", _CLINICIANS),
    Kind("told_apart", "reception", "Two people, told apart", _CLINICIANS),
    Kind("assessment", "regime", "Regime assessment", _CLINICIANS),
    Kind("regime", "regime", "Regime decided", _PRESCRIBERS),
    Kind("regime_ended", "regime", "Regime ended", _PRESCRIBERS),
    Kind("order", "regime", "Order signed", _PRESCRIBERS),
    Kind("order_ended", "regime", "Order stopped", _PRESCRIBERS),
    Kind("dose_begun", "regime", "Dose handed out", _CLINICIANS),
    Kind("dose", "regime", "Dose", _CLINICIANS),
    Kind("stop_lifted", "regime", "Stop lifted", _CLINICIANS),
    Kind("authorisation_signed", "regime", "Telephone order signed", _PRESCRIBERS),
    Kind("regime_review", "regime", "Regime reviewed", _PRESCRIBERS),
    Kind("round_signed_out", "regime", "Medicine round signed out", _CLINICIANS, of_establishment=True),
    Kind("parameter_signed", "oversight", "Figure signed", _LEADS, of_establishment=True),
    Kind("figures_shown", "oversight", "Figures by prescriber", _LEADS, of_establishment=True),
    Kind("entered_in_error", "sync", "Entered in error", _CLINICIANS),
    Kind("establishment", "oversight", "Establishment", _EVERYONE, of_establishment=True),
    Kind("desk", "oversight", "Desk", _EVERYONE, of_establishment=True),
    Kind("member", "oversight", "Member of staff", frozenset({Role.ADMIN}), of_establishment=True),
    Kind("lease", "oversight", "Lease", frozenset({Role.ADMIN}), of_establishment=True),
    Kind("glass", "oversight", "Glass broken", _GLASS, of_establishment=True),
)


def may_write(role: Role | str, kind: str) -> bool:
    """Whether a role may write a kind of entry. Unknown roles and unknown kinds may not be written here."""
    known = KINDS.get(kind)
    return known is not None and role in known.writers
