"""The project works with whatever package index a machine is set to: no file names one."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, Problem, plant, told

# In pieces, so that this file does not name them either.
HOSTS = [
    ".".join(pieces)
    for pieces in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("crates", "io"),
        ("rubygems", "org"),
        ("proxy", "golang", "org"),
        ("anaconda", "org"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
    )
]
SETTINGS = ["-".join(pieces) for pieces in (("index", "url"), ("find", "links"), ("trusted", "host"))]
NAMED = re.compile("|".join(map(re.escape, HOSTS)) + "|" + "|".join(f"--(?:extra-)?{one}" for one in SETTINGS), re.I)
SKIPPED = frozenset({".git", ".venv", "__pycache__", "build", "dist", "tour"})


def registries(folder: Path) -> list[Problem]:
    """Lines of the project's text files that name a package index."""
    found = []
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        made = any(part in SKIPPED or part.endswith(("_cache", ".egg-info")) for part in path.parts)
        if made or not file.is_file():
            continue
        try:
            lines = file.read_text("utf-8").splitlines()
        except UnicodeDecodeError:  # a picture or a font
            continue
        for number, line in enumerate(lines, 1):
            if named := NAMED.search(line):
                found.append(Problem(path.as_posix(), number, f"`{named[0]}`: leave it to the machine's settings"))
    return found


def test_no_file_names_a_package_index() -> None:
    assert not (found := registries(ROOT)), told(found)


@pytest.mark.parametrize("host", [f"https://{host}/simple" for host in HOSTS] + [f"--{one}=x" for one in SETTINGS])
def test_a_named_index_is_found(tmp_path: Path, host: str) -> None:
    plant(tmp_path, "packaging/lock.txt", f"alembic==1\n{host}\n")
    (found,) = registries(tmp_path)
    assert (found.where, found.line) == ("packaging/lock.txt", 2)


def test_what_a_machine_makes_and_pictures_are_passed_over(tmp_path: Path) -> None:
    plant(tmp_path, ".venv/pip.conf", HOSTS[0])
    (tmp_path / "font.ttf").write_bytes(b"\xff\xfe\x00" + HOSTS[0].encode())
    assert not registries(tmp_path)
