"""Who opens a desk, and what is said when it does not open."""

import os
import pickle
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pdtdesk.store.keys.desk_file import Desk, read_desk
from pdtdesk.store.keys.errors import (
    ForeignSlot,
    KeyFileDamaged,
    KeyringChanged,
    KeysError,
    NewerDesk,
    NotADesk,
    WrongPassword,
)
from pdtdesk.store.keys.files import FORMAT, canonical, write_private
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.members import PRODUCT_COST, Argon2Cost
from pdtdesk.store.keys.recovery import open_with_recovery
from pdtdesk.store.keys.secret import new_secret
from pdtdesk.store.keys.slots import open_slot, read_slot
from tests.store.keys.desks import CHEAP, MARKER, PASSWORDS, ADesk, a_desk, lines_of

ROOT = Path(__file__).parents[3]


def test_each_member_of_staff_opens_the_desk_with_a_password_of_their_own(desk: ADesk) -> None:
    for account in PASSWORDS:
        opened = desk.sign_in(account)
        assert opened.member.account == account
        assert opened.member.member_id == f"member-{account}"
        assert desk.what_it_holds(opened)[0] == f"{MARKER} 0"


def test_a_user_name_is_taken_as_typed_in_a_hurry(desk: ADesk) -> None:
    assert desk.sign_in(" Nurse ", PASSWORDS["nurse"]).member.account == "nurse"


@pytest.mark.parametrize(
    ("account", "password"),
    [
        ("nurse", "night ward 7"),
        ("nurse", ""),
        ("nurse", "x" * 100_000),
        ("nurse", "Night ward 7\0"),
        ("nobody", "Night ward 7"),
        ("../lead", "Clinical lead 9"),
        ("recovery", "Clinical lead 9"),
        ("\u202enurse\ud800", "\ud800"),
        ("", ""),
    ],
)
def test_a_wrong_password_and_an_unknown_name_are_told_in_the_same_words(
    desk: ADesk, account: str, password: str
) -> None:
    with pytest.raises(WrongPassword) as refused:
        desk.sign_in(account, password)
    assert str(refused.value) == str(WrongPassword())


def test_an_unknown_name_costs_as_much_as_a_wrong_password(desk: ADesk, monkeypatch: pytest.MonkeyPatch) -> None:
    import pdtdesk.store.keys.members as members

    asked: list[int] = []
    real = members.Argon2id

    def counted(**parameters: int) -> object:
        asked.append(parameters["memory_cost"])
        return real(**parameters)

    monkeypatch.setattr(members, "Argon2id", counted)
    for account in ("nurse", "nobody", "../nurse"):
        with pytest.raises(WrongPassword):
            desk.sign_in(account, "wrong")
    assert asked == [CHEAP.memory_kib] * 3


def test_a_stolen_disk_is_useless_without_the_keyring(desk: ADesk) -> None:
    with pytest.raises(KeyringChanged):
        open_slot(
            desk.folder, "nurse", PASSWORDS["nurse"], new_secret(os.urandom), cost=CHEAP, random_bytes=os.urandom
        )


def test_a_slot_of_another_desk_is_refused(desk: ADesk, tmp_path: Path) -> None:
    other = a_desk(tmp_path / "other", Desk("desk-two", "HMP-Y", demonstration=True))
    shutil.copy(other.folder.slot(1, "nurse"), desk.folder.slot(1, "nurse"))
    with pytest.raises(ForeignSlot, match="another desk"):
        desk.sign_in("nurse")
    assert desk.what_it_holds(desk.sign_in("lead"))


def test_a_slot_of_another_member_is_refused(desk: ADesk) -> None:
    shutil.copy(desk.folder.slot(1, "lead"), desk.folder.slot(1, "nurse"))
    with pytest.raises(KeyFileDamaged):
        desk.sign_in("nurse", PASSWORDS["lead"])


