"""New staff, changed passwords, a forgotten one at 03:00; and one password at every desk of the establishment."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pdtdesk.store.keys.desk_file import Desk
from pdtdesk.store.keys.errors import (
    AccountRefused,
    AccountTaken,
    KeyFileDamaged,
    NoSuchMember,
    NotWritten,
    PasswordRefused,
    SlotAltered,
    WrongPassword,
)
from pdtdesk.store.keys.files import read_record, write_record
from pdtdesk.store.keys.members import Argon2Cost, MemberKeys, make_member, unseal_private
from pdtdesk.store.keys.slots import members_of, read_slot
from pdtdesk.store.keys.staff import add_member, change_password, reset_password
from tests.store.keys.desks import CHEAP, MARKER, NOW, PASSWORDS, ADesk, a_desk, a_member


def given_a_new_password(desk: ADesk, account: str = "nurse", typed: str = "one day only") -> MemberKeys:
    return reset_password(
        desk.folder,
        account,
        f"member-{account}",
        typed,
        expires_at=NOW + timedelta(days=1),
        in_force=desk.founded.candidate,
        secret=desk.founded.secret,
        cost=CHEAP,
        random_bytes=os.urandom,
    )


def changes(desk: ADesk, old: str, new: str, account: str = "nurse") -> MemberKeys:
    return change_password(
        desk.folder, account, old, new, in_force=desk.founded.candidate, cost=CHEAP, random_bytes=os.urandom
    )


def added(desk: ADesk, member: MemberKeys) -> MemberKeys:
    return add_member(
        desk.folder,
        member,
        in_force=desk.founded.candidate,
        secret=desk.founded.secret,
        random_bytes=os.urandom,
    )


def test_a_new_member_of_staff_opens_the_desk(desk: ADesk) -> None:
    added(desk, a_member("carat.1", "Drugs worker 3"))
    assert desk.what_it_holds(desk.sign_in("carat.1", "Drugs worker 3"))
    with pytest.raises(AccountTaken, match=r"carat\.1"):
        added(desk, a_member("carat.1", "Somebody else"))


def test_one_password_works_at_every_desk_of_the_establishment(desk: ADesk, tmp_path: Path) -> None:
    other = a_desk(tmp_path / "other", Desk("desk-two", "HMP-X", demonstration=True))
    travelled = MemberKeys.of(added(desk, a_member("carat.1", "Drugs worker 3")).fields())
    added(other, travelled)
    assert other.what_it_holds(other.sign_in("carat.1", "Drugs worker 3"))


def test_a_changed_password_opens_and_the_old_one_does_not(desk: ADesk) -> None:
    before = read_slot(desk.folder, 1, "nurse").member
    after = changes(desk, PASSWORDS["nurse"], "A better one 12")
    assert after.public_key == before.public_key
    with pytest.raises(WrongPassword):
        desk.sign_in("nurse")
    assert desk.what_it_holds(desk.sign_in("nurse", "A better one 12"))[0] == f"{MARKER} 0"


def test_a_password_is_changed_only_by_who_knows_the_old_one(desk: ADesk) -> None:
    with pytest.raises(WrongPassword):
        changes(desk, "a guess", "mine now")
    with pytest.raises(NoSuchMember):
        changes(desk, "a guess", "mine now", "nobody")
    for refused in ("", "seven l", "x" * 1025, "eight\0letters", "NURSE"):
        with pytest.raises(PasswordRefused):
            changes(desk, PASSWORDS["nurse"], refused)
    assert desk.sign_in("nurse")


def test_a_full_disk_while_a_password_is_changed_is_a_sentence_and_the_old_one_stands(
    desk: ADesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("pdtdesk.store.keys.files.os.fsync", full)
        with pytest.raises(NotWritten, match="No space left"):
            changes(desk, PASSWORDS["nurse"], "A better one 12")
    assert desk.what_it_holds(desk.sign_in("nurse"))


def test_a_forgotten_password_at_three_in_the_morning(desk: ADesk) -> None:
    """The clinical lead gives a one-day password; the nurse signs in with it and must choose another."""
    given = given_a_new_password(desk)
    assert given.must_change
    with pytest.raises(WrongPassword):
        desk.sign_in("nurse")
    opened = desk.sign_in("nurse", "one day only")
    assert opened.member.must_change
    assert desk.what_it_holds(opened)
    chosen = changes(desk, "one day only", "Mine again 44")
    assert not chosen.must_change
    assert chosen.expires_at is None
    assert not desk.sign_in("nurse", "Mine again 44").member.must_change


def test_the_end_of_a_one_day_password_cannot_be_moved(desk: ADesk) -> None:
    given_a_new_password(desk)
    path = desk.folder.slot(1, "nurse")
    fields = read_record(path)
    fields["member"]["expires_at"] = datetime(2030, 1, 1, tzinfo=UTC).isoformat()
    write_record(path, fields)
    with pytest.raises(WrongPassword):
        desk.sign_in("nurse", "one day only")


@pytest.mark.hazard("H-005")
def test_a_damaged_slot_is_mended_by_a_new_password(desk: ADesk) -> None:
    desk.folder.slot(1, "nurse").write_bytes(b"\0" * 900)
    with pytest.raises(KeyFileDamaged, match="new password"):
        desk.sign_in("nurse")
    given_a_new_password(desk)
    assert desk.what_it_holds(desk.sign_in("nurse", "one day only"))


def test_an_altered_slot_is_noticed(desk: ADesk) -> None:
    path = desk.folder.slot(1, "nurse")
    fields = read_record(path)
    fields["member"]["must_change"] = True
    write_record(path, fields)
    with pytest.raises(SlotAltered, match="nurse"):
        members_of(desk.folder, desk.founded.candidate)
    assert [m.account for m in members_of(desk.folder, desk.founded.candidate, without={"nurse"})] == [
        "admin",
        "lead",
    ]


@pytest.mark.parametrize(
    "account", ["", "recovery", "con", "NUL", "lpt1.x", "../x", "a/b", "a b", "é", ".x", "-x", "x.", "x" * 65, "a\0"]
)
def test_a_user_name_that_no_file_can_bear_is_refused(account: str) -> None:
    with pytest.raises(AccountRefused):
        make_member(account, "m", "password", cost=CHEAP, random_bytes=os.urandom)


def test_a_password_typed_on_another_keyboard_is_the_same_password() -> None:
    composed, decomposed = "caf\u00e9 at the gate", "cafe\u0301 at the gate"
    assert unseal_private(a_member("nurse", composed), decomposed)


def test_a_members_record_is_the_same_after_a_journey() -> None:
    member = make_member(
        "nurse",
        "m-1",
        "password",
        cost=Argon2Cost(128, 2, 2),
        random_bytes=os.urandom,
        one_day_until=datetime(2010, 6, 2, 3, 0, tzinfo=UTC),
    )
    assert MemberKeys.of(member.fields()) == member


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("argon2id", [1 << 40, 3, 4]),
        ("argon2id", [65536, True, 4]),
        ("argon2id", [8, 1, 4]),
        ("public_key", "AAAA"),
        ("public_key", None),
        ("salt", "!"),
        ("expires_at", "2010-06-01T03:00:00"),
        ("must_change", "yes"),
        ("account", 7),
    ],
)
def test_a_record_that_is_not_a_members_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the caller names the file; the field's own words do not reach anybody
        MemberKeys.of({**a_member().fields(), name: value})
