"""A backup is one file: an encrypted copy of the desk's database, with the slots that the recovery code opens it by.

Nothing in it is in the clear that is not so in the desk's folder. The container is a plain zip without compression
(what is encrypted does not get smaller); its list of contents holds the hash of each, so that a damaged copy is told.
"""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from typing import IO

from pdtdesk.services.ports import Progress
from pdtdesk.store.engine import cipher_integrity, online_copy
from pdtdesk.store.keys.desk_file import DeskFile, read_desk, write_desk
from pdtdesk.store.keys.files import canonical, flush_folder, make_folder, private_files, write_record
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.recovery import recovery_fields, recovery_public
from pdtdesk.store.keys.slots import Candidate, members_of
from pdtdesk.store.rebuild import Stopped

FORMAT = 1
CONTENTS = "contents.json"
_CHUNK = 1 << 20
_LARGEST_CONTENTS = 1 << 20


class BackupTrouble(Exception):
    """A backup could not be made, or cannot be used; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup as it was made: where it lies, how large it is (bytes), and of which moment."""

    file: Path
    size: int
    made_at: datetime


def backup(
    folder: DeskFolder, key: bytes, target: Path, *, now: datetime, progress: Progress | None = None
) -> Backup:
    """Write a backup of a desk that stays in use. It appears under its name only when it is whole and proved.

    `key` is the database's (`DeskDoor.key`). A file of that name is replaced. Raises `BackupTrouble`, `Stopped`
    (nothing was written), and what the keys and the database raise.
    """
    with working_beside(target) as beside, _told_clearly(target):
        copy = DeskFolder(beside / "desk")
        make_folder(copy.path)
        _copy_slots(folder, copy, key)
        online_copy(folder.database, copy.database, key, progress=_pages(progress))
        if faults := cipher_integrity(copy.database, key):
            raise BackupTrouble(
                f"The copy does not prove whole ({faults[0]}), so no backup was made. Prove the desk (pdtdesk desk "
                "verify) and see what it says."
            )
        whole = beside / "backup"
        _pack(copy, whole, now)
        size = whole.stat().st_size
        whole.replace(target)
        flush_folder(target.parent)
    return Backup(target, size, now)


def unpack(file: Path, into: Path) -> DeskFolder:
    """Lay out a backup as the folder of a desk, each part byte for byte as it was packed. Raises `BackupTrouble`."""
    folder = DeskFolder(into)
    make_folder(folder.path)
    try:
        with zipfile.ZipFile(file) as packed, _told_clearly(into):
            for name, expected in _contents(packed, file).items():
                path = into / name
                make_folder(path.parent)
                with private_files(), packed.open(name) as source, path.open("wb") as laid:
                    found = _copied(source, laid)
                if found != expected:
                    raise _damaged(file)
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError):
        raise _damaged(file) from None
    except OSError as error:
        raise BackupTrouble(
            f"The backup {file} could not be read ({error.strerror}). Check its name and that the drive is there."
        ) from None
    if not (folder.database.exists() and folder.desk.exists()):
        raise _damaged(file)
    return folder


def _copy_slots(folder: DeskFolder, copy: DeskFolder, key: bytes) -> None:
    """The slots in force, each proved by the key; the recovery slot without the desk's own secret."""
    desk_file = read_desk(folder)
    in_force = Candidate(desk_file.generation, key)
    public = recovery_public(folder, in_force.generation, key)
    make_folder(copy.slots)
    make_folder(copy.generation(in_force.generation))
    for member in members_of(folder, in_force):
        slot = folder.slot(in_force.generation, member.account)
        shutil.copyfile(slot, copy.slot(in_force.generation, member.account))
    fields = recovery_fields(desk_file.desk, in_force.generation, public, key, None)
    write_record(copy.recovery(in_force.generation), fields)
    write_desk(copy, DeskFile(desk_file.desk, in_force.generation))


def _pack(copy: DeskFolder, whole: Path, now: datetime) -> None:
    parts = sorted(path for path in copy.path.rglob("*") if path.is_file())
    contents: dict[str, str] = {}
    with private_files(), whole.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
            for path in parts:
                name = path.relative_to(copy.path).as_posix()
                with path.open("rb") as source, packed.open(name, "w", force_zip64=True) as into:
                    contents[name] = _copied(source, into)
                path.unlink()  # so that the whole needs little more room than the database twice
            listed = {"format": FORMAT, "made_at": now.isoformat(), "parts": contents}
            packed.writestr(zipfile.ZipInfo(CONTENTS), canonical(listed))
        file.flush()
        os.fsync(file.fileno())


def _contents(packed: zipfile.ZipFile, file: Path) -> dict[str, str]:
    """What the backup says it holds: name to hash (hex, SHA-256)."""
    with packed.open(CONTENTS) as source:
        data = source.read(_LARGEST_CONTENTS)
    try:
        listed = json.loads(data)
        number, parts = listed["format"], listed["parts"]
        if number > FORMAT:
            raise BackupTrouble(
                f"{file} was made by a newer version of PDT Desk. Install that version and restore with it; nothing "
                "was changed."
            )
        names = {str(name): str(hashed) for name, hashed in parts.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _damaged(file) from None
    if any(_leads_out(name) for name in names):
        raise _damaged(file)
    return names


def _leads_out(name: str) -> bool:
    """Whether a name points anywhere but into a desk's folder."""
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _copied(source: IO[bytes], into: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        into.write(chunk)
    return digest.hexdigest()


def _damaged(file: Path) -> BackupTrouble:
    return BackupTrouble(
        f"{file} is not a whole backup: it is damaged, was cut short, or is another kind of file. Nothing was "
        "changed. Copy it again from where it is kept, or take the backup before it."
    )


def _pages(progress: Progress | None) -> Callable[[int, int], None] | None:
    if progress is None:
        return None

    def told(left: int, total: int) -> None:
        if progress.stopped:
            raise Stopped
        progress.report(total - left, total)

    return told


@contextmanager
def working_beside(target: Path) -> Iterator[Path]:
    """A folder beside the target, on the same disk, that is gone afterwards however it went."""
    beside = target.with_name(f".{target.name}.making")
    shutil.rmtree(beside, ignore_errors=True)
    if not target.parent.is_dir():
        raise BackupTrouble(f"There is no folder {target.parent}. Check that the drive is there, or choose another.")
    try:
        make_folder(beside)
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def _told_clearly(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (ENOSPC, EDQUOT, EFBIG):
            raise BackupTrouble(
                f"The disk that holds {target.parent} has no room for this. Free some space, or choose another disk. "
                "Nothing was changed, and no half file was left."
            ) from None
        raise BackupTrouble(
            f"{target} could not be written ({error.strerror}). Check that the folder can be written, and try again."
        ) from None
