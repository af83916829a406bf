"""Sessions, staff, leases, passwords and keys at one real encrypted desk."""

import pytest
from factories import PASSWORD, TestDesk, chance, national

from pdtdesk.domain.roles import Role
from pdtdesk.services.acting import LEASE
from pdtdesk.services.desk import session, staff
from pdtdesk.services.desk.staff import NewMember
from pdtdesk.services.oversight.audit import audit_page
from pdtdesk.services.refusals import NotAllowed, Refused
from pdtdesk.store.keys.errors import NoSuchMember, PasswordExpired, TooSoon, WrongPassword


def begin(desk: TestDesk, account: str, password: str = PASSWORD) -> session.Session:
    entered = desk.door.enter(account, password)
    return session.begin(
        entered.store, entered.member_id, clock=desk.clock, policy=national(), random_bytes=chance(5)
    )


def test_a_nurse_signs_in_and_the_desk_knows_her(desk: TestDesk) -> None:
    begun = begin(desk, "nurse")
    assert (begun.acting.who.name, begun.acting.who.role) == ("R. Adeyemi", "nurse")
    assert begun.establishment.name == "HMP Ashmoor"
    assert begun.notices == ()


def test_what_was_tried_is_audited_when_somebody_comes_in(desk: TestDesk) -> None:
    """Otherwise nobody learns that somebody guessed at passwords all night."""
    for _ in range(2):
        with pytest.raises(WrongPassword):
            desk.door.enter("lead", "guessed")
    begin(desk, "lead")
    seen = [row.line for row in audit_page(desk.acting(Role.LEAD))]
    assert [line.what for line in seen].count("sign-in: wrong_password") == 2
    assert all("guessed" not in line.detail for line in seen)
    told = {
        what: [line.detail for line in seen if line.what == f"sign-in: {what}"]
        for what in ("opened", "wrong_password")
    }
    assert "lead" in told["opened"]
    assert not any("attempt" in each for each in told["opened"]), "it reads as if she had tried so often"
    assert all(each.startswith("lead, attempt ") for each in told["wrong_password"])


def test_three_wrong_passwords_slow_the_fourth(desk: TestDesk) -> None:
    """Otherwise a found laptop can be guessed open over a weekend."""
    for _ in range(3):
        with pytest.raises(WrongPassword):
            desk.door.enter("lead", "guessed")
    with pytest.raises(TooSoon):
        desk.door.enter("lead", PASSWORD)
    desk.clock.advance(seconds=desk.door.seconds_to_wait("lead"))
    assert desk.door.enter("lead", PASSWORD).account == "lead"


def test_an_administrator_adds_a_nurse_who_can_then_sign_in(desk: TestDesk) -> None:
    new = NewMember("agency", "B. Agency", Role.NURSE, "first night here", "12A3456E")
    staff.add(desk.acting(Role.ADMIN), desk.door.keys, new)
    begun = begin(desk, "agency", "first night here")
    assert (begun.acting.who.name, begun.acting.who.registration) == ("B. Agency", "12A3456E")


@pytest.mark.parametrize("leave", [staff.retire, staff.revoke])
def test_who_has_left_does_not_come_in_again(desk: TestDesk, leave) -> None:
    """A disabled user still gets in on an old laptop."""
    leave(desk.acting(Role.ADMIN), desk.door.keys, desk.members[Role.CARAT])
    with pytest.raises(WrongPassword):
        desk.door.enter("carat", PASSWORD)
    assert begin(desk, "nurse").acting.who.name == "R. Adeyemi"
    left = next(member for member in staff.members(desk.acting(Role.ADMIN)) if member.account == "carat")
    assert not left.active


def test_one_who_left_is_refused_even_with_an_old_slot(desk: TestDesk) -> None:
    """A folder copied before they left still opens with its old key; the journal says no."""
    staff.retire(desk.acting(Role.ADMIN), desk.door.keys, desk.members[Role.CARAT])
    with pytest.raises(NotAllowed, match="left the establishment"):
        session.begin(
            desk.store, desk.members[Role.CARAT], clock=desk.clock, policy=national(), random_bytes=chance(5)
        )


