"""Reads the project's own source, for the rules that the architecture tests hold it to.

A rule is a function from a folder to problems, so that each can be tried on a planted fault too.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "pdtdesk"


@dataclass(frozen=True, slots=True)
class Problem:
    """One place that breaks a rule, and what to do about it."""

    where: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.where}:{self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file, parsed."""

    path: str  # from the folder's parent, with forward slashes: pdtdesk/domain/roles.py
    text: str
    tree: ast.Module

    def problem(self, line: int, what: str) -> Problem:
        return Problem(self.path, line, what)


def modules(folder: Path) -> Iterator[Module]:
    """Every Python file under `folder`, named from the folder's parent."""
    for file in sorted(folder.rglob("*.py")):
        text = file.read_text("utf-8")
        yield Module(file.relative_to(folder.parent).as_posix(), text, ast.parse(text, str(file)))


def plant(folder: Path, path: str, text: str) -> Path:
    """Write a file with a fault in it under `folder`; gives the folder to try a rule on (`folder/pdtdesk`)."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return folder / Path(path).parts[0]


def told(problems: list[Problem]) -> str:
    """The problems, one a line, for the message of a failing test."""
    return "\n" + "\n".join(map(str, problems))


def dotted_names(tree: ast.Module) -> dict[str, str]:
    """What each imported name stands for: `from datetime import date as d` gives {"d": "datetime.date"}."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name.split(".")[0]] = (
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def dotted(node: ast.AST, names: dict[str, str]) -> str | None:
    """The full name that an expression speaks of (`d.today` gives `datetime.date.today`), where it is a plain one."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = dotted(node.value, names)
        return f"{owner}.{node.attr}" if owner else None
    return None
