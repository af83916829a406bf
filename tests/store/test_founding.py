"""A desk is set up whole or not at all, also beside an open window."""

from pathlib import Path

import pytest
from factories import CHEAP, PASSWORD, SetClock, chance

from pdtdesk.domain.staff import Establishment
from pdtdesk.services.acting import LEASE
from pdtdesk.services.ports import FirstMember, Founding
from pdtdesk.store import founding as founding_
from pdtdesk.store.door import DeskDoor
from pdtdesk.store.keys.errors import DeskExists, SetUpInterrupted
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.lock import hold_window
from pdtdesk.store.keys.secret import FolderSecrets

A_DESK = Founding(
    Establishment("ASH", "HMP Ashmoor"),
    "Reception 1",
    [FirstMember("admin", "T. Brandt", "admin", PASSWORD)],
    LEASE,
    demonstration=True,
)


def set_up(folder: DeskFolder) -> str:
    return founding_.found(folder, A_DESK, None, clock=SetClock(), random_bytes=chance(3), cost=CHEAP)


def opens(folder: DeskFolder) -> bool:
    door = DeskDoor(folder, FolderSecrets(folder), clock=SetClock(), random_bytes=chance(4), cost=CHEAP)
    try:
        return door.enter("admin", PASSWORD).account == "admin"
    finally:
        door.close()


def test_the_first_run_sets_a_desk_up_beside_its_own_window(tmp_path: Path) -> None:
    """The window holds its lock in the very folder: on a fresh machine nobody could set a desk up otherwise."""
    folder = DeskFolder(tmp_path / "desk")
    hold = hold_window(folder)
    try:
        assert set_up(folder)
        assert opens(folder)
    finally:
        hold.release()
    assert not list(tmp_path.glob(".desk.making"))


def test_a_desk_is_never_set_up_over_another_or_over_somebodys_files(tmp_path: Path) -> None:
    folder = DeskFolder(tmp_path / "desk")
    set_up(folder)
    with pytest.raises(DeskExists):
        set_up(folder)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "will.txt").write_text("mine")
    with pytest.raises(DeskExists):
        set_up(DeskFolder(tmp_path / "letters"))


@pytest.mark.hazard("H-004")
def test_a_set_up_that_was_cut_off_is_told_and_removes_nothing(tmp_path: Path, monkeypatch) -> None:
    """A pulled plug during set-up must neither lock everybody out for ever nor delete what it does not know."""
    folder = DeskFolder(tmp_path / "desk")
    real = founding_._put_in_place

    def cut_off(made: Path, target: Path) -> None:
        target.mkdir()
        (made / "desk.db").rename(target / "desk.db")
        raise KeyboardInterrupt

    monkeypatch.setattr(founding_, "_put_in_place", cut_off)
    monkeypatch.setattr(founding_.shutil, "rmtree", lambda *_args, **_kwargs: None)
    with pytest.raises(KeyboardInterrupt):
        set_up(folder)
    monkeypatch.undo()
    with pytest.raises(SetUpInterrupted, match="cut off") as told:
        set_up(folder)
    assert str(folder.path) in told.value.sentence
    assert (folder.path / "desk.db").exists()
    assert founding_._put_in_place is real
