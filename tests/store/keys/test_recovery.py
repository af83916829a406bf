"""The printed code: read as people type it, and opening what it should and nothing else."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.store.keys.desk_file import Desk
from pdtdesk.store.keys.errors import KeyFileDamaged, RecoveryCodeMistyped, RecoveryCodeWrong
from pdtdesk.store.keys.recovery import (
    RecoveryCode,
    make_code,
    open_recovery,
    open_with_recovery,
    read_code,
    recovery_fields,
    recovery_public,
    renew_recovery,
)
from tests.store.keys.desks import MARKER, ADesk, a_desk, lines_of

SEEDS = st.binary(min_size=20, max_size=20)


def test_the_sheet_shows_seven_groups_of_five() -> None:
    printed = make_code(os.urandom).printed()
    assert [len(group) for group in printed.split("-")] == [5] * 7
    assert not set(printed) & set("ILOU")


@given(SEEDS)
def test_what_is_printed_is_read_back_however_it_is_typed(seed: bytes) -> None:
    code = RecoveryCode(seed)
    printed = code.printed()
    for typed in (
        printed,
        printed.lower(),
        printed.replace("-", " "),
        printed.replace("-", ""),
        f"  {printed.replace('0', 'O').replace('1', 'l')}\n",
        printed.replace("1", "i").replace("-", " – "),
    ):
        assert read_code(typed) == code


@given(SEEDS, st.integers(0, 34), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_letter_is_told_at_once_or_opens_nothing(seed: bytes, at: int, letter: str) -> None:
    symbols = RecoveryCode(seed).printed().replace("-", "")
    typed = symbols[:at] + letter + symbols[at + 1 :]
    if typed == symbols:
        return
    with suppress(RecoveryCodeMistyped):
        assert read_code(typed) != RecoveryCode(seed)


def test_a_wrong_letter_is_nearly_always_told_at_once() -> None:
    told = 0
    for number in range(500):
        symbols = RecoveryCode(number.to_bytes(20, "big")).printed().replace("-", "")
        typed = ("0" if symbols[3] != "0" else "7").join((symbols[:3], symbols[4:]))
        try:
            read_code(typed)
        except RecoveryCodeMistyped:
            told += 1
    assert told >= 499  # three check symbols: one in 32,768 slips through


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "0 letters"),
        ("ABCDE", "5 letters"),
        ("U" * 35, "group 1"),
        ("A" * 34 + "é", "group 7"),
        ("A" * 500, "500"),
    ],
)
def test_what_is_no_code_says_what_is_wrong_with_it(typed: str, says: str) -> None:
    with pytest.raises(RecoveryCodeMistyped, match=says):
        read_code(typed)


def test_a_code_of_another_desk_does_not_open_this_one(desk: ADesk) -> None:
    with pytest.raises(RecoveryCodeWrong, match="does not open this desk"):
        open_with_recovery(desk.folder, make_code(os.urandom).printed())


@pytest.mark.hazard("H-005")
def test_the_code_gives_the_database_and_the_desks_own_secret(desk: ADesk) -> None:
    assert desk.founded.code is not None
    (recovered,) = open_with_recovery(desk.folder, desk.founded.code.printed())
    assert recovered.key == desk.founded.candidate.key
    assert recovered.secret == desk.founded.secret
    assert recovered.desk == desk.founded.desk


def test_a_missing_recovery_slot_is_a_sentence(desk: ADesk) -> None:
    assert desk.founded.code is not None
    desk.folder.recovery(1).unlink()
    with pytest.raises(KeyFileDamaged, match="is missing"):
        open_with_recovery(desk.folder, desk.founded.code.printed())


def test_a_new_sheet_ends_the_old_one(desk: ADesk) -> None:
    assert desk.founded.code is not None
    new = renew_recovery(desk.folder, desk.founded.candidate, desk.founded.secret, os.urandom)
    with pytest.raises(RecoveryCodeWrong):
        open_with_recovery(desk.folder, desk.founded.code.printed())
    (recovered,) = open_with_recovery(desk.folder, new.printed())
    assert recovered.key == desk.founded.candidate.key


def test_a_backup_carries_the_database_key_and_not_the_desks_secret(desk: ADesk, tmp_path: Path) -> None:
    code, candidate = desk.founded.code, desk.founded.candidate
    assert code is not None
    public = recovery_public(desk.folder, 1, candidate.key)
    fields = recovery_fields(desk.founded.desk, 1, public, candidate.key, None)
    recovered = open_recovery(fields, code, tmp_path / "backup")
    assert recovered.key == candidate.key
    assert recovered.secret is None
    with pytest.raises(KeyFileDamaged, match="backup"):
        open_recovery({**fields, "establishment": "HMP-Z"}, code, tmp_path / "backup")


def test_the_codes_of_two_desks_differ(desk: ADesk, tmp_path: Path) -> None:
    other = a_desk(tmp_path / "other", Desk("desk-two", "HMP-X", demonstration=True))
    assert desk.founded.code != other.founded.code
    assert lines_of(other.folder, (other.founded.candidate,))[0][0] == f"{MARKER} 0"
