"""A new database key, and the plug pulled at every step of it: the desk opens, and nothing is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pdtdesk.store.engine import DatabaseBusy, WrongKey, make_engine
from pdtdesk.store.keys.desk_file import read_desk
from pdtdesk.store.keys.errors import DeskInUse, KeysError, LastMember, NoSuchMember, SlotAltered, WrongPassword
from pdtdesk.store.keys.files import read_record, write_record
from pdtdesk.store.keys.lock import hold_window
from pdtdesk.store.keys.recovery import open_with_recovery
from pdtdesk.store.keys.rotation import rotate, settle
from pdtdesk.store.keys.slots import Candidate
from tests.store.keys.desks import MARKER, PASSWORDS, ADesk, a_desk, lines_of
from tests.store.keys.killed import KILLED

ROOT = Path(__file__).parents[3]
STEPS = (
    "begun",
    "slot admin",
    "slot lead",
    "slot nurse",
    "slots durable",
    "database re-keyed",
    "slots current",
    "old slots removed",
)


def rotated(desk: ADesk, **more: object) -> Candidate:
    opened = desk.sign_in("admin")
    _, in_force = lines_of(desk.folder, opened.candidates)
    return rotate(
        desk.folder,
        in_force=in_force,
        secret=opened.secret,
        rekey=desk.rekey(),
        random_bytes=os.urandom,
        **more,
    )


def killed(desk: ADesk, what: str, step: str) -> int:
    command = [sys.executable, "-m", "tests.store.keys.killed", what, str(desk.folder.path), step]
    return subprocess.run(command, cwd=ROOT, timeout=120, check=False).returncode


def everybody_still_opens(desk: ADesk, count: int = 200) -> None:
    for account in PASSWORDS:
        opened = desk.sign_in(account)
        lines, in_force = lines_of(desk.folder, opened.candidates)
        assert lines == [f"{MARKER} {n}" for n in range(count)]
    assert desk.founded.code is not None
    recovered = open_with_recovery(desk.folder, desk.founded.code.printed())
    lines, _ = lines_of(desk.folder, tuple(Candidate(r.generation, r.key) for r in recovered))
    assert len(lines) == count
    settle(desk.folder, in_force)
    assert desk.folder.generations() == (in_force.generation,)
    assert read_desk(desk.folder).generation == in_force.generation
    assert not list(desk.folder.slots.glob(".*"))


def test_a_new_key_opens_for_everybody_and_the_old_one_no_longer(desk: ADesk) -> None:
    steps: list[str] = []
    fresh = rotated(desk, on_step=steps.append)
    assert steps == list(STEPS)
    assert fresh.key != desk.founded.candidate.key
    with pytest.raises(WrongKey):
        make_engine(desk.folder.database, desk.founded.candidate.key)
    everybody_still_opens(desk)


@pytest.mark.hazard("H-005")
@pytest.mark.parametrize("step", STEPS)
def test_the_plug_pulled_at_any_step_of_a_new_key_loses_nothing(desk: ADesk, step: str) -> None:
    assert killed(desk, "rotate", step) == KILLED
    everybody_still_opens(desk)
    rotated(desk)
    everybody_still_opens(desk)


@pytest.mark.hazard("H-005")
@pytest.mark.parametrize("step", ["begun", "slot lead", "slots durable", "database re-keyed", "slots current"])
def test_a_new_key_can_be_begun_again_without_signing_in_between_two_kills(desk: ADesk, step: str) -> None:
    assert killed(desk, "rotate", step) == KILLED
    assert killed(desk, "rotate", step) == KILLED
    everybody_still_opens(desk)


@pytest.mark.hazard("H-005")
@pytest.mark.parametrize("seconds", [0.001, 0.004, 0.008, 0.012, 0.02, 0.03])
def test_the_plug_pulled_in_the_middle_of_a_re_key_loses_nothing(tmp_path: Path, seconds: float) -> None:
    desk = a_desk(tmp_path / "desk", lines=60_000)
    assert killed(desk, "rotate", f"at:{seconds}") in (KILLED, 0)
    everybody_still_opens(desk, 60_000)


@pytest.mark.hazard("H-005")
def test_a_new_key_waits_until_nobody_else_is_in_the_database(desk: ADesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pdtdesk.store.engine.BUSY_MILLISECONDS", 50)
    other = make_engine(desk.folder.database, desk.founded.candidate.key)
    with pytest.raises(DatabaseBusy):
        rotated(desk)
    other.dispose()
    everybody_still_opens(desk)


def test_a_new_key_is_refused_while_a_window_is_open_elsewhere_and_made_by_the_window_itself(desk: ADesk) -> None:
    with hold_window(desk.folder) as window:
        with pytest.raises(DeskInUse):
            rotated(desk)
        rotated(desk, window=window)
        with pytest.raises(DeskInUse):
            hold_window(desk.folder)
    everybody_still_opens(desk)


def test_who_leaves_no_longer_opens_the_desk(desk: ADesk) -> None:
    rotated(desk, leaving={"nurse"})
    with pytest.raises(WrongPassword):
        desk.sign_in("nurse")
    assert desk.what_it_holds(desk.sign_in("lead"))
    assert not list(desk.folder.path.rglob("nurse.json"))


def test_who_leaves_cannot_be_somebody_unknown_nor_everybody(desk: ADesk) -> None:
    with pytest.raises(NoSuchMember):
        rotated(desk, leaving={"nobody"})
    with pytest.raises(LastMember):
        rotated(desk, leaving=set(PASSWORDS))
    everybody_still_opens(desk)


def test_no_new_key_is_sealed_to_a_public_key_that_was_slipped_in(desk: ADesk) -> None:
    path = desk.folder.slot(1, "nurse")
    fields = read_record(path)
    fields["member"]["public_key"] = read_record(desk.folder.slot(1, "lead"))["member"]["public_key"]
    write_record(path, fields)
    with pytest.raises(SlotAltered, match="nurse"):
        rotated(desk)
    rotated(desk, leaving={"nurse"})
    assert desk.what_it_holds(desk.sign_in("lead"))


def test_no_new_key_is_sealed_to_a_recovery_key_that_was_slipped_in(desk: ADesk, tmp_path: Path) -> None:
    path = desk.folder.recovery(1)
    other = a_desk(tmp_path / "other")
    write_record(path, {**read_record(path), "public_key": read_record(other.folder.recovery(1))["public_key"]})
    with pytest.raises(KeysError, match="changed outside"):
        rotated(desk)


def test_settling_does_nothing_while_a_key_is_being_changed_elsewhere(desk: ADesk) -> None:
    asked: list[bool] = []

    def at(step: str) -> None:
        if step == "slots durable":
            asked.append(settle(desk.folder, desk.founded.candidate))

    rotated(desk, on_step=at)
    assert asked == [False]
    assert not settle(desk.folder, desk.founded.candidate), "an old key in hand does not undo a finished rotation"
    everybody_still_opens(desk)
