"""Who may have the desk: one window at a time, and nobody else while its key is changed.

Locks are the operating system's, so a killed process leaves none behind. The command line does not take the window's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from pdtdesk.store.keys.errors import DeskBusy, DeskInUse
from pdtdesk.store.keys.files import private_files, told_if_not_written
from pdtdesk.store.keys.folder import DeskFolder

if TYPE_CHECKING:
    from filelock import BaseFileLock

PATIENCE_SECONDS = 10.0
"""How long a short change of a key file waits for another to end."""


class WindowHold:
    """The one window of a desk has it, from now until `release` (or the end of the `with`)."""

    def __init__(self, folder: Path, lock: "BaseFileLock") -> None:
        self.folder = folder
        self._lock = lock

    def release(self) -> None:
        """Give the desk free; a second time does nothing."""
        self._lock.release(force=True)

    def __enter__(self) -> "WindowHold":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _taken(path: Path, patience: float) -> "BaseFileLock | None":
    from filelock import FileLock, Timeout  # 40 ms to import: not before it is needed

    # Not bound to a thread: the worker may give free what the window took.
    lock = FileLock(path, mode=0o600, thread_local=False)
    with told_if_not_written(path), private_files():
        try:
            lock.acquire(timeout=patience)
        except Timeout:
            return None
    return lock


def hold_window(folder: DeskFolder) -> WindowHold:
    """Take the desk for this window, for as long as the answer is kept; raises `DeskInUse` when another has it."""
    lock = _taken(folder.window_lock, 0)
    if lock is None:
        raise DeskInUse(folder.path)
    return WindowHold(folder.path, lock)


@contextmanager
def brief_hold(path: Path, folder: DeskFolder, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """One process at a time, for as long as it takes to write a small file; raises `DeskBusy`."""
    lock = _taken(path, patience)
    if lock is None:
        raise DeskBusy(folder.path)
    try:
        yield
    finally:
        lock.release(force=True)


@contextmanager
def changing_keys(folder: DeskFolder, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Key files are changed by one process at a time; raises `DeskBusy` after `patience` seconds."""
    with brief_hold(folder.keys_lock, folder, patience):
        yield


@contextmanager
def exclusive(folder: DeskFolder, window: WindowHold | None = None) -> Iterator[None]:
    """Nobody else opens a window or changes a key while this lasts (rotation, restore, new identity).

    Give the window's own hold when the window itself does the work. A command at work in the database is kept out by
    the database's own lock (`engine.rekey`). Raises `DeskInUse`, `DeskBusy`.
    """
    hold = window if window is not None else hold_window(folder)
    try:
        with changing_keys(folder):
            yield
    finally:
        if window is None:
            hold.release()
