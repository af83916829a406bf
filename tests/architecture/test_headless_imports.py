"""The command line and all beneath it start without a window system; slow libraries wait until they are needed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import PRODUCT, ROOT, plant

HEAVY = ("PySide6", "shiboken6", "sqlalchemy", "alembic", "sqlcipher3", "reportlab", "keyring")
NETWORK = ("requests", "httpx", "urllib3", "aiohttp", "fastapi", "uvicorn", "psycopg")
LAYERS = ("domain", "policy", "protocol", "services")

# Runs in a fresh Python: imports what it is given and tells which heavy library came in, and through whom.
WATCH = """
import importlib, json, sys
heavy, wanted = json.loads(sys.argv[1])
came_through = {}
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in heavy and name.split(".")[0] not in came_through:
            chain, frame = [], sys._getframe(1)
            while frame:
                module = frame.f_globals.get("__name__", "")
                if not module.startswith("importlib") and module not in chain[-1:]:
                    chain.append(module)
                frame = frame.f_back
            came_through[name.split(".")[0]] = chain[:-1]
sys.meta_path.insert(0, Watch())
for name in wanted:
    importlib.import_module(name)
loaded = {name.split(".")[0] for name in sys.modules}
print(json.dumps({name: came_through.get(name, ["?"]) for name in heavy if name in loaded}))
"""


def dragged_in(names: list[str], folder: Path) -> dict[str, list[str]]:
    """The heavy libraries that importing `names` loads, each with the modules it came through, nearest first."""
    done = subprocess.run(
        [sys.executable, "-c", WATCH, json.dumps([[*HEAVY, *NETWORK], names])],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def module_names(package: Path) -> list[str]:
    """Every module under a package, by its dotted name."""
    files = (file.relative_to(package.parent).with_suffix("").parts for file in sorted(package.rglob("*.py")))
    return [".".join(parts[:-1] if parts[-1] == "__init__" else parts) for parts in files]


def told(dragged: dict[str, list[str]]) -> str:
    """Which library came in through whom, in words."""
    return "\n" + "\n".join(f"{library} is imported by {' <- '.join(chain)}" for library, chain in dragged.items())


@pytest.mark.parametrize("name", ["pdtdesk.cli", "pdtdesk.__main__"])
def test_the_command_line_starts_without_qt_or_a_database(name: str) -> None:
    assert not (dragged := dragged_in([name], ROOT)), told(dragged)


@pytest.mark.parametrize("layer", LAYERS)
def test_what_is_known_and_decided_needs_no_window_and_no_database(layer: str) -> None:
    names = [f"pdtdesk.{name}" for name in module_names(PRODUCT / layer)]
    assert names
    assert not (dragged := dragged_in(names, ROOT)), told(dragged)


def test_an_import_of_qt_by_a_roundabout_way_is_found_and_named(tmp_path: Path) -> None:
    plant(tmp_path, "ward/__init__.py", "from ward import plan")
    plant(tmp_path, "ward/plan.py", "import ward.chart")
    plant(tmp_path, "ward/chart.py", "from PySide6.QtCore import QPoint")
    dragged = dragged_in(["ward"], tmp_path)
    assert dragged["PySide6"] == ["ward.chart", "ward.plan", "ward"]


def test_an_import_put_off_until_it_is_needed_is_none(tmp_path: Path) -> None:
    plant(tmp_path, "ward/__init__.py", "def show():\n    import PySide6, sqlalchemy, keyring")
    assert not dragged_in(["ward"], tmp_path)
