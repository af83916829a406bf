"""The top of the repository holds what the picture in README names and nothing else."""

from fnmatch import fnmatch
from pathlib import Path

from tests.architecture.source import ROOT, Problem, plant, told

NAMED = frozenset(
    {
        *(".ci", ".git", ".gitignore", "LICENSE", "README.md", "main.py", "pyproject.toml"),
        *("packaging", "pdtdesk", "resources", "tests"),
    }
)


def strangers(folder: Path) -> list[Problem]:
    """What lies at the top without a place in the picture; what .gitignore names is passed over."""
    ignore = folder / ".gitignore"
    lines = ignore.read_text("utf-8").split() if ignore.exists() else []
    made = [line.strip("/") for line in lines]
    found = [
        Problem(entry.name, 1, "has no place in the picture of the repository: put it where it belongs")
        for entry in sorted(folder.iterdir())
        if entry.name not in NAMED and not any(fnmatch(entry.name, pattern) for pattern in made)
    ]
    # As packages, these would hide a library of the same name, or clash with another project's tests.
    found += [
        Problem(f"{name}/__init__.py", 1, f"makes `{name}` a package that hides another: take it away")
        for name in ("packaging", "tests")
        if (folder / name / "__init__.py").exists()
    ]
    return found


def test_everything_at_the_top_has_its_place() -> None:
    assert not (found := strangers(ROOT)), told(found)


def test_everything_named_is_there() -> None:
    absent = sorted(name for name in NAMED - {".git"} if not (ROOT / name).exists())
    assert not absent


def test_a_stranger_at_the_top_is_found(tmp_path: Path) -> None:
    plant(tmp_path, ".gitignore", "/tour/\n*.egg-info/\n")
    plant(tmp_path, "scripts/fix.py", "")
    plant(tmp_path, "pdtdesk.egg-info/PKG-INFO", "")
    plant(tmp_path, "tour/index.md", "")
    plant(tmp_path, "notes.txt", "")
    assert [found.where for found in strangers(tmp_path)] == ["notes.txt", "scripts"]


def test_a_folder_made_a_package_by_mistake_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "packaging/__init__.py", "")
    assert [found.where for found in strangers(tmp_path)] == ["packaging/__init__.py"]
