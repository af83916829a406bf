"""The desk's secret in a real keyring: unlocked, locked, absent, changed, or one that writes in the clear."""

import os
import time
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.chainer
import keyring.backends.null
import keyring.backends.SecretService
import pytest

from pdtdesk.store.keys.desk_file import Desk
from pdtdesk.store.keys.errors import (
    KeyringAbsent,
    KeyringChanged,
    KeyringLocked,
    KeyringRefused,
    KeyringTrouble,
)
from pdtdesk.store.keys.keyring_secrets import KeyringSecrets
from pdtdesk.store.keys.secret import ChainHead, DeskSecret, new_secret
from pdtdesk.store.keys.sign_in import sign_in_with_recovery
from pdtdesk.store.keys.slots import Candidate
from tests.keyring_daemon import RealKeyring, a_real_keyring
from tests.store.keys.desks import MARKER, NOW, ADesk, a_desk, lines_of

REAL_DESK = Desk("desk-real", "HMP-X", demonstration=False)


class PlaintextKeyring(keyring.backend.KeyringBackend):
    """What some packages install: a keyring that keeps everything in the clear."""

    priority = 9

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


def the_code_opens(desk: ADesk) -> None:
    code = desk.founded.code
    assert code is not None
    recovered = sign_in_with_recovery(desk.folder, code.printed(), now=NOW)
    lines, _ = lines_of(desk.folder, tuple(Candidate(r.generation, r.key) for r in recovered))
    assert lines[0] == f"{MARKER} 0"
    assert recovered[0].secret == DeskSecret(desk.founded.secret.secret, desk.founded.secret.signing_seed)


def refused_by(desk: ADesk, trouble: type[KeyringTrouble]) -> str:
    with pytest.raises(trouble) as refused:
        desk.sign_in()
    sentence = str(refused.value)
    assert "recovery code" in sentence
    return sentence


@pytest.mark.usefixtures("real_keyring")
def test_a_secret_is_kept_in_the_keyring_and_its_head_is_noted_by_itself() -> None:
    secrets, secret = KeyringSecrets(), new_secret(os.urandom)
    secrets.write("desk-a", secret)
    assert secrets.read("desk-a") == secret
    secrets.note_head("desk-a", ChainHead(41, "ab" * 32))
    assert secrets.read("desk-a") == DeskSecret(secret.secret, secret.signing_seed, ChainHead(41, "ab" * 32))
    secrets.delete("desk-a")
    secrets.delete("desk-a")
    with pytest.raises(KeyringChanged):
        secrets.read("desk-a")


@pytest.mark.usefixtures("real_keyring")
def test_a_nurse_signs_in_where_the_keyring_is_open(tmp_path: Path) -> None:
    desk = a_desk(tmp_path / "desk", REAL_DESK, KeyringSecrets())
    assert desk.what_it_holds(desk.sign_in())[0] == f"{MARKER} 0"


