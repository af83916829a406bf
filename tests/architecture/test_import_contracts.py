"""The contracts in pyproject.toml refuse an import that points outward, and a folder nobody has named."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, plant

CHECK = "from importlinter.cli import lint_imports_command as run; run(['--no-logo', '--no-cache'])"
INWARD = "Everything points inward"
STAGES = "The stages' screens do not know each other"


def broken_contracts(folder: Path) -> tuple[int, str]:
    """What the linter says of the project in `folder`, and its exit code."""
    done = subprocess.run([sys.executable, "-c", CHECK], cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project's source, in a place where a fault may be planted."""
    shutil.copytree(ROOT / "pdtdesk", tmp_path / "pdtdesk", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_project_keeps_its_contracts(copy: Path) -> None:
    code, said = broken_contracts(copy)
    assert code == 0, said
    assert f"{INWARD} KEPT" in said


@pytest.mark.parametrize(
    ("path", "text", "contract"),
    [
        ("pdtdesk/ui/planted.py", "import pdtdesk.store", INWARD),
        ("pdtdesk/domain/planted.py", "import pdtdesk.policy", INWARD),
        ("pdtdesk/ui/reception/planted.py", "import pdtdesk.ui.oversight", STAGES),
        ("pdtdesk/services/planted.py", "from PySide6.QtCore import QPoint", "Only ui touches Qt"),
        ("pdtdesk/ui/planted.py", "import sqlalchemy", "Only store and hub touch a database"),
    ],
)
def test_an_import_that_points_outward_is_refused(copy: Path, path: str, text: str, contract: str) -> None:
    plant(copy, path, text)
    code, said = broken_contracts(copy)
    assert code == 1, said
    assert f"{contract} BROKEN" in said


def test_a_folder_that_nobody_named_is_refused(copy: Path) -> None:
    plant(copy, "pdtdesk/shortcuts/__init__.py", "")
    code, said = broken_contracts(copy)
    assert code != 0
    assert "pdtdesk.shortcuts" in said
