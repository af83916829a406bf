"""Three wrong passwords slow the fourth, and everything that was tried reaches the audit."""

from datetime import datetime, timedelta

import pytest

from pdtdesk.store.keys import attempts
from pdtdesk.store.keys.attempts import Outcome, Tried
from pdtdesk.store.keys.errors import KeyringTrouble, PasswordExpired, RecoveryCodeMistyped, TooSoon, WrongPassword
from pdtdesk.store.keys.sign_in import sign_in, sign_in_with_recovery
from pdtdesk.store.keys.slots import Opened
from pdtdesk.store.keys.staff import reset_password
from tests.store.keys.desks import CHEAP, NOW, PASSWORDS, ADesk


def tries(desk: ADesk, password: str, at: datetime, account: str = "nurse") -> Opened:
    return sign_in(desk.folder, account, password, desk.secrets, now=at, cost=CHEAP, random_bytes=lambda n: bytes(n))


def fails(desk: ADesk, at: datetime, account: str = "nurse") -> None:
    with pytest.raises(WrongPassword):
        tries(desk, "wrong", at, account)


def waits(desk: ADesk, at: datetime, account: str = "nurse") -> int:
    with pytest.raises(TooSoon) as slowed:
        tries(desk, PASSWORDS.get(account, "any"), at, account)
    assert str(slowed.value.seconds) in str(slowed.value)
    return slowed.value.seconds


def drained(desk: ADesk) -> list[Tried]:
    got: list[Tried] = []
    attempts.drain(desk.folder, NOW, lambda tried, _left_out: got.extend(tried))
    return got


def test_three_wrong_passwords_slow_the_fourth_and_the_wait_grows_to_five_minutes(desk: ADesk) -> None:
    at = NOW
    for _ in range(3):
        fails(desk, at)
    for seconds in (5, 15, 60, 300, 300, 300):
        assert waits(desk, at) == seconds
        assert waits(desk, at + timedelta(seconds=seconds - 1)) == 1
        at += timedelta(seconds=seconds)
        fails(desk, at)


def test_a_right_password_after_the_wait_ends_it(desk: ADesk) -> None:
    for _ in range(3):
        fails(desk, NOW)
    assert tries(desk, PASSWORDS["nurse"], NOW + timedelta(seconds=5))
    fails(desk, NOW + timedelta(seconds=6))
    assert attempts.seconds_to_wait(desk.folder, "nurse", NOW + timedelta(seconds=6)) == 0


def test_one_persons_wrong_passwords_do_not_slow_another(desk: ADesk) -> None:
    for _ in range(3):
        fails(desk, NOW)
    assert tries(desk, PASSWORDS["lead"], NOW, "lead")


def test_a_clock_set_back_does_not_lift_the_wait_nor_lock_anybody_out_for_a_year(desk: ADesk) -> None:
    for _ in range(3):
        fails(desk, NOW)
    earlier = NOW - timedelta(days=365)
    assert waits(desk, earlier) == 5
    assert waits(desk, earlier + timedelta(seconds=3)) == 2
    assert tries(desk, PASSWORDS["nurse"], earlier + timedelta(seconds=5))


def test_an_unknown_name_is_slowed_too_and_is_not_written_down(desk: ADesk) -> None:
    typed = "My.Password.In.The.Wrong.Box"
    for _ in range(3):
        fails(desk, NOW, typed)
    assert waits(desk, NOW, typed) == 5
    content = desk.folder.attempts.read_bytes().lower()
    assert typed.lower().encode() not in content
    assert b"wrong" not in content.replace(b"wrong_password", b"")


def test_many_tries_at_once_gain_nothing(desk: ADesk) -> None:
    """Each counts as wrong before the password is looked at, so that a kill gains nothing either."""
    for _ in range(3):
        attempts.begin(desk.folder, "nurse", NOW)
    assert waits(desk, NOW) == 5
    assert [t.outcome for t in drained(desk)] == [Outcome.INTERRUPTED] * 3 + [Outcome.SLOWED]


