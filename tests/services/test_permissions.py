"""Every action × every role, by the one table: allowed, or refused and audited before anything happens."""

import importlib
import inspect
import pkgutil

import pytest
from factories import TestDesk

import pdtdesk.services
from pdtdesk.domain.roles import ALLOWED, Permission, Role
from pdtdesk.services.acting import ACTIONS, LEASE, Acting
from pdtdesk.services.refusals import NotAllowed

NOT_GATED = {
    # Begin and end a session: nobody is signed in yet, or anybody may leave.
    "desk.session.begin",
    "desk.session.end",
    # One's own password is everybody's to change.
    "desk.staff.change_own_password",
    # Made again by actions that have passed the gate, in their own unit of work.
    "reception.replanning.replan",
    # The demonstration's evening goes through the gated actions, each as the person who would do it.
    "demonstration.tonight.live_tonight",
}


def _modules():
    for found in pkgutil.walk_packages(pdtdesk.services.__path__, "pdtdesk.services."):
        yield importlib.import_module(found.name)


for _module in _modules():
    pass

CASES = [(name, role) for name in sorted(ACTIONS) for role in Role]


@pytest.mark.parametrize(("name", "role"), CASES, ids=lambda value: str(value))
def test_a_role_does_what_the_table_allows_and_nothing_else(desk: TestDesk, name: str, role: Role) -> None:
    """Otherwise a manager reads a clinical record, or an administrator writes a triage."""
    action = ACTIONS[name]
    if action.permission in ALLOWED[role]:
        with pytest.raises(TypeError):  # let through to the function, which misses its arguments or is answered
            action.function(desk.acting(role), surplus_argument=True)
    else:
        with pytest.raises(NotAllowed) as refusal:
            action.function(desk.acting(role), surplus_argument=True)
        assert action.permission.value in refusal.value.sentence
        with desk.store.reading() as work:
            assert work.audit_page(None, 1, None)[0].line.what == f"refused: {action.permission.value}"


def test_every_function_that_takes_who_acts_passes_the_gate() -> None:
    """Otherwise somebody adds an action and forgets to say who may."""
    ungated = []
    for module in _modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_"):
                continue
            takes = next(iter(inspect.signature(function).parameters.values()), None)
            full = f"{module.__name__.removeprefix('pdtdesk.services.')}.{name}"
            if takes is not None and takes.annotation in (Acting, "Acting") and full not in ACTIONS:
                ungated.append(full)
    assert sorted(set(ungated) - NOT_GATED) == []


def test_every_permission_is_somebodys_and_is_asked_for() -> None:
    """Otherwise a right stands in the table that nothing checks."""
    assert {permission for held in ALLOWED.values() for permission in held} == set(Permission)


def test_a_member_whose_lease_has_run_out_reads_nothing(desk: TestDesk) -> None:
    """Otherwise a disabled user still gets in on an old laptop."""
    acting = desk.acting(Role.NURSE)
    desk.clock.at += LEASE * 2
    with pytest.raises(NotAllowed, match="lease"):
        ACTIONS["reception.people.search"].function(acting, "spar")


def test_setting_the_clock_back_lengthens_no_lease(desk: TestDesk) -> None:
    """Otherwise turning the clock of an old laptop back keeps a revoked member in."""
    late = desk.acting(Role.NURSE)
    latest = desk.clock.now() + LEASE * 2
    turned_back = Acting(
        late.who, late.store, late.clock, late.policy, late.random_bytes, late.lease_until, latest=latest
    )
    with pytest.raises(NotAllowed, match="lease"):
        ACTIONS["reception.people.search"].function(turned_back, "spar")


def test_an_unknown_role_of_a_newer_desk_may_do_nothing() -> None:
    """Otherwise a word this version does not know opens everything."""
    from pdtdesk.domain.record.kinds import may_write
    from pdtdesk.domain.roles import may

    assert not any(may("visiting-consultant", permission) for permission in Permission)
    assert not may_write("visiting-consultant", "triage")
