"""Every worked example is a test of the guidance, foldered by the document that it comes from."""

from pathlib import Path

import pytest

from pdtdesk.policy.check import run_check

EXAMPLES = Path(__file__).parent / "worked_examples"
FOLDERS = sorted(path for path in EXAMPLES.iterdir() if path.is_dir())


@pytest.mark.hazard("H-002")
@pytest.mark.hazard("H-003")
@pytest.mark.parametrize("folder", FOLDERS, ids=[path.name for path in FOLDERS])
def test_every_worked_example_holds(folder: Path) -> None:
    report = run_check([folder])
    assert not report.failed, "\n".join(report.lines)
    assert len(report.results) == len(list(folder.rglob("*.toml")))


def test_the_examples_cover_each_source_and_are_enough() -> None:
    names = {path.name for path in FOLDERS}
    assert {"000-review", "002-breaking-the-link", "004-coming-clean", "practice", "instruments"} <= names
    assert len(list(EXAMPLES.rglob("*.toml"))) >= 25
