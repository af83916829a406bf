"""The lock file pins what pyproject.toml asks for, each file by its hash, for every system the desk runs on."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source import ROOT

LOCK = (ROOT / "packaging" / "lock.txt").read_text("utf-8")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)((?: ; [^\\]+)?) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M)
PINS = {name: version for name, version, _, _ in PIN.findall(LOCK)}
MARKERS = {name: marker for name, _, marker, _ in PIN.findall(LOCK)}


def test_every_line_is_a_pin_with_its_hashes() -> None:
    assert not [line for line in PIN.sub("", LOCK).splitlines() if not line.startswith("#")]
    assert len(PINS) == len(PIN.findall(LOCK)), "a library pinned twice"


def test_every_library_asked_for_is_pinned_within_its_bounds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    unmet = [
        one.name
        for one in map(Requirement, asked)
        if not one.specifier.contains(PINS.get(canonicalize_name(one.name), "0"))
    ]
    assert not unmet, "python3 packaging/dev.py lock"


def test_the_keyring_of_each_system_is_pinned() -> None:
    assert "linux" in MARKERS["secretstorage"]
    assert "linux" in MARKERS["jeepney"]
    assert "win32" in MARKERS["pywin32-ctypes"]
