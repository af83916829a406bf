"""One window on a desk, and nobody beside it while its key is changed."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pdtdesk.store.keys.errors import DeskBusy, DeskInUse
from pdtdesk.store.keys.lock import changing_keys, exclusive, hold_window
from tests.store.keys.desks import ADesk

ROOT = Path(__file__).parents[3]
ANOTHER_WINDOW = """
import sys
import threading
from pathlib import Path
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.lock import DeskInUse, hold_window
try:
    held = hold_window(DeskFolder(Path(sys.argv[1])))
    print("open", flush=True)
    sys.stdin.read()
except DeskInUse as refused:
    print(refused)
"""


def another_window(desk: ADesk) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ANOTHER_WINDOW, str(desk.folder.path)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_second_window_is_told_so_and_a_closed_one_gives_the_desk_free(desk: ADesk) -> None:
    with hold_window(desk.folder):
        with pytest.raises(DeskInUse, match="another window"):
            hold_window(desk.folder)
        told, _ = another_window(desk).communicate(timeout=60)
        assert "another window" in told
    with hold_window(desk.folder):
        pass


def test_a_window_that_was_killed_leaves_no_lock_behind(desk: ADesk) -> None:
    other = another_window(desk)
    assert other.stdout is not None
    assert other.stdout.readline().strip() == "open"
    with pytest.raises(DeskInUse):
        hold_window(desk.folder)
    other.kill()
    other.communicate()
    hold_window(desk.folder).release()


def test_the_worker_gives_free_what_the_window_took(desk: ADesk) -> None:
    held = hold_window(desk.folder)
    worker = threading.Thread(target=held.release)
    worker.start()
    worker.join()
    hold_window(desk.folder).release()


def test_the_command_line_signs_in_beside_a_window(desk: ADesk) -> None:
    with hold_window(desk.folder):
        assert desk.what_it_holds(desk.sign_in())


def test_exclusive_work_keeps_windows_and_key_changes_out(desk: ADesk) -> None:
    with exclusive(desk.folder):
        with pytest.raises(DeskInUse):
            hold_window(desk.folder)
        with pytest.raises(DeskBusy, match="being changed"), changing_keys(desk.folder, patience=0):
            pass
    with hold_window(desk.folder) as window:
        with exclusive(desk.folder, window):
            pass
        with pytest.raises(DeskInUse):
            hold_window(desk.folder)
