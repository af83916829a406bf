"""A real GNOME keyring on a private message bus, for tests: started here, ended here, seen by nobody else.

The bus has no service folders, so nothing of the machine's own session is started by it; a prompt finds no prompter.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
from jeepney.io.blocking import Proxy, open_dbus_connection

PATIENCE_SECONDS = 20
KEYRING = "org.freedesktop.secrets"
PROMPTER = "org.gnome.keyring.SystemPrompter"
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@dataclass(frozen=True, slots=True)
class RealKeyring:
    """A running keyring: what a process needs in its environment to find it, and how to lock it."""

    environment: Mapping[str, str]

    @property
    def bus(self) -> str:
        return self.environment["DBUS_SESSION_BUS_ADDRESS"]

    def lock(self) -> None:
        """As when the owner of the computer account locks the keyring by hand."""
        with open_dbus_connection(self.bus) as connection:
            service = DBusAddress("/org/freedesktop/secrets", KEYRING, "org.freedesktop.Secret.Service")
            every = ["/org/freedesktop/secrets/aliases/default", "/org/freedesktop/secrets/collection/login"]
            reply = connection.send_and_get_reply(
                new_method_call(service, "Lock", "ao", (every,)), timeout=PATIENCE_SECONDS
            )
            assert reply.body[0], "the keyring did not lock"

    @contextmanager
    def a_prompter_that_never_answers(self) -> Iterator[None]:
        """As when the keyring asks for its password on a screen that nobody looks at."""
        with open_dbus_connection(self.bus) as connection:
            Proxy(message_bus, connection).RequestName(PROMPTER)
            yield


@contextmanager
def a_real_keyring(home: Path) -> Iterator[RealKeyring]:
    """Start a bus and an unlocked keyring whose files lie in `home`; both end with the block.

    Fails the test, with what to install, when the programs are not there.
    """
    for program in ("dbus-daemon", "gnome-keyring-daemon"):
        if shutil.which(program) is None:
            pytest.fail(f"{program} is not installed; the keyring tests need it (apt-get install dbus gnome-keyring)")
    run = home / "run"
    run.mkdir(mode=0o700, parents=True)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(run),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
    }
    config = home / "bus.conf"
    config.write_text(_BUS.format(socket=run / "bus"))
    with _ended(_start_bus(config, environment)) as bus:
        assert bus.stdout is not None
        address = bus.stdout.readline().decode().strip()
        if not address:
            pytest.fail("the private message bus did not start")
        environment["DBUS_SESSION_BUS_ADDRESS"] = address
        with _ended(_start_keyring(address, environment)):
            yield RealKeyring(environment)


def _start_bus(config: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address=1"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def _start_keyring(address: str, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    with open_dbus_connection(address) as connection:
        owned = MatchRule(
            type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged", path="/org/freedesktop/DBus"
        )
        owned.add_arg_condition(0, KEYRING)
        Proxy(message_bus, connection, timeout=PATIENCE_SECONDS).AddMatch(owned)
        with connection.filter(owned) as signals:
            daemon = subprocess.Popen(
                ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            assert daemon.stdin is not None
            daemon.stdin.write(b"the password of the computer account")
            daemon.stdin.close()
            try:
                connection.recv_until_filtered(signals, timeout=PATIENCE_SECONDS)
            except TimeoutError:
                daemon.kill()
                daemon.wait()
                pytest.fail("gnome-keyring-daemon did not take its name on the bus")
    return daemon


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
