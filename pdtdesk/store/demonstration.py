"""Makes a demonstration desk: founded, filled with the invented prison, and put in place when it is whole."""

import shutil
from datetime import datetime

from pdtdesk.policy.national import load_national
from pdtdesk.services.demonstration.chance import Chance
from pdtdesk.services.demonstration.evening import StandingClock
from pdtdesk.services.demonstration.fill import fill, founded_at
from pdtdesk.services.demonstration.prison import load_prison
from pdtdesk.store.door import DeskDoor
from pdtdesk.store.keys.errors import DeskExists
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.members import PRODUCT_COST, Argon2Cost
from pdtdesk.store.keys.secret import FolderSecrets

OVERLAY = "demonstration"
"""The invented local policy that lies over the national guidance on a demonstration desk, and on no other."""


def make_demonstration(folder: DeskFolder, today: datetime, *, cost: Argon2Cost = PRODUCT_COST) -> None:
    """Set up and fill a demonstration desk as it stands at an instant; takes some seconds.

    The same instant gives the same desk, entry for entry; its keys too are drawn from the instant, and lie in its own
    folder, so that nothing true may ever be written in it. Raises `DeskExists` where the folder is not empty.
    """
    if folder.path.exists() and any(folder.path.iterdir()):
        raise DeskExists(folder.path)
    beside = DeskFolder(folder.path.with_name(f".{folder.path.name}.filling"))
    shutil.rmtree(beside.path, ignore_errors=True)
    prison, clock = load_prison(), StandingClock(founded_at(today))
    chance = Chance(f"demonstration {today.isoformat()}")
    door = DeskDoor(beside, FolderSecrets(beside), clock=clock, random_bytes=chance.bytes, cost=cost)
    try:
        door.found(prison.founding)
        entered = door.enter(prison.staff[0].account, prison.password)
        fill(entered.store, prison, clock, load_national().over(OVERLAY), chance.bytes, today)
        door.close()
        if folder.path.exists():
            folder.path.rmdir()
        folder.path.parent.mkdir(parents=True, exist_ok=True)
        beside.path.rename(folder.path)
    except BaseException:
        door.close()
        shutil.rmtree(beside.path, ignore_errors=True)
        raise
