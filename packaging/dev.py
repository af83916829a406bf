"""Sets up PDT Desk on a machine with only Python 3.11 or newer, then opens it or tests it.

    python3 packaging/dev.py run                   set up, then open the demonstration desk
    python3 packaging/dev.py test [--long] [...]   set up, then all checks and tests; what follows goes to pytest
    python3 packaging/dev.py lock [--upgrade]      pin the libraries again after pyproject.toml changed (needs uv)

Standard library alone; Linux, macOS and Windows. Ends 0 when all is well, 2 when something must first be put right
by hand (one sentence says what), 1 on a failure. What was set up before is not set up again.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import suite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

OLDEST_PYTHON = (3, 11)

# Debian's names. Proved sufficient on a bare Debian 12 (packaging/README.md says how).
FOR_PICTURES = ("libglib2.0-0", "libegl1", "libgl1", "libxkbcommon0", "libfontconfig1", "libdbus-1-3")
FOR_A_WINDOW = (
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
)
FOR_A_DESK = ("libwayland-cursor0", "libwayland-egl1", "libcups2")  # Wayland, and a real printer
FOR_TESTS = ("xvfb", "xauth", "dbus", "gnome-keyring")


class Stop(Exception):
    """The set-up cannot go on: one sentence for the person, and the exit code."""

    def __init__(self, sentence: str, code: int = 2) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class Machine:
    """What the set-up asks of the machine it runs on; the tests put a made-up one in its place."""

    system: str
    environ: Mapping[str, str]
    root: bool
    terminal: bool
    can_make_environments: Callable[[], bool]
    which: Callable[[str], str | None]
    call: Callable[..., int]  # (argv, env=None, cwd=None, calm=False): shows its output, gives the exit code
    ask: Callable[[Sequence[str]], tuple[int, str]]  # gives the exit code and what was printed


@dataclass(frozen=True)
class Checkout:
    """Where the project's own files lie."""

    root: Path
    windows: bool = sys.platform == "win32"

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / ("Scripts/python.exe" if self.windows else "bin/python")

    @property
    def lock(self) -> Path:
        return self.root / "packaging" / "lock.txt"

    @property
    def stamp(self) -> Path:
        return self.venv / "set-up.json"


def say(sentence: str = "") -> None:
    """Tell the person what is happening, at once, in order with what the tools print."""
    print(sentence, flush=True)


# --- the system's packages ---------------------------------------------------------------------------------------


def is_debian(machine: Machine) -> bool:
    """True on Debian, Ubuntu and their kin, whose package names we know."""
    return machine.system.startswith("linux") and all(map(machine.which, ("apt-get", "dpkg-query")))


def missing_packages(machine: Machine, wanted: Sequence[str]) -> list[str]:
    """Those of `wanted` that are not installed, under either of their names.

    Debian 13 and Ubuntu 24.04 call some libraries by the same name with `t64` behind it.
    """
    names = [name for plain in wanted for name in (plain, plain + "t64")]
    _, answer = machine.ask(["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n", *names])
    installed = {line.split()[1] for line in answer.splitlines() if line.startswith("installed ")}
    return [plain for plain in wanted if not installed & {plain, plain + "t64"}]


def name_known_here(machine: Machine, plain: str) -> str:
    """The package's name in this release: with `t64` where apt knows it so."""
    known = machine.ask(["apt-cache", "show", "--no-all-versions", plain + "t64"])[0] == 0
    return plain + "t64" if known else plain


