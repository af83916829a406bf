"""Where a desk keeps its key files, and how each is written so that a pulled plug loses nothing.

A folder is 0700 and a file 0600. A file is written beside, flushed to the disk, put in place in one step, and the
folder flushed. Every file carries a checksum and is read only if it is byte for byte what was written, so that a
damaged file is told from a wrong password.
"""

import hashlib
import json
import os
import shutil
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pdtdesk.store.keys.errors import KeyFileDamaged, NewerDesk, NotWritten
from pdtdesk.store.keys.folder import DeskFolder

FORMAT = 1
"""The number of this layout; a folder with a higher one is refused with a sentence."""
LARGEST_FILE = 16 * 1024 * 1024


@contextmanager
def private_files() -> Iterator[None]:
    """While this lasts, whatever is made can be read by its owner alone (umask 077)."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def told_if_not_written(path: Path) -> Iterator[None]:
    """A full disk or a folder without rights is a sentence (`NotWritten`)."""
    try:
        yield
    except OSError as error:
        raise NotWritten(path, error.strerror or type(error).__name__) from error


def make_folder(path: Path) -> None:
    """Make a folder that its owner alone can enter, and flush it into its parent. Raises `NotWritten`."""
    with told_if_not_written(path), private_files():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
        flush_folder(path.parent)


def flush_folder(path: Path) -> None:
    """Make durable which files a folder holds. Windows does this by itself."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_private(path: Path, content: bytes) -> None:
    """Put a whole file in place, or leave the old one; never half of one. Raises `NotWritten`."""
    beside = path.with_name(f".{path.name}.new")
    with told_if_not_written(path), private_files():
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o600)
        beside.replace(path)
        flush_folder(path.parent)


def canonical(fields: Mapping[str, Any]) -> bytes:
    """The one way in which these fields are written, so that a checksum or a seal can speak of them."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def write_record(path: Path, fields: Mapping[str, Any]) -> None:
    """Write a key file with its format number and checksum."""
    whole = {**fields, "format": FORMAT}
    write_private(path, canonical({**whole, "sum": hashlib.sha256(canonical(whole)).hexdigest()}))


def read_record(path: Path) -> dict[str, Any]:
    """Read a key file as it was written.

    Raises `FileNotFoundError`, `KeyFileDamaged`, `NewerDesk`.
    """
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    try:
        fields = json.loads(content.decode("ascii"))
        if not isinstance(fields, dict) or canonical(fields) != content:
            raise KeyFileDamaged(path)
        total = fields.pop("sum")
        if total != hashlib.sha256(canonical(fields)).hexdigest():
            raise KeyFileDamaged(path)
        number = fields.pop("format")
    except (ValueError, KeyError, RecursionError):
        raise KeyFileDamaged(path) from None
    if not isinstance(number, int) or number > FORMAT:
        raise NewerDesk(path)
    return fields


def to_text(content: bytes) -> str:
    """Bytes as they stand in a key file (base64)."""
    return b64encode(content).decode("ascii")


def from_text(text: object) -> bytes:
    """Bytes back from a key file; raises `ValueError` for anything else."""
    if not isinstance(text, str):
        raise ValueError("not base64 text")
    try:
        return b64decode(text, validate=True)
    except Base64Error as error:
        raise ValueError("not base64 text") from error


def remove_generation(folder: DeskFolder, generation: int) -> None:
    """Take a generation of slots away in one step; a kill leaves it whole or out of sight."""
    gone = folder.slots / f".removed-{generation}"
    shutil.rmtree(gone, ignore_errors=True)
    folder.generation(generation).rename(gone)
    flush_folder(folder.slots)
    shutil.rmtree(gone)
    flush_folder(folder.slots)


def sweep_removed(folder: DeskFolder) -> None:
    """Finish what a kill left of `remove_generation`."""
    for gone in folder.slots.glob(".removed-*"):
        shutil.rmtree(gone, ignore_errors=True)
