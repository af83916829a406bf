"""No test sleeps: it waits for a signal or a condition, so that it is neither slow nor right by luck."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, Problem, dotted, dotted_names, modules, plant, told

SLEEPS = frozenset({"time.sleep", "asyncio.sleep"})
QT_SLEEPS = frozenset({"qWait", "qSleep", "msleep", "usleep"})  # QTest, QThread


def sleeping(folder: Path) -> list[Problem]:
    """Places in tests that let time go by and hope."""
    found = []
    for module in modules(folder):
        names = dotted_names(module.tree)
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute | ast.Name) and sleeps(node, names):
                found.append(module.problem(node.lineno, f"`{ast.unparse(node)}`: wait for a signal or a condition"))
    return found


def sleeps(node: ast.Attribute | ast.Name, names: dict[str, str]) -> bool:
    """True of an expression that names a way to sleep."""
    if dotted(node, names) in SLEEPS:
        return True
    if isinstance(node, ast.Name):
        return False
    owner = ast.unparse(node.value)
    return (
        node.attr in QT_SLEEPS
        or (node.attr == "wait" and owner.endswith("qtbot"))
        or (node.attr == "sleep" and owner.endswith(("QThread", "QTest")))
    )


def test_no_test_sleeps() -> None:
    assert not (found := sleeping(ROOT / "tests")), told(found)


@pytest.mark.parametrize(
    "text",
    [
        "import time\ntime.sleep(1)",
        "import time as clock\nclock.sleep(1)",
        "from time import sleep as rest\nrest(1)",
        "import asyncio\nasync def test_x():\n    await asyncio.sleep(0.1)",
        "def test_x(qtbot):\n    qtbot.wait(100)",
        "from PySide6.QtTest import QTest\nQTest.qWait(100)",
        "from PySide6.QtCore import QThread\nQThread.msleep(5)",
        "from PySide6.QtCore import QThread\nQThread.sleep(5)",
    ],
)
def test_a_sleep_is_found(tmp_path: Path, text: str) -> None:
    assert len(sleeping(plant(tmp_path, "tests/ui/test_page.py", text))) == 1


def test_waiting_for_something_is_not_sleeping(tmp_path: Path) -> None:
    text = "def test_x(qtbot, page):\n    qtbot.waitUntil(lambda: page.ready)\n    page.process.wait(5)"
    assert not sleeping(plant(tmp_path, "tests/ui/test_page.py", text))
