"""Who may do what, and under which name and role they stand on every entry."""

import pytest

from pdtdesk.domain.roles import ALLOWED, Permission, Role, may
from pdtdesk.domain.staff import Author, Member


def test_every_role_has_a_name_and_a_row_in_the_table() -> None:
    """Otherwise somebody signs in and the page that says who they are ends the program."""
    assert {role: role.words for role in Role} == {
        Role.NURSE: "Nurse",
        Role.CARAT: "CARAT",
        Role.PRESCRIBER: "Prescriber",
        Role.LEAD: "Clinical lead",
        Role.MANAGER: "Manager",
        Role.ADMIN: "Administrator",
    }
    assert set(ALLOWED) == set(Role)


@pytest.mark.parametrize("permission", Permission)
def test_a_role_of_a_newer_desk_may_do_nothing_here(permission: Permission) -> None:
    """Otherwise a role that this desk has never heard of reads and writes what it likes."""
    assert not may("pharmacist", permission)
    assert any(may(role, permission) for role in Role), "what nobody may do is of no use to anybody"


def test_a_prescriber_alone_signs_a_regime_and_a_nurse_gives_what_was_signed() -> None:
    """Otherwise a dose is started by somebody who may not answer for it (S-02)."""
    assert [role for role in Role if may(role, Permission.DECIDE_REGIME)] == [Role.PRESCRIBER]
    assert may("nurse", Permission.GIVE_DOSES)


def test_a_member_writes_under_their_name_role_and_number() -> None:
    """Otherwise an entry is signed by somebody whom no register knows."""
    prescriber = Member("m-1", "hc", "H. Castellan", "prescriber", registration="GMC 1234567")
    assert prescriber.author == Author("m-1", "H. Castellan", "prescriber", "GMC 1234567")
    assert prescriber.author.role_title == "Prescriber"


def test_a_role_of_a_newer_desk_stands_as_it_was_sent() -> None:
    """Otherwise a record that a newer desk wrote cannot be opened at this one."""
    assert Author("m-2", "P. Ndiaye", "pharmacist").role_title == "pharmacist"
