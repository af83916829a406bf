"""The environment is made once, from the lock file alone, and again only where something it stands on has changed."""

from pathlib import Path

import dev
import pytest

from tests.packaging.fakes import MadeUpMachine, a_checkout, stamp_of

EVERYTHING = {*dev.FOR_PICTURES, *dev.FOR_A_WINDOW, *dev.FOR_TESTS}


@pytest.fixture
def made_up() -> MadeUpMachine:
    return MadeUpMachine(installed=set(EVERYTHING))


@pytest.fixture
def checkout(tmp_path: Path, made_up: MadeUpMachine) -> dev.Checkout:
    """A checkout that has been set up once; what that ran is forgotten."""
    checkout = a_checkout(tmp_path)
    dev.set_up("test", checkout, made_up.machine())
    return checkout


def test_the_first_set_up_makes_the_environment_and_takes_only_what_the_lock_names(
    tmp_path: Path, made_up: MadeUpMachine
) -> None:
    dev.set_up("test", a_checkout(tmp_path), made_up.machine())
    environment, libraries, project = made_up.calls
    assert environment[1:3] == ["-m", "venv"]
    assert {"--require-hashes", "--only-binary", ":all:"} <= set(libraries)
    assert libraries[-1] == str(tmp_path / "packaging" / "lock.txt")
    assert {"--no-index", "--no-deps", "--no-build-isolation", "-e"} <= set(project)


def test_the_second_start_runs_nothing(checkout: dev.Checkout, made_up: MadeUpMachine) -> None:
    made_up.calls.clear()
    dev.set_up("test", checkout, made_up.machine())
    assert made_up.calls == []


def test_a_changed_lock_installs_again(checkout: dev.Checkout, made_up: MadeUpMachine) -> None:
    made_up.calls.clear()
    checkout.lock.write_text("alembic==2\n", "utf-8")
    dev.set_up("test", checkout, made_up.machine())
    assert made_up.said("--require-hashes")
    assert not made_up.said("venv")


def test_changed_settings_of_a_linter_install_nothing(checkout: dev.Checkout, made_up: MadeUpMachine) -> None:
    made_up.calls.clear()
    declared = checkout.root / "pyproject.toml"
    declared.write_text(declared.read_text("utf-8").replace("line-length = 1", "line-length = 2"), "utf-8")
    dev.set_up("test", checkout, made_up.machine())
    assert made_up.calls == []


def test_changed_metadata_installs_the_project_alone(checkout: dev.Checkout, made_up: MadeUpMachine) -> None:
    made_up.calls.clear()
    declared = checkout.root / "pyproject.toml"
    declared.write_text(declared.read_text("utf-8") + '[project.scripts]\npdtdesk = "x"\n', "utf-8")
    dev.set_up("test", checkout, made_up.machine())
    (only,) = made_up.calls
    assert only[-2:] == ["-e", str(checkout.root)]


def test_an_environment_whose_python_is_gone_is_made_again(checkout: dev.Checkout, made_up: MadeUpMachine) -> None:
    made_up.calls.clear()
    checkout.python.unlink()
    dev.set_up("test", checkout, made_up.machine())
    assert made_up.said("venv")
    assert made_up.said("--require-hashes")


def test_an_interrupted_install_is_taken_up_again(tmp_path: Path, made_up: MadeUpMachine) -> None:
    checkout = a_checkout(tmp_path)
    made_up.fails = "--require-hashes"
    with pytest.raises(dev.Stop, match="start again") as stop:
        dev.set_up("test", checkout, made_up.machine())
    assert stop.value.code == 1
    assert not checkout.stamp.exists()
    made_up.fails = ""
    dev.set_up("test", checkout, made_up.machine())
    assert stamp_of(checkout) == dev.fingerprints(checkout)


def test_an_install_that_fails_half_way_is_not_taken_for_done(checkout: dev.Checkout, made_up: MadeUpMachine) -> None:
    checkout.lock.write_text("alembic==2\n", "utf-8")
    made_up.fails = "--no-index"
    with pytest.raises(dev.Stop):
        dev.set_up("test", checkout, made_up.machine())
    assert dev.set_up_before(checkout) == {}


def test_debians_python_gets_what_makes_environments(tmp_path: Path, made_up: MadeUpMachine) -> None:
    able: list[bool] = []
    machine = made_up.machine(can_make_environments=lambda: bool(able.append(True)) or len(able) > 1)
    dev.set_up("test", a_checkout(tmp_path), machine)
    assert made_up.said("install")[0][-1] == dev.venv_package()
    assert made_up.said("venv")


def test_elsewhere_a_python_without_it_is_told_in_a_sentence(tmp_path: Path, made_up: MadeUpMachine) -> None:
    made_up.programs.clear()
    with pytest.raises(dev.Stop, match="ensurepip") as stop:
        dev.set_up("run", a_checkout(tmp_path), made_up.machine(can_make_environments=lambda: False))
    assert stop.value.code == 2


def test_another_pythons_libraries_do_not_leak_in(tmp_path: Path, made_up: MadeUpMachine) -> None:
    dev.set_up("run", a_checkout(tmp_path), made_up.machine(environ={"PYTHONPATH": "/elsewhere", "LANG": "C"}))
    assert made_up.environs[-1] == {"LANG": "C"}
