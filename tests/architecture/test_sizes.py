"""A newcomer can read any file at one sitting: files and functions stay short because each does one thing."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import PRODUCT, ROOT, Problem, modules, plant, told

FILE_LINES = 400
FUNCTION_LINES = 60


def too_long(folder: Path, *, functions: bool = True) -> list[Problem]:
    """Files and functions that have grown past the limits; nothing is excepted."""
    found = []
    for module in modules(folder):
        lines = len(module.text.splitlines())
        if lines > FILE_LINES:
            found.append(module.problem(FILE_LINES + 1, f"the file has {lines} lines, over {FILE_LINES}: split it"))
        for node in ast.walk(module.tree):
            if not functions or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                told_long = f"`{node.name}` has {length} lines, over {FUNCTION_LINES}: take it apart"
                found.append(module.problem(node.lineno, told_long))
    return found


@pytest.mark.parametrize("folder", [PRODUCT, ROOT / "packaging"], ids=lambda folder: folder.name)
def test_no_file_or_function_is_too_long_to_read_at_once(folder: Path) -> None:
    assert not (found := too_long(folder)), told(found)


def test_no_test_file_is_too_long_to_read_at_once() -> None:
    assert not (found := too_long(ROOT / "tests", functions=False)), told(found)


def test_a_file_one_line_too_long_is_found(tmp_path: Path) -> None:
    assert not too_long(plant(tmp_path, "pdtdesk/ui/page.py", "x = 1\n" * FILE_LINES))
    (found,) = too_long(plant(tmp_path, "pdtdesk/ui/page.py", "x = 1\n" * (FILE_LINES + 1)))
    assert (found.where, found.line) == ("pdtdesk/ui/page.py", FILE_LINES + 1)


def test_a_method_one_line_too_long_is_found(tmp_path: Path) -> None:
    fits = "class Page:\n    async def show(self):\n" + "        x = 1\n" * (FUNCTION_LINES - 1)
    assert not too_long(plant(tmp_path, "pdtdesk/page.py", fits))
    (found,) = too_long(plant(tmp_path, "pdtdesk/page.py", fits + "        x = 1\n"))
    assert (found.line, "`show` has 61 lines" in found.what) == (2, True)
