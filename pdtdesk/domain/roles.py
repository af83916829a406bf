"""Who may do what at a desk: six roles and their permissions, in one table that the tests walk."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What a member of staff is at this establishment. A new role of a newer desk is kept as a plain word."""

    NURSE = "nurse"
    CARAT = "carat"
    PRESCRIBER = "prescriber"
    LEAD = "lead"
    MANAGER = "manager"
    ADMIN = "admin"

    @property
    def words(self) -> str:
        """The role as it stands on the screen."""
        return _TITLES[self]


_TITLES: Mapping["Role", str] = MappingProxyType(
    {
        Role.NURSE: "Nurse",
        Role.CARAT: "CARAT",
        Role.PRESCRIBER: "Prescriber",
        Role.LEAD: "Clinical lead",
        Role.MANAGER: "Manager",
        Role.ADMIN: "Administrator",
    }
)


class Permission(StrEnum):
    """One thing that a role may or may not do. The words stand in refusals: "may not *take in arrivals*"."""

    SEE_PEOPLE = "see who is here"
    SEE_CLINICAL = "see the clinical record"
    TAKE_IN_ARRIVALS = "take in arrivals"
    WRITE_TRIAGE = "write a triage"
    CONFIRM_PRESCRIPTION = "confirm a community prescription"
    SETTLE_TASKS = "settle tasks"
    JOIN_RECORDS = "join two records of one person"
    MARK_IN_ERROR = "mark an entry as entered in error"
    PRINT_CLINICAL = "print clinical sheets"
    PRINT_CUSTODY = "print the list for custody staff"
    BREAK_GLASS = "open a record without the usual right, with a reason"
    READ_AUDIT = "read the audit page"
    MANAGE_STAFF = "add, change and remove staff"
    RESET_PASSWORDS = "give a new one-day password"
    RENEW_LEASES = "renew leases"
    KEEP_DESK = "verify, rebuild and back up the desk"
    ROTATE_KEYS = "change the desk's keys"
    ASSESS_REGIME = "write what a regime is decided on"
    DECIDE_REGIME = "sign a regime or an order"
    GIVE_DOSES = "give doses"
    LIFT_STOPS = "record that a prescriber has lifted a stop"
    SETTLE_CONFLICTS = "settle two accounts of one dose or regime"
    SIGN_GUIDANCE = "sign figures of local policy"
    SEE_FIGURES = "see the figures of treatment"
    SEE_BY_PRESCRIBER = "see figures by prescriber"


_P = Permission
_CLINICAL = {_P.SEE_PEOPLE, _P.SEE_CLINICAL, _P.PRINT_CUSTODY, _P.KEEP_DESK}
_RECEPTION = _CLINICAL | {
    _P.TAKE_IN_ARRIVALS,
    _P.WRITE_TRIAGE,
    _P.CONFIRM_PRESCRIPTION,
    _P.SETTLE_TASKS,
    _P.JOIN_RECORDS,
    _P.MARK_IN_ERROR,
    _P.PRINT_CLINICAL,
    _P.ASSESS_REGIME,
    _P.GIVE_DOSES,
    _P.LIFT_STOPS,
}
_SIGNS_GUIDANCE = {_P.SIGN_GUIDANCE, _P.SEE_FIGURES, _P.SEE_BY_PRESCRIBER, _P.SETTLE_CONFLICTS}

ALLOWED: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.NURSE: frozenset(_RECEPTION),
        Role.PRESCRIBER: frozenset(_RECEPTION | {_P.DECIDE_REGIME, _P.SETTLE_CONFLICTS}),
        Role.LEAD: frozenset(_RECEPTION | _SIGNS_GUIDANCE | {_P.BREAK_GLASS, _P.READ_AUDIT, _P.RESET_PASSWORDS}),
        Role.CARAT: frozenset({_P.SEE_PEOPLE, _P.SETTLE_TASKS, _P.PRINT_CUSTODY, _P.BREAK_GLASS, _P.KEEP_DESK}),
        Role.MANAGER: frozenset({_P.SEE_PEOPLE, _P.PRINT_CUSTODY, _P.BREAK_GLASS, _P.KEEP_DESK, _P.SEE_FIGURES}),
        Role.ADMIN: frozenset({_P.MANAGE_STAFF, _P.RESET_PASSWORDS, _P.RENEW_LEASES, _P.KEEP_DESK, _P.ROTATE_KEYS}),
    }
)


def may(role: Role | str, permission: Permission) -> bool:
    """Whether a role may do a thing. A role this desk does not know may do nothing."""
    try:
        return permission in ALLOWED[Role(role)]
    except ValueError:
        return False
