"""A made-up machine and checkout to try the set-up on, where nothing is really installed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import dev


@dataclass
class MadeUpMachine:
    """Remembers what it was asked to run; apt and venv do what they would, with empty files."""

    installed: set[str] = field(default_factory=set)
    known_to_apt: set[str] = field(default_factory=set)
    programs: set[str] = field(default_factory=lambda: {"apt-get", "dpkg-query"})
    fails: str = ""  # a call that has this word in it fails
    sudo_without_password: bool = False
    calls: list[list[str]] = field(default_factory=list)
    environs: list[Mapping[str, str]] = field(default_factory=list)

    def call(
        self,
        argv: Sequence[str],
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        *,
        calm: bool = False,
    ) -> int:
        del cwd, calm
        self.calls.append(list(argv))
        self.environs.append(dict(env or {}))
        if self.fails and self.fails in " ".join(argv):
            return 1
        if "venv" in argv:
            python = Path(argv[-1]) / "bin" / "python"
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return 0

    def ask(self, argv: Sequence[str]) -> tuple[int, str]:
        if argv[0] == "dpkg-query":
            return 1, "".join(f"installed {name}\n" for name in argv if name in self.installed)
        if argv[0] == "apt-cache":
            return (0, "Package") if argv[-1] in self.known_to_apt else (100, "")
        if argv[0] == "sudo":
            return int(not self.sudo_without_password), ""
        return 1, ""  # an environment that was never made has no pip to ask for

    def machine(self, **different: object) -> dev.Machine:
        made_up = dev.Machine(
            system="linux",
            environ={},
            root=True,
            terminal=False,
            can_make_environments=lambda: True,
            which=lambda name: f"/usr/bin/{name}" if name in self.programs else None,
            call=self.call,
            ask=self.ask,
        )
        return replace(made_up, **different)

    def said(self, word: str) -> list[list[str]]:
        """The calls that have this word among theirs."""
        return [argv for argv in self.calls if word in argv]


def a_checkout(folder: Path) -> dev.Checkout:
    """A checkout with a lock file and metadata, never set up."""
    (folder / "packaging").mkdir()
    (folder / "packaging" / "lock.txt").write_text("alembic==1\n", "utf-8")
    (folder / "pyproject.toml").write_text('[project]\nname = "pdtdesk"\n[tool.ruff]\nline-length = 1\n', "utf-8")
    return dev.Checkout(folder, windows=False)


def stamp_of(checkout: dev.Checkout) -> dict[str, str]:
    """What the last set-up wrote down."""
    return dict(json.loads(checkout.stamp.read_text("utf-8")))
