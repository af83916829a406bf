"""The desk and the real keyring that the tests of keys stand on."""

from collections.abc import Iterator
from pathlib import Path

import keyring.core
import pytest

from tests.keyring_daemon import RealKeyring, a_real_keyring
from tests.store.keys.desks import ADesk, a_desk


@pytest.fixture
def desk(tmp_path: Path) -> ADesk:
    """A desk with its secret in its folder (a demonstration desk)."""
    return a_desk(tmp_path / "desk")


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealKeyring]:
    with a_real_keyring(tmp_path_factory.mktemp("k")) as started:
        yield started


@pytest.fixture
def unchosen_keyring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """This process has not chosen a keyring yet, and no one's own settings reach it."""
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)


@pytest.fixture
def real_keyring(daemon: RealKeyring, unchosen_keyring: None, monkeypatch: pytest.MonkeyPatch) -> RealKeyring:
    """The real keyring daemon, unlocked, found by this process."""
    del unchosen_keyring
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.bus)
    return daemon
