"""Setting a desk up, and giving one a new identity; the plug pulled at each step of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pdtdesk.store.engine import online_copy
from pdtdesk.store.keys.desk_file import Desk, read_desk
from pdtdesk.store.keys.errors import DeskExists, KeyringAbsent, KeyringChanged, LastMember, NotADesk
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.identity import Founded, found_desk, restore_identity
from pdtdesk.store.keys.recovery import open_recovery, open_with_recovery, recovery_fields, recovery_public
from pdtdesk.store.keys.rotation import settle
from pdtdesk.store.keys.secret import FolderSecrets
from pdtdesk.store.keys.slots import Candidate, members_of
from tests.store.keys.desks import DESK, MARKER, PASSWORDS, ADesk, a_member, lines_of
from tests.store.keys.killed import KILLED

ROOT = Path(__file__).parents[3]


class NoKeyring(FolderSecrets):
    """A keyring that is not there."""

    def _held(self) -> dict[str, object]:
        raise KeyringAbsent


def test_a_desk_is_set_up_once(desk: ADesk) -> None:
    assert desk.founded.code is not None
    with pytest.raises(DeskExists):
        found_desk(desk.folder, DESK, [a_member()], desk.secrets, random_bytes=os.urandom)
    assert desk.what_it_holds(desk.sign_in())


def test_a_desk_needs_somebody_who_can_open_it(tmp_path: Path) -> None:
    folder = DeskFolder(tmp_path / "desk")
    with pytest.raises(LastMember):
        found_desk(folder, DESK, [], FolderSecrets(folder, founding=DESK), random_bytes=os.urandom)
    assert not folder.path.exists()


@pytest.mark.parametrize("step", ["secret kept", "slot nurse", "slots durable"])
def test_a_set_up_that_was_cut_off_is_no_desk_and_can_be_done_again(tmp_path: Path, step: str) -> None:
    folder = DeskFolder(tmp_path / "desk")
    secrets = FolderSecrets(folder, founding=DESK)

    def cut(at: str) -> None:
        if at == step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        found_desk(folder, DESK, [a_member()], secrets, random_bytes=os.urandom, on_step=cut)
    with pytest.raises(NotADesk):
        read_desk(folder)
    assert found_desk(folder, DESK, [a_member()], secrets, random_bytes=os.urandom).code


def test_no_desk_is_set_up_where_the_keyring_keeps_nothing(tmp_path: Path) -> None:
    folder = DeskFolder(tmp_path / "desk")
    real = Desk("desk-one", "HMP-X", demonstration=False)
    with pytest.raises(KeyringAbsent):
        found_desk(folder, real, [a_member()], NoKeyring(folder), random_bytes=os.urandom)
    with pytest.raises(NotADesk):
        read_desk(folder)


def with_a_new_identity(desk: ADesk, desk_id: str = "desk-new") -> Founded:
    assert desk.founded.code is not None
    recovered = open_with_recovery(desk.folder, desk.founded.code.printed())
    _, in_force = lines_of(desk.folder, tuple(Candidate(r.generation, r.key) for r in recovered))
    return restore_identity(
        desk.folder,
        desk_id,
        members_of(desk.folder, in_force),
        desk.secrets,
        in_force=in_force,
        recovery_public_key=recovery_public(desk.folder, in_force.generation, in_force.key),
        random_bytes=os.urandom,
    )


@pytest.mark.hazard("H-005")
def test_after_a_lost_keyring_the_code_gives_the_desk_a_new_secret_and_everybody_signs_in(desk: ADesk) -> None:
    desk.secrets.delete(DESK.desk_id)
    with pytest.raises(KeyringChanged):
        desk.sign_in()
    new = with_a_new_identity(desk)
    assert new.desk == Desk("desk-new", DESK.establishment, DESK.demonstration)
    assert new.secret.signing_seed != desk.founded.secret.signing_seed
    assert new.secret.head is None
    assert desk.secrets.read("desk-new") == new.secret
    for account in PASSWORDS:
        assert desk.what_it_holds(desk.sign_in(account))[0] == f"{MARKER} 0"
    assert desk.founded.code is not None
    (recovered,) = open_with_recovery(desk.folder, desk.founded.code.printed())
    assert recovered.secret == new.secret, "the printed sheet stays good, and gives the new secret"


@pytest.mark.hazard("H-005")
@pytest.mark.parametrize(
    "step",
    ["secret kept", "slot admin", "slot nurse", "slots durable", "identity current", "old slots removed"],
)
def test_the_plug_pulled_at_any_step_of_a_new_identity_loses_nothing(desk: ADesk, step: str) -> None:
    command = [sys.executable, "-m", "tests.store.keys.killed", "identity", str(desk.folder.path), step]
    assert subprocess.run(command, cwd=ROOT, timeout=120, check=False).returncode == KILLED
    for account in PASSWORDS:
        opened = desk.sign_in(account)
        lines, in_force = lines_of(desk.folder, opened.candidates)
        assert len(lines) == 200
    settle(desk.folder, in_force)
    expected = DESK.desk_id if step in ("secret kept", "slot admin", "slot nurse", "slots durable") else "desk-new"
    assert read_desk(desk.folder).desk.desk_id == expected
    assert desk.folder.generations() == (in_force.generation,)
    with_a_new_identity(desk, "desk-newer")
    assert desk.what_it_holds(desk.sign_in())


def test_a_new_identity_forgets_the_old_secret(desk: ADesk) -> None:
    with_a_new_identity(desk)
    with pytest.raises(KeyringChanged):
        desk.secrets.read(DESK.desk_id)


def test_a_new_identity_is_never_the_old_one(desk: ADesk) -> None:
    with pytest.raises(ValueError, match="new desk id"):
        with_a_new_identity(desk, DESK.desk_id)
    assert desk.what_it_holds(desk.sign_in())


@pytest.mark.hazard("H-005")
def test_a_backup_becomes_a_desk_of_its_own_on_another_machine(desk: ADesk, tmp_path: Path) -> None:
    """What a backup holds: the copy of the database and the recovery slot. Staff come from the database."""
    key, code = desk.founded.candidate.key, desk.founded.code
    assert code is not None
    staff = members_of(desk.folder, desk.founded.candidate)
    online_copy(desk.folder.database, tmp_path / "copy.db", key)
    public = recovery_public(desk.folder, 1, key)
    carried = recovery_fields(desk.founded.desk, 1, public, key, None)

    recovered = open_recovery(carried, code, tmp_path / "backup")
    folder = DeskFolder(tmp_path / "restored")
    new = Desk("desk-restored", recovered.desk.establishment, recovered.desk.demonstration)
    founded = found_desk(
        folder,
        new,
        staff,
        FolderSecrets(folder, founding=new),
        random_bytes=os.urandom,
        key=recovered.key,
        recovery_public_key=public,
    )
    (tmp_path / "copy.db").rename(folder.database)
    restored = ADesk(folder, founded, FolderSecrets(folder))
    assert founded.code is None
    assert founded.secret.signing_seed != desk.founded.secret.signing_seed
    assert len(restored.what_it_holds(restored.sign_in())) == 200
    assert open_with_recovery(folder, code.printed())
