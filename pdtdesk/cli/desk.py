"""What is done to a desk as a whole: set up, proved, folded again, backed up, restored."""

import json
import os
import re
import sys
import zipfile
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from pdtdesk.cli.given import DONE, FAILED, Trouble, WrongUse, answer, password, say, secret
from pdtdesk.cli.opening import Machine, clock_of, kept
from pdtdesk.cli.progress import progress_of
from pdtdesk.domain.names import check_name, excerpt
from pdtdesk.domain.recovery_code import is_last_group
from pdtdesk.domain.roles import Role
from pdtdesk.domain.staff import Establishment

if TYPE_CHECKING:
    from pdtdesk.services.paper import RecoverySheet
    from pdtdesk.services.ports import Founding

_CODE = re.compile(r"[A-Z]{3}")


def desk_init(asked: Namespace) -> int:
    """Set up a desk with its first administrator; the recovery code is written to a sheet to be printed."""
    from pdtdesk.services.paper import RecoverySheet
    from pdtdesk.store.door import DeskDoor
    from pdtdesk.store.keys.errors import RECOVERY_WAY, DeskExists, KeyringTrouble
    from pdtdesk.store.keys.keyring_secrets import KeyringSecrets
    from pdtdesk.store.place import desk_folder

    folder = desk_folder(asked.at)
    if folder.path.exists() and (not folder.path.is_dir() or any(folder.path.iterdir())):
        raise DeskExists(folder.path)
    founding = _founding(asked)
    place = founding.establishment
    file: Path = asked.recovery or Path(f"pdtdesk-recovery-{place.code}.pdf")
    if file.exists() or not file.absolute().parent.is_dir():
        raise WrongUse(f"{file}: the recovery sheet needs a new file in a folder that is there. Give --recovery.")
    machine: Machine = asked.machine
    door = DeskDoor(folder, KeyringSecrets(), clock=machine.clock, random_bytes=machine.random_bytes)
    try:
        code = door.found(founding)
    except KeyringTrouble as trouble:
        why = str(trouble).replace(RECOVERY_WAY, "").strip()
        raise Trouble(f"{why} Nothing was set up.") from None
    _write_recovery(file, RecoverySheet(place, founding.desk_name, code, machine.clock.now()))
    print(f"The desk {founding.desk_name} of {place.name} is set up in {folder.path}.")
    print(f"Print {file} now, lock the paper away, and delete the file: it opens this desk without a password.")
    if sys.stdin.isatty() and _read_from_paper(code):
        door.recovery_on_paper()
    return DONE


def _read_from_paper(code: str) -> bool:
    """Whether somebody has typed the code's last group; until then every administrator is told at sign-in."""
    while typed := input(
        "Its last group, read from the paper (Enter: later, with a new code in the window): "
    ).strip():
        if is_last_group(typed, code):
            return True
        print("That is not the last group. Read it from the paper and type it again.")
    return False


def _founding(asked: Namespace) -> "Founding":
    """What the desk is set up with, from the options and what is typed; the password comes last."""
    from pdtdesk.services.acting import LEASE
    from pdtdesk.services.ports import FirstMember, Founding

    code = answer(asked.establishment, "--establishment", "Establishment code (three letters)").upper()
    if not _CODE.fullmatch(code):
        shown = excerpt(code)
        raise WrongUse(f"--establishment: `{shown}` is not an establishment's code. Give three letters, as ASH.")
    place = answer(asked.establishment_name, "--establishment-name", "Name of the establishment")
    desk_name = answer(asked.desk_name, "--desk-name", "Where the desk stands")
    account = answer(asked.user, "--user", "User name of the first administrator")
    name = answer(asked.name, "--name", "Name of the first administrator")
    establishment = Establishment(code, check_name(place, "--establishment-name"))
    administrator = check_name(name, "--name")
    desk_name = check_name(desk_name, "--desk-name")
    typed = password(asked, new=True)
    return Founding(establishment, desk_name, [FirstMember(account, administrator, Role.ADMIN.value, typed)], LEASE)


