"""Every public module, class and function says in its first line what it means on the ward."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import PRODUCT, Problem, modules, plant, told


def public(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """The public functions and classes of a module; a class's methods may speak through their names."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (inner for inner in public(node.body) if isinstance(inner, ast.ClassDef))


def unexplained(folder: Path) -> list[Problem]:
    """Public modules, classes and functions without a docstring."""
    found = []
    for module in modules(folder):
        if not ast.get_docstring(module.tree):
            found.append(module.problem(1, "the module has no docstring: say first what it is for"))
        for node in public(module.tree.body):
            if not ast.get_docstring(node):
                found.append(module.problem(node.lineno, f"`{node.name}` has no docstring: say what it means"))
    return found


def test_everything_public_says_what_it_means() -> None:
    assert not (found := unexplained(PRODUCT)), told(found)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = 1\n", 1),
        ('"""Doses."""\ndef give(): ...\n', 2),
        ('"""Doses."""\nasync def give(): ...\n', 2),
        ('"""Doses."""\nclass Dose: ...\n', 2),
        ('"""Doses."""\nclass Dose:\n    """One."""\n    class Kind: ...\n', 4),
        ('"""  """\n', 1),
    ],
)
def test_what_is_left_unexplained_is_found(tmp_path: Path, text: str, line: int) -> None:
    (found,) = unexplained(plant(tmp_path, "pdtdesk/domain/doses.py", text))
    assert found.line == line


def test_what_is_private_may_speak_for_itself(tmp_path: Path) -> None:
    text = '"""Doses."""\ndef _sum(): ...\nclass Dose:\n    """One."""\n    def halved(self): ...\n'
    assert not unexplained(plant(tmp_path, "pdtdesk/domain/doses.py", text))