@pytest.mark.hazard("H-005")
def test_the_last_administrator_stays(desk: TestDesk) -> None:
    """Otherwise nobody can add staff or renew a lease ever again."""
    second = staff.add(
        desk.acting(Role.ADMIN), desk.door.keys, NewMember("admin2", "Second Admin", Role.ADMIN, "second admin pw")
    )
    with pytest.raises(Refused, match="removes themselves"):
        staff.retire(desk.acting(Role.ADMIN), desk.door.keys, desk.members[Role.ADMIN])
    staff.retire(desk.acting(Role.ADMIN), desk.door.keys, second)


def test_a_lease_runs_out_and_an_administrator_renews_it(desk: TestDesk) -> None:
    desk.clock.at += LEASE * 2
    (notice,) = begin(desk, "nurse").notices
    assert "ran out" in notice
    assert staff.renew_leases(begin(desk, "admin").acting) == len(Role)
    assert begin(desk, "nurse").notices == ()


def test_a_clock_set_back_is_told_and_gives_nobody_more_time(desk: TestDesk) -> None:
    """Otherwise entries are dated before what they follow, and nobody knows."""
    desk.clock.advance(days=2)
    begin(desk, "nurse")
    staff.renew_leases(desk.acting(Role.ADMIN))
    desk.clock.advance(days=-3)
    begun = begin(desk, "nurse")
    assert any("clock of this computer" in notice for notice in begun.notices)
    assert begun.acting.lease_now() > desk.clock.now()


@pytest.mark.hazard("H-005")
def test_a_forgotten_password_at_three_in_the_morning(desk: TestDesk) -> None:
    """The clinical lead on that desk gives a new one-day password."""
    staff.reset_password(desk.acting(Role.LEAD), desk.door.keys, "nurse", "until tomorrow")
    entered = desk.door.enter("nurse", "until tomorrow")
    assert entered.must_change
    staff.change_own_password(
        begin(desk, "nurse", "until tomorrow").acting, desk.door.keys, "nurse", "until tomorrow", "my own again"
    )
    assert not desk.door.enter("nurse", "my own again").must_change


def test_a_one_day_password_is_good_for_a_day(desk: TestDesk) -> None:
    staff.reset_password(desk.acting(Role.LEAD), desk.door.keys, "nurse", "until tomorrow")
    desk.clock.advance(hours=25)
    with pytest.raises(PasswordExpired):
        desk.door.enter("nurse", "until tomorrow")


@pytest.mark.hazard("H-005")
def test_the_recovery_code_opens_the_desk_and_gives_a_new_password(desk: TestDesk) -> None:
    """Otherwise a lost password locks the whole night's record away."""
    desk.door.close()
    entered = desk.door.recover(desk.recovery_code, "lead", "back at last")
    with entered.store.reading() as work:
        assert work.establishment().name == "HMP Ashmoor"
    desk.door.close()
    assert desk.door.enter("lead", "back at last").account == "lead"
    with pytest.raises(NoSuchMember):
        desk.door.recover(desk.recovery_code, "nobody", "whatever this is")


def test_a_new_key_keeps_everybody_in_and_the_old_code_good(desk: TestDesk) -> None:
    staff.rotate_keys(desk.acting(Role.ADMIN), desk.door.keys)
    assert begin(desk, "nurse").establishment.code == "ASH"
    code = staff.renew_recovery(desk.acting(Role.ADMIN), desk.door.keys)
    desk.door.close()
    assert desk.door.recover(code, "lead", "by the new code").account == "lead"


def test_a_glass_over_the_desk_is_the_clinical_leads_alone(desk: TestDesk) -> None:
    desk.clock.at += LEASE * 2
    with pytest.raises(NotAllowed):
        session.break_glass(begin(desk, "carat").acting, None, "no administrator tonight")
    broken = session.break_glass(begin(desk, "lead").acting, None, "no administrator tonight")
    assert broken.glass_over(None) is not None
    assert audit_page(broken)[0].line.what == "broke glass"


def test_whoever_left_while_the_keys_could_not_be_changed_gets_no_key_at_the_next_change(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rotation failed that day (a full disk); the next one must not seal the new key to the one who left."""

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    admin = desk.acting(Role.ADMIN)
    with monkeypatch.context() as broken:
        broken.setattr("pdtdesk.store.door.rotate", full)
        with pytest.raises(OSError, match="no space"):
            staff.revoke(admin, desk.door.keys, desk.members[Role.NURSE])
    assert "nurse" in desk.door.accounts()
    staff.rotate_keys(admin, desk.door.keys)
    assert "nurse" not in desk.door.accounts()
    with pytest.raises(WrongPassword):
        desk.door.enter("nurse", PASSWORD)
