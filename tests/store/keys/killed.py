"""Run as a process of its own: begins a rotation or a new identity, and dies at the step that it was told.

`python -m tests.store.keys.killed rotate|identity FOLDER STEP` (or `at:SECONDS`, as when the plug is pulled).
"""

import os
import sys
import threading
from pathlib import Path

from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.identity import restore_identity
from pdtdesk.store.keys.recovery import recovery_public
from pdtdesk.store.keys.rotation import rotate
from pdtdesk.store.keys.secret import FolderSecrets
from pdtdesk.store.keys.slots import members_of
from tests.store.keys.desks import ADesk, lines_of

KILLED = 97


def die_at(wanted: str, step: str) -> None:
    if step == "slots durable" and wanted.startswith("at:"):
        timer = threading.Timer(float(wanted.removeprefix("at:")), os._exit, (KILLED,))
        timer.daemon = True
        timer.start()
    if step == wanted:
        os._exit(KILLED)


def main(what: str, path: str, wanted: str) -> None:
    folder = DeskFolder(Path(path))
    secrets = FolderSecrets(folder)
    desk = ADesk(folder, None, secrets)
    opened = desk.sign_in()
    _, in_force = lines_of(folder, opened.candidates)
    if what == "rotate":
        rotate(
            folder,
            in_force=in_force,
            secret=opened.secret,
            rekey=desk.rekey(),
            random_bytes=os.urandom,
            on_step=lambda step: die_at(wanted, step),
        )
    else:
        restore_identity(
            folder,
            "desk-new",
            members_of(folder, in_force),
            secrets,
            in_force=in_force,
            recovery_public_key=recovery_public(folder, in_force.generation, in_force.key),
            random_bytes=os.urandom,
            on_step=lambda step: die_at(wanted, step),
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