def install_system_packages(machine: Machine, wanted: Sequence[str]) -> None:
    """Install what is missing as root or through sudo; otherwise stop with the exact command.

    Raises `Stop`: 2 where a person with rights must run the command, 1 where apt failed.
    """
    missing = missing_packages(machine, wanted)
    if not missing:
        return
    by_sudo = machine.which("sudo") and (machine.terminal or machine.ask(["sudo", "-n", "true"])[0] == 0)
    if not machine.root and not by_sudo:
        names = " ".join(name_known_here(machine, plain) for plain in missing)
        raise Stop(
            "Some system packages are missing, and installing them needs an administrator. Please run this, then "
            "start again:\n\n    sudo apt-get update && sudo apt-get install --yes --no-install-recommends " + names
        )
    apt = [*([] if machine.root else ["sudo"]), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    apt += ["-o", "DPkg::Lock::Timeout=120"]
    say(f"Installing {len(missing)} system packages (about a minute): {', '.join(missing)}")
    machine.call([*apt, "update"], calm=True)  # a stale source is no reason to stop: the install will tell
    names_here = [name_known_here(machine, plain) for plain in missing]
    if machine.call([*apt, "install", "--yes", "--no-install-recommends", *names_here], calm=True):
        raise Stop(f"apt-get could not install {', '.join(names_here)}; what it said stands above.", code=1)


def packages_for(command: str, machine: Machine) -> list[str]:
    """The system packages that `command` (run or test) needs here."""
    if command == "test":
        return [*FOR_PICTURES, *FOR_A_WINDOW, *FOR_TESTS]
    return [*FOR_PICTURES, *FOR_A_WINDOW, *FOR_A_DESK] if has_display(machine) else [*FOR_PICTURES]


def has_display(machine: Machine) -> bool:
    """True where a window can be shown."""
    if not machine.system.startswith("linux"):
        return True
    return bool(machine.environ.get("DISPLAY") or machine.environ.get("WAYLAND_DISPLAY"))


# --- the Python environment --------------------------------------------------------------------------------------


def fingerprints(checkout: Checkout) -> dict[str, str]:
    """What the environment depends on: its interpreter, the lock file, the project's own metadata and place."""
    import tomllib  # not there before 3.11, and an older Python must get as far as being told so

    declared = tomllib.loads((checkout.root / "pyproject.toml").read_text("utf-8"))
    project = [str(checkout.root), declared.get("project"), declared.get("tool", {}).get("setuptools")]
    return {
        "python": os.path.realpath(checkout.python),
        "lock": hashlib.sha256(checkout.lock.read_bytes()).hexdigest(),
        "project": hashlib.sha256(json.dumps(project, sort_keys=True).encode()).hexdigest(),
    }


def set_up_before(checkout: Checkout) -> dict[str, str]:
    """What the last finished set-up stood on; empty where there was none or its interpreter is gone."""
    try:
        before = dict(json.loads(checkout.stamp.read_text("utf-8")))
    except (OSError, ValueError):
        return {}
    return before if checkout.python.exists() else {}


def prepare_environment(checkout: Checkout, machine: Machine) -> None:
    """Bring `.venv` to what the lock file says, doing only what is not done yet. Raises `Stop`."""
    before = set_up_before(checkout)
    if before == fingerprints(checkout):
        return
    if before.get("python") != fingerprints(checkout)["python"] and not usable(checkout, machine):
        make_environment(checkout, machine)
    now = fingerprints(checkout)
    if before.get("lock") != now["lock"] or before.get("python") != now["python"]:
        checkout.stamp.unlink(missing_ok=True)
        say("Installing the libraries (some 320 MB come down the first time: one to ten minutes) ...")
        pip(checkout, machine, "--require-hashes", "--only-binary", ":all:", "-r", str(checkout.lock))
    say("Installing PDT Desk itself, as it lies here (seconds) ...")
    pip(checkout, machine, "--no-index", "--no-deps", "--no-build-isolation", "-e", str(checkout.root))
    checkout.stamp.write_text(json.dumps(now, indent=1) + "\n", "utf-8")


def usable(checkout: Checkout, machine: Machine) -> bool:
    """True where `.venv` was made before, with a Python new enough and its pip, and only needs filling."""
    probe = f"import pip, sys; sys.exit(sys.version_info[:2] < {OLDEST_PYTHON})"
    return checkout.python.exists() and machine.ask([str(checkout.python), "-c", probe])[0] == 0


def make_environment(checkout: Checkout, machine: Machine) -> None:
    """Make an empty `.venv`. Raises `Stop` where this Python was shipped without what that takes."""
    if not machine.can_make_environments():
        raise Stop(
            f"This Python ({sys.executable}) came without `ensurepip`, so it cannot make an environment. Install "
            f"your distribution's package for it (Debian calls it {venv_package()}), then start again."
        )
    say("Making the environment .venv (seconds) ...")
    base = getattr(sys, "_base_executable", sys.executable)
    if machine.call([base, "-m", "venv", "--clear", str(checkout.venv)]):
        raise Stop("The environment .venv could not be made; what Python said stands above.", code=1)


def venv_package() -> str:
    """Debian's name for the part of this Python that makes environments."""
    return f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


def pip(checkout: Checkout, machine: Machine, *arguments: str) -> None:
    """Install into `.venv` by pip, with the machine's own settings for where packages come from. Raises `Stop`."""
    quietly = ("-qq", "--no-input", "--disable-pip-version-check")
    argv = [str(checkout.python), "-m", "pip", "install", *quietly, "--no-user", *arguments]
    if machine.call(argv, env=clean_environ(machine), cwd=checkout.root):
        raise Stop(
            "pip could not install what is needed; what it said stands above. If the network went away, start "
            "again: nothing is half done.",
            code=1,
        )


def clean_environ(machine: Machine, **more: str) -> dict[str, str]:
    """The environment for what we start, without what would lead another Python's libraries into ours."""
    kept = {k: v for k, v in machine.environ.items() if k not in {"PYTHONPATH", "PYTHONHOME"}}
    return {**kept, **more}


def set_up(command: str, checkout: Checkout, machine: Machine) -> None:
    """All the set-up that `command` needs and that is not there yet. Raises `Stop`."""
    started = time.monotonic()
    first = not set_up_before(checkout)
    wanted = packages_for(command, machine)
    if is_debian(machine):
        if first and not machine.can_make_environments():
            wanted.append(venv_package())
        install_system_packages(machine, wanted)
    elif first and machine.system.startswith("linux"):
        say("Qt also needs some system libraries, by Debian's names: " + " ".join(wanted))
        say("Where something below asks for one, install what your distribution calls it.")
    prepare_environment(checkout, machine)
    took = time.monotonic() - started
    if took > 2:
        say(f"Set up in {took:.0f} s; the next start skips this.\n")


# --- the commands ------------------------------------------------------------------------------------------------


def run(arguments: Sequence[str], checkout: Checkout, machine: Machine) -> int:
    """Open the demonstration desk; without a display, write the tour of it to ./tour instead."""
    set_up("run", checkout, machine)
    desk = [str(checkout.python), "-m", "pdtdesk"]
    if has_display(machine):
        say("Opening the demonstration desk. Sign in as `nurse`; the password is `demonstration`.")
        return machine.call([*desk, "demo", *arguments], env=clean_environ(machine))
    tour = Path.cwd() / "tour"
    say(f"There is no display here, so the tour of every page is being written to {tour} (about a minute).")
    offscreen = clean_environ(machine, QT_QPA_PLATFORM="offscreen")
    code = machine.call([*desk, "tour", str(tour), *arguments], env=offscreen)
    if code == 0:
        say(f"The tour is written. Begin with {tour / 'index.md'}")
    return code


def test(arguments: Sequence[str], checkout: Checkout, machine: Machine) -> int:
    """Run every check and every test, all of them even where an early one fails."""
    long = "--long" in arguments
    rest = [argument for argument in arguments if argument != "--long"]
    if rest[:1] == ["--"]:
        rest = rest[1:]
    set_up("test", checkout, machine)
    environ = clean_environ(machine, QT_QPA_PLATFORM="offscreen", **({"PDTDESK_LONG": "1"} if long else {}))

    def in_the_environment(argv: Sequence[str]) -> int:
        return machine.call([str(checkout.python), *argv], env=environ, cwd=checkout.root)

    return suite.run_all(rest, long=long, root=checkout.root, call=in_the_environment, say=say)


def lock(arguments: Sequence[str], checkout: Checkout, machine: Machine) -> int:
    """Pin every library and the hashes of its files for all systems; pins that still fit are kept."""
    uv = machine.which("uv")
    if not uv:
        raise Stop("Remaking the lock file needs uv on the PATH; nothing else does.")
    options = [
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "--quiet",
    ]
    options += ["--extra", "test", "--extra", "build", "--output-file", "packaging/lock.txt", *arguments]
    code = machine.call([uv, "pip", "compile", *options, "pyproject.toml"], cwd=checkout.root)
    if code == 0:
        pins = checkout.lock.read_text("utf-8").splitlines(keepends=True)
        first = "# Made by `python3 packaging/dev.py lock`; never edited by hand.\n"
        checkout.lock.write_text("".join([first, *(line for line in pins if line != first)]), "utf-8")
    return code


# --- this machine ------------------------------------------------------------------------------------------------


def call(
    argv: Sequence[str], env: Mapping[str, str] | None = None, cwd: Path | None = None, *, calm: bool = False
) -> int:
    """Run a program with its output shown (when calm: only where it fails); its exit code."""
    if not calm:
        return subprocess.run(argv, env=env, cwd=cwd, check=False).returncode
    heard = subprocess.run(argv, env=env, cwd=cwd, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if heard.returncode:
        say(heard.stdout.decode(errors="replace"))
    return heard.returncode


def ask(argv: Sequence[str]) -> tuple[int, str]:
    """Run a program quietly; its exit code and what it printed."""
    done = subprocess.run(
        argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, text=True, check=False
    )
    return done.returncode, done.stdout


def can_make_environments() -> bool:
    """True where this Python has `ensurepip`, which Debian ships apart."""
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is not None


def this_machine() -> Machine:
    """The machine that this runs on."""
    return Machine(
        system=sys.platform,
        environ=dict(os.environ),
        root=hasattr(os, "geteuid") and os.geteuid() == 0,
        terminal=sys.stdin is not None and sys.stdin.isatty(),
        can_make_environments=can_make_environments,
        which=shutil.which,
        call=call,
        ask=ask,
    )


def main(argv: Sequence[str], checkout: Checkout, machine: Machine) -> int:
    """Do what was asked for; the exit code."""
    if sys.version_info < OLDEST_PYTHON:
        say(f"PDT Desk needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try `python3.11` in its place.")
        return 2
    commands = {"run": run, "test": test, "lock": lock}
    if not argv or argv[0] not in commands:
        say((__doc__ or "").strip())
        return 0 if argv[:1] in (["-h"], ["--help"]) else 2
    try:
        return commands[argv[0]](argv[1:], checkout, machine)
    except Stop as stop:
        print(stop, file=sys.stderr, flush=True)
        return stop.code
    except BrokenPipeError:  # whoever was reading along has gone (`| head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next start takes up where this one left off.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Checkout(Path(__file__).resolve().parent.parent), this_machine()))