@pytest.mark.hazard("H-005")
@pytest.mark.parametrize("which", ["slot", "recovery", "desk"])
def test_a_byte_changed_anywhere_in_a_key_file_is_a_sentence(desk: ADesk, which: str) -> None:
    folder, code = desk.folder, desk.founded.code
    assert code is not None
    path = {"slot": folder.slot(1, "nurse"), "recovery": folder.recovery(1), "desk": folder.desk}[which]
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x21]) + whole[at + 1 :])
        if which == "desk":
            assert read_desk(folder).desk == desk.founded.desk, "the recovery slot says which desk this is"
            assert open_with_recovery(folder, code.printed())
            continue
        with pytest.raises(KeysError, match=path.name):
            desk.sign_in("nurse") if which == "slot" else open_with_recovery(folder, code.printed())
    for cut in (b"", whole + b"\n", whole[: len(whole) // 2], b"\xff" * 40, b"[]", b"{" * 5000):
        path.write_bytes(cut)
        if which == "slot":
            with pytest.raises(KeyFileDamaged):
                desk.sign_in("nurse")
    assert desk.what_it_holds(desk.sign_in("lead"))


def test_a_desk_of_a_newer_version_and_no_desk_at_all_are_sentences(desk: ADesk, tmp_path: Path) -> None:
    import hashlib

    newer = {**desk.founded.desk.fields(), "generation": 1, "format": FORMAT + 1}
    total = hashlib.sha256(canonical(newer)).hexdigest()
    write_private(desk.folder.desk, canonical({**newer, "sum": total}))
    with pytest.raises(NewerDesk, match="newer version"):
        desk.sign_in()
    with pytest.raises(NotADesk, match="no desk"):
        read_desk(DeskFolder(tmp_path / "nothing"))


def test_a_real_desk_cannot_be_made_to_look_like_a_demonstration(desk: ADesk, tmp_path: Path) -> None:
    other = a_desk(tmp_path / "other", Desk("desk-one", "HMP-X", demonstration=False), desk.secrets)
    shutil.copy(desk.folder.desk, other.folder.desk)
    with pytest.raises(ForeignSlot):
        other.sign_in()


def test_a_password_is_sealed_dearer_when_the_product_asks_for_more(desk: ADesk) -> None:
    dearer = Argon2Cost(memory_kib=128, passes=2, lanes=1)
    before = read_slot(desk.folder, 1, "nurse").member
    opened = desk.sign_in(cost=dearer)
    after = read_slot(desk.folder, 1, "nurse").member
    assert opened.raised
    assert opened.member == after
    assert after.cost == dearer
    assert after.public_key == before.public_key
    assert not desk.sign_in(cost=dearer).raised
    assert not desk.sign_in(cost=CHEAP).raised, "nothing ever gets cheaper"
    assert desk.what_it_holds(desk.sign_in())


def test_a_full_disk_while_sealing_dearer_keeps_nobody_out(desk: ADesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pdtdesk.store.keys.files.os.fsync", full)
    opened = desk.sign_in(cost=Argon2Cost(memory_kib=128, passes=1, lanes=1))
    assert not opened.raised
    assert desk.what_it_holds(opened)


def test_the_products_own_cost_opens_a_desk(desk: ADesk) -> None:
    assert (PRODUCT_COST.memory_kib, PRODUCT_COST.passes, PRODUCT_COST.lanes) == (65536, 3, 4)
    assert desk.sign_in(cost=PRODUCT_COST).raised
    assert read_slot(desk.folder, 1, "nurse").member.cost == PRODUCT_COST
    assert desk.what_it_holds(desk.sign_in(cost=PRODUCT_COST))


def test_no_key_lies_in_any_file_of_the_desk(desk: ADesk) -> None:
    opened = desk.sign_in()
    assert lines_of(desk.folder, opened.candidates)
    keys = [c.key for c in opened.candidates]
    passwords = [p.encode() for p in PASSWORDS.values()]
    for path in desk.folder.path.rglob("*"):
        if not path.is_file():
            continue
        content = path.read_bytes()
        assert MARKER.encode() not in content, path
        for secret in (*keys, *passwords):
            assert secret not in content, path
            assert secret.hex().encode() not in content.lower(), path


def test_every_file_of_the_desk_is_its_owners_alone(desk: ADesk) -> None:
    desk.sign_in()
    for path in (desk.folder.path, *desk.folder.path.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_key_is_not_shown_nor_pickled(desk: ADesk) -> None:
    opened = desk.sign_in()
    for value in (opened, opened.secret, opened.candidates[0], desk.founded, desk.founded.code):
        for key in (opened.candidates[0].key, opened.secret.secret, opened.secret.signing_seed):
            assert repr(key) not in repr(value)
            assert key.hex() not in repr(value)
        with pytest.raises(TypeError):
            pickle.dumps(value)


def test_the_sign_in_loads_neither_sqlalchemy_nor_a_keyring() -> None:
    """The sign-in is painted before SQLAlchemy is loaded, and the keyring package is loaded when it is asked."""
    code = (
        "import sys, pdtdesk.store.keys.sign_in, pdtdesk.store.keys.keyring_secrets, pdtdesk.store.keys.identity,"
        " pdtdesk.store.keys.staff, pdtdesk.store.keys.rotation\n"
        "print([m for m in ('sqlalchemy', 'keyring', 'sqlcipher3', 'filelock', 'PySide6') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