def desk_verify(asked: Namespace) -> int:
    """Prove the desk: pages, chain, signatures, audit, counts and lists; each fault is one line."""
    from pdtdesk.store.keys.errors import KeyringTrouble
    from pdtdesk.store.verify import verify

    with kept(asked, "verified the desk") as desk:
        try:
            noted = desk.door.noted_head()
        except KeyringTrouble:
            noted = None
        with progress_of("Proving the desk") as progress:
            found = verify(desk.folder, desk.door.key(), noted, progress)
    looked_at = f"{found.entries:,} entries, {found.people:,} people, {found.audit_lines:,} audit lines looked at"
    if found.sound:
        print(f"The desk in {desk.folder.path} is sound: {looked_at}.")
        return DONE
    for fault in found.faults:
        print(fault, file=sys.stderr)
    return say(FAILED, f"The desk in {desk.folder.path} is not sound: {len(found.faults)} faults; {looked_at}.")


def desk_rebuild(asked: Namespace) -> int:
    """Fold all lists again from the journal."""
    from pdtdesk.store.desk import OpenDesk
    from pdtdesk.store.rebuild import rebuild

    with kept(asked, "folded the lists again") as desk:
        if not isinstance(desk.store, OpenDesk):
            raise TypeError("the desk's own door gives its own store")
        with progress_of("Folding the lists") as progress:
            made = rebuild(desk.store.engine, progress)
    print(f"The lists of {made.people:,} people were folded again from the journal.")
    return DONE


def desk_backup(asked: Namespace) -> int:
    """Write an encrypted copy of the desk while it is in use."""
    from pdtdesk.store.backup import backup

    if not asked.file.absolute().parent.is_dir() or asked.file.is_dir():
        raise WrongUse(f"{asked.file}: a backup needs the name of a file in a folder that is there. Name another.")
    if asked.file.exists():
        raise WrongUse(f"{asked.file} is there already and was left as it is. Name a file that is not there yet.")
    with kept(asked, "backed up the desk") as desk, progress_of("Backing up") as progress:
        made = backup(desk.folder, desk.door.key(), asked.file.absolute(), now=desk.clock.now(), progress=progress)
    print(f"Backed up to {asked.file} ({made.size:,} bytes). The recovery code of today opens it.")
    return DONE


def desk_restore(asked: Namespace) -> int:
    """Make a desk of its own from a backup, by the recovery code; no password is asked for."""
    from pdtdesk.store.backup import BackupTrouble
    from pdtdesk.store.keys.keyring_secrets import KeyringSecrets
    from pdtdesk.store.place import desk_folder
    from pdtdesk.store.restore import restore

    if not asked.file.is_file():
        raise WrongUse(f"{asked.file}: there is no such file. Give the backup's name.")
    demonstration = _packs_a_demonstration(asked.file)
    machine: Machine = asked.machine
    clock = clock_of(asked, demonstration=demonstration)
    account = answer(asked.user, "--user", "User name of who restores")
    code = secret(asked, "Recovery code")
    secrets = None if demonstration else KeyringSecrets()
    folder = desk_folder(asked.at)
    try:
        restore(asked.file, folder, code, account, secrets, clock=clock, random_bytes=machine.random_bytes)
    except BackupTrouble as trouble:
        raise WrongUse(str(trouble)) from None
    print(f"The desk was restored to {folder.path} as a new desk; passwords and the recovery code stay as they were.")
    return DONE


def _packs_a_demonstration(file: Path) -> bool:
    """Whether a backup says that it is of a demonstration; what is no backup at all is told by restoring it."""
    try:
        with zipfile.ZipFile(file) as packed:
            return json.loads(packed.read("desk.json")).get("demonstration") is True
    except (OSError, ValueError, KeyError, AttributeError, zipfile.BadZipFile):
        return False


def _write_recovery(file: Path, sheet: "RecoverySheet") -> None:
    """Write the sheet for its owner alone; where that fails the code is shown, as it stands nowhere else."""
    from pdtdesk.documents import Sheets

    try:
        pdf = Sheets().recovery(sheet)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
            written.write(pdf)
    except Exception as error:
        print(f"The recovery code of this desk, shown this once: {sheet.code}")
        raise Trouble(
            f"The desk is set up, but {file} could not be written ({type(error).__name__}). Write down the recovery "
            "code shown above and lock it away."
        ) from error