def test_a_keyrings_fault_is_not_counted_against_anybody(desk: ADesk) -> None:
    desk.secrets.delete(desk.founded.desk.desk_id)
    for _ in range(5):
        with pytest.raises(KeyringTrouble):
            tries(desk, PASSWORDS["nurse"], NOW)
    assert attempts.seconds_to_wait(desk.folder, "nurse", NOW) == 0


def test_what_was_tried_reaches_the_audit_once_it_is_committed(desk: ADesk) -> None:
    fails(desk, NOW)
    tries(desk, PASSWORDS["nurse"], NOW + timedelta(seconds=1))
    with pytest.raises(RecoveryCodeMistyped):
        sign_in_with_recovery(desk.folder, "no code", now=NOW + timedelta(seconds=2))

    def not_committed(tried: tuple[Tried, ...], left_out: int) -> None:
        assert len(tried) == 3
        assert left_out == 0
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        attempts.drain(desk.folder, NOW, not_committed)
    assert drained(desk) == [
        Tried(1, "nurse", NOW, Outcome.WRONG),
        Tried(2, "nurse", NOW + timedelta(seconds=1), Outcome.OPENED),
        Tried(3, "recovery", NOW + timedelta(seconds=2), Outcome.RECOVERY_WRONG),
    ]
    assert drained(desk) == []
    fails(desk, NOW)
    assert [t.serial for t in drained(desk)] == [4]


def test_what_is_tried_while_the_audit_is_written_is_not_lost(desk: ADesk) -> None:
    fails(desk, NOW)
    attempts.drain(desk.folder, NOW, lambda _tried, _left_out: fails(desk, NOW, "lead"))
    assert [(t.serial, t.account) for t in drained(desk)] == [(2, "lead")]


def test_nobody_fills_the_disk_by_typing(desk: ADesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "MOST_WAITING", 4)
    for minutes in range(6):
        fails(desk, NOW + timedelta(minutes=10 * minutes))
    counted: list[int] = []
    assert attempts.drain(desk.folder, NOW, lambda _tried, left_out: counted.append(left_out)) == 4
    assert counted == [2]
    assert attempts.drain(desk.folder, NOW, lambda *_: pytest.fail("nothing waits")) == 0


def test_a_damaged_record_of_attempts_keeps_nobody_out_and_is_itself_audited(desk: ADesk) -> None:
    fails(desk, NOW)
    desk.folder.attempts.write_bytes(b"{}")
    assert tries(desk, PASSWORDS["nurse"], NOW)
    assert [t.outcome for t in drained(desk)] == [Outcome.RECORD_LOST, Outcome.OPENED]


def test_a_one_day_password_ends_with_its_day_whatever_the_clock_is_set_back_to(desk: ADesk) -> None:
    tomorrow = NOW + timedelta(days=1)
    reset_password(
        desk.folder,
        "nurse",
        "member-nurse",
        "one day only",
        expires_at=tomorrow,
        in_force=desk.founded.candidate,
        secret=desk.founded.secret,
        cost=CHEAP,
        random_bytes=lambda n: bytes(range(n)),
    )
    opened = tries(desk, "one day only", NOW)
    assert opened.member.must_change
    with pytest.raises(PasswordExpired, match="run out"):
        tries(desk, "one day only", tomorrow)
    with pytest.raises(PasswordExpired):
        tries(desk, "one day only", NOW)
    assert [t.outcome for t in drained(desk)] == [Outcome.OPENED, Outcome.EXPIRED, Outcome.EXPIRED]


def test_a_record_of_attempts_that_was_taken_away_is_told(desk: ADesk) -> None:
    """Whoever deletes the file to guess on leaves a line in the audit that says so."""
    desk.folder.attempts.unlink()
    told: list[Outcome] = []
    attempts.note(desk.folder, "nurse", NOW, Outcome.WRONG)
    attempts.drain(desk.folder, NOW, lambda tried, _left_out: told.extend(each.outcome for each in tried))
    assert Outcome.RECORD_LOST in told
