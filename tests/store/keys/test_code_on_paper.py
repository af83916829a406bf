"""Whether the recovery code that is in force is on paper: nobody knows otherwise until the keyring is gone."""

from pathlib import Path

import pytest

from pdtdesk.domain.staff import Establishment
from pdtdesk.services.acting import LEASE
from pdtdesk.services.ports import FirstMember, Founding
from pdtdesk.store.door import DeskDoor
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.keyring_secrets import KeyringSecrets
from tests.factories import CHEAP, PASSWORD, SetClock, chance


@pytest.mark.usefixtures("real_keyring")
@pytest.mark.hazard("H-005")
def test_a_code_counts_as_lost_until_somebody_has_read_it_from_paper(tmp_path: Path) -> None:
    """Shown once, and the window was closed on it."""
    folder = DeskFolder(tmp_path / "desk")
    door = DeskDoor(folder, KeyringSecrets(), clock=SetClock(), random_bytes=chance(4), cost=CHEAP)
    administrator = FirstMember("admin", "T. Brandt", "admin", PASSWORD)
    door.found(Founding(Establishment("ASH", "HMP Ashmoor"), "Reception 1", [administrator], LEASE))
    door.enter("admin", PASSWORD)
    assert not door.is_recovery_on_paper()
    door.recovery_on_paper()
    assert door.is_recovery_on_paper()
    code = door.renew_recovery()
    assert not door.is_recovery_on_paper(), "the paper in the safe opens nothing any more"
    door.close()
    door.recover(code, "admin", "a new long night")
    assert door.is_recovery_on_paper(), "whoever types it has it"
    door.close()
