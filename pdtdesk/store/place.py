"""Where a desk lies on this computer, and where its secret is kept: in the keyring, but for a demonstration."""

from pathlib import Path
from typing import TYPE_CHECKING

from pdtdesk.store.keys.folder import DeskFolder

if TYPE_CHECKING:
    from pdtdesk.store.keys.secret import DeskSecrets


_CALLED_SO = b'"demonstration":true'


def desk_folder(at: Path | None) -> DeskFolder:
    """The folder that was asked for, or the one in which this computer account's desk lies."""
    return DeskFolder(at.absolute() if at is not None else _own())


def is_demonstration(folder: DeskFolder) -> bool:
    """Whether a demonstration desk lies there; False where there is no desk. Raises `KeyFileDamaged`, `NewerDesk`.

    A desk that does not call itself one is none: nothing is loaded to know that, as the way in is not painted yet.
    """
    try:
        if _CALLED_SO not in folder.desk.read_bytes():
            return False
    except OSError:
        return False
    from pdtdesk.store.keys.desk_file import read_desk
    from pdtdesk.store.keys.errors import NotADesk

    try:
        return read_desk(folder).desk.demonstration
    except NotADesk:
        return False


def secrets_of(folder: DeskFolder) -> "DeskSecrets":
    """Where this desk's secret is kept."""
    from pdtdesk.store.keys.keyring_secrets import (
        KeyringSecrets,  # with its cryptography, after the way in is painted
    )
    from pdtdesk.store.keys.secret import FolderSecrets

    return FolderSecrets(folder) if is_demonstration(folder) else KeyringSecrets()


def _own() -> Path:
    from platformdirs import user_data_path

    return user_data_path("pdtdesk", appauthor=False)