@pytest.mark.hazard("H-005")
def test_a_locked_keyring_is_a_sentence_and_the_code_opens_the_desk(
    tmp_path: Path, unchosen_keyring: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    del unchosen_keyring
    with a_real_keyring(tmp_path / "k") as started:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", started.bus)
        desk = a_desk(tmp_path / "desk", REAL_DESK, KeyringSecrets())
        started.lock()
        assert "locked" in refused_by(desk, KeyringLocked)
        with pytest.raises(KeyringLocked):
            desk.secrets.write("desk-b", new_secret(os.urandom))
        the_code_opens(desk)


@pytest.mark.hazard("H-005")
def test_a_prompt_that_nobody_answers_does_not_hold_the_desk_for_ever(
    tmp_path: Path, unchosen_keyring: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    del unchosen_keyring
    with a_real_keyring(tmp_path / "k") as started:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", started.bus)
        desk = a_desk(tmp_path / "desk", REAL_DESK, KeyringSecrets(patience=1.0))
        with started.a_prompter_that_never_answers():
            started.lock()
            began = time.monotonic()
            refused_by(desk, KeyringLocked)
            assert time.monotonic() - began < 15, "the bus alone would have kept the nurse waiting for 25 s"
            the_code_opens(desk)


@pytest.mark.hazard("H-005")
def test_an_absent_keyring_is_a_sentence_and_the_code_opens_the_desk(
    tmp_path: Path, real_keyring: RealKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    del real_keyring
    desk = a_desk(tmp_path / "desk", REAL_DESK, KeyringSecrets())
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/no-bus-here")
    assert "No keyring" in refused_by(desk, KeyringAbsent)
    the_code_opens(desk)


@pytest.mark.hazard("H-005")
@pytest.mark.usefixtures("real_keyring")
def test_a_keyring_without_this_desks_secret_is_a_sentence_and_the_code_opens_the_desk(tmp_path: Path) -> None:
    desk = a_desk(tmp_path / "desk", REAL_DESK, KeyringSecrets())
    desk.secrets.delete(REAL_DESK.desk_id)
    assert "does not hold" in refused_by(desk, KeyringChanged)
    the_code_opens(desk)


@pytest.mark.hazard("H-005")
@pytest.mark.usefixtures("real_keyring")
@pytest.mark.parametrize("other", ["another secret", "not a secret at all"])
def test_a_keyring_with_another_secret_is_a_sentence_and_the_code_opens_the_desk(tmp_path: Path, other: str) -> None:
    desk = a_desk(tmp_path / "desk", REAL_DESK, KeyringSecrets())
    if other == "another secret":
        desk.secrets.write(REAL_DESK.desk_id, new_secret(os.urandom))
    else:
        keyring.backends.SecretService.Keyring().set_password("pdtdesk", REAL_DESK.desk_id, other)
    refused_by(desk, KeyringChanged)
    the_code_opens(desk)


@pytest.mark.hazard("H-005")
def test_a_plaintext_keyring_is_refused_even_where_it_is_chosen(
    tmp_path: Path, real_keyring: RealKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    del real_keyring
    desk = a_desk(tmp_path / "desk", REAL_DESK, KeyringSecrets())
    plaintext = PlaintextKeyring()
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    keyring.set_keyring(plaintext)
    assert "PlaintextKeyring" in refused_by(desk, KeyringRefused)
    with pytest.raises(KeyringRefused):
        desk.secrets.write("desk-c", new_secret(os.urandom))
    assert plaintext.kept == {}
    the_code_opens(desk)


@pytest.mark.usefixtures("unchosen_keyring")
@pytest.mark.parametrize(
    "chosen", ["keyring.backends.null.Keyring", "tests.store.keys.test_keyring_secrets.PlaintextKeyring"]
)
def test_a_keyring_that_keeps_nothing_or_keeps_in_the_clear_is_refused_from_the_environment_too(
    chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", chosen)
    with pytest.raises(KeyringRefused):
        KeyringSecrets().write("desk-d", new_secret(os.urandom))


@pytest.mark.usefixtures("real_keyring")
def test_a_keyring_that_only_looks_like_a_real_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Keyring(keyring.backends.SecretService.Keyring):
        priority = 9

    Keyring.__module__ = "keyring.backends.SecretService"
    Keyring.__qualname__ = "Keyring"
    monkeypatch.setattr("keyring.core._keyring_backend", Keyring())
    with pytest.raises(KeyringRefused):
        KeyringSecrets().read("desk-e")


@pytest.mark.usefixtures("real_keyring")
def test_of_a_chain_of_keyrings_only_the_real_one_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = keyring.backends.chainer.ChainerBackend()
    assert any(isinstance(one, PlaintextKeyring) for one in keyring.backend.get_all_keyring())
    monkeypatch.setattr("keyring.core._keyring_backend", chain)
    secret = new_secret(os.urandom)
    KeyringSecrets().write("desk-f", secret)
    monkeypatch.setattr("keyring.core._keyring_backend", keyring.backends.SecretService.Keyring())
    assert KeyringSecrets().read("desk-f") == secret
