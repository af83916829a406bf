"""Who may open the desk: added, helped, ended; each with the right to do so, and each audited."""

from collections.abc import Iterator

import pytest
from at_desk import AtDesk, sitting_at
from factories import NAMES, PASSWORD, TestDesk

from pdtdesk.domain.roles import Permission, Role, may
from pdtdesk.ui.desk.staff import StaffPage


@pytest.fixture
def at(qtbot, desk: TestDesk) -> Iterator[AtDesk]:
    with sitting_at(qtbot, desk) as made:
        yield made


def staff_page(at: AtDesk, role: Role = Role.ADMIN) -> StaffPage:
    at.sign_in(role)
    return at.show(StaffPage(at.station))


def fill(form, **answers: str) -> None:
    for key, answer in answers.items():
        form.fields[key].set_value(answer)


@pytest.mark.parametrize("role", list(Role))
def test_what_a_role_may_not_do_is_not_offered(at: AtDesk, role: Role) -> None:
    page = staff_page(at, role)
    offered = {
        Permission.MANAGE_STAFF: (page.list, page.add, page.end),
        Permission.RESET_PASSWORDS: (page.one_day,),
        Permission.RENEW_LEASES: (page.leases,),
        Permission.ROTATE_KEYS: (page.keys, page.new_code),
    }
    for permission, cards in offered.items():
        for card in cards:
            assert card.isVisibleTo(page) is may(role, permission), (role, permission)


def test_a_new_nurse_signs_in_with_a_password_that_only_lasts_a_day(at: AtDesk) -> None:
    page = staff_page(at)
    fill(page.add, account="New.Nurse", name="N. Field", role="nurse", password="one grey heron", registration="")
    page.add.submit()
    at.settle()
    assert "N. Field can sign in" in page.add.notice.sentence()
    entered = at.ask(lambda door: door.enter("new.nurse", "one grey heron"))
    assert entered.must_change, "the administrator knows this password, so it must not last"
    assert at.begin(entered).acting.who.name == "N. Field"
    assert "new.nurse" in {member.account for member in page._members}, "the list is read again by itself"
    assert page.add.value("password") == ""


def test_a_user_name_that_is_taken_is_said_and_nothing_is_added(at: AtDesk) -> None:
    page = staff_page(at)
    before = len(page.table.ids())
    fill(page.add, account="nurse", name="N. Field", role="nurse", password="one grey heron")
    page.add.submit()
    at.settle()
    assert "is taken" in page.add.notice.sentence()
    assert len(page.table.ids()) == before


def test_somebody_leaves_only_when_their_user_name_was_typed(at: AtDesk, desk: TestDesk) -> None:
    page = staff_page(at)
    page.table.selectRow(page.table.ids().index(desk.members[Role.CARAT]))
    fill(page.end, how="retire", account="nurse")
    page.end.submit()
    at.settle()
    assert NAMES[Role.CARAT] in page.end.fields["account"].error()
    assert at.ask(lambda door: door.enter("carat", PASSWORD).account) == "carat"
    fill(page.end, account="carat")
    page.end.submit()
    at.settle()
    assert "no longer opens this desk" in page.end.notice.sentence()
    assert "carat" not in at.ask(lambda door: door.accounts())
    left = next(member for member in page._members if member.account == "carat")
    assert not left.active


def test_the_last_administrator_stays(at: AtDesk, desk: TestDesk) -> None:
    page = staff_page(at)
    page.table.selectRow(page.table.ids().index(desk.members[Role.ADMIN]))
    fill(page.end, how="revoke", account="admin")
    page.end.submit()
    at.settle()
    assert "Nobody removes themselves" in page.end.notice.sentence()
    assert "admin" in at.ask(lambda door: door.accounts())


def test_a_clinical_lead_gives_a_one_day_password_at_three_in_the_morning(at: AtDesk) -> None:
    page = staff_page(at, Role.LEAD)
    fill(page.one_day, account="nurse", password="one grey heron")
    page.one_day.submit()
    at.settle()
    assert "for a day" in page.one_day.notice.sentence()
    assert at.ask(lambda door: door.enter("nurse", "one grey heron").must_change)
    assert not at.wrong


def test_an_administrator_whose_own_lease_ran_out_renews_everybodys_and_can_go_on(at: AtDesk) -> None:
    at.clock.advance(days=15)
    page = staff_page(at)
    assert "has run out" in page.notice.sentence()
    page.leases.submit()
    at.settle()
    assert "6 members of staff" in page.leases.notice.sentence()
    at.settle()
    assert len(page.table.ids()) == 6, "with the lease renewed the list can be read, without signing in again"
    assert page.notice.sentence() == ""


def test_a_new_key_opens_with_the_same_passwords(at: AtDesk) -> None:
    page = staff_page(at)
    page.keys.submit()
    at.settle()
    assert "has a new key" in page.keys.notice.sentence()
    assert at.ask(lambda door: door.enter("nurse", PASSWORD).account) == "nurse"


def test_a_new_recovery_code_stays_until_it_is_on_paper(at: AtDesk, desk: TestDesk) -> None:
    page = staff_page(at)
    page.new_code.submit()
    at.settle()
    code = page.code.code()
    assert code
    assert code != desk.recovery_code
    assert page.may_leave() != ""
    page.code.print.click()
    at.settle()
    assert at.paper.recovery_sheets[0].desk_name == "Reception 1"
    fill(page.code, group=code[-5:])
    page.code.submit()
    assert page.may_leave() == ""


def test_what_was_typed_goes_when_another_person_comes(at: AtDesk) -> None:
    page = staff_page(at)
    fill(page.add, account="n.field", name="N. Field", password="one grey heron")
    at.station.session = None
    at.station.signals.ended.emit()
    assert page.add.value("password") == ""
    assert page.table.ids() == ()
