"""A newcomer's machine gets what it lacks, or a sentence that says exactly what to type."""

import dev
import pytest

from tests.packaging.fakes import MadeUpMachine


def test_only_what_is_missing_is_installed() -> None:
    made_up = MadeUpMachine(installed={"libegl1", "libgl1"})
    dev.install_system_packages(made_up.machine(), ["libegl1", "libgl1", "xvfb"])
    (install,) = made_up.said("install")
    assert install[-1] == "xvfb"
    assert install[0] == "env", "root needs no sudo"
    assert not {"libegl1", "libgl1"} & set(install)


def test_where_all_is_there_apt_is_not_troubled() -> None:
    made_up = MadeUpMachine(installed={"libegl1"})
    dev.install_system_packages(made_up.machine(root=False), ["libegl1"])
    assert made_up.calls == []


def test_a_package_under_its_newer_name_counts_as_there() -> None:
    made_up = MadeUpMachine(installed={"libglib2.0-0t64"})
    assert dev.missing_packages(made_up.machine(), ["libglib2.0-0", "libegl1"]) == ["libegl1"]


def test_a_newer_release_is_asked_for_the_newer_name() -> None:
    made_up = MadeUpMachine(known_to_apt={"libglib2.0-0t64"})
    dev.install_system_packages(made_up.machine(), ["libglib2.0-0", "libegl1"])
    assert made_up.said("install")[0][-2:] == ["libglib2.0-0t64", "libegl1"]


def test_without_rights_the_exact_command_is_told_and_nothing_is_run() -> None:
    made_up = MadeUpMachine(known_to_apt={"libcups2t64"}, programs={"apt-get", "dpkg-query", "sudo"})
    with pytest.raises(dev.Stop) as stop:
        dev.install_system_packages(made_up.machine(root=False), ["libegl1", "libcups2"])
    command = "sudo apt-get update && sudo apt-get install --yes --no-install-recommends libegl1 libcups2t64"
    assert command in str(stop.value).splitlines()[-1]
    assert stop.value.code == 2
    assert made_up.calls == []


@pytest.mark.parametrize(("terminal", "without_password"), [(True, False), (False, True)])
def test_sudo_is_used_where_it_can_answer(*, terminal: bool, without_password: bool) -> None:
    made_up = MadeUpMachine(programs={"sudo"}, sudo_without_password=without_password)
    dev.install_system_packages(made_up.machine(root=False, terminal=terminal), ["xvfb"])
    assert made_up.said("install")[0][0] == "sudo"


def test_a_failure_of_apt_names_what_could_not_be_installed() -> None:
    made_up = MadeUpMachine(fails="install")
    with pytest.raises(dev.Stop, match="xvfb") as stop:
        dev.install_system_packages(made_up.machine(), ["xvfb"])
    assert stop.value.code == 1


def test_a_stale_source_is_no_reason_to_stop() -> None:
    made_up = MadeUpMachine(fails="update")
    dev.install_system_packages(made_up.machine(), ["xvfb"])
    assert made_up.said("install")


def test_a_window_needs_more_than_pictures_and_the_tests_most() -> None:
    none, window = MadeUpMachine().machine(), MadeUpMachine().machine(environ={"DISPLAY": ":0"})
    assert set(dev.packages_for("run", none)) == set(dev.FOR_PICTURES)
    assert "libxcb-cursor0" in dev.packages_for("run", window)
    assert {"xvfb", "gnome-keyring", "libxcb-cursor0"} <= set(dev.packages_for("test", none))


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_need_no_packages_of_debian(system: str) -> None:
    assert not dev.is_debian(MadeUpMachine().machine(system=system))
    assert dev.has_display(MadeUpMachine().machine(system=system))
