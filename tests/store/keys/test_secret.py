"""A demonstration desk's secret lies in its folder, and no other desk's does."""

import os
from pathlib import Path

import pytest

from pdtdesk.store.keys.desk_file import Desk, DeskFile, write_desk
from pdtdesk.store.keys.errors import KeyFileDamaged, KeyringChanged, NotADesk, SecretsRefused
from pdtdesk.store.keys.files import make_folder
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.secret import ChainHead, DeskSecret, FolderSecrets, new_secret
from tests.store.keys.desks import DESK, ADesk


def test_a_demonstration_keeps_its_secret_and_notes_its_head(desk: ADesk) -> None:
    secrets = FolderSecrets(desk.folder)
    secret = secrets.read(DESK.desk_id)
    secrets.note_head(DESK.desk_id, ChainHead(7, "cd" * 32))
    assert secrets.read(DESK.desk_id) == DeskSecret(secret.secret, secret.signing_seed, ChainHead(7, "cd" * 32))
    secrets.delete(DESK.desk_id)
    with pytest.raises(KeyringChanged):
        secrets.read(DESK.desk_id)


def test_a_real_desks_secret_never_lies_in_its_folder(tmp_path: Path) -> None:
    folder = DeskFolder(tmp_path / "desk")
    make_folder(folder.path)
    write_desk(folder, DeskFile(Desk("desk-real", "HMP-X", demonstration=False), 1))
    secrets = FolderSecrets(folder, founding=DESK)
    for refused in (
        lambda: secrets.write("desk-real", new_secret(os.urandom)),
        lambda: secrets.read("desk-real"),
        lambda: secrets.delete("desk-real"),
        lambda: secrets.note_head("desk-real", ChainHead(1, "ab")),
    ):
        with pytest.raises(SecretsRefused, match="demonstration"):
            refused()
    assert not folder.folder_secret.exists()


def test_a_folder_that_is_no_desk_yet_takes_only_a_demonstrations_secret(tmp_path: Path) -> None:
    folder = DeskFolder(tmp_path / "desk")
    make_folder(folder.path)
    with pytest.raises(SecretsRefused):
        FolderSecrets(folder).write("desk-one", new_secret(os.urandom))
    FolderSecrets(folder, founding=DESK).write("desk-one", new_secret(os.urandom))
    assert folder.folder_secret.exists()


def test_a_damaged_secret_is_a_sentence(desk: ADesk) -> None:
    desk.folder.folder_secret.write_bytes(b"{}")
    with pytest.raises(KeyFileDamaged, match="recovery code"):
        desk.sign_in()


def test_no_folder_no_secret(tmp_path: Path) -> None:
    with pytest.raises((NotADesk, SecretsRefused)):
        FolderSecrets(DeskFolder(tmp_path / "nothing")).read("desk-one")
